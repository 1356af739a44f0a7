"""Boxes that stand side by side, such as small pictures with their words: a table without lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from compliance.adapters.word_flow import Flow
from compliance.adapters.word_look import Percent, share
from compliance.adapters.word_model import NOTHING, Cell, Row, Table
from compliance.adapters.word_tables import ended
from compliance.adapters.word_tree import Node

_Line = list[tuple[Node, float]]


def abreast(flow: Flow, nodes: Sequence[Node]) -> None:
    """Add boxes of told widths, as many in a row as fit; one under the other where no two do."""
    lines = _lines(nodes, flow.width)
    longest = max(len(line) for line in lines)
    if longest == 1:
        for node in nodes:
            flow.block(node)
        return
    widths = [max(line[at][1] for line in lines if at < len(line)) for at in range(longest)]
    widths = [one * min(1.0, flow.width / sum(widths)) for one in widths]
    rows = [Row([_cell(flow, node, width) for (node, _), width in zip(line, widths, strict=False)]) for line in lines]
    for line, row in zip(lines, rows, strict=True):
        row.cells += [Cell(ended(Flow(flow.shared, one), line[0][0]), one) for one in widths[len(line) :]]
    flow.put(Table(widths, rows, flow.left), nodes[0].look.page)


def _lines(nodes: Sequence[Node], room: float) -> list[_Line]:
    lines: list[_Line] = []
    left = 0.0
    for node in nodes:
        look = node.look
        width = min(share(look.width or Percent(100), room) + look.margin[1] + look.margin[3], room)
        if width > left:
            lines.append([])
            left = room
        lines[-1].append((node, width))
        left -= width
    return lines


def _cell(flow: Flow, node: Node, width: float) -> Cell:
    look = node.look
    inner = Flow(flow.shared, width - look.margin[1] - look.margin[3])
    inner.block(replace(node, look=replace(look, display="block", margin=NOTHING, before="auto", after="auto")))
    return Cell(ended(inner, node), width, margins=look.margin)
