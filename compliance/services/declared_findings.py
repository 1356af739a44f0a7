"""Shortfalls an office declares itself: a finding opens with them as it does in a check."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from compliance.adapters.store import Act
from compliance.domain.assessment import Answer
from compliance.domain.checklist import Requirement
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.domain.remediation import Finding, after_answer
from compliance.services.finding_records import FINDING
from compliance.services.records import put_over
from compliance.services.regimes import ANSWERED, lists_of


def open_declared(act: Act, answers: Collection[Answer], regime: Regime, today: date) -> None:
    """Open, keep or take back the finding of every declared answer, in the act that stores the answers."""
    if not answers:
        return
    known = _requirements(regime)
    for answer in answers:
        requirement = known.get((answer.checklist_id, answer.requirement_id))
        if requirement is None:
            continue  # a list of another regime: its shortfalls are not followed
        head = act.head(FINDING, f"{answer.system_id}/{answer.requirement_id}")
        before = Finding.model_validate_json(head.body) if head else None
        finding = after_answer(before, answer, requirement, check=None, today=today)
        if finding is not None and finding != before:
            put_over(act, FINDING, finding.id, finding)


def _requirements(regime: Regime) -> dict[tuple[str, str], Requirement]:
    lists = (one for level in LEVELS for one in lists_of(regime, level, ANSWERED).values())
    return {(each.id, one.id): one for each in lists for one in each.requirements}
