"""A legal regime as dated data: questions, criteria, authority and grey zones, each with its citation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from compliance.domain.authority import Authority
from compliance.domain.blank import Frozen
from compliance.domain.condition import Condition
from compliance.domain.grey_zone import GreyZone
from compliance.domain.instrument import Instrument, Mark
from compliance.domain.level import LEVELS, Level
from compliance.domain.question import Question


class Criterion(Frozen):
    """One criterion of a level: exact citation, short statement, condition.

    ``enabled`` is false while the text a criterion points to has not been issued: it is shown and never applied;
    ``uncertain`` says what the text leaves open.
    """

    id: str
    level: Level
    citation: str
    statement: str
    when: Condition
    uncertain: str = ""
    enabled: bool = True


class RiskRule(Frozen):
    """The rule that a higher risk result raises the level and never lowers it."""

    id: str
    citation: str
    statement: str
    fact: str


class HarmStep(Frozen):
    """One line of the harm scale used as a cross-check of the level."""

    level: Level
    citation: str
    statement: str
    when: Condition


class ImportanceTest(Frozen):
    """A test for systems important to national security."""

    id: str
    citation: str
    statement: str
    when: Condition | None = None
    at_level: int | None = None


class PlanPart(Frozen):
    """A part or group of the protection plan (letter and statutory heading)."""

    id: str
    letter: str
    title: str
    citation: str


class SystemRule(Frozen):
    """A rule about what one system is (one owner, no splitting), cited when a check fires.

    ``finding`` is the sentence a fired check prints; its ``{places}`` are filled with the system's name and levels.
    """

    id: str
    citation: str
    statement: str
    finding: str = ""


class DossierPart(Frozen):
    """A part of the classification dossier and the levels that need it."""

    id: str
    title: str
    citation: str
    levels: tuple[int, ...] = LEVELS
    fields: tuple[str, ...] = ()
    mark: Mark = Mark.READ
    uncertain: str = ""


class StatutoryForm(Frozen):
    """A form the regime prescribes; ``levels`` are those it serves, as far as the text tells."""

    id: str
    title: str
    citation: str
    levels: tuple[int, ...] = LEVELS
    mark: Mark = Mark.READ
    uncertain: str = ""


class Cycle(Frozen):
    """Something the regime itself asks at regular times: an inspection, a report, a data window.

    ``months`` is the period in months, ``None`` where the text gives a date (``due``) or no figure.
    """

    id: str
    what: str
    who: str
    due: str
    months: int | None = Field(default=None, ge=1)
    levels: tuple[int, ...] = LEVELS
    citation: str
    mark: Mark = Mark.READ
    uncertain: str = ""


class Term(Frozen):
    """A term of this regime and what the following regime calls it."""

    old: str
    new: str
    note: str = ""
    citation: str = ""
    mark: Mark = Mark.READ


class PackageForms(Frozen):
    """The papers of a dossier's package that are no statutory form of their own: form ids.

    ``overview``, ``rationale`` and ``plan`` are the three explanations, ``plan_annex`` a stretch of the plan's tables,
    ``contents`` the list of files, ``masked`` the list of what a redacted copy leaves out.
    """

    contents: str
    overview: str
    rationale: str
    plan: str
    plan_annex: str
    masked: str


class OwnForms(Frozen):
    """Papers of our own that speak of this regime: form ids, empty = there is none."""

    open_points: str = ""
    penalties: str = ""
    inspection_pack: str = ""
    field_checklist: str = ""
    assessment_minutes: str = ""
    assessment_report: str = ""
    remediation_plan: str = ""
    risk_report: str = ""
    approval_decision_low: str = ""
    regulation: str = ""
    regulation_decision: str = ""
    renewal_page: str = ""
    duty_plan: str = ""
    wall_calendar: str = ""
    handover: str = ""
    morning_sheet: str = ""
    incident_initial: str = ""
    incident_report: str = ""
    incident_update: str = ""
    incident_closing: str = ""
    incident_personal_data: str = ""
    response_script: str = ""
    contact_list: str = ""
    annual_report: str = ""
    annual_annexes: str = ""
    progress_report: str = ""
    leader_page: str = ""
    package: PackageForms | None = None


class Regime(Frozen):
    """A regime in force between two dates; complete, cited, with the day it was last checked.

    ``in_force_to`` is the last day it was in force, where a text ends it; ``overtaken_from`` the day from which a
    later regime covers its ground without ending it expressly, with ``status_note`` saying what still rests on it.
    ``successor`` is the id of that regime. ``road_forms`` are the ids of the papers around the statutory forms.
    """

    id: str
    title: str
    short_title: str
    in_force_from: date
    in_force_to: date | None = None
    overtaken_from: date | None = None
    successor: str = ""
    status_note: str = ""
    checked_on: date
    instruments: tuple[Instrument, ...]
    questions: tuple[Question, ...]
    criteria: tuple[Criterion, ...]
    risk_rule: RiskRule | None = None
    highest_wins: SystemRule
    system_rules: tuple[SystemRule, ...]
    harm_scale: tuple[HarmStep, ...]
    importance_tests: tuple[ImportanceTest, ...]
    authority: tuple[Authority, ...]
    grey_zones: tuple[GreyZone, ...]
    plan_parts: tuple[PlanPart, ...]
    management_groups: tuple[PlanPart, ...]
    technical_groups: tuple[PlanPart, ...]
    forms: tuple[StatutoryForm, ...] = ()
    own_forms: OwnForms = OwnForms()
    standard: str = ""
    road_forms: tuple[str, ...] = ()
    dossier_parts: tuple[DossierPart, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def standard_name(self) -> str:
        """The national standard whose basic requirements apply, number and title; empty where none is named."""
        found = next((one for one in self.instruments if one.code == self.standard), None)
        return f"{found.cite_as} {found.title}" if found else ""

    def question(self, fact: str) -> Question | None:
        """The question that asks this fact."""
        return next((question for question in self.questions if question.id == fact), None)

    def authority_for(self, level: int) -> Authority | None:
        """Who is competent at this level."""
        return next((authority for authority in self.authority if level in authority.levels), None)


def questions_asked(first: Regime, regimes: Iterable[Regime]) -> tuple[Question, ...]:
    """The questions of one regime, then those only other regimes ask: an inventory must serve the transition too."""
    found = {question.id: question for question in first.questions}
    for regime in regimes:
        for question in regime.questions:
            found.setdefault(question.id, question)
    return tuple(found.values())
