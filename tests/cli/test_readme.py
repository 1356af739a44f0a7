"""The README cannot lie: its officer commands run in order, on a commune's real workbook."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
NAMED = "mang-noi-bo/2026-1"
"""The check as the README names it."""
WORKBOOK = ROOT / "examples" / "xa-cho-don" / "danh-muc-he-thong.xlsx"


def officer_commands() -> list[list[str]]:
    half = (ROOT / "README.md").read_text("utf-8").split("## Dành cho cán bộ xã")[1]
    lines = re.findall(r"^compliance ([^#\n]+?)\s*(?:#.*)?$", half, re.MULTILINE)
    return [line.replace("MÃ", "mang-noi-bo").split() for line in lines]


def test_the_officer_commands_run_in_the_order_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPLIANCE_WORKSPACE", str(tmp_path / "ho-so"))
    (tmp_path / "anh.jpg").write_bytes(b"\xff\xd8\xff\xe0 anh chup")
    done, check = [], ""
    for words in (([check if word == NAMED else word for word in words]) for words in officer_commands()):
        ended = CliRunner().invoke(app, words)
        assert ended.exit_code == 0, (words, ended.output)
        assert "Việc tiếp theo" in ended.stdout
        if words[:2] == ["systems", "template"]:  # the officer fills it in
            shutil.copy(WORKBOOK, tmp_path / words[2])
        begun = re.search(r"lần kiểm tra (\S+):", ended.stdout)
        if words[:2] == ["assessments", "start"] and begun:  # its id holds the year
            check = begun.group(1)
        if "--dry-run" in words:
            assert CliRunner().invoke(app, [word for word in words if word != "--dry-run"]).exit_code == 0
        done.append(" ".join(words[:2]))
    assert done[0] == "init"
    assert {"systems import", "classifications explain", "dossiers draft"} <= set(done)
    assert len(list((tmp_path / "du-thao").glob("*.pdf"))) == 3
    assert (tmp_path / "doan-kiem-tra" / "00-muc-luc.pdf").is_file()


def test_the_two_commands_for_people_exist() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"`?make ([a-z]+)", (ROOT / "README.md").read_text("utf-8"))
    assert {"demo", "test"} <= set(named) <= set(targets)
