"""The Word twin of every form: the same text in the same order, with real headings, tables, sections and footnotes."""

from __future__ import annotations

import io
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import accumulate
from pathlib import Path
from typing import Any

import docx
import lxml.html  # type: ignore[import-untyped]
import pytest
from PIL import Image

from compliance.adapters.rendering import Properties
from compliance.adapters.templates import fill, load_form, load_layout, page_face, shipped_templates
from compliance.adapters.word_twin import WordTwin, twin_bytes, write_twin
from tests.documents.office import TODAY
from tests.documents.test_forms import FORMS, example

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LAYOUT = load_layout()
FACE = "Times New Roman"
ABOUT = Properties("Tên văn bản", "Ủy ban nhân dân xã Suối Mẫu", "Biểu mẫu thử", ("mã", "thử"), TODAY)
BLOCKS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "div",
    "li",
    "td",
    "th",
    "section",
    "tr",
    "caption",
    "table",
    "ul",
    "ol",
    "nav",
    "br",
}
LINE = "\x1e"
SHIPPED = [
    name
    for name in FORMS
    if (shipped_templates() / name / "example.yaml").is_file() and not load_form(*name.split("/")).data.paper_only
]


@lru_cache
def html_of(name: str) -> str:
    """A form filled from its example, as it is printed."""
    return fill(load_form(*name.split("/")), example(name), face=page_face(LAYOUT))


def twin(html: str, footer: str = "") -> Any:
    return docx.Document(io.BytesIO(twin_bytes(html, layout=LAYOUT, face=FACE, properties=ABOUT, footer=footer)))


def page(body: str, style: str = "") -> str:
    """A paper with this body on the layout of every paper."""
    head = html_of("layout/con-thieu").partition("</style>")[0]
    return f"{head}{style}</style></head><body>{body}</body></html>"


def folded(text: str) -> str:
    """Blanks of every kind folded, none at the ends of lines: a block ends a line in either file."""
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    return re.sub(rf"\s*{LINE}[\s{LINE}]*", LINE, re.sub(r"[ \t\r\n]+", " ", text)).strip(f" {LINE}")


def text_of_html(html: str) -> str:
    """What the HTML shows, read without the style sheet but for two classes."""
    body = lxml.html.document_fromstring(html).body
    hidden = ".masthead .number { display: none }" in html
    return folded("".join(_shown(body, upper=False, hidden=hidden)))


def _shown(node: Any, *, upper: bool, hidden: bool) -> Iterator[str]:
    classes = (node.get("class") or "").split()
    if node.tag in ("style", "svg") or (hidden and "number" in classes and node.tag == "div"):
        return
    upper = upper or "upper" in classes
    line = LINE if node.tag in BLOCKS or "detail" in classes else ""
    yield line
    yield _cased(node.text, upper)
    for child in node:
        yield from _shown(child, upper=upper, hidden=hidden)
        yield _cased(child.tail, upper)
    yield line


def _cased(text: str | None, upper: bool) -> str:
    return (text or "").upper() if upper else text or ""


def text_of_twin(document: Any) -> str:
    """Every paragraph in document order, a footnote where its mark stands; the shown results of fields left out."""
    notes = next((one.blob for one in document.part.package.iter_parts() if "footnotes" in str(one.partname)), b"")
    by_id = {one.get(f"{W}id"): one for one in lxml.etree.fromstring(notes)} if notes else {}
    return folded("".join(_written(document.element.body, by_id)))


def _written(node: Any, notes: dict[str, Any]) -> Iterator[str]:
    if node.tag == f"{W}fldSimple":
        return
    if node.tag == f"{W}t":
        yield node.text or ""
    elif node.tag == f"{W}noBreakHyphen":
        yield "-"
    elif node.tag == f"{W}br":
        yield LINE
    elif node.tag == f"{W}footnoteReference":
        yield "".join(_written(notes[node.get(f"{W}id")], notes)).strip(f" {LINE}")
    for child in node:
        yield from _written(child, notes)
    if node.tag == f"{W}p":
        yield LINE


def tight(text: str) -> str:
    """Without blanks and ends of lines: elements that CSS alone makes blocks end no line in :func:`text_of_html`."""
    return re.sub(rf"[\s{LINE}]+", "", text)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_twin_says_what_the_paper_says_in_the_same_order(name: str) -> None:
    assert tight(text_of_twin(twin(html_of(name)))) == tight(text_of_html(html_of(name)))


@pytest.mark.parametrize("name", SHIPPED)
def test_no_words_run_into_each_other(name: str) -> None:
    """Wherever the HTML parts words by a blank or a block, so does the twin."""
    assert ends_of_words(text_of_html(html_of(name))) <= ends_of_words(text_of_twin(twin(html_of(name))))


def ends_of_words(text: str) -> set[int]:
    """Where words end, counted in letters."""
    return set(accumulate(len(word) for word in text.replace(LINE, " ").split()))


@pytest.mark.parametrize("name", SHIPPED)
def test_headings_are_headings_and_tables_are_tables(name: str) -> None:
    document = twin(html_of(name))
    body = lxml.html.document_fromstring(html_of(name)).body
    for level in (1, 2, 3, 4):
        wanted = [tight("".join(_shown(one, upper=False, hidden=False))).upper() for one in body.iter(f"h{level}")]
        assert [tight("".join(_written(one, {}))).upper() for one in styled(document, f"Heading{level}")] == wanted
    headed = [one for one in body.iter("table") if one.find("thead") is not None]
    repeated = [
        one for one in document.element.body.iter(f"{W}tbl") if one.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
    ]
    assert len(repeated) == len(headed)
    assert len(list(document.element.body.iter(f"{W}tbl"))) >= len(list(body.iter("table")))
    for wanted_table, found_table in zip(headed, repeated, strict=True):
        assert len(found_table.findall(f"{W}tr")) == len(list(wanted_table.iter("tr")))


def styled(document: Any, style: str) -> list[Any]:
    """The paragraphs of a style, in order."""
    marks = document.element.body.iter(f"{W}pStyle")
    return [one.getparent().getparent() for one in marks if one.get(f"{W}val") == style]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_table_fits_its_page(name: str) -> None:
    for table in twin(html_of(name)).element.body.findall(f"{W}tbl"):
        width = sum(int(one.get(f"{W}w")) for one in table.find(f"{W}tblGrid"))
        page_width = _page_after(table)
        assert width <= page_width + 20, name


def _page_after(table: Any) -> int:
    """Twips between the margins of the section a table stands in."""
    after = [one for one in table.itersiblings() if next(one.iter(f"{W}sectPr"), None) is not None]
    section = next(after[0].iter(f"{W}sectPr"))
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    return int(size.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))


def test_the_same_paper_gives_the_same_bytes_under_its_name(tmp_path: Path) -> None:
    html = html_of(next(name for name in FORMS if "mau-01" in name))
    first: WordTwin = write_twin(html, tmp_path / "a.docx", layout=LAYOUT, face=FACE, properties=ABOUT)
    second = write_twin(html, tmp_path / "b.docx", layout=LAYOUT, face=FACE, properties=ABOUT)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.sha256 == second.sha256
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.docx", "b.docx"]


def test_a_twin_names_its_author_its_language_and_its_day() -> None:
    document = twin(page("<p>Một</p>"))
    about = document.core_properties
    assert (about.title, about.author, about.language) == (ABOUT.title, ABOUT.author, "vi-VN")
    assert about.created.date() == about.modified.date() == TODAY
    fonts = document.styles.element.find(f".//{W}rFonts")
    assert {fonts.get(f"{W}{use}") for use in ("ascii", "hAnsi", "cs")} == {FACE}


def test_the_page_and_the_text_follow_the_decree() -> None:
    document = twin(page("<p>Một đoạn của văn bản.</p><h2>Mục</h2>"))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    edges = [round(getattr(section, f"{side}_margin").mm) for side in ("top", "right", "bottom", "left")]
    assert edges == [LAYOUT.margins.top, LAYOUT.margins.right, LAYOUT.margins.bottom, LAYOUT.margins.left]
    body = document.styles["Body Text"]
    assert (body.paragraph_format.first_line_indent.cm, body.paragraph_format.space_after.pt) == (
        pytest.approx(1, abs=0.01),
        6,
    )
    assert 1 <= body.paragraph_format.line_spacing <= 1.5
    assert document.styles["Normal"].font.size is None or document.styles["Normal"].font.size.pt == 13
    assert document.styles["Heading 2"].font.bold
    assert document.styles["Heading 2"].font.color.rgb in (None, "000000")


def test_the_number_of_the_page_stands_from_the_second_page_on() -> None:
    section = twin(page("<p>Một</p>"), footer="Mã đối chiếu AB").sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert section.header.paragraphs[0].style.paragraph_format.alignment == 1
    assert "PAGE" not in section.first_page_header._element.xml
    assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == "Mã đối chiếu AB"


def test_a_wide_part_lies_across_and_an_annex_counts_anew() -> None:
    body = (
        '<p>Một</p><div class="wide"><p>Hai</p></div><div class="upright"><p>Ba</p></div>'
        '<section class="annex"><h1>Phụ lục</h1></section>'
    )
    sections = twin(page(body)).sections
    assert [one.page_width > one.page_height for one in sections] == [False, True, False, False]
    starts = [one._sectPr.find(f"{W}pgNumType") is not None for one in sections]
    assert starts == [False, False, False, True]
    assert sections[3].different_first_page_header_footer
    assert not sections[1].different_first_page_header_footer


def test_the_contents_lead_to_their_pages() -> None:
    name = next(name for name in FORMS if name.endswith("ho-so-de-xuat-cap-do"))
    body = twin(html_of(name)).element.body
    aims = [one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink")]
    places = {one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")}
    assert len(aims) > 8
    assert set(aims) <= places
    fields = [one.get(f"{W}instr").split() for one in body.iter(f"{W}fldSimple")]
    assert [field[1] for field in fields if field[0] == "PAGEREF"] == aims
    assert {one.get(f"{W}leader") for one in body.iter(f"{W}tab") if one.get(f"{W}val")} == {"dot"}


def test_a_footnote_is_a_footnote() -> None:
    name = next(name for name in FORMS if name.endswith("mau-02"))
    document = twin(html_of(name))
    assert len(list(document.element.body.iter(f"{W}footnoteReference"))) == 1
    notes = next(
        one.blob.decode() for one in document.part.package.iter_parts() if str(one.partname) == "/word/footnotes.xml"
    )
    assert "Danh mục hệ thống thông tin quan trọng" in notes


HOSTILE = [
    "{{ 7 * 7 }} {% for %}",
    "<script>alert(1)</script> & <b>",
    "từ rất dài " * 4000,
    "x" * 300,
    unicodedata.normalize("NFD", "Hệ thống một cửa điện tử") + " và Hệ thống một cửa điện tử",
    "Biểu tượng 🛡️👩🏽‍💻 và chữ 𠮷",
    "dấu\x00 điều\x0b khiển\x1f\ufffe",
]


@pytest.mark.parametrize(
    "place",
    [
        "<p>{}</p>",
        "<table><tr><td>{}</td></tr></table>",
        '<h2 class="upper">{}</h2>',
        "<lạ>{}</lạ>",
        '<blink class="lạ">{}</blink>',
    ],
)
@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_a_user_typed_arrives(words: str, place: str) -> None:
    document = twin(page(place.format(escape(words))))
    wanted = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", words)
    wanted = wanted.upper() if "upper" in place else wanted
    assert tight(folded(wanted)) in tight(text_of_twin(document))


def test_cells_span_columns_and_rows() -> None:
    rows = "<tr><td rowspan=2>A</td><td colspan=2>B</td></tr><tr><td>C</td><td>D</td></tr>"
    body = f"<table>{rows}<tr><td>E</td><td>F</td><td>G</td></tr></table>"
    table = twin(page(body)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["A", "B", "B"],
        ["A", "C", "D"],
        ["E", "F", "G"],
    ]


def test_lists_in_lists_keep_their_depth() -> None:
    body = "<ul><li>một<ul><li>hai</li></ul></li><li>ba</li></ul><ol><li>x</li><li>y</li></ol>"
    document = twin(page(body, "ol { list-style: decimal; padding-left: 20pt }"))
    texts = {one.text: one.paragraph_format.left_indent for one in document.paragraphs if one.text}
    assert list(texts) == ["một", "hai", "ba", "1. x", "2. y"]
    assert texts["hai"] > texts["một"] == texts["ba"]


def picture(kind: str) -> str:
    found = io.BytesIO()
    Image.new("RGB", (1200, 300), "grey").save(found, kind)
    return f"data:image/{kind};base64,{b64encode(found.getvalue()).decode()}"


def test_pictures_are_carried_along_no_wider_than_the_text() -> None:
    images = "".join(f'<p><img src="{picture(kind)}" alt="so-do.{kind}"></p>' for kind in ("png", "jpeg"))
    document = twin(page(images))
    assert len(document.inline_shapes) == 2
    for one in document.inline_shapes:
        assert one.width.mm == pytest.approx(165 - 0, abs=1)
        assert one.width / one.height == pytest.approx(4, abs=0.05)


def test_a_picture_that_cannot_be_carried_is_named() -> None:
    body = '<div><img src="data:image/png;base64,AAAA" alt="so-do.png"><div class="note">Sơ đồ mạng</div></div>'
    text = text_of_twin(twin(page(body)))
    assert "so-do.png" in text
    assert "Sơ đồ mạng" in text


def test_a_long_plan_keeps_every_row() -> None:
    row = (
        "<tr><td>Điều {at}</td><td>{said} <span class=whole>15/QĐ-UBND</span></td><td>Đã có</td><td>Rà soát</td>"
        "<td>Văn phòng</td><td>31/12/2026</td></tr>"
    )
    rows = "".join(row.format(at=at, said="Yêu cầu phải thực hiện " * 12) for at in range(600))
    html = page(f"<table><thead><tr><th>a<th>b<th>c<th>d<th>e<th>f</tr></thead><tbody>{rows}</tbody></table>")
    document = docx.Document(io.BytesIO(twin_bytes(html, layout=LAYOUT, face=FACE, properties=ABOUT)))
    clauses = [one.cells[0].text for one in list(document.tables[0].rows)[1::100]]
    assert len(document.tables[0].rows) == 601
    assert clauses == [f"Điều {at}" for at in range(0, 600, 100)]


@pytest.mark.parametrize(
    "style",
    [
        "font-size: 0; line-height: 10pt",
        "line-height: nan",
        "line-height: 1e400",
        "line-height: -3",
        "font-size: -5pt; width: 500%",
    ],
)
def test_a_size_an_office_mistyped_in_its_own_form_costs_no_word(style: str) -> None:
    assert "còn nguyên" in "\n".join(one.text for one in twin(page(f'<p style="{style}">còn nguyên</p>')).paragraphs)


def test_a_table_whose_columns_are_told_no_width_keeps_its_words() -> None:
    columns = '<colgroup><col style="width: 0"><col style="width: 0"></colgroup>'
    rows = "<tbody><tr><td>một</td><td>hai</td></tr></tbody>"
    found = twin(page(f'<table style="table-layout: fixed; width: 100%">{columns}{rows}</table>')).tables[0]
    assert [cell.text for cell in found.rows[0].cells] == ["một", "hai"]
