"""Tables, and whatever CSS lays out as one: the head of a paper, the signatures, a framed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from compliance.adapters.word_flow import Flow
from compliance.adapters.word_look import Look, Percent, share
from compliance.adapters.word_measure import widest_word, width_of
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
_MOST_ROWS = 4000
_SLACK = 0.4
_LOW_ROW = 45.0

_Row = tuple[Node, list[Node], bool]
_Placed = tuple[int, int, Node, str]


def table(flow: Flow, node: Node) -> None:
    """Add a table to a flow; its caption stands before it."""
    for one in node.nodes:
        if one.look.display == "table-caption":
            flow.block(replace(one, look=replace(one.look, display="block", after="avoid")))
    rows = [row for row in _rows(node, header=False) if row[1]]
    placed = _grid([cells for _, cells, _ in rows])
    columns = max((at + span for row in placed for at, span, _, _ in row), default=0)
    if not columns:
        return
    look = node.look
    room = flow.width - look.margin[3] - look.margin[1]
    widths = _widths(node, placed, columns, room)
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
    return Cell(_ended(inner, node), width, lines=look.lines, margins=look.padding)


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


def _grid(rows: Sequence[list[Node]]) -> list[list[_Placed]]:
    """Where every cell begins, how many columns it spans, and where it only goes on from the row above."""
    going_on: dict[int, tuple[int, int, Node]] = {}
    grid: list[list[_Placed]] = []
    for cells in rows:
        line: list[_Placed] = []
        at, waiting = 0, list(cells)
        while waiting or at in going_on:
            if at in going_on:
                left, span, node = going_on.pop(at)
                line.append((at, span, node, "continue"))
            else:
                node = waiting.pop(0)
                span, left = _number(node, "colspan"), _number(node, "rowspan")
                line.append((at, span, node, "restart" if left > 1 else ""))
            if left > 1:
                going_on[at] = (left - 1, span, node)
            at += span
            going_on = {place: held for place, held in going_on.items() if place >= at or place in {p[0] for p in line}}
        grid.append(line)
    return grid


def _number(node: Node, name: str) -> int:
    text = node.attributes.get(name, "1")
    return min(max(int(text), 1), _MOST_ROWS) if text.isdecimal() else 1


def _widths(node: Node, placed: Sequence[Sequence[_Placed]], columns: int, room: float) -> list[float]:
    """The columns' widths as CSS gives them; by content where it leaves them open."""
    total = share(node.look.width, room) if node.look.width is not None else None
    told: list[float | None] = [None] * columns
    for at, one in enumerate(_told_columns(node)[:columns]):
        told[at] = share(one.look.width, total or room) if one.look.width is not None else None
    first = placed[:1] if node.look.fixed else placed
    for at, span, cell, _ in (one for row in first for one in row):
        if cell.look.width is not None and span == 1 and told[at] is None:
            told[at] = share(cell.look.width, total or room) + _around(cell)
    if node.look.fixed and total is not None:
        return _shared_out(told, total)
    return _by_content(placed, told, room, total)


def _around(cell: Node) -> float:
    """Padding that stands outside the width CSS names."""
    return 0.0 if cell.tag in ("td", "th") else cell.look.padding[1] + cell.look.padding[3]


def _told_columns(node: Node) -> list[Node]:
    found: list[Node] = []
    for one in node.nodes:
        if one.look.display == "table-column-group":
            found += [column for column in one.nodes if column.look.display == "table-column"]
        elif one.look.display == "table-column":
            found.append(one)
    return found


def _shared_out(told: list[float | None], total: float) -> list[float]:
    known = [one for one in told if one is not None]
    left, open_ = total - sum(known), len(told) - len(known)
    if open_ and left > 0:
        return [one if one is not None else left / open_ for one in told]
    fitted = [one if one is not None else total / len(told) for one in told]
    return [one * total / sum(fitted) for one in fitted]


def _by_content(
    placed: Sequence[Sequence[_Placed]], told: list[float | None], room: float, total: float | None
) -> list[float]:
    least, most = [4.0] * len(told), [4.0] * len(told)
    for at, span, cell, _ in (one for row in placed for one in row):
        around = cell.look.padding[1] + cell.look.padding[3] + 1
        if span == 1:
            least[at] = max(least[at], widest_word(cell) + around)
            most[at] = max(most[at], width_of(cell) + around)
    wanted = [max(low, one) if one is not None else high for low, high, one in zip(least, most, told, strict=True)]
    whole = min(room, total if total is not None else sum(wanted))
    if sum(least) >= whole:
        return [one * whole / sum(least) for one in least]
    spare, over = whole - sum(least), [want - low for want, low in zip(wanted, least, strict=True)]
    return [
        low + spare * (one / sum(over) if sum(over) else 1 / len(least)) for low, one in zip(least, over, strict=True)
    ]


def _row(flow: Flow, row: _Row, placed: Sequence[_Placed], widths: list[float], *, first: bool) -> Row:
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


def _cell(flow: Flow, placed: _Placed, width: float, row: Look) -> Cell:
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
    return Cell(_ended(inner, node), width, span, merge, look.lines, margins, look.shade or row.shade, valign)


def _ended(flow: Flow, node: Node) -> list[Block]:
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
