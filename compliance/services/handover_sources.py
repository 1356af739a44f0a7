"""What goes into a hand-over sheet: everything recorded that a unit answers for, whoever moves in mind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import Assignment, Custody
from compliance.domain.duty import DutyRow, DutyStatus, Source
from compliance.domain.evidence import EvidenceKind
from compliance.domain.finding_row import FindingKind
from compliance.domain.handover import (
    HandoverSource,
    OpenDossier,
    Original,
    concerns,
    decision_text,
)
from compliance.domain.incident import Contact
from compliance.domain.system import System
from compliance.services import assignments, enclosures, evidence, systems
from compliance.services.classifications import classify_all
from compliance.services.duties import duty_rows
from compliance.services.findings import findings
from compliance.services.incident_contacts import contacts
from compliance.services.incident_records import incidents
from compliance.services.roads import RoadStatus, statuses_of

_ELSEWHERE = frozenset({Source.FINDING, Source.CUSTODY, Source.CONTRACT, Source.ROAD})
"""Duties the other parts of the sheet already list."""


@dataclass(frozen=True)
class Gathered:
    """What the sheet prints; ``named`` = some record names whoever moves, ``undecided`` duties without a cadence."""

    source: HandoverSource
    system_ids: tuple[str, ...]
    undecided: int
    named: bool


def gathered(
    workspace: Workspace, unit_id: str, today: date, ahead: int, *, holder: str = "", position: str = ""
) -> Gathered:
    """Everything a unit hands over.

    Args:
        workspace: where it is recorded.
        unit_id: the unit.
        today: the day everything is read.
        ahead: days ahead whose deadlines count.
        holder: who moves; what names somebody else is left out.
        position: the office of whoever moves, likewise.

    Raises:
        NotFound: no such unit, or no regime in force.
    """
    held = [one for one in assignments.assignments(workspace) if _still(one, today) and one.unit_id == unit_id]
    held = [one for one in held if concerns(one, holder, position)]
    out = [one for one in assignments.custodies(workspace) if one.out and one.unit_id == unit_id]
    out = [one for one in out if concerns(one, holder, position)]
    every = {one.id: one for one in systems.systems(workspace)}
    own = _own(every.values(), unit_id, held)
    roads = [one for one in _roads(workspace, today) if one.system.id in own]
    due = _duties(workspace, unit_id, today, ahead)
    source = HandoverSource(
        assignments=tuple(held),
        duties=tuple(one for one in due if one.status is not DutyStatus.UNDECIDED),
        findings=findings(workspace, today, unit_id=unit_id, kinds={FindingKind.ANSWER}),
        incidents=tuple(
            one
            for one in incidents(workspace)
            if not one.closed and (one.lead_unit_id == unit_id or own & set(one.system_ids))
        ),
        dossiers=tuple(_dossier(one) for one in roads if one.awaited is not None),
        originals=tuple(_originals(workspace, own, every, roads, today)),
        custody=tuple(out),
        contracts=tuple(
            one
            for one in assignments.contracts(workspace)
            if one.runs and (one.unit_id == unit_id or (one.unit_id is None and own & set(one.system_ids)))
        ),
        contacts=tuple(_contacts(workspace, own)),
        names={id_: one.name for id_, one in every.items()},
        numbers={id_: number for number, id_ in enumerate(sorted(own), start=1)},
        today=today,
    )
    people = [(one.holder, one.position) for one in held] + [(one.holder, one.position) for one in out]
    named = any(who or office for who, office in people)
    undecided = sum(one.status is DutyStatus.UNDECIDED for one in due)
    return Gathered(source, tuple(sorted(own)), undecided, named)


def _still(one: Assignment, today: date) -> bool:
    """Held now, or about to begin."""
    return not one.withdrawn and (one.until is None or one.until >= today)


def _own(every: Iterable[System], unit_id: str, held: Sequence[Assignment | Custody]) -> set[str]:
    """The systems the unit owns, runs or protects, and those it was assigned to."""
    found = {id_ for one in held for id_ in one.system_ids}
    for one in every:
        if unit_id in {one.owner_id, one.operator_id, one.security_unit_id, one.local_unit_id}:
            found.add(one.id)
    return found


def _roads(workspace: Workspace, today: date) -> tuple[RoadStatus, ...]:
    return statuses_of(workspace, classify_all(workspace, today), today)


def _duties(workspace: Workspace, unit_id: str, today: date, ahead: int) -> tuple[DutyRow, ...]:
    rows = duty_rows(workspace, today, unit_id=unit_id, within=ahead)
    return tuple(one for one in rows if one.source not in _ELSEWHERE)


def _dossier(one: RoadStatus) -> OpenDossier:
    act = one.awaited
    deadline = act.deadline if act else None
    return OpenDossier(
        system_name=one.system.name,
        stage=one.stage_label,
        awaited=act.step.title if act else "",
        due=deadline.due if deadline else None,
        overdue=bool(deadline and deadline.overdue),
    )


def _originals(
    workspace: Workspace, own: Collection[str], every: dict[str, System], roads: Sequence[RoadStatus], today: date
) -> Iterable[Original]:
    """Papers on the shelf, approvals, the owner's rules, enclosures; those on the shelf say where they lie."""
    for filed in evidence.filed(workspace):
        piece, serves = filed.evidence, {one.system_id for one in filed.supports}
        if piece.kind is EvidenceKind.PAPER and not piece.withdrawn and (not serves or serves & set(own)):
            sheets = piece.shelf.sheets if piece.shelf else None
            yield Original(what=piece.text_line, place=piece.where, sheets=sheets)
    for road in roads:
        approval = road.progress.approval
        if approval is not None:
            called = f"Quyết định phê duyệt cấp độ của “{road.system.name}”"
            yield Original(what=decision_text(approval.paper, called))
    rules = {rule.text for id_ in sorted(own) if (rule := enclosures.own_rules(workspace, every[id_], today))}
    yield from (Original(what=f"Quy chế: {text}") for text in sorted(rules))
    for id_ in sorted(own):
        for kept in enclosures.enclosures_of(workspace, id_, today):
            number = f" số {kept.enclosure.number}" if kept.enclosure.number else ""
            yield Original(
                what=f"{kept.slot.title.rstrip('.')}{number} ({kept.enclosure.file_name}), {every[id_].name}"
            )


def _contacts(workspace: Workspace, own: Collection[str]) -> Iterable[Contact]:
    """The contact list of incidents: that of the whole commune, and of the unit's systems."""
    return (one for one in contacts(workspace) if not one.system_ids or set(own) & set(one.system_ids))
