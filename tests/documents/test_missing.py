"""The page of what is missing: every blank once, with the place where it is filled in and the clause that asks."""

from __future__ import annotations

import re

import pytest

from compliance.adapters.law import load_checklist
from compliance.domain.missing import MissingItem, Severity
from compliance.domain.regime import Regime
from tests.documents.conftest import Draft
from tests.documents.office import COMMITTEE, NOTICES, STAFF
from tests.documents.reading import Pdf


@pytest.fixture(scope="session")
def page(drafted: Draft) -> Pdf:
    return drafted.pdf("03-")


def found(draft: Draft, of: str, beginning: str) -> MissingItem:
    hits = [one for one in draft.report.missing if one.of == of and one.what.startswith(beginning)]
    assert len(hits) == 1, hits
    return hits[0]


def test_a_blank_names_its_sheet_its_column_and_its_clause(drafted: Draft) -> None:
    item = found(drafted, NOTICES.name, "Quy mô của hệ thống")
    assert item.where_to_fill == "Bảng kê, trang “Hệ thống”, cột “Quy mô”"
    assert item.citation == "điểm c khoản 3 Điều 22"
    assert item.severity is Severity.REQUIRED
    unit = found(drafted, COMMITTEE.name, "Người đại diện")
    assert unit.where_to_fill == "Bảng kê, trang “Đơn vị”, cột “Người đại diện”"


def test_rows_lacking_the_same_field_share_a_line(drafted: Draft) -> None:
    assert found(drafted, STAFF.name, "Mục đích sử dụng").what == "Mục đích sử dụng: Máy trạm"


def test_a_zone_without_public_address_is_complete(drafted: Draft) -> None:
    assert not [one for one in drafted.report.missing if "IP" in one.what and one.of == STAFF.name]


def test_a_whole_list_lacking_names_the_sheet(drafted: Draft) -> None:
    assert found(drafted, NOTICES.name, "Danh mục ứng dụng/dịch vụ").where_to_fill == "Bảng kê, trang “Dịch vụ”"


def test_a_list_that_has_rows_or_a_stated_absence_is_not_missing(drafted: Draft) -> None:
    for name in (STAFF.name, NOTICES.name):
        assert not [
            one for one in drafted.report.missing if one.of == name and one.what.startswith("Danh mục thiết bị")
        ]


def test_what_is_stated_not_to_apply_is_not_missing_but_not_yet_is(drafted: Draft) -> None:
    assert found(drafted, STAFF.name, "Quy chế").what == "Quy chế bảo đảm an ninh mạng: đang ghi “Chưa có”"
    assert not [one for one in drafted.report.missing if one.of == NOTICES.name and one.what.startswith("Tài liệu")]


def test_unanswered_requirements_are_counted_by_part(drafted: Draft) -> None:
    counted = [one for one in drafted.report.missing if one.of == NOTICES.name and "yêu cầu chưa trả lời" in one.what]
    assert len(counted) == 8, "seven parts and the duties"
    assert all("trang “Biện pháp”" in one.where_to_fill for one in counted)


def test_example_values_stand_apart(drafted: Draft) -> None:
    examples = [one for one in drafted.report.missing if one.severity is Severity.EXAMPLE]
    assert [(one.what, one.where_to_fill) for one in examples][:2] == [
        ("Quy mô của hệ thống", "Bảng kê, trang “Hệ thống”"),
        ("Mã độc tống tiền", "Bảng kê, trang “Rủi ro”"),
    ]
    assert any("1 câu trả lời là ví dụ" in one.what for one in examples)


def test_the_page_prints_every_item(page: Pdf, drafted: Draft) -> None:
    assert "NỘI DUNG CÒN THIẾU" in page.texts[0]
    assert "không gửi kèm hồ sơ" in page.texts[0]
    for item in drafted.report.missing:
        assert page.holds(item.what), item.what
        assert page.holds(item.where_to_fill)
    for severity in Severity:
        assert severity.label in page.text


def test_no_number_of_a_paper_and_no_id_of_a_system_is_broken_over_two_lines(page: Pdf) -> None:
    lines = [line for one in page.pages for line in (one.extract_text() or "").splitlines()]
    assert not [line for line in lines if re.search(r"\b(20\d\d/|NĐ-|QĐ-|TT-)$|^(NĐ-|CP\b)", line.strip())]
    cells = [cell for one in page.pages for table in one.extract_tables() for row in table for cell in row if cell]
    assert not [cell for cell in cells if re.search(r"\d/\n|(NĐ|QĐ|TT)-\n", cell)]
    assert STAFF.id in page.texts[0]


def test_one_letter_per_system_is_explained(drafted: Draft) -> None:
    assert any("văn bản đề nghị và quyết định riêng cho từng hệ thống" in one.what for one in drafted.report.missing)


def test_advice_on_open_law_goes_to_the_drafter_and_only_the_question_to_the_appraiser(
    drafted: Draft, regime: Regime, page: Pdf
) -> None:
    dossier = drafted.pdf("02-")
    zones = {zone.code: zone for zone in regime.grey_zones}
    for code in ("W01", "W17"):
        assert page.holds(f"{code}. {zones[code].title}")
        assert page.holds(zones[code].message)
        assert dossier.holds(zones[code].title)
        assert not dossier.holds(zones[code].message)
    assert page.holds(f"W06. {zones['W06'].title}"), "once per office, never in the dossier"
    assert not dossier.holds(zones["W06"].title)


def test_a_doubt_about_a_requirement_is_marked_in_the_plan_and_told_on_this_page(
    drafted: Draft, regime: Regime, page: Pdf
) -> None:
    dossier = drafted.pdf("02-")
    doubts = [one for one in load_checklist(regime, 2).requirements if one.uncertain and page.holds(one.uncertain)]
    assert doubts
    for one in doubts:
        assert not dossier.holds(one.uncertain)
    assert dossier.holds("(*)")
