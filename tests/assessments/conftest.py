"""The commune of the documents' tests, ready to be checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace, open_workspace
from compliance.domain.assessment import Assessment, AssessmentKind, Result
from compliance.services import answering
from compliance.services.starting import Starting, start
from tests.documents.office import NOTICES, RECORDED_AT, STAFF, TODAY, new_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with new_office(tmp_path / "ho-so") as workspace:
        yield workspace


@pytest.fixture
def colleague(office: Workspace) -> Iterator[Workspace]:
    """The same workspace, opened by somebody else at the same time."""
    with open_workspace(office.path, by="Công an xã", now=lambda: RECORDED_AT) as workspace:
        yield workspace


@pytest.fixture
def check(office: Workspace) -> Assessment:
    """A self-check of the level-2 system, just begun."""
    return begin(office)


def begin(
    office: Workspace, system_id: str = STAFF.id, kind: AssessmentKind = AssessmentKind.SELF, **more: object
) -> Assessment:
    starting = Starting(kind, **more)  # type: ignore[arg-type]
    return start(office, system_id, starting, today=TODAY).assessment


def say(
    office: Workspace, check: Assessment, requirement: str, result: Result = Result.COMPLIANT, **more: object
) -> answering.Saved:
    said = answering.Said(requirement, result, **more)  # type: ignore[arg-type]
    return answering.answer(office, check.id, said, today=TODAY)


LEVEL_TWO, LEVEL_ONE = STAFF.id, NOTICES.id
