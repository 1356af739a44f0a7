"""A legal regime as dated data: questions, criteria, authority and grey zones, each with its citation."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.condition import Condition


class QuestionType(StrEnum):
    """How a fact is answered."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    SET = "set"


class Choice(Frozen):
    """One value a fact may take, with its Vietnamese label and other ways people write it."""

    value: str
    label: str
    also: tuple[str, ...] = ()
    help: str = ""


class Question(Frozen):
    """A fact about systems and how to ask for it.

    ``blank_means_none``: an absent answer means “none so far” and never keeps a case open. ``ask_when``: ask only
    while this holds or is unknown. ``column``: the import header; ``also`` its variants. ``minimum`` and ``maximum``
    bound a number; for a set ``minimum`` is the least count of values, 0 where “none of them” is an answer.
    """

    id: str
    type: QuestionType
    label: str
    help: str
    example: str
    citation: str
    column: str
    also: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int = 100_000_000
    blank_means_none: bool = False
    ask_when: Condition | None = None
    ask_whom: str = ""
    group: str = "level"


class Criterion(Frozen):
    """One criterion of a level: exact citation, short statement, condition.

    ``enabled`` is false while the text a criterion points to has not been issued: it is shown and never applied;
    ``uncertain`` says what the text leaves open.
    """

    id: str
    level: int = Field(ge=1, le=5)
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

    level: int = Field(ge=1, le=5)
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


class ZonePlace(StrEnum):
    """Where a grey zone is shown: on the system it fires for, in every rationale, or once per office."""

    CLASSIFICATION = "classification"
    RATIONALE = "rationale"
    OFFICE = "office"


class GreyZone(Frozen):
    """A point the law leaves open: when it fires, what to tell the user, where it comes from."""

    code: str
    title: str
    message: str
    citation: str
    place: ZonePlace = ZonePlace.CLASSIFICATION
    when: Condition | None = None


class Authority(Frozen):
    """Who files, appraises and approves a dossier of these levels, with forms and limits in working days."""

    levels: tuple[int, ...]
    files: str
    appraises: str
    approves: str
    citation: str
    request_form: str
    dossier_form: str
    reply_days: int | None = None
    appraisal_days: int | None = None
    approval_days: int | None = None
    note: str = ""


class Instrument(Frozen):
    """A law, decree or standard the regime rests on; ``cite_as`` is the short code used in citations."""

    code: str
    title: str
    number: str
    cite_as: str
    in_force_from: date | None = None
    source: str = ""
    source_note: str = ""
    grounds_line: str = ""


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


class Regime(Frozen):
    """A regime in force between two dates; complete, cited, with the day it was last checked."""

    id: str
    title: str
    short_title: str
    in_force_from: date
    in_force_to: date | None = None
    checked_on: date
    instruments: tuple[Instrument, ...]
    questions: tuple[Question, ...]
    criteria: tuple[Criterion, ...]
    risk_rule: RiskRule
    highest_wins: SystemRule
    system_rules: tuple[SystemRule, ...]
    harm_scale: tuple[HarmStep, ...]
    importance_tests: tuple[ImportanceTest, ...]
    authority: tuple[Authority, ...]
    grey_zones: tuple[GreyZone, ...]
    plan_parts: tuple[PlanPart, ...]
    management_groups: tuple[PlanPart, ...]
    technical_groups: tuple[PlanPart, ...]

    def question(self, fact: str) -> Question | None:
        """The question that asks this fact."""
        return next((question for question in self.questions if question.id == fact), None)

    def authority_for(self, level: int) -> Authority | None:
        """Who is competent at this level."""
        return next((authority for authority in self.authority if level in authority.levels), None)
