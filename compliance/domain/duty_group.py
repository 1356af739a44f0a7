"""Duties gathered as an office speaks of them: one activity of several systems is one line of a plan or a calendar.

Two duties are one line where the activity, the way it recurs, who acts and where it comes from are the same. One that
counts from the last time done shares a line only with those that fall on the same days.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from itertools import groupby

from compliance.domain.blank import Frozen
from compliance.domain.duty import Anchor, Done, DutyRow, Occurrence, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.recurrence import LAST, Recurrence, Span

_YEAR = 12
_POINT = " mục "
"""What stands before the number of a point in a citation of the standard."""
PLANNED = frozenset({Source.LAW, Source.STANDARD, Source.TRANSITION, Source.ROAD})
"""What a plan of the year and a calendar on the wall tell of; the rest has papers of its own, or is nobody else's."""


class GroupSystem(Frozen):
    """One system of a line."""

    id: str
    name: str


class GroupDay(Frozen):
    """One day a line falls due: ``systems`` are the ids due that day (empty for the office), ``done`` what is recorded.

    ``duties`` counts the duties of the line that fall on the day, ``done`` those of them that were done.
    """

    due: date
    safe_day: date
    announced: bool
    system_ids: tuple[str, ...]
    duties: int
    done: tuple[Done, ...] = ()

    @property
    def all_done(self) -> bool:
        """Whether nothing is left to do for this day."""
        return len(self.done) == self.duties


class DutyGroup(Frozen):
    """One line: what its duties share, the systems they are about and the days they fall due, in order."""

    what: str
    citations: tuple[str, ...]
    kind: DutyKind
    source: Source
    unit_id: str
    unit_name: str
    recurrence: Recurrence | None
    anchor: Anchor | None
    systems: tuple[GroupSystem, ...]
    duty_ids: tuple[str, ...]
    evidence: str
    plan_month: int | None
    uncertain: str
    days: tuple[GroupDay, ...]

    @property
    def clause(self) -> str:
        """Every clause it rests on; a text named once for all of its points."""
        return clause_text(self.citations)

    @property
    def regular(self) -> bool:
        """Whether it comes every month or more often, and so is told of once."""
        rule = self.recurrence
        return rule is not None and (rule.span is Span.WEEK or rule.every == 1)

    @property
    def counts_from_last(self) -> bool:
        """Whether the next day depends on the day it was last done."""
        return self.recurrence is not None and self.anchor is Anchor.LAST_DONE

    def month_of(self, day: GroupDay) -> tuple[int, int]:
        """Year and month in which it is planned to be done.

        The month of the plan where it lies after the month of the day before and not after that of this day; else the
        month of the safe day.
        """
        every = self.recurrence.every if self.recurrence and self.recurrence.span is Span.MONTH else 0
        last = day.due.year * _YEAR + day.due.month - 1
        for at in range(last, last - every, -1):
            if at % _YEAR + 1 == self.plan_month:
                return at // _YEAR, self.plan_month
        return day.safe_day.year, day.safe_day.month


def regular_text(rule: Recurrence) -> str:
    """How something of every week or month is told: ``Hằng tháng, chậm nhất ngày cuối tháng``."""
    if rule.span is Span.MONTH and rule.every == 1:
        return f"Hằng tháng, chậm nhất ngày {'cuối tháng' if rule.day == LAST else rule.day}"
    return rule.text[:1].upper() + rule.text[1:]


def clause_text(citations: Iterable[str]) -> str:
    """Several citations as one; a text is named once for all of its points (``TCVN … mục 3.2.1 c; 4.2.1 c``)."""
    points: dict[str, list[str]] = {}
    for one in citations:
        text, point, number = one.rpartition(_POINT)
        points.setdefault(text + point, []).append(number)
    return "; ".join(text + "; ".join(numbers) for text, numbers in points.items())


def month_in(group: DutyGroup, day: GroupDay, year: int) -> int:
    """The month of a year's plan; what is planned, or safe, only in the year before stands where it is due."""
    planned, month = group.month_of(day)
    if planned == year:
        return month
    return day.safe_day.month if day.safe_day.year == year else day.due.month


def duty_groups(occurrences: Iterable[Occurrence], *, last_apart: bool = False) -> tuple[DutyGroup, ...]:
    """Gather days into lines, by their first day, the firmest first.

    Args:
        occurrences: the days.
        last_apart: keep each duty that counts from the last time done a line of its own.
    """
    of_duty: dict[str, list[Occurrence]] = {}
    for one in occurrences:
        of_duty.setdefault(f"{one.row.id}\n{_rule(one.row)}", []).append(one)
    shared: dict[Hashable, list[list[Occurrence]]] = {}
    for found in of_duty.values():
        shared.setdefault(_key(found, last_apart), []).append(found)
    groups = [_group([one for found in duties for one in found]) for duties in shared.values()]
    return tuple(sorted(groups, key=_order))


def _rule(row: DutyRow) -> str:
    return row.recurrence.rule() if row.recurrence else ""


def _key(found: Sequence[Occurrence], last_apart: bool) -> Hashable:
    row = found[0].row
    moving: Hashable = ()
    if row.recurrence is None or row.anchor is Anchor.LAST_DONE:
        moving = tuple(sorted(one.due for one in found))
        if last_apart and row.recurrence is not None:
            moving = row.id
    return (row.source, row.kind, row.what, _rule(row), row.anchor, row.unit_id, moving)


def _group(found: Sequence[Occurrence]) -> DutyGroup:
    rows = {one.row.id: one.row for one in sorted(found, key=lambda one: (one.row.system_name, one.row.id))}
    row = next(iter(rows.values()))
    systems = {one.system_id: one.system_name for one in rows.values() if one.system_id}
    days = groupby(sorted(found, key=lambda one: (one.due, one.row.id)), key=lambda one: one.due)
    return DutyGroup(
        what=row.what,
        citations=tuple(sorted({one.citation for one in rows.values()})),
        kind=row.kind,
        source=row.source,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        recurrence=row.recurrence,
        anchor=row.anchor,
        systems=tuple(GroupSystem(id=id_, name=name or id_) for id_, name in systems.items()),
        duty_ids=tuple(sorted(rows)),
        evidence=next((one.evidence for one in rows.values() if one.evidence), ""),
        plan_month=row.plan_month,
        uncertain=next((one.uncertain for one in rows.values() if one.uncertain), ""),
        days=tuple(_day(list(same)) for _, same in days),
    )


def _day(same: Sequence[Occurrence]) -> GroupDay:
    first = same[0]
    return GroupDay(
        due=first.due,
        safe_day=first.safe_day,
        announced=first.announced,
        system_ids=tuple(sorted({one.row.system_id for one in same if one.row.system_id})),
        duties=len(same),
        done=tuple(one.done for one in same if one.done and not one.done.undone),
    )


def _order(group: DutyGroup) -> tuple[object, ...]:
    firm = list(DutyKind).index(group.kind)
    return (group.days[0].due, firm, group.what, group.unit_name, group.clause, group.duty_ids)
