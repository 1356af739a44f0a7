"""Weekly, monthly and leader reports issued: frozen, printed again the same, a later issue saying what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.adapters.workspace import Workspace
from compliance.cli.main import app
from compliance.cli.report_pages import say_figure
from compliance.domain.incident import Incident
from compliance.domain.moment import VIETNAM
from compliance.domain.report import Behind, Figure, ReportKind
from compliance.errors import NotFound, Refused
from compliance.services.chosen_reports import Asked, figures_of, print_issued, ready_report
from compliance.services.issued_reports import explain, issue, issued
from compliance.services.systems import system
from tests.documents.office import PROVINCE, SECURITY, STAFF, new_office, put, put_system
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


def test_an_issue_is_printed_to_the_very_file_that_is_named(office: Workspace, tmp_path: Path) -> None:
    made = issue(office, ready_report(office, LEADER, DAY), today=DAY)
    [file] = print_issued(office, made, tmp_path / "ban-chot.pdf").files
    assert file.path == tmp_path / "ban-chot.pdf"
    assert file.path.is_file()


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


def test_the_command_to_issue_says_again_what_was_said_for_printing(office: Workspace, tmp_path: Path) -> None:
    printed = run(office, "weekly", "--to", "Công an tỉnh Mẫu", "--from", "van-phong", "--out", str(tmp_path))
    assert 'issue weekly 2026-w48 --from van-phong --to "Công an tỉnh Mẫu"' in printed


def test_each_kind_of_record_is_named_in_vietnamese_and_shown_by_its_own_command(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    behind = {
        "duty": ("ubnd-xa/c1", "việc phải làm", "duties show ubnd-xa/c1"),
        "notice": ("sc-2026-001/01", "lần gửi", "incidents show sc-2026-001\n"),
        "incident": ("sc-2026-001", "sự cố", "incidents show sc-2026-001\n"),
        "finding": ("mang/4.2.1-b", "tồn tại", "findings show mang/4.2.1-b"),
        "assessment": ("mang/2026-1", "lần kiểm tra", "assessments show mang/2026-1"),
        "step": ("mang/0001", "bước của hồ sơ", "dossiers status mang\n"),
    }
    for kind, (id_, called, command) in behind.items():
        say_figure(Figure(id="a", title="A", number=1, behind=(Behind(kind=kind, id=id_, title="Tên"),)))
        text = capsys.readouterr().out
        assert called in text
        assert f"compliance {command}" in text
    assert {one.kind for each in figures_of(office, LEADER, DAY) for one in each.behind} <= {"system", *behind}


def test_the_same_words_mean_the_same_number_on_the_page_and_in_the_report(office: Workspace) -> None:
    page = {one.title: one.number for one in figures_of(office, LEADER, DAY)}
    report = {one.title: one.number for one in figures_of(office, MONTHLY, DAY)}
    assert all(page[title] == report[title] for title in page.keys() & report.keys())
    assert not {title for title in report if title.startswith("Việc đến hạn")}


@pytest.mark.parametrize(
    ("words", "foreign"),
    [
        (("weekly",), "bao-cao-tien-do-2026-w48-xa.docx"),
        (("leader",), "trang-lanh-dao-2026-11-27.html"),
        (("annual", "--year", "2026"), "08-phu-luc-bao-cao-nam-2026-owner.docx"),
    ],
)
def test_a_foreign_file_in_the_way_of_one_leaves_all_unwritten(
    office: Workspace, tmp_path: Path, words: tuple[str, ...], foreign: str
) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    (out / foreign).write_text("của người khác")
    assert "không phải do chương trình in ra" in run(office, *words, "--out", str(out))
    assert [one.name for one in out.iterdir()] == [foreign]


def test_the_page_of_an_owner_tells_only_its_own_incidents(office: Workspace) -> None:
    other = STAFF.model_copy(update={"id": "mang-cong-an", "name": "Mạng Công an xã", "owner_id": SECURITY.id})
    put_system(office, other)
    at = datetime(2026, 11, 25, 8, 15, tzinfo=VIETNAM)
    for number, system_ids in enumerate(((other.id,), (STAFF.id,), ()), start=1):
        one = Incident(id=f"sc-2026-00{number}", title="Sự cố", detected_at=at, system_ids=system_ids)
        put(office, "incident", [(one.id, one)])
    figures = figures_of(office, Asked(ReportKind.LEADER, owner_id=STAFF.owner_id), DAY)
    told = next(one for one in figures if one.id == "incidents")
    assert {one.id for one in told.behind} == {"sc-2026-002", "sc-2026-003"}
    assert "--leader --owner ubnd-xa" in run(office, "leader", "--owner", "ubnd-xa")


def test_no_page_is_made_for_a_unit_that_owns_nothing_here(office: Workspace) -> None:
    ministry = PROVINCE.model_copy(update={"id": "bo-cong-an", "name": "Bộ Công an"})
    put(office, "unit", [(ministry.id, ministry)])
    with pytest.raises(NotFound, match="không là chủ quản"):
        ready_report(office, Asked(ReportKind.LEADER, owner_id="bo-cong-an"), DAY)
