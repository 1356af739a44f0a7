"""The list of duties of 2,000 systems of mixed levels, beside reading their current records."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from compliance.adapters.law import data_root
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.services.classifications import classify_all
from compliance.services.duties import duty_rows
from compliance.services.systems import import_inventory, systems

SYSTEMS = 2_000
TODAY = date(2026, 11, 22)


def _filled(folder: Path) -> Workspace:
    """A province of communes like the one the program ships: its systems again and again, at levels 1 to 5."""
    workspace = create_workspace(folder)
    files = sorted((data_root() / "examples" / "xa-hop-minh").glob("*.csv"))
    import_inventory(workspace, files, today=TODAY)
    models = [one for one in systems(workspace) if one.needs_dossier]
    with workspace.act("bench") as act:
        for number in range(SYSTEMS - len(systems(workspace))):
            model = models[number % len(models)]
            facts = {**model.facts, "decided_level": number % 5 + 1}
            one = model.model_copy(update={"id": f"{model.id}-{number}", "facts": facts})
            act.put("system", one.id, one.model_dump_json(exclude_defaults=True), 0)
    return workspace


def _best(task: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        task()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def measure(rounds: int = 5) -> list[tuple[str, str]]:
    """All duties cost little beside reading and classifying the systems; those of a month less."""
    with tempfile.TemporaryDirectory() as name, _filled(Path(name) / "ho-so") as workspace:
        read = _best(lambda: classify_all(workspace, TODAY), rounds)
        alone = _best(lambda: systems(workspace), rounds)
        every = _best(lambda: duty_rows(workspace, TODAY, every=True), rounds)
        month = _best(lambda: duty_rows(workspace, TODAY, within=30), rounds)
        rows = len(duty_rows(workspace, TODAY, every=True))
    return [
        (f"every duty of {SYSTEMS:,} systems ({rows:,} rows) / reading and classifying them", f"{every / read:.2f}"),
        (f"duties of 30 days of {SYSTEMS:,} systems / reading and classifying them", f"{month / read:.2f}"),
        (f"every duty of {SYSTEMS:,} systems / reading them", f"{every / alone:.2f}"),
        (f"duties of 30 days of {SYSTEMS:,} systems / reading them", f"{month / alone:.2f}"),
    ]
