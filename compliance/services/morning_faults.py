"""What a fault of the morning became: the incident or finding it is tied to; every version of one morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from compliance.adapters.workspace import Workspace
from compliance.domain.moment import VIETNAM
from compliance.domain.morning import Morning, State
from compliance.domain.morning_form import SYSTEM_PREFIX, changes
from compliance.domain.wording import date_text, folded, nearest
from compliance.errors import NotFound, Refused
from compliance.services import organizations
from compliance.services.mornings import KIND
from compliance.services.records import head_of, put_over


@dataclass(frozen=True)
class MorningVersion:
    """One version of a morning: who wrote it when, and what it says otherwise than the one before."""

    version: int
    recorded_at: datetime
    by: str
    reason: str
    changes: tuple[str, ...]


def morning(workspace: Workspace, unit_id: str, day: date) -> Morning:
    """One check.

    Raises:
        NotFound: there is no such unit, or it recorded none of that day.
    """
    head = workspace.store.head(KIND, f"{unit_id}/{day.isoformat()}")
    if head is None:
        organizations.unit(workspace, unit_id)
        raise NotFound(
            f"Đơn vị “{unit_id}” chưa ghi kiểm tra đầu giờ ngày {date_text(day)}. Ghi: compliance mornings record "
            f"--unit {unit_id} --day {day.isoformat()} --good"
        )
    return Morning.model_validate_json(head.body)


def history(workspace: Workspace, found: Morning) -> tuple[MorningVersion, ...]:
    """Every version of a morning, oldest first."""
    versions: list[MorningVersion] = []
    before: Morning | None = None
    for one in workspace.store.history(KIND, found.id):
        now = Morning.model_validate_json(one.body)
        told = changes(before, now.seen, now.titles, now.note) if before else ()
        versions.append(
            MorningVersion(one.version, one.recorded_at.astimezone(VIETNAM), one.recorded_by, one.reason, told)
        )
        before = now
    return tuple(versions)


def fault_named(found: Morning, word: str) -> str:
    """The id of the item an officer means, which must have failed that morning.

    Raises:
        NotFound: no such item that morning; the nearest is offered.
        Refused: it was in order.
    """
    said = word.strip()
    ids = [id_ for id_ in found.seen if said in {id_, id_.removeprefix(SYSTEM_PREFIX)}]
    ids += [id_ for id_, title in found.titles.items() if folded(title) == folded(said) and id_ in found.seen]
    if not ids:
        near = nearest(said, found.seen)
        hint = f"Có phải “{near}”?" if near else f"Có: {', '.join(found.seen)}."
        raise NotFound(f"Lần kiểm tra ngày {date_text(found.day)} không có mục “{said}”. {hint}")
    if found.seen[ids[0]].state is not State.FAULT:
        listed = ", ".join(found.faults) or "không có mục nào hỏng"
        raise Refused(
            f"Mục “{found.titles.get(ids[0], ids[0])}” ngày {date_text(found.day)} ghi là "
            f"“{found.seen[ids[0]].state.label}”, không phải hỏng, lỗi. Mục hỏng hôm đó: {listed}."
        )
    return ids[0]


def tie(
    workspace: Workspace, unit_id: str, day: date, item: str, *, incident_id: str = "", finding_id: str = ""
) -> Morning:
    """Tie a fault to the incident or the finding it became; a tie of the same sort made before is replaced.

    Raises:
        NotFound: no such morning, item, incident or finding.
        Refused: nothing was named to tie to, or the item was in order.
    """
    if not (incident_id or finding_id):
        raise Refused("Hãy nêu hỏng, lỗi này đã thành gì: --incident MÃ-SỰ-CỐ hoặc --finding MÃ-TỒN-TẠI.")
    for kind, id_ in (("incident", incident_id), ("finding", finding_id)):
        if id_:
            head_of(workspace, kind, id_)
    item_id = fault_named(morning(workspace, unit_id, day), item)
    named = {"incident_id": incident_id, "finding_id": finding_id}
    with workspace.act(f"Gắn {incident_id or finding_id} vào hỏng, lỗi đầu giờ ngày {date_text(day)}") as act:
        head = act.head(KIND, f"{unit_id}/{day.isoformat()}")
        found = Morning.model_validate_json(head.body) if head else morning(workspace, unit_id, day)
        fault_named(found, item_id)
        seen = found.seen[item_id].model_copy(update={name: id_ for name, id_ in named.items() if id_})
        tied = found.model_copy(update={"seen": {**found.seen, item_id: seen}})
        put_over(act, KIND, tied.id, tied)
    return tied
