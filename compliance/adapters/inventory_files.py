"""Inventory files as rows for the rules: sheets recognised, examples and totals skipped, odd columns reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.adapters.headings import FEWEST, Heading, find_heading
from compliance.adapters.raw_table import MAX_CELL, RawRow, RawTable, column_letter, file_name
from compliance.adapters.sheets import read_tables
from compliance.domain.column import Table
from compliance.domain.inventory_rows import SheetRow
from compliance.domain.wording import folded, nearest, number_text
from compliance.errors import BadData, Fault

GUIDE_SHEETS = ("Hướng dẫn", "Giá trị chọn")
"""Sheets the template carries for people; import passes them over."""

_PASSED_OVER = {
    *(folded(name) for name in GUIDE_SHEETS),
    "ghi chu",
    "thuyet minh",
    "danh muc gia tri",
    "huong dan nhap",
}
_EXAMPLE = re.compile(r"(?:ví dụ|vd)\s*[:：.]?(?:\s|$)|(?:ví dụ|vd)\s*[:：]", re.IGNORECASE)
_ORDINAL_CELL = re.compile(r"\(?\s*(?:\d{1,3}|[a-zđ])\s*\)?")
_SECTION = re.compile(r"(?:[IVXLC]+|[A-ZĐ])\s*[.)]?")
_TOTALS = {"tong", "tong cong", "cong", "tong so"}
_MANY = 3
_FACT_LIKE = re.compile(r"[a-z]+(?:_[a-z]+)+")
# Letters that the old TCVN3 (ABC) and VNI fonts leave inside Vietnamese words when shown as Unicode.
_OLD_FONT = re.compile(r"[a-zA-Z][µ¸¶·¹¨¾¼Æ©®ªÖÞßåæ¬ëîïøûÏØÛ]|[§®][a-zA-Z]")
_OLD_FONT_HITS = 2
_UNICODE = "đổi phông chữ sang Unicode (bằng UniKey hoặc Excel) rồi nhập lại"


@dataclass(frozen=True)
class ReadFiles:
    """Everything read from the files of one import."""

    rows: tuple[SheetRow, ...]
    notes: tuple[Fault, ...]
    faults: tuple[Fault, ...]


def read_inventory(paths: Sequence[Path], tables: Sequence[Table]) -> ReadFiles:
    """The rows of several files, read as one inventory; faults of files are collected, not raised one by one.

    Raises:
        NotFound: a file does not exist.
    """
    rows: list[SheetRow] = []
    notes: list[Fault] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            raws = read_tables(path)
        except BadData as error:
            faults.extend(error.faults)
            continue
        before = len(rows), len(faults)
        for raw in raws:
            found = _Reader(raw, tables)
            rows.extend(found.rows())
            notes.extend(found.notes)
            faults.extend(found.faults)
        if (len(rows), len(faults)) == before:
            message = "Tệp không có dòng dữ liệu nào."
            faults.append(Fault(message, file_name(path), expected="ít nhất một dòng dữ liệu dưới dòng tiêu đề"))
    return ReadFiles(tuple(rows), tuple(notes), tuple(faults))


class _Reader:
    """One sheet."""

    def __init__(self, raw: RawTable, tables: Sequence[Table]) -> None:
        self.raw = raw
        self.tables = tables
        self.notes: list[Fault] = []
        self.faults: list[Fault] = list(raw.faults)

    def rows(self) -> Iterator[SheetRow]:
        """The data rows; an unrecognised sheet is a fault."""
        raw = self.raw
        if not raw.rows or folded(raw.name) in _PASSED_OVER:
            return
        heading = self._heading()
        if heading is None:
            self._unrecognised()
            return
        if heading.rivals:
            kinds = ", ".join(f"“{table.sheet}”" for table in (heading.table, *heading.rivals))
            message = f"Tiêu đề hợp với nhiều danh mục: {kinds}."
            expected = "đặt tên trang hoặc tên tệp theo danh mục, hoặc ghi tiêu đề đầy đủ như mẫu"
            self.faults.append(Fault(message, self.raw.file, self.raw.name, expected=expected))
            return
        self._tell_unknown(heading)
        data = raw.rows[heading.first_data :]
        for row in data:
            if not self._skipped(heading, row, first=row is data[0]):
                filled = self._row(heading, row)
                if filled is not None:
                    yield filled
        self._tell_formulas(heading)

    def _heading(self) -> Heading | None:
        if not self.raw.keyed:
            return find_heading(self.raw, self.tables)
        named = [table for table in self.tables if folded(self.raw.name) in table.names]
        header = RawTable(self.raw.file, self.raw.name, self.raw.rows[:1])
        return find_heading(header, named or self.tables, fewest=0 if named else FEWEST)

    def _unrecognised(self) -> None:
        name = self.raw.name
        text = " ".join(text for row in self.raw.rows[:20] for text in row.filled)
        if len(_OLD_FONT.findall(text)) >= _OLD_FONT_HITS:
            self.faults.append(Fault("Chữ trong trang dùng phông cũ TCVN3 (ABC) hoặc VNI.", self.raw.file, name,
                                     expected=_UNICODE))  # fmt: skip
        elif self.raw.hidden:
            self.notes.append(Fault("Trang ẩn, không nhận ra tiêu đề; đã bỏ qua.", self.raw.file, name))
        else:
            known = ", ".join(f"“{table.sheet}”" for table in self.tables)
            expected = f"dòng tiêu đề như mẫu (lệnh systems template) của một trong các trang {known}; "
            expected += "trang không phải dữ liệu thì xóa đi hoặc đặt tên “Ghi chú”"
            self.faults.append(Fault("Không nhận ra dòng tiêu đề nào.", self.raw.file, name, expected=expected))

    def _tell_unknown(self, heading: Heading) -> None:
        body = self.raw.rows[heading.first_data :]
        headers = [column.header for column in heading.table.columns]
        for index in heading.unknown:
            count = sum(1 for row in body if index < len(row.texts) and row.texts[index])
            text = heading.texts[index]
            near = nearest(text, [*headers, *heading.table.by_field])
            hint = f"có phải cột “{near}”?" if near else ""
            twin = next((at for at, one in heading.texts.items() if at != index and folded(one) == folded(text)), None)
            place = f"{column_letter(index)}: {text}"
            if self.raw.keyed or _FACT_LIKE.fullmatch(text):
                message = f"Không có mục “{text}” ở “{heading.table.sheet}”."
                self.faults.append(Fault(message, self.raw.file, self.raw.name, column=text, expected=hint))
            elif count:
                message = f"Cột không dùng trong bảng kê, {number_text(count)} ô không được nhập."
                if twin is not None:
                    message = f"Tiêu đề trùng với cột {column_letter(twin)}; {number_text(count)} ô không được nhập."
                    hint = ""
                self.notes.append(Fault(message, self.raw.file, self.raw.name, column=place, expected=hint))
        stray = next((row for row in body for index in range(len(row.texts)) if row.texts[index]
                      and index not in heading.texts and index > max(heading.texts, default=-1)), None)  # fmt: skip
        if stray is not None:
            message = "Có ô ghi chữ ngoài các cột có tiêu đề; các ô ấy không được nhập."
            self.notes.append(Fault(message, self.raw.file, self.raw.name, stray.number))

    def _tell_formulas(self, heading: Heading) -> None:
        """Formulas in columns that are read: their words are taken, not their results."""
        for index in heading.columns:
            rows = sorted(number for number, column in self.raw.formulas if column == index)
            if rows:
                message = f"{number_text(len(rows))} ô là công thức; chữ của công thức được nhập, không phải kết quả."
                place = f"{column_letter(index)}: {heading.texts.get(index, '')}"
                expected = "Muốn nhập kết quả thì sao chép cột này, dán lại bằng Paste Values rồi nhập lại."
                self.notes.append(Fault(message, self.raw.file, self.raw.name, rows[0], place, expected))

    def _is_example(self, heading: Heading, row: RawRow) -> bool:
        """A row that begins with “Ví dụ”; told when it is not the template's own, for it may be a filled-in one."""
        if not _EXAMPLE.match(row.filled[0]):
            return False
        first = next(index for index, text in enumerate(row.texts) if text)
        typed = [(column, row.texts[at]) for at, column in heading.columns.items() if first < at < len(row.texts)]
        if any(text and text != column.example for column, text in typed):
            message = "Dòng bắt đầu bằng “Ví dụ” nên không được nhập."
            expected = "Nếu là dữ liệu thật thì bỏ chữ “Ví dụ:” ở đầu dòng."
            self.notes.append(Fault(message, self.raw.file, self.raw.name, row.number, expected=expected))
        return True

    def _skipped(self, heading: Heading, row: RawRow, *, first: bool) -> bool:
        """Example rows, a row of column numbers under the header, totals and group titles."""
        filled = row.filled
        if not filled or self._is_example(heading, row):
            return True
        if first and len(filled) >= _MANY and all(_ORDINAL_CELL.fullmatch(text) for text in filled):
            return True
        if self.raw.keyed:
            return False
        title = len(filled) == 1 and any(row.spread)
        title = title or (len(filled) == 2 and bool(_SECTION.fullmatch(filled[0])))  # noqa: PLR2004 - number and title
        if folded(filled[0]) in _TOTALS or title:
            message = f"Bỏ qua dòng tiêu đề nhóm hoặc tổng cộng: “{' '.join(filled)}”."
            self.notes.append(Fault(message, self.raw.file, self.raw.name, row.number))
            return True
        return False

    def _row(self, heading: Heading, row: RawRow) -> SheetRow | None:
        cells = {
            column.field: row.texts[index]
            for index, column in heading.columns.items()
            if index < len(row.texts) and row.texts[index]
        }
        if not cells:
            return None
        names = {
            column.field: heading.texts[index] if self.raw.keyed else f"{column_letter(index)}: {heading.texts[index]}"
            for index, column in heading.columns.items()
        }
        made = SheetRow(heading.table, self.raw.file, self.raw.name, row.number, cells, names)
        for name, text in cells.items():
            if len(text) > MAX_CELL:
                message = f"Ô dài {number_text(len(text))} ký tự."
                self.faults.append(made.fault(name, message, f"không quá {number_text(MAX_CELL)} ký tự"))
            elif len(_OLD_FONT.findall(text)) >= _OLD_FONT_HITS:
                self.faults.append(made.fault(name, f"Chữ “{text[:40]}” dùng phông cũ TCVN3 hoặc VNI.", _UNICODE))
        return made
