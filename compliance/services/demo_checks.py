"""The check of the demonstration: what a commune declared, taken as found, and the papers that follow from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, AssessmentKind, Result
from compliance.services import answering, assessments
from compliance.services.assessment_papers import draft_report
from compliance.services.dossier_papers import DraftFile
from compliance.services.field_sheets import print_field_sheet
from compliance.services.findings import standing_findings
from compliance.services.remediation_papers import draft_remediation_plan
from compliance.services.starting import Starting, start


def check(workspace: Workspace, system_id: str, *, today: date, out: Path) -> tuple[DraftFile, ...]:
    """Begin a self-check, answer it with what the inventory declares, and print sheet, report and remediation plan.

    Raises:
        Refused: the level of the system is not decided, or the folder cannot be written.
    """
    declared = assessments.answers(workspace, system_id)
    starting = Starting(AssessmentKind.SELF)
    one = start(workspace, system_id, starting, today=today).assessment
    known = {each.id for checklist in assessments.lists_for(one).values() for each in checklist.requirements}
    said = [_said(each) for each in declared if each.requirement_id in known and each.result is not Result.NOT_ASSESSED]
    answering.record(workspace, one.id, said, today=today, reason="Lấy theo bảng kê để làm mẫu")
    files = [print_field_sheet(workspace, one.id, out, today).file, draft_report(workspace, one.id, out, today).file]
    if standing_findings(workspace, system_id, today):
        files.append(draft_remediation_plan(workspace, system_id, out, today).printed.file)
    return tuple(files)


def _said(declared: Answer) -> answering.Said:
    return answering.Said(
        declared.requirement_id, declared.result, declared.present_state, declared.reason, answered_by="Bản mẫu"
    )
