"""How a duty stands on a day, and the last working day before it: week-ends, Tết, years nobody announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.working_calendar import working_calendar
from compliance.domain.duty import DutyStatus
from compliance.domain.duty_status import safe_day, status_of

WORKING = working_calendar(date(2025, 11, 22), date(2029, 11, 22))


@pytest.mark.parametrize(
    ("left", "status"),
    [
        (-1, DutyStatus.OVERDUE),
        (0, DutyStatus.NOW),
        (1, DutyStatus.DUE_SOON),
        (30, DutyStatus.DUE_SOON),
        (31, DutyStatus.UPCOMING),
    ],
)
def test_how_a_duty_stands_follows_from_the_days_left(left: int, status: DutyStatus) -> None:
    today = date(2026, 11, 22)
    assert status_of(today + timedelta(left), today, 30) == (status, left)


def test_the_days_left_are_right_over_a_29th_of_february_and_a_new_year() -> None:
    assert status_of(date(2028, 3, 1), date(2028, 2, 28), 30)[1] == 2
    assert status_of(date(2027, 3, 1), date(2027, 2, 28), 30)[1] == 1
    assert status_of(date(2027, 1, 1), date(2026, 12, 31), 30)[1] == 1


@pytest.mark.parametrize(
    ("due", "safe"),
    [
        (date(2026, 12, 19), date(2026, 12, 18)),  # the report to the owner: a Saturday in 2026
        (date(2026, 12, 24), date(2026, 12, 24)),
        (date(2026, 9, 2), date(2026, 8, 28)),  # National Day, 31/8 off in exchange
        (date(2026, 2, 19), date(2026, 2, 13)),  # Tết of the year of the Horse, its exchanged days included
    ],
)
def test_the_safe_day_lies_before_week_ends_and_holidays(due: date, safe: date) -> None:
    assert safe_day(WORKING, due) == (safe, True)


def test_a_year_nobody_announced_is_said_to_be_so() -> None:
    later = date(WORKING.announced_through + 1, 12, 19)
    assert safe_day(WORKING, later)[1] is False


@given(st.dates(date(1, 2, 1), date(9999, 12, 31)))
def test_any_day_has_a_safe_day_that_is_no_week_end(due: date) -> None:
    safe, announced = safe_day(WORKING, due)
    assert safe <= due
    assert (due - safe).days <= 16
    assert safe.weekday() < 5 or WORKING.works(safe)
    assert not (announced and due.year > WORKING.announced_through)


@given(st.dates(WORKING.first + timedelta(20), WORKING.last))
def test_no_working_day_lies_between_the_safe_day_and_the_day_itself(due: date) -> None:
    safe, _ = safe_day(WORKING, due)
    assert WORKING.works(safe)
    assert not any(WORKING.works(safe + timedelta(step)) for step in range(1, (due - safe).days + 1))
