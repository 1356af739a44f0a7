"""Walking one duty of one subject through the days: when it falls due, what of that is settled, what is open.

A walk knows stretches: from a day to a day one term is asked with one recurrence. They change where the level changes
or the office decides another cadence; what lies behind stays as it was. What was done settles what was due until then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from compliance.domain.duty import Anchor, Cadency, Done
from compliance.domain.duty_term import DutyTerm, Lineage
from compliance.domain.recurrence import Recurrence, Span, months_after

_ONE = timedelta(days=1)
_WEEK = 7
_EVER = date.max


class LevelSpan(NamedTuple):
    """The level a system stood at, from ``first`` to ``last``, both included; ``None`` while it was not known."""

    first: date
    last: date
    level: int | None


class Decided(NamedTuple):
    """From ``first`` on the office had decided so; ``None`` = it had no decision any more."""

    first: date
    cadency: Cadency | None


@dataclass(frozen=True)
class Stretch:
    """From ``first`` to ``last`` one term is asked; ``recurrence`` is ``None`` where nothing says how often."""

    first: date
    last: date
    term: DutyTerm
    recurrence: Recurrence | None
    anchor: Anchor = Anchor.CALENDAR
    cadency: Cadency | None = None


class Due(NamedTuple):
    """A day something falls due, and the stretch that makes it so."""

    day: date
    stretch: Stretch


@dataclass(frozen=True)
class Walk:
    """How a duty stands on a day: ``term`` is what is asked now, or first of what lies ahead.

    ``missed`` have passed with nothing recorded, ``coming`` is the first open one from today on.
    """

    stretch: Stretch
    missed: tuple[Due, ...]
    coming: Due | None

    @property
    def first_open(self) -> Due | None:
        """What the duty waits for."""
        return self.missed[0] if self.missed else self.coming


def stretches(
    line: Lineage, spans: Sequence[LevelSpan], decided: Mapping[str, Sequence[Decided]], first: date, last: date
) -> tuple[Stretch, ...]:
    """What is asked of a subject when, between two days.

    Args:
        line: the activity.
        spans: the levels the subject stood at, in order.
        decided: by key, what the office decided, in order; those of this subject already put before those of all.
        first: the day the duty begins to bind.
        last: the last day it does.
    """
    found: list[Stretch] = []
    for span in spans:
        begin, end = max(span.first, first), min(span.last, last)
        term = line.by_level.get(span.level)
        if term is None or begin > end:
            continue
        if found and found[-1].term is term and found[-1].last + _ONE == begin:
            begin = found.pop().first
            while found and found[-1].term is term:
                begin = found.pop().first
        found += _decided(line, term, decided, begin, end)
    return tuple(found)


def _decided(
    line: Lineage, term: DutyTerm, decided: Mapping[str, Sequence[Decided]], begin: date, end: date
) -> Iterator[Stretch]:
    """Cut a stretch of one term where the office decided."""
    told = decided.get(term.key) or next((decided[key] for key in _below(line, term) if key in decided), ())
    if not term.dated or term.until:
        told = ()
    cuts = sorted({begin, *(one.first for one in told if begin < one.first <= end)})
    for at, cut in enumerate(cuts):
        until = cuts[at + 1] - _ONE if at + 1 < len(cuts) else end
        cadency = next((one.cadency for one in reversed(told) if one.first <= cut), None)
        if cadency is None or (term.binding and slower(cadency.on, term.binding)):
            yield Stretch(cut, until, term, term.recurrence)
        else:
            yield Stretch(cut, until, term, cadency.on, cadency.anchor, cadency)


def _below(line: Lineage, term: DutyTerm) -> tuple[str, ...]:
    """The keys the activity went by at lower levels, nearest first: what was decided there is remembered."""
    keys = [one.key for one in line.terms]
    return tuple(reversed(keys[: keys.index(term.key)]))


def slower(one: Recurrence, fixed: Recurrence) -> bool:
    """Whether a recurrence comes less often than a fixed one."""
    return _days(one) > _days(fixed)


def _days(one: Recurrence) -> float:
    """About how many days lie between; only ever compared."""
    return one.every * (_WEEK if one.span is Span.WEEK else 365.2425 / 12)


def period_start(stretch: Stretch, day: date) -> date | None:
    """The first day on which what is due on ``day`` may be done; ``None`` where it may be done at any time before."""
    if stretch.recurrence is None or stretch.anchor is Anchor.LAST_DONE:
        return None
    before = None
    for one in stretch.recurrence.between(_back(day, stretch.recurrence, 2), day - _ONE):
        before = one
    return before + _ONE if before else None


def _back(day: date, recurrence: Recurrence, times: int) -> date:
    if recurrence.span is Span.WEEK:
        return day - timedelta(days=_WEEK * recurrence.every * times)
    return months_after(day, -recurrence.every * times)


def next_after(day: date, recurrence: Recurrence) -> date:
    """So many weeks or months after a day."""
    if recurrence.span is Span.WEEK:
        return day + timedelta(days=_WEEK * recurrence.every)
    return months_after(day, recurrence.every)


def dues(parts: Sequence[Stretch], done: Sequence[Done], today: date, last: date) -> Iterator[Due]:
    """Every day it falls due until ``last``, in order; on and on where nobody stops."""
    for stretch in parts:
        end = min(stretch.last, last)
        if stretch.term.until is not None:
            if stretch.first <= stretch.term.until <= end:
                yield Due(stretch.term.until, stretch)
        elif stretch.recurrence is None:
            continue
        elif stretch.anchor is Anchor.CALENDAR:
            for day in stretch.recurrence.between(stretch.first, end):
                yield Due(day, stretch)
        else:
            yield from _from_last_done(stretch, parts[0].first, done, today, end)


def _from_last_done(stretch: Stretch, begins: date, done: Sequence[Done], today: date, end: date) -> Iterator[Due]:
    """One open day counted from the last time, and those that follow if each is kept."""
    if stretch.recurrence is None or (stretch.last < today and any(one.on > stretch.last for one in done)):
        return
    recurrence = stretch.recurrence
    day = next_after(max((one.on for one in done), default=begins), recurrence)
    while day <= end:
        yield Due(max(day, stretch.first), stretch)
        day = next_after(max(day, today, stretch.first), recurrence)


def settled(due: Due, done: Iterable[Done]) -> bool:
    """Whether a day no longer waits for anything: it, or a later one, was done.

    What was done in time counts for the period it was done in, whichever term or cadence stood then; what was done late
    for the period it was late for.
    """
    if due.stretch.anchor is Anchor.LAST_DONE:
        return False
    return any(due.day <= _reaches(one, due.stretch) for one in done)


def _reaches(one: Done, stretch: Stretch) -> date:
    """The last day of this stretch a doing settles."""
    if stretch.recurrence is None or one.late:
        return one.due
    return stretch.recurrence.next_from(one.on)


def walk(parts: Sequence[Stretch], done: Sequence[Done], today: date) -> Walk | None:
    """How a duty stands today; ``None`` where neither today nor what lies ahead asks it.

    Args:
        parts: from :func:`stretches`.
        done: what was recorded of it and stands.
        today: the day.
    """
    now = next((one for one in parts if one.last >= today), None)
    if now is None:
        return None
    missed: list[Due] = []
    for due in dues(parts, done, today, _EVER):
        if settled(due, done):
            continue
        if due.day >= today:
            return Walk(now, tuple(missed), due)
        missed.append(due)
    return Walk(now, tuple(missed), None)


def done_outside(one: Done, parts: Sequence[Stretch], days: Collection[date]) -> Due | None:
    """The day something was done for where it falls due on it no more, as what counts from the last time done does."""
    if one.due in days:
        return None
    own = [part for part in parts if part.term.key == one.duty_id.partition("/")[2]]
    part = next((part for part in own if part.first <= one.due <= part.last), own[-1] if own else None)
    return Due(one.due, part) if part else None


def due_on(parts: Sequence[Stretch], done: Sequence[Done], today: date, day: date) -> Due | None:
    """The occurrence that falls due on a day, settled or not."""
    until = takewhile(lambda one: one.day <= day, dues(parts, done, today, day))
    return next((one for one in until if one.day == day), None)
