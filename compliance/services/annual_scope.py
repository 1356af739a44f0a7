"""Which report is asked for: who sends it to whom, about which systems, and why the others are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from compliance.domain.annual_scope import Placed
from compliance.domain.organization import Unit, UnitKind
from compliance.domain.overview import unit_name
from compliance.domain.report import Behind
from compliance.domain.reporting import DraftKind
from compliance.domain.system import Ownership, System
from compliance.domain.wording import nearest
from compliance.errors import NotFound, Refused


@dataclass(frozen=True)
class Asked:
    """Which draft is asked for; empty ids = as the records suggest."""

    draft: DraftKind = DraftKind.OWNER
    owner_id: str = ""
    operator_id: str = ""


@dataclass(frozen=True)
class Scope:
    """Who reports for which owners: ``owner_id`` leads, ``sender_id`` signs; systems by id that count, and the rest."""

    draft: DraftKind
    owner_id: str
    owner_ids: tuple[str, ...]
    sender_id: str
    system_ids: tuple[str, ...]
    left_out: tuple[Behind, ...]
    remarks: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        """What tells this draft from the others of the owner's period."""
        return f"{self.draft.value}-{self.sender_id}" if self.draft is DraftKind.OPERATOR else self.draft.value


def scope(asked: Asked, systems: Sequence[System], placed: Mapping[str, Placed], units: Mapping[str, Unit]) -> Scope:
    """Who reports and which systems count.

    Args:
        asked: the draft.
        systems: every recorded system.
        placed: whether each belongs to the period, by id.
        units: every recorded unit.

    Raises:
        NotFound: the owner or the operator named has no system here.
        Refused: nothing is recorded, or one of several operators must be named.
    """
    if not systems:
        raise Refused(
            "Chưa kê hệ thống nào nên không có số liệu để báo cáo. Hãy nhập bảng kê: compliance systems import "
            "bang-ke.xlsx"
        )
    if asked.draft is DraftKind.OPERATOR:
        return _of_operator(asked, systems, placed, units)
    return _of_owner(asked, systems, placed, units)


def _of_owner(
    asked: Asked, systems: Sequence[System], placed: Mapping[str, Placed], units: Mapping[str, Unit]
) -> Scope:
    owned = [one for one in systems if one.ownership is Ownership.OWNED]
    owners = list(Counter(one.owner_id for one in owned))
    if asked.owner_id:
        _known(asked.owner_id, owners, "chủ quản", units)
        owners = [asked.owner_id]
    if not owners:
        raise Refused(
            "Bảng kê không có hệ thống nào do cơ quan là chủ quản nên cơ quan không phải lập báo cáo của chủ quản. Hệ "
            "thống vận hành cho cấp trên thì báo cáo cấp trên: compliance reports annual --year NĂM --draft operator"
        )
    lead = _lead(owners, owned, units)
    security = security_unit_of(lead, owned) or ""
    chosen = [one for one in owned if one.owner_id in owners]
    return Scope(
        draft=asked.draft,
        owner_id=lead,
        owner_ids=(lead, *(one for one in sorted(owners) if one != lead)),
        sender_id=lead if asked.draft is DraftKind.OWNER else security,
        system_ids=tuple(one.id for one in chosen if placed[one.id].counts),
        left_out=tuple(_left_out(chosen, systems, placed, units)),
        remarks=tuple(_owner_remarks(asked, lead, owners, security, units)),
    )


def _owner_remarks(
    asked: Asked, lead: str, owners: Sequence[str], security: str, units: Mapping[str, Unit]
) -> Iterable[str]:
    if len(owners) > 1:
        names = "; ".join(unit_name(units, one) for one in owners)
        yield (
            f"Có {len(owners)} chủ quản ({names}); báo cáo này gộp tất cả, đứng tên {unit_name(units, lead)}. Nếu từng "
            "chủ quản báo cáo riêng thì thêm --owner MÃ-CHỦ-QUẢN."
        )
    if asked.draft is DraftKind.UNIT and not security:
        yield "Chưa kê đơn vị chuyên trách về an ninh mạng của chủ quản nên chưa biết báo cáo đứng tên ai."


def _lead(owners: Sequence[str], owned: Sequence[System], units: Mapping[str, Unit]) -> str:
    """The committee among them, else the owner of most systems."""
    times = Counter(one.owner_id for one in owned)

    def weight(owner: str) -> tuple[bool, int, str]:
        unit = units.get(owner)
        return (unit is None or unit.kind is not UnitKind.PEOPLES_COMMITTEE, -times[owner], owner)

    return min(owners, key=weight)


def security_unit_of(owner_id: str, systems: Iterable[System]) -> str | None:
    """The dedicated unit most systems of an owner name."""
    named = Counter(one.security_unit_id for one in systems if one.owner_id == owner_id and one.security_unit_id)
    return min(named, key=lambda id_: (-named[id_], id_ or ""), default=None)


def _of_operator(
    asked: Asked, systems: Sequence[System], placed: Mapping[str, Placed], units: Mapping[str, Unit]
) -> Scope:
    run = [one for one in systems if one.ownership is not Ownership.USED and one.operator_id]
    pairs = sorted({(one.operator_id or "", one.owner_id) for one in run})
    if asked.operator_id:
        _known(asked.operator_id, [operator for operator, _ in pairs], "đơn vị vận hành", units)
    if asked.owner_id:
        _known(asked.owner_id, [owner for _, owner in pairs], "chủ quản", units)
    fitting = [
        (operator, owner)
        for operator, owner in pairs
        if asked.operator_id in {"", operator} and asked.owner_id in {"", owner}
    ]
    if len(fitting) != 1:
        raise Refused(_which(fitting or pairs, units))
    operator, owner = fitting[0]
    chosen = [one for one in run if one.operator_id == operator and one.owner_id == owner]
    return Scope(
        draft=asked.draft,
        owner_id=owner,
        owner_ids=(owner,),
        sender_id=operator,
        system_ids=tuple(one.id for one in chosen if placed[one.id].counts),
        left_out=tuple(_late(chosen, placed)),
    )


def _which(pairs: Sequence[tuple[str, str]], units: Mapping[str, Unit]) -> str:
    if not pairs:
        return "Chưa hệ thống nào kê đơn vị vận hành nên không có báo cáo của đơn vị vận hành. Hãy bổ sung vào bảng kê."
    listed = "\n".join(
        f"  - {unit_name(units, operator)} gửi {unit_name(units, owner)}: --operator {operator} --owner {owner}"
        for operator, owner in pairs
    )
    return f"Mỗi đơn vị vận hành báo cáo riêng từng chủ quản. Hãy chọn một:\n{listed}"


def _known(id_: str, known: Sequence[str], called: str, units: Mapping[str, Unit]) -> None:
    if id_ in known:
        return
    if id_ in units:
        listed = ", ".join(dict.fromkeys(known)) or "chưa có"
        raise NotFound(f"“{units[id_].name}” không là {called} của hệ thống nào phải báo cáo. Hiện có: {listed}.")
    near = nearest(id_, units)
    hint = f"Có phải “{near}”?" if near else "Xem danh sách: compliance organizations list"
    raise NotFound(f"Không có đơn vị “{id_}”. {hint}")


def _left_out(
    chosen: Sequence[System], systems: Sequence[System], placed: Mapping[str, Placed], units: Mapping[str, Unit]
) -> Iterable[Behind]:
    mine = {one.id for one in chosen}
    yield from _late(chosen, placed)
    for one in systems:
        if one.id not in mine:
            yield Behind(kind="system", id=one.id, title=one.name, counts=_whose(one, units))


def _late(chosen: Iterable[System], placed: Mapping[str, Placed]) -> Iterable[Behind]:
    for one in chosen:
        if not placed[one.id].counts:
            yield Behind(kind="system", id=one.id, title=one.name, counts=placed[one.id].why)


def _whose(one: System, units: Mapping[str, Unit]) -> str:
    owner = unit_name(units, one.owner_id)
    return {
        Ownership.USED: f"chỉ sử dụng, {owner} báo cáo",
        Ownership.OPERATED: f"vận hành cho {owner}; nêu trong báo cáo của đơn vị vận hành gửi {owner}",
        Ownership.OWNED: f"thuộc chủ quản khác ({owner})",
    }[one.ownership]
