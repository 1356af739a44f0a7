"""The organisation: units that own, operate, protect and appraise systems."""

from __future__ import annotations

from compliance.adapters.inventory_columns import tables
from compliance.adapters.workspace import Workspace
from compliance.domain.inventory_export import table_rows
from compliance.domain.inventory_rows import Inventory
from compliance.domain.organization import Unit
from compliance.services.records import head_of

_KIND = "unit"


def units(workspace: Workspace) -> dict[str, Unit]:
    """Every recorded unit by id, ordered by id."""
    return {revision.id: Unit.model_validate_json(revision.body) for revision in workspace.store.heads(_KIND)}


def unit(workspace: Workspace, unit_id: str) -> Unit:
    """One unit.

    Raises:
        NotFound: there is none of this id; the nearest id is offered.
    """
    return Unit.model_validate_json(head_of(workspace, _KIND, unit_id).body)


def unit_lines(workspace: Workspace, unit_id: str) -> list[tuple[str, str]]:
    """One unit as header and text, empty ones left out.

    Raises:
        NotFound: there is none of this id.
    """
    table = next(table for table in tables(()) if table.id == "units")
    (row,) = table_rows(table, Inventory(units={unit_id: unit(workspace, unit_id)}))
    return [(column.header, text) for column, text in zip(table.columns, row, strict=True) if text]
