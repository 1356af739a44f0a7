"""Writing a report as a workbook: sheets of plain cells that paste unchanged into another office's sheet.

Text is text and numbers are numbers; no cell is merged, and nothing can run as a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from compliance.adapters.raw_table import MAX_CELL, clean
from compliance.adapters.xlsx_file import check_place, save
from compliance.errors import Refused

_RISKY_STARTS = ("=", "+", "-", "@", "'", "#")
_BOLD = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
_WRAP = Alignment(wrap_text=True, vertical="top")

Content = str | int | None


@dataclass(frozen=True)
class ReportSheet:
    """A sheet: its name, header, rows of text or whole numbers, and the width of each column in characters."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Content]]
    widths: Sequence[int]


def write_report(path: Path, title: str, sheets: Sequence[ReportSheet], day: date, *, overwrite: bool = False) -> None:
    """Write the sheets, whole or not at all.

    Raises:
        Refused: another kind of file, one that exists, or a text longer than a cell holds.
        WorkspaceRefused: the place cannot be written.
    """
    check_place(path, overwrite=overwrite)
    workbook: Any = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title, workbook.properties.creator = title, "compliance"
    workbook.properties.created = workbook.properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    for one in sheets:
        _write(workbook.create_sheet(one.name), one)
    save(workbook, path)


def _write(sheet: Any, one: ReportSheet) -> None:
    for column, text in enumerate(one.header, start=1):
        cell = sheet.cell(1, column)
        _put(cell, text)
        cell.font, cell.fill = _BOLD, _HEADER_FILL
        sheet.column_dimensions[get_column_letter(column)].width = one.widths[column - 1]
    for number, row in enumerate(one.rows, start=2):
        for column, content in enumerate(row, start=1):
            if content is not None and content != "":
                _put(sheet.cell(number, column), content)
    sheet.freeze_panes = "A2"


def _put(cell: Any, content: str | int) -> None:
    if isinstance(content, int):
        cell.value, cell.number_format = content, "0"
    else:
        text = content if content.isprintable() else clean(content)
        if len(text) > MAX_CELL:
            raise Refused(
                f"Một giá trị dài {len(text)} ký tự, quá sức chứa của một ô bảng tính: “{text[:60]}…”. Hãy rút gọn nội "
                "dung này rồi xuất lại."
            )
        cell.value, cell.data_type, cell.number_format = text, "s", "@"
        cell.quotePrefix = text.startswith(_RISKY_STARTS)
    cell.alignment = _WRAP
