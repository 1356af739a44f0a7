"""What offices hold, in the order it must be seen: what ends soonest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import Custody
from compliance.domain.overview import unit_name
from compliance.domain.wording import date_text
from compliance.errors import Refused
from compliance.services import organizations
from compliance.services.assignments import custodies, system_names
from compliance.services.records import head_of


@dataclass(frozen=True)
class CustodyRow:
    """One thing with the names around it; ``days_left`` to its last day, below 0 once it has passed."""

    custody: Custody
    unit_name: str
    systems: tuple[str, ...]
    days_left: int | None

    @property
    def state(self) -> str:
        """How it stands, in Vietnamese."""
        one = self.custody
        if one.withdrawn:
            return "Đã rút, không tính"
        if one.returned_on:
            return f"Đã thu hồi {date_text(one.returned_on)}"
        if one.lost_on:
            return f"Báo mất {date_text(one.lost_on)}"
        if one.valid_until is None:
            return "Đang giao, không ghi hạn"
        if self.days_left is not None and self.days_left < 0:
            return f"Hết hạn từ {date_text(one.valid_until)}"
        return f"Đang giao, còn {self.days_left} ngày (đến {date_text(one.valid_until)})"

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        one = self.custody
        return {
            **one.model_dump(mode="json"),
            "kind_label": one.kind.label,
            "unit_name": self.unit_name,
            "system_names": list(self.systems),
            "out": one.out,
            "days_left": self.days_left if one.out else None,
            "state": self.state,
        }


def listed_custody(
    workspace: Workspace, today: date, *, unit_id: str = "", expiring: int | None = None, every: bool = False
) -> tuple[CustodyRow, ...]:
    """What offices hold, what ends soonest first; ``every``: also what came back or was lost.

    Args:
        workspace: where it is recorded.
        today: the day days are counted from.
        unit_id: only what this unit holds.
        expiring: only what ends within so many days, or has ended.
        every: also what nobody holds any more.

    Raises:
        NotFound: no such unit.
        Refused: the number of days is below 0.
    """
    if expiring is not None and expiring < 0:
        raise Refused("Số ngày ở --expiring phải từ 0 trở lên.")
    if unit_id:
        head_of(workspace, "unit", unit_id)
    kept = [one for one in custodies(workspace) if (every or one.out) and unit_id in {"", one.unit_id}]
    units, called = organizations.units(workspace), system_names(workspace, kept)
    rows = [
        CustodyRow(
            custody=one,
            unit_name=unit_name(units, one.unit_id),
            systems=tuple(called.get(id_, id_) for id_ in one.system_ids),
            days_left=(one.valid_until - today).days if one.valid_until else None,
        )
        for one in kept
    ]
    if expiring is not None:
        rows = [row for row in rows if row.custody.out and row.days_left is not None and row.days_left <= expiring]
    return tuple(sorted(rows, key=lambda row: (row.custody.valid_until or date.max, row.custody.id)))
