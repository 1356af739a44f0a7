"""What a regime says about who may check a system, as warnings that fire on the facts of a check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from compliance.domain.blank import Frozen
from compliance.domain.condition import Condition, Facts, facts_named
from compliance.domain.instrument import Mark
from compliance.domain.misfit import Misfit, doubles, unless_known

ASKED = (
    "level",
    "importance",
    "assessment_kind",
    "assessor_is_operator",
    "assessor_known",
    "operator_known",
    "outside_assessor",
    "level_changed",
    "ownership",
    "status",
)
"""What a warning may ask: the level checked against, whether a test of importance to national security holds, why one
checks, who checks, whether the level differs from the approved one, whose the system is and where in its life."""


class AssessmentWarning(Frozen):
    """Something to heed before a check begins; ``compulsory`` = the text asks it, not only advises."""

    id: str
    title: str
    message: str
    citation: str
    when: Condition
    compulsory: bool = True
    mark: Mark = Mark.READ
    uncertain: str = ""


class AssessmentRules(Frozen):
    """What a regime says about checks: the warnings, and where each kind of check is founded."""

    regime: str
    checked_on: date
    source_note: str
    warnings: tuple[AssessmentWarning, ...]


def rules_misfits(rules: AssessmentRules) -> list[Misfit]:
    """Doubled ids, and facts no check has: a warning on one would never fire."""
    found = doubles("warnings", (one.id for one in rules.warnings))
    for one in rules.warnings:
        for fact in facts_named(one.when):
            found += unless_known(f"warnings[{one.id}].when", fact, ASKED)
    return found


def warnings_for(rules: AssessmentRules, facts: Facts) -> tuple[AssessmentWarning, ...]:
    """The warnings that fire; an unknown fact fires none."""
    return tuple(_fired(rules.warnings, facts))


def _fired(warnings: Iterable[AssessmentWarning], facts: Facts) -> Iterable[AssessmentWarning]:
    return (one for one in warnings if one.when.truth(facts) is True)
