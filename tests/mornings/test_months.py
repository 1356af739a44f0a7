"""The days of a month: every working day is checked, a gap, or not over yet; faults close when something says so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.working_calendar import working_calendar
from compliance.domain.month_named import month_days
from compliance.domain.morning import Morning, Seen, State
from compliance.domain.morning_month import DayState, fault_lines, month_of
from compliance.errors import Refused
from compliance.services import mornings
from tests.mornings.conftest import CENTRE, Centre, november

CALENDAR = working_calendar(date(2024, 1, 1), date(2028, 12, 31))
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
MONTHS = st.tuples(st.integers(2024, 2028), st.integers(1, 12))


def _checked(day: date) -> Morning:
    good = {"internet": Seen(state=State.GOOD)}
    return Morning(unit_id=CENTRE.id, day=day, by="x", recorded_at=NOON, seen=good, titles={"internet": "Internet"})


@given(month=MONTHS, checked=st.sets(st.integers(1, 31)), past=st.integers(-3, 40))
def test_every_working_day_of_a_month_is_checked_or_a_gap_once_it_is_over(
    month: tuple[int, int], checked: set[int], past: int
) -> None:
    first, last = month_days(f"{month[0]}-{month[1]}", date(2028, 12, 31))
    today = first + timedelta(days=past)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    found = [_checked(day) for day in days if day.day in checked]
    lines = month_of(found, CALENDAR, first, last, today)
    assert [line.day for line in lines] == days
    for line in lines:
        if line.day.day in checked:
            assert line.state is DayState.CHECKED
        elif not CALENDAR.works(line.day):
            assert line.state is DayState.OFF
        elif line.day < today:
            assert line.state is DayState.GAP
        else:
            assert line.state is (DayState.WAITING if line.day == today else DayState.AHEAD)


def test_february_29_is_a_day_and_tet_is_not_a_gap() -> None:
    leap = month_of([], CALENDAR, *month_days("2028-02", date(2028, 12, 31)), date(2028, 12, 31))
    assert leap[-1].day == date(2028, 2, 29)
    assert leap[-1].state is DayState.GAP, "a Tuesday"
    tet = month_of([], CALENDAR, *month_days("2/2026", date(2026, 12, 31)), date(2026, 12, 31))
    off = {line.day.day for line in tet if line.state is DayState.OFF and line.day.weekday() < 5}
    assert set(range(16, 21)) <= off


@pytest.mark.parametrize("said", ["2026-13", "2026", "tháng mười một", "00/2026", "1999-05", "2026-12"])
def test_what_is_no_month_or_lies_ahead_is_refused(said: str) -> None:
    with pytest.raises(Refused):
        month_days(said, november(22))


@pytest.mark.parametrize("said", ["2026-11", "11/2026", "tháng 11 năm 2026", "Tháng 11/2026", ""])
def test_a_month_is_read_as_offices_write_it(said: str) -> None:
    assert month_days(said, november(22)) == (november(1), november(30))


def test_the_figures_count_working_days_only(centre: Centre) -> None:
    for day in (16, 17, 19, 22):
        centre.records(november(day))
    month = centre.month(november(16), november(30), november(23))
    assert (month.checked, month.working, month.extra) == (3, 5, 1)
    assert month.of(DayState.GAP) == (november(18), november(20))
    assert month.of(DayState.WAITING) == (november(23),), "a day is no gap before it is over"
    assert month.since == november(16)
    assert mornings.gaps(centre.workspace, CENTRE.id, november(16), november(22)) == (november(18), november(20))
    assert len(mornings.mornings(centre.workspace, CENTRE.id, november(17), november(22))) == 3
    assert mornings.gaps(centre.workspace, CENTRE.id, november(20), november(19)) == ()


def test_days_before_an_office_began_are_not_held_against_it(centre: Centre) -> None:
    centre.records(november(16))
    month = centre.month(november(9), november(22), november(23))
    assert (month.checked, month.working) == (1, 5)
    assert month.of(DayState.BEFORE) == tuple(november(day) for day in range(9, 14))
    assert mornings.gaps(centre.workspace, CENTRE.id, november(9), november(17)) == (november(17),)


def test_another_office_is_not_counted(centre: Centre) -> None:
    centre.records(november(20))
    assert mornings.mornings(centre.workspace, "van-phong", november(1), november(30)) == ()


def test_a_fault_is_over_when_a_later_morning_finds_it_in_order(centre: Centre) -> None:
    centre.records(november(18), faults=("may-in=kẹt giấy",))
    assert centre.month(november(1), november(30), november(18)).open_faults == 1
    centre.records(november(19), faults=("may-in=kẹt giấy",))
    centre.records(november(20))
    month = centre.month(november(1), november(30), november(20))
    assert [(fault.day.day, fault.open) for fault in month.faults] == [(18, False), (19, False)]
    assert month.faults[0].outcome == "ngày 20/11/2026 kiểm tra lại: không còn lỗi"


def test_what_was_faulty_and_is_gone_is_not_told_as_mended() -> None:
    broken = _checked(date(2026, 11, 16)).model_copy(
        update={"seen": {"internet": Seen(state=State.FAULT, note="mất mạng")}}
    )
    gone = _checked(date(2026, 11, 17)).model_copy(update={"seen": {"internet": Seen(state=State.NOT_HERE)}})
    [fault] = fault_lines([broken], [broken, gone], {})
    assert (fault.open, fault.outcome) == (False, "ngày 17/11/2026 ghi không còn ở đơn vị")
