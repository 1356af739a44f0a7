"""How often, as an office says it: ``6 tháng``, ``hằng quý``, ``1 năm``, ``2 tuần``."""

from __future__ import annotations

import re
from calendar import monthrange

from compliance.domain.recurrence import LAST, Recurrence, Span
from compliance.domain.wording import folded

_MONTHS = {"thang": 1, "quy": 3, "nam": 12}
_WEEK = "tuan"
_FRIDAY = 5
_LONGEST = 120
_LEAP = 2028
"""A year that has every day."""
_BELOW = re.compile(r"[-−–]\s*\d")
"""A figure below nothing; folding would drop its sign."""
_SAID = re.compile(
    r"(?:(?:hang|moi|it nhat|(?:1|mot) lan(?: ?/)?) ?)*(?P<number>\d{1,3})? ?(?P<unit>thang|quy|nam|tuan)"
    r"(?: (?:1|mot) lan)?"
)


def read_every(text: str, *, month: int | None = None, day: int | None = None) -> Recurrence:
    """The recurrence a text says.

    Args:
        text: the figure and what it counts: tuần, tháng, quý, năm.
        month: one of the months it falls in; ``None`` for those the calendar's own periods end in.
        day: the day of the month, or of the week (1 = thứ Hai … 7 = Chủ nhật); ``None`` for the month's last, Friday.

    Raises:
        ValueError: the text says no such thing, or the day is none; a Vietnamese sentence.
    """
    said = _SAID.fullmatch(" ".join(folded(text).split()).replace(" /", "/"))
    if said is None or _BELOW.search(text):
        raise ValueError(
            f"“{text}” không cho biết bao lâu một lần. Hãy ghi như: 1 tháng, 1 quý, 6 tháng, 1 năm, 2 tuần."
        )
    number = int(said["number"] or 1)
    weekly = said["unit"] == _WEEK
    every = number if weekly else number * _MONTHS[said["unit"]]
    if not 1 <= every <= _LONGEST:
        raise ValueError(f"“{text}”: định kỳ phải từ 1 tuần đến 10 năm.")
    if weekly and month is not None:
        raise ValueError("Định kỳ theo tuần không có tháng; chỉ nêu thứ: --day từ 1 (thứ Hai) đến 7 (Chủ nhật).")
    if weekly:
        return _checked(Span.WEEK, every, 12, _FRIDAY if day is None else day)
    return _checked(Span.MONTH, every, 12 if month is None else month, LAST if day is None else day)


def _checked(span: Span, every: int, month: int, day: int) -> Recurrence:
    last = 7 if span is Span.WEEK else 31
    if not 1 <= month <= 12:  # noqa: PLR2004 - the months there are
        raise ValueError(f"Không có tháng {month}; hãy nêu tháng từ 1 đến 12.")
    ends_month = span is Span.MONTH and day == LAST
    if not ends_month and not 1 <= day <= last:
        what = "thứ trong tuần" if span is Span.WEEK else "ngày trong tháng"
        raise ValueError(f"Không có {what} {day}; hãy nêu từ 1 đến {last}.")
    if span is Span.MONTH and every % 12 == 0 and day > monthrange(_LEAP, month)[1]:
        raise ValueError(f"Tháng {month} không có ngày {day}; hãy nêu ngày khác, hoặc bỏ --day để lấy ngày cuối tháng.")
    if span is Span.MONTH and day == last:
        day = LAST  # the same days, and said of months of 30 days too
    return Recurrence(span=span, every=every, month=month, day=day)
