"""The one-stop centre of xã Suối Mẫu, which checks its equipment every morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.morning_form import MorningSaid
from compliance.domain.morning_month import MorningMonth
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.services import mornings
from compliance.services.mornings import RecordedMorning
from tests.documents.office import ONE_STOP, USED, new_office, put, put_system

CENTRE = Unit(
    id="hanh-chinh-cong",
    name="Trung tâm Phục vụ hành chính công xã Suối Mẫu",
    kind=UnitKind.SERVICE_CENTRE,
    tier=UnitTier.COMMUNE,
)
SUPERIOR = "ioffice"
ONE_STOP_LINE, SUPERIOR_LINE = f"phan-mem-{ONE_STOP.id}", f"phan-mem-{SUPERIOR}"


def november(day: int) -> date:
    """A day of November 2026; the 2nd is a Monday."""
    return date(2026, 11, day)


@dataclass(frozen=True)
class Centre:
    """The workspace and what the centre does in it."""

    workspace: Workspace

    def records(
        self,
        day: date,
        *,
        today: date | None = None,
        by: str = "Bộ phận một cửa",
        faults: tuple[str, ...] = (),
        not_here: tuple[str, ...] = (),
        here: tuple[str, ...] = (),
        note: str = "",
    ) -> RecordedMorning:
        on = today or day
        clock = datetime(on.year, on.month, on.day, 0, 30, tzinfo=UTC)  # half past seven in Việt Nam
        office = replace(self.workspace, by=by, now=lambda: clock)
        said = MorningSaid(faults=faults, not_here=not_here, here=here, note=note)
        return mornings.record(office, CENTRE, day, said, today=on)

    def month(self, first: date, last: date, today: date) -> MorningMonth:
        return mornings.morning_month(self.workspace, CENTRE, first, last, today)


def new_centre(path: Path) -> Centre:
    workspace = new_office(path)
    put(workspace, "unit", [(CENTRE.id, CENTRE)])
    put_system(workspace, ONE_STOP.model_copy(update={"local_unit_id": CENTRE.id}))
    put_system(workspace, USED.model_copy(update={"local_unit_id": CENTRE.id}))
    return Centre(workspace)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    made = new_centre(tmp_path / "ho-so")
    with made.workspace:
        yield made
