"""Spreadsheets as offices really write them."""

from __future__ import annotations

import os
import sys
import unicodedata
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from compliance.domain.system import Ownership
from compliance.services import organizations, systems
from tests.inventory.conftest import Grid, Office


def test_titles_group_headers_and_merged_cells_stand_above_the_data(office: Office) -> None:
    file = office.xlsx(
        merged=("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4"),
        Vùng_mạng=[
            ["DANH MỤC VÙNG MẠNG CỦA XÃ SUỐI MẪU"],
            [],
            ["Hệ thống", "Tên vùng", "Địa chỉ IP", None, "Mục đích"],
            [None, None, "IP nội bộ", "IP công khai", None],
            ["mot-cua", "Vùng máy chủ", "192.168.10.0/24", "203.0.113.8", "Đặt máy chủ"],
        ],
    )
    office.take(file)
    (zone,) = office.system().zones
    assert (zone.id, zone.private_addresses, zone.public_addresses) == (
        "vung-may-chu",
        ("192.168.10.0/24",),
        ("203.0.113.8",),
    )
    assert zone.purpose == "Đặt máy chủ"


def test_two_line_header_in_csv_has_no_merged_cells(office: Office) -> None:
    text = "Mã hệ thống;Tên vùng;Địa chỉ IP;\n;;Nội bộ;Công khai\nmot-cua;LAN;192.168.1.0/24;203.0.113.9\n"
    office.take(office.csv(text.replace("Nội bộ", "IP nội bộ")))
    assert office.system().zones[0].public_addresses == ("203.0.113.9",)


@pytest.mark.parametrize(
    "header",
    ["Số tài khoản", "so tai khoan", "SỐ TÀI KHOẢN (*)", "Số lượng người dùng", "account_count"],
)
def test_header_variants_with_or_without_diacritics(office: Office, header: str) -> None:
    office.take(office.csv(f"Mã hệ thống;{header}\nmot-cua;77\n"))
    assert office.system().account_count == 77


def test_decomposed_text_is_the_same_text(office: Office) -> None:
    text = "Mã hệ thống;Phạm vi;Chủ quản\nmot-cua;Toàn tỉnh Hưng Yên;Ủy ban nhân dân xã Suối Mẫu\n"
    office.take(office.csv(unicodedata.normalize("NFD", text)))
    assert office.system().scope == unicodedata.normalize("NFC", "Toàn tỉnh Hưng Yên")
    assert office.system().owner_id == "ubnd-xa"


@pytest.mark.parametrize(
    ("said", "meant"), [("Có", True), ("không", False), ("x", True), ("☒", True), ("KHONG", False), (True, True)]
)
def test_yes_and_no(office: Office, said: object, meant: bool) -> None:
    office.take(office.xlsx(Hệ_thống=[["Mã hệ thống", "Sử dụng ngân sách nhà nước"], ["mot-cua", said]]))
    assert office.system().state_budget is meant


@pytest.mark.parametrize(
    ("said", "meant"), [("1.500", 1500), ("khoảng 150", 150), (150, 150), (150.0, 150), ("1,500", 1500), ("~20", 20)]
)
def test_numbers(office: Office, said: object, meant: int) -> None:
    office.take(office.xlsx(Hệ_thống=[["Mã hệ thống", "Số tài khoản"], ["mot-cua", said]]))
    assert office.system().account_count == meant


@pytest.mark.parametrize(
    "said",
    ["5/3/2026", "05-03-2026", "ngày 05 tháng 3 năm 2026", "2026-03-05", datetime(2026, 3, 5)],  # noqa: DTZ001
)
def test_dates(office: Office, said: object) -> None:
    office.take(office.xlsx(Hệ_thống=[["Mã hệ thống", "Ngày đưa vào sử dụng"], ["mot-cua", said]]))
    assert office.system().started_on == date(2026, 3, 5)


def test_rows_that_are_not_data_are_passed_over(office: Office) -> None:
    rows: Grid = [
        ["STT", "Mã hệ thống", "Tên thiết bị", "Số lượng"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["Ví dụ:", "he-thong-mau", "Máy chủ mẫu", 1],
        [None, "Ví dụ: he-thong-mau", "Máy chủ mẫu", 1],
        ["I", "Thiết bị của một cửa", None, None],
        [1, "mot-cua", "Máy tính", 3],
        [None, None, None, None],
        ["Tổng cộng", None, None, 3],
    ]
    report = office.take(office.xlsx(Thiết_bị=rows))
    (device,) = office.system().devices
    assert (device.name, device.quantity) == ("Máy tính", 3)
    assert [note.row for note in report.notes] == [3, 4, 5, 8]


def test_an_example_row_somebody_filled_in_is_told(office: Office) -> None:
    path = office.csv("Mã hệ thống;Phạm vi\nVí dụ: mot-cua;Thôn Đông\nmot-cua;Thôn Tây\n")
    (note,) = office.take(path).notes
    assert note.row == 2
    assert "không được nhập" in note.message


def test_what_nobody_sees_in_a_cell_is_not_part_of_it(office: Office) -> None:
    office.take(office.csv("Mã hệ thống;Phạm vi\nmot-cua;T\u200co\u200dà\u00adn\u202e xã\u2066\uffff\n"))
    assert office.system().scope == "Toàn xã"


def test_numbers_read_as_the_sheet_shows_them(office: Office) -> None:
    path = office.xlsx(Hệ_thống=[["Mã hệ thống", "Phạm vi", "Quy mô"], ["mot-cua", 0.35, 12.5]])
    book = load_workbook(path)
    book["Hệ thống"]["B2"].number_format = "0%"
    book.save(path)
    office.take(path)
    assert (office.system().scope, office.system().size) == ("35%", "12,5")


def test_two_columns_of_one_header_are_told(office: Office) -> None:
    (note,) = office.take(office.csv("Mã hệ thống;Phạm vi;Phạm vi\nmot-cua;T1;T2\n")).notes
    assert note.column == "B: Phạm vi"
    assert "trùng với cột C" in note.message


def test_signs_beyond_the_first_plane_from_json(office: Office) -> None:
    path = office.folder / "a.json"
    path.write_text('{"systems": [{"id": "mot-cua", "scope": "thôn \\ud83c\\udfe0"}]}', encoding="utf-8")
    office.take(path)
    assert office.system().scope == "thôn 🏠"


def test_file_names_are_kept_in_canonical_and_printable_text(office: Office) -> None:
    named = office.csv("Mã hệ thống;Phạm vi\nmot-cua;T1\n", unicodedata.normalize("NFD", "bảng kê.csv"))
    assert office.take(named).files == ("bảng kê.csv",)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep no such names")
def test_a_file_name_in_an_old_encoding(office: Office) -> None:
    path = office.csv("Mã hệ thống;Phạm vi\nmot-cua;T1\n").rename(office.folder / os.fsdecode(b"b\xe1ng.csv"))
    assert office.take(path).files == ("b?ng.csv",)


def test_a_system_merged_down_its_devices(office: Office) -> None:
    rows: Grid = [["Hệ thống", "Tên thiết bị"], ["mot-cua", "Máy chủ"], [None, "Máy in"]]
    office.take(office.xlsx(merged=("A2:A3",), Thiết_bị=rows))
    assert [device.name for device in office.system().devices] == ["Máy chủ", "Máy in"]


def test_devices_of_one_name_are_told_apart_by_serial(office: Office) -> None:
    text = "Hệ thống;Tên thiết bị;Số seri\nmot-cua;Máy tính;SN1\nmot-cua;Máy tính;SN2\n"
    office.take(office.csv(text))
    again = office.take(office.csv(text))
    assert [device.serial for device in office.system().devices] == ["SN1", "SN2"]
    assert again.unchanged["system"] == ("mot-cua",)
    office.take(office.csv("Hệ thống;Tên thiết bị;Số seri;Vị trí\nmot-cua;Máy tính;SN2;Tầng 2\n"))
    assert [(device.serial, device.place) for device in office.system().devices] == [("SN1", ""), ("SN2", "Tầng 2")]


def test_several_sheets_of_one_workbook(office: Office) -> None:
    file = office.xlsx(
        Hướng_dẫn=[["Điền theo mẫu"]],
        Hệ_thống=[["Tên hệ thống", "Quan hệ", "Cơ quan chủ quản"], ["Thư điện tử", "sử dụng", "UBND xã Suối Mẫu"]],
        Dịch_vụ=[["Hệ thống", "Tên dịch vụ"], ["Thư điện tử", "Webmail"]],
        Rủi_ro=[["Hệ thống", "Nguy cơ", "Tác động"], ["thu-dien-tu", "Lộ mật khẩu", "Mất thư"]],
        Kết_nối=[["Hệ thống", "Kết nối với", "Chiều"], ["thu-dien-tu", "Hệ thống một cửa điện tử", "gửi"]],
    )
    office.take(file)
    mail = office.system("thu-dien-tu")
    assert mail.ownership is Ownership.USED
    assert mail.services[0].name == "Webmail"
    assert mail.risks[0].impact == "Mất thư"
    assert mail.connections[0].other_system_id == "mot-cua"


def test_yaml_by_field_ids_or_by_headers(office: Office) -> None:
    path = office.folder / "bang-ke.yaml"
    path.write_text(
        "systems:\n"
        "  - id: truyen-thanh\n"
        "    name: Truyền thanh xã\n"
        "    ownership: owned\n"
        "    Chủ quản: ubnd-xa\n"
        "    facts: {service_type: [internal, public_service], subjects_basic: 1500}\n"
        "thiết bị:\n"
        "  - {Mã hệ thống: truyen-thanh, Tên thiết bị: Bộ thu FM, Số lượng: 20}\n",
        encoding="utf-8",
    )
    office.take(path)
    loud = office.system("truyen-thanh")
    assert loud.facts == {"service_type": ("internal", "public_service"), "subjects_basic": 1500}
    assert loud.devices[0].quantity == 20


def test_utf16_csv_and_tabs_and_the_sep_line(office: Office) -> None:
    path = office.folder / "excel.csv"
    path.write_bytes("Mã hệ thống\tPhạm vi\nmot-cua\tMột tổ\n".encode("utf-16"))
    office.take(path, office.csv('sep=,\nMã hệ thống,Tên thiết bị\nmot-cua,"Máy chủ, loại 1U"\n'))
    assert office.system().scope == "Một tổ"
    assert office.system().devices[0].name == "Máy chủ, loại 1U"


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (
            "Quyết định số 12/QĐ-UBND ngày 05/03/2026 của UBND xã X",
            "Quyết định số 12/QĐ-UBND ngày 05/03/2026 của UBND xã X",
        ),
        ("QĐ 12/QĐ-UBND, ngày 5 tháng 3 năm 2026", "QĐ số 12/QĐ-UBND ngày 05/03/2026"),
        ("Quy chế tạm thời của xã", "Quy chế tạm thời của xã"),
        ("Quyết định số hóa hồ sơ", "Quyết định số hóa hồ sơ"),
    ],
)
def test_papers_in_one_cell(office: Office, cell: str, printed: str) -> None:
    office.take(office.csv(f"Mã hệ thống;Quy chế\nmot-cua;{cell}\n"))
    regulation = office.system().regulation
    assert regulation is not None
    assert regulation.text == printed


def test_a_paper_gives_number_date_issuer_and_subject(office: Office) -> None:
    cell = "Quyết định số 12/QĐ-UBND ngày 05/03/2026 của UBND xã X về việc ban hành Quy chế"
    office.take(office.csv(f"Mã hệ thống;Quy chế\nmot-cua;{cell}\n"))
    regulation = office.system().regulation
    assert regulation is not None
    assert (regulation.number, regulation.issued_on, regulation.issuer) == ("12/QĐ-UBND", date(2026, 3, 5), "UBND xã X")
    assert regulation.subject == "Quyết định về việc ban hành Quy chế"


def test_unknown_columns_are_reported_not_dropped(office: Office) -> None:
    report = office.take(office.csv("Mã hệ thống;Phạm vi;Pham vi trien khaii\nmot-cua;Xã;Thôn 1\n"))
    (note,) = report.notes
    assert "Pham vi trien khaii" in str(note)
    assert "1 ô" in note.message


def test_a_unit_is_found_by_its_short_name_and_a_name_may_hold_va(office: Office) -> None:
    office.take(office.csv("Mã hệ thống;Đơn vị vận hành\nmot-cua;phòng văn hoá và xã hội\n"))
    assert office.system().operator_id == "vhxh"
    assert set(organizations.units(office.workspace)) == {"ubnd-xa", "cong-an", "vhxh"}


def test_several_files_are_one_act(office: Office) -> None:
    before = office.workspace.store.tip().seq
    office.take(
        office.csv("Mã hệ thống;Phạm vi\nmot-cua;Thôn 1\n", "a.csv"),
        office.csv("Mã đơn vị;Địa chỉ\nubnd-xa;Thôn 2\n", "b.csv"),
    )
    saved = [entry for entry in office.workspace.store.entries() if entry.seq > before]
    assert {entry.kind for entry in saved} == {"unit", "system"}
    assert {entry.reason for entry in saved} == {"Nhập từ a.csv, b.csv"}


def test_two_thousand_systems(office: Office) -> None:
    rows = "".join(f"ht{n};Hệ thống {n};Chủ quản;ubnd-xa\n" for n in range(2000))
    file = office.csv("Mã hệ thống;Tên hệ thống;Quan hệ với xã;Chủ quản\n" + rows)
    assert len(office.take(file).created["system"]) == 2000
    assert len(systems.systems(office.workspace)) == 2001
