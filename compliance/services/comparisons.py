"""Two levels or two regimes side by side, and what the change means for the answers of a system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compliance.adapters.law import load_changes, load_checklist, load_duties
from compliance.adapters.workspace import Workspace
from compliance.domain.carrying import Effect, effect
from compliance.domain.comparison import (
    ChangedPoint,
    Pair,
    compare_duties,
    compare_levels,
    compare_matters,
    compare_successor_duties,
)
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.errors import NotFound, Refused
from compliance.services import assessments, regimes, systems


@dataclass(frozen=True)
class Edition:
    """One side of a comparison: a regime, at one level or (``None``) as a whole."""

    regime: Regime
    level: int | None

    @property
    def label(self) -> str:
        """In words, for headings."""
        return f"{self.regime.short_title}, cấp độ {self.level}" if self.level else self.regime.short_title


@dataclass(frozen=True)
class Comparison:
    """Two editions side by side: requirements, the decree's duties, and the rules that changed between regimes."""

    before: Edition
    after: Edition
    requirements: tuple[Pair, ...]
    duties: tuple[Pair, ...]
    points: tuple[ChangedPoint, ...]


def edition(text: str, level: int | None, today: date) -> Edition:
    """One side of a comparison as typed: ``nd…``, ``nd…:3``, or only a level of the regime to act under.

    Raises:
        NotFound: no such regime.
        Refused: the level is not a number from 1 to 5.
    """
    name, _, said = text.strip().partition(":")
    if name.isdigit() and not said:
        name, said = "", name
    if said and said not in map(str, LEVELS):
        raise Refused(f"“{text}” không rõ cấp độ nào. Hãy ghi mã bộ quy định, hoặc mã:cấp độ, hoặc một số từ 1 đến 5.")
    regimes.refuse_other_level(level)
    return Edition(regimes.regime(name or None, today), int(said) if said else level)


def compare(before: Edition, after: Edition) -> Comparison:
    """Two levels of one regime, or two regimes at one level or as wholes.

    Raises:
        Refused: the two sides cannot be compared.
        NotFound: a list or table of the comparison is missing.
    """
    if before.regime.id == after.regime.id:
        return _levels(before, after)
    return _regimes(before, after)


def _levels(before: Edition, after: Edition) -> Comparison:
    if before.level is None or after.level is None:
        raise Refused(
            "Hai bên là cùng một bộ quy định; hãy nêu hai cấp độ để so sánh, ví dụ: compliance regimes diff 2 3"
        )
    law, low, high = before.regime, min(before.level, after.level), max(before.level, after.level)
    lists = {level: load_checklist(law, level) for level in range(low, high + 1)}
    return Comparison(
        before,
        after,
        requirements=compare_levels(lists, before.level, after.level),
        duties=_duties(law, before.level, after.level),
        points=(),
    )


def _duties(law: Regime, before: int, after: int) -> tuple[Pair, ...]:
    try:
        return compare_duties(load_duties(law, before), load_duties(law, after))
    except NotFound:
        return ()


def _regimes(before: Edition, after: Edition) -> Comparison:
    older = before.regime.in_force_from <= after.regime.in_force_from
    if not older or before.regime.successor != after.regime.id:
        raise Refused(
            "Chỉ so sánh được bộ quy định cũ với bộ thay nó, theo thứ tự cũ trước mới sau, ví dụ: compliance regimes "
            f"diff {after.regime.id} {before.regime.id}"
        )
    level = after.level or before.level
    if before.level and after.level and before.level != after.level:
        raise Refused("Khi so sánh hai bộ quy định, hai bên phải cùng một cấp độ.")
    points = tuple(one for one in load_changes(after.regime).points if level is None or level in one.levels)
    pairs: tuple[Pair, ...] = ()
    duties: tuple[Pair, ...] = ()
    if level is not None:
        old = load_checklist(before.regime, level)
        pairs = compare_matters(old, load_checklist(after.regime, level))
        duties = compare_successor_duties(old, load_duties(after.regime, level))
    return Comparison(Edition(before.regime, level), Edition(after.regime, level), pairs, duties, points)


def answers_after(workspace: Workspace, system_id: str, comparison: Comparison) -> Effect:
    """What the change means for the answers stored for a system; nothing is changed.

    Raises:
        NotFound: no such system.
    """
    system = systems.system(workspace, system_id)
    before = comparison.before
    lists = {one.id for one in regimes.lists_of(before.regime, before.level).values()} if before.level else set()
    answers = {
        answer.requirement_id: answer
        for answer in assessments.answers(workspace, system.id)
        if answer.checklist_id in lists
    }
    return effect((*comparison.requirements, *comparison.duties), answers)
