"""What a filled-in workbook changes, and what it leaves alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessed, Assessment, Result
from compliance.errors import Refused
from compliance.services import assessments
from compliance.services.assessment_sheets import SheetImport
from tests.assessments.conftest import say
from tests.assessments.workbook.filled import LETTERS, exported, imported


def held(office: Workspace, check: Assessment, requirement: str) -> Assessed:
    row = assessments.load(office, check.id).row(requirement)
    assert row is not None
    assert row.answer is not None
    return row.answer


def test_what_was_filled_in_is_stored_in_one_act(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    book.write("4.1-a", result="Đạt một phần", present_state="Quy trình số 7", answered_by="Công an xã",
               answered_on="20/11/2026")  # fmt: skip
    book.write("4.1-b", result="Không áp dụng", reason="Không có mạng không dây")
    report = imported(office, check, book)
    assert [one.requirement for one in report.changed] == ["4.1-a", "4.1-b"]
    assert report.saved
    first, second = held(office, check, "4.1-a"), held(office, check, "4.1-b")
    assert (first.result, first.present_state) == (Result.PARTIALLY_COMPLIANT, "Quy trình số 7")
    assert (first.answered_by, first.answered_on) == ("Công an xã", date(2026, 11, 20))
    assert (second.result, second.answered_by) == (Result.NOT_APPLICABLE, office.by)
    acts = {revision.recorded_at for revision in office.store.heads("assessed", check.id)}
    assert len(acts) == 1


def test_the_difference_names_row_clause_old_and_new(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", present_state="Chưa có")
    book = exported(office, check).write("4.1-a", result="Chưa đạt")
    (one,) = imported(office, check, book, dry_run=True).changed
    assert (one.row, one.clause) == (6, "4.1 a)")
    assert one.fields == {"result": ("compliant", "non_compliant")}


def test_a_dry_run_stores_nothing(office: Workspace, check: Assessment) -> None:
    tip = office.store.tip()
    report = imported(office, check, exported(office, check).write("4.1-a", result="Đạt"), dry_run=True)
    assert (len(report.changed), report.saved) == (1, False)
    assert office.store.tip() == tip


def test_whoever_says_no_to_the_difference_stores_nothing(office: Workspace, check: Assessment) -> None:
    seen: list[SheetImport] = []

    def no(shown: SheetImport) -> bool:
        seen.append(shown)
        return False

    tip = office.store.tip()
    book = exported(office, check).write("4.1-a", result="Đạt")
    report = imported(office, check, book, agree=no)
    assert (report.saved, len(seen[0].changed)) == (False, 1)
    assert office.store.tip() == tip


def test_nothing_edited_asks_and_stores_nothing(office: Workspace, check: Assessment) -> None:
    def never(_: SheetImport) -> bool:
        raise AssertionError

    report = imported(office, check, exported(office, check), agree=never)
    assert len(report.unchanged) == len(assessments.load(office, check.id).rows)


def test_a_second_import_of_the_same_file_changes_nothing(office: Workspace, check: Assessment) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt", present_state="Quy trình số 7")
    assert len(imported(office, check, book).changed) == 1
    again = imported(office, check, book)
    assert (again.changed, again.refused) == ((), ())


def test_rows_and_sheets_may_be_moved(office: Workspace, check: Assessment) -> None:
    book = exported(office, check).write("4.1-b", result="Đạt")
    book.put_rows(book.rows()[::-1])
    book.book.move_sheet("Kiểm tra", 2)
    report = imported(office, check, book)
    assert [one.requirement for one in report.changed] == ["4.1-b"]
    assert len(report.unchanged) == len(book.rows()) - 1


def test_columns_may_be_moved_and_added(office: Workspace, check: Assessment) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt")
    book.sheet.insert_cols(3)
    book.sheet["C5"], book.sheet["C6"] = "Ghi chú của tôi", "xem lại"
    report = imported(office, check, book)
    assert [one.requirement for one in report.changed] == ["4.1-a"]
    (note,) = report.notes
    assert "C: Ghi chú của tôi" in str(note)


def test_a_deleted_row_keeps_what_is_stored(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", present_state="Quy trình số 7")
    book = exported(office, check)
    book.sheet.delete_rows(book.row_of("4.1-a"))
    report = imported(office, check, book)
    assert "4.1-a" not in report.unchanged
    assert any("1 yêu cầu không có dòng" in str(note) for note in report.notes)
    assert held(office, check, "4.1-a").present_state == "Quy trình số 7"


def test_a_text_cleared_in_the_sheet_is_cleared(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", present_state="Quy trình số 7")
    imported(office, check, exported(office, check).write("4.1-a", present_state=""))
    assert held(office, check, "4.1-a").present_state == ""


def test_an_answer_is_taken_back_only_in_so_many_words(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a")
    imported(office, check, exported(office, check).write("4.1-a", result="Chưa đánh giá"))
    assert held(office, check, "4.1-a").result is Result.NOT_ASSESSED


@pytest.mark.parametrize("written", ["đạt", "ĐẠT", "dat", " Đạt ", "Đáp ứng", "compliant"])
def test_a_result_is_understood_however_it_is_written(office: Workspace, check: Assessment, written: str) -> None:
    (one,) = imported(office, check, exported(office, check).write("4.1-a", result=written)).changed
    assert one.said.result is Result.COMPLIANT


@pytest.mark.parametrize(
    "written",
    ["5/3/2026", "05-03-2026", "2026-03-05", "ngày 5 tháng 3 năm 2026", date(2026, 3, 5), datetime(2026, 3, 5)],  # noqa: DTZ001
)
def test_a_day_is_understood_however_it_is_written(office: Workspace, check: Assessment, written: str | date) -> None:
    imported(office, check, exported(office, check).write("4.1-a", result="Đạt", answered_on=written))
    assert held(office, check, "4.1-a").answered_on == date(2026, 3, 5)


def test_a_name_filled_down_the_whole_column_answers_nothing(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    for row in range(6, 16):
        book.sheet[f"{LETTERS['answered_by']}{row}"] = "Công an xã"
    report = imported(office, check, book)
    assert (report.changed, len(report.notes)) == ((), 10)


def test_a_row_of_ones_own_below_the_table_is_passed_over(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    book.sheet[f"X{book.sheet.max_row + 3}"] = "ghi nhớ"
    assert any("không được nhập" in str(note) for note in imported(office, check, book).notes)


def test_force_needs_a_reason(office: Workspace, check: Assessment) -> None:
    with pytest.raises(Refused, match="--reason"):
        imported(office, check, exported(office, check), force=True, reason="  ")
