"""Bars, turns and shortened sentences: what holds whatever the numbers are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.assessment import Result
from compliance.domain.assessment_changes import Turn, turn_of
from compliance.domain.shortfall import shortened
from compliance.domain.stacked_bars import bar

COUNTS = st.dictionaries(st.sampled_from([one.value for one in Result]), st.integers(0, 500), min_size=1)


@given(COUNTS)
def test_the_parts_of_a_bar_follow_each_other_without_gap_in_proportion(counts: dict[str, int]) -> None:
    one, end = bar("1", "Nhóm", counts), 0.0
    assert [part.key for part in one.segments] == list(counts)
    for part in one.segments:
        assert part.start == pytest.approx(end)
        assert part.share * one.total == pytest.approx(part.count)
        end = part.start + part.share
    assert end == pytest.approx(1.0 if one.total else 0.0)


@given(st.text(alphabet="ab đế,.", max_size=80), st.integers(5, 60))
def test_a_shortened_sentence_is_its_beginning_and_says_that_it_was_cut(text: str, room: int) -> None:
    cut = shortened(text, room)
    assert len(cut) <= room + 1
    if len(text) <= room:
        assert cut == text
    else:
        assert cut.endswith("…")
        assert text.startswith(cut[:-1])


def test_a_word_longer_than_its_room_still_shows() -> None:
    assert shortened("A" * 180, 10) == "A" * 9 + "…"


@given(st.sampled_from([None, *Result]), st.sampled_from(Result))
def test_a_turn_read_backwards_is_the_opposite_turn(before: Result | None, now: Result) -> None:
    opposite = {Turn.BETTER: Turn.WORSE, Turn.WORSE: Turn.BETTER, Turn.NEW: Turn.NOT_AGAIN, Turn.NOT_AGAIN: Turn.NEW}
    forwards, backwards = turn_of(before, now), turn_of(now, before or Result.NOT_ASSESSED)
    assert backwards == (opposite.get(forwards, forwards) if forwards else None)


@pytest.mark.parametrize(
    ("before", "now", "turn"),
    [
        (Result.NON_COMPLIANT, Result.PARTIALLY_COMPLIANT, Turn.BETTER),
        (Result.PARTIALLY_COMPLIANT, Result.COMPLIANT, Turn.BETTER),
        (Result.COMPLIANT, Result.NON_COMPLIANT, Turn.WORSE),
        (Result.NON_COMPLIANT, Result.NOT_APPLICABLE, Turn.SCOPE),
        (Result.COMPLIANT, Result.COMPLIANT, Turn.SAME),
        (None, Result.COMPLIANT, Turn.NEW),
        (Result.COMPLIANT, Result.NOT_ASSESSED, Turn.NOT_AGAIN),
        (None, Result.NOT_ASSESSED, None),
    ],
)
def test_what_became_of_a_requirement(before: Result | None, now: Result, turn: Turn | None) -> None:
    assert turn_of(before, now) is turn
