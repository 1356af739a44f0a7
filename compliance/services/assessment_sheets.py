"""The workbook of one assessment: written to be filled in anywhere, read back with the difference shown first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.assessment_reading import read_assessment
from compliance.adapters.assessment_workbook import AssessmentBook, write_assessment
from compliance.adapters.workspace import Workspace
from compliance.domain.answer_rules import leaves_a_choice
from compliance.domain.assessment_columns import FORMAT, SHEET, ReadSheet, exported_cells, stamp_of
from compliance.domain.assessment_import import RowChange, RowRefusal, SheetProposal, propose
from compliance.domain.assessment_said import Setting
from compliance.domain.assessment_sheet import AssessmentSheet
from compliance.errors import BadData, Conflict, Fault, Refused
from compliance.services import assessments
from compliance.services.answering import Said, record


@dataclass(frozen=True)
class ExportReport:
    """A written workbook and how many requirements it holds."""

    path: Path
    rows: int


@dataclass(frozen=True)
class SheetImport:
    """What an import did, or would do while ``saved`` is false; ``refused`` rows never are stored."""

    assessment: str
    file: str
    dry_run: bool
    saved: bool = False
    changed: tuple[RowChange, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[RowRefusal, ...] = ()
    notes: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "assessment": self.assessment,
            "file": self.file,
            "dry_run": self.dry_run,
            "changed": [
                {
                    "requirement": one.requirement,
                    "fields": {name: {"old": old, "new": new} for name, (old, new) in one.fields.items()},
                }
                for one in self.changed
            ],
            "unchanged": list(self.unchanged),
            "refused": [{"requirement": one.requirement, "row": one.row, "reason": one.reason} for one in self.refused],
            "notes": [note._asdict() for note in self.notes],
            "faults": [fault._asdict() for fault in self.faults],
        }


def export_assessment(workspace: Workspace, assessment_id: str, path: Path, *, overwrite: bool = False) -> ExportReport:
    """Write the workbook of an assessment, whole or not at all.

    Raises:
        NotFound: there is no such assessment.
        Refused: no XLSX file, one that exists, or an answer longer than a cell holds.
        WorkspaceRefused: the place cannot be written.
    """
    book = assessment_book(workspace, assessment_id)
    write_assessment(path, book, overwrite=overwrite)
    return ExportReport(path, len(book.rows))


def assessment_book(workspace: Workspace, assessment_id: str) -> AssessmentBook:
    """What the workbook of an assessment holds."""
    sheet, now = assessments.load(workspace, assessment_id), workspace.now()
    one, lists = sheet.assessment, _list_versions(sheet)
    versions = "; ".join(f"{name} phiên bản {version}" for name, version in lists.items())
    return AssessmentBook(
        title=f"Phiếu kiểm tra, đánh giá an ninh mạng: {sheet.system_name}",
        lines=(
            f"Lần kiểm tra: {one.id} ({one.kind.label.lower()}) · Hệ thống: {one.system_id} · Cấp độ: {one.level}",
            f"Danh mục: {versions} · Xuất lúc {now:%H:%M ngày %d/%m/%Y} · Định dạng tệp: {FORMAT}",
            "Chỉ ghi vào các cột từ “Kết quả” đến “Ngày kiểm tra”; giữ nguyên dòng tiêu đề và các cột ẩn.",
        ),
        stamp=stamp_of(sheet, lists, now.isoformat(timespec="seconds")),
        written_at=now,
        rows=[
            exported_cells(number, row, choice=leaves_a_choice(row.requirement))
            for number, row in enumerate(sheet.rows, start=1)
        ],
    )


def import_assessment(
    workspace: Workspace,
    assessment_id: str,
    path: Path,
    *,
    today: date,
    dry_run: bool = False,
    force: bool = False,
    reason: str = "",
    agree: Callable[[SheetImport], bool] = lambda _: True,
) -> SheetImport:
    """Read a filled-in workbook and store what it changes, in one act; rows overtaken by newer answers are left aside.

    Args:
        workspace: where the assessment is.
        assessment_id: the assessment the workbook must be of.
        path: the workbook.
        today: no check lies after this day.
        dry_run: only say what would change.
        force: let edited rows replace answers newer than the export.
        reason: why; compulsory with ``force``, kept in the history of every answer stored.
        agree: is shown what would change and says whether to go on; asked once, only when there is something to store.

    Raises:
        NotFound: there is no such assessment or file.
        Refused: ``force`` without a reason, or the assessment was closed meanwhile.
        BadData: the workbook has faults; all are listed, nothing is stored.
        Conflict: answers kept changing while this one was being stored.
    """
    if force and not reason.strip():
        raise Refused("Ghi đè câu trả lời mới hơn phải nêu lý do: thêm --reason “…” cùng với --force.")
    read = read_assessment(path)
    report = _proposed(workspace, assessment_id, read, today, force=force, dry_run=dry_run)
    if dry_run or not report.changed or not agree(report):
        return report
    why = reason.strip() or f"Nhập phiếu kiểm tra từ tệp {read.file}"
    try:
        return _stored(workspace, report, today, why)
    except Conflict:  # somebody answered while one looked at the difference: those rows are left aside now
        return _stored(workspace, _proposed(workspace, assessment_id, read, today, force=force), today, why)


def _proposed(
    workspace: Workspace, assessment_id: str, read: ReadSheet, today: date, *, force: bool, dry_run: bool = False
) -> SheetImport:
    sheet = assessments.load(workspace, assessment_id)
    found = propose(read, sheet, _setting(workspace, sheet, today, force=force))
    if found.faults:
        message = f"Tệp “{read.file}” có {len(found.faults)} lỗi; chưa lưu gì. Hãy sửa trong tệp rồi nhập lại."
        raise BadData(message, found.faults)
    return _report(assessment_id, read.file, found, dry_run=dry_run)


def _report(assessment_id: str, file: str, found: SheetProposal, *, dry_run: bool) -> SheetImport:
    return SheetImport(
        assessment=assessment_id,
        file=file,
        dry_run=dry_run,
        changed=found.changed,
        unchanged=found.unchanged,
        refused=found.refused,
        notes=found.notes,
    )


def _setting(workspace: Workspace, sheet: AssessmentSheet, today: date, *, force: bool) -> Setting:
    heads = workspace.store.heads(assessments.ASSESSED, sheet.assessment.id)
    prefix = f"{sheet.assessment.id}/"
    return Setting(
        lists=_list_versions(sheet),
        saved={
            one.id.removeprefix(prefix): f"{one.recorded_by} lưu lúc {one.recorded_at:%H:%M ngày %d/%m/%Y}"
            for one in heads
        },
        today=today,
        force=force,
    )


def _list_versions(sheet: AssessmentSheet) -> Mapping[str, str]:
    """The versions of the lists the rows come from, which may be newer than those pinned when the check began."""
    return {one.id: one.version for one in assessments.lists_for(sheet.assessment).values()}


def _stored(workspace: Workspace, report: SheetImport, today: date, reason: str) -> SheetImport:
    said = [
        Said(
            requirement_id=one.requirement,
            result=one.said.stored_result,
            **one.said.texts,
            answered_by=one.said.answered_by,
            answered_on=one.said.answered_on,
            expected_version=one.version,
        )
        for one in report.changed
    ]
    if said:
        try:
            record(workspace, report.assessment, said, today=today, reason=reason)
        except BadData as error:  # what changed since the sheet was judged, such as a list or a provider
            raise BadData(str(error), [_placed(fault, report) for fault in error.faults]) from None
    return SheetImport(**{**vars(report), "saved": bool(said)})


def _placed(fault: Fault, report: SheetImport) -> Fault:
    """A fault of an answer with the row the answer comes from."""
    row = next((one.row for one in report.changed if fault.message.startswith(f"yêu cầu {one.requirement}:")), None)
    return fault._replace(file=report.file, sheet=SHEET, row=row)
