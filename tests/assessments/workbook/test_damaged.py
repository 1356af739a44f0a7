"""Workbooks as they come back: every damage is told with its place, and nothing is stored."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from openpyxl import Workbook as Spreadsheet

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment, AssessmentKind, Result
from compliance.errors import BadData, Fault, NotFound
from compliance.services import assessments
from tests.assessments.conftest import LEVEL_ONE, begin, say
from tests.assessments.workbook.filled import FIRST, LETTERS, Filled, exported, faults_of, imported
from tests.documents.office import TODAY

RESULT, REASON, DAY = "H: Kết quả", "J: Lý do", "O: Ngày kiểm tra"


def places(faults: tuple[Fault, ...]) -> list[tuple[int | None, str]]:
    return [(fault.row, fault.column) for fault in faults]


def text(faults: tuple[Fault, ...]) -> str:
    return "\n".join(str(fault) for fault in faults)


def test_every_fault_is_told_at_once_with_sheet_row_and_column(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    book.write("4.1-a", result="Đạt mọt phn")
    book.write("4.1-b", result="Không áp dụng")
    book.write("4.2.1-a", result="Đạt", answered_on="23/11/2026")
    book.write("4.2.1-b", result="Đạt", answered_on="hôm qua")
    book.write("4.2.1-c", result='=IF(1;"Đạt";"")')
    faults = faults_of(office, check, book)
    assert places(faults) == [(6, RESULT), (7, REASON), (8, DAY), (9, DAY), (10, RESULT)]
    assert all((fault.file, fault.sheet) == ("phieu.xlsx", "Kiểm tra") for fault in faults)
    for told in ("Có phải “Đạt một phần”?", "phải kèm lý do", "sau ngày hôm nay", "“hôm qua”", "công thức"):
        assert told in text(faults)


def test_one_fault_keeps_every_good_row_from_being_stored(office: Workspace, check: Assessment) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt").write("4.1-b", result="xong")
    assert len(faults_of(office, check, book)) == 1


def test_a_workbook_of_another_check(office: Workspace, check: Assessment) -> None:
    assessments.close(office, check.id, today=TODAY, reason="thử")
    other = begin(office)
    book = exported(office, check).write("4.1-a", result="Đạt")
    (fault,) = faults_of(office, other, book)
    assert f"“{check.id}”, không phải “{other.id}”" in fault.message


def test_a_workbook_of_another_system_and_level(office: Workspace, check: Assessment) -> None:
    book = exported(office, begin(office, LEVEL_ONE))
    told = text(faults_of(office, check, book))
    for what in ("lần kiểm tra", "hệ thống", "cấp độ “1”, không phải “2”"):
        assert what in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"format":1', '"format":2', "định dạng “2”"),
        ('"level":2', '"level":3', "cấp độ “3”"),
        ('-level-2":"2026', '-level-2":"2025', "phiên bản “2025"),
        ('"regime":"', '"regime":"x', "bộ quy định"),
        ('{"format"', '{"fomat"', "Không thấy ô ẩn"),
        ("{", "", "Không thấy ô ẩn"),
    ],
)
def test_a_workbook_stamped_otherwise(office: Workspace, check: Assessment, old: str, new: str, told: str) -> None:
    book = exported(office, check)
    cell = book.sheet[f"{LETTERS['id']}1"]
    assert old in cell.value
    cell.value = cell.value.replace(old, new)
    assert told in text(faults_of(office, check, book))


def test_a_check_that_is_closed_takes_no_workbook(office: Workspace, check: Assessment) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt")
    assessments.close(office, check.id, today=TODAY, reason="thử")
    assert "assessments reopen" in text(faults_of(office, check, book))


def _rename(field: str, text: str) -> Callable[[Filled], object]:
    return lambda book: setattr(book.header(field), "value", text)


def _drop(field: str) -> Callable[[Filled], object]:
    return lambda book: book.sheet.delete_cols(list(LETTERS).index(field) + 1)


DAMAGES: list[tuple[Callable[[Filled], object], str]] = [
    (_rename("result", "Kết quả chấm"), "“Kết quả”; cột H ghi “Kết quả chấm”"),
    (_rename("reason", ""), "Không thấy “Lý do”"),
    (_rename("answered_by", "Kết quả"), "trùng với cột H"),
    (_drop("id"), "Không thấy cột ẩn “Mã yêu cầu (không sửa)”"),
    (_drop("version"), "Không thấy cột ẩn “Phiên bản lúc xuất (không sửa)”"),
    (_drop("digest"), "Không thấy cột ẩn “Dấu đối chiếu (không sửa)”"),
    (_drop("present_state"), "Không thấy “Hiện trạng”"),
    (lambda book: book.sheet.delete_rows(5), "dòng tiêu đề"),
    (lambda book: book.book.copy_worksheet(book.sheet), "nhiều trang"),
    (lambda book: book.book.remove(book.sheet), "Không có trang “Kiểm tra”"),
    (lambda book: book.write("4.1-a", id="4.1-b"), "trùng với dòng 6"),
    (lambda book: book.write("4.1-a", id=""), "không có mã yêu cầu"),
    (lambda book: book.write("4.1-a", id="4.1-zz"), "không có yêu cầu mang mã “4.1-zz”"),
    (lambda book: book.write("4.1-a", version="x", result="Đạt"), "“Phiên bản lúc xuất” bị sửa"),
    (lambda book: book.write("4.1-a", digest=""), "“Dấu đối chiếu” bị xóa"),
    (lambda book: book.write("4.1-a", clause="4.2.1 a)", result="Đạt"), "cột bị lệch"),
    (lambda book: book.write("4.1-a", result="Đạt", present_state="#REF!"), "lỗi công thức"),
    (lambda book: book.write("4.1-a", result="Đạt", present_state="a" * 10_001), "dài quá 10.000 ký tự"),
    (lambda book: book.write("4.1-a", answered_by="=A1"), "công thức"),
    (lambda book: book.write("4.1-a", id="=A1"), "công thức"),
    (lambda book: book.write("4.1-a", result="Đạt", equivalent="Khóa tủ"), "phải kèm lý do lựa chọn"),
    (lambda book: book.write("4.1-a", result="Đạt", answered_on="31/02/2026"), "không có trong lịch"),
]


@pytest.mark.parametrize(("damage", "told"), DAMAGES)
def test_a_damage(office: Workspace, check: Assessment, damage: Callable[[Filled], object], told: str) -> None:
    book = exported(office, check)
    damage(book)
    assert told in text(faults_of(office, check, book))


@pytest.mark.parametrize("cells", ["H6:H8", "I6:K6", "B6:B7", "A6:O6"])
def test_merged_cells_in_the_rows(office: Workspace, check: Assessment, cells: str) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt", present_state="Quy trình số 7")
    book.sheet.merge_cells(cells)
    faults = [fault for fault in faults_of(office, check, book) if "gộp" in fault.message]
    assert [fault.row for fault in faults] == list(range(FIRST, int(cells[-1]) + 1))


def test_merged_cells_above_the_table_do_no_harm(office: Workspace, check: Assessment) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt")
    book.sheet.merge_cells("C1:G1")
    assert len(imported(office, check, book).changed) == 1


def test_a_result_wiped_out_is_no_answer_taken_back(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", Result.COMPLIANT, present_state="Quy trình số 7")
    book = exported(office, check).write("4.1-a", result="")
    assert "chọn “Chưa đánh giá”" in text(faults_of(office, check, book))


def test_no_other_measure_where_the_text_leaves_no_choice(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    rows = [row.requirement.id for row in assessments.load(office, check.id).rows]
    bound = next(one for one in rows if not book.cell(one, "choice").value)
    free = next(one for one in rows if book.cell(one, "choice").value)
    for one in (bound, free):
        book.write(one, result="Đạt", equivalent="Khóa tủ", equivalent_reason="Không có két")
    (fault,) = faults_of(office, check, book)
    assert (fault.row, fault.column) == (book.row_of(bound), "K: Biện pháp tương đương")


def test_a_row_typed_in_by_hand_is_not_guessed(office: Workspace, check: Assessment) -> None:
    book = exported(office, check)
    last = book.sheet.max_row + 1
    book.sheet[f"B{last}"], book.sheet[f"H{last}"] = "4.1 a)", "Đạt"
    assert places(faults_of(office, check, book)) == [(last, "P: Mã yêu cầu (không sửa)")]


def test_files_that_are_no_such_workbook(office: Workspace, check: Assessment) -> None:
    good = exported(office, check).path
    whole = good.read_bytes()
    empty, text_file, cut, other = (good.with_name(name) for name in ("rong.xlsx", "csv.xlsx", "cut.xlsx", "khac.xlsx"))
    empty.write_bytes(b"")
    text_file.write_text("STT;Mục;Kết quả\n1;4.1 a);Đạt\n", "utf-8")
    cut.write_bytes(whole[: len(whole) // 2])
    Spreadsheet().save(other)
    told = {path: text(faults_of(office, check, path)) for path in (empty, text_file, cut, other)}
    assert "Tệp rỗng" in told[empty]
    assert "không phải bảng tính Excel" in told[text_file]
    assert "hỏng" in told[cut]
    assert "Không có trang “Kiểm tra”" in told[other]
    csv = text_file.rename(good.with_suffix(".csv"))
    assert "XLSX" in text(faults_of(office, check, csv))
    with pytest.raises(NotFound, match="Không tìm thấy"):
        imported(office, check, good.with_name("khong-co.xlsx"))


def test_a_workbook_that_unpacks_to_too_much(office: Workspace, check: Assessment) -> None:
    path = exported(office, check).path
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/anh.bin", b"\0" * (81 * 1024 * 1024))
    assert "vượt giới hạn" in text(faults_of(office, check, path))


def test_the_day_is_judged_by_the_day_it_is_imported(office: Workspace, check: Assessment) -> None:
    tomorrow = TODAY + timedelta(days=1)
    book = exported(office, check).write("4.1-a", result="Đạt", answered_on=f"{tomorrow:%d/%m/%Y}")
    with pytest.raises(BadData):
        imported(office, check, book)


def test_another_kind_of_check_of_the_same_system(office: Workspace, check: Assessment) -> None:
    other = begin(office, kind=AssessmentKind.PERIODIC)
    assert "lần kiểm tra" in text(faults_of(office, other, exported(office, check)))
