"""Circumstances: what a record says around a system (who owns, runs and assesses it, how it is connected).

They never decide a level; the points the law leaves open fire on them. ``None`` means the record does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from compliance.domain.blank import AbsenceKind
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.paper import Paper
from compliance.domain.system import EarlierApproval, FactValue, Hosting, Ownership, Status, System

RECORDED = (
    "ownership",
    "owner_tier",
    "owner_kind",
    "operator_kind",
    "security_unit_kind",
    "security_unit_tier",
    "security_unit_named",
    "security_unit_designated",
    "security_unit_is_operator",
    "assessor_is_operator",
    "appraiser_is_operator",
    "status",
    "hosting",
    "earlier_level",
    "name",
    "connected",
    "interdependent",
    "linked_to_public_service",
    "state_budget",
    "provider_named",
    "approved_earlier",
    "regulation_known",
    "regulation_after_approval",
    "design_document_known",
    "risk_assessed",
)
"""Circumstances read off a record by :func:`circumstances`."""

FOUND = (
    "level",
    "importance",
    "year",
    "several_systems",
    "earlier_period",
    "earlier_day",
    "started_period",
    "in_use_period",
    "approved_under",
)
"""What is found around the record and grey zones may ask: the level (number), whether a test of importance to national
security holds (yes/no), the calendar year of the act (number), in which period between the transition's days the
earlier approval and the start of investment fall, and under which regime the earlier approval was given (texts)."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "ownership": tuple(one.value for one in Ownership),
    "owner_tier": tuple(one.value for one in UnitTier),
    "owner_kind": tuple(one.value for one in UnitKind),
    "operator_kind": tuple(one.value for one in UnitKind),
    "security_unit_kind": tuple(one.value for one in UnitKind),
    "security_unit_tier": tuple(one.value for one in UnitTier),
    "status": tuple(one.value for one in Status),
    "hosting": tuple(one.value for one in Hosting),
}
"""The values a circumstance may take, where they are a closed list."""

_NO_SYSTEMS: Mapping[str, System] = {}


def circumstances(
    system: System, units: Mapping[str, Unit], others: Mapping[str, System] = _NO_SYSTEMS
) -> dict[str, FactValue | None]:
    """Every recorded circumstance of one system.

    Args:
        system: the system.
        units: the known units by id; a unit that is not there is unknown, not absent.
        others: the stored systems by id, to see what the connections lead to.
    """
    owner = units.get(system.owner_id)
    operator = units.get(system.operator_id or "")
    security_unit = units.get(system.security_unit_id or "")
    earlier = system.earlier_approval
    return {
        "ownership": system.ownership.value,
        "owner_tier": owner.tier.value if owner else None,
        "owner_kind": owner.kind.value if owner else None,
        "operator_kind": operator.kind.value if operator else None,
        "security_unit_kind": security_unit.kind.value if security_unit else None,
        "security_unit_tier": security_unit.tier.value if security_unit else None,
        "security_unit_named": system.security_unit_id is not None,
        "security_unit_designated": _designated(system),
        "security_unit_is_operator": _same(system.security_unit_id, system.operator_id),
        "assessor_is_operator": _same(system.assessor_id, system.operator_id),
        "appraiser_is_operator": _same(system.appraiser_id, system.operator_id),
        "status": system.status.value if system.status else None,
        "hosting": system.hosting.value if system.hosting else None,
        "earlier_level": earlier.level if earlier else None,
        "name": system.name,
        "connected": _connected(system),
        "interdependent": _interdependent(system),
        "linked_to_public_service": _linked_to_public_service(system, others),
        "state_budget": system.state_budget,
        "provider_named": bool(system.provider),
        "approved_earlier": _approved(system),
        "regulation_known": system.regulation is not None,
        "regulation_after_approval": _later(_issued(system.regulation), _approval_day(earlier)),
        "design_document_known": system.design_document is not None,
        "risk_assessed": system.facts.get("risk_level") is not None,
    }


def _approved(system: System) -> bool | None:
    """An earlier approval is on record, or it is said that there is none; a bare blank does not say."""
    if system.earlier_approval is not None:
        return True
    absence = system.absences.get("earlier_approval")
    return False if absence is not None else None


def _issued(paper: Paper | None) -> date | None:
    return paper.issued_on if paper else None


def _approval_day(earlier: EarlierApproval | None) -> date | None:
    return _issued(earlier.paper) if earlier else None


def _later(one: date | None, other: date | None) -> bool | None:
    return None if one is None or other is None else one > other


def _same(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other


def _designated(system: System) -> bool | None:
    """A paper on file shows that the unit was designated; without one the record does not say."""
    if system.security_unit_id is None:
        return False
    return True if system.security_unit_document else None


def _connected(system: System) -> bool | None:
    if system.connections:
        return True
    absence = system.absences.get("connections")
    return False if absence is not None and absence.kind is not AbsenceKind.NOT_YET else None


def _interdependent(system: System) -> bool | None:
    if not system.connections:
        return _connected(system)
    said = [connection.interdependent for connection in system.connections]
    if True in said:
        return True
    return None if None in said else False


def _linked_to_public_service(system: System, others: Mapping[str, System]) -> bool | None:
    if not system.connections:
        return _connected(system)
    said = [_serves_public(others.get(connection.other_system_id or "")) for connection in system.connections]
    if True in said:
        return True
    return None if None in said else False


def _serves_public(other: System | None) -> bool | None:
    types = other.facts.get("service_type") if other else None
    return "public_service" in types if isinstance(types, tuple) else None
