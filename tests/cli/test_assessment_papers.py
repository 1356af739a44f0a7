"""Minutes and report from the terminal: what is typed reaches the paper, faults are sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from compliance.adapters.workspace import Workspace
from compliance.cli import assessment_papers
from compliance.cli.boundary import ErrorBoundaryGroup
from tests.documents.checked import begin
from tests.documents.office import TODAY, new_office
from tests.documents.reading import Pdf

PROGRAM = typer.Typer(cls=ErrorBoundaryGroup, rich_markup_mode=None)
PROGRAM.command("report")(assessment_papers.report)
PROGRAM.command("minutes")(assessment_papers.minutes_paper)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with new_office(tmp_path / "ho-so") as workspace:
        yield workspace


def run(office: Workspace, *words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        PROGRAM([*words, "--workspace", str(office.path), "--today", TODAY.isoformat()])
    code = ended.value.code
    assert isinstance(code, int)
    return code


def test_the_report_tells_its_file_and_figures(
    office: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check = begin(office, level=1)
    assert run(office, "report", check, "--out", str(tmp_path / "bc.pdf"), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["assessment"] == check
    assert told["files"][0]["path"] == str(tmp_path / "bc.pdf")
    assert told["figures"]["not_assessed"] == told["figures"]["total"] > 0
    assert {"face", "match_code", "versions", "remarks"} <= told.keys()
    assert len(Pdf(tmp_path / "bc.pdf").reader.pages) == told["files"][0]["pages"]


def test_a_paper_goes_over_an_earlier_print_and_never_over_a_signed_scan(
    office: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check, out = begin(office, level=1), tmp_path / "bc.pdf"
    assert [run(office, "report", check, "--out", str(out)) for _ in range(2)] == [0, 0]
    out.write_bytes(b"%PDF-1.7\n% signed and scanned\n")
    assert run(office, "report", check, "--out", str(out)) == 1
    assert "không phải do chương trình in ra nên không ghi đè" in capsys.readouterr().err
    assert b"signed" in out.read_bytes()


def test_a_folder_named_like_a_paper_is_told_by_its_name(
    office: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check = begin(office, level=1)
    (tmp_path / "bc.pdf").mkdir()
    assert run(office, "report", check, "--out", str(tmp_path / "bc.pdf")) == 1
    assert f"tệp {tmp_path / 'bc.pdf'}: đây là một thư mục" in capsys.readouterr().err


def test_the_day_of_the_minutes_is_typed_as_offices_write_it(office: Workspace, tmp_path: Path) -> None:
    check = begin(office, level=1)
    said = ("--held-on", "22/11/2026", "--from", "08:00", "--to", "10:30", "--attendee", "Văn phòng")
    assert run(office, "minutes", check, *said, "--out", str(tmp_path)) == 0


def test_what_is_typed_stands_in_the_minutes(
    office: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check = begin(office, level=1)
    said = ("--held-on", "2026-11-22", "--from", "08:00", "--to", "10:30", "--place", "Phòng họp số 2")
    people = ("--attendee", "Văn phòng", "--attendee", "Công an xã", "--chair", "Chủ tịch", "--secretary", "Văn thư")
    out = tmp_path / "bb.pdf"
    assert run(office, "minutes", check, *said, *people, "--opinion", "Nhất trí.", "--out", str(out)) == 0
    shown = capsys.readouterr().out
    assert "bb.pdf" in shown
    assert (
        f"Việc tiếp theo: đọc biên bản cho các bên cùng nghe rồi ký; in báo cáo: compliance assessments report {check}"
        in shown
    )
    text = Pdf(out).text
    for words in ("08 giờ 00 phút", "10 giờ 30 phút", "Phòng họp số 2", "- Công an xã.", "Văn thư", "Nhất trí."):
        assert words in text, words


def test_all_faults_of_what_is_typed_are_told_at_once(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    check = begin(office, level=1)
    assert run(office, "minutes", check, "--held-on", "hôm nay", "--from", "sáng") == 6
    told = capsys.readouterr().err
    for words in ("“hôm nay” không phải là ngày", "“sáng” không phải là giờ", "chưa ghi giờ kết thúc", "ai tham dự"):
        assert words in told, words


def test_a_check_that_is_not_there_is_not_found(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    begin(office, level=1)
    assert run(office, "report", "ho-so-can-bo/2026-9") == 4
    assert "Có phải “ho-so-can-bo/2026-1”?" in capsys.readouterr().err
