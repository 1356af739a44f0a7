"""What an incident brings about stands among the duties until somebody says it was done."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.domain.duty import DutyRow, DutyStatus, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.incident import NoticeKind
from compliance.domain.incident_rules import IncidentRules
from compliance.errors import BadData, NotFound, Refused
from compliance.services import duties
from compliance.services.incident_duties import incident_rows
from compliance.services.incident_followups import Following, record_followed, undo_followed
from tests.documents.office import NOTICES, STAFF
from tests.incidents.conftest import REPORT, RULED_OUT, Office, after

RISK, ASSESSOR, REVIEW = "danh-gia-rui-ro", "to-chuc-ben-ngoai", "rut-kinh-nghiem"
DAY = date(2026, 11, 22)


def rows(office: Office, rules: IncidentRules, today: date = DAY) -> dict[str, DutyRow]:
    return {row.id: row for row in incident_rows(office.workspace, today, rules)}


def test_an_ordinary_incident_owes_its_report_and_no_more(office: Office, rules: IncidentRules) -> None:
    one = office.record(**RULED_OUT)
    [row] = rows(office, rules).values()
    assert row.id == f"{STAFF.id}/su-co/{one.id}/{REPORT}"
    assert (row.due, row.status, row.source) == (date(2026, 11, 25), DutyStatus.UPCOMING, Source.INCIDENT)
    assert row.settle == f"compliance incidents sent {one.id} --kind report"
    assert "08 giờ 15 phút ngày 25/11/2026" in row.note
    assert rows(office, rules, date(2026, 11, 26))[row.id].status is DutyStatus.OVERDUE
    office.send(one, NoticeKind.REPORT, after(1))
    assert rows(office, rules) == {}
    assert rows(office, rules, date(2026, 11, 21)) == {}


def test_a_serious_one_asks_for_risk_assessment_and_an_outside_assessor_per_system(
    office: Office, rules: IncidentRules
) -> None:
    one = office.record(**RULED_OUT | {"serious": True}, system_ids=(STAFF.id, NOTICES.id))
    found = rows(office, rules, date(2026, 12, 1))
    for system in (STAFF, NOTICES):
        for after_id in (RISK, ASSESSOR, REVIEW):
            row = found[f"{system.id}/su-co/{one.id}/{after_id}"]
            assert (row.status, row.due, row.system_id, row.owner_id) == (DutyStatus.NOW, None, system.id, "ubnd-xa")
            assert row.days is None, "the law sets no day, so it is to be done at once and never overdue"
    assert "điểm d khoản 2 Điều 10" in found[f"{STAFF.id}/su-co/{one.id}/{RISK}"].citation
    assert found[f"{STAFF.id}/su-co/{one.id}/{REVIEW}"].kind is DutyKind.RECOMMENDATION
    assert f"risk-report {NOTICES.id}" in found[f"{NOTICES.id}/su-co/{one.id}/{RISK}"].note


def test_while_nobody_judged_nothing_is_brought_about(office: Office, rules: IncidentRules) -> None:
    office.record()
    assert [row.rsplit("/", 1)[1] for row in rows(office, rules)] == [REPORT]


def test_done_for_one_system_stands_for_the_other_until_undone(office: Office, rules: IncidentRules) -> None:
    one = office.record(**RULED_OUT | {"serious": True}, system_ids=(STAFF.id, NOTICES.id))
    said = Following(on=DAY, system_ids=(STAFF.id,))
    [done] = record_followed(office.workspace, one.id, RISK, said, today=DAY)
    assert done.id == f"{STAFF.id}/su-co/{one.id}/{RISK}/2026-11-22"
    left = {row for row in rows(office, rules) if row.endswith(RISK)}
    assert left == {f"{NOTICES.id}/su-co/{one.id}/{RISK}"}
    assert len(record_followed(office.workspace, one.id, RISK, Following(), today=DAY)) == 1
    with pytest.raises(Refused, match="đã ghi là đã làm"):
        record_followed(office.workspace, one.id, RISK, Following(), today=DAY)
    assert undo_followed(office.workspace, one.id, RISK, reason="Ghi nhầm", today=DAY) == 2
    assert sum(row.endswith(RISK) for row in rows(office, rules)) == 2


def test_what_does_not_fit_is_told_at_once(office: Office) -> None:
    one = office.record(**RULED_OUT | {"serious": True})
    said = Following(on=date(2026, 11, 20), system_ids=(NOTICES.id,), evidence_ids=("mc-2026-0007",))
    with pytest.raises(BadData) as error:
        record_followed(office.workspace, one.id, RISK, said, today=DAY)
    assert len(error.value.faults) == 3
    with pytest.raises(NotFound, match="Gần nhất là “danh-gia-rui-ro”"):
        record_followed(office.workspace, one.id, "danh-gia-rui-do", Following(), today=DAY)


def test_an_incident_without_a_system_falls_on_the_unit_that_leads(office: Office, rules: IncidentRules) -> None:
    one = office.record(**RULED_OUT | {"serious": True}, system_ids=(), lead_unit_id="van-phong")
    found = rows(office, rules)
    assert {row.unit_id for row in found.values()} == {"van-phong"}
    assert not any("risk-report" in row.note for row in found.values()), "the command needs a system"
    assert all(id_.startswith(f"van-phong/su-co/{one.id}/") for id_ in found)


def test_what_follows_an_incident_is_never_late(office: Office, rules: IncidentRules) -> None:
    one = office.record(**RULED_OUT | {"serious": True})
    later = date(2026, 12, 20)
    [done] = record_followed(office.workspace, one.id, RISK, Following(), today=later)
    assert (done.due, done.on, done.late) == (later, later, 0)
    [past] = duties.past(office.workspace, done.duty_id, later)
    assert past.as_json()["late"] == 0
    lists = duties.duty_rows(office.workspace, later, overdue=True)
    assert not [row.id for row in lists if row.id.endswith((ASSESSOR, REVIEW))]


def test_either_command_records_what_follows_an_incident(office: Office, rules: IncidentRules) -> None:
    one = office.record(**RULED_OUT | {"serious": True}, system_ids=(STAFF.id, NOTICES.id))
    duty_id, later = f"{NOTICES.id}/su-co/{one.id}/{RISK}", date(2026, 11, 24)
    done = duties.record_done(office.workspace, duty_id, today=later, by="Văn phòng", note="Đã họp")
    assert (done.id, done.by, done.note, done.late) == (f"{duty_id}/2026-11-24", "Văn phòng", "Đã họp", 0)
    assert {row for row in rows(office, rules) if row.endswith(RISK)} == {f"{STAFF.id}/su-co/{one.id}/{RISK}"}
    with pytest.raises(Refused, match="đã được ghi nhận làm ngày 24/11/2026"):
        duties.record_done(office.workspace, duty_id, today=later)
    other = f"{STAFF.id}/su-co/{one.id}/{RISK}"
    with pytest.raises(Refused, match="trước ngày phát hiện sự cố"):
        duties.record_done(office.workspace, other, today=later, on=date(2026, 11, 20))
    duties.undo(office.workspace, duty_id, later, reason="Ghi nhầm")
    assert duty_id in rows(office, rules)
