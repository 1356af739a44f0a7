"""Detectors about connections, and about where a system runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compliance.domain.preflight import Detector, Hit, detector
from compliance.domain.preflight_input import LEVEL, PreflightInput
from compliance.domain.system import Connection, Hosting

_HIRED = {Hosting.HIRED_DATA_CENTRE, Hosting.CLOUD}


def _name(facts: PreflightInput, connection: Connection) -> str:
    other = facts.others.get(connection.other_system_id or "")
    return connection.other_name or (other.name if other else connection.other_system_id or "")


def _level(facts: PreflightInput, connection: Connection) -> int | None:
    """The level at the other end: as recorded, else as typed."""
    return facts.levels.get(connection.other_system_id or "") or connection.other_level


def _higher(facts: PreflightInput) -> Iterator[Hit]:
    mine = facts.decided_level
    for one in facts.system.connections if mine is not None else ():
        level = _level(facts, one)
        if level is not None and mine is not None and level > mine:
            words = {"other": _name(facts, one), "other_level": str(level), "level": str(mine)}
            yield Hit(facts.place("connections", words["other"]), ("connections", LEVEL), words)


def _owner_unknown(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.system.connections:
        if not one.other_owner and one.other_system_id not in facts.others:
            other = _name(facts, one)
            yield Hit(facts.place("connections.other_owner", other), ("connections",), {"other": other})


def _lost(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.system.connections:
        if one.other_system_id and one.other_system_id not in facts.others:
            words = {"other": one.other_system_id}
            yield Hit(facts.place("connections", one.other_system_id), ("connections",), words)


def _level_differs(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.system.connections:
        recorded = facts.levels.get(one.other_system_id or "")
        if recorded is not None and one.other_level is not None and recorded != one.other_level:
            words = {"other": _name(facts, one), "typed": str(one.other_level), "recorded": str(recorded)}
            yield Hit(facts.place("connections.other_level", words["other"]), ("connections",), words)


def _dependence_unsaid(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.system.connections:
        other = facts.others.get(one.other_system_id or "")
        ours = other is not None and other.owner_id == facts.system.owner_id
        if ours and one.interdependent is None:
            name = _name(facts, one)
            yield Hit(facts.place("connections.interdependent", name), ("connections",), {"other": name})


def _one_sided(facts: PreflightInput) -> Iterator[Hit]:
    """The other record, also one for a dossier, does not know of the connection."""
    for one in facts.system.connections:
        other = facts.others.get(one.other_system_id or "")
        if other is not None and other.needs_dossier:
            back = {each.other_system_id for each in other.connections}
            if facts.system.id not in back:
                yield Hit(facts.place("connections", other.name), ("connections",), {"other": other.name})


def _provider_unsaid(facts: PreflightInput) -> Iterator[Hit]:
    if facts.system.hosting in _HIRED and not facts.system.provider:
        yield Hit(facts.place("systems.provider"), ("systems.provider", "systems.hosting"))


def _isolation_unsaid(facts: PreflightInput) -> Iterator[Hit]:
    if facts.system.hosting in _HIRED and not facts.system.isolation:
        yield Hit(facts.place("systems.isolation"), ("systems.isolation", "systems.hosting"))


DETECTORS: Mapping[str, Detector] = {
    "link-to-higher-level": detector(_higher, "other", "other_level", "level"),
    "link-owner-unknown": detector(_owner_unknown, "other"),
    "link-lost": detector(_lost, "other"),
    "link-level-differs": detector(_level_differs, "other", "typed", "recorded"),
    "link-dependence-unsaid": detector(_dependence_unsaid, "other"),
    "link-one-sided": detector(_one_sided, "other"),
    "provider-unsaid": detector(_provider_unsaid),
    "isolation-unsaid": detector(_isolation_unsaid),
}
