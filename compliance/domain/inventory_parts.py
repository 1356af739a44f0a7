"""The sub-lists of a system while rows are merged over them: matching, removing and checking across rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from compliance.domain.cells import read_cell
from compliance.domain.column import Table
from compliance.domain.draft import Draft, changed_texts
from compliance.domain.inventory_rows import SheetRow
from compliance.domain.system import Connection, Device, Risk, Service, Zone
from compliance.domain.wording import folded, nearest
from compliance.domain.written import identifier, means_clear
from compliance.errors import Fault

PARTS: Mapping[str, type[BaseModel]] = {
    "devices": Device,
    "services": Service,
    "zones": Zone,
    "connections": Connection,
    "risks": Risk,
}
"""The sub-lists of a system; the key is the field of the system and the id of the table."""
_NAMES = {"connections": ("other_name", "other_system_id"), "risks": ("threat",)}
_MARKS = ("serial", "address")
"""What tells two devices of one name apart when nobody gave them ids."""


class SystemParts:
    """The sub-lists of one system, row by row; ``values`` are the system's own and receive the finished lists."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.stored: dict[str, dict[str, BaseModel]] = {
            table: {part.id: part for part in values.get(table, ())} for table in PARTS
        }
        self.drafts: dict[str, dict[str, Draft]] = {table: {} for table in PARTS}
        self.removed: dict[str, dict[str, SheetRow]] = {table: {} for table in PARTS}
        self._named: dict[str, dict[str, list[str]]] = {}

    def draft(self, row: SheetRow) -> Draft | None:
        """The part a row means, ready for its cells; ``None`` when the row removes it.

        Raises:
            ValueError: two rows mean one part, no id can be made, or there is nothing to remove.
        """
        table = row.table.id
        key = self._key(row)
        drafts, removed = self.drafts[table], self.removed[table]
        if key in drafts or key in removed:
            first = drafts[key].row if key in drafts else removed[key]
            where = f" đã dùng ở {first.place}" if first else ""
            raise ValueError(f"Mã “{key}”{where}. Mỗi dòng cần một mã riêng; hãy điền cột mã.")
        if self._is_removal(row):
            if key not in self.stored[table]:
                raise ValueError(f"Không có “{key}” trong hệ thống này để xóa.")
            removed[key] = row
            return None
        drafts[key] = draft = Draft(PARTS[table], self.stored[table].get(key), row)
        draft.values["id"] = key
        return draft

    def zone_id(self, text: str) -> str:
        """The id of the zone a device cell names.

        Raises:
            ValueError: the system has no such zone.
        """
        zones = {key: zone.values.get("name", "") for key, zone in self._current("zones").items()}
        key = folded(text)
        for one, name in zones.items():
            if text == one or key in {folded(one), folded(name)}:
                return one
        near = nearest(text, [*zones, *zones.values()])
        hint = f" Gần nhất: “{near}”." if near else " Hãy kê vùng này ở trang “Vùng mạng”."
        raise ValueError(f"Hệ thống chưa có vùng mạng “{text}”.{hint}")

    def finish(self, system_row: SheetRow | None) -> list[Fault]:
        """Put the finished lists into the system; the faults of parts and across them."""
        faults: list[Fault] = []
        for table in PARTS:
            if not self.drafts[table] and not self.removed[table]:
                continue
            records = []
            for draft in self._current(table).values():
                record, found = (draft.base, []) if draft.row is None else draft.finish(draft.row.table)
                faults.extend(found)
                if record is not None:
                    records.append(record)
            self.values[table] = tuple(records)
        if not faults:
            faults = list(self._misplaced(system_row))
        return faults

    def changes(self, tables: Mapping[str, Table]) -> Iterator[tuple[str, str, str, str]]:
        """Part, column, old text and new text of every change."""
        for name in PARTS:
            table = tables[name]
            for draft in self.drafts[name].values():
                label = f"{table.sheet} “{_title(name, draft.values)}”"
                if draft.base is None:
                    yield label, "", "", "thêm"
                    continue
                for header, old, new in changed_texts(table, Draft(draft.model, draft.base, None), draft):
                    yield label, header, old, new
            for key in self.removed[name]:
                yield f"{table.sheet} “{_title(name, dict(self.stored[name][key]))}”", "", "", "xóa"

    def _current(self, table: str) -> dict[str, Draft]:
        """Every part as it stands now, stored order first."""
        kept = {
            key: self.drafts[table].get(key) or Draft(PARTS[table], part, None)
            for key, part in self.stored[table].items()
            if key not in self.removed[table]
        }
        return kept | self.drafts[table]

    def _misplaced(self, system_row: SheetRow | None) -> Iterator[Fault]:
        """Devices whose zone is gone or whose address lies outside it."""
        if not any((self.drafts["devices"], self.drafts["zones"], self.removed["zones"])):
            return
        zones = {zone.id: zone for zone in self.values.get("zones", ())}
        for device in self.values.get("devices", ()):
            if not device.zone_id:
                continue
            row = self._row_to_blame(device, system_row)
            zone = zones.get(device.zone_id)
            if row is None:
                continue
            if zone is None:
                yield row.fault("zone_id", f"Vùng mạng của thiết bị “{device.name}” không còn.", "vùng mạng khác")
            elif (
                device.address and (zone.private_addresses or zone.public_addresses) and not zone.holds(device.address)
            ):
                ranges = "; ".join((*zone.private_addresses, *zone.public_addresses))
                message = f"Địa chỉ {device.address} của “{device.name}” nằm ngoài vùng mạng “{zone.name}”."
                yield row.fault("address", message, f"địa chỉ trong {ranges}")

    def _row_to_blame(self, device: Device, system_row: SheetRow | None) -> SheetRow | None:
        draft, zone = self.drafts["devices"].get(device.id), self.drafts["zones"].get(device.zone_id or "")
        touched = (draft and draft.row) or (zone and zone.row) or self.removed["zones"].get(device.zone_id or "")
        return touched or system_row

    def _is_removal(self, row: SheetRow) -> bool:
        text = row.cells.get("remove", "")
        return bool(text) and read_cell(row.table.by_field["remove"], text) is True

    def _key(self, row: SheetRow) -> str:
        typed = row.cells.get("id", "")
        if typed:
            key = "" if means_clear(typed) else identifier(typed)
            if not key:
                raise ValueError(f"Mã “{typed}” không dùng được; mã gồm chữ thường không dấu, số và gạch nối.")
            return key
        name = next((row.cells[one] for one in _NAMES.get(row.table.id, ("name",)) if row.cells.get(one)), "")
        if not identifier(name):
            raise ValueError("Dòng không có mã và không có tên.")
        return self._key_by_name(row, name)

    def _key_by_name(self, row: SheetRow, name: str) -> str:
        """The part of this name with the same marks, else the one of this name, else a new id."""
        table, mark = row.table.id, _mark(row.cells)
        same = self._same_name(table, name)
        for key in same:
            if mark and _mark(dict(self.stored[table][key])) == mark:
                return key
        taken = {*self.drafts[table], *self.removed[table]}
        free = [key for key in same if key not in taken and (len(same) == 1 or not mark or key == identifier(name))]
        if free and not (mark and len(same) > 1 and _mark(dict(self.stored[table][free[0]]))):
            return free[0]
        key = identifier(name)
        if mark and (key in taken or key in self.stored[table]):
            key = identifier(f"{name} {mark}")
        return key

    def _same_name(self, table: str, name: str) -> list[str]:
        if table not in self._named:
            named: dict[str, list[str]] = {}
            for key, part in self.stored[table].items():
                named.setdefault(folded(_title(table, dict(part))), []).append(key)
            self._named[table] = named
        return self._named[table].get(folded(name), [])


def _title(table: str, values: Mapping[str, Any]) -> str:
    names = _NAMES.get(table, ("name",))
    return next((str(values[one]) for one in names if values.get(one)), str(values.get("id", "")))


def _mark(values: Mapping[str, Any]) -> str:
    return next((str(values[one]) for one in _MARKS if values.get(one)), "")
