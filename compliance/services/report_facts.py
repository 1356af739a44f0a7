"""What the leader's page and the progress reports are made from: records read once each, as they stood on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from compliance.adapters.workspace import Workspace
from compliance.domain.commune_facts import AHEAD, CommuneFacts, IncidentStand, MorningStand, SystemStand
from compliance.domain.dossier import letterhead
from compliance.domain.duty import Done
from compliance.domain.incident_clocks import ClockState, RunningClock
from compliance.domain.moment import VIETNAM, day_of
from compliance.domain.organization import Unit
from compliance.domain.progress import ProgressFacts, StepTaken
from compliance.domain.remediation import Finding
from compliance.domain.report import Period
from compliance.domain.road import standing
from compliance.services import mornings, organizations
from compliance.services.assessments import every_assessment
from compliance.services.assignments import assignments
from compliance.services.deployments import deployed_all
from compliance.services.duties import duty_rows
from compliance.services.duty_setting import DutySetting, setting
from compliance.services.finding_records import FINDING
from compliance.services.incidents import incident_statuses, incidents, notices_of
from compliance.services.pinned_lists import asked_of, asked_requirements
from compliance.services.report_owners import concerns, report_owner
from compliance.services.roads import RoadStatus, statuses_of

_LAST_MINUTE = time(23, 59)
_LATE = {ClockState.OVERDUE, ClockState.MET_LATE}


def commune_facts(workspace: Workspace, today: date, owner_id: str = "") -> CommuneFacts:
    """What the leader's page of an owner is made from.

    Raises:
        NotFound: no such owner, or no regime in force.
        Refused: the owner cannot be told.
    """
    around = setting(workspace, today)
    owner = report_owner(around.systems.values(), around.units, owner_id)
    mine = [one for one in around.statuses if concerns(one.system, owner, around.units)]
    ids = {one.system.id for one in mine}
    return CommuneFacts(
        day=today,
        head=letterhead(owner),
        systems=tuple(_stands(workspace, mine)),
        stages=_stages(mine),
        rows=tuple(
            row
            for row in duty_rows(workspace, today, within=AHEAD, known=around)
            if row.system_id in ids or row.owner_id in {"", owner.id}
        ),
        incidents=tuple(_incidents(workspace, today, ids)),
        mornings=morning_stand(workspace, today.replace(day=1), today),
        announced_through=around.working.announced_through,
        owner_id=owner.id,
    )


def _stands(workspace: Workspace, statuses: Sequence[RoadStatus]) -> Iterable[SystemStand]:
    every = deployed_all(workspace, [one.classified for one in statuses])
    for status, figures in zip(statuses, every, strict=True):
        yield SystemStand(
            id=status.system.id,
            name=status.system.name,
            level=status.level,
            stage=status.stage.value,
            stage_label=status.stage_label,
            approved=status.progress.approval is not None,
            counts=figures.counts,
        )


def _stages(statuses: Iterable[RoadStatus]) -> dict[str, str]:
    first = next(iter(statuses), None)
    return {} if first is None else {stage.value: words.label for stage, words in first.procedure.stages.items()}


def _incidents(workspace: Workspace, today: date, systems: set[str]) -> Iterable[IncidentStand]:
    """Those of these systems, or of none, found this year, and older ones that go on."""
    now = datetime.combine(today, _LAST_MINUTE, VIETNAM)
    for status in incident_statuses(workspace, now):
        one = status.incident
        found = day_of(one.detected_at)
        if one.system_ids and not systems & set(one.system_ids):
            continue
        if found > today or (found.year < today.year and one.closed):
            continue
        clock = _worst(status.clocks)
        yield IncidentStand(
            id=one.id,
            title=one.title,
            detected_on=found,
            open=not one.closed,
            worst=f"{clock.rule.title}: {clock.text(now)}" if clock else "",
            late=clock is not None and clock.state in _LATE,
        )


def _worst(clocks: Iterable[RunningClock]) -> RunningClock | None:
    """The clock that matters most: what is late or soon due before what is only possible, what is settled last."""
    states = list(ClockState)
    telling = [one for one in clocks if one.state is not ClockState.NOT_OWED]
    return min(telling, key=lambda one: states.index(one.state), default=None)


def morning_stand(workspace: Workspace, first: date, last: date) -> MorningStand | None:
    """The morning checks of every office that keeps them; ``None`` where none does."""
    checking = sorted({id_.partition("/")[0] for id_ in workspace.store.ids(mornings.KIND)})
    if not checking:
        return None
    units = organizations.units(workspace)
    checked = working = faults = 0
    for unit in checking:
        month = mornings.morning_month(workspace, units[unit], first, last, last)
        checked += month.checked
        working += month.working
        faults += len(month.faults)
    return MorningStand(checked=checked, working=working, faults=faults)


def progress_facts(workspace: Workspace, period: Period, today: date, owner_id: str = "") -> tuple[ProgressFacts, Unit]:
    """What a progress report is made from, and whose it is; on a period that has passed, as it stood on its last day.

    Raises:
        NotFound: no such owner, or no regime in force.
        Refused: the owner cannot be told.
    """
    day = min(today, period.last)
    around = setting(workspace, day)
    owner = report_owner(around.systems.values(), around.units, owner_id)
    mine = {id_ for id_, one in around.systems.items() if concerns(one, owner, around.units)}
    then = [one for one in statuses_of(workspace, around.classified, day, until=day) if one.system.id in mine]
    findings = [one for one in _every(workspace) if one.system_id in mine]
    concerned = [one for one in incidents(workspace) if not one.system_ids or mine & set(one.system_ids)]
    return ProgressFacts(
        period=period,
        names={id_: one.name for id_, one in around.systems.items()},
        managed=len(then),
        approved=sum(one.progress.approval is not None for one in then),
        steps=tuple(_steps(then)),
        assessments=tuple(one for one in every_assessment(workspace) if one.system_id in mine),
        findings=tuple(findings),
        clauses=_clauses(findings),
        done=tuple(one for one in _done(workspace) if _of_owner(one, mine, owner.id)),
        rows=tuple(
            row
            for row in duty_rows(workspace, day, known=around)
            if row.system_id in mine or row.owner_id in {"", owner.id}
        ),
        incidents=tuple(concerned),
        notices=tuple(notice for one in concerned for notice in notices_of(workspace, one.id)),
        assignments=tuple((one, _name(around, one.unit_id)) for one in assignments(workspace)),
        mornings=morning_stand(workspace, period.first, day),
    ), owner


def _steps(statuses: Iterable[RoadStatus]) -> Iterable[StepTaken]:
    for status in statuses:
        titles, approval = status.titles, status.progress.approval
        for one in standing(status.taken):
            decides = approval is not None and one.number == approval.number
            yield StepTaken(status.system.id, titles.get(one.step, one.step), one, decides)


def _every(workspace: Workspace) -> list[Finding]:
    return [Finding.model_validate_json(one.body) for one in workspace.store.heads(FINDING)]


def _clauses(findings: Iterable[Finding]) -> dict[str, str]:
    chosen = list(findings)
    asked = asked_requirements({one.checklist_id for one in chosen})
    return {one.id: asked_of(asked, one.checklist_id, one.requirement_id).statement for one in chosen}


def _done(workspace: Workspace) -> list[Done]:
    return [Done.model_validate_json(one.body) for one in workspace.store.heads("duty")]


def _of_owner(one: Done, systems: set[str], owner_id: str) -> bool:
    return one.duty_id.partition("/")[0] in systems | {owner_id}


def _name(around: DutySetting, unit_id: str) -> str:
    return around.units[unit_id].name if unit_id in around.units else unit_id
