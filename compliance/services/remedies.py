"""Remedying findings: say what is to be done by whom and by when, begin, report it done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain import finding_steps as steps
from compliance.domain.assessment import Answer
from compliance.domain.remediation import Finding, FindingStatus, Severity
from compliance.errors import Refused
from compliance.services.finding_records import all_taken, put, refuse
from compliance.services.records import head_of


@dataclass(frozen=True)
class Planning:
    """What is to be done; ``None`` keeps what was said before, an empty text clears it. ``cost`` in đồng."""

    measure: str | None = None
    unit_id: str | None = None
    due: date | None = None
    cost: int | None = None
    cost_line: str | None = None
    severity: Severity | None = None
    severity_reason: str = ""
    note: str | None = None

    @property
    def empty(self) -> bool:
        """Nothing is said at all."""
        return self == Planning(severity_reason=self.severity_reason)


def plan(workspace: Workspace, finding_ids: Sequence[str], planning: Planning, *, today: date) -> tuple[Finding, ...]:
    """Say what is done about findings, by whom and by when; all of them in one act, or none.

    Measure, unit and deadline go into the standing answer, which the dossier's plan prints too.

    Raises:
        NotFound: no such finding or unit.
        Refused: nothing is said, or one thing stands against it.
        BadData: several things stand against it; all are listed.
        Conflict: somebody changed one of them in the same moment.
    """
    if planning.empty:
        raise Refused("Chưa nêu gì để ghi. Hãy nêu biện pháp, đơn vị, thời hạn, kinh phí hoặc mức độ.")
    if planning.cost is not None and planning.cost < 0:
        raise Refused("Kinh phí không thể là số âm. Hãy ghi số tiền bằng đồng, hoặc 0 nếu không phát sinh.")
    if planning.unit_id:
        head_of(workspace, "unit", planning.unit_id)
    with workspace.act("Lập kế hoạch khắc phục") as act:
        taken = all_taken(workspace, act, finding_ids)
        refuse(
            fault
            for one in taken
            for fault in steps.against_planning(
                one.finding, planning.due, planning.severity, planning.severity_reason, today
            )
        )
        return tuple(put(act, one, _planned(one.finding, planning), _answer(one.answer, planning)) for one in taken)


def _planned(finding: Finding, planning: Planning) -> Finding:
    change: dict[str, object] = {
        name: said
        for name, said in (("cost", planning.cost), ("cost_line", planning.cost_line), ("note", planning.note))
        if said is not None
    }
    if planning.severity is not None and planning.severity_reason.strip():
        change |= {"severity": planning.severity, "severity_reason": planning.severity_reason.strip()}
    return finding.model_copy(update=change)


def _answer(answer: Answer, planning: Planning) -> Answer:
    change: dict[str, object] = {}
    if planning.measure is not None:
        change["measure"] = planning.measure.strip()
    if planning.unit_id is not None:
        change["responsible_unit_id"] = planning.unit_id or None
    if planning.due is not None:
        change["due"] = planning.due
    return answer.model_copy(update=change)


def begin(workspace: Workspace, finding_ids: Sequence[str], *, note: str = "") -> tuple[Finding, ...]:
    """Say that the work on findings has begun.

    Raises:
        NotFound: no such finding.
        Refused, BadData: a finding is not open; all are listed.
    """
    change = {"status": FindingStatus.IN_PROGRESS, **({"note": note} if note else {})}
    with workspace.act("Bắt đầu khắc phục") as act:
        taken = all_taken(workspace, act, finding_ids)
        refuse(fault for one in taken for fault in steps.against_beginning(one.finding))
        return tuple(put(act, one, one.finding.model_copy(update=change)) for one in taken)


def done(
    workspace: Workspace,
    finding_ids: Sequence[str],
    *,
    today: date,
    by: str = "",
    on: date | None = None,
    work: str = "",
) -> tuple[Finding, ...]:
    """Say that the work is done; somebody else then confirms it.

    Args:
        workspace: where the findings are recorded.
        finding_ids: the findings.
        today: nothing is done later.
        by: who did it; empty for whoever records.
        on: the day it was done; ``None`` for today.
        work: what was done; empty where the planned measure says it.

    Raises:
        NotFound: no such finding.
        Refused, BadData: something stands against it; all is listed.
    """
    day = on or today
    with workspace.act("Báo đã khắc phục") as act:
        taken = all_taken(workspace, act, finding_ids)
        said = {one.finding.id: work.strip() or one.answer.measure for one in taken}
        refuse(fault for one in taken for fault in steps.against_done(one.finding, said[one.finding.id], day, today))
        who = by.strip() or workspace.by
        return tuple(put(act, one, steps.done(one.finding, who, day, said[one.finding.id])) for one in taken)
