"""Tables, and whatever CSS lays out as one: the head of a paper, the signatures, a framed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from compliance.adapters.word_columns import Placed, grid, widths_of
from compliance.adapters.word_flow import Flow
from compliance.adapters.word_look import Look, Percent, share
from compliance.adapters.word_model import (
    NO_LINES,
    NORMAL,
    NOTHING,
    TABLE,
    Block,
    Cell,
    Paragraph,
    Row,
    Shape,
    Table,
    blank,
    font,
    paragraphs,
)
from compliance.adapters.word_tree import Node

_GROUPS = {"table-header-group": True, "table-row-group": False, "table-footer-group": False}
_COLUMNS = ("table-column", "table-column-group")
_TALL_ROW = 450.0
_LETTER = 0.45
_FOOT_OF_FRAME = 60.0
_ABOVE_FRAME = 25.0
_SLACK = 0.4
_LOW_ROW = 45.0

_Row = tuple[Node, list[Node], bool]


def table(flow: Flow, node: Node) -> None:
    """Add a table to a flow; its caption stands before it."""
    for one in node.nodes:
        if one.look.display == "table-caption":
            flow.block(replace(one, look=replace(one.look, display="block", after="avoid")))
    rows = [row for row in _rows(node, header=False) if row[1]]
    placed = grid([cells for _, cells, _ in rows])
    columns = max((at + span for row in placed for at, span, _, _ in row), default=0)
    if not columns:
        return
    look = node.look
    room = flow.width - look.margin[3] - look.margin[1]
    widths = widths_of(node, placed, columns, room)
    heads = [header for _, _, header in rows]
    after_head = [before and not now for before, now in zip([False, *heads], heads, strict=False)]
    built = [
        _row(flow, row, cells, widths, first=first) for row, cells, first in zip(rows, placed, after_head, strict=True)
    ]
    for before, (row, _, _) in zip(built, rows[1:], strict=False):
        if row.look.before.startswith("avoid"):
            _keep(before)
    left = flow.left + look.margin[3]
    flow.put(Table(widths, built, left, look.centred and sum(widths) < room, look.lines), look.page)


def framed(flow: Flow, node: Node) -> None:
    """A framed element as a table of one cell; what CSS hangs at its foot gets a row of its own."""
    look = node.look
    width = min(share(look.width or Percent(100), flow.width), flow.width)
    hung = [one for one in node.nodes if one.look.position == "absolute"]
    body = replace(node, content=[one for one in node.content if one not in hung], look=replace(look, padding=NOTHING))
    foot = _FOOT_OF_FRAME if hung else 0.0
    rows = [Row([_frame_cell(flow, body, width, look)], whole=True, height=max((look.height or 0.0) - foot, 0.0))]
    if hung:
        last = replace(node, content=list(hung), look=replace(look, padding=NOTHING))
        cell = _frame_cell(flow, last, width, look)
        top, right, bottom, left = look.lines
        rows[0].cells[0].lines = (top, right, None, left)
        cell.lines, cell.valign = (None, right, bottom, left), "bottom"
        cell.margins = (0.0, look.padding[1], _ABOVE_FRAME, look.padding[3])
        rows.append(Row([cell], height=foot))
        _keep(rows[0])
    flow.put(Table([width], rows, flow.left, centred=look.align == "center"), look.page)


def _frame_cell(flow: Flow, node: Node, width: float, look: Look) -> Cell:
    inner = Flow(flow.shared, width - look.padding[1] - look.padding[3], box=node)
    inner.inline(node)
    inner.close()
    return Cell(ended(inner, node), width, lines=look.lines, margins=look.padding)


def _rows(node: Node, *, header: bool) -> Iterator[_Row]:
    """The rows of a table in order; cells and text outside any row make one."""
    loose: list[Node | str] = []
    for one in node.content:
        display = one.look.display if isinstance(one, Node) else ""
        if isinstance(one, Node) and (display == "table-row" or display in _GROUPS):
            yield from _loose(node, loose, header=header)
            loose = []
            if display == "table-row":
                yield one, _cells(one), header
            else:
                yield from _rows(one, header=_GROUPS[display])
        elif display != "table-caption" and display not in _COLUMNS:
            loose.append(one)
    yield from _loose(node, loose, header=header)


def _loose(node: Node, content: list[Node | str], *, header: bool) -> Iterator[_Row]:
    cells = _cells(replace(node, content=content))
    if cells:
        yield replace(node, look=Look()), cells, header


def _cells(row: Node) -> list[Node]:
    """The cells of a row; whatever else stands there becomes one."""
    found: list[Node] = []
    for one in row.content:
        if isinstance(one, Node) and one.look.display == "table-cell":
            found.append(one)
        elif isinstance(one, Node) or one.strip():
            found.append(Node("div", replace(row.look, display="table-cell", lines=NO_LINES), content=[one]))
    return found


def _row(flow: Flow, row: _Row, placed: Sequence[Placed], widths: list[float], *, first: bool) -> Row:
    node, _, header = row
    cells = [_cell(flow, one, sum(widths[one[0] : one[0] + one[1]]), node.look) for one in placed]
    height = max([node.look.height or 0.0, *(cell.look.height or 0.0 for _, span, cell, _ in placed)])
    tallest = max(_estimate(cell.look, cell.text, sum(widths[at : at + span])) for at, span, cell, _ in placed)
    whole = tallest <= _TALL_ROW and (node.look.inside.startswith("avoid") or header)
    low = first and tallest < _LOW_ROW
    built = Row(cells, header, whole=whole and not low, height=height)
    if whole and low:
        _held_together(built)
    if node.look.after.startswith("avoid") and not header:
        _keep(built)
    return built


def _estimate(look: Look, text: str, width: float) -> float:
    return len(text) * _LETTER * look.size / max(width, 1.0) * look.size * look.line


def _cell(flow: Flow, placed: Placed, width: float, row: Look) -> Cell:
    _, span, node, merge = placed
    look = node.look
    inner = Flow(flow.shared, width - look.padding[1] - look.padding[3], in_cell=node.tag in ("td", "th"), box=node)
    if merge != "continue":
        inner.inline(node)
        inner.close()
    valign = {"middle": "center", "bottom": "bottom"}.get(look.valign, "top")
    top, right, bottom, left = look.padding
    # A hair less, or a word that just fits in the PDF would be parted here.
    margins = (top, max(right - _SLACK, 0.0), bottom, max(left - _SLACK, 0.0))
    return Cell(ended(inner, node), width, span, merge, look.lines, margins, look.shade or row.shade, valign)


def ended(flow: Flow, node: Node) -> list[Block]:
    """The blocks of a cell; Word wants a paragraph at the end of each."""
    blocks = flow.blocks
    if not blocks:
        style = TABLE if flow.in_cell else NORMAL
        blocks.append(Paragraph(style, font(node.look), Shape()))
    elif isinstance(blocks[-1], Table):
        blocks.append(blank(1.0))
    return blocks


def _held_together(row: Row) -> None:
    """Keep a low row after the head whole by its paragraphs, not as a row.

    Where that row may not part, LibreOffice 7.4 at times loses the rows after it at the foot of a page.
    """
    for cell in row.cells:
        inside = paragraphs(cell.blocks)
        for at, one in enumerate(inside):
            one.keep_lines = True
            one.keep_next = at + 1 < len(inside)


def _keep(row: Row) -> None:
    for cell in row.cells:
        for one in paragraphs(cell.blocks):
            one.keep_next = True
