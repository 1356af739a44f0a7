"""Walking a duty through the days: no day lost or doubled, whatever changes; what was done changes no past."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.duty import Anchor, Cadency, Done, Source
from compliance.domain.duty_calendar import DutyKind, Scope
from compliance.domain.duty_term import DutyTerm, Lineage
from compliance.domain.duty_walk import Decided, LevelSpan, Stretch, dues, period_start, settled, stretches, walk
from compliance.domain.recurrence import Recurrence, Span
from compliance.domain.road_paper import Role

FIRST, LAST = date(2024, 1, 1), date(2032, 12, 31)
ONE = timedelta(days=1)
YEARLY, HALF_YEARLY, QUARTERLY = Recurrence(every=12), Recurrence(every=6), Recurrence(every=3)

days = st.dates(FIRST, LAST)
months = st.builds(
    Recurrence, every=st.sampled_from((1, 2, 3, 6, 12)), month=st.integers(1, 12), day=st.sampled_from((-1, 15, 29, 30))
)
weeks = st.builds(Recurrence, span=st.just(Span.WEEK), every=st.integers(1, 4), day=st.integers(1, 7))
recurrences = months | weeks


def term(key: str, recurrence: Recurrence | None) -> DutyTerm:
    asks = (Source.STANDARD, DutyKind.STANDARD, "mục 1", "", (Role.OPERATOR,))
    return DutyTerm(key, "Rà soát", *asks, recurrence=recurrence, unstated=recurrence is None)


def done(key: str, due: date, on: date | None = None) -> Done:
    return Done(duty_id=f"he-thong/{key}", due=due, on=on or due, what="Rà soát", citation="mục 1")


def plain(recurrence: Recurrence, first: date = FIRST, last: date = date.max) -> tuple[Stretch, ...]:
    return (Stretch(first, last, term("a", recurrence), recurrence),)


def falls(parts: tuple[Stretch, ...], last: date = LAST, *made: Done, today: date = FIRST) -> list[date]:
    return [one.day for one in dues(parts, made, today, last)]


def stands(parts: tuple[Stretch, ...], made: list[Done], today: date) -> tuple[str, list[date], date | None]:
    """What is asked now, the days missed, the day that comes."""
    found = walk(parts, made, today)
    assert found is not None
    return found.stretch.term.key, [one.day for one in found.missed], found.coming.day if found.coming else None


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


@given(recurrences, days, days)
def test_it_falls_due_on_the_days_its_rule_of_rfc_5545_names(recurrence: Recurrence, first: date, last: date) -> None:
    begins = recurrence.next_from(first)
    named = rrulestr(recurrence.rule(), dtstart=midnight(begins)).between(midnight(FIRST), midnight(last), inc=True)
    assert falls(plain(recurrence, first), last) == [one.date() for one in named]


def test_the_29th_of_february_is_the_last_of_february_in_other_years() -> None:
    yearly = Recurrence(every=12, month=2, day=29)
    assert falls(plain(yearly), date(2028, 12, 31))[-1] == date(2028, 2, 29)
    assert falls(plain(yearly), date(2027, 12, 31))[-1] == date(2027, 2, 28)


def test_counted_from_the_29th_of_february_it_falls_on_the_last_of_february() -> None:
    counted = (Stretch(FIRST, date.max, term("a", YEARLY), YEARLY, Anchor.LAST_DONE),)
    leap = done("a", date(2028, 2, 29))
    assert falls(counted, date(2029, 12, 31), leap, today=date(2028, 3, 1))[0] == date(2029, 2, 28)


def test_at_the_turn_of_the_year_the_old_year_is_over_and_the_new_one_begins() -> None:
    parts = plain(YEARLY)
    assert stands(parts, [], date(2024, 12, 31)) == ("a", [], date(2024, 12, 31))
    assert stands(parts, [], date(2025, 1, 1)) == ("a", [date(2024, 12, 31)], date(2025, 12, 31))
    assert period_start(parts[0], date(2025, 12, 31)) == date(2025, 1, 1)


@given(recurrences, st.lists(st.tuples(days, st.sampled_from((1, 2, 3))), max_size=6), days, days)
def test_a_change_of_level_neither_loses_nor_doubles_a_day(
    recurrence: Recurrence, changes: list[tuple[date, int]], begins: date, ends: date
) -> None:
    """Where every level asks the same cadence, the days are those of one that never changed."""
    line = Lineage(Scope.SYSTEM, {level: term(f"k{level}", recurrence) for level in (1, 2, 3)})
    turns = [(date.min, 1), *sorted(dict(changes).items())]
    lasts = [*(then[0] - ONE for _, then in pairwise(turns)), date.max]
    spans = [LevelSpan(first, last, level) for (first, level), last in zip(turns, lasts, strict=True)]
    assert falls(stretches(line, spans, {}, begins, ends)) == [
        one for one in falls(plain(recurrence, begins)) if one <= ends
    ]


@given(recurrences, st.lists(st.integers(0, 400), max_size=5), days)
def test_what_was_done_never_changes_the_days_there_were(recurrence: Recurrence, at: list[int], today: date) -> None:
    before = falls(plain(recurrence))
    made = [done("a", before[one % len(before)]) for one in at]
    assert falls(plain(recurrence), LAST, *made, today=today) == before
    latest = max((one.due for one in made), default=date.min)
    _, missed, coming = stands(plain(recurrence), made, today)
    assert missed == [one for one in before if latest < one < today]
    assert coming == recurrence.next_from(max(today, latest + ONE) if made else today)


RAISED = Lineage(Scope.SYSTEM, {2: term("4.6.2.1-d", YEARLY), 3: term("5.6.2.1-d", HALF_YEARLY)})


def spans(on: date) -> list[LevelSpan]:
    return [LevelSpan(date.min, on - ONE, 2), LevelSpan(on, date.max, 3)]


def test_a_raise_in_the_middle_of_the_year_plans_ahead_and_leaves_the_past() -> None:
    parts = stretches(RAISED, spans(date(2026, 7, 15)), {}, date(2025, 3, 1), date.max)
    asked = [(one.day, one.stretch.term.key) for one in dues(parts, (), date(2026, 7, 20), date(2027, 6, 30))]
    assert asked == [
        (date(2025, 12, 31), "4.6.2.1-d"),
        (date(2026, 12, 31), "5.6.2.1-d"),
        (date(2027, 6, 30), "5.6.2.1-d"),
    ]
    carried = [date(2025, 12, 31)]
    assert stands(parts, [], date(2026, 7, 20)) == ("5.6.2.1-d", carried, date(2026, 12, 31))


def test_what_was_done_before_the_raise_counts_for_the_period_it_was_done_in() -> None:
    parts = stretches(RAISED, spans(date(2026, 7, 15)), {}, date(2026, 1, 1), date.max)
    year, today = date(2026, 12, 31), date(2026, 7, 20)
    in_june = done("4.6.2.1-d", year, date(2026, 6, 20))
    assert stands(parts, [in_june], today) == ("5.6.2.1-d", [], date(2026, 12, 31))
    in_july = done("4.6.2.1-d", year, date(2026, 7, 3))
    assert stands(parts, [in_july], today) == ("5.6.2.1-d", [], date(2027, 6, 30))


def test_what_was_done_late_settles_what_it_was_late_for() -> None:
    late = done("a", date(2025, 12, 31), date(2026, 2, 10))
    assert late.late == 41
    assert stands(plain(HALF_YEARLY, date(2025, 7, 1)), [late], date(2026, 3, 1)) == ("a", [], date(2026, 6, 30))


def test_a_decision_counts_from_the_day_it_was_taken_and_never_below_the_figure_of_the_standard() -> None:
    line = Lineage(Scope.SYSTEM, {2: term("a", YEARLY)})
    level = [LevelSpan(date.min, date.max, 2)]
    often = Cadency(key="a", on=QUARTERLY, decided_on=date(2026, 8, 1))
    cut = stretches(line, level, {"a": [Decided(often.decided_on, often)]}, date(2026, 1, 1), date.max)
    assert falls(cut, date(2026, 12, 31)) == [date(2026, 9, 30), date(2026, 12, 31)]
    rarely = Cadency(key="a", on=Recurrence(every=24), decided_on=date(2026, 8, 1))
    kept = stretches(line, level, {"a": [Decided(rarely.decided_on, rarely)]}, date(2026, 1, 1), date.max)
    assert falls(kept, date(2027, 12, 31)) == [date(2026, 12, 31), date(2027, 12, 31)]


def test_a_decision_taken_at_one_level_is_remembered_at_the_next() -> None:
    line = Lineage(Scope.SYSTEM, {2: term("4.x", None), 3: term("5.x", None)})
    said = Cadency(key="4.x", on=HALF_YEARLY, decided_on=date(2026, 1, 1))
    cut = stretches(
        line, spans(date(2026, 7, 15)), {"4.x": [Decided(said.decided_on, said)]}, date(2026, 1, 1), date.max
    )
    assert [(one.day, one.stretch.term.key) for one in dues(cut, (), FIRST, date(2026, 12, 31))] == [
        (date(2026, 6, 30), "4.x"),
        (date(2026, 12, 31), "5.x"),
    ]


def test_counted_from_the_last_time_there_is_one_open_day_only() -> None:
    counted = (Stretch(date(2025, 1, 10), date.max, term("a", HALF_YEARLY), HALF_YEARLY, Anchor.LAST_DONE),)
    today = date(2026, 11, 22)
    assert stands(counted, [], today)[1] == [date(2025, 7, 10)]
    once = done("a", date(2025, 7, 10), date(2026, 11, 20))
    assert stands(counted, [once], today) == ("a", [], date(2027, 5, 20))


@given(recurrences, days)
def test_the_periods_of_a_duty_meet_without_gap(recurrence: Recurrence, first: date) -> None:
    part = plain(recurrence, first)[0]
    for one, then in pairwise(falls((part,), first + timedelta(days=800))):
        assert period_start(part, then) == one + ONE


def test_a_day_is_settled_by_a_later_doing_too() -> None:
    earlier, later = list(dues(plain(QUARTERLY), (), FIRST, date(2024, 6, 30)))
    assert settled(earlier, [done("a", later.day)])
    assert not settled(later, [done("a", earlier.day)])
