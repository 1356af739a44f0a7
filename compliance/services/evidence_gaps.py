"""Evidence that does not bear out what an answer says, found among the records of one system or of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Assessment, Result
from compliance.domain.evidence import Evidence, by_requirement
from compliance.domain.regime_status import regime_on
from compliance.domain.remediation import EvidenceGap, GapKind, evidence_gaps
from compliance.services import assessments, evidence, reliances, systems
from compliance.services.carried import answered_level

_CLAIMING = (Result.COMPLIANT, Result.PARTIALLY_COMPLIANT)
Gap = tuple[EvidenceGap, Answer]


def gaps(workspace: Workspace, today: date, system_id: str = "", *, short: Sequence[str] = ()) -> tuple[Gap, ...]:
    """Every gap in the evidence, with the answer it is about.

    Answers to a list the newest check of the system no longer goes by are left out, and so are those a provider's
    answer stands before. A file counts as lost where it is gone or of another size; reading every file whole is left
    to ``verify`` and to whoever closes a finding.

    Args:
        workspace: where answers and evidence are recorded.
        today: decides what is out of date.
        system_id: one system; empty for all.
        short: ids of findings that are open anyway: there, evidence that is merely missing is no news.
    """
    claims = _claims(workspace, system_id)
    if not claims:
        return ()
    standing = _without_inherited(workspace, _of_current_lists(workspace, claims, system_id), today)
    pieces = _pieces(workspace, system_id)
    lost = _gone(workspace, {one.id: one for each in pieces.values() for one in each}.values())
    by_id = {(one.system_id, one.requirement_id): one for one in standing}
    known = set(short)
    return tuple(
        (gap, by_id[gap.system_id, gap.requirement_id])
        for gap in evidence_gaps(standing, pieces, lost, today)
        if gap.kind is not GapKind.MISSING or f"{gap.system_id}/{gap.requirement_id}" not in known
    )


def _claims(workspace: Workspace, system_id: str) -> list[Answer]:
    """The answers that say compliant, wholly or in part."""
    read = (Answer.model_validate_json(one.body) for one in workspace.store.heads("answer", system_id))
    return [one for one in read if one.result in _CLAIMING]


def _of_current_lists(workspace: Workspace, answers: Iterable[Answer], system_id: str) -> list[Answer]:
    lists: dict[str, Mapping[str, str]] = {}
    checks = assessments.assessments_of(workspace, system_id) if system_id else assessments.every_assessment(workspace)
    for one in sorted(checks, key=_begun):
        lists[one.system_id] = one.lists
    return [one for one in answers if one.system_id not in lists or one.checklist_id in lists[one.system_id]]


def _begun(one: Assessment) -> tuple[date, int]:
    return one.started_on, int(one.id.rpartition("-")[2])


def _without_inherited(workspace: Workspace, answers: list[Answer], today: date) -> list[Answer]:
    """Without what the office declared where it relies on a provider: the evidence lies with the provider."""
    declared: dict[str, list[Answer]] = {}
    for one in answers:
        if not one.assessment_id:
            declared.setdefault(one.system_id, []).append(one)
    relying = {id_.partition("/")[0] for id_ in workspace.store.ids("reliance")} & declared.keys()
    hidden: set[tuple[str, str]] = set()
    for id_ in relying:
        regime = regime_on(today, load_regimes())
        level = answered_level(declared[id_], regime)
        if level is not None:
            held = reliances.inherited_by(workspace, systems.system(workspace, id_), regime, level)
            hidden |= {(id_, requirement) for requirement in held}
    return [one for one in answers if one.assessment_id or (one.system_id, one.requirement_id) not in hidden]


def _pieces(workspace: Workspace, system_id: str) -> dict[tuple[str, str], tuple[Evidence, ...]]:
    if system_id:
        return evidence.evidence_of(workspace, system_id)
    return by_requirement(evidence.supports(workspace), evidence.every_piece(workspace))


def _gone(workspace: Workspace, pieces: Iterable[Evidence]) -> frozenset[str]:
    files = {one.file.sha256: one.file.size for one in pieces if one.file is not None}
    return frozenset(name for name, size in files.items() if not _there(workspace, name, size))


def _there(workspace: Workspace, name: str, size: int) -> bool:
    try:
        return workspace.attachments.path(name).stat().st_size == size
    except OSError:
        return False
