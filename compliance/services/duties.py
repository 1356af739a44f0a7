"""Duties (nghĩa vụ): what is due of every system and office, from every source; doing, undoing and deciding them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from compliance.adapters.workspace import Workspace
from compliance.domain.duty import DutyRow, DutyStatus, Occurrence, Source
from compliance.domain.duty_status import safe_day
from compliance.domain.duty_walk import done_outside, dues
from compliance.services.duty_acts import Doing, record_all, record_done, undo
from compliance.services.duty_book import Book, Cell, Place, natural, place_of
from compliance.services.duty_deciding import decide, undecide
from compliance.services.duty_past import duty_row, history, past
from compliance.services.duty_setting import DutySetting, setting
from compliance.services.duty_sources import other_rows
from compliance.services.duty_subjects import Subject
from compliance.services.records import head_of

__all__ = [
    "Doing",
    "Glance",
    "decide",
    "duty_row",
    "duty_rows",
    "glance",
    "history",
    "occurrences",
    "past",
    "record_all",
    "record_done",
    "undecide",
    "undo",
]

_NO_DAY = frozenset({DutyStatus.STANDING, DutyStatus.ON_EVENT})


def duty_rows(
    workspace: Workspace,
    today: date,
    *,
    system_id: str = "",
    unit_id: str = "",
    within: int | None = None,
    overdue: bool = False,
    every: bool = False,
    known: DutySetting | None = None,
) -> tuple[DutyRow, ...]:
    """What is next of every duty, from every source, in the order it must be seen.

    Args:
        workspace: where the records are.
        today: the day.
        system_id: only of this system.
        unit_id: only what this unit has to do.
        within: only what is overdue or falls due in so many days, and what nobody fixed a cadence for.
        overdue: only what is overdue.
        every: also what holds all the time and what something sets off.
        known: the setting of this workspace and day, where it was made already.

    Raises:
        NotFound: no such system or unit, or no regime with a calendar of duties is in force.
    """
    book = Book(known or setting(workspace, today))
    _refuse_unknown(book.setting, system_id, unit_id)

    def wanted(row: DutyRow) -> bool:
        if row.status in _NO_DAY:
            return every and not overdue
        if overdue:
            return row.status is DutyStatus.OVERDUE
        return within is None or row.days is None or row.days <= within

    ahead = 0 if overdue else within
    until = date.max if ahead is None else date.fromordinal(min(today.toordinal() + ahead, date.max.toordinal()))
    others = (row for row in other_rows(book.setting, until) if wanted(row) and _concerns(row, system_id, unit_id))
    return _in_order(_law_rows(book, wanted, system_id, unit_id), others)


@dataclass(frozen=True)
class Glance:
    """What must be seen first, and the rest only counted.

    ``rest`` counts by status what falls due later; ``noted`` are those rows of it of which something is said all the
    same: the proof of the last doing is gone, or the level of the system is not known.
    """

    rows: tuple[DutyRow, ...]
    rest: Counter[DutyStatus] = field(default_factory=Counter)
    noted: tuple[DutyRow, ...] = ()


def glance(workspace: Workspace, today: date, within: int, *, system_id: str = "", unit_id: str = "") -> Glance:
    """The rows :func:`duty_rows` gives ``within`` so many days, with the count of what it gives beyond them.

    Where nothing is as near, the rows are all there are, the nearest first.

    Raises:
        NotFound: as :func:`duty_rows`.
    """
    book = Book(setting(workspace, today))
    _refuse_unknown(book.setting, system_id, unit_id)
    known = [row for row in other_rows(book.setting) if _concerns(row, system_id, unit_id)]
    others = [row for row in known if row.status not in _NO_DAY]

    def near(row: DutyRow) -> bool:
        return row.status not in _NO_DAY and (row.days is None or row.days <= within)

    rows = _in_order(_law_rows(book, near, system_id, unit_id), filter(near, others))
    if not rows:
        return Glance(duty_rows(workspace, today, system_id=system_id, unit_id=unit_id, known=book.setting))
    rest, noted = Counter(row.status for row in others if not near(row)), []
    for subject, cells in _chosen(book, lambda row: row.status not in _NO_DAY and not near(row), system_id, unit_id):
        rest.update([cell.row.status for cell in cells])
        noted += _noted(book, subject, cells)
    return Glance(rows, rest, tuple(sorted(noted, key=place_of)))


def _noted(book: Book, subject: Subject, cells: Iterable[Cell]) -> list[DutyRow]:
    shown = any(one.evidence_ids for one in book.done.get(subject.id, ()))
    asked = [cell for cell in cells if _unknown(subject, cell.row) or (shown and cell.row.last_done is not None)]
    return [row for row in book.rows(subject, asked) if _unknown(subject, row) or row.lost_evidence] if asked else []


def _unknown(subject: Subject, row: DutyRow) -> bool:
    return row.level is None and row.source is Source.LAW and subject.system is not None


def _in_order(rows: dict[Place, list[DutyRow]], others: Iterable[DutyRow]) -> tuple[DutyRow, ...]:
    for place, more in groupby(sorted(others, key=place_of), key=place_of):
        rows[place] = sorted((*rows.get(place, ()), *more), key=_by_subject)
    return tuple(row for place in sorted(rows) for row in rows[place])


def _by_subject(row: DutyRow) -> tuple[object, ...]:
    subject, _, key = row.id.partition("/")
    return row.system_id != "", natural(row.system_id or subject), natural(key)


def _law_rows(
    book: Book, wanted: Callable[[DutyRow], bool], system_id: str, unit_id: str
) -> dict[Place, list[DutyRow]]:
    """The rows of law and standard by their place; only those wanted are ever made."""
    found: dict[Place, list[DutyRow]] = {}
    for subject, asked in _chosen(book, wanted, system_id, unit_id):
        for cell, row in zip(asked, book.rows(subject, asked), strict=True):
            found.setdefault(cell.place, []).append(row)
    return found


def _chosen(
    book: Book, wanted: Callable[[DutyRow], bool], system_id: str, unit_id: str
) -> Iterator[tuple[Subject, list[Cell]]]:
    """Each subject with those of its cells that are wanted."""
    chosen: dict[int, list[Cell]] = {}
    kept: list[Sequence[Cell]] = []
    for subject in book.subjects:
        if system_id and (subject.system is None or subject.id != system_id):
            continue
        cells = book.cells(subject)
        if id(cells) not in chosen:
            kept.append(cells)  # so that no other takes its place in memory
            chosen[id(cells)] = [cell for cell in cells if wanted(cell.row)]
        yield subject, [cell for cell in chosen[id(cells)] if unit_id in {"", subject.unit_id(cell.term.by)}]


def _refuse_unknown(known: DutySetting, system_id: str, unit_id: str) -> None:
    if system_id:
        head_of(known.workspace, "system", system_id)
    if unit_id:
        head_of(known.workspace, "unit", unit_id)


def _concerns(row: DutyRow, system_id: str, unit_id: str) -> bool:
    return system_id in {"", row.system_id} and unit_id in {"", row.unit_id}


def occurrences(workspace: Workspace, first: date, last: date, today: date) -> tuple[Occurrence, ...]:
    """Every day between two days on which a recurring or dated duty falls due, done ones included, in order.

    A duty derived from other records falls due once. Days before a duty binds are left out, as are those after a
    system ended.

    Raises:
        NotFound: no regime with a calendar of duties is in force.
    """
    book = Book(setting(workspace, today))
    found = [*_law_occurrences(book, first, last), *_derived_occurrences(book.setting, first, last)]
    return tuple(sorted(found, key=lambda one: (one.due, one.row.system_id != "", natural(one.row.id))))


def _law_occurrences(book: Book, first: date, last: date) -> Iterator[Occurrence]:
    known = book.setting
    for subject in book.subjects:
        cells = {id(cell.line): cell for cell in book.cells(subject)}
        for line in book.asked(subject.profile):
            done, parts = book.done_of(subject, line), book.stretches_of(subject, line)
            by_day = {one.due: one for one in done}
            falling = [due for due in dues(parts, done, known.today, last) if due.day >= first]
            # What was done once and counts from there on falls due on no other day any more.
            known_days = {due.day for due in falling}
            falling += [
                due for one in done if first <= one.due <= last and (due := done_outside(one, parts, known_days))
            ]
            for due in falling:
                safe, announced = safe_day(known.working, due.day)
                row = book.row_at(subject, due, cells.get(id(line)))
                yield Occurrence(row=row, due=due.day, safe_day=safe, announced=announced, done=by_day.get(due.day))


def _derived_occurrences(known: DutySetting, first: date, last: date) -> Iterator[Occurrence]:
    for row in other_rows(known):
        if row.due is not None and first <= row.due <= last:
            yield Occurrence(row=row, due=row.due, safe_day=row.safe_day or row.due, announced=row.announced)
