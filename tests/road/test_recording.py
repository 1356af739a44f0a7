"""Recording the steps of a dossier: what each asks, what stands against it, how a mistake is mended."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.rendering import Properties, render
from compliance.adapters.templates import load_layout, page_face
from compliance.adapters.workspace import Workspace
from compliance.domain.issued_text import TextState
from compliance.domain.paper import Paper
from compliance.domain.procedure import Stage
from compliance.domain.system import System
from compliance.errors import BadData, NotFound, Refused
from compliance.services import road_acts
from compliance.services.road_acts import record_step
from compliance.services.road_corrections import correct_step
from compliance.services.road_papers import print_road_paper
from compliance.services.road_saying import Recorded, Said
from compliance.services.roads import as_json, road_status
from tests.documents.office import NOTICES, STAFF, TODAY, put_system

ON = date(2026, 11, 9)
READY = STAFF.model_copy(
    update={
        "regulation": Paper(number="52/QĐ-UBND", issued_on=date(2026, 11, 2), issuer="UBND xã"),
        "absences": {},
    }
)


@pytest.fixture
def ready(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A level-2 system whose dossier passes every check."""
    monkeypatch.setattr(road_acts, "blocking", lambda *_: [])
    put_system(office, READY)
    return office


def ready_form(office: Workspace) -> str:
    """The form of the step the road waits for."""
    awaited = road_status(office, STAFF.id, TODAY).awaited
    assert awaited is not None
    return awaited.step.form


def take(office: Workspace, step: str, on: date = ON, *, system: str = STAFF.id, **said: Any) -> Recorded:
    return record_step(office, [system], step, Said(on=on, **said), today=TODAY)[0]


def sent(office: Workspace) -> None:
    take(office, "check")
    take(office, "send", number="12/VP")


def approved(office: Workspace) -> Recorded:
    sent(office)
    take(office, "receive")
    return take(office, "approve", date(2026, 11, 16), number="61/QĐ-BPANM")


def test_a_dossier_walks_from_its_check_to_a_decision_in_force(ready: Workspace) -> None:
    done = approved(ready)
    assert done.status.stage is Stage.IN_FORCE
    assert done.status.progress.approval is not None
    assert done.status.progress.approval.paper == Paper(
        number="61/QĐ-BPANM", issued_on=date(2026, 11, 16), issuer="Bộ phận chuyên trách về an ninh mạng xã Suối Mẫu"
    )
    plain = as_json(done.status)
    assert [one["step"] for one in plain["history"]] == ["check", "send", "receive", "approve"]
    assert plain["next"]["step"] == "report_owner"
    assert plain["state"] == "in_force"


def test_status_says_who_acts_next_and_by_when(ready: Workspace) -> None:
    sent(ready)
    take(ready, "receive", date(2026, 11, 19))
    plain = as_json(road_status(ready, STAFF.id, TODAY))
    act = next(one for one in plain["acts"] if one["step"] == "approve")
    assert act["by"] == "Bộ phận chuyên trách về an ninh mạng xã Suối Mẫu"
    assert (act["due"], act["days_left"], act["overdue"]) == ("2026-12-01", 6, False)
    assert plain["calendar"]["announced_through"] >= 2026


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"on": date(2026, 11, 23)}, "chưa tới"),
        ({"on": date(2026, 11, 8)}, "trước ngày 09/11/2026"),
        ({"number": ""}, "phải ghi số, ký hiệu văn bản"),
        ({"fit": True}, "không dùng đến kết luận"),
        ({"unit_id": "bo-phan-anm"}, "không dùng đến đơn vị được giao"),
    ],
)
def test_what_a_step_is_told_must_fit_it(ready: Workspace, said: dict[str, Any], sentence: str) -> None:
    take(ready, "check")
    with pytest.raises(Refused, match=sentence):
        record_step(ready, [STAFF.id], "send", Said(**{"on": ON, "number": "12/VP", **said}), today=TODAY)
    assert road_status(ready, STAFF.id, TODAY).stage is Stage.CHECKED


def test_everything_that_stands_against_a_step_is_listed_at_once(ready: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        take(ready, "approve", date(2027, 1, 5), effective_on=date(2026, 1, 1), unit_id="khong-co")
    said = str(refused.value)
    for part in ("đang ở trạng thái “Đang soạn”", "chưa tới", "Ngày có hiệu lực", "phải ghi số", "khong-co"):
        assert part in said


def test_an_unknown_step_offers_the_nearest(ready: Workspace) -> None:
    with pytest.raises(NotFound, match="Có phải “approve”"):
        take(ready, "aprove")
    with pytest.raises(NotFound, match="không có bước “request_opinion”"):
        take(ready, "request_opinion")


def test_rules_younger_than_the_decision_hold_it_back(ready: Workspace) -> None:
    put_system(ready, READY.model_copy(update={"regulation": Paper(number="52/QĐ-UBND", issued_on=date(2026, 11, 18))}))
    sent(ready)
    with pytest.raises(Refused, match="ban hành ngày 18/11/2026, sau ngày phê duyệt 16/11/2026"):
        take(ready, "approve", date(2026, 11, 16), number="61/QĐ-BPANM")
    done = take(ready, "approve", date(2026, 11, 16), number="61/QĐ-BPANM", insist="Quy chế cũ còn hiệu lực")
    assert done.taken.overridden == ("regulation",)
    assert done.taken.why == "Quy chế cũ còn hiệu lực"


def test_an_office_does_not_appraise_what_it_runs(ready: Workspace) -> None:
    put_system(ready, READY.model_copy(update={"security_unit_id": "van-phong"}))
    assert any("thành lập Hội đồng thẩm định độc lập" in one for one in road_status(ready, STAFF.id, TODAY).remarks)
    sent(ready)
    with pytest.raises(Refused, match="khoản 4 Điều 18"):
        take(ready, "appraise", fit=True)
    with pytest.raises(Refused, match="chính là đơn vị vận hành"):
        take(ready, "assign_appraiser", number="70/QĐ-UBND", unit_id="van-phong")
    take(ready, "assign_appraiser", number="70/QĐ-UBND", unit_id="bo-phan-anm")
    assert take(ready, "appraise", fit=True).status.stage is Stage.APPRAISED


def test_a_number_is_used_once_a_year(ready: Workspace) -> None:
    put_system(ready, NOTICES.model_copy(update={"regulation": READY.regulation}))
    approved(ready)
    for step, number in (("check", ""), ("send", "13/VP")):
        take(ready, step, number=number, system=NOTICES.id)
    with pytest.raises(Refused, match="Số 61/qđ-bpanm đã dùng cho văn bản ngày 16/11/2026"):
        take(ready, "approve", date(2026, 11, 17), number="61/qđ-bpanm", system=NOTICES.id)


def test_one_paper_may_cover_several_systems(ready: Workspace) -> None:
    put_system(ready, NOTICES.model_copy(update={"regulation": READY.regulation}))
    both = [STAFF.id, NOTICES.id]
    for step, number in (("check", ""), ("send", "12/VP"), ("approve", "61/QĐ-BPANM")):
        done = record_step(ready, both, step, Said(on=ON, number=number), today=TODAY)
    assert [one.status.stage for one in done] == [Stage.IN_FORCE, Stage.IN_FORCE]


def test_a_fault_of_one_system_keeps_all_of_them_unrecorded(ready: Workspace) -> None:
    take(ready, "check")
    with pytest.raises(Refused, match=NOTICES.name):
        record_step(ready, [STAFF.id, NOTICES.id], "send", Said(on=ON, number="12/VP"), today=TODAY)
    assert road_status(ready, STAFF.id, TODAY).stage is Stage.CHECKED


def test_a_return_carries_its_reasons_and_the_dossier_goes_again(ready: Workspace) -> None:
    sent(ready)
    with pytest.raises(Refused, match="phải ghi lý do"):
        take(ready, "return")
    done = take(ready, "return", reasons=("Thiếu sơ đồ vật lý", "Địa chỉ IP chưa thống nhất"))
    assert done.status.stage is Stage.RETURNED
    assert done.taken.reasons == ("Thiếu sơ đồ vật lý", "Địa chỉ IP chưa thống nhất")
    assert take(ready, "check").status.stage is Stage.CHECKED


def test_an_unfit_appraisal_must_say_why(ready: Workspace) -> None:
    sent(ready)
    with pytest.raises(Refused, match="phải ghi lý do"):
        take(ready, "appraise", fit=False)
    assert take(ready, "appraise", fit=False, reasons=("Cấp độ thấp hơn tiêu chí",)).status.stage is Stage.RETURNED


def test_errors_of_the_check_block_sending_unless_a_reason_is_recorded(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(road_acts, "blocking", lambda *_: [("K19", "K19: chưa ghi người đại diện.")])
    with pytest.raises(Refused, match=r"K19: chưa ghi người đại diện\.\nNếu vẫn phải ghi"):
        take(office, "check")
    done = take(office, "check", insist="Chưa bổ nhiệm người đứng đầu")
    assert done.taken.overridden == ("K19",)


def test_a_mistake_is_corrected_by_a_new_record_with_a_reason(ready: Workspace) -> None:
    sent(ready)
    with pytest.raises(Refused, match="phải nêu lý do"):
        correct_step(ready, STAFF.id, 2, Said(on=ON, number="21/VP"), why=" ", today=TODAY)
    done = correct_step(ready, STAFF.id, 2, Said(on=ON, number="21/VP"), why="Gõ nhầm số", today=TODAY)
    steps = done.status.taken
    assert [(one.number, one.corrects) for one in steps] == [(1, None), (2, None), (3, 2)]
    assert steps[1].paper is not None
    assert steps[1].paper.number == "12/VP"
    last = done.status.progress.current.steps[-1]
    assert last.paper is not None
    assert last.paper.number == "21/VP"


def test_a_step_is_taken_back_only_while_nothing_rests_on_it(ready: Workspace) -> None:
    approved(ready)
    with pytest.raises(Refused, match="Bước số 3"):
        correct_step(ready, STAFF.id, 2, None, why="Chưa gửi", today=TODAY)
    done = correct_step(ready, STAFF.id, 4, None, why="Chưa ký", today=TODAY)
    assert done.status.stage is Stage.RECEIVED
    assert done.status.progress.approval is None
    with pytest.raises(NotFound, match="Không có bước số 4 còn giá trị"):
        correct_step(ready, STAFF.id, 4, None, why="Lần nữa", today=TODAY)


def test_a_corrected_day_must_still_fit_the_days_around_it(ready: Workspace) -> None:
    approved(ready)
    with pytest.raises(Refused, match="trước ngày"):
        correct_step(ready, STAFF.id, 2, Said(on=date(2026, 11, 20), number="12/VP"), why="Nhầm ngày", today=TODAY)


def test_a_file_brought_with_a_step_is_held_against_the_printed_paper_and_kept(ready: Workspace) -> None:
    take(ready, "check")
    printed = print_road_paper(ready, STAFF.id, ready_form(ready), out=None, today=TODAY).printed.file.path
    done = take(ready, "send", number="12/VP", files=(printed,))
    assert ready.attachments.read(done.taken.files[0].sha256) == printed.read_bytes()
    assert done.returned[0].issued == printed
    assert done.returned[0].report.text.state is TextState.SAME
    assert done.taken.files[0].verdict


def test_a_paper_of_another_day_may_come_with_an_act_that_bears_no_number(ready: Workspace, tmp_path: Path) -> None:
    sent(ready)
    face, slip = page_face(load_layout()), tmp_path / "phieu.pdf"
    html = f"<style>{face.css}</style><p>Số: 20/PB-VHXH</p><p>Suối Mẫu, ngày 05 tháng 11 năm 2026</p><p>PHIẾU BÁO</p>"
    render(html, slip, face=face, properties=Properties("Phiếu báo", "Xã mẫu", "Phiếu báo", (), TODAY))
    assert take(ready, "receive", files=(slip,)).status.stage is Stage.RECEIVED
    with pytest.raises(Refused, match=r"phieu\.pdf"):
        take(ready, "appraise", fit=True, number="21/BC-VHXH", files=(slip,))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "rỗng"), (b"MZ\x00\x00 chuong trinh", "không phải là tệp PDF"), (b"%PDF-1.7\nhong", "đọc|hỏng|cắt")],
)
def test_a_file_nobody_can_read_keeps_the_step_unrecorded(
    ready: Workspace, tmp_path: Path, content: bytes, sentence: str
) -> None:
    take(ready, "check")
    paper = tmp_path / "van-ban.pdf"
    paper.write_bytes(content)
    with pytest.raises(BadData) as refused:
        take(ready, "send", number="12/VP", files=(paper,))
    assert re.search(f"“van-ban.pdf”.*({sentence})", refused.value.faults[0].message)
    assert road_status(ready, STAFF.id, TODAY).stage is Stage.CHECKED


def test_the_inventory_changed_under_a_filed_dossier_is_told(ready: Workspace) -> None:
    sent(ready)
    put_system(ready, READY.model_copy(update={"size": "02 máy chủ"}))
    status = road_status(ready, STAFF.id, TODAY)
    assert any("đã thay đổi sau khi gửi hồ sơ" in one for one in status.remarks)


def test_a_level_changed_by_the_facts_does_not_move_what_is_filed(ready: Workspace) -> None:
    sent(ready)
    higher = READY.model_copy(update={"facts": {**READY.facts, "settles_procedures": True}})
    put_system(ready, System.model_validate(higher.model_dump()))
    status = road_status(ready, STAFF.id, TODAY)
    assert status.level == 2
    assert any("cấp độ 2, còn dữ kiện hôm nay cho cấp độ 3" in one for one in status.remarks)
