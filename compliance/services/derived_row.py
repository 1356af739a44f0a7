"""One line of the list of duties for something with a last day, whichever record sets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from compliance.domain.duty import DutyRow, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.duty_status import safe_day, status_of
from compliance.domain.overview import unit_name
from compliance.services.duty_setting import DutySetting

_NAMED = 3


def dated_row(
    setting: DutySetting,
    row_id: str,
    due: date,
    *,
    what: str,
    source: Source,
    kind: DutyKind,
    citation: str,
    settle: str,
    system_id: str = "",
    unit_id: str = "",
    unit: str = "",
    evidence: str = "",
    note: str = "",
    uncertain: str = "",
) -> DutyRow:
    """The row of something due by a day.

    ``unit_id`` acts, ``unit`` is its name where it is not recorded; a system's owner and level are looked up.
    """
    status, days = status_of(due, setting.today, setting.calendar.due_soon)
    working_day, announced = safe_day(setting.working, due)
    system = setting.systems.get(system_id)
    return DutyRow(
        id=row_id,
        what=what,
        source=source,
        kind=kind,
        system_id=system_id,
        system_name=system.name if system else system_id,
        owner_id=system.owner_id if system else "",
        unit_id=unit_id,
        unit_name=unit or unit_name(setting.units, unit_id),
        level=setting.levels.get(system_id),
        citation=citation,
        due=due,
        safe_day=working_day,
        announced=announced,
        status=status,
        days=days,
        evidence=evidence,
        note=note,
        uncertain=uncertain,
        settle=settle,
    )


def named_systems(setting: DutySetting, system_ids: Sequence[str]) -> str:
    """The first systems by name, and how many there are beside them."""
    names = [setting.systems[id_].name if id_ in setting.systems else id_ for id_ in system_ids]
    more = f" và {len(names) - _NAMED} hệ thống khác" if len(names) > _NAMED else ""
    return "; ".join(names[:_NAMED]) + more
