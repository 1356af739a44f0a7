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


_Day = tuple[str, date | None]
"""A day, under the word that says it in the sentence of the check."""


def _too_late(facts: PreflightInput, fields: tuple[str, ...], late: _Day, early: _Day) -> Iterator[Hit]:
    """A day that may not follow another and does; it is mended in the first field."""
    if late[1] is not None and early[1] is not None and late[1] > early[1]:
        words = {late[0]: date_text(late[1]), early[0]: date_text(early[1])}
        yield Hit(facts.place(fields[0]), fields, words)


def _regulation_late(facts: PreflightInput) -> Iterator[Hit]:
    """The rules must be there before the dossier is approved."""
    issued = facts.road.regulation_issued_on or _issued(facts.system.regulation)
    fields = ("systems.regulation", "road.decided_on")
    yield from _too_late(facts, fields, ("issued", issued), ("decided", facts.road.decided_on))


def _designation_late(facts: PreflightInput) -> Iterator[Hit]:
    issued = _issued(facts.system.security_unit_document)
    fields = ("systems.security_unit_document", "road.decided_on")
    yield from _too_late(facts, fields, ("issued", issued), ("decided", facts.road.decided_on))


def _design_late(facts: PreflightInput) -> Iterator[Hit]:
    issued = _issued(facts.system.design_document)
    fields = ("systems.design_document", "systems.started_on")
    yield from _too_late(facts, fields, ("issued", issued), ("started", facts.system.started_on))


def _invested_late(facts: PreflightInput) -> Iterator[Hit]:
    """Only a system that is not being upgraded: an upgrade begins after the first use."""
    system = facts.system
    if system.status is not Status.UPGRADING:
        fields = ("systems.investment_started_on", "systems.started_on", "systems.status")
        yield from _too_late(facts, fields, ("begun", system.investment_started_on), ("started", system.started_on))


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
    fields = ("systems.operator_document", "systems.owner_document")
    yield from _too_late(facts, fields, ("owned", owned), ("assigned", assigned))


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
    fields = ("systems.risk_assessed_on", "systems.investment_started_on", "systems.status", "road.changed_on")
    yield from _too_late(facts, fields, ("changed", changed), ("assessed", assessed))


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
