"""Seeing and comparing the law: what is in force, any requirement, two regimes or levels side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compliance.adapters.law import (
    LEVELS,
    load_changes,
    load_checklist,
    load_design,
    load_duties,
    load_physical,
    load_regimes,
    regime_on,
)
from compliance.adapters.law_check import LibraryCheck, check_library
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer
from compliance.domain.carrying import Effect, effect
from compliance.domain.checklist import Checklist, DesignRules, Requirement
from compliance.domain.comparison import (
    ChangedPoint,
    Pair,
    compare_duties,
    compare_levels,
    compare_matters,
    compare_successor_duties,
)
from compliance.domain.instrument import LawStatus
from compliance.domain.regime import Regime, days_since_check
from compliance.domain.wording import folded, nearest
from compliance.errors import NotFound, Refused
from compliance.services import systems

_LISTS = {"basic": load_checklist, "duties": load_duties, "physical": load_physical}


@dataclass(frozen=True)
class RegimeState:
    """A regime on a day: its status, whether it is the one to act under, and how stale the data is.

    ``unchecked_days`` is set once the data was last compared with the law too long ago.
    """

    regime: Regime
    status: LawStatus
    acting: bool
    unchecked_days: int | None


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


def regime_states(today: date) -> tuple[RegimeState, ...]:
    """Every regime with its status on a day, oldest first."""
    regimes = load_regimes()
    acting = _acting(today, regimes)
    return tuple(
        RegimeState(one, _status(one, today), one.id == acting, days_since_check(one.checked_on, today))
        for one in regimes
    )


def _acting(today: date, regimes: tuple[Regime, ...]) -> str:
    try:
        return regime_on(today, regimes).id
    except NotFound:
        return ""


def _status(regime: Regime, day: date) -> LawStatus:
    if day < regime.in_force_from:
        return LawStatus.NOT_YET
    if regime.in_force_to is not None and day > regime.in_force_to:
        return LawStatus.ENDED
    if regime.overtaken_from is not None and day >= regime.overtaken_from:
        return LawStatus.OVERTAKEN
    return LawStatus.IN_FORCE


def regime(identifier: str | None, today: date) -> Regime:
    """The regime with this id; without one, the regime to act under on the day.

    Raises:
        NotFound: there is none.
    """
    regimes = load_regimes()
    if identifier is None:
        return regime_on(today, regimes)
    found = next((one for one in regimes if one.id == identifier), None)
    if found is None:
        near = nearest(identifier, (one.id for one in regimes))
        hint = f"Gần nhất là “{near}”." if near else f"Hiện có: {', '.join(one.id for one in regimes)}."
        raise NotFound(f"Không có bộ quy định mang mã “{identifier}”. {hint}")
    return found


def requirements(law: Regime, level: int, kind: str = "basic") -> Checklist:
    """The list of one level: ``basic``, the decree's ``duties`` beside it, or ``physical`` security.

    Raises:
        NotFound: the regime has no such list.
        Refused: no such level or kind of list.
    """
    _a_level(level)
    if kind not in _LISTS:
        raise Refused(f"Không có loại danh mục “{kind}”. Hãy chọn: {', '.join(_LISTS)}.")
    return _LISTS[kind](law, level)


def _a_level(level: int | None) -> None:
    if level is not None and level not in LEVELS:
        raise Refused(f"Cấp độ phải từ 1 đến 5, không có cấp độ {level}.")


def design_rules(law: Regime) -> DesignRules | None:
    """What the regime asks of the design; ``None`` when it has no such part."""
    try:
        return load_design(law)
    except NotFound:
        return None


def by_clause(law: Regime, clause: str, level: int | None = None) -> tuple[tuple[Checklist, Requirement], ...]:
    """Every requirement under a clause (``4.8.2.1``, ``4.8.2.1 a``), with its list; parts of the clause included.

    Raises:
        NotFound: no list has the clause; the nearest is offered.
        Refused: no such level.
    """
    _a_level(level)
    wanted = folded(clause)
    known: dict[str, str] = {}
    found: list[tuple[Checklist, Requirement]] = []
    for checklist in _every_list(law, level):
        for one in checklist.requirements:
            keys = {folded(one.clause), folded(one.id)}
            known |= dict.fromkeys(keys, one.clause)
            if any(key == wanted or key.startswith(f"{wanted} ") for key in keys):
                found.append((checklist, one))
    if not found:
        near = nearest(clause, known)
        hint = f" Gần nhất là “{known[near]}”." if near else ""
        raise NotFound(f"Không có yêu cầu nào ở mục “{clause}” của {law.short_title}.{hint}")
    return tuple(found)


def _every_list(law: Regime, level: int | None) -> list[Checklist]:
    found = []
    for one in [level] if level else LEVELS:
        for load in _LISTS.values():
            try:
                found.append(load(law, one))
            except NotFound:
                continue  # not every regime has every kind of list
    return found


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
    _a_level(level)
    return Edition(regime(name or None, today), int(said) if said else level)


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
    stored = (Answer.model_validate_json(one.body) for one in workspace.store.heads("answer", system.id))
    lists = _list_ids(comparison.before)
    answers = {answer.requirement_id: answer for answer in stored if answer.checklist_id in lists}
    return effect((*comparison.requirements, *comparison.duties), answers)


def _list_ids(one: Edition) -> set[str]:
    """The ids of the lists an edition holds: an answer to another list does not count for it."""
    found = set()
    for load in (load_checklist, load_duties):
        try:
            found |= {load(one.regime, one.level).id} if one.level else set()
        except NotFound:
            continue  # not every regime has a list of duties
    return found


def library_check(root: Path | None = None) -> LibraryCheck:
    """Every fault of every shipped law file."""
    return check_library(root)
