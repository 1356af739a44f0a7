"""The commands on a workspace, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from compliance.adapters.workspace import open_workspace
from compliance.cli import workspaces
from compliance.cli.boundary import ErrorBoundaryGroup

from .conftest import put, tamper_with_file

app = typer.Typer(cls=ErrorBoundaryGroup, rich_markup_mode=None)
workspaces.register(app)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMPLIANCE_WORKSPACE", str(tmp_path / "hồ sơ"))
    monkeypatch.setenv("COMPLIANCE_USER", "Công an xã")
    assert run("init")[0] == 0
    with open_workspace(tmp_path / "hồ sơ") as workspace:
        put(workspace.store, "system", "thu-dien-tu", '{"name":"Thư"}', '{"name":"Thư điện tử","scope":"xã"}')
    return tmp_path / "hồ sơ"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_a_day_with_the_workspace(place: Path, tmp_path: Path) -> None:
    code, shown, _ = run("verify")
    assert code == 0
    assert "nguyên vẹn: 2 bản ghi, 0 tệp đính kèm" in shown
    assert "Việc tiếp theo: lập bản sao lưu" in shown
    code, shown, _ = run("backup", str(tmp_path / "sao.zip"))
    assert code == 0
    assert "Đã lập và đọc lại bản sao lưu" in shown
    code, shown, _ = run("restore", str(tmp_path / "sao.zip"), "--workspace", str(tmp_path / "mới"))
    assert code == 0
    assert "Đã phục hồi hồ sơ vào" in shown
    code, shown, _ = run("history", "system", "thu-dien-tu", "--workspace", str(tmp_path / "mới"))
    assert code == 0
    assert "tên, phạm vi" in shown
    assert "Việc tiếp theo" in shown


def test_json_and_nothing_else_for_programs(place: Path, tmp_path: Path) -> None:
    for arguments in (("verify",), ("backup", str(tmp_path / "s.zip")), ("history", "system", "thu-dien-tu")):
        code, shown, _ = run(*arguments, "--json")
        assert code == 0
        json.loads(shown)
    versions = json.loads(run("history", "system", "thu-dien-tu", "--json")[1])
    assert [(v["version"], v["changed"]) for v in versions] == [(1, ["name"]), (2, ["name", "scope"])]


def test_damage_is_listed_whole_and_ends_with_the_code_of_bad_data(place: Path) -> None:
    tamper_with_file(place / "ho-so.sqlite", "UPDATE revision SET reason = 'khác'")
    code, shown, told = run("verify", "--json")
    assert code == 6
    assert len(json.loads(shown)["faults"]) == 2
    assert "có 2 lỗi" in told
    assert "compliance restore" in told


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("init",), 1, "đã là thư mục hồ sơ"),
        (("history", "system", "thu-dien-tu-xa"), 4, "Có phải là “thu-dien-tu”?"),
        (("history", "he-thong", "x"), 4, "Các loại đang có: system (hệ thống)"),
        (("restore", "khong-co.zip", "--workspace", "moi"), 4, "Không thấy bản sao lưu"),
        (("verify", "--workspace", "khong-co"), 4, "compliance init"),
    ],
)
def test_refusals_have_their_sentence_and_code(
    place: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, told: str
) -> None:
    monkeypatch.chdir(place.parent)
    found, shown, sentence = run(*arguments)
    assert found == code
    assert told in sentence
    assert shown == ""
