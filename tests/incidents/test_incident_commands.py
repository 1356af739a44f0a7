"""The commands about incidents as an officer types them, and as another program reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from compliance.cli import incidents as commands
from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.cli.incidents import app
from tests.documents.office import STAFF, new_office

program = typer.Typer(cls=ErrorBoundaryGroup, add_completion=False)
program.add_typer(app, name="incidents")

NOON = "12:00 22/11/2026"
RECORD = ("record", "--title", "Máy chủ bị mã hóa", "--at", "8h15 22/11/2026", "--system", STAFF.id)


class Terminal:
    def __init__(self, path: Path) -> None:
        self.path = path

    def types(self, *words: str, code: int = 0, typed: str | None = None) -> str:
        result = CliRunner().invoke(program, ["incidents", *words, "--workspace", str(self.path)], input=typed)
        assert result.exit_code == code, result.output
        return result.stdout if code == 0 else result.output

    def reads(self, *words: str) -> Any:
        return json.loads(self.types(*words, "--json"))


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    new_office(tmp_path / "ho-so").close()
    return Terminal(tmp_path / "ho-so")


def test_show_as_json_holds_every_clock_with_its_end_and_state(terminal: Terminal) -> None:
    terminal.types(*RECORD, "--serious", "--serious-reason", "Ngừng phục vụ", "--no-personal-data", "--now", NOON)
    shown = terminal.reads("show", "sc-2026-001", "--now", "23/11/2026 09:00")
    assert shown["detected_at"] == "2026-11-22T08:15:00+07:00"
    clocks = {clock["id"]: (clock["state"], clock["due"]) for clock in shown["clocks"]}
    assert clocks["thong-bao-24h"] == ("overdue", "2026-11-23T08:15:00+07:00")
    assert clocks["bao-cao-72h"] == ("due_soon", "2026-11-25T08:15:00+07:00")
    assert clocks["bao-ngay"] == ("possible", "2026-11-22T08:15:00+07:00")
    assert clocks["du-lieu-ca-nhan-72h"][0] == "not_owed"
    late = next(clock for clock in shown["clocks"] if clock["id"] == "thong-bao-24h")
    assert (late["left_minutes"], late["hours"], late["late_minutes"]) == (-45, 24, None)


def test_the_page_tells_what_runs_what_is_open_and_what_comes_next(terminal: Terminal) -> None:
    said = terminal.types(*RECORD, "--interrupts", "--no-violation", "--now", NOON)
    assert "Đã ghi sự cố sc-2026-001." in said
    flat = " ".join(said.replace("│", " ").split())
    assert "phải báo ngay; đã qua 3 giờ 45 phút" in flat
    assert "Chưa kết luận nên chưa biết có phải báo không:" in said
    assert "Không phải gửi theo kết luận của cơ quan: hanh-vi-vi-pham." in said
    assert "(điểm W42)" in said
    assert "compliance incidents sent sc-2026-001 --kind initial" in said.splitlines()[-1]


def test_an_incident_walks_from_record_to_close(terminal: Terminal, tmp_path: Path) -> None:
    receipt = tmp_path / "phieu-gui.txt"
    receipt.write_text("Đã nhận", encoding="utf-8")
    terminal.types(*RECORD, "--now", NOON)
    no = ("--no-threatens", "--no-interrupts", "--no-dangerous", "--no-violation", "--no-personal-data")
    terminal.types("judge", "sc-2026-001", *no, "--serious", "--reason", "Mất dữ liệu", "--now", NOON)
    sent = ("--to", "Công an tỉnh Mẫu", "--channel", "Điện thoại")
    said = terminal.types(
        "sent", "sc-2026-001", "--kind", "initial", "--at", "22/11/2026 12:10", *sent, "--file", str(receipt),
        "--now", "22/11/2026 12:30",
    )  # fmt: skip
    assert "Thông báo ban đầu về sự cố nghiêm trọng: đã gửi lúc 12 giờ 10 phút ngày 22/11/2026, trong hạn" in said
    assert "Lưu ý" not in said
    late = terminal.types(
        "sent", "sc-2026-001", "--kind", "report", "--at", "25/11/2026 10:15", *sent, "--now", "25/11/2026 11:00"
    )
    assert "quá hạn, đã báo cáo ngày 25/11/2026 lúc 10 giờ 15 phút (chậm 2 giờ)" in late
    assert "compliance incidents prove sc-2026-001 2" in late
    terminal.types("prove", "sc-2026-001", "2", "--evidence", "mc-2026-0001")
    terminal.types("contain", "sc-2026-001", "--at", "23/11/2026 10:00", "--now", "25/11/2026 11:00")
    terminal.types(
        "update", "sc-2026-001", "--cause", "Thư lừa đảo", "--lesson", "Tập huấn", "--now", "25/11/2026 11:00"
    )
    closing = ("--at", "25/11/2026 11:00", "--outcome", "Đã khôi phục", "--now", "25/11/2026 12:00")
    terminal.types("close", "sc-2026-001", *closing)
    row = terminal.reads("list", "--now", "01/12/2026 08:00")[0]
    assert (row["closed"], row["stage_label"], row["severity"]) == (True, "Đã kết thúc", "serious")
    assert "chậm 2 giờ" in " ".join(terminal.types("list", "--now", "01/12/2026 08:00").replace("│", " ").split())
    assert terminal.reads("list", "--open", "--now", "01/12/2026 08:00") == []
    assert terminal.reads("list", "--year", "2025", "--now", "01/12/2026 08:00") == []
    assert (
        terminal.reads("reopen", "sc-2026-001", "--reason", "Tái diễn", "--now", "01/12/2026 08:00")["closed"] is False
    )


def test_closing_with_a_report_owed_needs_both_override_and_reason(terminal: Terminal) -> None:
    terminal.types(*RECORD, "--now", NOON)
    closing = ("close", "sc-2026-001", "--at", "22/11/2026 11:00", "--outcome", "Xong", "--now", NOON)
    assert "chưa gửi “Báo cáo sự cố”" in terminal.types(*closing, code=6)
    assert "phải kèm lý do" in terminal.types(*closing, "--override", code=1)
    assert "Đã kết thúc sc-2026-001" in terminal.types(*closing, "--override", "--reason", "Chuyển công an điều tra")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("record", "--now", NOON), 6, "chưa nêu lúc phát hiện"),
        (("record", "--title", "A", "--at", "13:00 22/11/2026", "--now", NOON), 6, "ở tương lai"),
        (("record", "--title", "A", "--at", "10:00 22/11/2026", "--kind", "abc", "--now", NOON), 6, "kịch bản"),
        (("record", "--title", "A", "--at", "10:00 20/11/2026", "--now", NOON), 6, "--late-reason"),
        (("show", "sc-2026-009", "--now", NOON), 4, "Không có sự cố “sc-2026-009”"),
        (("list", "--now", "hôm nay"), 1, "chưa đủ giờ"),
        (("judge", "sc-2026-001"), 1, "Chưa nêu kết luận nào"),
        (("judge", "sc-2026-001", "--unknown", "nang"), 1, "Không có dữ kiện “nang”"),
        (("judge", "sc-2026-001", "--serious"), 1, "lý do đánh giá"),
        (("contain", "sc-2026-001"), 1, "Hãy nêu lúc ngăn chặn"),
        (("contact-tried", "khong-co"), 4, "Không có đầu mối"),
        (("contact-add", "--role", "police"), 6, "--channel: chưa nêu"),
    ],
)
def test_bad_input_is_a_sentence(terminal: Terminal, words: tuple[str, ...], code: int, told: str) -> None:
    assert told in terminal.types(*words, code=code)


def test_reminders_fit_a_scheduled_task(terminal: Terminal) -> None:
    assert "Không có báo cáo sự cố nào đang chờ gửi." in terminal.types("remind", "--now", NOON)
    terminal.types(*RECORD, "--interrupts", "--now", NOON)
    said = terminal.types("remind", "--now", "25/11/2026 09:00")
    assert said.startswith("[BÁO NGAY] sc-2026-001")
    assert "[QUÁ HẠN] sc-2026-001 Máy chủ bị mã hóa – Báo cáo sự cố: đã quá hạn 45 phút" in said
    rows = terminal.reads("remind", "--now", "24/11/2026 09:00")
    assert [(row["id"], row["phase"]) for row in rows[:2]] == [("bao-ngay", "after"), ("bao-cao-72h", "before")]
    assert rows[1]["next_reminder"] == "2026-11-25T02:15:00+07:00"


def test_a_fact_may_go_back_to_unknown(terminal: Terminal) -> None:
    terminal.types(*RECORD, "--no-threatens", "--now", NOON)
    shown = terminal.reads("judge", "sc-2026-001", "--unknown", "threatens", "--now", NOON)
    assert shown["signs"]["threatens"] is None


def test_the_keyboard_is_asked_for_what_is_missing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "on_terminal", lambda: True)
    answers = [
        "Thư điện tử bị chiếm",
        "8h 20/11/2026",
        STAFF.id,
        "k",
        "k",
        "c",
        "",
        "",
        "",
        "",
        "Gửi thư giả",
        "Nghỉ lễ",
    ]
    terminal.types("record", "--now", NOON, typed="\n".join(answers) + "\n")
    told = terminal.reads("show", "sc-2026-001", "--now", NOON)
    assert told["title"] == "Thư điện tử bị chiếm"
    assert told["systems"] == [STAFF.id]
    assert told["signs"]["serious"] is True
    assert told["signs"]["personal_data"] is None
    assert told["incident"]["serious_reason"] == "Gửi thư giả"
    assert told["incident"]["recorded_late"] == "Nghỉ lễ"


def test_what_an_incident_brings_about_is_recorded_as_done(terminal: Terminal) -> None:
    terminal.types(*RECORD, "--serious", "--now", NOON)
    done = terminal.reads("followed", "sc-2026-001", "danh-gia-rui-ro", "--on", "23/11/2026", "--today", "2026-11-24")
    assert done["done"][0]["id"] == f"{STAFF.id}/su-co/sc-2026-001/danh-gia-rui-ro/2026-11-23"
    undo = ("followed", "sc-2026-001", "danh-gia-rui-ro", "--undo", "--reason", "Nhầm", "--today", "2026-11-24")
    assert "Đã bỏ 1 ghi nhận." in terminal.types(*undo)


def test_the_contact_list_is_kept_from_the_terminal(terminal: Terminal) -> None:
    assert "còn trống" in terminal.types("contacts", "--today", "2026-11-22")
    add = ("contact-add", "--role", "police", "--name", "Công an tỉnh Mẫu", "--channel", "Gọi: (0200) 000 0001")
    assert terminal.reads(*add)["id"] == "cong-an-tinh-mau"
    said = terminal.types("contacts", "--today", "2026-11-22")
    assert "chưa thử" in said
    assert "contact-tried cong-an-tinh-mau" in said
    terminal.types("contact-tried", "cong-an-tinh-mau", "--today", "2026-11-22")
    terminal.types("contact-change", "cong-an-tinh-mau", "--hours", "24/7")
    [row] = terminal.reads("contacts", "--today", "2026-11-22")
    assert (row["hours"], row["checked_on"], row["stale"]) == ("24/7", "2026-11-22", False)
    terminal.types("contact-remove", "cong-an-tinh-mau", "--reason", "Đổi số")
    assert terminal.reads("contacts") == []
    assert terminal.reads("contacts", "--all")[0]["removed"] == "Đổi số"
