"""``compliance forms`` from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliance.cli.main import app
from tests.documents.office import TODAY
from tests.forms.conftest import MINUTES, REGIME, REQUEST, Own

KEYS = {"id", "folder", "title", "citation", "levels", "kind", "kind_label", "step", "step_title", "used_by"} | {
    "overridden",
    "overridden_files",
    "broken",
    "uncertain",
}


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        app(["forms", *words, "--today", TODAY.isoformat()])
    code = ended.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture(autouse=True)
def _nobodys_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPLIANCE_WORKSPACE", raising=False)
    monkeypatch.setattr("compliance.cli.forms.place_of", lambda _: tmp_path / "khong-co")


def test_the_list_needs_no_workspace_and_keeps_its_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row.keys() for row in rows] == [KEYS] * len(rows)
    assert {row["kind"] for row in rows} == {"statutory", "around", "own"}
    assert not any(row["overridden"] for row in rows)
    assert run("list") == 0
    assert "Việc tiếp theo: in thử" in capsys.readouterr().out


def test_a_trial_print_takes_the_offices_own_form(own: Own, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.change("document.html", lambda text: text.replace("{% block content %}", "{% block content %}<p>Xã ta</p>"))
    out, place = tmp_path / "thu.html", str(own.office.path)
    assert run("render", MINUTES, "--example", "--out", str(out), "--workspace", place, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["path"], told["overridden"], told["remarks"]) == (str(out), True, [])
    assert "Xã ta" in out.read_text("utf-8")
    assert run("render", MINUTES, "--example", "--out", str(out)) == 0
    assert "Xã ta" not in out.read_text("utf-8")


def test_a_trial_print_says_in_vietnamese_what_could_not_be_printed(
    own: Own, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = "<img alt='' src='http://hinh.example/a.png'>"
    own.change("document.html", lambda text: text.replace("{% block content %}", f"{{% block content %}}{outside}"))
    out, place = tmp_path / "thu.pdf", str(own.office.path)
    assert run("render", MINUTES, "--example", "--out", str(out), "--workspace", place) == 0
    told = capsys.readouterr().out
    assert "không mở địa chỉ bên ngoài: http://hinh.example/a.png" in told
    assert "bằng: compliance forms check" in told
    assert not {"Failed", "ValueError"} & set(told.replace(":", " ").split())
    assert f"forms copy {MINUTES}" not in told


def test_a_page_outside_the_layout_is_told_in_vietnamese(own: Own) -> None:
    own.write("document.html", "<p>Trang trần</p>")
    (fault,) = own.check().faults
    assert fault.message == "Khi in có cảnh báo: biểu mẫu không bắt đầu bằng layout/base.html."


def test_real_papers_are_printed_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("render", REQUEST, "--out", str(tmp_path / "thu.pdf")) == 1
    assert f"compliance dossiers print MÃ-HỆ-THỐNG {REQUEST}" in capsys.readouterr().err


def test_copied_edited_checked(own: Own, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--workspace", str(own.office.path))
    assert run("check", *place) == 0
    assert "chưa sửa riêng biểu mẫu nào" in capsys.readouterr().out
    assert run("copy", MINUTES, *place, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == ["document.html", "example.yaml", "form.yaml"]
    assert run("check", *place) == 0
    assert f"không có lỗi: {REGIME.id}/{MINUTES}" in capsys.readouterr().out
    assert run("copy", MINUTES, *place) == 1
    assert "không ghi đè" in capsys.readouterr().err
    own.write("document.html", "{{ mot }}\n{{ hai }}")
    assert run("check", *place) == 6
    told = capsys.readouterr().err
    assert "có 2 lỗi" in told
    assert f"1. {REGIME.id}/{MINUTES}/document.html, dòng 1: tên “mot”" in told
    assert run("check", *place, "--json") == 6
    found = json.loads(capsys.readouterr().out)
    assert found.keys() == {"folder", "forms", "faults", "warnings"}
    assert [(one["row"], one.keys()) for one in found["faults"]] == [
        (1, {"file", "row", "message"}),
        (2, {"file", "row", "message"}),
    ]


def test_pages_of_the_program_itself_are_not_copied(own: Own, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("copy", "con-thieu", "--workspace", str(own.office.path)) == 1
    assert "không sửa riêng được" in capsys.readouterr().err
    assert not own.folder.exists()
