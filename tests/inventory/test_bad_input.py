"""Bad input ends in a clear sentence with its place, and changes nothing."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

import pytest

from compliance.adapters.attachments import MAX_BYTES
from compliance.adapters.workspace import create_workspace
from compliance.domain.system import DiagramKind
from compliance.errors import NotFound, Refused, WorkspaceRefused
from compliance.services.systems import set_diagram, write_template
from tests.inventory.conftest import TODAY, Office

HEADER = "Mã hệ thống;Tên hệ thống;Quan hệ với xã;Chủ quản"


def test_truncated_workbook(office: Office) -> None:
    whole = office.xlsx(Hệ_thống=[["Mã hệ thống", "Phạm vi"], ["mot-cua", "Thôn"]])
    cut = office.folder / "cat.xlsx"
    cut.write_bytes(whole.read_bytes()[:-400])
    fault = office.fault(cut)
    assert "cắt ngắn" in fault.message
    assert fault.file == "cat.xlsx"


@pytest.mark.parametrize("content", [b"not a workbook at all", b"PK\x03\x04 half a zip"])
def test_not_a_workbook(office: Office, content: bytes) -> None:
    path = office.folder / "gia.xlsx"
    path.write_bytes(content)
    assert "hỏng" in office.fault(path).message


def test_another_package_that_is_not_a_workbook(office: Office) -> None:
    path = office.folder / "van-ban.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert "không phải bảng tính" in office.fault(path).message


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (unicodedata.normalize("NFD", "Mã hệ thống máy").replace("e\u0323\u0302", "ê\u0323")
         .replace("o\u0302\u0301", "ô\u0301").encode("cp1258"), "Windows-1258"),
        ("M· hÖ thèng;Ph¹m vi\nmot-cua;Th«n §«ng ®ã m¸y\n".encode("latin-1"), "TCVN3"),
        ("Maõ heä thoáng;Phaïm vi\nmot-cua;Thoân Ñoâng ñeå\n".encode("latin-1"), "VNI"),
    ],
)  # fmt: skip
def test_old_encodings_are_named_and_the_way_out_is_told(office: Office, data: bytes, named: str) -> None:
    path = office.folder / "cu.csv"
    path.write_bytes(data)
    fault = office.fault(path)
    assert named in fault.message
    assert "CSV UTF-8" in fault.expected


def test_old_font_inside_a_workbook(office: Office) -> None:
    header = office.xlsx(Sheet1=[["M· hÖ thèng", "Ph¹m vi", "§¬n vÞ"], ["mot-cua", "x", "y"]])
    assert "TCVN3" in office.fault(header).message
    cell = office.xlsx(Hệ_thống=[["Mã hệ thống", "Phạm vi"], ["mot-cua", "§¬n vÞ hµnh chÝnh"]])
    fault = office.fault(cell)
    assert (fault.row, fault.column) == (2, "B: Phạm vi")


def test_two_systems_with_one_id(office: Office) -> None:
    fault = office.fault(office.csv(f"{HEADER}\na;A;Chủ quản;ubnd-xa\nA;B;Chủ quản;ubnd-xa\n"))
    assert fault.row == 3
    assert "dòng 2" in fault.message


def test_unknown_owner_offers_the_nearest(office: Office) -> None:
    fault = office.fault(office.csv(f"{HEADER}\na;A;Chủ quản;UBND xã Suối Mâu Thuẫn\n"))
    assert (fault.row, fault.column) == (2, "D: Chủ quản")
    assert "Ủy ban nhân dân xã Suối Mẫu" in fault.expected


@pytest.mark.parametrize("owner", ["ubnd-xa; cong-an", "UBND xã Suối Mẫu và Công an xã Suối Mẫu"])
def test_two_owners_break_the_one_owner_rule(office: Office, owner: str) -> None:
    fault = office.fault(office.csv(f'{HEADER}\na;A;Chủ quản;"{owner}"\n'))
    assert "2 chủ quản" in fault.message
    assert "khoản 1 Điều 8" in fault.message


@pytest.mark.parametrize("count", ["-5", "999999999999", "1.5", "nhiều"])
def test_negative_or_absurd_counts(office: Office, count: str) -> None:
    fault = office.fault(office.csv(f"Mã hệ thống;Số tài khoản\nmot-cua;{count}\n"))
    assert fault.column == "B: Số tài khoản"
    assert count in fault.message


def test_address_outside_its_zone_and_invalid_address(office: Office) -> None:
    zones = office.csv("Mã hệ thống;Tên vùng;IP nội bộ\nmot-cua;LAN;192.168.1.0/24\n", "vung.csv")
    outside = office.csv("Mã hệ thống;Tên thiết bị;Vùng mạng;Địa chỉ IP\nmot-cua;Máy chủ;LAN;192.168.2.5\n")
    fault = office.fault(zones, outside)
    assert "nằm ngoài vùng mạng “LAN”" in fault.message
    assert (fault.file, fault.row) == ("bang-ke.csv", 2)
    wrong = office.csv("Mã hệ thống;Tên thiết bị;Địa chỉ IP\nmot-cua;Máy chủ;192.168.1.999\n")
    assert "không phải là địa chỉ IP" in office.fault(wrong).message


def test_moving_a_zone_away_from_its_devices(office: Office) -> None:
    office.take(office.csv("Hệ thống;Tên vùng;IP nội bộ\nmot-cua;LAN;192.168.1.0/24\n", "vung.csv"))
    office.take(office.csv("Hệ thống;Tên thiết bị;Vùng mạng;IP\nmot-cua;Máy chủ;LAN;192.168.1.5\n"))
    moved = office.fault(office.csv("Hệ thống;Tên vùng;IP nội bộ\nmot-cua;LAN;192.168.9.0/24\n", "vung.csv"))
    assert moved.file == "vung.csv"
    removed = office.fault(office.csv("Hệ thống;Tên vùng;Xóa\nmot-cua;LAN;x\n", "vung.csv"))
    assert "không còn" in removed.message


def test_unknown_fact_and_unknown_value_offer_the_nearest(office: Office) -> None:
    path = office.folder / "a.yaml"
    path.write_text("systems:\n  - id: mot-cua\n    facts: {servise_type: internal}\n", encoding="utf-8")
    assert "service_type" in office.fault(path).expected
    value = office.fault(office.csv("Mã hệ thống;Loại hệ thống\nmot-cua;Nội bô xã\n"))
    assert "Nội bộ" in value.message


def test_too_large_a_file_is_refused_before_it_is_parsed(office: Office) -> None:
    path = office.folder / "to.csv"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    assert "20 MB" in office.fault(path).message


def test_a_zip_bomb_is_refused_by_its_directory(office: Office) -> None:
    path = office.folder / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (90 * 1024 * 1024))
    assert "80 MB" in office.fault(path).message


def test_old_and_protected_workbooks(office: Office) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    old = office.folder / "cu.xls"
    old.write_bytes(ole)
    assert "97-2003" in office.fault(old).message
    protected = office.folder / "khoa.xlsx"
    protected.write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "mật khẩu" in office.fault(protected).message


@pytest.mark.parametrize("content", ["", "Mã hệ thống;Phạm vi\n", "một đoạn văn\nkhông có bảng nào\n"])
def test_nothing_to_read(office: Office, content: str) -> None:
    assert office.fault(office.csv(content)).file == "bang-ke.csv"


def test_missing_file_and_other_kinds(office: Office) -> None:
    with pytest.raises(NotFound, match=r"khong-co\.xlsx"):
        office.take(office.folder / "khong-co.xlsx")
    picture = office.folder / "anh.png"
    picture.write_bytes(b"\x89PNG")
    assert "XLSX, CSV" in office.fault(picture).expected


def test_a_sheet_without_a_header_beside_good_ones(office: Office) -> None:
    file = office.xlsx(Hệ_thống=[["Mã hệ thống", "Phạm vi"], ["mot-cua", "Xã"]], Sheet2=[["linh tinh"], ["abc"]])
    fault = office.fault(file)
    assert fault.sheet == "Sheet2"
    assert "“Thiết bị”" in fault.expected


@pytest.mark.parametrize(
    "text",
    ["systems: [\n", "- a\n", "systems: {a: 1}\n", "systems:\n  - id: a\n    id: b\n", "systems:\n  - {id: {a: b}}\n"],
)
def test_broken_yaml(office: Office, text: str) -> None:
    path = office.folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    assert office.fault(path).file == "a.yaml"


def test_a_formula_error_and_an_endless_text(office: Office) -> None:
    error = office.xlsx(Hệ_thống=[["Mã hệ thống", "Phạm vi"], ["mot-cua", "#REF!"]])
    assert "#REF!" in office.fault(error).message
    long = office.csv(f"Mã hệ thống;Phạm vi\nmot-cua;{'a' * 40_000}\n")
    assert "40.000 ký tự" in office.fault(long).message


def test_missing_required_columns_of_a_new_system(office: Office) -> None:
    faults = office.faults(office.csv("Mã hệ thống;Tên hệ thống\nmoi;Hệ thống mới\n"))
    assert [fault.message for fault in faults] == ["Thiếu “Quan hệ với xã”.", "Thiếu “Chủ quản”."]


def test_no_reason_no_absence(office: Office) -> None:
    fault = office.fault(office.csv("Mã hệ thống;Quy chế\nmot-cua;Không có\n"))
    assert "lý do" in fault.message


def test_part_of_an_unknown_system_and_connection_to_itself(office: Office) -> None:
    unknown = office.fault(office.csv("Mã hệ thống;Tên thiết bị\nmot-cu;Máy\n"))
    assert "mot-cua" in unknown.expected
    itself = office.fault(office.csv("Mã hệ thống;Hệ thống kết nối\nmot-cua;mot-cua\n"))
    assert "chính nó" in itself.message


def test_units_that_are_their_own_superior(office: Office) -> None:
    circle = office.csv("Mã đơn vị;Tên đơn vị;Đơn vị cấp trên\nubnd-xa;;cong-an\ncong-an;;ubnd-xa\n")
    assert "vòng lại" in office.faults(circle)[0].message


def test_an_example_mark_on_a_column_that_is_not_there(office: Office) -> None:
    fault = office.fault(office.csv("Mã hệ thống;Giá trị ví dụ\nmot-cua;Phạm v\n"))
    assert "Phạm vi" in fault.expected


def test_every_fault_is_listed_with_its_place(office: Office) -> None:
    first = office.csv(f"{HEADER};Số tài khoản\na;A;Chủ quản;ai đó;-1\nb;B;vai trò lạ;ubnd-xa;2\n", "mot.csv")
    second = office.csv("Mã hệ thống;Tên thiết bị;IP\nmot-cua;Máy;1.2.3\n", "hai.csv")
    faults = office.faults(first, second)
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [
        ("hai.csv", 2, "C: IP"),
        ("mot.csv", 2, "D: Chủ quản"),
        ("mot.csv", 2, "E: Số tài khoản"),
        ("mot.csv", 3, "C: Quan hệ với xã"),
    ]


def test_every_prefix_of_a_workbook_is_refused_calmly(office: Office) -> None:
    whole = office.xlsx(Hệ_thống=[["Mã hệ thống", "Phạm vi"], ["mot-cua", "Thôn"]]).read_bytes()
    path = Path(office.folder / "cat.xlsx")
    for length in range(1, len(whole) - 1, len(whole) // 25):
        path.write_bytes(whole[:length])
        assert office.fault(path).file == "cat.xlsx"


def test_a_header_that_fits_two_kinds_of_sheet_is_not_guessed(office: Office) -> None:
    text = "Mã hệ thống;Tên;Vị trí triển khai\nmot-cua;Máy chủ;Tầng 1\n"
    assert "“Thiết bị”, “Dịch vụ”" in office.fault(office.csv(text)).message
    office.take(office.csv(text, "dich-vu.csv"))
    assert office.system().services[0].name == "Máy chủ"


def test_clearing_an_id_is_no_way_to_remove_a_row(office: Office) -> None:
    assert "Mã" in office.fault(office.csv("Mã hệ thống;Mã thiết bị;Vị trí\nmot-cua;(xóa);Tầng 1\n")).message


def test_the_second_of_two_rows_with_one_id_is_read_for_its_own_faults(office: Office) -> None:
    sheet = "Mã hệ thống;Tên hệ thống thông tin;Quan hệ với xã;Chủ quản;Số tài khoản\n"
    rows = "mot;Hệ thống một;Chủ quản;ubnd-xa;5\nmot;Hệ thống hai;Chủ quản;ubnd-xa;-5\n"
    told = [fault.message for fault in office.faults(office.csv(sheet + rows))]
    assert len(told) == 2
    assert "đã dùng" in told[0]
    assert "-5" in told[1]


def test_marks_of_windows_1258_are_not_taken_for_tcvn3(office: Office) -> None:
    text = "Mã hệ thống;Tên hệ thống thông tin;Quan hệ với xã\na;Quản lý văn bản của đơn vị;Chủ quản\n"
    marks_apart = unicodedata.normalize("NFD", text)
    for apart, whole in {"a\u0302": "â", "e\u0302": "ê", "o\u0302": "ô", "a\u0306": "ă", "o\u031b": "ơ"}.items():
        marks_apart = marks_apart.replace(apart, whole)
    path = office.folder / "cu.csv"
    path.write_bytes(marks_apart.encode("cp1258", "ignore"))
    assert "Windows-1258" in office.fault(path).message


def test_a_quote_left_open_does_not_swallow_the_rows_below(office: Office) -> None:
    fault = office.fault(office.csv('Mã hệ thống;Phạm vi\nmot-cua;"Toàn xã\nmot-cua-2;Thôn\n'))
    assert fault.row == 2
    assert "nháy kép" in fault.message


@pytest.mark.parametrize("day", ["05/03/0026", "0026-03-05", "5/3/2926"])
def test_a_year_no_paper_is_of(office: Office, day: str) -> None:
    fault = office.fault(office.csv(f"Mã hệ thống;Ngày đưa vào sử dụng\nmot-cua;{day}\n"))
    assert day in fault.message


def test_a_yaml_fact_given_inside_and_outside(office: Office) -> None:
    path = office.folder / "a.yaml"
    path.write_text(
        "systems:\n  - id: mot-cua\n    service_type: internal\n    facts: {service_type: public_service}\n",
        encoding="utf-8",
    )
    assert "hai lần" in office.fault(path).message


def test_a_yaml_row_of_nothing_but_an_ordinal(office: Office) -> None:
    path = office.folder / "a.yaml"
    path.write_text("systems:\n  - stt: 1\n", encoding="utf-8")
    assert "không có dòng dữ liệu" in office.fault(path).message


def test_formulas_are_told_not_calculated(office: Office) -> None:
    path = office.xlsx(Hệ_thống=[["STT", "Mã hệ thống", "Phạm vi"], ["=ROW()", "mot-cua", '=VLOOKUP("a",A:B,2,0)']])
    (note,) = office.take(path).notes
    assert (note.row, note.column) == (2, "C: Phạm vi")
    assert "công thức" in note.message


def test_cells_merged_over_whole_columns_are_refused_before_they_fill_the_memory(office: Office) -> None:
    rows: list[list[object]] = [["Mã hệ thống", "Phạm vi"], ["mot-cua", "Thôn"]]
    path = office.xlsx(Hệ_thống=rows)
    bomb = office.folder / "gop-o.xlsx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(bomb, "w") as package:
        for name in whole.namelist():
            merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            package.writestr(name, whole.read(name).replace(b"</sheetData>", merged))
    assert "gộp ô" in office.fault(bomb).message


def test_folders_and_names_no_disk_can_hold(office: Office) -> None:
    with pytest.raises(NotFound, match="thư mục"):
        office.take(office.folder)
    endless = office.folder / f"{'x' * 300}.csv"
    with pytest.raises(NotFound, match="Không mở được"):
        office.take(endless)
    with pytest.raises(Refused, match="Không có thư mục"):
        write_template(office.folder / "chua-co" / "a.xlsx", today=TODAY)


def test_the_disk_refuses_in_vietnamese(office: Office) -> None:
    with pytest.raises(WorkspaceRefused, match="đã có tệp mang tên này"):
        create_workspace(office.csv("x") / "ho-so", by="Văn phòng")


def test_a_huge_diagram_is_refused_by_its_size(office: Office) -> None:
    path = office.folder / "so-do.png"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(Refused, match="25 MB"):
        set_diagram(office.workspace, "mot-cua", DiagramKind.LOGICAL, path)
