"""Word twins opened by a real office suite: LibreOffice Writer prints each, and what it prints is read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import Any

import lxml.html  # type: ignore[import-untyped]
import pytest

from compliance.adapters.templates import shipped_templates
from compliance.adapters.word_twin import write_twin
from tests.documents.reading import MM, Pdf
from tests.documents.test_word_twin import ABOUT, LAYOUT, SHIPPED, _shown, html_of, page, picture
from tests.documents.test_word_twin_pictures import DIAGRAMS, EXAMPLES, ink

_A4 = (pytest.approx(210, abs=0.5), pytest.approx(297, abs=0.5))
_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    "<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"
)
LONG = "đoạn văn rất dài " * 2400
PICTURE = picture("png")
HOSTILE = page(
    f"<p>{LONG}</p><p>{'x' * 300}</p>"
    f"<table><tbody><tr><td>{LONG}</td><td>{'y' * 300}</td></tr></tbody></table>"
    f'<p><img src="{PICTURE}"></p><p>hết</p>'
)


def _office() -> str:
    """The program; a suite without Writer opens no .docx."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("máy này chưa cài LibreOffice Writer")
    return found


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pdf]:
    """Every twin, and a hostile one, as LibreOffice prints it, all in one run; faces are the shipped ones."""
    office, folder = _office(), tmp_path_factory.mktemp("word")
    papers = {name: html_of(name) for name in SHIPPED} | {"hostile": HOSTILE, "diagrams": DIAGRAMS}
    files = [folder / f"{name.replace('/', '-')}.docx" for name in papers]
    for html, file in zip(papers.values(), files, strict=True):
        write_twin(html, file, layout=LAYOUT, face=LAYOUT.shipped_face.name, properties=ABOUT)
    fonts = folder / "fonts.conf"
    fonts.write_text(
        _FONTS.format(fonts=shipped_templates() / "layout/fonts", cache=folder / "fonts"), encoding="utf-8"
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    done = subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    if "could not be loaded" in done.stderr and not any(file.with_suffix(".pdf").exists() for file in files):
        pytest.skip("LibreOffice trên máy này thiếu Writer (gói libreoffice-writer-nogui)")
    return {name: Pdf(file.with_suffix(".pdf")) for name, file in zip(papers, files, strict=True)}


def letters(text: str) -> str:
    """Letters alone: dots are leaders too, figures are numbers of pages too, a hyphen may be one that parts no line."""
    return "".join(one for one in unicodedata.normalize("NFC", text) if one.isalpha())


class Printed:
    """A PDF of LibreOffice, read between its top and bottom margins in the order things were drawn."""

    def __init__(self, pdf: Pdf) -> None:
        self.pages = pdf.pages

    @cached_property
    def bodies(self) -> list[str]:
        edge = 13 * MM
        return [
            letters("".join(one["text"] for one in page.chars if edge < one["top"] < page.height - edge))
            for page in self.pages
        ]


def shown(html: str) -> str:
    return letters(
        "".join(
            _shown(
                lxml.html.document_fromstring(html).body,
                upper=False,
                hidden=".masthead .number { display: none }" in html,
            )
        )
    )


def heads(html: str) -> list[str]:
    body = lxml.html.document_fromstring(html).body
    return sorted(
        {letters("".join(_shown(one, upper=False, hidden=False))) for one in body.iter("thead")}, key=len, reverse=True
    )


def in_order(wanted: str, bodies: list[str], repeated: list[str]) -> Iterator[str]:
    """What a page holds that is not next in the text.

    Heads of tables may come again at the top of a page; a row that two pages share is drawn in parts, so those two
    must hold the same letters only.
    """
    at, page_number = 0, 0
    while page_number < len(bodies):
        taken = _taken(wanted[at:], bodies[page_number : page_number + 2], repeated)
        if taken is None:
            yield f"trang {page_number + 1}: {bodies[page_number][:80]} … thay vì {wanted[at : at + 80]}"
            return
        at, page_number = at + taken[0], page_number + taken[1]
    if at < len(wanted):
        yield f"thiếu: {wanted[at : at + 80]}"


def _taken(wanted: str, bodies: list[str], repeated: list[str]) -> tuple[int, int] | None:
    """How many letters of the text, and how many pages, the next page or the next two hold."""
    rests = [[body.removeprefix(head) for head in ["", *repeated] if body.startswith(head)] for body in bodies]
    for rest in rests[0]:
        if wanted.startswith(rest):
            return len(rest), 1
    for pair in map("".join, product(*rests) if len(rests) > 1 else ()):
        if Counter(wanted[: len(pair)]) == Counter(pair):
            return len(pair), 2
    return None


@pytest.mark.parametrize("name", [name for name in SHIPPED if not name.endswith("mau-02")])
def test_every_word_is_printed_in_order(name: str, opened: dict[str, Pdf]) -> None:
    html = html_of(name)
    assert list(in_order(shown(html), Printed(opened[name]).bodies, heads(html))) == []


def test_a_footnote_stands_at_the_foot_of_its_page(opened: dict[str, Pdf]) -> None:
    name = next(name for name in SHIPPED if name.endswith("mau-02"))
    note = letters(lxml.html.document_fromstring(html_of(name)).find_class("footnote")[0].text_content())
    printed = Printed(opened[name]).bodies[0]
    assert printed.endswith(note) or note in printed
    assert printed.replace(note, "") == shown(html_of(name)).replace(note, "")


@pytest.mark.parametrize("name", SHIPPED)
def test_paper_margins_and_page_numbers(name: str, opened: dict[str, Pdf]) -> None:
    html = html_of(name)
    landscape = (
        "@page { size: A4 landscape" in html
        or re.search(r'<body>\s*<(section|div) class="[^"]*(wide|annexes)', html) is not None
    )
    for number, one in enumerate(opened[name].pages, start=1):
        assert sorted((one.width / MM, one.height / MM)) == list(_A4)
        assert number > 1 or (one.width > one.height) == landscape
        inner = [char for char in one.chars if 16 * MM < char["top"] < one.height - 16 * MM and char["text"].strip()]
        assert min((char["x0"] for char in inner), default=99 * MM) >= 14 * MM
        assert max((char["x1"] for char in inner), default=0) <= one.width - 9.5 * MM
        if number == 1:
            assert _top(one) == [] or landscape or "phieu" in name
    if len(opened[name].pages) > 1:
        second = opened[name].pages[1]
        told = _top(second)
        assert "".join(char["text"] for char in told) in ("2", ""), name
        if told:
            assert (told[0]["x0"] + told[-1]["x1"]) / 2 == pytest.approx(_middle(second, name), abs=4)


def _top(one: Any) -> list[Any]:
    """What stands in the top margin."""
    return [char for char in one.chars if char["bottom"] < 15 * MM and char["text"].strip()]


def _middle(one: Any, name: str) -> float:
    """Half way between the side margins."""
    left, right = (15, 10) if name.endswith("phieu-kiem-tra") else (LAYOUT.margins.left, LAYOUT.margins.right)
    return float(left * MM + (one.width - (left + right) * MM) / 2)


def test_the_plan_of_a_dossier_lies_across_and_its_end_upright(opened: dict[str, Pdf]) -> None:
    pages = opened[next(name for name in SHIPPED if name.endswith("ho-so-de-xuat-cap-do"))].pages
    across = [one.width > one.height for one in pages]
    assert True in across
    assert not across[0]
    assert not across[-1]
    assert across == [*sorted(across[:-1]), False], "one part across, between upright ones"


def test_the_contents_show_the_pages_their_entries_stand_on(opened: dict[str, Pdf]) -> None:
    pdf = opened[next(name for name in SHIPPED if name.endswith("ho-so-de-xuat-cap-do"))]
    contents = re.search(r"Phần II\. .*?\.{3,}\s*(\d+)", pdf.texts[1])
    assert contents
    assert "PHẦN II" in pdf.texts[int(contents[1]) - 1].upper()


def test_a_text_longer_than_a_page_is_not_cut(opened: dict[str, Pdf]) -> None:
    found = "".join(Printed(opened["hostile"]).bodies)
    assert found.count(letters("rất dài")) == 2 * LONG.count("rất dài")
    assert (found.count("x"), found.count("y"), found.endswith("hết")) == (300, 300, True)


def test_a_picture_is_printed(opened: dict[str, Pdf]) -> None:
    images = [one for page in opened["hostile"].pages for one in page.images]
    assert [round(one["width"] / MM) for one in images] == [165]


def test_the_diagrams_of_a_dossier_are_printed(opened: dict[str, Pdf]) -> None:
    found = [(sheet, one) for sheet in opened["diagrams"].pages for one in sheet.images]
    assert len(found) == len(EXAMPLES)
    for sheet, one in found:
        assert round(one["width"] / MM) == 165
        place = (one["x0"], one["top"], one["x1"], one["bottom"])
        assert ink(sheet.crop(place, strict=False).to_image(resolution=72).original) > 0.02
    assert opened["diagrams"].text.count("Sơ đồ mạng") == len(EXAMPLES)
