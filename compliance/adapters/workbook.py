"""Writing the inventory workbook: the empty template with lists and notes, or the stored records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from compliance.adapters.inventory_files import GUIDE_SHEETS
from compliance.adapters.raw_table import MAX_CELL
from compliance.adapters.xlsx_file import check_place, save
from compliance.domain.column import Column, ColumnKind, Table
from compliance.domain.question import QuestionType
from compliance.errors import Refused

_SPARE_ROWS = 2_000
"""Rows below the last filled one that still have drop-down lists."""
_RISKY_STARTS = ("=", "+", "-", "@", "'")
_BOLD = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
_EXAMPLE_FONT = Font(italic=True, color="7F7F7F")
_WRAP = Alignment(wrap_text=True, vertical="top")
_GUIDE = (
    "Cách điền bảng kê hệ thống thông tin",
    "Mỗi trang là một danh mục; dòng đầu là tiêu đề, giữ nguyên. Cột có dấu * là bắt buộc khi kê lần đầu.",
    "Dòng bắt đầu bằng “Ví dụ:” chỉ để xem, không được nhập; có thể xóa.",
    "Nhập lại nhiều lần được: dòng được nhận theo mã; cột bỏ trống thì giá trị đã lưu giữ nguyên.",
    "Muốn bỏ một giá trị đã lưu, ghi (xóa) vào ô. Muốn bỏ một dòng thiết bị, dịch vụ…, đánh dấu x ở cột “Xóa”.",
    "Chưa có thì ghi “Chưa có”. Không có hoặc không áp dụng thì ghi kèm lý do, ví dụ: Không có: dùng hạ tầng của tỉnh.",
    "Không biết thì để trống; chương trình sẽ hỏi lại, không tự đoán.",
    "Cột “Giá trị ví dụ” ghi tên các cột đang mang giá trị ví dụ, để nhắc thay bằng giá trị thật trước khi trình.",
    "Giá trị lấy trong danh sách chọn; câu hỏi nhận nhiều giá trị thì ghi cách nhau bằng dấu chấm phẩy.",
)


def write_workbook(
    path: Path, tables: Sequence[Table], rows: Mapping[str, Sequence[Sequence[str]]], *, examples: bool, overwrite: bool
) -> None:
    """Write a workbook, whole or not at all.

    Args:
        path: a file ending in ``.xlsx``.
        tables: the sheets, in order.
        rows: texts per table id, in column order.
        examples: whether each sheet gets its example row.
        overwrite: whether a file already there may be replaced.

    Raises:
        Refused: another kind of file, one that exists, or a text longer than a cell holds.
        WorkspaceRefused: the place cannot be written.
    """
    check_place(path, overwrite=overwrite)
    workbook = Workbook()
    guide = workbook.worksheets[0]
    _write_guide(guide, tables)
    lists = _Lists(workbook.create_sheet(GUIDE_SHEETS[1]))
    for table in tables:
        _write_table(workbook.create_sheet(table.sheet), table, rows.get(table.id, ()), lists, examples=examples)
    workbook.move_sheet(lists.sheet, len(tables))
    lists.sheet.sheet_state = "hidden"
    workbook.active = 2 if not examples else 0
    save(workbook, path)


class _Lists:
    """The hidden sheet that holds the drop-down values: their labels contain commas, so they cannot stand inline."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._known: dict[tuple[str, ...], str] = {}

    def range_of(self, labels: tuple[str, ...]) -> str:
        """The cell range of a list, written once."""
        if labels not in self._known:
            letter = get_column_letter(len(self._known) + 1)
            for number, label in enumerate(labels, start=1):
                _put(self.sheet[f"{letter}{number}"], label)
            self._known[labels] = f"{quote_sheetname(self.sheet.title)}!${letter}$1:${letter}${len(labels)}"
        return self._known[labels]


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast(Cell, sheet.cell(row, column))  # nothing we write is merged


def _put(cell: Cell, text: str) -> None:
    """Text stays text: nothing typed here can run as a formula, now or after editing in Excel."""
    if len(text) > MAX_CELL:
        raise Refused(f"Một giá trị dài {len(text)} ký tự, quá sức chứa của một ô bảng tính: “{text[:60]}…”.")
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(_RISKY_STARTS):
        cell.quotePrefix = True


def _write_table(
    sheet: Worksheet, table: Table, rows: Iterable[Sequence[str]], lists: _Lists, *, examples: bool
) -> None:
    for index, column in enumerate(table.columns, start=1):
        header = _cell(sheet, 1, index)
        _put(header, f"{column.header} *" if column.required else column.header)
        header.font, header.fill, header.alignment = _BOLD, _HEADER_FILL, _WRAP
        note = _note(column)
        if note:
            header.comment = Comment(note, "compliance", height=120, width=320)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    number = 1
    if examples:
        number += 1
        for index, text in enumerate(_example(table), start=1):
            cell = _cell(sheet, number, index)
            _put(cell, text)
            cell.font, cell.alignment = _EXAMPLE_FONT, _WRAP
    for row in rows:
        number += 1
        for index, (column, text) in enumerate(zip(table.columns, row, strict=True), start=1):
            if text:
                _fill(_cell(sheet, number, index), column, text)
    sheet.freeze_panes = "C2"
    _add_lists(sheet, table, number + _SPARE_ROWS, lists)


def _fill(cell: Cell, column: Column, text: str) -> None:
    digits = text.replace(".", "")
    if _is_number(column) and digits.isdecimal():
        cell.value = int(digits)
        cell.number_format = "#,##0"
    else:
        _put(cell, text)
    cell.alignment = _WRAP


def _is_number(column: Column) -> bool:
    return column.asked is not None and column.asked.type is QuestionType.NUMBER


def _note(column: Column) -> str:
    parts = [column.note]
    labels = [names[0] for names in column.choices.values()]
    if labels:
        parts.append("Giá trị: " + "; ".join(labels) + ".")
    if column.example and column.kind is ColumnKind.FACT:
        parts.append(f"Ví dụ: {column.example}")
    return "\n".join(part for part in parts if part)


def _example(table: Table) -> list[str]:
    texts = ["" if column.kind is ColumnKind.FACT else column.example for column in table.columns]
    first = next((index for index, text in enumerate(texts) if text), 0)
    return [f"Ví dụ: {texts[0] or texts[first]}", *texts[1:]]


def _add_lists(sheet: Worksheet, table: Table, last: int, lists: _Lists) -> None:
    for index, column in enumerate(table.columns, start=1):
        source = _source(column, lists)
        if source is None:
            continue
        free = column.kind in {ColumnKind.UNIT, ColumnKind.SYSTEM, ColumnKind.OTHER_SYSTEM}
        validation = DataValidation(
            type="list",
            formula1=source,
            allow_blank=True,
            showErrorMessage=not free,
            errorStyle="warning",
            errorTitle="Giá trị ngoài danh sách",
            error="Hãy chọn trong danh sách, hoặc ghi (xóa), Chưa có, Không áp dụng: lý do.",
        )
        letter = get_column_letter(index)
        validation.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(validation)


def _source(column: Column, lists: _Lists) -> str | None:
    if column.kind is ColumnKind.UNIT:
        return f"{quote_sheetname('Đơn vị')}!$A$2:$A${_SPARE_ROWS}"
    if column.kind in {ColumnKind.SYSTEM, ColumnKind.OTHER_SYSTEM}:
        return f"{quote_sheetname('Hệ thống')}!$A$2:$A${_SPARE_ROWS}"
    question = column.asked
    if question is None or question.type in {QuestionType.SET, QuestionType.NUMBER}:
        return None
    if column.kind is ColumnKind.MARK:
        return lists.range_of(("x",))
    if question.type is QuestionType.YES_NO:
        return lists.range_of(("Có", "Không"))
    return lists.range_of(tuple(choice.label for choice in question.choices))


def _write_guide(sheet: Worksheet, tables: Sequence[Table]) -> None:
    sheet.title = GUIDE_SHEETS[0]
    for number, text in enumerate(_GUIDE, start=1):
        _put(_cell(sheet, number, 1), text)
    sheet["A1"].font = Font(bold=True, size=14)
    start = len(_GUIDE) + 2
    for index, text in enumerate(("Trang", "Cột", "Bắt buộc", "Cách ghi"), start=1):
        cell = _cell(sheet, start, index)
        _put(cell, text)
        cell.font, cell.fill = _BOLD, _HEADER_FILL
    lines = [(table, column) for table in tables for column in table.columns]
    for number, (table, column) in enumerate(lines, start=start + 1):
        for index, text in enumerate(
            (table.sheet, column.header, "x" if column.required else "", _note(column)), start=1
        ):
            cell = _cell(sheet, number, index)
            _put(cell, text)
            cell.alignment = _WRAP
    for letter, width in (("A", 16), ("B", 44), ("C", 10), ("D", 100)):
        sheet.column_dimensions[letter].width = width
