"""Detectors about dates: papers of a day that has not come, and days that cannot follow one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from compliance.domain.missing import Wanted, label_of
from compliance.domain.paper import Paper
from compliance.domain.preflight import Detector, Hit, detector
from compliance.domain.preflight_input import PreflightInput
from compliance.domain.system import Status
from compliance.domain.wording import date_text

_HEADERS_ONLY = Wanted(labels={}, demands={})
_NOT_YET_IN_USE = {Status.INVESTING, Status.NEW}


def called(facts: PreflightInput, field: str) -> str:
    """What a field is called on its sheet."""
    return label_of(field, facts.tables, _HEADERS_ONLY)


def _issued(paper: Paper | None) -> date | None:
    return paper.issued_on if paper else None


def _future_papers(facts: PreflightInput) -> Iterator[Hit]:
    for field, subject, paper in facts.papers:
        if paper.issued_on is not None and paper.issued_on > facts.today:
            words = {"what": called(facts, field), "paper": paper.text, "day": date_text(paper.issued_on)}
            yield Hit(facts.place(field, subject), (field,), words)


def _regulation_late(facts: PreflightInput) -> Iterator[Hit]:
    """The rules must be there before the dossier is approved."""
    issued = facts.road.regulation_issued_on or _issued(facts.system.regulation)
    decided = facts.road.decided_on
    if issued is not None and decided is not None and issued > decided:
        field = "systems.regulation"
        words = {"issued": date_text(issued), "decided": date_text(decided)}
        yield Hit(facts.place(field), (field, "road.decided_on"), words)


def _designation_late(facts: PreflightInput) -> Iterator[Hit]:
    issued, decided = _issued(facts.system.security_unit_document), facts.road.decided_on
    if issued is not None and decided is not None and issued > decided:
        field = "systems.security_unit_document"
        words = {"issued": date_text(issued), "decided": date_text(decided)}
        yield Hit(facts.place(field), (field, "road.decided_on"), words)


def _design_late(facts: PreflightInput) -> Iterator[Hit]:
    issued, started = _issued(facts.system.design_document), facts.system.started_on
    if issued is not None and started is not None and issued > started:
        field = "systems.design_document"
        words = {"issued": date_text(issued), "started": date_text(started)}
        yield Hit(facts.place(field), (field, "systems.started_on"), words)


def _invested_late(facts: PreflightInput) -> Iterator[Hit]:
    """Only a system that is not being upgraded: an upgrade begins after the first use."""
    begun, started = facts.system.investment_started_on, facts.system.started_on
    if facts.system.status is Status.UPGRADING or begun is None or started is None or begun <= started:
        return
    field = "systems.investment_started_on"
    words = {"begun": date_text(begun), "started": date_text(started)}
    yield Hit(facts.place(field), (field, "systems.started_on", "systems.status"), words)


def _in_use_tomorrow(facts: PreflightInput) -> Iterator[Hit]:
    started = facts.system.started_on
    if facts.system.status is Status.OPERATING and started is not None and started > facts.today:
        field = "systems.started_on"
        yield Hit(facts.place(field), (field, "systems.status"), {"started": date_text(started)})


def _in_use_already(facts: PreflightInput) -> Iterator[Hit]:
    started = facts.system.started_on
    if facts.system.status in _NOT_YET_IN_USE and started is not None and started <= facts.today:
        field = "systems.status"
        yield Hit(facts.place(field), (field, "systems.started_on"), {"started": date_text(started)})


def _assigned_before_owner(facts: PreflightInput) -> Iterator[Hit]:
    """The operator was named before anybody was named owner."""
    assigned, owned = _issued(facts.system.operator_document), _issued(facts.system.owner_document)
    if assigned is not None and owned is not None and assigned < owned:
        field = "systems.operator_document"
        words = {"assigned": date_text(assigned), "owned": date_text(owned)}
        yield Hit(facts.place(field), (field, "systems.owner_document"), words)


def _half_cited(facts: PreflightInput) -> Iterator[Hit]:
    """A paper by number without its day, or by day without its number."""
    for field, subject, paper in facts.papers:
        lacks = "ngày ban hành" if paper.number and paper.issued_on is None else ""
        lacks = "số, ký hiệu" if paper.issued_on is not None and not paper.number else lacks
        if lacks:
            words = {"what": called(facts, field), "paper": paper.text, "lacks": lacks}
            yield Hit(facts.place(field, subject), (field,), words)


def _risk_old(facts: PreflightInput) -> Iterator[Hit]:
    """An upgrade is a change from the day it began, where the road tells of none."""
    system, road = facts.system, facts.road
    assessed = road.risk_assessed_on or system.risk_assessed_on
    upgraded = system.investment_started_on if system.status is Status.UPGRADING else None
    changed = road.changed_on or upgraded
    if assessed is not None and changed is not None and assessed < changed:
        fields = ("systems.risk_assessed_on", "systems.investment_started_on", "systems.status", "road.changed_on")
        words = {"assessed": date_text(assessed), "changed": date_text(changed)}
        yield Hit(facts.place(fields[0]), fields, words)


DETECTORS: Mapping[str, Detector] = {
    "paper-of-the-future": detector(_future_papers, "what", "paper", "day"),
    "regulation-after-decision": detector(_regulation_late, "issued", "decided"),
    "designation-after-decision": detector(_designation_late, "issued", "decided"),
    "design-after-use": detector(_design_late, "issued", "started"),
    "investment-after-use": detector(_invested_late, "begun", "started"),
    "in-use-tomorrow": detector(_in_use_tomorrow, "started"),
    "in-use-already": detector(_in_use_already, "started"),
    "operator-before-owner": detector(_assigned_before_owner, "assigned", "owned"),
    "paper-half-cited": detector(_half_cited, "what", "paper", "lacks"),
    "risk-older-than-change": detector(_risk_old, "assessed", "changed"),
}
