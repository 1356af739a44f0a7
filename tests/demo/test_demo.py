"""The demonstration: one table for two communes, real PDF files, and nobody's own files ever taken away."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from compliance.adapters.workspace import open_workspace
from compliance.cli.main import app
from compliance.errors import Refused, WorkspaceRefused
from compliance.services import assessments, demo, organizations, systems
from compliance.services.demo import MARK, RECORDS, DemoCommune, build_demo, default_out
from tests.documents.conftest import short_lists

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ban-mau")


@pytest.fixture(scope="module")
def built(out: Path) -> tuple[DemoCommune, ...]:
    """Both communes, built once, with short lists: that whole plans print is seen where single dossiers are drafted."""
    with short_lists():
        return build_demo(out, today=TODAY)


def run(built: tuple[DemoCommune, ...], *options: str) -> str:
    """What ``compliance demo`` prints for what was built."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "build_demo", lambda *_, **__: built)
        result = CliRunner().invoke(app, ["demo", "--today", TODAY.isoformat(), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def shown(built: tuple[DemoCommune, ...]) -> str:
    return run(built)


@pytest.fixture(scope="module")
def told(built: tuple[DemoCommune, ...]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(built, "--json"))
    return found


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Examples of one commune with one system that is merely used: nothing to print, so quick to build."""
    folder = tmp_path / "examples" / "xa-thu"
    folder.mkdir(parents=True)
    units = "Mã đơn vị;Tên đơn vị;Loại đơn vị;Cấp hành chính\ntinh;UBND tỉnh;UBND;Tỉnh\n"
    (folder / "don-vi.csv").write_text(units, encoding="utf-8")
    used = "Mã hệ thống;Tên hệ thống thông tin;Quan hệ với xã;Chủ quản\nthu;Thư điện tử;Chỉ sử dụng;tinh\n"
    (folder / "he-thong.csv").write_text(used, encoding="utf-8")
    return folder.parent


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def systems_of(told: list[dict[str, Any]], commune: str) -> dict[str, dict[str, Any]]:
    (found,) = (one for one in told if commune in one["name"])
    return {system["id"]: system for system in found["systems"]}


def test_one_table_says_what_is_whose_at_which_level_and_what_comes_next(shown: str) -> None:
    for header in ("Hệ thống", "Của ai", "Cấp độ", "Căn cứ", "Hồ sơ", "Việc cần làm tiếp"):
        assert header in shown
    words = " ".join(shown.replace("│", " ").split())
    assert "XÃ CHỢ ĐỒN" in words
    assert "XÃ HỢP MINH" in words
    assert shown.count("Việc cần làm tiếp") == 1
    assert "≥ 3?" in words
    assert "chưa xác định" in words
    assert "Việc tiếp theo:" in words


def test_the_papers_are_listed_and_are_pdf_files(shown: str, told: list[dict[str, Any]]) -> None:
    for commune in told:
        assert len(commune["dossiers"]) == 2, "one for all decided systems, one for a single one"
        together, single = commune["dossiers"]
        assert len(together["systems"]) > 1
        assert len(single["systems"]) == 1
        for dossier in commune["dossiers"]:
            assert dossier["face"]
            assert dossier["missing"], "the plans leave much unsaid"
            printed = [file for file in dossier["files"] if file["path"].endswith(".pdf")]
            assert printed
            for file in printed:
                assert file["path"] in shown
                assert file["pages"] >= 1
                assert Path(file["path"]).read_bytes().startswith(b"%PDF-")


def test_a_check_of_one_system_leaves_its_papers(shown: str, told: list[dict[str, Any]]) -> None:
    for commune in told:
        names = [Path(file["path"]).name for file in commune["checked"]]
        assert len(names) >= 2
        assert all(file["path"] in shown and file["pages"] > 1 for file in commune["checked"])
        with open_workspace(Path(commune["workspace"])) as workspace:
            (one,) = assessments.every_assessment(workspace)
            assert assessments.load(workspace, one.id).tally.assessed > 10


def test_the_best_described_system_gets_its_package_and_its_checks(shown: str, told: list[dict[str, Any]]) -> None:
    for commune in told:
        package = commune["package"]
        assert package["folder"] in shown
        assert package["zip"] in shown
        names = [Path(file["path"]).name for file in package["files"]]
        assert names[0] == "00-muc-luc.pdf"
        assert all((Path(package["folder"]) / file["path"]).is_file() for file in package["files"])
        assert commune["preflight"]["error"] > 0, "the examples are not ready to be sent"
        assert f"{commune['preflight']['error']} lỗi" in shown


def test_a_leader_gets_one_page_and_the_office_its_calendars(shown: str, told: list[dict[str, Any]]) -> None:
    for commune in told:
        page, wall = (Path(file["path"]) for file in commune["calendar"])
        assert [file["pages"] for file in commune["calendar"]] == [1, 1]
        assert str(page) in shown
        assert str(wall) in shown
        assert page.with_suffix(".html").is_file()
        assert page.with_name("lich.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_each_system_shows_its_ground_with_the_clause(told: list[dict[str, Any]]) -> None:
    found = systems_of(told, "Chợ Đồn")
    network = found["mang-noi-bo"]
    assert (network["level"], network["decided"]) == (2, True)
    assert [ground["criterion"] for ground in network["grounds"]] == ["R2.3"]
    assert "Điều 12" in network["grounds"][0]["citation"]
    assert network["dossiers"]
    procedures = found["giai-quyet-tthc"]
    assert (procedures["level"], procedures["decided"]) == (3, False)
    assert procedures["dossiers"] == []


def test_the_next_step_fits_the_case(told: list[dict[str, Any]]) -> None:
    cho_don, hop_minh = systems_of(told, "Chợ Đồn"), systems_of(told, "Hợp Minh")
    assert "quyết định phê duyệt cấp độ" in cho_don["giai-quyet-tthc"]["next_step"]
    assert "Phòng Văn hóa - Xã hội" in hop_minh["vnpt-ioffice"]["next_step"]
    for commune, undecided, fact in (
        (cho_don, "hop-truc-tuyen", "information"),
        (hop_minh, "dai-truyen-thanh", "service_type"),
    ):
        system = commune[undecided]
        assert not system["decided"]
        assert system["dossiers"] == []
        assert [question["fact"] for question in system["questions"]] == [fact]
        assert system["questions"][0]["ask_whom"] in system["next_step"]


def test_each_commune_gets_a_workspace_of_its_own_with_diagrams(told: list[dict[str, Any]]) -> None:
    for commune in told:
        with open_workspace(Path(commune["workspace"])) as workspace:
            network = systems.system(workspace, "mang-noi-bo")
            assert [diagram.kind for diagram in network.diagrams] == ["logical", "physical"]
            assert workspace.store.verify() == []
            assert workspace.attachments.verify() == []


def test_a_second_run_builds_anew(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    build_demo(out, today=TODAY, examples=small)
    first = (out / "xa-thu" / MARK).read_text(encoding="utf-8")
    assert RECORDS in first
    (system,) = build_demo(out, today=TODAY, examples=small)[0].systems
    assert system.owner == "UBND tỉnh"


def test_somebodys_own_file_is_never_taken_away(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    build_demo(out, today=TODAY, examples=small)
    (out / "xa-thu" / "ghi-chu-cua-toi.txt").write_text("đã gọi cho Sở ngày 20/11", encoding="utf-8")
    kept = contents(out)
    with pytest.raises(Refused, match="ghi-chu-cua-toi"):
        build_demo(out, today=TODAY, examples=small)
    assert contents(out) == kept


def test_a_workspace_somebody_worked_in_is_left_alone(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    build_demo(out, today=TODAY, examples=small)
    with open_workspace(out / "xa-thu" / RECORDS, by="Văn phòng") as workspace:
        mine = organizations.unit(workspace, "tinh").model_copy(update={"phone": "0000 000 001"})
        with workspace.act() as act:
            act.put("unit", mine.id, mine.model_dump_json(exclude_defaults=True), 1)
    kept = contents(out)
    with pytest.raises(Refused, match=r"ho-so\.sqlite"):
        build_demo(out, today=TODAY, examples=small)
    assert contents(out) == kept


def test_looking_at_a_workspace_is_not_working_in_it(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    build_demo(out, today=TODAY, examples=small)
    with open_workspace(out / "xa-thu" / RECORDS) as workspace:
        assert systems.system(workspace, "thu").name == "Thư điện tử"
    build_demo(out, today=TODAY, examples=small)


def test_the_command_builds_where_it_is_told(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "data_root", lambda: small.parent)
    result = CliRunner().invoke(app, ["demo", "--out", str(tmp_path / "ra"), "--today", TODAY.isoformat(), "--json"])
    assert result.exit_code == 0, result.output
    (commune,) = json.loads(result.stdout)
    assert Path(commune["workspace"]) == tmp_path / "ra" / "xa-thu" / RECORDS
    assert commune["dossiers"] == []


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "xa-cho-don" / "bang-luong.xlsx"
    other.parent.mkdir()
    other.write_bytes(b"not ours")
    with pytest.raises(Refused, match="bang-luong"):
        build_demo(tmp_path, today=TODAY)
    assert other.read_bytes() == b"not ours"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["xa-cho-don"]


def test_a_clone_with_a_remote_is_no_place_for_records(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "-C", tmp_path, "remote", "add", "origin", "https://example.invalid/x.git"], check=True)
    with pytest.raises(WorkspaceRefused):
        build_demo(tmp_path / "demo-output", today=TODAY)
    assert not (tmp_path / "demo-output").exists()


def test_an_interrupted_run_leaves_nothing_half_made(tmp_path: Path) -> None:
    def interrupt(step: str) -> None:
        if "soạn" in step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo(tmp_path, today=TODAY, tell=interrupt)
    assert list(tmp_path.iterdir()) == []


def test_by_default_it_is_built_in_the_home_folder_outside_any_clone() -> None:
    home = Path("/home/can-bo")
    assert default_out(home) == home / "ho-so-mau"


def test_communes_are_found_in_the_data_not_in_the_program(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    found: tuple[DemoCommune, ...] = build_demo(tmp_path / "out", today=TODAY, examples=tmp_path / "examples")
    assert found == ()


def test_without_the_print_libraries_the_demonstration_names_the_pages_left_and_the_packages_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("compliance.adapters.rendering._engine", missing)
    ended = CliRunner().invoke(app, ["demo", "--out", str(tmp_path / "mau"), "--today", "2026-11-22"])
    assert ended.exit_code == 0
    assert "02-ho-so-de-xuat-cap-do.html (bản HTML)" in ended.stdout
    assert ended.stdout.count("libpango-1.0-0") == 1
