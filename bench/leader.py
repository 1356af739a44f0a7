"""The leader's page of the example commune, PDF and HTML, beside WeasyPrint alone on the same HTML."""

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
from compliance.services.commune_pages import leader_page
from compliance.services.systems import import_inventory

PAPERS = import_module("compliance.services.one_paper")
TODAY = date(2026, 12, 18)


def _office(folder: Path) -> Workspace:
    workspace = create_workspace(folder / "ho-so")
    import_inventory(workspace, sorted((data_root() / "examples" / "xa-hop-minh").glob("*.csv")), today=TODAY)
    return workspace


def _printed(workspace: Workspace, folder: Path) -> float:
    begun = time.perf_counter()
    leader_page(workspace, folder, TODAY)
    return time.perf_counter() - begun


def measure(rounds: int = 5) -> list[tuple[str, str]]:
    """Median of each over the rounds, taken in turns after one warm-up."""
    with tempfile.TemporaryDirectory() as name, _office(Path(name)) as workspace:
        pages: list[tuple[str, dict[str, Any]]] = []
        with watched(PAPERS, pages):
            _printed(workspace, Path(name) / "ra")
        alone(pages)
        pairs = [(_printed(workspace, Path(name) / "ra"), alone(pages)) for _ in range(rounds)]
    ours, theirs = (median(column) for column in zip(*pairs, strict=True))
    return [("leader's page / WeasyPrint alone", f"{ours / theirs:.2f}")]
