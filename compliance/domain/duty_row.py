"""The line of the list a duty makes: how it stands today, and how it is settled or decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from compliance.domain.duty import Done, DutyRow, DutyStatus
from compliance.domain.duty_status import safe_day, status_of
from compliance.domain.duty_term import DutyTerm
from compliance.domain.duty_walk import Stretch, Walk
from compliance.domain.recurrence import Recurrence, Span
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
    if term.dated and first is None and walk.stretch.recurrence is None and not term.unstated:
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
    if walk.stretch.term.unstated and walk.stretch.recurrence is None and not walk.missed:
        every = every_text(walk.stretch.term.advised or Recurrence(every=_YEAR))
        return f"compliance duties decide {NAMELESS} --every “{every}”"
    return f"compliance duties done {NAMELESS}"


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
    return f"Văn bản chỉ ghi “định kỳ”; cơ quan phải ấn định bao lâu một lần{advised}."


def _decided(stretch: Stretch) -> str:
    cadency = stretch.cadency
    if cadency is None:
        return ""
    by = f" tại {cadency.paper.text}" if cadency.paper else ""
    anchor = f", {stretch.anchor.label}"
    return f"Cơ quan ấn định{by} ngày {date_text(cadency.decided_on)}: {every_text(cadency.on)} một lần{anchor}."
