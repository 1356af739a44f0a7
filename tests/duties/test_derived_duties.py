"""Duties that other records bring: each appears with its day and its ground, and goes once it is settled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from compliance.adapters.store import Store
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import AssessmentKind, Result
from compliance.domain.assignment import Contract, Custody, CustodyKind
from compliance.domain.blank import Absence, AbsenceKind
from compliance.domain.duty import DUTY_ID, Done, DutyRow, DutyStatus, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.evidence import Evidence
from compliance.domain.paper import Paper
from compliance.domain.road import Taken
from compliance.domain.system import EarlierApproval, Ownership, Status, System
from compliance.services import answering, evidence, remedies
from compliance.services.derived_duties import derived_rows
from compliance.services.duty_setting import setting
from compliance.services.starting import Starting, start
from tests.documents.office import NOTICES, ONE_STOP, STAFF, TODAY, USED, new_office, put, put_system

SHORT, PARTLY, MET = "4.1-a", "4.1-b", "4.2.1-a"


def after(days: int) -> date:
    return TODAY + timedelta(days)


@dataclass(frozen=True)
class Office:
    """A workspace and what one asks it."""

    workspace: Workspace

    def rows(self, source: Source | None = None, *, today: date = TODAY) -> list[DutyRow]:
        found = derived_rows(self.workspace, setting(self.workspace, today))
        return [row for row in found if source in {None, row.source}]

    def row(self, row_id: str, *, today: date = TODAY) -> DutyRow:
        (found,) = [row for row in self.rows(today=today) if row.id == row_id]
        return found

    def ids(self, source: Source, *, today: date = TODAY) -> set[str]:
        return {row.id for row in self.rows(source, today=today)}

    def seen(self, *serves: tuple[str, str], until: date | None, title: str = "Chứng thư máy chủ") -> Evidence:
        about = evidence.Describing(title=title, valid_until=until)
        return evidence.add_observation(self.workspace, "Đã xem", about, serves=serves, today=TODAY)

    def short(self, system_id: str = STAFF.id, due: date | None = None) -> None:
        check = start(self.workspace, system_id, Starting(AssessmentKind.SELF, assessor="Công an xã"), today=TODAY)
        said = answering.Said(SHORT, Result.NON_COMPLIANT, "Chưa có quyết định phân công")
        answering.answer(self.workspace, check.assessment.id, said, today=TODAY)
        planning = remedies.Planning(measure="Ban hành quyết định phân công", unit_id="van-phong", due=due)
        remedies.plan(self.workspace, [f"{system_id}/{SHORT}"], planning, today=TODAY)

    def walk(self, system_id: str, *steps: str, first: date, level: int = 2) -> None:
        taken = [
            Taken(number=at, step=one, on=first + timedelta(at - 1), level=level) for at, one in enumerate(steps, 1)
        ]
        put(self.workspace, "step", [(f"{system_id}/{one.number:04d}", one) for one in taken])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with new_office(tmp_path / "ho-so") as workspace:
        yield Office(workspace)


def approved_before(**fields: object) -> System:
    paper = Paper(number="12/QĐ-UBND", issued_on=date(2025, 4, 15))
    return STAFF.model_copy(update={"earlier_approval": EarlierApproval(level=2, paper=paper), **fields})


KEPT = f"{STAFF.id}/chuyen-tiep/measures-of-kept-level"


def test_a_kept_level_has_until_the_30th_of_june_2027_and_the_other_reading_is_told(office: Office) -> None:
    put_system(office.workspace, approved_before())
    row = office.row(KEPT)
    assert (row.due, row.days, row.status) == (date(2027, 6, 30), 220, DutyStatus.UPCOMING)
    assert (row.kind, row.citation) == (DutyKind.LAW, "khoản 1 Điều 45 Luật An ninh mạng số 116/2025/QH15")
    assert "01/07/2027" in row.note
    assert "không nói ngày đầu có tính hay không" in row.uncertain
    assert (row.system_id, row.level, row.unit_name) == (STAFF.id, 2, "Ủy ban nhân dân xã Suối Mẫu")
    assert office.row(KEPT, today=date(2027, 7, 1)).status is DutyStatus.OVERDUE


def test_a_project_under_way_has_both_limits_and_loses_the_first_once_approved(office: Office) -> None:
    never = {"earlier_approval": Absence(kind=AbsenceKind.NONE, reason="chưa từng phê duyệt")}
    project = {"status": Status.INVESTING, "investment_started_on": date(2026, 3, 1), "started_on": None}
    put_system(office.workspace, STAFF.model_copy(update={**project, "absences": never}))
    approval, measures = (
        f"{STAFF.id}/chuyen-tiep/approval-under-old-decree",
        f"{STAFF.id}/chuyen-tiep/measures-of-project",
    )
    assert office.row(approval).due == date(2026, 12, 31)
    assert office.row(measures).due == date(2027, 6, 30)
    paper = Paper(number="9/QĐ-UBND", issued_on=date(2026, 10, 1))
    basis = "Nghị định số 85/2016/NĐ-CP"
    earlier = EarlierApproval(level=2, paper=paper, legal_basis=basis)
    put_system(office.workspace, STAFF.model_copy(update={**project, "earlier_approval": earlier}))
    assert approval not in office.ids(Source.TRANSITION)
    assert measures in office.ids(Source.TRANSITION)


@pytest.mark.parametrize(
    "change",
    [{"ownership": Ownership.USED}, {"status": Status.DECOMMISSIONED, "ended_on": TODAY}],
    ids=["used", "ended"],
)
def test_a_system_merely_used_or_ended_has_no_legal_limits(office: Office, change: dict[str, object]) -> None:
    put_system(office.workspace, approved_before(**change))
    office.walk(STAFF.id, "check", "send", first=date(2026, 11, 19))
    office.seen((STAFF.id, MET), until=after(10))
    assert not [row for row in office.rows() if row.system_id == STAFF.id]


def test_a_deadline_of_the_transition_recorded_as_done_is_gone_and_comes_back_when_undone(office: Office) -> None:
    put_system(office.workspace, approved_before())
    done = Done(duty_id=KEPT, due=date(2027, 6, 30), on=TODAY, what="Đáp ứng", citation="khoản 1 Điều 45")
    put(office.workspace, "duty", [(done.id, done)])
    assert KEPT not in office.ids(Source.TRANSITION)
    put(office.workspace, "duty", [(done.id, done.model_copy(update={"undone": "ghi nhầm"}))])
    assert KEPT in office.ids(Source.TRANSITION)


def test_a_dossier_that_was_sent_waits_for_the_appraiser_by_the_legal_limit(office: Office) -> None:
    office.walk(STAFF.id, "check", "send", first=date(2026, 11, 19))
    rows = {row.id: row for row in office.rows(Source.ROAD)}
    approve = rows[f"{STAFF.id}/ho-so/approve"]
    assert approve.due == date(2026, 12, 2)  # seven working days from 20/11; 24/11 is a holiday
    assert approve.safe_day == approve.due
    assert approve.kind is DutyKind.LAW
    assert "Nghị định số 331/2026/NĐ-CP" in approve.citation
    assert approve.settle == f"compliance dossiers record {STAFF.id} approve"
    assert (approve.unit_id, approve.unit_name) == ("bo-phan-anm", "Bộ phận chuyên trách về an ninh mạng xã Suối Mẫu")
    assert "20/11/2026" in approve.note
    assert not any(id_.endswith(("/return", "/refuse")) for id_ in rows)


def test_a_dossier_that_was_approved_has_no_limit_left(office: Office) -> None:
    office.walk(STAFF.id, "check", "send", "receive", "approve", first=date(2026, 11, 17))
    assert not [id_ for id_ in office.ids(Source.ROAD) if id_.endswith("/approve")]


def test_evidence_that_ends_is_one_row_that_names_what_it_serves(office: Office) -> None:
    piece = office.seen((STAFF.id, MET), (NOTICES.id, "3.1-a"), until=after(20))
    (row,) = office.rows(Source.EVIDENCE)
    assert (row.id, row.due, row.days, row.status) == (f"minh-chung/{piece.id}", after(20), 20, DutyStatus.DUE_SOON)
    assert (row.kind, row.settle) == (
        DutyKind.OWN,
        f"compliance evidence add TỆP --for {NOTICES.id}/3.1-a --valid-until NGÀY",
    )
    assert "2 yêu cầu" in row.note
    assert STAFF.name in row.note
    assert NOTICES.name in row.note
    assert piece.id in row.citation


def test_a_newer_piece_for_the_same_requirement_takes_the_old_ones_place(office: Office) -> None:
    office.seen((STAFF.id, MET), until=after(5))
    newer = office.seen((STAFF.id, MET), until=after(370))
    assert office.ids(Source.EVIDENCE) == {f"minh-chung/{newer.id}"}
    office.seen((STAFF.id, MET), until=None)
    assert office.ids(Source.EVIDENCE) == set()


def test_evidence_withdrawn_or_serving_nothing_is_no_duty(office: Office) -> None:
    loose, gone = office.seen(until=after(5)), office.seen((STAFF.id, MET), until=after(5))
    assert office.ids(Source.EVIDENCE) == {f"minh-chung/{gone.id}"}
    evidence.withdraw(office.workspace, gone.id, reason="ghi nhầm")
    assert loose.valid_until == after(5)
    assert office.ids(Source.EVIDENCE) == set()


def test_remediation_is_due_on_the_day_the_office_set_until_reported_as_done(office: Office) -> None:
    office.short(due=after(4))
    row = office.row(f"{STAFF.id}/ton-tai/{SHORT}", today=after(7))
    assert (row.due, row.days, row.status, row.kind) == (after(4), -3, DutyStatus.OVERDUE, DutyKind.OWN)
    assert office.row(row.id, today=after(4)).status is DutyStatus.NOW
    assert row.what == "Khắc phục tồn tại: Ban hành quyết định phân công"
    assert (row.unit_id, row.settle) == ("van-phong", f"compliance findings done {STAFF.id}/{SHORT}")
    assert "kế hoạch khắc phục" in row.citation
    assert "mục 4.1 a" in row.citation
    remedies.done(office.workspace, [f"{STAFF.id}/{SHORT}"], work="Đã ban hành", by="Văn phòng", on=TODAY, today=TODAY)
    assert office.ids(Source.FINDING) == set()


def test_remediation_without_a_day_is_no_duty_and_that_of_an_ended_system_stays(office: Office) -> None:
    office.short(due=None)
    assert office.ids(Source.FINDING) == set()
    planning = remedies.Planning(due=after(9))
    remedies.plan(office.workspace, [f"{STAFF.id}/{SHORT}"], planning, today=TODAY)
    put_system(office.workspace, STAFF.model_copy(update={"status": Status.DECOMMISSIONED, "ended_on": TODAY}))
    assert office.ids(Source.FINDING) == {f"{STAFF.id}/ton-tai/{SHORT}"}


TOKEN = Custody(
    id="tb-2026-001",
    kind=CustodyKind.TOKEN,
    label="Token của Chủ tịch UBND xã",
    serial="VD-7788",
    unit_id="ubnd-xa",
    position="Chủ tịch UBND xã",
    issued_on=date(2024, 12, 1),
    valid_until=date(2026, 12, 1),
    system_ids=(USED.id,),
)
RENT = Contract(
    id="hd-2026-001",
    supplier="Công ty Phần mềm Ví Dụ",
    what="bảo trì phần mềm",
    number="05/HĐ-2026",
    system_ids=(STAFF.id, NOTICES.id, ONE_STOP.id, USED.id),
    signed_on=date(2026, 1, 5),
    valid_until=date(2026, 12, 31),
    contact="(0200) 000 0009",
)


def test_a_token_is_renewed_or_taken_back_even_for_a_system_merely_used(office: Office) -> None:
    put(office.workspace, "custody", [(TOKEN.id, TOKEN)])
    (row,) = office.rows(Source.CUSTODY)
    assert (row.id, row.due, row.status) == ("giao/tb-2026-001", date(2026, 12, 1), DutyStatus.DUE_SOON)
    assert row.what == "Gia hạn hoặc thu hồi USB token chữ ký số: Token của Chủ tịch UBND xã"
    assert (row.unit_name, row.system_name) == ("Ủy ban nhân dân xã Suối Mẫu", USED.name)
    assert "assignments renew tb-2026-001" in row.settle
    assert "assignments return tb-2026-001" in row.settle
    for change in ({"returned_on": TODAY}, {"lost_on": TODAY}, {"withdrawn": "ghi nhầm"}, {"valid_until": None}):
        put(office.workspace, "custody", [(TOKEN.id, TOKEN.model_copy(update=change))])
        assert office.rows(Source.CUSTODY) == []


def test_a_contract_ends_on_its_last_day_and_names_the_first_systems(office: Office) -> None:
    put(office.workspace, "contract", [(RENT.id, RENT)])
    (row,) = office.rows(Source.CONTRACT)
    assert (row.id, row.due, row.unit_id) == ("hop-dong/hd-2026-001", date(2026, 12, 31), "ubnd-xa")
    assert row.citation == "thời hạn của hợp đồng số 05/HĐ-2026 ký ngày 05/01/2026"
    assert "và 1 hệ thống khác" in row.note
    assert "(0200) 000 0009" in row.note
    assert row.settle == "compliance assignments contract-end hd-2026-001 --on NGÀY"
    put(office.workspace, "contract", [(RENT.id, RENT.model_copy(update={"ended_on": TODAY}))])
    assert office.rows(Source.CONTRACT) == []


def test_a_contract_for_systems_nobody_recorded_still_has_its_day(office: Office) -> None:
    lone = RENT.model_copy(update={"system_ids": ("khong-co",), "unit_id": "van-phong"})
    put(office.workspace, "contract", [(lone.id, lone)])
    (row,) = office.rows(Source.CONTRACT)
    assert (row.system_id, row.unit_id) == ("", "van-phong")


def test_a_day_on_a_week_end_shows_the_working_day_before(office: Office) -> None:
    weekend = RENT.model_copy(update={"valid_until": date(2026, 12, 20)})
    put(office.workspace, "contract", [(weekend.id, weekend)])
    (row,) = office.rows(Source.CONTRACT)
    assert (row.due, row.safe_day, row.announced) == (date(2026, 12, 20), date(2026, 12, 18), True)


def test_a_day_in_far_years_is_kept_and_said_not_to_be_known(office: Office) -> None:
    """A contract for ever: a Saturday in 9999, for which nobody announced holidays."""
    far = RENT.model_copy(update={"valid_until": date(9999, 12, 25)})
    put(office.workspace, "contract", [(far.id, far)])
    (row,) = office.rows(Source.CONTRACT)
    assert (row.due, row.safe_day, row.announced) == (date(9999, 12, 25), date(9999, 12, 24), False)
    assert row.status is DutyStatus.UPCOMING


def everything(office: Office) -> None:
    put_system(office.workspace, approved_before())
    office.walk(NOTICES.id, "check", "send", first=date(2026, 11, 17), level=1)
    office.seen((STAFF.id, MET), until=after(20))
    office.short(due=after(4))
    put(office.workspace, "custody", [(TOKEN.id, TOKEN)])
    put(office.workspace, "contract", [(RENT.id, RENT)])


def test_every_source_is_there_and_every_row_can_be_named_cited_and_settled(office: Office) -> None:
    everything(office)
    rows = office.rows()
    brought = {Source.TRANSITION, Source.ROAD, Source.EVIDENCE, Source.FINDING, Source.CUSTODY, Source.CONTRACT}
    assert {row.source for row in rows} == brought
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert re.match(DUTY_ID, row.id), row.id
        assert row.due is not None
        assert row.safe_day is not None
        assert row.safe_day <= row.due
        assert row.citation
        assert row.settle.startswith("compliance ")
        assert row.unit_name


def test_an_empty_workspace_owes_nothing(office: Office, tmp_path: Path) -> None:
    from compliance.adapters.workspace import create_workspace  # noqa: PLC0415 - beside the office on purpose

    with create_workspace(tmp_path / "trong", by="Văn phòng") as workspace:
        assert list(derived_rows(workspace, setting(workspace, TODAY))) == []
    with pytest.raises(ValueError, match="another workspace"):
        derived_rows(workspace, setting(office.workspace, TODAY))


def test_many_systems_are_not_asked_one_by_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of readings does not grow with the number of systems."""

    def readings() -> int:
        asked: list[str] = []
        with monkeypatch.context() as patched:
            for name in ("head", "heads", "heads_of", "ids"):
                true = getattr(Store, name)

                def counted(self: Store, kind: str, *more: object, _true: object = true) -> object:
                    asked.append(kind)
                    return _true(self, kind, *more)  # type: ignore[operator]

                patched.setattr(Store, name, counted)
            office.rows()
        return len(asked)

    everything(office)
    few = readings()
    more = [approved_before(id=f"he-thong-{number:03d}", name=f"Hệ thống {number}") for number in range(60)]
    put(office.workspace, "system", [(one.id, one) for one in more])
    office.seen(*((one.id, MET) for one in more[:30]), until=after(30))
    for one in more[:20]:
        office.walk(one.id, "check", "send", first=date(2026, 11, 17))
    assert readings() == few
    assert len(office.rows(Source.TRANSITION)) > 60
