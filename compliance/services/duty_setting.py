"""What duties are worked out against: the law of the day and the records, each read once and only where asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from compliance.adapters.law import load_duty_calendar, load_regimes
from compliance.adapters.working_calendar import working_calendar
from compliance.adapters.workspace import Workspace
from compliance.domain.duty_calendar import DutyCalendar
from compliance.domain.evidence import Evidence
from compliance.domain.moment import day_of
from compliance.domain.organization import Unit
from compliance.domain.recurrence import months_after
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.domain.road import Taken
from compliance.domain.system import System
from compliance.domain.working_days import WorkingCalendar
from compliance.services import organizations
from compliance.services.classifications import ClassifiedSystem, classify_all
from compliance.services.roads import RoadStatus, statuses_of, steps_by_system

_BACK = -12
_AHEAD = 36


@dataclass(frozen=True)
class DutySetting:
    """A day, the law on it, and what is recorded; made by :func:`setting`."""

    workspace: Workspace
    today: date
    regime: Regime
    calendar: DutyCalendar

    @cached_property
    def classified(self) -> tuple[ClassifiedSystem, ...]:
        """Every recorded system with its level, ordered by id."""
        return classify_all(self.workspace, self.today, units=self.units)

    @cached_property
    def systems(self) -> Mapping[str, System]:
        """Every recorded system by id."""
        return {one.system.id: one.system for one in self.classified}

    @cached_property
    def levels(self) -> Mapping[str, int | None]:
        """The level of each system by the facts, by id; ``None`` while undecided."""
        return {one.system.id: one.classification.level for one in self.classified}

    @cached_property
    def statuses(self) -> tuple[RoadStatus, ...]:
        """Where the dossier of each system that needs one stands.

        Raises:
            NotFound: the regime has no procedure.
        """
        return statuses_of(self.workspace, self.classified, self.today, units=self.units, steps=self.steps)

    @cached_property
    def steps(self) -> Mapping[str, Sequence[Taken]]:
        """Every step recorded of the road, by system."""
        return steps_by_system(self.workspace)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Every recorded unit by id."""
        return organizations.units(self.workspace)

    @cached_property
    def working(self) -> WorkingCalendar:
        """The working days from a year back to three years ahead, at least."""
        first, last = months_after(self.today, _BACK), months_after(self.today, _AHEAD)
        return working_calendar(first, last, self.workspace.path)

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """Every piece of evidence by id, those withdrawn included."""
        heads = self.workspace.store.heads("evidence")
        return {one.id: Evidence.model_validate_json(one.body) for one in heads}

    @cached_property
    def tracked(self) -> Mapping[str, date]:
        """The day each system was first recorded here, by id: what was due before it nobody could have recorded."""
        return {id_: day_of(at) for id_, at in self.workspace.store.first_recorded("system").items()}


def setting(workspace: Workspace, today: date) -> DutySetting:
    """What duties are worked out against on a day.

    Raises:
        NotFound: no regime is in force, or it has no calendar of duties.
        DataFault: a law file is broken.
    """
    regime = regime_on(today, load_regimes())
    return DutySetting(workspace=workspace, today=today, regime=regime, calendar=load_duty_calendar(regime))
