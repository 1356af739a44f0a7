"""The commands of the morning as an officer types them: a screen when work begins, options afterwards, JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from compliance.cli import mornings
from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.cli.response_scripts import script, scripts
from compliance.errors import BadData, Fault
from compliance.services import incidents, morning_incidents
from tests.mornings.conftest import CENTRE, Centre, november

program = typer.Typer(cls=ErrorBoundaryGroup, add_completion=False)
program.add_typer(mornings.app, name="mornings")
sheets = typer.Typer()
sheets.command("scripts")(scripts)
sheets.command("script")(script)
program.add_typer(sheets, name="incidents")
DAY = november(20)


class Terminal:
    def __init__(self, centre: Centre) -> None:
        self.centre = centre

    def types(self, *words: str, answers: str = "", code: int = 0, today: str = "2026-11-20") -> str:
        where = ["--workspace", str(self.centre.workspace.path)]
        dated = [] if words[1] in {"show", "scripts"} else ["--today", today]
        kept = [] if words[1] == "scripts" else where
        result = CliRunner().invoke(program, [*words, *kept, *dated], input=answers)
        assert result.exit_code == code, result.output
        return result.stdout if code == 0 else result.output

    def reads(self, *words: str) -> Any:
        return json.loads(self.types(*words, "--json"))

    def checks(self, answers: str) -> str:
        return self.types("mornings", "check", answers=answers)

    @property
    def faults(self) -> dict[str, str]:
        head = self.centre.workspace.store.head("morning", f"{CENTRE.id}/{DAY}")
        seen = json.loads(head.body)["seen"] if head else {}
        return {id_: one["note"] for id_, one in seen.items() if one["state"] == "fault"}


@pytest.fixture
def terminal(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setattr(mornings, "at_the_keyboard", lambda: True)
    return Terminal(centre)


def test_one_key_says_that_everything_is_in_order(terminal: Terminal) -> None:
    said = terminal.checks("\n")
    assert "1. Kết nối Internet" in said
    assert "8. Hệ thống một cửa điện tử" in said
    assert "9 mục tốt, 0 mục hỏng" in said
    assert "Việc tiếp theo: làm việc bình thường" in said


def test_the_list_fits_one_screen(terminal: Terminal) -> None:
    shown = terminal.checks("q\n").splitlines()
    assert len(shown) <= 24
    assert any(line.endswith("Chưa ghi gì.") for line in shown)


def test_faults_are_numbers_then_a_line_each(terminal: Terminal) -> None:
    said = terminal.checks("4, 9\nkẹt giấy, tầng 1\n\nđăng nhập báo lỗi\n\nđã gọi thợ\n")
    assert "4. Máy in: hỏng, lỗi thế nào?" in said
    assert terminal.faults == {"may-in": "kẹt giấy, tầng 1", "phan-mem-ioffice": "đăng nhập báo lỗi"}
    assert f"compliance mornings fault {CENTRE.id}/2026-11-20 may-in --as-incident" in said


def test_what_cannot_be_read_is_asked_again(terminal: Terminal) -> None:
    said = terminal.checks("99 máy-in\n4\n\nkẹt giấy\nx\n\n\n")
    assert "Chưa hiểu “99 máy-in”. Hãy gõ số từ 1 đến 9" in said
    assert "Hãy ghi một câu ngắn" in said
    assert "Hãy gõ c hoặc nhấn Enter." in said
    assert terminal.faults == {"may-in": "kẹt giấy"}


def test_what_is_not_there_is_marked_and_remembered(terminal: Terminal) -> None:
    terminal.types("mornings", "record", "--good", "--not-here", "may-quet", "--day", "19/11/2026")
    assert "5. Máy quét   [không có]" in terminal.checks("k7\n")
    assert "2 mục không có" in terminal.checks("\n")
    assert "1 mục không có" in terminal.checks("c5\n")


def test_a_second_check_shows_what_the_first_found(terminal: Terminal) -> None:
    terminal.types("mornings", "record", "--fault", "may-in=kẹt giấy")
    said = terminal.checks("1\nmất mạng\n\n\n")
    assert "[đã ghi hỏng: kẹt giấy]" in said
    assert "Đã ghi đè bằng bản số 2" in said
    assert "Máy in: trước ghi “Hỏng, lỗi: kẹt giấy”, nay ghi “Tốt”" in said


@pytest.mark.parametrize("answers", ["", "4\n", "4\nkẹt giấy\n", "4\nq\n"])
def test_stopping_half_way_records_nothing(terminal: Terminal, answers: str) -> None:
    assert "Chưa ghi gì." in terminal.checks(answers)
    assert terminal.centre.workspace.store.ids("morning") == []


def test_without_a_screen_the_other_command_is_named(centre: Centre) -> None:
    said = Terminal(centre).types("mornings", "check", code=1)
    assert "compliance mornings record --good" in said


def test_a_fault_becomes_an_incident_at_the_time_of_the_check(terminal: Terminal) -> None:
    said = terminal.checks("3\ncảnh báo mã độc, tệp đổi tên\nc\n\n")
    assert "compliance incidents script ma-doc-tong-tien" in said
    (one,) = incidents.incidents(terminal.centre.workspace)
    assert f"Đã lập sự cố: {one.id}." in said
    assert one.kind == "ma-doc-tong-tien"
    assert one.detected_at.date() == DAY
    assert f"{CENTRE.id}/2026-11-20" in one.description
    (fault,) = terminal.reads("mornings", "list")["faults"]
    assert (fault["incident_id"], fault["open"]) == (one.id, True)
    again = terminal.types("mornings", "fault", f"{CENTRE.id}/2026-11-20", "dau-hieu-la", "--as-incident", code=1)
    assert f"đã gắn với sự cố {one.id}" in again


def test_an_incident_that_cannot_be_recorded_does_not_lose_the_check(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise BadData("Chưa ghi.", [Fault("ghi muộn")])

    monkeypatch.setattr(morning_incidents, "raise_incident", refuse)
    said = terminal.checks("4\nkẹt giấy\nc\n\n")
    assert "Lần kiểm tra đã ghi, nhưng chưa lập được sự cố cho “Máy in”: Chưa ghi." in said
    assert "- ghi muộn" in said
    assert terminal.faults == {"may-in": "kẹt giấy"}


def test_afterwards_the_time_must_be_told(terminal: Terminal) -> None:
    terminal.types("mornings", "record", "--fault", "ioffice=không vào được", "--day", "2026-11-18")
    which = ("mornings", "fault", f"{CENTRE.id}/2026-11-18", "ioffice", "--as-incident")
    assert "Hãy nêu --at" in terminal.types(*which, code=1)
    assert "không phải là giờ" in terminal.types(*which, "--at", "25:70", code=1)
    terminal.types(*which, "--at", "7 giờ 40")
    (one,) = incidents.incidents(terminal.centre.workspace)
    assert f"{one.detected_at:%d/%m/%Y %H:%M}" == "18/11/2026 07:40"
    assert one.system_ids == ("ioffice",)
    assert "kiểm tra đầu giờ ngày 18/11/2026" in one.recorded_late


def test_good_and_faults_do_not_go_together(terminal: Terminal) -> None:
    assert "hãy chọn một" in terminal.types("mornings", "record", "--good", "--fault", "may-in=hỏng", code=1)
    assert "Hãy nêu kết quả" in terminal.types("mornings", "record", code=1)
    assert terminal.types("mornings", "record", "--fault", "may-fax=hỏng", "--fault", "may-in", code=6).count("  ") >= 2


def test_the_list_has_stable_keys(terminal: Terminal) -> None:
    terminal.types("mornings", "record", "--good", "--day", "03/11/2026")
    terminal.types("mornings", "record", "--fault", "may-in=kẹt giấy", "--day", "19/11/2026")
    month = terminal.reads("mornings", "list", "--month", "2026-11")
    assert (month["unit"], month["checked"], month["working_days"]) == (CENTRE.id, 2, 13)
    assert (month["faults_open"], month["faults_closed"]) == (1, 0)
    by_day = {day["day"]: day for day in month["days"]}
    assert len(by_day) == 30
    assert by_day["2026-11-19"]["state"] == "checked"
    assert by_day["2026-11-19"]["afterwards"] is True
    assert by_day["2026-11-18"]["state"] == "gap"
    assert by_day["2026-11-02"]["state"] == "before"
    assert by_day["2026-11-20"]["state"] == "waiting"
    said = terminal.types("mornings", "list")
    assert "HÔM NAY CHƯA KIỂM TRA" in said
    assert "Đã kiểm tra 2/13 ngày làm việc; bỏ trống 11 ngày" in said
    assert "ghi bổ sung ngày 20/11/2026" in " ".join(said.replace("│", " ").split())


def test_one_morning_shows_its_versions(terminal: Terminal) -> None:
    terminal.types("mornings", "record", "--good")
    terminal.types("mornings", "record", "--fault", "may-in=kẹt giấy")
    said = terminal.types("mornings", "show", f"{CENTRE.id}/2026-11-20")
    assert "Bản 1:" in said
    assert "- Máy in: trước ghi “Tốt”, nay ghi “Hỏng, lỗi: kẹt giấy”" in said
    assert "chưa đúng" in terminal.types("mornings", "show", "hôm qua", code=1)


def test_the_sheet_is_printed_where_one_says(terminal: Terminal, tmp_path: Path) -> None:
    terminal.types("mornings", "record", "--good")
    made = terminal.reads("mornings", "sheet", "2026-11", "--out", str(tmp_path))
    assert Path(made["files"][0]["path"]).name == f"kiem-tra-dau-gio-{CENTRE.id}-2026-11.pdf"
    assert made["checked"] == 1


def test_the_scripts_are_listed_and_the_first_steps_shown_at_once(terminal: Terminal, tmp_path: Path) -> None:
    assert "ma-doc-tong-tien" in terminal.types("incidents", "scripts")
    said = terminal.types("incidents", "script", "ma-doc-tong-tien", "--out", str(tmp_path / "tờ.pdf"))
    assert "RÚT DÂY MẠNG" in said
    assert "KHÔNG: Cài lại" in said
    assert (tmp_path / "tờ.pdf").is_file()
    assert "danh bạ chưa có" in said
    made = terminal.reads("incidents", "script", "--all", "--out", str(tmp_path))
    assert len(made) == 8
    assert "Hãy nêu một mã kịch bản" in terminal.types("incidents", "script", code=1)
    assert "Có phải" in terminal.types("incidents", "script", "mat-usb", code=4)
