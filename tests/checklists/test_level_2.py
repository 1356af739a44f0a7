"""The level-2 checklist: every line, cadence and figure of the standard's level 2."""

from __future__ import annotations

from collections import Counter

import pytest

from compliance.domain.checklist import Binding, Checklist
from tests.checklists.lists import figures, load, requirement

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


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return load("level-2.yaml")


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

    def test_locking_is_asked_for_and_only_the_password_lines_merely_suggest(self, checklist: Checklist) -> None:
        suggested = [one.id for one in checklist.requirements if one.binding is Binding.SUGGESTED]
        assert suggested == ["4.6.2.2-b.1", "4.6.2.2-b.2"]

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
