"""Merging the rows of an inventory over what is stored.

A row changes only the columns it fills: an empty cell leaves the stored value alone, ``(xóa)`` clears it, and a stated
absence replaces it. Every fault is collected with its place; a proposal with faults must not be saved.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from pydantic import BaseModel

from compliance.domain.assessment import Answer, Result
from compliance.domain.cells import Unanswered, read_cell, stated_absence
from compliance.domain.column import Column, ColumnKind, Table
from compliance.domain.directory import Directory
from compliance.domain.draft import Draft, changed_texts
from compliance.domain.inventory_parts import SystemParts
from compliance.domain.inventory_references import Misfit, References, record_names, requirement_place, row_id
from compliance.domain.inventory_rows import KINDS, Difference, Inventory, Proposal, Rules, SheetRow
from compliance.domain.organization import Unit
from compliance.domain.system import System
from compliance.domain.wording import folded, nearest
from compliance.domain.written import means_blank, means_clear
from compliance.errors import Fault

_KEYS = frozenset({"id", "system", "remove", "requirement_id", "checklist_id"})
"""Columns that say which record a row means; they are not written into it as cells."""
_CHECKED = ("result", "present_state", "reason")
"""What a check finds of an answer."""
_LABELS = {"unit": "đơn vị", "system": "hệ thống", "answer": "biện pháp"}


def merge(rows: Sequence[SheetRow], stored: Inventory, rules: Rules, tables: Sequence[Table]) -> Proposal:
    """What the rows would change, with every fault and note; linear in rows and records."""
    work = _Merge(stored, rules, {table.id: table for table in tables})
    by_table: dict[str, list[SheetRow]] = defaultdict(list)
    for row in rows:
        by_table[row.table.id].append(row)
    work.merge_units(by_table["units"])
    work.merge_systems(by_table["systems"])
    for table in ("zones", "devices", "services", "connections", "risks"):  # devices name zones
        work.merge_parts(by_table[table])
    work.merge_answers(by_table["answers"])
    return work.proposal()


class _Merge:
    """The work in progress: drafts by id, faults and notes."""

    def __init__(self, stored: Inventory, rules: Rules, tables: Mapping[str, Table]) -> None:
        self.stored = stored
        self.rules = rules
        self.tables = tables
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self.units: dict[str, Draft] = {}
        self.systems: dict[str, Draft] = {}
        self.answers: dict[str, Draft] = {}
        self.parts: dict[str, SystemParts] = {}
        self.names = References(rules)

    # --- units and systems

    def merge_units(self, rows: Sequence[SheetRow]) -> None:
        """Units first: everything else names them."""
        known = Directory((unit.id, (unit.name, unit.header)) for unit in self.stored.units.values())
        identified = self._identified(rows, self.units, self.stored.units, Unit, known)
        typed = ((one, (draft.row.cells.get("name", ""), draft.row.cells.get("header", "")))
                 for one, draft in identified if draft.row)  # fmt: skip
        self.names.unit_names = Directory([*record_names(self.stored.units.values()), *typed])
        for _, draft in identified:
            self._apply(draft)
        self._check_parents()

    def merge_systems(self, rows: Sequence[SheetRow]) -> None:
        """Systems next: parts and answers name them."""
        known = Directory(record_names(self.stored.systems.values()))
        identified = self._identified(rows, self.systems, self.stored.systems, System, known)
        typed = ((one, (draft.row.cells.get("name", ""),)) for one, draft in identified if draft.row)
        self.names.system_names = Directory([*record_names(self.stored.systems.values()), *typed])
        for _, draft in identified:
            self._apply(draft)

    def _identified(
        self,
        rows: Sequence[SheetRow],
        drafts: dict[str, Draft],
        stored: Mapping[str, Any],
        model: type[BaseModel],
        known: Directory,
    ) -> list[tuple[str, Draft]]:
        found = []
        for row in rows:
            try:
                key = row_id(row, stored, known)
            except Misfit as misfit:
                self.faults.append(row.fault("id", str(misfit), misfit.expected))
                continue
            first = drafts.get(key)
            taken = first.row if first is not None else None
            if taken is not None:
                message = f"Mã “{key}” đã dùng ở {taken.place}."
                self.faults.append(row.fault("id", message, "mỗi mã chỉ một dòng; gộp hai dòng hoặc đổi mã"))
            draft = Draft(model, stored.get(key), row)
            draft.values["id"] = key
            if taken is None:  # a second row is still read, so that its own faults are told too
                drafts[key] = draft
            found.append((key, draft))
        return found

    def _check_parents(self) -> None:
        parents = {unit.id: unit.parent_id for unit in self.stored.units.values()}
        parents |= {one: draft.values.get("parent_id") for one, draft in self.units.items()}
        clear: set[str] = set()
        for start, draft in self.units.items():
            path: dict[str, None] = {}
            at: str | None = start
            while at is not None and at not in clear and at not in path:
                path[at] = None
                at = parents.get(at)
            if at in path and draft.row is not None:
                message = "Đơn vị cấp trên vòng lại chính đơn vị này."
                self.faults.append(draft.row.fault("parent_id", message, "đơn vị cấp trên thật"))
            clear.update(path)

    # --- parts and answers

    def merge_parts(self, rows: Sequence[SheetRow]) -> None:
        """Devices, services, zones, connections and risks, each matched by its system and id."""
        for row in rows:
            owner = self._system_of(row)
            if owner is None:
                continue
            try:
                part = self._parts(owner).draft(row)
            except ValueError as misfit:
                self.faults.append(row.fault("id", str(misfit)))
                continue
            if part is not None:
                self._apply(part, owner)
                if row.table.id == "connections":
                    self._settle_other_end(part, row, owner)

    def _parts(self, system_id: str) -> SystemParts:
        if system_id not in self.parts:
            if system_id not in self.systems:
                self.systems[system_id] = Draft(System, self.stored.systems[system_id], None)
            self.parts[system_id] = SystemParts(self.systems[system_id].values)
        return self.parts[system_id]

    def _system_of(self, row: SheetRow) -> str | None:
        text = row.cells.get("system", "")
        if not text:
            self.faults.append(row.fault("system", "Thiếu mã hệ thống.", "mã hoặc tên hệ thống của dòng này"))
            return None
        try:
            return self.names.system(text)
        except Misfit as misfit:
            self.faults.append(row.fault("system", str(misfit), misfit.expected))
            return None

    def _settle_other_end(self, part: Draft, row: SheetRow, owner: str) -> None:
        """A name that is one of our systems becomes a reference to it; a system does not connect to itself."""
        name = row.cells.get("other_name", "")
        if name and part.values.get("other_name") == name and not part.values.get("other_system_id"):
            found = self.names.system_names.find(name)
            if len(found) == 1:
                part.values |= {"other_system_id": found[0], "other_name": ""}
        if part.values.get("other_system_id") == owner:
            self.faults.append(row.fault("other_name", "Hệ thống kết nối với chính nó.", "hệ thống ở đầu bên kia"))

    def merge_answers(self, rows: Sequence[SheetRow]) -> None:
        """Present state and measures, one per system and requirement."""
        for row in rows:
            owner = self._system_of(row)
            if owner is None:
                continue
            try:
                place = requirement_place(
                    self.rules, row, partial(self._stored_checklist, owner), partial(self._level, owner)
                )
            except Misfit as misfit:
                self.faults.append(row.fault("requirement_id", str(misfit), misfit.expected))
                continue
            key = f"{owner}/{place.requirement_id}"
            first = self.answers.get(key)
            if first is not None and first.row is not None:
                message = f"Yêu cầu này của hệ thống đã ghi ở {first.row.place}."
                self.faults.append(row.fault("requirement_id", message, "mỗi yêu cầu chỉ một dòng"))
                continue
            base = self.stored.answers.get(key)
            self.answers[key] = draft = Draft(Answer, base, row)
            draft.values |= {
                "system_id": owner,
                "requirement_id": place.requirement_id,
                "checklist_id": place.checklist_id,
                "result": base.result if base else Result.NOT_ASSESSED,
            }
            self._apply(draft)
            if base is not None and any(draft.values[name] != getattr(base, name) for name in _CHECKED):
                draft.values["assessment_id"] = ""  # the office now says otherwise than the check found

    def _stored_checklist(self, system_id: str, requirement_id: str) -> str | None:
        stored = self.stored.answers.get(f"{system_id}/{requirement_id}")
        return stored.checklist_id if stored else None

    def _level(self, system_id: str) -> int | None:
        draft = self.systems.get(system_id)
        record = draft.finish(self.tables["systems"])[0] if draft else self.stored.systems[system_id]
        return self.rules.level_of(record) if isinstance(record, System) else None

    # --- cells

    def _apply(self, draft: Draft, owner: str = "") -> None:
        row = draft.row
        if row is None:
            return
        for name, text in row.cells.items():
            if name not in _KEYS:
                self._cell(draft, row, row.table.by_field[name], text, owner)
        if "assumed" in row.cells and row.table.by_field["assumed"].kind is ColumnKind.ASSUMED:
            self._assume(draft, row, row.table.by_field["assumed"])

    def _cell(self, draft: Draft, row: SheetRow, column: Column, text: str, owner: str) -> None:
        if column.kind is ColumnKind.ASSUMED or text == draft.text(column, row.table):
            return
        if column.kind is ColumnKind.SHOWN:
            self.notes.append(row.fault(column.field, "Cột này chỉ để xem, không nhập.", "lệnh attach-diagram"))
            return
        try:
            self._write(draft, column, text, owner)
        except Unanswered:
            message = f"“{text}” được hiểu là chưa trả lời; giá trị đã lưu (nếu có) giữ nguyên."
            self.notes.append(row.fault(column.field, message))
        except ValueError as misfit:
            draft.failed.add(column.top_field)
            expected = misfit.expected if isinstance(misfit, Misfit) else ""
            self.faults.append(row.fault(column.field, str(misfit), expected))

    def _write(self, draft: Draft, column: Column, text: str, owner: str) -> None:
        if means_clear(text):
            if column.required:
                raise Misfit("Không được xóa mục bắt buộc này.", column.note)
            draft.clear(column)
            return
        absence = stated_absence(column, text) if draft.states_absences else None
        if absence is not None:
            if column.required:
                raise Misfit(f"Mục này bắt buộc, không thể ghi “{text}”.", column.note)
            draft.state_absence(column, absence)
            return
        draft.set(column, self._value(column, text, owner))

    def _value(self, column: Column, text: str, owner: str) -> object:
        if column.kind is ColumnKind.UNIT:
            return self.names.unit(column, text)
        if column.kind is ColumnKind.OTHER_SYSTEM:
            return self.names.system(text)
        if column.kind is ColumnKind.ZONE:
            return None if means_blank(text) else self.parts[owner].zone_id(text)
        return read_cell(column, text)

    def _assume(self, draft: Draft, row: SheetRow, column: Column) -> None:
        """The listed headers replace the marks; ``(xóa)`` takes them all away."""
        text = row.cells["assumed"]
        if means_clear(text):
            draft.values["assumed"] = ()
            return
        fields = []
        for header in re.split(r"[;\n]", text):
            found = row.table.by_key.get(folded(header))
            if found is not None:
                fields.append(found.top_field)
            elif header.strip():
                hint = nearest(header, [one.header for one in row.table.columns])
                expected = f"đúng tiêu đề cột; gần nhất: “{hint}”" if hint else "đúng tiêu đề cột, cách nhau bằng dấu ;"
                self.faults.append(row.fault(column.field, f"Không có cột “{header.strip()}”.", expected))
        draft.values["assumed"] = tuple(dict.fromkeys(fields))

    # --- outcome

    def proposal(self) -> Proposal:
        """Finish the drafts, check across records, and tell what would change."""
        changed: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        outcome: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in KINDS}
        differences: list[Difference] = []
        for kind, table, drafts in (
            ("unit", "units", self.units),
            ("system", "systems", self.systems),
            ("answer", "answers", self.answers),
        ):
            for key, draft in drafts.items():
                parts = self.parts.get(key) if kind == "system" else None
                if parts is not None:
                    self.faults.extend(parts.finish(draft.row))
                record, faults = draft.finish(self.tables[table])
                self.faults.extend(faults)
                if record is None:
                    continue
                if record == draft.base:
                    outcome[kind]["unchanged"].append(key)
                    continue
                outcome[kind]["updated" if draft.base is not None else "created"].append(key)
                changed[kind][key] = record
                differences.extend(self._differences(kind, key, draft, parts))
        return Proposal(
            changed=Inventory(changed["unit"], changed["system"], changed["answer"]),
            created={kind: tuple(outcome[kind]["created"]) for kind in KINDS},
            updated={kind: tuple(outcome[kind]["updated"]) for kind in KINDS},
            unchanged={kind: tuple(outcome[kind]["unchanged"]) for kind in KINDS},
            differences=tuple(differences),
            notes=tuple(self.notes),
            faults=tuple(sorted(self.faults, key=_reading_order)),
        )

    def _differences(self, kind: str, key: str, draft: Draft, parts: SystemParts | None) -> Iterable[Difference]:
        name = draft.values.get("name", "")
        if draft.base is None:
            yield Difference(kind, key, name, "", "", "", f"thêm {_LABELS[kind]} mới")
        else:
            table = self.tables[{"unit": "units", "system": "systems", "answer": "answers"}[kind]]
            for header, old, new in changed_texts(table, Draft(draft.model, draft.base, None), draft):
                yield Difference(kind, key, name, "", header, old, new)
        if parts is not None:
            for part, header, old, new in parts.changes(self.tables):
                yield Difference(kind, key, name, part, header, old, new)


def _reading_order(fault: Fault) -> tuple[str, str, int]:
    return fault.file, fault.sheet, fault.row or 0
