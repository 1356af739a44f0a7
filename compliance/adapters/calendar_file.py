"""A calendar file (iCalendar, RFC 5545) other programs take in: entries by uid, all-day, with reminders at eight.

The same entries give the same bytes. A reminder is counted from midnight of the day in the reader's own time zone: one
day before at eight is 16 hours before midnight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from compliance.domain.calendar_event import CalendarEvent, Instance
from compliance.domain.calendar_export import CalendarExport, Exported

if TYPE_CHECKING:
    from icalendar import Component

ZONE = "Asia/Ho_Chi_Minh"
NAME = "Lịch bảo đảm an ninh mạng"
PRODUCT = "-//compliance//Lich bao dam an ninh mang//VI"
_DAY = timedelta(days=1)
_MORNING = timedelta(hours=8)
_ZONE_SINCE = datetime(1975, 6, 13)  # noqa: DTZ001 - local by definition: since then the clock has been seven ahead
_AHEAD = timedelta(hours=7)
_REFRESH = timedelta(days=1)


def calendar_bytes(events: Iterable[CalendarEvent], record: CalendarExport, at: datetime) -> bytes:
    """The file: UTF-8, CRLF, lines folded at 75 octets.

    Args:
        events: what stands; each must be in the record.
        record: sequence and time of every entry, and what was cancelled.
        at: when it is written; only what was cancelled long ago depends on it.
    """
    from icalendar import Calendar, vDuration  # noqa: PLC0415 - only this file pays for it

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for event in events:
        for component in _components(event, record.entries[event.uid]):
            calendar.add_component(component)
    for uid, gone in sorted(record.cancelled(at).items()):
        calendar.add_component(_entry(uid, gone, {"summary": f"Đã bỏ: {gone.summary}", "status": "CANCELLED"}))
    return bytes(calendar.to_ical(sorted=False))


def _components(event: CalendarEvent, kept: Exported) -> Iterable[Component]:
    shown = {"summary": event.summary, "description": event.description, "status": "CONFIRMED"}
    yield _entry(event.uid, kept, shown, alarms=event.alarms, without=event.without)
    for one in event.instances:
        shown = {"summary": one.summary, "description": one.description, "status": "CONFIRMED"}
        yield _entry(event.uid, kept, shown, instance=one, alarms=() if one.done else event.alarms)


def _entry(
    uid: str,
    kept: Exported,
    shown: Mapping[str, str],
    *,
    instance: Instance | None = None,
    alarms: Iterable[int] = (),
    without: Iterable[date] = (),
) -> Component:
    from icalendar import Event, vRecur  # noqa: PLC0415 - loaded already

    event = Event()
    event.add("uid", uid)
    event.add("sequence", kept.sequence)
    event.add("dtstamp", kept.at.astimezone(UTC).replace(microsecond=0))
    start: date = instance.day if instance else kept.start
    if instance:
        event.add("recurrence-id", instance.due)
    event.add("dtstart", start)
    event.add("dtend", start + _DAY)  # the first day that is not the entry's any more
    if kept.rule and instance is None:
        event.add("rrule", vRecur.from_ical(kept.rule))
    for day in without:
        event.add("exdate", day)
    for key, value in shown.items():
        event.add(key, value)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy all day
    for days in alarms:
        event.add_component(_alarm(shown["summary"], days))
    return event


def _alarm(summary: str, days: int) -> Component:
    from icalendar import Alarm  # noqa: PLC0415 - loaded already

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Còn {days} ngày: {summary}")
    alarm.add("trigger", _MORNING - _DAY * days)
    return alarm


def _zone() -> Component:
    from icalendar import Timezone, TimezoneStandard  # noqa: PLC0415 - loaded already

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", _ZONE_SINCE)
    standard.add("tzoffsetfrom", _AHEAD)
    standard.add("tzoffsetto", _AHEAD)
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone
