"""Which open points of law concern a system: known facts raise them, unknown ones never do."""

from __future__ import annotations

import pytest

from compliance.adapters.law import load_regimes
from compliance.domain.condition import AllOf, AnyOf, Condition, Equals, Not, Unanswered
from compliance.domain.grey_zone import GreyZone, ZonePlace
from compliance.domain.open_point import OpenPoint, Wording, open_points
from compliance.domain.regime import Regime
from compliance.domain.system import FactValue

WORDINGS = (
    Wording(fact="owner_tier", label="Cấp của chủ quản", values={"commune": "cấp xã"}),
    Wording(fact="level", label="Cấp độ", values={"null": "chưa xác định được"}, pattern="cấp độ {}"),
    Wording(fact="year", label="Năm", every_office=True),
    Wording(fact="security_unit_named", label="Đơn vị chuyên trách", values={"false": "chưa có"}),
)
COMMUNE = Equals(fact="owner_tier", value="commune")


@pytest.fixture(scope="module")
def regime() -> Regime:
    return max(load_regimes(), key=lambda one: one.in_force_from)


def _zone(code: str, when: Condition | None, place: ZonePlace = ZonePlace.CLASSIFICATION) -> GreyZone:
    return GreyZone(code=code, title="Tên", message="Lời", citation="Điều 1", when=when, place=place)


def _found(regime: Regime, *zones: GreyZone, **around: FactValue | None) -> tuple[OpenPoint, ...]:
    return open_points(regime.model_copy(update={"grey_zones": zones}), around, WORDINGS)


def test_a_condition_must_be_known_to_hold(regime: Regime) -> None:
    zone = _zone("W90", COMMUNE)
    assert _found(regime, zone, owner_tier="commune")
    assert not _found(regime, zone, owner_tier="province")
    assert not _found(regime, zone, owner_tier=None), "unknown is not yes"
    assert not _found(regime, _zone("W90", Not(part=COMMUNE)), owner_tier=None), "nor is it no"


def test_a_point_without_condition_is_open_for_every_office(regime: Regime) -> None:
    point = _found(regime, _zone("W90", None, ZonePlace.PLAN))[0]
    assert point.general
    assert point.facts == ()


def test_only_the_facts_that_raised_it_are_named(regime: Regime) -> None:
    either = AnyOf(parts=(COMMUNE, Equals(fact="security_unit_named", value=False)))
    point = _found(regime, _zone("W90", either), owner_tier="province", security_unit_named=False)[0]
    assert [(one.label, one.value) for one in point.facts] == [("Đơn vị chuyên trách", "chưa có")]


def test_a_fact_with_a_question_is_named_by_its_column_and_worded_by_its_choices(regime: Regime) -> None:
    question = next(one for one in regime.questions if one.id == "subjects_basic")
    point = _found(regime, _zone("W90", Equals(fact=question.id, value=1500)), subjects_basic=1500)[0]
    assert [(one.label, one.value) for one in point.facts] == [(question.column, "1.500")]


def test_what_is_not_on_record_is_said_to_be_so(regime: Regime) -> None:
    blank = AllOf(parts=(Unanswered(fact="subjects_basic"), Unanswered(fact="owner_tier"), Unanswered(fact="level")))
    point = _found(regime, _zone("W90", blank))[0]
    assert [one.value for one in point.facts] == ["chưa có thông tin", "chưa có thông tin", "chưa xác định được"]


def test_a_circumstance_without_words_is_not_printed_raw(regime: Regime) -> None:
    point = _found(regime, _zone("W90", Equals(fact="khac", value="raw_value")), khac="raw_value")[0]
    assert point.facts == ()


@pytest.mark.parametrize(
    ("value", "words"),
    [(3, "cấp độ 3"), (None, "chưa xác định được"), (True, "cấp độ Có"), (("1", "2"), "cấp độ 1; cấp độ 2")],
)
def test_values_are_framed(value: FactValue | None, words: str) -> None:
    assert WORDINGS[1].text(value) == words


def test_a_day_is_written_as_a_day() -> None:
    assert Wording(fact="earlier_day", label="Ngày ký", is_day=True).text(20210512) == "12/05/2021"


def test_the_year_alone_makes_no_point_of_the_system(regime: Regime) -> None:
    year = Equals(fact="year", value=2026)
    assert _found(regime, _zone("W90", year), year=2026)[0].general
    mixed = AllOf(parts=(year, COMMUNE))
    assert not _found(regime, _zone("W90", mixed), year=2026, owner_tier="commune")[0].general
    assert _found(regime, _zone("W90", COMMUNE, ZonePlace.OFFICE), owner_tier="commune")[0].general


def test_places_are_chosen_and_the_order_of_the_law_is_kept(regime: Regime) -> None:
    zones = tuple(_zone(f"W9{at}", None, place) for at, place in enumerate((ZonePlace.PLAN, ZonePlace.FORM) * 2))
    found = open_points(regime.model_copy(update={"grey_zones": zones}), {}, places=[ZonePlace.FORM])
    assert [one.code for one in found] == ["W91", "W93"]
    assert len(open_points(regime.model_copy(update={"grey_zones": zones}), {})) == 4
