from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.condition import (
    AllOf,
    AnyOf,
    AtLeast,
    Below,
    Condition,
    Contains,
    Equals,
    Facts,
    Mentions,
    Not,
    OneOf,
    Truth,
    Unanswered,
    deciding_facts,
    facts_named,
)

YES = Equals(fact="yes", value=True)
NO = Equals(fact="no", value=True)
BLANK = Equals(fact="blank", value=True)
KNOWN: Facts = {"yes": True, "no": False}


@pytest.mark.parametrize(
    ("parts", "all_of", "any_of"),
    [
        ((YES, YES), True, True),
        ((YES, NO), False, True),
        ((YES, BLANK), None, True),
        ((NO, BLANK), False, None),
        ((BLANK, BLANK), None, None),
        ((NO, NO), False, False),
    ],
)
def test_kleene_tables(parts: tuple[Condition, ...], all_of: Truth, any_of: Truth) -> None:
    assert AllOf(parts=parts).truth(KNOWN) is all_of
    assert AnyOf(parts=parts).truth(KNOWN) is any_of


def test_not_of_unknown_stays_unknown() -> None:
    assert Not(part=BLANK).truth(KNOWN) is None
    assert Not(part=NO).truth(KNOWN) is True


def test_a_threshold_is_reached_at_the_threshold() -> None:
    reached = AtLeast(fact="subjects", value=100_000)
    under = Below(fact="subjects", value=100_000)
    assert (reached.truth({"subjects": 99_999}), under.truth({"subjects": 99_999})) == (False, True)
    assert (reached.truth({"subjects": 100_000}), under.truth({"subjects": 100_000})) == (True, False)
    assert (reached.truth({}), under.truth({})) == (None, None)


def test_a_given_set_is_complete_and_a_missing_one_unknown() -> None:
    secret = Contains(fact="information", value="state_secret")
    assert secret.truth({"information": ("public",)}) is False
    assert secret.truth({}) is None


def test_sets_compare_without_order_and_a_yes_is_not_a_one() -> None:
    both = Equals(fact="information", value=("public", "private"))
    assert both.truth({"information": ("private", "public")}) is True
    assert both.truth({"information": ("public",)}) is False
    assert Equals(fact="count", value=True).truth({"count": 1}) is False


def test_a_blank_itself_can_be_asked() -> None:
    assert Unanswered(fact="blank").truth(KNOWN) is True
    assert Unanswered(fact="yes").truth(KNOWN) is False


def test_a_name_is_searched_by_whole_words_without_diacritics() -> None:
    loud = Mentions(fact="name", words=("truyền thanh", "loa"))
    assert loud.truth({"name": "Đài TRUYEN THANH cơ sở"}) is True
    assert loud.truth({"name": "Phân loại hồ sơ"}) is False
    assert loud.truth({"name": "Cụm loa xóm"}) is True


def test_the_deciding_facts_are_those_of_the_parts_that_made_the_answer() -> None:
    rule = AllOf(parts=(YES, AnyOf(parts=(NO, BLANK))))
    assert deciding_facts(rule, KNOWN) == ("blank",)
    assert deciding_facts(rule, {**KNOWN, "blank": True}) == ("yes", "blank")
    assert deciding_facts(rule, {"yes": False}) == ("yes",)
    assert facts_named(rule) == ("yes", "no", "blank")


NAMES = st.sampled_from(["a", "b", "c"])
LEAVES: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Equals, fact=NAMES, value=st.booleans()),
    st.builds(OneOf, fact=NAMES, values=st.just((True,))),
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(AllOf, parts=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, parts=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, part=inner),
    ),
    max_leaves=8,
)


@given(CONDITIONS, st.dictionaries(NAMES, st.booleans(), min_size=3), st.sets(NAMES))
def test_blanking_answers_never_turns_a_yes_into_a_no_or_back(
    rule: Condition, facts: Mapping[str, bool], blanked: set[str]
) -> None:
    partly: Facts = {name: value for name, value in facts.items() if name not in blanked}
    assert rule.truth(partly) in {None, rule.truth(facts)}


@given(CONDITIONS, st.dictionaries(NAMES, st.one_of(st.none(), st.booleans())))
def test_an_unknown_condition_names_only_blanks_as_open(rule: Condition, facts: Mapping[str, bool | None]) -> None:
    if rule.truth(facts) is None:
        assert deciding_facts(rule, facts)
        assert all(facts.get(fact) is None for fact in deciding_facts(rule, facts))
