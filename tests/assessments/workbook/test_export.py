"""What the workbook of an assessment looks like to whoever opens it."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment, Result
from compliance.errors import NotFound, Refused
from compliance.services import assessments
from compliance.services.assessment_sheets import export_assessment
from tests.assessments.conftest import say
from tests.assessments.workbook.filled import FIRST, LETTERS, Filled, exported, imported


def test_every_requirement_stands_once_with_what_was_said(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", present_state="Quy trình số 7")
    book = exported(office, check)
    rows = assessments.load(office, check.id).rows
    assert [row[list(LETTERS).index("id")] for row in book.rows()] == [row.requirement.id for row in rows]
    assert book.cell("4.1-a", "result").value == "Đạt"
    assert book.cell("4.1-a", "present_state").value == "Quy trình số 7"
    assert book.cell("4.1-a", "answered_on").value == "22/11/2026"
    assert book.cell("4.1-b", "result").value == "Chưa đánh giá"


def test_what_is_only_for_the_program_is_hidden(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    hidden = [name for name, letter in LETTERS.items() if book.sheet.column_dimensions[letter].hidden]
    assert hidden == ["id", "version", "digest", "choice"]
    assert book.book["Giá trị chọn"].sheet_state == "hidden"
    assert book.book["Hướng dẫn"].sheet_state == "visible"


def test_it_says_what_it_is_of_to_people_and_to_the_program(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    head = " ".join(str(cell.value) for row in book.sheet["C1:C4"] for cell in row)
    for told in (check.id, check.system_id, "Cấp độ: 2", *check.lists, *check.lists.values(), "22/11/2026"):
        assert told in head
    stamp = json.loads(book.sheet[f"{LETTERS['id']}1"].value)
    assert stamp["assessment"] == check.id
    assert stamp["lists"] == dict(check.lists)
    assert book.book.defined_names["phien_ban_tep"].attr_text == f"'Kiểm tra'!${LETTERS['id']}$1"


def test_it_is_made_to_be_worked_in_and_printed(office: Workspace, check: Assessment) -> None:
    sheet = exported(office, check).sheet
    assert sheet.freeze_panes == f"C{FIRST}"
    assert sheet.auto_filter.ref == f"A5:{LETTERS['choice']}{sheet.max_row}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$5:$5"
    (choice,) = sheet.data_validations.dataValidation
    assert str(choice.sqref) == f"{LETTERS['result']}{FIRST}:{LETTERS['result']}{sheet.max_row}"
    assert not sheet.protection.sheet


def test_the_drop_down_offers_the_five_results(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    lists = book.book["Giá trị chọn"]
    assert [row[0].value for row in lists.iter_rows()] == [one.label for one in Result]


def test_every_result_has_its_colour(office: Workspace, check: Assessment) -> None:
    sheet = exported(office, check).sheet
    rules = [rule.formula[0] for cells in sheet.conditional_formatting for rule in cells.rules]
    assert all(any(f'="{one.label}"' in formula for formula in rules) for one in Result)


@pytest.mark.parametrize("text", ["=1+1", "+84 203", "-5", "@SUM(A1)", "'nháy", "#N/A", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_stays_text(office: Workspace, check: Assessment, text: str) -> None:
    say(office, check, "4.1-a", present_state=text)
    book = exported(office, check)
    assert book.cell("4.1-a", "present_state").value == text
    assert book.cell("4.1-a", "present_state").data_type == "s"
    assert imported(office, check, book.path).changed == ()


def test_signs_no_workbook_can_hold_do_not_stop_it(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", present_state="Quy trình\x0b số 7\u200b,  bản\u00a0hai\r\nhai dòng")
    book = exported(office, check)
    assert book.cell("4.1-a", "present_state").value == "Quy trình số 7, bản hai\nhai dòng"
    assert imported(office, check, book.path).changed == ()


def test_a_text_longer_than_a_cell_is_told_before_anything_is_written(office: Workspace, check: Assessment) -> None:
    long = say(office, check, "4.1-a").answer.model_copy(update={"present_state": "a" * 32_001})
    with office.act("như bản cũ của chương trình đã lưu") as act:
        act.put("assessed", f"{check.id}/4.1-a", long.model_dump_json(exclude_defaults=True), 1)
    with pytest.raises(Refused, match="quá sức chứa"):
        exported(office, check)
    assert not (office.path.parent / "phieu.xlsx").exists()


def test_where_it_cannot_be_written(office: Workspace, check: Assessment) -> None:
    path = exported(office, check).path
    with pytest.raises(Refused, match="--overwrite"):
        export_assessment(office, check.id, path)
    export_assessment(office, check.id, path, overwrite=True)
    with pytest.raises(Refused, match="đuôi"):
        export_assessment(office, check.id, path.with_suffix(".csv"))
    with pytest.raises(Refused, match="Không có thư mục"):
        export_assessment(office, check.id, path.parent / "khong-co" / "phieu.xlsx")
    with pytest.raises(NotFound, match="lần kiểm tra"):
        export_assessment(office, "khong-co/2026-1", path.with_name("khac.xlsx"))


def test_a_closed_check_can_still_be_read(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", present_state="Quy trình số 7")
    assessments.close(office, check.id, today=check.started_on, reason="hết ngày")
    assert exported(office, check).cell("4.1-a", "result").value == "Đạt"


def test_only_what_leaves_a_choice_is_open_for_another_measure(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    marks = {book.cell(row.requirement.id, "choice").value for row in assessments.load(office, check.id).rows}
    assert marks == {None, "x"}


def test_opened_again_it_is_the_same(office: Workspace, check: Assessment) -> None:
    path = exported(office, check).path
    assert load_workbook(path).sheetnames == ["Kiểm tra", "Hướng dẫn", "Giá trị chọn"]
    Filled(path).save()  # as openpyxl writes it: other styles, other parts, the same texts
    report = imported(office, check, path)
    assert (report.changed, report.notes) == ((), ())
