"""The level-2 checklist: every line, cadence and figure of the standard's level 2, and the duties beyond it."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from compliance.domain.checklist import Binding, Checklist, Requirement

FOLDER = Path(__file__).parents[2] / "checklists" / "nd331-2026"

PLAN_PARTS = {"a", "b", "c", "d", "dd", "e", "g"}
MANAGEMENT_AND_TECHNICAL_GROUPS = {
    "30.3.a", "30.3.b", "30.3.c", "30.3.d", "30.3.dd", "30.3.e", "30.3.g",
    "30.4.a", "30.4.b", "30.4.c", "30.4.d",
}  # fmt: skip

LINES_PER_GROUP = {
    "4.1": 2,
    "4.2": 9,
    "4.3": 9,
    "4.4": 9,
    "4.5": 7,
    "4.6": 19,
    "4.7": 7,
    "4.8": 7,
    "4.9": 4,
    "4.10": 5,
    "4.11": 5,
    "4.12": 23,
    "4.13": 7,
    "4.14": 5,
    "4.15": 11,
}

# Recurring activities of level 2: (clause, every, unit, also on change), in the order of the standard.
CADENCES = [
    ("4.1 b)", 1, "year", True),  # risk-management process
    ("4.2.1 c)", 1, "year", False),  # hardware inventory
    ("4.2.2.2 a)", 1, "year", False),  # unauthorised devices
    ("4.3.1 b)", 1, "year", False),  # software inventory
    ("4.3.2.2 a)", 1, "year", False),  # unauthorised software
    ("4.4.2.1 d)", 1, "year", False),  # data permissions
    ("4.4.2.1 e)", 1, "year", True),  # information-asset process
    ("4.4.2.2 b)", 1, "year", True),  # information-asset list
    ("4.5.2.1 d)", 1, "year", True),  # secure-configuration rules
    ("4.6.2.1 d)", 1, "year", False),  # account list
    ("4.6.2.2 b)", 2, "month", False),  # administrators' passwords
    ("4.6.2.3", 1, "year", True),  # account-management rules
    ("4.6.2.4", 1, "year", True),  # access-management rules
    ("4.7.2.1 b)", 1, "year", True),  # vulnerability scan
    ("4.7.2.1 b)", 1, "year", True),  # vulnerability process
    ("4.7.2.2", 1, "month", False),  # patches of user computers and mobiles
    ("4.8.2.1 a)", 1, "year", False),  # log review
    ("4.8.2.1 b)", 1, "year", True),  # log-management process
    ("4.9.2.1 c)", 1, "unstated", False),  # “thường xuyên”: browser and mail patches
    ("4.11.2.1 a)", 1, "unstated", False),  # “định kỳ”: restore test
    ("4.11.2.1 b)", 1, "year", True),  # backup rules
    ("4.12.2.1 e)", 1, "year", True),  # network diagram
    ("4.12.2.2 a)", 1, "unstated", False),  # “định kỳ”: attack signatures
    ("4.13.2.2 b)", 1, "year", False),  # awareness training
    ("4.14.2", 1, "year", True),  # supplier list
    ("4.15.2.1 c)", 1, "year", False),  # incident contact details
    ("4.15.2.2 c)", 1, "year", True),  # incident-report process
    ("4.15.2.3 b)", 1, "year", True),  # incident-response process
]

# Figures of the standard: requirement -> {name: (value, binding)}.
FIGURES = {
    "4.8.2.1-a.5": {"Thời gian lưu nhật ký": ("≥ 1 tháng", "required")},
    "4.6.2.3.4": {"Thời gian không hoạt động trước khi xóa hoặc vô hiệu hóa tài khoản": ("45 ngày", "required")},
    "4.6.2.2-b.3": {"Thời hạn đổi mật khẩu tài khoản quản trị": ("2 tháng", "required")},
    "4.6.2.2-b.2": {
        "Độ dài mật khẩu khi có MFA": ("≥ 8 ký tự", "suggested"),
        "Độ dài mật khẩu khi không có MFA": ("≥ 14 ký tự", "suggested"),
        "Số loại ký tự khi không có MFA": ("4 loại", "suggested"),
    },
    "4.5.2.2-a.1": {
        "Tự khóa máy người dùng": ("≤ 15 phút", "suggested"),
        "Tự khóa phiên quản trị": ("≤ 5 phút", "suggested"),
        "Tự khóa thiết bị di động": ("≤ 5 phút", "suggested"),
        "Tự khóa phần mềm nghiệp vụ có dữ liệu quan trọng": ("≤ 15 phút", "suggested"),
    },
    "4.5.2.2-a.2": {
        "Số lần đăng nhập sai trước khi khóa (máy tính xách tay, điện thoại)": ("≤ 10 lần", "suggested"),
        "Số lần đăng nhập sai trước khi khóa (phần mềm nghiệp vụ có dữ liệu quan trọng)": ("≤ 5 lần", "suggested"),
        "Thời gian khóa": ("12 giờ–30 ngày", "suggested"),
    },
    "4.12.2.2-b": {"Số vùng mạng tối thiểu": ("≥ 5 vùng", "required")},
    "4.15.2.1-a": {
        "Người chủ trì ứng phó sự cố": ("1 người", "required"),
        "Người dự phòng": ("≥ 1 người", "required"),
    },
}


def load(name: str) -> Checklist:
    data = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return Checklist.model_validate_json(json.dumps(data, default=str))


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return load("level-2.yaml")


@pytest.fixture(scope="module")
def duties() -> Checklist:
    return load("duties-level-2.yaml")


def requirement(checklist: Checklist, identifier: str) -> Requirement:
    found = checklist.requirement(identifier)
    assert found is not None, identifier
    return found


def figures(one: Requirement) -> dict[str, tuple[str, str]]:
    return {figure.name: (figure.value, figure.binding.value) for figure in one.figures}


@pytest.mark.parametrize("name", ["level-2.yaml", "duties-level-2.yaml"])
class TestBothFiles:
    def test_belong_to_level_2_of_the_regime_and_say_when_they_were_checked(self, name: str) -> None:
        loaded = load(name)
        assert (loaded.regime, loaded.level, loaded.version) == ("nd331-2026", 2, "2026.11.22")
        assert loaded.checked_on == date(2026, 11, 22)

    def test_every_requirement_has_an_id_of_its_own(self, name: str) -> None:
        counts = Counter(one.id for one in load(name).requirements)
        assert [identifier for identifier, count in counts.items() if count > 1] == []

    def test_every_group_is_defined_once_and_used(self, name: str) -> None:
        loaded = load(name)
        defined = [group.id for group in loaded.groups]
        assert len(defined) == len(set(defined))
        assert {one.group for one in loaded.requirements} == set(defined)

    def test_every_citation_names_its_clause(self, name: str) -> None:
        for one in load(name).requirements:
            assert one.citation.endswith(" " + one.clause.removesuffix(")")), one.id

    def test_every_requirement_serves_a_plan_part_and_known_groups_of_the_decree(self, name: str) -> None:
        for one in load(name).requirements:
            assert one.plan_part in PLAN_PARTS, one.id
            assert set(one.groups) <= MANAGEMENT_AND_TECHNICAL_GROUPS, one.id
            assert len(set(one.groups)) == len(one.groups), one.id

    def test_every_plan_part_and_group_of_the_decree_is_served(self, name: str) -> None:
        requirements = load(name).requirements
        assert {one.plan_part for one in requirements} == PLAN_PARTS
        assert {group for one in requirements for group in one.groups} == MANAGEMENT_AND_TECHNICAL_GROUPS

    def test_sentences_are_whole_and_composed(self, name: str) -> None:
        for one in load(name).requirements:
            assert len(one.statement) >= 40, one.id
            for sentence in (one.statement, one.evidence, one.uncertain or "."):
                assert sentence.endswith("."), (one.id, sentence)
                assert unicodedata.is_normalized("NFC", sentence), one.id
                assert sentence == " ".join(sentence.split()), one.id

    def test_no_two_statements_are_the_same(self, name: str) -> None:
        statements = [one.statement for one in load(name).requirements]
        assert len(statements) == len(set(statements))

    def test_an_activity_left_without_a_cycle_is_explained_to_the_user(self, name: str) -> None:
        for one in load(name).requirements:
            if any(cadence.unit.value == "unstated" for cadence in one.cadences):
                assert one.uncertain, one.id

    def test_no_two_activities_of_the_calendar_share_a_name(self, name: str) -> None:
        counts = Counter(cadence.activity for one in load(name).requirements for cadence in one.cadences)
        assert [activity for activity, count in counts.items() if count > 1] == []


class TestAgainstTheStandard:
    def test_each_group_has_as_many_lines_as_the_source_table(self, checklist: Checklist) -> None:
        assert Counter(one.group for one in checklist.requirements) == LINES_PER_GROUP
        assert len(checklist.requirements) == 129

    def test_ids_follow_the_clause(self, checklist: Checklist) -> None:
        for one in checklist.requirements:
            stem = one.clause.removesuffix(")").replace(" ", "-")
            assert one.id == stem or one.id.removeprefix(f"{stem}.").isdigit(), one.id
            assert one.clause.startswith((f"{one.group}.", f"{one.group} ")), one.id

    def test_recurring_activities_are_exactly_those_of_level_2(self, checklist: Checklist) -> None:
        found = [
            (one.clause, cadence.every, cadence.unit.value, cadence.or_on_change)
            for one in checklist.requirements
            for cadence in one.cadences
        ]
        assert found == CADENCES

    def test_the_yearly_vulnerability_clause_asks_for_two_activities(self, checklist: Checklist) -> None:
        activities = [cadence.activity for cadence in requirement(checklist, "4.7.2.1-b").cadences]
        assert activities == ["Rà quét lỗ hổng bảo mật", "Rà soát quy trình quản lý lỗ hổng"]

    @pytest.mark.parametrize("identifier", FIGURES)
    def test_figures_are_as_the_standard_gives_them(self, checklist: Checklist, identifier: str) -> None:
        assert figures(requirement(checklist, identifier)) == FIGURES[identifier]

    def test_only_four_lines_merely_suggest(self, checklist: Checklist) -> None:
        suggested = [one.id for one in checklist.requirements if one.binding is Binding.SUGGESTED]
        assert suggested == ["4.5.2.2-a.1", "4.5.2.2-a.2", "4.6.2.2-b.1", "4.6.2.2-b.2"]

    def test_classifying_information_is_asked_for_though_the_three_steps_are_only_suggested(
        self, checklist: Checklist
    ) -> None:
        classifying = requirement(checklist, "4.4.2.1-b")
        assert classifying.binding is Binding.REQUIRED
        assert figures(classifying) == {"Số mức nhạy cảm": ("3 mức", "suggested")}

    def test_equivalent_solutions_are_allowed_where_the_standard_allows_them(self, checklist: Checklist) -> None:
        allowed = [one.id for one in checklist.requirements if one.equivalent_allowed]
        assert allowed == [
            "4.4.2.4", "4.9.2.1-c", "4.10.2.1-a", "4.12.2.2-a.2", "4.12.2.2-a.3", "4.12.2.5.1",
        ]  # fmt: skip

    def test_doubts_of_the_source_are_shown_to_the_user(self, checklist: Checklist) -> None:
        assert "không thống nhất" in requirement(checklist, "4.2.1-c").uncertain
        assert "4.6.1" in requirement(checklist, "4.6.1-c").uncertain
        assert "12 tháng" in requirement(checklist, "4.8.2.1-a.5").uncertain

    def test_reader_is_told_that_the_standard_itself_was_not_read(self, checklist: Checklist) -> None:
        assert "đọc gián tiếp" in checklist.source_note
        assert "phải đối chiếu với bản chính thức" in checklist.source_note


class TestDutiesOfTheDecree:
    @pytest.mark.parametrize(
        "identifier",
        [
            "d10.2", "d10.3", "d10.5", "d10.6", "d27.1", "d27.2", "d27.3", "d28.1", "d28.3", "d28.5",
            "d29.2-e", "d30.3-g", "d30.5-a", "d30.6", "d30.7", "d31.1-b", "d31.2-c", "d31.2-d", "d31.3.2",
            "d31.3.3", "d33.3", "d33.5", "d35.4-a", "d35.4-b", "d36", "l116-d40.1-b", "n333-d7.2",
        ],
    )  # fmt: skip
    def test_every_duty_the_standard_leaves_out_is_there(self, duties: Checklist, identifier: str) -> None:
        requirement(duties, identifier)

    def test_an_incident_has_three_clocks(self, duties: Checklist) -> None:
        values = [figure.value for figure in requirement(duties, "d31.2-d").figures]
        assert values == ["≤ 72 giờ kể từ khi phát hiện", "≤ 24 giờ kể từ khi phát hiện", "ngay khi phát hiện"]

    @pytest.mark.parametrize(("identifier", "deadline"), [("d35.4-a", "20/12"), ("d35.4-b", "25/12")])
    def test_the_yearly_report_goes_up_before_its_day(self, duties: Checklist, identifier: str, deadline: str) -> None:
        report = requirement(duties, identifier)
        assert [(cadence.every, cadence.unit.value) for cadence in report.cadences] == [(1, "year")]
        assert f"trước ngày {deadline}" in {figure.value for figure in report.figures}

    def test_at_level_2_the_law_lets_measures_be_chosen_and_the_user_is_told(self, duties: Checklist) -> None:
        for identifier in ("d28.1", "d28.3", "d28.5", "d30.6", "d30.7", "n333-d7.2"):
            assert "Khoản 3 Điều 10 Luật An ninh mạng" in requirement(duties, identifier).uncertain, identifier

    def test_hired_data_centre_rules_of_higher_levels_are_absent(self, duties: Checklist) -> None:
        assert not [one.id for one in duties.requirements if one.id.startswith(("d30.8", "d30.9"))]
