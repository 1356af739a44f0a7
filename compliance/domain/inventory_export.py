"""Stored records as rows of text, in the columns they would be imported from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from compliance.domain.column import Column, ColumnKind, Table
from compliance.domain.draft import Draft
from compliance.domain.inventory_parts import PARTS
from compliance.domain.inventory_rows import Inventory


def table_rows(table: Table, inventory: Inventory) -> Iterator[tuple[str, ...]]:
    """The rows of one sheet, ordered by record id; the texts read back as the same records."""
    for owner, record in _records(table.id, inventory):
        draft = Draft(type(record), record, None)
        yield tuple(_text(draft, column, table, owner) for column in table.columns)


def unprinted_facts(table: Table, inventory: Inventory) -> dict[str, tuple[str, ...]]:
    """Facts no column prints (questions of another regime), with the systems that hold them."""
    known = {column.field for column in table.columns if column.kind is ColumnKind.FACT}
    found: dict[str, list[str]] = {}
    for system in inventory.systems.values():
        for fact in system.facts:
            if fact not in known:
                found.setdefault(fact, []).append(system.id)
    return {fact: tuple(systems) for fact, systems in found.items()}


def _records(table: str, inventory: Inventory) -> Iterable[tuple[str, Any]]:
    if table == "units":
        return [("", unit) for _, unit in sorted(inventory.units.items())]
    if table == "answers":
        return [(answer.system_id, answer) for _, answer in sorted(inventory.answers.items())]
    systems = [system for _, system in sorted(inventory.systems.items())]
    if table in PARTS:
        return [(system.id, part) for system in systems for part in getattr(system, table)]
    return [("", system) for system in systems]


def _text(draft: Draft, column: Column, table: Table, owner: str) -> str:
    if column.kind is ColumnKind.SYSTEM:
        return owner
    if column.kind is ColumnKind.MARK:
        return ""
    if column.field == "assumed" and draft.values.get("assumed") is False:
        return ""
    return draft.text(column, table)
