"""The worked examples of the digest, each with every criterion met and every open point that fires."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.domain.classification import classify
from compliance.domain.regime import Regime
from tests.classification.conftest import examples, facts_of

EXAMPLES = examples()


def test_all_63_examples_are_there() -> None:
    numbers = {int(example["id"][1:3]) for example in EXAMPLES}
    assert numbers == set(range(1, 64))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_level_grounds_and_open_points(example: dict[str, Any], regime: Regime) -> None:
    found = classify(regime, facts_of(example["facts"]), example.get("around", {}))
    assert found.level == example["level"]
    assert found.decided is example.get("decided", True)
    assert sorted(ground.criterion for ground in found.grounds) == example["hits"]
    assert [zone.code for zone in found.grey_zones] == example["zones"]
    assert found.at_least == example.get("at_least")
    if "open" in example:
        assert sorted(criterion.criterion for criterion in found.open) == example["open"]
    assert (found.importance.truth is True) is example.get("important", False)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.get("unsure")], ids=lambda example: example["id"])
def test_what_the_law_leaves_open_is_never_decided_silently(example: dict[str, Any], regime: Regime) -> None:
    found = classify(regime, facts_of(example["facts"]), example.get("around", {}))
    assert found.grey_zones or not found.decided


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_every_ground_names_the_facts_that_matched(example: dict[str, Any], regime: Regime) -> None:
    facts = facts_of(example["facts"])
    for ground in classify(regime, facts).grounds:
        assert ground.facts
        assert all(facts[fact] is not None for fact in ground.facts)
