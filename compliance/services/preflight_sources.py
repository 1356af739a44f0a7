"""Everything pre-flight looks at, read from the workspace and the shipped law; nothing is printed or stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from compliance.adapters.inventory_columns import tables
from compliance.adapters.law import load_preflight, load_regimes, load_register
from compliance.adapters.templates import Form, load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.asking import open_questions
from compliance.domain.assessment import Answer
from compliance.domain.checklist import Checklist
from compliance.domain.citation_grammar import Grammar
from compliance.domain.classification import classify
from compliance.domain.column import Table
from compliance.domain.detailed_risk import recorded_elsewhere
from compliance.domain.dossier import Subject, compose, request
from compliance.domain.grey_zone import ZonePlace
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.open_point import OpenPoint, open_points
from compliance.domain.organization import Unit
from compliance.domain.preflight import PreflightCatalogue
from compliance.domain.preflight_input import Missing, PreflightInput, RoadFacts, typed_texts
from compliance.domain.preflight_level import possible_levels
from compliance.domain.preflight_missing import PLAN, missing_of
from compliance.domain.preflight_texts import cited_in, mentioned_in
from compliance.domain.regime import Regime, Term
from compliance.domain.regime_status import regime_on
from compliance.domain.system import Ownership, System
from compliance.domain.transition import RunningDeadline
from compliance.errors import BadData, NotFound
from compliance.services import assessments, organizations, reliances, systems
from compliance.services.carried import answered_level
from compliance.services.classifications import ClassifiedSystem
from compliance.services.dossiers import OVERRIDES
from compliance.services.evidence_gaps import gaps
from compliance.services.regimes import ANSWERED, lists_of
from compliance.services.transitions import transitions

_LATER = {ZonePlace.ASSESSMENT, ZonePlace.INCIDENT, ZonePlace.REPORT, ZonePlace.PENALTY}
"""Where an office meets what the law leaves open only after the dossier is approved."""
_BEFORE_SENDING = tuple(place for place in ZonePlace if place not in _LATER)


@dataclass(frozen=True)
class Desk:
    """What the systems of one office are checked against, read once; ``asked`` are their ids, none = every one."""

    workspace: Workspace
    today: date
    regimes: tuple[Regime, ...]
    units: Mapping[str, Unit]
    every: Mapping[str, System]
    asked: tuple[str, ...] = ()

    @cached_property
    def regime(self) -> Regime:
        """The law of the day."""
        return regime_on(self.today, self.regimes)

    @cached_property
    def catalogue(self) -> PreflightCatalogue:
        """The checks of that law."""
        return load_preflight(self.regime)

    @cached_property
    def register(self) -> InstrumentRegister:
        """Every instrument known."""
        return load_register()

    @cached_property
    def grammar(self) -> Grammar:
        """How papers write them."""
        return Grammar(self.register)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The sheets of the inventory."""
        return {table.id: table for table in tables(self.regime.questions)}

    @cached_property
    def old_terms(self) -> tuple[Term, ...]:
        """What the regime before called things."""
        return tuple(term for law in self.regimes if law.successor == self.regime.id for term in law.terms)

    @cached_property
    def deadlines(self) -> dict[str, tuple[RunningDeadline, ...]]:
        """The deadlines of the transition, by system."""
        try:
            report = transitions(self.workspace, self.asked, today=self.today)
        except NotFound:
            return {}
        return {
            one.system.id: tuple(deadline for case in one.result.found for deadline in case.deadlines)
            for one in report.systems
        }


def desk(workspace: Workspace, today: date, *asked: str) -> Desk:
    """Read what does not depend on the system.

    Raises:
        NotFound: no regime is in force on ``today``.
    """
    every = {one.id: one for one in systems.systems(workspace)}
    return Desk(workspace, today, load_regimes(), organizations.units(workspace), every, asked)


def gather(desk: Desk, one: ClassifiedSystem, road: RoadFacts) -> PreflightInput:
    """Everything about one system.

    Raises:
        NotFound: the regime has no such checks.
        DataFault: a form or law file is broken.
    """
    system, found = one.system, one.classification
    level = max(possible_levels(found), default=None)
    lists = lists_of(one.regime, level, ANSWERED) if level is not None else {}
    own = assessments.answers(desk.workspace, system.id)
    answers = _standing(desk, one, level, own)
    texts = typed_texts(system, _own_units(desk, system), answers)
    outdated, check_id = _checked(desk.workspace, system.id)
    return PreflightInput(
        system=system,
        units=desk.units,
        others=desk.every,
        levels={id_: _level(desk, id_) for id_ in _linked(system) if id_ in desk.every},
        regime=one.regime,
        classification=found,
        findings=one.findings,
        questions=open_questions(one.regime, system.facts),
        lists=tuple(lists.values()),
        answers=answers,
        answered_level=answered_level(own, one.regime),
        outdated=outdated,
        check_id=check_id,
        gaps=tuple(gap for gap, _ in gaps(desk.workspace, desk.today, system.id)),
        missing=_missing(desk, one, level, lists, answers),
        around=one.around,
        points=_points(one, level),
        deadlines=desk.deadlines.get(system.id, ()),
        old_terms=desk.old_terms,
        unreadable=_unreadable(desk.workspace, system),
        citations=cited_in(texts, desk.register, desk.grammar, desk.today),
        mentions=mentioned_in(texts, desk.register),
        register=desk.register,
        lexicon=desk.catalogue.lexicon,
        tables=desk.tables,
        today=desk.today,
        road=road,
    )


def _standing(desk: Desk, one: ClassifiedSystem, level: int | None, own: Iterable[Answer]) -> dict[str, Answer]:
    known = own if level is None else reliances.standing(desk.workspace, one.system.id, one.regime, level)
    return {answer.requirement_id: answer for answer in known}


def _own_units(desk: Desk, system: System) -> tuple[Unit, ...]:
    return tuple(desk.units[id_] for id_ in sorted(system.unit_ids) if id_ in desk.units)


def _checked(workspace: Workspace, system_id: str) -> tuple[tuple[str, ...], str]:
    """What changed in the lists since the newest check, and its id."""
    checks = assessments.assessments_of(workspace, system_id)
    if not checks:
        return (), ""
    try:
        return assessments.outdated_lists(checks[-1]), checks[-1].id
    except NotFound:
        return (), checks[-1].id  # checked under a law that is no longer shipped


def _linked(system: System) -> Collection[str]:
    return {one.other_system_id for one in system.connections if one.other_system_id}


def _level(desk: Desk, system_id: str) -> int | None:
    """The level of another system: as its owner approved it where the office only uses it, else by its facts."""
    other = desk.every[system_id]
    if other.ownership is Ownership.USED:
        return other.earlier_approval.level if other.earlier_approval else None
    found = classify(desk.regime, other.facts)
    return found.level if found.decided else None


def _missing(
    desk: Desk, one: ClassifiedSystem, level: int | None, lists: Mapping[str, Checklist], answers: Mapping[str, Answer]
) -> tuple[Missing, ...]:
    """What the forms of the level lack; while the level is open, those of the highest one possible, without a plan."""
    forms = _forms(desk.workspace, one.regime, level)
    if level is None or forms is None or not {"basic", "duties"} <= set(lists):
        return ()
    decided = one.classification.decided
    subject = Subject(
        system=one.system,
        classification=one.classification.model_copy(update={"level": level, "decided": True}),
        checklist=lists["basic"],
        duties=lists["duties"],
        answers=answers,
        around={**one.around, "level": level, "several_systems": False},
        linked=recorded_elsewhere(one.system, tuple(desk.every.values()), desk.units),
    )
    request_form, dossier_form = forms
    names = {id_: other.name for id_, other in desk.every.items()}
    dossier = compose(
        [subject],
        desk.units,
        one.regime,
        named=names,
        tables=desk.tables,
        wanted=dossier_form.wanted,
        clauses=dossier_form.data.design_clauses,
    )
    letter = request(subject, desk.units, one.regime)
    wanted = dossier_form.wanted.of(subject.around), request_form.wanted.of(subject.around)
    found = missing_of(dossier, wanted[0], letter, wanted[1], desk.tables)
    return tuple(each for each in found if decided or each.field != PLAN)


def _forms(workspace: Workspace, regime: Regime, level: int | None) -> tuple[Form, Form] | None:
    authority = regime.authority_for(level) if level is not None else None
    if authority is None:
        return None
    folder = workspace.path / OVERRIDES
    try:
        wanted = (authority.request_form, authority.dossier_form)
        first, second = (load_form(regime.id, form, overrides=folder) for form in wanted)
    except NotFound:
        return None
    return first, second


def _points(one: ClassifiedSystem, level: int | None) -> Sequence[OpenPoint]:
    """What the law leaves open here; a point about one form counts where that form is filed."""
    authority = one.regime.authority_for(level) if level is not None else None
    filed = {authority.request_form, authority.dossier_form} if authority else set()
    alone = {**one.around, "several_systems": False}
    every = open_points(one.regime, alone, places=_BEFORE_SENDING)
    return tuple(point for point in every if not point.forms or filed & set(point.forms))


def _unreadable(workspace: Workspace, system: System) -> dict[str, str]:
    found = {}
    for diagram in system.diagrams:
        try:
            workspace.attachments.read(diagram.sha256)
        except (NotFound, BadData) as error:
            found[diagram.sha256] = str(error)
    return found
