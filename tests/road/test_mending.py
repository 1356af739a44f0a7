"""Mending what was recorded, and what an officer in a hurry records: nothing wrong slips in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.workspace import Workspace
from compliance.cli import roads
from compliance.domain.procedure import Stage
from compliance.domain.road_paper import Role
from compliance.domain.system import Status
from compliance.errors import NotFound, Refused
from compliance.services.road_acts import record_step
from compliance.services.road_corrections import correct_step
from compliance.services.road_papers import print_road_paper
from compliance.services.road_saying import Recorded, Said
from compliance.services.roads import as_json, road_status
from tests.documents.office import NOTICES, ONE_STOP, STAFF, TODAY, UNDECIDED, USED, put_system
from tests.road.test_recording import ON, READY, approved, ready, sent, take

__all__ = ["ready"]


def correct(ready: Workspace, at: int, on: date = ON, **said: Any) -> Recorded:
    return correct_step(ready, STAFF.id, at, Said(on=on, **said), why="Ghi nhầm", today=TODAY)


def test_a_step_is_corrected_though_an_earlier_one_was_corrected_before(ready: Workspace) -> None:
    approved(ready)
    correct(ready, 1, office="Văn phòng")
    correct(ready, 2, number="21/VP")
    correct(ready, 2, number="22/VP")
    done = correct_step(ready, STAFF.id, 4, None, why="Chưa ký", today=TODAY)
    assert [one.number for one in done.status.progress.current.steps] == [1, 2, 3]
    second = done.status.progress.current.steps[1]
    assert second.paper is not None
    assert second.paper.number == "22/VP"


def test_a_correction_must_change_something(ready: Workspace) -> None:
    sent(ready)
    with pytest.raises(Refused, match="không khác bản đã ghi"):
        correct(ready, 1)


def test_a_correction_is_held_back_by_what_holds_the_step_back(ready: Workspace) -> None:
    approved(ready)
    with pytest.raises(Refused, match="Quy chế phải có trước") as refused:
        correct_step(
            ready, STAFF.id, 4, Said(on=date(2026, 11, 1), number="61/QĐ-BPANM"), why="Ghi nhầm ngày", today=TODAY
        )
    assert "trước ngày 09/11/2026 của bước số 3" in str(refused.value)


def test_a_correction_in_spite_of_the_law_keeps_its_reason(ready: Workspace) -> None:
    for step, number in (("check", ""), ("send", "12/VP"), ("approve", "61/QĐ-BPANM")):
        take(ready, step, date(2026, 10, 1), number=number, insist="Đang chờ ban hành Quy chế")
    with pytest.raises(Refused, match="Quy chế phải có trước"):
        correct(ready, 3, date(2026, 10, 2))
    done = correct_step(
        ready, STAFF.id, 3, Said(on=date(2026, 10, 2), insist="Quy chế cũ"), why="Nhầm ngày", today=TODAY
    )
    assert done.taken.overridden == ("regulation",)
    assert done.taken.why == "Nhầm ngày; Quy chế cũ"


def test_the_appraisal_is_not_given_by_correction_to_nobody_or_to_the_operator(ready: Workspace) -> None:
    take(ready, "assign_appraiser", number="70/QĐ-UBND", unit_id="bo-phan-anm")
    with pytest.raises(Refused, match="Không có đơn vị “khong-co”"):
        correct(ready, 1, unit_id="khong-co")
    with pytest.raises(Refused, match="chính là đơn vị vận hành"):
        correct(ready, 1, unit_id="van-phong")


def test_a_step_beside_the_road_is_taken_once_but_the_appraisal_may_be_given_to_another(ready: Workspace) -> None:
    for unit in ("bo-phan-anm", "ubnd-xa"):
        take(ready, "assign_appraiser", number=f"7{len(unit)}/QĐ-UBND", unit_id=unit)
    approved(ready)
    take(ready, "report_owner", date(2026, 11, 17), number="3/BC")
    with pytest.raises(Refused, match=r"đã ghi rồi \(bước số 7, ngày 17/11/2026\)"):
        take(ready, "report_owner", date(2026, 11, 18), number="4/BC")


def test_a_conclusion_told_to_a_step_without_one_asks_for_no_reasons(ready: Workspace) -> None:
    sent(ready)
    with pytest.raises(Refused) as refused:
        take(ready, "receive", fit=False)
    assert "không dùng đến kết luận; hãy bỏ --fit hoặc --not-fit" in str(refused.value)
    assert "phải ghi lý do" not in str(refused.value)


@pytest.mark.parametrize(
    "number", ["số 12/VP", "12/VP ngày 09/11/2026", "…/VP", "12/VP\ngửi lại", "1" * 80, "Số: 12/VP"]
)
def test_a_number_is_a_number_and_nothing_else(ready: Workspace, number: str) -> None:
    take(ready, "check")
    with pytest.raises(Refused, match="không phải là số, ký hiệu văn bản"):
        take(ready, "send", number=number)


def test_a_slip_of_the_year_is_asked_about(ready: Workspace) -> None:
    with pytest.raises(Refused, match=r"Ngày 09/11/2025 trước ngày .* bắt đầu có hiệu lực"):
        take(ready, "check", date(2025, 11, 9))
    done = take(ready, "check", date(2025, 11, 9), insist="Hồ sơ làm từ năm trước")
    assert done.taken.overridden == ("day",)


def test_a_reason_of_signs_without_shape_is_no_reason(ready: Workspace) -> None:
    sent(ready)
    with pytest.raises(Refused, match="phải nêu lý do"):
        correct_step(ready, STAFF.id, 2, Said(on=ON, number="21/VP"), why="\u200b", today=TODAY)


def test_a_dossier_appraised_is_no_longer_overdue_for_its_reply(ready: Workspace) -> None:
    def due() -> str | None:
        acts = {one["step"]: one for one in as_json(road_status(ready, STAFF.id, TODAY))["acts"]}
        return acts["return"]["due"]  # type: ignore[no-any-return]

    sent(ready)
    assert due() == "2026-11-16"
    take(ready, "appraise", date(2026, 11, 17), fit=True)
    assert due() is None


def test_no_step_is_recorded_for_a_system_without_a_dossier(ready: Workspace) -> None:
    put_system(ready, NOTICES.model_copy(update={"status": Status.DECOMMISSIONED}))
    for id_, said, remark in (
        (USED.id, "chỉ sử dụng", "chủ quản của hệ thống lập"),
        (NOTICES.id, "đã kết thúc vận hành", "không còn bước nào phải ghi"),
    ):
        with pytest.raises(Refused, match=said):
            take(ready, "assign_appraiser", number="1/QĐ-UBND", unit_id="bo-phan-anm", system=id_)
        with pytest.raises(Refused, match=said):
            print_road_paper(ready, id_, "mau-01", out=None, today=TODAY)
        status = road_status(ready, id_, TODAY)
        assert status.acts == ()
        assert any(remark in one for one in status.remarks)


def test_a_day_before_what_is_recorded_is_told(ready: Workspace) -> None:
    sent(ready)
    earlier = road_status(ready, STAFF.id, date(2026, 11, 2))
    assert any("trước ngày 09/11/2026 của bước “Gửi hồ sơ" in one for one in earlier.remarks)
    assert not any("chỉ để tham khảo" in one for one in road_status(ready, STAFF.id, TODAY).remarks)
    assert road_status(ready, STAFF.id, ON).stage is Stage.SENT


def test_taking_a_step_back_takes_no_new_wording(ready: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    sent(ready)
    with pytest.raises(Refused, match=r"Hủy bước .* thì không ghi nội dung mới"):
        roads.correct(STAFF.id, 2, why="Chưa gửi", annul=True, number="13/VP", workspace=ready.path)
    roads.correct(STAFF.id, 2, why="Chưa gửi", annul=True, workspace=ready.path, today=TODAY.isoformat())
    assert "Hủy bước số 2" in capsys.readouterr().out


def test_status_tells_what_to_do_where_no_road_is_known(ready: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    roads.status(UNDECIDED.id, workspace=ready.path, today=TODAY.isoformat())
    assert f"Việc tiếp theo: trả lời để xác định cấp độ: compliance classifications ask {UNDECIDED.id}" in (
        capsys.readouterr().out
    )
    roads.status(USED.id, workspace=ready.path, today=TODAY.isoformat())
    shown = capsys.readouterr().out
    assert "Không lập hồ sơ" in shown
    assert f"compliance systems show {USED.id}" in shown


def test_an_approved_system_of_level_three_waits_for_nothing(ready: Workspace) -> None:
    put_system(ready, ONE_STOP.model_copy(update={"regulation": READY.regulation}))
    road: tuple[tuple[str, dict[str, Any]], ...] = (
        ("check", {}),
        ("send", {"number": "12/VP"}),
        ("appraise", {"number": "13/BC", "fit": True}),
        ("submit", {"number": "14/TTr"}),
        ("approve", {"number": "61/QĐ-UBND"}),
    )
    for step, said in road:
        take(ready, step, system=ONE_STOP.id, **said)
    status = road_status(ready, ONE_STOP.id, TODAY)
    assert status.stage is Stage.IN_FORCE
    assert status.awaited is None
    assert "list" in {act.step.id for act in status.acts}


def test_a_correction_gives_its_own_reason_not_that_of_an_earlier_override(ready: Workspace) -> None:
    take(ready, "check", date(2025, 11, 9), insist="Hồ sơ làm từ năm trước")
    done = correct(ready, 1)
    assert (done.taken.overridden, done.taken.why) == ((), "Ghi nhầm")
    assert done.status.taken[0].overridden == ("day",)


def test_a_system_on_the_list_is_appraised_as_the_highest_level(ready: Workspace) -> None:
    put_system(ready, ONE_STOP.model_copy(update={"regulation": READY.regulation}))
    take(ready, "check", system=ONE_STOP.id)
    take(ready, "send", system=ONE_STOP.id, number="12/VP")
    own = road_status(ready, ONE_STOP.id, TODAY).office(Role.APPRAISER)
    told = Said(on=ON, number="9/QĐ-TTg", office="Thủ tướng Chính phủ")
    record_step(ready, [ONE_STOP.id], "list", told, today=TODAY)
    listed = road_status(ready, ONE_STOP.id, TODAY)
    assert (listed.level, listed.walked) == (3, 5)
    assert listed.office(Role.APPRAISER) != own
    assert "Bộ Công an" in listed.office(Role.APPRAISER)
    paper = print_road_paper(ready, ONE_STOP.id, "mau-04", out=None, today=TODAY).paper
    assert "Bộ Công an" in paper.appraiser.text
    assert paper.level == 3


def test_each_remark_is_told_once(ready: Workspace) -> None:
    day = date(2027, 2, 4)
    for step, number in (("check", ""), ("send", "1/VP")):
        record_step(ready, [STAFF.id], step, Said(on=day, number=number), today=day)
    remarks = road_status(ready, STAFF.id, day).remarks
    assert len(remarks) == len(set(remarks))
    assert sum("chưa có lịch nghỉ bù" in one for one in remarks) == 2


def test_the_old_regime_has_no_road_and_says_where_to_look(ready: Workspace) -> None:
    with pytest.raises(NotFound, match=r"Ngày 01/06/2026 áp dụng Nghị định .*compliance regimes transition"):
        road_status(ready, STAFF.id, date(2026, 6, 1))


def test_a_printed_paper_alone_is_nothing_to_hold_against(ready: Workspace, tmp_path: Path) -> None:
    take(ready, "check")
    with pytest.raises(Refused, match="chỉ dùng cùng --file"):
        take(ready, "send", number="12/VP", issued=tmp_path / "ban-in.pdf")
