"""The earlier criteria at their boundaries: “dưới” is below, “từ … trở lên” includes the figure itself."""

from __future__ import annotations

import pytest

from compliance.domain.classification import classify
from compliance.domain.regime import Regime
from compliance.domain.system import FactValue

Facts = dict[str, FactValue | None]

ORDINARY: Facts = {"serves_defence_security": False, "national_egov": False, "national_data_store": False}
INTERNAL: Facts = ORDINARY | {"service_type": ("internal",), "information": ("private",)}
ONLINE: Facts = ORDINARY | {
    "service_type": ("public_service",),
    "information": ("personal",),
    "online_service": True,
    "conditional_business": False,
    "service_grade": 0,
    "users_with_data": 0,
}
INFRASTRUCTURE: Facts = ORDINARY | {"service_type": ("infrastructure",), "information": ("private",)}
CONTROL: Facts = ORDINARY | {"service_type": ("industrial_control",), "information": ("private",)}


@pytest.mark.parametrize(("users", "level"), [(0, 2), (9_999, 2), (10_000, 3), (99_999, 3), (100_000, 3)])
def test_number_of_users(users: int, level: int, earlier: Regime) -> None:
    found = classify(earlier, ONLINE | {"users_with_data": users})
    assert (found.level, found.decided) == (level, True)


@pytest.mark.parametrize(("grade", "level"), [(0, 2), (1, 2), (2, 2), (3, 3), (4, 3)])
def test_grade_of_the_online_public_service(grade: int, level: int, earlier: Regime) -> None:
    found = classify(earlier, ONLINE | {"service_grade": grade})
    assert (found.level, found.decided) == (level, True)


@pytest.mark.parametrize(("grade", "criterion"), [(2, "C2.2a"), (3, "C3.2a")])
def test_the_grade_alone_is_a_ground(grade: int, criterion: str, earlier: Regime) -> None:
    facts = ONLINE | {"service_grade": grade, "conditional_business": None, "information": ("public",)}
    assert criterion in {ground.criterion for ground in classify(earlier, facts).grounds}


@pytest.mark.parametrize("fact", ["service_grade", "users_with_data", "conditional_business"])
def test_a_blank_never_lowers_the_level(fact: str, earlier: Regime) -> None:
    found = classify(earlier, ONLINE | {fact: None})
    assert not found.decided
    assert fact in {asked for criterion in found.open for asked in criterion.facts}


def test_a_conditional_business_is_level_three(earlier: Regime) -> None:
    assert classify(earlier, ONLINE | {"conditional_business": True}).level == 3


@pytest.mark.parametrize(
    ("information", "level"),
    [(("public",), 1), (("private",), 2), (("personal",), 2), (("personal", "public"), 2)],
)
def test_an_internal_system(information: tuple[str, ...], level: int, earlier: Regime) -> None:
    found = classify(earlier, INTERNAL | {"information": information})
    assert (found.level, found.decided) == (level, True)


@pytest.mark.parametrize(
    ("scope", "level"),
    [
        ("one_organization", 2),
        ("several_in_commune", 3),
        ("ministry", 3),
        ("sector", 3),
        ("province", 3),
        ("several_provinces", 3),
        ("international_link", 5),
    ],
)
def test_reach_of_the_infrastructure(scope: str, level: int, earlier: Regime) -> None:
    found = classify(earlier, INFRASTRUCTURE | {"infrastructure_scope": scope})
    assert (found.level, found.decided) == (level, True)


@pytest.mark.parametrize(("round_the_clock", "level"), [(True, 4), (False, None), (None, None)])
def test_nationwide_infrastructure_needs_to_run_round_the_clock(
    round_the_clock: bool | None, level: int | None, earlier: Regime
) -> None:
    facts = INFRASTRUCTURE | {"infrastructure_scope": "nationwide", "round_the_clock": round_the_clock}
    assert classify(earlier, facts).level == level


@pytest.mark.parametrize(("round_the_clock", "level"), [(True, 4), (False, 2)])
def test_a_national_egovernment_system_needs_to_run_round_the_clock(
    round_the_clock: bool, level: int, earlier: Regime
) -> None:
    facts = INTERNAL | {"national_egov": True, "round_the_clock": round_the_clock}
    assert classify(earlier, facts).level == level


@pytest.mark.parametrize(
    ("grade", "level"),
    [("IV", 3), ("III", 3), ("II", 3), ("I", 4), ("special", 5), ("national_security", 5), ("none", None)],
)
def test_grade_of_the_works(grade: str, level: int | None, earlier: Regime) -> None:
    assert classify(earlier, CONTROL | {"works_grade": grade}).level == level


@pytest.mark.parametrize(("harm", "level"), [("none", None), ("harm", 3), ("serious", 4), ("especially_serious", 5)])
@pytest.mark.parametrize(
    "facts",
    [
        INTERNAL | {"information": ("state_secret",)},
        INTERNAL | {"information": ("public",), "service_type": ("other",), "serves_defence_security": True},
    ],
)
def test_secrets_and_defence_go_by_the_harm_alone(facts: Facts, harm: str, level: int | None, earlier: Regime) -> None:
    found = classify(earlier, facts | {"security_harm": harm})
    assert (found.level, found.open) == (level, ())


def test_especially_serious_harm_needs_no_strategic_character(earlier: Regime, current: Regime) -> None:
    facts = INTERNAL | {"information": ("state_secret",), "security_harm": "especially_serious", "strategic": False}
    assert classify(earlier, facts).level == 5
    assert classify(current, facts).level != 5


def test_a_store_of_national_data_is_level_five(earlier: Regime) -> None:
    assert classify(earlier, INTERNAL | {"national_data_store": True}).level == 5


@pytest.mark.parametrize(("decided", "level"), [(5, 5), (4, 2), (3, 2), (None, 2)])
def test_the_prime_minister_decides_level_five_only(decided: int | None, level: int, earlier: Regime) -> None:
    assert classify(earlier, INTERNAL | {"decided_level": decided}).level == level


def test_the_highest_of_several_components_counts(earlier: Regime) -> None:
    facts = INTERNAL | {"service_type": ("infrastructure", "internal"), "infrastructure_scope": "province"}
    found = classify(earlier, facts)
    assert [ground.criterion for ground in found.grounds] == ["C3.3", "C2.1"]
    assert found.level == 3
    assert earlier.highest_wins.citation == "khoản 2 Điều 5 Nghị định số 85/2016/NĐ-CP"


def test_risk_did_not_raise_a_level_then(earlier: Regime, current: Regime) -> None:
    facts = INTERNAL | {"risk_level": 4, "settles_procedures": False}
    assert classify(earlier, facts).level == 2
    assert classify(current, facts).level == 4


def test_settling_procedures_was_no_criterion_then(earlier: Regime, current: Regime) -> None:
    facts = ONLINE | {"service_grade": 2, "settles_procedures": True}
    assert classify(earlier, facts).level == 2
    assert classify(current, facts).level == 3


@pytest.mark.parametrize(
    ("harms", "level"),
    [
        ({"harm_rights": "harm"}, 1),
        ({"harm_rights": "serious"}, 2),
        ({"harm_public_interest": "harm"}, 2),
        ({"harm_public_interest": "serious"}, 3),
        ({"harm_public_order": "serious"}, 3),
        ({"harm_public_interest": "especially_serious"}, 4),
        ({"harm_public_order": "especially_serious"}, 4),
        ({"security_harm": "especially_serious"}, 5),
    ],
)
def test_harm_scale_of_the_earlier_law(harms: dict[str, str], level: int, earlier: Regime) -> None:
    unharmed: Facts = {"harm_rights": "none", "harm_public_interest": "none", "harm_public_order": "none"}
    assert classify(earlier, INTERNAL | unharmed | harms).harm.level == level


def test_any_harm_to_public_order_rules_out_the_two_lowest_steps(earlier: Regime) -> None:
    facts = INTERNAL | {"harm_rights": "harm", "harm_public_interest": "harm", "harm_public_order": "harm"}
    assert classify(earlier, facts).harm.level is None
