"""Security levels a paper states, and everything that only looks like one."""

from __future__ import annotations

import unicodedata

import pytest

from compliance.domain.instrument import InstrumentRegister
from compliance.domain.level_mention import level_mentions


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("hệ thống thông tin cấp độ 3", [3]),
        ("HTTT cấp độ ba", [3]),
        ("HTTT CẤP ĐỘ 2", [2]),
        ("cấp độ an toàn 2", [2]),
        ("cấp độ an toàn hệ thống thông tin: 3", [3]),
        ("cấp độ an ninh mạng 2", [2]),
        ("cấp độ III", [3]),
        ("Cấp độ: 1", [1]),
        ("đề xuất cấp độ: cấp 2", [2]),
        ("level 3 (cấp độ 3)", [3]),
        ("đạt cap do 2 theo ho so", [2]),
        ("hệ thống thông tin cấp 3", [3]),
        ("cấp độ tư", [4]),
        ("cấp độ năm", [5]),
        ("cấp độ 1, 2 và 3", [1, 2, 3]),
        ("từ cấp độ 1 đến cấp độ 5", [1, 5]),
        ("cấp độ\n2", [2]),
        ("c ấp đ ộ 2", [2]),
        ("cấp độ 2 theo Nghị định 85/2016/NĐ-CP", [2]),
    ],
)
def test_a_stated_level_is_found(register: InstrumentRegister, text: str, levels: list[int]) -> None:
    assert [one.level for one in level_mentions(text, register)] == levels
    decomposed = unicodedata.normalize("NFD", text)
    assert [one.level for one in level_mentions(decomposed, register)] == levels


@pytest.mark.parametrize(
    "text",
    [
        "dịch vụ công mức độ 4",
        "dịch vụ công trực tuyến mức độ 3",
        "dịch vụ công (trực tuyến) mức độ 4",
        "trung tâm dữ liệu Tier 3",
        "VNeID mức 2",
        "tài khoản định danh điện tử mức độ 2",
        "lỗ hổng nghiêm trọng mức 3",
        "lỗ hổng nghiêm trọng cấp độ 3",
        "cấp III công trình",
        "công trình cấp II",
        "trường cấp 3",
        "học sinh cấp 2",
        "nhà cấp 4",
        "bậc chịu lửa cấp 2",
        "rủi ro thiên tai cấp độ 3",
        "cảnh báo cháy rừng cấp độ 4",
        "vùng dịch cấp độ 2",
        "bão cấp 5",
        "theo cấp độ, xã lập hồ sơ",
        "theo cấp độ năm 2025",
        "cấp độ v.v.",
        "cấp độ 6",
        "cấp độ 35",
        "hồ sơ đề xuất cấp độ từng hệ thống",
        "UBND cấp xã, cấp tỉnh",
    ],
)
def test_other_grades_are_not_levels(register: InstrumentRegister, text: str) -> None:
    assert level_mentions(text, register) == ()


def test_a_false_friend_beside_a_level_hides_only_itself(register: InstrumentRegister) -> None:
    text = "dịch vụ công mức độ 4 thuộc hệ thống cấp độ 3, phòng rủi ro thiên tai cấp độ 2"
    assert [(one.written, one.level) for one in level_mentions(text, register)] == [("cấp độ 3", 3)]
