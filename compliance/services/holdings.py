"""What an office has at hand for one system: evidence of its own and of providers, drafts, stated reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Result
from compliance.domain.evidence import Evidence
from compliance.domain.inspection_pack import Holdings
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.services.carried import pairs_between
from compliance.services.classifications import ClassifiedSystem
from compliance.services.evidence import evidence_of
from compliance.services.pack_papers import OwnFile
from compliance.services.regimes import ANSWERED, lists_of
from compliance.services.reliances import inherited_by, standing


@dataclass(frozen=True)
class Gathered:
    """What is at hand, how to read a file of it by SHA-256, and the files known to be unreadable, with the reason."""

    held: Holdings
    read: Callable[[str], bytes]
    unreadable: Mapping[str, str] = field(default_factory=dict)


def gather(workspace: Workspace, classified: ClassifiedSystem, level: int, own: Sequence[OwnFile] = ()) -> Gathered:
    """Everything at hand for a system at a level; nothing is copied yet.

    Args:
        workspace: where it is recorded.
        classified: the system.
        level: the level whose lists count.
        own: papers the program made for this pack.

    Raises:
        NotFound: a record others point to is not there.
        DataFault: a list is broken.
    """
    system, regime = classified.system, classified.regime
    lists = tuple(lists_of(regime, level, ANSWERED).values())
    evidence, shared = _evidence(workspace, classified, level)
    answers = standing(workspace, system.id, regime, level)
    held = Holdings(
        system=system,
        level=level,
        lists=lists,
        evidence=evidence,
        not_applicable={one.requirement_id: one.reason for one in answers if one.result is Result.NOT_APPLICABLE},
        shared=shared,
        own={kind: tuple(one.stored for one in own if one.kind is kind) for kind in {one.kind for one in own}},
    )
    data = {one.stored.sha256: one.data for one in own if one.data is not None}
    lost = {one.stored.sha256: one.lost for one in own if one.data is None}

    def read(name: str) -> bytes:
        return data[name] if name in data else workspace.attachments.read(name)

    return Gathered(held, read, lost)


def _evidence(
    workspace: Workspace, classified: ClassifiedSystem, level: int
) -> tuple[dict[str, tuple[Evidence, ...]], dict[str, str]]:
    """What serves each requirement, a provider's where its answer counts, and whose the provider's pieces are."""
    system = classified.system
    found = {id_: pieces for (_, id_), pieces in evidence_of(workspace, system.id).items()}
    found = _moved(found, classified.regime, level)
    mine = {piece.id for pieces in found.values() for piece in pieces}
    of_provider = cache(lambda provider: evidence_of(workspace, provider))
    shared: dict[str, str] = {}
    for id_, one in inherited_by(workspace, system.id, classified.regime, level).items():
        source = one.source
        pieces = [
            piece
            for each in source.requirement_ids
            for piece in of_provider(source.system_id).get((source.system_id, each), ())
        ]
        shared |= {piece.id: one.provider_name for piece in pieces if piece.id not in mine}
        found[id_] = _joined(found.get(id_, ()), pieces)
    return found, shared


def _moved(found: dict[str, tuple[Evidence, ...]], regime: Regime, level: int) -> dict[str, tuple[Evidence, ...]]:
    """With evidence filed under the list of another level shown under what the requirement became, however changed."""
    old = set(found) - _ids(regime, level)
    moved = dict(found)
    for before in LEVELS:
        if before != level and old & _ids(regime, before):
            for pair in pairs_between(regime, before, level):
                pieces = [piece for id_ in pair.before if id_ in old for piece in found[id_]]
                moved |= {id_: _joined(moved.get(id_, ()), pieces) for id_ in pair.after if pieces}
    return moved


def _ids(regime: Regime, level: int) -> set[str]:
    return {one.id for checklist in lists_of(regime, level, ANSWERED).values() for one in checklist.requirements}


def _joined(known: Iterable[Evidence], more: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple({piece.id: piece for piece in (*known, *more)}.values())
