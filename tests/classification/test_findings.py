"""Checks of the record: one system drawn as two, a kept old level, a system only used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from compliance.domain.circumstance import FOUND, RECORDED, circumstances
from compliance.domain.classification import classify
from compliance.domain.finding import splitting_findings, system_findings
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.paper import Paper
from compliance.domain.regime import Regime
from compliance.domain.system import Connection, EarlierApproval, Ownership, System

ONE_STOP = {
    "service_type": ("public_service",),
    "information": ("personal", "private"),
    "online_service": False,
    "settles_procedures": True,
    "serves_defence_security": False,
    "national_egov": False,
    "national_data_store": False,
}
OLD = Paper(number="12/QĐ-UBND", issued_on=date(2023, 5, 4))
NEW = Paper(number="90/QĐ-UBND", issued_on=date(2026, 9, 1))
Record = Callable[..., System]


@pytest.fixture
def record() -> Record:
    def made(id: str = "mot-cua", **fields: Any) -> System:  # noqa: A002 - the field's name
        given: dict[str, Any] = {
            "name": f"Hệ thống {id}",
            "ownership": Ownership.OWNED,
            "owner_id": "ubnd-xa",
            "facts": ONE_STOP,
        }
        return System(id=id, **(given | fields))

    return made


def rules(regime: Regime, system: System) -> dict[str, str]:
    found = classify(regime, system.facts, circumstances(system, {}))
    return {finding.rule: finding.message for finding in system_findings(regime, system, found)}


def test_a_clean_record_has_no_finding(regime: Regime, record: Record) -> None:
    assert rules(regime, record()) == {}


def test_an_old_level_is_kept_and_the_new_one_named(regime: Regime, record: Record) -> None:
    said = rules(regime, record(earlier_approval=EarlierApproval(level=2, paper=OLD)))
    assert set(said) == {"kept-level"}
    assert "giữ cấp độ 2" in said["kept-level"]
    assert "là cấp độ 3" in said["kept-level"]


def test_a_level_approved_under_this_regime_is_determined_again(regime: Regime, record: Record) -> None:
    assert set(rules(regime, record(earlier_approval=EarlierApproval(level=2, paper=NEW)))) == {"changed-level"}


def test_the_same_level_again_is_no_finding(regime: Regime, record: Record) -> None:
    assert rules(regime, record(earlier_approval=EarlierApproval(level=3, paper=OLD))) == {}


def test_an_undecided_lower_level_does_not_question_an_approved_one(regime: Regime, record: Record) -> None:
    facts = {"service_type": ("internal",), "information": ("private",)}
    assert rules(regime, record(facts=facts, earlier_approval=EarlierApproval(level=3, paper=OLD))) == {}


def test_a_system_only_used_needs_no_dossier_of_the_commune(regime: Regime, record: Record) -> None:
    assert set(rules(regime, record(ownership=Ownership.USED))) == {"used-only"}


def test_an_appraiser_who_operates_is_named(regime: Regime, record: Record) -> None:
    assert set(rules(regime, record(operator_id="van-phong", appraiser_id="van-phong"))) == {"independent-appraiser"}


def test_harm_that_differs_is_named(regime: Regime, record: Record) -> None:
    said = rules(regime, record(facts=ONE_STOP | {"harm_public_interest": "especially_serious"}))
    assert "cấp độ 4" in said["harm-scale"]


def test_a_record_has_one_owner(record: Record) -> None:
    with pytest.raises(ValidationError):
        record(owner_id=("ubnd-xa", "dang-uy"))


def test_two_halves_of_one_system_are_named_with_the_higher_level(regime: Regime, record: Record) -> None:
    link = Connection(id="csdl", other_system_id="giai-quyet", interdependent=True)
    back = Connection(id="csdl", other_system_id="tiep-nhan", interdependent=True)
    halves = [record("tiep-nhan", connections=(link,)), record("giai-quyet", connections=(back,))]
    found = splitting_findings(regime, halves, {"tiep-nhan": 2, "giai-quyet": 3})
    assert set(found) == {"tiep-nhan", "giai-quyet"}
    (finding,) = found["tiep-nhan"]
    assert "Hệ thống tiep-nhan" in finding.message
    assert "Hệ thống giai-quyet" in finding.message
    assert "áp dụng cấp độ 3" in finding.message
    assert "khoản 3 Điều 8" in finding.citation


@pytest.mark.parametrize(
    ("levels", "other_owner", "interdependent"),
    [
        ({"a": 3, "b": 3}, "ubnd-xa", True),
        ({"a": 2, "b": None}, "ubnd-xa", True),
        ({"a": 2, "b": 3}, "ubnd-tinh", True),
        ({"a": 2, "b": 3}, "ubnd-xa", False),
        ({"a": 2, "b": 3}, "ubnd-xa", None),
    ],
)
def test_what_is_no_splitting(
    regime: Regime, record: Record, levels: dict[str, int | None], other_owner: str, interdependent: bool | None
) -> None:
    link = Connection(id="lk", other_system_id="b", interdependent=interdependent)
    pair = [record("a", connections=(link,)), record("b", owner_id=other_owner)]
    assert splitting_findings(regime, pair, levels) == {}


def test_names_with_braces_are_printed_as_they_are(regime: Regime, record: Record) -> None:
    said = rules(regime, record(name="Một cửa {level}", ownership=Ownership.USED))
    assert "Một cửa {level}" in said["used-only"]


def test_circumstances_are_read_off_the_record(record: Record) -> None:
    units = {
        "ubnd-xa": Unit(id="ubnd-xa", name="UBND xã", kind=UnitKind.PEOPLES_COMMITTEE, tier=UnitTier.COMMUNE),
        "cong-an-xa": Unit(id="cong-an-xa", name="Công an xã", kind=UnitKind.POLICE, tier=UnitTier.COMMUNE),
    }
    other = record("mot-cua")
    system = record(
        "van-ban",
        facts={},
        security_unit_id="cong-an-xa",
        security_unit_document=NEW,
        operator_id="cong-an-xa",
        assessor_id="van-phong",
        connections=(Connection(id="lk", other_system_id="mot-cua"),),
        earlier_approval=EarlierApproval(level=2),
    )
    said = circumstances(system, units, {"mot-cua": other})
    assert set(said) == set(RECORDED)
    assert set(said).isdisjoint(FOUND)
    assert said["owner_kind"] == "peoples_committee"
    assert said["owner_tier"] == "commune"
    assert said["security_unit_kind"] == "police"
    assert said["security_unit_designated"] is True
    assert said["security_unit_is_operator"] is True
    assert said["assessor_is_operator"] is False
    assert said["appraiser_is_operator"] is None
    assert said["earlier_level"] == 2
    assert said["connected"] is True
    assert said["interdependent"] is None
    assert said["linked_to_public_service"] is True


def test_what_the_record_does_not_say_is_unknown(record: Record) -> None:
    said = circumstances(record(facts={}), {})
    unknown = {name for name, value in said.items() if value is None}
    assert {"owner_tier", "owner_kind", "connected", "interdependent", "linked_to_public_service", "hosting"} <= unknown
    assert said["security_unit_named"] is False
