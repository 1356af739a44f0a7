"""Whose report it is: the owner (chủ quản) named, or the only one the commune has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compliance.domain.organization import Unit, UnitTier
from compliance.domain.system import Ownership, System
from compliance.errors import NotFound, Refused


def concerns(system: System, owner: Unit, units: Mapping[str, Unit]) -> bool:
    """Whether a report of an owner speaks of a system: its own, and those its commune runs for a superior."""
    if system.owner_id == owner.id:
        return True
    theirs = units.get(system.owner_id)
    superior = theirs is not None and theirs.tier is not UnitTier.COMMUNE
    return superior and owner.tier is UnitTier.COMMUNE and system.ownership is Ownership.OPERATED


def report_owner(systems: Iterable[System], units: Mapping[str, Unit], owner_id: str = "") -> Unit:
    """The owner a report is about.

    Args:
        systems: every recorded system.
        units: every recorded unit by id.
        owner_id: as named by the officer; empty for the only owner in the commune.

    Raises:
        NotFound: no such unit, or it has no system a report speaks of.
        Refused: there is no owner, or more than one and none is named.
    """
    if owner_id:
        if owner_id not in units:
            raise NotFound(f"Không có đơn vị “{owner_id}”. Xem danh sách: compliance organizations list")
        owner = units[owner_id]
        if not any(one.needs_dossier and concerns(one, owner, units) for one in systems):
            raise NotFound(
                f"“{owner.name}” không là chủ quản của hệ thống nào phải lập hồ sơ ở đây. Xem chủ quản của từng hệ "
                "thống: compliance systems list"
            )
        return owner
    every = sorted({one.owner_id for one in systems if one.needs_dossier} & units.keys())
    local = [id_ for id_ in every if units[id_].tier is UnitTier.COMMUNE]
    known = local or every
    if len(known) == 1:
        return units[known[0]]
    if not known:
        raise Refused(
            "Chưa có hệ thống nào phải lập hồ sơ nên chưa có số liệu để báo cáo. Hãy nhập bảng kê: compliance systems "
            "import TỆP"
        )
    raise Refused(f"Có nhiều chủ quản: {', '.join(known)}. Hãy chọn một bằng --owner MÃ.")
