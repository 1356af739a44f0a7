"""What left the house as a calendar file: remembered, so that the next file updates and cancels, and never doubles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.calendar_event import CalendarEvent

EXPORT_ID = "lich"
"""The id of the one record there is."""
TOLD_FOR = timedelta(days=60)
"""How long a cancelled entry stays in the files, so that whoever skips one still learns of it."""


class Exported(Frozen):
    """One entry as last exported; ``at`` is when its content last changed, ``sequence`` how often it did.

    ``start``, ``rule`` and ``summary`` are kept to be able to cancel it.
    """

    sequence: int = Field(default=0, ge=0)
    digest: str
    at: datetime
    start: date
    rule: str = ""
    summary: str
    cancelled: bool = False


class CalendarExport(Frozen):
    """Every entry exported so far, by uid; a cancelled one is remembered for its number, should it come back."""

    entries: Mapping[str, Exported] = Field(default_factory=dict)

    def cancelled(self, at: datetime) -> dict[str, Exported]:
        """The entries to tell of as cancelled, by uid."""
        return {uid: one for uid, one in self.entries.items() if one.cancelled and at - one.at < TOLD_FOR}


class Counts(Frozen):
    """What an export did to the entries."""

    new: int
    changed: int
    unchanged: int
    cancelled: int


def exported(
    before: CalendarExport, events: Sequence[CalendarEvent], at: datetime, since: date
) -> tuple[CalendarExport, Counts]:
    """What is remembered after an export, and what it did.

    Args:
        before: what was remembered.
        events: the entries now.
        at: when.
        since: the first day the events were looked for; what ended before it is history, not cancelled.
    """
    now = {event.uid: _next(before.entries.get(event.uid), event, at) for event in events}
    gone = {uid: one for uid, one in before.entries.items() if uid not in now and (one.rule or one.start >= since)}
    kept = {uid: _gone(one, at) for uid, one in gone.items()}
    was = before.entries
    counts = Counts(
        new=sum(uid not in was or was[uid].cancelled for uid in now),
        changed=sum(uid in was and not was[uid].cancelled and was[uid] != one for uid, one in now.items()),
        unchanged=sum(was.get(uid) == one for uid, one in now.items()),
        cancelled=sum(not was[uid].cancelled for uid in kept),
    )
    return CalendarExport(entries=dict(sorted({**now, **kept}.items()))), counts


def _next(before: Exported | None, event: CalendarEvent, at: datetime) -> Exported:
    if before is not None and before.digest == event.digest and not before.cancelled:
        return before
    return Exported(
        sequence=before.sequence + 1 if before else 0,
        digest=event.digest,
        at=at,
        start=event.start,
        rule=event.rule,
        summary=event.summary,
    )


def _gone(before: Exported, at: datetime) -> Exported:
    if before.cancelled:
        return before
    return before.model_copy(update={"sequence": before.sequence + 1, "at": at, "cancelled": True})
