"""The shipped regime: cited, complete, every open point able to fire and to stay silent."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.law import data_root, load_checklist, load_duties, load_regimes
from compliance.domain.classification import classify
from compliance.domain.condition import facts_named
from compliance.domain.grey_zone import ZonePlace
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.domain.regime_check import misfits
from compliance.domain.regime_status import regime_on
from compliance.domain.wording import folded
from compliance.errors import NotFound

Case = tuple[Mapping[str, Any], Mapping[str, Any]]
"""Facts and circumstances."""

COMMUNE = {"owner_kind": "peoples_committee", "owner_tier": "commune"}
INTERNAL = {"service_type": ("internal",)}
PUBLIC = {"service_type": ("public_service",)}

ZONES: dict[str, tuple[Case, Case]] = {
    "W01": (({}, COMMUNE), ({}, COMMUNE | {"owner_tier": "province"})),
    "W02": (
        ({}, COMMUNE | {"security_unit_kind": "police", "security_unit_tier": "commune"}),
        ({}, COMMUNE | {"security_unit_kind": "police", "security_unit_tier": "province"}),
    ),
    "W03": (
        ({}, {"ownership": "owned", "security_unit_named": False}),
        ({}, {"ownership": "used", "security_unit_named": False}),
    ),
    "W04": (({}, {"owner_tier": "province"}), ({}, {"owner_tier": "commune", "ownership": "owned"})),
    "W05": (({}, {"security_unit_is_operator": True}), ({}, {"security_unit_is_operator": False})),
    "W07": (({}, {"assessor_is_operator": True}), ({}, {"assessor_is_operator": False})),
    "W08": (({}, {"owner_kind": "party"}), ({}, {"owner_kind": "peoples_committee"})),
    "W09": (({"service_type": ("infrastructure",)}, {}), ({"infrastructure_scope": "one_organization"}, {})),
    "W10": (
        ({"infrastructure_scope": "nationwide"}, {}),
        ({"infrastructure_scope": "nationwide", "round_the_clock": True}, {}),
    ),
    "W11": (({"subjects_sensitive": 1}, {}), ({"subjects_basic": 0, "subjects_sensitive": 0}, {})),
    "W12": ((INTERNAL | {"subjects_basic": 100_000}, {}), (INTERNAL | {"subjects_basic": 99_999}, {})),
    "W13": ((INTERNAL, {"linked_to_public_service": True}), (INTERNAL | {"online_service": False}, {})),
    "W14": ((PUBLIC | {"information": ("public",)}, {}), (PUBLIC | {"information": ("private", "public")}, {})),
    "W15": ((PUBLIC, {}), (PUBLIC | {"online_service": False}, {})),
    "W16": (({"serves_defence_security": True}, {}), ({"serves_defence_security": False}, {})),
    "W18": (({"risk_level": 3}, {}), (INTERNAL, {})),
    "W19": (({"risk_level": 1}, {}), ({"risk_level": 2}, {})),
    "W20": (
        ({"important_telecom_control": True}, {}),
        ({"important_telecom_control": True, "national_data_store": True}, {}),
    ),
    "W21": (({}, {"hosting": "offline"}), ({}, {"hosting": "cloud"})),
    "W22": (({}, {"name": "Hệ thống Loa truyền thanh xã"}), ({}, {"name": "Phần mềm kế toán"})),
}


def fired(regime: Regime, case: Case) -> set[str]:
    return {zone.code for zone in classify(regime, *case).grey_zones}


@pytest.mark.parametrize("code", ZONES)
def test_an_open_point_fires_when_it_concerns_the_system_and_only_then(code: str, regime: Regime) -> None:
    where_it_fires, where_it_does_not = ZONES[code]
    assert code in fired(regime, where_it_fires)
    assert code not in fired(regime, where_it_does_not)


def test_the_points_of_a_classification_are_all_there(regime: Regime) -> None:
    shown = {ZonePlace.RATIONALE, ZonePlace.OFFICE}
    always = {zone.code for zone in regime.grey_zones if zone.place in shown and zone.when is None}
    assert always == {"W06", "W17", "W52", "W53"}
    here = {zone.code for zone in regime.grey_zones if zone.place is ZonePlace.CLASSIFICATION}
    assert set(ZONES) == here == {f"W{n:02d}" for n in range(1, 23)} - always


def test_a_designated_unit_also_raises_the_question_of_the_two_steps(regime: Regime) -> None:
    named = {"ownership": "owned", "security_unit_named": True}
    assert "W03" in fired(regime, ({}, named | {"security_unit_designated": True}))
    assert "W03" not in fired(regime, ({}, named))


def test_every_open_point_says_that_the_law_is_open(regime: Regime) -> None:
    for zone in regime.grey_zones:
        said = folded(zone.message)
        assert any(words in said for words in ("luat con ngo", "luat chua noi ro", "luat khong")), zone.code
        assert "Hãy" in zone.message or "hãy" in zone.message or "nên" in zone.message, zone.code


def test_everything_is_cited_to_an_instrument_of_the_regime(regime: Regime) -> None:
    codes = [instrument.cite_as for instrument in regime.instruments]
    cited = {
        **{question.id: question.citation for question in regime.questions},
        **{criterion.id: criterion.citation for criterion in regime.criteria},
        **{rule.id: rule.citation for rule in (*regime.system_rules, regime.highest_wins)},
        **{f"harm {step.level}": step.citation for step in regime.harm_scale},
        **{test.id: test.citation for test in regime.importance_tests},
        **{str(authority.levels): authority.citation for authority in regime.authority},
        **{zone.code: zone.citation for zone in regime.grey_zones},
        **{
            part.id: part.citation for part in (*regime.plan_parts, *regime.management_groups, *regime.technical_groups)
        },
    }
    assert regime.risk_rule
    cited[regime.risk_rule.id] = regime.risk_rule.citation
    for name, citation in cited.items():
        assert any(code in citation for code in codes), name
        assert "Điều" in citation, name


def test_the_parts_fit_together(regime: Regime) -> None:
    assert misfits(regime) == []


def test_every_fact_a_criterion_needs_is_asked_completely(regime: Regime) -> None:
    for criterion in regime.criteria:
        for fact in facts_named(criterion.when):
            question = regime.question(fact)
            assert question is not None
            assert question.group == "level", fact
    for question in regime.questions:
        for text in (question.label, question.help, question.example, question.column, question.ask_whom):
            assert text.strip(), question.id


def test_import_columns_are_told_apart(regime: Regime) -> None:
    owners: dict[str, str] = {}
    for question in regime.questions:
        for header in (question.column, *question.also):
            assert owners.setdefault(folded(header), question.id) == question.id, header


def test_competence_forms_and_limits(regime: Regime) -> None:
    rows = {level: regime.authority_for(level) for level in range(1, 6)}
    figures = {
        level: (row.request_form, row.reply_days, row.appraisal_days, row.approval_days)
        for level, row in rows.items()
        if row
    }
    assert figures == {
        1: ("mau-01", 5, None, 7),
        2: ("mau-01", 5, None, 7),
        3: ("mau-02", 5, 15, 7),
        4: ("mau-02", 5, 25, 7),
        5: ("mau-02", 5, 25, 7),
    }


def test_statutory_headings_count(regime: Regime) -> None:
    assert [part.letter for part in regime.plan_parts] == ["a", "b", "c", "d", "đ", "e", "g"]
    assert len(regime.management_groups) == 7
    assert len(regime.technical_groups) == 4


def test_text_is_composed_unicode() -> None:
    for path in sorted((data_root() / "checklists").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name


def test_the_private_copy_is_owned_up_to(regime: Regime) -> None:
    decree = next(one for one in regime.instruments if one.cite_as == regime.short_title)
    assert "trang tư nhân" in decree.source_note
    law = next(one for one in regime.instruments if one.title == "Luật An ninh mạng")
    assert law.grounds_line == "Luật An ninh mạng số 116/2025/QH15"


def test_in_force_from_its_first_day(regime: Regime) -> None:
    assert regime_on(date(2026, 8, 19), load_regimes()) == regime
    assert regime_on(date(2026, 8, 18), load_regimes()).successor == regime.id
    with pytest.raises(NotFound, match="30/06/2016"):
        regime_on(date(2016, 6, 30), load_regimes())


def test_every_level_has_its_lists_and_a_missing_list_says_so(regime: Regime, tmp_path: Path) -> None:
    for load in (load_checklist, load_duties):
        assert [load(regime, level).level for level in LEVELS] == list(LEVELS)
    with pytest.raises(NotFound, match="cấp độ 5"):
        load_checklist(regime, 5, tmp_path)
    with pytest.raises(NotFound, match="nghĩa vụ"):
        load_duties(regime, 5, tmp_path)
