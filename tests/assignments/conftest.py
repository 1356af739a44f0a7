"""A commune that writes down who does what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import Assignment, DutyRole
from compliance.services.assignments import Assigning, assign
from tests.documents.office import OFFICE, new_office

SINCE = "01/10/2026"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with new_office(tmp_path / "ho-so") as workspace:
        yield workspace


def assigned(
    workspace: Workspace,
    role: DutyRole,
    position: str = "Chánh Văn phòng",
    *,
    task: str = "",
    systems: tuple[str, ...] = (),
    since: str = SINCE,
    until: str | None = None,
) -> Assignment:
    """Somebody of the office holds a role."""
    said = Assigning(
        role, OFFICE.id, since=since, until=until, position=position, system_ids=systems, task=task, paper="12/QĐ-UBND"
    )
    return assign(workspace, said).assignment
