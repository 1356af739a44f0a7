"""Findings of an assessment and their remediation (tồn tại, khắc phục).

Every answer short of compliant is a finding of the system, with a history of its own. What is to be done about it, by
whom and when stands in the system's :class:`~compliance.domain.assessment.Answer`, which the dossier's plan prints too.
Evidence that is missing, lost or out of date is worked out at every reading and never stored.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.assessment import Answer, Assessment, Result
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Binding, Requirement
from compliance.domain.evidence import Evidence
from compliance.domain.organization import ID_PATTERN


class Severity(StrEnum):
    """How much it matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {"high": "Cao", "medium": "Trung bình", "low": "Thấp"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class FindingStatus(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "open": "Chưa khắc phục",
            "in_progress": "Đang khắc phục",
            "done": "Đã làm, chờ xác nhận",
            "closed": "Đã đóng",
            "withdrawn": "Đã rút",
        }[self.value]

    @property
    def standing(self) -> bool:
        """Whether it still has to be dealt with."""
        return self not in {FindingStatus.CLOSED, FindingStatus.WITHDRAWN}

    @property
    def at_work(self) -> bool:
        """Whether the work is still to be done; once it is reported as done, others have to act."""
        return self in {FindingStatus.OPEN, FindingStatus.IN_PROGRESS}


class Finding(Frozen):
    """What an assessment found short of compliant; its record id is ``<system>/<requirement>``.

    ``cost`` in đồng, ``cost_line`` the budget line it is taken from. ``work`` is what was done about it.
    ``evidence_ids`` are the pieces it was closed on; ``closed_alone`` says why the one who did the work could also
    close it.
    """

    system_id: str = Field(pattern=ID_PATTERN)
    requirement_id: str
    checklist_id: str
    status: FindingStatus = FindingStatus.OPEN
    severity: Severity
    severity_reason: str = ""
    assessment_id: str = ""
    opened_on: date
    cost: int | None = Field(default=None, ge=0)
    cost_line: str = ""
    work: str = ""
    done_by: str = ""
    done_on: date | None = None
    evidence_ids: tuple[str, ...] = ()
    closed_by: str = ""
    closed_on: date | None = None
    closed_alone: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """The record id."""
        return f"{self.system_id}/{self.requirement_id}"


def days_left(finding: Finding, due: date | None, today: date) -> int | None:
    """Days until the deadline of work still to be done, below 0 once it has passed; ``None`` where nothing runs."""
    return (due - today).days if due is not None and finding.status.at_work else None


NOT_DONE: Mapping[str, object] = {
    "work": "",
    "done_by": "",
    "done_on": None,
    "evidence_ids": (),
    "closed_by": "",
    "closed_on": None,
    "closed_alone": "",
}
"""What a finding no longer says once it is open again."""


class GapKind(StrEnum):
    """What is wrong with the evidence of an answer."""

    MISSING = "missing"
    EXPIRED = "expired"
    LOST = "lost"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "missing": "Chưa có minh chứng",
            "expired": "Minh chứng hết hạn",
            "lost": "Tệp minh chứng mất hoặc hỏng",
        }[self.value]

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return {"missing": Severity.LOW, "expired": Severity.MEDIUM, "lost": Severity.HIGH}[self.value]


class EvidenceGap(Frozen):
    """An answer that claims more than its evidence shows; ``evidence_id`` names the piece, ``since`` when it ended."""

    kind: GapKind
    system_id: str
    requirement_id: str
    evidence_id: str = ""
    since: date | None = None

    @property
    def id(self) -> str:
        """Stable: the requirement, the kind of gap and the piece."""
        return "/".join(
            part for part in (self.system_id, self.requirement_id, self.kind.value, self.evidence_id) if part
        )


def severity_of(requirement: Requirement, result: Result) -> Severity:
    """How much a shortfall matters, unless the office says otherwise: a suggestion less than what is required."""
    if requirement.binding is Binding.SUGGESTED:
        return Severity.LOW
    return Severity.HIGH if result is Result.NON_COMPLIANT else Severity.MEDIUM


def after_answer(
    known: Finding | None, answer: Answer, requirement: Requirement, check: Assessment | None, today: date
) -> Finding | None:
    """What an answer makes of the finding of its requirement; ``None`` where there is nothing to store.

    Falling short opens one, or opens a closed one again; work reported as done is open again once a later check still
    finds it short. An answer that no longer falls short takes back a finding that the same check opened and nobody has
    worked on; any other stays until somebody closes it on evidence. Without a check the office declared the answer.
    """
    assessment_id = check.id if check else ""
    if answer.result.falls_short:
        severity = severity_of(requirement, answer.result)
        if known is None or not known.status.standing:
            return Finding(
                system_id=answer.system_id,
                requirement_id=answer.requirement_id,
                checklist_id=answer.checklist_id,
                severity=severity,
                assessment_id=assessment_id,
                opened_on=today,
            )
        return _still_short(known, severity, today, assessment_id)
    if known is None or known.status is not FindingStatus.OPEN or known.assessment_id != assessment_id:
        return None
    if check is not None and known.opened_on < check.started_on:  # an earlier check opened it; this one met it again
        return None
    return known.model_copy(
        update={
            "status": FindingStatus.WITHDRAWN,
            "closed_on": today,
            "note": "Đã trả lời lại trong cùng lần kiểm tra." if check else "Đơn vị đã khai lại.",
        }
    )


def _still_short(known: Finding, severity: Severity, today: date, assessment_id: str) -> Finding:
    """A standing finding that a check meets again; a severity the office set with a reason is kept."""
    change: dict[str, object] = {"assessment_id": assessment_id}
    if not known.severity_reason:
        change["severity"] = severity
    if known.status is FindingStatus.DONE and known.assessment_id != assessment_id:
        note = f"Lần kiểm tra {assessment_id} vẫn thấy chưa đạt."
        change |= {**NOT_DONE, "status": FindingStatus.OPEN, "opened_on": today, "note": note}
    return known.model_copy(update=change)


def moved(known: Finding, requirement_id: str, checklist_id: str) -> tuple[Finding, Finding]:
    """A finding whose requirement became another of a new list: the old one taken back, and the same work going on."""
    note = f"Theo dõi tiếp ở yêu cầu {requirement_id} của danh mục mới."
    return (
        known.model_copy(update={"status": FindingStatus.WITHDRAWN, "note": note}),
        known.model_copy(update={"requirement_id": requirement_id, "checklist_id": checklist_id}),
    )


def evidence_gaps(
    answers: Iterable[Answer],
    evidence: Mapping[tuple[str, str], tuple[Evidence, ...]],
    lost: Container[str],
    today: date,
) -> tuple[EvidenceGap, ...]:
    """Every answer that says compliant, wholly or in part, without evidence that counts.

    Args:
        answers: the standing answers.
        evidence: what serves each requirement, by system and requirement.
        lost: SHA-256 of files that are gone or damaged.
        today: decides what is out of date.
    """
    found: list[EvidenceGap] = []
    for answer in answers:
        if answer.result not in {Result.COMPLIANT, Result.PARTIALLY_COMPLIANT}:
            continue
        found += _gaps(answer, evidence.get((answer.system_id, answer.requirement_id), ()), lost, today)
    return tuple(found)


def _gaps(answer: Answer, pieces: tuple[Evidence, ...], lost: Container[str], today: date) -> Iterable[EvidenceGap]:
    gone = [one for one in pieces if one.file is not None and one.file.sha256 in lost]
    for one in gone:
        yield _gap(answer, GapKind.LOST, one)
    if any(one.counts(today) and one not in gone for one in pieces):
        return
    expired = [one for one in pieces if one.expired(today) and one not in gone]
    for one in expired:
        yield _gap(answer, GapKind.EXPIRED, one)
    if not (expired or gone):
        yield _gap(answer, GapKind.MISSING)


def _gap(answer: Answer, kind: GapKind, piece: Evidence | None = None) -> EvidenceGap:
    return EvidenceGap(
        kind=kind,
        system_id=answer.system_id,
        requirement_id=answer.requirement_id,
        evidence_id=piece.id if piece else "",
        since=piece.valid_until if piece and kind is GapKind.EXPIRED else None,
    )
