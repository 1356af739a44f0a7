"""Watching what is printed, and printing the same with WeasyPrint alone."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from compliance.adapters import rendering


@contextmanager
def watched(module: ModuleType, seen: list[tuple[str, dict[str, Any]]]) -> Iterator[None]:
    """Keep what is handed to the printer by a module, by the name ``render`` it knows it by."""
    printer = module.render

    def kept(html: str, out: Path, **options: Any) -> rendering.RenderedPdf:
        seen.append((html, options))
        made: rendering.RenderedPdf = printer(html, out, **options)
        return made

    module.render = kept  # type: ignore[attr-defined]
    try:
        yield
    finally:
        module.render = printer  # type: ignore[attr-defined]


def alone(pages: Sequence[tuple[str, dict[str, Any]]]) -> float:
    import weasyprint  # noqa: PLC0415 - loaded when ours loads it too

    begun = time.perf_counter()
    for html, _ in pages:
        weasyprint.HTML(string=html).write_pdf(pdf_variant=rendering.VARIANT, pdf_tags=True)
    return time.perf_counter() - begun
