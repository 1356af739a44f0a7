"""The yearly plan of checks and duties (kế hoạch kiểm tra, bảo đảm an ninh mạng) as a paper for approval.

Everything printed is worked out from the days that fall due in the year. What the texts leave to the office and it has
not settled stays a marked blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.dossier import Letterhead
from compliance.domain.duty import Cadency, DutyRow
from compliance.domain.duty_group import DutyGroup, GroupDay, clause_text, month_in, regular_text
from compliance.domain.remediation_plan import numbers_text
from compliance.domain.wording import date_text

REGULAR = 0
"""The number of the part before the months: what comes every month or more often."""
_EVERYWHERE = ""


class PlanTime(StrEnum):
    """How the year of a plan lies to the day it is printed."""

    AHEAD = "ahead"
    RUNNING = "running"
    PAST = "past"


class YearLine(Frozen):
    """One activity in one month, as printed; an empty text is not known or not needed.

    ``list_number`` is that of the list of systems in the annex, 0 where there is none. ``due`` is the last day that
    counts, ``safe`` the working day before it where that is another, ``last`` where it is planned in an earlier month.
    ``result`` is what was recorded of it.
    """

    number: int
    what: str
    systems: str
    list_number: int
    unit: str
    supports: str
    due: str
    safe: str
    planned_before: bool
    evidence: str
    clause: str
    kind: str
    anchor: str
    result: str
    uncertain: str


class MonthPart(Frozen):
    """The lines of one month; ``month`` is :data:`REGULAR` for those of every month."""

    month: int
    lines: tuple[YearLine, ...]


class OpenLine(Frozen):
    """What the text only calls periodic.

    ``cadence`` and ``decision`` are what the office fixed, empty while it has not.
    """

    number: int
    what: str
    systems: str
    unit: str
    clause: str
    cadence: str
    decision: str


class SystemList(Frozen):
    """Systems several lines are about, named once."""

    number: int
    names: tuple[str, ...]


class YearTask(Frozen):
    """What one unit leads: the numbers of its lines; ``unit`` is empty where nobody was named."""

    unit: str
    numbers: str


class Unsettled(Frozen):
    """What the texts leave unclear, and the numbers of the lines it touches."""

    numbers: str
    text: str


class DutyPlan(Frozen):
    """The plan of a year.

    ``part_of`` names the unit whose part alone is printed, empty for all. ``announced`` is the last year whose
    exchanged days off are known, ``unknown_year`` whether this one lies after it.
    """

    letterhead: Letterhead
    issuer: str
    year: int
    time: PlanTime
    part_of: str
    unknown_year: bool
    announced: int
    grounds: tuple[str, ...]
    parts: tuple[MonthPart, ...]
    open_lines: tuple[OpenLine, ...]
    unsettled: tuple[Unsettled, ...]
    lists: tuple[SystemList, ...]
    tasks: tuple[YearTask, ...]
    activities: int
    systems: int
    security_unit: str


class PlanFacts(Frozen):
    """What a plan is made from, besides the days: who issues it, who supports whom, what the office fixed.

    ``supports`` are names of units by system id, those of the whole commune under the empty id. ``undecided`` are the
    rows nobody fixed a cadence for, ``decided`` the rows of each decision.
    """

    letterhead: Letterhead
    issuer: str
    year: int
    today: date
    part_of: str = ""
    announced: int
    grounds: tuple[str, ...]
    supports: Mapping[str, tuple[str, ...]]
    undecided: tuple[DutyRow, ...] = ()
    decided: tuple[tuple[Cadency, tuple[DutyRow, ...]], ...] = ()
    security_unit: str = ""


def duty_plan(groups: Iterable[DutyGroup], facts: PlanFacts) -> DutyPlan:
    """Put the plan together from the lines of its year."""
    found = tuple(groups)
    lists = _Lists()
    parts = _parts(found, facts, lists)
    lines = [line for part in parts for line in part.lines]
    units = sorted({line.unit for line in lines}, key=lambda unit: (not unit, unit))
    return DutyPlan(
        letterhead=facts.letterhead,
        issuer=facts.issuer,
        year=facts.year,
        time=_time(facts.year, facts.today),
        part_of=facts.part_of,
        unknown_year=facts.year > facts.announced,
        announced=facts.announced,
        grounds=facts.grounds,
        parts=parts,
        open_lines=tuple(_open_lines(facts)),
        unsettled=tuple(
            Unsettled(numbers=numbers_text(line.number for line in lines if line.uncertain == text), text=text)
            for text in dict.fromkeys(line.uncertain for line in lines if line.uncertain)
        ),
        lists=lists.made,
        tasks=tuple(
            YearTask(unit=unit, numbers=numbers_text(line.number for line in lines if line.unit == unit))
            for unit in units
        ),
        activities=len({group.what for group in found}),
        systems=len({one.id for group in found for one in group.systems}),
        security_unit=facts.security_unit,
    )


def _time(year: int, today: date) -> PlanTime:
    if year == today.year:
        return PlanTime.RUNNING
    return PlanTime.PAST if year < today.year else PlanTime.AHEAD


class _Lists:
    """The lists of systems, numbered as the lines first name them."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}

    def number(self, names: tuple[str, ...]) -> int:
        return self._numbers.setdefault(names, len(self._numbers) + 1)

    @property
    def made(self) -> tuple[SystemList, ...]:
        return tuple(SystemList(number=number, names=names) for names, number in self._numbers.items())


def _parts(groups: Sequence[DutyGroup], facts: PlanFacts, lists: _Lists) -> tuple[MonthPart, ...]:
    """The months in order, what comes every month before them."""
    placed: dict[int, list[tuple[DutyGroup, tuple[GroupDay, ...]]]] = {}
    for group in groups:
        if group.regular:
            placed.setdefault(REGULAR, []).append((group, group.days))
            continue
        for day in group.days:
            placed.setdefault(month_in(group, day, facts.year), []).append((group, (day,)))
    number, parts = 0, list[MonthPart]()
    for month in sorted(placed):
        lines = []
        for group, days in sorted(placed[month], key=lambda pair: (pair[1][0].safe_day, pair[0].kind.value)):
            number += 1
            lines.append(_line(number, group, days, facts, lists))
        parts.append(MonthPart(month=month, lines=tuple(lines)))
    return tuple(parts)


def _line(number: int, group: DutyGroup, days: tuple[GroupDay, ...], facts: PlanFacts, lists: _Lists) -> YearLine:
    day, ids = days[0], {id_ for one in days for id_ in one.system_ids}
    names = tuple(one.name for one in group.systems if one.id in ids)
    several = len(names) > 1
    regular = group.regular
    return YearLine(
        number=number,
        what=group.what,
        systems=f"{len(names):02d} hệ thống" if several else "".join(names),
        list_number=lists.number(names) if several else 0,
        unit=group.unit_name,
        supports=_supports(group, ids, facts.supports),
        due=_regular_due(group) if regular else date_text(day.due),
        safe="" if regular or day.safe_day == day.due else date_text(day.safe_day),
        planned_before=not regular and month_in(group, day, facts.year) != day.due.month,
        evidence=group.evidence,
        clause=group.clause,
        kind=group.kind.label,
        anchor=group.anchor.label if group.recurrence and group.anchor else "",
        result=_result(days, facts),
        uncertain=group.uncertain,
    )


def _regular_due(group: DutyGroup) -> str:
    told = regular_text(group.recurrence) if group.recurrence else ""
    return f"{told} ({len(group.days):02d} kỳ)"


def _supports(group: DutyGroup, ids: Iterable[str], supports: Mapping[str, tuple[str, ...]]) -> str:
    named = {name for id_ in (*ids, _EVERYWHERE) for name in supports.get(id_, ())}
    return ", ".join(sorted(named - {group.unit_name}))


def _result(days: Sequence[GroupDay], facts: PlanFacts) -> str:
    """What is recorded; of a day that passed with less, how much is missing."""
    done = [one for day in days for one in day.done]
    passed = [day for day in days if day.due < facts.today]
    whole = sum(day.duties for day in days)
    if not done:
        return "Chưa ghi nhận" if passed else ""
    last, late = max(one.on for one in done), sum(one.late > 0 for one in done)
    how = f"Đã làm ngày {date_text(last)}" if whole == 1 else f"Đã làm {len(done)}/{whole}, gần nhất {date_text(last)}"
    if not late:
        return how
    return f"{how} (chậm {max(one.late for one in done)} ngày)" if whole == 1 else f"{how} ({late} lần chậm)"


def _open_lines(facts: PlanFacts) -> Iterable[OpenLine]:
    number = 0
    by_what: dict[tuple[str, str], list[DutyRow]] = {}
    for row in facts.undecided:
        by_what.setdefault((row.what, row.unit_name), []).append(row)
    for rows in by_what.values():
        number += 1
        yield _open_line(number, rows, "", "")
    for decision, rows_decided in facts.decided:
        number += 1
        paper = decision.paper.text if decision.paper else ""
        cadence = f"{decision.on.text} ({decision.anchor.label})"
        yield _open_line(number, rows_decided, cadence, paper or f"ngày {date_text(decision.decided_on)}")


def _open_line(number: int, rows: Sequence[DutyRow], cadence: str, decision: str) -> OpenLine:
    names = sorted({row.system_name or row.system_id for row in rows if row.system_id})
    return OpenLine(
        number=number,
        what=rows[0].what,
        systems=f"{len(names):02d} hệ thống" if len(names) > 1 else "".join(names),
        unit=rows[0].unit_name,
        clause=clause_text(sorted({row.citation for row in rows})),
        cadence=cadence,
        decision=decision,
    )
