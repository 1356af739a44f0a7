"""Moments and spans of time as an office writes and reads them: to the minute, in Việt Nam time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from compliance.domain.written import read_date

VIETNAM = timezone(timedelta(hours=7))
"""Việt Nam time: the same the whole year round."""

_HOUR = 60
_DAY = 24 * _HOUR
_HOURS_TOLD = 72 * _HOUR
"""Up to here a span is told in hours, as the limits are; beyond, in days."""

_CLOCK = r"(?P<hour>\d{1,2})\s*(?:(?:h|g|giờ|:)\s*(?:(?P<minute>\d{1,2})(?::\d{2})?\s*(?:'|p|ph|phút)?)?)"
_TIME_FIRST = re.compile(rf"(?:lúc\s+)?{_CLOCK}[,;]?\s+(?P<day>(?:ngày\s+)?\d.*)", re.IGNORECASE | re.DOTALL)
_DAY_FIRST = re.compile(rf"(?P<day>(?:ngày\s+)?\d.*?\d{{4}})[,;]?\s+(?:lúc\s+)?{_CLOCK}", re.IGNORECASE | re.DOTALL)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?")
_HALF_DAY = re.compile(r"\b(sáng|trưa|chiều|tối|đêm|am|pm)\b", re.IGNORECASE)
_EXAMPLE = "ví dụ: 22/11/2026 08:15, hoặc 8h15 22/11/2026"


def read_moment(text: str) -> datetime:
    """A moment as typed: ``8h15 22/11/2026``, ``22/11/2026 08:15``, ISO; Việt Nam time where no zone is written.

    Returns:
        The moment in Việt Nam time, its seconds dropped.

    Raises:
        ValueError: not a moment, no such day or hour, or one that may be read in two ways; a Vietnamese sentence.
    """
    said = " ".join(text.split())
    if _ISO.fullmatch(said):
        try:
            moment = datetime.fromisoformat(said.replace(" ", "T", 1).replace(" ", ""))
        except ValueError:
            raise ValueError(f"“{text}” không có trong lịch hoặc giờ không đúng. Hãy ghi lại, {_EXAMPLE}.") from None
        return to_the_minute(moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM))
    if half := _HALF_DAY.search(said):
        raise ValueError(f"“{text}”: chữ “{half.group()}” có thể hiểu hai cách. Hãy ghi giờ từ 0 đến 23, ví dụ 20h15.")
    found = _DAY_FIRST.fullmatch(said) or _TIME_FIRST.fullmatch(said)
    if found is None:
        raise ValueError(f"“{text}” chưa đủ giờ, phút và ngày, tháng, năm. Hãy ghi cả ngày và giờ, {_EXAMPLE}.")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    day = read_date(found["day"])
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock
        raise ValueError(f"“{text}”: không có {hour} giờ {minute:02d} phút. Giờ từ 0 đến 23, phút từ 0 đến 59.")
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def moment_said(said: datetime | str | None) -> tuple[datetime | None, str]:
    """A moment given or typed, to the minute, else ``None`` and why it cannot be read, if anything was said."""
    if said is None or said == "":
        return None, ""
    if isinstance(said, datetime):
        return to_the_minute(said), ""
    try:
        return read_moment(said), ""
    except ValueError as error:
        return None, str(error)


def to_the_minute(moment: datetime) -> datetime:
    """The moment in Việt Nam time, seconds dropped."""
    return moment.astimezone(VIETNAM).replace(second=0, microsecond=0)


def day_of(moment: datetime) -> date:
    """The day of a moment in Việt Nam, whatever zone it is written in."""
    return moment.astimezone(VIETNAM).date()


def later(moment: datetime, span: timedelta) -> datetime:
    """The moment ``span`` after another, in Việt Nam time; exact in whatever zone the first one is written."""
    return moment.astimezone(VIETNAM) + span


def between(first: datetime, last: datetime) -> timedelta:
    """How much time lies between two moments; exact in whatever zones they are written."""
    return last.astimezone(UTC) - first.astimezone(UTC)


def moment_text(moment: datetime) -> str:
    """``08 giờ 15 phút ngày 22/11/2026``."""
    return f"{moment.astimezone(VIETNAM):%H giờ %M phút ngày %d/%m/%Y}"


def moment_short(moment: datetime) -> str:
    """For tables: ``08:15 22/11/2026``."""
    return f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def span_text(span: timedelta) -> str:
    """A span in words, its sign aside: ``3 giờ 20 phút``, ``5 ngày 2 giờ``, ``chưa đầy 1 phút``."""
    minutes = int(abs(span).total_seconds() // 60)
    if minutes == 0:
        return "chưa đầy 1 phút"
    if minutes > _HOURS_TOLD:
        return _joined((minutes // _DAY, "ngày"), (minutes % _DAY // _HOUR, "giờ"))
    return _joined((minutes // _HOUR, "giờ"), (minutes % _HOUR, "phút"))


def _joined(*parts: tuple[int, str]) -> str:
    return " ".join(f"{number} {unit}" for number, unit in parts if number)
