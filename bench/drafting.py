"""Drafting a dossier beside WeasyPrint alone on the same HTML with the same options."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from bench.printing import alone, watched
from compliance.adapters.law import data_root
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.services.dossiers import draft_dossier
from compliance.services.systems import import_inventory

PAPERS = import_module("compliance.services.dossier_papers")
TODAY = date(2026, 11, 22)
SYSTEM = "mang-noi-bo"


def _office(folder: Path) -> Workspace:
    workspace = create_workspace(folder / "ho-so")
    files = sorted((data_root() / "examples" / "xa-hop-minh").glob("*.csv"))
    import_inventory(workspace, files, today=TODAY)
    return workspace


def _drafted(workspace: Workspace, folder: Path) -> float:
    begun = time.perf_counter()
    draft_dossier(workspace, [SYSTEM], today=TODAY, out=folder)
    return time.perf_counter() - begun


def measure(rounds: int = 3) -> list[tuple[str, str]]:
    """Median of each over the rounds, taken in turns after one warm-up."""
    with tempfile.TemporaryDirectory() as name, _office(Path(name)) as workspace:
        pages: list[tuple[str, dict[str, Any]]] = []
        with watched(PAPERS, pages):
            _drafted(workspace, Path(name) / "du-thao")
        alone(pages)
        pairs = [(_drafted(workspace, Path(name) / "du-thao"), alone(pages)) for _ in range(rounds)]
    ratio = median(a for a, _ in pairs) / median(b for _, b in pairs)
    return [("dossiers draft / WeasyPrint alone on the same HTML", f"{ratio:.2f}")]
