"""Recording incidents and what was sent about them: everything wrong is told at once, nothing is lost."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from compliance.adapters.workspace import create_workspace
from compliance.domain.incident import ContactRole, NoticeKind
from compliance.domain.incident_clocks import ClockState
from compliance.domain.moment import VIETNAM
from compliance.domain.procedure import Procedure
from compliance.domain.road import Taken
from compliance.domain.system import Status
from compliance.errors import BadData, NotFound, Refused
from compliance.services import evidence
from compliance.services.incident_contacts import (
    Reaching,
    add_contact,
    change_contact,
    contacts,
    remove_contact,
    stale,
    tried,
)
from compliance.services.incident_notices import Sending, prove, record_notice, undo_notice
from compliance.services.incident_records import incident, incident_status, incidents, notices_of
from compliance.services.incident_reminders import reminders
from compliance.services.incidents import Telling, change, close, record_incident, remarks, reopen
from tests.documents.office import STAFF, put, put_system
from tests.incidents.conftest import AT_ONCE, FIRST, POLICE, REPORT, RULED_OUT, T0, TITLE, Office, after


def told(error: pytest.ExceptionInfo[BadData]) -> str:
    return "\n".join(str(fault) for fault in error.value.faults)


def test_ids_count_within_the_year_of_detection(office: Office) -> None:
    assert office.record().id == "sc-2026-001"
    assert office.record(at=after(1), title="Khác").id == "sc-2026-002"
    new_year = datetime(2026, 12, 31, 17, 30, tzinfo=VIETNAM).replace(hour=23, minute=59)
    assert office.record(at=new_year, title="Giao thừa").id == "sc-2026-003"
    in_greenwich = datetime.fromisoformat("2026-12-31T17:30:00+00:00")  # half past midnight in Việt Nam
    assert office.record(at=in_greenwich, title="Năm mới").id == "sc-2027-001"


def test_every_fault_is_told_at_once_and_nothing_is_saved(office: Office) -> None:
    with pytest.raises(BadData) as error:
        office.record(
            at=after(1), now=T0, title=" ", system_ids=("khong-co", "ho-so-can-b"), lead_unit_id="xa-khac", texts={}
        )
    said = told(error)
    for wrong in ("chưa nêu sự cố gì", "ở tương lai", "Không có hệ thống “khong-co”", "Có phải “ho-so-can-bo”?"):
        assert wrong in said
    assert "Không có đơn vị “xa-khac”" in said
    assert incidents(office.workspace) == ()


def test_an_incident_that_happened_after_it_was_detected_is_refused(office: Office) -> None:
    with pytest.raises(BadData) as error:
        record_incident(office.workspace, Telling(title="A", detected_at=T0, happened_at=after(1)), now=after(2))
    assert "thời điểm bắt đầu xảy ra không thể sau thời điểm phát hiện" in told(error)


def test_a_moment_typed_in_two_ways_is_told_with_the_rest(office: Office) -> None:
    with pytest.raises(BadData) as error:
        record_incident(office.workspace, Telling(title="", detected_at="8h15 tối 22/11/2026"), now=T0)
    assert "có thể hiểu hai cách" in told(error)
    assert "chưa nêu sự cố gì" in told(error)


def test_one_entered_late_says_why_and_its_clocks_still_run_from_detection(office: Office) -> None:
    with pytest.raises(BadData) as error:
        office.record(now=after(25))
    assert "ghi muộn: đã 25 giờ từ lúc phát hiện" in told(error)
    late = office.record(now=after(25), texts={"recorded_late": "Mất điện"}, serious=True)
    assert late.recorded_late == "Mất điện"
    assert office.clock(late, FIRST, after(25)).left == after(24) - after(25)


def test_the_same_incident_is_not_recorded_twice(office: Office) -> None:
    office.record()
    with pytest.raises(Refused, match="đã ghi với mã sc-2026-001"):
        office.record()


def test_a_retired_system_is_noted_not_refused(office: Office) -> None:
    put_system(
        office.workspace, STAFF.model_copy(update={"status": Status.DECOMMISSIONED, "ended_on": date(2026, 6, 1)})
    )
    one = office.record()
    assert "đã ngừng sử dụng từ ngày 01/06/2026" in remarks(office.workspace, one)[0]


def test_importance_is_read_from_the_systems_records_and_said_to_be(office: Office, procedure: Procedure) -> None:
    one = office.record(dangerous=True)
    status = incident_status(office.workspace, one.id, after(1))
    assert one.important is None
    assert "important" not in status.filled
    step = Taken(number=1, step=procedure.listed_step, on=date(2026, 10, 1), level=3)
    put(office.workspace, "step", [(f"{STAFF.id}/{step.number:04d}", step)])
    status = incident_status(office.workspace, one.id, after(1))
    assert status.facts["important"] is True
    assert "đã ghi bước đưa vào Danh mục" in status.filled["important"]
    assert office.state(one, "vuot-kha-nang", after(1)) is ClockState.OVERDUE


def test_changes_are_versions_and_a_late_judgement_is_dated(office: Office) -> None:
    one = office.record()
    change(office.workspace, one.id, Telling(texts={"cause": "Thư lừa đảo"}), now=after(1), reason="Điều tra")
    change(office.workspace, one.id, Telling(signs={"serious": True}), now=after(2))
    history = office.workspace.store.history("incident", one.id)
    assert [entry.reason for entry in history] == ["Ghi nhận sự cố", "Điều tra", "Cập nhật sự cố"]
    assert incident(office.workspace, one.id).cause == "Thư lừa đảo"
    assert office.clock(one, FIRST, after(3)).judged_at == history[2].recorded_at
    assert office.clock(one, FIRST, after(3)).due == after(24)
    with pytest.raises(Refused, match="Chưa nêu gì"):
        change(office.workspace, one.id, Telling(), now=after(3))


def test_detection_cannot_move_behind_what_was_sent(office: Office) -> None:
    one = office.record()
    office.send(one, NoticeKind.INITIAL, after(1))
    with pytest.raises(BadData) as error:
        change(office.workspace, one.id, Telling(detected_at=after(2)), now=after(3))
    assert "sau lúc đã gửi thông báo ban đầu" in told(error)
    moved = change(office.workspace, one.id, Telling(detected_at=after(-1)), now=after(3))
    assert moved.id == one.id
    assert office.clock(one, REPORT, after(3)).due == after(71)


@pytest.mark.parametrize(("hours", "wrong"), [(-1, "trước lúc phát hiện"), (5, "ở tương lai")])
def test_sending_before_detection_or_in_the_future_is_refused(office: Office, hours: int, wrong: str) -> None:
    one = office.record()
    sending = Sending(NoticeKind.INITIAL, after(hours), POLICE, "Điện thoại")
    with pytest.raises(BadData) as error:
        record_notice(office.workspace, one.id, sending, now=after(4))
    assert wrong in told(error)


def test_every_fault_of_a_sending_is_told_at_once(office: Office, tmp_path: Path) -> None:
    one = office.record()
    sending = Sending(
        NoticeKind.UPDATE, "9h", " ", "", clocks=(REPORT, "bao-cao-73h"), evidence_ids=("mc-2026-0042",), files=()
    )
    with pytest.raises(BadData) as error:
        record_notice(office.workspace, one.id, sending, now=after(4))
    said = told(error)
    for wrong in ("--at", "--to", "--channel", "không đủ để hoàn thành", "bao-cao-72h”.", "mc-2026-0042"):
        assert wrong in said
    assert notices_of(office.workspace, one.id) == ()


def test_a_file_given_becomes_evidence_of_the_sending(office: Office, tmp_path: Path) -> None:
    one = office.record()
    receipt = tmp_path / "phieu-gui.txt"
    receipt.write_text("Đã nhận lúc 9 giờ 15", encoding="utf-8")
    notice = office.send(one, NoticeKind.INITIAL, after(1), files=(receipt,))
    piece = evidence.evidence(office.workspace, notice.evidence_ids[0])
    assert piece.file is not None
    assert piece.file.file_name == "phieu-gui.txt"
    assert piece.dated_on == date(2026, 11, 22)
    bare = office.send(one, NoticeKind.REPORT, after(2))
    proven = prove(office.workspace, one.id, bare.number, now=after(3), evidence_ids=(piece.id,))
    assert proven.evidence_ids == (piece.id,)
    assert piece.file is not None
    assert remarks(office.workspace, one) == ()
    office.workspace.attachments.path(piece.file.sha256).unlink()
    told = remarks(office.workspace, one)
    assert all(f"{piece.id} của lần gửi" in said for said in told)
    assert any(f"prove {one.id} {bare.number} --file" in said for said in told)


def test_a_file_that_is_not_there_leaves_no_notice(office: Office, tmp_path: Path) -> None:
    one = office.record()
    with pytest.raises(BadData):
        office.send(one, NoticeKind.INITIAL, after(1), files=(tmp_path / "khong-co.pdf",))
    assert notices_of(office.workspace, one.id) == ()


def test_a_sending_undone_no_longer_counts_and_may_be_recorded_again(office: Office) -> None:
    one = office.record(**RULED_OUT)
    office.send(one, NoticeKind.REPORT, after(1))
    with pytest.raises(Refused, match="đã ghi với số 1"):
        office.send(one, NoticeKind.REPORT, after(1))
    undo_notice(office.workspace, one.id, 1, reason="Gửi nhầm cơ quan")
    assert office.state(one, REPORT, after(2)) is ClockState.RUNNING
    with pytest.raises(Refused, match="đã bỏ trước đó: Gửi nhầm cơ quan"):
        undo_notice(office.workspace, one.id, 1, reason="Lần nữa")
    assert office.send(one, NoticeKind.REPORT, after(1)).number == 2
    with pytest.raises(NotFound, match=r"không có lần gửi số 7\. Các lần đã ghi: 1, 2"):
        undo_notice(office.workspace, one.id, 7, reason="?")


def test_a_sending_recorded_before_the_judgement_still_meets_the_limit(office: Office) -> None:
    one = office.record()
    office.send(one, NoticeKind.INITIAL, after(2))
    change(office.workspace, one.id, Telling(signs={"serious": True, "interrupts": True}), now=after(30))
    assert office.state(one, FIRST, after(31)) is ClockState.MET
    assert office.state(one, AT_ONCE, after(31)) is ClockState.MET


def test_closing_asks_for_what_is_owed_or_a_reason(office: Office) -> None:
    one = office.record(**RULED_OUT | {"serious": True})
    with pytest.raises(BadData) as error:
        close(office.workspace, one.id, at=after(-2), outcome="", now=after(30))
    said = told(error)
    assert "thời điểm kết thúc (06 giờ 15 phút ngày 22/11/2026) trước lúc phát hiện" in said
    assert "chưa nêu kết quả xử lý" in said
    assert "chưa gửi “Thông báo ban đầu về sự cố nghiêm trọng”: đã quá hạn 6 giờ" in said
    assert "chưa gửi “Báo cáo sự cố”: còn 42 giờ" in said
    closed = close(
        office.workspace, one.id, at=after(29), outcome="Đã khôi phục", now=after(30), override="Lệnh cấp trên"
    )
    assert closed.closed
    assert "Lệnh cấp trên" in office.workspace.store.history("incident", one.id)[-1].reason
    assert [row.clock.rule.id for row in reminders(office.workspace, after(31))] == [FIRST, REPORT]
    office.send(one, NoticeKind.CLOSING, after(80))
    assert office.state(one, REPORT, after(90)) is ClockState.MET_LATE
    with pytest.raises(Refused, match="đã kết thúc lúc"):
        close(office.workspace, one.id, at=after(81), outcome="Lại", now=after(90))


def test_an_incident_closed_in_time_may_be_opened_again(office: Office) -> None:
    one = office.record(**RULED_OUT)
    office.send(one, NoticeKind.REPORT, after(1))
    change(office.workspace, one.id, Telling(contained_at=after(2)), now=after(3))
    with pytest.raises(BadData) as error:
        close(office.workspace, one.id, at=after(1), outcome="Xong", now=after(4))
    assert "trước lúc ngăn chặn" in told(error)
    close(office.workspace, one.id, at=after(3), outcome="Xong", now=after(4))
    with pytest.raises(Refused, match="nêu lý do"):
        reopen(office.workspace, one.id, reason=" ")
    again = reopen(office.workspace, one.id, reason="Tái diễn")
    assert (again.closed, again.contained_at) == (False, after(2))
    with pytest.raises(Refused, match="đang mở"):
        reopen(office.workspace, one.id, reason="Nữa")


def test_reminders_put_what_is_owed_first_then_what_waits_for_a_judgement(office: Office) -> None:
    one = office.record(interrupts=True)
    rows = reminders(office.workspace, after(1))
    assert [row.clock.rule.id for row in rows[:2]] == [AT_ONCE, REPORT]
    assert [row.phase for row in rows[:2]] == ["after", "before"]
    assert {row.phase for row in rows[2:]} == {"unjudged"}
    assert next(row for row in reminders(office.workspace, after(72)) if row.clock.rule.id == REPORT).phase == "at"
    office.send(one, NoticeKind.REPORT, after(1))
    assert all(row.phase == "unjudged" for row in reminders(office.workspace, after(2)))
    assert reminders(office.workspace, after(-1)) == (), "what was not yet detected is not yet known"


def test_an_unknown_id_offers_the_nearest(office: Office) -> None:
    office.record()
    with pytest.raises(NotFound, match="Có phải “sc-2026-001”"):
        incident_status(office.workspace, "sc-2026-01", after(1))


def test_a_workspace_without_incidents_owes_nothing(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "moi", by="Văn phòng", now=lambda: T0) as workspace:
        assert reminders(workspace, T0) == ()


def test_the_contact_list_is_kept_in_the_order_one_calls(office: Office) -> None:
    workspace = office.workspace
    add_contact(workspace, Reaching(ContactRole.PROVIDER, "Nhà cung cấp", ("Tổng đài: (0200) 000 0009",)))
    police = add_contact(workspace, Reaching(ContactRole.POLICE, POLICE, ("Đường dây nóng: (0200) 000 0001",)))
    assert [one.role for one in contacts(workspace)] == [ContactRole.POLICE, ContactRole.PROVIDER]
    assert stale(police, date(2026, 11, 22))
    assert not stale(tried(workspace, police.id, today=date(2026, 11, 22)), date(2026, 11, 22))
    changed = change_contact(workspace, police.id, Reaching(channels=("Đường dây nóng: (0200) 000 0002",)))
    assert changed.checked_on is None, "another number was never tried"
    remove_contact(workspace, police.id, reason="Đổi tên cơ quan")
    assert [one.name for one in contacts(workspace)] == ["Nhà cung cấp"]
    assert len(contacts(workspace, removed=True)) == 2
    with pytest.raises(Refused, match="thôi dùng"):
        tried(workspace, police.id, today=date(2026, 11, 22))


def test_a_contact_lacks_nothing_and_holds_no_password(office: Office) -> None:
    with pytest.raises(BadData) as error:
        add_contact(office.workspace, Reaching(name="", channels=("Zalo, mật khẩu: 123456",), system_ids=("x",)))
    said = told(error)
    for wrong in ("--name: chưa nêu", "không lưu mật khẩu", "Không có hệ thống “x”"):
        assert wrong in said
    made = add_contact(office.workspace, Reaching(name="Tổ ứng cứu", channels=("Gọi: (0200) 000 0003",)))
    with pytest.raises(Refused, match="chưa tới"):
        tried(office.workspace, made.id, today=date(2026, 11, 22), on=date(2026, 11, 23))
    with pytest.raises(Refused, match="Đã có đầu mối “to-ung-cuu”"):
        add_contact(office.workspace, Reaching(name="Tổ ứng cứu", channels=("Gọi: (0200) 000 0004",)))


def test_the_title_stands_as_typed_in_one_line(office: Office) -> None:
    assert office.record(title=f"  {TITLE}\n lần 2 ").title == f"{TITLE} lần 2"
