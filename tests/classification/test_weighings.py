"""Weighing many systems at once gives each of them what it would get alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.law import load_regimes
from compliance.domain.classification import Weighings, classify
from compliance.domain.condition import Condition, decided, leaves
from compliance.domain.regime_status import regime_on

REGIME = regime_on(date(2026, 11, 22), load_regimes())
CONDITIONS: list[Condition] = [one.when for one in REGIME.criteria]


def said(condition_leaf: Any) -> list[Any]:
    """Values that matter to one leaf: its own, and a number to either side of a threshold."""
    value = getattr(condition_leaf, "value", None)
    values = [*getattr(condition_leaf, "values", ()), *([] if value is None else [value])]
    if isinstance(value, int) and not isinstance(value, bool):
        return [*values, value - 1, value + 1]
    return [*values, *((value,) for value in values if isinstance(value, str))]


VALUES: dict[str, list[Any]] = {}
for leaf in (leaf for condition in CONDITIONS for leaf in leaves(condition)):
    VALUES.setdefault(leaf.fact, [None, True, 1, 0, False]).extend(said(leaf))
if REGIME.risk_rule:
    VALUES[REGIME.risk_rule.fact] = [None, 1, 3, 5]  # a level, never yes or no
FACTS = st.fixed_dictionaries({fact: st.sampled_from(values) for fact, values in VALUES.items()})


@given(st.lists(FACTS, min_size=2, max_size=6))
def test_a_system_weighed_after_others_is_classified_as_if_alone(systems: list[dict[str, Any]]) -> None:
    weighings = Weighings()
    for facts in systems:
        assert classify(REGIME, facts, weighings=weighings) == classify(REGIME, facts)


@given(FACTS)
def test_the_truth_told_with_its_facts_is_the_truth(facts: dict[str, Any]) -> None:
    for condition in CONDITIONS:
        truth, named = decided(condition, facts)
        assert truth is condition.truth(facts)
        assert {*named} <= {leaf.fact for leaf in leaves(condition)}
        if truth is None:
            assert any(facts[fact] is None for fact in named)
