"""Assignments: who holds which role from when to when by which decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import Assignment, Contract, Custody, DutyRole
from compliance.domain.assignment_rules import all_overlaps, overlaps
from compliance.domain.overview import unit_name
from compliance.domain.system import System
from compliance.domain.wording import date_text
from compliance.errors import NotFound, Refused
from compliance.services import organizations
from compliance.services.record_numbers import next_id
from compliance.services.records import head_of, put_over
from compliance.services.typed_options import TypedOptions

KIND, CUSTODY, CONTRACT = "assignment", "custody", "contract"
_KINDS: Mapping[str, tuple[str, type[Assignment | Custody | Contract]]] = {
    "pc": (KIND, Assignment),
    "tb": (CUSTODY, Custody),
    "hd": (CONTRACT, Contract),
}
"""What the first letters of an id say."""


@dataclass(frozen=True)
class Assigning:
    """What is said of an assignment, as typed; ``paper`` may cite number, day and issuer in one."""

    role: DutyRole
    unit_id: str
    since: date | str
    until: date | str | None = None
    position: str = ""
    holder: str = ""
    system_ids: tuple[str, ...] = ()
    task: str = ""
    paper: str = ""
    paper_date: date | str | None = None
    paper_issuer: str = ""
    note: str = ""


@dataclass(frozen=True)
class Assigned:
    """The assignment as recorded, and what overlaps it."""

    assignment: Assignment
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class AssignmentRow:
    """One assignment with the names around it, and whether it counts on the day asked for."""

    assignment: Assignment
    unit_name: str
    systems: tuple[str, ...]
    holds: bool

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        one = self.assignment
        return {
            **one.model_dump(mode="json"),
            "role_label": one.role.label,
            "unit_name": self.unit_name,
            "system_names": list(self.systems),
            "paper_text": one.paper.text if one.paper else "",
            "holds": self.holds,
        }


def assign(workspace: Workspace, said: Assigning) -> Assigned:
    """Record that a unit, or somebody within, holds a role.

    Raises:
        BadData: unknown unit or systems, days that cannot be read or out of order, and the like; all are listed.
        WorkspaceRefused: the workspace cannot be written.
    """
    told = TypedOptions(workspace, "Phân công")
    since, until = told.day(said.since, "--since"), told.day(said.until, "--until")
    if not said.since:
        told.fault("chưa ghi từ ngày nào.", "--since")
    unit_id, system_ids = told.unit(said.unit_id), told.systems(said.system_ids)
    if not unit_id:
        told.fault("chưa ghi đơn vị giữ vai trò.", "--unit")
    fields: dict[str, Any] = {
        "role": said.role,
        "unit_id": unit_id,
        "since": since,
        "until": until,
        "system_ids": system_ids,
        "position": told.line(said.position, "--position"),
        "holder": told.line(said.holder, "--holder"),
        "task": told.line(said.task, "--task"),
        "paper": told.paper(said.paper, said.paper_date, said.paper_issuer),
        "note": told.remark(said.note, "--note"),
    }
    if said.role is DutyRole.OTHER and not fields["task"]:
        told.fault("vai trò khác thì phải ghi rõ nhiệm vụ.", "--task")
    if since and until and until < since:
        told.fault(
            f"ngày thôi {date_text(until)} trước ngày bắt đầu {date_text(since)}; hãy đối chiếu quyết định.", "--until"
        )
    paper = fields["paper"]
    if since and paper and paper.issued_on and paper.issued_on > since:
        told.fault(
            f"văn bản ký ngày {date_text(paper.issued_on)}, sau ngày bắt đầu {date_text(since)}; ghi ngày văn bản có "
            "hiệu lực.",
            "--since",
        )
    told.refuse()
    with workspace.act("Ghi phân công") as act:
        others = assignments(workspace)
        year = since.year if since else 0
        one = Assignment(id=next_id(workspace, KIND, "pc", year), **fields)
        put_over(act, KIND, one.id, one)
    return Assigned(one, overlaps(one, others))


def end(
    workspace: Workspace,
    assignment_id: str,
    *,
    on: date | str,
    paper: str = "",
    paper_date: date | str | None = None,
    paper_issuer: str = "",
) -> Assignment:
    """Say that a role was held for the last time on a day, by which decision.

    Raises:
        NotFound: no such assignment.
        Refused: it was withdrawn, or had ended by then.
        BadData: the day or the decision cannot be read, or lies before the beginning; all is listed.
    """
    told = TypedOptions(workspace, "Việc thôi giữ vai trò")
    day, by = told.day(on, "--on"), told.paper(paper, paper_date, paper_issuer)
    if not on:
        told.fault("chưa ghi ngày thôi giữ vai trò.", "--on")
    with workspace.act(f"Thôi giữ vai trò {assignment_id}") as act:
        one = Assignment.model_validate_json(head_of(workspace, KIND, assignment_id).body)
        if one.withdrawn:
            raise Refused(f"{one.id} đã rút ({one.withdrawn}) nên không còn gì để ghi thôi.")
        if day and day < one.since:
            told.fault(f"{one.id} bắt đầu từ ngày {date_text(one.since)}, sau ngày {date_text(day)}.", "--on")
        told.refuse()
        if day and one.until is not None and one.until <= day:
            raise Refused(
                f"{one.id} đã thôi từ hết ngày {date_text(one.until)}. Nếu ghi nhầm thì rút rồi ghi lại: compliance "
                f"assignments withdraw {one.id} --reason “…”"
            )
        ended = one.model_copy(update={"until": day, "ended_by": by or one.ended_by})
        put_over(act, KIND, one.id, ended)
    return ended


def withdraw(workspace: Workspace, record_id: str, *, reason: str) -> Assignment | Custody | Contract:
    """Take back an assignment, a thing handed over or a contract recorded in error; the history keeps it.

    Raises:
        NotFound: there is none of this id.
        Refused: no reason, or taken back before.
    """
    why = TypedOptions(workspace, "Lý do").line(reason, "--reason")
    if not why:
        raise Refused("Hãy nêu lý do: --reason “…”.")
    kind, _ = _kind_of(record_id)
    with workspace.act(why) as act:
        one = record(workspace, record_id)
        if one.withdrawn:
            raise Refused(f"{one.id} đã rút trước đó: {one.withdrawn}")
        gone = one.model_copy(update={"withdrawn": why})
        put_over(act, kind, one.id, gone)
    return gone


def record(workspace: Workspace, record_id: str) -> Assignment | Custody | Contract:
    """An assignment (``pc-``), a thing handed over (``tb-``) or a contract (``hd-``).

    Raises:
        NotFound: there is none of this id; the nearest is offered.
    """
    kind, model = _kind_of(record_id)
    return model.model_validate_json(head_of(workspace, kind, record_id).body)


def _kind_of(record_id: str) -> tuple[str, type[Assignment | Custody | Contract]]:
    found = _KINDS.get(record_id.strip().lower().partition("-")[0])
    if found is None:
        raise NotFound(
            f"Không có bản ghi “{record_id}”. Mã phân công bắt đầu bằng pc-, thiết bị và tài khoản bằng tb-, hợp đồng "
            "bằng hd-. Xem danh sách: compliance assignments list"
        )
    return found


def assignments(workspace: Workspace, on: date | None = None) -> tuple[Assignment, ...]:
    """Every assignment ordered by id; with a day, those that count on it."""
    every = (Assignment.model_validate_json(head.body) for head in workspace.store.heads(KIND))
    return tuple(one for one in every if on is None or one.holds(on))


def custodies(workspace: Workspace) -> tuple[Custody, ...]:
    """Everything that was ever handed over, ordered by id; what somebody still holds is :attr:`Custody.out`."""
    return tuple(Custody.model_validate_json(head.body) for head in workspace.store.heads(CUSTODY))


def contracts(workspace: Workspace) -> tuple[Contract, ...]:
    """Every contract, ordered by id; those not ended are :attr:`Contract.runs`."""
    return tuple(Contract.model_validate_json(head.body) for head in workspace.store.heads(CONTRACT))


def listed(
    workspace: Workspace, day: date, *, unit_id: str = "", role: DutyRole | None = None, every: bool = False
) -> tuple[AssignmentRow, ...]:
    """Assignments that count on a day; ``every``: also past, future and withdrawn ones.

    Raises:
        NotFound: no such unit.
    """
    if unit_id:
        head_of(workspace, "unit", unit_id)
    units = organizations.units(workspace)
    kept = [one for one in assignments(workspace) if every or one.holds(day)]
    kept = [one for one in kept if unit_id in {"", one.unit_id} and role in {None, one.role}]
    called = system_names(workspace, kept)
    return tuple(
        AssignmentRow(
            assignment=one,
            unit_name=unit_name(units, one.unit_id),
            systems=tuple(called.get(id_, id_) for id_ in one.system_ids),
            holds=one.holds(day),
        )
        for one in kept
    )


def overlapping(workspace: Workspace, day: date) -> tuple[str, ...]:
    """What of the assignments that count on a day says the same twice, or puts two in charge of the same."""
    return all_overlaps(assignments(workspace, day))


def system_names(workspace: Workspace, about: Iterable[Assignment | Custody | Contract]) -> dict[str, str]:
    """The names of the systems these records name, by id."""
    ids = {id_ for one in about for id_ in one.system_ids}
    return {head.id: System.model_validate_json(head.body).name for head in workspace.store.heads_of("system", ids)}
