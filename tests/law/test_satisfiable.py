"""A condition no record can meet is found, and no other."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.law import load_regimes
from compliance.domain.condition import AllOf, AnyOf, AtLeast, Below, Condition, Contains, Equals, Not, Unanswered
from compliance.domain.regime_status import regime_on
from compliance.domain.satisfiable import can_hold
from compliance.domain.system import FactValue

LAW = regime_on(date(2026, 11, 22), load_regimes())
QUESTIONS = {one.id: one for one in LAW.questions if one.id in {"settles_procedures", "risk_level", "information"}}
VALUES: dict[str, list[FactValue | None]] = {
    "settles_procedures": [None, True, False],
    "risk_level": [None, 1, 2, 3, 4, 5],
    "information": [None, ("public",), ("personal",), ("personal", "public"), ("private", "state_secret")],
}
LEAVES = st.one_of(
    st.builds(lambda value: Equals(fact="settles_procedures", value=value), st.booleans()),
    st.builds(lambda value: AtLeast(fact="risk_level", value=value), st.integers(1, 5)),
    st.builds(lambda value: Below(fact="risk_level", value=value), st.integers(2, 5)),
    st.builds(lambda value: Contains(fact="information", value=value), st.sampled_from(["public", "personal"])),
    st.builds(lambda fact: Unanswered(fact=fact), st.sampled_from(sorted(VALUES))),
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda parts: AllOf(parts=tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: AnyOf(parts=tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: Not(part=part), inner),
    ),
    max_leaves=7,
)


@given(CONDITIONS)
def test_agrees_with_trying_every_record(condition: Condition) -> None:
    records = (dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values()))
    found = any(condition.truth(record) is True for record in records)
    # Sets of information that are not tried here may meet a condition too, never the other way round.
    assert can_hold(condition, QUESTIONS, {}) or not found


def test_a_contradiction_cannot_hold() -> None:
    public, personal = (Contains(fact="information", value=value) for value in ("public", "personal"))
    assert can_hold(AllOf(parts=(public, personal)), QUESTIONS, {})
    assert not can_hold(AllOf(parts=(public, Not(part=public))), QUESTIONS, {})
    assert not can_hold(
        AllOf(parts=(AtLeast(fact="risk_level", value=4), Below(fact="risk_level", value=4))), QUESTIONS, {}
    )
    assert not can_hold(AtLeast(fact="risk_level", value=6), QUESTIONS, {})
    assert not can_hold(Equals(fact="owner_kind", value="polise"), QUESTIONS, {"owner_kind": ("police",)})
