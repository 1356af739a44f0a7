"""Incidents: record one, say more of it, judge it, contain, close and reopen it.

Every change is a new version of the record; nothing that was once said is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from compliance.adapters.store import Act
from compliance.adapters.workspace import Workspace
from compliance.domain.incident import Incident
from compliance.domain.moment import day_of, moment_said, moment_text
from compliance.domain.system import Status, System
from compliance.domain.wording import date_text, one_line, typed
from compliance.errors import BadData, Fault, Refused
from compliance.services.incident_checks import against_end, against_sent, lost_proofs, misfits, missing, too_late
from compliance.services.incident_records import (
    INCIDENT,
    NOTICE,
    IncidentStatus,
    as_json,
    incident,
    incident_status,
    incident_statuses,
    incidents,
    notices_of,
    rules_on,
    statuses_of,
)
from compliance.services.record_numbers import next_id
from compliance.services.records import head_of, put_over

__all__ = [
    "INCIDENT",
    "NOTICE",
    "IncidentStatus",
    "Telling",
    "as_json",
    "change",
    "close",
    "incident",
    "incident_status",
    "incident_statuses",
    "incidents",
    "notices_of",
    "record_incident",
    "remarks",
    "reopen",
    "rules_on",
    "statuses_of",
]


@dataclass(frozen=True)
class Telling:
    """What is said of an incident; ``None`` keeps what was said before, an empty text clears it.

    Moments may be given as typed. ``texts`` by the text fields of :class:`Incident`; ``signs`` by
    :data:`~compliance.domain.incident.SIGNS`, a sign given as ``None`` is taken back to unanswered.
    """

    title: str | None = None
    detected_at: datetime | str | None = None
    happened_at: datetime | str | None = None
    contained_at: datetime | str | None = None
    kind: str | None = None
    system_ids: tuple[str, ...] | None = None
    lead_unit_id: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, bool | None] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """What was said, by field of the incident, as it is kept; a moment that cannot be read is left out."""
        given: dict[str, Any] = {
            "title": None if self.title is None else one_line(self.title),
            "detected_at": moment_said(self.detected_at)[0],
            "happened_at": moment_said(self.happened_at)[0],
            "contained_at": moment_said(self.contained_at)[0],
            "kind": self.kind,
            "system_ids": None if self.system_ids is None else tuple(dict.fromkeys(self.system_ids)),
            "lead_unit_id": self.lead_unit_id,
        }
        said = {name: value for name, value in given.items() if value is not None}
        if said.get("lead_unit_id") == "":
            said["lead_unit_id"] = None
        return said | {name: typed(text) for name, text in self.texts.items()} | dict(self.signs)

    def unreadable(self) -> list[Fault]:
        """The moments that cannot be read."""
        moments = (("--at", self.detected_at), ("--happened", self.happened_at), ("--at", self.contained_at))
        return [Fault(told, column=option) for option, said in moments if (told := moment_said(said)[1])]


def record_incident(workspace: Workspace, said: Telling, *, now: datetime) -> Incident:
    """Record an incident; its id is taken inside the act.

    Raises:
        BadData: something is missing, wrong or in the future, or it is recorded late without a reason; all is listed.
        NotFound: no rules on incidents are known for today.
    """
    values = said.values()
    _, rules = rules_on(day_of(now))
    faults = [*missing(values, at_said=bool(said.detected_at)), *said.unreadable(), *misfits(workspace, values, now)]
    detected = values.get("detected_at")
    if detected is not None:
        faults += too_late(detected, str(values.get("recorded_late", "")), rules, now)
    _refuse(faults)
    with workspace.act("Ghi nhận sự cố") as act:
        _refuse_double(workspace, values)
        new = _valid({"id": next_id(workspace, INCIDENT, "sc", values["detected_at"].year), **values})
        act.put(INCIDENT, new.id, new.model_dump_json(exclude_defaults=True), 0)
    return new


def change(workspace: Workspace, incident_id: str, said: Telling, *, now: datetime, reason: str = "") -> Incident:
    """Say more or something else of an incident, as a new version.

    Raises:
        NotFound: there is none of this id.
        Refused: nothing is said.
        BadData: something of it is wrong, or does not fit what was already sent; all is listed.
    """
    values, unreadable = said.values(), said.unreadable()
    if not (values or unreadable):
        raise Refused("Chưa nêu gì để ghi. Xem các mục có thể ghi: compliance incidents update --help")
    _refuse([*unreadable, *misfits(workspace, values, now)])
    with workspace.act(reason.strip() or "Cập nhật sự cố") as act:
        before = _taken(workspace, act, incident_id)
        new = _valid({**before.model_dump(), **values})
        _refuse(against_sent(workspace, new))
        put_over(act, INCIDENT, new.id, new)
    return new


def close(
    workspace: Workspace, incident_id: str, *, at: datetime | str, outcome: str, now: datetime, override: str = ""
) -> Incident:
    """Close an incident.

    Args:
        workspace: where it is recorded.
        incident_id: which.
        at: when it was over, a moment or as typed.
        outcome: how it ended.
        now: nothing is closed later than this.
        override: why it is closed though something owed was not sent.

    Raises:
        NotFound: there is none of this id.
        Refused: it is closed already.
        BadData: the moment does not fit, nothing is said of the outcome, or notices are owed; all is listed.
    """
    (ended, unreadable), told = moment_said(at), typed(outcome)
    with workspace.act(f"Kết thúc sự cố: {typed(override)}" if override.strip() else "Kết thúc sự cố") as act:
        status = incident_status(workspace, incident_id, now)
        _refuse_end(status, ended, unreadable, told, override=override)
        new = _valid({**status.incident.model_dump(), "closed_at": ended, "outcome": told})
        put_over(act, INCIDENT, new.id, new)
    return new


def _refuse_end(
    status: IncidentStatus, ended: datetime | None, unreadable: str, outcome: str, *, override: str
) -> None:
    one = status.incident
    if one.closed_at is not None:
        raise Refused(
            f"{one.id} đã kết thúc lúc {moment_text(one.closed_at)}. Muốn xử lý tiếp thì mở lại: "
            f"compliance incidents reopen {one.id} --reason “…”"
        )
    faults = list(against_end(one, ended, outcome, status.now))
    if ended is None:
        faults.insert(0, Fault(unreadable or "chưa nêu lúc kết thúc.", column="--at"))
    if not override.strip():
        faults += [
            Fault(
                f"chưa gửi “{clock.rule.title}”: {clock.text(status.now)} ({clock.rule.citation}).",
                expected="gửi rồi ghi bằng compliance incidents sent; vẫn kết thúc thì thêm --override và "
                "--reason “…”.",
            )
            for clock in status.unmet
        ]
    _refuse(faults)


def reopen(workspace: Workspace, incident_id: str, *, reason: str) -> Incident:
    """Open a closed incident again; how it was closed stays in the history.

    Raises:
        NotFound: there is none of this id.
        Refused: it is open, or no reason is given.
    """
    if not reason.strip():
        raise Refused("Hãy nêu lý do: --reason “…”.")
    with workspace.act(f"Mở lại sự cố: {typed(reason)}") as act:
        before = _taken(workspace, act, incident_id)
        if not before.closed:
            raise Refused(f"{incident_id} đang mở, không cần mở lại.")
        new = before.model_copy(update={"closed_at": None, "outcome": ""})
        put_over(act, INCIDENT, new.id, new)
    return new


def remarks(workspace: Workspace, one: Incident) -> tuple[str, ...]:
    """What the one who records should heed: systems out of use, proofs whose file is gone."""
    found = []
    for head in workspace.store.heads_of("system", one.system_ids):
        system = System.model_validate_json(head.body)
        ended = system.ended_on
        if ended is not None and ended < day_of(one.detected_at):
            found.append(f"{system.name} đã ngừng sử dụng từ ngày {date_text(ended)}; hãy kiểm tra lại mã hệ thống.")
        elif ended is None and system.status is Status.DECOMMISSIONED:
            found.append(f"{system.name} ghi là đã ngừng sử dụng; hãy kiểm tra lại mã hệ thống.")
    return (*found, *lost_proofs(workspace, one.id))


def _taken(workspace: Workspace, act: Act, incident_id: str) -> Incident:
    head = act.head(INCIDENT, incident_id) or head_of(workspace, INCIDENT, incident_id)
    return Incident.model_validate_json(head.body)


def _refuse_double(workspace: Workspace, values: Mapping[str, Any]) -> None:
    for one in incidents(workspace):
        if one.title == values["title"] and one.detected_at == values["detected_at"]:
            raise Refused(
                f"Sự cố này đã ghi với mã {one.id}; chưa lưu thêm. Bổ sung bằng: compliance incidents update {one.id}"
            )


def _valid(values: Mapping[str, Any]) -> Incident:
    try:
        return Incident.model_validate(values)
    except ValidationError as error:
        told = [Fault(f"{str(one['msg']).removeprefix('Value error, ')}.") for one in error.errors()]
        _refuse(told)
        raise AssertionError("an error has faults") from error


def _refuse(faults: Iterable[Fault]) -> None:
    told: Sequence[Fault] = list(faults)
    if told:
        raise BadData(f"Sự cố có {len(told)} điểm chưa đúng; chưa lưu gì. Hãy sửa rồi làm lại.", told)
