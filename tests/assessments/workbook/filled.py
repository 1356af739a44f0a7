"""The exported workbook in the hands of somebody who fills it in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from compliance.adapters.assessment_workbook import HEADER_ROW
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment
from compliance.domain.assessment_columns import COLUMNS, SHEET
from compliance.errors import BadData, Fault
from compliance.services.assessment_sheets import SheetImport, export_assessment, import_assessment
from tests.documents.office import TODAY

LETTERS = {column.field: get_column_letter(number) for number, column in enumerate(COLUMNS, start=1)}
FIRST = HEADER_ROW + 1


class Filled:
    """The sheet by requirement and field; :meth:`save` writes it as a spreadsheet program would."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)
        self.sheet: Any = self.book[SHEET]

    def row_of(self, requirement: str) -> int:
        column = self.sheet[LETTERS["id"]]
        return next(cast(int, cell.row) for cell in column if cell.row >= FIRST and cell.value == requirement)

    def cell(self, requirement: str, field: str) -> Any:
        return self.sheet[f"{LETTERS[field]}{self.row_of(requirement)}"]

    def header(self, field: str) -> Any:
        return self.sheet[f"{LETTERS[field]}{HEADER_ROW}"]

    def write(self, requirement: str, **cells: str | date) -> Filled:
        for field, text in cells.items():
            self.cell(requirement, field).value = text or None
        return self

    def rows(self) -> list[list[object]]:
        return [[cell.value for cell in row] for row in self.sheet.iter_rows(min_row=FIRST)]

    def put_rows(self, rows: list[list[object]]) -> Filled:
        """Other rows in place of those there are; texts stay texts, whatever they begin with."""
        for number, row in enumerate(rows, start=FIRST):
            for at, value in enumerate(row, start=1):
                cell = self.sheet.cell(number, at)
                cell.value = value
                cell.data_type = "s" if isinstance(value, str) else cell.data_type
        return self

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def exported(office: Workspace, check: Assessment, name: str = "phieu.xlsx") -> Filled:
    path = office.path.parent / name
    export_assessment(office, check.id, path)
    return Filled(path)


def imported(office: Workspace, check: Assessment, book: Filled | Path, **options: Any) -> SheetImport:
    path = book.save() if isinstance(book, Filled) else book
    return import_assessment(office, check.id, path, today=TODAY, **options)


def faults_of(office: Workspace, check: Assessment, book: Filled | Path) -> tuple[Fault, ...]:
    """Every fault the import tells; nothing must have been stored."""
    before = office.store.tip()
    try:
        imported(office, check, book)
    except BadData as error:
        assert office.store.tip() == before
        return error.faults
    raise AssertionError("the workbook was taken")
