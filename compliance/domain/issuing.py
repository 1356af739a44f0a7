"""Whose head stands on the papers of a check: the body that checks, else the owner of the system."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.domain.assessment import Assessment
from compliance.domain.dossier import Letterhead, letterhead
from compliance.domain.organization import Unit
from compliance.domain.system import System


def issuing_head(one: Assessment, system: System, units: Mapping[str, Unit], kind_code: str) -> Letterhead:
    """Head and foot of a named kind of paper: number, kind, agency.

    Args:
        one: the check.
        system: the system checked.
        units: every unit.
        kind_code: the abbreviation of the kind, as it stands before the agency's symbol.
    """
    unit = units.get(one.assessor_unit_id or "")
    if unit is None and one.outside:
        head = letterhead(None).model_copy(update={"agency": one.assessor.upper()})
    else:
        head = letterhead(unit or units.get(system.owner_id or ""))
    return head.of_kind(kind_code)
