"""Answering requirement by requirement: what is asked with each result, and what two people may do at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.adapters.workspace import Workspace
from compliance.domain.answer_rules import leaves_a_choice
from compliance.domain.assessment import Assessment, AssessmentKind, Result
from compliance.domain.checklist import Requirement
from compliance.domain.remediation import Finding, FindingStatus, Severity
from compliance.errors import BadData, Conflict, NotFound, Refused
from compliance.services import answering, assessments
from compliance.services.answering import Said
from compliance.services.starting import Starting, start
from tests.assessments.conftest import LEVEL_TWO, begin, say
from tests.documents.office import TODAY


def finding(office: Workspace, requirement: str) -> Finding | None:
    head = office.store.head("finding", f"{LEVEL_TWO}/{requirement}")
    return Finding.model_validate_json(head.body) if head else None


def requirements(check: Assessment) -> list[Requirement]:
    return [one for each in assessments.lists_for(check).values() for one in each.requirements]


@pytest.mark.parametrize("result", list(Result))
def test_each_result_is_kept_with_who_and_when(office: Workspace, check: Assessment, result: Result) -> None:
    saved = say(office, check, "4.1-a", result, present_state="Đã xem", reason="Không dùng", answered_by="Tổ kiểm tra")
    row = assessments.load(office, check.id).row("4.1-a")
    assert row is not None
    assert row.answer == saved.answer
    assert (saved.answer.answered_by, saved.answer.answered_on) == ("Tổ kiểm tra", TODAY)


def test_not_applicable_needs_a_reason(office: Workspace, check: Assessment) -> None:
    with pytest.raises(BadData) as told:
        say(office, check, "4.1-a", Result.NOT_APPLICABLE)
    assert "phải kèm lý do" in str(told.value.faults[0])


def test_a_clause_is_as_good_as_an_id(office: Workspace, check: Assessment) -> None:
    assert say(office, check, "4.1 a)").answer.requirement_id == "4.1-a"


def test_a_requirement_of_another_list_is_refused_and_the_nearest_offered(office: Workspace, check: Assessment) -> None:
    with pytest.raises(BadData) as told:
        say(office, check, "3.1-a")
    assert "không có yêu cầu “3.1-a”" in str(told.value.faults[0])


def test_a_day_that_has_not_come_is_refused(office: Workspace, check: Assessment) -> None:
    with pytest.raises(BadData) as told:
        say(office, check, "4.1-a", answered_on=TODAY + timedelta(days=1))
    assert "sau ngày hôm nay" in str(told.value.faults[0])


def test_all_faults_of_an_act_are_told_and_nothing_is_kept(office: Workspace, check: Assessment) -> None:
    said = [
        Said("4.1-a", Result.COMPLIANT),
        Said("4.1-b", Result.NOT_APPLICABLE),
        Said("9.9.9", Result.COMPLIANT),
        Said("4.2.1-a", Result.COMPLIANT, answered_on=date(2030, 1, 1)),
    ]
    with pytest.raises(BadData) as told:
        answering.record(office, check.id, said, today=TODAY)
    assert len(told.value.faults) == 3
    assert assessments.load(office, check.id).tally.assessed == 0


def test_an_equivalent_measure_only_where_the_text_leaves_the_choice(office: Workspace, check: Assessment) -> None:
    free = next(one for one in requirements(check) if leaves_a_choice(one))
    bound = next(one for one in requirements(check) if not leaves_a_choice(one))
    chosen: dict[str, Any] = {"equivalent": "Khóa sau 10 phút", "equivalent_reason": "Máy dùng chung ở bộ phận một cửa"}
    assert say(office, check, free.id, **chosen).answer.equivalent == "Khóa sau 10 phút"
    with pytest.raises(BadData) as told:
        say(office, check, bound.id, **chosen)
    assert "không cho thay" in str(told.value.faults[0])
    with pytest.raises(BadData) as told:
        say(office, check, free.id, equivalent="Cách khác", equivalent_reason="")
    assert "phải kèm lý do" in str(told.value.faults[0])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"override": "Có máy chủ riêng"}, "không có gì để trả lời riêng"),
        ({"equivalent_reason": "Máy dùng chung"}, "chưa nêu biện pháp tương đương nào"),
    ],
)
def test_a_reason_for_what_is_not_there_is_refused(
    office: Workspace, check: Assessment, said: dict[str, Any], told: str
) -> None:
    with pytest.raises(BadData) as refused:
        say(office, check, "4.1-a", **said)
    assert told in str(refused.value.faults[0])


def test_a_measure_taken_back_takes_its_reason_along(office: Workspace, check: Assessment) -> None:
    free = next(one for one in requirements(check) if leaves_a_choice(one))
    say(office, check, free.id, equivalent="Khóa sau 10 phút", equivalent_reason="Máy dùng chung")
    assert not say(office, check, free.id, equivalent="").answer.equivalent_reason


def test_what_was_said_before_stays_unless_it_is_said_anew(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", Result.NON_COMPLIANT, present_state="Chưa có quy trình")
    again = say(office, check, "4.1-a", Result.PARTIALLY_COMPLIANT).answer
    assert again.present_state == "Chưa có quy trình"
    assert not say(office, check, "4.1-a", Result.PARTIALLY_COMPLIANT, present_state="").answer.present_state


def test_every_answer_keeps_its_history(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", Result.NON_COMPLIANT)
    say(office, check, "4.1-a")
    say(office, check, "4.1-a")  # the same again is no new version
    versions = office.store.history("assessed", f"{check.id}/4.1-a")
    assert [one.version for one in versions] == [1, 2]


def test_two_people_fill_one_check_at_the_same_time(office: Workspace, colleague: Workspace, check: Assessment) -> None:
    for at, one in enumerate(requirements(check)[:20]):
        say(office if at % 2 else colleague, check, one.id)
    sheet = assessments.load(office, check.id)
    assert sheet.tally.assessed == 20
    assert {row.answer.answered_by for row in sheet.rows if row.answer} == {"Văn phòng", "Công an xã"}


def test_the_same_requirement_answered_meanwhile_is_a_conflict(
    office: Workspace, colleague: Workspace, check: Assessment
) -> None:
    say(office, check, "4.1-a", Result.NON_COMPLIANT)
    say(colleague, check, "4.1-a")
    with pytest.raises(Conflict, match="Công an xã trả lời lúc 08:00"):
        say(office, check, "4.1-a", Result.PARTIALLY_COMPLIANT, expected_version=1)


def test_a_closed_check_takes_no_more_answers_until_it_is_opened_again(office: Workspace, check: Assessment) -> None:
    assessments.close(office, check.id, today=TODAY, reason="đủ để thử")
    with pytest.raises(Refused, match="assessments reopen"):
        say(office, check, "4.1-a")
    with pytest.raises(Refused, match="lý do"):
        assessments.reopen(office, check.id, reason=" ")
    assessments.reopen(office, check.id, reason="Ghi nhầm phòng")
    say(office, check, "4.1-a")


def test_closing_early_needs_a_reason(office: Workspace, check: Assessment) -> None:
    with pytest.raises(Refused, match="Còn 207 yêu cầu chưa đánh giá"):
        assessments.close(office, check.id, today=TODAY)


def test_there_is_no_such_check(office: Workspace) -> None:
    begin(office)
    with pytest.raises(NotFound, match="ho-so-can-bo/2026-1"):
        assessments.load(office, "ho-so-can-bo/2026-7")


# --- the system's standing answer and its findings


def test_the_dossier_answer_follows_the_check_and_keeps_the_measure(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", Result.NON_COMPLIANT, present_state="Chưa có")
    (standing,) = assessments.answers(office, LEVEL_TWO)
    assert (standing.result, standing.present_state, standing.assessment_id) == (
        Result.NON_COMPLIANT,
        "Chưa có",
        check.id,
    )


@pytest.mark.parametrize(
    ("result", "severity"),
    [(Result.NON_COMPLIANT, Severity.HIGH), (Result.PARTIALLY_COMPLIANT, Severity.MEDIUM)],
)
def test_whatever_falls_short_opens_a_finding(
    office: Workspace, check: Assessment, result: Result, severity: Severity
) -> None:
    saved = say(office, check, "4.1-a", result)
    assert saved.finding is not None
    assert (saved.finding.status, saved.finding.severity, saved.finding.opened_on) == (
        FindingStatus.OPEN,
        severity,
        TODAY,
    )


@pytest.mark.parametrize("result", [Result.COMPLIANT, Result.NOT_APPLICABLE, Result.NOT_ASSESSED])
def test_what_does_not_fall_short_opens_none(office: Workspace, check: Assessment, result: Result) -> None:
    assert say(office, check, "4.1-a", result, reason="x").finding is None
    assert finding(office, "4.1-a") is None


def test_a_slip_corrected_in_the_same_check_takes_the_finding_back(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", Result.NON_COMPLIANT)
    say(office, check, "4.1-a")
    known = finding(office, "4.1-a")
    assert known is not None
    assert known.status is FindingStatus.WITHDRAWN
    say(office, check, "4.1-a", Result.NON_COMPLIANT)
    known = finding(office, "4.1-a")
    assert known is not None
    assert known.status is FindingStatus.OPEN


def test_a_later_check_does_not_close_a_finding_by_itself(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", Result.NON_COMPLIANT)
    assessments.close(office, check.id, today=TODAY, reason="đủ để thử")
    say(office, begin(office), "4.1-a")
    known = finding(office, "4.1-a")
    assert known is not None
    assert known.status is FindingStatus.OPEN  # closing needs evidence and a second person


def test_a_slip_in_a_later_check_keeps_the_finding_of_the_earlier_one(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", Result.NON_COMPLIANT)
    assessments.close(office, check.id, today=TODAY, reason="đủ để thử")
    later = TODAY + timedelta(days=90)
    second = start(office, LEVEL_TWO, Starting(AssessmentKind.SELF), today=later).assessment
    for result in (Result.PARTIALLY_COMPLIANT, Result.COMPLIANT):
        answering.answer(office, second.id, Said("4.1-a", result), today=later)
    known = finding(office, "4.1-a")
    assert known is not None
    assert (known.status, known.opened_on) == (FindingStatus.OPEN, TODAY)


def test_an_old_check_put_right_does_not_undo_what_a_later_one_found(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", present_state="Đã có quy trnh")
    assessments.close(office, check.id, today=TODAY, reason="đủ để thử")
    say(office, begin(office), "4.1-a", Result.NON_COMPLIANT, present_state="Quy trình hết hiệu lực")
    assessments.reopen(office, check.id, reason="Sửa lỗi chính tả")
    say(office, check, "4.1-a", present_state="Đã có quy trình")
    row = assessments.load(office, check.id).row("4.1-a")
    assert row is not None
    assert row.present_state == "Đã có quy trình"
    (stands,) = [one for one in assessments.answers(office, LEVEL_TWO) if one.requirement_id == "4.1-a"]
    assert (stands.result, stands.present_state) == (Result.NON_COMPLIANT, "Quy trình hết hiệu lực")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_figures_always_add_up(office: Workspace, data: st.DataObject) -> None:
    kinds = st.sampled_from(list(Result))
    known = assessments.assessments_of(office, LEVEL_TWO)
    check = known[0] if known else begin(office)
    ids = data.draw(st.lists(st.sampled_from([one.id for one in requirements(check)]), max_size=6, unique=True))
    for id_ in ids:
        say(office, check, id_, data.draw(kinds), reason="lý do")
    sheet = assessments.load(office, check.id)
    found = sheet.tally
    assert sum(found.counts.values()) == found.total == sum(one.tally.total for one in sheet.groups)
    assert found.assessed == found.total - found.counts[Result.NOT_ASSESSED]
    assert 0 <= found.compliance <= 1


def test_text_is_kept_readable_and_not_endless(office: Workspace, check: Assessment) -> None:
    kept = say(office, check, "4.1-a", present_state="Đã\x0b xem\u200b\udce1  sổ\n\ttheo dõi")
    assert kept.answer.present_state == "Đã xem sổ\ntheo dõi"
    with pytest.raises(BadData) as told:
        say(office, check, "4.1-b", present_state="dài " * 2_501)
    assert "10.000 ký tự" in str(told.value.faults[0])
