"""A commune whose staff records were checked: two requirements fall short, one is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import AssessmentKind, Result
from compliance.domain.evidence import Evidence
from compliance.services import answering, evidence
from compliance.services.starting import Starting, start
from tests.documents.office import STAFF, TODAY, new_office

SYSTEM = STAFF.id
NOT_MET, PARTLY_MET, MET = "4.1-a", "4.1-b", "4.2.1-a"
FINDING, OTHER = f"{SYSTEM}/{NOT_MET}", f"{SYSTEM}/{PARTLY_MET}"
DOER, CONFIRMER = "Văn phòng", "Công an xã Suối Mẫu"


def days(number: int) -> date:
    """So many days after the check."""
    return TODAY + timedelta(days=number)


@dataclass(frozen=True)
class Office:
    """The workspace and what one does in it."""

    workspace: Workspace
    check: str

    def say(self, requirement: str, result: Result, *, check: str = "", on: date = TODAY) -> None:
        said = answering.Said(requirement, result, "Như đã thấy tại chỗ")
        answering.answer(self.workspace, check or self.check, said, today=on)

    def check_again(self, on: date) -> str:
        kind = AssessmentKind.PERIODIC
        return start(self.workspace, SYSTEM, Starting(kind), today=on).assessment.id

    def seen(self, requirement: str = NOT_MET, *, on: date = TODAY, until: date | None = None) -> Evidence:
        about = evidence.Describing(valid_until=until)
        return evidence.add_observation(
            self.workspace, "Đã xem quyết định phân công", about, serves=[(SYSTEM, requirement)], today=on
        )


def checked_office(path: Path) -> Office:
    workspace = new_office(path)
    starting = Starting(AssessmentKind.SELF, assessor=CONFIRMER)
    office = Office(workspace, start(workspace, SYSTEM, starting, today=TODAY).assessment.id)
    office.say(NOT_MET, Result.NON_COMPLIANT)
    office.say(PARTLY_MET, Result.PARTIALLY_COMPLIANT)
    office.say(MET, Result.COMPLIANT)
    return office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = checked_office(tmp_path / "ho-so")
    with made.workspace:
        yield made
