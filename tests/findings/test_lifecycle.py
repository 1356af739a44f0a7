"""A finding from the day it is found to the day it is confirmed, and back."""

from __future__ import annotations

import pytest

from compliance.domain.assessment import Answer, Result
from compliance.domain.remediation import FindingStatus, Severity
from compliance.errors import BadData, NotFound, Refused
from compliance.services import assessments, evidence, findings, reliances
from compliance.services.assessments import answers
from compliance.services.findings import Planning
from compliance.services.regimes import ANSWERED, lists_of, regime
from tests.documents.office import NOTICES, STAFF, TODAY, put_answers
from tests.findings.conftest import CONFIRMER, DOER, FINDING, MET, NOT_MET, OTHER, SYSTEM, Office, days

PLAN = Planning(measure="Ban hành quy trình", unit_id="van-phong", due=days(30), cost=0)


def standing(office: Office, requirement: str = NOT_MET) -> Answer:
    return next(one for one in answers(office.workspace, SYSTEM) if one.requirement_id == requirement)


def do_it(office: Office, finding: str = FINDING) -> None:
    findings.plan(office.workspace, [finding], PLAN, today=TODAY)
    findings.done(office.workspace, [finding], today=days(5), by=DOER, work="Đã ban hành Quyết định 45/QĐ-UBND")


def test_what_is_planned_stands_in_the_answer_the_dossier_prints(office: Office) -> None:
    findings.plan(office.workspace, [FINDING, OTHER], PLAN, today=TODAY)
    answer = standing(office)
    assert (answer.measure, answer.responsible_unit_id, answer.due) == (PLAN.measure, PLAN.unit_id, PLAN.due)
    assert standing(office, "4.1-b").measure == PLAN.measure
    one = findings.finding(office.workspace, FINDING, days(10))
    assert (one.unit_name, one.cost, one.days_left, one.planned) == ("Văn phòng HĐND và UBND xã Suối Mẫu", 0, 20, True)


def test_several_findings_planned_together_are_one_act(office: Office) -> None:
    before = office.workspace.store.tip().seq
    with pytest.raises(NotFound):
        findings.plan(office.workspace, [FINDING, f"{SYSTEM}/4.1-z"], PLAN, today=TODAY)
    assert office.workspace.store.tip().seq == before, "nothing half-saved"


def test_a_plan_is_checked_whole(office: Office) -> None:
    wrong = Planning(due=days(-1), severity=Severity.LOW)
    with pytest.raises(BadData) as told:
        findings.plan(office.workspace, [FINDING], wrong, today=TODAY)
    said = " ".join(fault.message for fault in told.value.faults)
    assert "thời hạn 21/11/2026 đã qua" in said
    assert "phải kèm lý do" in said
    with pytest.raises(NotFound, match="Có phải “van-phong”"):
        findings.plan(office.workspace, [FINDING], Planning(unit_id="van-phon"), today=TODAY)
    with pytest.raises(Refused, match="Chưa nêu gì"):
        findings.plan(office.workspace, [FINDING], Planning(), today=TODAY)


def test_a_severity_set_with_a_reason_outlives_the_next_check(office: Office) -> None:
    lower = Planning(severity=Severity.LOW, severity_reason="Máy đã ngắt mạng")
    findings.plan(office.workspace, [FINDING], lower, today=TODAY)
    office.say(NOT_MET, Result.NON_COMPLIANT, check=office.check_again(days(40)), on=days(40))
    assert findings.finding(office.workspace, FINDING, days(40)).severity is Severity.LOW


def test_closed_on_evidence_by_somebody_else_the_answer_is_compliant(office: Office) -> None:
    findings.begin(office.workspace, [FINDING])
    do_it(office)
    piece = office.seen(on=days(5))
    closed = findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER)
    assert (closed.status, closed.closed_on, closed.evidence_ids) == (FindingStatus.CLOSED, days(6), (piece.id,))
    answer = standing(office)
    assert answer.result is Result.COMPLIANT
    assert answer.present_state == "Đã ban hành Quyết định 45/QĐ-UBND"
    assert answer.assessment_id == ""
    assert answer.due is None
    found = assessments.assessed_answers(office.workspace, office.check)[NOT_MET][1]
    assert found.result is Result.NON_COMPLIANT, "what the check found does not change"


def test_the_doer_confirms_only_with_a_recorded_reason(office: Office) -> None:
    do_it(office)
    office.seen(on=days(5))
    with pytest.raises(Refused, match="không tự xác nhận"):
        findings.close(office.workspace, FINDING, today=days(6), by="văn  phòng")
    closed = findings.close(office.workspace, FINDING, today=days(6), by=DOER, reason="Xã chỉ có một cán bộ")
    assert closed.closed_alone == "Xã chỉ có một cán bộ"


def test_nothing_is_closed_before_somebody_says_it_is_done(office: Office) -> None:
    office.seen()
    with pytest.raises(Refused, match="compliance findings done"):
        findings.close(office.workspace, FINDING, today=TODAY, by=CONFIRMER)
    with pytest.raises(Refused, match="hãy nêu đã làm gì"):
        findings.done(office.workspace, [FINDING], today=TODAY, by=DOER)


def test_closing_needs_evidence(office: Office) -> None:
    do_it(office)
    with pytest.raises(Refused, match="chưa có minh chứng còn giá trị"):
        findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER)


def test_expired_evidence_closes_nothing_named_or_linked(office: Office) -> None:
    do_it(office)
    piece = office.seen(on=days(5), until=days(9))
    with pytest.raises(Refused, match=f"{piece.id}.*hết hạn từ ngày 01/12/2026"):
        findings.close(office.workspace, FINDING, today=days(10), by=CONFIRMER)
    with pytest.raises(Refused, match="hết hạn"):
        findings.close(office.workspace, FINDING, today=days(10), by=CONFIRMER, evidence_ids=[piece.id])
    assert findings.finding(office.workspace, FINDING, days(10)).status is FindingStatus.DONE


def test_evidence_whose_file_is_gone_closes_nothing(office: Office) -> None:
    do_it(office)
    about = evidence.Describing()
    piece = evidence.add_observation(
        office.workspace, "Đã xem", about, serves=[(SYSTEM, NOT_MET)], today=days(5), raw=b"ket qua"
    )
    assert piece.file is not None
    office.workspace.attachments.path(piece.file.sha256).unlink()
    with pytest.raises(Refused, match="đã mất hoặc bị thay đổi"):
        findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER)


def test_evidence_from_before_the_check_has_to_be_named(office: Office) -> None:
    piece = office.seen(on=days(-20))
    do_it(office)
    with pytest.raises(Refused, match="trước khi mở tồn tại"):
        findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER)
    closed = findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER, evidence_ids=[piece.id])
    assert closed.evidence_ids == (piece.id,)


def test_named_evidence_is_linked_in_the_same_act(office: Office) -> None:
    do_it(office)
    piece = office.seen(MET, on=days(5))
    findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER, evidence_ids=[piece.id])
    assert piece in evidence.evidence_of(office.workspace, SYSTEM)[SYSTEM, NOT_MET]


def test_days_must_follow_each_other(office: Office) -> None:
    findings.plan(office.workspace, [FINDING], PLAN, today=TODAY)
    with pytest.raises(Refused, match="sau ngày hôm nay"):
        findings.done(office.workspace, [FINDING], today=TODAY, on=days(1), by=DOER)
    with pytest.raises(Refused, match="trước ngày phát hiện"):
        findings.done(office.workspace, [FINDING], today=TODAY, on=days(-1), by=DOER)
    findings.done(office.workspace, [FINDING], today=days(5), by=DOER)
    office.seen(on=days(5))
    with pytest.raises(Refused, match="trước ngày làm xong"):
        findings.close(office.workspace, FINDING, today=days(6), on=days(4), by=CONFIRMER)


def test_a_later_check_opens_a_closed_finding_again(office: Office) -> None:
    do_it(office)
    office.seen(on=days(5))
    findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER)
    office.say(NOT_MET, Result.NON_COMPLIANT, check=office.check_again(days(60)), on=days(60))
    one = findings.finding(office.workspace, FINDING, days(60))
    assert (one.status, one.opened_on, one.done_by, one.due) == (FindingStatus.OPEN, days(60), "", None)


def test_work_reported_as_done_is_open_again_when_a_later_check_finds_it_short(office: Office) -> None:
    do_it(office)
    office.say(NOT_MET, Result.PARTIALLY_COMPLIANT, check=office.check_again(days(60)), on=days(60))
    one = findings.finding(office.workspace, FINDING, days(60))
    assert (one.status, one.done_by, one.severity) == (FindingStatus.OPEN, "", Severity.MEDIUM)


def test_a_later_check_that_finds_it_met_keeps_its_words_when_it_is_closed(office: Office) -> None:
    do_it(office)
    office.seen(on=days(5))
    later = office.check_again(days(60))
    office.say(NOT_MET, Result.COMPLIANT, check=later, on=days(60))
    assert findings.finding(office.workspace, FINDING, days(60)).status is FindingStatus.DONE
    findings.close(office.workspace, FINDING, today=days(61), by=CONFIRMER)
    assert standing(office).assessment_id == later


def test_reopening_brings_back_what_was_found(office: Office) -> None:
    do_it(office)
    office.seen(on=days(5))
    findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER)
    with pytest.raises(Refused, match="lý do"):
        findings.reopen(office.workspace, FINDING, today=days(7), reason=" ")
    findings.reopen(office.workspace, FINDING, today=days(7), reason="Quyết định đã bị bãi bỏ")
    one = findings.finding(office.workspace, FINDING, days(7))
    assert (one.status, one.result, one.present_state) == (
        FindingStatus.OPEN,
        Result.NON_COMPLIANT,
        "Như đã thấy tại chỗ",
    )
    assert (one.measure, one.due, one.note) == (PLAN.measure, None, "Quyết định đã bị bãi bỏ")


def test_what_is_open_or_taken_back_is_not_reopened(office: Office) -> None:
    with pytest.raises(Refused, match="không có gì để mở lại"):
        findings.reopen(office.workspace, FINDING, today=TODAY, reason="thử")
    office.say(NOT_MET, Result.COMPLIANT)
    with pytest.raises(Refused, match="trả lời lại"):
        findings.reopen(office.workspace, FINDING, today=TODAY, reason="thử")


def test_an_own_answer_still_counts_before_the_providers_once_its_finding_is_closed(office: Office) -> None:
    law = regime(None, TODAY)
    theirs = lists_of(law, 1, ANSWERED)["basic"]
    put_answers(
        office.workspace,
        *(
            Answer(system_id=NOTICES.id, requirement_id=one.id, checklist_id=theirs.id, result=Result.NON_COMPLIANT)
            for one in theirs.requirements
        ),
    )
    reliances.rely(office.workspace, SYSTEM, NOTICES.id, ["risk"], regime=law)
    assert reliances.inherited_by(office.workspace, STAFF.id, law, 2)[NOT_MET].result is Result.NON_COMPLIANT
    do_it(office)
    office.seen(on=days(5))
    findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER)
    now = {one.requirement_id: one for one in reliances.standing(office.workspace, SYSTEM, law, 2)}
    assert now[NOT_MET].result is Result.COMPLIANT


def test_the_history_tells_finding_and_answer_in_the_order_of_the_acts(office: Office) -> None:
    do_it(office)
    office.seen(on=days(5))
    findings.close(office.workspace, FINDING, today=days(6), by=CONFIRMER)
    told = [
        (entry.record, change.label, change.after)
        for entry in findings.history(office.workspace, FINDING)
        for change in entry.changes
    ]
    order = [
        ("answer", "kết quả", "Chưa đạt"),
        ("finding", "trạng thái", "Chưa khắc phục"),
        ("answer", "đơn vị chịu trách nhiệm", "Văn phòng HĐND và UBND xã Suối Mẫu"),
        ("finding", "trạng thái", "Đã làm, chờ xác nhận"),
        ("finding", "bên xác nhận", CONFIRMER),
        ("answer", "kết quả", "Đạt"),
    ]
    assert [one for one in told if one in order] == order


def test_a_wrong_id_offers_the_nearest(office: Office) -> None:
    with pytest.raises(NotFound, match=f"Có phải “{FINDING}”"):
        findings.finding(office.workspace, f"{SYSTEM}/4.1a", TODAY)


def test_a_gap_in_the_evidence_is_not_planned_but_filled(office: Office) -> None:
    gap = f"{SYSTEM}/{MET}/missing"
    assert findings.finding(office.workspace, gap, TODAY).status_label == "Chưa có minh chứng"
    with pytest.raises(Refused, match=f"compliance evidence add TỆP --for {SYSTEM}/{MET}"):
        findings.plan(office.workspace, [gap], PLAN, today=TODAY)
    office.seen(MET)
    with pytest.raises(NotFound, match="Không còn tồn tại về minh chứng"):
        findings.finding(office.workspace, gap, TODAY)
