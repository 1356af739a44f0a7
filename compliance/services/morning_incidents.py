"""A fault of the morning that is a security incident: recorded as one, each naming the other."""

from __future__ import annotations

from datetime import date, datetime

from compliance.adapters.law import load_scripts
from compliance.adapters.morning_list import morning_list
from compliance.adapters.workspace import Workspace
from compliance.domain.moment import read_moment
from compliance.domain.morning import Morning
from compliance.domain.morning_form import SYSTEM_PREFIX
from compliance.domain.wording import date_text
from compliance.errors import Refused
from compliance.services import organizations
from compliance.services.incidents import Telling, record_incident
from compliance.services.morning_faults import fault_named, morning, tie
from compliance.services.mornings import moment_on

_LONGEST_TITLE = 300
"""Characters of the name of an incident."""


def raise_incident(workspace: Workspace, unit_id: str, day: date, item: str, *, at: str = "", today: date) -> str:
    """Record a fault as an incident detected when the morning was checked, and tie the two together.

    Args:
        workspace: where both are kept.
        unit_id: the office that checked.
        day: the morning.
        item: the item that failed.
        at: the time of day it was detected; empty for the time of the check.
        today: the day it is recorded.

    Returns:
        The id of the new incident.

    Raises:
        NotFound: no such morning or item.
        Refused: the item was in order or is tied to an incident already, or nobody can tell when it was detected.
        BadData: the incident cannot be recorded so; every fault is listed.
    """
    found = morning(workspace, unit_id, day)
    item_id = fault_named(found, item)
    seen, title = found.seen[item_id], found.titles.get(item_id, item_id)
    if seen.incident_id:
        raise Refused(f"“{title}” ngày {date_text(day)} đã gắn với sự cố {seen.incident_id}; không lập thêm.")
    unit = organizations.unit(workspace, unit_id)
    system = item_id.removeprefix(SYSTEM_PREFIX)
    texts = {
        "place": unit.name,
        "detected_by": found.by,
        "description": f"Phát hiện khi kiểm tra đầu giờ ngày {date_text(day)} ({found.id}). {title}: {seen.note}.",
    }
    if found.afterwards or today > day:
        texts["recorded_late"] = f"Lập từ phiếu kiểm tra đầu giờ ngày {date_text(day)} vào ngày {date_text(today)}"
    telling = Telling(
        title=f"{title}: {seen.note}"[:_LONGEST_TITLE],
        detected_at=_detected(found, at),
        kind=_script(workspace, item_id) or None,
        system_ids=(system,) if workspace.store.head("system", system) and system != item_id else None,
        lead_unit_id=unit_id,
        texts=texts,
    )
    incident = record_incident(workspace, telling, now=moment_on(workspace.now(), today))
    tie(workspace, unit_id, day, item_id, incident_id=incident.id)
    return incident.id


def _detected(found: Morning, at: str) -> datetime:
    if not at.strip():
        if found.afterwards:
            raise Refused(
                f"Lần kiểm tra ngày {date_text(found.day)} được ghi bổ sung nên chưa rõ giờ phát hiện. Hãy nêu --at "
                "GIỜ:PHÚT, ví dụ --at 7:30."
            )
        return found.recorded_at
    try:
        return read_moment(f"{at.strip()} {date_text(found.day)}")
    except ValueError:
        raise Refused(f"“{at}” không phải là giờ. Hãy ghi giờ:phút, ví dụ 7:30.") from None


def _script(workspace: Workspace, item_id: str) -> str:
    """The response script the list names for the item; empty where there is none of that name."""
    asked = next((one.fault_kind for one in morning_list(workspace.path).items if one.id == item_id), "")
    return asked if asked and load_scripts().script(asked) else ""
