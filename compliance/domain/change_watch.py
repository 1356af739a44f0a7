"""Watching an approved system: what changed since the approval, and what the law asks again because of it.

Đ10.2 (risk assessment), Đ25 (determination again), Đ28.3.b (conditions); which change asks what is data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.column import Column, ColumnKind, Table
from compliance.domain.inventory_export import table_rows
from compliance.domain.inventory_rows import Inventory
from compliance.domain.misfit import Misfit, doubles, unless_known
from compliance.domain.system import System

_WHOLE = "*"
_ROW = "id"
_EXAMPLE = "assumed"
_SYSTEMS = "systems"
_NOT_CHANGES = frozenset({ColumnKind.SYSTEM, ColumnKind.MARK, ColumnKind.SHOWN, ColumnKind.ASSUMED, ColumnKind.ID})


Names = Mapping[ColumnKind, Mapping[str, str]]
"""The names of what a cell of some kind holds the id of."""


class Proof(StrEnum):
    """What shows that something was done again: a risk assessment's day, the reopening, a check, the new dossier."""

    RISK_DAY = "risk_day"
    REOPENING = "reopening"
    CHECK = "check"
    PAGE = "page"


class RenewalAct(Frozen):
    """Something to be done again, and what the text says of the time for it; ``command`` holds ``{system}``."""

    id: str
    shown_by: Proof
    title: str
    due: str
    citation: str
    command: str
    uncertain: str = ""


class Cause(Frozen):
    """Why something must be done again that no single column shows."""

    title: str
    acts: tuple[str, ...]
    citation: str
    uncertain: str = ""


class Trigger(Cause):
    """Columns of the inventory whose change asks for acts; ``devices.*`` means every column of a sheet."""

    id: str = Field(pattern=r"^[a-z_]+$")
    fields: tuple[str, ...]

    def fires(self, change: Change) -> bool:
        """Whether a change is one of these."""
        return f"{change.table}.{change.field}" in self.fields or f"{change.table}.{_WHOLE}" in self.fields


class RenewalRules(Frozen):
    """Which change of an approved system asks for what."""

    regime: str
    checked_on: date
    source_note: str
    acts: tuple[RenewalAct, ...]
    level_change: Cause
    risk_above: Cause
    triggers: tuple[Trigger, ...]


class Change(Frozen):
    """One cell that reads otherwise than when it was approved; a whole row new or gone has one empty side."""

    table: str
    sheet: str
    row: str
    field: str
    header: str
    before: str
    after: str

    @property
    def whole_row(self) -> bool:
        """A row that is new or gone."""
        return self.field == _ROW


class Fired(Frozen):
    """A cause that holds today, the changes behind it and the acts it asks for."""

    cause: Cause
    changes: tuple[Change, ...]
    acts: tuple[RenewalAct, ...]


Trigger.model_rebuild()


def changes_of(before: System, after: System, tables: Iterable[Table], names: Mapping[str, str]) -> tuple[Change, ...]:
    """Every cell of the inventory that differs between two versions of a system.

    Args:
        before: as approved.
        after: as recorded today.
        tables: the inventory's tables.
        names: names of units and systems by id, for cells that hold an id.
    """
    sides = _named_in(before, names), _named_in(after, names)
    found: list[Change] = []
    for table in tables:
        if table.id == _SYSTEMS or getattr(before, table.id, None) != getattr(after, table.id, None):
            found += _table_changes(table, before, after, sides)
    return tuple(found)


def _named_in(system: System, names: Mapping[str, str]) -> Names:
    """Names as one version of the system has them: its own zones may be called otherwise in the other."""
    zones = {zone.id: zone.name for zone in system.zones}
    return {ColumnKind.UNIT: names, ColumnKind.OTHER_SYSTEM: names, ColumnKind.ZONE: zones}


def _says_something(column: Column) -> bool:
    """Marks of the sheet and of example values say nothing of the system."""
    return column.kind not in _NOT_CHANGES and column.field != _EXAMPLE


def _table_changes(table: Table, before: System, after: System, names: tuple[Names, Names]) -> Iterable[Change]:
    old, new = _rows(table, before), _rows(table, after)
    at = {column.field: place for place, column in enumerate(table.columns)}
    for row in dict.fromkeys((*old, *new)):
        if row not in old or row not in new:
            yield _whole_row(table, row, old.get(row), new.get(row), names)
            continue
        for column in table.columns:
            was, now = old[row][at[column.field]], new[row][at[column.field]]
            if was != now and _says_something(column):
                yield Change(
                    table=table.id,
                    sheet=table.sheet,
                    row=_called(table, row, new[row], at),
                    field=column.field,
                    header=column.header,
                    before=_named(column, was, names[0]),
                    after=_named(column, now, names[1]),
                )


def _rows(table: Table, system: System) -> dict[str, tuple[str, ...]]:
    place = next(at for at, column in enumerate(table.columns) if column.field == _ROW)
    return {row[place]: row for row in table_rows(table, Inventory(systems={system.id: system}))}


def _whole_row(
    table: Table, row: str, was: tuple[str, ...] | None, now: tuple[str, ...] | None, names: tuple[Names, Names]
) -> Change:
    at = {column.field: place for place, column in enumerate(table.columns)}

    def said(cells: tuple[str, ...] | None, names: Names) -> str:
        pairs = zip(table.columns, cells or (), strict=cells is not None)
        shown = [(one, text) for one, text in pairs if text and _says_something(one)]
        return "; ".join(f"{one.header}: {_named(one, text, names)}" for one, text in shown)

    return Change(
        table=table.id,
        sheet=table.sheet,
        row=_called(table, row, now or was or (), at),
        field=_ROW,
        header=f"{table.sheet}: {'thêm mới' if was is None else 'bỏ đi'}",
        before=said(was, names[0]),
        after=said(now, names[1]),
    )


def _called(table: Table, row: str, cells: Sequence[str], at: Mapping[str, int]) -> str:
    if table.id == _SYSTEMS:
        return ""
    name = next(
        (cells[at[field]] for field in ("name", "threat", "other_name") if field in at and cells[at[field]]), ""
    )
    return name or row


def _named(column: Column, text: str, names: Names) -> str:
    return names.get(column.kind, {}).get(text, text)


def fired(
    rules: RenewalRules,
    changes: Sequence[Change],
    *,
    approved_level: int,
    level: int | None,
    risk_level: int | None,
) -> tuple[Fired, ...]:
    """Every cause that holds, the gravest first: the level, the risk, then the changes in the order of the rules."""
    acts = {act.id: act for act in rules.acts}
    causes: list[tuple[Cause, tuple[Change, ...]]] = []
    if level is not None and level != approved_level:
        causes.append((rules.level_change, ()))
    if risk_level is not None and risk_level > approved_level:
        causes.append((rules.risk_above, ()))
    for trigger in rules.triggers:
        mine = tuple(change for change in changes if trigger.fires(change))
        if mine:
            causes.append((trigger, mine))
    return tuple(
        Fired(cause=cause, changes=mine, acts=tuple(acts[act] for act in cause.acts)) for cause, mine in causes
    )


def renewal_misfits(rules: RenewalRules) -> list[Misfit]:
    """What does not fit together: acts nobody defined, ids that stand twice."""
    known = [act.id for act in rules.acts]
    found = [*doubles("acts", known), *doubles("triggers", (one.id for one in rules.triggers))]
    causes = {"level_change": rules.level_change, "risk_above": rules.risk_above}
    causes |= {f"triggers.{one.id}": one for one in rules.triggers}
    for path, cause in causes.items():
        for act in cause.acts:
            found += unless_known(f"{path}.acts", act, known)
    return found
