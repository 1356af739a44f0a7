"""The commands: what an officer sees, what a program reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from compliance.adapters.workspace import Workspace
from compliance.cli import packages
from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.cli.lacks import say_missing
from compliance.domain.missing import MissingItem, Severity
from tests.documents.office import NOTICES, TODAY, UNDECIDED

app = typer.Typer(cls=ErrorBoundaryGroup, rich_markup_mode=None)
app.command()(packages.package)
app.command()(packages.read)


@pytest.fixture
def place(office: Workspace) -> str:
    office.close()
    return str(office.path)


def run(*args: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(one) for one in args])
    return result.exit_code, result.stdout, result.stderr


def packaged(place: str, tmp_path: Path, *args: object) -> tuple[int, str, str]:
    return run("package", *args, "--out", tmp_path / "ra", "--jobs", 1, "--workspace", place, "--today", TODAY)


def test_package_tells_the_files_what_is_missing_and_the_next_step(place: str, tmp_path: Path) -> None:
    code, out, err = packaged(place, tmp_path, NOTICES.id)
    assert code == 0
    for words in ("00-muc-luc.pdf", "Tệp ZIP:", "Còn thiếu", "Việc tiếp theo:"):
        assert words in out
    assert "Đang soạn và in" in err


def test_package_as_json_has_stable_keys(place: str, tmp_path: Path) -> None:
    code, out, _ = packaged(place, tmp_path, NOTICES.id, "--json")
    told = json.loads(out)
    assert code == 0
    assert {"folder", "zip", "files", "missing", "match_code"} <= told.keys()
    assert set(told["files"][0]) == {"path", "title", "kind", "sha256", "pages", "match_code", "reused"}
    assert Path(told["zip"]).is_file()


def test_a_batch_goes_on_past_a_failure_and_tells_it(place: str, tmp_path: Path) -> None:
    code, out, err = packaged(place, tmp_path, NOTICES.id, UNDECIDED.id, "--each", "--json")
    first, second = json.loads(out)
    assert code == 1
    assert first["error"] is None
    assert "chưa đủ dữ kiện" in second["error"]
    assert "1/2 bang-tin: xong" in err
    assert "2/2 truyen-thanh: không lập được" in err


def test_read_says_what_it_is_and_whether_it_is_whole(place: str, tmp_path: Path) -> None:
    packaged(place, tmp_path, NOTICES.id)
    code, out, _ = run("read", tmp_path / "ra/bang-tin.zip", "--compare", "--workspace", place, "--today", TODAY)
    assert code == 0
    assert "nguyên vẹn" in out
    assert "Không khác số liệu hiện nay" in out
    code, out, _ = run("read", tmp_path / "ra/bang-tin", "--json")
    assert json.loads(out)["unaltered"] is True


def test_read_of_a_foreign_file_is_bad_data(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"xin chao")
    code, _, err = run("read", tmp_path / "x.pdf")
    assert code == 6
    assert "không phải là tệp PDF" in err


def test_why_a_dossier_failed_stands_above_the_table_that_says_so(place: str, tmp_path: Path) -> None:
    asked = ["package", NOTICES.id, UNDECIDED.id, "--each", "--out", tmp_path / "ra", "--jobs", 1]
    result = CliRunner().invoke(app, [str(one) for one in (*asked, "--workspace", place, "--today", TODAY)])
    assert result.output.index("chưa đủ dữ kiện") < result.output.index("bộ chưa lập được ở trên")


def test_the_next_step_after_reading_is_one_that_can_be_done(place: str, tmp_path: Path) -> None:
    packaged(place, tmp_path, NOTICES.id)
    packaged(place, tmp_path, NOTICES.id, "--redacted")
    _, out, _ = run("read", tmp_path / "ra/bang-tin/05.01-phu-luc.pdf", "--compare", "--workspace", place)
    assert "đọc văn bản đề nghị hoặc cả bộ hồ sơ" in out
    _, out, _ = run("read", tmp_path / "ra/bang-tin-da-che.zip")
    assert "--compare" not in out


def test_example_values_are_counted_apart_from_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    def item(what: str, severity: Severity) -> MissingItem:
        return MissingItem(of="Xã", what=what, where_to_fill="trang “Đơn vị”", citation="", severity=severity)

    items = [item("Địa chỉ", Severity.EXAMPLE), item("Người ký", Severity.REQUIRED), item("Ghi", Severity.REMARK)]
    assert say_missing(items, 5, "trong tờ cuối.")
    told = capsys.readouterr().out
    assert "Còn thiếu 1 nội dung:\n  - Xã: Người ký." in told
    assert "Còn 1 mục đang ghi giá trị ví dụ, phải thay bằng giá trị thật; xem đủ trong tờ cuối." in told
    assert "Địa chỉ" not in told
    assert not say_missing(items[2:], 5, "")
