"""The yearly report: every figure known by hand, what does not agree, who reports what to whom by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.deployment import Deployment
from compliance.domain.organization import UnitKind
from compliance.domain.regime_status import regime_on
from compliance.domain.system import Ownership
from compliance.errors import NotFound, Refused
from compliance.services.annual_reports import AnnualDraft, annual_report
from compliance.services.deployments import stands_of, stands_of_all
from compliance.services.expectations import expect
from compliance.services.issued_reports import explain
from compliance.services.regimes import ANSWERED, lists_of
from compliance.services.reliances import rely
from tests.documents.office import (
    COMMITTEE,
    NOTICES,
    OFFICE,
    ONE_STOP,
    OTHERS,
    PROVINCE,
    SECURITY,
    STAFF,
    TODAY,
    UNDECIDED,
    new_office,
    put,
    put_answers,
    put_system,
)
from tests.reports.commune import AFTER, APPROVED, ENDED, LAST_DAYS, LATER, MANAGED, OPERATED, RULES, commune


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with commune(tmp_path / "ho-so") as workspace:
        yield workspace


def numbers(made: AnnualDraft) -> dict[str, int | None]:
    return {one.id: one.number for one in made.figures}


def broken(made: AnnualDraft, system_name: str) -> set[str]:
    return {one.rule for one in made.violations if one.where.endswith(system_name)}


def test_the_seven_figures_count_what_was_true_on_the_last_day_of_the_window(office: Workspace) -> None:
    made = annual_report(office, 2026, AFTER)
    assert tuple(row.system_id for row in made.rows) == MANAGED
    assert numbers(made) == {
        "managed": 5, "typed": 5, "drafted": 3, "appraised": 2, "approved": 2, "checked": 1, "all_approved_by": None
    }  # fmt: skip
    assert made.report.figures.managed.text == "5"
    assert made.report.figures.all_approved_by.blank


def test_the_twelve_columns_of_an_approved_system(office: Workspace) -> None:
    made = annual_report(office, 2026, AFTER)
    row = next(one for one in made.as_json()["rows"] if one["system"] == STAFF.id)
    assert list(row) == [
        "number", "system", "name", "owner", "operator", "level", "approval_state", "approval", "regulation",
        "approval_expected", "deployment_state", "deployment_expected", "checked",
    ]  # fmt: skip
    assert row["number"] == 3
    assert row["level"] == 2
    assert row["owner"] == COMMITTEE.name
    assert row["operator"] == OFFICE.name
    assert row["approval_state"] == "Đã được phê duyệt"
    assert row["approval"] == f"Quyết định số 61/QĐ-BPANM ngày 20/10/2026 của {SECURITY.name}"
    assert row["regulation"] == RULES.text
    assert row["approval_expected"] == ""
    assert row["deployment_state"] == "Chưa triển khai"
    assert row["deployment_expected"] is None
    assert row["checked"] == "Định kỳ"


def test_an_earlier_decision_counts_and_a_check_of_the_window_before_does_not(office: Workspace) -> None:
    made = annual_report(office, 2026, AFTER)
    row = next(one for one in made.rows if one.system_id == NOTICES.id)
    assert row.approval is not None
    assert row.approval.paper is not None
    assert row.approval.paper.number == "9/QĐ-UBND"
    assert row.checks == ("Trước khi đưa vào sử dụng",)
    assert broken(made, NOTICES.name) == {"column-8", "column-11"}


def test_a_check_closed_the_day_after_the_window_belongs_to_the_next(office: Workspace) -> None:
    row = next(one for one in annual_report(office, 2026, AFTER).rows if one.system_id == ONE_STOP.id)
    assert row.checks == ()
    later = next(one for one in annual_report(office, 2027, date(2027, 1, 5)).rows if one.system_id == ONE_STOP.id)
    assert later.checks == ("Định kỳ",)


def test_systems_left_out_stand_beside_the_total_with_the_reason(office: Workspace) -> None:
    made = annual_report(office, 2026, AFTER)
    why = {one.id: one.counts for one in made.left_out}
    assert set(why) == {ENDED.id, LATER.id, "ioffice", OPERATED}
    assert why[ENDED.id] == "kết thúc vận hành ngày 30/06/2026, trong kỳ"
    assert why[LATER.id] == "đưa vào sử dụng ngày 20/12/2026, sau ngày chốt số liệu"
    assert "chỉ sử dụng" in why["ioffice"]
    assert PROVINCE.name in why[OPERATED]
    assert explain(made.figures, "managed").beside == made.left_out
    assert any(f"{ENDED.name} (ngày 30/06/2026)" in note for note in made.report.notes)


def test_a_system_used_to_the_end_of_december_is_still_managed(office: Workspace) -> None:
    made = annual_report(office, 2026, AFTER)
    assert LAST_DAYS.id in {row.system_id for row in made.rows}
    after = annual_report(office, 2027, date(2027, 12, 20))
    assert LAST_DAYS.id not in {row.system_id for row in after.rows}


def test_every_rule_broken_names_the_row_and_the_command_that_mends_it(office: Workspace) -> None:
    made = annual_report(office, 2026, AFTER)
    assert broken(made, UNDECIDED.name) == {"column-5", "column-9", "column-10"}
    assert broken(made, ONE_STOP.name) == {"column-9", "column-11"}
    assert broken(made, APPROVED.name) == {"column-11"}
    level = next(one for one in made.violations if one.rule == "column-5")
    assert level.where == f"dòng 5, {UNDECIDED.name}"
    assert f"classifications ask {UNDECIDED.id}" in level.fix
    assert "Điều" in level.citation or "Mẫu số 08" in level.citation
    bodies = next(one for one in made.violations if one.rule == "bodies")
    assert "đơn vị chuyên trách" in bodies.where
    assert "địa chỉ" in bodies.message


def test_what_the_office_expects_fills_columns_9_and_11_and_the_last_figure(office: Workspace) -> None:
    expect(office, ONE_STOP.id, today=AFTER, approval="tháng 2/2027", deployed="quý IV/2027")
    expect(office, UNDECIDED.id, today=AFTER, approval="quý II/2027")
    expect(office, LAST_DAYS.id, today=AFTER, approval="15/1/2027")
    made = annual_report(office, 2026, AFTER)
    assert made.report.figures.all_approved_by.text == "Quý II/2027"
    row = next(one for one in made.rows if one.system_id == ONE_STOP.id)
    assert (row.approval_expected.text, row.deployed_expected.text) == ("Tháng 2/2027", "Quý IV/2027")
    assert next(one for one in made.rows if one.system_id == LAST_DAYS.id).approval_expected.text == "15/01/2027"
    assert not {one.rule for one in made.violations} & {"column-9"}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("“quý_2/2027”", "Quý II/2027"),
        ("QUÝ iv năm 2027", "Quý IV/2027"),
        ("thang 06-2027", "Tháng 6/2027"),
        ("hết năm 2027", "Năm 2027"),
        ("2027-06-03", "03/06/2027"),
    ],
)
def test_an_expected_time_prints_the_same_way_however_it_was_typed(office: Workspace, typed: str, printed: str) -> None:
    expect(office, ONE_STOP.id, today=AFTER, approval=typed)
    row = next(one for one in annual_report(office, 2026, AFTER).rows if one.system_id == ONE_STOP.id)
    assert row.approval_expected.text == printed


def test_nothing_is_expected_of_a_system_that_is_only_used(office: Workspace) -> None:
    put_system(office, STAFF.model_copy(update={"id": "csdl", "ownership": Ownership.USED}))
    with pytest.raises(Refused, match="chỉ sử dụng"):
        expect(office, "csdl", today=AFTER, approval="quý II/2027")


def test_an_operator_is_named_only_for_its_own_draft(office: Workspace) -> None:
    with pytest.raises(Refused, match="--draft operator"):
        annual_report(office, 2026, AFTER, operator_id="van-phong")


@pytest.mark.parametrize("text", ["sớm", "quý V/2027", "tháng 13/2027", "31/02/2027", "2026-13-01", "=1+1"])
def test_an_expected_time_that_is_none_is_refused_with_examples(office: Workspace, text: str) -> None:
    with pytest.raises(Refused, match="quý II/2027"):
        expect(office, ONE_STOP.id, today=AFTER, approval=text)


def test_an_expected_time_that_has_passed_is_refused_and_a_leap_day_is_a_day(office: Workspace) -> None:
    with pytest.raises(Refused, match="đã qua"):
        expect(office, ONE_STOP.id, today=AFTER, approval="quý I/2026")
    assert expect(office, ONE_STOP.id, today=AFTER, approval="29/02/2028").approval == "29/02/2028"
    with pytest.raises(NotFound):
        expect(office, "khong-co", today=AFTER, approval="quý I/2027")


def test_drafts_say_who_reports_to_whom_by_when(office: Workspace) -> None:
    owner = annual_report(office, 2026, AFTER)
    assert owner.report.addressee.text == "Bộ Công an"
    assert (owner.deadline, owner.safe_day) == (date(2026, 12, 24), date(2026, 12, 24))
    unit = annual_report(office, 2026, AFTER, draft="unit")
    assert unit.report.addressee.text == COMMITTEE.name
    assert unit.report.letterhead.agency == SECURITY.name.upper()
    assert (unit.deadline, unit.safe_day) == (date(2026, 12, 19), date(2026, 12, 18))
    assert unit.rows == owner.rows


def test_an_operator_reports_each_owner_its_own_systems(office: Workspace) -> None:
    with pytest.raises(Refused, match=f"--operator {OFFICE.id} --owner {PROVINCE.id}"):
        annual_report(office, 2026, AFTER, draft="operator")
    made = annual_report(office, 2026, AFTER, draft="operator", owner_id=PROVINCE.id)
    assert [row.system_id for row in made.rows] == [OPERATED]
    assert made.report.addressee.text == PROVINCE.name
    assert made.report.owners[0].owner.name.text == PROVINCE.name
    assert made.scope.key == f"operator-{OFFICE.id}"


def test_while_the_window_runs_the_draft_says_until_when(office: Workspace) -> None:
    made = annual_report(office, 2026, date(2026, 11, 22))
    assert made.until == date(2026, 11, 22)
    assert "số liệu đến ngày 22/11/2026" in made.report.notes[0]
    assert "window-over" in {one.rule for one in made.violations}
    assert numbers(made)["drafted"] == 2  # the dossier sent in December is not counted yet
    assert numbers(made)["checked"] == 0


def test_years_that_cannot_be_reported_are_told_in_a_sentence(office: Workspace) -> None:
    with pytest.raises(NotFound, match="Kỳ báo cáo năm 2025 áp dụng"):
        annual_report(office, 2025, AFTER)
    with pytest.raises(Refused, match=r"15/12/2027.*--year 2027"):
        annual_report(office, 2028, AFTER)
    with pytest.raises(Refused, match="Không có kỳ báo cáo"):
        annual_report(office, 0, AFTER)
    with pytest.raises(NotFound, match="Có phải"):
        annual_report(office, 2026, AFTER, owner_id="ubnd-xaa")
    with pytest.raises(NotFound, match="không là chủ quản"):
        annual_report(office, 2026, AFTER, owner_id=OFFICE.id)


def test_an_empty_workspace_and_a_commune_without_systems_of_its_own(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "moi") as empty, pytest.raises(Refused, match="Chưa kê hệ thống nào"):
        annual_report(empty, 2026, AFTER)
    with create_workspace(tmp_path / "cap-tren") as workspace:
        put_system(workspace, OTHERS)
        with pytest.raises(Refused, match="--draft operator"):
            annual_report(workspace, 2026, AFTER)


def test_a_decision_dated_after_the_window_waits_for_the_next_report(office: Workspace) -> None:
    late = RULES.model_copy(update={"issued_on": date(2026, 12, 16)})
    put_system(office, APPROVED.model_copy(update={"regulation": late}))
    made = annual_report(office, 2026, AFTER)
    assert next(row for row in made.rows if row.system_id == STAFF.id).regulation is None
    assert broken(made, STAFF.name) >= {"after-window", "column-8"}


def test_the_year_2026_carries_the_open_points_of_the_first_window(office: Workspace) -> None:
    said = " ".join(annual_report(office, 2026, AFTER).remarks)
    assert all(code in said for code in ("W32", "W40", "W41"))
    later = annual_report(office, 2027, date(2027, 12, 20))
    assert "W40" not in " ".join(later.remarks)
    assert not any("có hiệu lực" in note for note in later.report.notes)


def test_figures_lead_to_the_records_behind_them(office: Workspace) -> None:
    made = annual_report(office, 2026, AFTER)
    approved = explain(made.figures, "approved")
    assert {(one.kind, one.id) for one in approved.behind} == {("step", f"{STAFF.id}/0003"), ("system", NOTICES.id)}
    checked = explain(made.figures, "checked")
    assert [(one.kind, one.id) for one in checked.behind] == [("assessment", f"{STAFF.id}/2026-1")]
    with pytest.raises(NotFound, match="Có phải “approved”"):
        explain(made.figures, "aproved")


def test_a_system_nobody_checked_has_nothing_deployed(office: Workspace) -> None:
    row = next(one for one in annual_report(office, 2026, AFTER).rows if one.system_id == STAFF.id)
    assert row.deployment is Deployment.NONE
    assert row.without_deadline > 100


def test_without_an_operator_in_the_records_the_column_is_a_marked_blank(tmp_path: Path) -> None:
    with new_office(tmp_path / "x") as workspace:
        put_system(workspace, NOTICES.model_copy(update={"operator_id": None}))
        made = annual_report(workspace, 2026, AFTER)
    assert "column-4" in broken(made, NOTICES.name)
    assert made.report.systems[0].operator.blank


def test_requirements_read_for_all_systems_at_once_stand_as_read_one_by_one(office: Workspace) -> None:
    regime = regime_on(TODAY, load_regimes())
    one = lists_of(regime, 2, ANSWERED)["basic"].requirements[0]
    met = Answer(
        system_id=STAFF.id,
        requirement_id=one.id,
        checklist_id=lists_of(regime, 2, ANSWERED)["basic"].id,
        result=Result.COMPLIANT,
    )
    put_answers(office, met)
    topic = lists_of(regime, 2, ANSWERED)["basic"].groups[0].topic
    rely(office, LAST_DAYS.id, STAFF.id, [topic], regime=regime)
    levels = {STAFF.id: 2, LAST_DAYS.id: 2, NOTICES.id: 2}
    together = stands_of_all(office, levels, regime)
    assert together == {id_: stands_of(office, id_, regime, level) for id_, level in levels.items()}
    assert [stand.result for stand in together[LAST_DAYS.id] if stand.requirement.id == one.id] == [Result.COMPLIANT]


def test_several_owners_are_reported_one_after_the_other_or_each_alone(office: Workspace) -> None:
    party = COMMITTEE.model_copy(update={"id": "dang-uy", "name": "Đảng ủy xã Suối Mẫu", "kind": UnitKind.PARTY})
    put(office, "unit", [(party.id, party)])
    put_system(office, NOTICES.model_copy(update={"id": "dang", "name": "Trang Đảng ủy", "owner_id": party.id}))
    together = annual_report(office, 2026, AFTER)
    assert [part.owner.name.text for part in together.report.owners] == [COMMITTEE.name, party.name]
    assert together.scope.owner_id == COMMITTEE.id
    assert any("--owner" in remark for remark in together.remarks)
    alone = annual_report(office, 2026, AFTER, owner_id=party.id)
    assert [row.system_id for row in alone.rows] == ["dang"]
    assert alone.report.letterhead.agency == party.agency_lines[1]
    assert any(one.counts.startswith("thuộc chủ quản khác") for one in alone.left_out)
