"""The report of a level-5 check, fully answered, beside WeasyPrint alone on the same HTML with the same options."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.printing import alone, watched
from compliance.adapters.law import data_root
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.assessment import AssessmentKind, Result
from compliance.domain.evidence import Shelf
from compliance.services import answering, assessments
from compliance.services.assessment_papers import draft_report
from compliance.services.evidence import Describing, add_paper
from compliance.services.starting import Starting, start
from compliance.services.systems import import_inventory

PRINTING = import_module("compliance.services.one_paper")
TODAY = date(2026, 11, 22)
SYSTEM = "mang-noi-bo"
RESULTS = (Result.COMPLIANT, Result.PARTIALLY_COMPLIANT, Result.COMPLIANT, Result.NON_COMPLIANT)
PROVED = 40
"""How many requirements have a paper on the shelf."""


def _checked(folder: Path) -> tuple[Workspace, str]:
    workspace = create_workspace(folder / "ho-so")
    files = sorted((data_root() / "examples" / "xa-hop-minh").glob("*.csv"))
    import_inventory(workspace, files, today=TODAY)
    starting = Starting(AssessmentKind.SELF, level=5)
    check = start(workspace, SYSTEM, starting, today=TODAY).assessment.id
    rows = [row.requirement.id for row in assessments.load(workspace, check).rows]
    said = [answering.Said(id_, RESULTS[at % 4], "Ghi nhận tại chỗ, có sổ") for at, id_ in enumerate(rows)]
    answering.record(workspace, check, said, today=TODAY)
    for id_ in rows[:PROVED]:
        about = Describing(title="Quy chế bảo đảm an ninh mạng", dated_on=TODAY)
        add_paper(workspace, Shelf(cabinet="2"), about, serves=[(SYSTEM, id_)], today=TODAY)
    return workspace, check


def _drafted(workspace: Workspace, check: str, folder: Path) -> float:
    begun = time.perf_counter()
    draft_report(workspace, check, folder, TODAY)
    return time.perf_counter() - begun


def measure(rounds: int = 3) -> list[tuple[str, str]]:
    """The quickest of each over the rounds, taken in turns after one warm-up: what else the machine does only adds."""
    with tempfile.TemporaryDirectory() as name:
        workspace, check = _checked(Path(name))
        with workspace:
            pages: list[tuple[str, dict[str, Any]]] = []
            with watched(PRINTING, pages):
                _drafted(workspace, check, Path(name) / "du-thao")
            alone(pages)
            pairs = [(_drafted(workspace, check, Path(name) / "du-thao"), alone(pages)) for _ in range(rounds)]
    ratio = min(a for a, _ in pairs) / min(b for _, b in pairs)
    return [("assessments report, level 5 / WeasyPrint alone on the same HTML", f"{ratio:.2f}")]
