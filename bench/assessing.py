"""Opening the workspace, answering one requirement of a level-5 check and saving it: the last beside the first."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from compliance.adapters.law import data_root
from compliance.adapters.workspace import create_workspace, open_workspace
from compliance.domain.assessment import AssessmentKind, Result
from compliance.services import answering, assessments
from compliance.services.starting import Starting, start
from compliance.services.systems import import_inventory

TODAY = date(2026, 11, 22)
SYSTEM = "mang-noi-bo"
TAKEN = 20
"""How many answers are timed at each end."""


def _begun(path: Path) -> tuple[str, list[str]]:
    """A level-5 check and the requirements of its longest list."""
    with create_workspace(path) as workspace:
        files = sorted((data_root() / "examples" / "xa-hop-minh").glob("*.csv"))
        import_inventory(workspace, files, today=TODAY)
        starting = Starting(AssessmentKind.SELF, level=5)
        check = start(workspace, SYSTEM, starting, today=TODAY).assessment
    longest = max(assessments.lists_for(check).values(), key=lambda one: len(one.requirements))
    return check.id, [one.id for one in longest.requirements]


def _answer(path: Path, check: str, requirement: str) -> float:
    begun = time.perf_counter()
    with open_workspace(path) as workspace:
        said = answering.Said(requirement, Result.NON_COMPLIANT, "Chưa làm")
        answering.answer(workspace, check, said, today=TODAY)
    return time.perf_counter() - begun


def measure() -> list[tuple[str, str]]:
    """Median of the last answers over that of the first, after a few to warm up."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ho-so"
        check, requirements = _begun(path)
        times = [_answer(path, check, one) for one in requirements]
    ratio = median(times[-TAKEN:]) / median(times[3 : TAKEN + 3])
    return [(f"opening, answering, saving: the {len(requirements)}th / the first of a level-5 check", f"{ratio:.2f}")]
