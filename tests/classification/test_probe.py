"""The JSONL contract for other programs: exact keys, strict values, every fault with its line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from compliance.domain.regime import Regime
from compliance.errors import BadData, Fault
from compliance.services.probes import probe
from tests.classification.conftest import examples


def judged(regime: Regime, *cases: dict[str, Any]) -> list[dict[str, Any]]:
    return list(probe((json.dumps(case, ensure_ascii=False) for case in cases), regime))


def faults_of(regime: Regime, *lines: str) -> tuple[Fault, ...]:
    with pytest.raises(BadData) as caught:
        probe(lines, regime, "facts.jsonl")
    return caught.value.faults


def test_the_exact_keys_and_nothing_else(regime: Regime) -> None:
    (out,) = judged(regime, {"id": "một-cửa", "settles_procedures": True, "service_type": ["public_service"]})
    assert list(out) == ["id", "level", "decided", "grounds", "open", "grey_zones"]
    assert out["id"] == "một-cửa"
    assert (out["level"], out["decided"]) == (3, False)
    assert [list(ground) for ground in out["grounds"]] == [["criterion", "citation", "facts"]]
    assert out["grounds"][0]["criterion"] == "R3.2b"
    assert out["grounds"][0]["facts"] == ["settles_procedures"]
    assert all(list(criterion) == ["criterion", "level", "facts"] for criterion in out["open"])
    assert [criterion["level"] for criterion in out["open"]] == sorted(
        (one["level"] for one in out["open"]), reverse=True
    )
    json.dumps(out)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["id"])
def test_the_worked_examples_come_out_the_same(example: dict[str, Any], regime: Regime) -> None:
    (out,) = judged(regime, {"id": example["id"], **example["facts"]})
    assert (out["level"], out["decided"]) == (example["level"], example.get("decided", True))
    assert sorted(ground["criterion"] for ground in out["grounds"]) == example["hits"]


def test_null_is_unanswered_like_an_absent_key(regime: Regime) -> None:
    with_null, without = judged(regime, {"id": "a", "settles_procedures": None}, {"id": "a"})
    assert with_null == without


def test_the_order_and_repetition_of_a_set_say_nothing(regime: Regime) -> None:
    one, other = judged(
        regime,
        {"id": "a", "service_type": ["other", "internal"], "information": ["public"]},
        {"id": "a", "service_type": ["internal", "other", "internal"], "information": ["public", "public"]},
    )
    assert one == other


def test_empty_lines_and_a_byte_order_mark_are_passed_over(regime: Regime) -> None:
    out = list(probe(['\ufeff{"id": "a"}\n', "\n", '{"id": "b"}'], regime))
    assert [one["id"] for one in out] == ["a", "b"]


def test_every_fault_is_listed_and_nothing_is_given_out(regime: Regime) -> None:
    faults = faults_of(
        regime,
        '{"id": "good"}',
        '{"id": "a", "servicetype": ["internal"], "information": ["publik"]}',
        '{"id": "b", "subjects_basic": -1, "decided_level": 6, "online_service": "có"}',
        "not json",
        '["a"]',
        '{"online_service": true}',
        '{"id": "c", "owner_tier": "commune"}',
        '{"id": "d", "strategic": true, "strategic": false}',
    )
    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "servicetype"),
        (2, "information"),
        (3, "subjects_basic"),
        (3, "decided_level"),
        (3, "online_service"),
        (4, ""),
        (5, ""),
        (6, "id"),
        (7, "owner_tier"),
        (8, "strategic"),
    ]
    assert "“service_type”" in faults[0].message
    assert "“public”" in faults[1].message
    assert all(fault.file == "facts.jsonl" for fault in faults)


@pytest.mark.parametrize(
    "value",
    ['"3"', "3.0", "true", "1e3", "NaN", "[3]", "{}", "100000001"],
)
def test_numbers_are_whole_numbers(value: str, regime: Regime) -> None:
    (fault,) = faults_of(regime, f'{{"id": "a", "subjects_basic": {value}}}')
    assert (fault.row, fault.column) == (1, "subjects_basic")


@pytest.mark.parametrize("value", ["1", "0", '"true"', '"Có"', "[]"])
def test_booleans_are_booleans(value: str, regime: Regime) -> None:
    (fault,) = faults_of(regime, f'{{"id": "a", "strategic": {value}}}')
    assert fault.column == "strategic"


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"id": "a", "subjects_basic": ' + "9" * 5000 + "}",
        '{"id": "\\ud800"}',
        '{"id": ""}',
        '{"id": 5}',
    ],
)
def test_hostile_lines_are_sentences_too(line: str, regime: Regime) -> None:
    (fault,) = faults_of(regime, line)
    assert fault.row == 1
