"""Drafting a dossier beside WeasyPrint alone on the same HTML with the same options."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from compliance.adapters import rendering
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


@contextmanager
def _watched(seen: list[tuple[str, dict[str, Any]]]) -> Iterator[None]:
    """Keep what is handed to the printer while a draft is made."""
    printer = PAPERS.render

    def kept(html: str, out: Path, **options: Any) -> rendering.RenderedPdf:
        seen.append((html, options))
        made: rendering.RenderedPdf = printer(html, out, **options)
        return made

    PAPERS.render = kept  # type: ignore[attr-defined]
    try:
        yield
    finally:
        PAPERS.render = printer  # type: ignore[attr-defined]


def _alone(pages: Sequence[tuple[str, dict[str, Any]]]) -> float:
    import weasyprint  # noqa: PLC0415 - loaded when the draft loads it too

    begun = time.perf_counter()
    for html, _ in pages:
        weasyprint.HTML(string=html).write_pdf(pdf_variant=rendering.VARIANT, pdf_tags=True)
    return time.perf_counter() - begun


def _drafted(workspace: Workspace, folder: Path) -> float:
    begun = time.perf_counter()
    draft_dossier(workspace, [SYSTEM], today=TODAY, out=folder)
    return time.perf_counter() - begun


def measure(rounds: int = 3) -> list[tuple[str, str]]:
    """Median of each over the rounds, taken in turns after one warm-up."""
    with tempfile.TemporaryDirectory() as name, _office(Path(name)) as workspace:
        pages: list[tuple[str, dict[str, Any]]] = []
        with _watched(pages):
            _drafted(workspace, Path(name) / "du-thao")
        _alone(pages)
        pairs = [(_drafted(workspace, Path(name) / "du-thao"), _alone(pages)) for _ in range(rounds)]
    ratio = median(a for a, _ in pairs) / median(b for _, b in pairs)
    return [("dossiers draft / WeasyPrint alone on the same HTML", f"{ratio:.2f}")]
