"""Thresholds are exact: “dưới” is below, “từ … trở lên” includes the figure itself."""

from __future__ import annotations

import pytest

from compliance.domain.classification import classify
from compliance.domain.regime import Regime
from compliance.domain.system import FactValue

Facts = dict[str, FactValue | None]

ORDINARY: Facts = {
    "settles_procedures": False,
    "serves_defence_security": False,
    "national_egov": False,
    "national_data_store": False,
}
ONLINE: Facts = ORDINARY | {
    "service_type": ("public_service",),
    "information": ("personal",),
    "online_service": True,
    "conditional_business": False,
}


@pytest.mark.parametrize(
    ("basic", "sensitive", "level"),
    [
        (0, 0, 2),
        (99_999, 9_999, 2),
        (100_000, 0, 3),
        (0, 10_000, 3),
        (99_999, 10_000, 3),
        (100_000, 9_999, 3),
        (100_000_000, 100_000_000, 3),
    ],
)
def test_number_of_data_subjects(basic: int, sensitive: int, level: int, regime: Regime) -> None:
    found = classify(regime, ONLINE | {"subjects_basic": basic, "subjects_sensitive": sensitive})
    assert (found.level, found.decided) == (level, True)


@pytest.mark.parametrize(
    ("grade", "level"),
    [("IV", 3), ("III", 3), ("II", 3), ("I", 4), ("special", 5), ("national_security", 5), ("none", None)],
)
def test_grade_of_the_works(grade: str, level: int | None, regime: Regime) -> None:
    facts = ORDINARY | {"service_type": ("industrial_control",), "information": ("private",), "works_grade": grade}
    assert classify(regime, facts).level == level


@pytest.mark.parametrize(
    ("scope", "level"),
    [
        ("one_organization", 2),
        ("several_in_commune", 3),
        ("ministry", 3),
        ("sector", 3),
        ("province", 3),
        ("several_provinces", 3),
        ("nationwide", 4),
        ("international_link", 5),
    ],
)
def test_scope_of_infrastructure(scope: str, level: int, regime: Regime) -> None:
    facts = ORDINARY | {
        "service_type": ("infrastructure",),
        "information": ("private",),
        "infrastructure_scope": scope,
        "round_the_clock": True,
    }
    assert classify(regime, facts).level == level


@pytest.mark.parametrize(
    ("harm", "strategic", "level"),
    [
        ("none", False, None),
        ("harm", False, 3),
        ("serious", True, 4),
        ("especially_serious", True, 5),
        ("especially_serious", False, None),
    ],
)
def test_harm_to_national_security(harm: str, strategic: bool, level: int | None, regime: Regime) -> None:
    facts = ORDINARY | {
        "service_type": ("internal",),
        "information": ("state_secret",),
        "security_harm": harm,
        "strategic": strategic,
    }
    assert classify(regime, facts).level == level


def test_nothing_known_is_nothing_decided(regime: Regime) -> None:
    found = classify(regime, {})
    assert (found.level, found.decided, found.at_least) == (None, False, 1)
    assert {criterion.criterion for criterion in found.open}.isdisjoint({"R1.2", "R2.4", "R3.5", "R4.4", "R5.5", "RR"})


def test_procedures_make_level_3_although_everything_else_is_blank(regime: Regime) -> None:
    found = classify(regime, {"settles_procedures": True})
    assert (found.level, found.decided, found.at_least) == (3, False, 3)
    assert all(criterion.level > 3 for criterion in found.open)


def test_the_framework_limb_of_level_1_is_shown_and_never_applied(regime: Regime) -> None:
    found = classify(regime, {"risk_level": 1})
    line = next(line for line in found.trace if line.criterion == "R1.2")
    assert (line.truth, line.enabled) == (False, False)
    assert "chưa được ban hành" in line.uncertain.lower()


@pytest.mark.parametrize(("risk", "level"), [(1, 2), (2, 2), (3, 3), (5, 5)])
def test_risk_raises_and_never_lowers(risk: int, level: int, regime: Regime) -> None:
    facts = ORDINARY | {"service_type": ("internal",), "information": ("private",), "risk_level": risk}
    assert classify(regime, facts).level == level


def test_risk_makes_no_level_out_of_nothing(regime: Regime) -> None:
    facts = ORDINARY | {"service_type": ("other",), "information": ("private",), "risk_level": 4}
    assert classify(regime, facts).level is None


def test_a_decision_of_the_prime_minister_counts_beside_the_criteria(regime: Regime) -> None:
    facts = ORDINARY | {"service_type": ("internal",), "information": ("private",), "decided_level": 4}
    found = classify(regime, facts)
    assert [(ground.criterion, ground.level) for ground in found.grounds] == [("R4.4", 4), ("R2.1", 2)]


@pytest.mark.parametrize(
    ("answers", "step", "differs"),
    [
        ({}, None, False),
        ({"harm_rights": "serious"}, 2, False),
        ({"harm_public_order": "harm"}, 3, True),
        (
            {
                "harm_rights": "harm",
                "harm_public_interest": "none",
                "harm_public_order": "none",
                "security_harm": "none",
            },
            1,
            True,
        ),
        ({"harm_rights": "harm"}, 1, False),
    ],
)
def test_harm_scale_is_a_cross_check(answers: Facts, step: int | None, differs: bool, regime: Regime) -> None:
    found = classify(regime, ORDINARY | {"service_type": ("internal",), "information": ("private",)} | answers)
    assert (found.level, found.harm.level, found.harm.differs) == (2, step, differs)
