"""A commune with fourteen systems of the levels 1 to 3, for papers that must not spill."""

from __future__ import annotations

from pathlib import Path

from compliance.adapters.workspace import Workspace
from tests.documents.office import NOTICES, ONE_STOP, STAFF, new_office, put_system

PORTAL = ONE_STOP.model_copy(
    update={
        "id": "cong-thong-tin",
        "name": "Cổng thông tin điện tử xã Suối Mẫu",
        "facts": {**ONE_STOP.facts, "online_service": True, "subjects_basic": 20_000},
    }
)


def heavy_office(path: Path) -> Workspace:
    """The invented commune with nine more systems."""
    workspace = new_office(path)
    for number in range(1, 4):
        for one in (NOTICES, STAFF, PORTAL):
            copy = {"id": f"{one.id}-{number}", "name": f"{one.name} số {number}"}
            put_system(workspace, one.model_copy(update=copy))
    return workspace
