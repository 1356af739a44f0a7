"""The dossier on paper: its parts, tables, blanks and pages."""

from __future__ import annotations

import re

import pytest

from compliance.adapters.law import load_checklist, load_duties
from compliance.adapters.templates import load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.regime import Regime
from compliance.services.dossiers import draft_dossier
from tests.documents.conftest import Draft, short_lists
from tests.documents.office import COMMITTEE, NOTICES, OFFICE, STAFF, TODAY, put_system
from tests.documents.reading import MM, Pdf, line, lines_of, squeezed, top_margin

LANDSCAPE_HEAD = ["Điều khoản", "Yêu cầu", "Hiện trạng, kết quả", "Phương án triển khai", "Đơn vị chịu trách nhiệm"]


@pytest.fixture(scope="session")
def dossier(drafted: Draft) -> Pdf:
    return drafted.pdf("02-")


def test_the_three_parts_follow_the_decree(dossier: Pdf, regime: Regime) -> None:
    authority = regime.authority_for(2)
    assert authority is not None
    headings = load_form(regime.id, authority.dossier_form).data.headings
    body = " ".join(dossier.texts[2:])
    expected = [
        headings["part_1"].upper(),
        f"1. {headings['owner']}",
        f"2. {headings['operator']}",
        f"3. {headings['scope']}",
        f"4. {headings['architecture_operating']}",
        f"a) {headings['logical']}",
        f"b) {headings['physical']}",
        f"c) {headings['devices']}",
        f"d) {headings['services']}",
        f"đ) {headings['zones']}",
        headings["part_2"].upper(),
        f"1. {headings['list']}",
        f"2. {headings['detail']}",
        f"3. {headings['risks']}",
        headings["part_3"].upper(),
        *(f"{part.letter}) {part.title}" for part in regime.plan_parts),
    ]
    place = 0
    for words in expected:
        found = body.find(words, place)
        assert found >= 0, words
        place = found


def test_the_tables_have_exactly_the_columns_the_decree_names(dossier: Pdf) -> None:
    for head in (
        "TT Tên thiết bị/chủng loại Vị trí triển khai Mục đích sử dụng",
        "Tên hệ thống thông tin",
        "Căn cứ đề xuất",
    ):
        assert any(squeezed(head) in squeezed(text) for text in dossier.texts), head
    assert dossier.holds("Máy chủ triển khai/Vị trí triển khai/Hệ điều hành máy chủ")
    assert dossier.holds("Địa chỉ IP nội bộ (IP Private)")
    assert dossier.holds("Địa chỉ IP công khai (IP Public)")


def test_every_criterion_of_the_regime_is_traced(dossier: Pdf, regime: Regime) -> None:
    for criterion in regime.criteria:
        assert dossier.holds(criterion.statement), criterion.id
    assert "Thuộc" in dossier.text
    assert "Không thuộc" in dossier.text


def test_every_requirement_and_duty_of_the_level_is_in_the_plan(complete: Pdf, regime: Regime) -> None:
    for one in (*load_checklist(regime, 2).requirements, *load_duties(regime, 2).requirements):
        assert complete.holds(one.statement), one.id


def test_answers_are_printed_with_the_unit_and_the_date(dossier: Pdf) -> None:
    for words in ("Đã ban hành quy trình số 7", "Rà soát vào tháng 12 hằng năm", OFFICE.name, "Mua phần mềm kiểm kê"):
        assert dossier.holds(words)
    assert "31/03/2027" in dossier.text, "a date is not broken over two lines"
    assert dossier.holds("Không áp dụng. Lý do: Không có mạng không dây")


def test_the_four_blanks_look_different(dossier: Pdf) -> None:
    assert re.search(r"Người đại diện \.{10,} ?\(chưa trả lời\)", dossier.text)
    assert "Quy chế bảo đảm an ninh mạng Chưa có" in dossier.text
    assert "Không có (dùng chung máy chủ của hệ thống quản lý hồ sơ)" in dossier.text
    assert "Tài liệu thiết kế Không áp dụng (phần mềm cấp sẵn)" in dossier.text


def test_an_example_value_is_marked(dossier: Pdf) -> None:
    assert re.search(rf"{STAFF.size}\s*\(vd\)", dossier.text)
    assert "chữ nghiêng có dấu (vd) là giá trị ví dụ" in dossier.text


def test_wide_tables_lie_across_and_repeat_their_head(dossier: Pdf) -> None:
    across = [page for page in dossier.pages if page.width > page.height]
    assert len(across) > 5
    for page in across[1:]:
        words = [one["text"] for one in lines_of(page)]
        assert any(text.startswith("Yêu cầu") for text in words), words[:8]
    assert dossier.pages[-1].width < dossier.pages[-1].height, "the last page stands upright again"


def test_nothing_runs_over_the_edge_of_the_text(dossier: Pdf) -> None:
    for number, page in enumerate(dossier.pages, start=1):
        assert max(one["x1"] for one in lines_of(page)) <= page.width - 15 * MM + 1, number
        assert min(one["x0"] for one in lines_of(page)) >= 30 * MM - 1, number


def test_pages_are_numbered_at_the_top_from_the_second_on(dossier: Pdf) -> None:
    assert not top_margin(dossier.pages[0])
    for number, page in enumerate(dossier.pages[1:], start=2):
        (found,) = top_margin(page)
        assert found["text"] == str(number)
        assert round(found["size"]) == 13
        text_middle = (30 * MM + page.width - 15 * MM) / 2
        assert (found["x0"] + found["x1"]) / 2 == pytest.approx(text_middle, abs=1)


def test_the_contents_point_at_the_right_pages(dossier: Pdf) -> None:
    entries = re.findall(r"(Phần I+)\. [^.]+?\.{5,} ?(\d+)", dossier.texts[1])
    assert len(entries) == 3
    for part, page in entries:
        assert dossier.texts[int(page) - 1].startswith(f"{page} {part} "), (part, page)


def test_the_signature_never_stands_alone(dossier: Pdf) -> None:
    last = dossier.pages[-1]
    signer = line(last, "CHÁNH VĂN PHÒNG")
    assert line(last, "Hồ sơ này gồm")["top"] < signer["top"]


def test_generated_annexes_carry_the_match_code(dossier: Pdf, drafted: Draft) -> None:
    code = f"Mã đối chiếu {drafted.report.match_code}"
    assert code not in dossier.texts[0]
    assert all(code in text for text in dossier.texts[1:])


def test_everything_recorded_of_a_system_is_printed(dossier: Pdf) -> None:
    ours = {STAFF.id, STAFF.owner_id, "may-chu", "so-do.svg"}
    for system in (STAFF, NOTICES):
        for text in _texts(
            system.model_dump(mode="json", exclude={"facts", "assumed", "ownership", "status", "hosting"})
        ):
            if text in ours or re.fullmatch(r"[a-z0-9_-]+|\d{4}-\d\d-\d\d", text):
                continue
            assert dossier.holds(text), text
    for text in (COMMITTEE.address, COMMITTEE.phone, COMMITTEE.email, OFFICE.email, "05/03/2024", "1.500"):
        assert dossier.holds(text), text


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) and value else []


def test_the_diagram_is_shown(dossier: Pdf) -> None:
    assert dossier.holds("Sơ đồ mô hình lô-gic của hệ thống (tệp so-do.svg)")


def test_several_systems_keep_to_the_highest_level_first(dossier: Pdf) -> None:
    cover = dossier.texts[0]
    assert cover.index(STAFF.name) < cover.index(NOTICES.name)
    assert "Cấp độ 2" in cover
    assert "Cấp độ 1" in cover


def test_the_review_against_the_list_of_important_systems_is_printed_whole(dossier: Pdf, regime: Regime) -> None:
    assert dossier.holds("Rà soát tiêu chí hệ thống thông tin quan trọng về an ninh quốc gia")
    for test in regime.importance_tests:
        assert dossier.holds(test.statement)


def test_the_number_of_a_paper_is_never_broken_over_two_lines(complete: Pdf) -> None:
    ends = [one["text"] for page in complete.pages for one in lines_of(page)]
    assert not [text for text in ends if text.endswith(("NĐ-", "331/", "331/2026/", "QĐ-", "/QĐ"))]


def test_the_plan_is_short_and_still_easy_to_read(complete: Pdf) -> None:
    """Nothing the officer reads in a row is smaller than 10.5 pt; only marks and the hint at a blank are."""
    across = [page for page in complete.pages if page.width > page.height]
    assert len(across) <= 28
    sizes = {round(one["size"], 1) for page in across for one in lines_of(page) if len(one["text"].strip("().*… ")) > 3}
    assert min(sizes - {9.0}) >= 10.5


def test_other_groups_of_a_requirement_stand_in_one_pair_of_brackets(complete: Pdf) -> None:
    assert complete.holds("(cùng thuộc nhóm kỹ thuật")
    assert "))" not in complete.text


def test_the_harm_stands_in_one_sentence_with_its_citation(office: Workspace) -> None:
    put_system(office, NOTICES.model_copy(update={"facts": {**NOTICES.facts, "harm_rights": "harm"}}))
    with short_lists():
        text = Draft(draft_dossier(office, [NOTICES.id], today=TODAY)).pdf("02-").text
    assert re.search(r"[^.] \(điểm a khoản 1 Điều 8 Luật An ninh mạng[^)]*\)\. Mức tương ứng: cấp độ 1\.", text)


def test_the_closing_counts_the_systems_in_two_digits(dossier: Pdf, complete: Pdf) -> None:
    assert "của 02 hệ thống thông tin nêu trên./." in dossier.text
    assert "của hệ thống thông tin nêu trên./." in complete.text
