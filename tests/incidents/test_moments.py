"""Moments as officers type them: read to the minute, or refused with a sentence; nothing is guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.moment import VIETNAM, between, later, moment_short, moment_text, read_moment, span_text

EIGHT_FIFTEEN = datetime(2026, 11, 22, 8, 15, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "typed",
    [
        "22/11/2026 08:15",
        "22/11/2026 8h15",
        "8h15 22/11/2026",
        "8 giờ 15 phút ngày 22/11/2026",
        "lúc 8g15, ngày 22 tháng 11 năm 2026",
        "08:15:40 22-11-2026",
        "2026-11-22 08:15",
        "2026-11-22T08:15",
        "2026-11-22T08:15:59+07:00",
        "2026-11-22T01:15:00Z",
        "2026-11-22T10:15+09:00",
    ],
)
def test_one_moment_may_be_written_in_many_ways(typed: str) -> None:
    assert read_moment(typed) == EIGHT_FIFTEEN
    assert read_moment(typed).utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("22/11/2026", "chưa đủ giờ, phút và ngày"),
        ("8h15", "chưa đủ giờ, phút và ngày"),
        ("hôm qua", "chưa đủ giờ, phút và ngày"),
        ("", "chưa đủ giờ, phút và ngày"),
        ("8h15 chiều 22/11/2026", "có thể hiểu hai cách"),
        ("8:15 PM 22/11/2026", "có thể hiểu hai cách"),
        ("24:00 22/11/2026", "không có 24 giờ 00 phút"),
        ("8:75 22/11/2026", "không có 8 giờ 75 phút"),
        ("8:15 11/22/2026", "không có trong lịch"),
        ("8:15 29/02/2027", "không có trong lịch"),
        ("2027-02-29T08:15", "không có trong lịch"),
        ("8:15 22/11/26", "không phải là ngày"),
    ],
)
def test_what_is_no_moment_or_may_be_read_in_two_ways_is_refused(typed: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_moment(typed)


def test_29_february_of_a_leap_year_is_a_day() -> None:
    assert read_moment("23:59 29/02/2028") == datetime(2028, 2, 29, 23, 59, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(seconds=59), "chưa đầy 1 phút"),
        (timedelta(minutes=40), "40 phút"),
        (timedelta(hours=3, minutes=20), "3 giờ 20 phút"),
        (timedelta(hours=72), "72 giờ"),
        (timedelta(hours=-1, minutes=-5), "1 giờ 5 phút"),
        (timedelta(hours=73), "3 ngày 1 giờ"),
        (timedelta(days=400), "400 ngày"),
    ],
)
def test_spans_are_told_as_the_limits_are(span: timedelta, told: str) -> None:
    assert span_text(span) == told


moments = st.integers(0, 1_000_000).map(lambda hours: EIGHT_FIFTEEN - timedelta(hours=300_000) + timedelta(hours=hours))
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(moments, zones)
def test_what_is_shown_is_read_back(at: datetime, zone: timezone) -> None:
    moment = at.replace(tzinfo=zone)
    for written in (moment_text(moment), moment_short(moment), moment.isoformat()):
        assert read_moment(written) == moment


@given(moments, zones, zones, st.integers(0, 10_000))
def test_arithmetic_does_not_hang_on_the_zone(at: datetime, first: timezone, other: timezone, hours: int) -> None:
    moment = at.replace(tzinfo=first)
    span = timedelta(hours=hours)
    assert later(moment, span) == later(moment.astimezone(other), span)
    assert between(moment, later(moment, span).astimezone(other)) == span
    assert later(moment, span).astimezone(UTC) == moment.astimezone(UTC) + span


def test_a_zone_with_summer_time_changes_nothing() -> None:
    berlin = datetime(2026, 10, 24, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # the night after has 25 hours
    assert between(berlin, later(berlin, timedelta(hours=72))) == timedelta(hours=72)
    assert later(berlin, timedelta(hours=72)).isoformat() == "2026-10-27T17:00:00+07:00"
