"""Weekly, monthly and leader reports issued: frozen, printed again the same, a later issue saying what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.adapters.workspace import Workspace
from compliance.cli.main import app
from compliance.domain.report import ReportKind
from compliance.errors import Refused
from compliance.services.chosen_reports import Asked, print_issued, ready_report
from compliance.services.issued_reports import explain, issue, issued
from compliance.services.systems import system
from tests.documents.office import STAFF, new_office, put_system
from tests.documents.reading import Pdf

DAY = date(2026, 11, 27)
MONTHLY = Asked(ReportKind.MONTHLY, "2026-11", addressee="Ủy ban nhân dân tỉnh Mẫu")
LEADER = Asked(ReportKind.LEADER)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with new_office(tmp_path / "ho-so") as workspace:
        put_system(workspace, STAFF)
        yield workspace


@pytest.mark.parametrize("asked", [MONTHLY, LEADER], ids=["monthly", "leader"])
def test_what_was_issued_prints_the_same_after_the_records_changed(
    office: Workspace, asked: Asked, tmp_path: Path
) -> None:
    made = issue(office, ready_report(office, asked, DAY), today=DAY)
    before = print_issued(office, made, tmp_path / "truoc")
    renamed = system(office, STAFF.id).model_copy(update={"name": "Tên khác hẳn", "facts": {}})
    put_system(office, renamed)
    after = print_issued(office, issued(office, made.id), tmp_path / "sau")
    assert [one.sha256 for one in after.files] == [one.sha256 for one in before.files]
    assert after.match_code == before.match_code == made.match_code
    assert not Pdf(after.files[0].path).holds("Tên khác hẳn")


def test_a_second_issue_says_which_number_changed(office: Workspace) -> None:
    issue(office, ready_report(office, LEADER, DAY), today=DAY)
    put_system(office, STAFF.model_copy(update={"id": "them", "name": "Hệ thống mới thêm"}))
    ready = ready_report(office, LEADER, DAY)
    with pytest.raises(Refused, match="--reason"):
        issue(office, ready, today=DAY)
    second = issue(office, ready, today=DAY, reason="Bổ sung hệ thống còn sót")
    assert second.issue == 2
    assert any(one.what.startswith("Hệ thống phải lập hồ sơ") for one in second.changes)


def test_the_one_for_the_commune_and_the_one_for_the_province_are_issued_apart(office: Workspace) -> None:
    ours = issue(office, ready_report(office, MONTHLY, DAY), today=DAY)
    theirs = Asked(ReportKind.MONTHLY, "2026-11", detailed=False)
    other = issue(office, ready_report(office, theirs, DAY), today=DAY)
    assert (ours.issue, other.issue) == (1, 1)
    assert ours.id != other.id


def test_a_number_of_the_page_is_explained_by_its_records(office: Workspace) -> None:
    figure = explain(ready_report(office, LEADER, DAY).figures, "managed")
    assert figure.number == len(figure.behind)
    assert STAFF.id in {one.id for one in figure.behind}


def test_a_yearly_report_needs_its_year(office: Workspace) -> None:
    with pytest.raises(Refused, match="--year 2026"):
        ready_report(office, Asked(ReportKind.ANNUAL), DAY)


def run(office: Workspace, *words: str) -> str:
    ended = CliRunner().invoke(app, ["reports", *words, "--workspace", str(office.path), "--today", DAY.isoformat()])
    return f"{ended.exit_code}\n{ended.output}"


def test_the_commands_lead_from_printing_to_issuing_and_explaining(office: Workspace, tmp_path: Path) -> None:
    out = str(tmp_path / "ra")
    printed = run(office, "weekly", "2026-w48", "--for", "province", "--out", out)
    assert "compliance reports issue weekly 2026-w48 --for province" in printed
    assert {one.suffix for one in (tmp_path / "ra").iterdir()} == {".pdf", ".docx"}
    assert run(office, "issue", "weekly", "2026-w48", "--for", "province").startswith("0\n")
    assert "Hệ thống phải lập hồ sơ" in run(office, "explain", "managed", "--leader")
    refused = run(office, "explain", "managed", "--leader", "--year", "2026")
    assert refused.startswith("1\n")
    assert "đúng một báo cáo" in refused
    assert "không có số liệu" in run(office, "explain", "khong-co", "--week", "2026-w48")
