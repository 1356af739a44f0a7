"""What keeps an office of the demonstration from forgetting: leader's page, wall calendar, calendar file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compliance.adapters.workspace import Workspace
from compliance.services.commune_pages import leader_page
from compliance.services.dossier_papers import DraftFile
from compliance.services.duty_calendars import export_calendar
from compliance.services.duty_plans import draft_wall_calendar

_CALENDAR = "lich.ics"


def calendar(workspace: Workspace, owner_id: str, today: date, out: Path) -> tuple[DraftFile, ...]:
    """Print the leader's page of an owner and next year's wall calendar, and export the calendar file beside them.

    Returns:
        The printed papers; the browser's page and the calendar file lie in the same folder.

    Raises:
        NotFound: the regime of the day has no calendar of duties.
    """
    page = leader_page(workspace, out, today, owner_id)
    wall = draft_wall_calendar(workspace, today.year + 1, out, today)
    export_calendar(workspace, out / _CALENDAR, today)
    return page.printed.file, wall.printed.file
