"""The list an officer works from: what is overdue first, evidence gaps included, nothing read that is not needed."""

from __future__ import annotations

import pytest

from compliance.adapters.store import Store
from compliance.domain.assessment import Answer, Result
from compliance.domain.deployment import Deployment, DeploymentState
from compliance.domain.finding_row import FindingKind
from compliance.domain.remediation import Finding, GapKind, Severity
from compliance.errors import NotFound, Refused
from compliance.services import assessments, evidence, findings, reliances
from compliance.services.findings import Planning
from compliance.services.regimes import ANSWERED, lists_of, regime
from tests.documents.office import NOTICES, STAFF, TODAY, UNDECIDED, put, put_answers
from tests.findings.conftest import CONFIRMER, DOER, FINDING, MET, NOT_MET, OTHER, SYSTEM, Office, days

LAW = regime(None, TODAY)


def ids(office: Office, day_after: int = 0, **narrowed: object) -> list[str]:
    return [row.id for row in findings.findings(office.workspace, days(day_after), **narrowed)]  # type: ignore[arg-type]


def test_a_row_says_all_an_officer_asks(office: Office) -> None:
    row = findings.finding(office.workspace, FINDING, TODAY)
    assert (row.clause, row.system_name) == ("4.1 a)", STAFF.name)
    assert row.group
    assert "TCVN" in row.citation
    assert row.statement
    assert (row.result, row.severity, row.opened_on) == (Result.NON_COMPLIANT, Severity.HIGH, TODAY)


def test_overdue_first_then_what_nobody_has_in_hand_then_by_deadline_then_done(office: Office) -> None:
    for requirement in ("4.2.1-b", "4.2.1-c", "4.2.2.1-a"):
        office.say(requirement, Result.NON_COMPLIANT)
    late, soon, finished = (f"{SYSTEM}/{one}" for one in ("4.2.1-b", "4.2.1-c", "4.2.2.1-a"))
    for id_, due in ((late, 2), (soon, 9), (finished, 1)):
        findings.plan(office.workspace, [id_], Planning(measure="Lập danh mục", due=days(due)), today=TODAY)
    findings.done(office.workspace, [finished], today=TODAY, by=DOER)
    assert ids(office, 5) == [late, FINDING, OTHER, soon, finished, f"{SYSTEM}/{MET}/missing"]
    assert ids(office, 5, overdue=True) == [late]


def test_a_list_may_be_narrowed(office: Office) -> None:
    findings.plan(office.workspace, [OTHER], Planning(unit_id="van-phong"), today=TODAY)
    assert ids(office, unit_id="van-phong") == [OTHER]
    assert ids(office, system_id=NOTICES.id) == []
    assert ids(office, kinds={FindingKind.EVIDENCE}) == [f"{SYSTEM}/{MET}/missing"]
    with pytest.raises(NotFound):
        ids(office, system_id="khong-co")
    with pytest.raises(NotFound):
        ids(office, unit_id="khong-co")


def test_closed_findings_are_seen_on_request_only(office: Office) -> None:
    findings.done(office.workspace, [FINDING], today=TODAY, by=DOER, work="Đã làm")
    office.seen()
    findings.close(office.workspace, FINDING, today=TODAY, by=CONFIRMER)
    assert FINDING not in ids(office)
    assert FINDING in ids(office, every=True)


def test_evidence_out_of_date_is_a_finding_until_there_is_newer(office: Office) -> None:
    piece = office.seen(MET, until=days(3))
    assert ids(office, 3, kinds={FindingKind.EVIDENCE}) == []
    (row,) = findings.findings(office.workspace, days(13), kinds={FindingKind.EVIDENCE})
    assert row.gap is not None
    assert (row.gap.kind, row.gap.evidence_id, row.days_left, row.overdue) == (GapKind.EXPIRED, piece.id, -10, True)
    office.seen(MET, on=days(13))
    assert ids(office, 13, kinds={FindingKind.EVIDENCE}) == []


def test_a_file_that_is_gone_is_a_finding(office: Office) -> None:
    piece = evidence.add_observation(
        office.workspace, "Đã xem", evidence.Describing(), serves=[(SYSTEM, MET)], today=TODAY, raw=b"ket qua"
    )
    assert piece.file is not None
    office.workspace.attachments.path(piece.file.sha256).unlink()
    (row,) = findings.findings(office.workspace, TODAY, kinds={FindingKind.EVIDENCE})
    assert row.severity is Severity.HIGH
    assert row.status_label == "Tệp minh chứng mất hoặc hỏng"


def test_an_open_finding_is_not_told_twice_because_nothing_proves_it(office: Office) -> None:
    assert f"{OTHER}/missing" not in ids(office), "met in part, and open anyway"


def test_evidence_of_a_shared_measure_is_the_providers_to_keep(office: Office) -> None:
    basic = lists_of(LAW, 1, ANSWERED)["basic"]
    declared = Answer(
        system_id=NOTICES.id, requirement_id=basic.requirements[0].id, checklist_id=basic.id, result=Result.COMPLIANT
    )
    put_answers(office.workspace, declared)
    gap = f"{NOTICES.id}/{declared.requirement_id}/missing"
    assert gap in ids(office, system_id=NOTICES.id)
    reliances.rely(office.workspace, NOTICES.id, SYSTEM, ["risk"], regime=LAW)
    assert gap not in ids(office, system_id=NOTICES.id)


def test_a_finding_of_a_list_no_longer_kept_is_still_listed(office: Office) -> None:
    old = Finding(system_id=NOTICES.id, requirement_id="9.9", checklist_id="cu", severity=Severity.LOW, opened_on=TODAY)
    put(office.workspace, "finding", [(old.id, old)])
    row = findings.finding(office.workspace, old.id, TODAY)
    assert (row.clause, row.result) == ("9.9", Result.NOT_ASSESSED)


def test_the_list_of_answers_reads_no_answer_without_a_finding(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    heads = Store.heads

    def watched(self: Store, kind: str, under: str = "") -> object:
        read.append(kind)
        return heads(self, kind, under)

    monkeypatch.setattr(Store, "heads", watched)
    findings.findings(office.workspace, TODAY, kinds={FindingKind.ANSWER})
    assert set(read) <= {"finding", "unit"}


def test_rows_are_plain_data_for_other_programs(office: Office) -> None:
    row = findings.findings(office.workspace, TODAY)[0].as_json()
    assert row["due"] is None
    assert row["severity"] == "high"
    assert (row["severity_label"], row["result_label"]) == ("Cao", "Chưa đạt")


def answer_all(office: Office, result: Result, *others: Answer, due: bool = True) -> None:
    lists = lists_of(LAW, 2, ANSWERED).values()
    put_answers(
        office.workspace,
        *(
            Answer(
                system_id=SYSTEM,
                requirement_id=one.id,
                checklist_id=checklist.id,
                result=result,
                due=days(30) if due else None,
            )
            for checklist in lists
            for one in checklist.requirements
        ),
        *others,
    )


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (Result.NON_COMPLIANT, "Chưa triển khai"),
        (Result.PARTIALLY_COMPLIANT, "Đã triển khai một số hạng mục"),
        (Result.COMPLIANT, "Đã triển khai đầy đủ"),
    ],
)
def test_deployment_speaks_in_the_words_of_the_report_form(office: Office, result: Result, words: str) -> None:
    answer_all(office, result)
    state = findings.deployment_of(office.workspace, SYSTEM, TODAY)
    assert state.state.label == words
    assert state.by == (None if result is Result.COMPLIANT else days(30))


def test_the_expected_day_is_the_last_deadline_and_blank_while_one_is_missing(office: Office) -> None:
    one = lists_of(LAW, 2, ANSWERED)["duties"].requirements[0]
    duty = Answer(system_id=SYSTEM, requirement_id=one.id, checklist_id="x", result=Result.NON_COMPLIANT, due=days(90))
    answer_all(office, Result.COMPLIANT, duty)
    assert findings.deployment_of(office.workspace, SYSTEM, TODAY) == DeploymentState(
        state=Deployment.PARTLY, by=days(90), without_deadline=0
    )
    answer_all(office, Result.COMPLIANT, duty.model_copy(update={"due": None}))
    assert findings.deployment_of(office.workspace, SYSTEM, TODAY) == DeploymentState(
        state=Deployment.PARTLY, by=None, without_deadline=1
    )


def test_what_a_provider_has_not_done_waits_for_the_providers_deadline(office: Office) -> None:
    answer_all(office, Result.COMPLIANT)
    findings.plan(office.workspace, [FINDING], Planning(measure="Ban hành", due=days(44)), today=TODAY)
    planned = {one.requirement_id: one for one in assessments.answers(office.workspace, SYSTEM)}[NOT_MET]
    put_answers(office.workspace, planned.model_copy(update={"result": Result.NON_COMPLIANT}))
    put_answers(
        office.workspace,
        *(
            Answer(system_id=NOTICES.id, requirement_id=one.id, checklist_id=checklist.id, result=Result.COMPLIANT)
            for checklist in lists_of(LAW, 1, ANSWERED).values()
            for one in checklist.requirements
        ),
    )
    assert findings.deployment_of(office.workspace, NOTICES.id, TODAY).state is Deployment.FULLY
    reliances.rely(office.workspace, NOTICES.id, SYSTEM, ["risk"], regime=LAW)
    assert findings.deployment_of(office.workspace, NOTICES.id, TODAY) == DeploymentState(
        state=Deployment.PARTLY, by=days(44), without_deadline=0
    )


def test_a_system_of_unknown_level_has_no_plan_to_carry_out(office: Office) -> None:
    with pytest.raises(Refused, match="classifications ask"):
        findings.deployment_of(office.workspace, UNDECIDED.id, TODAY)
    by_id = {one.system_id: one for one in findings.deployments(office.workspace, TODAY)}
    assert by_id[UNDECIDED.id].state is None
    assert by_id[SYSTEM].state is not None
    assert by_id[SYSTEM].met == 1


def test_what_a_later_check_found_met_waits_to_be_confirmed(office: Office) -> None:
    findings.begin(office.workspace, [FINDING])
    office.say(NOT_MET, Result.COMPLIANT, check=office.check_again(days(60)), on=days(60))
    row = findings.finding(office.workspace, FINDING, days(60))
    assert row.status_label == "Kiểm tra sau không còn thiếu, chờ xác nhận"


def test_records_are_fetched_by_id_however_many(office: Office) -> None:
    with office.workspace.act("thử") as act:
        for number in range(1200):
            act.put("thu", f"so-{number:04}", "{}", 0)
    wanted = [f"so-{number:04}" for number in range(1100, -1, -1)]
    assert [one.id for one in office.workspace.store.heads_of("thu", [*wanted, "khong-co"])] == sorted(wanted)
