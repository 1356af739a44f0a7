"""XLSX workbooks as plain tables: formulas as text, merged cells spread, nothing calculated."""

from __future__ import annotations

import warnings
import zipfile
from collections import defaultdict
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.worksheet.worksheet import Worksheet

from compliance.adapters.raw_table import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    RawRow,
    RawTable,
    clean,
    column_letter,
    refuse,
)
from compliance.domain.wording import date_text, number_text
from compliance.errors import Fault

_Grid = dict[int, dict[int, str]]


def read_xlsx(path: Path) -> list[RawTable]:
    """Every worksheet of a workbook.

    Raises:
        BadData: the file is damaged, not a workbook, or unpacks to more than the stated limit.
    """
    _check_unpacked_size(path)
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


def _check_unpacked_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        message = "Tệp bị hỏng hoặc bị cắt ngắn (chép chưa xong, tải dở)."
        raise refuse(path, message, "chép hoặc tải lại tệp rồi nhập lại") from None
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED_BYTES:
        limit = MAX_UNPACKED_BYTES // 1024**2
        message = f"Nội dung tệp khi mở ra là {total / 1024**2:.0f} MB, vượt giới hạn {limit} MB."
        raise refuse(path, message, "bỏ trang và dòng không dùng, hoặc tách thành nhiều tệp")


def _table(path: Path, sheet: Worksheet) -> RawTable:
    grid: _Grid = defaultdict(dict)
    faults = []
    # ``_cells`` holds the cells that exist; the public iterators would create a million empty ones.
    for (row, column), cell in sorted(sheet._cells.items()):
        text = _text(cell.value)
        if not text:
            continue
        grid[row][column - 1] = text
        if text in ERROR_CODES:
            message = f"Ô mang lỗi công thức “{text}”."
            faults.append(Fault(message, path.name, sheet.title, row, column_letter(column - 1), "giá trị thật"))
    spread = _spread_merges(sheet, grid)
    _check_extent(path, sheet.title, grid)
    rows = tuple(_row(number, grid[number], spread.get(number, {})) for number in sorted(grid))
    return RawTable(path.name, clean(sheet.title), rows, hidden=sheet.sheet_state != "visible", faults=tuple(faults))


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


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return date_text(value.date()) if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return date_text(value)
    return clean(str(getattr(value, "text", value)))
