"""The rules of incidents against the words of the decree."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.adapters.law import load_incident_rules, load_regimes
from compliance.domain.incident_rules import IncidentRules
from compliance.domain.regime_status import regime_on


@pytest.fixture(scope="module")
def rules() -> IncidentRules:
    return load_incident_rules(regime_on(date(2026, 11, 22), load_regimes()))


@pytest.mark.parametrize(
    ("clock", "paragraph"),
    [("bao-cao-72h", "đoạn thứ hai"), ("thong-bao-24h", "đoạn thứ ba"), ("bao-ngay", "đoạn thứ tư")],
)
def test_the_paragraphs_of_a_point_are_counted_with_its_opening_words(
    rules: IncidentRules, clock: str, paragraph: str
) -> None:
    """As everywhere in the checklists: the words before the colon are the first paragraph."""
    cited = next(one.citation for one in rules.clocks if one.id == clock)
    assert cited.startswith(f"{paragraph} điểm d khoản 2 Điều 31")


def test_an_incident_of_an_important_system_is_reported_whatever_its_weight(rules: IncidentRules) -> None:
    assert any("điểm d khoản 1 Điều 11 Luật An ninh mạng" in one for one in rules.notes)


def test_the_wider_duty_to_tell_of_personal_data_is_said(rules: IncidentRules) -> None:
    clock = next(one for one in rules.clocks if one.id == "du-lieu-ca-nhan-72h")
    assert "Khoản 3 Điều 23" in clock.uncertain
