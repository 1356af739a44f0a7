"""The risk part of a proposal for level 4 or 5 (Đ22.5): related systems, threats, public interest, need to run on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compliance.domain.blank import Frozen
from compliance.domain.organization import Unit
from compliance.domain.overview import Row, Tables, Units, choice_label, connection_row, row, unit_name
from compliance.domain.printed import Record, Value
from compliance.domain.risk import risk_grade
from compliance.domain.system import Connection, Direction, Risk, System

PUBLIC_IMPACT = "systems.public_impact"
CONTINUITY = "systems.continuity_need"
_FLIPPED = {Direction.IN: Direction.OUT, Direction.OUT: Direction.IN, Direction.BOTH: Direction.BOTH}


class DetailedRisk(Frozen):
    """Đ22.5.a-d for one system; a list without rows carries its ``…_blank`` instead.

    ``continuity_asked`` is false where the clause on running day and night cannot concern the system.
    """

    related: tuple[Row, ...]
    related_blank: Value | None
    threats: tuple[Row, ...]
    threats_blank: Value | None
    public_impact: Value
    continuity: Value
    continuity_asked: bool


def detailed_risk(
    system: System,
    linked: tuple[Connection, ...],
    units: Units,
    tables: Tables,
    named: Mapping[str, str],
    *,
    continuity_asked: bool,
) -> DetailedRisk:
    """The part of one system; ``linked`` are connections only the other end recorded (:func:`recorded_elsewhere`)."""
    record = Record("systems", system.absences, system.assumed)
    related = tuple(connection_row(one, tables, named, whole=True) for one in (*system.connections, *linked))
    threats = tuple(threat_row(number, one, tables, units) for number, one in enumerate(system.risks, start=1))
    return DetailedRisk(
        related=related,
        related_blank=None if related else record.value("connections", None),
        threats=threats,
        threats_blank=None if threats else record.value("risks", None),
        public_impact=record.value("public_impact", system.public_impact),
        continuity=record.value("continuity_need", system.continuity_need),
        continuity_asked=continuity_asked,
    )


def recorded_elsewhere(system: System, others: Iterable[System], units: Mapping[str, Unit]) -> tuple[Connection, ...]:
    """Connections to this system that only the system at the other end names, turned round."""
    own = {one.other_system_id for one in system.connections}
    return tuple(
        Connection(
            id=f"tu-{other.id}"[:63],
            other_system_id=other.id,
            other_owner=unit_name(units, other.owner_id),
            direction=_FLIPPED[one.direction],
            data=one.data,
            interdependent=one.interdependent,
            assumed=one.assumed,
        )
        for other in others
        if other.id not in own
        for one in other.connections
        if one.other_system_id == system.id
    )


def threat_row(number: int, risk: Risk, tables: Tables, units: Units) -> Row:
    """A risk with everything Đ10.3.c-e asks of it; the grade follows from chance and severity."""
    grade = risk_grade(risk.likelihood, risk.severity)
    cells: dict[str, object] = {
        "number": number,
        "threat": risk.threat,
        "weakness": risk.weakness,
        "likelihood": choice_label(tables, "risks", "likelihood", risk.likelihood),
        "severity": choice_label(tables, "risks", "severity", risk.severity),
        "grade": grade.label if grade else None,
        "impact": risk.impact,
        "interest": risk.interest,
        "treatment": risk.treatment,
        "responsible_unit_id": unit_name(units, risk.responsible_unit_id),
        "due": risk.due,
    }
    return row("risks", risk.threat, risk.assumed, cells, {}, marked="threat")
