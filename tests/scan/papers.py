"""Papers somebody might bring, made here: PDF, DOCX, XLSX, and the broken ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.comments import Comment
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf(path: Path, pages: Sequence[str]) -> Path:
    """A PDF with one page for each text; an empty text gives a page without any."""
    body = "".join(f'<p style="break-after: page">{page or "&nbsp;"}</p>' for page in pages)
    HTML(string=f'<html lang="vi"><body style="font-family: Liberation Serif">{body}</body></html>').write_pdf(path)
    return path


def locked_pdf(path: Path, pages: Sequence[str], password: str) -> Path:
    """A PDF that may not be changed and, with a password, not be opened either."""
    pdf(path, pages)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(path.read_bytes())))
    writer.encrypt(user_password=password, owner_password="chu-so-huu", algorithm="RC4-128")  # noqa: S106
    with path.open("wb") as file:
        writer.write(file)
    return path


def scanned_pdf(path: Path, pages: int) -> Path:
    """A PDF of pictures: pages without any text."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    with path.open("wb") as file:
        writer.write(file)
    return path


def paragraph(text: str) -> str:
    """A paragraph of WordprocessingML."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx(path: Path, body: str, parts: dict[str, str] | None = None, extra: dict[str, bytes] | None = None) -> Path:
    """A Word file: the inside of its body, other parts by name, and members that are no XML."""
    space = (
        f'xmlns:w="{WORD}" xmlns:a="{DRAWING}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, inside in (parts or {}).items():
            package.writestr(name, f"<w:part {space}>{inside}</w:part>")
        for name, data in (extra or {}).items():
            package.writestr(name, data)
    return path


def xlsx(path: Path, cells: dict[str, str], comment: str = "") -> Path:
    """A workbook with one sheet, “Căn cứ”."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Căn cứ"
    for place, text in cells.items():
        sheet[place] = text
    if comment:
        sheet["A1"].comment = Comment(comment, "Văn phòng")
    workbook.save(path)
    workbook.close()
    return path


def ole(path: Path, stream: str) -> Path:
    """The container of old Office files and of new ones with a password, told apart by a stream's name."""
    path.write_bytes(OLE + bytes(600) + stream.encode("utf-16-le") + bytes(600))
    return path
