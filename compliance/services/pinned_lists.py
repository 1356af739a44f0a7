"""The lists of requirements stored records name by id, with the regime and the level each belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from compliance.adapters.law import load_regimes
from compliance.domain.checklist import Checklist
from compliance.domain.finding_row import AskedRequirement
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.services.regimes import ANSWERED, lists_of

Asked = Mapping[tuple[str, str], AskedRequirement]
"""What requirements ask, by list and requirement."""


@dataclass(frozen=True)
class PinnedList:
    """A list with the law and the level it is of."""

    regime: Regime
    level: int
    checklist: Checklist


def pinned_lists(wanted: Collection[str]) -> dict[str, PinnedList]:
    """These lists by id, the newest regime looked through first; one no longer shipped is left out."""
    left = set(wanted)
    found: dict[str, PinnedList] = {}
    every = ((law, level) for law in reversed(load_regimes()) for level in LEVELS)
    while left and (place := next(every, None)):
        law, level = place
        for one in lists_of(law, level, ANSWERED).values():
            if one.id in left:
                found[one.id] = PinnedList(law, level, one)
                left.discard(one.id)
    return found


def asked_requirements(checklist_ids: Collection[str]) -> Asked:
    """What every requirement of these lists asks, by list and requirement."""
    lists = (one.checklist for one in pinned_lists(checklist_ids).values())
    return {(one.id, id_): asked for one in lists for id_, asked in _asked(one)}


def asked_of(known: Asked, checklist_id: str, requirement_id: str) -> AskedRequirement:
    """What a requirement asks; one of a list no longer shipped is named by its id."""
    gone = "Yêu cầu của danh mục mà chương trình không còn giữ."
    blank = AskedRequirement(clause=requirement_id, citation="", group="", statement=gone)
    return known.get((checklist_id, requirement_id), blank)


def _asked(checklist: Checklist) -> Iterable[tuple[str, AskedRequirement]]:
    groups = {group.id: group.title for group in checklist.groups}
    for one in checklist.requirements:
        yield (
            one.id,
            AskedRequirement(
                clause=one.clause,
                citation=one.citation,
                group=groups.get(one.group, ""),
                statement=one.statement,
                evidence=one.evidence,
            ),
        )
