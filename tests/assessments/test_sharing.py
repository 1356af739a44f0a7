"""Answered once on the shared network, counted for everybody who relies on it."""

from __future__ import annotations

import pytest

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.domain.system import Status
from compliance.errors import BadData, Refused
from compliance.services import assessments, reliances
from tests.assessments.conftest import LEVEL_ONE, LEVEL_TWO, begin, say
from tests.documents.office import NOTICES, STAFF, TODAY, put_answers, put_system

NETWORK = STAFF.model_copy(update={"id": "mang-noi-bo", "name": "Mạng nội bộ UBND xã Suối Mẫu", "diagrams": ()})


@pytest.fixture
def law() -> Regime:
    return regime_on(TODAY, load_regimes())


@pytest.fixture
def network(office: Workspace, law: Regime) -> Workspace:
    """The staff system relies on the network for its risks and its network."""
    put_system(office, NETWORK)
    reliances.rely(office, LEVEL_TWO, NETWORK.id, ["network", "risk"], regime=law, basis="Quyết định số 9/QĐ-UBND")
    return office


def test_a_providers_answer_counts_and_names_its_source(network: Workspace) -> None:
    say(network, begin(network, NETWORK.id), "4.1-a", present_state="Quy trình số 3")
    sheet = assessments.load(network, begin(network).id)
    row = sheet.row("4.1-a")
    assert row is not None
    assert row.inherited is not None
    assert (row.result, row.from_provider, row.present_state) == (Result.COMPLIANT, True, "Quy trình số 3")
    assert row.inherited.provider_name == NETWORK.name
    assert sheet.tally.inherited == 1


def test_only_the_groups_named_are_shared(network: Workspace) -> None:
    say(network, begin(network, NETWORK.id), "4.2.1-a")
    row = assessments.load(network, begin(network).id).row("4.2.1-a")
    assert row is not None
    assert row.result is Result.NOT_ASSESSED


def test_it_follows_the_provider(network: Workspace) -> None:
    provider, own = begin(network, NETWORK.id), begin(network)
    for result in (Result.COMPLIANT, Result.NON_COMPLIANT, Result.PARTIALLY_COMPLIANT):
        say(network, provider, "4.1-a", result)
        row = assessments.load(network, own.id).row("4.1-a")
        assert row is not None
        assert row.result is result


def test_answering_for_oneself_needs_a_reason_and_then_counts(network: Workspace) -> None:
    say(network, begin(network, NETWORK.id), "4.1-a")
    own = begin(network)
    with pytest.raises(BadData) as told:
        say(network, own, "4.1-a", Result.NON_COMPLIANT)
    assert NETWORK.name in str(told.value.faults[0])
    say(network, own, "4.1-a", Result.NON_COMPLIANT, override="Hệ thống có đường truyền riêng")
    row = assessments.load(network, own.id).row("4.1-a")
    assert row is not None
    assert (row.result, row.from_provider) == (Result.NON_COMPLIANT, False)


def test_an_own_answer_taken_back_follows_the_provider_again(network: Workspace, law: Regime) -> None:
    say(network, begin(network, NETWORK.id), "4.1-a")
    own = begin(network)
    say(network, own, "4.1-a", Result.NON_COMPLIANT, override="Hệ thống có đường truyền riêng")
    say(network, own, "4.1-a", Result.NOT_ASSESSED)
    (stands,) = [one for one in reliances.standing(network, LEVEL_TWO, law, 2) if one.requirement_id == "4.1-a"]
    assert stands.result is Result.COMPLIANT


def test_a_closed_check_keeps_what_the_provider_said_then(network: Workspace) -> None:
    provider, own = begin(network, NETWORK.id), begin(network)
    say(network, provider, "4.1-a")
    assessments.close(network, own.id, today=TODAY, reason="đủ để thử")
    say(network, provider, "4.1-a", Result.NON_COMPLIANT)
    row = assessments.load(network, own.id).row("4.1-a")
    assert row is not None
    assert (row.result, row.from_provider) == (Result.COMPLIANT, True)
    assessments.reopen(network, own.id, reason="Xem lại")
    row = assessments.load(network, own.id).row("4.1-a")
    assert row is not None
    assert row.result is Result.NON_COMPLIANT


def test_a_provider_of_a_higher_level_serves_a_lower_one_where_it_meets_more(office: Workspace, law: Regime) -> None:
    reliances.rely(office, LEVEL_ONE, LEVEL_TWO, ["risk"], regime=law)
    say(office, begin(office), "4.1-a")
    row = assessments.load(office, begin(office, LEVEL_ONE).id).row("3.1-a")
    assert row is not None
    assert row.inherited is not None
    assert (row.result, row.inherited.source.requirement_ids) == (Result.COMPLIANT, ("4.1-a",))


def test_what_comes_from_a_providers_provider_counts_too(network: Workspace, law: Regime) -> None:
    reliances.rely(network, NOTICES.id, LEVEL_TWO, ["risk"], regime=law)
    say(network, begin(network, NETWORK.id), "4.1-a")
    row = assessments.load(network, begin(network, NOTICES.id).id).row("3.1-a")
    assert row is not None
    assert row.result is Result.COMPLIANT


def test_nobody_relies_on_himself_or_in_a_circle(network: Workspace, law: Regime) -> None:
    with pytest.raises(Refused, match="vòng lại"):
        reliances.rely(network, NETWORK.id, LEVEL_TWO, ["risk"], regime=law)
    with pytest.raises(Refused, match="chính nó"):
        reliances.rely(network, LEVEL_TWO, LEVEL_TWO, ["risk"], regime=law)


def test_one_group_has_one_provider(network: Workspace, law: Regime) -> None:
    with pytest.raises(Refused, match="đã dùng kết quả"):
        reliances.rely(network, LEVEL_TWO, NOTICES.id, ["risk"], regime=law)


def test_groups_are_added_one_by_one_and_stopped_all_at_once(network: Workspace, law: Regime) -> None:
    reliances.rely(network, LEVEL_TWO, NETWORK.id, ["malware", "risk"], regime=law)
    (one,) = reliances.reliances(network, LEVEL_TWO)
    assert (one.groups, one.basis) == (("network", "risk", "malware"), "Quyết định số 9/QĐ-UBND")
    reliances.stop_relying(network, LEVEL_TWO, NETWORK.id, regime=law)
    assert reliances.reliances(network, LEVEL_TWO) == ()
    with pytest.raises(Refused, match="không dùng chung"):
        reliances.stop_relying(network, LEVEL_TWO, NETWORK.id, regime=law)


def test_what_no_longer_runs_protects_nobody(network: Workspace, law: Regime) -> None:
    say(network, begin(network, NETWORK.id), "4.1-a")
    own = begin(network)
    put_system(network, NETWORK.model_copy(update={"status": Status.DECOMMISSIONED}))
    row = assessments.load(network, own.id).row("4.1-a")
    assert row is not None
    assert row.result is Result.NOT_ASSESSED
    with pytest.raises(Refused, match="đã kết thúc vận hành"):
        reliances.rely(network, LEVEL_TWO, NETWORK.id, ["malware"], regime=law)


def test_unknown_groups_are_all_told(network: Workspace, law: Regime) -> None:
    with pytest.raises(BadData) as told:
        reliances.rely(network, LEVEL_ONE, NETWORK.id, ["netwrk", "risk", "xyz"], regime=law)
    assert ["network" in str(told.value.faults[0]), len(told.value.faults)] == [True, 2]


def test_one_may_stop_relying(network: Workspace, law: Regime) -> None:
    say(network, begin(network, NETWORK.id), "4.1-a")
    reliances.stop_relying(network, LEVEL_TWO, NETWORK.id, ["risk"], regime=law)
    assert [one.groups for one in reliances.reliances(network, LEVEL_TWO)] == [("network",)]
    row = assessments.load(network, begin(network).id).row("4.1-a")
    assert row is not None
    assert row.result is Result.NOT_ASSESSED


def test_the_standing_answer_names_the_source_and_keeps_what_the_office_wrote(network: Workspace, law: Regime) -> None:
    say(network, begin(network, NETWORK.id), "4.1-a", present_state="Quy trình số 3")
    mine = Answer(
        system_id=LEVEL_TWO,
        requirement_id="4.1-a",
        checklist_id="tcvn-14423-2026-level-2",
        result=Result.NON_COMPLIANT,
        present_state="Đang soạn",
        measure="Ban hành quy trình riêng",
    )
    put_answers(network, mine)
    (standing,) = reliances.standing(network, LEVEL_TWO, law, 2)
    assert standing.result is Result.COMPLIANT
    assert standing.present_state == f"Dùng chung biện pháp của {NETWORK.name}: Quy trình số 3 – Đang soạn"
    assert standing.measure == "Ban hành quy trình riêng"


def test_whoever_relies_on_another_need_not_write_its_measure(network: Workspace, law: Regime) -> None:
    say(network, begin(network, NETWORK.id), "4.1-a")
    (standing,) = reliances.standing(network, LEVEL_TWO, law, 2)
    assert standing.measure == f"Dùng chung biện pháp của {NETWORK.name}."
    assert standing.responsible_unit_id == NETWORK.operator_id
