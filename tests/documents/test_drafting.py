"""Drafting: when it is refused, what users type, broken forms, missing libraries, and the record that is kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.adapters.attachments import PDF, SVG
from compliance.adapters.law import data_root
from compliance.adapters.workspace import Workspace
from compliance.cli.main import app
from compliance.domain.regime import Regime
from compliance.domain.system import Diagram, DiagramKind, Ownership
from compliance.errors import DataFault, NotFound, Refused
from compliance.services.dossiers import OVERRIDES, dossier_states, draft_dossier
from tests.documents.conftest import short_lists
from tests.documents.office import NOTICES, TODAY, put_system, with_diagram
from tests.documents.reading import Pdf

MINIMAL_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _short() -> Iterator[None]:
    with short_lists():
        yield


def draft(office: Workspace, *ids: str) -> Pdf:
    """The dossier of a quick draft."""
    report = draft_dossier(office, ids, today=TODAY, keep=False)
    return Pdf(next(one.path for one in report.files if one.path.name.startswith("02-")))


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (["ioffice"], "chỉ sử dụng"),
        (["ioffice"], "77/QĐ-UBND"),
        (["truyen-thanh"], "Hỏi: "),
        (["truyen-thanh"], "compliance classifications ask truyen-thanh"),
        (["bang-tin", "bang-tin-tinh"], "một hồ sơ chỉ thuộc một chủ quản"),
        ([], "Chưa nêu hệ thống nào"),
    ],
)
def test_a_dossier_that_may_not_be_filed_is_refused_with_the_way_on(
    office: Workspace, ids: list[str], said: str
) -> None:
    with pytest.raises(Refused, match="Chưa") as refused:
        draft_dossier(office, ids, today=TODAY)
    assert said in str(refused.value)
    assert not (office.path / "du-thao").exists()


def test_all_reasons_are_told_at_once(office: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        draft_dossier(office, ["bang-tin-tinh", "ioffice", "truyen-thanh", "bang-tin"], today=TODAY)
    for words in ("iOffice", "truyền thanh", "chủ quản khác nhau"):
        assert words in str(refused.value)


def test_an_unknown_system_gets_the_nearest_one(office: Workspace) -> None:
    with pytest.raises(NotFound, match="bang-tin"):
        draft_dossier(office, ["bang-tim"], today=TODAY)


def test_an_operated_system_is_drafted_for_its_owner(office: Workspace) -> None:
    text = draft(office, "bang-tin-tinh").text
    assert Ownership.OPERATED.label in text
    assert "Ủy ban nhân dân tỉnh Mẫu" in text


def test_what_a_user_types_is_printed_as_typed_and_never_run(office: Workspace) -> None:
    long_word = "Wmộtchuỗirấtdài" * 30
    typed = NOTICES.model_copy(
        update={
            "scope": '<b>{{ 7*7 }}</b> {% raw %} & "nháy" ${x} #{y}',
            "size": long_word,
            "users_served": "Dòng một\nDòng hai",
            "notes": "'; DROP TABLE revision; --",
        }
    )
    put_system(office, typed)
    dossier = draft(office, "bang-tin")
    assert '<b>{{ 7*7 }}</b> {% raw %} & "nháy" ${x} #{y}' in dossier.text
    assert "49" not in dossier.texts[2]
    for text in (long_word, "Dòng một", "Dòng hai", "'; DROP TABLE revision; --"):
        assert dossier.holds(text)
    for page in dossier.pages:
        assert max(char["x1"] for char in page.chars) <= page.width - 40


def test_a_letter_the_face_lacks_is_told(office: Workspace) -> None:
    put_system(office, NOTICES.model_copy(update={"scope": "Phạm vi 龍"}))
    report = draft_dossier(office, ["bang-tin"], today=TODAY, keep=False)
    assert "龍" in report.remarks[0]


def test_a_diagram_that_cannot_be_read_is_a_visible_blank(office: Workspace) -> None:
    lost = Diagram(kind=DiagramKind.LOGICAL, file_name="mat.svg", sha256="0" * 64, media_type=SVG)
    put_system(office, NOTICES.model_copy(update={"diagrams": (lost,)}))
    report = draft_dossier(office, ["bang-tin"], today=TODAY, keep=False)
    dossier = Pdf(report.files[1].path)
    assert "không đọc được tệp sơ đồ" in dossier.text
    assert any("mat.svg" in one.what and "attach-diagram" in one.where_to_fill for one in report.missing)


def test_a_diagram_that_is_no_picture_travels_inside(office: Workspace) -> None:
    put_system(office, with_diagram(office, NOTICES, MINIMAL_PDF, PDF, "so-do-vat-ly.pdf"))
    dossier = draft(office, "bang-tin")
    assert "kèm theo dưới dạng tệp: so-do-vat-ly.pdf" in dossier.text
    assert dossier.reader.attachments["so-do-vat-ly.pdf"] == [MINIMAL_PDF]


def test_a_picture_cannot_fetch_anything(office: Workspace) -> None:
    spy = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/hostname"/></svg>'
    put_system(office, with_diagram(office, NOTICES, spy, SVG, "do.svg"))
    report = draft_dossier(office, ["bang-tin"], today=TODAY, keep=False)
    assert any("file:///etc/hostname" in remark for remark in report.remarks)


def test_without_the_native_libraries_html_is_left_with_the_way_on(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    report = draft_dossier(office, ["bang-tin"], today=TODAY)
    assert [one.path.suffix for one in report.files] == [".html"] * 3
    assert "libpango-1.0-0" in report.remarks[0]
    page = report.files[1].path.read_text(encoding="utf-8")
    assert NOTICES.name in page
    data = json.loads((report.files[1].path.parent / "02-ho-so-de-xuat-cap-do-du-lieu-ho-so.json").read_bytes())
    assert data["match_code"] == report.match_code


@pytest.mark.parametrize(
    ("content", "row", "said"),
    [
        (
            "{% extends 'layout/base.html' %}\n{% block content %}\n{{ request.khong_co }}\n{% endblock %}",
            3,
            "khong_co",
        ),
        ("<p>\n{% if %}</p>", 2, "sai cú pháp"),
        ("{{ ().__class__.__bases__ }}", 1, "không được dùng “__class__”"),
    ],
)
def test_a_broken_form_of_the_office_is_told_with_file_and_line(
    office: Workspace, regime: Regime, content: str, row: int, said: str
) -> None:
    authority = regime.authority_for(1)
    assert authority is not None
    own = office.path / OVERRIDES / regime.id / authority.request_form
    own.mkdir(parents=True)
    (own / "document.html").write_text(content, encoding="utf-8")
    with pytest.raises(DataFault) as broken:
        draft_dossier(office, ["bang-tin"], today=TODAY)
    (fault,) = broken.value.faults
    assert fault.file == str(own / "document.html")
    assert fault.row == row
    assert said in fault.message
    assert not (office.path / "du-thao" / "bang-tin").exists()
    assert not list((office.path / "du-thao").glob(".*")), "nothing half-written is left"


def test_broken_form_data_lists_its_faults(office: Workspace, regime: Regime) -> None:
    authority = regime.authority_for(1)
    assert authority is not None
    own = office.path / OVERRIDES / regime.id / authority.request_form
    own.mkdir(parents=True)
    (own / "form.yaml").write_text("id: x\ntitle: [1]\nla: 1\n", encoding="utf-8")
    with pytest.raises(DataFault) as broken:
        draft_dossier(office, ["bang-tin"], today=TODAY)
    assert len(broken.value.faults) >= 3


def test_an_office_may_use_its_own_version_of_a_form(office: Workspace, regime: Regime) -> None:
    authority = regime.authority_for(1)
    assert authority is not None
    shipped = data_root() / "templates" / regime.id / authority.request_form / "document.html"
    own = office.path / OVERRIDES / regime.id / authority.request_form
    own.mkdir(parents=True)
    changed = shipped.read_text(encoding="utf-8").replace("thẩm định và phê duyệt", "xem xét, phê duyệt")
    (own / "document.html").write_text(changed, encoding="utf-8")
    report = draft_dossier(office, ["bang-tin"], today=TODAY)
    assert "xem xét, phê duyệt hồ sơ đề xuất cấp độ của hệ thống" in Pdf(report.files[0].path).text


def test_a_folder_that_cannot_be_written_is_refused(office: Workspace, tmp_path: Path) -> None:
    taken = tmp_path / "tep"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="Không ghi được"):
        draft_dossier(office, ["bang-tin"], today=TODAY, out=taken / "trong")


@pytest.mark.usefixtures("unprinted")
def test_a_draft_is_recorded_with_what_it_rests_on(office: Workspace, regime: Regime) -> None:
    report = draft_dossier(office, ["bang-tin"], today=TODAY)
    draft_dossier(office, ["bang-tin"], today=TODAY)
    states = {one.classified.system.id: one for one in dossier_states(office, TODAY)}
    kept = states["bang-tin"].draft
    assert kept is not None
    assert kept.match_code == report.match_code
    assert kept.versions["system/bang-tin"] == "1"
    assert f"regime/{regime.id}" in kept.versions
    assert states["ho-so-can-bo"].draft is None
    assert "ioffice" not in states
    assert len(office.store.history("dossier", "bang-tin")) == 1, "the same draft again is no new version"


@pytest.mark.usefixtures("unprinted")
def test_the_match_code_changes_with_the_data_only(office: Workspace) -> None:
    first = draft_dossier(office, ["bang-tin"], today=TODAY, keep=False)
    later = draft_dossier(office, ["bang-tin"], today=TODAY.replace(day=23), keep=False)
    put_system(office, NOTICES.model_copy(update={"size": "02 máy"}))
    changed = draft_dossier(office, ["bang-tin"], today=TODAY, keep=False)
    assert first.match_code == later.match_code != changed.match_code


def test_the_command_prints_json_for_programs(office: Workspace, tmp_path: Path) -> None:
    place = ["--workspace", str(office.path), "--today", "2026-11-22"]
    result = CliRunner().invoke(app, ["dossiers", "draft", "bang-tin", "--out", str(tmp_path / "ra"), "--json", *place])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert set(report) >= {"files", "face", "missing", "match_code", "versions"}
    assert {"path", "sha256", "pages"} <= set(report["files"][0])
    listed = json.loads(CliRunner().invoke(app, ["dossiers", "list", "--json", *place]).stdout)
    assert next(one for one in listed if one["id"] == "bang-tin")["draft"]["match_code"] == report["match_code"]


def test_the_command_tells_people_what_comes_next(office: Workspace, tmp_path: Path) -> None:
    place = ["--workspace", str(office.path), "--today", "2026-11-22"]
    result = CliRunner().invoke(app, ["dossiers", "draft", "bang-tin", "--out", str(tmp_path / "ra"), *place])
    assert result.exit_code == 0, result.output
    assert "02-ho-so-de-xuat-cap-do.pdf" in result.output
    assert "Còn thiếu" in result.output
    assert "Việc tiếp theo:" in result.output
    refused = CliRunner().invoke(app, ["dossiers", "draft", "ioffice", *place])
    assert refused.exit_code == 1
