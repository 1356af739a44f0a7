"""What to heed about a check: who may make it, and against which level."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.adapters.law import load_assessment_rules
from compliance.domain.assessment import Assessment
from compliance.domain.assessment_rules import AssessmentWarning, warnings_for
from compliance.domain.system import FactValue, Ownership
from compliance.errors import NotFound
from compliance.services.classifications import ClassifiedSystem


def warnings_of(classified: ClassifiedSystem, assessment: Assessment) -> tuple[AssessmentWarning, ...]:
    """What to heed about who checks and against what; a regime without such rules warns of nothing."""
    try:
        rules = load_assessment_rules(classified.regime)
    except NotFound:
        return ()
    return warnings_for(rules, _facts(classified, assessment))


def _facts(classified: ClassifiedSystem, assessment: Assessment) -> Mapping[str, FactValue | None]:
    system = classified.system
    approved = system.earlier_approval.level if system.earlier_approval else None
    operator, assessor = assessment.operator_id, assessment.assessor_unit_id
    return {
        "level": assessment.level,
        "importance": classified.classification.importance.truth,
        "assessment_kind": assessment.kind.value,
        "assessor_is_operator": operator == assessor if operator and assessor else None,
        "assessor_known": assessor is not None,
        "operator_known": operator is not None,
        "outside_assessor": assessment.outside,
        "level_changed": None if approved is None else approved != _found_level(classified, assessment),
        "ownership": system.ownership.value,
        "status": system.status.value if system.status else None,
    }


def _found_level(classified: ClassifiedSystem, assessment: Assessment) -> int:
    found = classified.classification
    used = classified.system.ownership is Ownership.USED
    return found.level if found.decided and found.level is not None and not used else assessment.level
