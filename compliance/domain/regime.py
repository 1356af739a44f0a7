"""A legal regime as dated data: questions, criteria, authority and grey zones, each with its citation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.condition import Condition
from compliance.domain.instrument import Instrument, Mark


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
    """Where a grey zone is shown; in the rationale and for the office it stands once, whatever the system."""

    CLASSIFICATION = "classification"
    RATIONALE = "rationale"
    OFFICE = "office"
    DOSSIER = "dossier"
    FORM = "form"
    PLAN = "plan"
    ASSESSMENT = "assessment"
    INCIDENT = "incident"
    REPORT = "report"
    TRANSITION = "transition"
    PENALTY = "penalty"

    @property
    def label(self) -> str:
        """Vietnamese wording: where an officer meets the point."""
        return _PLACES[self]


_PLACES = {
    ZonePlace.CLASSIFICATION: "Xác định cấp độ",
    ZonePlace.RATIONALE: "Thuyết minh cấp độ",
    ZonePlace.OFFICE: "Vai trò của cơ quan",
    ZonePlace.DOSSIER: "Hồ sơ đề xuất cấp độ",
    ZonePlace.FORM: "Biểu mẫu",
    ZonePlace.PLAN: "Phương án và danh mục yêu cầu",
    ZonePlace.ASSESSMENT: "Kiểm tra, đánh giá",
    ZonePlace.INCIDENT: "Sự cố",
    ZonePlace.REPORT: "Báo cáo",
    ZonePlace.TRANSITION: "Chuyển tiếp",
    ZonePlace.PENALTY: "Xử phạt",
}


class Side(Frozen):
    """One reading of an open point: the clause it rests on and what follows from it."""

    citation: str
    reading: str


class GreyZone(Frozen):
    """A point the law leaves open: when it fires, what to tell the user, where it comes from.

    ``question`` is what a superior has to answer and ``sides`` are the clauses that pull apart; both fill the letter
    that asks. ``forms`` are the ids of the forms it concerns; empty = whatever the form.
    """

    code: str
    title: str
    message: str
    citation: str
    place: ZonePlace = ZonePlace.CLASSIFICATION
    when: Condition | None = None
    forms: tuple[str, ...] = ()
    question: str = ""
    sides: tuple[Side, ...] = ()
    ask_whom: str = ""


class Authority(Frozen):
    """Who files, appraises and approves a dossier of these levels, with forms and limits.

    Limits are working days; ``calendar_days`` says that the text counts plain days instead. A regime whose forms are
    not shipped names none.
    """

    levels: tuple[int, ...]
    files: str
    appraises: str
    approves: str
    citation: str
    request_form: str = ""
    dossier_form: str = ""
    calendar_days: tuple[str, ...] = ()
    reply_days: int | None = None
    appraisal_days: int | None = None
    approval_days: int | None = None
    note: str = ""


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
    levels: tuple[int, ...] = (1, 2, 3, 4, 5)
    fields: tuple[str, ...] = ()
    mark: Mark = Mark.READ
    uncertain: str = ""


class StatutoryForm(Frozen):
    """A form the regime prescribes; ``levels`` are those it serves, as far as the text tells."""

    id: str
    title: str
    citation: str
    levels: tuple[int, ...] = (1, 2, 3, 4, 5)
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
    levels: tuple[int, ...] = (1, 2, 3, 4, 5)
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


class Regime(Frozen):
    """A regime in force between two dates; complete, cited, with the day it was last checked.

    ``in_force_to`` is the last day it was in force, where a text ends it; ``overtaken_from`` the day from which a
    later regime covers its ground without ending it expressly, with ``status_note`` saying what still rests on it.
    ``successor`` is the id of that regime.
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
    dossier_parts: tuple[DossierPart, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    terms: tuple[Term, ...] = ()

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


STALE_AFTER_DAYS = 180
"""After so many days the law may have moved on since it was last looked up."""


def days_since_check(checked_on: date, day: date) -> int | None:
    """How many days ago data was last compared with the law, once that is too long; else ``None``."""
    days = (day - checked_on).days
    return days if days > STALE_AFTER_DAYS else None


def unchecked_notice(regime: Regime, day: date) -> str:
    """What to tell whoever relies on data that was last compared with the law too long ago; else empty."""
    days = days_since_check(regime.checked_on, day)
    if days is None:
        return ""
    return (
        f"Lưu ý: dữ liệu về {regime.short_title} đã {days} ngày chưa đối chiếu với văn bản mới. Hãy cập nhật chương "
        "trình, hoặc kiểm tra văn bản mới trước khi ký."
    )
