"""Trial prints of shipped forms, and files that are never written over."""

from __future__ import annotations

from pathlib import Path

import docx
import pypdf
import pytest
from pypdf.generic import ByteStringObject, NameObject

from compliance.adapters.pack_folder import docx_keywords, pdf_keywords
from compliance.adapters.templates import faults_of, load_form, load_layout, page_face
from compliance.errors import NotFound, Refused
from compliance.services.form_examples import example_of
from compliance.services.forms import forms, known_forms, render_example
from tests.documents.office import TODAY
from tests.documents.reading import Pdf
from tests.forms.conftest import MINUTES, REGIME, REQUEST, Own
from tests.returned.certificates import authority, office
from tests.returned.signing import sign

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = known_forms(REGIME)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_prints_to_word_and_html_from_its_example(form: str, tmp_path: Path) -> None:
    data = load_form(*FORMS[form].split("/")).data
    page, twin = tmp_path / "thu.html", tmp_path / "thu.docx"
    assert render_example(form, page, TODAY).title == data.title
    assert f"<title>{data.title}" in page.read_text("utf-8").replace("&#39;", "'")
    if data.paper_only:
        with pytest.raises(Refused, match="không có bản Word"):
            render_example(form, twin, TODAY)
        return
    assert render_example(form, twin, TODAY).remarks == ()
    body = docx.Document(str(twin)).element.body
    text = "".join(one.text or "" for one in body.iter(f"{WORD}t"))
    assert len(text) > 200


@pytest.mark.parametrize("form", FORMS)
def test_a_shipped_form_uses_no_name_its_example_lacks(form: str) -> None:
    shipped = load_form(*FORMS[form].split("/"))
    assert faults_of(shipped, example_of(shipped), face=page_face(load_layout())) == ()


def test_a_trial_print_bears_the_match_code_of_an_example(tmp_path: Path) -> None:
    out = tmp_path / "sâu" / "thu.pdf"
    done = render_example(MINUTES, out, TODAY)
    assert done.pages == len(Pdf(out).reader.pages)
    assert "Mã đối chiếu VIDU-0001" in pdf_keywords(out.read_bytes())


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".PDF"])
def test_a_trial_print_goes_over_an_earlier_one(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"thu{suffix}"
    assert [render_example(MINUTES, out, TODAY).path for _ in range(2)] == [out, out]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n% da ky\n", b"PK\x03\x04 hong", b"<!doctype html><p>bai viet</p>"]
)
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_a_file_of_somebody_else_is_never_written_over(content: bytes, suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"thu{suffix}"
    out.write_bytes(content)
    with pytest.raises(Refused, match="không phải do chương trình in ra"):
        render_example(MINUTES, out, TODAY)
    assert out.read_bytes() == content


def test_a_print_somebody_signed_where_it_lay_is_never_written_over(tmp_path: Path) -> None:
    out = tmp_path / "thu.pdf"
    render_example(MINUTES, out, TODAY)
    signed = sign(out.read_bytes(), office(authority()))
    out.write_bytes(signed)
    with pytest.raises(Refused, match="đã được ký số"):
        render_example(MINUTES, out, TODAY)
    assert out.read_bytes() == signed


def test_a_pdf_with_a_damaged_property_is_taken_for_somebody_elses(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(72, 72)
    writer.add_metadata({"/Keywords": "Mã đối chiếu ABCD-EFGH"})
    assert writer._info is not None
    writer._info[NameObject("/Title")] = ByteStringObject(b"\xfe\xff\xd8\x00\x00a")
    out = tmp_path / "thu.pdf"
    writer.write(out)
    assert pdf_keywords(out.read_bytes()) == ""
    with pytest.raises(Refused, match="không ghi đè"):
        render_example(MINUTES, out, TODAY)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"%PDF-1.4"])
def test_a_file_without_properties_has_no_keywords(data: bytes) -> None:
    assert (docx_keywords(data), pdf_keywords(data)) == ("", "")


@pytest.mark.parametrize("name", ["thu.txt", "thu", "thu.doc", "thu.pdf.exe"])
def test_other_kinds_of_file_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"\.pdf, \.docx hoặc \.html"):
        render_example(MINUTES, tmp_path / name, TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "thu.docx").mkdir()
    with pytest.raises(Refused, match="đây là một thư mục"):
        render_example(MINUTES, tmp_path / "thu.docx", TODAY)


def test_a_form_that_is_not_there_offers_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=f"Có phải “{MINUTES}”"):
        render_example(f"{MINUTES}x", tmp_path / "thu.pdf", TODAY)


def test_every_form_is_listed_with_where_it_comes_from_and_what_prints_it(own: Own) -> None:
    own.write("document.html", "<p></p>", REQUEST)
    own.write("form.yaml", "id: 1", MINUTES)
    rows = {row.id: row for row in forms(own.office, TODAY)}
    assert rows.keys() == FORMS.keys()
    assert [row.kind.value for row in rows.values()][: len(REGIME.forms)] == ["statutory"] * len(REGIME.forms)
    request, minutes = rows[REQUEST], rows[MINUTES]
    assert (request.overridden, request.broken) == (("document.html",), False)
    assert request.step_title
    assert request.uncertain
    assert request.used_by == "compliance dossiers draft MÃ-HỆ-THỐNG"
    assert (minutes.overridden, minutes.broken) == (("form.yaml",), True)
    assert minutes.kind.label == "của chương trình"
    assert minutes.title, "the shipped title stands in for a broken one"
    assert rows[REGIME.road_forms[0]].kind.label == "giấy tờ kèm"
    assert rows[REGIME.road_forms[0]].used_by == f"compliance dossiers print MÃ-HỆ-THỐNG {REGIME.road_forms[0]}"
