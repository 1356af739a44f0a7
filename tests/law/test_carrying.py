"""Answers already given, after a change: which still hold, which to ask again, which are new."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.assessment import Answer, Result
from compliance.domain.carrying import AskedAgain, Carried, Effect, effect
from compliance.domain.comparison import Difference, Pair

NEW, STRICTER, EASED, SAME, GONE = (
    Difference.NEW,
    Difference.STRICTER,
    Difference.EASED,
    Difference.SAME,
    Difference.GONE,
)
ASSESSED = [result for result in Result if result is not Result.NOT_ASSESSED]
NOT_MET = [result for result in ASSESSED if result is not Result.COMPLIANT]


def pair(difference: Difference, before: str = "", after: str = "", note: str = "") -> Pair:
    return Pair(
        difference=difference,
        before=tuple(before.split()),
        after=tuple(after.split()),
        citation="mục 1",
        statement="Yêu cầu.",
        note=note,
    )


def answers(**results: Result) -> Mapping[str, Answer]:
    return {
        id_: Answer(system_id="mot-cua", requirement_id=id_, checklist_id="muc-2", result=result, reason="Lý do.")
        for id_, result in results.items()
    }


def of(one: Pair, **results: Result) -> Effect:
    return effect([one], answers(**results))


@pytest.mark.parametrize("result", ASSESSED)
def test_the_same_requirement_keeps_its_answer_whatever_it_was(result: Result) -> None:
    found = of(pair(SAME, "a", "b"), a=result)
    assert found == Effect(holds=(Carried(before=("a",), after="b", result=result),), ask_again=(), new=(), dropped=())


@pytest.mark.parametrize("result", ASSESSED)
def test_a_stricter_requirement_is_asked_again_with_what_changed(result: Result) -> None:
    found = of(pair(STRICTER, "a", "b", "Từ 1 lên 3 tháng."), a=result)
    assert found.ask_again == (AskedAgain(before=("a",), after="b", why="Từ 1 lên 3 tháng."),)
    assert found.holds == ()
    assert of(pair(STRICTER, "a", "b"), a=result).ask_again[0].why == "Yêu cầu chặt hơn trước."


def test_what_was_met_is_met_where_less_is_asked() -> None:
    found = of(pair(EASED, "a", "b"), a=Result.COMPLIANT)
    assert [(one.after, one.result) for one in found.holds] == [("b", Result.COMPLIANT)]


@pytest.mark.parametrize("result", NOT_MET)
def test_what_was_not_met_may_be_met_where_less_is_asked(result: Result) -> None:
    found = of(pair(EASED, "a", "b"), a=result)
    assert found.holds == ()
    assert "nới hơn" in found.ask_again[0].why


def test_a_requirement_never_answered_is_new_whatever_became_of_it() -> None:
    for difference in (SAME, STRICTER, EASED):
        assert of(pair(difference, "a", "b")) == Effect(holds=(), ask_again=(), new=("b",), dropped=())
    assert of(pair(NEW, "", "b")).new == ("b",)


def test_not_assessed_is_no_answer() -> None:
    assert of(pair(SAME, "a", "b"), a=Result.NOT_ASSESSED).new == ("b",)
    assert of(pair(GONE, "a"), a=Result.NOT_ASSESSED).dropped == ()


def test_the_answer_to_what_is_gone_is_dropped() -> None:
    assert of(pair(GONE, "a"), a=Result.COMPLIANT).dropped == ("a",)
    assert of(pair(GONE, "a")) == Effect(holds=(), ask_again=(), new=(), dropped=())


class TestRequirementsThatBecameOne:
    JOINED = pair(SAME, "a b", "c")

    def test_alike_answers_hold(self) -> None:
        found = of(self.JOINED, a=Result.COMPLIANT, b=Result.COMPLIANT)
        assert found.holds == (Carried(before=("a", "b"), after="c", result=Result.COMPLIANT),)

    def test_unlike_answers_are_asked_again(self) -> None:
        found = of(self.JOINED, a=Result.COMPLIANT, b=Result.NON_COMPLIANT)
        assert (found.holds, found.new) == ((), ())
        assert "kết quả khác nhau" in found.ask_again[0].why

    @pytest.mark.parametrize("other", [{}, {"b": Result.NOT_ASSESSED}])
    def test_half_answered_is_asked_again(self, other: dict[str, Result]) -> None:
        found = of(self.JOINED, a=Result.COMPLIANT, **other)
        assert (found.holds, found.new) == ((), ())
        assert "chưa phải yêu cầu nào cũng đã trả lời" in found.ask_again[0].why

    def test_half_answered_is_not_enough_where_less_is_asked(self) -> None:
        found = of(pair(EASED, "a b", "c"), a=Result.COMPLIANT)
        assert found.holds == ()
        assert "chưa phải yêu cầu nào cũng đã trả lời" in found.ask_again[0].why


def test_every_requirement_of_a_matter_is_asked_again() -> None:
    found = of(pair(STRICTER, "a b", "c d", "Phải đánh giá lại."), a=Result.COMPLIANT)
    assert [one.after for one in found.ask_again] == ["c", "d"]
    assert {one.why for one in found.ask_again} == {"Phải đánh giá lại."}


def test_an_answer_that_went_into_two_holds_for_both() -> None:
    found = effect([pair(SAME, "a", "b"), pair(STRICTER, "a", "c")], answers(a=Result.COMPLIANT))
    assert [one.after for one in found.holds] == ["b"]
    assert [one.after for one in found.ask_again] == ["c"]


def test_answers_to_other_lists_do_not_count() -> None:
    assert of(pair(SAME, "a", "b"), z=Result.COMPLIANT).new == ("b",)


@st.composite
def changes(draw: st.DrawFn) -> list[Pair]:
    found = []
    for number in range(draw(st.integers(min_value=0, max_value=6))):
        difference = draw(st.sampled_from(Difference))
        before = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True))
        found.append(
            pair(
                difference,
                "" if difference is NEW else " ".join(before),
                "" if difference is GONE else f"r{number}",
            )
        )
    return found


@given(pairs=changes(), given_=st.dictionaries(st.sampled_from("abcz"), st.sampled_from(Result)))
def test_every_requirement_after_stands_in_just_one_place(pairs: list[Pair], given_: dict[str, Result]) -> None:
    found = effect(pairs, answers(**given_))
    placed = [*(one.after for one in found.holds), *(one.after for one in found.ask_again), *found.new]
    assert sorted(placed) == sorted(id_ for one in pairs for id_ in one.after)


@given(pairs=changes(), given_=st.dictionaries(st.sampled_from("abcz"), st.sampled_from(Result)))
def test_no_answer_is_made_up(pairs: list[Pair], given_: dict[str, Result]) -> None:
    found = effect(pairs, answers(**given_))
    for one in found.holds:
        assert {given_[id_] for id_ in one.before} == {one.result}
        assert one.result is not Result.NOT_ASSESSED
    for again in found.ask_again:
        assert any(given_.get(id_, Result.NOT_ASSESSED) is not Result.NOT_ASSESSED for id_ in again.before)
        assert again.why.endswith(".")
