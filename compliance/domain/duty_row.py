"""The line of the list a duty makes: how it stands today, and how it is settled or decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from compliance.domain.duty import Done, DutyRow, DutyStatus
from compliance.domain.duty_status import safe_day, status_of
from compliance.domain.duty_term import DutyTerm
from compliance.domain.duty_walk import Stretch, Walk
from compliance.domain.recurrence import LAST, Recurrence, Span
from compliance.domain.wording import date_text
from compliance.domain.working_days import WorkingCalendar

NAMELESS = "x/x"
"""Stands in a row until a subject gives it its id."""
_YEAR = 12


def row_of(
    walk: Walk, last_done: Done | None, *, today: date, due_soon: int, working: WorkingCalendar, grace: str = ""
) -> DutyRow | None:
    """The row of one duty without the names of its subject; ``None`` where nothing is awaited any more.

    Args:
        walk: how it stands.
        last_done: what was done last.
        today: the day.
        due_soon: how many days before its day a duty is near.
        working: for the last working day.
        grace: what is said where the transition leaves time.
    """
    term, first = walk.stretch.term, walk.first_open
    undecided = term.unstated and walk.stretch.recurrence is None
    if term.dated and first is None and not undecided:
        return None
    row = DutyRow(
        id=NAMELESS,
        what=term.what,
        source=term.source,
        kind=term.kind,
        level=term.level,
        citation=term.citation,
        status=_resting(term),
        recurrence=walk.stretch.recurrence,
        anchor=walk.stretch.anchor if walk.stretch.recurrence else None,
        plan_month=term.plan_month,
        last_done=last_done,
        evidence=term.evidence,
        note=" ".join(_notes(walk, grace)),
        uncertain=term.uncertain,
        settle=_settle(walk),
    )
    if first is None:
        return row
    status, days = status_of(first.day, today, due_soon)
    safe, announced = safe_day(working, first.day)
    dated = {"due": first.day, "safe_day": safe, "announced": announced, "status": status, "days": days}
    return row.model_copy(update={**dated, "missed": tuple(one.day for one in walk.missed)})


def _resting(term: DutyTerm) -> DutyStatus:
    """The status of what has no day."""
    if term.standing:
        return DutyStatus.STANDING
    return DutyStatus.ON_EVENT if term.event else DutyStatus.UNDECIDED


def _settle(walk: Walk) -> str:
    term = walk.stretch.term
    if term.unstated and walk.stretch.recurrence is None and not walk.missed:
        advised = term.advised or Recurrence(every=_YEAR)
        return f'compliance duties decide {term.key} --every "{every_text(advised)}"{_place(advised)}'
    return f"compliance duties done {NAMELESS}"


def _place(one: Recurrence) -> str:
    """Where in its period it falls, as it is typed; nothing for the end of the calendar's own periods."""
    if one.span is Span.WEEK:
        return f" --day {one.day}"
    month = f" --month {one.month}" if one.month != _YEAR else ""
    return month if one.day == LAST else f"{month} --day {one.day}"


def every_text(one: Recurrence) -> str:
    """A figure as it is typed: ``6 tháng``, ``1 năm``, ``2 tuần``."""
    if one.span is Span.WEEK:
        return f"{one.every} tuần"
    return f"{one.every // _YEAR} năm" if one.every % _YEAR == 0 else f"{one.every} tháng"


def _notes(walk: Walk, grace: str) -> Iterator[str]:
    stretch, term = walk.stretch, walk.stretch.term
    if term.event:
        yield f"Khi: {term.event}"
    if term.unstated and stretch.recurrence is None:
        yield _undecided(term)
    if stretch.cadency is not None:
        yield _decided(stretch)
    if term.note:
        yield term.note
    if grace:
        yield grace
    if len(walk.missed) > 1:
        days = ", ".join(date_text(one.day) for one in walk.missed)
        yield f"Các kỳ đã qua chưa ghi nhận: {days}."


def _undecided(term: DutyTerm) -> str:
    advised = f" (gợi ý: {term.advised.text})" if term.advised else ""
    return f"Văn bản không nêu bao lâu một lần; cơ quan phải ấn định{advised}."


def _decided(stretch: Stretch) -> str:
    cadency = stretch.cadency
    if cadency is None:
        return ""
    by = f" tại {cadency.paper.text}" if cadency.paper else ""
    return f"Cơ quan ấn định{by} ngày {date_text(cadency.decided_on)}: {cadency.text}."


def why_due(row: DutyRow) -> tuple[str, ...]:
    """Why a duty falls due on its day, and why the safe day is another, in sentences."""
    return tuple(_why(row))


def _why(row: DutyRow) -> Iterator[str]:
    if row.recurrence is not None and row.anchor is not None:
        yield f"Định kỳ: {row.recurrence.text}; {row.anchor.label}."
    if row.due is None or row.safe_day is None:
        return
    if row.safe_day != row.due:
        yield (
            f"Hạn {date_text(row.due)} rơi vào ngày nghỉ; ngày làm việc cuối cùng trước hạn là "
            f"{date_text(row.safe_day)}."
        )
    if not row.announced:
        yield (
            f"Lịch nghỉ hoán đổi năm {row.due.year} chưa công bố; ngày làm việc cuối cùng mới tính theo ngày nghỉ hằng "
            "tuần và ngày lễ, tết theo luật, có thể lệch."
        )
