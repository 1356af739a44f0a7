"""Who holds which role from when to when, and which role nobody holds."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.workspace import Workspace, open_workspace
from compliance.domain.assignment import Assignment, DutyRole
from compliance.domain.assignment_rules import all_overlaps
from compliance.errors import BadData, NotFound, Refused
from compliance.services import assignments
from compliance.services.assignment_lacks import lacks
from compliance.services.assignments import Assigning, assign
from tests.assignments.conftest import assigned
from tests.documents.office import NOTICES, OFFICE, STAFF, TODAY

LEAD, DEPUTY = "Chủ trì ứng phó sự cố", "Thay thế người chủ trì"
ALL_NEEDED = {"security-officer", "incident-lead", "incident-deputy"}


def missing(workspace: Workspace, day: date = TODAY) -> set[str]:
    return {one.id for one in lacks(workspace, day)}


def test_an_office_that_assigned_nobody_is_told_what_it_lacks_by_which_clause(office: Workspace) -> None:
    found = {one.id: one for one in lacks(office, TODAY)}
    assert set(found) == ALL_NEEDED
    assert "điểm b khoản 1 Điều 31" in found["security-officer"].text
    assert found["security-officer"].uncertain
    assert found["incident-lead"].systems == ()
    assert any(citation.endswith("mục 4.15.2.1 a") for citation in found["incident-lead"].citations)
    assert "một người" in found["incident-lead"].statement


def test_a_lead_a_deputy_and_an_officer_are_enough(office: Workspace) -> None:
    assigned(office, DutyRole.SECURITY_OFFICER, "Công chức Văn hóa - Xã hội")
    assert missing(office) == {"incident-lead", "incident-deputy"}
    assigned(office, DutyRole.RESPONSE_TEAM, task=LEAD)
    assert missing(office) == {"incident-deputy"}
    assigned(office, DutyRole.RESPONSE_TEAM, "Công chức Văn phòng", task=DEPUTY)
    assert missing(office) == set()


def test_the_deputy_is_somebody_else_than_the_lead(office: Workspace) -> None:
    assigned(office, DutyRole.RESPONSE_TEAM, task=LEAD)
    assigned(office, DutyRole.RESPONSE_TEAM, task=DEPUTY)
    assert "incident-deputy" in missing(office)


def test_a_deputy_head_of_the_team_leads_nothing(office: Workspace) -> None:
    assigned(office, DutyRole.RESPONSE_TEAM, task="Phó tổ trưởng tổ ứng cứu")
    assert {"incident-lead", "incident-deputy"} & missing(office) == {"incident-lead"}


def test_a_role_held_for_one_system_leaves_the_others_open(office: Workspace) -> None:
    assigned(office, DutyRole.SECURITY_OFFICER, systems=(STAFF.id,))
    lack = next(one for one in lacks(office, TODAY) if one.id == "security-officer")
    assert NOTICES.name in lack.systems
    assert STAFF.name not in lack.systems
    assert NOTICES.name in lack.text


def test_the_last_day_counts_and_the_day_after_does_not(office: Workspace) -> None:
    one = assigned(office, DutyRole.SECURITY_OFFICER, until="22/11/2026")
    assert "security-officer" not in missing(office, TODAY)
    assert "security-officer" in missing(office, TODAY + timedelta(days=1))
    assert [row.assignment.id for row in assignments.listed(office, TODAY)] == [one.id]
    assert assignments.listed(office, TODAY + timedelta(days=1)) == ()
    assert len(assignments.listed(office, TODAY + timedelta(days=1), every=True)) == 1


def test_the_regime_before_asks_for_no_roles(office: Workspace) -> None:
    assert lacks(office, date(2026, 1, 5)) == ()


def test_every_fault_is_told_at_once_and_nothing_is_saved(office: Workspace) -> None:
    said = Assigning(
        DutyRole.LEADS,
        "van-phon",
        since="31/02/2026",
        until="hôm nào đó",
        system_ids=("ho-so-canbo",),
        paper_issuer="xã",
    )
    with pytest.raises(BadData) as refused:
        assign(office, said)
    told = [str(fault) for fault in refused.value.faults]
    assert len(told) == 5
    assert any("Có phải “van-phong”?" in one for one in told)
    assert any("Có phải “ho-so-can-bo”?" in one for one in told)
    assert any("31/02/2026" in one for one in told)
    assert assignments.assignments(office) == ()


def test_days_out_of_order_are_told_together(office: Workspace) -> None:
    said = Assigning(
        DutyRole.LEADS,
        OFFICE.id,
        since="05/03/2026",
        until="01/03/2026",
        paper="Quyết định số 5/QĐ-UBND ngày 09/03/2026",
    )
    with pytest.raises(BadData) as refused:
        assign(office, said)
    assert ["01/03/2026" in str(refused.value.faults[0]), "09/03/2026" in str(refused.value.faults[1])] == [True, True]


def test_a_decision_is_read_with_its_number_day_and_issuer(office: Workspace) -> None:
    said = Assigning(DutyRole.LEADS, OFFICE.id, "01/10/2026", paper="Quyết định số 12/QĐ-UBND", paper_date="28/09/2026")
    paper = assign(office, said).assignment.paper
    assert paper is not None
    assert paper.text == "Quyết định số 12/QĐ-UBND ngày 28/09/2026"


def test_the_same_role_twice_is_warned_of(office: Workspace) -> None:
    first = assigned(office, DutyRole.SECURITY_OFFICER, "Công chức A")
    said = Assigning(DutyRole.SECURITY_OFFICER, OFFICE.id, "01/11/2026", position="Công chức B")
    (warning,) = assign(office, said).warnings
    assert first.id in warning
    assert f"compliance assignments end {first.id}" in warning
    assert len(assignments.overlapping(office, TODAY)) == 1
    assignments.end(office, first.id, on="31/10/2026")
    assert assignments.overlapping(office, TODAY) == ()


def test_many_may_sit_in_the_response_team(office: Workspace) -> None:
    assigned(office, DutyRole.RESPONSE_TEAM, "Công chức A", task=LEAD)
    said = Assigning(DutyRole.RESPONSE_TEAM, OFFICE.id, "01/10/2026", position="Công chức B", task=LEAD)
    assert assign(office, said).warnings == ()


def test_leading_other_tasks_is_no_overlap(office: Workspace) -> None:
    assigned(office, DutyRole.LEADS, "A", task="Lập hồ sơ")
    said = Assigning(DutyRole.LEADS, OFFICE.id, "01/10/2026", position="B", task="Tập huấn")
    assert assign(office, said).warnings == ()


def test_a_role_ends_once_and_never_before_it_began(office: Workspace) -> None:
    one = assigned(office, DutyRole.LEADS)
    with pytest.raises(BadData, match="1 lỗi"):
        assignments.end(office, one.id, on="30/09/2026")
    ended = assignments.end(office, one.id, on="20/11/2026", paper="40/QĐ-UBND")
    assert ended.until == date(2026, 11, 20)
    assert ended.ended_by is not None
    with pytest.raises(Refused, match="withdraw pc-2026-001"):
        assignments.end(office, one.id, on="21/11/2026")
    with pytest.raises(NotFound, match="Có phải “pc-2026-001”"):
        assignments.end(office, "pc-2026-01", on="21/11/2026")


def test_what_was_recorded_in_error_is_taken_back_with_a_reason(office: Workspace) -> None:
    one = assigned(office, DutyRole.SECURITY_OFFICER)
    with pytest.raises(Refused, match="lý do"):
        assignments.withdraw(office, one.id, reason=" ")
    assignments.withdraw(office, one.id, reason="Ghi nhầm")
    assert "security-officer" in missing(office)
    with pytest.raises(Refused, match="đã rút trước đó: Ghi nhầm"):
        assignments.withdraw(office, one.id, reason="lần nữa")
    with pytest.raises(Refused, match="đã rút"):
        assignments.end(office, one.id, on="20/11/2026")
    with pytest.raises(NotFound, match="tb-"):
        assignments.withdraw(office, "zz-1", reason="thử")


def test_another_role_says_what_it_is(office: Workspace) -> None:
    with pytest.raises(BadData) as refused:
        assign(office, Assigning(DutyRole.OTHER, OFFICE.id, "01/10/2026"))
    assert "--task" in str(refused.value.faults[0])


def test_numbers_run_within_the_year_of_the_beginning(office: Workspace) -> None:
    made = [assigned(office, DutyRole.SUPPORTS, since=day) for day in ("31/12/2026", "01/01/2027", "05/06/2026")]
    assert [one.id for one in made] == ["pc-2026-001", "pc-2027-001", "pc-2026-002"]


def test_two_who_record_at_once_get_different_numbers(office: Workspace, tmp_path: Path) -> None:
    made: list[str] = []

    def record(name: str) -> None:
        with open_workspace(tmp_path / "ho-so") as mine:
            made.append(assigned(mine, DutyRole.SUPPORTS, name).id)

    both = [threading.Thread(target=record, args=(f"Công chức {name}",)) for name in "ABCD"]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(made) == ["pc-2026-001", "pc-2026-002", "pc-2026-003", "pc-2026-004"]


DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31))


@given(DAYS, st.integers(0, 500), DAYS, st.integers(0, 500))
def test_two_in_charge_overlap_just_when_they_share_a_day(a: date, long: int, b: date, other: int) -> None:
    spans = [(a, a + timedelta(days=long)), (b, b + timedelta(days=other))]
    held = [
        Assignment(
            id=f"pc-2026-00{at}", role=DutyRole.LEADS, unit_id="van-phong", position=str(at), since=first, until=last
        )
        for at, (first, last) in enumerate(spans, start=1)
    ]
    shared = any(one.holds(day) for one in held[:1] for day in (b, b + timedelta(days=other), a) if held[1].holds(day))
    assert bool(all_overlaps(held)) is shared


def test_the_decision_that_ended_a_role_stays_when_the_day_is_moved_forward(office: Workspace) -> None:
    one = assigned(office, DutyRole.SECURITY_OFFICER)
    assignments.end(office, one.id, on="31/12/2026", paper="Quyết định số 40/QĐ-UBND ngày 25/12/2026")
    earlier = assignments.end(office, one.id, on="30/12/2026")
    assert earlier.until == date(2026, 12, 30)
    assert earlier.ended_by is not None
    assert "40/QĐ-UBND" in earlier.ended_by.text
