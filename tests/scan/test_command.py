"""The command as an officer runs it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.cli.scans import scan

Run = Callable[..., Result]
STALE = "Căn cứ điểm c khoản 2 Điều 20 Nghị định số 85/2016/NĐ-CP;\nLuật An ninh mạng số 116/2025/QH15; cấp độ 2"
FRESH = "Căn cứ Luật An ninh mạng số 116/2025/QH15, Nghị định số 331/2026/NĐ-CP"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    app = typer.Typer(cls=ErrorBoundaryGroup)
    app.command("scan")(scan)
    app.callback()(lambda: None)

    def invoke(*texts: str, options: tuple[str, ...] = (), day: str = "2026-11-22") -> Result:
        files = []
        for number, text in enumerate(texts, start=1):
            path = tmp_path / f"ho-so-{number}.txt"
            path.write_text(text, encoding="utf-8")
            files.append(str(path))
        return CliRunner().invoke(app, ["scan", *files, "--today", day, *options])

    return invoke


def test_stale_citations_are_shown_with_what_takes_their_place(run: Run) -> None:
    result = run(STALE)
    assert result.exit_code == 0
    text = " ".join(result.stdout.replace("│", " ").split())
    assert "Viện dẫn" in text
    assert "chưa thấy văn bản" in text
    assert "331/2026/NĐ-CP" in text
    assert "Nêu cấp độ 2: dòng 2." in text
    assert "Việc tiếp theo: sửa 1 chỗ" in text


def test_a_paper_without_stale_citations_says_so(run: Run) -> None:
    result = run(FRESH)
    assert result.exit_code == 0
    assert "Không thấy viện dẫn nào đã có văn bản khác thay." in result.stdout


def test_a_paper_that_cites_nothing_says_so(run: Run) -> None:
    assert "Không thấy viện dẫn văn bản pháp luật nào." in run("Kính gửi Công an tỉnh").stdout


def test_json_has_stable_keys_and_nothing_else(run: Run) -> None:
    result = run(STALE, FRESH, options=("--json",))
    first, second = json.loads(result.stdout)
    assert list(first) == ["file", "remarks", "citations", "levels"]
    assert first["file"] == "ho-so-1.txt"
    old = first["citations"][0]
    assert {key: old[key] for key in ("page", "written", "clause", "number", "status")} == {
        "page": 1,
        "written": "Nghị định số 85/2016/NĐ-CP",
        "clause": "điểm c khoản 2 Điều 20",
        "number": "85/2016/NĐ-CP",
        "status": "overtaken",
    }
    assert old["replaced_by"][0].startswith("Nghị định số 331/2026/NĐ-CP")
    assert first["levels"] == [{"page": 2, "place": "dòng 2", "written": "cấp độ 2", "level": 2}]
    assert [one["status"] for one in second["citations"]] == ["in_force", "in_force"]


def test_the_day_decides(run: Run) -> None:
    before = json.loads(run(STALE, options=("--json",), day="2026-08-18").stdout)
    assert before[0]["citations"][0]["status"] == "in_force"
    assert before[0]["citations"][0]["replaced_by"] == []


def test_bad_files_end_with_code_six_and_print_no_report(run: Run, tmp_path: Path) -> None:
    result = run(FRESH, options=(str(tmp_path / "khong-co.docx"),))
    assert result.exit_code == 6
    assert result.stdout == ""
    assert "khong-co.docx" in result.stderr
