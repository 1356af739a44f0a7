"""The files as files: PDF/A-3, tagged, complete fonts, data inside, the same bytes every time, silence."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.adapters.rendering import RenderedPdf
from compliance.domain.system import System
from compliance.services.dossiers import draft_dossier
from tests.documents.conftest import Draft, short_lists
from tests.documents.office import NOTICES, STAFF, TODAY, new_office
from tests.documents.reading import Pdf
from tests.documents.test_forms import FORMS


@pytest.fixture(scope="session", params=["01-de-nghi-bang-tin", "02-", "03-"])
def paper(drafted: Draft, request: pytest.FixtureRequest) -> Pdf:
    return drafted.pdf(request.param)


def test_it_declares_pdf_a_3_and_carries_its_colour_profile(paper: Pdf) -> None:
    assert 'pdfaid:part="3"' in paper.xmp
    assert paper.root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    assert paper.reader.trailer["/ID"]


def test_it_is_tagged_and_says_its_language(paper: Pdf) -> None:
    assert str(paper.root["/MarkInfo"]["/Marked"]) == "True"
    assert paper.root["/StructTreeRoot"]
    assert paper.root["/Lang"] == "vi"


def test_it_has_document_properties_dated_by_the_given_day(paper: Pdf, drafted: Draft) -> None:
    properties = paper.reader.metadata
    assert properties is not None
    assert properties.title
    assert str(properties["/CreationDate"]) == str(properties["/ModDate"]) == "D:20261122000000Z"
    assert drafted.report.match_code in str(properties["/Keywords"])
    assert "<xmp:CreateDate>2026-11-22T00:00:00Z</xmp:CreateDate>" in paper.xmp


def test_every_font_is_embedded_and_is_the_one_face(paper: Pdf, drafted: Draft) -> None:
    face = drafted.report.face.replace(" ", "-")
    assert paper.font_names <= {face, f"{face}-Bold", f"{face}-Italic", f"{face}-Bold-Italic"}
    for page in paper.reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in inner or "/FontFile3" in inner


def test_text_is_composed_vietnamese(paper: Pdf) -> None:
    assert paper.text == unicodedata.normalize("NFC", paper.text)


def test_the_data_travels_inside_and_names_its_versions(paper: Pdf, drafted: Draft) -> None:
    (content,) = paper.reader.attachments["du-lieu-ho-so.json"]
    data = json.loads(content)
    assert data["match_code"] == drafted.report.match_code
    assert data["versions"] == drafted.report.versions
    stored = [System.model_validate_json(json.dumps(one)) for one in data["systems"]]
    assert [one.id for one in stored] == [NOTICES.id, STAFF.id]
    assert stored[1].model_copy(update={"diagrams": ()}) == STAFF
    assert len(data["answers"][STAFF.id]) == 4
    assert paper.root["/AF"][0].get_object()["/AFRelationship"] == "/Data"


def test_the_report_tells_the_truth_about_the_files(drafted: Draft) -> None:
    for one in drafted.report.files:
        assert hashlib.sha256(one.path.read_bytes()).hexdigest() == one.sha256
        assert len(Pdf(one.path).reader.pages) == one.pages
    assert [one.path.name[:3] for one in drafted.report.files] == ["01-", "01-", "02-", "03-"]


def test_printing_is_silent(drafted: Draft) -> None:
    assert drafted.report.remarks == ()


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    with new_office(tmp_path / "ho-so") as office, short_lists():
        first, second = (
            draft_dossier(office, ["bang-tin"], today=TODAY, out=tmp_path / name, keep=False) for name in "ab"
        )
    assert [one.sha256 for one in first.files] == [one.sha256 for one in second.files]


def test_another_process_prints_the_same_bytes(tmp_path: Path, printed_example: Callable[[str], RenderedPdf]) -> None:
    """Another hash seed and another clock must not show."""
    code = (
        "import sys; from pathlib import Path; from tests.documents.test_forms import FORMS, printed\n"
        "for name in FORMS: print(printed(name, Path(sys.argv[1])).sha256)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    place, told = Path(__file__).parents[2], {**os.environ, "PYTHONHASHSEED": seed}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=place, env=told) as other:
        here = [printed_example(name).sha256 for name in FORMS]
        there = other.communicate()[0].split()
    assert other.returncode == 0
    assert there == here
