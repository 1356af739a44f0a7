"""The duties an incident brings about, and the notices it owes, as rows of the list of duties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.duty import Done, DutyRow, DutyStatus, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.duty_status import status_of
from compliance.domain.incident import Incident
from compliance.domain.incident_clocks import RunningClock
from compliance.domain.incident_rules import AfterDuty, IncidentRules
from compliance.domain.moment import VIETNAM, day_of, moment_text
from compliance.domain.organization import Unit
from compliance.domain.system import System
from compliance.domain.wording import date_text
from compliance.services.incident_records import IncidentStatus, incidents, statuses_of

DUTY = "duty"
_PLACE = "su-co"
_PARTS = 4
"""Of an id: the subject, :data:`_PLACE`, the incident, the duty."""
NOON = time(12)
"""Stands for a day where a moment is asked; what is owed does not hang on it."""
_NOWHERE = "co-quan"
"""Stands for the office where an incident names neither a system nor a unit."""


def incident_rows(workspace: Workspace, today: date, rules: IncidentRules) -> Iterator[DutyRow]:
    """Notices owed and not sent, and what incidents bring about and nobody recorded as done.

    Args:
        workspace: where incidents are recorded.
        today: the day; what was detected later is not known yet.
        rules: what the regime asks.
    """
    known = [one for one in incidents(workspace) if day_of(one.detected_at) <= today]
    if not known:
        return
    names = _Names.of(workspace, known)
    for status in statuses_of(workspace, known, datetime.combine(today, NOON, VIETNAM), rules=rules):
        yield from (_clock_row(status, clock, names, today) for clock in status.unmet)
        for after in rules.after:
            if after.when.truth(status.facts) is True:
                for subject in subjects(status.incident):
                    if not done_of(workspace, after_id_of(subject, status.incident, after.id)):
                        yield _after_row(status.incident, after, subject, names)


@dataclass(frozen=True)
class _Names:
    """The systems and units incidents speak of."""

    systems: dict[str, System]
    units: dict[str, Unit]

    @classmethod
    def of(cls, workspace: Workspace, known: Sequence[Incident]) -> _Names:
        """Read them once for all incidents."""
        wanted = {id_ for one in known for id_ in one.system_ids}
        systems = [System.model_validate_json(head.body) for head in workspace.store.heads_of("system", wanted)]
        acting = {one.lead_unit_id for one in known} | {system.owner_id for system in systems}
        units = workspace.store.heads_of("unit", [id_ for id_ in acting if id_])
        return cls(
            {system.id: system for system in systems},
            {head.id: Unit.model_validate_json(head.body) for head in units},
        )

    def around(self, subject: str, lead: str | None) -> dict[str, Any]:
        """What a row says of its system and of who acts."""
        system = self.systems.get(subject)
        owner = system.owner_id if system else ""
        acting = lead or owner or ("" if subject == _NOWHERE else subject)
        unit = self.units.get(acting)
        return {
            "system_id": system.id if system else "",
            "system_name": system.name if system else "",
            "owner_id": owner,
            "unit_id": acting if unit else "",
            "unit_name": unit.name if unit else "",
        }


def subjects(one: Incident) -> tuple[str, ...]:
    """What the duties of an incident are done for: its systems, else the unit that leads."""
    return one.system_ids or (one.lead_unit_id or _NOWHERE,)


def after_id_of(subject: str, one: Incident, after_id: str) -> str:
    """The id of a duty an incident brings about for one subject."""
    return f"{subject}/{_PLACE}/{one.id}/{after_id}"


def after_named(duty_id: str) -> tuple[str, str, str] | None:
    """The subject, the incident and the duty an id of :func:`after_id_of` names; ``None`` for any other duty."""
    parts = duty_id.split("/")
    if len(parts) != _PARTS or parts[1] != _PLACE:
        return None
    return parts[0], parts[2], parts[3]


def done_of(workspace: Workspace, duty_id: str) -> Done | None:
    """What counts as its having been done."""
    found = (Done.model_validate_json(head.body) for head in workspace.store.heads(DUTY, under=duty_id))
    return next((one for one in found if not one.undone), None)


def detected_on(one: Incident) -> date:
    """The day of T0 in Việt Nam."""
    return day_of(one.detected_at)


def _clock_row(status: IncidentStatus, clock: RunningClock, names: _Names, today: date) -> DutyRow:
    one, rule = status.incident, clock.rule
    if clock.due is None:
        raise AssertionError("what is owed has a limit")
    due = day_of(clock.due)
    state, days = status_of(due, today, 1)
    if rule.hours is None:
        state = DutyStatus.NOW if due == today else DutyStatus.OVERDUE
    when = "ngay khi phát hiện" if rule.hours is None else f"trước {moment_text(clock.due)}"
    subject = one.lead_unit_id or subjects(one)[0]
    around = names.around(subjects(one)[0], one.lead_unit_id)
    return DutyRow(
        id=f"{subject}/{_PLACE}/{one.id}/{rule.id}",
        what=f"{rule.title} ({one.id}: {one.title})",
        source=Source.INCIDENT,
        kind=DutyKind.LAW,
        **around,
        citation=rule.citation,
        due=due,
        safe_day=due,  # hours run through week-ends and holidays
        status=state,
        days=days,
        evidence="Bản đã gửi, giờ gửi và bằng chứng nơi nhận đã nhận.",
        note=f"Phải gửi {when}. Nơi nhận: {rule.to}.",
        uncertain=rule.uncertain,
        settle=f"compliance incidents sent {one.id} --kind {rule.met_by[0].value.replace('_', '-')}",
    )


def _after_row(one: Incident, after: AfterDuty, subject: str, names: _Names) -> DutyRow:
    """To be done at once, with no day: the law sets none, so it can never be late."""
    known = subject in names.systems or "{system}" not in after.settle
    helping = after.settle.format(system=subject, incident=one.id) if known else ""
    note = f"Sau sự cố {one.id} (phát hiện ngày {date_text(detected_on(one))}): {one.title}."
    return DutyRow(
        id=after_id_of(subject, one, after.id),
        what=after.what,
        source=Source.INCIDENT,
        kind=DutyKind.RECOMMENDATION if after.advice else DutyKind.LAW,
        **names.around(subject, one.lead_unit_id),
        citation=after.citation,
        status=DutyStatus.NOW,
        evidence=after.evidence,
        note=f"{note} Lệnh giúp làm: {helping}" if helping else note,
        uncertain=after.uncertain,
        settle=f"compliance incidents followed {one.id} {after.id}",
    )
