"""What is handed to offices and must come back, be renewed or be closed: devices, tokens, accounts, certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.adapters.law import load_scripts
from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import Custody, CustodyKind
from compliance.domain.wording import date_text, folded
from compliance.errors import Refused
from compliance.services.assignments import CUSTODY, custodies
from compliance.services.record_numbers import next_id
from compliance.services.records import head_of, put_over
from compliance.services.typed_options import TypedOptions


@dataclass(frozen=True)
class HandingOver:
    """What is said of a thing handed over, as typed."""

    kind: CustodyKind
    label: str
    unit_id: str
    on: date | str | None = None
    until: date | str | None = None
    serial: str = ""
    position: str = ""
    holder: str = ""
    system_ids: tuple[str, ...] = ()
    paper: str = ""
    note: str = ""


@dataclass(frozen=True)
class HandedOver:
    """The thing as recorded, and what to look at."""

    custody: Custody
    warnings: tuple[str, ...]


def hand_over(workspace: Workspace, said: HandingOver, today: date) -> HandedOver:
    """Record that something was handed to an office.

    Raises:
        BadData: unknown unit or systems, days out of order, a serial that looks like a password; all are listed.
        WorkspaceRefused: the workspace cannot be written.
    """
    told = TypedOptions(workspace, "Việc giao thiết bị, tài khoản")
    issued, until = told.past_day(said.on, "--on", today), told.day(said.until, "--until")
    fields: dict[str, Any] = {
        "kind": said.kind,
        "label": told.line(said.label, "--label", secret=True),
        "serial": told.line(said.serial, "--serial", secret=True),
        "unit_id": told.unit(said.unit_id),
        "position": told.line(said.position, "--position"),
        "holder": told.line(said.holder, "--holder"),
        "system_ids": told.systems(said.system_ids),
        "issued_on": issued,
        "valid_until": until,
        "paper": told.paper(said.paper),
        "note": told.remark(said.note, "--note"),
    }
    if not fields["label"]:
        told.fault("chưa ghi tên thiết bị, tài khoản.", "--label")
    if not said.unit_id:
        told.fault("chưa ghi giao cho đơn vị nào.", "--unit")
    if issued and until and until < issued:
        told.fault(f"hết hạn {date_text(until)} trước ngày giao {date_text(issued)}.", "--until")
    told.refuse()
    with workspace.act("Giao thiết bị, tài khoản") as act:
        others = custodies(workspace)
        year = issued.year if issued else today.year
        one = Custody(id=next_id(workspace, CUSTODY, "tb", year), **fields)
        put_over(act, CUSTODY, one.id, one)
    return HandedOver(one, _same_serial(one, others))


def _same_serial(one: Custody, others: tuple[Custody, ...]) -> tuple[str, ...]:
    if not one.serial:
        return ()
    return tuple(
        f"số hiệu “{one.serial}” đang ghi ở {other.id} ({other.label}), chưa thu hồi. Nếu là chuyển giao thì ghi thu "
        f"hồi lần trước: compliance assignments return {other.id}"
        for other in others
        if other.out and folded(other.serial) == folded(one.serial)
    )


def renew(workspace: Workspace, custody_id: str, *, until: date | str) -> Custody:
    """Say until when it now serves.

    Raises:
        NotFound: no such thing.
        Refused: nobody holds it any more, or the day is not later than before.
        BadData: the day cannot be read.
    """
    told = TypedOptions(workspace, "Việc gia hạn")
    day = told.day(until, "--until")
    if not until:
        told.fault("chưa ghi gia hạn đến ngày nào.", "--until")
    told.refuse()
    with workspace.act(f"Gia hạn {custody_id}") as act:
        one = _still_out(workspace, custody_id)
        before = one.valid_until or one.issued_on
        if day is not None and day <= before:
            raise Refused(
                f"Ngày {date_text(day)} không sau {date_text(before)} đang ghi ở {one.id}. Hãy đối chiếu lại."
            )
        renewed = one.model_copy(update={"valid_until": day})
        put_over(act, CUSTODY, one.id, renewed)
    return renewed


def give_back(
    workspace: Workspace, custody_id: str, today: date, *, on: date | str | None = None, to: str = "", note: str = ""
) -> Custody:
    """Say that it came back, or was closed; a lost one may be found again.

    Raises:
        NotFound: no such thing.
        Refused: it came back before, or was withdrawn.
        BadData: the day cannot be read, lies ahead or before it was handed over; all is listed.
    """
    told = TypedOptions(workspace, "Việc thu hồi")
    day, taker, said = told.past_day(on, "--on", today), told.line(to, "--to"), told.remark(note, "--note")
    with workspace.act(f"Thu hồi {custody_id}") as act:
        one = _custody(workspace, custody_id)
        if one.withdrawn or one.returned_on:
            raise Refused(_gone(one))
        _not_before(told, one, day)
        back = one.model_copy(update={"returned_on": day, "returned_to": taker, "note": said or one.note})
        put_over(act, CUSTODY, one.id, back)
    return back


def lose(
    workspace: Workspace, custody_id: str, today: date, *, on: date | str | None = None, note: str = ""
) -> Custody:
    """Say that it was reported lost; raises as :func:`give_back`."""
    told = TypedOptions(workspace, "Việc báo mất")
    day, said = told.past_day(on, "--on", today), told.remark(note, "--note")
    with workspace.act(f"Báo mất {custody_id}") as act:
        one = _still_out(workspace, custody_id)
        _not_before(told, one, day)
        lost = one.model_copy(update={"lost_on": day, "note": said or one.note})
        put_over(act, CUSTODY, one.id, lost)
    return lost


def script_for(one: Custody) -> str:
    """The id of the response script for the loss of such a thing, by what it is called; empty where there is none.

    Raises:
        DataFault: the scripts are broken.
    """
    called = folded(one.kind.label)
    return next((script.id for script in load_scripts().scripts if called in folded(script.title)), "")


def _not_before(told: TypedOptions, one: Custody, day: date | None) -> None:
    since = max(one.issued_on, one.lost_on or one.issued_on)
    if day is not None and day < since:
        what = "báo mất" if one.lost_on else "giao"
        told.fault(f"{one.id} {what} ngày {date_text(since)}, sau ngày {date_text(day)}.", "--on")
    told.refuse()


def _custody(workspace: Workspace, custody_id: str) -> Custody:
    return Custody.model_validate_json(head_of(workspace, CUSTODY, custody_id).body)


def _still_out(workspace: Workspace, custody_id: str) -> Custody:
    one = _custody(workspace, custody_id)
    if not one.out:
        raise Refused(_gone(one))
    return one


def _gone(one: Custody) -> str:
    if one.withdrawn:
        return f"{one.id} đã rút ({one.withdrawn}) nên không ghi thêm được."
    if one.returned_on:
        return f"{one.id} đã thu hồi ngày {date_text(one.returned_on)}. Nếu giao lại thì ghi lần giao mới."
    return (
        f"{one.id} đã báo mất ngày {one.lost_on:%d/%m/%Y}. Nếu tìm thấy thì ghi thu hồi: compliance assignments return "
        f"{one.id}"
    )
