"""What the office decided about how often: read as it changed through time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from compliance.adapters.store import Revision
from compliance.adapters.workspace import Workspace
from compliance.domain.duty import Cadency
from compliance.domain.duty_walk import Decided
from compliance.domain.moment import day_of

KIND = "cadence"
Decisions = Mapping[str, Sequence[Decided]]
"""By key, what was decided from when, in order."""


def decisions(workspace: Workspace) -> tuple[Decisions, Mapping[str, Decisions]]:
    """What was decided for every system, by key; and for one subject, by its id and then by key.

    A decision of one subject that was withdrawn leaves the field to that for all.
    """
    often = {id_: list(saved) for id_, saved in groupby(workspace.store.revised(KIND), key=lambda one: one.id)}
    common: dict[str, Sequence[Decided]] = {}
    own: dict[str, dict[str, Sequence[Decided]]] = {}
    for head in workspace.store.heads(KIND):
        told = _through_time(often.get(head.id, [head]))
        subject, _, key = head.id.rpartition("/")
        if not subject:
            common[key] = told
        elif told[-1].cadency is not None:
            own.setdefault(subject, {})[key] = told
    return common, own


def _through_time(saved: Iterable[Revision]) -> list[Decided]:
    told: list[Decided] = []
    for one in saved:
        cadency = Cadency.model_validate_json(one.body)
        first = day_of(one.recorded_at) if cadency.withdrawn else cadency.decided_on
        if told:
            first = max(first, told[-1].first)
        told.append(Decided(first, None if cadency.withdrawn else cadency))
    return told
