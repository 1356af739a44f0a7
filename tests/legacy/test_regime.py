"""The earlier regime: its dates, who was competent, what its dossier held, and what it leaves open."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.domain.instrument import Mark
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on


def test_it_was_overtaken_and_never_called_repealed(earlier: Regime) -> None:
    assert (earlier.in_force_from, earlier.in_force_to) == (date(2016, 7, 1), None)
    assert (earlier.overtaken_from, earlier.successor) == (date(2026, 8, 19), "nd331-2026")
    assert "chưa thấy điều khoản nào bãi bỏ" in earlier.status_note
    assert "khoản 1 Điều 39 Nghị định số 331/2026/NĐ-CP" in earlier.status_note.replace("Khoản", "khoản")


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        (date(2016, 7, 1), "nd85-2016"),
        (date(2026, 8, 18), "nd85-2016"),
        (date(2026, 8, 19), "nd331-2026"),
        (date(2026, 11, 22), "nd331-2026"),
    ],
)
def test_a_new_file_goes_by_the_newer_regime(day: date, regime: str, regimes: dict[str, Regime]) -> None:
    assert regime_on(day, regimes.values()).id == regime


def test_shared_questions_keep_their_meaning_and_cite_the_earlier_decree(earlier: Regime, current: Regime) -> None:
    own = {"service_grade", "users_with_data"}
    for question in earlier.questions:
        shared = current.question(question.id)
        assert (shared is None) == (question.id in own)
        assert any(law in question.citation for law in ("85/2016/NĐ-CP", "86/2015/QH13"))
        if shared:
            assert question.choices == shared.choices
            assert question.column == shared.column


def test_no_two_columns_of_the_two_regimes_are_confused(earlier: Regime, current: Regime) -> None:
    owners: dict[str, set[str]] = {}
    for question in (*earlier.questions, *current.questions):
        for header in (question.column, *question.also):
            owners.setdefault(header.casefold(), set()).add(question.id)
    assert {header: ids for header, ids in owners.items() if len(ids) > 1} == {}


def test_facts_only_the_new_criteria_need_are_not_asked(earlier: Regime) -> None:
    asked = {question.id for question in earlier.questions}
    assert not asked & {"settles_procedures", "strategic", "risk_level", "subjects_basic", "subjects_sensitive"}
    assert earlier.risk_rule is None
    assert earlier.importance_tests == ()


@pytest.mark.parametrize(
    ("level", "appraisal", "calendar"), [(1, None, ()), (2, None, ()), (3, 15, ("appraisal_days",))]
)
def test_limits_inside_the_owner(level: int, appraisal: int | None, calendar: tuple[str, ...], earlier: Regime) -> None:
    authority = earlier.authority_for(level)
    assert authority
    assert (authority.appraisal_days, authority.approval_days, authority.reply_days) == (appraisal, 7, None)
    assert authority.calendar_days == calendar
    assert "đơn vị chuyên trách về an toàn thông tin" in authority.appraises.lower()


@pytest.mark.parametrize("level", [4, 5])
def test_limits_at_the_ministry(level: int, earlier: Regime) -> None:
    authority = earlier.authority_for(level)
    assert authority
    assert (authority.appraisal_days, authority.approval_days) == (30, 7)
    assert authority.calendar_days == ("appraisal_days",)
    assert "do Bộ Công an quản lý thì Bộ Công an chủ trì" in authority.note


def test_forms_of_the_old_annex_are_not_offered(earlier: Regime) -> None:
    for authority in earlier.authority:
        assert not authority.request_form + authority.dossier_form
        assert "không có trong chương trình này" in authority.note


def test_level_two_is_approved_by_the_unit_that_appraises_it(earlier: Regime) -> None:
    authority = earlier.authority_for(2)
    assert authority
    assert authority.appraises == authority.approves


def test_checks_of_a_record_are_named_as_in_the_current_regime(earlier: Regime, current: Regime) -> None:
    assert {rule.id for rule in earlier.system_rules} <= {rule.id for rule in current.system_rules}
    assert {"one-owner", "highest-wins", "used-only", "independent-appraiser"} <= {
        rule.id for rule in earlier.system_rules
    }


def test_the_seven_parts_of_the_plan_survive_in_the_new_decree(earlier: Regime, current: Regime) -> None:
    assert [part.id for part in earlier.plan_parts] == [part.id for part in current.plan_parts]
    letters = [group.letter for group in (*earlier.management_groups, *earlier.technical_groups)]
    assert letters == [group.letter for group in (*current.management_groups, *current.technical_groups)]


@pytest.mark.parametrize(
    ("level", "parts"),
    [
        (2, ["overview", "design", "rationale", "plan"]),
        (3, ["overview", "design", "rationale", "plan", "appraisal-opinion"]),
        (4, ["overview", "design", "rationale", "rationale-high", "plan", "professional-opinion", "appraisal-opinion"]),
    ],
)
def test_parts_of_the_dossier(level: int, parts: list[str], earlier: Regime) -> None:
    assert [part.id for part in earlier.dossier_parts if level in part.levels] == parts


def test_owner_and_operator_each_fill_in_seven_fields(earlier: Regime) -> None:
    overview = next(part for part in earlier.dossier_parts if part.id == "overview")
    for role in ("Chủ quản hệ thống thông tin", "Đơn vị vận hành"):
        assert sum(field.startswith(role) for field in overview.fields) == 7


@pytest.mark.parametrize(
    ("cycle", "months", "levels"),
    [
        ("inspection-overall", 24, (1, 2, 3, 4, 5)),
        ("inspection-yearly", 12, (3, 4)),
        ("inspection-half-yearly", 6, (5,)),
        ("monitoring-half-yearly", 6, (3, 4, 5)),
    ],
)
def test_cycles_are_told_as_old(cycle: str, months: int, levels: tuple[int, ...], earlier: Regime) -> None:
    found = next(one for one in earlier.cycles if one.id == cycle)
    assert (found.months, found.levels) == (months, levels)
    assert "nay luật không ấn định" in found.uncertain


@pytest.mark.parametrize(
    ("cycle", "due"),
    [
        ("report-window", "Từ ngày 15 tháng 12 năm trước kỳ báo cáo đến ngày 14 tháng 12 của kỳ báo cáo"),
        ("report-to-owner", "Trước ngày 20 tháng 12 hằng năm"),
        ("report-to-ministry", "Trước ngày 25 tháng 12 hằng năm"),
        ("report-2017", "Trước ngày 30 tháng 11 hằng năm"),
    ],
)
def test_report_dates(cycle: str, due: str, earlier: Regime) -> None:
    assert next(one for one in earlier.cycles if one.id == cycle).due == due


def test_old_terms_lead_to_new_ones(earlier: Regime) -> None:
    terms = {term.old: term for term in earlier.terms}
    assert terms["ứng cứu sự cố"].new == "ứng phó, khắc phục sự cố"
    assert terms["Bộ Thông tin và Truyền thông (Cục An toàn thông tin)"].mark is Mark.UNSURE


def test_every_open_point_can_be_asked_of_a_superior(earlier: Regime) -> None:
    for zone in earlier.grey_zones:
        assert zone.question.endswith("?"), zone.code
        assert len(zone.sides) >= 2, zone.code


@pytest.mark.parametrize(
    ("criterion", "doubt"),
    [
        ("C2.2a", "chưa tra cứu"),
        ("C3.2a", "chưa tra cứu"),
        ("C3.3", "không nêu “một bộ”"),
        ("C3.1", "quốc phòng"),
    ],
)
def test_doubtful_criteria_say_so(criterion: str, doubt: str, earlier: Regime) -> None:
    assert doubt in next(one for one in earlier.criteria if one.id == criterion).uncertain


@pytest.mark.parametrize(
    ("code", "doubt"),
    [
        ("L02", "chưa chắc chắn"),
        ("L03", "trước tháng 6 năm 2023"),
        ("L04", "Điều 57"),
        ("L05", "từ ngày 01/07/2026 đến ngày 18/08/2026"),
        ("L06", "phê duyệt lại"),
        ("L07", "văn bản chuyển giao chưa được xác định"),
        ("L12", "Chưa tìm thấy văn bản đó"),
        ("L13", "hiệu lực hiện nay chưa chắc chắn"),
    ],
)
def test_what_the_sources_leave_unsure_is_an_open_point(code: str, doubt: str, earlier: Regime) -> None:
    zone = next(one for one in earlier.grey_zones if one.code == code)
    assert doubt in zone.message + zone.title + zone.question


@pytest.mark.parametrize(("day", "asked"), [(20220930, True), (20221001, False), (20240315, False), (None, True)])
def test_the_review_of_2023_is_asked_of_older_approvals_only(day: int | None, asked: bool, earlier: Regime) -> None:
    zone = next(one for one in earlier.grey_zones if one.code == "L03")
    assert zone.when
    assert (zone.when.truth({"earlier_level": 2, "earlier_day": day}) is True) is asked


def test_the_standing_of_the_monitoring_circular_is_unsure(earlier: Regime) -> None:
    monitoring = [one for one in earlier.cycles if one.id.startswith("monitoring")]
    assert len(monitoring) == 3
    assert all("chưa chắc chắn" in one.uncertain for one in monitoring)
