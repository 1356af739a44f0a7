"""The working calendar of Việt Nam: public holidays with Tết and exchanged days from a well-kept library.

Years the Government has not announced yet are reckoned from the law's holidays alone and said to be so. An office may
put later announcements into ``lich-lam-viec.yaml`` of its workspace before a new version of the program knows them.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from compliance.adapters.law import data_root
from compliance.adapters.law_file import read_law_file
from compliance.domain.blank import Frozen
from compliance.domain.working_days import WorkingCalendar
from compliance.errors import DataFault

OWN_CALENDAR = "lich-lam-viec.yaml"
CALENDAR = "checklists/calendar.yaml"
_YEARS_AHEAD = 2


class Announced(Frozen):
    """What was announced beyond the library: ``days_off`` and ``weekend_work`` are days, ``through`` a year."""

    through: int
    source: str
    days_off: tuple[date, ...] = ()
    weekend_work: tuple[date, ...] = ()


def working_calendar(first: date, last: date, workspace: Path | None = None) -> WorkingCalendar:
    """The calendar from the year of ``first`` to two years after that of ``last``.

    Raises:
        DataFault: the office's own calendar file is broken.
    """
    said = [_read(data_root() / CALENDAR, CALENDAR)]
    own = workspace / OWN_CALENDAR if workspace else None
    if own is not None and own.is_file():
        said.append(_read(own, OWN_CALENDAR))
    years = range(first.year, last.year + _YEARS_AHEAD + 1)
    days_off, worked, source = _known(years.start, years.stop)
    return WorkingCalendar(
        first=date(years[0], 1, 1),
        last=date(years[-1], 12, 31),
        days_off=days_off | {day for one in said for day in one.days_off},
        weekend_work=worked | {day for one in said for day in one.weekend_work},
        announced_through=max(one.through for one in said),
        source="; ".join((*(one.source for one in said), source)),
    )


@cache
def _known(first: int, end: int) -> tuple[frozenset[date], frozenset[date], str]:
    """Days off and worked weekends of the library from year ``first`` up to but not including ``end``, and its name."""
    import holidays  # noqa: PLC0415 - only what counts days pays for it

    known = holidays.country_holidays("VN", years=range(first, end))
    return frozenset(known), frozenset(known.weekend_workdays), f"thư viện holidays {version('holidays')}"


def _read(path: Path, name: str) -> Announced:
    record, faults = read_law_file(path, name, Announced)
    if record is None or faults:
        raise DataFault("Lịch làm việc có lỗi; hãy sửa các chỗ sau rồi chạy lại.", faults)
    return record
