"""Recording that what an incident brought about was done, and taking such a record back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from compliance.adapters.workspace import Workspace
from compliance.domain.duty import Done
from compliance.domain.incident import Incident
from compliance.domain.incident_rules import AfterDuty
from compliance.domain.moment import VIETNAM
from compliance.domain.wording import date_text, nearest, typed
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services.evidence import unknown_evidence
from compliance.services.incident_duties import DUTY, NOON, after_id_of, detected_on, done_of, subjects
from compliance.services.incident_records import IncidentStatus, incident_status
from compliance.services.records import put_over


@dataclass(frozen=True)
class Following:
    """What is said of a duty after an incident when it was done."""

    on: date | None = None
    by: str = ""
    system_ids: tuple[str, ...] = ()
    evidence_ids: tuple[str, ...] = ()
    note: str = ""


def record_followed(
    workspace: Workspace, incident_id: str, after_id: str, said: Following, *, today: date
) -> tuple[Done, ...]:
    """Record that a duty an incident brought about was done; raises as :func:`followings`."""
    with workspace.act(f"Ghi nhận đã làm sau sự cố {incident_id}: {after_id}") as act:
        made = followings(workspace, incident_id, after_id, said, today=today)
        for done in made:
            put_over(act, DUTY, done.id, done)
    return made


def followings(
    workspace: Workspace, incident_id: str, after_id: str, said: Following, *, today: date
) -> tuple[Done, ...]:
    """What is to be recorded of a duty an incident brought about, for its systems or those named; asked inside an act.

    The law sets no day for it, so the day it was due is the day it was done: it is never late.

    Raises:
        NotFound: there is no such incident, or it brings about no such duty.
        Refused: it was recorded before.
        BadData: the day, a system or a piece of evidence does not fit; all faults are listed.
    """
    status = incident_status(workspace, incident_id, datetime.combine(today, NOON, VIETNAM))
    one, after = status.incident, _after(status, after_id)
    day = said.on or today
    _refuse([*_against(workspace, one, said, day, today)])
    open_ = [
        subject
        for subject in said.system_ids or subjects(one)
        if not done_of(workspace, after_id_of(subject, one, after_id))
    ]
    if not open_:
        raise Refused(f"“{after.what}” sau sự cố {incident_id} đã ghi là đã làm; không ghi lại.")
    return tuple(
        Done(
            duty_id=after_id_of(subject, one, after_id),
            due=day,
            on=day,
            what=after.what,
            citation=after.citation,
            by=said.by.strip() or workspace.by,
            evidence_ids=tuple(dict.fromkeys(said.evidence_ids)),
            note=typed(said.note),
        )
        for subject in open_
    )


def undo_followed(workspace: Workspace, incident_id: str, after_id: str, *, reason: str, today: date) -> int:
    """Take back that a duty was done, for every system; how many records that were.

    Raises:
        NotFound: there is no such incident or duty.
        Refused: no reason is given, or nothing was recorded.
    """
    if not reason.strip():
        raise Refused("Hãy nêu lý do: --reason “…”.")
    with workspace.act(f"Bỏ ghi nhận đã làm sau sự cố {incident_id}: {typed(reason)}") as act:
        status = incident_status(workspace, incident_id, datetime.combine(today, NOON, VIETNAM))
        _after(status, after_id)
        ids = (after_id_of(subject, status.incident, after_id) for subject in subjects(status.incident))
        taken = [done for id_ in ids if (done := done_of(workspace, id_))]
        if not taken:
            raise Refused(f"Việc “{after_id}” sau sự cố {incident_id} chưa ghi là đã làm.")
        for done in taken:
            put_over(act, DUTY, done.id, done.model_copy(update={"undone": typed(reason)}))
    return len(taken)


def _after(status: IncidentStatus, after_id: str) -> AfterDuty:
    owed = {one.id: one for one in status.rules.after if one.when.truth(status.facts) is True}
    if after_id in owed:
        return owed[after_id]
    near = nearest(after_id, owed)
    hint = f"Gần nhất là “{near}”." if near else f"Có: {', '.join(owed) or 'chưa có việc nào'}."
    raise NotFound(f"Sự cố {status.incident.id} không kéo theo việc “{after_id}”. {hint}")


def _against(workspace: Workspace, one: Incident, said: Following, day: date, today: date) -> Iterable[Fault]:
    if day > today:
        yield Fault(f"ngày {date_text(day)} chưa tới.", column="--on", expected="ngày đã làm thật.")
    if day < detected_on(one):
        yield Fault(f"ngày {date_text(day)} trước ngày phát hiện sự cố ({date_text(detected_on(one))}).", column="--on")
    for system_id in said.system_ids:
        if system_id not in one.system_ids:
            yield Fault(f"sự cố {one.id} không ghi hệ thống “{system_id}”.", column="--system")
    yield from unknown_evidence(workspace, said.evidence_ids)


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise BadData(f"Có {len(faults)} điểm chưa đúng; chưa lưu gì. Hãy sửa rồi làm lại.", faults)
