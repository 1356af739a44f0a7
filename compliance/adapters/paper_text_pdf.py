"""The text of a PDF, page by page.

PDFium is the reader of Chrome: fast, hardened against hostile files, and it opens what is encrypted for printing only.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # no published types

from compliance.adapters.paper_page import TEXT_WANTED, Page, PaperText, damaged, unreadable
from compliance.adapters.pdf_text import page_text

_END = b"%%EOF"
_TAIL = 2048
_PAGE_NUMBER = re.compile(r"\A\s*\d{1,4}\s*\n|\n\s*\d{1,4}\s*\Z")
"""The page's own number, alone in its first or last line; it would stand inside a sentence that runs over pages."""
_SHOWN = 12
"""How many page numbers a remark names before it counts the rest."""


def read_pdf(path: Path) -> PaperText:
    """Every page of a PDF.

    Raises:
        BadData: it needs a password, is damaged, or holds pictures of pages instead of text.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise unreadable(path, "Tệp PDF có mật khẩu mở tệp.", "bản không đặt mật khẩu") from None
        raise damaged(path, "Tệp PDF") from None
    try:
        texts = [_text(document, index) for index in range(len(document))]
    finally:
        document.close()
    if not any(text and text.strip() for text in texts):
        message = f"Tệp PDF có {len(texts)} trang nhưng không có chữ nào đọc được, có lẽ là bản quét (ảnh chụp)."
        raise unreadable(path, message, TEXT_WANTED)
    pages = tuple(Page(at, f"trang {at}", text or "", continues=at > 1) for at, text in enumerate(texts, start=1))
    return PaperText(pages, tuple(_remarks(path, texts)))


def _text(document: pdfium.PdfDocument, index: int) -> str | None:
    """The text of one page without its number; ``None`` where the page itself is damaged."""
    text = page_text(document, index)
    return None if text is None else _PAGE_NUMBER.sub("", text)


def _remarks(path: Path, texts: list[str | None]) -> list[str]:
    damaged = [at for at, text in enumerate(texts, start=1) if text is None]
    empty = [at for at, text in enumerate(texts, start=1) if text is not None and not text.strip()]
    remarks = []
    if damaged:
        remarks.append(f"{_named(damaged)} bị hỏng nên không đọc được; hãy xin lại bản khác.")
    if empty:
        remarks.append(
            f"{_named(empty)} không có chữ đọc được (trang trống hoặc ảnh quét); chưa tìm viện dẫn ở đó. "
            f"Nếu là ảnh quét, cần {TEXT_WANTED}."
        )
    if _END not in _last_bytes(path):
        remarks.append("Tệp PDF thiếu phần cuối, có thể đã bị cắt ngắn và mất trang; hãy so số trang với bản gốc.")
    return remarks


def _named(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:_SHOWN]))
    more = f" và {len(pages) - _SHOWN} trang khác" if len(pages) > _SHOWN else ""
    return f"Trang {shown}{more}"


def _last_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _TAIL))
        return file.read()
