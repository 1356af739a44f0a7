"""Contracts with suppliers: what they serve, until when, whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import Contract
from compliance.domain.overview import unit_name
from compliance.domain.wording import date_text
from compliance.errors import Refused
from compliance.services import organizations
from compliance.services.assignments import CONTRACT, contracts, system_names
from compliance.services.record_numbers import next_id
from compliance.services.records import head_of, put_over
from compliance.services.typed_options import TypedOptions


@dataclass(frozen=True)
class Contracting:
    """What is said of a contract, as typed; ``unit_id`` looks after it."""

    supplier: str
    what: str
    signed: date | str
    number: str = ""
    unit_id: str = ""
    system_ids: tuple[str, ...] = ()
    until: date | str | None = None
    contact: str = ""
    note: str = ""


@dataclass(frozen=True)
class ContractRow:
    """One contract with the names around it; ``days_left`` to its last day, below 0 once it has passed."""

    contract: Contract
    unit_name: str
    systems: tuple[str, ...]
    days_left: int | None

    @property
    def state(self) -> str:
        """How it stands, in Vietnamese."""
        one = self.contract
        if one.withdrawn:
            return "Đã rút, không tính"
        if one.ended_on:
            return f"Đã chấm dứt {date_text(one.ended_on)}"
        if one.valid_until is None:
            return "Đang thực hiện, không ghi hạn"
        if self.days_left is not None and self.days_left < 0:
            return f"Hết hạn từ {date_text(one.valid_until)}"
        return f"Còn {self.days_left} ngày (đến {date_text(one.valid_until)})"

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            **self.contract.model_dump(mode="json"),
            "unit_name": self.unit_name,
            "system_names": list(self.systems),
            "runs": self.contract.runs,
            "days_left": self.days_left if self.contract.runs else None,
            "state": self.state,
        }


def sign(workspace: Workspace, said: Contracting, today: date) -> Contract:
    """Record a contract.

    Raises:
        BadData: unknown unit or systems, days that lie ahead or out of order; all are listed.
        WorkspaceRefused: the workspace cannot be written.
    """
    told = TypedOptions(workspace, "Hợp đồng")
    signed, until = told.past_day(said.signed, "--signed", today), told.day(said.until, "--until")
    if not said.signed:
        told.fault("chưa ghi ngày ký.", "--signed")
    fields: dict[str, Any] = {
        "supplier": told.line(said.supplier, "--supplier"),
        "what": told.line(said.what, "--what"),
        "number": told.line(said.number, "--number"),
        "unit_id": told.unit(said.unit_id) or None,
        "system_ids": told.systems(said.system_ids),
        "signed_on": signed,
        "valid_until": until,
        "contact": told.line(said.contact, "--contact"),
        "note": told.remark(said.note, "--note"),
    }
    for name, option, sentence in (
        ("supplier", "--supplier", "chưa ghi nhà cung cấp."),
        ("what", "--what", "chưa ghi hợp đồng về việc gì."),
    ):
        if not fields[name]:
            told.fault(sentence, option)
    if signed and until and until < signed:
        told.fault(f"hết hạn {date_text(until)} trước ngày ký {date_text(signed)}.", "--until")
    told.refuse()
    with workspace.act("Ghi hợp đồng") as act:
        year = signed.year if signed else today.year
        one = Contract(id=next_id(workspace, CONTRACT, "hd", year), **fields)
        put_over(act, CONTRACT, one.id, one)
    return one


def end_contract(workspace: Workspace, contract_id: str, today: date, *, on: date | str, note: str = "") -> Contract:
    """Say on which day a contract really ended.

    Raises:
        NotFound: no such contract.
        Refused: it ended before, or was withdrawn.
        BadData: the day cannot be read, lies ahead or before the contract was signed; all is listed.
    """
    told = TypedOptions(workspace, "Việc chấm dứt hợp đồng")
    day, said = told.past_day(on, "--on", today), told.remark(note, "--note")
    if not on:
        told.fault("chưa ghi ngày chấm dứt.", "--on")
    with workspace.act(f"Chấm dứt hợp đồng {contract_id}") as act:
        one = Contract.model_validate_json(head_of(workspace, CONTRACT, contract_id).body)
        if one.withdrawn:
            raise Refused(f"{one.id} đã rút ({one.withdrawn}) nên không ghi thêm được.")
        if one.ended_on:
            raise Refused(f"{one.id} đã chấm dứt ngày {date_text(one.ended_on)}.")
        if day is not None and day < one.signed_on:
            told.fault(f"{one.id} ký ngày {date_text(one.signed_on)}, sau ngày {date_text(day)}.", "--on")
        told.refuse()
        ended = one.model_copy(update={"ended_on": day, "note": said or one.note})
        put_over(act, CONTRACT, one.id, ended)
    return ended


def listed_contracts(workspace: Workspace, today: date, *, every: bool = False) -> tuple[ContractRow, ...]:
    """Contracts that have not been ended, what ends soonest first; ``every``: also the others."""
    kept = [one for one in contracts(workspace) if every or one.runs]
    units, called = organizations.units(workspace), system_names(workspace, kept)
    rows = [
        ContractRow(
            contract=one,
            unit_name=unit_name(units, one.unit_id),
            systems=tuple(called.get(id_, id_) for id_ in one.system_ids),
            days_left=(one.valid_until - today).days if one.valid_until else None,
        )
        for one in kept
    ]
    return tuple(sorted(rows, key=lambda row: (row.contract.valid_until or date.max, row.contract.id)))
