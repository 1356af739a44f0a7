"""The overview of a system (thuyết minh tổng quan, Đ22.3): who, how far, how built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compliance.domain.blank import Frozen
from compliance.domain.column import Table
from compliance.domain.organization import Unit
from compliance.domain.printed import Record, Value, value
from compliance.domain.system import Connection, Device, Diagram, DiagramKind, Risk, Service, System, Zone
from compliance.domain.wording import date_text

Units = Mapping[str, Unit]
Tables = Mapping[str, Table]

_UNIT_FIELDS = ("name", "functions", "representative", "representative_office", "address", "phone", "email")


class UnitBlock(Frozen):
    """The facts Đ22.3.a-b asks of a unit, in the order of the text; ``systems`` are those it operates."""

    name: str
    entries: tuple[Value, ...]
    systems: tuple[str, ...] = ()


class Row(Frozen):
    """One row of a table: the cells the text names, and whatever else was recorded, under the first cell."""

    cells: tuple[Value, ...]
    details: tuple[str, ...] = ()


class Model(Frozen):
    """A model of the architecture: words and diagram files."""

    text: Value
    diagrams: tuple[Diagram, ...] = ()


class Overview(Frozen):
    """Đ22.3.c-d for one system; a list without rows carries its ``…_blank`` instead."""

    scope: tuple[Value, ...]
    particulars: tuple[Value, ...]
    operating: bool
    logical: Model
    physical: Model
    devices: tuple[Row, ...]
    devices_blank: Value | None
    services: tuple[Row, ...]
    services_blank: Value | None
    zones: tuple[Row, ...]
    zones_blank: Value | None
    connections: tuple[Row, ...]


def unit_name(units: Units, identifier: str | None) -> str:
    """The unit's name; its id when the unit itself is not recorded."""
    if identifier is None:
        return ""
    return units[identifier].name if identifier in units else identifier


def unit_block(role: str, unit: Unit | None, systems: tuple[str, ...] = ()) -> UnitBlock:
    """The block of the owner (``role`` = ``owner``) or an operator; every line blank while nobody is named."""
    if unit is None:
        blanks = tuple(value(f"{role}.{name}", None) for name in _UNIT_FIELDS)
        return UnitBlock(name="", entries=blanks, systems=systems)
    record = Record(role, unit.absences, unit.assumed)
    entries = tuple(record.value(name, getattr(unit, name)) for name in _UNIT_FIELDS)
    return UnitBlock(name=unit.name, entries=entries, systems=systems)


def choice_label(tables: Tables, table: str, field: str, chosen: str | None) -> str | None:
    """The printed label of a chosen value, as the inventory column offers it."""
    if chosen is None:
        return None
    column = tables[table].by_field.get(field) if table in tables else None
    return column.choices.get(chosen, (chosen,))[0] if column else chosen


def overview(system: System, units: Units, tables: Tables, named: Mapping[str, str]) -> Overview:
    """The overview of one system; ``named`` gives the names of other stored systems by id."""
    record = Record("systems", system.absences, system.assumed)
    scope = tuple(record.value(name, getattr(system, name)) for name in ("scope", "size", "users_served"))
    diagrams = {
        kind: tuple(one for one in system.diagrams if one.kind is kind)
        for kind in (DiagramKind.LOGICAL, DiagramKind.PHYSICAL)
    }
    zones = {zone.id: zone.name for zone in system.zones}
    return Overview(
        scope=scope,
        particulars=tuple(_particulars(system, record, units, tables)),
        operating=system.status is None or system.status.value == "operating",
        logical=_model(record, "logical_model", system.logical_model, diagrams[DiagramKind.LOGICAL]),
        physical=_model(record, "physical_model", system.physical_model, diagrams[DiagramKind.PHYSICAL]),
        devices=tuple(_device(one, zones, tables) for one in system.devices),
        devices_blank=None if system.devices else record.value("devices", None),
        services=tuple(_service(one, tables) for one in system.services),
        services_blank=None if system.services else record.value("services", None),
        zones=tuple(_zone(one) for one in system.zones),
        zones_blank=None if system.zones else record.value("zones", None),
        connections=tuple(connection_row(one, tables, named) for one in system.connections),
    )


def _model(record: Record, name: str, text: str, diagrams: tuple[Diagram, ...]) -> Model:
    """A diagram alone is a description too: its words are then not a blank."""
    described = text or ("Theo sơ đồ kèm theo." if diagrams else None)
    return Model(text=record.value(name, described), diagrams=diagrams)


def _particulars(system: System, record: Record, units: Units, tables: Tables) -> Iterable[Value]:
    """Whatever else is recorded of the system, in the order of the inventory sheet."""
    earlier = system.earlier_approval
    raw: dict[str, object] = {
        "ownership": system.ownership.label,
        "owner_document": system.owner_document,
        "operator_document": system.operator_document,
        "security_unit_id": unit_name(units, system.security_unit_id),
        "security_unit_document": system.security_unit_document,
        "appraiser_id": unit_name(units, system.appraiser_id),
        "assessor_id": unit_name(units, system.assessor_id),
        "local_unit_id": unit_name(units, system.local_unit_id),
        "provider": system.provider,
        "status": choice_label(tables, "systems", "status", system.status),
        "investment_started_on": system.investment_started_on,
        "started_on": system.started_on,
        "ended_on": system.ended_on,
        "function": system.function,
        "account_count": system.account_count,
        "addresses": "; ".join(system.addresses),
        "scope_reasoning": system.scope_reasoning,
        "hosting": choice_label(tables, "systems", "hosting", system.hosting),
        "isolation": system.isolation,
        "state_budget": system.state_budget,
        "earlier_approval.level": earlier.level if earlier else None,
        "earlier_approval.paper": earlier.paper if earlier else None,
        "earlier_approval.legal_basis": earlier.legal_basis if earlier else None,
        "regulation": system.regulation,
        "design_document": system.design_document,
        "notes": system.notes,
    }
    return (record.value(name, one) for name, one in raw.items())


def row(
    table: str,
    name: str,
    assumed: bool,
    cells: Mapping[str, object],
    details: Mapping[str, object],
    *,
    marked: str = "",
) -> Row:
    """A part's row; ``assumed`` marks the cell ``marked`` (else the first), which stands for the whole row."""
    bearer = marked or next(iter(cells))
    printed = [
        value(f"{table}.{field}", raw, subject=name, assumed=assumed and field == bearer)
        for field, raw in cells.items()
    ]
    return Row(cells=tuple(printed), details=tuple(f"{label}: {text}" for label, text in details.items() if text))


def _device(device: Device, zones: Mapping[str, str], tables: Tables) -> Row:
    details = {
        "Số lượng": str(device.quantity) if device.quantity > 1 else "",
        "Địa chỉ IP": device.address,
        "Vùng mạng": zones.get(device.zone_id or "", device.zone_id or ""),
        "Số sê-ri": device.serial,
        "Mức độ quan trọng": choice_label(tables, "devices", "rank", device.rank),
    }
    cells = {"name": device.name, "place": device.place, "purpose": device.purpose}
    return row("devices", device.name, device.assumed, cells, details)


def _service(service: Service, tables: Tables) -> Row:
    """The three facts of the middle column stand in one cell, each blank on its own."""
    cells = {
        "name": service.name,
        "server": service.server,
        "place": service.place,
        "operating_system": service.operating_system,
        "purpose": service.purpose,
    }
    details = {"Mức độ quan trọng": choice_label(tables, "services", "rank", service.rank)}
    return row("services", service.name, service.assumed, cells, details)


def _zone(zone: Zone) -> Row:
    """A zone with addresses of one kind only shows a dash for the other: it has none, which is no blank."""
    found = row("zones", zone.name, zone.assumed, {"name": zone.name}, {"Mục đích sử dụng": zone.purpose})
    kinds = {"private_addresses": zone.private_addresses, "public_addresses": zone.public_addresses}
    other = "–" if any(kinds.values()) else ""
    addresses = (value(f"zones.{field}", raw or other, subject=zone.name) for field, raw in kinds.items())
    return Row(cells=(*found.cells, *addresses), details=found.details)


def connection_row(connection: Connection, tables: Tables, named: Mapping[str, str], *, whole: bool = False) -> Row:
    """A connection; ``whole``: its influence on the system in a cell of its own instead of below the name (Đ22.5.a)."""
    other = connection.other_system_id or ""
    name = connection.other_name or named.get(other, other)
    cells: dict[str, object] = {
        "other_name": name,
        "other_owner": connection.other_owner,
        "direction": choice_label(tables, "connections", "direction", connection.direction),
        "data": connection.data,
        "other_level": connection.other_level,
        "interdependent": connection.interdependent,
    }
    if whole:
        return row("connections", name, connection.assumed, cells | {"influence": connection.influence}, {})
    details = {"Ảnh hưởng khi hệ thống kia gặp sự cố": connection.influence}
    return row("connections", name, connection.assumed, cells, details)


def risk_row(risk: Risk, tables: Tables, units: Units) -> Row:
    """A preliminary risk (Đ22.4.c), with what else was weighed below it."""
    cells = {"threat": risk.threat, "impact": risk.impact, "treatment": risk.treatment}
    details = {
        "Điểm yếu, lỗ hổng": risk.weakness,
        "Khả năng xảy ra": choice_label(tables, "risks", "likelihood", risk.likelihood),
        "Mức độ tác động": choice_label(tables, "risks", "severity", risk.severity),
        "Lợi ích bị ảnh hưởng": risk.interest,
        "Đơn vị thực hiện": unit_name(units, risk.responsible_unit_id),
        "Thời hạn xử lý": date_text(risk.due) if risk.due else "",
    }
    return row("risks", risk.threat, risk.assumed, cells, details)
