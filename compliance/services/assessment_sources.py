"""Everything the papers of a check are made from, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment
from compliance.domain.assessment_report import OpenLaw, ReportSources
from compliance.domain.assessment_rules import AssessmentWarning
from compliance.domain.assessment_sheet import AssessmentSheet
from compliance.domain.evidence import Evidence
from compliance.domain.grey_zone import GreyZone, ZonePlace
from compliance.domain.open_point import OpenPoint
from compliance.domain.regime import Regime
from compliance.domain.remediation import Finding
from compliance.services import assessments, organizations, systems
from compliance.services.assessment_warnings import warnings_of
from compliance.services.evidence import evidence_of, lost_files
from compliance.services.open_points import open_points_of
from compliance.services.own_forms import paper_versions

_POINT = re.compile(r"\bW\d{2}\b")


@dataclass(frozen=True)
class Gathered:
    """The regime a check is pinned to, what its papers are made from, and the versions of it all."""

    regime: Regime
    sources: ReportSources
    versions: dict[str, str]


def gather(workspace: Workspace, assessment_id: str, today: date, *, with_law: bool) -> Gathered:
    """Read a check with everything around it.

    Args:
        workspace: where it is recorded.
        assessment_id: the check.
        today: decides what the law leaves open.
        with_law: whether warnings, open law and evidence are wanted too.

    Raises:
        NotFound: there is no such check, or its list is no longer shipped.
    """
    sheet = assessments.load(workspace, assessment_id)
    one = sheet.assessment
    regime, lists = assessments.regime_of(one), tuple(assessments.lists_for(one).values())
    warnings, open_law = _law(workspace, one, regime, today) if with_law else ((), ())
    evidence = _evidence(workspace, sheet) if with_law else {}
    pieces = {piece.id: piece for found in evidence.values() for piece in found}
    sources = ReportSources(
        sheet=sheet,
        lists=lists,
        system=systems.system(workspace, one.system_id),
        units=organizations.units(workspace),
        systems=_provider_names(workspace, sheet),
        previous=assessments.assessment(workspace, one.previous_id) if one.previous_id else None,
        findings=_findings(workspace, one.system_id),
        standing={each.requirement_id: each for each in assessments.answers(workspace, one.system_id)},
        evidence=evidence,
        lost=lost_files(workspace, pieces.values()),
        warnings=warnings,
        open_law=open_law,
    )
    versions = {
        **paper_versions(workspace, regime, one.system_id),
        **{f"checklist/{id_}": version for id_, version in one.lists.items()},
    }
    return Gathered(regime, sources, versions)


def _findings(workspace: Workspace, system_id: str) -> dict[str, Finding]:
    heads = workspace.store.heads("finding", system_id)
    found = (Finding.model_validate_json(head.body) for head in heads)
    return {one.requirement_id: one for one in found}


def _provider_ids(sheet: AssessmentSheet) -> tuple[str, ...]:
    """The systems whose answers count somewhere in this check."""
    kept = (row.answer.inherited.system_id for row in sheet.rows if row.answer and row.answer.inherited)
    live = (row.inherited.source.system_id for row in sheet.rows if row.inherited)
    return tuple(dict.fromkeys((*kept, *live)))


def _provider_names(workspace: Workspace, sheet: AssessmentSheet) -> dict[str, str]:
    return {id_: systems.system(workspace, id_).name for id_ in _provider_ids(sheet)}


def _evidence(workspace: Workspace, sheet: AssessmentSheet) -> dict[tuple[str, str], tuple[Evidence, ...]]:
    """What serves the rows, of the system itself and of those it relies on."""
    found: dict[tuple[str, str], tuple[Evidence, ...]] = {}
    for id_ in (sheet.assessment.system_id, *_provider_ids(sheet)):
        found |= evidence_of(workspace, id_)
    return found


def _law(
    workspace: Workspace, one: Assessment, regime: Regime, today: date
) -> tuple[tuple[AssessmentWarning, ...], tuple[OpenLaw, ...]]:
    """What to heed about who checks, and what the law leaves open about checks or those warnings refer to."""
    found = open_points_of(workspace, one.system_id, today, places=[ZonePlace.ASSESSMENT])
    warnings = warnings_of(found.classified, one)
    named = {code for warning in warnings for code in _POINT.findall(warning.uncertain)}
    points: dict[str, OpenPoint | GreyZone] = {point.code: point for point in found.points}
    points |= {zone.code: zone for zone in regime.grey_zones if zone.code in named}
    return warnings, tuple(
        OpenLaw(code=code, title=point.title, message=point.message, citation=point.citation)
        for code, point in sorted(points.items())
    )
