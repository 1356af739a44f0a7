"""A record while rows are being merged over it; it becomes a frozen record again when it is finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from compliance.domain.blank import Absence
from compliance.domain.cells import cell_text
from compliance.domain.column import Column, ColumnKind, Table
from compliance.domain.inventory_rows import SheetRow
from compliance.domain.system import EarlierApproval
from compliance.domain.wording import canonical
from compliance.errors import Fault

_GROUPS: Mapping[str, type[BaseModel]] = {"earlier_approval": EarlierApproval}
"""Fields that are a record of their own and have a column per part."""


class Draft:
    """The values of one record, with the row that touched it; ``base`` is the stored record, if any."""

    def __init__(self, model: type[BaseModel], base: BaseModel | None, row: SheetRow | None) -> None:
        self.model = model
        self.base = base
        self.row = row
        self.values: dict[str, Any] = dict(base) if base is not None else {}
        self.failed: set[str] = set()
        self.states_absences = "absences" in model.model_fields

    def default(self, name: str) -> Any:
        """What a field holds before anybody fills it."""
        field = self.model.model_fields[name]
        return None if field.is_required() else field.get_default(call_default_factory=True)

    def get(self, column: Column) -> Any:
        """The value a column shows."""
        if column.kind is ColumnKind.FACT:
            return self.values.get("facts", {}).get(column.field)
        if column.top_field == column.field:
            return self.values.get(column.field, self.default(column.field))
        group = self.values.get(column.top_field)
        return getattr(group, column.field.partition(".")[2], None)

    def text(self, column: Column, table: Table) -> str:
        """The text a column shows: the value, else the stated absence."""
        if column.kind is ColumnKind.ASSUMED:
            return assumed_text(self.values.get("assumed", ()), table)
        shown = cell_text(column, self.get(column))
        if shown or not self.states_absences:
            return canonical(shown)
        absence = self.values.get("absences", {}).get(column.top_field)
        return canonical(absence.text) if absence else ""

    def set(self, column: Column, value: object) -> None:
        """Put a value; a stated absence and an example mark on the field are over."""
        self._drop_marks(column)
        self._put(column, value)

    def clear(self, column: Column) -> None:
        """Empty the field: no value, no stated absence."""
        self._drop_marks(column)
        self._put(column, None)

    def state_absence(self, column: Column, absence: Absence) -> None:
        """Say why the field is empty."""
        self.clear(column)
        self.values["absences"] = {**self.values.get("absences", {}), column.top_field: absence}

    def finish(self, table: Table) -> tuple[BaseModel | None, list[Fault]]:
        """The record, or the faults that keep it from being one."""
        try:
            return self.model.model_validate(self.values), []
        except ValidationError as error:
            if self.row is None:
                raise
            told = [one for one in error.errors() if not (one["loc"] and one["loc"][0] in self.failed)]
            return None, [_fault(self.row, table, one) for one in told]

    def _put(self, column: Column, value: object) -> None:
        if column.kind is ColumnKind.FACT:
            facts = {key: one for key, one in self.values.get("facts", {}).items() if key != column.field}
            self.values["facts"] = facts if value is None else facts | {column.field: value}
        elif column.top_field in _GROUPS and column.top_field != column.field:
            self._put_in_group(column, value)
        else:
            self.values[column.field] = self.default(column.field) if value is None else value

    def _put_in_group(self, column: Column, value: object) -> None:
        model, part = _GROUPS[column.top_field], column.field.partition(".")[2]
        old = self.values.get(column.top_field)
        values: dict[str, Any] = dict(old) if old is not None else {}
        values[part] = model.model_fields[part].get_default() if value is None else value
        group = model.model_validate(values)
        self.values[column.top_field] = None if group == model() else group

    def _drop_marks(self, column: Column) -> None:
        name = column.top_field
        absences = self.values.get("absences", {})
        if name in absences and (name == column.field or self.values.get(name) is None):
            self.values["absences"] = {key: one for key, one in absences.items() if key != name}
        assumed = self.values.get("assumed", ())
        if self.states_absences and name in assumed:
            self.values["assumed"] = tuple(one for one in assumed if one != name)


def _fault(row: SheetRow, table: Table, error: Any) -> Fault:
    name = str(error["loc"][0]) if error["loc"] else ""
    if error["type"] == "missing":
        column = table.by_field.get(name)
        header = column.header if column else name
        return row.fault(name, f"Thiếu “{header}”.", column.note if column else "")
    if error["type"] == "value_error":
        return row.fault(name, f"{str(error['msg']).removeprefix('Value error, ').capitalize()}.")
    return row.fault(name, f"Giá trị “{error.get('input')}” không hợp lệ.")


def assumed_text(fields: Sequence[str], table: Table) -> str:
    """The headers of the fields whose value is an example, as one cell."""
    headers: dict[str, str] = {}
    for column in table.columns:
        headers.setdefault(column.top_field, column.header)
    return "; ".join(headers.get(name, name) for name in fields)


def changed_texts(table: Table, before: Draft, after: Draft) -> list[tuple[str, str, str]]:
    """Header, old text and new text of every column whose text changed, in sheet order."""
    found = []
    for column in table.columns:
        if column.kind in {ColumnKind.SYSTEM, ColumnKind.MARK, ColumnKind.SHOWN}:
            continue
        old, new = before.text(column, table), after.text(column, table)
        if old != new:
            found.append((column.header, old, new))
    return found
