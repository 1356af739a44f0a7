"""The calendar of duties (lịch nghĩa vụ) under one regime, as data: what is due, for whom, when, by which clause.

The cadences of the standard stand in the checklists of the levels; this file says everything else that recurs or ends
on a day, and in which month the office had better plan what the standard only asks once a year.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from pydantic import Field, model_validator

from compliance.domain.blank import Frozen
from compliance.domain.checklist import Catalogue
from compliance.domain.instrument import Mark
from compliance.domain.level import LEVELS
from compliance.domain.misfit import Misfit, doubles
from compliance.domain.recurrence import LAST, Recurrence, Span
from compliance.domain.road_paper import Role

_LEAP = 2028
_YEAR = 12


class DutyKind(StrEnum):
    """How firmly a duty binds: fixed by law or decree, a figure of the standard, advised, or set by the office."""

    LAW = "law"
    STANDARD = "standard"
    RECOMMENDATION = "recommendation"
    OWN = "own"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "law": "Luật, nghị định",
            "standard": "Tiêu chuẩn",
            "recommendation": "Khuyến nghị",
            "own": "Cơ quan tự đặt",
        }[self.value]


class Scope(StrEnum):
    """Whether a duty falls once on an owner, or on each of its systems."""

    OFFICE = "office"
    SYSTEM = "system"


class BeforeDay(Frozen):
    """“Trước ngày 20 tháng 12”, every year: the last day that counts is the one before; a day the calendar has."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)

    @model_validator(mode="after")
    def _a_day_there_is(self) -> BeforeDay:
        if self.day > monthrange(_LEAP, self.month)[1]:
            raise ValueError(f"tháng {self.month} không có ngày {self.day}")
        return self

    @property
    def recurrence(self) -> Recurrence:
        """The last day that counts, each year; before the first of a month, the last of the one before."""
        if self.day == 1:
            return Recurrence(every=12, month=self.month - 1 or 12, day=LAST)
        return Recurrence(every=12, month=self.month, day=self.day - 1)


class DutyRule(Frozen):
    """One duty of the calendar; ``ref`` is its row in the fact base (``C3``).

    When it is due, in exactly one way: ``before`` (each year before a day), ``on`` (a recurrence), ``until`` (once, by
    a day; ``reading`` is the later one another way of counting gives), ``unstated`` (the text says “định kỳ” and leaves
    the figure to the office; ``advised`` proposes one), ``standing`` (all the time), ``event`` (what sets it off).
    ``covers`` are the ids of the duties of ``duties.yaml`` it stands for. ``important``: only systems important to
    national security. ``by`` are the roles that act. ``plan_month`` is the month the yearly plan puts it in.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    ref: str = ""
    what: str = Field(min_length=1)
    by: tuple[Role, ...]
    scope: Scope
    levels: tuple[int, ...] = LEVELS
    important: bool = False
    kind: DutyKind
    citation: str = Field(min_length=1)
    evidence: str = Field(min_length=1)
    before: BeforeDay | None = None
    on: Recurrence | None = None
    until: date | None = None
    reading: date | None = None
    unstated: bool = False
    advised: Recurrence | None = None
    standing: bool = False
    event: str = ""
    plan_month: int | None = Field(default=None, ge=1, le=12)
    covers: tuple[str, ...] = ()
    note: str = ""
    mark: Mark = Mark.READ
    uncertain: str = ""

    @model_validator(mode="after")
    def _due_in_one_way(self) -> DutyRule:
        ways = (self.before, self.on, self.until, self.unstated, self.standing, self.event)
        if sum(bool(way) for way in ways) != 1:
            raise ValueError("phải có đúng một trong before, on, until, unstated, standing, event")
        return self

    @model_validator(mode="after")
    def _sides_fit(self) -> DutyRule:
        if self.reading and not (self.until and self.until < self.reading):
            raise ValueError("reading chỉ đi với until và phải sau until")
        if self.advised and not self.unstated:
            raise ValueError("advised chỉ đi với unstated")
        for one in (self.on, self.advised):
            if one and one.span is Span.MONTH and one.every % _YEAR == 0 and one.day > monthrange(_LEAP, one.month)[1]:
                raise ValueError(f"tháng {one.month} không có ngày {one.day}")
        return self

    @property
    def recurrence(self) -> Recurrence | None:
        """The recurrence the text fixes; ``None`` where it fixes none."""
        return self.before.recurrence if self.before else self.on


class PlanMonth(Frozen):
    """Yearly activities of the standard an office had better do in the same month; the law leaves the month open."""

    month: int = Field(ge=1, le=12)
    activities: tuple[str, ...] = Field(min_length=1)


class Advice(Frozen):
    """What is proposed for activities the standard asks “định kỳ” without a figure; the office decides."""

    on: Recurrence
    activities: tuple[str, ...] = Field(min_length=1)


class DutyCalendar(Frozen):
    """The calendar under one regime.

    ``due_soon`` is how many days before its day a duty is said to be near. ``plan_months`` and ``advice`` are
    suggestions only.
    """

    regime: str
    checked_on: date
    source_note: str
    due_soon: int = Field(default=30, ge=1)
    rules: tuple[DutyRule, ...]
    plan_months: tuple[PlanMonth, ...] = ()
    advice: tuple[Advice, ...] = ()

    def month_of(self, activity: str) -> int | None:
        """The month the plan puts a yearly activity of the standard in."""
        return next((one.month for one in self.plan_months if activity in one.activities), None)

    def advised(self, activity: str) -> Recurrence:
        """How often an activity the standard gives no figure for had better be done; yearly where nothing is said."""
        return next((one.on for one in self.advice if activity in one.activities), Recurrence(every=_YEAR))

    def rule(self, rule_id: str) -> DutyRule | None:
        """A rule by its id."""
        return next((one for one in self.rules if one.id == rule_id), None)


def calendar_misfits(
    calendar: DutyCalendar, duties: Catalogue | None, activities: Iterable[str] | None
) -> Iterable[Misfit]:
    """What does not fit: doubled ids, duties covered that are not there, cadences of duties nobody covers.

    Args:
        calendar: the calendar.
        duties: the duties of the decree, ``None`` where the regime lists none.
        activities: of every cadence of the standard's lists, ``None`` while a list is missing or broken: what the
            calendar names cannot be held against it then.
    """
    yield from doubles("rules", [one.id for one in calendar.rules])
    rows = duties.requirements if duties else ()
    covered = {id_ for one in calendar.rules for id_ in one.covers}
    for lost in sorted(covered - {row.id for row in rows}):
        yield "rules", f"không có nghĩa vụ “{lost}” trong duties.yaml."
    for row in rows:
        if row.cadences and row.id not in covered:
            yield "rules", f"nghĩa vụ “{row.id}” có định kỳ nhưng không dòng nào của lịch nhắc."
    known = None if activities is None else set(activities)
    named = [activity for one in calendar.plan_months for activity in one.activities]
    for lost in sorted(set(named) - known) if known is not None else ():
        yield "plan_months", f"không danh mục nào có việc “{lost}”."
    yield from doubles("plan_months", named)
    proposed = [activity for one in calendar.advice for activity in one.activities]
    for lost in sorted(set(proposed) - known) if known is not None else ():
        yield "advice", f"không danh mục nào có việc “{lost}”."
    yield from doubles("advice", proposed)
