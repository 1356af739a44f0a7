"""The transition (chuyển tiếp): which case a system falls in, under which regime its next acts, which deadline runs.

The cases, days and texts are data. How months are counted is not settled, so every deadline carries both readings
and the earlier one is used.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.condition import Condition, Facts, deciding_facts, facts_named
from compliance.domain.instrument import Mark
from compliance.domain.system import FactValue, System

_MONTHS_OF_A_YEAR = 12


class Period(Frozen):
    """A stretch of time between the days the transition turns on; ``until`` is the first day after it."""

    id: str
    label: str
    until: date | None = None


class Act(Frozen):
    """Something still to be done and the regime it falls under; ``when`` limits it, absent = in the whole case.

    ``classifies``: the act places the system in a level, so the criteria of that regime count.
    """

    what: str
    regime: str
    citation: str
    classifies: bool = False
    uncertain: str = ""
    when: Condition | None = None


class Deadline(Frozen):
    """A time limit of so many months from a day, as the text says it."""

    id: str
    what: str
    begins: date
    months: int = Field(ge=1)
    citation: str
    when: Condition | None = None


class Step(Frozen):
    """One thing to do in a case."""

    what: str
    citation: str
    uncertain: str = ""
    when: Condition | None = None


class TransitionCase(Frozen):
    """A case of the transition: ``beside`` cases come on top of another and never stand alone for a system.

    ``finding`` is what whoever looks at the level or drafts a dossier is told; empty = nothing.
    """

    code: str
    title: str
    when: Condition
    beside: bool = False
    statement: str
    finding: str = ""
    citation: str
    mark: Mark = Mark.READ
    uncertain: str = ""
    acts: tuple[Act, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    steps: tuple[Step, ...] = ()


class Asked(Frozen):
    """A fact of the history a case may hang on: what to ask, where to write the answer, when it is worth asking."""

    fact: str
    question: str
    where: str
    when: Condition | None = None


class TransitionRules(Frozen):
    """How one regime takes over from another: periods, cases, and how months may be counted."""

    regime: str
    predecessor: str
    checked_on: date
    source_note: str
    month_note: str
    month_citation: str
    used_only: Step
    periods: tuple[Period, ...]
    asks: tuple[Asked, ...]
    cases: tuple[TransitionCase, ...]

    def period_of(self, day: date | None) -> str | None:
        """The period a day falls in; ``None`` for an unknown day."""
        if day is None:
            return None
        return next((one.id for one in self.periods if one.until is None or day < one.until), None)


class RunningDeadline(Frozen):
    """A deadline on a given day: both readings of the month count, the one used, whole days left (negative = over)."""

    id: str
    what: str
    citation: str
    begins: date
    months: int
    readings: tuple[date, date]
    used: date
    days_left: int

    @property
    def overdue(self) -> bool:
        """Whether the day used has passed."""
        return self.days_left < 0


class CaseFound(Frozen):
    """A case that applies, with what of it concerns this system on this day."""

    code: str
    title: str
    beside: bool
    statement: str
    finding: str
    citation: str
    mark: Mark
    uncertain: str
    acts: tuple[Act, ...]
    deadlines: tuple[RunningDeadline, ...]
    steps: tuple[Step, ...]


class CaseOpen(Frozen):
    """A case that may apply, and what has to be asked to know."""

    code: str
    title: str
    asks: tuple[Asked, ...]


class Transition(Frozen):
    """The result for one system on one day: cases found, main ones first, and those still open."""

    day: date
    found: tuple[CaseFound, ...]
    open: tuple[CaseOpen, ...]

    @property
    def asks(self) -> tuple[Asked, ...]:
        """What to ask next, each question once."""
        return tuple({asked.fact: asked for case in self.open for asked in case.asks}.values())

    @property
    def next_deadline(self) -> RunningDeadline | None:
        """The earliest deadline of all cases."""
        running = [deadline for case in self.found for deadline in case.deadlines]
        return min(running, key=lambda one: (one.used, one.id), default=None)


def history(rules: TransitionRules, system: System, approved_under: str | None) -> dict[str, FactValue | None]:
    """What the cases ask beyond the circumstances of a record: in which periods its dates fall.

    The day of the earlier approval is also given as a number (20210512), so that a step may be limited to older papers.

    Args:
        rules: gives the periods.
        system: the record.
        approved_under: id of the regime the earlier approval rests on; ``None`` = not known.
    """
    earlier = system.earlier_approval
    approved_on = earlier.paper.issued_on if earlier and earlier.paper else None
    return {
        "earlier_period": rules.period_of(approved_on),
        "earlier_day": int(f"{approved_on:%Y%m%d}") if approved_on else None,
        "started_period": rules.period_of(system.investment_started_on),
        "in_use_period": rules.period_of(system.started_on),
        "approved_under": approved_under,
    }


def facts_weighed(rules: TransitionRules) -> tuple[str, ...]:
    """Every fact the result hangs on: systems alike in these fall in the same cases."""
    said: list[Condition | None] = [one.when for one in rules.asks]
    for case in rules.cases:
        said += [case.when, *(one.when for part in (case.acts, case.deadlines, case.steps) for one in part)]
    named = (fact for one in said if one is not None for fact in facts_named(one))
    return tuple(sorted({*(one.fact for one in rules.asks), *named}))


def transition(rules: TransitionRules, facts: Facts, day: date) -> Transition:
    """Weigh every case; unknown facts leave a case open and are named, never taken for “no”."""
    truths = [(case, case.when.truth(facts)) for case in rules.cases]
    found = [_found(case, facts, day) for case, truth in truths if truth]
    unknown = [_open(rules.asks, case, facts) for case, truth in truths if truth is None]
    return Transition(day=day, found=tuple(sorted(found, key=lambda one: one.beside)), open=tuple(unknown))


def _found(case: TransitionCase, facts: Facts, day: date) -> CaseFound:
    return CaseFound(
        code=case.code,
        title=case.title,
        beside=case.beside,
        statement=case.statement,
        finding=case.finding,
        citation=case.citation,
        mark=case.mark,
        uncertain=case.uncertain,
        acts=tuple(act for act in case.acts if _concerns(act.when, facts)),
        deadlines=tuple(_running(one, day) for one in case.deadlines if _concerns(one.when, facts)),
        steps=tuple(step for step in case.steps if _concerns(step.when, facts)),
    )


def _concerns(when: Condition | None, facts: Facts) -> bool:
    """What is not known to be out of question is shown."""
    return when is None or when.truth(facts) is not False


def _open(asks: Sequence[Asked], case: TransitionCase, facts: Facts) -> CaseOpen:
    wanted = [fact for fact in deciding_facts(case.when, facts) if facts.get(fact) is None]
    now = tuple(one for one in asks if one.fact in wanted and (one.when is None or one.when.truth(facts) is True))
    return CaseOpen(code=case.code, title=case.title, asks=now)


def _running(deadline: Deadline, day: date) -> RunningDeadline:
    readings = month_readings(deadline.begins, deadline.months)
    return RunningDeadline(
        id=deadline.id,
        what=deadline.what,
        citation=deadline.citation,
        begins=deadline.begins,
        months=deadline.months,
        readings=readings,
        used=readings[0],
        days_left=(readings[0] - day).days,
    )


def month_readings(begins: date, months: int) -> tuple[date, date]:
    """The last day of “within so many months from” a day: that day counted, and not counted; earlier first."""
    later = _months_after(begins, months)
    return later - timedelta(days=1), later


def _months_after(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, _MONTHS_OF_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
