"""The measures of the calendar for the wall, how its lines break, and the strip of what comes every week or month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from compliance.domain.blank import Frozen
from compliance.domain.duty_group import DutyGroup, regular_text

SIZES = (9.5, 9.0, 8.5, 8.0, 7.5)
"""Sizes of the lines in points, the largest that fits is taken; the last is the smallest read from a wall."""
SLACK = 0.97
"""How much of the width is reckoned with: the printer spaces letters a little otherwise than the measure."""
_LINE_HEIGHT = 1.15
_POINT_MM = 25.4 / 72
_LONGEST = 110

Width = Callable[[str, float, bool], float]
"""Millimetres of a text in so many points, bold or not."""


class Sheet(Frozen):
    """The measures of the page in millimetres, as the form's style has them too."""

    width: float = 281
    height: float = 193
    head: float = 12
    foot: float = 7.6
    strip_rows: int = 4
    strip_frame: float = 3.5
    gap: float = 1.5
    columns: int = 6
    rows: int = 2
    frame: float = 2.6
    edge: float = 0.8
    month_head: float = 5.3
    week: float = 3.06
    weeks_frame: float = 1.6

    @property
    def box_width(self) -> float:
        """One month, frame included."""
        return (self.width - self.gap * (self.columns - 1)) / self.columns

    def box_height(self, strip: float) -> float:
        """One month, where the strip above takes so much."""
        left = self.height - self.head - self.foot - strip - self.gap * self.rows
        return left / self.rows

    def line_room(self, box: float, weeks: int) -> float:
        """What the lines of a month of so many weeks have, its row of weekdays counted."""
        return box - self.edge - self.month_head - self.week * (weeks + 1) - self.weeks_frame


class Strip(Frozen):
    """What comes every week or month, told of once: ``how`` it recurs, and its activities."""

    how: str
    text: str


class Strips(Frozen):
    """The strip: its size in points, its height in millimetres, how many activities are left out."""

    strips: tuple[Strip, ...] = ()
    size: float = SIZES[0]
    height: float = 0.0
    more: int = 0


def row_height(size: float) -> float:
    """Millimetres from row to row in so many points."""
    return size * _LINE_HEIGHT * _POINT_MM


def set_in(width: Width, size: float, *, bold: bool) -> Callable[[str], float]:
    """The measure for one size and weight."""
    return lambda text: width(text, size, bold)


def short(what: str) -> str:
    """An activity as the wall has room for it."""
    return what if len(what) <= _LONGEST else f"{what[:_LONGEST].rpartition(' ')[0].rstrip(' ,;')}…"


def wrapped(text: str, room: float, width: Callable[[str], float]) -> int:
    """How many rows a text takes when its words are set one after the other; a word too wide is parted."""
    rows, at, blank = 1, 0.0, width(" ")
    for word in text.split():
        wide = width(word)
        if at and at + blank + wide > room:
            rows, at = rows + 1, 0.0
        at += (blank if at else 0.0) + wide
        if at > room:
            rows += ceil(at / room) - 1
            at %= room
    return rows


def strips_of(regular: Sequence[DutyGroup], page: Sheet, width: Width) -> Strips:
    """The strip, in the largest letters in which all of it fits; else as much as fits in the smallest."""
    named: dict[str, dict[str, set[str]]] = {}
    for group in regular:
        how = regular_text(group.recurrence) if group.recurrence else ""
        ids = {id_ for day in group.days for id_ in day.system_ids}
        named.setdefault(how, {}).setdefault(short(group.what), set()).update(ids)
    found = [(how, _texts(activities)) for how, activities in sorted(named.items())]
    if not found:
        return Strips()
    for size in SIZES:
        made = _made(found, [len(texts) for _, texts in found], size, page, width)
        if made is not None:
            return made
    return _cut(found, page, width)


def _texts(activities: dict[str, set[str]]) -> list[str]:
    return [f"{what} ({len(ids):02d} HT)" if ids else what for what, ids in activities.items()]


def _made(
    found: Sequence[tuple[str, list[str]]],
    counts: Sequence[int],
    size: float,
    page: Sheet,
    width: Width,
) -> Strips | None:
    """The strip with the first so many activities of each part; ``None`` where it takes too many rows."""
    strips, rows, more = list[Strip](), 0, 0
    inner = (page.width - page.frame) * SLACK
    for (how, texts), count in zip(found, counts, strict=True):
        left = len(texts) - count
        tail = f"; và {left} việc khác – xem: compliance duties due" if left else "."
        strips.append(Strip(how=how, text="; ".join(texts[:count]) + tail))
        rows += wrapped(f"{how}: {strips[-1].text}", inner, set_in(width, size, bold=True))
        more += left
    if rows > page.strip_rows:
        return None
    return Strips(strips=tuple(strips), size=size, height=rows * row_height(size) + page.strip_frame, more=more)


def _cut(found: Sequence[tuple[str, list[str]]], page: Sheet, width: Width) -> Strips:
    """Leave out one activity after the other, from the longest part, until the rest fits."""
    counts = [len(texts) for _, texts in found]
    while max(counts) > 1:
        counts[counts.index(max(counts))] -= 1
        made = _made(found, counts, SIZES[-1], page, width)
        if made is not None:
            return made
    firsts = found[: page.strip_rows]
    made = _made(firsts, [1 for _ in firsts], SIZES[-1], page, width) or Strips(size=SIZES[-1])
    return made.model_copy(update={"more": sum(len(texts) for _, texts in found) - len(made.strips)})
