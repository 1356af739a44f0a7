"""Beginning a check: what is pinned, what is warned of, what is carried over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

import pytest

from compliance.adapters.law import load_assessment_rules, load_regimes
from compliance.adapters.workspace import Workspace, open_workspace
from compliance.domain.assessment import Answer, Assessment, AssessmentKind, Minutes, Result
from compliance.domain.assessment_rules import rules_misfits
from compliance.domain.assessment_sheet import AssessmentRow
from compliance.domain.condition import Equals
from compliance.domain.regime_status import regime_on
from compliance.domain.system import EarlierApproval, Status
from compliance.errors import NotFound, Refused
from compliance.services import assessments, findings, reliances
from compliance.services.answering import Said, record
from compliance.services.starting import Starting, start
from tests.assessments.conftest import LEVEL_ONE, LEVEL_TWO, begin, say
from tests.documents.office import RECORDED_AT, STAFF, TODAY, UNDECIDED, USED, put_answers, put_system

SELF = Starting(AssessmentKind.SELF)


def row_of(office: Workspace, check: Assessment, requirement: str) -> AssessmentRow | None:
    return assessments.load(office, check.id).row(requirement)


def warned(office: Workspace, system_id: str = LEVEL_TWO, **more: object) -> set[str]:
    kind = more.pop("kind", AssessmentKind.SELF)
    begun = start(office, system_id, Starting(kind, **more), today=TODAY)  # type: ignore[arg-type]
    return {one.id for one in begun.warnings}


def test_a_check_pins_the_lists_the_level_the_assessor_and_the_day(office: Workspace) -> None:
    begun = start(office, LEVEL_TWO, Starting(AssessmentKind.PERIODIC, assessor_unit_id="bo-phan-anm"), today=TODAY)
    one = begun.assessment
    assert (one.id, one.level, one.started_on) == (f"{LEVEL_TWO}/2026-1", 2, TODAY)
    assert one.assessor == "Bộ phận chuyên trách về an ninh mạng xã Suối Mẫu"
    assert one.operator_id == "van-phong"
    assert len(one.lists) == 2
    assert all(one.lists.values())
    assert begun.to_ask == 129 + 78


def test_who_runs_the_system_should_not_check_it(office: Workspace) -> None:
    assert "not-independent" in warned(office, assessor_unit_id="van-phong")


def test_a_check_by_somebody_of_no_unit_is_told(office: Workspace) -> None:
    assert "assessor-unknown" in warned(office, assessor="Tổ kiểm tra liên ngành")
    assert "assessor-unknown" not in warned(office, kind=AssessmentKind.PERIODIC, outside=True, assessor="Công ty")


def test_a_warning_on_a_fact_no_check_has_is_a_fault_of_the_data() -> None:
    rules = load_assessment_rules(regime_on(TODAY, load_regimes()))
    wrong = rules.warnings[0].model_copy(update={"when": Equals(fact="levle", value=5)})
    told = rules_misfits(rules.model_copy(update={"warnings": (wrong, wrong)}))
    assert [place for place, _ in told] == [
        "warnings.operator-unknown",
        *["warnings[operator-unknown].when"] * 2,
    ]
    assert "gần nhất là “level”" in told[1][1]


def test_an_independent_office_is_not_warned(office: Workspace) -> None:
    assert warned(office, assessor_unit_id="bo-phan-anm") == {"self-conditions"}, "what holds for every self-assessment"


def test_an_unknown_operator_is_told_and_can_be_named(office: Workspace) -> None:
    put_system(office, STAFF.model_copy(update={"operator_id": None}))
    assert "operator-unknown" in warned(office)
    assert "not-independent" in warned(
        office, kind=AssessmentKind.PERIODIC, operator_id="van-phong", assessor_unit_id="van-phong"
    )


def test_level_five_needs_somebody_from_outside(office: Workspace) -> None:
    assert "outside-level" in warned(office, level=5)
    assert "outside-level" not in warned(office, level=5, kind=AssessmentKind.PERIODIC, outside=True)


def test_after_an_incident_and_on_request_the_law_may_ask_for_an_outside_body(office: Workspace) -> None:
    assert "outside-incident" in warned(office, kind=AssessmentKind.AFTER_INCIDENT)
    assert "outside-request" in warned(office, kind=AssessmentKind.ON_REQUEST)


def test_an_incident_is_reported_without_waiting_for_the_check(office: Workspace) -> None:
    assert "incident-report" in warned(office, kind=AssessmentKind.AFTER_INCIDENT, outside=True)


def test_before_operation_the_plan_must_stand_and_a_great_change_needs_a_specialised_body(office: Workspace) -> None:
    told = warned(office, kind=AssessmentKind.PRE_OPERATION)
    assert {"pre-operation", "outside-change"} <= told
    assert "pre-operation-important" not in told


def test_an_important_system_is_certified_before_operation(office: Workspace) -> None:
    assert "pre-operation-important" in warned(office, kind=AssessmentKind.PRE_OPERATION, level=5, outside=True)


def test_a_specialised_body_must_show_that_it_may_assess(office: Workspace) -> None:
    told = warned(office, kind=AssessmentKind.PERIODIC, outside=True)
    assert told == {"outside-body"}


def test_an_important_system_sends_the_yearly_result(office: Workspace) -> None:
    assert "important-yearly" in warned(office, level=5)
    assert "important-yearly" not in warned(office, kind=AssessmentKind.PERIODIC)


def test_a_level_other_than_the_approved_one_is_warned_of(office: Workspace) -> None:
    put_system(office, STAFF.model_copy(update={"earlier_approval": EarlierApproval(level=1)}))
    assert {"level-changed", "outside-change"} <= warned(office)


def test_a_superiors_platform_is_recorded_at_its_approved_level(office: Workspace) -> None:
    begun = start(office, USED.id, SELF, today=TODAY)
    assert "used-only" in {one.id for one in begun.warnings}


def test_every_warning_says_where_it_is_written(office: Workspace) -> None:
    begun = start(office, LEVEL_TWO, Starting(AssessmentKind.ON_REQUEST, level=5), today=TODAY)
    assert begun.warnings
    assert all("Điều 31" in one.citation for one in begun.warnings)


def test_an_undecided_level_is_refused_with_the_way_out(office: Workspace) -> None:
    with pytest.raises(Refused, match="classifications ask truyen-thanh"):
        start(office, UNDECIDED.id, SELF, today=TODAY)


def test_a_second_check_of_the_same_kind_waits_for_the_first(office: Workspace) -> None:
    begin(office)
    with pytest.raises(Refused, match="chưa kết thúc"):
        begin(office)
    assert begin(office, kind=AssessmentKind.PERIODIC).id == f"{LEVEL_TWO}/2026-2"


def test_numbers_count_within_the_year_and_the_check_before_is_kept(office: Workspace) -> None:
    first = begin(office)
    assessments.close(office, first.id, today=TODAY, reason="thử")
    later = start(office, LEVEL_TWO, SELF, today=date(2027, 3, 1)).assessment
    assert (later.id, later.previous_id) == (f"{LEVEL_TWO}/2027-1", first.id)


@pytest.mark.parametrize("level", [0, 6])
def test_there_is_no_such_level(office: Workspace, level: int) -> None:
    with pytest.raises(Refused, match="từ 1 đến 5"):
        begin(office, level=level)


def test_unknown_units_and_systems_are_told(office: Workspace) -> None:
    with pytest.raises(NotFound, match="van-phong"):
        begin(office, assessor_unit_id="van-phongg")
    with pytest.raises(NotFound):
        begin(office, "khong-co")


# --- a change of level


def test_what_still_holds_is_carried_to_the_new_level_and_the_rest_is_asked(office: Workspace) -> None:
    first = begin(office, LEVEL_ONE)
    say(office, first, "3.1-a", present_state="Có quy trình")
    say(office, first, "3.1-b", Result.NON_COMPLIANT)
    assessments.close(office, first.id, today=TODAY, reason="đủ để thử")
    begun = start(office, LEVEL_ONE, Starting(AssessmentKind.SELF, level=2), today=TODAY)
    sheet = assessments.load(office, begun.assessment.id)
    row = sheet.row("4.1-a")
    assert row is not None
    assert row.answer is not None
    assert (row.result, row.answer.carried_from, row.present_state) == (Result.COMPLIANT, ("3.1-a",), "Có quy trình")
    assert begun.to_ask == sheet.tally.total - len(begun.carried)
    assert {"4.1-a", "4.1-b"} <= set(begun.carried)


def test_a_stricter_requirement_is_asked_again(office: Workspace) -> None:
    first = begin(office)
    say(office, first, "4.6.2.1-d")  # yearly at level 2, every six months at level 3
    assessments.close(office, first.id, today=TODAY, reason="đủ để thử")
    begun = start(office, LEVEL_TWO, Starting(AssessmentKind.SELF, level=3), today=TODAY)
    row = assessments.load(office, begun.assessment.id).row("5.6.2.1-d")
    assert row is not None
    assert row.result is Result.NOT_ASSESSED


def test_a_measure_and_its_deadline_come_along(office: Workspace) -> None:
    declared = Answer(
        system_id=LEVEL_ONE,
        requirement_id="3.1-a",
        checklist_id="tcvn-14423-2026-level-1",
        result=Result.NON_COMPLIANT,
        measure="Ban hành quy trình",
        due=date(2026, 12, 31),
    )
    put_answers(office, declared)
    start(office, LEVEL_ONE, Starting(AssessmentKind.SELF, level=2), today=TODAY)
    carried = {one.requirement_id: one for one in assessments.answers(office, LEVEL_ONE)}["4.1-a"]
    assert (carried.measure, carried.due) == ("Ban hành quy trình", date(2026, 12, 31))


def test_work_on_a_shortfall_goes_on_under_the_new_requirement(office: Workspace) -> None:
    say(office, begin(office, LEVEL_ONE), "3.1-b", Result.NON_COMPLIANT)
    findings.plan(office, [f"{LEVEL_ONE}/3.1-b"], findings.Planning(cost=5_000_000), today=TODAY)
    periodic = Starting(AssessmentKind.PERIODIC, level=2)
    start(office, LEVEL_ONE, periodic, today=TODAY)
    (one,) = findings.standing_findings(office, LEVEL_ONE, TODAY)
    assert (one.id, one.cost) == (f"{LEVEL_ONE}/4.1-b", 5_000_000)


def test_a_declared_shortfall_becomes_a_finding_when_it_is_carried(office: Workspace) -> None:
    declared = Answer(
        system_id=LEVEL_ONE, requirement_id="3.1-a", checklist_id="tcvn-14423-2026-level-1", result=Result.NON_COMPLIANT
    )
    put_answers(office, declared)
    start(office, LEVEL_ONE, Starting(AssessmentKind.SELF, level=2), today=TODAY)
    (one,) = findings.standing_findings(office, LEVEL_ONE, TODAY)
    assert one.id == f"{LEVEL_ONE}/4.1-a"


def test_back_at_a_former_level_the_newest_answers_count(office: Workspace) -> None:
    first = begin(office)
    say(office, first, "4.1-a")
    assessments.close(office, first.id, today=TODAY, reason="đủ để thử")
    higher = begin(office, level=3)
    say(office, higher, "5.1.2.1-a", Result.NON_COMPLIANT)
    assessments.close(office, higher.id, today=TODAY, reason="đủ để thử")
    back = begin(office, level=2)
    row = row_of(office, back, "4.1-a")
    assert row is not None
    assert row.result is Result.NON_COMPLIANT


def test_a_system_that_no_longer_runs_is_warned_of(office: Workspace) -> None:
    put_system(office, STAFF.model_copy(update={"status": Status.DECOMMISSIONED}))
    assert "retired" in warned(office)


def test_what_is_shared_need_not_be_asked(office: Workspace) -> None:
    say(office, begin(office), "4.1-a")
    reliances.rely(office, LEVEL_ONE, LEVEL_TWO, ["risk"], regime=regime_on(TODAY, load_regimes()))
    begun = start(office, LEVEL_ONE, SELF, today=TODAY)
    assert begun.to_ask == assessments.load(office, begun.assessment.id).tally.total - 1


def test_at_the_same_level_everything_is_asked_anew(office: Workspace) -> None:
    first = begin(office)
    say(office, first, "4.1-a")
    assessments.close(office, first.id, today=TODAY, reason="đủ để thử")
    again = begin(office)
    row = assessments.load(office, again.id).row("4.1-a")
    assert row is not None
    assert (row.result, row.previous) == (Result.NOT_ASSESSED, Result.COMPLIANT)


def test_a_second_change_of_level_carries_on_from_the_newest_check(office: Workspace) -> None:
    """More answers stand at level 2 than at level 3: what is short still goes to level 5 from level 3, and once."""
    first = begin(office)
    every = [one.id for each in assessments.lists_for(first).values() for one in each.requirements]
    short = Result.NON_COMPLIANT
    said = [Said(id_, short if id_ == "4.1-a" else Result.COMPLIANT) for id_ in every]
    record(office, first.id, said, today=TODAY)
    begin(office, kind=AssessmentKind.PERIODIC, level=3)
    last = begin(office, kind=AssessmentKind.ON_REQUEST, level=5)
    about_risks = {
        one.id for one in findings.standing_findings(office, LEVEL_TWO, TODAY) if one.id.endswith(".1.2.1-a")
    }
    assert about_risks == {f"{LEVEL_TWO}/7.1.2.1-a"}
    carried = assessments.load(office, last.id).row("7.1.2.1-a")
    assert carried is not None
    assert carried.answer is not None
    assert carried.answer.carried_from == ("5.1.2.1-a",)


@contextmanager
def after(office: Workspace, first: Callable[[], object]) -> Iterator[Workspace]:
    """The workspace of somebody whose act begins right after another act: its clock lets the other go first."""
    waiting = [first]

    def now() -> datetime:
        if waiting:
            waiting.pop()()
        return RECORDED_AT

    with open_workspace(office.path, by="Công an xã", now=now) as late:
        yield late


def test_minutes_written_while_somebody_ends_the_check_are_kept(office: Workspace) -> None:
    check = begin(office)
    minutes = Minutes(held_on=TODAY, begins=time(8), ends=time(11), attendees=("Văn phòng xã",))
    with after(office, lambda: assessments.set_minutes(office, check.id, minutes, today=TODAY)) as late:
        assessments.close(late, check.id, today=TODAY, reason="dừng theo kế hoạch")
    assert assessments.assessment(office, check.id).minutes == minutes
    assert assessments.assessment(office, check.id).closed


def test_minutes_do_not_open_a_check_that_ended_meanwhile(office: Workspace) -> None:
    check = begin(office)
    minutes = Minutes(held_on=TODAY, begins=time(8), ends=time(11), attendees=("Văn phòng xã",))
    with after(office, lambda: assessments.close(office, check.id, today=TODAY, reason="dừng")) as late:
        assessments.set_minutes(late, check.id, minutes, today=TODAY)
    assert assessments.assessment(office, check.id).closed


def test_two_people_begin_one_check_of_a_kind(office: Workspace) -> None:
    with after(office, lambda: begin(office)) as late, pytest.raises(Refused, match="chưa kết thúc"):
        begin(late)
    assert len(assessments.assessments_of(office, LEVEL_TWO)) == 1


def test_two_checks_begun_at_once_have_numbers_of_their_own(office: Workspace) -> None:
    with after(office, lambda: begin(office)) as late:
        begin(late, kind=AssessmentKind.PERIODIC)
    assert [one.id for one in assessments.assessments_of(office, LEVEL_TWO)] == [
        f"{LEVEL_TWO}/2026-1",
        f"{LEVEL_TWO}/2026-2",
    ]
