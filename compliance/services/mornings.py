"""The morning check: what one office looks at, recording it, the days without one, and what its faults became."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from compliance.adapters.morning_list import morning_list
from compliance.adapters.working_calendar import working_calendar
from compliance.adapters.workspace import Workspace
from compliance.domain.incident import Incident
from compliance.domain.moment import VIETNAM, day_of
from compliance.domain.morning import Morning, Seen
from compliance.domain.morning_form import FormLine, MorningSaid, changes, form_lines, left_out, seen_of, tied_on
from compliance.domain.morning_month import DayState, Link, MorningMonth, fault_lines, month_of
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.remediation import Finding
from compliance.domain.wording import date_text, typed
from compliance.errors import BadData, Conflict, Fault, Refused
from compliance.services import organizations
from compliance.services.records import put_over
from compliance.services.systems import systems

KIND = "morning"
_LATEST = timedelta(days=366)
"""How long afterwards a check may still be written down."""


@dataclass(frozen=True)
class MorningPage:
    """What is asked of an office on a day: its lines, what is not there so far, and what was recorded already."""

    unit: Unit
    day: date
    lines: tuple[FormLine, ...]
    absent: frozenset[str]
    recorded: Morning | None
    version: int


@dataclass(frozen=True)
class RecordedMorning:
    """A check as it now stands; ``changes`` is what this version says otherwise than the one before."""

    morning: Morning
    version: int
    changes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        body = self.morning.model_dump(mode="json")
        more = {"version": self.version, "changes": list(self.changes), "remarks": list(self.remarks)}
        return {"id": self.morning.id, **body, "afterwards": self.morning.afterwards, **more}


def checked_unit(workspace: Workspace, unit_id: str = "") -> Unit:
    """The office that checks: as named, else the one that checks already, else the one-stop centre, else the only one.

    Raises:
        NotFound: no such unit.
        Refused: none was named and it cannot be told.
    """
    if unit_id:
        return organizations.unit(workspace, unit_id)
    known = organizations.units(workspace)
    local = {id_ for id_, one in known.items() if one.tier is UnitTier.COMMUNE}
    checking = {id_.partition("/")[0] for id_ in workspace.store.ids(KIND)} & known.keys()
    centres = {id_ for id_ in local if known[id_].kind is UnitKind.SERVICE_CENTRE}
    found = next((one for one in (checking, centres, local) if len(one) == 1), None)
    if found is None:
        listed = ", ".join(sorted(checking or centres or local))
        if not listed:
            raise Refused("Chưa khai đơn vị nào của xã. Hãy nhập danh mục trước: compliance systems import TỆP")
        raise Refused(f"Chưa rõ kiểm tra tại đơn vị nào. Hãy nêu --unit MÃ, ví dụ một trong: {listed}.")
    return known[next(iter(found))]


def morning_page(workspace: Workspace, unit: Unit, day: date) -> MorningPage:
    """What the unit looks at on a day.

    Raises:
        DataFault: the list of the office is broken.
    """
    head = workspace.store.head(KIND, f"{unit.id}/{day.isoformat()}")
    recorded = Morning.model_validate_json(head.body) if head else None
    earlier = [one for one in _all(workspace, unit.id) if one.day < day]
    basis = recorded or (earlier[-1] if earlier else None)
    lines = form_lines(morning_list(workspace.path), systems(workspace), unit.id, day)
    return MorningPage(unit, day, lines, left_out(basis), recorded, head.version if head else 0)


def record(
    workspace: Workspace,
    unit: Unit,
    day: date,
    said: MorningSaid,
    *,
    today: date,
    expected_version: int | None = None,
) -> RecordedMorning:
    """Write a check down; what nobody named is in order. The same day again is a new version, told item by item.

    Args:
        workspace: where it is kept.
        unit: the office checked.
        day: the day it was checked.
        said: what was seen.
        today: the day it is written down.
        expected_version: the version that was on the screen; ``None`` where nobody looked at one.

    Raises:
        Refused: the day is still to come, or lies more than a year back.
        BadData: what was said cannot be taken; every fault is listed and nothing was saved.
        Conflict: somebody recorded the same morning meanwhile.
    """
    _refuse_day(day, today)
    page = morning_page(workspace, unit, day)
    seen, wrong = seen_of(said, page.lines, page.absent)
    if wrong:
        raise BadData("Chưa ghi lần kiểm tra đầu giờ; hãy sửa các chỗ sau.", [Fault(one) for one in wrong])
    morning = Morning(
        unit_id=unit.id,
        day=day,
        by=workspace.by,
        recorded_at=moment_on(workspace.now(), today),
        seen=seen,
        titles={line.id: line.title for line in page.lines},
        note=typed(said.note),
    )
    done = _save(workspace, morning, expected_version)
    return replace(done, remarks=tuple(_remarks(workspace, done.morning)))


def _refuse_day(day: date, today: date) -> None:
    if day > today:
        raise Refused(f"Ngày {date_text(day)} chưa đến nên không ghi kiểm tra đầu giờ. Hãy kiểm tra lại --day.")
    if today - day > _LATEST:
        raise Refused(f"Ngày {date_text(day)} đã qua hơn một năm nên không ghi bổ sung. Hãy kiểm tra lại --day.")


def moment_on(now: datetime, today: date) -> datetime:
    """When something is written down, to the minute in Việt Nam time, on the day acts are reckoned by."""
    clock = now.astimezone(VIETNAM).timetz().replace(second=0, microsecond=0)
    return datetime.combine(today, clock)


def _save(workspace: Workspace, morning: Morning, expected_version: int | None) -> RecordedMorning:
    with workspace.act(f"Kiểm tra đầu giờ ngày {date_text(morning.day)}") as act:
        head = act.head(KIND, morning.id)
        if head is None:
            return RecordedMorning(morning, put_over(act, KIND, morning.id, morning).version)
        before = Morning.model_validate_json(head.body)
        if expected_version is not None and head.version != expected_version:
            raise Conflict(
                f"{before.by} vừa ghi kiểm tra đầu giờ ngày {date_text(before.day)} lúc {before.recorded_at:%H:%M}. "
                "Chưa lưu gì. Hãy xem lại rồi kiểm tra lại: compliance mornings list"
            )
        told = changes(before, morning.seen, morning.titles, morning.note)
        if not told:
            return RecordedMorning(before, head.version)
        changed = before.model_copy(
            update={
                "seen": tied_on(before, morning.seen),
                "titles": morning.titles,
                "note": morning.note,
                "corrected_at": morning.recorded_at,
                "corrected_by": morning.by,
            }
        )
        return RecordedMorning(changed, put_over(act, KIND, morning.id, changed).version, told)


def _remarks(workspace: Workspace, morning: Morning) -> Iterable[str]:
    calendar = working_calendar(morning.day, morning.day, workspace.path)
    if not calendar.works(morning.day):
        yield f"Ngày {date_text(morning.day)} là ngày nghỉ; vẫn ghi nhận, không tính vào số ngày làm việc."
    if morning.afterwards:
        yield f"Lần kiểm tra này ghi bổ sung ngày {date_text(day_of(morning.recorded_at))}."


def mornings(workspace: Workspace, unit_id: str, first: date, last: date) -> tuple[Morning, ...]:
    """What a unit recorded from ``first`` to ``last``, both included, oldest first."""
    return tuple(one for one in _all(workspace, unit_id) if first <= one.day <= last)


def gaps(workspace: Workspace, unit_id: str, first: date, last: date) -> tuple[date, ...]:
    """The working days from ``first`` to ``last``, both included, of which the unit recorded no check.

    Raises:
        DataFault: the office's own calendar is broken.
    """
    if last < first:
        return ()
    calendar = working_calendar(first, last, workspace.path)
    every = _all(workspace, unit_id)
    days = month_of(every, calendar, first, last, last + timedelta(days=1), since=_since(every))
    return tuple(line.day for line in days if line.state is DayState.GAP)


def morning_month(workspace: Workspace, unit: Unit, first: date, last: date, today: date) -> MorningMonth:
    """The days of a stretch with what was recorded, what is missing and what became of the faults.

    Raises:
        DataFault: the office's own calendar is broken.
    """
    every = _all(workspace, unit.id)
    known = [one for one in every if first <= one.day <= last]
    calendar = working_calendar(first, last, workspace.path)
    return MorningMonth(
        unit_id=unit.id,
        unit_name=unit.name,
        first=first,
        last=last,
        since=_since(every),
        announced=calendar.announced(last),
        days=month_of(known, calendar, first, last, today, since=_since(every)),
        faults=fault_lines(known, every, _links(workspace, known)),
    )


def _since(every: Sequence[Morning]) -> date | None:
    return every[0].day if every else None


def _all(workspace: Workspace, unit_id: str) -> list[Morning]:
    heads = workspace.store.heads(KIND, unit_id)
    return sorted((Morning.model_validate_json(one.body) for one in heads), key=lambda one: one.day)


def _links(workspace: Workspace, known: Sequence[Morning]) -> dict[str, Link]:
    faults: list[Seen] = [seen for one in known for seen in one.faults.values()]
    found: dict[str, Link] = {}
    for head in workspace.store.heads_of("incident", {one.incident_id for one in faults if one.incident_id}):
        incident = Incident.model_validate_json(head.body)
        ended = f"đã kết thúc ngày {date_text(day_of(incident.closed_at))}" if incident.closed_at else ""
        found[head.id] = Link(closed=incident.closed, said=f"sự cố {head.id} {ended or 'đang xử lý'}")
    for head in workspace.store.heads_of("finding", {one.finding_id for one in faults if one.finding_id}):
        status = Finding.model_validate_json(head.body).status
        found[head.id] = Link(closed=not status.standing, said=f"tồn tại {head.id}: {status.label.lower()}")
    return found
