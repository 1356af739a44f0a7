"""Answers of a former list that still hold in the list of another level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compliance.domain.assessment import Answer, Result, order_of
from compliance.domain.carrying import effect
from compliance.domain.checklist import Checklist
from compliance.domain.comparison import Pair, compare_duties, compare_levels
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.services.regimes import ANSWERED, lists_of


@dataclass(frozen=True)
class CarriedAnswer:
    """An answer as it stands under a requirement of the new list."""

    requirement_id: str
    checklist_id: str
    carried_from: tuple[str, ...]
    source: Answer

    def standing(self, assessment_id: str) -> Answer:
        """The answer under its new requirement, measure and deadline included."""
        change = {
            "requirement_id": self.requirement_id,
            "checklist_id": self.checklist_id,
            "assessment_id": assessment_id,
        }
        return self.source.model_copy(update=change)


def answers_that_hold(
    answers: Iterable[Answer], regime: Regime, level: int, lists: Mapping[str, Checklist]
) -> tuple[CarriedAnswer, ...]:
    """What to carry to a level: nothing where the basic list of that level was answered before.

    Answers to lists of another regime never hold: single requirements do not correspond.
    """
    known = [one for one in answers if one.result is not Result.NOT_ASSESSED]
    before = answered_level(known, regime)
    if before is None or before == level:
        return ()
    by_id = {one.requirement_id: one for one in known}
    home = {one.id: checklist.id for checklist in lists.values() for one in checklist.requirements}
    held = effect(pairs_between(regime, before, level), by_id).holds
    return tuple(
        CarriedAnswer(one.after, home[one.after], one.before, by_id[one.before[0]])
        for one in held
        if _supersedes(by_id[one.before[0]], by_id.get(one.after))
    )


def _supersedes(source: Answer, there: Answer | None) -> bool:
    """Whether an answer of the former list is newer than one left from a time the new list was answered before."""
    return there is None or order_of(source.assessment_id) > order_of(there.assessment_id)


def answered_level(answers: Iterable[Answer], regime: Regime) -> int | None:
    """The level the newest check was made at; before any check the one whose list most declared answers were given to.

    The higher of two alike; ``None`` without any answer.
    """
    level_of = {one.id: level for level in LEVELS for one in lists_of(regime, level, ANSWERED).values()}
    placed = [one for one in answers if one.checklist_id in level_of]
    newest = max((order_of(one.assessment_id) for one in placed), default=None)
    counted = Counter(level_of[one.checklist_id] for one in placed if order_of(one.assessment_id) == newest)
    return max(counted, key=lambda level: (counted[level], level), default=None)


def pairs_between(regime: Regime, before: int, after: int) -> tuple[Pair, ...]:
    """The lists of two levels of one regime side by side, the decree's duties included."""
    low, high = min(before, after), max(before, after)
    lists = {level: lists_of(regime, level, ANSWERED) for level in range(low, high + 1)}
    basic = {level: kinds["basic"] for level, kinds in lists.items() if "basic" in kinds}
    requirements = compare_levels(basic, before, after) if len(basic) == high - low + 1 else ()
    duties = [lists[level].get("duties") for level in (before, after)]
    old, new = duties
    return (*requirements, *(compare_duties(old, new) if old and new else ()))
