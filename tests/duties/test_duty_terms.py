"""What the shipped law and standard ask: every cadence of every level once, each activity followed upwards."""

from __future__ import annotations

import re
from datetime import date

import pytest

from compliance.adapters.law import load_checklist, load_duty_calendar, load_regimes
from compliance.domain.cadence import Cadence, CadenceUnit
from compliance.domain.duty import DUTY_ID
from compliance.domain.duty_term import Lineage, lineages, recurrence_of
from compliance.domain.every_said import read_every
from compliance.domain.level import LEVELS
from compliance.domain.recurrence import LAST, Recurrence, Span
from compliance.domain.regime_status import regime_on

REGIME = regime_on(date(2026, 11, 22), load_regimes())
LISTS = {level: load_checklist(REGIME, level) for level in LEVELS}
LINES = lineages(load_duty_calendar(REGIME), list(LISTS.values()))


def line_of(key: str) -> Lineage:
    (found,) = [one for one in LINES if key in one.keys]
    return found


@pytest.mark.parametrize("level", LEVELS)
def test_every_cadence_of_a_level_is_asked_once(level: int) -> None:
    asked = [(one.id, cadence.activity) for one in LISTS[level].requirements for cadence in one.cadences]
    found = [one.by_level[level] for one in LINES if level in one.by_level and one.by_level[level].level == level]
    assert sorted((term.key.partition("~")[0], term.what) for term in found) == sorted(asked)
    assert all(re.fullmatch(DUTY_ID, f"mang-noi-bo/{term.key}") for term in found)


def test_an_activity_keeps_its_line_through_the_levels() -> None:
    line = line_of("4.6.2.1-d")
    assert {level: line.by_level[level].key for level in LEVELS} == {
        1: "3.6.2.1-d",
        2: "4.6.2.1-d",
        3: "5.6.2.1-d",
        4: "6.6.2.1-d",
        5: "7.6.2.1-d",
    }
    assert [line.by_level[level].recurrence for level in (2, 3, 4, 5)] == [
        Recurrence(every=12),
        Recurrence(every=6),
        Recurrence(every=3),
        Recurrence(every=1),
    ]


def test_two_cadences_of_one_requirement_stay_two() -> None:
    scan, process = line_of("4.7.2.1-b"), line_of("4.7.2.1-b~2")
    assert scan is not process
    assert scan.by_level[4].what == "Rà quét lỗ hổng bảo mật"
    assert process.by_level[4].key == "6.7.2.1-b~2"
    assert 3 not in line_of("6.7.2.1-a.2").by_level, "important assets are scanned from level 4 on only"


def test_what_the_standard_leaves_open_at_one_level_it_fixes_at_the_next() -> None:
    line = line_of("5.11.2.1-a")
    assert line.by_level[3].unstated
    assert (line.by_level[4].key, line.by_level[4].recurrence) == ("6.11.2.5", Recurrence(every=6))


@pytest.mark.parametrize(
    ("every", "unit", "expected"),
    [
        (1, CadenceUnit.MONTH, Recurrence(every=1)),
        (2, CadenceUnit.MONTH, Recurrence(every=2, month=12)),
        (1, CadenceUnit.QUARTER, Recurrence(every=3)),
        (6, CadenceUnit.MONTH, Recurrence(every=6)),
        (1, CadenceUnit.YEAR, Recurrence(every=12, month=12, day=LAST)),
        (7, CadenceUnit.DAY, Recurrence(span=Span.WEEK, every=1, day=7)),
        (1, CadenceUnit.UNSTATED, None),
    ],
)
def test_a_cadence_is_due_at_the_end_of_its_period(every: int, unit: CadenceUnit, expected: Recurrence | None) -> None:
    assert recurrence_of(Cadence(every=every, unit=unit, activity="Rà soát")) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("6 tháng", Recurrence(every=6)),
        ("hằng quý", Recurrence(every=3)),
        ("1 lần/năm", Recurrence(every=12)),
        ("2 quý một lần", Recurrence(every=6)),
        ("Hằng tuần", Recurrence(span=Span.WEEK, every=1, day=5)),
    ],
)
def test_how_often_is_read_as_offices_write_it(said: str, expected: Recurrence) -> None:
    assert read_every(said) == expected


@pytest.mark.parametrize("said", ["vài tháng", "0 tháng", "-1 tháng", "−6 tháng", "11 năm", "", "6", "tháng 6"])
def test_what_does_not_say_how_often_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(ValueError, match=r"Hãy ghi như|phải từ"):
        read_every(said)


@pytest.mark.parametrize(
    ("month", "day", "told"),
    [
        (13, None, "tháng 13"),
        (2, 32, "ngày trong tháng 32"),
        (2, 30, "Tháng 2 không có ngày 30"),
        (6, 31, "Tháng 6 không có ngày 31"),
    ],
)
def test_a_month_or_day_there_is_not_is_refused(month: int, day: int | None, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_every("1 năm", month=month, day=day)


def test_the_last_day_of_a_month_is_no_day_of_the_week() -> None:
    with pytest.raises(ValueError, match=r"^Không có thứ trong tuần -1; hãy nêu từ 1 đến 7\.$"):
        read_every("2 tuần", day=LAST)


def test_the_31st_is_the_last_day_of_every_month_and_the_29th_of_february_is_a_day() -> None:
    assert read_every("6 tháng", month=6, day=31) == Recurrence(every=6, month=6, day=LAST)
    assert read_every("2 năm", month=6).text == "2 năm một lần, chậm nhất ngày cuối tháng 6"
    assert read_every("1 năm", month=2, day=29).next_from(date(2027, 3, 1)) == date(2028, 2, 29)
