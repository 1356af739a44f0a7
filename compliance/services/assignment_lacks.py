"""The roles somebody must hold and nobody does, with the clause that asks for them."""

from __future__ import annotations

from datetime import date

from compliance.adapters.law import load_assignment_rules
from compliance.adapters.workspace import Workspace
from compliance.domain.assignment_rules import AssignmentRules, Lack, lacking
from compliance.domain.checklist import Requirement
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.errors import NotFound
from compliance.services.assignments import assignments
from compliance.services.classifications import classify_all
from compliance.services.regimes import ANSWERED, lists_of, regime


def lacks(workspace: Workspace, day: date) -> tuple[Lack, ...]:
    """The roles somebody must hold and nobody does on a day, with the clause that asks.

    Raises:
        NotFound: no regime is in force on the day.
        DataFault: a law file is broken.
    """
    law = regime(None, day)
    try:
        rules = load_assignment_rules(law)
    except NotFound:
        return ()  # the regime before names no roles
    systems = {
        one.system.id: (one.system.name, one.classification.level if one.classification.decided else None)
        for one in classify_all(workspace, day)
        if one.system.needs_dossier and not (one.system.ended_on and one.system.ended_on < day)
    }
    return lacking(rules, assignments(workspace, day), systems, _asked(law, rules), day)


def _asked(law: Regime, rules: AssignmentRules) -> dict[str, tuple[int, Requirement]]:
    wanted = {id_ for one in rules.roles for id_ in one.requirements}
    found: dict[str, tuple[int, Requirement]] = {}
    for level in LEVELS:
        for checklist in lists_of(law, level, ANSWERED).values():
            for row in checklist.requirements:
                if row.id in wanted:
                    found.setdefault(row.id, (level, row))
    return found
