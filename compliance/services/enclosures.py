"""Papers an office brings to its dossier: taken in whole and sound, listed in the order of the package, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compliance.adapters.law import load_procedure
from compliance.adapters.returned_file import read_returned
from compliance.adapters.workspace import Workspace
from compliance.domain.enclosure import Enclosure
from compliance.domain.procedure import EnclosureSlot, Procedure
from compliance.domain.wording import nearest, typed
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services import systems
from compliance.services.records import put_over
from compliance.services.regimes import regime

KIND = "enclosure"
_SHORTEST_CODE = 6


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
        BadData: files cannot be taken in (empty, encrypted, cut off, of another type); every fault is listed.
        WorkspaceRefused: the workspace cannot be written.
    """
    names = [systems.system(workspace, one).id for one in dict.fromkeys(system_ids)]
    slot = _slot(load_procedure(regime(None, today)), slot_id)
    if issued_on is not None and issued_on > today:
        raise Refused(f"Ngày văn bản {issued_on:%d/%m/%Y} còn ở phía trước. Hãy kiểm tra lại.")
    read, faults = [], list[Fault]()
    for path in files:
        try:
            read.append(read_returned(path))
        except (Refused, NotFound) as error:
            faults.append(Fault(str(error)))
    if faults:
        raise BadData("Giấy tờ kèm hồ sơ không nhận được; chưa lưu gì.", faults)
    kept = [
        Enclosure(
            system_id=system_id,
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
        for system_id in names
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
        file: its file name, or the beginning of its SHA-256.
        why: the reason.
        today: the day the procedure is read.

    Raises:
        NotFound: the dossier has no such file.
        Refused: no reason, or several files bear the name.
    """
    if not why.strip():
        raise Refused("Rút giấy tờ khỏi hồ sơ phải nêu lý do (--why “…”).")
    here = [one.enclosure for one in enclosures_of(workspace, system_id, today)]
    found = [one for one in here if one.file_name == file or (len(file) >= _SHORTEST_CODE and one.sha256.startswith(file))]
    if not found:
        near = nearest(file, [one.file_name for one in here])
        hint = f"Có phải “{near}”?" if near else f"Xem danh sách: compliance dossiers enclosures {system_id}"
        raise NotFound(f"Hồ sơ không có giấy tờ “{file}”. {hint}")
    if len(found) > 1:
        codes = ", ".join(f"{one.slot}: {one.sha256[:12]}" for one in found)
        raise Refused(f"Có {len(found)} giấy tờ tên “{file}” ({codes}). Hãy ghi mã thay cho tên tệp.")
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
    slots = {slot.id: slot for slot in load_procedure(regime(None, today)).enclosures}
    kept = [Enclosure.model_validate_json(one.body) for one in workspace.store.heads(KIND, under=system_id)]
    found = [
        Enclosed(enclosure=one, slot=slots[one.slot], sound=workspace.attachments.sound(one.sha256))
        for one in kept
        if not one.withdrawn and one.slot in slots
    ]
    return tuple(sorted(found, key=lambda one: (one.slot.order, one.enclosure.added_on, one.enclosure.file_name)))


def slots(today: date) -> tuple[EnclosureSlot, ...]:
    """Every slot there is."""
    return load_procedure(regime(None, today)).enclosures


def _slot(procedure: Procedure, slot_id: str) -> EnclosureSlot:
    found = next((slot for slot in procedure.enclosures if slot.id == slot_id), None)
    if found is not None:
        return found
    known = [slot.id for slot in procedure.enclosures]
    near = nearest(slot_id, known)
    hint = f"Có phải “{near}”?" if near else f"Có: {', '.join(known)}."
    raise NotFound(f"Không có loại giấy tờ “{slot_id}”. {hint}")
