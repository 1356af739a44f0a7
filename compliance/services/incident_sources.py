"""What a paper of an incident is made from, gathered from the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from compliance.adapters.store import Revision
from compliance.adapters.workspace import Workspace
from compliance.domain.incident import Contact, Incident, Notice, NoticeKind
from compliance.domain.incident_composing import PaperSource
from compliance.domain.incident_rules import AfterDuty
from compliance.domain.memo import issuer_of
from compliance.domain.organization import Unit, commune_committee
from compliance.domain.system import Ownership, System
from compliance.services import organizations
from compliance.services.incident_records import INCIDENT, NOTICE, IncidentStatus
from compliance.services.roads import road_status


def paper_source(
    workspace: Workspace,
    status: IncidentStatus,
    kind: NoticeKind,
    contacts: tuple[Contact, ...],
    today: date,
    *,
    issuer_id: str = "",
) -> PaperSource:
    """Everything a paper of this kind may say.

    Raises:
        NotFound: there is no unit of this id.
    """
    incident = status.incident.model_copy(update={name: status.facts[name] for name in status.filled})
    units = organizations.units(workspace)
    heads = workspace.store.heads_of("system", incident.system_ids)
    found = {head.id: System.model_validate_json(head.body) for head in heads}
    concerned = tuple(found[id_] for id_ in incident.system_ids if id_ in found)
    owner = units.get(concerned[0].owner_id) if concerned else commune_committee(units.values())
    chosen = organizations.unit(workspace, issuer_id) if issuer_id else None
    return PaperSource(
        kind=kind,
        incident=incident,
        notices=status.notices,
        clocks=status.clocks,
        systems=concerned,
        levels={one.id: _level(workspace, one, today) for one in concerned},
        units=units,
        issuer=chosen or _issuer(concerned, owner, units),
        owner=owner,
        lead=units.get(incident.lead_unit_id or ""),
        contacts=contacts,
        before=_before(workspace, status) if kind is NoticeKind.UPDATE else None,
        after=_after(status) if kind is NoticeKind.CLOSING else (),
    )


def _issuer(concerned: tuple[System, ...], owner: Unit | None, units: Mapping[str, Unit]) -> Unit | None:
    """The owner; for a system of a superior that is only used here, the commune's own body."""
    if concerned and concerned[0].ownership is Ownership.USED:
        return issuer_of(concerned[0], units)
    return owner


def _level(workspace: Workspace, system: System, today: date) -> str:
    """The level in words with the paper that says so; empty where none is known."""
    status = road_status(workspace, system.id, today)
    approval, earlier = status.progress.approval, system.earlier_approval
    if approval is not None:
        return f"{approval.level} ({approval.paper.text if approval.paper else 'đã được phê duyệt'})"
    if earlier is not None and earlier.level:
        return f"{earlier.level} ({earlier.paper.text if earlier.paper else 'theo quyết định trước đây'})"
    return f"{status.level} (hồ sơ chưa được phê duyệt)" if status.level else ""


def _before(workspace: Workspace, status: IncidentStatus) -> Incident | None:
    """The incident as it was known when the last notice was sent; ``None`` where nothing was sent.

    What was written down after the moment of sending was not in it, nor what was after the notice was recorded.
    """
    last = max((one for one in status.notices if not one.undone), key=lambda one: one.sent_at, default=None)
    if last is None:
        return None
    history = workspace.store.history(INCIDENT, status.incident.id)
    recorded = workspace.store.history(NOTICE, last.id)[0]
    known = [one for one in history if _known(one, recorded, last)] or history[:1]
    return Incident.model_validate_json(known[-1].body)


def _known(one: Revision, recorded: Revision, last: Notice) -> bool:
    return one.seq < recorded.seq and one.recorded_at <= last.sent_at


def _after(status: IncidentStatus) -> tuple[AfterDuty, ...]:
    """What the law asks after it; advice of the program goes to no authority."""
    return tuple(_asked(status))


def _asked(status: IncidentStatus) -> Iterable[AfterDuty]:
    for one in status.rules.after:
        if not one.advice and one.when.truth(status.facts) is True:
            yield one
