"""A commune on the day its staff records were broken into: found at a quarter past eight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.law import load_incident_rules, load_procedure, load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.incident import Incident, Notice, NoticeKind
from compliance.domain.incident_clocks import ClockState, RunningClock
from compliance.domain.incident_rules import IncidentRules
from compliance.domain.moment import VIETNAM
from compliance.domain.procedure import Procedure
from compliance.domain.regime_status import regime_on
from compliance.services.incident_notices import Sending, record_notice
from compliance.services.incidents import Telling, incident_status, record_incident
from tests.documents.office import STAFF, TODAY, new_office

T0 = datetime(2026, 11, 22, 8, 15, tzinfo=VIETNAM)
TITLE = "Máy chủ hồ sơ cán bộ bị mã hóa"
AT_ONCE, FIRST, REPORT, DATA = "bao-ngay", "thong-bao-24h", "bao-cao-72h", "du-lieu-ca-nhan-72h"
POLICE = "Phòng An ninh mạng, Công an tỉnh Mẫu"
RULED_OUT: dict[str, Any] = dict.fromkeys(
    ("threatens", "interrupts", "serious", "personal_data", "dangerous", "beyond_capacity", "violation"), False
)


def after(hours: float = 0, minutes: float = 0) -> datetime:
    """So long after the incident was detected."""
    return T0 + timedelta(hours=hours, minutes=minutes)


class Office:
    """The workspace and what one does in it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def record(self, *, at: datetime = T0, now: datetime | None = None, **said: Any) -> Incident:
        texts = said.pop("texts", {})
        telling = Telling(
            title=said.pop("title", TITLE),
            detected_at=at,
            system_ids=said.pop("system_ids", (STAFF.id,)),
            lead_unit_id=said.pop("lead_unit_id", None),
            signs=said,
            texts=texts,
        )
        return record_incident(self.workspace, telling, now=now or at)

    def send(self, incident: Incident, kind: NoticeKind, at: datetime, **said: Any) -> Notice:
        sending = Sending(kind, at, said.pop("to", POLICE), said.pop("channel", "Điện thoại"), **said)
        return record_notice(self.workspace, incident.id, sending, now=at).notice

    def clock(self, incident: Incident, clock: str, now: datetime) -> RunningClock:
        found = incident_status(self.workspace, incident.id, now).clocks
        return next(one for one in found if one.rule.id == clock)

    def state(self, incident: Incident, clock: str, now: datetime) -> ClockState:
        return self.clock(incident, clock, now).state


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with new_office(tmp_path / "ho-so") as workspace:
        yield Office(workspace)


@pytest.fixture(scope="session")
def rules() -> IncidentRules:
    return load_incident_rules(regime_on(TODAY, load_regimes()))


@pytest.fixture(scope="session")
def procedure() -> Procedure:
    return load_procedure(regime_on(TODAY, load_regimes()))
