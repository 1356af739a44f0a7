"""``verify-file`` on the terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from compliance.adapters.workspace import create_workspace
from compliance.cli.returned_papers import verify_file
from tests.returned.certificates import Holder
from tests.returned.conftest import Papers, trust
from tests.returned.signing import overwritten

Run = Callable[..., str]
ARGUMENTS = ("--number", "12/QĐ-UBND", "--on", "20/11/2026", "--today", "2026-11-22")


@pytest.fixture
def run(tmp_path: Path, root: Holder, papers: Papers) -> Run:
    """The command mounted alone, on a workspace that trusts the authority; its output for the bytes of a file."""
    with create_workspace(tmp_path / "ho-so", by="Văn phòng") as made:
        trust(made, root)
    app = typer.Typer()
    app.command("verify-file")(verify_file)
    issued = tmp_path / "goc.pdf"
    issued.write_bytes(papers.issued)

    def output(data: bytes, *more: str) -> str:
        file = tmp_path / "ve.pdf"
        file.write_bytes(data)
        place = ("--against", str(issued), "--workspace", str(tmp_path / "ho-so"))
        result = CliRunner().invoke(app, [str(file), *place, *ARGUMENTS, *more])
        assert result.exit_code == 0, result.output
        return result.stdout

    return output


def test_a_good_paper_ends_with_what_comes_next(run: Run, papers: Papers) -> None:
    text = run(papers.signed)
    assert text.startswith("ve.pdf: Đạt")
    assert "Chữ ký số của Ủy ban nhân dân xã Suối Mẫu" in text
    assert "– Đã điền (trang 1): Số: [12]" in text
    assert "Việc tiếp theo: ghi nhận văn bản đã ký vào hồ sơ" in text


def test_a_changed_paper_shows_the_change(run: Run, papers: Papers) -> None:
    text = run(overwritten(papers.signed))
    assert text.startswith("ve.pdf: Không đạt")
    assert "[Không đạt] Tệp đã bị sửa sau khi ký" in text
    assert "Cap do 1]" in text
    assert "xin lại bản đúng từ nơi ký" in text


def test_programs_read_stable_keys(run: Run, papers: Papers) -> None:
    told = json.loads(run(papers.signed, "--json"))
    assert told["standing"] == "good"
    assert told["text"]["state"] == "filled_in"
    (signature,) = told["signatures"]
    assert signature["standing"] == "good"
    assert signature["certificate"]["serial"] == "5A01"
    assert signature["signed_at"] == "2026-11-20T02:30:00Z"
    assert {one["about"] for one in signature["outcomes"]} >= {
        "integrity",
        "changes",
        "validity",
        "chain",
        "revocation",
    }
