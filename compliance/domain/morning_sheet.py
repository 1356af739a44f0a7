"""The monthly sheet of the morning check (phiếu kiểm tra đầu giờ): items by days, marks that need no colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from compliance.domain.blank import Frozen
from compliance.domain.dossier import Letterhead, letterhead
from compliance.domain.moment import day_of
from compliance.domain.morning import Morning, State
from compliance.domain.morning_month import DayLine, DayState, MorningMonth
from compliance.domain.organization import Unit
from compliance.domain.wording import date_text

_MARKS = {State.GOOD: "Đ", State.FAULT: "H", State.NOT_HERE: "–"}
GAP_MARK = "×"
_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


class SheetDay(Frozen):
    """A column: the day of the month and how it stands (``checked``, ``gap``, ``waiting``, ``off``, ``ahead``)."""

    number: int
    weekday: str
    state: str
    works: bool


class SheetRow(Frozen):
    """An item with one mark a day; an empty mark is a day on which it was not asked about."""

    number: int
    title: str
    marks: tuple[str, ...]


class SheetFault(Frozen):
    """A fault as listed below the grid."""

    number: int
    day: str
    title: str
    what: str
    outcome: str
    open: bool


class MorningSheet(Frozen):
    """The sheet of one office and one month; ``gaps``, ``afterwards`` and ``corrected`` are days in words."""

    letterhead: Letterhead
    unit_name: str
    month: str
    days: tuple[SheetDay, ...]
    rows: tuple[SheetRow, ...]
    faults: tuple[SheetFault, ...]
    checked: int
    working: int
    extra: str
    gaps: str
    afterwards: str
    corrected: str
    notes: tuple[str, ...]
    by: str
    open_faults: int
    since: str
    waiting: str
    announced: bool


def morning_sheet(month: MorningMonth, unit: Unit) -> MorningSheet:
    """Put the sheet together from the days of a month."""
    found = [line.morning for line in month.days if line.morning is not None]
    checked_off = [line.day for line in month.days if line.morning is not None and not line.works]
    late = month.since is not None and month.first < month.since <= month.last
    return MorningSheet(
        letterhead=letterhead(unit),
        unit_name=unit.name,
        month=f"{month.first:%m/%Y}",
        days=tuple(_column(line) for line in month.days),
        rows=_rows(month.days, found),
        faults=tuple(
            SheetFault(
                number=number,
                day=f"{fault.day:%d/%m}",
                title=fault.title,
                what=fault.what,
                outcome=fault.outcome,
                open=fault.open,
            )
            for number, fault in enumerate(month.faults, start=1)
        ),
        checked=month.checked,
        working=month.working,
        extra=days_text(checked_off),
        gaps=days_text(month.of(DayState.GAP)),
        afterwards=_afterwards(found),
        corrected="; ".join(
            f"ngày {one.day:%d/%m} ({one.corrected_by} sửa ngày {one.corrected_at:%d/%m/%Y})"
            for one in found
            if one.corrected_at is not None
        ),
        notes=_notes(found),
        by="; ".join(dict.fromkeys(one.by for one in found)),
        open_faults=month.open_faults,
        since=date_text(month.since) if month.since and late else "",
        waiting=days_text(month.of(DayState.WAITING)),
        announced=month.announced,
    )


def _column(line: DayLine) -> SheetDay:
    weekday = _WEEKDAYS[line.day.weekday()]
    return SheetDay(number=line.day.day, weekday=weekday, state=line.state.value, works=line.works)


def _rows(days: Sequence[DayLine], found: Iterable[Morning]) -> tuple[SheetRow, ...]:
    """The items in the order of the newest list, those asked about only earlier behind them."""
    titles: dict[str, str] = {}
    for one in reversed(list(found)):
        titles = {**titles, **{id_: title for id_, title in one.titles.items() if id_ not in titles}}
    return tuple(
        SheetRow(number=number, title=title, marks=tuple(_mark(line, id_) for line in days))
        for number, (id_, title) in enumerate(titles.items(), start=1)
    )


def _mark(line: DayLine, item_id: str) -> str:
    if line.morning is None:
        return GAP_MARK if line.state is DayState.GAP else ""
    seen = line.morning.seen.get(item_id)
    return _MARKS[seen.state] if seen else ""


def _afterwards(found: Sequence[Morning]) -> str:
    """The days written down later, together by the day they were written down on."""
    written: dict[date, list[date]] = {}
    for one in found:
        if one.afterwards:
            written.setdefault(day_of(one.recorded_at), []).append(one.day)
    return "; ".join(f"ngày {days_text(days)} (ghi ngày {date_text(on)})" for on, days in sorted(written.items()))


def _notes(found: Sequence[Morning]) -> tuple[str, ...]:
    """The remarks, days that say the same together."""
    said: dict[str, list[date]] = {}
    for one in found:
        if one.note:
            said.setdefault(one.note, []).append(one.day)
    return tuple(f"Ngày {days_text(days)}: {note}" for note, days in said.items())


def days_text(days: Iterable[date]) -> str:
    """Days of one month as one writes them: ``02, 05, 17``."""
    return ", ".join(f"{day:%d}" for day in days)
