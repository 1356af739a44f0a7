"""The style sheet inside a filled form, read the way the printing library reads it.

Every paper carries its own rules, so nothing about single forms or classes is known here: what an element looks like
follows from the same declarations that shape the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cssselect2  # type: ignore[import-untyped]
import tinycss2  # type: ignore[import-untyped]

Declarations = tuple[tuple[str, str], ...]
Element = Any  # cssselect2.ElementWrapper, whose library has no published types

_BROWSER = """
html, body, div, section, nav, p, h1, h2, h3, h4, h5, h6, ul, ol, dl, dt, dd, header, footer, article, main, aside,
figure, figcaption, blockquote, pre, hr, address, details, summary, form, fieldset, center { display: block }
head, style, script, title, meta, link, template { display: none }
colgroup { display: table-column-group } col { display: table-column }
li { display: list-item }
table { display: table } thead { display: table-header-group } tbody, tfoot { display: table-row-group }
tr { display: table-row } td, th { display: table-cell } caption { display: table-caption }
th { font-weight: bold; text-align: center } b, strong, dt { font-weight: bold } i, em, cite { font-style: italic }
p, ul, ol, dl { margin: 13pt 0 } ul, ol { padding-left: 30pt } ul { list-style: disc } ol { list-style: decimal }
ul ul, ol ol, ul ol, ol ul { margin: 0 }
h1, h2, h3, h4, h5, h6 { font-weight: bold } sup { vertical-align: super } sub { vertical-align: sub }
u, ins { text-decoration: underline } pre { white-space: pre-wrap }
"""
_PAGE = re.compile(r"^\s*([\w-]*)\s*(:\S.*)?$")


@dataclass(frozen=True)
class PageRule:
    """One ``@page`` rule: the name of the pages, what narrows it (``:first`` …), its declarations and margin boxes."""

    name: str
    narrowed: str
    declarations: Declarations
    boxes: tuple[tuple[str, Declarations], ...]


class StyleSheet:
    """The rules of one paper, in the order and weight of CSS."""

    def __init__(self, css: str) -> None:
        self._matcher = cssselect2.Matcher()
        self.pages: list[PageRule] = []
        self._take(_BROWSER)
        self._take(css)

    def _take(self, css: str) -> None:
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                self._take_rule(rule)
            elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
                self._take_page(rule)

    def _take_rule(self, rule: Any) -> None:
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return
        declared = declarations(rule.content)
        for selector in selectors:
            self._matcher.add_selector(selector, declared)

    def _take_page(self, rule: Any) -> None:
        found = _PAGE.match(tinycss2.serialize(rule.prelude))
        if not found:
            return
        content = rule.content
        boxes = tuple(
            (one.lower_at_keyword, declarations(one.content))
            for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
            if one.type == "at-rule" and one.content is not None
        )
        self.pages.append(PageRule(found[1] or "", (found[2] or "").strip(), declarations(content), boxes))

    def declared(self, element: Element) -> dict[str, Declarations]:
        """What applies to an element and to its pseudo-elements, weakest first; the key of the element is ``""``."""
        found: dict[str, list[tuple[str, str]]] = {"": []}
        for _specificity, _order, pseudo, declared in self._matcher.match(element):
            found.setdefault(pseudo or "", []).extend(declared)
        style = element.etree_element.get("style")
        if style:
            found[""].extend(declarations(tinycss2.parse_component_value_list(style)))
        return {key: tuple(value) for key, value in found.items()}


def declarations(content: Sequence[Any] | None) -> Declarations:
    """Names and values as written; what cannot be read is left out, as CSS demands."""
    return tuple(
        (one.lower_name, tinycss2.serialize(one.value).strip())
        for one in tinycss2.parse_blocks_contents(content or (), skip_comments=True, skip_whitespace=True)
        if one.type == "declaration"
    )


@dataclass(frozen=True)
class Made:
    """Something CSS makes: ``text``, ``leader`` (``words`` is its sign), ``page`` or ``target`` (a page elsewhere)."""

    kind: str
    words: str = ""


def made(declared: Declarations) -> tuple[Made, ...]:
    """What a ``content`` property makes, in order."""
    value = dict(declared).get("content", "none")
    return tuple(_made(value))


def _made(value: str) -> Iterator[Made]:
    for token in tinycss2.parse_component_value_list(value, skip_comments=True):
        if token.type == "string":
            yield Made("text", token.value)
        elif token.type == "function":
            yield from _called(token.lower_name, token.arguments)


def _called(name: str, arguments: Sequence[Any]) -> Iterator[Made]:
    if name == "leader":
        strings = [one.value for one in arguments if one.type == "string"]
        yield Made("leader", strings[0] if strings else ".")
    elif name == "target-counter":
        yield Made("target")
    elif name == "counter" and tinycss2.serialize(arguments).strip().startswith("page"):
        yield Made("page")
