"""What the yearly report rests on, each kind of record read once for all systems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from compliance.adapters.workspace import Workspace
from compliance.domain.annual_annexes import AnnexSource, Stand
from compliance.domain.annual_rows import AnnualRow, RowSource, StateWords, annual_row, decision_text
from compliance.domain.annual_scope import Placed, placed
from compliance.domain.assessment import Assessment
from compliance.domain.checklist import RequirementGroup
from compliance.domain.deployment import deployment
from compliance.domain.expectation import Expectation
from compliance.domain.moment import day_of
from compliance.domain.organization import Unit
from compliance.domain.overview import unit_name
from compliance.domain.procedure import Stage
from compliance.domain.regime import Regime
from compliance.domain.report import Period
from compliance.domain.reporting import ReportingRules
from compliance.domain.system import System
from compliance.services import organizations
from compliance.services.assessments import every_assessment
from compliance.services.classifications import ClassifiedSystem, classify_all
from compliance.services.deployments import RequirementStand, stands_of_all
from compliance.services.expectations import expectations
from compliance.services.roads import RoadStatus, status_of, statuses_of


@dataclass(frozen=True)
class AnnualSource:
    """The records as they stand today, read for one window; ``until`` is the day the figures are counted."""

    workspace: Workspace
    regime: Regime
    rules: ReportingRules
    period: Period
    until: date

    @cached_property
    def _law_day(self) -> date:
        """The day systems are classified on: never before the regime of the report was in force."""
        return max(self.until, self.regime.in_force_from)

    @cached_property
    def classified(self) -> Mapping[str, ClassifiedSystem]:
        """Every recorded system with its level, by id."""
        return {one.system.id: one for one in classify_all(self.workspace, self._law_day)}

    @property
    def systems(self) -> list[System]:
        """Every recorded system."""
        return [one.system for one in self.classified.values()]

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Every recorded unit."""
        return organizations.units(self.workspace)

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """The version of every system's record, by kind and id."""
        return {f"system/{one.id}": str(one.version) for one in self.workspace.store.heads("system")}

    @cached_property
    def _checks(self) -> Mapping[str, list[Assessment]]:
        found: dict[str, list[Assessment]] = defaultdict(list)
        for one in every_assessment(self.workspace):
            found[one.system_id].append(one)
        return found

    @cached_property
    def _said(self) -> Mapping[str, Expectation]:
        return expectations(self.workspace)

    def placed(self, asked_by: date) -> dict[str, Placed]:
        """Whether each system belongs to the window; ``asked_by`` is the last day the report may be sent."""
        recorded = {id_: day_of(at) for id_, at in self.workspace.store.first_recorded("system").items()}
        return {
            one.id: placed(one, self.period, self.until, recorded=recorded.get(one.id, self.until), asked_by=asked_by)
            for one in self.systems
        }

    def rows(self, ids: Iterable[str]) -> list[tuple[AnnualRow, AnnexSource]]:
        """The row of each system, with what it brings to the annexes."""
        statuses = self._statuses([self.classified[id_] for id_ in ids])
        levels = {one.system.id: one.level for one in statuses if one.level}
        stands = stands_of_all(self.workspace, levels, self.regime)
        return [self._row(one, stands.get(one.system.id, ())) for one in statuses]

    def _statuses(self, chosen: list[ClassifiedSystem]) -> list[RoadStatus]:
        found = {one.system.id: one for one in statuses_of(self.workspace, chosen, self._law_day, until=self.until)}
        for one in chosen:
            if one.system.id not in found:  # in use on the day the figures close, ended since
                found[one.system.id] = status_of(self.workspace, one, self._law_day, units=self.units)
        return [found[one.system.id] for one in chosen]

    def _row(self, status: RoadStatus, stands: tuple[RequirementStand, ...]) -> tuple[AnnualRow, AnnexSource]:
        system = status.system
        source = RowSource(
            system=system,
            owner=unit_name(self.units, system.owner_id),
            operator=unit_name(self.units, system.operator_id),
            level=status.level,
            progress=status.progress,
            words=self._words(status),
            approve_due=_decided_by(status),
            deployment=deployment((one.result, one.due) for one in stands) if stands else None,
            expectation=self._said.get(system.id),
            assessments=tuple(self._checks.get(system.id, ())),
        )
        row = annual_row(source, self.period, self.until)
        return row, self._annex(status, row, stands)

    def _words(self, status: RoadStatus) -> StateWords:
        stages, (before_use, periodic) = status.procedure.stages, self.rules.checks
        return StateWords(
            at_stage=stages[status.stage].report,
            approved=stages[Stage.IN_FORCE].report,
            before_use=before_use,
            periodic=periodic,
        )

    def _annex(self, status: RoadStatus, row: AnnualRow, stands: tuple[RequirementStand, ...]) -> AnnexSource:
        """The annexes speak of the plan, that is of the basic requirements; duties of the decree are no part of it."""
        managed = {one.id for one in self.regime.management_groups}
        groups = {one.id: one for one in stands[0].checklist.groups} if stands else {}
        basic = stands[0].checklist.id if stands else ""
        return AnnexSource(
            name=row.name,
            level=row.level,
            decision=decision_text(row.approval),
            regulation=row.regulation.text if row.regulation else "",
            importance=status.classified.classification.importance,
            stands=tuple(
                self._stand(one, groups[one.requirement.group], managed) for one in stands if one.checklist.id == basic
            ),
        )

    def _stand(self, one: RequirementStand, group: RequirementGroup, managed: set[str]) -> Stand:
        asked, answer = one.requirement, one.answer
        return Stand(
            group=group.id,
            group_title=f"{group.number} {group.title}".strip(),
            citation=asked.citation,
            statement=asked.statement,
            managed=bool(asked.groups) and asked.groups[0] in managed,
            result=one.result,
            measure=answer.measure if answer else "",
            unit=unit_name(self.units, answer.responsible_unit_id) if answer else "",
            due=one.due,
        )


def _decided_by(status: RoadStatus) -> date | None:
    """The last day of the limit that runs for the decision, where one runs."""
    due = [act.deadline.due for act in status.acts if act.deadline and act.step.to is Stage.APPROVED]
    return min(due, default=None)
