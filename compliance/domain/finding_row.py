"""Findings as an officer reads them: what is wrong, where, how bad, what is to be done by whom and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Frozen
from compliance.domain.organization import Unit
from compliance.domain.overview import unit_name
from compliance.domain.remediation import EvidenceGap, Finding, FindingStatus, GapKind, Severity, days_left


class FindingKind(StrEnum):
    """Where a finding comes from: an answer short of compliant, or evidence that does not bear an answer out."""

    ANSWER = "answer"
    EVIDENCE = "evidence"


class AskedRequirement(Frozen):
    """What a requirement asks, as lists of findings print it."""

    clause: str
    citation: str
    group: str
    statement: str
    evidence: str = ""


class FindingRow(Frozen):
    """One finding with everything around it.

    ``days_left`` counts from today to ``due``, below 0 when it has passed; for evidence out of date, to the day it
    ended. ``gap`` is set for the kind ``evidence`` only. ``cost`` in đồng.
    """

    id: str
    kind: FindingKind
    system_id: str
    system_name: str
    requirement_id: str
    checklist_id: str
    clause: str
    citation: str
    group: str
    statement: str
    status: FindingStatus
    severity: Severity
    severity_reason: str = ""
    result: Result
    present_state: str = ""
    measure: str = ""
    unit_id: str = ""
    unit_name: str = ""
    due: date | None = None
    days_left: int | None = None
    overdue: bool = False
    cost: int | None = None
    cost_line: str = ""
    assessment_id: str = ""
    opened_on: date | None = None
    work: str = ""
    done_by: str = ""
    done_on: date | None = None
    evidence_ids: tuple[str, ...] = ()
    closed_by: str = ""
    closed_on: date | None = None
    closed_alone: str = ""
    note: str = ""
    gap: EvidenceGap | None = None

    @property
    def planned(self) -> bool:
        """Measure, unit and deadline are all there."""
        return bool(self.measure and self.unit_id and self.due)

    @property
    def status_label(self) -> str:
        """Where it stands, in Vietnamese; for evidence, what is wrong with it."""
        if self.gap:
            return self.gap.kind.label
        met = self.result in {Result.COMPLIANT, Result.NOT_APPLICABLE}
        return "Kiểm tra sau không còn thiếu, chờ xác nhận" if met and self.status.at_work else self.status.label

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys, the Vietnamese wording beside the words programs read."""
        return {
            **self.model_dump(mode="json"),
            "status_label": self.status_label,
            "severity_label": self.severity.label,
            "result_label": self.result.label,
        }


@dataclass(frozen=True)
class Setting:
    """What rows are made against: names of systems by id, recorded units by id, the day."""

    names: Mapping[str, str]
    units: Mapping[str, Unit]
    today: date


def answer_row(finding: Finding, answer: Answer, asked: AskedRequirement, setting: Setting) -> FindingRow:
    """A stored finding with the standing answer that says what is to be done about it."""
    left = days_left(finding, answer.due, setting.today)
    taken = finding.model_dump(exclude={"checklist_id", "system_id", "requirement_id"})
    return FindingRow(
        id=finding.id,
        kind=FindingKind.ANSWER,
        **_place(answer, asked, setting),
        **taken,
        due=answer.due,
        days_left=left,
        overdue=left is not None and left < 0,
    )


def evidence_row(gap: EvidenceGap, answer: Answer, asked: AskedRequirement, setting: Setting) -> FindingRow:
    """A gap in the evidence of an answer; one that has run out is overdue."""
    left = (gap.since - setting.today).days if gap.since else None
    return FindingRow(
        id=gap.id,
        kind=FindingKind.EVIDENCE,
        **_place(answer, asked, setting),
        status=FindingStatus.OPEN,
        severity=gap.kind.severity,
        days_left=left,
        overdue=gap.kind is GapKind.EXPIRED,
        assessment_id=answer.assessment_id,
        gap=gap,
    )


def _place(answer: Answer, asked: AskedRequirement, setting: Setting) -> dict[str, Any]:
    unit_id = answer.responsible_unit_id or ""
    return {
        "system_id": answer.system_id,
        "system_name": setting.names.get(answer.system_id, answer.system_id),
        "requirement_id": answer.requirement_id,
        "checklist_id": answer.checklist_id,
        **asked.model_dump(exclude={"evidence"}),
        "result": answer.result,
        "present_state": answer.present_state,
        "measure": answer.measure,
        "unit_id": unit_id,
        "unit_name": unit_name(setting.units, unit_id),
    }


def in_order(rows: Iterable[FindingRow]) -> tuple[FindingRow, ...]:
    """What an officer must see first comes first.

    Findings of answers before those of evidence. Among them: overdue, the longest first; without a deadline, the worst
    first, because nobody has them in hand; with a deadline, the nearest first; done and waiting for confirmation;
    closed, the newest first.
    """
    return tuple(sorted(rows, key=_rank))


def _rank(row: FindingRow) -> tuple[object, ...]:
    severity, urgency = row.severity.rank, (0, 0, 0)
    if not row.status.standing:
        urgency = (4, -(row.closed_on or date.min).toordinal(), severity)
    elif row.status is FindingStatus.DONE:
        urgency = (3, (row.done_on or date.min).toordinal(), severity)
    elif row.days_left is None:
        urgency = (1, severity, 0)
    else:
        urgency = (0 if row.overdue else 2, row.days_left, severity)
    return (row.kind is FindingKind.EVIDENCE, *urgency, row.system_id, natural(row.requirement_id), row.id)


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that puts ``4.2`` before ``4.10``."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", text))
