"""Writing the workbook of one assessment: the sheet to fill in, a guide, and the hidden list of results.

The sheet is written row by row with one prototype cell per column and look, so that the looks cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties

from compliance.adapters.assessment_guide import GUIDE_LINES
from compliance.adapters.raw_table import MAX_CELL, clean
from compliance.adapters.xlsx_file import check_place, save
from compliance.domain.assessment import Result
from compliance.domain.assessment_columns import COLUMNS, SHEET, SheetColumn, Stamp
from compliance.domain.wording import number_text
from compliance.errors import Refused

GUIDE, LISTS = "Hướng dẫn", "Giá trị chọn"
HEADER_ROW = 5
STAMP_NAME = "phien_ban_tep"
_LETTERS = {column.field: get_column_letter(number) for number, column in enumerate(COLUMNS, start=1)}
_RISKY_STARTS = frozenset("=+-@'#")
_THIN = Side(style="thin", color="A6A6A6")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_NAME = "Calibri"
_TITLE, _BOLD = Font(_NAME, bold=True, size=14), Font(_NAME, bold=True, size=11)
_NOTE = Font(_NAME, italic=True, size=11, color="595959")
_GIVEN_HEADER = PatternFill("solid", fgColor="D9D9D9")
_FILLED_IN_HEADER = PatternFill("solid", fgColor="DCE6F1")
_GIVEN = PatternFill(bgColor="F2F2F2")
_NO_CHOICE = PatternFill("lightUp", fgColor="BFBFBF", bgColor="FFFFFF")
# From light to dark as things get worse, and each in its own letters: told apart on a black-and-white print.
_COLOURS = {
    Result.COMPLIANT: (Font(color="1E5631"), PatternFill(bgColor="E2F0D9")),
    Result.PARTIALLY_COMPLIANT: (Font(bold=True, color="7F4F00"), PatternFill(bgColor="FFD966")),
    Result.NON_COMPLIANT: (Font(bold=True, color="FFFFFF"), PatternFill(bgColor="A61C1C")),
    Result.NOT_APPLICABLE: (Font(italic=True, color="595959"), PatternFill(bgColor="E7E6E6")),
    Result.NOT_ASSESSED: (Font(italic=True, color="808080"), PatternFill(bgColor="FFFFFF")),
}
_MARGIN = 0.4  # inches; the page is printed two wide, what is asked and what was found
_SCALE = 70
_REPEATED = 2  # columns at the left that stay in sight and are printed on every page
_MARGIN_CELLS = [None] * _REPEATED
_LINE, _HEADER_HEIGHT, _MOST_LINES = 15, 45, 27  # points; a row is at most 409 points high
_WIDTHS = tuple((column.field, column.width) for column in COLUMNS if not column.hidden)


@dataclass(frozen=True)
class AssessmentBook:
    """What is written: title and lines above the table, the stamp, the cells of every row by field."""

    title: str
    lines: tuple[str, ...]
    stamp: Stamp
    written_at: datetime
    rows: Sequence[Mapping[str, str]]


def write_assessment(path: Path, book: AssessmentBook, *, overwrite: bool) -> None:
    """Write the workbook, whole or not at all.

    Raises:
        Refused: another kind of file, one that exists, or a text longer than a cell holds.
        WorkspaceRefused: the place cannot be written.
    """
    check_place(path, overwrite=overwrite)
    if len(book.lines) != HEADER_ROW - 2:
        raise ValueError("the lines between the title and the header are counted")
    _check_lengths(book)
    workbook: Any = Workbook(write_only=True)  # its rows go out as they come; no stubs know its sheets
    workbook.properties.title, workbook.properties.creator = book.title, "compliance"
    workbook.properties.created = workbook.properties.modified = book.written_at.replace(tzinfo=None)
    _write_table(workbook, book)
    _write_guide(workbook)
    lists = workbook.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for one in Result:
        lists.append([one.label])
    cell = f"{quote_sheetname(SHEET)}!${_LETTERS['id']}$1"
    workbook.defined_names[STAMP_NAME] = DefinedName(STAMP_NAME, attr_text=cell, hidden=True)
    save(workbook, path)


def _check_lengths(book: AssessmentBook) -> None:
    """Tell before the work what would fail in the midst of it."""
    for row in book.rows:
        longest = max(row.values(), key=len)
        if len(longest) > MAX_CELL:
            size = number_text(len(longest))
            message = f"Mục {row['clause']}: một giá trị dài {size} ký tự, quá sức chứa của một ô bảng tính"
            raise Refused(f"{message}: “{longest[:60]}…”. Hãy ghi ngắn lại rồi xuất.")


def _write_table(workbook: Any, book: AssessmentBook) -> None:
    sheet = workbook.create_sheet(SHEET)
    last = HEADER_ROW + max(1, len(book.rows))
    _wrap_everywhere(workbook, sheet)
    _set_up(sheet, book, last)
    looks = _Looks(sheet)
    stamp = looks.filled(looks.of("stamp", font=_NOTE), book.stamp.model_dump_json())
    title = looks.filled(looks.of("title", font=_TITLE), book.title)
    gap = [None] * (list(_LETTERS).index("id") - _REPEATED - 1)
    sheet.append([*_MARGIN_CELLS, title, *gap, stamp])
    for line in book.lines:
        sheet.append([*_MARGIN_CELLS, looks.filled(looks.of("line", font=_NOTE), line)])
    sheet.row_dimensions[HEADER_ROW].height = _HEADER_HEIGHT
    sheet.append([looks.filled(looks.header(column), column.header) for column in COLUMNS])
    for number, row in enumerate(book.rows, start=HEADER_ROW + 1):
        sheet.row_dimensions[number] = {"ht": str(_LINE * _lines(row))}  # no custom height: it grows with what is typed
        sheet.append([looks.body(column, row[column.field]) for column in COLUMNS])


def _set_up(sheet: Any, book: AssessmentBook, last: int) -> None:
    """Widths, frozen panes, filter, drop-down, colours and the printed page; before any row goes out."""
    for column in COLUMNS:
        dimension = sheet.column_dimensions[_LETTERS[column.field]]
        dimension.width, dimension.hidden = column.width, column.hidden
    sheet.sheet_view.tabSelected = True
    sheet.freeze_panes = f"C{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{_LETTERS[COLUMNS[-1].field]}{last}"
    results = f"{_LETTERS['result']}{HEADER_ROW + 1}:{_LETTERS['result']}{last}"
    sheet.data_validations.append(_drop_down(results))
    _add_colours(sheet, last)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.scale = "landscape", 9, _SCALE
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.print_title_rows, sheet.print_title_cols = f"{HEADER_ROW}:{HEADER_ROW}", "A:B"
    sheet.col_breaks = ColBreak(brk=(Break(id=list(_LETTERS).index("result")),))
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN
    margins.bottom = 2 * _MARGIN
    sheet.oddFooter.left.text = book.stamp.assessment
    sheet.oddFooter.right.text = "Trang &P/&N"


def _add_colours(sheet: Any, last: int) -> None:
    """Lines, shades and colours as rules of the sheet: they hold for empty cells too, which are not written at all."""

    def add(first: str, end: str, condition: str, **look: Any) -> None:
        dxf = DifferentialStyle(border=_BORDER, **look)
        cells = f"{_LETTERS[first]}{HEADER_ROW + 1}:{_LETTERS[end]}{last}"
        rule = Rule(type="expression", formula=[condition], dxf=dxf, stopIfTrue=True)
        sheet.conditional_formatting.add(cells, rule)

    for one, (font, fill) in _COLOURS.items():
        add("result", "result", f'${_LETTERS["result"]}{HEADER_ROW + 1}="{one.label}"', font=font, fill=fill)
    add("equivalent", "equivalent_reason", f'${_LETTERS["choice"]}{HEADER_ROW + 1}<>"x"', fill=_NO_CHOICE)
    add(COLUMNS[0].field, "provider", "TRUE", fill=_GIVEN)
    add("result", "answered_on", "TRUE")


def _lines(row: Mapping[str, str]) -> int:
    """About how many lines the tallest cell of a row takes."""
    most = 1
    for field, width in _WIDTHS:
        text = row[field]
        if len(text) > width or "\n" in text:
            most = max(most, sum(1 + len(line) * 10 // (width * 11) for line in text.split("\n")))
    return min(most, _MOST_LINES)


def _drop_down(cells: str) -> DataValidation:
    found = DataValidation(
        type="list",
        formula1=f"{quote_sheetname(LISTS)}!$A$1:$A${len(Result)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Kết quả không có trong danh sách",
        error="Hãy chọn một trong năm kết quả: " + "; ".join(one.label for one in Result) + ".",
    )
    found.add(cells)
    return found


class _Looks:
    """One cell per look, filled again for every row: a row is written before the next one is made."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._known: dict[object, Any] = {}

    def of(self, name: object, **style: Any) -> Any:
        """The prototype of a look, made once."""
        cell = self._known.get(name)
        if cell is None:
            cell = self._known[name] = WriteOnlyCell(self._sheet)
            for part, value in style.items():
                setattr(cell, part, value)
            cell.number_format = "@"
        return cell

    @staticmethod
    def filled(cell: Any, text: str) -> Any:
        """The cell with a text in it; text stays text, nothing can run as a formula."""
        cell.value = text if text.isprintable() else clean(text)
        cell.data_type = "s"
        return cell

    def header(self, column: SheetColumn) -> Any:
        fill = _FILLED_IN_HEADER if column.editable else _GIVEN_HEADER
        return self.of(("header", column.field), font=_BOLD, fill=fill, alignment=_CENTRED, border=_BORDER)

    def body(self, column: SheetColumn, text: str) -> Any:
        """The cell of a data row, bare text where it may be: it takes the look of the workbook, and no time."""
        if not text:
            return None
        if text[0] in _RISKY_STARTS or not text.isprintable():
            risky = text[0] in _RISKY_STARTS
            return self.filled(self.of((column.field, risky), alignment=_WRAP, quotePrefix=risky), text)
        return text


def _wrap_everywhere(workbook: Any, sheet: Any) -> None:
    """Make wrapped text the look of every cell that has none of its own.

    openpyxl looks up the style of each styled cell again, which takes a third of the time of writing it. There is no
    public name for the looks cells have by default: Excel takes the first cell style, LibreOffice the style “Normal”.
    """
    cell = _Looks(sheet).of("everywhere", alignment=_WRAP)
    workbook._cell_styles[0] = cell._style
    normal = workbook._named_styles["Normal"]
    normal.alignment, normal.number_format = _WRAP, "@"


def _write_guide(workbook: Any) -> None:
    sheet = workbook.create_sheet(GUIDE)
    sheet.column_dimensions["A"].width = 120
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    looks = _Looks(sheet)
    for number, line in enumerate(GUIDE_LINES):
        look = looks.of("title", font=_TITLE) if number == 0 else looks.of("line", alignment=_WRAP)
        sheet.append([looks.filled(look, line if number == 0 else f"{number}. {line}")])
