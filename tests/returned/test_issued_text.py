"""Comparing the words of an issued paper with those of the returned one."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.issued_text import TextComparison, TextState, compare
from compliance.domain.text_words import match_codes

ISSUED = """ỦY BAN NHÂN DÂN
XÃ SUỐI MẪU
Số: /QĐ-UBND
Suối Mẫu, ngày ..... tháng ..... năm ......
QUYẾT ĐỊNH
Điều 1. Phê duyệt cấp độ 2 đối với Hệ thống quản lý hồ sơ cán bộ, công chức.
Điều 2. Văn phòng HĐND và UBND xã tổ chức thực hiện, báo cáo trước ngày 15 tháng 12 năm 2026.
CHỦ TỊCH
........................................
1
Mã đối chiếu ABCD-2345"""


def against(returned: str, *typed: str) -> TextComparison:
    return compare([ISSUED], [returned], typed)


def filled(text: str = ISSUED) -> str:
    text = text.replace("Số: /", "Số: 12/").replace("ngày ..... tháng ..... năm ......", "ngày 20 tháng 11 năm 2026")
    return text.replace("." * 40, "Chủ tịch UBND xã Suối Mẫu")


def test_the_same_words_are_the_same_paper() -> None:
    assert against(ISSUED) == TextComparison(state=TextState.SAME)


def test_number_date_and_name_are_filled_in_not_changed() -> None:
    found = against(filled())
    assert found.state is TextState.FILLED_IN
    assert [one.text for one in found.filled_in] == ["12", "20 tháng 11 năm 2026", "Chủ tịch UBND xã Suối Mẫu"]
    assert [one.before for one in found.filled_in] == ["Số:", "Suối Mẫu, ngày", "CHỦ TỊCH"]


def test_dots_left_around_what_was_written_are_no_change() -> None:
    half = ISSUED.replace("Số: /", "Số: ...12.../").replace("ngày ..... tháng", "ngày ....20.... tháng")
    found = against(half)
    assert found.state is TextState.FILLED_IN
    assert [one.text for one in found.filled_in] == ["12", "20"]


def test_dots_wiped_out_are_no_change() -> None:
    assert against(ISSUED.replace("." * 40, "")).state is TextState.SAME


def test_a_number_stamped_elsewhere_on_the_page_is_filled_in_when_it_is_the_one_typed() -> None:
    stamped = ISSUED.replace("\n1\nMã", "\n12\n1\nMã")
    assert against(stamped, "12/QĐ-UBND", "12").state is TextState.FILLED_IN
    moved = ISSUED.replace("CHỦ TỊCH", "CHỦ TỊCH 34")
    assert against(moved, "12").filled_in != ()  # beside the line for the name: shown to the officer either way


def test_how_the_page_is_set_does_not_matter() -> None:
    reset = ISSUED.replace("quản lý hồ sơ", "quản lý\nhồ sơ").replace("thực hiện", "thực\u00a0hiện")
    reset = reset.replace("công chức", "công\u200b chức").replace("HĐND", "HĐ-\nND").replace("hệ thống", "hệ  thống")
    assert against(unicodedata.normalize("NFD", reset)).state is TextState.SAME


def test_a_page_broken_elsewhere_does_not_matter() -> None:
    first, second = ISSUED.removesuffix("\n1\nMã đối chiếu ABCD-2345").split("Điều 2.")
    pages = [f"{first}\n1\nMã đối chiếu ABCD-2345", f"2\nĐiều 2.{second}\nMã đối chiếu ABCD-2345"]
    assert compare([ISSUED], pages).state is TextState.SAME


def test_a_changed_word_is_shown_with_the_words_around_it() -> None:
    found = against(filled(ISSUED.replace("cấp độ 2", "cấp độ 1")))
    assert found.state is TextState.DIFFERENT
    (one,) = found.differences
    assert (one.old, one.new, one.page) == ("2", "1", 1)
    assert one.before.endswith("Phê duyệt cấp độ")
    assert one.after.startswith("đối với Hệ thống")
    assert len(found.filled_in) == 3


def test_words_added_and_left_out_are_shown() -> None:
    added = against(ISSUED.replace("tổ chức thực hiện", "và Công an xã tổ chức thực hiện"))
    assert [(one.old, one.new) for one in added.differences] == [("", "và Công an xã")]
    gone = against(ISSUED.replace(", báo cáo trước ngày 15 tháng 12 năm 2026", ""))
    assert [(one.old, one.new) for one in gone.differences] == [(", báo cáo trước ngày 15 tháng 12 năm 2026", "")]


def test_a_date_that_was_printed_is_not_a_place_to_fill_in() -> None:
    found = against(ISSUED.replace("ngày 15 tháng 12", "ngày 31 tháng 12"))
    assert [(one.old, one.new) for one in found.differences] == [("15", "31")]


def test_a_number_at_the_foot_that_is_not_the_pages_is_compared() -> None:
    table = "Tổng số thiết bị của hệ thống và số máy trạm kết nối mạng nội bộ của xã là\n"
    found = compare([table + "14\n1"], [table + "15\n1"])
    assert [(one.old, one.new) for one in found.differences] == [("14", "15")]


def test_a_whole_sentence_is_never_taken_for_a_blank_filled_in() -> None:
    sentence = "Điều 3. Giao Công an xã quản lý toàn bộ hệ thống và được quyền cấp tài khoản cho mọi đơn vị trong xã."
    assert against(ISSUED.replace("." * 40, sentence)).state is TextState.DIFFERENT
    assert against(ISSUED.replace("." * 40, "." * 40 + "\n" + sentence)).state is TextState.DIFFERENT


def test_a_line_added_under_the_signers_name_is_no_part_of_it() -> None:
    found = against(ISSUED.replace("." * 40, "Chủ tịch UBND xã Suối Mẫu\nCấp độ 1"))
    assert [one.new for one in found.differences] == ["Chủ tịch UBND xã Suối Mẫu Cấp độ 1"]


def test_another_paper_is_called_so() -> None:
    other = "Giấy mời họp giao ban tuần của Văn phòng, thời gian 8 giờ thứ Hai, địa điểm hội trường tầng hai trụ sở xã."
    assert against(other * 2).state is TextState.OTHER_PAPER


def test_a_page_without_letters_cannot_be_compared() -> None:
    assert against(" \n ").state is TextState.NO_TEXT
    assert compare(["  "], [ISSUED]).state is TextState.ORIGINAL_WITHOUT_TEXT


def test_many_differences_are_counted_not_all_listed() -> None:
    lines = [f"Thiết bị {at} đặt tại phòng máy tầng hai trụ sở, giá trị {at}." for at in range(120)]
    changed = [line.replace(f"giá trị {at}.", f"giá trị {at}9.") for at, line in enumerate(lines)]
    found = compare(["\n".join(lines)], ["\n".join(changed)])
    assert len(found.differences) == 40
    assert len(found.differences) + found.more == 120


def test_long_papers_are_compared_whole() -> None:
    page = "\n".join(
        f"Yêu cầu {at}: máy chủ, máy trạm và thiết bị mạng số {at} được kiểm tra định kỳ." for at in range(60)
    )
    pages = [page.replace("số", f"trang {at} số") for at in range(80)]
    edited = [*pages[:40], pages[40].replace("Yêu cầu 30:", "Yêu cầu 31:"), *pages[41:]]
    found = compare(pages, edited)
    assert [(one.old, one.new, one.page) for one in found.differences] == [("30", "31", 41)]


def test_match_codes_are_read_however_they_are_spaced() -> None:
    nfd = unicodedata.normalize("NFD", "Mã  đối chiếu:\nWXYZ-7777")
    assert match_codes(["Mã đối chiếu ABCD-2345, ho-so: 3", nfd, "Mã đối chiếu ABCD-2345"]) == (
        "ABCD-2345",
        "WXYZ-7777",
    )


@given(st.lists(st.sampled_from(ISSUED.split()), min_size=25, max_size=60), st.integers(0, 24))
def test_one_word_changed_anywhere_is_never_the_same(words: list[str], at: int) -> None:
    issued = " ".join(words)
    changed = " ".join([*words[:at], "ngoại-lệ", *words[at + 1 :]])
    found = compare([issued], [changed])
    assert found.state is not TextState.SAME
    shown = [one.new for one in found.differences] + [one.text for one in found.filled_in]
    assert any("ngoại" in text for text in shown)
