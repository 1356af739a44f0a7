"""The level-1 checklist: complete against the standard's line count, cadences and figures; well formed throughout."""

from __future__ import annotations

from collections import Counter

import pytest

from compliance.domain.checklist import Binding, Checklist
from tests.checklists.lists import figures, load, requirement

LINES_PER_GROUP = {
    "3.1": 2,
    "3.2": 8,
    "3.3": 7,
    "3.4": 8,
    "3.5": 6,
    "3.6": 20,
    "3.7": 6,
    "3.8": 5,
    "3.9": 4,
    "3.10": 5,
    "3.11": 4,
    "3.12": 17,
    "3.13": 5,
    "3.14": 5,
    "3.15": 9,
}

# Every recurring activity of level 1: clause -> (every, unit, also on change).
CADENCES = {
    "3.1 b)": (1, "year", True),
    "3.2.1 c)": (1, "year", False),
    "3.2.2.2 a)": (1, "year", False),
    "3.3.1 b)": (1, "year", False),
    "3.3.2.2 a)": (1, "year", False),
    "3.4.2.1 c)": (1, "year", False),
    "3.4.2.1 d)": (1, "year", True),
    "3.4.2.2 b)": (1, "year", True),
    "3.5.2.1 c)": (1, "year", True),
    "3.6.2.1 d)": (1, "year", False),
    "3.6.2.2 b)": (2, "month", False),
    "3.6.2.3": (1, "year", True),
    "3.6.2.4": (1, "year", True),
    "3.7.2.1 b)": (1, "year", True),
    "3.7.2.2": (1, "month", False),
    "3.8.2.1 a)": (1, "year", False),
    "3.8.2.1 b)": (1, "year", True),
    "3.9.2.1 c)": (1, "unstated", False),
    "3.11.2.1 a)": (1, "unstated", False),
    "3.11.2.1 b)": (1, "year", True),
    "3.12.2.1 d)": (1, "year", True),
    "3.12.2.2": (1, "unstated", False),
    "3.13.2.2 b)": (1, "year", False),
    "3.14.2": (1, "year", True),
    "3.15.2.1 b)": (1, "year", False),
    "3.15.2.2 c)": (1, "year", True),
    "3.15.2.3 b)": (1, "year", True),
}

# Figures of the standard: requirement -> {name: (value, binding)}.
FIGURES = {
    "3.6.2.3.4": {"Thời gian không hoạt động trước khi xóa hoặc vô hiệu hóa tài khoản": ("45 ngày", "required")},
    "3.6.2.2-b.3": {"Thời hạn đổi mật khẩu tài khoản quản trị": ("2 tháng", "required")},
    "3.6.2.2-b.2": {
        "Độ dài mật khẩu khi có MFA": ("≥ 8 ký tự", "suggested"),
        "Độ dài mật khẩu khi không có MFA": ("≥ 14 ký tự", "suggested"),
        "Số loại ký tự khi không có MFA": ("4 loại", "suggested"),
    },
    "3.5.2.2-a.1": {
        "Tự khóa máy người dùng": ("≤ 15 phút", "suggested"),
        "Tự khóa phiên quản trị": ("≤ 5 phút", "suggested"),
        "Tự khóa thiết bị di động": ("≤ 5 phút", "suggested"),
    },
    "3.5.2.2-a.2": {
        "Số lần đăng nhập sai trước khi khóa (máy tính xách tay, điện thoại)": ("≤ 10 lần", "suggested"),
        "Thời gian khóa": ("12 giờ–30 ngày", "suggested"),
    },
    "3.15.2.1-a": {
        "Người chủ trì ứng phó sự cố": ("1 người", "required"),
        "Người dự phòng": ("≥ 1 người", "required"),
    },
}


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return load("level-1.yaml")


class TestAgainstTheStandard:
    def test_each_group_has_as_many_lines_as_the_source_table(self, checklist: Checklist) -> None:
        assert Counter(one.group for one in checklist.requirements) == LINES_PER_GROUP
        assert len(checklist.requirements) == 111

    def test_ids_follow_the_clause_in_the_order_of_the_standard(self, checklist: Checklist) -> None:
        for one in checklist.requirements:
            stem = one.clause.removesuffix(")").replace(" ", "-")
            assert one.id == stem or one.id.removeprefix(f"{stem}.").isdigit(), one.id
            assert one.clause.startswith(f"{one.group}.") or one.clause.startswith(f"{one.group} "), one.id

    def test_recurring_activities_are_exactly_those_of_level_1(self, checklist: Checklist) -> None:
        found = {
            (one.clause, (cadence.every, cadence.unit.value, cadence.or_on_change))
            for one in checklist.requirements
            for cadence in one.cadences
        }
        assert found == set(CADENCES.items())

    def test_the_yearly_vulnerability_clause_asks_for_two_activities(self, checklist: Checklist) -> None:
        activities = [cadence.activity for cadence in requirement(checklist, "3.7.2.1-b").cadences]
        assert activities == ["Rà quét lỗ hổng bảo mật", "Rà soát quy trình quản lý lỗ hổng"]

    def test_no_two_activities_of_the_calendar_share_a_name(self, checklist: Checklist) -> None:
        counts = Counter(cadence.activity for one in checklist.requirements for cadence in one.cadences)
        assert [name for name, count in counts.items() if count > 1] == []

    @pytest.mark.parametrize("identifier", FIGURES)
    def test_figures_are_as_the_standard_gives_them(self, checklist: Checklist, identifier: str) -> None:
        assert figures(requirement(checklist, identifier)) == FIGURES[identifier]

    def test_locking_is_asked_for_and_only_the_password_lines_merely_suggest(self, checklist: Checklist) -> None:
        suggested = [one.id for one in checklist.requirements if one.binding is Binding.SUGGESTED]
        assert suggested == ["3.6.2.2-b.1", "3.6.2.2-b.2"]

    def test_equivalent_solutions_are_allowed_where_the_standard_allows_them(self, checklist: Checklist) -> None:
        allowed = [one.id for one in checklist.requirements if one.equivalent_allowed]
        assert allowed == ["3.9.2.1-c", "3.10.2.1-a", "3.12.2.2.2", "3.12.2.5"]

    def test_log_retention_is_left_open_at_level_1_and_the_user_is_told(self, checklist: Checklist) -> None:
        rules = requirement(checklist, "3.8.2.1-a.1")
        assert rules.figures == ()
        assert "không nêu thời gian lưu nhật ký" in rules.uncertain
