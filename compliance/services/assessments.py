"""The assessment of systems: what an office answered, requirement by requirement."""

from __future__ import annotations

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer


def answers(workspace: Workspace, system_id: str) -> tuple[Answer, ...]:
    """Every answer stored for a system, to whichever list it was given."""
    return tuple(Answer.model_validate_json(one.body) for one in workspace.store.heads("answer", system_id))
