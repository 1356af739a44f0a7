"""The commands: they ask first, show what was seen, and keep standard output clean for programs."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from compliance.adapters.workspace import create_workspace
from compliance.cli import checks
from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.domain.system import Ownership, System
from tests.checks.servers import Issuer, Server, page, serving, speaking


@pytest.fixture
def site(issuer: Issuer) -> Iterator[Server]:
    with serving(page(), speaking(issuer.certificate("localhost"), oldest=ssl.TLSVersion.TLSv1_2)) as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, site: Server) -> Path:
    """A workspace with a system of ours at the site, and one merely used."""
    path = tmp_path / "ho-so"
    with create_workspace(path, by="Văn phòng") as workspace, workspace.act() as act:
        for key, ownership in (("cong", Ownership.OWNED), ("tinh", Ownership.USED)):
            address = f"https://localhost:{site.port}"
            one = System(id=key, name=key, ownership=ownership, owner_id="ubnd-xa", addresses=(address,))
            act.put("system", key, one.model_dump_json(exclude_defaults=True), 0)
    return path


def run(place: Path, *words: str, typed: str | None = None) -> Result:
    program = typer.Typer(cls=ErrorBoundaryGroup, rich_markup_mode=None, add_completion=False)
    program.add_typer(checks.app, name="checks")
    program.command("khac")(lambda: None)
    return CliRunner().invoke(
        program, ["checks", *words, "--workspace", str(place)], input=typed, prog_name="compliance"
    )


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "somebody_there", lambda: True)


@pytest.mark.parametrize("words", [("web", "cong"), ("computer",)])
def test_with_nobody_to_ask_it_refuses_and_names_the_option(place: Path, site: Server, words: tuple[str, ...]) -> None:
    ended = run(place, *words)
    assert ended.exit_code == 1
    assert "--yes" in ended.stderr
    assert ended.stdout == ""
    assert site.asked == []


@pytest.mark.parametrize("typed", ["\n", "không\n", "n\n", "gì cơ?\n"])
def test_anything_but_a_plain_yes_means_no(place: Path, site: Server, somebody: None, typed: str) -> None:
    ended = run(place, "web", "cong", typed=typed)
    assert ended.exit_code == 1
    assert f"localhost, cổng {site.port}" in ended.stderr
    assert "chưa gửi gì, chưa lưu gì" in ended.stderr
    assert site.asked == []


@pytest.mark.parametrize("typed", ["có\n", "CÓ\n", "y\n", "đồng ý\n"])
def test_a_yes_in_vietnamese_is_understood(place: Path, site: Server, somebody: None, typed: str) -> None:
    ended = run(place, "web", "cong", typed=typed)
    assert ended.exit_code == 0
    assert "GET / HTTP/1.1" in site.asked
    assert "Đã lưu thành ghi nhận mc-" in ended.stdout
    assert "Việc tiếp theo: " in ended.stdout


def test_programs_get_one_document_and_nothing_else(place: Path) -> None:
    ended = run(place, "web", "cong", "--requirement", "4.1-a", "--yes", "--json")
    assert ended.exit_code == 0
    told = json.loads(ended.stdout)
    assert list(told) == ["kind", "target", "scope", "at", "findings", "raw", "evidence"]
    assert {state for line in told["findings"] for state in [line["state"]]} <= {"ok", "warn", "bad", "unknown"}
    assert told["evidence"].startswith("mc-")
    assert "127.0.0.1" in told["raw"]


def test_a_system_merely_used_is_refused_even_with_yes(place: Path, site: Server) -> None:
    ended = run(place, "web", "tinh", "--yes")
    assert ended.exit_code == 1
    assert "chỉ sử dụng" in ended.stderr
    assert site.asked == []


def test_a_system_there_is_not(place: Path) -> None:
    assert run(place, "mail", "congg", "--yes").exit_code == 4


def test_a_selector_that_is_none_is_refused(place: Path) -> None:
    ended = run(place, "mail", "cong", "--domain", "localhost", "--selector", "a b", "--yes")
    assert ended.exit_code == 1
    assert "tên chọn DKIM" in ended.stderr
