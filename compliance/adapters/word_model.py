"""The parts of a Word text before they are written: runs, paragraphs, tables, ends of sections. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass, field

from compliance.adapters.word_look import Lines, Look, Sides

NORMAL, BODY, TABLE, NOTE = "Normal", "BodyText", "TableText", "FootnoteText"
NOTHING: Sides = (0.0, 0.0, 0.0, 0.0)
NO_LINES: Lines = (None, None, None, None)


@dataclass(frozen=True)
class Font:
    """Size, weight and slant of a run."""

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    raised: str = ""
    colour: str = "000000"


def font(look: Look) -> Font:
    """The font of an element's text."""
    return Font(look.size, look.bold, look.italic, look.underline, look.raised, look.colour)


@dataclass(frozen=True)
class Run:
    """A stretch of one font.

    ``kind`` is text, break, tab, target (the page of the place ``text``), note (a footnote's number), box (to tick) or
    picture (ready markup); ``link`` is a place in the paper; ``kept`` is ``line`` where the text must not be parted,
    ``blanks`` where its blanks count.
    """

    kind: str
    font: Font
    text: str = ""
    link: str = ""
    kept: str = ""


@dataclass(frozen=True)
class Shape:
    """Alignment, indents and spacing of a paragraph; ``line`` in lines, or in points when ``exact``."""

    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    after: float = 0.0
    line: float = 1.0
    exact: bool = False


@dataclass
class Paragraph:
    """A paragraph; ``tab`` is the place of its right tab stop with a dotted leader."""

    style: str
    font: Font
    shape: Shape
    before: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    lines: Lines = NO_LINES
    line_space: float = 0.0
    tab: float | None = None
    dotted: bool = True
    runs: list[Run] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


@dataclass
class Cell:
    """A cell; ``merge`` is restart or continue where cells of several rows are one."""

    blocks: list[Block]
    width: float
    span: int = 1
    merge: str = ""
    lines: Lines = NO_LINES
    margins: Sides = NOTHING
    shade: str = ""
    valign: str = "top"


@dataclass
class Row:
    """A row of a table."""

    cells: list[Cell]
    header: bool = False
    whole: bool = True
    height: float = 0.0


@dataclass
class Table:
    """A table: the widths of its columns and its rows."""

    widths: list[float]
    rows: list[Row]
    left: float = 0.0
    centred: bool = False
    lines: Lines = NO_LINES


@dataclass
class SectionEnd:
    """Where the pages of one kind end; ``restarts`` when their numbers begin at 1."""

    page: str
    restarts: bool = False


Block = Paragraph | Table | SectionEnd


def blank(height: float, lines: Lines = NO_LINES, before: float = 0.0) -> Paragraph:
    """A paragraph of exactly this height without text: a gap, the space of a signature, a ruled line."""
    tall = max(height, 1.0)
    return Paragraph(NORMAL, Font(1.0), Shape(line=tall, exact=True), before=before, lines=lines)


def paragraphs(blocks: list[Block]) -> list[Paragraph]:
    """Every paragraph, those in cells too."""
    found: list[Paragraph] = []
    for one in blocks:
        if isinstance(one, Paragraph):
            found.append(one)
        elif isinstance(one, Table):
            for row in one.rows:
                for cell in row.cells:
                    found += paragraphs(cell.blocks)
    return found
