"""The yearly report as an officer types it, and as another program reads it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.cli.reports import app
from tests.documents.office import ONE_STOP, STAFF
from tests.reports.commune import AFTER, commune

program = typer.Typer(cls=ErrorBoundaryGroup, add_completion=False)
program.add_typer(app, name="reports")
DATED = {"annual", "explain", "issue", "expect"}


class Terminal:
    def __init__(self, path: Path) -> None:
        self.path = path

    def types(self, *words: str, code: int = 0) -> str:
        today = ["--today", AFTER.isoformat()] if words[0] in DATED else []
        result = CliRunner().invoke(program, ["reports", *words, "--workspace", str(self.path), *today])
        assert result.exit_code == code, result.output
        return result.stdout if code == 0 else result.output

    def reads(self, *words: str) -> Any:
        return json.loads(self.types(*words, "--json"))


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    commune(tmp_path / "ho-so").close()
    return Terminal(tmp_path / "ho-so")


def test_the_contract_for_other_programs(terminal: Terminal) -> None:
    made = terminal.reads("annual", "--year", "2026")
    assert {"figures", "rows", "violations", "window", "draft", "deadline", "safe_day"} <= set(made)
    assert made["window"] == {"first": "2025-12-15", "last": "2026-12-14", "until": "2026-12-14"}
    assert (made["draft"], made["deadline"], made["safe_day"]) == ("owner", "2026-12-24", "2026-12-24")
    assert len(made["rows"]) == made["figures"][0]["number"] == 5
    assert {"rule", "message", "where", "citation", "fix"} == set(made["violations"][0])


def test_the_draft_on_the_screen_says_deadline_faults_and_what_comes_next(terminal: Terminal) -> None:
    text = terminal.types("annual", "--year", "2026", "--draft", "unit")
    assert "chậm nhất ngày 19/12/2026, rơi vào ngày nghỉ nên phải xong ngày 18/12/2026" in text
    assert "Còn" in text
    assert "điểm chưa khớp" in text
    assert "Việc tiếp theo:" in text


def test_strict_refuses_a_draft_that_does_not_agree(terminal: Terminal) -> None:
    text = terminal.types("annual", "--year", "2026", "--strict", code=1)
    assert "điểm chưa khớp" in text
    assert terminal.reads("issues") == []


def test_a_report_from_draft_to_the_shelf(terminal: Terminal, tmp_path: Path) -> None:
    terminal.types("expect", ONE_STOP.id, "--approval", "quý II/2027")
    out = tmp_path / "in"
    made = terminal.reads("annual", "--year", "2026", "--out", str(out), "--xlsx", str(tmp_path / "a.xlsx"))
    assert [Path(one["path"]).suffix for one in made["files"]] == [".pdf", ".docx", ".pdf", ".docx"]
    assert Path(made["xlsx"]).is_file()
    assert "điểm chưa khớp" in terminal.types("issue", "annual", "--year", "2026", code=1)
    issued = terminal.reads("issue", "annual", "--year", "2026", "--override", "Chủ quản đã biết")
    assert issued["issue"] == 1
    listed = terminal.reads("issues")
    assert [one["id"] for one in listed] == ["annual/ubnd-xa/2026-owner/1"]
    terminal.types("number", listed[0]["id"], "12/BC-UBND")
    shown = terminal.reads("show", listed[0]["id"], "--out", str(tmp_path / "luu"))
    assert shown["paper_number"] == "12/BC-UBND"
    assert len(shown["files"]) == 4
    assert "12/BC-UBND" in terminal.types("show", listed[0]["id"])


def test_a_figure_is_explained_from_today_and_from_an_issue(terminal: Terminal) -> None:
    found = terminal.reads("explain", "checked", "--year", "2026")
    assert [one["id"] for one in found["behind"]] == [f"{STAFF.id}/2026-1"]
    assert "Cách đếm:" in terminal.types("explain", "managed", "--year", "2026")
    terminal.types("issue", "annual", "--year", "2026", "--override", "Chủ quản đã biết")
    frozen = terminal.reads("explain", "checked", "--report", "annual/ubnd-xa/2026-owner/1")
    assert frozen == found
    assert "--year" in terminal.types("explain", "checked", code=1)
    assert "Có phải" in terminal.types("explain", "chekced", "--year", "2026", code=4)


def test_bad_input_is_told_in_a_sentence(terminal: Terminal, tmp_path: Path) -> None:
    assert "Kỳ báo cáo năm 2025" in terminal.types("annual", "--year", "2025", code=4)
    assert "chưa có số liệu" in terminal.types("annual", "--year", "2031", code=1)
    assert "đuôi .xlsx" in terminal.types("annual", "--year", "2026", "--xlsx", str(tmp_path / "a.csv"), code=1)
    assert "Hãy ghi" in terminal.types("expect", ONE_STOP.id, code=1)
    assert "báo cáo đã phát hành" in terminal.types("show", "khong-co", code=4)


def test_a_deadline_that_has_passed_is_said(tmp_path: Path) -> None:
    commune(tmp_path / "ho-so").close()
    words = ["reports", "annual", "--year", "2026", "--workspace", str(tmp_path / "ho-so"), "--today", "2026-12-27"]
    assert "Đã quá hạn gửi 3 ngày" in CliRunner().invoke(program, words).stdout


def test_a_command_offered_works_when_typed(terminal: Terminal) -> None:
    text = terminal.types("annual", "--year", "2026")
    assert "“quý II/2027”" not in text  # a shell takes such quotes for letters
    assert not text.rstrip().endswith(".")
    made = terminal.reads("annual", "--year", "2026")
    fix = next(one["fix"] for one in made["violations"] if one["rule"] == "column-9")
    words = shlex.split(fix.partition("compliance reports ")[2])
    terminal.types(*words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("weekly", "--year", "2026"), "--year chỉ dùng cho báo cáo năm"),
        (("leader", "2026-12"), "không nêu kỳ “2026-12”"),
        (("annual", "2026", "--year", "2026"), "nêu năm bằng --year"),
    ],
)
def test_what_does_not_fit_the_kind_of_report_is_refused(terminal: Terminal, words: tuple[str, ...], said: str) -> None:
    assert said in terminal.types("issue", *words, code=1)
    assert terminal.reads("issues") == []
