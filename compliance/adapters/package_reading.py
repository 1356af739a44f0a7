"""Reading a package back from its files."""

from __future__ import annotations

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # no published types


def page_count(data: bytes) -> int:
    """The pages of a PDF; 0 for anything else and for one that cannot be read."""
    if b"%PDF-" not in data[:1024]:
        return 0
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()
