"""What holds for every set of answers: blanks never lower, risk never lowers, no question is hidden."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.adapters.law import load_regimes
from compliance.domain.asking import askable_questions, open_questions
from compliance.domain.classification import classify
from compliance.domain.question import Question, QuestionType
from compliance.domain.regime_status import regime_on
from tests.classification.conftest import DAY

REGIME = regime_on(DAY, load_regimes())
NEAR = [0, 1, 9_999, 10_000, 99_999, 100_000, 100_000_000]


def values(question: Question) -> st.SearchStrategy[Any]:
    known = [choice.value for choice in question.choices]
    if question.type is QuestionType.YES_NO:
        return st.booleans()
    if question.type is QuestionType.NUMBER:
        small = [number for number in (*NEAR, 2, 3, 4, 5) if question.minimum <= number <= question.maximum]
        return st.sampled_from(small)
    if question.type is QuestionType.CHOICE:
        return st.sampled_from(known)
    return st.sets(st.sampled_from(known), min_size=question.minimum).map(lambda found: tuple(sorted(found)))


complete = st.fixed_dictionaries({question.id: values(question) for question in REGIME.questions})
some = st.fixed_dictionaries({}, optional={question.id: values(question) for question in REGIME.questions})
keepable = [question.id for question in REGIME.questions if question.blank_means_none]
blankable = st.sets(st.sampled_from([question.id for question in REGIME.questions if not question.blank_means_none]))


@settings(max_examples=400, deadline=None)
@given(facts=complete, blanked=blankable)
def test_a_blank_never_lowers_a_level(facts: dict[str, Any], blanked: set[str]) -> None:
    full = classify(REGIME, facts)
    partial = classify(REGIME, {fact: value for fact, value in facts.items() if fact not in blanked})
    if partial.decided:
        assert (partial.level, full.decided) == (full.level, True)
    elif full.level is not None:
        assert (partial.level or 0) <= full.level
        assert partial.open
        assert partial.at_least is not None
        assert partial.at_least <= full.level


@settings(max_examples=300, deadline=None)
@given(facts=some, more=some)
def test_what_is_decided_stays_decided_whatever_is_answered_later(facts: dict[str, Any], more: dict[str, Any]) -> None:
    before = classify(REGIME, facts)
    later = {fact: value for fact, value in more.items() if fact not in keepable}
    after = classify(REGIME, {**later, **facts})
    if before.decided:
        assert after.decided
        assert after.level == before.level


@settings(max_examples=200, deadline=None)
@given(facts=some, risk=st.integers(1, 5))
def test_a_risk_result_never_lowers_and_makes_nothing_of_nothing(facts: dict[str, Any], risk: int) -> None:
    without = classify(REGIME, {fact: value for fact, value in facts.items() if fact != "risk_level"})
    judged = classify(REGIME, {**facts, "risk_level": risk})
    if without.level is None:
        assert judged.level is None
    else:
        assert judged.level == max(without.level, risk)


@settings(max_examples=300, deadline=None)
@given(facts=some)
def test_asking_reaches_every_open_question(facts: dict[str, Any]) -> None:
    found = classify(REGIME, facts)
    asked = [question.id for question in open_questions(REGIME, facts)]
    wanted = {fact for criterion in found.open for fact in criterion.facts}
    assert set(asked) == wanted
    assert wanted.isdisjoint(facts), "an answered question never keeps a criterion open"
    for fact in wanted:
        question = REGIME.question(fact)
        assert question is not None
        assert not question.blank_means_none
        hidden = question.ask_when is not None and question.ask_when.truth(facts) is False
        assert not hidden, f"{fact} could still change the level"


@settings(max_examples=200, deadline=None)
@given(facts=complete)
def test_asking_in_order_ends_and_decides_like_the_complete_answers(facts: dict[str, Any]) -> None:
    given_so_far = {fact: facts[fact] for fact in keepable}
    for _ in REGIME.questions:
        waiting = askable_questions(REGIME, given_so_far)
        if not waiting:
            break
        given_so_far[waiting[0].id] = facts[waiting[0].id]
    assert not open_questions(REGIME, given_so_far)
    assert classify(REGIME, given_so_far).level == classify(REGIME, facts).level


@settings(max_examples=200, deadline=None)
@given(facts=some)
def test_grounds_and_open_criteria_agree_with_the_trace(facts: dict[str, Any]) -> None:
    found = classify(REGIME, facts)
    assert {ground.criterion for ground in found.grounds} == {line.criterion for line in found.trace if line.truth}
    assert found.level == max((ground.level for ground in found.grounds), default=None)
    assert REGIME.risk_rule
    assert [line.criterion for line in found.trace] == [one.id for one in REGIME.criteria] + [REGIME.risk_rule.id]
    assert found.decided is (found.level is not None and not found.open)
