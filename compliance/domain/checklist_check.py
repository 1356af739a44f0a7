"""Whether a list of requirements fits its regime, its level and the list of the level below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from compliance.domain.cadence import CadenceUnit
from compliance.domain.checklist import Catalogue, Change, Checklist, Requirement, RequirementGroup
from compliance.domain.level import LEVELS
from compliance.domain.misfit import Misfit, doubles, unless_known
from compliance.domain.regime import Regime


def checklist_misfits(checklist: Checklist, regime: Regime, level: int) -> list[Misfit]:
    """Everything in a checklist that does not fit its regime and level."""
    found = doubles("requirements", (one.id for one in checklist.requirements))
    if checklist.level != level:
        found.append(("level", f"tên tệp nói cấp độ {level}, nội dung nói cấp độ {checklist.level}."))
    found += _list_misfits(checklist.regime, checklist.groups, checklist.requirements, regime)
    for one in checklist.requirements:
        found += _unplaced(one)
    return found


def catalogue_misfits(catalogue: Catalogue, regime: Regime) -> list[Misfit]:
    """Everything in a list of all levels that does not fit its regime."""
    found = doubles(
        "requirements", (f"{one.id} (cấp độ {level})" for one in catalogue.requirements for level in one.levels)
    )
    found += _list_misfits(catalogue.regime, catalogue.groups, catalogue.requirements, regime)
    if not catalogue.outside_basic:
        for one in catalogue.requirements:
            found += _unplaced(one)
    known = {level: {one.id for one in catalogue.requirements if level in one.levels} for level in LEVELS}
    for one in catalogue.requirements:
        if one.continues:
            below = known.get(min(one.levels) - 1, ())
            for id_ in one.continues.ids:
                found += unless_known(f"requirements.{one.id}.continues", id_, below)
            found += _unexplained(one)
    return found


def continuation_misfits(checklist: Checklist, lower: Mapping[str, Any]) -> list[Misfit]:
    """Links to the level below that lead nowhere; ``lower`` is the document of that level's list."""
    rows = lower.get("requirements")
    known = {str(row.get("id")) for row in rows if isinstance(row, dict)} if isinstance(rows, list) else set()
    found: list[Misfit] = []
    for one in checklist.requirements:
        if one.continues:
            for id_ in one.continues.ids if known else ():  # a list below that is missing or broken is told there
                found += unless_known(f"requirements.{one.id}.continues", id_, known)
            found += _unexplained(one)
    return found


def _list_misfits(
    named: str, groups: Iterable[RequirementGroup], requirements: Iterable[Requirement], regime: Regime
) -> list[Misfit]:
    found = doubles("groups", (group.id for group in groups))
    if named != regime.id:
        found.append(("regime", f"phải là “{regime.id}”."))
    parts = {part.id for part in regime.plan_parts}
    defined = {group.id for group in groups}
    served = {group.id for group in (*regime.management_groups, *regime.technical_groups)}
    for one in requirements:
        here = f"requirements.{one.id}"
        found += unless_known(f"{here}.group", one.group, defined)
        if one.plan_part:
            found += unless_known(f"{here}.plan_part", one.plan_part, parts)
        for group in one.groups:
            found += unless_known(f"{here}.groups", group, served)
        found += _open_cadences(one)
    return found


def _unplaced(one: Requirement) -> Iterator[Misfit]:
    """A basic requirement must say which part of the plan and which group it serves (see ``outside_basic``)."""
    if not one.plan_part:
        yield f"requirements.{one.id}.plan_part", "thiếu phần của phương án mà yêu cầu này thuộc về."
    if not one.groups:
        yield f"requirements.{one.id}.groups", "thiếu nhóm yêu cầu quản lý hoặc kỹ thuật."


def _open_cadences(one: Requirement) -> Iterator[Misfit]:
    if not one.uncertain and any(cadence.unit is CadenceUnit.UNSTATED for cadence in one.cadences):
        yield f"requirements.{one.id}.cadences", "chu kỳ để ngỏ thì phải nói rõ ở mục uncertain."


def _unexplained(one: Requirement) -> Iterator[Misfit]:
    if one.continues and one.continues.change is not Change.SAME and not one.continues.note:
        yield f"requirements.{one.id}.continues.note", "yêu cầu thay đổi so với cấp độ dưới thì phải nói khác ở đâu."


def doubled_activities(checklist: Checklist) -> list[Misfit]:
    """Recurring activities of one level that share a name: a calendar could not tell them apart."""
    counts = Counter(cadence.activity for one in checklist.requirements for cadence in one.cadences)
    return [("cadences", f"hoạt động “{name}” dùng hai lần.") for name, count in counts.items() if count > 1]
