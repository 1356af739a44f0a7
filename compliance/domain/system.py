"""The inventory: an information system (hệ thống thông tin) and everything a dossier asks about it.

Fields follow the overview (Đ22.3), the level rationale (Đ22.4) and the attributes the criteria need; the facts that
decide the level live in ``facts`` under the question ids of the regime, so a new decree adds questions, not fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from ipaddress import ip_address, ip_network

from pydantic import Field, model_validator

from compliance.domain.address import read_reached_by
from compliance.domain.blank import Absence, Frozen
from compliance.domain.organization import ID_PATTERN
from compliance.domain.paper import Paper
from compliance.domain.risk import Degree, Occasion, Rank

FactValue = bool | int | str | tuple[str, ...]
"""A yes/no, a whole number, one value, or a complete set of values (sorted)."""


class Ownership(StrEnum):
    """Whose system it is: a dossier is drafted for the first two only."""

    OWNED = "owned"
    OPERATED = "operated"
    USED = "used"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {"owned": "Chủ quản", "operated": "Vận hành cho cấp trên", "used": "Chỉ sử dụng"}[self.value]


class Status(StrEnum):
    """Where in its life the system is (a05)."""

    OPERATING = "operating"
    INVESTING = "investing"
    NEW = "new"
    UPGRADING = "upgrading"
    DECOMMISSIONED = "decommissioned"


class Hosting(StrEnum):
    """Where it runs (a26)."""

    OWN_ROOM = "own_room"
    HIRED_DATA_CENTRE = "hired_data_centre"
    CLOUD = "cloud"
    SUPERIOR = "superior"
    OFFLINE = "offline"


class Device(Frozen):
    """A main or network device: Đ22.3.d asks name/type, place, purpose; Đ10.3.a how much it matters (``rank``)."""

    id: str = Field(pattern=ID_PATTERN)
    name: str = Field(min_length=1)
    place: str = ""
    purpose: str = ""
    zone_id: str | None = None
    address: str = ""
    quantity: int = Field(default=1, ge=1, le=100_000)
    serial: str = ""
    rank: Rank | None = None
    assumed: bool = False


class Service(Frozen):
    """An application or service: Đ22.3.d asks name, server / place / operating system, purpose; Đ10.3.a its rank."""

    id: str = Field(pattern=ID_PATTERN)
    name: str = Field(min_length=1)
    server: str = ""
    place: str = ""
    operating_system: str = ""
    purpose: str = ""
    rank: Rank | None = None
    assumed: bool = False


class Zone(Frozen):
    """A network zone with its private and public addresses (CIDR or single addresses)."""

    id: str = Field(pattern=ID_PATTERN)
    name: str = Field(min_length=1)
    private_addresses: tuple[str, ...] = ()
    public_addresses: tuple[str, ...] = ()
    purpose: str = ""
    assumed: bool = False

    def holds(self, address: str) -> bool:
        """Whether ``address`` lies in one of the zone's ranges; a zone without ranges holds none."""
        host = ip_address(address)
        ranges = (ip_network(text, strict=False) for text in self.private_addresses + self.public_addresses)
        return any(host in network for network in ranges if host.version == network.version)


class Direction(StrEnum):
    """Which way data flows on a connection, seen from this system."""

    IN = "in"
    OUT = "out"
    BOTH = "both"


class Connection(Frozen):
    """A connection or shared resource (a27).

    ``interdependent``: regular mutual data flow, shared database or operational dependence (Đ7.2.a), the sign that
    two records may be one system. ``influence``: what happens here when the other end fails or is attacked (Đ22.5.a).
    """

    id: str = Field(pattern=ID_PATTERN)
    other_system_id: str | None = None
    other_name: str = ""
    other_owner: str = ""
    direction: Direction = Direction.BOTH
    data: str = ""
    other_level: int | None = Field(default=None, ge=1, le=5)
    interdependent: bool | None = None
    influence: str = ""
    assumed: bool = False

    @model_validator(mode="after")
    def _other_end(self) -> Connection:
        if not (self.other_system_id or self.other_name):
            raise ValueError("kết nối phải nêu hệ thống ở đầu bên kia")
        return self


class Risk(Frozen):
    """A risk (Đ10.3.c-e, 22.4.c): the threat and the weakness it uses, chance and severity, how it is met.

    ``interest`` names whose or which interest is harmed (national security, order, rights, the public interest).
    """

    id: str = Field(pattern=ID_PATTERN)
    threat: str = Field(min_length=1)
    weakness: str = ""
    likelihood: Degree | None = None
    impact: str = ""
    severity: Degree | None = None
    interest: str = ""
    treatment: str = ""
    responsible_unit_id: str | None = None
    due: date | None = None
    assumed: bool = False


class DiagramKind(StrEnum):
    """Which model of the architecture a diagram file shows."""

    LOGICAL = "logical"
    PHYSICAL = "physical"


class Diagram(Frozen):
    """A diagram file taken into the workspace, known by its SHA-256."""

    kind: DiagramKind
    file_name: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str


class EarlierApproval(Frozen):
    """A level approved before, by us or (for a used system) by the superior owner (a06)."""

    level: int | None = Field(default=None, ge=1, le=5)
    paper: Paper | None = None
    legal_basis: str = ""


class System(Frozen):
    """One information system; exactly one owner (Đ8.1.a).

    Counts are whole numbers of persons or devices. ``assumed`` names the fields whose value is an example to be
    replaced (the inventory's own column says so). ``absences`` states why a named field is empty. ``started_on`` is
    the day it went into use, ``ended_on`` the last day of a decommissioned one, ``investment_started_on`` the day its
    building, upgrading or hiring began (Đ39.1). ``addresses`` are the web addresses and mail domains the system is
    reached by, in canonical form. What the risk assessment asks beside its risks (Đ10.3.a, đ, g; Đ22.5.c-d) stands in
    ``critical_assets`` to ``continuity_need``.
    """

    id: str = Field(pattern=ID_PATTERN)
    name: str = Field(min_length=1)
    ownership: Ownership
    owner_id: str
    owner_document: Paper | None = None
    operator_id: str | None = None
    operator_document: Paper | None = None
    security_unit_id: str | None = None
    security_unit_document: Paper | None = None
    appraiser_id: str | None = None
    assessor_id: str | None = None
    local_unit_id: str | None = None
    provider: str = ""
    status: Status | None = None
    started_on: date | None = None
    ended_on: date | None = None
    investment_started_on: date | None = None
    function: str = ""
    scope: str = ""
    size: str = ""
    users_served: str = ""
    account_count: int | None = Field(default=None, ge=0, le=100_000_000)
    scope_reasoning: str = ""
    logical_model: str = ""
    physical_model: str = ""
    diagrams: tuple[Diagram, ...] = ()
    devices: tuple[Device, ...] = ()
    services: tuple[Service, ...] = ()
    zones: tuple[Zone, ...] = ()
    connections: tuple[Connection, ...] = ()
    addresses: tuple[str, ...] = ()
    hosting: Hosting | None = None
    isolation: str = ""
    state_budget: bool | None = None
    earlier_approval: EarlierApproval | None = None
    regulation: Paper | None = None
    design_document: Paper | None = None
    facts: Mapping[str, FactValue] = Field(default_factory=dict)
    counting_method: str = ""
    harm_rationale: str = ""
    risks: tuple[Risk, ...] = ()
    risk_assessed_on: date | None = None
    risk_occasion: Occasion | None = None
    critical_assets: str = ""
    current_capacity: str = ""
    risk_communication: str = ""
    public_impact: str = ""
    continuity_need: str = ""
    notes: str = ""
    absences: Mapping[str, Absence] = Field(default_factory=dict)
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _addresses_are_canonical(self) -> System:
        for one in self.addresses:
            if read_reached_by(one) != one:
                raise ValueError(f"địa chỉ “{one}” chưa ở dạng chuẩn “{read_reached_by(one)}”")
        return self

    @model_validator(mode="after")
    def _parts_have_one_id_each(self) -> System:
        parts: Sequence[Sequence[Device | Service | Zone | Connection | Risk]] = (
            self.devices,
            self.services,
            self.zones,
            self.connections,
            self.risks,
        )
        for rows in parts:
            ids = [row.id for row in rows]
            if len(ids) != len(set(ids)):
                raise ValueError("có hai dòng trùng mã trong cùng một danh mục")
        return self

    @property
    def unit_ids(self) -> frozenset[str]:
        """Every unit the record itself names, in whatever role."""
        roles = (self.owner_id, self.operator_id, self.security_unit_id, self.appraiser_id, self.assessor_id)
        treating = (risk.responsible_unit_id for risk in self.risks)
        return frozenset(id_ for id_ in (*roles, self.local_unit_id, *treating) if id_)

    @property
    def needs_dossier(self) -> bool:
        """A dossier is drafted for owned and operated systems that are still in life."""
        return self.ownership is not Ownership.USED and self.status is not Status.DECOMMISSIONED
