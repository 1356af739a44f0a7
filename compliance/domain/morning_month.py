"""A stretch of mornings of one office: every day checked, a gap, off or still ahead; and what became of the faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from compliance.domain.blank import Frozen
from compliance.domain.morning import Morning, Seen, State
from compliance.domain.wording import date_text
from compliance.domain.working_days import WorkingCalendar

_ONE = timedelta(days=1)


class DayState(StrEnum):
    """How a day stands: a working day without a check is a gap once it is over, from the first check ever on."""

    CHECKED = "checked"
    GAP = "gap"
    WAITING = "waiting"
    OFF = "off"
    AHEAD = "ahead"
    BEFORE = "before"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "checked": "Đã kiểm tra",
            "gap": "Bỏ trống, không kiểm tra",
            "waiting": "Hôm nay chưa kiểm tra",
            "off": "Ngày nghỉ",
            "ahead": "Chưa đến",
            "before": "Chưa bắt đầu ghi",
        }[self.value]


class DayLine(Frozen):
    """One day; ``works`` says whether it is a working day, ``morning`` what was recorded of it."""

    day: date
    state: DayState
    works: bool
    morning: Morning | None = None


class FaultLine(Frozen):
    """One fault of one morning and what became of it; ``open`` while nothing recorded says that it is over."""

    day: date
    item_id: str
    title: str
    what: str
    incident_id: str
    finding_id: str
    open: bool
    outcome: str


class MorningMonth(Frozen):
    """The days of a stretch, with the faults found in it; ``since`` is the first day the office ever recorded."""

    unit_id: str
    unit_name: str
    first: date
    last: date
    since: date | None
    announced: bool
    days: tuple[DayLine, ...]
    faults: tuple[FaultLine, ...]

    def of(self, state: DayState) -> tuple[date, ...]:
        """The days that stand so."""
        return tuple(line.day for line in self.days if line.state is state)

    @property
    def checked(self) -> int:
        """Working days that were checked."""
        return sum(line.works and line.state is DayState.CHECKED for line in self.days)

    @property
    def working(self) -> int:
        """Working days that are over, and those checked already."""
        return self.checked + len(self.of(DayState.GAP))

    @property
    def extra(self) -> int:
        """Days off on which somebody checked all the same."""
        return sum(not line.works and line.state is DayState.CHECKED for line in self.days)

    @property
    def open_faults(self) -> int:
        """Faults nothing recorded says are over."""
        return sum(fault.open for fault in self.faults)

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "unit": self.unit_id,
            "name": self.unit_name,
            "first": self.first,
            "last": self.last,
            "since": self.since,
            "checked": self.checked,
            "working_days": self.working,
            "gaps": list(self.of(DayState.GAP)),
            "faults_open": self.open_faults,
            "faults_closed": len(self.faults) - self.open_faults,
            "days": [_day_json(line) for line in self.days],
            "faults": [fault.model_dump(mode="json") for fault in self.faults],
        }


class Link(Frozen):
    """An incident or finding a fault became: whether it is over, and how an officer calls it."""

    closed: bool
    said: str


def month_of(
    mornings: Sequence[Morning],
    calendar: WorkingCalendar,
    first: date,
    last: date,
    today: date,
    *,
    since: date | None = None,
) -> tuple[DayLine, ...]:
    """Every day of a stretch, oldest first.

    Args:
        mornings: what was recorded of one office; days outside the stretch are passed over.
        calendar: which days are worked; the stretch must lie in it.
        first: the first day.
        last: the last day.
        today: decides what is over.
        since: the first day the office ever recorded; what lay before nobody could have written down here.
    """
    begun = since or first
    by_day = {one.day: one for one in mornings}
    days = (first + _ONE * ahead for ahead in range((last - first).days + 1))
    return tuple(_line(day, by_day.get(day), works=calendar.works(day), today=today, begun=begun) for day in days)


def _line(day: date, morning: Morning | None, *, works: bool, today: date, begun: date) -> DayLine:
    if morning is not None:
        state = DayState.CHECKED
    elif not works:
        state = DayState.OFF
    elif day > today:
        state = DayState.AHEAD
    elif day < begun:
        state = DayState.BEFORE
    else:
        state = DayState.WAITING if day == today else DayState.GAP
    return DayLine(day=day, state=state, works=works, morning=morning)


def fault_lines(found: Iterable[Morning], later: Sequence[Morning], links: Mapping[str, Link]) -> tuple[FaultLine, ...]:
    """The faults of some mornings, oldest first.

    A fault is over when the incident and the finding it became are closed; one that became neither, when a later
    morning found the item in order or gone.

    Args:
        found: the mornings whose faults are wanted.
        later: every morning of the office up to today, oldest first.
        links: incidents and findings by id.
    """
    return tuple(_fault(morning, id_, seen, later, links) for morning in found for id_, seen in morning.faults.items())


def _fault(
    morning: Morning, item_id: str, seen: Seen, later: Sequence[Morning], links: Mapping[str, Link]
) -> FaultLine:
    after = (one for one in later if one.day > morning.day and item_id in one.seen)
    over = next((one for one in after if one.seen[item_id].state is not State.FAULT), None)
    tied = [links[id_] for id_ in (seen.incident_id, seen.finding_id) if id_ in links]
    open_ = not all(one.closed for one in tied) if tied else over is None
    parts = [one.said for one in tied]
    if over is not None:
        gone = over.seen[item_id].state is State.NOT_HERE
        became = "ghi không còn ở đơn vị" if gone else "kiểm tra lại: không còn lỗi"
        parts.append(f"ngày {date_text(over.day)} {became}")
    elif not tied:
        parts.append("chưa ghi nhận đã khắc phục")
    return FaultLine(
        day=morning.day,
        item_id=item_id,
        title=morning.titles.get(item_id, item_id),
        what=seen.note,
        incident_id=seen.incident_id,
        finding_id=seen.finding_id,
        open=open_,
        outcome="; ".join(parts),
    )


def _day_json(line: DayLine) -> dict[str, Any]:
    one = line.morning
    return {
        "day": line.day,
        "state": line.state.value,
        "working_day": line.works,
        "by": one.by if one else None,
        "recorded_at": one.recorded_at.isoformat() if one else None,
        "afterwards": one.afterwards if one else None,
        "seen": {id_: seen.model_dump(mode="json") for id_, seen in one.seen.items()} if one else None,
        "note": one.note if one else None,
        "corrected_at": one.corrected_at.isoformat() if one and one.corrected_at else None,
        "corrected_by": one.corrected_by if one else None,
    }
