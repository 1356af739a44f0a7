"""Devices, accounts, certificates and contracts: handed out, renewed, taken back, lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import CustodyKind
from compliance.domain.secret_words import names_secret, tells_secret
from compliance.errors import BadData, NotFound, Refused
from compliance.services import assignments, custodies
from compliance.services.contracts import Contracting, end_contract, listed_contracts, sign
from compliance.services.custodies import HandingOver, hand_over
from compliance.services.custody_lists import listed_custody
from tests.documents.office import COMMITTEE, OFFICE, STAFF, TODAY

TOKEN = HandingOver(
    CustodyKind.TOKEN, "USB token của Chủ tịch", COMMITTEE.id, on="05/01/2026", until="31/12/2026", serial="VD-0042"
)
CONTRACT = Contracting(
    "Công ty Phần mềm Ví Dụ", "Bảo trì", "05/01/2026", until="31/12/2026", system_ids=(STAFF.id,), unit_id=OFFICE.id
)


def test_what_ends_soonest_is_listed_first_with_the_days_left(office: Workspace) -> None:
    hand_over(office, replace(TOKEN, serial="VD-1", until="21/01/2027"), TODAY)
    hand_over(office, TOKEN, TODAY)
    hand_over(office, replace(TOKEN, serial="VD-2", until="22/01/2027"), TODAY)
    hand_over(office, replace(TOKEN, serial="VD-3", until=None), TODAY)
    assert [row.days_left for row in listed_custody(office, TODAY)] == [39, 60, 61, None]
    assert [row.days_left for row in listed_custody(office, TODAY, expiring=60)] == [39, 60]
    assert listed_custody(office, TODAY, unit_id=OFFICE.id) == ()
    assert "Hết hạn từ 31/12/2026" in listed_custody(office, date(2027, 1, 1))[0].state


@pytest.mark.parametrize("day", ["29/02/2028", "31/12/2027"])
def test_a_renewal_moves_the_last_day_on(office: Workspace, day: str) -> None:
    one = hand_over(office, TOKEN, TODAY).custody
    renewed = custodies.renew(office, one.id, until=day)
    assert renewed.valid_until is not None
    assert f"{renewed.valid_until:%d/%m/%Y}" == day
    with pytest.raises(Refused, match="không sau"):
        custodies.renew(office, one.id, until=day)


def test_no_such_day_is_refused(office: Workspace) -> None:
    one = hand_over(office, TOKEN, TODAY).custody
    with pytest.raises(BadData):
        custodies.renew(office, one.id, until="29/02/2027")


@pytest.mark.parametrize(
    "text", ["mật khẩu: abc", "PIN: 1234", "mã PIN 1234", "Mat khau la 1", "Ab1!xyz", "password x"]
)
def test_passwords_and_pins_are_never_kept(office: Workspace, text: str) -> None:
    for said in (replace(TOKEN, serial=text), replace(TOKEN, label=f"Token {text}")):
        with pytest.raises(BadData) as refused:
            hand_over(office, said, TODAY)
        assert "không bao giờ lưu mật khẩu" in str(refused.value.faults[0])
    assert assignments.custodies(office) == ()


@pytest.mark.parametrize(
    "text", ["Pin dự phòng", "VD-0042/A", "quantri@suoimau.example", "SN 5404 1122", "Máy in & quét"]
)
def test_ordinary_labels_are_no_secrets(text: str) -> None:
    assert not names_secret(text)


def test_one_may_speak_of_a_password_in_a_remark_but_not_tell_it() -> None:
    assert not tells_secret("Đã đổi mật khẩu sau khi thu hồi")
    assert tells_secret("mật khẩu mới là Suoimau2026")


def test_a_serial_handed_out_twice_is_warned_of_until_it_came_back(office: Workspace) -> None:
    one = hand_over(office, TOKEN, TODAY).custody
    (warning,) = hand_over(office, replace(TOKEN, serial="vd 0042"), TODAY).warnings
    assert one.id in warning
    custodies.give_back(office, one.id, TODAY)
    custodies.give_back(office, "tb-2026-002", TODAY)
    assert hand_over(office, TOKEN, TODAY).warnings == ()


def test_a_thing_comes_back_once(office: Workspace) -> None:
    one = hand_over(office, TOKEN, TODAY).custody
    back = custodies.give_back(office, one.id, TODAY, on="20/11/2026", to="Văn phòng")
    assert (back.returned_on, back.returned_to, back.out) == (date(2026, 11, 20), "Văn phòng", False)
    for act in (custodies.give_back, custodies.lose):
        with pytest.raises(Refused, match="đã thu hồi ngày 20/11/2026"):
            act(office, one.id, TODAY)
    with pytest.raises(Refused, match="thu hồi"):
        custodies.renew(office, one.id, until="31/12/2028")
    assert listed_custody(office, TODAY) == ()
    assert listed_custody(office, TODAY, every=True)[0].state == "Đã thu hồi 20/11/2026"


def test_a_lost_token_may_be_found_and_handed_in(office: Workspace) -> None:
    one = hand_over(office, TOKEN, TODAY).custody
    assert not custodies.lose(office, one.id, TODAY, on="20/11/2026").out
    with pytest.raises(Refused, match="đã báo mất"):
        custodies.lose(office, one.id, TODAY)
    with pytest.raises(BadData):
        custodies.give_back(office, one.id, TODAY, on="19/11/2026")
    assert custodies.give_back(office, one.id, TODAY).returned_on == TODAY


def test_days_of_things_handed_over_are_told_together(office: Workspace) -> None:
    with pytest.raises(BadData) as refused:
        hand_over(office, replace(TOKEN, on="01/01/2027", until="02/02/2026", unit_id="khong-co"), TODAY)
    told = " ".join(str(fault) for fault in refused.value.faults)
    assert all(words in told for words in ("01/01/2027 chưa tới", "02/02/2026 trước ngày giao", "khong-co"))
    one = hand_over(office, TOKEN, TODAY).custody
    with pytest.raises(BadData) as refused:
        custodies.give_back(office, one.id, TODAY, on="04/01/2026")
    assert "giao ngày 05/01/2026" in str(refused.value.faults[0])


def test_a_contract_runs_until_it_is_ended(office: Workspace) -> None:
    one = sign(office, CONTRACT, TODAY)
    assert one.id == "hd-2026-001"
    (row,) = listed_contracts(office, TODAY)
    assert (row.days_left, row.unit_name, row.systems) == (39, OFFICE.name, (STAFF.name,))
    assert "Hết hạn từ" in listed_contracts(office, date(2027, 2, 1))[0].state
    with pytest.raises(BadData):
        end_contract(office, one.id, TODAY, on="04/01/2026")
    with pytest.raises(BadData):
        end_contract(office, one.id, TODAY, on="")
    end_contract(office, one.id, TODAY, on="20/11/2026")
    with pytest.raises(Refused, match="đã chấm dứt ngày 20/11/2026"):
        end_contract(office, one.id, TODAY, on="21/11/2026")
    assert listed_contracts(office, TODAY) == ()
    assert len(listed_contracts(office, TODAY, every=True)) == 1


def test_a_contract_names_its_supplier_and_days_in_order(office: Workspace) -> None:
    with pytest.raises(BadData) as refused:
        sign(office, Contracting("", " ", "01/12/2026", until="01/11/2026", system_ids=("ho-so",)), TODAY)
    told = " ".join(str(fault) for fault in refused.value.faults)
    assert all(words in told for words in ("nhà cung cấp", "về việc gì", "chưa tới", "trước ngày ký", "ho-so"))


def test_what_is_not_there_is_named_with_the_nearest(office: Workspace) -> None:
    hand_over(office, TOKEN, TODAY)
    with pytest.raises(NotFound, match="Có phải “tb-2026-001”"):
        custodies.lose(office, "tb-2026-0001", TODAY)
