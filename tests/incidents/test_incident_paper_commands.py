"""Printing the papers of an incident from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from compliance.cli.main import app
from tests.documents.office import put
from tests.incidents.test_incident_papers import FIRST, ID, ROLES, Commune

RUNNER = CliRunner()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commune:
    made = Commune(tmp_path / "ho-so")
    put(made.workspace, "contact", list(ROLES.items()))
    put(made.workspace, "notice", [(FIRST.id, FIRST)])
    made.workspace.close()
    monkeypatch.setenv("COMPLIANCE_WORKSPACE", str(tmp_path / "ho-so"))
    return made


def run(*words: str) -> Result:
    return RUNNER.invoke(app, ["incidents", *words])


def test_the_next_step_names_the_limit_and_how_to_record_the_sending(office: Commune) -> None:
    done = run("print", ID, "--kind", "report", "--now", "23/11/2026 08:00", "--out", str(office.path.parent / "ra"))
    assert done.exit_code == 0, done.output
    assert "gửi trước 08:15 ngày 25/11/2026" in done.output
    assert f"compliance incidents sent {ID} --kind report" in done.output
    assert (office.path.parent / "ra" / f"bao-cao-72-gio-{ID}.docx").is_file()


def test_what_is_late_is_to_be_sent_at_once(office: Commune) -> None:
    done = run("print", ID, "--kind", "report", "--now", "25/11/2026 09:00", "--no-word")
    assert "gửi ngay (hạn 08 giờ 15 phút ngày 25/11/2026)" in done.output
    assert "Bản Word" not in done.output


def test_json_has_nothing_else_on_the_way_out(office: Commune) -> None:
    said = json.loads(run("print", ID, "--kind", "initial", "--now", "22/11/2026 09:00", "--json").stdout)
    assert said["kind"] == "initial"
    assert said["limit"]["due"] == "08:15 ngày 23/11/2026"
    assert {"nơi xảy ra", "nguyên nhân"}.isdisjoint(said["blanks"])
    assert [Path(one["path"]).suffix for one in said["files"]] == [".pdf", ".docx"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("print", "sc-2026-01", "--kind", "initial"), 4, ID),
        (("print", ID, "--kind", "abc"), 2, "personal-data"),
        (("print", ID, "--kind", "other"), 1, "không có mẫu in"),
        (("print", ID, "--kind", "initial", "--from", "xyz"), 4, "Không có đơn vị"),
        (("print", ID, "--kind", "initial", "--now", "hôm qua"), 1, "ghi cả ngày và giờ"),
        (("print", ID, "--kind", "initial", "--out", "/proc/khong-co"), 1, "chọn thư mục khác"),
    ],
)
def test_wrong_words_are_answered_with_what_to_do(
    office: Commune, words: tuple[str, ...], code: int, told: str
) -> None:
    done = run(*words)
    assert (done.exit_code, told in done.output) == (code, True), done.output


def test_the_contact_sheet_says_what_is_missing(office: Commune) -> None:
    done = run("contact-sheet", "--today", "2026-11-22")
    assert done.exit_code == 0, done.output
    assert "Chưa có đầu mối: Tổ ứng cứu của xã" in done.output
    assert "compliance incidents contact-add" in done.output
