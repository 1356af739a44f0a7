"""The calendar of duties: every row of the fact base, when it is due and for whom; broken calendars are told.

The 46 cadences of the standard are held against the lists of the levels in ``tests/checklists/test_quantities.py``.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from compliance.adapters.law import DUTIES, load_catalogue, load_checklist, load_duty_calendar, load_regimes
from compliance.adapters.law_check import check_library
from compliance.domain.cadence import Cadence, CadenceUnit
from compliance.domain.duty_calendar import BeforeDay, DutyKind, DutyRule, Scope
from compliance.domain.level import LEVELS
from compliance.domain.recurrence import LAST, Span
from compliance.domain.regime_status import regime_on
from compliance.domain.road_paper import Role
from tests.law.conftest import Library

REGIME = regime_on(date(2026, 11, 22), load_regimes())
CALENDAR = load_duty_calendar(REGIME)
RULES = {one.id: one for one in CALENDAR.rules}
FILE = "nd331-2026/duty-calendar.yaml"

OWNER, OPERATOR, SECURITY = Role.OWNER, Role.OPERATOR, Role.SECURITY_UNIT
EVERY, HIGH = LEVELS, (3, 4, 5)
CHOSEN, ALWAYS, EVENT = "cơ quan tự ấn định", "thường xuyên", "khi có sự việc"

# ref, ids, when it is due in the cycle that begins on 22/11/2026, kind, who acts, levels, where the text says so
ROWS: tuple[tuple[str, str, date | str, DutyKind, set[Role], tuple[int, ...], str], ...] = (
    ("C1", "c1", date(2026, 12, 14), DutyKind.LAW, {OWNER, SECURITY, OPERATOR}, EVERY, "khoản 3 Điều 35 Nghị định"),
    ("C2", "c2", date(2026, 12, 19), DutyKind.LAW, {SECURITY, OPERATOR}, EVERY, "điểm a khoản 4 Điều 35 Nghị định"),
    ("C3", "c3", date(2026, 12, 24), DutyKind.LAW, {OWNER}, EVERY, "điểm b khoản 4 Điều 35 Nghị định số 331/"),
    ("C4", "c4", ALWAYS, DutyKind.LAW, {OWNER}, EVERY, "khoản 1 Điều 35 Nghị định số 331/"),
    ("C5", "c5a", EVENT, DutyKind.LAW, {OWNER}, EVERY, "điểm b khoản 2 Điều 35 Nghị định số 331/"),
    ("C5", "c5b", EVENT, DutyKind.LAW, {OPERATOR}, EVERY, "khoản 6 Điều 33 Nghị định số 331/"),
    ("C6", "c6", date(2027, 1, 15), DutyKind.RECOMMENDATION, {OWNER}, EVERY, "điểm e khoản 2 Điều 9 Nghị định số 331/"),
    ("C7", "c7", EVENT, DutyKind.LAW, {OWNER}, EVERY, "điểm c khoản 4 Điều 34 Nghị định số 331/"),
    ("C8", "c8a", date(2027, 9, 30), DutyKind.LAW, {OWNER}, HIGH, "điểm b khoản 1 Điều 11 Luật An ninh mạng số 116/"),
    ("C8", "c8b", date(2027, 9, 30), DutyKind.LAW, {OWNER}, HIGH, "điểm b khoản 5 Điều 8 Nghị định số 333/"),
    ("C9", "c9a", CHOSEN, DutyKind.LAW, {OWNER, SECURITY}, EVERY, "điểm a khoản 5 Điều 28 Nghị định số 331/"),
    ("C9", "c9b", CHOSEN, DutyKind.LAW, {OWNER}, EVERY, "khoản 2 Điều 19 Luật An ninh mạng số 116/"),
    ("C10", "c10", CHOSEN, DutyKind.LAW, {OPERATOR}, EVERY, "khoản 3 Điều 33 Nghị định số 331/"),
    ("C11", "c11a", CHOSEN, DutyKind.LAW, {OWNER}, EVERY, "khoản 3 Điều 31 Nghị định số 331/"),
    ("C11", "c11b", CHOSEN, DutyKind.LAW, {OWNER}, EVERY, "khoản 2 Điều 35 Luật An ninh mạng số 116/"),
    ("C11", "c11c", CHOSEN, DutyKind.LAW, {OWNER}, EVERY, "khoản 3 Điều 31 Nghị định số 331/"),
    ("C11", "c11d", CHOSEN, DutyKind.LAW, {OWNER}, HIGH, "điểm c khoản 3 Điều 31 Luật An ninh mạng số 116/"),
    ("C12", "c12a", date(2029, 8, 18), DutyKind.LAW, {OWNER}, HIGH, "điểm b khoản 8 Điều 24 Nghị định số 333/"),
    ("C12", "c12b", CHOSEN, DutyKind.LAW, {OWNER}, HIGH, "khoản 4 Điều 28 Nghị định số 333/"),
    ("C13", "c13", date(2028, 8, 18), DutyKind.LAW, {OWNER}, HIGH, "điểm a khoản 8 Điều 24 Nghị định số"),
    ("C14", "c14", date(2026, 12, 31), DutyKind.LAW, {OWNER}, EVERY, "khoản 1 Điều 38 Luật An ninh mạng số 116/"),
    ("C15", "c15", ALWAYS, DutyKind.LAW, {OWNER, OPERATOR}, EVERY, "điểm b khoản 1 Điều 40 Luật An ninh mạng số 116/"),
    ("C16", "c16", CHOSEN, DutyKind.LAW, {OWNER}, EVERY, "khoản 1 Điều 17 và khoản 3 Điều 36 Nghị định số 331/"),
    ("C17", "c17", EVENT, DutyKind.LAW, {OWNER, OPERATOR}, EVERY, "khoản 2 Điều 10 và Điều 25 Nghị định số 331/"),
    ("C18", "c18a", CHOSEN, DutyKind.RECOMMENDATION, {OWNER, SECURITY}, EVERY, "khoản 5 Điều 28"),
    ("C18", "c18b", CHOSEN, DutyKind.RECOMMENDATION, {OWNER, SECURITY}, (3,), "khoản 5 Điều 32"),
)  # fmt: skip


def due(rule: DutyRule) -> date | str:
    if rule.recurrence is not None:
        return rule.recurrence.next_from(date(2026, 11, 22))
    if rule.unstated:
        return CHOSEN
    return rule.until or (ALWAYS if rule.standing else EVENT)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_each_row_is_due_when_and_by_whom_the_text_says(
    row: tuple[str, str, date | str, DutyKind, set[Role], tuple[int, ...], str],
) -> None:
    ref, id_, when, kind, who, levels, cited = row
    rule = RULES[id_]
    assert (rule.ref, due(rule), rule.kind, set(rule.by), rule.levels) == (ref, when, kind, who, levels)
    assert cited in rule.citation


def test_no_row_of_the_fact_base_is_missing_and_none_is_invented() -> None:
    assert {one.ref for one in CALENDAR.rules if one.ref} == {f"C{number}" for number in range(1, 19)}
    assert {one.id for one in CALENDAR.rules if one.ref} == {row[1] for row in ROWS}
    assert {one.kind for one in CALENDAR.rules if not one.ref} == {DutyKind.OWN}


def test_only_systems_important_to_national_security_answer_before_october() -> None:
    assert {one.id for one in CALENDAR.rules if one.important} == {"c8a", "c8b", "c11d", "c13"}
    assert all(RULES[id_].scope is Scope.SYSTEM for id_ in ("c8a", "c8b", "c11d", "c13"))


def test_the_yearly_report_falls_once_on_the_office_and_checks_on_each_system() -> None:
    assert {RULES[id_].scope for id_ in ("c1", "c2", "c3", "c14", "c16", "c18a")} == {Scope.OFFICE}
    assert {RULES[id_].scope for id_ in ("c9a", "c10", "c12a", "c15", "c17")} == {Scope.SYSTEM}


def test_what_the_text_leaves_open_is_said_to_be_open_and_advised_not_ordered() -> None:
    left = [one for one in CALENDAR.rules if one.unstated]
    assert {one.id for one in left} == {row[1] for row in ROWS if row[2] == CHOSEN} | {"bao-cao-tuan"}
    for one in left:
        assert one.advised is not None, one.id
        assert any(word in one.note.casefold() for word in ("đề xuất", "khuyến nghị")), one.id
        assert one.uncertain or one.kind is DutyKind.RECOMMENDATION, one.id


def test_a_training_deadline_shows_the_later_reading_too() -> None:
    assert (RULES["c12a"].reading, RULES["c13"].reading) == (date(2029, 8, 19), date(2028, 8, 19))
    assert "ngày đầu" in RULES["c12a"].uncertain


def test_the_progress_reports_of_the_communes_plans_name_the_plan_and_the_day_chosen() -> None:
    week, month = RULES["bao-cao-tuan"], RULES["bao-cao-thang"]
    assert week.advised is not None
    assert (week.advised.span, week.advised.text) == (Span.WEEK, "hằng tuần, thứ Sáu")
    assert "đề xuất thứ Sáu" in week.note
    assert month.on is not None
    assert (month.on.every, month.on.day) == (1, LAST)
    assert "ngày cuối tháng" in month.note
    assert all(one.citation.endswith("kế hoạch chuyển đổi số của xã") for one in (week, month))


def test_every_duty_of_the_decree_with_a_cadence_is_covered_once() -> None:
    recurring = {one.id for one in load_catalogue(REGIME, DUTIES).requirements if one.cadences}
    covered = Counter(id_ for one in CALENDAR.rules for id_ in one.covers)
    assert recurring <= set(covered)
    assert set(covered.values()) == {1}


def cadences() -> list[Cadence]:
    return [one for level in LEVELS for row in load_checklist(REGIME, level).requirements for one in row.cadences]


def test_every_yearly_activity_of_the_standard_has_a_month_well_before_the_report() -> None:
    yearly = {one.activity for one in cadences() if one.unit is CadenceUnit.YEAR}
    placed = {one: CALENDAR.month_of(one) for one in yearly}
    assert None not in placed.values()
    assert {one for plan in CALENDAR.plan_months for one in plan.activities} == yearly
    assert set(placed.values()) <= set(range(2, 12))


@pytest.mark.parametrize("level", LEVELS)
def test_no_month_is_crowded(level: int) -> None:
    """What an office does in a year at one level: no month holds more than a sixth of it."""
    found = [one.activity for row in load_checklist(REGIME, level).requirements for one in row.cadences]
    months = Counter(month for one in set(found) if (month := CALENDAR.month_of(one)))
    assert max(months.values()) <= 6
    assert len(months) >= 8


def test_what_is_done_in_one_go_stands_in_one_month() -> None:
    together = (
        ("Kiểm kê phần cứng", "Kiểm kê phần mềm", "Phát hiện phần mềm trái phép"),
        ("Rà soát danh sách tài khoản", "Rà soát quy định quản lý truy cập"),
        ("Cập nhật quy trình ứng phó sự cố", "Xác minh thông tin liên hệ ứng phó sự cố", "Diễn tập ứng phó sự cố"),
        ("Rà soát nhật ký an ninh mạng", "Rà soát quy định sao lưu"),
    )
    for group in together:
        assert len({CALENDAR.month_of(one) for one in group}) == 1, group
    assert RULES["c11c"].plan_month == CALENDAR.month_of("Diễn tập ứng phó sự cố")
    assert RULES["c11b"].plan_month == CALENDAR.month_of("Đào tạo nhận thức an ninh mạng")


@pytest.mark.parametrize(
    ("month", "day", "last"),
    [(12, 20, date(2026, 12, 19)), (10, 1, date(2027, 9, 30)), (1, 1, date(2026, 12, 31)), (3, 1, date(2027, 2, 28))],
)
def test_before_a_day_means_the_day_before_at_the_latest(month: int, day: int, last: date) -> None:
    assert BeforeDay(month=month, day=day).recurrence.next_from(date(2026, 11, 22)) == last


def test_before_the_first_of_march_is_the_29th_in_a_leap_year() -> None:
    assert BeforeDay(month=3, day=1).recurrence.next_from(date(2028, 1, 1)) == date(2028, 2, 29)


BROKEN = (
    ("two ways of being due", "before: {month: 12, day: 25}", "before: {month: 12, day: 25}\n    standing: true",
     "phải có đúng một trong before, on, until, unstated, standing, event"),
    ("no way of being due", "    before: {month: 12, day: 25}\n", "", "phải có đúng một trong"),
    ("a day no month has", "before: {month: 12, day: 20}", "before: {month: 2, day: 30}", "tháng 2 không có ngày 30"),
    ("a recurrence on a day no month has", '"on": {every: 12, month: 1, day: 15}',
     '"on": {every: 12, month: 2, day: 30}', "tháng 2 không có ngày 30"),
    ("advice where the text is firm", "before: {month: 12, day: 25}",
     "before: {month: 12, day: 25}\n    advised: {every: 12}", "advised chỉ đi với unstated"),
    ("a second reading before the first", "reading: 2029-08-19", "reading: 2029-08-17", "phải sau until"),
    ("an unknown duty", "covers: [d35.4-b]", "covers: [d35.4-x]", "không có nghĩa vụ “d35.4-x” trong duties.yaml"),
    ("a duty nobody recalls", "    covers: [d35.4-b]\n", "", "nghĩa vụ “d35.4-b” có định kỳ nhưng không dòng nào"),
    ("an unknown activity", "- Kiểm kê phần cứng", "- Kiểm kê phần cúng",
     "không danh mục nào có việc “Kiểm kê phần cúng”"),
    ("an activity in two months", "- Rà soát quy định sao lưu",
     "- Kiểm kê phần cứng", "Kiểm kê phần cứng: mã này dùng"),
    ("an id twice", "- id: c3\n", "- id: c2\n", "rules.c2: mã này dùng hai lần"),
    ("a month there is not", "- month: 2\n", "- month: 13\n", "plan_months.0.month: giá trị “13”"),
    ("an article the decree does not have",
     "khoản 3 Điều 35 Nghị định số 331", "khoản 3 Điều 95 Nghị định số 331", "viện dẫn Điều 95"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_a_broken_calendar_is_told(library: Library, old: str, new: str, told: str) -> None:
    library.change(FILE, (old, new))
    faults = [fault for fault in check_library(library.root).faults if FILE in fault.file]
    assert any(told in str(fault) for fault in faults), [str(fault) for fault in faults]
