"""Reading one system and listing all, at 2,000 and 20,000 recorded systems."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.system import Ownership, System

SIZES = (2_000, 20_000)


def _filled(folder: Path, count: int) -> Workspace:
    workspace = create_workspace(folder)
    with workspace.act("bench") as act:
        for number in range(count):
            system = System(
                id=f"he-thong-{number}", name=f"Hệ thống {number}", ownership=Ownership.OWNED, owner_id="ubnd"
            )
            act.put("system", system.id, system.model_dump_json(exclude_defaults=True), 0)
    return workspace


def _best(task: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        task()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def measure(rounds: int = 5) -> list[tuple[str, str]]:
    """One head should cost the same at both sizes; a list ten times as long about ten times as much."""
    one, every = {}, {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name, _filled(Path(name) / "ho-so", size) as workspace:
            store = workspace.store
            one[size] = _best(lambda: store.head("system", "he-thong-7"), rounds)  # noqa: B023 - called at once
            every[size] = _best(lambda: store.heads("system"), rounds)  # noqa: B023 - called at once
    small, large = SIZES
    return [
        (f"read one system: {large:,} recorded / {small:,} recorded", f"{one[large] / one[small]:.2f}"),
        (f"list every system: {large:,} / {small:,} (10 = linear)", f"{every[large] / every[small]:.2f}"),
    ]
