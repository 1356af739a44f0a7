"""The filled HTML of a form as a tree whose every element knows how it looks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import lxml.html  # type: ignore[import-untyped]
from cssselect2 import ElementWrapper  # type: ignore[import-untyped]

from compliance.adapters.word_css import Declarations, Element, Made, StyleSheet, made
from compliance.adapters.word_look import Look
from compliance.adapters.word_rules import look

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DRAWN = ("img", "svg")
_FRAME = """<html><body><p></p><h1></h1><h2></h2><h3></h3><h4></h4>
<table><tbody><tr><td></td></tr></tbody></table></body></html>"""


@dataclass
class Node:
    """An element: its name, attributes and look, what stands in it, and what CSS puts before and after that."""

    tag: str
    look: Look
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Node | str] = field(default_factory=list)
    before: tuple[Made, ...] = ()
    after: tuple[Made, ...] = ()
    source: Any = None

    @property
    def nodes(self) -> Iterator[Node]:
        """The elements directly inside."""
        return (one for one in self.content if isinstance(one, Node))

    @property
    def text(self) -> str:
        """All text inside, as written."""
        return "".join(one if isinstance(one, str) else "\n" if one.tag == "br" else one.text for one in self.content)

    @property
    def box(self) -> bool:
        """Whether it is a box in a line of text: of a told width, with something in it."""
        return self.look.display == "inline-block" and self.look.width is not None and not self.empty

    @property
    def empty(self) -> bool:
        """Whether nothing inside would show."""
        return (
            not self.before
            and not self.after
            and all(
                not one.strip() if isinstance(one, str) else one.tag not in _DRAWN and one.empty for one in self.content
            )
        )


def lanes(content: Sequence[Node | str]) -> Iterator[Node | str | list[Node]]:
    """What stands in an element; boxes of told widths that follow one another as one list."""
    boxes: list[Node] = []
    for one in content:
        if isinstance(one, Node) and one.box:
            boxes.append(one)
        elif isinstance(one, Node) or one.strip() or not boxes:
            yield from _abreast(boxes)
            boxes = []
            yield one
    yield from _abreast(boxes)


def _abreast(boxes: list[Node]) -> Iterator[Node | list[Node]]:
    if len(boxes) > 1:
        yield boxes
    else:
        yield from boxes


@dataclass(frozen=True)
class Paper:
    """A whole paper: its body, its style sheet, and the bare look of each kind of paragraph."""

    body: Node
    sheet: StyleSheet
    bare: dict[str, Look]


class _Reader:
    def __init__(self, sheet: StyleSheet) -> None:
        self._sheet = sheet
        self._looks: dict[tuple[int, Declarations], Look] = {}

    def node(self, element: Element, parent: Look) -> Node:
        """An element and everything in it."""
        declared = self._sheet.declared(element)
        own = self._look(parent, declared[""])
        etree = element.etree_element
        found = Node(
            tag=element.local_name,
            look=own,
            attributes=dict(etree.attrib),
            before=made(declared["before"]) if "before" in declared else (),
            after=made(declared["after"]) if "after" in declared else (),
        )
        if found.tag == "svg":
            found.source = etree
            return found
        if etree.text:
            found.content.append(etree.text)
        for child in element.iter_children():
            inner = self.node(child, own)
            if not inner.look.gone:
                found.content.append(inner)
            if child.etree_element.tail:
                found.content.append(child.etree_element.tail)
        items = (one for one in found.nodes if one.look.display == "list-item")
        for number, item in enumerate(items, start=1):
            item.attributes.setdefault("value", str(number))
        return found

    def _look(self, parent: Look, declared: Declarations) -> Look:
        key = (id(parent), declared)
        if key not in self._looks:
            self._looks[key] = look(parent, declared)
        return self._looks[key]


def read_paper(html: str) -> Paper:
    """The paper behind a filled form; letters a Word file cannot hold are dropped, others are composed (NFC)."""
    root = _parsed(unicodedata.normalize("NFC", fit_for_xml(html)))
    sheet = StyleSheet("\n".join(one.text or "" for one in root.iter("style")))
    first = Look()
    body = _body(_Reader(sheet).node(ElementWrapper.from_html_root(root), first))
    frame = _body(_Reader(sheet).node(ElementWrapper.from_html_root(_parsed(_FRAME)), first))
    return Paper(body, sheet, {one.tag: one.look for one in _all(frame)})


def fit_for_xml(text: str) -> str:
    """The text without the letters no XML file may hold."""
    return _NOT_IN_XML.sub("", text)


def _parsed(html: str) -> Any:
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    return lxml.html.document_fromstring(html or "<body></body>", parser=parser)


def _body(root: Node) -> Node:
    return next((one for one in root.nodes if one.tag == "body"), root)


def _all(node: Node) -> Iterator[Node]:
    yield node
    for one in node.nodes:
        yield from _all(one)
