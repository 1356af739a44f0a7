"""Every shipped form: it loads, is cited, and prints from its example without a word of complaint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.faces import Face, find_face, missing_letters
from compliance.adapters.law import load_regimes
from compliance.adapters.rendering import Properties, RenderedPdf, render
from compliance.adapters.templates import fill, load_form, load_layout, page_face, shipped_templates
from compliance.domain.regime_status import regime_on
from compliance.errors import DataFault
from compliance.services.form_examples import example_of
from tests.documents.office import TODAY
from tests.documents.reading import Pdf

FORMS = sorted(
    path.parent.relative_to(shipped_templates()).as_posix() for path in shipped_templates().rglob("form.yaml")
)


def example(name: str) -> dict[str, Any]:
    """What a form prints; its typed names stand in MODELS of compliance/services/form_examples.py."""
    return example_of(load_form(*name.split("/")))


def printed(name: str, folder: Path) -> RenderedPdf:
    """A form printed from its example."""
    form = load_form(*name.split("/"))
    face = page_face(load_layout())
    properties = Properties(form.data.title, "Xã mẫu", form.data.title, (), TODAY)
    return render(fill(form, example(name), face=face), folder / "thu.pdf", face=face, properties=properties)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_prints_from_its_example_in_silence(name: str, printed_example: Callable[[str], RenderedPdf]) -> None:
    form = load_form(*name.split("/"))
    assert form.data.id == name.split("/")[1]
    assert form.data.citation
    assert set(form.data.levels) <= {1, 2, 3, 4, 5}
    result = printed_example(name)
    assert result.remarks == ()
    assert result.pages >= 1
    assert len(Pdf(result.path).reader.pages) == result.pages


def test_the_regime_in_force_has_the_forms_of_the_levels_it_drafts() -> None:
    regime = regime_on(TODAY, load_regimes())
    for level in (1, 2, 3, 4, 5):
        authority = regime.authority_for(level)
        assert authority is not None
        assert level in load_form(regime.id, authority.request_form).data.levels
        assert level in load_form(regime.id, authority.dossier_form).data.levels


def test_a_regime_that_is_over_ships_no_form_to_file_by() -> None:
    for regime in load_regimes():
        if regime.id != regime_on(TODAY, load_regimes()).id:
            assert all(not one.request_form and not one.dossier_form for one in regime.authority)


def test_whatever_a_form_demands_it_also_names() -> None:
    for name in FORMS:
        data = load_form(*name.split("/")).data
        some = {field for one in data.demands_when for field in one.fields}
        assert (set(data.demands) | some) - {"answers"} <= set(data.labels), name


def test_the_shipped_face_has_every_vietnamese_letter() -> None:
    layout = load_layout()
    face = page_face(layout, folders=[])
    assert face.shipped
    alphabet = "ẠẶỄỸĐởữ ăâđêôơư ÀẢÃÁẠ ẰẲẴẮẶ ẦẨẪẤẬ “” – … ≥"
    assert missing_letters(face, alphabet) == ()


def test_times_new_roman_is_taken_where_it_is_complete(tmp_path: Path) -> None:
    layout = load_layout()
    shipped = page_face(layout, folders=[])
    wanted = [("Times New Roman", [["a.ttf", "b.ttf", "c.ttf", "d.ttf"]])]
    for name, file in zip("abc", shipped.files.values(), strict=False):
        (tmp_path / f"{name}.ttf").write_bytes(file.read_bytes())
    assert find_face(wanted, shipped, [tmp_path]).shipped, "a face without bold italic is not complete"
    other = tmp_path / "con"
    other.mkdir()
    (other / "D.TTF").write_bytes(shipped.files["bold_italic"].read_bytes())
    found = find_face(wanted, shipped, [tmp_path, other])
    assert found.name == "Times New Roman"
    assert found.files["bold_italic"] == other / "D.TTF"


def test_a_face_without_vietnamese_is_passed_over(tmp_path: Path) -> None:
    shipped = page_face(load_layout(), folders=[])
    for name in "abcd":
        (tmp_path / f"{name}.ttf").write_bytes(b"not a font")
    assert find_face([("Lạ", [["a.ttf", "b.ttf", "c.ttf", "d.ttf"]])], shipped, [tmp_path]).shipped


def test_a_damaged_shipped_face_is_told(tmp_path: Path) -> None:
    damaged = Face("Tinos", dict.fromkeys(("regular", "bold", "italic", "bold_italic"), tmp_path / "x.ttf"), True)
    with pytest.raises(DataFault, match="phông chữ"):
        find_face([], damaged, [])
