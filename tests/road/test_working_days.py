"""Legal limits in working days of Việt Nam."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.working_calendar import OWN_CALENDAR, working_calendar
from compliance.errors import DataFault

CALENDAR = working_calendar(date(2025, 1, 1), date(2028, 12, 31))
DAYS = st.dates(date(2025, 1, 1), date(2028, 10, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-23", True),  # a Monday
        ("2026-11-22", False),  # a Sunday
        ("2026-11-24", False),  # Ngày Văn hóa Việt Nam
        ("2026-02-17", False),  # mùng một Tết Bính Ngọ
        ("2026-08-22", True),  # a Saturday worked for Monday 31 August
        ("2026-08-31", False),
        ("2026-04-27", False),  # Giỗ Tổ fell on a Sunday
        ("2027-02-08", False),  # Tết Đinh Mùi
        ("2026-09-02", False),
        ("2027-01-01", False),
    ],
)
def test_holidays_and_exchanged_days_are_known(day: str, works: bool) -> None:
    assert CALENDAR.works(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-20", 5, "2026-11-30"),  # Friday; the weekend twice and 24 November are left out
        ("2026-08-21", 7, "2026-09-03"),  # Saturday 22 August counts, 31 August to 2 September do not
        ("2026-12-31", 1, "2027-01-04"),
        ("2027-02-03", 7, "2027-02-19"),  # over Tết
        ("2026-11-22", 0, "2026-11-22"),
    ],
)
def test_a_limit_counts_from_the_day_after(start: str, days: int, due: str) -> None:
    assert CALENDAR.after(date.fromisoformat(start), days) == date.fromisoformat(due)


@given(start=DAYS, days=st.integers(1, 40))
def test_a_due_day_is_a_working_day_and_just_so_many_away(start: date, days: int) -> None:
    due = CALENDAR.after(start, days)
    assert CALENDAR.works(due)
    assert CALENDAR.until(start, due) == days


@given(start=DAYS, days=st.integers(1, 30), later=st.integers(0, 30))
def test_a_later_start_is_never_due_earlier(start: date, days: int, later: int) -> None:
    assert CALENDAR.after(start + timedelta(later), days) >= CALENDAR.after(start, days)


@given(today=DAYS, due=DAYS)
def test_days_left_change_sign_with_the_day_due(today: date, due: date) -> None:
    left = CALENDAR.until(today, due)
    assert left == -CALENDAR.until(due, today)
    assert left >= 0 or due < today


def test_a_year_nobody_announced_is_told() -> None:
    assert CALENDAR.announced(date(2026, 12, 31))
    assert not CALENDAR.announced(date(2027, 1, 4))
    assert "2026" in CALENDAR.source
    assert "holidays" in CALENDAR.source


def test_an_office_adds_what_was_announced_later(tmp_path: Path) -> None:
    own = "through: 2027\nsource: Thông báo nghỉ Tết Đinh Mùi\ndays_off: [2027-02-11]\nweekend_work: [2027-02-20]\n"
    (tmp_path / OWN_CALENDAR).write_text(own, encoding="utf-8")
    known = working_calendar(date(2027, 1, 1), date(2027, 6, 1), tmp_path)
    assert not known.works(date(2027, 2, 11))
    assert known.works(date(2027, 2, 20))
    assert known.announced(date(2027, 5, 3))
    assert "Thông báo nghỉ Tết Đinh Mùi" in known.source


def test_a_broken_calendar_of_the_office_is_told(tmp_path: Path) -> None:
    (tmp_path / OWN_CALENDAR).write_text("through: hai nghìn\ndays_of: []\n", encoding="utf-8")
    with pytest.raises(DataFault) as refused:
        working_calendar(date(2027, 1, 1), date(2027, 6, 1), tmp_path)
    assert all(fault.file == OWN_CALENDAR for fault in refused.value.faults)


def test_a_day_outside_the_span_is_no_guess() -> None:
    with pytest.raises(ValueError, match="outside"):
        CALENDAR.works(date(2040, 1, 1))
