"""From elements to paragraphs: what stands inside a page or a cell, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from compliance.adapters.word_lines import Column
from compliance.adapters.word_look import Look, Percent, share
from compliance.adapters.word_measure import width_of
from compliance.adapters.word_model import NOTE, Block, Paragraph, Run, SectionEnd, Table, blank, font, paragraphs
from compliance.adapters.word_tree import Node, lanes

_FORCED = ("page", "always", "left", "right", "recto", "verso")


@dataclass
class Flow(Column):
    """A column being filled: the page (``outer``) or one cell. ``owed`` is the gap due before what comes next."""

    blocks: list[Block] = field(default_factory=list)
    _owed: float = 0.0
    _given: float = 0.0
    _marks: list[str] = field(default_factory=list)
    _breaks: bool = False
    _page: str = ""
    _restarts: bool = False
    _restarted: bool = False
    _shrunk: list[Node] = field(default_factory=list)

    # -- blocks ----------------------------------------------------------------------------------------------------

    def block(self, node: Node) -> None:
        """An element that begins a line of its own."""
        look, width = node.look, self.width
        self.close()
        self._mark(node)
        if self.outer:
            self.width = self.shared.text_width(look.page) - self.left - self.right
        self._restarts |= look.restarts and self.outer
        if look.before in _FORCED:
            self._breaks = True
        elif look.before.startswith("avoid"):
            self._keep(self.blocks[-1:])
        start = len(self.blocks)
        self._owed = max(self._owed, look.margin[0])
        self._fill(node)
        self.close()
        self._finish(node, start)
        self.width = width

    def _fill(self, node: Node) -> None:
        from compliance.adapters.word_tables import framed, table  # noqa: PLC0415 - cells hold flows, flows hold tables

        look = node.look
        if look.display == "table":
            table(self, node)
        elif all(look.lines) and look.display not in ("table-cell", "table-row"):
            framed(self, node)
        elif node.empty and (look.height or any(look.lines)):
            self._blank(node)
        else:
            self._within(node)

    def _within(self, node: Node) -> None:
        left, right = (node.look.margin[side] + node.look.padding[side] for side in (3, 1))
        before = self.left, self.right, self.width, self.box
        self.left, self.right, self.width, self.box = (
            self.left + left,
            self.right + right,
            self.width - left - right,
            node,
        )
        if not any(node.look.lines):
            self._owed += node.look.padding[0]
        if node.look.display == "list-item" and node.look.marker != "none":
            self.text(f"{_marker(node)} ", node.look)
        self.inline(node)
        self.close()
        self.left, self.right, self.width, self.box = before

    def _finish(self, node: Node, start: int) -> None:
        """What an element asks for as a whole, once its inside stands."""
        look, mine = node.look, self.blocks[start:]
        inside = [one for one in mine if isinstance(one, Paragraph)]
        if inside and look.display not in ("table", "table-cell") and not node.empty and not all(look.lines):
            _ruled(inside[0], inside[-1], look)
        if look.inside.startswith("avoid") and not any(isinstance(one, SectionEnd) for one in mine):
            self._keep(mine[:-1])
            for one in paragraphs(mine[-1:])[:-1] if mine and isinstance(mine[-1], Table) else ():
                one.keep_next = True
            for one in paragraphs(mine):
                one.keep_lines = True
        if look.after.startswith("avoid"):
            self._keep(mine[-1:])
        bottom = look.margin[2] + (0 if any(look.lines) else look.padding[2])
        last = self.blocks[-1] if self.blocks else None
        if mine and isinstance(last, Paragraph):
            last.shape = replace(last.shape, after=max(last.shape.after, bottom))
            self._given = last.shape.after
        self._owed = max(self._owed, bottom)
        self._breaks |= look.after in _FORCED

    def _blank(self, node: Node) -> None:
        """An empty element with a height or lines: the room of a signature, the rule under a name."""
        look = node.look
        within = min(width_of(self._shrunk[-1]), self.width) if self._shrunk else self.width
        width = share(look.width if look.width is not None else Percent(100), within)
        if not self._shrunk:
            width -= look.margin[3] + look.margin[1] if look.width is None else 0
        aligned = self.box.look.align if self.box and self._shrunk else "center" if look.centred else "left"
        gap = {"center": (self.width - width) / 2, "right": self.width - width}.get(aligned, (within - width) / 2)
        if not self._shrunk and not look.centred:
            gap = look.margin[3]
        one = blank((look.height or 0.0), look.lines)
        last = self.blocks[-1] if self.blocks else None
        # Word draws the lines of paragraphs that are alike around all of them together: neighbours must differ.
        one.line_space = 1.0 - last.line_space if isinstance(last, Paragraph) and last.lines == one.lines else 0.0
        one.shape = replace(one.shape, left=self.left + gap, right=self.right + max(self.width - width - gap, 0.0))
        if self._shrunk:
            self._keep(self.blocks[-1:])
        self.put(one, look.page)

    def put(self, one: Paragraph | Table, page: str) -> None:
        """Add a finished paragraph or table, after the gap due and on the pages it belongs to."""
        if self.outer:
            self._turn(page)
        gap = max(self._owed - self._given, 0.0)
        if isinstance(one, Table):
            self._before_table(one, gap)
            self._given = 0.0
        else:
            one.before += gap
            self._given = one.shape.after
            one.page_break |= self._breaks and self._after_first()
            one.marks += self._marks
            self._marks, self._breaks = [], False
        self._owed = 0.0
        self.blocks.append(one)

    def _before_table(self, one: Table, gap: float) -> None:
        """Two tables in a row would become one, and a table bears no gap of its own."""
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Table):
            self.blocks.append(blank(max(gap, 1.0)))
        elif isinstance(last, Paragraph) and gap:
            last.shape = replace(last.shape, after=last.shape.after + gap)
        inside = paragraphs([one])
        if inside:
            inside[0].page_break |= self._breaks and self._after_first()
            inside[0].marks += self._marks
            self._marks, self._breaks = [], False

    def _after_first(self) -> bool:
        return bool(self.blocks) and not isinstance(self.blocks[-1], SectionEnd)

    def _turn(self, page: str) -> None:
        """End the section where pages of another kind, or with numbers of their own, begin."""
        if not self.blocks:
            self._page, self._restarted = page, self._restarts
        elif page != self._page or self._restarts:
            self.end_section()
            self._page, self._restarted = page, self._restarts
        self._restarts = False

    def end_section(self) -> None:
        """End the pages so far."""
        self.blocks.append(SectionEnd(self._page, self._restarted))
        self._owed = self._given = 0.0
        self._breaks = False

    @staticmethod
    def _keep(blocks: Iterable[Block]) -> None:
        for one in paragraphs(list(blocks)):
            one.keep_next = True

    def _mark(self, node: Node) -> None:
        place = self.shared.places.get(node.attributes.get("id", ""))
        if place and place not in self._marks:
            self._marks.append(place)

    # -- lines -----------------------------------------------------------------------------------------------------

    def inline(self, node: Node) -> None:
        """What stands inside an element, text and elements in order."""
        self.make(node.before, node)
        for one in lanes(node.content):
            if isinstance(one, str):
                self.text(one, node.look)
            elif isinstance(one, list):
                self._abreast(one)
            else:
                self._element(one)
        self.make(node.after, node)

    def _abreast(self, nodes: list[Node]) -> None:
        from compliance.adapters.word_abreast import abreast  # noqa: PLC0415 - as in _fill

        self.close()
        abreast(self, nodes)

    def _element(self, node: Node) -> None:
        look = node.look
        if node.tag == "br":
            self.add(Run("break", font(look)))
        elif node.tag in ("img", "svg"):
            self.picture(node)
        elif look.float == "footnote":
            self._note(node)
        elif look.block or node.box:
            self.block(node)
        elif look.display == "inline-block" and node.empty:
            if all(look.lines):
                self.add(Run("box", replace(font(look), size=look.height or look.size)))
        else:
            self._inline(node)

    def _inline(self, node: Node) -> None:
        self._mark(node)
        link, target = self._link, node.attributes.get("href", "")
        if node.tag == "a" and target.startswith("#"):
            self._link = self.shared.places.get(target[1:], "")
        shrinks = node.look.display == "inline-block"
        self._shrunk += [node] if shrinks else []
        self.inline(node)
        if shrinks:
            self._shrunk.pop()
        self._link = link

    def _note(self, node: Node) -> None:
        note = Flow(self.shared, self.width)
        note.block(replace(node, look=replace(node.look, float="none", display="block")))
        for one in paragraphs(note.blocks):
            one.style = NOTE
        self.shared.notes.append(note.blocks)
        self.add(Run("note", replace(font(node.look), raised="superscript"), str(len(self.shared.notes))))

    def close(self) -> None:
        """Finish the paragraph being filled."""
        one = self.taken()
        if one is not None:
            self.put(one, self.box.look.page if self.box else "")


def _ruled(first: Paragraph, last: Paragraph, look: Look) -> None:
    """Lines above and below an element as a whole."""
    top, _right, bottom, _left = look.lines
    if top:
        first.lines = (top, *first.lines[1:])
        first.line_space = look.padding[0]
    if bottom:
        last.lines = (*last.lines[:2], bottom, last.lines[3])
        last.line_space = look.padding[2]


def _marker(node: Node) -> str:
    return f"{node.attributes.get('value', '')}." if node.look.marker == "decimal" else "•"
