"""Papers an office brings to its dossier: taken in whole and sound, listed in the order of the package, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from compliance.adapters.returned_file import read_returned
from compliance.adapters.workspace import Workspace
from compliance.domain.enclosure import Enclosure
from compliance.domain.paper import Paper
from compliance.domain.procedure import EnclosureSlot, Procedure
from compliance.domain.road_steps import number_fault
from compliance.domain.system import System
from compliance.domain.wording import nearest, typed
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services import systems
from compliance.services.preflight import refuse_without_dossier
from compliance.services.records import put_over
from compliance.services.regimes import regime
from compliance.services.roads import procedure_under, road_status

KIND = "enclosure"
_SHORTEST_CODE = 6
_ANY, _RULES = "other", "regulation"
_RULES_NAME = "Quy chế bảo đảm an ninh mạng"


@dataclass(frozen=True)
class Enclosed:
    """An enclosure with its slot, and whether its file is still whole."""

    enclosure: Enclosure
    slot: EnclosureSlot
    sound: bool


def enclose(
    workspace: Workspace,
    system_ids: Sequence[str],
    slot_id: str,
    files: Sequence[Path],
    *,
    today: date,
    number: str = "",
    issued_on: date | None = None,
    note: str = "",
) -> tuple[Enclosure, ...]:
    """Take files into a slot of one or more dossiers, all or none.

    Raises:
        NotFound: no such system or slot.
        Refused: the slot does not serve this level, or the number or day is none.
        BadData: files cannot be taken in (empty, encrypted, cut off, of another type); every fault is listed.
        WorkspaceRefused: the workspace cannot be written.
    """
    roads = [road_status(workspace, one, today) for one in dict.fromkeys(system_ids)]
    slot = _slot(procedure_under(regime(None, today), today), slot_id)
    for road in roads:
        refuse_without_dossier(road.system)
        if road.walked is not None and road.walked not in slot.levels:
            raise Refused(
                f"“{slot.title.rstrip('.')}” chỉ có trong hồ sơ cấp độ {_listed(slot.levels)}; “{road.system.name}” là "
                f"cấp độ {road.level}. Giấy tờ khác thì kèm vào loại “{_ANY}”."
            )
    fault = number_fault(typed(number))
    if fault:
        raise Refused(fault)
    if issued_on is not None and issued_on > today:
        raise Refused(f"Ngày văn bản {issued_on:%d/%m/%Y} chưa tới. Hãy đối chiếu với bản gốc rồi ghi lại.")
    read, faults = [], list[Fault]()
    for path in files:
        try:
            read.append(read_returned(path))
        except (Refused, NotFound) as error:
            faults.append(Fault(str(error)))
    faults += [
        Fault(f"Tệp “{again.name}” trùng nội dung với tệp “{one.name}”. Hãy bỏ bớt một tệp.")
        for one, again in combinations(read, 2)
        if one.data == again.data
    ]
    if faults:
        raise BadData("Giấy tờ kèm hồ sơ không nhận được; chưa lưu gì.", faults)
    kept = [
        Enclosure(
            system_id=road.system.id,
            slot=slot.id,
            file_name=one.name,
            sha256=workspace.attachments.add(one.data, one.media_type),
            media_type=one.media_type,
            pages=len(one.pages),
            added_on=today,
            number=typed(number),
            issued_on=issued_on,
            note=typed(note),
        )
        for road in roads
        for one in read
    ]
    with workspace.act(f"Kèm vào hồ sơ: {slot.title}") as act:
        for one in kept:
            put_over(act, KIND, one.id, one)
    return tuple(kept)


def withdraw(workspace: Workspace, system_id: str, file: str, *, why: str, today: date) -> Enclosure:
    """Take a file out of a dossier; it stays in the history.

    Args:
        workspace: where it is kept.
        system_id: whose dossier.
        file: its file name, or the beginning of its SHA-256; ``slot/`` before it where it lies in several slots.
        why: the reason.
        today: the day the procedure is read.

    Raises:
        NotFound: the dossier has no such file.
        Refused: no reason, or several files bear the name.
    """
    if not typed(why):
        raise Refused("Rút giấy tờ khỏi hồ sơ phải nêu lý do (--why “…”).")
    here = [one.enclosure for one in enclosures_of(workspace, system_id, today)]
    found = [one for one in here if _is_named(one, typed(file))]
    if not found:
        near = nearest(file, [one.file_name for one in here])
        hint = f"Có phải “{near}”?" if near else f"Xem danh sách: compliance dossiers enclosures {system_id}"
        raise NotFound(f"Hồ sơ không có giấy tờ “{file}”. {hint}")
    if len(found) > 1:
        names = "; ".join(f"{one.slot}/{one.sha256[:12]}" for one in found)
        raise Refused(f"Có {len(found)} giấy tờ tên “{file}”. Hãy ghi rõ rút giấy tờ nào: {names}.")
    gone = found[0].model_copy(update={"withdrawn": typed(why)})
    with workspace.act(f"Rút khỏi hồ sơ: {gone.file_name}") as act:
        put_over(act, KIND, gone.id, gone)
    return gone


def enclosures_of(workspace: Workspace, system_id: str, today: date) -> tuple[Enclosed, ...]:
    """The papers of a system's dossier, in the order of the package.

    Raises:
        NotFound: no such system, or no procedure in force.
    """
    systems.system(workspace, system_id)
    slots = {slot.id: slot for slot in procedure_under(regime(None, today), today).enclosures}
    kept = [Enclosure.model_validate_json(one.body) for one in workspace.store.heads(KIND, under=system_id)]
    found = [
        Enclosed(enclosure=one, slot=slots[one.slot], sound=workspace.attachments.sound(one.sha256))
        for one in kept
        if not one.withdrawn and one.slot in slots
    ]
    return tuple(sorted(found, key=lambda one: (one.slot.order, one.enclosure.added_on, one.enclosure.file_name)))


def lacking(workspace: Workspace, system_id: str, today: date) -> tuple[EnclosureSlot, ...]:
    """The papers the dossier must have and has not, at its level; of every level while that is undecided."""
    road = road_status(workspace, system_id, today)
    if not road.system.needs_dossier:
        return ()
    here = {one.slot.id for one in enclosures_of(workspace, system_id, today)}
    every = road.procedure.enclosures if road.walked is None else road.procedure.slots_of(road.walked)
    return tuple(slot for slot in every if slot.demanded and slot.id not in here)


def own_rules(workspace: Workspace, system: System, today: date) -> Paper | None:
    """The owner's own security rules: as enclosed with number and day, else as the inventory cites them."""
    brought = [one.enclosure for one in enclosures_of(workspace, system.id, today) if one.slot.id == _RULES]
    dated = next((one for one in reversed(brought) if one.issued_on), None)
    if dated is None:
        return system.regulation
    return Paper(subject=_RULES_NAME, number=dated.number, issued_on=dated.issued_on)


def _is_named(one: Enclosure, name: str) -> bool:
    slot, _, rest = name.rpartition("/")
    if slot and slot != one.slot:
        return False
    return one.file_name == rest or (len(rest) >= _SHORTEST_CODE and one.sha256.startswith(rest))


def _listed(levels: Sequence[int]) -> str:
    return ", ".join(map(str, levels))


def _slot(procedure: Procedure, slot_id: str) -> EnclosureSlot:
    found = next((slot for slot in procedure.enclosures if slot.id == slot_id), None)
    if found is not None:
        return found
    known = [slot.id for slot in procedure.enclosures]
    near = nearest(slot_id, known)
    hint = f"Có phải “{near}”?" if near else f"Có: {', '.join(known)}."
    raise NotFound(f"Không có loại giấy tờ “{slot_id}”. {hint}")
