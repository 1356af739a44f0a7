"""The Word twin of a paper: the filled HTML that is printed as PDF, as a .docx with the same text in the same order.

A superior edits the twin, so its parts are real ones: headings, tables whose head repeats, sections, footnotes, a page
number that counts, entries of a table of contents that lead to their page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from compliance.adapters.files import write_whole
from compliance.adapters.rendering import Properties
from compliance.adapters.templates import Layout
from compliance.adapters.word_drawing import Studio
from compliance.adapters.word_flow import Flow
from compliance.adapters.word_lines import Shared
from compliance.adapters.word_model import Block, Table, blank
from compliance.adapters.word_package import Package
from compliance.adapters.word_pages import Pages
from compliance.adapters.word_pictures import Gallery
from compliance.adapters.word_styles import StyleBook
from compliance.adapters.word_tree import Node, read_paper
from compliance.adapters.word_write import Writer

LANGUAGE = "vi-VN"
_NOT_IN_A_NAME = re.compile(r"\W", re.ASCII)
_LONGEST_NAME = 30


@dataclass(frozen=True)
class WordTwin:
    """A finished Word file."""

    path: Path
    sha256: str


def write_twin(
    html: str, out: Path, *, layout: Layout, face: str, properties: Properties, footer: str = ""
) -> WordTwin:
    """Write the Word twin of a filled form to ``out``, whole or not at all; the same input gives the same bytes.

    Args:
        html: the filled form, the very text that is printed; its style sheet says how everything looks.
        out: the ``.docx`` to write.
        layout: the margins of pages whose style sheet names none.
        face: the face of the text.
        properties: document properties; ``day`` dates the file.
        footer: the words at the foot of the pages that bear a match code (on every page when the style sheet names
            none); empty for the style sheet's own words.

    Raises:
        OSError: the folder cannot be written.
    """
    data = twin_bytes(html, layout=layout, face=face, properties=properties, footer=footer)
    write_whole(out, data)
    return WordTwin(out, sha256(data).hexdigest())


def twin_bytes(html: str, *, layout: Layout, face: str, properties: Properties, footer: str = "") -> bytes:
    """The Word twin itself; see :func:`write_twin`."""
    paper = read_paper(html)
    package = Package(properties, LANGUAGE)
    pages = Pages(paper.sheet.pages, layout, footer, paper.bare["body"], package.part)
    gallery = Gallery(package.picture, Studio(face))
    gallery.prepare(_all(paper.body))
    shared = Shared(_places(paper.body), gallery, lambda page: pages.kind(page).text_width)
    blocks = _blocks(paper.body, shared, pages.kind("").text_width)
    styles = StyleBook(paper.bare, face, LANGUAGE)
    writer = Writer(styles, pages.section)
    body = writer.body(blocks)
    notes = [writer.blocks(note) for note in shared.notes]
    return package.bytes(body, notes, styles.xml(), face)


def _blocks(body: Node, shared: Shared, width: float) -> list[Block]:
    flow = Flow(shared, width, outer=True)
    flow.block(body)
    flow.end_section()
    # LibreOffice puts an empty line before a table that opens a text with footnotes; this one has hardly a height.
    opens = [blank(1.0)] if shared.notes and isinstance(flow.blocks[0], Table) else []
    return [*opens, *flow.blocks]


def _places(body: Node) -> dict[str, str]:
    """A name Word allows for every place something points at."""
    aimed = {one.attributes["href"][1:] for one in _all(body) if one.attributes.get("href", "").startswith("#")}
    there = [one.attributes["id"] for one in _all(body) if one.attributes.get("id") in aimed]
    return {
        id_: f"_{_NOT_IN_A_NAME.sub('_', id_)[:_LONGEST_NAME]}_{at}"
        for at, id_ in enumerate(dict.fromkeys(there), start=1)
    }


def _all(node: Node) -> Iterator[Node]:
    yield node
    for one in node.nodes:
        yield from _all(one)
