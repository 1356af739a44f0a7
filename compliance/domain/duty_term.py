"""What the law, the standard or advice asks again and again, once for all systems it concerns, and its lineage.

A requirement goes on from level to level under other numbers. What is one activity through the levels is one
:class:`Lineage`, so that what was done at one level still counts as the last time at the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from compliance.domain.cadence import Cadence, CadenceUnit
from compliance.domain.checklist import Binding, Checklist, Requirement
from compliance.domain.duty import Source
from compliance.domain.duty_calendar import DutyCalendar, DutyKind, DutyRule, Scope
from compliance.domain.level import LEVELS
from compliance.domain.recurrence import Recurrence, Span
from compliance.domain.road_paper import Role

_YEAR = 12
_WEEK = 7
_OPERATOR = (Role.OPERATOR,)


@dataclass(frozen=True, eq=False)
class DutyTerm:
    """One thing asked, the same for every subject: the text it comes from and how it recurs.

    ``key`` is the part of a duty's id after its subject. Of ``recurrence``, ``until``, ``unstated``, ``standing`` and
    ``event`` one is set. Compared by identity: there is one of each, shared by thousands of rows.
    """

    key: str
    what: str
    source: Source
    kind: DutyKind
    citation: str
    evidence: str
    by: tuple[Role, ...]
    level: int | None = None
    recurrence: Recurrence | None = None
    until: date | None = None
    unstated: bool = False
    advised: Recurrence | None = None
    standing: bool = False
    event: str = ""
    plan_month: int | None = None
    note: str = ""
    uncertain: str = ""

    @property
    def of_standard(self) -> bool:
        """Whether it is one of the measures, for which the transition may leave time."""
        return self.kind is DutyKind.STANDARD or self.source is Source.STANDARD

    @property
    def dated(self) -> bool:
        """Whether it falls due on days, or would once the office fixed how often."""
        return not (self.standing or self.event)

    @property
    def fixed_by_law(self) -> bool:
        """Whether the law names the very day, which leaves an office nothing to decide."""
        return self.source is Source.LAW and self.kind is DutyKind.LAW and self.recurrence is not None

    @property
    def binding(self) -> Recurrence | None:
        """The figure the law or the standard fixes, which no decision may go below."""
        return self.recurrence if self.kind in {DutyKind.LAW, DutyKind.STANDARD} else None


@dataclass(frozen=True, eq=False)
class Lineage:
    """One activity through the levels: what is asked of it at each, nothing where a level does not ask it.

    ``None`` stands for an office, and for a system whose level is not known yet. ``important``: only of systems
    important to national security.
    """

    scope: Scope
    by_level: Mapping[int | None, DutyTerm]
    important: bool = False

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every key it goes by."""
        return frozenset(term.key for term in self.by_level.values())

    @cached_property
    def levels(self) -> frozenset[int]:
        """The levels that ask it."""
        return frozenset(level for level in self.by_level if level is not None)

    @cached_property
    def terms(self) -> tuple[DutyTerm, ...]:
        """Each term once, that of the lowest level first."""
        return tuple(dict.fromkeys(self.by_level.values()))


def recurrence_of(cadence: Cadence) -> Recurrence | None:
    """On which days a cadence falls due: the ends of its periods in the calendar year; ``None`` while not stated.

    “Ít nhất 1 lần/6 tháng” is due on 30/06 and 31/12, “1 lần/quý” at the end of each quarter.
    """
    if cadence.unit is CadenceUnit.UNSTATED:
        return None
    if cadence.months is None:
        return Recurrence(span=Span.WEEK, every=max(1, cadence.every // _WEEK), day=_WEEK)
    return Recurrence(every=cadence.months)


def lineages(calendar: DutyCalendar, checklists: Sequence[Checklist]) -> tuple[Lineage, ...]:
    """Everything asked: the rules of the calendar, then the cadences of the lists of all levels.

    Args:
        calendar: the calendar of duties.
        checklists: the list of each level; any order.
    """
    return (*(_of_rule(rule) for rule in calendar.rules), *_of_lists(calendar, checklists))


def _of_rule(rule: DutyRule) -> Lineage:
    term = DutyTerm(
        key=rule.id,
        what=rule.what,
        source=Source.LAW,
        kind=rule.kind,
        citation=rule.citation,
        evidence=rule.evidence,
        by=rule.by,
        recurrence=rule.recurrence,
        until=rule.until,
        unstated=rule.unstated,
        advised=rule.advised,
        standing=rule.standing,
        event=rule.event,
        plan_month=rule.plan_month,
        note=rule.note,
        uncertain=rule.uncertain,
    )
    by_level: dict[int | None, DutyTerm] = dict.fromkeys(rule.levels, term)
    if rule.scope is Scope.OFFICE or set(rule.levels) == set(LEVELS):
        by_level[None] = term
    return Lineage(rule.scope, by_level, rule.important)


def _of_lists(calendar: DutyCalendar, checklists: Sequence[Checklist]) -> Iterator[Lineage]:
    """Follow every activity upwards through the levels by what each requirement continues."""
    found: list[dict[int | None, DutyTerm]] = []
    below: Mapping[str, Mapping[str, dict[int | None, DutyTerm]]] = {}
    for one in sorted(checklists, key=lambda each: each.level):
        here: dict[str, dict[str, dict[int | None, DutyTerm]]] = {}
        claimed: set[int] = set()
        for requirement in sorted(one.requirements, key=lambda each: not each.cadences):
            handed = _handed(requirement, below)
            own: dict[str, dict[int | None, DutyTerm]] = {}
            for number, cadence in enumerate(requirement.cadences, start=1):
                line = handed.get(cadence.activity)
                if line is None or id(line) in claimed:
                    line = {}
                    found.append(line)
                claimed.add(id(line))
                line[one.level] = _of_cadence(requirement, cadence, number, one.level, calendar)
                own[cadence.activity] = line
            # What this level does not ask of a requirement it still hands on to the level above.
            here[requirement.id] = {**{name: line for name, line in handed.items() if id(line) not in claimed}, **own}
        below = here
    return (Lineage(Scope.SYSTEM, by_level) for by_level in found)


def _handed(
    requirement: Requirement, below: Mapping[str, Mapping[str, dict[int | None, DutyTerm]]]
) -> dict[str, dict[int | None, DutyTerm]]:
    ids = requirement.continues.ids if requirement.continues else ()
    return {name: line for id_ in ids for name, line in below.get(id_, {}).items()}


def _of_cadence(
    requirement: Requirement, cadence: Cadence, number: int, level: int, calendar: DutyCalendar
) -> DutyTerm:
    recurrence = recurrence_of(cadence)
    yearly = recurrence is not None and recurrence.span is Span.MONTH and recurrence.every >= _YEAR
    suggested = requirement.binding is Binding.SUGGESTED
    return DutyTerm(
        key=requirement.id if number == 1 else f"{requirement.id}~{number}",
        what=cadence.activity,
        source=Source.STANDARD,
        kind=DutyKind.RECOMMENDATION if suggested else DutyKind.STANDARD,
        citation=requirement.citation,
        evidence=requirement.evidence,
        by=_OPERATOR,
        level=level,
        recurrence=recurrence,
        unstated=recurrence is None,
        advised=None if recurrence else calendar.advised(cadence.activity),
        plan_month=calendar.month_of(cadence.activity) if yearly or recurrence is None else None,
        note="Làm thêm mỗi khi có thay đổi." if cadence.or_on_change else "",
        uncertain=requirement.uncertain,
    )
