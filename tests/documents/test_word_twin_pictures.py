"""Pictures in Word twins: diagrams and the bars of charts are there as bitmaps, small pictures stand side by side."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from compliance.adapters import press
from compliance.adapters.templates import load_form, shipped_templates
from compliance.adapters.word_drawing import MOST_DOTS, Studio, read_drawing
from compliance.adapters.word_twin import twin_bytes
from tests.documents.test_word_twin import ABOUT, FACE, LAYOUT, W, html_of, page, picture, text_of_twin, twin

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/so-do/*.svg"))
REPORT = "nd331-2026/bao-cao-danh-gia"
EMU = 36_000
TEXT_WIDTH = 165
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
DOT = '<rect width="100" height="50" fill="#f00"/>'


def svg(inside: str = DOT, size: str = 'width="100" height="50"', before: str = "") -> str:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {XLINK} {size}>{inside}</svg>'


def shown(source: str | bytes, alt: str = "so-do.svg") -> str:
    """The picture as a diagram of a dossier, its caption under it."""
    data = source.encode() if isinstance(source, str) else source
    address = f"data:image/svg+xml;base64,{b64encode(data).decode()}"
    return f'<div class="diagram"><img src="{address}" alt="{alt}"><div class="note">Sơ đồ mạng</div></div>'


def dossier_page(*diagrams: str) -> str:
    style = (shipped_templates() / "nd331-2026/ho-so-de-xuat-cap-do/style.css").read_text(encoding="utf-8")
    return page("".join(diagrams), "".join(re.findall(r"^\.diagram.*$", style, re.MULTILINE)))


DIAGRAMS = dossier_page(*(shown(path.read_bytes(), f"Sơ đồ (tệp {path.name})") for path in EXAMPLES))


def bitmaps(document: Any) -> list[Image.Image]:
    """The pictures of a file in the order of its text."""
    blips = document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    number = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
    return [Image.open(io.BytesIO(document.part.related_parts[one.get(number)].blob)) for one in blips]


def alternatives(document: Any) -> list[str]:
    return [one._inline.docPr.get("descr") for one in document.inline_shapes]


def test_the_diagrams_of_a_dossier_are_pictures_with_their_captions() -> None:
    assert len(EXAMPLES) > 1
    document = twin(DIAGRAMS)
    assert alternatives(document) == [f"Sơ đồ (tệp {path.name})" for path in EXAMPLES]
    assert text_of_twin(document).count("Sơ đồ mạng") == len(EXAMPLES)
    assert "không chèn được" not in text_of_twin(document)
    for shape, image in zip(document.inline_shapes, bitmaps(document), strict=True):
        assert shape.width / EMU == pytest.approx(TEXT_WIDTH, abs=0.5)
        assert shape.height / EMU <= 150
        assert image.format == "PNG"
        assert image.width / (shape.width / 914_400) == pytest.approx(200, rel=0.01), "dots an inch"
        assert image.width / image.height == pytest.approx(shape.width / shape.height, rel=0.01)
        assert ink(image) > 0.02


def ink(image: Image.Image) -> float:
    """The share of a bitmap that is not white."""
    grey = image.convert("L")
    return 1 - grey.histogram()[255] / (grey.width * grey.height)


def test_a_diagram_keeps_its_colours_and_its_own_size_where_it_fits() -> None:
    document = twin(page(shown(svg(size='width="50mm" height="25mm" viewBox="0 0 100 50"'))))
    (shape,), (image,) = document.inline_shapes, bitmaps(document)
    assert (shape.width / EMU, shape.height / EMU) == (pytest.approx(50, abs=0.1), pytest.approx(25, abs=0.1))
    assert image.getpixel((image.width // 2, image.height // 2)) == (255, 0, 0)


def test_a_diagram_that_asks_for_no_size_fills_the_width() -> None:
    document = twin(page(shown(svg(size='viewBox="0 0 100 50"'))))
    assert document.inline_shapes[0].width / EMU == pytest.approx(TEXT_WIDTH, abs=0.5)
    assert document.inline_shapes[0].height / EMU == pytest.approx(TEXT_WIDTH / 2, abs=0.5)


def test_letters_are_set_in_the_shipped_face() -> None:
    """A picture that names the face of the decree looks the same whether the machine has that face or not."""
    words = '<text x="4" y="30" font-size="20" font-family="{}">Xã Chợ Đồn</text>'
    one, other = (bitmaps(twin(page(shown(svg(words.format(name))))))[0] for name in (FACE, LAYOUT.shipped_face.name))
    assert one.tobytes() == other.tobytes()
    assert ink(one) > 0.02


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = EXAMPLES[0].read_bytes()
    first = Studio(FACE).bitmap(read_drawing(data), 400, 200)
    press_again = Studio(FACE)
    press_again.forget()
    assert press_again.bitmap(read_drawing(data), 400, 200) == first
    alone = twin_bytes(DIAGRAMS, layout=LAYOUT, face=FACE, properties=ABOUT)
    press_again.forget()
    assert twin_bytes(DIAGRAMS, layout=LAYOUT, face=FACE, properties=ABOUT) == alone


def test_what_draws_belongs_to_the_key_of_a_paper() -> None:
    told = press._program()
    assert "pypdfium2 " in told
    assert "pillow " in told


def test_the_bars_of_a_report_are_pictures_that_say_their_numbers() -> None:
    html = html_of(REPORT)
    document = twin(html)
    bars = [one for one in document.inline_shapes if "chưa đánh giá 0" in one._inline.docPr.get("descr")]
    assert len(bars) == html.count('<svg class="bar"') > 4
    assert len(document.inline_shapes) == html.count("<svg") + html.count("<img")
    assert "Toàn bộ: đạt 7, đạt một phần 1, chưa đạt 1, không áp dụng 1, chưa đánh giá 0" in alternatives(document)
    assert {"Ký hiệu: đạt", "Ký hiệu: chưa đạt"} <= set(alternatives(document))
    for one in bars:
        assert one.height / EMU == pytest.approx(3, abs=0.1)
        cell = next(parent for parent in one._inline.iterancestors() if parent.tag == f"{W}tc")
        column = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
        assert one.width / 635 <= column, "no wider than its column"


def test_the_parts_of_a_bar_are_told_apart() -> None:
    bars = dict(zip(alternatives(twin(html_of(REPORT))), bitmaps(twin(html_of(REPORT))), strict=True))
    whole = next(image for words, image in bars.items() if words.startswith("Toàn bộ: đạt 7,")).convert("L")
    middle = [whole.getpixel((round(whole.width * at), whole.height // 2)) for at in (0.3, 0.85)]
    assert middle == [0xC8, 0], "grey for what is met, black for what is not"


SAFE = {
    "script": svg(f"<script>alert(1)</script>{DOT}"),
    "handler": svg(f'<g onclick="alert(1)">{DOT}</g>'),
    "link": svg(f'<a xlink:href="https://kia.example/">{DOT}</a>'),
    "doctype": svg(before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/g/svg11.dtd">'),
    "picture inside": svg(f'<image xlink:href="{picture("png")}" width="100" height="50"/>'),
    "wide as a road": svg(size='width="999999999" height="500000000" viewBox="0 0 100 50"'),
    "endless": svg(size='width="1e99" height="1e99" viewBox="0 0 100 50"'),
    "hair": svg(size='width="9000000" height="1"'),
    "pole": svg(size='width="1" height="9000000"'),
}
BOMB = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10 if at else "hà"}">' for at in range(9))
TWICE = "".join(f'<g id="g{at}"><use href="#g{at - 1}"/><use xlink:href="#g{at - 1}"/></g>' for at in range(1, 40))
REFUSED = {
    "external image": svg(f'{DOT}<image href="http://kia.example/a.png" width="9" height="9"/>'),
    "file": svg(f'{DOT}<image xlink:href="file:///etc/hostname" width="9" height="9"/>'),
    "drawing inside": svg(f'{DOT}<image href="data:image/svg+xml,%3Csvg/%3E" width="9" height="9"/>'),
    "drawing dressed as a picture": svg(f'<image href="data:image/png;base64,{b64encode(svg().encode()).decode()}"/>'),
    "external style": svg(f"<style>@import url(http://kia.example/a.css);</style>{DOT}"),
    "external part": svg('<use href="http://kia.example/a.svg#b"/>'),
    "entity bomb": svg("<text>&a8;</text>", before=f"<!DOCTYPE svg [{BOMB}]>"),
    "external entity": svg("<text>&x;</text>", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    "bomb of another encoding": svg("&a8;", before=f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE svg [{BOMB}]>'),
    "bomb of parts": svg(f'<g id="g0">{DOT}</g>{TWICE}'),
    "part of itself": svg('<g id="g0"><use href="#g0"/></g>'),
    "well without bottom": svg("<g>" * 3000 + "</g>" * 3000),
    "no size": svg(size='viewBox="0 0 0 0"'),
    "size that is none": svg(size='viewBox="0 0 nan inf"'),
    "words": "đây không phải hình",
    "half a file": svg()[:-9],
    "another language": "<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
    "nothing": "",
}


@pytest.mark.parametrize("name", SAFE)
def test_a_strange_drawing_is_drawn_within_bounds(name: str) -> None:
    document = twin(page(shown(SAFE[name])))
    (shape,), (image,) = document.inline_shapes, bitmaps(document)
    assert 0 < shape.width / EMU <= TEXT_WIDTH + 0.1
    assert 0 < shape.height / EMU <= 215
    assert image.width * image.height <= MOST_DOTS * 1.01


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_or_broken_drawing_is_named_instead(name: str) -> None:
    source = REFUSED[name].encode("utf-16" if "UTF-16" in REFUSED[name] else "utf-8")
    document = twin(page(shown(source, "so-do-la.svg")))
    assert len(document.inline_shapes) == 0
    text = text_of_twin(document)
    assert "“so-do-la.svg” không chèn được vào bản Word" in text
    assert "Sơ đồ mạng" in text


def test_the_face_one_drawing_brings_does_not_write_in_the_next() -> None:
    other = (shipped_templates() / "layout/fonts/Tinos-BoldItalic.ttf").read_bytes()
    rule = f'@font-face {{ font-family: "{FACE}"; src: url(data:font/ttf;base64,{b64encode(other).decode()}) }}'
    words = f'<text x="4" y="30" font-size="20" font-family="{FACE}">Chợ Đồn</text>'
    studio = Studio(FACE)
    studio.forget()
    plain = read_drawing(svg(words).encode())
    alone = studio.bitmap(plain, 100, 50)
    studio.forget()
    brought = studio.bitmap(read_drawing(svg(f"<style>{rule}</style>{words}").encode()), 100, 50)
    assert studio.bitmap(plain, 100, 50) == alone
    assert brought


def test_a_machine_that_cannot_draw_names_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("compliance.adapters.rendering._engine", missing)
    Studio(FACE).forget()
    assert "“mang.svg” không chèn được" in text_of_twin(twin(page(shown(svg(), "mang.svg"))))


def test_a_picture_is_drawn_once_in_a_run() -> None:
    studio = Studio(FACE)
    studio.forget()
    drawing = read_drawing(EXAMPLES[0].read_bytes())
    first = studio.bitmap(drawing, 400, 200)
    assert Studio(FACE).bitmap(drawing, 400, 200) is first


def evidence(count: int) -> str:
    one = f'<div class="picture"><div class="frame"><img src="{picture("jpeg")}" alt="a"></div><b>Ảnh {{}}</b></div>'
    style = (shipped_templates() / REPORT / "style.css").read_text(encoding="utf-8")
    rules = "".join(re.findall(r"^\.picture.*$", style, re.MULTILINE)).replace("{{ layout.sizes.footer }}", "9")
    assert load_form(*REPORT.split("/"))
    return page(f'<div class="pictures">{"".join(one.format(at) for at in range(1, count + 1))}</div>', rules)


def test_small_pictures_stand_side_by_side_each_with_its_words() -> None:
    (grid,) = twin(evidence(5)).tables
    assert [[re.findall(r"Ảnh \d", cell._tc.xml) for cell in row.cells] for row in grid.rows] == [
        [["Ảnh 1"], ["Ảnh 2"]],
        [["Ảnh 3"], ["Ảnh 4"]],
        [["Ảnh 5"], []],
    ]
    lines = {one.get(f"{W}val") for one in grid._tbl.tblPr.find(f"{W}tblBorders")}
    assert lines == {"nil"}
    assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in grid.rows)
    for cell in (cell for row in grid.rows for cell in row.cells):
        for one in cell._tc.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"):
            assert int(one.get("cx")) / EMU <= 54.1


def test_one_small_picture_needs_no_grid() -> None:
    (frame,) = twin(evidence(1)).tables
    assert len(frame.rows) == len(frame.columns) == 1
