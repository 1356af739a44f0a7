"""The next free number of records counted within a year."""

from __future__ import annotations

from compliance.adapters.workspace import Workspace


def next_id(workspace: Workspace, kind: str, beginning: str, year: int) -> str:
    """``<beginning>-<year>-001`` and on; asked inside an act, so that nobody else takes the same number meanwhile."""
    start = f"{beginning}-{year}-"
    used = (int(id_.removeprefix(start)) for id_ in workspace.store.ids(kind) if id_.startswith(start))
    return f"{start}{max(used, default=0) + 1:03d}"
