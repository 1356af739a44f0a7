"""The clocks of the decree, the law and the law on personal data, minute by minute."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.incident import SIGNS, Incident, Notice, NoticeKind
from compliance.domain.incident_clocks import ClockState, RunningClock, clocks, judged, next_reminder, reminders
from compliance.domain.incident_rules import IncidentRules
from compliance.domain.moment import VIETNAM
from tests.incidents.conftest import AT_ONCE, DATA, FIRST, REPORT, RULED_OUT, T0, after

ALL_NO: dict[str, Any] = RULED_OUT | {"important": False}


def happened(at: datetime = T0, **signs: Any) -> Incident:
    return Incident(id="sc-2026-001", title="Sự cố", detected_at=at, **signs)


def sent(kind: NoticeKind, at: datetime, number: int = 1, **said: Any) -> Notice:
    values = {"incident_id": "sc-2026-001", "number": number, "kind": kind, "sent_at": at, "to": "A", "channel": "B"}
    return Notice.model_validate({**values, **said})


def one(rules: IncidentRules, clock: str, incident: Incident, now: datetime, *notices: Notice) -> RunningClock:
    return next(row for row in clocks(rules, incident, notices, now) if row.rule.id == clock)


@pytest.mark.parametrize(
    ("clock", "signs", "due"),
    [
        (AT_ONCE, {"threatens": True}, T0),
        (AT_ONCE, {"interrupts": True}, T0),
        (FIRST, {"serious": True}, datetime(2026, 11, 23, 8, 15, tzinfo=VIETNAM)),
        (REPORT, {}, datetime(2026, 11, 25, 8, 15, tzinfo=VIETNAM)),
        (DATA, {"personal_data": True}, datetime(2026, 11, 25, 8, 15, tzinfo=VIETNAM)),
        ("hanh-vi-vi-pham", {"violation": True}, T0),
        ("tinh-huong-nguy-hiem", {"dangerous": True}, T0),
        ("vuot-kha-nang", {"important": True, "beyond_capacity": True}, T0),
    ],
)
def test_each_clock_runs_for_its_fact_and_ends_in_its_time(
    rules: IncidentRules, clock: str, signs: dict[str, Any], due: datetime
) -> None:
    row = one(rules, clock, happened(**ALL_NO | signs), after(minutes=1))
    assert row.state.owed
    assert row.due == due
    if signs:
        assert one(rules, clock, happened(**ALL_NO), after(minutes=1)).state is ClockState.NOT_OWED
        assert one(rules, clock, happened(), after(minutes=1)).state is ClockState.POSSIBLE


def test_every_clock_says_who_must_get_what_by_which_clause(rules: IncidentRules) -> None:
    for rule in rules.clocks:
        assert "Điều" in rule.citation
        assert rule.to
        assert rule.content
        assert rule.hours is not None or rule.uncertain, "at once has no figure, which must be said"
    assert "W42" in rules.serious_note
    assert any("Bộ Quốc phòng" in note for note in rules.notes)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (1, ClockState.RUNNING),
        (24 * 60 - 1, ClockState.RUNNING),
        (24 * 60, ClockState.DUE_SOON),
        (72 * 60, ClockState.DUE_SOON),
        (72 * 60 + 1, ClockState.OVERDUE),
    ],
)
def test_a_limit_in_hours_nears_ends_and_passes(rules: IncidentRules, minutes: int, state: ClockState) -> None:
    assert one(rules, REPORT, happened(), after(minutes=minutes)).state is state


@pytest.mark.parametrize(
    ("minutes", "state", "late"),
    [(72 * 60, ClockState.MET, None), (72 * 60 + 1, ClockState.MET_LATE, timedelta(minutes=1))],
)
def test_the_last_minute_is_in_time_and_the_next_one_late_for_ever(
    rules: IncidentRules, minutes: int, state: ClockState, late: timedelta | None
) -> None:
    report = sent(NoticeKind.REPORT, after(minutes=minutes))
    for now in (after(73), after(24 * 400)):
        row = one(rules, REPORT, happened(), now, report)
        assert (row.state, row.late) == (state, late)
    if late:
        assert row.text(after(100)).startswith("quá hạn, đã báo cáo ngày 25/11/2026 lúc 08 giờ 16 phút (chậm 1 phút)")


def test_at_once_is_overdue_from_the_first_moment_and_tells_the_time_gone_by(rules: IncidentRules) -> None:
    row = one(rules, AT_ONCE, happened(interrupts=True), T0)
    assert row.state is ClockState.OVERDUE
    row = one(rules, AT_ONCE, happened(interrupts=True), after(3, 20))
    assert row.text(after(3, 20)) == "phải báo ngay; đã qua 3 giờ 20 phút từ khi phát hiện"
    told = one(rules, AT_ONCE, happened(interrupts=True), after(5), sent(NoticeKind.INITIAL, after(minutes=25)))
    assert told.state is ClockState.MET
    assert told.text(after(5)).endswith("25 phút sau khi phát hiện")
    assert (
        one(rules, AT_ONCE, happened(interrupts=True), after(90), sent(NoticeKind.INITIAL, after(30))).state
        is ClockState.MET_LATE
    )


def test_an_unanswered_fact_shows_its_clock_as_possible_with_its_end(rules: IncidentRules) -> None:
    row = one(rules, FIRST, happened(), after(3, 45))
    assert row.state is ClockState.POSSIBLE
    assert row.text(after(3, 45)) == (
        "nếu sự cố là nghiêm trọng theo đánh giá của cơ quan: còn 20 giờ 15 phút, hạn 08 giờ 15 phút ngày 23/11/2026; "
        "hãy kết luận"
    )


def test_a_later_judgement_counts_from_detection_and_says_when_it_was_made(rules: IncidentRules) -> None:
    incident, at = happened(serious=True), after(30)
    said = [(after(1), happened().facts), (at, incident.facts)]
    row = next(r for r in clocks(rules, incident, (), after(31), judgements=said) if r.rule.id == FIRST)
    assert (row.state, row.left, row.judged_at) == (ClockState.OVERDUE, timedelta(hours=-7), at)
    assert "đã quá hạn 7 giờ" in row.text(after(31))
    assert "kết luận lúc 14 giờ 15 phút ngày 23/11/2026" in row.text(after(31))


def test_a_notice_stops_the_clocks_it_names_else_those_of_its_kind(rules: IncidentRules) -> None:
    incident = happened(serious=True, interrupts=True)
    report = sent(NoticeKind.REPORT, after(1))
    assert {row.rule.id for row in clocks(rules, incident, [report], after(2)) if row.state is ClockState.MET} >= {
        AT_ONCE,
        FIRST,
        REPORT,
    }
    named = sent(NoticeKind.REPORT, after(1), clocks=(FIRST,))
    assert one(rules, FIRST, incident, after(2), named).state is ClockState.MET
    assert one(rules, REPORT, incident, after(2), named).state is ClockState.RUNNING
    for kind in (NoticeKind.UPDATE, NoticeKind.OTHER, NoticeKind.INITIAL):
        assert one(rules, REPORT, incident, after(2), sent(kind, after(1))).state is ClockState.RUNNING
    assert one(rules, DATA, happened(personal_data=True), after(2), report).state.owed


def test_the_first_notice_that_counts_stops_the_clock_and_an_undone_one_does_not(rules: IncidentRules) -> None:
    late, early = sent(NoticeKind.REPORT, after(80)), sent(NoticeKind.REPORT, after(70), 2)
    assert one(rules, REPORT, happened(), after(90), late, early).state is ClockState.MET
    undone = early.model_copy(update={"undone": "ghi nhầm"})
    assert one(rules, REPORT, happened(), after(90), late, undone).state is ClockState.MET_LATE
    assert one(rules, REPORT, happened(), after(90), undone).state is ClockState.OVERDUE


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-12-30T23:59:00+07:00", "2027-01-02T23:59:00+07:00"),
        ("2028-02-27T08:00:00+07:00", "2028-03-01T08:00:00+07:00"),
        ("2027-02-27T08:00:00+07:00", "2027-03-02T08:00:00+07:00"),
        ("2027-02-05T16:00:00+07:00", "2027-02-08T16:00:00+07:00"),  # Tết: the hours run on
        ("2026-12-30T16:59:00+00:00", "2027-01-02T23:59:00+07:00"),
    ],
)
def test_72_hours_across_months_years_leap_days_and_holidays(rules: IncidentRules, at: str, due: str) -> None:
    row = one(rules, REPORT, happened(datetime.fromisoformat(at)), datetime.fromisoformat(at))
    assert row.due is not None
    assert row.due.isoformat() == due


def test_reminders_come_before_and_at_the_end(rules: IncidentRules) -> None:
    row = one(rules, REPORT, happened(), after(1))
    assert reminders(row, rules.remind_hours) == tuple(after(72 - hours) for hours in (48, 24, 6, 1, 0))
    assert next_reminder(row, rules.remind_hours, after(65)) == after(66)
    assert next_reminder(row, rules.remind_hours, after(72)) is None
    first = one(rules, FIRST, happened(serious=True), after(1))
    assert reminders(first, rules.remind_hours) == tuple(after(24 - hours) for hours in (6, 1, 0))


@pytest.mark.parametrize(
    ("signs", "severity", "open_"),
    [
        ({}, None, 3),
        ({"threatens": True}, "at-once", 0),
        ({"interrupts": True, "serious": True}, "at-once", 0),
        ({"serious": True}, "serious", 1),
        ({"serious": True, "threatens": False, "interrupts": False}, "serious", 0),
        ({"threatens": False, "interrupts": False, "serious": False}, "ordinary", 0),
    ],
)
def test_severity_is_the_gravest_that_is_certain(
    rules: IncidentRules, signs: dict[str, Any], severity: str | None, open_: int
) -> None:
    found = judged(rules, happened(**signs).facts)
    assert (found.severity.id if found.severity else None, len(found.open)) == (severity, open_)


truths = st.sampled_from([True, False, None])
all_signs = st.fixed_dictionaries(dict.fromkeys(SIGNS, truths))
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
minutes = st.integers(0, 60 * 24 * 30)


@given(all_signs, minutes, offsets, offsets)
def test_a_clock_stands_the_same_whatever_zone_its_moments_are_written_in(
    rules: IncidentRules, signs: dict[str, Any], gone: int, here: timezone, there: timezone
) -> None:
    now = after(minutes=gone)
    told = clocks(rules, happened(**signs), (), now)
    moved = clocks(rules, happened(T0.astimezone(here), **signs), (), now.astimezone(there))
    assert [(row.state, row.left, row.due) for row in told] == [(row.state, row.left, row.due) for row in moved]


@given(all_signs, minutes, minutes)
def test_what_was_sent_never_becomes_less_or_more_late(
    rules: IncidentRules, signs: dict[str, Any], took: int, later: int
) -> None:
    report = sent(NoticeKind.REPORT, after(minutes=took))

    def stopped(now: datetime) -> list[tuple[str, ClockState, timedelta | None]]:
        rows = clocks(rules, happened(**signs), [report], now)
        return [(row.rule.id, row.state, row.late) for row in rows if row.sent_at]

    assert stopped(after(minutes=took)) == stopped(after(minutes=took + later)) != []


@given(all_signs, st.sampled_from(sorted(SIGNS)), minutes)
def test_answering_a_fact_never_moves_an_end(rules: IncidentRules, signs: dict[str, Any], fact: str, gone: int) -> None:
    now = after(minutes=gone)
    before = clocks(rules, happened(**signs), (), now)
    for answer in (True, False):
        for row, past in zip(clocks(rules, happened(**signs | {fact: answer}), (), now), before, strict=True):
            assert row.due == past.due
            if signs[fact] is None and past.state is not ClockState.POSSIBLE:
                assert row.state is past.state
