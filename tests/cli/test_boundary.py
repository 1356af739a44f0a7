"""Where failures end: expected ones as sentences, interruptions quietly, our own bugs in a log."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner, Result

from compliance.cli import main
from compliance.cli.boundary import ErrorBoundaryGroup, day
from compliance.cli.main import app as program
from compliance.cli.output import show_json
from compliance.errors import BadData, Conflict, Fault, NotFound, Refused


class Grade(StrEnum):
    HIGH = "high"
    LOW = "low"


@pytest.fixture
def office() -> typer.Typer:
    app = typer.Typer(cls=ErrorBoundaryGroup, rich_markup_mode=None, no_args_is_help=True, add_completion=False)

    @app.callback()
    def root() -> None:
        """Chương trình thử."""

    @app.command("import")
    def import_file(
        file: str,
        count: Annotated[int, typer.Option(min=1)] = 1,
        grade: Annotated[Grade, typer.Option()] = Grade.HIGH,
    ) -> None:
        failures: dict[str, Exception] = {
            "refused": Refused("Chưa được phép. Hãy làm bước một trước."),
            "missing": NotFound("Không có hệ thống “a”."),
            "conflict": Conflict("Có người vừa lưu trước."),
            "faults": BadData(
                "Tệp có 2 lỗi, chưa lưu gì.",
                [
                    Fault("thiếu tên", file="a.xlsx", sheet="Hệ thống", row=7, column="Tên", expected="tên đầy đủ."),
                    Fault("số âm", file="a.xlsx", row=9),
                ],
            ),
            "bug": ZeroDivisionError("ours"),
            "stop": typer.Abort(),
        }
        if file in failures:
            raise failures[file]
        show_json({"tên": "Đài truyền thanh", "count": count})

    return app


def run(app: typer.Typer, *words: str) -> Result:
    return CliRunner().invoke(app, list(words), prog_name="compliance")


@pytest.mark.parametrize(
    ("what", "code"), [("refused", 1), ("missing", 4), ("conflict", 5), ("faults", 6), ("stop", 130)]
)
def test_each_expected_failure_has_its_exit_code_and_no_traceback(office: typer.Typer, what: str, code: int) -> None:
    ended = run(office, "import", what)
    assert ended.exit_code == code
    assert "Traceback" not in ended.output
    assert ended.stdout == ""


def test_all_faults_are_listed_with_their_place(office: typer.Typer) -> None:
    told = run(office, "import", "faults").stderr
    assert "1. a.xlsx, trang “Hệ thống”, dòng 7, cột “Tên”: thiếu tên Cần: tên đầy đủ." in told
    assert "2. a.xlsx, dòng 9: số âm" in told


def test_our_own_bug_is_one_calm_sentence_and_a_log(
    office: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    ended = run(office, "import", "bug")
    assert ended.exit_code == 3
    assert "dữ liệu đã lưu không bị ảnh hưởng" in ended.stderr
    (log,) = tmp_path.glob("*.log")
    assert "ZeroDivisionError" in log.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("imprt",), "Không có lệnh “imprt” (gần nhất: import)."),
        (("import",), "Thiếu tham số “file”."),
        (("import", "a", "--cuont", "1"), "Không có tùy chọn “--cuont”"),
        (("import", "a", "b"), "Thừa tham số “b”."),
        (("import", "a", "--count", "1.5"), "--count phải là số nguyên, ghi liền các chữ số."),
        (("import", "a", "--count", "0"), "--count phải từ 1 trở lên."),
        (("import", "a", "--grade", "x"), "--grade không nhận “x”; hãy chọn: high, low."),
    ],
)
def test_a_wrong_call_is_told_in_vietnamese(office: typer.Typer, words: tuple[str, ...], sentence: str) -> None:
    ended = run(office, *words)
    assert ended.exit_code == 2
    assert sentence in ended.stderr
    assert "--help" in ended.stderr


def test_json_is_utf8_as_written(office: typer.Typer) -> None:
    ended = run(office, "import", "a")
    assert ended.exit_code == 0
    assert json.loads(ended.stdout) == {"tên": "Đài truyền thanh", "count": 1}
    assert "Đài truyền thanh" in ended.stdout


@pytest.mark.parametrize(("said", "told"), [("hôm qua", "ngày/tháng/năm"), ("31/11/2026", "không có trong lịch")])
def test_a_date_that_is_none_is_refused_with_the_way_to_write_it(said: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        day(said)


@pytest.mark.parametrize("said", ["2026-11-22", "22/11/2026"])
def test_a_day_is_written_as_offices_or_as_programs_write_it(said: str) -> None:
    assert day(said).isoformat() == "2026-11-22"


@pytest.mark.parametrize("words", [("verify",), ("restore", "a.zip"), ("systems", "list")])
def test_a_path_no_disk_can_hold_ends_in_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    ended = run(main.app, *words, "--workspace", str(tmp_path / ("x" * 300)))
    assert ended.exit_code == 1
    assert "quá dài" in ended.stderr
    assert "Traceback" not in ended.output


def test_a_file_one_may_not_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "danh-muc.xlsx"
    closed.write_bytes(b"")
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    ended = run(program, "systems", "import", str(closed), "--workspace", str(tmp_path / "ho-so"))
    assert ended.exit_code == 2
    assert f"Không có quyền đọc “{closed}”" in ended.stderr


@pytest.mark.parametrize("word", ["a\x01b", "ph\udce1p"])
def test_words_nobody_can_read_are_refused_before_anything_is_done(word: str) -> None:
    result = CliRunner().invoke(program, ["systems", "show", word])
    assert result.exit_code == 1
    assert "ký tự không đọc được" in result.output


@pytest.mark.parametrize(
    ("column", "said"), [("B: Hệ thống", "cột “B: Hệ thống”: thiếu."), ("--title", "tùy chọn --title: thiếu.")]
)
def test_a_fault_names_a_column_or_an_option_for_what_it_is(column: str, said: str) -> None:
    assert str(Fault("thiếu.", column=column)) == said
