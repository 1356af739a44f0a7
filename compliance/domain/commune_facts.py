"""What the leader's page of a commune is made from, and what is counted of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.domain.assessment import Result
from compliance.domain.dossier import Letterhead
from compliance.domain.duty import DutyRow, DutyStatus

AHEAD = 30
"""How many days ahead the page looks."""


@dataclass(frozen=True)
class SystemStand:
    """How one system stands; ``counts`` are the results of its level's requirements, empty while it has no level."""

    id: str
    name: str
    level: int | None
    stage: str
    stage_label: str
    approved: bool
    counts: Mapping[Result, int]


@dataclass(frozen=True)
class IncidentStand:
    """One incident of the year: ``worst`` says in words how its clocks stand, ``late`` that one of them is or was."""

    id: str
    title: str
    detected_on: date
    open: bool
    worst: str
    late: bool


@dataclass(frozen=True)
class MorningStand:
    """The morning checks of the month so far."""

    checked: int
    working: int
    faults: int


@dataclass(frozen=True)
class CommuneFacts:
    """What the page is made from; ``stages`` names every stage of a dossier in the order of the road.

    ``owner_id`` is whose page it is.
    """

    day: date
    head: Letterhead
    systems: Sequence[SystemStand]
    stages: Mapping[str, str]
    rows: Sequence[DutyRow]
    incidents: Sequence[IncidentStand]
    mornings: MorningStand | None
    announced_through: int
    owner_id: str = ""


def late_rows(rows: Iterable[DutyRow]) -> list[DutyRow]:
    """What is past its day or to be done at once."""
    return [row for row in rows if row.status in {DutyStatus.OVERDUE, DutyStatus.NOW}]


def overdue_rows(rows: Iterable[DutyRow]) -> list[DutyRow]:
    """What is past its day: neither what is due today nor what must be done at once."""
    return [row for row in rows if row.status is DutyStatus.OVERDUE]


def coming_rows(rows: Iterable[DutyRow]) -> list[DutyRow]:
    """What falls due within :data:`AHEAD` days."""
    late = {DutyStatus.OVERDUE, DutyStatus.NOW}
    return [row for row in rows if row.status not in late and row.days is not None and 0 <= row.days <= AHEAD]


def next_rows(rows: Iterable[DutyRow]) -> list[DutyRow]:
    """What must be done at once, then what falls due within :data:`AHEAD` days."""
    known = list(rows)
    return [*(row for row in known if row.status is DutyStatus.NOW), *coming_rows(known)]


def together(counts: Iterable[Mapping[Result, int]]) -> dict[Result, int]:
    """The counts of several systems added up."""
    total: Counter[Result] = Counter()
    for one in counts:
        total.update(one)
    return {result: total[result] for result in Result}


def share_met(counts: Mapping[Result, int]) -> float:
    """The share of the requirements that apply which are met, those not assessed counted as not met; 0 to 1."""
    applying = sum(count for result, count in counts.items() if result is not Result.NOT_APPLICABLE)
    return counts.get(Result.COMPLIANT, 0) / applying if applying else 0.0


def percent_met(counts: Mapping[Result, int]) -> str:
    """Whole percents, never 100 while something is short and never 0 while something is met."""
    share = share_met(counts)
    if not any(counts.values()):
        return "–"
    return f"{min(99, max(1, round(share * 100))) if 0 < share < 1 else round(share * 100)}%"
