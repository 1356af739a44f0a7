"""The lines of a column: text, what CSS itself puts there, and pictures, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from compliance.adapters.word_css import Made
from compliance.adapters.word_look import SINGLE, Look, share
from compliance.adapters.word_model import BODY, NORMAL, TABLE, Block, Paragraph, Run, Shape, font
from compliance.adapters.word_pictures import Gallery
from compliance.adapters.word_tree import Node

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HEADINGS = {"h1": "Heading1", "h2": "Heading2", "h3": "Heading3", "h4": "Heading4"}
_KEPT_LETTERS = 45


@dataclass
class Shared:
    """What the whole paper shares: places that are pointed at, pictures, footnotes."""

    places: dict[str, str]
    gallery: Gallery
    text_width: Callable[[str], float]
    notes: list[list[Block]] = field(default_factory=list)


@dataclass
class Column:
    """A column this wide and the paragraph being filled.

    ``left`` and ``right`` are what elements took from its sides, ``box`` is the element whose lines these are.
    """

    shared: Shared
    width: float
    outer: bool = False
    in_cell: bool = False
    left: float = 0.0
    right: float = 0.0
    box: Node | None = None
    _open: Paragraph | None = None
    _link: str = ""

    def text(self, text: str, look: Look) -> None:
        """Text as CSS folds its blanks."""
        if not look.space.startswith("pre"):
            text = _BLANKS.sub(" ", text)
            before = self._open.runs[-1] if self._open and self._open.runs else None
            if (
                before is None
                or before.kind == "break"
                or (before.kind == "text" and before.text.endswith(" ") and before.kept != "blanks")
            ):
                text = text.lstrip(" ")
        if text:
            shown = text.upper() if look.upper else text
            whole = look.space == "nowrap" and look.display == "inline" and len(text) <= _KEPT_LETTERS
            kept = "blanks" if look.space.startswith("pre") else "line" if whole else ""
            self.add(Run("text", font(look), shown, self._link, kept))

    def make(self, parts: tuple[Made, ...], node: Node) -> None:
        """What CSS itself puts there."""
        for one in parts:
            if one.kind == "leader":
                self._tab(node.look)
            elif one.kind == "target":
                place = self.shared.places.get(node.attributes.get("href", "").removeprefix("#"), "")
                self.add(Run("target", replace(font(node.look), bold=False), place, place))
            elif one.kind == "text":
                self.add(Run("text", font(node.look), one.words, self._link))

    def _tab(self, look: Look) -> None:
        self.add(Run("tab", replace(font(look), bold=False), link=self._link))
        if self._open is not None:
            self._open.tab = self.left + self.width

    def picture(self, node: Node) -> None:
        """A picture as one letter of the line, or the words in its place."""
        found = self.shared.gallery.picture(node, self.width)
        if found.markup:
            self.add(Run("picture", font(node.look), found.markup))
        elif found.words:
            self.add(Run("text", replace(font(node.look), italic=True), found.words))

    def add(self, run: Run) -> None:
        """Add to the line, which it begins where none is begun; blanks begin none."""
        if self._open is None:
            if run.kind == "text" and not run.text.strip(" "):
                return
            self._open = self._begin()
        self._open.runs.append(run)

    def _begin(self) -> Paragraph:
        look = self.box.look if self.box else Look()
        tag = self.box.tag if self.box else ""
        style = _HEADINGS.get(tag) or (TABLE if self.in_cell else BODY if tag == "p" else NORMAL)
        shape = Shape(
            align={"justify": "both", "center": "center", "right": "right"}.get(look.align, "left"),
            left=self.left,
            right=self.right,
            first=0.0 if look.align == "center" else share(look.indent, self.width),
            line=look.line / SINGLE,
        )
        return Paragraph(style, font(look), shape)

    def taken(self) -> Paragraph | None:
        """The finished paragraph, none where nothing would show; the next line begins another."""
        one, self._open = self._open, None
        if one is None:
            return None
        while one.runs and one.runs[-1].kind == "break":
            one.runs.pop()
        _trim(one.runs)
        if any(run.kind == "picture" for run in one.runs):
            one.shape = replace(one.shape, line=1.0)  # lines set closer would cut the picture off
        return one if one.runs else None


def _trim(runs: list[Run]) -> None:
    """No blanks at the end of a line."""
    for at in range(len(runs) - 1, -1, -1):
        following = runs[at + 1].kind if at + 1 < len(runs) else "break"
        if runs[at].kind == "text" and runs[at].kept != "blanks" and following in ("break", "tab"):
            runs[at] = replace(runs[at], text=runs[at].text.rstrip(" "))
    runs[:] = [one for one in runs if one.kind != "text" or one.text]
