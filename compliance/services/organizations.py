"""The organisation: units that own, operate, protect and appraise systems."""

from __future__ import annotations

from compliance.adapters.inventory_columns import tables
from compliance.adapters.workspace import Workspace
from compliance.domain.inventory_export import table_rows
from compliance.domain.inventory_rows import Inventory
from compliance.domain.organization import Unit
from compliance.domain.wording import nearest
from compliance.errors import NotFound

_KIND = "unit"


def units(workspace: Workspace) -> dict[str, Unit]:
    """Every recorded unit by id, ordered by id."""
    return {revision.id: Unit.model_validate_json(revision.body) for revision in workspace.store.heads(_KIND)}


def unit(workspace: Workspace, unit_id: str) -> Unit:
    """One unit.

    Raises:
        NotFound: there is none of this id; the nearest id is offered.
    """
    revision = workspace.store.head(_KIND, unit_id)
    if revision is None:
        near = nearest(unit_id, workspace.store.ids(_KIND))
        hint = f" Có phải “{near}”?" if near else " Xem danh sách: compliance organizations list"
        raise NotFound(f"Không có đơn vị “{unit_id}”.{hint}")
    return Unit.model_validate_json(revision.body)


def save_unit(workspace: Workspace, changed: Unit, reason: str = "") -> None:
    """Save a unit, new or changed, as one act.

    Raises:
        Conflict: somebody else saved it at the same moment.
    """
    head = workspace.store.head(_KIND, changed.id)
    with workspace.act(reason) as act:
        body = changed.model_dump_json(exclude_defaults=True)
        act.put(_KIND, changed.id, body, head.version if head else 0)


def unit_lines(workspace: Workspace, unit_id: str) -> list[tuple[str, str]]:
    """One unit as header and text, empty ones left out.

    Raises:
        NotFound: there is none of this id.
    """
    table = next(table for table in tables(()) if table.id == "units")
    (row,) = table_rows(table, Inventory(units={unit_id: unit(workspace, unit_id)}))
    return [(column.header, text) for column, text in zip(table.columns, row, strict=True) if text]
