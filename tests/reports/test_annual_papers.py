"""The yearly report on paper and as a workbook, and how it is frozen when it is issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from openpyxl import load_workbook

from compliance.adapters.workspace import Workspace
from compliance.domain.report import Issued
from compliance.errors import NotFound, Refused
from compliance.services import issued_reports
from compliance.services.annual_papers import print_annual, print_issued, ready_annual, write_annual_workbook
from compliance.services.annual_reports import annual_report
from compliance.services.expectations import expect
from tests.documents.office import NOTICES, ONE_STOP, STAFF, UNDECIDED, put_system
from tests.documents.reading import squeezed
from tests.reports.commune import AFTER, APPROVED, KEPT, LAST_DAYS, MANAGED, RULES, commune

HEADER = (
    "STT", "Tên HTTT", "Chủ quản HTTT", "Đơn vị vận hành HTTT", "Cấp độ đề xuất", "Tình trạng phê duyệt cấp độ",
    "Quyết định phê duyệt cấp độ", "Quy chế bảo đảm ANM cho hệ thống", "Dự kiến thời điểm phê duyệt HSĐXCĐ",
    "Đã triển khai đầy đủ PA BĐANM", "Dự kiến thời điểm triển khai đầy đủ PA BĐANM", "Đã kiểm tra, đánh giá ANM",
)  # fmt: skip
WHY = "Chủ quản đã biết các chỗ còn trống"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with commune(tmp_path / "ho-so") as workspace:
        yield workspace


def issue(office: Workspace, today: date = AFTER, **said: str) -> Issued:
    ready = ready_annual(office, annual_report(office, 2026, today))
    return issued_reports.issue(office, ready, today=today, **said)


def pdf_text(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return squeezed(" ".join(page.extract_text() for page in pdf.pages))


def test_the_workbook_pastes_unchanged_into_a_receiving_sheet(office: Workspace, tmp_path: Path) -> None:
    put_system(office, KEPT.model_copy(update={"name": '=HYPERLINK("http://x.example")'}))
    place = tmp_path / "bao-cao.xlsx"
    write_annual_workbook(place, annual_report(office, 2026, AFTER), AFTER)
    sheet = load_workbook(place).worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == HEADER
    assert sheet.max_column == 12
    assert sheet.max_row == 1 + len(MANAGED)
    assert not sheet.merged_cells.ranges
    assert [cell.value for cell in sheet["A"][1:]] == [1, 2, 3, 4, 5]
    levels = [cell.value for cell in sheet["E"][1:]]
    assert levels[2] == 2
    assert levels[4] is None
    name = sheet["B2"]
    assert (name.value, name.data_type, name.quotePrefix) == ('=HYPERLINK("http://x.example")', "s", True)
    for row in sheet.iter_rows(min_row=2):
        assert {cell.data_type for cell in row[1:4]} <= {"s"}
        assert row[5].value in {"Đang dự thảo", "Đã gửi thẩm định", "Đã thẩm định", "Đã được phê duyệt"}


def test_the_workbook_carries_figures_and_explanation_apart(office: Workspace, tmp_path: Path) -> None:
    place = tmp_path / "bao-cao.xlsx"
    write_annual_workbook(place, annual_report(office, 2026, AFTER), AFTER)
    _, figures, told = load_workbook(place).worksheets
    assert figures["A2"].value == "Tổng số hệ thống thông tin thuộc phạm vi quản lý"
    assert figures["B2"].value == 5
    said = " ".join(str(cell.value) for row in told.iter_rows() for cell in row)
    assert "Không đưa vào báo cáo" in said
    assert "24/12/2026" in said
    with pytest.raises(Refused, match="Đã có tệp"):
        write_annual_workbook(place, annual_report(office, 2026, AFTER), AFTER)


def test_several_papers_do_not_go_into_one_file(office: Workspace, tmp_path: Path) -> None:
    draft = annual_report(office, 2026, AFTER)
    with pytest.raises(Refused, match="phải là thư mục"):
        print_annual(office, draft, tmp_path / "bao-cao.pdf", AFTER)
    assert not (tmp_path / "bao-cao.pdf").exists()


def test_report_and_annexes_are_printed_with_the_words_of_the_form(office: Workspace, tmp_path: Path) -> None:
    made = print_annual(office, annual_report(office, 2026, AFTER), tmp_path / "in", AFTER)
    report, twin, annexes, annex_twin = (one.path for one in made.files)
    assert made.remarks == ()
    text = pdf_text(report)
    for words in (
        "V/v kết quả công tác bảo đảm an ninh mạng hệ thống thông tin",
        "Kính gửi: Bộ Công an.",
        "Tổng số hệ thống thông tin thuộc phạm vi quản lý: 5;",
        "Tổng số hệ thống thông tin đã được phê duyệt cấp độ: 2;",
        "Kỳ số liệu: từ ngày 15/12/2025 đến ngày 14/12/2026",
        "61/QĐ-BPANM",
        "Hệ thống camera cũ (ngày 30/06/2026)",
    ):
        assert squeezed(words) in text, words
    beside = pdf_text(annexes)
    for words in (
        "khoản 3 Điều 36",
        "khoản 7 Điều 36",
        "khoản 9, khoản 10 Điều 36",
        "Chưa có Quy chế",
        "Chưa đủ thời hạn",
    ):
        assert squeezed(words) in beside, words
    word = Document(str(twin))
    cells = [cell.text for table in word.tables for cell in table._cells]
    assert any("61/QĐ-BPANM" in one for one in cells)
    assert annex_twin.is_file()


def test_an_issued_report_is_printed_from_what_was_frozen(office: Workspace, tmp_path: Path) -> None:
    one = issue(office, override=WHY, number="12/BC-UBND")
    assert one.id == "annual/ubnd-xa/2026-owner/1"
    first = print_issued(office, issued_reports.issued(office, one.id), tmp_path / "truoc")
    put_system(office, APPROVED.model_copy(update={"name": "Tên mới", "regulation": None}))
    again = print_issued(office, issued_reports.issued(office, one.id), tmp_path / "sau")
    assert first.match_code == again.match_code == one.match_code
    assert [file.sha256 for file in first.files] == [file.sha256 for file in again.files]
    assert squeezed("Tên mới") not in pdf_text(again.files[0].path)
    assert {figure.id: figure.number for figure in issued_reports.issued(office, one.id).figures}["managed"] == 5


def test_a_report_that_does_not_agree_is_issued_only_with_a_reason(office: Workspace) -> None:
    with pytest.raises(Refused, match=r"điểm chưa khớp[\s\S]*--override"):
        issue(office)
    assert issued_reports.issues(office) == ()
    one = issue(office, override=WHY)
    assert one.override == WHY
    assert one.violations


def test_a_later_issue_says_what_changed_and_why(office: Workspace, tmp_path: Path) -> None:
    issue(office, override=WHY, number="12/BC-UBND")
    with pytest.raises(Refused, match="không khác báo cáo đã phát hành lần 1"):
        issue(office, override=WHY, reason="Gửi lại")
    put_system(office, KEPT.model_copy(update={"regulation": RULES, "earlier_approval": None}))
    with pytest.raises(Refused, match=r"phê duyệt cấp độ: 2 → 1[\s\S]*--reason"):
        issue(office, override=WHY)
    second = issue(office, date(2026, 12, 21), override=WHY, reason="Quyết định cũ đã bị thay")
    assert second.id == "annual/ubnd-xa/2026-owner/2"
    changed = {one.what: (one.before, one.now) for one in second.changes}
    assert changed["Tổng số hệ thống thông tin đã được phê duyệt cấp độ"] == ("2", "1")
    assert changed[f"mục 3, {NOTICES.name}, cột (6)"] == ("Đã được phê duyệt", "Đang dự thảo")
    assert changed[f"mục 3, {NOTICES.name}, cột (8)"] == ("(để trống)", RULES.text)
    papers = print_issued(office, second, tmp_path / "in")
    text = pdf_text(papers.files[0].path)
    assert squeezed("thay thế báo cáo số 12/BC-UBND phát hành lần 1 ngày 18/12/2026") in text
    assert [one.issue for one in issued_reports.issues(office)] == [1, 2]


def test_a_number_is_told_once_and_mended_with_a_reason(office: Workspace) -> None:
    one = issue(office, override=WHY)
    issued_reports.set_number(office, one.id, "12/BC-UBND")
    with pytest.raises(Refused, match="--reason"):
        issued_reports.set_number(office, one.id, "13/BC-UBND")
    mended = issued_reports.set_number(office, one.id, "13/BC-UBND", reason="Văn thư cấp lại")
    assert mended.paper_number == "13/BC-UBND"
    assert mended.match_code == one.match_code
    with pytest.raises(NotFound, match="Có phải"):
        issued_reports.issued(office, "annual/ubnd-xa/2026-owner/9")


def test_three_drafts_of_one_year_are_issued_apart(office: Workspace) -> None:
    issue(office, override=WHY)
    ready = ready_annual(office, annual_report(office, 2026, AFTER, draft="unit"))
    assert issued_reports.issue(office, ready, today=AFTER, override=WHY).id == "annual/ubnd-xa/2026-unit/1"


def test_a_report_without_a_fault_needs_no_override(office: Workspace) -> None:
    for system in (ONE_STOP, LAST_DAYS, UNDECIDED, STAFF, NOTICES):
        expect(office, system.id, today=AFTER, approval="quý II/2027", deployed="quý IV/2027")
    left = {one.rule for one in annual_report(office, 2026, AFTER).violations}
    assert left == {"column-5", "column-8", "column-10", "bodies"}
