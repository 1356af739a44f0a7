"""Importing again: by stable id, only what the sheet mentions, with every difference told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.adapters.workspace import open_workspace
from compliance.cli.main import app
from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import AbsenceKind
from compliance.domain.system import DiagramKind
from compliance.errors import NotFound, Refused
from compliance.services import systems
from tests.inventory.conftest import UNITS, Office, changed_by


def answer(office: Office, key: str) -> Answer:
    head = office.workspace.store.head("answer", key)
    assert head is not None
    return Answer.model_validate_json(head.body)


def test_what_the_sheet_does_not_mention_is_left_alone(office: Office) -> None:
    report = office.take(office.csv("Mã hệ thống;Số tài khoản;Phạm vi\nmot-cua;15;\n"))
    assert (office.system().account_count, office.system().scope) == (15, "Toàn xã")
    (difference,) = report.differences
    assert (difference.field, difference.before, difference.after) == ("Số tài khoản", "12", "15")


def test_a_second_import_of_the_same_file_changes_nothing(office: Office) -> None:
    tip = office.workspace.store.tip()
    report = office.take(office.csv(UNITS))
    assert changed_by(report) == set()
    assert report.unchanged["unit"] == ("ubnd-xa", "cong-an", "vhxh")
    assert office.workspace.store.tip() == tip


def test_dry_run_tells_and_saves_nothing(office: Office) -> None:
    tip = office.workspace.store.tip()
    report = office.take(office.csv("Mã hệ thống;Tên thiết bị\nmot-cua;Máy chủ\n"), dry_run=True)
    assert report.updated["system"] == ("mot-cua",)
    assert [(one.part, one.after) for one in report.differences] == [("Thiết bị “Máy chủ”", "thêm")]
    assert office.workspace.store.tip() == tip


def test_clearing_and_stating_why_a_field_is_empty(office: Office) -> None:
    office.take(
        office.csv("Mã hệ thống;Phạm vi;Quy chế;Tài liệu thiết kế\nmot-cua;(xóa);Chưa có;Không áp dụng: thuê\n")
    )
    system = office.system()
    assert system.scope == ""
    assert system.absences["regulation"].kind is AbsenceKind.NOT_YET
    assert system.absences["design_document"].reason == "thuê"
    office.take(office.csv("Mã hệ thống;Quy chế;Tài liệu thiết kế\nmot-cua;Quyết định số 5/QĐ-UBND;(xoá)\n"))
    assert office.system().absences == {}
    assert office.system().regulation is not None


def test_an_answer_not_known_is_left_unanswered_and_noted(office: Office) -> None:
    report = office.take(office.csv("Mã hệ thống;Loại thông tin;Số tài khoản\nmot-cua;chưa rõ;13\n"))
    assert office.system().facts == {}
    assert "chưa trả lời" in report.notes[0].message


def test_example_values_are_marked_until_they_are_replaced(office: Office) -> None:
    file = "Mã hệ thống;Quy mô;Loại thông tin;Giá trị ví dụ\nmot-cua;10 máy;Riêng;Quy mô; \n"
    office.take(office.csv(file.replace("Quy mô; ", '"Quy mô; Loại thông tin"')))
    assert office.system().assumed == ("size", "information")
    office.take(office.csv("Mã hệ thống;Quy mô\nmot-cua;11 máy\n"))
    assert office.system().assumed == ("information",)
    office.take(office.csv("Mã hệ thống;Giá trị ví dụ\nmot-cua;(xóa)\n"))
    assert office.system().assumed == ()
    office.take(office.csv("Mã hệ thống;Tên dịch vụ;Giá trị ví dụ\nmot-cua;Webmail;x\n"))
    assert office.system().services[0].assumed


def test_parts_not_mentioned_stay_and_marked_ones_go(office: Office) -> None:
    office.take(office.csv("Mã hệ thống;Mã thiết bị;Tên thiết bị\nmot-cua;a;Máy A\nmot-cua;b;Máy B\n"))
    report = office.take(office.csv("Mã hệ thống;Mã thiết bị;Vị trí;Xóa\nmot-cua;a;Tầng 1;\nmot-cua;b;;x\n"))
    (device,) = office.system().devices
    assert (device.id, device.place) == ("a", "Tầng 1")
    assert {(one.part, one.after) for one in report.differences} == {
        ("Thiết bị “Máy A”", "Tầng 1"),
        ("Thiết bị “Máy B”", "xóa"),
    }


def test_answers_by_clause_or_id(office: Office) -> None:
    office.take(
        office.csv(
            "Mã hệ thống;Điều khoản;Kết quả;Hiện trạng;Đơn vị thực hiện;Thời hạn\n"
            "mot-cua;3.1 a);Đạt một phần;Có quy chế;Công an xã Suối Mẫu;31/12/2026\n"
        )
    )
    given = answer(office, "mot-cua/3.1-a")
    assert given.result is Result.PARTIALLY_COMPLIANT
    assert given.responsible_unit_id == "cong-an"
    unknown = office.fault(office.csv("Mã hệ thống;Điều khoản;Kết quả\nmot-cua;99.1;Đạt\n"))
    assert "99.1" in unknown.message
    bare = office.fault(office.csv("Mã hệ thống;Điều khoản;Kết quả\nmot-cua;3.1 a);Không áp dụng\n"))
    assert "lý do" in bare.message


def test_a_diagram_replaces_the_one_of_its_kind(office: Office) -> None:
    drawing = office.folder / "so-do.svg"
    for width in ("1", "2"):
        drawing.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}"/>', encoding="utf-8")
        systems.set_diagram(office.workspace, "mot-cua", DiagramKind.LOGICAL, drawing)
    (diagram,) = office.system().diagrams
    assert office.workspace.attachments.read(diagram.sha256) == drawing.read_bytes()
    with pytest.raises(NotFound, match="mot-cua"):
        systems.set_diagram(office.workspace, "mot-cu", DiagramKind.LOGICAL, drawing)
    drawing.write_text("không phải ảnh", encoding="utf-8")
    with pytest.raises(Refused, match="PDF"):
        systems.set_diagram(office.workspace, "mot-cua", DiagramKind.LOGICAL, drawing)


def run(noun: str, place: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [noun, *arguments, "--workspace", str(place)])
    return result.exit_code, result.stdout, result.stderr


def test_commands_speak_json(office: Office) -> None:
    place = office.workspace.path
    good = office.csv("Mã hệ thống;Số tài khoản\nmot-cua;15\n", "dung.csv")
    code, out, _ = run("systems", place, "import", str(good), "--json", "--today", "2026-11-22")
    report = json.loads(out)
    assert (code, report["updated"], report["faults"]) == (0, ["mot-cua"], [])
    bad = office.csv("Mã hệ thống;Số tài khoản\nmot-cua;-1\n", "sai.csv")
    code, out, _ = run("systems", place, "import", str(bad), "--json", "--today", "2026-11-22")
    (fault,) = json.loads(out)["faults"]
    assert code == 6
    assert (fault["file"], fault["row"], fault["column"]) == ("sai.csv", 2, "B: Số tài khoản")
    _, out, _ = run("systems", place, "show", "mot-cua", "--json")
    assert json.loads(out)["account_count"] == 15
    _, out, _ = run("systems", place, "list", "--json")
    assert [one["id"] for one in json.loads(out)] == ["mot-cua"]
    _, out, _ = run("organizations", place, "list", "--json")
    assert {one["id"] for one in json.loads(out)} == {"ubnd-xa", "cong-an", "vhxh"}


def test_commands_speak_to_officers(office: Office) -> None:
    place = office.workspace.path
    file = office.csv("Mã hệ thống;Số tài khoản;Cột lạ\nmot-cua;15;a\n")
    code, out, err = run("systems", place, "import", str(file), "--dry-run", "--today", "2026-11-22")
    assert code == 0
    assert "Số tài khoản: “12” → “15”" in out
    assert "Sẽ sửa 1 hệ thống." in out
    assert "Cột lạ" in out
    assert "Đang đọc" in err
    for noun, arguments in (
        ("systems", ("show", "mot-cua")),
        ("systems", ("list",)),
        ("organizations", ("list",)),
        ("organizations", ("show", "cong-an")),
        ("systems", ("export", str(office.folder / "xuat.xlsx"))),
    ):
        code, out, _ = run(noun, place, *arguments)
        assert code == 0, arguments
        assert "Việc tiếp theo:" in out
    with open_workspace(place) as again:
        assert systems.system(again, "mot-cua").account_count == 12


def test_template_command_needs_no_workspace(office: Office) -> None:
    path = office.folder / "mau.xlsx"
    result = CliRunner().invoke(app, ["systems", "template", str(path), "--today", "2026-11-22"])
    assert result.exit_code == 0
    assert path.is_file()
