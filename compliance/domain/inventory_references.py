"""References in an inventory row: what record a cell means, or why it means none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from compliance.domain.column import Column
from compliance.domain.directory import Directory
from compliance.domain.inventory_rows import RequirementPlace, Rules, SheetRow
from compliance.domain.organization import Unit
from compliance.domain.system import System
from compliance.domain.wording import folded
from compliance.domain.written import identifier, means_blank, means_clear

_SEVERAL = re.compile(r"[;\n]|\s(?:và|&)\s|,\s")


class Misfit(ValueError):
    """A cell does not fit; ``expected`` says what would."""

    def __init__(self, message: str, expected: str = "") -> None:
        super().__init__(message)
        self.expected = expected


class References:
    """Finds units and systems by id or name, stored and typed ones alike."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.unit_names = Directory(())
        self.system_names = Directory(())

    def unit(self, column: Column, text: str) -> str | None:
        """The unit a cell means; ``None`` when it says there is none.

        Raises:
            Misfit: no such unit, several units, or (Đ8.1.a) several owners.
        """
        found = self.unit_names.find(text)
        if not found and means_blank(text) and not column.required:
            return None
        pieces = [piece.strip() for piece in _SEVERAL.split(text) if piece.strip()]
        several = len(pieces) > 1 and (";" in text or "\n" in text or any(map(self.unit_names.find, pieces)))
        if not found and several:
            if column.field == "owner_id":
                raise Misfit(f"“{text}” nêu {len(pieces)} chủ quản. {self.rules.one_owner}", "một đơn vị")
            raise Misfit(f"“{text}” nêu {len(pieces)} đơn vị.", "một đơn vị chính; các đơn vị khác ghi ở cột Ghi chú")
        return self._one(self.unit_names, text, "đơn vị", "Đơn vị")

    def _one(self, directory: Directory, text: str, noun: str, sheet: str) -> str:
        found = directory.find(text)
        if len(found) > 1:
            raise Misfit(f"“{text}” là tên chung của nhiều {noun}.", f"ghi mã: {', '.join(found)}")
        if not found:
            hint = directory.hint(text)
            near = f"; gần nhất: “{hint}”" if hint else ""
            raise Misfit(f"Chưa có {noun} “{text}”.", f"mã hoặc tên một {noun} ở trang “{sheet}”{near}")
        return found[0]

    def system(self, text: str) -> str:
        """The system a cell means.

        Raises:
            Misfit: there is none, or several.
        """
        return self._one(self.system_names, text, "hệ thống", "Hệ thống")


def requirement_place(
    rules: Rules, row: SheetRow, stored_in: Callable[[str], str | None], level_of: Callable[[], int | None]
) -> RequirementPlace:
    """The requirement a row means; when several checklists hold it, the one named, stored, or of the system's level.

    Raises:
        Misfit: no such requirement, or it cannot be told which checklist is meant.
    """
    text = row.cells.get("requirement_id", "")
    if not text:
        raise Misfit("Thiếu mã yêu cầu hoặc điều khoản.", "mã trong danh mục yêu cầu, ví dụ 3.1 a)")
    places = rules.requirements.get(folded(text), ())
    if not places:
        raise Misfit(f"Không có yêu cầu “{text}” trong các danh mục.", "mã yêu cầu hoặc số mục, ví dụ 3.1 a)")
    named = folded(row.cells.get("checklist_id", ""))
    wanted = [place for place in places if folded(place.checklist_id) == named]
    if named and not wanted:
        known = ", ".join(place.checklist_id for place in places)
        raise Misfit(f"Yêu cầu “{text}” không có trong danh mục “{row.cells['checklist_id']}”.", known)
    if not wanted:
        stored = stored_in(places[0].requirement_id)
        wanted = [place for place in places if place.checklist_id == stored]
    if not wanted and len(places) > 1:
        level = level_of()
        wanted = [place for place in places if place.level == level]
    chosen = wanted or list(places)
    if len(chosen) > 1:
        known = ", ".join(place.checklist_id for place in chosen)
        raise Misfit(f"Yêu cầu “{text}” có trong nhiều danh mục.", f"ghi thêm cột “Danh mục yêu cầu”: {known}")
    return chosen[0]


def record_names(records: Iterable[Unit | System]) -> list[tuple[str, tuple[str, ...]]]:
    """Id and names of each record, for a directory."""
    return [(one.id, (one.name, one.header) if isinstance(one, Unit) else (one.name,)) for one in records]


def row_id(row: SheetRow, stored: Mapping[str, Any], known: Directory) -> str:
    """The id of a unit or system row: as typed, else that of the record of this name, else made from the name.

    Raises:
        Misfit: the row has neither, or the name is shared.
    """
    typed, name = row.cells.get("id", ""), row.cells.get("name", "")
    if not typed and not name:
        raise Misfit("Dòng không có mã và không có tên.", "tên đầy đủ, hoặc mã đã dùng")
    if not typed:
        found = known.find(name)
        if len(found) > 1:
            raise Misfit(f"“{name}” là tên chung của nhiều dòng đã lưu.", f"ghi mã: {', '.join(found)}")
        if found:
            return found[0]
    key = "" if means_clear(typed) else identifier(typed or name)
    if not key:
        raise Misfit(f"Không lập được mã từ “{typed or name}”.", "mã gồm chữ thường không dấu, số và gạch nối")
    if not typed and key in stored:
        raise Misfit(f"Mã lập từ tên (“{key}”) trùng với “{stored[key].name}” đã lưu.", "ghi mã riêng cho dòng này")
    return key
