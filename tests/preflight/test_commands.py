"""The command as an officer types it, on the example communes and on systems in every situation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.law import data_root
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.cli.preflight import check
from compliance.domain.preflight import Weight
from compliance.domain.preflight_input import RoadFacts
from compliance.domain.system import DiagramKind, Status
from compliance.errors import NotFound, Refused
from compliance.services import dossier_papers
from compliance.services.preflight import preflight, preflight_all, preflight_catalogue
from compliance.services.systems import import_inventory, set_diagram, systems
from tests.documents.office import NOTICES, ONE_STOP, STAFF, TODAY, UNDECIDED, USED, new_office, put_system
from tests.preflight.office import CATALOGUE

EXAMPLES = data_root() / "examples"
KEYS = ["system", "code", "severity", "where", "message", "fix", "command", "citation", "uncertain", "fields"]
CODE = {one.detector: one.code for one in CATALOGUE.checks}


@pytest.fixture(scope="module", params=["xa-cho-don", "xa-hop-minh"])
def commune(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = EXAMPLES / request.param
    with create_workspace(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        files = sorted(path for path in folder.iterdir() if path.suffix in {".csv", ".xlsx"})
        import_inventory(workspace, files, today=TODAY)
        yield workspace


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        yield workspace


def run(workspace: Workspace, capsys: pytest.CaptureFixture[str], system: str | None = None, **options: Any) -> str:
    given: dict[str, Any] = {"all_": False, "catalogue": False, "code": None, "as_json": False, **options}
    check(system, workspace=workspace.path, today=TODAY.isoformat(), **given)
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def test_every_example_system_is_checked_and_example_values_are_told(commune: Workspace) -> None:
    found = preflight_all(commune, TODAY)
    assert {one.system_id for one in found} == {one.id for one in systems(commune) if one.needs_dossier}
    for one in found:
        assert CODE["example-value"] in {each.code for each in one.errors}
        assert CODE["representative-missing"] in {each.code for each in one.errors}
        assert (one.level is None) == (CODE["level-undecided"] in {each.code for each in one.errors})
        assert one.notes
        assert sum(one.counts.values()) == len(one.problems)


def test_one_system_is_told_as_among_all(commune: Workspace) -> None:
    for one in preflight_all(commune, TODAY):
        assert preflight(commune, one.system_id, TODAY).problems == one.problems


def test_the_examples_hold_no_false_contradiction(commune: Workspace) -> None:
    """What the example communes record is invented but consistent, so nothing in it contradicts itself."""
    contradictions = {
        CODE[name]
        for name in ("device-outside-zone", "address-twice", "serial-twice", "private-as-public", "public-as-private",
                     "number-two-days", "investment-after-use", "paper-of-the-future", "unit-lost", "link-lost",
                     "mail", "phone", "unit-twice", "system-twice", "citation-no-article", "placeholder")
    }  # fmt: skip
    told = {(one.system_id, each.code, each.message) for one in preflight_all(commune, TODAY) for each in one.problems}
    assert {line for line in told if line[1] in contradictions} == set()


def test_nothing_is_printed_and_nothing_stored(commune: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*of: Any, **named: Any) -> None:
        raise AssertionError("pre-flight prints nothing")

    monkeypatch.setattr(dossier_papers, "render", never)
    before = {kind: len(list(commune.store.heads(kind))) for kind in ("system", "unit", "answer", "dossier")}
    preflight_all(commune, TODAY)
    assert {kind: len(list(commune.store.heads(kind))) for kind in before} == before


def test_a_level_three_system(office: Workspace) -> None:
    found = preflight(office, ONE_STOP.id, TODAY)
    assert found.level == 3
    by_code = {each.code: each for each in found.problems}
    unanswered = by_code[CODE["requirement-unanswered"]]
    assert unanswered.severity is Weight.ERROR
    assert unanswered.citation.startswith("khoản 6 Điều 22")
    assert CODE["opinion-missing"] not in by_code


def test_the_road_tells_more_once_it_is_known(office: Workspace) -> None:
    put_system(office, STAFF.model_copy(update={"id": "da-ky", "regulation": STAFF.owner_document, "absences": {}}))
    road = RoadFacts(decided_on=date(2026, 1, 30))
    code = CODE["regulation-after-decision"]
    assert code not in {one.code for one in preflight(office, "da-ky", TODAY).problems}
    assert code in {one.code for one in preflight(office, "da-ky", TODAY, road).errors}


def test_a_diagram_that_is_gone_is_told(tmp_path: Path) -> None:
    with new_office(tmp_path / "ho-so") as workspace:
        changed = set_diagram(
            workspace, STAFF.id, DiagramKind.LOGICAL, EXAMPLES / "xa-cho-don" / "so-do" / "mang-noi-bo.lo-gic.svg"
        )
        assert CODE["diagram-unreadable"] not in {one.code for one in preflight(workspace, STAFF.id, TODAY).errors}
        path = workspace.attachments.path(changed.diagrams[0].sha256)
        path.chmod(0o600)
        path.unlink()
        lost = [one for one in preflight(workspace, STAFF.id, TODAY).errors if one.code == CODE["diagram-unreadable"]]
        assert [one.command for one in lost] == [
            f"compliance systems attach-diagram {STAFF.id} TỆP --kind {changed.diagrams[0].kind.value}"
        ]


def test_a_system_of_no_decided_level_says_what_to_ask(office: Workspace) -> None:
    found = preflight(office, UNDECIDED.id, TODAY)
    assert found.level is None
    (first, *_) = found.errors
    assert first.code == CODE["level-undecided"]
    assert "Loại thông tin" in first.message
    assert first.command == f"compliance classifications ask {UNDECIDED.id}"
    assert CODE["requirement-unanswered"] not in {one.code for one in found.problems}
    assert CODE["regulation-missing"] in {one.code for one in found.problems}


def test_a_used_system_and_an_ended_one_are_refused(office: Workspace) -> None:
    with pytest.raises(Refused, match=r"chỉ sử dụng.*compliance systems show ioffice"):
        preflight(office, USED.id, TODAY)
    put_system(office, NOTICES.model_copy(update={"id": "cu", "status": Status.DECOMMISSIONED}))
    with pytest.raises(Refused, match="đã kết thúc vận hành"):
        preflight(office, "cu", TODAY)
    with pytest.raises(NotFound, match="Có phải “ho-so-can-bo”"):
        preflight(office, "ho-so-can-b", TODAY)


def test_a_day_before_any_law_is_told(office: Workspace) -> None:
    with pytest.raises(NotFound):
        preflight_catalogue(date(2010, 1, 1))


def test_the_table_stands_by_weight_and_ends_with_the_next_step(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(office, capsys, STAFF.id)
    assert f"{STAFF.name} ({STAFF.id}) – Cấp độ 2:" in said
    assert said.index("\nLỗi\n") < said.index("\nCảnh báo\n") < said.index("\nLưu ý\n")
    assert "Việc tiếp theo: sửa " in said
    assert f"compliance dossiers check {STAFF.id}" in said


def test_rows_of_one_code_are_counted_and_shown_whole_when_asked(
    commune: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    code = CODE["evidence-missing"]
    said = run(commune, capsys, "mang-noi-bo")
    assert f"xem đủ: --code {code}" in " ".join(said.replace("│", " ").split())
    whole = run(commune, capsys, "mang-noi-bo", code=code.lower())
    count = sum(one.code == code for one in preflight(commune, "mang-noi-bo", TODAY).problems)
    assert whole.count(f"│ {code} ") == count > 4
    assert "chỗ khác" not in whole


def test_json_is_one_list_with_stable_keys(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    lines = json.loads(run(office, capsys, STAFF.id, as_json=True))
    assert lines
    assert {tuple(line) for line in lines} == {tuple(KEYS)}
    assert {line["severity"] for line in lines} == {"error", "warning", "note"}
    every = json.loads(run(office, capsys, all_=True, as_json=True))
    assert [line for line in every if line["system"] == STAFF.id] == lines
    assert USED.id not in {line["system"] for line in every}


def test_the_catalogue_is_listed(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(office, capsys, catalogue=True)
    for one in CATALOGUE.checks:
        assert f"│ {one.code} " in said
    listed = json.loads(run(office, capsys, catalogue=True, as_json=True))
    assert [one["code"] for one in listed] == [one.code for one in CATALOGUE.checks]
    assert all("detector" not in one for one in listed)


@pytest.mark.parametrize(("system", "options"), [(None, {}), (STAFF.id, {"all_": True})])
def test_a_system_or_all_but_not_both(
    office: Workspace, capsys: pytest.CaptureFixture[str], system: str | None, options: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match="Hãy nêu một mã hệ thống"):
        run(office, capsys, system, **options)


def test_a_code_there_is_not(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotFound, match=r"Không có phép kiểm “K999”.*--catalogue"):
        run(office, capsys, STAFF.id, code="K999")
