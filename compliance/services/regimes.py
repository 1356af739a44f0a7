"""Seeing the law: which regimes there are, what one asks at a level, any requirement by its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compliance.adapters.law import load_checklist, load_design, load_duties, load_physical, load_regimes
from compliance.adapters.law_check import LibraryCheck, check_library
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.design import DesignItem, DesignZones
from compliance.domain.instrument import LawStatus
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.domain.regime_status import days_since_check, regime_on, regime_status
from compliance.domain.wording import folded, nearest
from compliance.errors import NotFound, Refused

_LISTS = {"basic": load_checklist, "duties": load_duties, "physical": load_physical}
ANSWERED = ("basic", "duties")
"""The kinds of list an office answers requirement by requirement."""


@dataclass(frozen=True)
class LevelContent:
    """What a regime asks at one level: its lists by kind, and of the design the network zones and the items."""

    lists: Mapping[str, Checklist]
    zones: DesignZones | None
    items: tuple[DesignItem, ...]


@dataclass(frozen=True)
class RegimeState:
    """A regime on a day: its status, whether it is the one to act under, and how stale the data is.

    ``unchecked_days`` is set once the data was last compared with the law too long ago.
    """

    regime: Regime
    status: LawStatus
    acting: bool
    unchecked_days: int | None


def regime_states(today: date) -> tuple[RegimeState, ...]:
    """Every regime with its status on a day, oldest first."""
    regimes = load_regimes()
    acting = _acting(today, regimes)
    return tuple(
        RegimeState(one, regime_status(one, today), one.id == acting, days_since_check(one.checked_on, today))
        for one in regimes
    )


def _acting(today: date, regimes: tuple[Regime, ...]) -> str:
    try:
        return regime_on(today, regimes).id
    except NotFound:
        return ""


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
    refuse_other_level(level)
    if kind not in _LISTS:
        raise Refused(f"Không có loại danh mục “{kind}”. Hãy chọn: {', '.join(_LISTS)}.")
    return _LISTS[kind](law, level)


def refuse_other_level(level: int | None) -> None:
    """Refuse a number that is no level; ``None`` = every level.

    Raises:
        Refused: there is no such level.
    """
    if level is not None and level not in LEVELS:
        raise Refused(f"Cấp độ phải từ 1 đến 5, không có cấp độ {level}.")


def level_content(law: Regime, level: int) -> LevelContent:
    """Everything the regime asks at one level.

    Raises:
        Refused: there is no such level.
    """
    refuse_other_level(level)
    try:
        design = load_design(law)
    except NotFound:
        return LevelContent(lists_of(law, level), None, ())  # not every regime has rules of design
    return LevelContent(lists_of(law, level), design.zones_of(level), design.of_level(level))


def lists_of(law: Regime, level: int, kinds: Iterable[str] = tuple(_LISTS)) -> dict[str, Checklist]:
    """The lists of one level by kind; a regime need not have every kind."""
    found = {}
    for kind in kinds:
        try:
            found[kind] = _LISTS[kind](law, level)
        except NotFound:
            continue
    return found


def by_clause(law: Regime, clause: str, level: int | None = None) -> tuple[tuple[Checklist, Requirement], ...]:
    """Every requirement under a clause (``4.8.2.1``, ``4.8.2.1 a``), with its list; parts of the clause included.

    Raises:
        NotFound: no list has the clause; the nearest is offered.
        Refused: no such level.
    """
    refuse_other_level(level)
    wanted = folded(clause)
    known: dict[str, str] = {}
    found: list[tuple[Checklist, Requirement]] = []
    levels = LEVELS if level is None else (level,)
    for checklist in (one for each in levels for one in lists_of(law, each).values()):
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


def library_check(root: Path | None = None) -> LibraryCheck:
    """Every fault of every shipped law file."""
    return check_library(root)
