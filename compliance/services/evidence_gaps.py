"""Evidence that does not bear out what an answer says, found among the records of one system or of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.evidence import Evidence
from compliance.domain.regime_status import regime_on
from compliance.domain.remediation import EvidenceGap, Finding, GapKind, evidence_gaps
from compliance.services import reliances
from compliance.services.assessments import assessments_of
from compliance.services.carried import answered_level
from compliance.services.evidence import evidence_of
from compliance.services.finding_records import ANSWER, FINDING

_SYSTEM = "system"
_CLAIMING = (Result.COMPLIANT, Result.PARTIALLY_COMPLIANT)
Gap = tuple[EvidenceGap, Answer]


def gaps(workspace: Workspace, today: date, system_id: str = "", *, short: Collection[str] = ()) -> Iterator[Gap]:
    """Every gap in the evidence, with the answer it is about; one system is read at a time.

    Answers to a list the newest check of the system no longer goes by are left out, and so are those a provider's
    answer stands before. A file counts as lost where it is gone or of another size; reading every file whole is left
    to ``verify`` and to whoever closes a finding.

    Args:
        workspace: where answers and evidence are recorded.
        today: decides what is out of date.
        system_id: one system; empty for all.
        short: ids of findings that are open anyway: there, evidence that is merely missing is no news.
    """
    known = set(short)
    for one in [system_id] if system_id else workspace.store.ids(_SYSTEM):
        for gap, answer in _of_system(workspace, one, today):
            if gap.kind is not GapKind.MISSING or f"{gap.system_id}/{gap.requirement_id}" not in known:
                yield gap, answer


def gap_counts(
    workspace: Workspace, today: date, *, system_id: str = "", unit_id: str = "", overdue: bool = False
) -> dict[str, dict[GapKind, int]]:
    """How many gaps of each kind there are, by system; systems without one are left out.

    Args:
        workspace: where answers and evidence are recorded.
        today: decides what is out of date.
        system_id: only this system.
        unit_id: only what this unit is responsible for.
        overdue: only evidence out of date.
    """
    heads = workspace.store.heads(FINDING, system_id)
    short = [one.id for one in heads if Finding.model_validate_json(one.body).status.standing]
    counts: dict[str, Counter[GapKind]] = {}
    for gap, answer in gaps(workspace, today, system_id, short=short):
        wanted = unit_id in {"", answer.responsible_unit_id} and (gap.kind is GapKind.EXPIRED or not overdue)
        if wanted:
            counts.setdefault(gap.system_id, Counter())[gap.kind] += 1
    return {id_: dict(counted) for id_, counted in counts.items()}


def _of_system(workspace: Workspace, system_id: str, today: date) -> Iterable[Gap]:
    claims = _claims(workspace, system_id)
    if not claims:
        return []
    standing = _without_inherited(workspace, system_id, claims, today)
    pieces = evidence_of(workspace, system_id)
    lost = _gone(workspace, (one for each in pieces.values() for one in each))
    by_requirement_id = {one.requirement_id: one for one in standing}
    return [(gap, by_requirement_id[gap.requirement_id]) for gap in evidence_gaps(standing, pieces, lost, today)]


def _claims(workspace: Workspace, system_id: str) -> list[Answer]:
    """The answers to the lists of the newest check that say compliant, wholly or in part."""
    checks = assessments_of(workspace, system_id)
    lists = checks[-1].lists if checks else None
    read = (Answer.model_validate_json(one.body) for one in workspace.store.heads(ANSWER, system_id))
    return [one for one in read if one.result in _CLAIMING and (lists is None or one.checklist_id in lists)]


def _without_inherited(workspace: Workspace, system_id: str, claims: list[Answer], today: date) -> list[Answer]:
    """Without what the office declared where it relies on a provider: the evidence lies with the provider."""
    declared = [one for one in claims if not one.assessment_id]
    if not (declared and reliances.reliances(workspace, system_id)):
        return claims
    regime = regime_on(today, load_regimes())
    level = answered_level(declared, regime)
    if level is None:
        return claims
    held = reliances.inherited_by(workspace, system_id, regime, level)
    return [one for one in claims if one.assessment_id or one.requirement_id not in held]


def _gone(workspace: Workspace, pieces: Iterable[Evidence]) -> frozenset[str]:
    files = {one.file.sha256: one.file.size for one in pieces if one.file is not None}
    return frozenset(name for name, size in files.items() if not _there(workspace, name, size))


def _there(workspace: Workspace, name: str, size: int) -> bool:
    try:
        return workspace.attachments.path(name).stat().st_size == size
    except OSError:
        return False
