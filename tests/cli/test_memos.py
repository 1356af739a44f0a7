"""The commands around open law: the letter to superiors and the table of fines, as an officer types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from compliance.cli.memos import memo
from compliance.cli.penalties import show_penalties
from tests.documents.office import STAFF, TODAY, USED, new_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("xa") / "ho-so"
    new_office(path).close()
    return path


def _memo(office: Path, systems: list[str], out: Path, *, as_json: bool = False) -> None:
    memo(systems, out=out, workspace=office, today=TODAY.isoformat(), as_json=as_json)


def test_each_system_gets_its_letter_and_the_blanks_are_told(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _memo(office, [STAFF.id, USED.id, USED.id], tmp_path)
    said = capsys.readouterr().out
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        f"05-xin-y-kien-{STAFF.id}.pdf",
        f"05-xin-y-kien-{USED.id}.pdf",
    ]
    assert f"Thư mục: {tmp_path}" in said
    assert said.count("Lưu ý: Chưa ghi tên cơ quan nhận") == 2
    assert "Việc tiếp theo:" in said


def test_the_json_names_points_and_files(office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _memo(office, [USED.id], tmp_path, as_json=True)
    (letter,) = json.loads(capsys.readouterr().out)
    assert letter["system"] == USED.id
    assert Path(letter["files"][0]["path"]).is_file()
    assert "W04" in {one["code"] for one in letter["points"]}


def test_the_command_can_be_registered() -> None:
    app = typer.Typer()
    app.command()(memo)
    assert typer.main.get_command(app).help


def test_fines_are_shown_with_notes_and_the_open_question(capsys: pytest.CaptureFixture[str]) -> None:
    show_penalties(TODAY, as_json=False, out=None)
    said = capsys.readouterr().out
    assert "Tổ chức bị phạt gấp 2 lần" in said
    assert "(1) " in said
    assert "cơ quan nhà nước" in said
    assert "Việc tiếp theo:" in said


def test_fines_as_json_name_the_printed_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_penalties(TODAY, as_json=True, out=tmp_path)
    said = json.loads(capsys.readouterr().out)
    assert Path(said["file"]).is_file()
    assert said["lines"][0]["organization"].endswith("đồng")
