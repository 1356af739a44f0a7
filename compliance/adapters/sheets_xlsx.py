"""XLSX workbooks as plain tables: formulas as text, merged cells spread, nothing calculated."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections import defaultdict
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from compliance.adapters.raw_table import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    RawRow,
    RawTable,
    clean,
    column_letter,
    file_name,
    refuse,
)
from compliance.domain.wording import date_text, number_text
from compliance.errors import Fault

_MAX_MERGED = 500_000
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_MERGE = re.compile(rb"""mergeCell\s[^>]*ref\s*=\s*["']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})["']""")
_Grid = dict[int, dict[int, str]]


def read_xlsx(path: Path) -> list[RawTable]:
    """Every worksheet of a workbook.

    Raises:
        BadData: the file is damaged, not a workbook, or unpacks to more than the stated limit.
    """
    _check_package(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells about styles and validations it does not carry over
            workbook = load_workbook(path, data_only=False, keep_links=False)
    except Exception:  # a damaged package fails inside openpyxl in any way it likes
        raise refuse(
            path, "Tệp bị hỏng, bị cắt ngắn hoặc không phải bảng tính Excel.", "bản XLSX mở được bằng Excel"
        ) from None
    try:
        return [_table(path, sheet) for sheet in workbook.worksheets]
    finally:
        workbook.close()


def _check_package(path: Path) -> None:
    """Refuse what would take too much memory, before anything is parsed."""
    try:
        with zipfile.ZipFile(path) as package:
            total = sum(member.file_size for member in package.infolist())
            merged = _merged_cells(package) if total <= MAX_UNPACKED_BYTES else 0
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError):
        message = "Tệp bị hỏng hoặc bị cắt ngắn (chép chưa xong, tải dở)."
        raise refuse(path, message, "chép hoặc tải lại tệp rồi nhập lại") from None
    if total > MAX_UNPACKED_BYTES:
        limit = MAX_UNPACKED_BYTES // 1024**2
        message = f"Nội dung tệp khi mở ra là {total / 1024**2:.0f} MB, vượt giới hạn {limit} MB."
        raise refuse(path, message, "bỏ trang và dòng không dùng, hoặc tách thành nhiều tệp")
    if merged > _MAX_MERGED:
        message = f"Các vùng gộp ô phủ {number_text(merged)} ô, vượt giới hạn {number_text(_MAX_MERGED)} ô."
        raise refuse(path, message, "bỏ gộp ô (Unmerge Cells) cả cột, cả dòng hoặc cả trang rồi nhập lại")


def _merged_cells(package: zipfile.ZipFile) -> int:
    """How many cells the merged ranges cover; openpyxl makes an object of each, also of the empty ones."""
    covered = 0
    for name in package.namelist():
        if _WORKSHEET.fullmatch(name):
            for ends in _MERGE.findall(package.read(name)):
                extent = CellRange(ends.decode()).size
                covered += extent["rows"] * extent["columns"]
    return covered


def _table(path: Path, sheet: Worksheet) -> RawTable:
    grid: _Grid = defaultdict(dict)
    faults = []
    formulas = set()
    # ``_cells`` holds the cells that exist; the public iterators would create a million empty ones.
    for (row, column), cell in sorted(sheet._cells.items()):
        text = _text(cell.value, cell.number_format)
        if not text:
            continue
        if cell.data_type == "f":
            formulas.add((row, column - 1))
        grid[row][column - 1] = text
        if text in ERROR_CODES:
            message = f"Ô mang lỗi công thức “{text}”."
            faults.append(Fault(message, file_name(path), sheet.title, row, column_letter(column - 1), "giá trị thật"))
    spread = _spread_merges(sheet, grid)
    _check_extent(path, sheet.title, grid)
    rows = tuple(_row(number, grid[number], spread.get(number, {})) for number in sorted(grid))
    return RawTable(
        file_name(path),
        clean(sheet.title),
        rows,
        hidden=sheet.sheet_state != "visible",
        formulas=frozenset(formulas),
        merged=tuple((one.min_row, one.max_row, one.min_col - 1, one.max_col - 1) for one in sheet.merged_cells.ranges),
        faults=tuple(faults),
    )


def _row(number: int, cells: dict[int, str], spread: dict[int, str]) -> RawRow:
    width = max([*cells, *spread], default=-1) + 1
    return RawRow(
        number,
        tuple(cells.get(index, "") for index in range(width)),
        tuple(spread.get(index, "") for index in range(width)),
    )


def _spread_merges(sheet: Worksheet, grid: _Grid) -> _Grid:
    """Repeat a merged text down its rows in ``grid``; return what it covers sideways, kept apart."""
    spread: _Grid = defaultdict(dict)
    last_row = max(grid, default=0)
    for merge in sheet.merged_cells.ranges:
        text = grid.get(merge.min_row, {}).get(merge.min_col - 1, "")
        if not text:
            continue
        for row in range(merge.min_row, min(merge.max_row, last_row) + 1):
            if row in grid or row == merge.min_row:
                grid[row][merge.min_col - 1] = text
                for column in range(merge.min_col, min(merge.max_col, MAX_COLUMNS)):
                    spread[row][column] = text
    return spread


def _check_extent(path: Path, title: str, grid: _Grid) -> None:
    widest = max((max(cells) + 1 for cells in grid.values() if cells), default=0)
    if len(grid) > MAX_ROWS or widest > MAX_COLUMNS:
        message = (
            f"Trang “{title}” có {number_text(len(grid))} dòng, {widest} cột; "
            f"giới hạn là {number_text(MAX_ROWS)} dòng và {MAX_COLUMNS} cột."
        )
        raise refuse(path, message, "tách thành nhiều tệp")


def _number_text(value: float, number_format: str) -> str:
    """A number as the sheet shows it: per cent where the cell is so formatted, a decimal comma."""
    sign = ""
    if "%" in number_format:
        value, sign = round(value * 100, 10), "%"
    text = str(int(value)) if float(value).is_integer() else repr(value).replace(".", ",")
    return text + sign


def _text(value: object, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | float):
        return _number_text(value, number_format)
    if isinstance(value, datetime):
        return date_text(value.date()) if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return date_text(value)
    return clean(str(getattr(value, "text", value)))
