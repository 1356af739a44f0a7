"""Who issues the regulation: the line of authority above the grounds follows whoever signs."""

from __future__ import annotations

import pytest

from compliance.domain.regime import Regime
from compliance.domain.regulation import issuing_decision
from compliance.domain.regulation_paper import Governed, IssuingDecision
from compliance.domain.regulation_text import RegulationText
from tests.documents.office import COMMITTEE, STAFF
from tests.regulation.conftest import sentence


def decided(text: RegulationText, regime: Regime, *signs_as: str) -> IssuingDecision:
    owner = COMMITTEE.model_copy(update={"signs_as": signs_as, "functions": None})
    return issuing_decision(text, [Governed(system=STAFF, level=2)], 2, regime, {owner.id: owner})


@pytest.mark.parametrize(
    ("signs_as", "line"),
    [
        (("TM. Ủy ban nhân dân", "Chủ tịch"), "ỦY BAN NHÂN DÂN XÃ SUỐI MẪU"),
        (("Chủ tịch",), "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI MẪU"),
        (("KT. Chủ tịch", "Phó Chủ tịch"), "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI MẪU"),
    ],
)
def test_the_head_decides_in_his_office_and_a_body_in_its_name(
    signs_as: tuple[str, ...], line: str, text: RegulationText, regime: Regime
) -> None:
    assert decided(text, regime, *signs_as).deciding.text == line


def test_what_nobody_recorded_of_the_owner_is_a_blank(text: RegulationText, regime: Regime) -> None:
    decision = decided(text, regime)
    assert decision.deciding.blank
    assert decision.functions.blank
    assert [one.number for one in decision.articles] == [1, 2, 3]
    assert sentence(decision.proposed) == "Theo đề nghị của …..."
    assert decision.recipients[0] == "Như Điều 3"
