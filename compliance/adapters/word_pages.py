"""The pages of a Word twin: paper size, margins, number at the top, words at the foot, as ``@page`` rules say them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from compliance.adapters.templates import Layout
from compliance.adapters.word_css import Declarations, Made, PageRule, made
from compliance.adapters.word_look import Look
from compliance.adapters.word_model import Font, SectionEnd, font
from compliance.adapters.word_rules import look

_MM = 72 / 25.4
_A4 = (595.3, 841.9)
_SIDES = ("top", "right", "bottom", "left")
_FROM_ONE = '<w:pgNumType w:start="1"/>'
_Boxes = dict[str, Declarations]


@dataclass(frozen=True)
class PageKind:
    """Pages of one kind: size and margins in points, what its margin boxes hold."""

    width: float
    height: float
    margins: dict[str, float]
    boxes: _Boxes
    restarts: bool

    @property
    def text_width(self) -> float:
        """Points between the side margins."""
        return self.width - self.margins["left"] - self.margins["right"]


class Pages:
    """Every kind of page of a paper. ``part`` keeps a header or footer and tells the id to point at."""

    def __init__(
        self, rules: list[PageRule], layout: Layout, footer: str, bare: Look, part: Callable[[str, str], str]
    ) -> None:
        self._rules, self._footer, self._bare, self._part = rules, footer, bare, part
        self._margins = {side: getattr(layout.margins, side) * _MM for side in _SIDES}
        # Where no rule prints a foot, the one given stands on every page.
        self._everywhere = bool(footer) and not any("bottom-right" in dict(rule.boxes) for rule in rules)
        self._ended = 0
        self._standing: dict[tuple[str, str], str] = {}

    def kind(self, page: str, *, first: bool = False, opens: bool = False) -> PageKind:
        """The pages of a name; ``opens`` for its first page, ``first`` for the very first of the paper."""
        now = PageKind(*_A4, self._margins, {}, restarts=False)
        for rule in self._ordered(page, first=first, opens=opens):
            now = _with(now, rule)
        return now

    def _ordered(self, page: str, *, first: bool, opens: bool) -> list[PageRule]:
        """The rules that apply, weakest first: a name outweighs ``:first``, which outweighs none."""
        found: list[tuple[int, int, PageRule]] = []
        for at, rule in enumerate(self._rules):
            counted = rule.narrowed.startswith(":nth")
            applies = not rule.narrowed or (rule.narrowed == ":first" and first) or (counted and opens)
            if applies and rule.name in ("", page):
                found.append((2 * bool(rule.name) + (3 if counted else bool(rule.narrowed)), at, rule))
        return [rule for _, _, rule in sorted(found, key=lambda one: one[:2])]

    def section(self, end: SectionEnd) -> str:
        """The properties of a section that ends here."""
        first = not self._ended
        self._ended += 1
        opening = self.kind(end.page, first=first, opens=True)
        restarts = end.restarts or opening.restarts
        if not restarts and not first:
            opening = self.kind(end.page)
        kind = self.kind(end.page)
        differs = self._header(opening) != self._header(kind) or self._foot(opening) != self._foot(kind)
        parts = self._references(kind, "default") + (self._references(opening, "first") if differs else "")
        landscape = ' w:orient="landscape"' if kind.width > kind.height else ""
        edges = " ".join(f'w:{side}="{round(kind.margins[side] * 20)}"' for side in _SIDES)
        above, below = self._distance(kind)
        return (
            f'<w:sectPr>{parts}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{round(kind.width * 20)}" w:h="{round(kind.height * 20)}"{landscape}/>'
            f'<w:pgMar {edges} w:header="{above}" w:footer="{below}" w:gutter="0"/>'
            f"{_FROM_ONE if restarts else ''}{'<w:titlePg/>' if differs else ''}</w:sectPr>"
        )

    def _distance(self, kind: PageKind) -> tuple[int, int]:
        """Twips from the edges of the paper to header and footer, one line in the middle of its margin."""
        above = (kind.margins["top"] - self._font(kind, "top-center").size * 1.15) / 2
        below = (kind.margins["bottom"] - self._font(kind, "bottom-right").size * 1.15) / 2
        return round(max(above, 0) * 20), round(max(below, 0) * 20)

    def _references(self, kind: PageKind, use: str) -> str:
        """Headers and footers of a section; where none is named, those of the section before go on."""
        found = ""
        for part, content in (("header", self._header(kind)), ("footer", self._foot(kind))):
            if self._standing.get((part, use)) != content:
                self._standing[part, use] = content
                found += f'<w:{part}Reference w:type="{use}" r:id="{self._part(part, content)}"/>'
        return found

    def _font(self, kind: PageKind, box: str) -> Font:
        return font(look(self._bare, kind.boxes.get(box, ())))

    def _header(self, kind: PageKind) -> str:
        return _line("Header", [("center", self._inside(kind, "top-center"))], kind)

    def _foot(self, kind: PageKind) -> str:
        right = self._inside(kind, "bottom-right")
        if self._footer and (right or self._everywhere):
            right = _words(self._footer, self._font(kind, "bottom-right") if right else Font(9.0))
        return _line("Footer", [("left", self._inside(kind, "bottom-left")), ("right", right)], kind)

    def _inside(self, kind: PageKind, box: str) -> str:
        return "".join(_made(one, self._font(kind, box)) for one in made(kind.boxes.get(box, ())))


def _with(kind: PageKind, rule: PageRule) -> PageKind:
    boxes = {**kind.boxes}
    for name, declared in rule.boxes:
        boxes[name] = (*boxes.get(name, ()), *declared)
    now = look(Look(margin=(0, 0, 0, 0)), tuple(one for one in rule.declarations if one[0].startswith("margin")))
    told = {name for name, _ in rule.declarations if name.startswith("margin")}
    margins = dict(kind.margins)
    for side, value in zip(_SIDES, now.margin, strict=True):
        if "margin" in told or f"margin-{side}" in told:
            margins[side] = value
    size = dict(rule.declarations).get("size", "")
    wide = "landscape" in size or ("portrait" not in size and kind.width > kind.height)
    width, height = (max(_A4), min(_A4)) if wide else _A4
    restarts = kind.restarts or any(
        name == "counter-reset" and "page" in value.split() for name, value in rule.declarations
    )
    return replace(kind, width=width, height=height, margins=margins, boxes=boxes, restarts=restarts)


def _made(one: Made, of: Font) -> str:
    if one.kind == "page":
        return f'<w:fldSimple w:instr=" PAGE ">{_words("1", of)}</w:fldSimple>'
    return _words(one.words, of) if one.kind == "text" else ""


def _words(text: str, of: Font) -> str:
    size = f'<w:sz w:val="{round(of.size * 2)}"/><w:szCs w:val="{round(of.size * 2)}"/>'
    bold, italic = "<w:b/>" if of.bold else "", "<w:i/>" if of.italic else ""
    return f'<w:r><w:rPr>{bold}{italic}{size}</w:rPr><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def _line(style: str, parts: list[tuple[str, str]], kind: PageKind) -> str:
    """One line of a margin: its left part, and at a tab its right part."""
    texts = dict(parts)
    if texts.get("left"):
        stop = f'<w:tabs><w:tab w:val="right" w:pos="{round(kind.text_width * 20)}"/></w:tabs><w:jc w:val="left"/>'
        tab = "<w:r><w:tab/></w:r>" if texts["right"] else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{stop}</w:pPr>{texts["left"]}{tab}{texts["right"]}</w:p>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(text for _, text in parts)}</w:p>'
