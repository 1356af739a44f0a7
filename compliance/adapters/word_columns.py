"""Where the cells of a table stand, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.adapters.word_look import share
from compliance.adapters.word_measure import widest_word, width_of
from compliance.adapters.word_tree import Node

_MOST_ROWS = 4000

Placed = tuple[int, int, Node, str]


def grid(rows: Sequence[list[Node]]) -> list[list[Placed]]:
    """Where every cell begins, how many columns it spans, and where it only goes on from the row above."""
    going_on: dict[int, tuple[int, int, Node]] = {}
    grid: list[list[Placed]] = []
    for cells in rows:
        line: list[Placed] = []
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


def widths_of(node: Node, placed: Sequence[Sequence[Placed]], columns: int, room: float) -> list[float]:
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
    whole = sum(fitted)
    return [one * total / whole if whole else total / len(told) for one in fitted]  # a style sheet may say 0 for all


def _by_content(
    placed: Sequence[Sequence[Placed]], told: list[float | None], room: float, total: float | None
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
