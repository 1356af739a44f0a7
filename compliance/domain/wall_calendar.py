"""A calendar for the wall: the year on one sheet, twelve boxes, what falls due in each; it must never need a second.

Where the lines do not fit, letters get smaller down to what is still read from a step away; then the least firm lines
are left out and counted, for the list behind has them all.
"""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Sequence
from datetime import date

from compliance.domain.blank import Frozen
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.duty_group import DutyGroup, GroupDay, month_in
from compliance.domain.wall_sheet import (
    SIZES,
    SLACK,
    Sheet,
    Strip,
    Width,
    row_height,
    set_in,
    short,
    strips_of,
    wrapped,
)
from compliance.domain.working_days import WorkingCalendar

_YEAR = 12
_SATURDAY = 5


class WallDay(Frozen):
    """One day of a month: ``off`` is a holiday or day off in exchange, ``due`` one to be ready on, ``firm`` by law."""

    day: int
    weekend: bool = False
    off: bool = False
    due: bool = False
    firm: bool = False


class WallLine(Frozen):
    """One line of a month: ``at`` says when; ``firm`` is of the law and printed bold."""

    at: str
    text: str
    firm: bool


class WallMonth(Frozen):
    """One month: its weeks from Monday (``None`` outside it), its lines in ``size`` points, how many are left out."""

    month: int
    weeks: tuple[tuple[WallDay | None, ...], ...]
    size: float
    lines: tuple[WallLine, ...]
    more: int = 0


class WallCalendar(Frozen):
    """The sheet: ``strip_size`` in points, ``box_height`` in millimetres; ``more`` is left out of the strip."""

    year: int
    office: str
    strip_size: float
    box_height: float
    strips: tuple[Strip, ...]
    more: int
    months: tuple[WallMonth, ...]
    unknown_year: bool

    @property
    def left_out(self) -> int:
        """How many activities stand only in the list behind."""
        return self.more + sum(month.more for month in self.months)

    @property
    def smallest(self) -> float:
        """The size of the smallest lines in points."""
        return min(self.strip_size, *(month.size for month in self.months))


class Item(Frozen):
    """A line before it is measured; ``rank`` is lower the firmer it is."""

    month: int
    day: date
    marked: date | None
    line: WallLine
    rank: tuple[int, date, str]


def wall_calendar(
    groups: Iterable[DutyGroup],
    year: int,
    office: str,
    working: WorkingCalendar,
    width: Width,
) -> WallCalendar:
    """Put the sheet together.

    Args:
        groups: the lines of the year.
        year: the year.
        office: whose calendar it is, empty where that is not on record.
        working: holidays and exchanged days of the year.
        width: measures a text.
    """
    page, found = Sheet(), tuple(groups)
    strips = strips_of([group for group in found if group.regular], page, width)
    box = page.box_height(strips.height)
    items = _items([group for group in found if not group.regular], year)
    return WallCalendar(
        year=year,
        office=office,
        strip_size=strips.size,
        box_height=round(box, 2),
        strips=strips.strips,
        more=strips.more,
        months=tuple(_month(year, month, items, working, (page, box, width)) for month in range(1, _YEAR + 1)),
        unknown_year=not working.announced(date(year, 1, 1)),
    )


def _month(
    year: int, month: int, items: Sequence[Item], working: WorkingCalendar, measures: tuple[Sheet, float, Width]
) -> WallMonth:
    page, box, width = measures
    weeks = _weeks(year, month, working, items)
    room, inner = page.line_room(box, len(weeks)), (page.box_width - page.frame) * SLACK
    size, lines, more = _fitted([one for one in items if one.month == month], room, inner, width)
    return WallMonth(month=month, weeks=weeks, size=size, lines=lines, more=more)


def _items(groups: Sequence[DutyGroup], year: int) -> tuple[Item, ...]:
    """The lines of every month; the same activity on the same day of several levels or units is one."""
    placed: dict[tuple[int, date, str], list[tuple[DutyGroup, GroupDay]]] = {}
    for group in groups:
        for day in group.days:
            month = month_in(group, day, year)
            placed.setdefault((month, day.due, group.what), []).append((group, day))
    return tuple(_item(month, due, what, same) for (month, due, what), same in placed.items())


def _item(month: int, due: date, what: str, same: Sequence[tuple[DutyGroup, GroupDay]]) -> Item:
    day = same[0][1]
    firm = any(one.kind is DutyKind.LAW for one, _ in same)
    ids = {id_ for _, one in same for id_ in one.system_ids}
    planned = month not in {day.safe_day.month, due.month}
    last = f"{due.day}/{due.month}"
    when = f"hạn {last}" if planned else str(day.safe_day.day)
    if not planned and day.safe_day != due:
        when = (
            f"{day.safe_day.day} (hạn {due.day})"
            if due.month == day.safe_day.month
            else f"{when}/{day.safe_day.month} (hạn {last})"
        )
    text = f"{short(what)} ({len(ids):02d} HT)" if ids else short(what)
    return Item(
        month=month,
        day=due if planned else day.safe_day,
        marked=None if planned else day.safe_day,
        line=WallLine(at=when, text=text, firm=firm),
        rank=(int(not firm), due, what),
    )


def _fitted(items: Sequence[Item], room: float, inner: float, width: Width) -> tuple[float, tuple[WallLine, ...], int]:
    """Size, lines, how many are left out of a month: smaller letters come first, then one line a day, then fewer."""
    apart = tuple(one.line for one in _by_day(items))
    for lines in (apart, _together(_by_day(items))):
        for size in SIZES:
            if _height(lines, size, inner, width) <= room:
                return size, lines, 0
    smallest, ranked = SIZES[-1], sorted(items, key=lambda one: one.rank)
    for count in range(len(items), 0, -1):
        lines = _together(_by_day(ranked[:count]))
        told = (*lines, more_line(len(items) - count)) if count < len(items) else lines
        if _height(told, smallest, inner, width) <= room:
            return smallest, lines, len(items) - count
    return smallest, (), len(items)


def _height(lines: Sequence[WallLine], size: float, inner: float, width: Width) -> float:
    rows = sum(wrapped(f"{one.at} {one.text}".strip(), inner, set_in(width, size, bold=one.firm)) for one in lines)
    return rows * row_height(size)


def _together(items: Sequence[Item]) -> tuple[WallLine, ...]:
    """One line a day; those of the law stay apart."""
    lines = list[WallLine]()
    for one in items:
        line, last = one.line, lines[-1] if lines else None
        if last and not (last.firm or line.firm) and last.at == line.at:
            lines[-1] = last.model_copy(update={"text": f"{last.text}; {line.text}"})
        else:
            lines.append(line)
    return tuple(lines)


def more_line(count: int) -> WallLine:
    """The line that says how many are left out; measured as bold as it is printed."""
    return WallLine(at="", text=f"và {count} việc khác – xem: compliance duties due", firm=True)


def _weeks(
    year: int, month: int, working: WorkingCalendar, items: Sequence[Item]
) -> tuple[tuple[WallDay | None, ...], ...]:
    due = {one.marked for one in items if one.marked}
    firm = {one.marked for one in items if one.marked and one.line.firm}
    weeks = Calendar().monthdatescalendar(year, month)
    return tuple(tuple(_day(day, working, due, firm) if day.month == month else None for day in week) for week in weeks)


def _by_day(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda one: (one.marked is None, one.day, one.rank))


def _day(day: date, working: WorkingCalendar, due: set[date], firm: set[date]) -> WallDay:
    weekend = day.weekday() >= _SATURDAY
    return WallDay(
        day=day.day,
        weekend=weekend and not working.works(day),
        off=day in working.days_off,
        due=day in due,
        firm=day in firm,
    )
