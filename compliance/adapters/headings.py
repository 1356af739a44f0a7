"""Finding the header of a sheet as an office laid it out: titles above, two lines, merged cells, other words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from compliance.adapters.raw_table import RawRow, RawTable
from compliance.domain.column import Column, Table
from compliance.domain.wording import folded

_SEARCHED_ROWS = 20
FEWEST = 2
"""A header names at least two known columns."""
_NAMED_BONUS = 3
"""What the sheet's own name weighs, in columns, when two kinds of table fit."""
_ORDINALS = {"stt", "tt", "so tt", "so thu tu", "no", "so"}


@dataclass(frozen=True)
class Heading:
    """A recognised header: which table, which column stands where, what is unknown, where the data begin.

    ``rivals``: other tables the same header fits just as well; then nobody can tell which is meant.
    """

    table: Table
    columns: Mapping[int, Column]
    texts: Mapping[int, str]
    unknown: tuple[int, ...]
    first_data: int
    rivals: tuple[Table, ...] = ()


def find_heading(raw: RawTable, tables: Sequence[Table], fewest: int = FEWEST) -> Heading | None:
    """The header that names the most known columns; ``None`` when no row names ``fewest`` of one table.

    Of equals, the one with the fewest unknown columns, then the one in a single line.
    """
    best: tuple[tuple[int, int, int], Heading] | None = None
    for start in range(min(len(raw.rows), _SEARCHED_ROWS)):
        said = {folded(raw.name), *(folded(text) for row in raw.rows[:start] for text in row.filled)}
        for texts, length in _header_texts(raw, start):
            for table in tables:
                heading = _heading(table, texts, start + length)
                named = _NAMED_BONUS * any(name in said for name in table.names)
                score = (len(heading.columns) + named, -len(heading.unknown), -length)
                if len(heading.columns) < fewest or not _identifies(heading):
                    continue
                if best is None or score > best[0]:
                    best = (score, heading)
                elif score == best[0] and heading.first_data == best[1].first_data:
                    best = (score, replace(best[1], rivals=(*best[1].rivals, table)))
    return best[1] if best else None


def _identifies(heading: Heading) -> bool:
    """Whether a row can be told by it: a sub-list needs more than the name of the system."""
    fields = {column.field for column in heading.columns.values()}
    if "system" not in heading.table.by_field or not fields:
        return True
    return bool(fields & {"id", "requirement_id", "other_name", "other_system_id"}) or any(
        column.required and column.field in fields for column in heading.table.columns if column.field != "system"
    )


def _header_texts(raw: RawTable, start: int) -> Iterable[tuple[list[tuple[str, ...]], int]]:
    """Per column the ways to read its header: of one row, then of two rows joined."""
    row = raw.rows[start]
    yield [(text,) for text in row.texts], 1
    if start + 1 < len(raw.rows):
        yield _joined(row, raw.rows[start + 1]), 2


def _joined(upper: RawRow, lower: RawRow) -> list[tuple[str, ...]]:
    """A group header over sub-headers; a group without merged cells reaches to the next group."""
    ways: list[tuple[str, ...]] = []
    group = ""
    for index in range(max(len(upper.texts), len(lower.texts))):
        above, below = _at(upper.texts, index) or _at(upper.spread, index), _at(lower.texts, index)
        group = above or (group if below else "")
        if not below or below == group:
            ways.append((group,))
        elif not group:
            ways.append((below,))
        else:
            ways.append((f"{group} {below}", below))
    return ways


def _at(texts: Sequence[str], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _heading(table: Table, ways: Sequence[tuple[str, ...]], first_data: int) -> Heading:
    columns: dict[int, Column] = {}
    texts: dict[int, str] = {}
    claimed: dict[str, int] = {}
    unknown = []
    for index, readings in enumerate(ways):
        text = readings[0]
        if not text or folded(text) in _ORDINALS:
            continue
        texts[index] = text
        column = next((table.by_key[key] for key in map(folded, readings) if key in table.by_key), None)
        if column is None and "(" in text:
            column = table.by_key.get(folded(text.partition("(")[0]))
        if column is None:
            unknown.append(index)
            continue
        other = claimed.get(column.field)
        if other is not None and folded(text) != folded(column.header):  # the plainest header keeps the field
            unknown.append(index)
            continue
        if other is not None:
            unknown.append(other)
            del columns[other]
        claimed[column.field] = index
        columns[index] = column
    return Heading(table, columns, texts, tuple(sorted(unknown)), first_data)
