"""What must be sent next about incidents, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.incident_clocks import ClockState, RunningClock
from compliance.services.incident_records import IncidentStatus, clock_json, incident_statuses

_PHASES = {ClockState.OVERDUE: "after", ClockState.DUE_SOON: "before", ClockState.RUNNING: "before"}


@dataclass(frozen=True)
class Reminder:
    """One notice owed, or one that may be owed while nobody judged the facts it hangs on."""

    status: IncidentStatus
    clock: RunningClock

    @property
    def phase(self) -> str:
        """``before``, ``at`` or ``after`` the end of the limit; ``unjudged`` where it is not known to run."""
        if self.clock.state is ClockState.POSSIBLE:
            return "unjudged"
        if self.clock.due == self.status.now and self.clock.rule.hours is not None:
            return "at"
        return _PHASES[self.clock.state]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys: those of a clock, with the incident it belongs to."""
        return {
            "incident": self.status.incident.id,
            "incident_title": self.status.incident.title,
            "phase": self.phase,
            **clock_json(self.clock, self.status),
        }


def reminders(workspace: Workspace, now: datetime) -> tuple[Reminder, ...]:
    """What is owed and not sent, by its limit; then what may be owed of open incidents, by its limit.

    Raises:
        NotFound: no rules on incidents are known for the day of ``now``.
    """
    statuses = incident_statuses(workspace, now)
    owed = [Reminder(status, clock) for status in statuses for clock in status.unmet]
    possible = [Reminder(one, clock) for one in statuses if not one.incident.closed for clock in one.unjudged]
    return (*sorted(owed, key=_due), *sorted(possible, key=_due))


def _due(one: Reminder) -> tuple[datetime, str]:
    return one.clock.due or one.status.incident.detected_at, one.status.incident.id
