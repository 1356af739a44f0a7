"""The workbook of 288 requirements, written and read back, beside openpyxl alone writing and reading the same cells."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook

from compliance.adapters.assessment_reading import read_assessment
from compliance.adapters.assessment_workbook import AssessmentBook, write_assessment
from compliance.adapters.law import load_checklist, load_regimes
from compliance.domain.assessment import Assessed, Assessment, AssessmentKind, Result
from compliance.domain.assessment_columns import COLUMNS, exported_cells, stamp_of
from compliance.domain.assessment_import import propose
from compliance.domain.assessment_said import Setting
from compliance.domain.assessment_sheet import AssessmentSheet, assessment_sheet
from compliance.domain.regime_status import regime_on

TODAY = date(2026, 11, 22)
LEVEL, ROWS = 5, 288


def _sheet() -> tuple[AssessmentSheet, dict[str, str]]:
    """Every requirement of the highest level, answered in a sentence."""
    regime = regime_on(TODAY, load_regimes())
    checklist = load_checklist(regime, LEVEL)
    assert len(checklist.requirements) == ROWS
    lists = {checklist.id: checklist.version}
    one = Assessment(
        id="he-thong-lon/2026-1",
        system_id="he-thong-lon",
        kind=AssessmentKind.SELF,
        regime=regime.id,
        level=LEVEL,
        lists=lists,
        assessor="Công an xã",
        started_on=TODAY,
    )
    answers = {
        each.id: (
            1,
            Assessed(
                assessment_id=one.id,
                requirement_id=each.id,
                checklist_id=checklist.id,
                result=list(Result)[number % 3],
                present_state="Đã ban hành quy trình; lần rà soát gần nhất vào tháng 10 năm 2026.",
                answered_by="Công an xã",
                answered_on=TODAY,
            ),
        )
        for number, each in enumerate(checklist.requirements)
    }
    return assessment_sheet(one, "Hệ thống lớn", [checklist], answers=answers, inherited={}, previous={}), lists


def _ours(sheet: AssessmentSheet, lists: dict[str, str], path: Path) -> None:
    """Export, read back, compare with what is stored."""
    book = AssessmentBook(
        title="Phiếu kiểm tra",
        lines=("Lần kiểm tra", "Danh mục", "Cách ghi"),
        stamp=stamp_of(sheet, lists, "2026-11-22T08:00:00+00:00"),
        written_at=datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
        rows=[exported_cells(number, row, choice=False) for number, row in enumerate(sheet.rows, start=1)],
    )
    write_assessment(path, book, overwrite=True)
    found = propose(read_assessment(path), sheet, Setting(lists, {}, TODAY))
    assert len(found.unchanged) == ROWS


def _alone(rows: list[list[str | None]]) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    read = load_workbook(buffer).worksheets[0]
    assert sum(1 for row in read.iter_rows(values_only=True) for _ in row) == len(rows) * len(COLUMNS)


def _seconds(task: Callable[[], object]) -> float:
    """Of the processor: how long one waits for it says how busy the machine is."""
    begun = time.process_time()
    task()
    return time.process_time() - begun


def measure(rounds: int = 15) -> list[tuple[str, str]]:
    """Best of each over the rounds, taken in turns after one warm-up."""
    sheet, lists = _sheet()
    texts = [exported_cells(number, row, choice=False) for number, row in enumerate(sheet.rows, start=1)]
    rows: list[list[str | None]] = [
        [column.header for column in COLUMNS],
        *([row[column.field] or None for column in COLUMNS] for row in texts),
    ]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "phieu.xlsx"
        _ours(sheet, lists, path)
        _alone(rows)
        pairs = [(_seconds(lambda: _ours(sheet, lists, path)), _seconds(lambda: _alone(rows))) for _ in range(rounds)]
    ratio = min(a for a, _ in pairs) / min(b for _, b in pairs)
    return [(f"assessment workbook of {ROWS} rows, out and back / openpyxl alone, same cells", f"{ratio:.2f}")]
