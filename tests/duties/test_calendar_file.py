"""The calendar file as other programs read it: days, reminders, updates, and what it keeps to itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from compliance.adapters.calendar_file import calendar_bytes
from compliance.adapters.working_calendar import working_calendar
from compliance.adapters.workspace import Workspace
from compliance.domain.calendar_event import calendar_events
from compliance.domain.calendar_export import TOLD_FOR, CalendarExport, exported
from compliance.domain.duty import Anchor, Done, DutyRow, DutyStatus, Occurrence, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.duty_status import safe_day
from compliance.domain.recurrence import LAST, Recurrence, Span
from compliance.domain.wording import folded
from compliance.errors import Refused
from compliance.services import duties
from compliance.services.duty_calendars import export_calendar
from tests.documents.office import NOTICES, SYSTEMS, TODAY, UNITS, new_office, put_system

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
FIRST, LAST_DAY = date(2026, 1, 1), date(2028, 12, 31)
WORKING = working_calendar(FIRST, LAST_DAY)
YEARLY = Recurrence(every=12, month=12, day=19)


def row(
    what: str = "Kiểm kê phần cứng",
    *,
    rule: Recurrence | None = YEARLY,
    system: str = "thu-dien-tu",
    name: str = "Hệ thống thư điện tử",
    unit: str = "van-phong",
    source: Source = Source.STANDARD,
    anchor: Anchor = Anchor.CALENDAR,
    citation: str = "TCVN 14423:2026 mục 3.2.1 c",
) -> DutyRow:
    return DutyRow(
        id=f"{system or 'ubnd-xa'}/{folded(what).replace(' ', '-')}",
        what=what,
        source=source,
        kind=DutyKind.STANDARD,
        system_id=system,
        system_name=name,
        unit_id=unit,
        unit_name="Văn phòng",
        citation=citation,
        status=DutyStatus.UPCOMING,
        recurrence=rule,
        anchor=anchor if rule else None,
    )


def on(one: DutyRow, due: date, done: Done | None = None) -> Occurrence:
    safe, known = safe_day(WORKING, due)
    return Occurrence(row=one, due=due, safe_day=safe, announced=known, done=done)


def days_of(one: DutyRow, rule: Recurrence | None = None) -> list[Occurrence]:
    given_rule = rule or one.recurrence
    assert given_rule is not None
    return [on(one, due) for due in given_rule.between(FIRST, LAST_DAY)]


def file_of(
    occurrences: Iterable[Occurrence], before: CalendarExport | None = None, at: datetime = AT
) -> tuple[bytes, CalendarExport]:
    events = calendar_events(occurrences, last=LAST_DAY, workspace="xã")
    record, _ = exported(before or CalendarExport(), events, at, FIRST)
    return calendar_bytes(events, record, at), record


def entries(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def masters(data: bytes) -> list[Any]:
    return [one for one in entries(data) if "RECURRENCE-ID" not in one]


def shown(data: bytes, first: date = FIRST, last: date = LAST_DAY) -> list[tuple[date, date]]:
    """Every day an entry is shown on, with the day it is due: as a calendar program works them out."""
    found = recurring_ical_events.of(Calendar.from_ical(data)).between(first, last + timedelta(days=1))
    return sorted((_due(one), one["DTSTART"].dt) for one in found)


def _due(one: Any) -> date:
    said = one["RECURRENCE-ID"].dt if "RECURRENCE-ID" in one else one["DTSTART"].dt
    return said.date() if isinstance(said, datetime) else said


months = st.builds(
    Recurrence,
    every=st.sampled_from([1, 2, 3, 6, 12, 24]),
    month=st.integers(1, 12),
    day=st.one_of(st.just(LAST), st.integers(1, 31)),
)
weeks = st.builds(Recurrence, span=st.just(Span.WEEK), every=st.sampled_from([1, 2, 4]), day=st.integers(1, 7))


@given(st.one_of(months, weeks), st.sampled_from(list(Anchor)))
def test_a_calendar_program_shows_every_due_day_on_its_safe_day_over_three_years(
    rule: Recurrence, anchor: Anchor
) -> None:
    turns = Recurrence.from_day(rule.next_from(FIRST), rule.span, rule.every) if anchor is Anchor.LAST_DONE else rule
    wanted = days_of(row(rule=rule, anchor=anchor), turns)
    data, _ = file_of(wanted)
    assert [(due, day) for due, day in shown(data) if day >= FIRST] == [
        (one.due, one.safe_day) for one in wanted if one.safe_day >= FIRST
    ]


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        (Recurrence(every=12, month=2, day=29), [date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]),
        (Recurrence(every=12, month=2), [date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]),
        (Recurrence(every=12), [date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31)]),
        (Recurrence(every=12, month=1, day=1), [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]),
    ],
)
def test_leap_days_and_the_turn_of_the_year(rule: Recurrence, due: list[date]) -> None:
    data, _ = file_of(days_of(row(rule=rule)))
    assert [one for one, _ in shown(data, FIRST - timedelta(days=9))] == due


def test_a_report_due_on_a_saturday_stands_on_friday_and_says_its_last_day() -> None:
    report = row("Gửi báo cáo năm", source=Source.LAW, system="", name="", citation="điểm a khoản 4 Điều 35")
    data, _ = file_of(days_of(report))
    assert shown(data)[0] == (date(2026, 12, 19), date(2026, 12, 18))
    moved = next(one for one in entries(data) if "RECURRENCE-ID" in one)
    assert str(moved["SUMMARY"]) == "Gửi báo cáo năm, hạn cuối 19/12/2026"
    assert "trùng ngày nghỉ; nên xong trong ngày làm việc 18/12/2026" in str(moved["DESCRIPTION"])
    later = [one for one in entries(data) if "RECURRENCE-ID" in one][1]
    assert "Lịch nghỉ hoán đổi năm 2027 chưa công bố" in str(later["DESCRIPTION"])


def test_one_entry_for_all_systems_that_do_the_same() -> None:
    found = [one for system in ("a", "b", "c") for one in days_of(row(system=system, name=f"Hệ thống {system}"))]
    data, _ = file_of(found)
    (entry,) = masters(data)
    assert str(entry["SUMMARY"]) == "Kiểm kê phần cứng (03 hệ thống)"
    assert "Căn cứ: TCVN 14423:2026 mục 3.2.1 c." in str(entry["DESCRIPTION"])
    assert "compliance duties due --unit van-phong" in str(entry["DESCRIPTION"])
    other, _ = file_of([*found, *days_of(row(system="d", unit="cong-an-xa"))])
    assert len(masters(other)) == 2, "who acts is told apart"


@pytest.mark.parametrize(
    ("rule", "before"),
    [
        (Recurrence(every=12), [30, 7, 1]),
        (Recurrence(every=6), [30, 7, 1]),
        (Recurrence(every=3), [7, 1]),
        (Recurrence(every=1), [7, 1]),
        (Recurrence(span=Span.WEEK, every=1, day=5), [1]),
    ],
)
def test_reminders_ring_at_eight_so_many_days_before(rule: Recurrence, before: list[int]) -> None:
    data, _ = file_of(days_of(row(rule=rule)))
    for entry in entries(data):
        start = datetime.combine(entry["DTSTART"].dt, datetime.min.time())
        rings = [start + alarm["TRIGGER"].dt for alarm in entry.walk("VALARM")]
        assert [(entry["DTSTART"].dt - one.date()).days for one in rings] == before
        assert {one.hour for one in rings} == {8}
        assert all(alarm["ACTION"] == "DISPLAY" for alarm in entry.walk("VALARM"))


def test_it_is_a_whole_calendar_of_vietnam() -> None:
    data, _ = file_of(days_of(row()))
    calendar: Any = Calendar.from_ical(data)
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(calendar["CALSCALE"]) == "GREGORIAN"
    assert str(calendar["VERSION"]) == "2.0"
    assert str(calendar["X-WR-TIMEZONE"]) == "Asia/Ho_Chi_Minh"
    assert str(calendar["X-WR-CALNAME"]) == "Lịch bảo đảm an ninh mạng"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in data
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Ho_Chi_Minh"
    (standard,) = zone.walk("STANDARD")
    assert standard["TZOFFSETTO"].td == timedelta(hours=7)


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_asks() -> None:
    data, _ = file_of(days_of(row("Rà soát, cập nhật quy trình tiếp nhận báo cáo lỗ hổng; phần mềm " * 3)))
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    data.decode("utf-8")
    assert "phần mềm" in str(masters(data)[0]["SUMMARY"])


def test_outlook_finds_whole_days_that_end_on_the_next() -> None:
    once = on(row("Phương án bảo đảm", rule=None, source=Source.TRANSITION), date(2027, 6, 30))
    data, _ = file_of([*days_of(row()), once])
    for entry in entries(data):
        assert entry["DTSTART"].params["VALUE"] == "DATE"
        assert entry["DTEND"].dt - entry["DTSTART"].dt == timedelta(days=1)
        if "RECURRENCE-ID" in entry:
            assert entry["RECURRENCE-ID"].params["VALUE"] == "DATE"
    assert "RRULE" not in next(one for one in masters(data) if "Phương án" in one["SUMMARY"])


SECRETS = ("Máy chủ kế toán", "203.0.113.8", "Nguyễn Văn A", "Lộ mật khẩu quản trị")


@pytest.mark.parametrize("source", list(Source))
def test_nothing_confidential_leaves_in_any_property(source: Source) -> None:
    open_sources = {Source.LAW, Source.STANDARD}
    what = "Kiểm kê phần cứng" if source in open_sources else "; ".join(SECRETS)
    secret = row(what, source=source, name=SECRETS[0], rule=None, citation=SECRETS[1]).model_copy(
        update={
            "note": SECRETS[3],
            "evidence": SECRETS[2],
            "citation": "Điều 1" if source in open_sources else SECRETS[1],
        }
    )
    data, _ = file_of([on(secret, date(2027, 3, 1))])
    text = data.replace(b"\r\n ", b"").decode()
    if source not in {Source.TRANSITION, Source.ROAD}:
        assert not [one for one in SECRETS if one in text]
    assert SECRETS[0] not in text
    assert masters(data)[0]["CLASS"] == "PRIVATE"


def test_the_same_data_gives_the_same_bytes_and_the_same_ids() -> None:
    found = [*days_of(row()), *days_of(row("Kiểm kê phần mềm", rule=Recurrence(every=6)))]
    once, record = file_of(found)
    again, kept = file_of(reversed(found), record, AT + timedelta(days=3))
    assert again == once
    assert kept == record
    assert {int(one["SEQUENCE"]) for one in entries(once)} == {0}


def test_a_new_system_updates_the_entry_and_does_not_double_it() -> None:
    once, record = file_of(days_of(row(system="a")))
    later = AT + timedelta(days=9)
    again, _ = file_of([*days_of(row(system="a")), *days_of(row(system="b"))], record, later)
    (before,), (after,) = masters(once), masters(again)
    assert after["UID"] == before["UID"]
    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (0, 1)
    assert after["DTSTAMP"].dt == later
    assert str(after["SUMMARY"]) == "Kiểm kê phần cứng (02 hệ thống)"


def test_done_needs_no_reminder_any_more() -> None:
    one = row()
    done = Done(duty_id=one.id, due=date(2026, 12, 19), on=date(2026, 12, 1), what=one.what, citation=one.citation)
    first, *others = days_of(one)
    once, record = file_of([first, *others])
    data, _ = file_of([on(one, first.due, done), *others], record)
    told = next(each for each in entries(data) if _due(each) == first.due and "RECURRENCE-ID" in each)
    assert str(told["SUMMARY"]).startswith("Đã xong: Kiểm kê phần cứng (01 hệ thống)")
    assert not told.walk("VALARM")
    assert {int(each["SEQUENCE"]) for each in entries(data)} == {1}
    assert shown(data) == shown(once)


def test_counted_from_the_last_time_it_moves_under_the_same_id() -> None:
    one = row(anchor=Anchor.LAST_DONE, rule=Recurrence(every=6))
    due = Recurrence.from_day(date(2026, 8, 31), Span.MONTH, 6)
    once, record = file_of(days_of(one, due))
    done = Done(duty_id=one.id, due=date(2026, 8, 31), on=date(2026, 10, 15), what=one.what, citation=one.citation)
    moved = Recurrence.from_day(date(2027, 4, 15), Span.MONTH, 6)
    after = [on(one, date(2026, 8, 31), done), *(each for each in days_of(one, moved) if each.due >= date(2027, 4, 15))]
    data, _ = file_of(after, record)
    assert masters(data)[0]["UID"] == masters(once)[0]["UID"]
    assert [each for each, _ in shown(data)] == [
        date(2027, 4, 15),
        date(2027, 10, 15),
        date(2028, 4, 15),
        date(2028, 10, 15),
    ]


def test_a_higher_level_ends_the_old_rule_and_leaves_the_past() -> None:
    low, high = row(), row(rule=Recurrence(every=6))
    change = date(2027, 1, 1)
    found = [one for one in days_of(low) if one.due < change] + [one for one in days_of(high) if one.due >= change]
    data, _ = file_of(found)
    assert [due for due, _ in shown(data)] == sorted(one.due for one in found)


def test_a_gap_in_a_rule_is_left_out() -> None:
    rule = Recurrence(every=3)
    found = [one for one in days_of(row(rule=rule)) if one.due != date(2027, 3, 31)]
    data, _ = file_of(found)
    assert [due for due, _ in shown(data)] == [one.due for one in found]


def test_what_vanished_is_cancelled_and_forgotten_after_a_while() -> None:
    software = days_of(row("Kiểm kê phần mềm"))
    once, record = file_of([*days_of(row()), *software])
    lost = next(one for one in masters(once) if "phần cứng" in str(one["SUMMARY"]))
    data, record = file_of(software, record, AT + timedelta(days=1))
    cancelled = next(one for one in masters(data) if one["UID"] == lost["UID"])
    assert cancelled["STATUS"] == "CANCELLED"
    assert int(cancelled["SEQUENCE"]) == 1
    again, record = file_of(software, record, AT + timedelta(days=2))
    assert again == data, "whoever missed a file still learns of it"
    late, record = file_of(software, record, AT + TOLD_FOR + timedelta(days=9))
    assert lost["UID"] not in {one["UID"] for one in masters(late)}
    back, _ = file_of([*days_of(row()), *software], record, AT + TOLD_FOR + timedelta(days=10))
    returned = next(one for one in masters(back) if one["UID"] == lost["UID"])
    assert (returned["STATUS"], int(returned["SEQUENCE"])) == ("CONFIRMED", 2)


def test_a_deadline_of_a_year_gone_by_is_history_not_cancelled() -> None:
    old = on(row("Hạn cũ", rule=None), date(2026, 3, 2))
    once, record = file_of([old])
    events = calendar_events([], last=LAST_DAY, workspace="xã")
    kept, counts = exported(record, events, AT, date(2027, 1, 1))
    assert counts.cancelled == 0
    assert b"CANCELLED" not in calendar_bytes(events, kept, AT)
    assert len(masters(once)) == 1


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return new_office(tmp_path / "ho-so")


def test_the_office_reads_its_own_days_back(office: Workspace, tmp_path: Path) -> None:
    with office:
        paper = export_calendar(office, tmp_path / "lich.ics", TODAY)
        wanted = duties.occurrences(office, date(2025, 1, 1), date(2027, 12, 31), TODAY)
    data = paper.path.read_bytes()
    days = {due for due, _ in shown(data, date(2025, 1, 1), date(2027, 12, 31)) if due <= date(2027, 12, 31)}
    assert days >= {one.due for one in wanted if one.row.recurrence is not None and one.safe_day >= date(2025, 1, 1)}
    assert paper.events == len(masters(data)) == paper.counts.new
    text = data.replace(b"\r\n ", b"").decode()
    assert not [one.name for one in SYSTEMS if one.name in text]
    assert not [address for one in SYSTEMS for address in one.addresses if address in text]
    assert not [unit.phone for unit in UNITS if unit.phone and unit.phone in text]


def test_every_day_of_three_years_stands_on_its_safe_day(office: Workspace, tmp_path: Path) -> None:
    with office:
        data = export_calendar(office, tmp_path / "lich.ics", TODAY).path.read_bytes()
        wanted = duties.occurrences(office, TODAY, LAST_DAY, TODAY)
    assert {one.safe_day for one in wanted} == {day for _, day in shown(data, TODAY)}


def test_exporting_twice_changes_nothing_and_a_new_system_only_what_it_touches(
    office: Workspace, tmp_path: Path
) -> None:
    with office:
        path = tmp_path / "lich.ics"
        export_calendar(office, path, TODAY)
        once = path.read_bytes()
        second = export_calendar(office, path, TODAY)
        assert path.read_bytes() == once
        assert (second.counts.changed, second.counts.new) == (0, 0)
        assert len(office.store.history("calendar", "lich")) == 1
        put_system(office, NOTICES.model_copy(update={"id": "bang-tin-2", "name": "Trang thông báo thứ hai"}))
        third = export_calendar(office, path, TODAY)
    before = {str(one["UID"]): int(one["SEQUENCE"]) for one in masters(once)}
    after = {str(one["UID"]): int(one["SEQUENCE"]) for one in masters(path.read_bytes())}
    assert set(before) <= set(after)
    assert third.counts.changed > 0
    assert {uid for uid in before if after[uid] > before[uid]}
    assert json.loads(office.store.head("calendar", "lich").body)["entries"]  # type: ignore[union-attr]


def test_a_copy_of_the_records_keeps_the_ids(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        with new_office(tmp_path / name) as office:
            files.append(export_calendar(office, tmp_path / f"{name}.ics", TODAY).path.read_bytes())
    first, second = ({str(one["UID"]) for one in masters(data)} for data in files)
    assert first == second
    other = calendar_events(days_of(row()), last=LAST_DAY, workspace="xã khác")
    assert other[0].uid != calendar_events(days_of(row()), last=LAST_DAY, workspace="xã")[0].uid


def test_a_file_of_somebody_else_is_never_written_over(office: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "ca-nhan.ics"
    other.write_text("BEGIN:VCALENDAR\r\nPRODID:-//Khac//\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    with office:
        with pytest.raises(Refused, match="không phải do chương trình xuất ra"):
            export_calendar(office, other, TODAY)
        with pytest.raises(Refused, match=r"đuôi \.ics"):
            export_calendar(office, tmp_path / "lich.txt", TODAY)
        assert office.store.head("calendar", "lich") is None, "nothing half saved"
        inside = export_calendar(office, tmp_path, TODAY)
    assert inside.path == tmp_path / "lich-an-ninh-mang.ics"
