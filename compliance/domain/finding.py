"""Checks of recorded systems against the rules about what one system is; the sentences come from the regime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from compliance.domain.classification import Classification, Finding
from compliance.domain.regime import Regime
from compliance.domain.system import EarlierApproval, Ownership, System

USED_ONLY = "used-only"
KEPT_LEVEL = "kept-level"
CHANGED_LEVEL = "changed-level"
HARM_SCALE = "harm-scale"
INDEPENDENT_APPRAISER = "independent-appraiser"
NO_SPLITTING = "no-splitting"

PLACES: Mapping[str, frozenset[str]] = {
    USED_ONLY: frozenset({"name"}),
    KEPT_LEVEL: frozenset({"name", "earlier", "level"}),
    CHANGED_LEVEL: frozenset({"name", "earlier", "level"}),
    HARM_SCALE: frozenset({"name", "harm_level", "level"}),
    INDEPENDENT_APPRAISER: frozenset({"name"}),
    NO_SPLITTING: frozenset({"name", "other", "level", "other_level", "highest"}),
}
"""The checks there are and the ``{places}`` a regime's sentence for each may fill."""


def system_findings(regime: Regime, system: System, classification: Classification) -> tuple[Finding, ...]:
    """The checks one record answers by itself; a rule the regime does not have is not checked."""
    return tuple(_worded(regime, _fired_rules(regime, system, classification)))


def _fired_rules(
    regime: Regime, system: System, classification: Classification
) -> Iterator[tuple[str, dict[str, object]]]:
    level, harm = classification.level, classification.harm
    if system.ownership is Ownership.USED:
        yield USED_ONLY, {"name": system.name}
    elif system.earlier_approval and _outgrown(system.earlier_approval, classification):
        rule = KEPT_LEVEL if _approved_before(regime, system.earlier_approval) else CHANGED_LEVEL
        yield rule, {"name": system.name, "earlier": system.earlier_approval.level, "level": level}
    if harm.differs:
        yield HARM_SCALE, {"name": system.name, "harm_level": harm.level, "level": level}
    if system.appraiser_id is not None and system.appraiser_id == system.operator_id:
        yield INDEPENDENT_APPRAISER, {"name": system.name}


def _outgrown(earlier: EarlierApproval, classification: Classification) -> bool:
    """Whether the criteria now give another level: surely so when decided, or when already above."""
    if earlier.level is None or classification.level is None:
        return False
    return classification.level > earlier.level or (classification.decided and classification.level < earlier.level)


def _approved_before(regime: Regime, earlier: EarlierApproval) -> bool:
    issued_on = earlier.paper.issued_on if earlier.paper else None
    return issued_on is None or issued_on < regime.in_force_from


def splitting_findings(
    regime: Regime, systems: Iterable[System], levels: Mapping[str, int | None]
) -> dict[str, tuple[Finding, ...]]:
    """Pairs of one owner's systems that depend on each other and carry different levels (Đ7.2.a, 8.3).

    Returns:
        The findings by system id; both ends of a pair get one, naming both systems and the higher level.
    """
    by_id = {system.id: system for system in systems}
    found: dict[str, list[Finding]] = {}
    for one, other in _interdependent_pairs(by_id):
        level, other_level = levels.get(one.id), levels.get(other.id)
        if level is None or other_level is None or level == other_level:
            continue
        values: dict[str, object] = {
            "name": one.name,
            "level": level,
            "other": other.name,
            "other_level": other_level,
            "highest": max(level, other_level),
        }
        for finding in _worded(regime, [(NO_SPLITTING, values)]):
            found.setdefault(one.id, []).append(finding)
            found.setdefault(other.id, []).append(finding)
    return {system_id: tuple(findings) for system_id, findings in found.items()}


def _interdependent_pairs(by_id: Mapping[str, System]) -> list[tuple[System, System]]:
    pairs: dict[tuple[str, str], tuple[System, System]] = {}
    for system in by_id.values():
        for connection in system.connections:
            other = by_id.get(connection.other_system_id or "")
            if not connection.interdependent or other is None or other.id == system.id:
                continue
            if other.owner_id == system.owner_id:
                one, two = sorted((system, other), key=lambda end: end.id)
                pairs[one.id, two.id] = (one, two)
    return [pairs[key] for key in sorted(pairs)]


def _worded(regime: Regime, fired: Iterable[tuple[str, dict[str, object]]]) -> Iterator[Finding]:
    rules = {rule.id: rule for rule in regime.system_rules if rule.finding}
    for rule_id, values in fired:
        rule = rules.get(rule_id)
        if rule is not None:
            yield Finding(rule=rule.id, citation=rule.citation, message=rule.finding.format_map(values))
