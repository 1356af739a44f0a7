"""Findings (tồn tại): what checks found short of compliant and what the evidence does not bear out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer
from compliance.domain.finding_history import HistoryEntry, Version, history_of
from compliance.domain.finding_row import FindingKind, FindingRow, Setting, answer_row, evidence_row, in_order
from compliance.domain.organization import Unit
from compliance.domain.remediation import Finding
from compliance.domain.system import System
from compliance.errors import NotFound
from compliance.services import organizations
from compliance.services.closings import close, reopen
from compliance.services.deployments import SystemDeployment, deployment_of, deployments, system_deployment
from compliance.services.evidence_gaps import Gap, gap_counts, gaps
from compliance.services.finding_records import ANSWER, FINDING, is_gap, refuse_gap, unanswered
from compliance.services.pinned_lists import asked_of, asked_requirements
from compliance.services.records import head_of
from compliance.services.remedies import Planning, begin, done, plan

__all__ = [
    "BOTH",
    "Planning",
    "SystemDeployment",
    "begin",
    "close",
    "deployment_of",
    "deployments",
    "done",
    "finding",
    "findings",
    "gap_counts",
    "history",
    "plan",
    "reopen",
    "standing_findings",
    "system_deployment",
]

BOTH = frozenset(FindingKind)


def findings(
    workspace: Workspace,
    today: date,
    *,
    system_id: str = "",
    unit_id: str = "",
    overdue: bool = False,
    every: bool = False,
    kinds: Collection[FindingKind] = BOTH,
) -> tuple[FindingRow, ...]:
    """Findings with everything around them, what must be seen first in front (:func:`in_order`).

    Args:
        workspace: where they are recorded.
        today: decides what is overdue and which evidence is out of date.
        system_id: only of this system.
        unit_id: only those this unit is responsible for.
        overdue: only those past their day.
        every: those closed and withdrawn as well.
        kinds: of answers, of evidence, or both. Those of evidence are worked out from every answer there is, those
            of answers from the records of findings alone.

    Raises:
        NotFound: no such system or unit.
    """
    if system_id:
        head_of(workspace, "system", system_id)
    if unit_id:
        head_of(workspace, "unit", unit_id)
    known = [Finding.model_validate_json(one.body) for one in workspace.store.heads(FINDING, system_id)]
    standing = [one for one in known if one.status.standing]
    units = organizations.units(workspace)
    rows: list[FindingRow] = []
    if FindingKind.ANSWER in kinds:
        rows += _answer_rows(workspace, known if every else standing, units, today)
    if FindingKind.EVIDENCE in kinds:
        short = [one.id for one in standing]
        rows += _evidence_rows(workspace, list(gaps(workspace, today, system_id, short=short)), units, today)
    return in_order(row for row in rows if unit_id in {"", row.unit_id} and (row.overdue or not overdue))


def standing_findings(workspace: Workspace, system_id: str, today: date) -> tuple[FindingRow, ...]:
    """What of one system still has to be dealt with, evidence included.

    Raises:
        NotFound: no such system.
    """
    return findings(workspace, today, system_id=system_id)


def finding(workspace: Workspace, finding_id: str, today: date) -> FindingRow:
    """One finding, of an answer or of evidence.

    Raises:
        NotFound: there is none of this id; the nearest is offered.
    """
    if is_gap(finding_id):
        return _gap(workspace, finding_id, today)
    one = Finding.model_validate_json(head_of(workspace, FINDING, finding_id).body)
    return next(iter(_answer_rows(workspace, [one], organizations.units(workspace), today)))


def _gap(workspace: Workspace, finding_id: str, today: date) -> FindingRow:
    system_id = finding_id.partition("/")[0]
    rows = findings(workspace, today, system_id=system_id, kinds={FindingKind.EVIDENCE})
    found = next((row for row in rows if row.id == finding_id), None)
    if found is None:
        raise NotFound(
            f"Không còn tồn tại về minh chứng “{finding_id}”. Xem danh sách: compliance findings list --system "
            f"{system_id} --kind evidence"
        )
    return found


def _answer_rows(
    workspace: Workspace, known: Collection[Finding], units: dict[str, Unit], today: date
) -> Iterable[FindingRow]:
    heads = workspace.store.heads_of(ANSWER, (one.id for one in known))
    answers = {one.id: Answer.model_validate_json(one.body) for one in heads}
    asked = asked_requirements({one.checklist_id for one in known})
    setting = Setting(_names(workspace, (one.system_id for one in known)), units, today)
    for one in known:
        place = asked_of(asked, one.checklist_id, one.requirement_id)
        yield answer_row(one, answers.get(one.id) or unanswered(one), place, setting)


def _evidence_rows(
    workspace: Workspace, found: Collection[Gap], units: dict[str, Unit], today: date
) -> Iterable[FindingRow]:
    asked = asked_requirements({answer.checklist_id for _, answer in found})
    setting = Setting(_names(workspace, (gap.system_id for gap, _ in found)), units, today)
    for gap, answer in found:
        yield evidence_row(gap, answer, asked_of(asked, answer.checklist_id, answer.requirement_id), setting)


def _names(workspace: Workspace, system_ids: Iterable[str]) -> dict[str, str]:
    heads = workspace.store.heads_of("system", system_ids)
    return {one.id: System.model_validate_json(one.body).name for one in heads}


def history(workspace: Workspace, finding_id: str) -> tuple[HistoryEntry, ...]:
    """What became of a finding and of the answer it is about, oldest first.

    Raises:
        NotFound: there is no such finding.
        Refused: it is one of evidence, which is worked out at every reading and has no history.
    """
    if workspace.store.head(FINDING, finding_id) is None:
        refuse_gap(finding_id)
        head_of(workspace, FINDING, finding_id)
    versions = [
        Version(one.seq, one.recorded_at, one.recorded_by, one.reason, one.version, record)
        for kind, model in ((FINDING, Finding), (ANSWER, Answer))
        for one in workspace.store.history(kind, finding_id)
        if (record := model.model_validate_json(one.body)) is not None
    ]
    names = {id_: one.name for id_, one in organizations.units(workspace).items()}
    return history_of(versions, names)
