"""The yearly report under one regime, as data: its window, who reports to whom by when, what it must say.

The table and the wording belong to the statutory form; this says how they are filled and what must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.duty_calendar import BeforeDay
from compliance.domain.instrument import Mark
from compliance.domain.misfit import Misfit, doubles
from compliance.domain.recurrence import on_day
from compliance.domain.report import Period, ReportKind


class DraftKind(StrEnum):
    """Who reports: the operator or the dedicated unit to the owner, or the owner to the ministry."""

    OPERATOR = "operator"
    UNIT = "unit"
    OWNER = "owner"


class DayOfYear(Frozen):
    """A day every year has, or the last of its month where it has no such day."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)

    def in_year(self, year: int) -> date:
        """The day in a year."""
        return on_day(year, self.month, self.day)


class ReportWindow(Frozen):
    """The days the figures are of: ``first`` in the year before the one reported, ``last`` in it."""

    first: DayOfYear
    last: DayOfYear
    citation: str


class ReportDraft(Frozen):
    """One of the reports: it must be sent before the day ``before``; ``addressee`` is empty where it is the owner."""

    id: DraftKind
    title: str
    addressee: str = ""
    before: BeforeDay
    citation: str
    uncertain: str = ""

    def last_day(self, year: int) -> date:
        """The last day it may be sent."""
        return on_day(year, self.before.month, self.before.day - 1)


class FigureRule(Frozen):
    """How one figure is counted, in words, and the clause that asks for it."""

    id: str = Field(pattern=r"^[a-z_]+$")
    rule: str = Field(min_length=1)
    citation: str = Field(min_length=1)


class ConsistencyRule(Frozen):
    """What must agree in a report: the sentence of the rule, where it is from, what to do when it is broken.

    ``fix`` may name ``{system}``.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    rule: str = Field(min_length=1)
    citation: str = Field(min_length=1)
    fix: str = ""
    mark: Mark = Mark.READ

    def fix_for(self, system_id: str) -> str:
        """What to do about one system."""
        return self.fix.replace("{system}", system_id)


class ReportContent(Frozen):
    """One thing the report must say: the clause, what, and where in form or annex it stands."""

    clause: str
    what: str
    where: str
    annex: bool = False


class ReportingRules(Frozen):
    """Everything the yearly report follows.

    ``approval_states`` and ``deployment_states``, ``checks`` are the words the form allows in its columns.
    ``first_note`` is printed where the window begins before the regime was in force, ``annex_note`` leads to the
    annexes. ``notes`` are the codes of the open points told beside the report.
    """

    regime: str
    checked_on: date
    source_note: str
    window: ReportWindow
    drafts: tuple[ReportDraft, ...]
    approval_states: tuple[str, ...]
    deployment_states: tuple[str, ...]
    checks: tuple[str, ...]
    figures: tuple[FigureRule, ...]
    contents: tuple[ReportContent, ...]
    rules: tuple[ConsistencyRule, ...]
    first_note: str
    annex_note: str
    notes: tuple[str, ...] = ()

    def period(self, year: int) -> Period:
        """The window of a year."""
        first, last = self.window.first.in_year(year - 1), self.window.last.in_year(year)
        return Period(kind=ReportKind.ANNUAL, name=str(year), first=first, last=last)

    def draft(self, kind: DraftKind) -> ReportDraft:
        """One of the reports."""
        return next(one for one in self.drafts if one.id is kind)

    @property
    def by_rule(self) -> Mapping[str, ConsistencyRule]:
        """The rules of consistency by id."""
        return {one.id: one for one in self.rules}

    @property
    def by_figure(self) -> Mapping[str, FigureRule]:
        """How each figure is counted, by its id."""
        return {one.id: one for one in self.figures}


def reporting_misfits(rules: ReportingRules, wanted: Iterable[str] = ()) -> Iterable[Misfit]:
    """What does not fit: doubled ids, a report missing.

    Args:
        rules: the rules.
        wanted: ids of figures that must be there.
    """
    for place, ids in (
        ("drafts", [one.id.value for one in rules.drafts]),
        ("figures", [one.id for one in rules.figures]),
        ("rules", [one.id for one in rules.rules]),
    ):
        yield from doubles(place, ids)
    for kind in DraftKind:
        if all(one.id is not kind for one in rules.drafts):
            yield "drafts", f"thiếu báo cáo “{kind.value}”."
    for lost in sorted(set(wanted) - {one.id for one in rules.figures}):
        yield "figures", f"thiếu số liệu “{lost}”."
