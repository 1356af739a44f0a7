"""At which level each system stood when: by the approvals recorded, before them by what its record said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from compliance.adapters.store import Revision
from compliance.domain.circumstance import circumstances
from compliance.domain.classification import classify
from compliance.domain.duty_walk import LevelSpan
from compliance.domain.moment import day_of
from compliance.domain.procedure import Procedure, Stage
from compliance.domain.road import Progress, walked
from compliance.domain.system import System
from compliance.errors import NotFound
from compliance.services.classifications import ClassifiedSystem
from compliance.services.duty_setting import DutySetting
from compliance.services.roads import level_of, procedure_under

_ONE = timedelta(days=1)
_NOT_APPROVED = frozenset({Stage.REFUSED, Stage.RETURNED})

LevelChange = tuple[date, int | None]
"""From that day on a system stood at that level."""


class Stood(NamedTuple):
    """The levels of one system in order; ``listed``: it is on the list of those important to national security."""

    spans: tuple[LevelSpan, ...]
    listed: bool = False


def level_spans(setting: DutySetting) -> dict[str, Stood]:
    """The levels of every recorded system through time, by id.

    The level approved holds from the day the decision takes effect; before the first approval the level is what the
    stored versions of the record gave, from the day each was saved; what lies ahead is at today's level.
    """
    taken = setting.steps
    procedure = _procedure(setting) if taken else None
    earlier = _earlier_levels(setting)
    found = {}
    for one in setting.classified:
        steps = taken.get(one.system.id, ())
        progress = walked(procedure, steps, setting.today) if procedure and steps else None
        recorded = earlier.get(one.system.id, [(date.min, None)])
        recorded = [*recorded[:-1], (recorded[-1][0], _level_today(one, progress))]
        spans = spans_of(recorded, list(_approvals(progress)) if progress else [])
        found[one.system.id] = Stood(spans, listed=progress is not None and progress.listed)
    return found


def spans_of(recorded: Sequence[LevelChange], approved: Sequence[LevelChange] = ()) -> tuple[LevelSpan, ...]:
    """The spans that changes of level make: those recorded until the first approval, from then on the approvals.

    Each list is in order of its days; the level the record gave first is taken for the time before it, too.
    """
    first = approved[0][0] if approved else date.max
    changes = [(date.min, recorded[0][1]), *(one for one in recorded[1:] if one[0] < first), *approved]
    last_of_day = [list(same)[-1] for _, same in groupby(changes, key=lambda one: one[0])]
    turns = [next(same) for _, same in groupby(last_of_day, key=lambda one: one[1])]
    ends = [*(then[0] - _ONE for _, then in pairwise(turns)), date.max]
    return tuple(LevelSpan(day, end, level) for (day, level), end in zip(turns, ends, strict=True))


def _procedure(setting: DutySetting) -> Procedure | None:
    try:
        return procedure_under(setting.regime, setting.today)
    except NotFound:
        return None  # under such a regime nothing of the road is known, so no approval either


def _level_today(one: ClassifiedSystem, progress: Progress | None) -> int | None:
    """As the road says it: the level filed once the dossier left the office, else what the facts give."""
    if progress is not None:
        return level_of(progress, one)
    return one.classification.level if one.classification.decided else None


def _approvals(progress: Progress) -> Iterable[LevelChange]:
    for one in progress.rounds:
        decision = one.decision
        if decision is not None and decision.effective_on is not None and one.stage not in _NOT_APPROVED:
            yield decision.effective_on, decision.level


def _earlier_levels(setting: DutySetting) -> dict[str, list[LevelChange]]:
    """For systems saved more than once, the level each version gave, from the day it was saved."""
    versions = groupby(setting.workspace.store.revised("system"), key=lambda one: one.id)
    return {id_: _levels_of(list(saved), setting) for id_, saved in versions}


def _levels_of(saved: Sequence[Revision], setting: DutySetting) -> list[LevelChange]:
    """Versions that say the same of what levels hang on are classified once."""
    levels: list[LevelChange] = []
    known: tuple[object, int | None] | None = None
    for one in saved:
        facts = json.loads(one.body).get("facts")
        if known is None or known[0] != facts:
            known = facts, _level(System.model_validate_json(one.body), setting)
        levels.append((min(day_of(one.recorded_at), setting.today), known[1]))
    return levels


def _level(system: System, setting: DutySetting) -> int | None:
    found = classify(setting.regime, system.facts, circumstances(system, setting.units, setting.systems))
    return found.level if found.decided else None
