"""The text of a page of a PDF as PDFium sees it, the reader of Chrome."""

from __future__ import annotations

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # no published types


def page_text(document: pdfium.PdfDocument, index: int) -> str | None:
    """The text of one page; ``None`` where the page itself is damaged."""
    try:
        page = document[index]
        try:
            part = page.get_textpage()
            try:
                text: str = part.get_text_range(errors="replace")
            finally:
                part.close()
        finally:
            page.close()
    except pdfium.PdfiumError:
        return None
    # PDFium marks a hyphen at a line's end with U+FFFE or a control sign and joins the lines
    return text.replace("\ufffe", "-").replace("\x02", "-").replace("\x00", " ").replace("\r\n", "\n")
