"""The parts of a Word text as WordprocessingML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from compliance.adapters.word_look import Line, Lines, Sides
from compliance.adapters.word_model import (
    NO_LINES,
    TABLE,
    Block,
    Cell,
    Font,
    Paragraph,
    Row,
    Run,
    SectionEnd,
    Shape,
    Table,
    blank,
)
from compliance.adapters.word_styles import StyleBook
from compliance.adapters.word_tree import fit_for_xml

_BOX = '<w:sym w:font="Wingdings" w:char="F0A8"/>'
_SIDES = ("top", "right", "bottom", "left")
_ORDER = (0, 3, 2, 1)


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def run_properties(font: Font, base: Font) -> str:
    """What a font has different from the font of its paragraph's style."""
    found = [
        _switch("b", font.bold, base.bold),
        _switch("i", font.italic, base.italic),
        f'<w:color w:val="{font.colour}"/>' if font.colour != base.colour else "",
        f'<w:sz w:val="{round(font.size * 2)}"/><w:szCs w:val="{round(font.size * 2)}"/>'
        if font.size != base.size
        else "",
        '<w:u w:val="single"/>' if font.underline else "",
        f'<w:vertAlign w:val="{font.raised}"/>' if font.raised else "",
    ]
    inside = "".join(found)
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _switch(name: str, wanted: bool, base: bool) -> str:
    off = "" if wanted else ' w:val="0"'
    return f"<w:{name}{off}/><w:{name}Cs{off}/>" if wanted != base else ""


def shape_properties(shape: Shape, before: float, base: Shape | None) -> str:
    """Spacing, indents and alignment, as far as they differ from those of the style."""
    found = []
    if base is None or before or (shape.after, shape.line, shape.exact) != (base.after, base.line, base.exact):
        line = twips(shape.line) if shape.exact else round(shape.line * 240)
        rule = "exact" if shape.exact else "auto"
        found.append(
            f'<w:spacing w:before="{twips(before)}" w:after="{twips(shape.after)}" '
            f'w:line="{line}" w:lineRule="{rule}"/>'
        )
    if base is None or (shape.left, shape.right, shape.first) != (base.left, base.right, base.first):
        first = f'w:hanging="{twips(-shape.first)}"' if shape.first < 0 else f'w:firstLine="{twips(shape.first)}"'
        found.append(f'<w:ind w:left="{twips(shape.left)}" w:right="{twips(shape.right)}" {first}/>')
    if base is None or shape.align != base.align:
        found.append(f'<w:jc w:val="{shape.align}"/>')
    return "".join(found)


class Writer:
    """Writes blocks; ``section`` writes the properties of a section that ends."""

    def __init__(self, styles: StyleBook, section: Callable[[SectionEnd], str]) -> None:
        self._styles = styles
        self._section = section
        self._marks = 0

    def body(self, blocks: Sequence[Block]) -> str:
        """A whole text; the last block is the end of its last section."""
        parts: list[str] = []
        for at, one in enumerate(blocks):
            if isinstance(one, Table):
                parts.append(self.table(one))
                continue
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            ends = isinstance(following, SectionEnd) and at + 2 < len(blocks)
            if isinstance(one, Paragraph):
                parts.append(self.paragraph(one, self._section(following) if ends and following else ""))  # type: ignore[arg-type]
            elif at + 1 == len(blocks):
                parts += [self.paragraph(blank(1.0))] if at and isinstance(blocks[at - 1], Table) else []
                parts.append(self._section(one))
            elif not at or not isinstance(blocks[at - 1], Paragraph):
                parts.append(self.paragraph(blank(1.0), self._section(one)))
        return "".join(parts)

    def blocks(self, blocks: Sequence[Block]) -> str:
        """What stands in a cell or a note."""
        return "".join(
            self.table(one) if isinstance(one, Table) else self.paragraph(one)
            for one in blocks
            if not isinstance(one, SectionEnd)
        )

    def paragraph(self, one: Paragraph, section: str = "") -> str:
        """A paragraph, its places to point at and, where a section ends with it, that section."""
        style = self._styles.of_size(one.font.size) if one.style == TABLE else one.style
        font, shape, keeps = self._styles.base(style)
        wanted = [
            f'<w:pStyle w:val="{style}"/>' if style != "Normal" else "",
            "<w:keepNext/>" if one.keep_next and not keeps else "",
            "<w:keepLines/>" if one.keep_lines else "",
            "<w:pageBreakBefore/>" if one.page_break else "",
            _borders("pBdr", one.lines, one.line_space),
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(one.tab)}"/></w:tabs>'
            if one.tab is not None
            else "",
            shape_properties(one.shape, one.before, shape),
        ]
        # The mark at its end is as tall as the text, or an empty line would be taller than the room it has.
        mark = "" if one.runs else run_properties(replace(one.font, raised=""), font)
        inside = "".join((*wanted, mark, section))
        marks = "".join(self._mark(name) for name in one.marks)
        return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{marks}{self._runs(one.runs, font)}</w:p>"

    def _mark(self, name: str) -> str:
        self._marks += 1
        return f'<w:bookmarkStart w:id="{self._marks}" w:name="{name}"/><w:bookmarkEnd w:id="{self._marks}"/>'

    def _runs(self, runs: Sequence[Run], base: Font) -> str:
        parts: list[str] = []
        for link, group in groupby(runs, key=lambda one: one.link):
            written = "".join(_run(one, base) for one in group)
            parts.append(f'<w:hyperlink w:anchor="{link}" w:history="1">{written}</w:hyperlink>' if link else written)
        return "".join(parts)

    def table(self, one: Table) -> str:
        """A table; lines and margins most cells have are said once."""
        cells = [cell for row in one.rows for cell in row.cells]
        margins = Counter(cell.margins for cell in cells).most_common(1)[0][0]
        lines = Counter(cell.lines for cell in cells).most_common(1)[0][0]
        lines = lines if len(set(lines)) == 1 else NO_LINES
        width = twips(sum(one.widths))
        inner = "".join(_line(name, lines[0]) for name in ("insideH", "insideV"))
        outer = "".join(_line(_SIDES[side], lines[side] or one.lines[side]) for side in _ORDER)
        place = '<w:jc w:val="center"/>' if one.centred else f'<w:tblInd w:w="{twips(one.left)}" w:type="dxa"/>'
        head = (
            f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>{place}<w:tblBorders>{outer}{inner}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/>{_margins("tblCellMar", margins)}</w:tblPr>'
        )
        grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in one.widths)
        rows = "".join(self._row(row, lines, margins) for row in one.rows)
        return f"<w:tbl>{head}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def _row(self, row: Row, lines: Lines, margins: Sides) -> str:
        wanted = (
            ("<w:cantSplit/>" if row.whole else "")
            + (f'<w:trHeight w:val="{twips(row.height)}" w:hRule="atLeast"/>' if row.height else "")
            + ("<w:tblHeader/>" if row.header else "")
        )
        cells = "".join(self._cell(cell, lines, margins) for cell in row.cells)
        return f"<w:tr>{f'<w:trPr>{wanted}</w:trPr>' if wanted else ''}{cells}</w:tr>"

    def _cell(self, cell: Cell, lines: Lines, margins: Sides) -> str:
        wanted = (
            f'<w:tcW w:w="{twips(cell.width)}" w:type="dxa"/>'
            + (f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else "")
            + (f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else "")
            + (_borders("tcBorders", cell.lines, 0, every=True) if cell.lines != lines else "")
            + (f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else "")
            + (_margins("tcMar", cell.margins) if cell.margins != margins else "")
            + (f'<w:vAlign w:val="{cell.valign}"/>' if cell.valign != "top" else "")
        )
        return f"<w:tc><w:tcPr>{wanted}</w:tcPr>{self.blocks(cell.blocks)}</w:tc>"


def _borders(name: str, lines: Lines, space: float, *, every: bool = False) -> str:
    sides = "".join(_line(_SIDES[side], lines[side], space) for side in _ORDER if every or lines[side])
    return f"<w:{name}>{sides}</w:{name}>" if sides else ""


def _line(name: str, line: Line | None, space: float = 0) -> str:
    if line is None:
        return f'<w:{name} w:val="nil"/>'
    size = max(round(line.width * 8), 2)
    return f'<w:{name} w:val="{line.kind}" w:sz="{size}" w:space="{round(min(space, 31))}" w:color="{line.colour}"/>'


def _margins(name: str, sides: Sides) -> str:
    inside = "".join(f'<w:{_SIDES[at]} w:w="{twips(max(sides[at], 0))}" w:type="dxa"/>' for at in _ORDER)
    return f"<w:{name}>{inside}</w:{name}>"


def _run(one: Run, base: Font) -> str:
    properties = run_properties(one.font, base)
    if one.kind == "target":
        shown = f"<w:r>{properties}<w:t>…</w:t></w:r>"
        return (
            f'<w:fldSimple w:instr=" PAGEREF {one.text} \\h " w:dirty="true">{shown}</w:fldSimple>' if one.text else ""
        )
    return f"<w:r>{properties}{''.join(_inside(one))}</w:r>"


def _inside(one: Run) -> Iterator[str]:
    if one.kind == "text":
        yield from _text(one)
    elif one.kind == "note":
        yield f'<w:footnoteReference w:id="{one.text}"/>'
    elif one.kind == "picture":
        yield one.text
    else:
        yield {"break": "<w:br/>", "tab": "<w:tab/>", "box": _BOX}[one.kind]


def _text(one: Run) -> Iterator[str]:
    text = fit_for_xml(one.text)
    if one.kept == "line":
        for at, part in enumerate(text.replace(" ", "\u00a0").split("-")):
            yield "<w:noBreakHyphen/>" if at else ""
            yield _words(part)
    else:
        for at, part in enumerate(text.split("\n") if one.kept else [text]):
            yield "<w:br/>" if at else ""
            yield _words(part)


def _words(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>' if text else ""
