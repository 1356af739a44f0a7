"""Confirming that findings are remedied, on evidence, and opening them again where the remedy does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from compliance.adapters.store import Act
from compliance.adapters.workspace import Workspace
from compliance.domain import finding_steps as steps
from compliance.domain.assessment import Answer
from compliance.domain.evidence import Evidence, Support
from compliance.domain.remediation import Finding, FindingStatus
from compliance.errors import Refused
from compliance.services import reliances
from compliance.services.evidence import SUPPORT, evidence, evidence_of, lost_files
from compliance.services.finding_records import ANSWER, put, refuse, taken_for
from compliance.services.pinned_lists import pinned_lists
from compliance.services.records import put_over


def close(
    workspace: Workspace,
    finding_id: str,
    *,
    today: date,
    evidence_ids: Sequence[str] = (),
    by: str = "",
    on: date | None = None,
    reason: str = "",
) -> Finding:
    """Confirm that a finding is remedied, on evidence; the standing answer becomes compliant in the same act.

    Args:
        workspace: where the finding is recorded.
        finding_id: the finding.
        today: nothing is closed later.
        evidence_ids: pieces that show it, linked to the requirement where they are not yet; none = those linked since
            the finding was opened.
        by: who confirms; empty for whoever records.
        on: the day it was confirmed; ``None`` for today.
        reason: why the doer confirms alone, or any other remark.

    Raises:
        NotFound: no such finding or piece.
        Refused, BadData: something stands against it (no evidence that counts, the doer alone, …); all is listed.
    """
    who, day = by.strip() or workspace.by, on or today
    with workspace.act(reason or "Xác nhận đã khắc phục, đóng tồn tại") as act:
        taken = taken_for(workspace, act, finding_id)
        finding = taken.finding
        named = tuple(evidence(workspace, id_) for id_ in dict.fromkeys(evidence_ids))
        faults = list(steps.against_closing(finding, who, day, today, reason))
        pieces, against = _proof(workspace, finding, named, day)
        refuse([*faults, *against] if finding.status is FindingStatus.DONE else faults)
        _link(act, finding, named)
        closed = steps.closed(finding, who, day, reason, [one.id for one in pieces])
        own = _inherits(workspace, taken.answer)
        return put(act, taken, closed, steps.remedied(taken.answer, finding, own_check=own))


def _proof(
    workspace: Workspace, finding: Finding, named: Sequence[Evidence], on: date
) -> tuple[tuple[Evidence, ...], list[str]]:
    """What a finding is closed on, and what stands against it; files are read to see that they are whole."""
    if named:
        lost = lost_files(workspace, named)
        return tuple(named), [told for one in named if (told := steps.against_evidence(one, lost, on))]
    linked = _linked(workspace, finding)
    lost = lost_files(workspace, linked)
    pieces = steps.proof(finding, linked, lost, on)
    return pieces, [] if pieces else [steps.no_proof(finding, linked, lost, on)]


def _linked(workspace: Workspace, finding: Finding) -> tuple[Evidence, ...]:
    return evidence_of(workspace, finding.id).get((finding.system_id, finding.requirement_id), ())


def _link(act: Act, finding: Finding, pieces: Iterable[Evidence]) -> None:
    for one in pieces:
        link = Support(system_id=finding.system_id, requirement_id=finding.requirement_id, evidence_id=one.id)
        head = act.head(SUPPORT, link.id)
        if head is None or Support.model_validate_json(head.body).removed:
            put_over(act, SUPPORT, link.id, link)


def _inherits(workspace: Workspace, answer: Answer) -> bool:
    """Whether a provider's answer waits behind this one, which counts only as that of a check."""
    if not reliances.reliances(workspace, answer.system_id):
        return False
    place = pinned_lists({answer.checklist_id}).get(answer.checklist_id)
    if place is None:
        return False
    return answer.requirement_id in reliances.inherited_by(workspace, answer.system_id, place.regime, place.level)


def reopen(workspace: Workspace, finding_id: str, *, today: date, reason: str) -> Finding:
    """Open a finding again whose remedy does not hold; the standing answer falls short again, without a deadline.

    Raises:
        NotFound: no such finding.
        Refused: no reason is given, or it was neither reported as done nor closed.
    """
    if not reason.strip():
        raise Refused("Hãy nêu lý do mở lại tồn tại: --reason “…”.")
    with workspace.act(reason) as act:
        taken = taken_for(workspace, act, finding_id)
        finding = taken.finding
        if finding.status not in {FindingStatus.DONE, FindingStatus.CLOSED}:
            raise Refused(_not_reopened(finding))
        answer = taken.answer
        if finding.status is FindingStatus.CLOSED:
            older = reversed(workspace.store.history(ANSWER, finding.id))
            answer = steps.short_again(answer, (Answer.model_validate_json(one.body) for one in older))
        return put(act, taken, steps.reopened(finding, reason, today), answer)


def _not_reopened(finding: Finding) -> str:
    if finding.status.standing:
        return f"{finding.id}: đang ở trạng thái “{finding.status.label}” nên không có gì để mở lại."
    return (
        f"{finding.id}: đã rút vì yêu cầu được trả lời lại. Muốn mở thì trả lời lại yêu cầu đó trong lần kiểm tra "
        f"{finding.assessment_id}."
    )
