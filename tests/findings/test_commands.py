"""The commands around findings as an officer types them, and as another program reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.cli.findings import app
from tests.documents.office import TODAY
from tests.findings.conftest import CONFIRMER, DOER, FINDING, MET, OTHER, SYSTEM, checked_office

program = typer.Typer(cls=ErrorBoundaryGroup, add_completion=False)
program.add_typer(app, name="findings")


class Terminal:
    def __init__(self, path: Path) -> None:
        self.path = path

    def types(self, *words: str, code: int = 0) -> str:
        told = ["--workspace", str(self.path), "--today", TODAY.isoformat()]
        result = CliRunner().invoke(program, ["findings", *words, *told])
        assert result.exit_code == code, result.output
        return result.stdout if code == 0 else result.output

    def reads(self, *words: str) -> Any:
        return json.loads(self.types(*words, "--json"))


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    office = checked_office(tmp_path / "ho-so")
    office.seen()
    office.workspace.close()
    return Terminal(tmp_path / "ho-so")


def test_the_list_shows_answers_and_sums_up_evidence(terminal: Terminal) -> None:
    said = terminal.types("list")
    assert "Có 2 tồn tại phải khắc phục, 2 chưa có thời hạn." in said
    assert f"- {SYSTEM}: 1 chưa có minh chứng." in said
    assert f"Việc tiếp theo: ghi biện pháp, đơn vị, thời hạn: compliance findings plan {FINDING}" in said
    assert f"{SYSTEM}/{MET}/missing" in terminal.types("list", "--kind", "evidence")


def test_the_list_as_json_has_stable_keys(terminal: Terminal) -> None:
    rows = terminal.reads("list")
    assert [row["id"] for row in rows] == [FINDING, OTHER, f"{SYSTEM}/{MET}/missing"]
    assert {row["kind"] for row in rows} == {"answer", "evidence"}
    expected = {
        "id",
        "kind",
        "system_id",
        "requirement_id",
        "clause",
        "severity",
        "status",
        "measure",
        "unit_id",
        "due",
    }
    assert expected | {"days_left", "overdue", "gap"} <= rows[0].keys()
    assert [row["id"] for row in terminal.reads("list", "--kind", "answer", "--system", SYSTEM)] == [FINDING, OTHER]
    assert terminal.reads("list", "--overdue") == []


def test_a_finding_goes_from_plan_to_closed_and_back(terminal: Terminal) -> None:
    planned = terminal.reads(
        "plan",
        FINDING,
        OTHER,
        "--measure",
        "Ban hành quy trình",
        "--unit",
        "van-phong",
        "--due",
        "2026-12-31",
        "--cost",
        "0",
    )
    assert [(row["due"], row["days_left"]) for row in planned] == [("2026-12-31", 39)] * 2
    assert "làm xong thì báo" in terminal.types("begin", FINDING)
    assert "compliance findings close" in terminal.types("done", FINDING, "--by", DOER)
    assert "không tự xác nhận" in terminal.types("close", FINDING, "--by", DOER, code=1)
    assert "Kết quả hiện nay: Đạt." in terminal.types("close", FINDING, "--by", CONFIRMER)
    assert terminal.reads("list", "--all", "--kind", "answer")[-1]["status"] == "closed"
    history = terminal.reads("show", FINDING)["history"]
    assert {entry["record"] for entry in history} == {"finding", "answer"}
    assert "Diễn biến:" in terminal.types("show", FINDING)
    assert "Đã mở lại" in terminal.types("reopen", FINDING, "--reason", "Chưa làm thật")


def test_an_amount_is_typed_as_offices_write_it(terminal: Terminal) -> None:
    for said, amount in (("2000000", 2_000_000), ("2.000.000", 2_000_000), ("2.000.000 đồng", 2_000_000), ("0", 0)):
        (row,) = terminal.reads("plan", FINDING, "--cost", said)
        assert row["cost"] == amount
    for said in ("hai triệu", "2.5", "20.00", "1e6"):
        assert "không phải là số tiền" in terminal.types("plan", FINDING, "--cost", said, code=1)
    assert "số âm" in terminal.types("plan", FINDING, "--cost=-5", code=1)


def test_faults_are_sentences_with_the_documented_codes(terminal: Terminal) -> None:
    assert "Có phải" in terminal.types("show", f"{SYSTEM}/4.1-", code=4)
    assert "đã qua" in terminal.types("plan", FINDING, "--due", "2026-01-01", code=1)
    both = terminal.types("plan", FINDING, "--due", "2026-01-01", "--severity", "low", code=6)
    assert "1. " in both
    assert "2. " in both


def test_the_plan_for_approval_is_printed(terminal: Terminal, tmp_path: Path) -> None:
    told = terminal.reads("remediation", SYSTEM, "--out", str(tmp_path / "ra"))
    assert Path(told["files"][0]["path"]).is_file()
    assert (told["findings"], told["incomplete"], told["evidence"]) == (2, 2, 1)


def test_deployment_is_computed_for_every_system(terminal: Terminal) -> None:
    rows = {row["system"]: row for row in terminal.reads("deployment")}
    assert rows[SYSTEM]["label"] == "Đã triển khai một số hạng mục"
    assert rows[SYSTEM]["by"] is None
    assert terminal.reads("deployment", SYSTEM) == [rows[SYSTEM]]
    assert "Chưa triển khai" in terminal.types("deployment")
