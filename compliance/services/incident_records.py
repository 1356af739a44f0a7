"""Incidents as they stand: the records read, what other records say filled in, the clocks worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from compliance.adapters.law import load_incident_rules, load_procedure, load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.classification import classify
from compliance.domain.incident import SIGNS, Incident, Notice
from compliance.domain.incident_clocks import ClockState, Judged, RunningClock, clocks, filled_in, judged, next_reminder
from compliance.domain.incident_rules import IncidentRules
from compliance.domain.moment import VIETNAM, day_of, span_text
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.domain.road import standing
from compliance.domain.system import FactValue, System
from compliance.errors import NotFound
from compliance.services.records import head_of
from compliance.services.roads import steps_of

INCIDENT = "incident"
NOTICE = "notice"
_IMPORTANT = "important"


@dataclass(frozen=True)
class IncidentStatus:
    """An incident at a moment.

    ``facts`` are its signs with what other records say filled in; ``filled`` says of each filled one where it is known
    from.
    """

    incident: Incident
    notices: tuple[Notice, ...]
    clocks: tuple[RunningClock, ...]
    severity: Judged
    rules: IncidentRules
    now: datetime
    facts: Mapping[str, FactValue | None]
    filled: Mapping[str, str] = field(default_factory=dict)

    @property
    def unmet(self) -> tuple[RunningClock, ...]:
        """What is owed and not sent yet."""
        return tuple(one for one in self.clocks if one.state.owed)

    @property
    def unjudged(self) -> tuple[RunningClock, ...]:
        """What may be owed: the facts it hangs on are not answered, and nothing was sent."""
        return tuple(one for one in self.clocks if one.state is ClockState.POSSIBLE and one.sent_at is None)

    @property
    def late(self) -> tuple[RunningClock, ...]:
        """What was sent after its limit."""
        return tuple(one for one in self.clocks if one.state is ClockState.MET_LATE)

    @property
    def stage_label(self) -> str:
        """Vietnamese wording of where the incident stands."""
        if self.incident.closed:
            return "Đã kết thúc" + (", còn nợ báo cáo" if self.unmet else "")
        return "Đã ngăn chặn, đang khắc phục" if self.incident.contained_at else "Đang xử lý"


def incidents(workspace: Workspace) -> tuple[Incident, ...]:
    """Every incident, in the order of their ids."""
    return tuple(Incident.model_validate_json(head.body) for head in workspace.store.heads(INCIDENT))


def incident(workspace: Workspace, incident_id: str) -> Incident:
    """One incident.

    Raises:
        NotFound: there is none of this id; the nearest is offered.
    """
    return Incident.model_validate_json(head_of(workspace, INCIDENT, incident_id).body)


def notices_of(workspace: Workspace, incident_id: str) -> tuple[Notice, ...]:
    """Everything recorded as sent about an incident, in the order it was recorded; undone ones too."""
    found = (Notice.model_validate_json(head.body) for head in workspace.store.heads(NOTICE, under=incident_id))
    return tuple(sorted(found, key=lambda one: one.number))


def rules_on(day: date) -> tuple[Regime, IncidentRules]:
    """The regime of a day and what it says about incidents.

    Raises:
        NotFound: no regime is in force, or the program knows nothing about incidents under it.
    """
    regime = regime_on(day, load_regimes())
    return regime, load_incident_rules(regime)


def incident_status(workspace: Workspace, incident_id: str, now: datetime) -> IncidentStatus:
    """How one incident stands at a moment.

    Raises:
        NotFound: there is none of this id, or the program knows no rules on incidents for the day of ``now``.
    """
    return statuses_of(workspace, [incident(workspace, incident_id)], now)[0]


def incident_statuses(workspace: Workspace, now: datetime) -> tuple[IncidentStatus, ...]:
    """Every incident known at a moment, in the order of their ids; raises as :func:`incident_status`."""
    return statuses_of(workspace, [one for one in incidents(workspace) if one.detected_at <= now], now)


def statuses_of(
    workspace: Workspace, found: Sequence[Incident], now: datetime, *, rules: IncidentRules | None = None
) -> tuple[IncidentStatus, ...]:
    """The status of incidents already read, under ``rules`` or those of the day of ``now``."""
    if not found:
        return ()
    day = day_of(now)
    regime = regime_on(day, load_regimes())
    rules = rules or load_incident_rules(regime)
    return tuple(_status(workspace, one, now, regime, rules) for one in found)


def _status(workspace: Workspace, one: Incident, now: datetime, regime: Regime, rules: IncidentRules) -> IncidentStatus:
    notices = notices_of(workspace, one.id)
    found, told = (_importance(workspace, one.system_ids, regime)) if one.important is None else (None, "")
    facts = filled_in(one.facts, {_IMPORTANT: found})
    history = [
        (entry.recorded_at, filled_in(Incident.model_validate_json(entry.body).facts, {_IMPORTANT: found}))
        for entry in workspace.store.history(INCIDENT, one.id)
    ]
    return IncidentStatus(
        incident=one,
        notices=notices,
        clocks=clocks(rules, one, notices, now, facts=facts, judgements=history),
        severity=judged(rules, facts),
        rules=rules,
        now=now,
        facts=facts,
        filled={_IMPORTANT: told} if told and found is not None else {},
    )


def _importance(workspace: Workspace, system_ids: Iterable[str], regime: Regime) -> tuple[bool | None, str]:
    """Whether a system concerned is important to national security as its records say, and how that is known."""
    said: list[bool | None] = []
    for system_id in system_ids:
        head = workspace.store.head("system", system_id)
        if head is None:
            said.append(None)
            continue
        if _listed(workspace, system_id, regime):
            return True, f"theo hồ sơ hệ thống {system_id}: đã ghi bước đưa vào Danh mục"
        facts = System.model_validate_json(head.body).facts
        said.append(False if classify(regime, facts).importance.truth is False else None)
    if said and all(one is False for one in said):
        return False, "theo kết quả xác định cấp độ đã ghi"
    return None, ""


def _listed(workspace: Workspace, system_id: str, regime: Regime) -> bool:
    try:
        step = load_procedure(regime).listed_step
    except NotFound:
        return False
    return any(one.step == step for one in standing(steps_of(workspace, system_id)))


def as_json(status: IncidentStatus) -> dict[str, Any]:
    """Plain data with stable keys; moments as ISO in Việt Nam time, spans in whole minutes."""
    one = status.incident
    return {
        "id": one.id,
        "title": one.title,
        "detected_at": _iso(one.detected_at),
        "systems": list(one.system_ids),
        "stage_label": status.stage_label,
        "closed": one.closed,
        "severity": status.severity.severity.id if status.severity.severity else None,
        "severity_label": status.severity.text,
        "severity_open": [open_.id for open_ in status.severity.open],
        "clocks": [clock_json(clock, status) for clock in status.clocks],
        "notices": [notice_json(notice) for notice in status.notices],
        "signs": {name: status.facts[name] for name in SIGNS},
        "signs_filled": dict(status.filled),
        "incident": one.model_dump(mode="json"),
    }


def clock_json(clock: RunningClock, status: IncidentStatus) -> dict[str, Any]:
    """One clock as plain data."""
    reminder = next_reminder(clock, status.rules.remind_hours, status.now)
    return {
        "id": clock.rule.id,
        "title": clock.rule.title,
        "due": _iso(clock.due),
        "state": clock.state.value,
        "state_label": clock.state.label,
        "at_once": clock.rule.hours is None,
        "hours": clock.rule.hours,
        "left_minutes": _minutes(clock.left),
        "left": span_text(clock.left) if clock.left is not None else "",
        "sent_at": _iso(clock.sent_at),
        "notice": clock.notice_id,
        "late_minutes": _minutes(clock.late),
        "judged_at": _iso(clock.judged_at),
        "next_reminder": _iso(reminder),
        "condition": clock.rule.applies,
        "text": clock.text(status.now),
        "to": clock.rule.to,
        "content": clock.rule.content,
        "met_by": [kind.value for kind in clock.rule.met_by],
        "citation": clock.rule.citation,
        "uncertain": clock.rule.uncertain,
    }


def notice_json(notice: Notice) -> dict[str, Any]:
    """One notice as plain data."""
    return notice.model_dump(mode="json") | {
        "id": notice.id,
        "kind_label": notice.kind.label,
        "sent_at": _iso(notice.sent_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(VIETNAM).isoformat() if moment is not None else None


def _minutes(span: object) -> int | None:
    seconds = getattr(span, "total_seconds", None)
    return None if seconds is None else int(seconds() // 60)
