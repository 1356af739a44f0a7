"""``assessments export`` and ``assessments import`` as an officer and as another program use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from compliance.adapters.workspace import open_workspace
from compliance.cli import assessment_sheets
from compliance.cli.assessment_sheets import export_sheet, import_sheet
from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.domain import assessment
from compliance.services import assessments
from tests.assessments.conftest import begin, say
from tests.assessments.workbook.filled import Filled
from tests.documents.office import TODAY, new_office

Run = Callable[..., Result]
KEYS = ["assessment", "file", "dry_run", "changed", "unchanged", "refused", "notes", "faults"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with new_office(tmp_path / "ho-so") as office:
        begin(office)
    return tmp_path / "ho-so"


CHECK = "ho-so-can-bo/2026-1"


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COMPLIANCE_WORKSPACE", str(place))
    monkeypatch.setenv("COMPLIANCE_USER", "Bộ phận chuyên trách")
    app = typer.Typer(cls=ErrorBoundaryGroup)
    app.command("export")(export_sheet)
    app.command("import")(import_sheet)

    def command(*words: str, typed: str | None = None) -> Result:
        dated = ["--today", TODAY.isoformat()] if words[0] == "import" else []
        return CliRunner().invoke(app, [*words, *dated], input=typed)

    return command


@pytest.fixture
def book(run: Run, tmp_path: Path) -> Filled:
    path = tmp_path / "phieu.xlsx"
    assert run("export", CHECK, "--xlsx", str(path)).exit_code == 0
    return Filled(path)


def answered_meanwhile(place: Path) -> None:
    with open_workspace(place, by="Công an xã") as office:
        say(
            office, assessments.assessment(office, CHECK), "4.1-a", assessment.Result.NON_COMPLIANT, present_state="mới"
        )


def plain(result: Result) -> Any:
    return json.loads(result.stdout)


def test_exporting_says_where_and_what_next(run: Run, tmp_path: Path) -> None:
    result = run("export", CHECK, "--xlsx", str(tmp_path / "phiếu một.xlsx"))
    assert "207 yêu cầu" in result.stdout
    assert f'compliance assessments import {CHECK} "{tmp_path / "phiếu một.xlsx"}"' in result.stdout


def test_exporting_speaks_json(run: Run, tmp_path: Path) -> None:
    told = plain(run("export", CHECK, "--xlsx", str(tmp_path / "phieu.xlsx"), "--json"))
    assert told == {"assessment": CHECK, "path": str(tmp_path / "phieu.xlsx"), "rows": 207}


def test_the_difference_is_shown_and_stored_where_nobody_can_be_asked(run: Run, book: Filled) -> None:
    path = book.write("4.1-a", result="Đạt", answered_on="20/11/2026").save()
    result = run("import", CHECK, str(path))
    assert result.exit_code == 0
    assert "dòng 6, mục 4.1 a) (4.1-a)" in result.stdout
    assert "Kết quả: “Chưa đánh giá” → “Đạt”" in result.stdout
    assert "Ngày kiểm tra: (trống) → 20/11/2026" in result.stdout
    assert "Đã lưu 1 câu trả lời; 206 dòng không đổi." in result.stdout
    assert f"compliance assessments show {CHECK}" in result.stdout


def test_on_a_terminal_one_is_asked(run: Run, book: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessment_sheets, "asked_at_terminal", lambda: True)
    path = str(book.write("4.1-a", result="Đạt").save())
    refused = run("import", CHECK, path, typed="n\n")
    assert "Chưa lưu 1 câu trả lời" in refused.stdout
    assert "Đã lưu 1 câu trả lời" in run("import", CHECK, path, typed="y\n").stdout


def test_a_dry_run_shows_and_says_how_to_go_on(run: Run, book: Filled) -> None:
    result = run("import", CHECK, str(book.write("4.1-a", result="Đạt").save()), "--dry-run")
    assert "Sẽ lưu 1 câu trả lời" in result.stdout
    assert "nhập thật: compliance assessments import" in result.stdout


def test_importing_speaks_json(run: Run, book: Filled) -> None:
    path = book.write("4.1-a", result="Đạt", present_state="Quy trình số 7").save()
    told = plain(run("import", CHECK, str(path), "--json"))
    assert list(told) == KEYS
    assert (told["assessment"], told["file"], told["dry_run"]) == (CHECK, "phieu.xlsx", False)
    (change,) = told["changed"]
    assert change == {
        "requirement": "4.1-a",
        "fields": {
            "result": {"old": "not_assessed", "new": "compliant"},
            "present_state": {"old": "", "new": "Quy trình số 7"},
        },
    }
    assert len(told["unchanged"]) == 206


def test_faults_are_told_as_json_too(run: Run, book: Filled) -> None:
    result = run("import", CHECK, str(book.write("4.1-a", result="Đạtt một").save()), "--json")
    assert result.exit_code == 6
    told = plain(result)
    assert list(told) == KEYS
    (fault,) = told["faults"]
    assert (fault["sheet"], fault["row"], fault["column"]) == ("Kiểm tra", 6, "H: Kết quả")


def test_a_refused_row_ends_in_a_conflict_after_the_rest_is_stored(run: Run, book: Filled, place: Path) -> None:
    path = str(book.write("4.1-a", result="Đạt").write("4.1-b", result="Đạt").save())
    answered_meanwhile(place)
    result = run("import", CHECK, path, "--json")
    assert result.exit_code == 5
    told = plain(result)
    assert [one["requirement"] for one in told["changed"]] == ["4.1-b"]
    (refused,) = told["refused"]
    assert (refused["requirement"], refused["row"]) == ("4.1-a", 6)
    assert "Công an xã" in refused["reason"]
    assert "--force" in result.stderr


def test_forcing_needs_a_reason_and_then_stores(run: Run, book: Filled, place: Path) -> None:
    path = str(book.write("4.1-a", result="Đạt").save())
    answered_meanwhile(place)
    assert run("import", CHECK, path, "--force").exit_code == 1
    forced = run("import", CHECK, path, "--force", "--reason", "Đã xem lại tại chỗ")
    assert forced.exit_code == 0
    assert "“Chưa đạt” → “Đạt”" in forced.stdout
    assert "Hiện trạng: “mới” → (trống)" in forced.stdout


def test_nothing_to_store_is_said(run: Run, book: Filled) -> None:
    result = run("import", CHECK, str(book.path))
    assert "Không có gì để lưu; 207 dòng không đổi." in result.stdout
