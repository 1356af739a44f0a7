"""Printing a single paper that stands for itself: filled, matched to its data by a code, kept as PDF/A-3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from compliance.adapters.files import disk_reason
from compliance.adapters.pack_folder import docx_keywords, pdf_keywords
from compliance.adapters.rendering import Properties, render
from compliance.adapters.templates import Form, fill, load_layout, page_face
from compliance.errors import Refused
from compliance.services.dossier_papers import DraftFile
from compliance.services.paper_data import MATCH_CODE, PaperData

_SIGNATURE = b"/ByteRange"
"""What a digital signature writes into a PDF, and nothing printed here."""
_MARK = 200
"""Bytes at the end of an HTML file in which its mark stands."""


@dataclass(frozen=True)
class OnePaper:
    """What a paper is made of: ``content`` is what the form prints, by the names it uses."""

    form: Form
    title: str
    author: str
    content: Mapping[str, object]
    data: PaperData


@dataclass(frozen=True)
class PrintedPaper:
    """The file, the face it is set in, its match code, what printing remarked, and the filled form it was made from."""

    file: DraftFile
    face: str
    match_code: str
    remarks: tuple[str, ...]
    html: str = field(default="", repr=False)


def print_one(paper: OnePaper, out: Path, today: date) -> PrintedPaper:
    """Print a paper to the file ``out``; its folder is made where it is not there.

    A paper printed before is printed over; a file that is not the program's own, such as a signed scan, never.

    Raises:
        Refused: the folder cannot be written, or another file bears the name.
        DataFault: the form is broken.
    """
    face, code = page_face(load_layout()), paper.data.match_code
    html = fill(paper.form, {"match_code": code, **paper.content}, face=face)
    properties = Properties(
        title=paper.title,
        author=paper.author,
        subject=paper.form.data.title,
        keywords=paper.data.keywords,
        day=today,
    )
    try:
        refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        done = render(html, out, face=face, properties=properties, attachments=[paper.data.attached])
    except OSError as error:
        reason = disk_reason(error)
        if isinstance(error, IsADirectoryError):
            raise Refused(f"Không ghi được tệp {out}: {reason}. Hãy chọn tên khác.") from error
        raise Refused(f"Không ghi được vào thư mục {out.parent}: {reason}. Hãy chọn thư mục khác.") from error
    file = DraftFile(done.path, done.sha256, done.pages, paper.title)
    return PrintedPaper(file=file, face=face.name, match_code=code, remarks=done.remarks, html=html)


def refuse_foreign(out: Path) -> None:
    """Refuse to write over a file the program has not made, or somebody signed where it lay.

    PDF, Word and HTML of the program bear their match code.

    Raises:
        OSError: the file cannot be read.
        Refused: it is not the program's own, or no longer.
    """
    data = out.read_bytes() if out.is_file() else None
    if data is None:
        return
    if MATCH_CODE not in _keywords(data):
        raise Refused(f"Đã có tệp {out}, không phải do chương trình in ra nên không ghi đè. Hãy chọn tên khác.")
    if _SIGNATURE in data:
        raise Refused(
            f"Tệp {out} đã được ký số nên không ghi đè. Hãy chuyển tệp đã ký sang nơi khác rồi in lại, hoặc chọn tên "
            "khác."
        )


def refuse_any_foreign(places: Iterable[Path]) -> None:
    """Refuse before the first of several files is written, so that all of them are or none.

    Raises:
        Refused: as :func:`refuse_foreign`, or a file cannot be read.
    """
    for place in places:
        try:
            refuse_foreign(place)
        except OSError as error:
            raise Refused(f"Không đọc được tệp {place}: {disk_reason(error)}. Hãy chọn thư mục khác.") from error


def _keywords(data: bytes) -> str:
    if data.startswith(b"PK"):
        return docx_keywords(data)
    if data[:_MARK].lstrip().lower().startswith(b"<!doctype html"):
        return data[-_MARK:].decode("utf-8", "replace").rpartition("<!--")[2]
    return pdf_keywords(data)
