"""Writing a morning down: what is asked, what is kept, what is told when the same day is written again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from compliance.adapters.morning_list import OWN_LIST
from compliance.adapters.workspace import create_workspace
from compliance.domain.morning import State
from compliance.domain.morning_form import LONGEST_FAULT, MorningSaid
from compliance.domain.system import Status
from compliance.errors import BadData, Conflict, DataFault, NotFound, Refused
from compliance.services import mornings
from compliance.services.morning_faults import history, morning, tie
from tests.documents.office import ONE_STOP, put, put_system
from tests.findings.conftest import FINDING, checked_office
from tests.mornings.conftest import CENTRE, ONE_STOP_LINE, SUPERIOR_LINE, Centre, november


def _ids(centre: Centre, day: date) -> list[str]:
    return [line.id for line in mornings.morning_page(centre.workspace, CENTRE, day).lines]


def test_the_plan_of_the_commune_and_the_software_in_use_are_asked_about(centre: Centre) -> None:
    asked = _ids(centre, november(20))
    assert {"internet", "may-tinh", "may-in", "may-quet"} <= set(asked)
    assert asked[-2:] == [ONE_STOP_LINE, SUPERIOR_LINE]


def test_software_that_ended_is_asked_about_until_its_last_day(centre: Centre) -> None:
    ended = ONE_STOP.model_copy(
        update={"local_unit_id": CENTRE.id, "status": Status.DECOMMISSIONED, "ended_on": november(18)}
    )
    put_system(centre.workspace, ended)
    assert ONE_STOP_LINE in _ids(centre, november(18))
    assert ONE_STOP_LINE not in _ids(centre, november(19))
    put_system(centre.workspace, ended.model_copy(update={"ended_on": None}))
    assert ONE_STOP_LINE not in _ids(centre, november(18))


def test_what_nobody_names_is_in_order(centre: Centre) -> None:
    done = centre.records(november(20), faults=("may-in=kẹt giấy, tầng 1", "ioffice = đăng nhập báo lỗi"))
    states = {id_: seen.state for id_, seen in done.morning.seen.items()}
    assert states.pop("may-in") is State.FAULT
    assert states.pop(SUPERIOR_LINE) is State.FAULT
    assert set(states.values()) == {State.GOOD}
    assert done.morning.faults["may-in"].note == "kẹt giấy, tầng 1"
    assert f"{done.morning.recorded_at:%H:%M %z}" == "07:30 +0700"
    assert done.remarks == ()


def test_what_is_not_there_stays_so_until_it_comes(centre: Centre) -> None:
    centre.records(november(17), not_here=("may-quet",))
    assert centre.records(november(18)).morning.seen["may-quet"].state is State.NOT_HERE
    assert centre.records(november(19), here=("may-quet",)).morning.seen["may-quet"].state is State.GOOD
    assert centre.records(november(20)).morning.seen["may-quet"].state is State.GOOD


def test_a_day_written_down_later_says_so(centre: Centre) -> None:
    done = centre.records(november(18), today=november(20))
    assert done.morning.afterwards
    assert done.remarks == ("Lần kiểm tra này ghi bổ sung ngày 20/11/2026.",)


@pytest.mark.parametrize("day", [november(21), november(22), date(2026, 9, 2)])
def test_a_day_off_is_kept_with_a_remark(centre: Centre, day: date) -> None:
    (remark,) = centre.records(day).remarks
    assert "là ngày nghỉ; vẫn ghi nhận" in remark


@pytest.mark.parametrize("day", [november(21), november(20) - timedelta(days=367)])
def test_a_day_to_come_or_long_gone_is_refused(centre: Centre, day: date) -> None:
    with pytest.raises(Refused, match="Hãy kiểm tra lại --day"):
        centre.records(day, today=november(20))
    assert centre.workspace.store.ids("morning") == []


def test_every_fault_of_what_was_typed_is_told_and_nothing_kept(centre: Centre) -> None:
    with pytest.raises(BadData) as refused:
        centre.records(
            november(20),
            faults=("may-fax=hỏng", "may-in", f"internet={'x' * (LONGEST_FAULT + 1)}", "may-quet=lỗi"),
            not_here=("may-quet",),
        )
    told = " ".join(map(str, refused.value.faults))
    for words in ("không có mục “may-fax”", "phải ghi rõ hiện tượng", "dài quá 300", "vừa ghi hỏng vừa ghi không có"):
        assert words in told
    assert len(refused.value.faults) == 4
    assert centre.workspace.store.ids("morning") == []


def test_the_same_day_again_is_a_new_version_that_says_who_changed_what(centre: Centre) -> None:
    first = centre.records(november(19), faults=("may-in=kẹt giấy",))
    again = centre.records(november(19), today=november(20), by="Văn phòng", faults=("internet=mất mạng",))
    assert again.version == 2
    assert again.changes == (
        "Kết nối Internet: trước ghi “Tốt”, nay ghi “Hỏng, lỗi: mất mạng”",
        "Máy in: trước ghi “Hỏng, lỗi: kẹt giấy”, nay ghi “Tốt”",
    )
    now = again.morning
    assert (now.by, now.recorded_at) == (first.morning.by, first.morning.recorded_at), "it was checked on the day"
    assert (now.corrected_by, now.corrected_at and now.corrected_at.date()) == ("Văn phòng", november(20))
    versions = history(centre.workspace, now)
    assert [(one.by, len(one.changes)) for one in versions] == [("Bộ phận một cửa", 0), ("Văn phòng", 2)]


def test_saying_the_same_again_changes_nothing(centre: Centre) -> None:
    centre.records(november(19), faults=("may-in=kẹt giấy",))
    again = centre.records(november(19), today=november(20), by="Văn phòng", faults=("may-in=kẹt giấy",))
    assert (again.version, again.changes) == (1, ())


def test_two_people_at_one_screen_do_not_write_over_each_other(centre: Centre) -> None:
    page = mornings.morning_page(centre.workspace, CENTRE, november(20))
    centre.records(november(20), by="Văn phòng")
    said = MorningSaid(faults=("may-in=kẹt giấy",))
    with pytest.raises(Conflict, match="Văn phòng vừa ghi"):
        mornings.record(centre.workspace, CENTRE, november(20), said, today=november(20), expected_version=page.version)
    assert morning(centre.workspace, CENTRE.id, november(20)).faults == {}


def test_an_office_may_keep_a_list_of_its_own(centre: Centre) -> None:
    own = centre.workspace.path / OWN_LIST
    items = "items: [{id: camera, title: Camera quầy tiếp dân, look: có hình}]\nsystems: false\n"
    own.write_text(f"checked_on: 2026-11-20\nsource_note: của trung tâm\n{items}", encoding="utf-8")
    assert _ids(centre, november(20)) == ["camera"]
    own.write_text("source_note: của trung tâm\nitems: []\nmay-in: có\n", encoding="utf-8")
    with pytest.raises(DataFault) as broken:
        _ids(centre, november(20))
    assert len(broken.value.faults) >= 3
    assert all(OWN_LIST in str(fault) for fault in broken.value.faults)


def test_the_office_that_checks_is_found_or_asked_for(centre: Centre) -> None:
    assert mornings.checked_unit(centre.workspace).id == CENTRE.id, "there is one one-stop centre"
    assert mornings.checked_unit(centre.workspace, "van-phong").id == "van-phong"
    with pytest.raises(NotFound, match="hanh-chinh-cong"):
        mornings.checked_unit(centre.workspace, "hanh-chinh-con")


def test_without_a_centre_the_office_must_be_named(tmp_path: Path) -> None:
    with checked_office(tmp_path / "ho-so").workspace as workspace, pytest.raises(Refused, match="--unit"):
        mornings.checked_unit(workspace)


def test_a_fault_is_tied_to_the_finding_it_became(tmp_path: Path) -> None:
    with checked_office(tmp_path / "ho-so").workspace as workspace:
        centre = Centre(workspace)
        put(workspace, "unit", [(CENTRE.id, CENTRE)])
        centre.records(november(20), faults=("may-in=kẹt giấy",))
        tie(workspace, CENTRE.id, november(20), "Máy in", finding_id=FINDING)
        again = centre.records(november(20), faults=("may-in=kẹt giấy liên tục",))
        assert again.morning.faults["may-in"].finding_id == FINDING, "a correction keeps what the fault became"
        (fault,) = centre.month(november(1), november(30), november(22)).faults
        assert fault.open
        assert fault.outcome.startswith(f"tồn tại {FINDING}: chưa khắc phục")
        with pytest.raises(Refused, match="không phải hỏng, lỗi"):
            tie(workspace, CENTRE.id, november(20), "internet", finding_id=FINDING)
        with pytest.raises(NotFound, match="Không có sự cố"):
            tie(workspace, CENTRE.id, november(20), "may-in", incident_id="sc-2026-001")
        with pytest.raises(NotFound, match="chưa ghi kiểm tra đầu giờ ngày 19/11/2026"):
            tie(workspace, CENTRE.id, november(19), "may-in", finding_id=FINDING)


def test_no_password_is_kept_in_what_will_be_printed_and_signed(centre: Centre) -> None:
    with pytest.raises(BadData) as refused:
        centre.records(november(20), faults=("may-in=mật khẩu là 1234",), note="mã PIN: 5678")
    told = [str(fault) for fault in refused.value.faults]
    assert len(told) == 2
    assert all("mật khẩu hoặc mã PIN" in one for one in told)
    assert mornings.mornings(centre.workspace, CENTRE.id, november(1), november(30)) == ()
    assert centre.records(november(20), note="đã đổi mật khẩu các máy").morning.note == "đã đổi mật khẩu các máy"


def test_a_unit_that_is_not_there_is_told_so_not_offered_a_check(centre: Centre) -> None:
    with pytest.raises(NotFound, match="Không có đơn vị"):
        morning(centre.workspace, "khong-co", november(20))


def test_an_empty_commune_is_told_to_bring_its_list_first(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "trong") as workspace, pytest.raises(Refused, match="systems import"):
        mornings.checked_unit(workspace)
