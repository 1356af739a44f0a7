"""How a duty stands on a day, and the last working day before it falls due; worked out at every reading."""

from __future__ import annotations

from datetime import date, timedelta

from compliance.domain.duty import DutyStatus
from compliance.domain.working_days import WorkingCalendar

_SATURDAY = 5
_ONE = timedelta(days=1)


def status_of(due: date, today: date, due_soon: int) -> tuple[DutyStatus, int]:
    """How something due by a day stands, and the days left to it, below 0 once it has passed.

    On its last day it must be done now; the days before it are near from ``due_soon`` days on.
    """
    left = (due - today).days
    if left < 0:
        return DutyStatus.OVERDUE, left
    if left == 0:
        return DutyStatus.NOW, left
    return (DutyStatus.DUE_SOON if left <= due_soon else DutyStatus.UPCOMING), left


def safe_day(working: WorkingCalendar, due: date) -> tuple[date, bool]:
    """The last working day not after ``due``, and whether the exchanged days off of that time are known.

    Outside the span of the calendar only week-ends and the holidays it happens to know are left out.
    """
    day = due
    while not _works(working, day):
        day -= _ONE
    known = working.first <= day and due <= working.last
    return day, known and working.announced(due)


def _works(working: WorkingCalendar, day: date) -> bool:
    if working.first <= day <= working.last:
        return working.works(day)
    return day not in working.days_off and day.weekday() < _SATURDAY
