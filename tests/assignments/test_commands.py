"""The commands as an officer types them, and as another program reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from compliance.cli.assignments import app
from compliance.cli.boundary import ErrorBoundaryGroup
from tests.documents.office import TODAY, new_office

program = typer.Typer(cls=ErrorBoundaryGroup, add_completion=False)
program.add_typer(app, name="assignments")
DATED = {"list", "issue", "return", "lost", "custody", "contract", "contract-end", "contracts", "handover"}


class Terminal:
    def __init__(self, path: Path) -> None:
        self.path = path

    def types(self, *words: str, code: int = 0) -> str:
        told = ["--workspace", str(self.path), *(["--today", TODAY.isoformat()] if words[0] in DATED else [])]
        result = CliRunner().invoke(program, ["assignments", *words, *told])
        assert result.exit_code == code, result.output
        return result.stdout if code == 0 else result.output

    def reads(self, *words: str) -> Any:
        return json.loads(self.types(*words, "--json"))


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    new_office(tmp_path / "ho-so").close()
    return Terminal(tmp_path / "ho-so")


def officer(terminal: Terminal, *more: str) -> str:
    return terminal.types("add", "--role", "security-officer", "--unit", "van-phong", "--since", "01/10/2026", *more)


def test_an_empty_office_is_told_what_to_record(terminal: Terminal) -> None:
    told = terminal.types("list")
    assert "Chưa có phân công nào vào ngày 22/11/2026." in told
    assert "Còn thiếu: Chưa phân công cán bộ phụ trách an ninh mạng (" in told
    assert "Việc tiếp theo: ghi người giữ: compliance assignments add --role security-officer" in told


def test_an_officer_is_recorded_shown_and_ended(terminal: Terminal) -> None:
    told = officer(terminal, "--position", "Công chức Văn phòng", "--paper", "Quyết định số 12/QĐ-UBND ngày 28/9/2026")
    assert "Đã ghi pc-2026-001: cán bộ phụ trách an ninh mạng" in told
    assert "Quyết định số 12/QĐ-UBND ngày 28/09/2026" in terminal.types("show", "pc-2026-001")
    assert "Cán bộ phụ trách" in terminal.types("list")
    told = terminal.types("end", "pc-2026-001", "--on", "20/11/2026")
    assert "thôi giữ vai trò cán bộ phụ trách an ninh mạng từ hết ngày 20/11/2026" in told
    assert "compliance assignments handover van-phong" in told
    told = terminal.types("withdraw", "pc-2026-001", "--reason", "Ghi nhầm")
    assert "Đã rút pc-2026-001: Ghi nhầm" in told


def test_programs_read_who_holds_what_on_a_day(terminal: Terminal) -> None:
    officer(terminal)
    read = terminal.reads("list", "--on", "31/12/2026")
    assert read["on"] == "2026-12-31"
    (one,) = read["assignments"]
    assert (one["id"], one["role"], one["role_label"], one["holds"]) == (
        "pc-2026-001",
        "security_officer",
        "Cán bộ phụ trách an ninh mạng",
        True,
    )
    assert {each["id"] for each in read["missing"]} == {"incident-lead", "incident-deputy"}
    assert all(each["citations"] for each in read["missing"])
    assert terminal.reads("list", "--on", "30/09/2026")["assignments"] == []
    assert len(terminal.reads("list", "--on", "30/09/2026", "--all")["assignments"]) == 1
    assert terminal.reads("list", "--role", "leads")["assignments"] == []


def test_wrong_input_is_listed_whole(terminal: Terminal) -> None:
    told = terminal.types(
        "add", "--role", "leads", "--unit", "van-phon", "--since", "31/2/2026", "--until", "hôm nào", code=6
    )
    assert "Phân công có 3 lỗi; chưa lưu gì." in told
    assert "tùy chọn --since: “31/2/2026” không có trong lịch." in told
    assert "Có phải “van-phong”?" in told


def test_a_token_is_issued_renewed_lost_and_found(terminal: Terminal) -> None:
    words = ("--kind", "token", "--label", "USB token của Chủ tịch", "--unit", "ubnd-xa", "--serial", "VD-0042")
    told = terminal.types("issue", *words, "--on", "05/01/2026", "--until", "31/12/2026")
    assert "Đã ghi tb-2026-001: USB token của Chủ tịch" in told
    (one,) = terminal.reads("custody", "--expiring", "60")
    assert (one["kind"], one["days_left"], one["out"]) == ("token", 39, True)
    terminal.types("renew", "tb-2026-001", "--until", "31/12/2028")
    assert terminal.reads("custody", "--expiring", "60") == []
    told = terminal.types("lost", "tb-2026-001")
    assert "Báo ngay nơi cấp" in told
    assert "compliance incidents script mat-usb-token" in told
    assert "compliance incidents record --kind mat-usb-token" in told
    assert "Đã thu hồi tb-2026-001" in terminal.types("return", "tb-2026-001", "--to", "Văn phòng")
    assert "Không có thiết bị, tài khoản nào như vậy." in terminal.types("custody")
    assert "Báo mất ngày" in terminal.types("show", "tb-2026-001")


def test_a_password_typed_by_mistake_is_not_echoed_into_the_records(terminal: Terminal) -> None:
    told = terminal.types(
        "issue",
        "--kind",
        "account",
        "--label",
        "Tài khoản",
        "--serial",
        "mật khẩu: Abc@123",
        "--unit",
        "van-phong",
        code=6,
    )
    assert "không bao giờ lưu mật khẩu, mã PIN" in told
    assert "Abc@123" not in told
    assert terminal.reads("custody", "--all") == []


def test_contracts_are_listed_with_the_days_left(terminal: Terminal) -> None:
    terminal.types(
        "contract",
        "--supplier",
        "Công ty Ví Dụ",
        "--what",
        "Bảo trì",
        "--signed",
        "05/01/2026",
        "--until",
        "31/12/2026",
    )
    (one,) = terminal.reads("contracts")
    assert (one["id"], one["days_left"], one["runs"]) == ("hd-2026-001", 39, True)
    assert "Công ty Ví Dụ" in terminal.types("contracts")
    assert "chấm dứt ngày 20/11/2026" in terminal.types("contract-end", "hd-2026-001", "--on", "20/11/2026")
    ended = terminal.types("contracts")
    assert "Không có hợp đồng nào đang thực hiện" in ended
    assert "--all" in ended


def test_the_hand_over_sheet_says_how_much_it_holds(terminal: Terminal, tmp_path: Path) -> None:
    officer(terminal)
    read = terminal.reads("handover", "van-phong", "--out", str(tmp_path / "bb.pdf"))
    assert read["counts"]["roles"] == 1
    assert (tmp_path / "bb.pdf").is_file()
    told = terminal.types("handover", "van-phong", "--out", str(tmp_path / "bb.pdf"))
    assert "Việc tiếp theo: xem, ký biên bản" in told


def test_an_office_without_contracts_is_told_how_to_record_one(terminal: Terminal) -> None:
    assert "Chưa ghi hợp đồng nào." in terminal.types("contracts")


def test_what_was_taken_back_is_not_offered_to_be_taken_back_again(terminal: Terminal) -> None:
    officer(terminal)
    terminal.types("withdraw", "pc-2026-001", "--reason", "Ghi nhầm đơn vị")
    told = terminal.types("show", "pc-2026-001")
    assert "Ghi nhầm đơn vị" in told
    assert "assignments withdraw" not in told
