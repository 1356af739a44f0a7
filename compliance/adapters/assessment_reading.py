"""Reading the workbook of one assessment back: its sheet, header and rows found, what cannot be read told by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from compliance.adapters.raw_table import MAX_CELL, RawRow, RawTable, column_letter, file_name, refuse
from compliance.adapters.sheets import read_tables
from compliance.domain.assessment_columns import BY_FIELD, COLUMNS, SHEET, ReadRow, ReadSheet, Stamp, read_stamp
from compliance.domain.wording import folded, nearest, number_text
from compliance.errors import Fault

_SEARCHED_ROWS = 40
_FEWEST = 5
"""Fewest headers of ours that make a row the header row."""
_KEYS = {folded(column.header): column for column in COLUMNS}
_AGAIN = "xuất lại tệp rồi chép các ô đã ghi sang"


def read_assessment(path: Path) -> ReadSheet:
    """The rows of the assessment's sheet, wherever it stands among the sheets and its columns stand in it.

    Raises:
        NotFound: there is no such file.
        BadData: it is empty, damaged, protected or no XLSX workbook.
    """
    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        raise refuse(
            path, f"“{path.suffix or path.name}” không phải tệp phiếu kiểm tra.", "tệp XLSX do chương trình xuất"
        )
    tables = [(table, row) for table in read_tables(path) if (row := _header_of(table)) is not None]
    if len(tables) == 1:
        return _Reading(*tables[0]).sheet()
    if not tables:
        message = f"Không có trang “{SHEET}” với dòng tiêu đề của phiếu kiểm tra."
        return _nothing(path, Fault(message, file_name(path), expected=_AGAIN))
    names = ", ".join(f"“{table.name}”" for table, _ in tables)
    message = f"Tệp có nhiều trang phiếu kiểm tra: {names}."
    return _nothing(path, Fault(message, file_name(path), expected="chỉ giữ một trang để nhập"))


def _nothing(path: Path, fault: Fault) -> ReadSheet:
    return ReadSheet(file_name(path), "", None, (), {}, faults=(fault,))


def _header_of(table: RawTable) -> int | None:
    """Where in ``rows`` the header stands."""
    hits = [sum(folded(text) in _KEYS for text in row.texts) for row in table.rows[:_SEARCHED_ROWS]]
    best = max(hits, default=0)
    return hits.index(best) if best >= _FEWEST else None


@dataclass
class _Reading:
    """One sheet being read; ``at`` is the column each field stands in."""

    table: RawTable
    header: int
    notes: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def sheet(self) -> ReadSheet:
        at = self._columns()
        places = {name: f"{column_letter(index)}: {BY_FIELD[name].header}" for name, index in at.items()}
        rows: tuple[ReadRow, ...] = ()
        if not self.faults:
            rows = tuple(row for raw in self.table.rows[self.header + 1 :] if (row := self._row(raw, at, places)))
        else:
            places = {}
        return ReadSheet(
            self.table.file, self.table.name, self._stamp(), rows, places, tuple(self.notes), tuple(self.faults)
        )

    def _fault(self, message: str, row: int | None = None, column: str = "", expected: str = "") -> Fault:
        return Fault(message, self.table.file, self.table.name, row, column, expected)

    def _stamp(self) -> Stamp | None:
        above = (text for row in self.table.rows[: self.header] for text in row.texts)
        return next((stamp for text in above if (stamp := read_stamp(text))), None)

    def _columns(self) -> dict[str, int]:
        """Where each column stands; altered, missing and doubled headers are faults, columns of the user's a note."""
        row = self.table.rows[self.header]
        at: dict[str, int] = {}
        others: dict[int, str] = {}
        for index, text in enumerate(row.texts):
            known = _KEYS.get(folded(text))
            if known is None:
                others |= {index: text} if text else {}
            elif known.field in at:
                message = f"Tiêu đề “{text}” trùng với cột {column_letter(at[known.field])}."
                place = f"{column_letter(index)}: {text}"
                self.faults.append(self._fault(message, row.number, place, "mỗi tiêu đề một cột; xóa cột thừa"))
            else:
                at[known.field] = index
        missing = [column.header for column in COLUMNS if column.field not in at]
        self._tell_missing(row, missing, others)
        if not missing:
            self._tell_others(others)
        return at

    def _tell_missing(self, row: RawRow, missing: Iterable[str], others: Mapping[int, str]) -> None:
        for header in missing:
            near = nearest(header, others.values())
            place = next((column_letter(index) for index, text in others.items() if text == near), "")
            altered = f"; cột {place} ghi “{near}”" if near else ""
            hidden = "cột ẩn " if BY_FIELD[_KEYS[folded(header)].field].hidden else ""
            message = f"Không thấy {hidden}“{header}”{altered}."
            expected = f"ghi lại tiêu đề “{header}”" if near else _AGAIN
            self.faults.append(self._fault(message, row.number, f"{place}: {near}" if near else "", expected))

    def _tell_others(self, others: Mapping[int, str]) -> None:
        body = self.table.rows[self.header + 1 :]
        for index, text in others.items():
            count = sum(1 for row in body if index < len(row.texts) and row.texts[index])
            message = f"Cột thêm vào, {number_text(count)} ô không được nhập."
            self.notes.append(self._fault(message, column=f"{column_letter(index)}: {text}"))

    def _row(self, raw: RawRow, at: Mapping[str, int], places: Mapping[str, str]) -> ReadRow | None:
        width = len(raw.texts)
        cells = {name: raw.texts[index] if index < width else "" for name, index in at.items()}
        if not any(cells.values()):
            if raw.filled:
                self.notes.append(self._fault("Dòng ngoài bảng, không được nhập.", raw.number))
            return None
        if self.table.merged:
            self._tell_merged(raw.number, at, places)
        for name, text in cells.items():
            if len(text) > MAX_CELL:
                message, expected = f"Ô dài {number_text(len(text))} ký tự.", f"không quá {number_text(MAX_CELL)} ký tự"
                self.faults.append(self._fault(message, raw.number, places[name], expected))
            elif (raw.number, at[name]) in self.table.formulas and (BY_FIELD[name].editable or BY_FIELD[name].hidden):
                message = f"Ô là công thức “{text[:60]}”."
                expected = "một giá trị (sao chép ô rồi dán bằng Paste Values)"
                self.faults.append(self._fault(message, raw.number, places[name], expected))
        return ReadRow(raw.number, cells)

    def _tell_merged(self, number: int, at: Mapping[str, int], places: Mapping[str, str]) -> None:
        """One fault a row: a merged cell does not say which of the requirements it covers is meant."""
        spans = [(first, last) for top, end, first, last in self.table.merged if top <= number <= end]
        name = next((name for name, index in at.items() if any(a <= index <= b for a, b in spans)), None)
        if name is not None:
            expected = "bỏ gộp ô (Unmerge Cells) rồi ghi riêng từng dòng"
            self.faults.append(self._fault("Ô bị gộp (Merge) với ô khác.", number, places[name], expected))
