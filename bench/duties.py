"""The list of duties of 2,000 systems of mixed levels, beside reading their current records.

Read are the heads of every kind the list rests on, parsed and kept: units, systems, steps, what was done and decided,
findings with their answers, evidence and what it serves, custody, contracts, incidents. Answers nothing is short of are
left out on both sides, since the list never reads them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from bench.province import province
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer
from compliance.domain.assignment import Contract, Custody
from compliance.domain.duty import Cadency, Done
from compliance.domain.evidence import Evidence, Support
from compliance.domain.incident import Incident, Notice
from compliance.domain.organization import Unit
from compliance.domain.remediation import Finding
from compliance.domain.road import Taken
from compliance.domain.system import System
from compliance.services.duties import duty_rows, glance
from compliance.services.systems import systems

_RECORDS: dict[str, type[BaseModel]] = {
    "unit": Unit,
    "system": System,
    "step": Taken,
    "duty": Done,
    "cadence": Cadency,
    "finding": Finding,
    "answer": Answer,
    "evidence": Evidence,
    "support": Support,
    "custody": Custody,
    "contract": Contract,
    "incident": Incident,
    "notice": Notice,
}
SYSTEMS = 2_000
TODAY = date(2026, 11, 22)


def reading(workspace: Workspace) -> list[BaseModel]:
    """Every current record the list rests on, each parsed as its service parses it."""
    return [
        model.model_validate_json(head.body) for kind, model in _RECORDS.items() for head in workspace.store.heads(kind)
    ]


def _seconds(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def measure(rounds: int = 5) -> list[tuple[str, str]]:
    """What ``duties due`` makes beside reading what it rests on; in turns, so that a busy machine slows both."""
    with tempfile.TemporaryDirectory() as name, province(Path(name) / "ho-so", SYSTEMS, TODAY) as workspace:
        tasks: list[Callable[[], object]] = [
            lambda: reading(workspace),
            lambda: glance(workspace, TODAY, 30),
            lambda: duty_rows(workspace, TODAY),
            lambda: duty_rows(workspace, TODAY, within=30),
            lambda: systems(workspace),
        ]
        taken = [[_seconds(task) for task in tasks] for _ in range(rounds)]
        rows = len(duty_rows(workspace, TODAY))
    read, seen, whole, month, alone = (min(column) for column in zip(*taken, strict=True))
    return [
        (
            f"duties due of {SYSTEMS:,} systems as shown, the rest counted / reading their current records",
            f"{seen / read:.2f}",
        ),
        (f"duties of {SYSTEMS:,} systems ({rows:,} rows) / reading their current records", f"{whole / read:.2f}"),
        (f"duties of 30 days of {SYSTEMS:,} systems / reading their current records", f"{month / read:.2f}"),
        (f"duties of 30 days of {SYSTEMS:,} systems / reading the systems alone", f"{month / alone:.2f}"),
    ]
