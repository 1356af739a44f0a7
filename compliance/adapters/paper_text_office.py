"""The text of DOCX and XLSX files: body, tables, text boxes, headers, footers, notes, comments; never their macros."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.parsers import expat

from compliance.adapters.paper_page import Page, PaperText, damaged, unreadable
from compliance.adapters.raw_table import MAX_UNPACKED_BYTES
from compliance.domain.wording import number_text
from compliance.errors import BadData

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)
_MACROS = "vbaproject.bin"
_MOST_CELLS = 20_000_000
_BODY = "word/document.xml"
_PARTS = (
    (re.compile(r"word/header\d*\.xml"), "đầu trang"),
    (re.compile(r"word/footer\d*\.xml"), "chân trang"),
    (re.compile(r"word/footnotes\.xml"), "chú thích chân trang"),
    (re.compile(r"word/endnotes\.xml"), "chú thích cuối văn bản"),
    (re.compile(r"word/comments\.xml"), "nhận xét bên lề"),
    (re.compile(r"word/diagrams/data\d*\.xml"), "sơ đồ"),
    (re.compile(r"word/charts/chart\d*\.xml"), "biểu đồ"),
    (re.compile(r"xl/(?:comments\d*|comments/comment\d*|threadedcomments/threadedcomment\d*)\.xml"), "ghi chú của ô"),
    (re.compile(r"xl/drawings/drawing\d*\.xml"), "hộp chữ"),
)
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_PARAGRAPHS = frozenset({"p", "si", "comment", "threadedComment"})
_TEXT = frozenset({"t", "text"})
_SKIPPED = frozenset({"Fallback", "moveFrom", "del", "instrText"})
"""A copy of a text box for old programs; text that tracked changes took out; the inside of a field."""


class _Reader:
    """Paragraphs of one XML part in reading order, each with the number of page breaks before it."""

    def __init__(self) -> None:
        self.paragraphs: list[tuple[int, str]] = []
        self.breaks = 0
        self._open: list[list[str]] = []
        self._skipping = 0
        self._in_text = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Begin an element; names are compared without their namespace (there are two sets of them)."""
        tag = name.rpartition("|")[2]
        if tag in _SKIPPED or self._skipping:
            self._skipping += 1
        elif tag in _PARAGRAPHS:
            self._open.append([])
        elif tag == "lastRenderedPageBreak":
            self._break_page()
        elif tag in _BLANKS:
            self._say(_BLANKS[tag])
        elif tag in _TEXT:
            self._in_text = True

    def end(self, name: str) -> None:
        """End an element; a paragraph that ends is kept if it says something."""
        tag = name.rpartition("|")[2]
        if self._skipping:
            self._skipping -= 1
        elif tag in _PARAGRAPHS and self._open:
            self._keep("".join(self._open.pop()))
        elif tag in _TEXT:
            self._in_text = False

    def characters(self, text: str) -> None:
        """Text inside a run; the blanks between elements are none."""
        if self._in_text and not self._skipping:
            self._say(text)

    def refuse_doctype(self, *_: object) -> None:
        """Office files have none; one would be there to blow up entities."""
        raise ValueError

    def _say(self, text: str) -> None:
        if not self._open:
            self._open.append([])
        self._open[-1].append(text)

    def _break_page(self) -> None:
        if self._open:
            self._keep("".join(self._open[-1]))
            self._open[-1].clear()
        self.breaks += 1

    def _keep(self, text: str) -> None:
        if text.strip():
            self.paragraphs.append((self.breaks, text))


def read_docx(path: Path) -> PaperText:
    """The text of a Word file: pages where Word left marks of them, else paragraphs.

    Raises:
        BadData: the file is damaged or unpacks to more than the stated limit.
    """
    with _package(path) as package:
        body = _paragraphs(path, package, _BODY)
        pages = _by_page(body) if any(breaks for breaks, _ in body) else _by_paragraph(body)
        pages += _other_parts(path, package, len(pages))
        return PaperText(tuple(pages), tuple(_macro_remarks(package)))


def read_xlsx_text(path: Path) -> PaperText:
    """The text of a workbook cell by cell, its comments and text boxes.

    Raises:
        BadData: the file is damaged or unpacks to more than the stated limit.
    """
    with _package(path) as package:
        remarks = tuple(_macro_remarks(package))
        others = _other_parts(path, package, 0)
    cells = [Page(0, label, text) for label, text in _cells(path)]
    numbered = (Page(at, one.label, one.text) for at, one in enumerate([*cells, *others], start=1))
    return PaperText(tuple(numbered), remarks)


def _cells(path: Path) -> list[tuple[str, str]]:
    """Place and text of every cell that says something; a merged cell once, a formula as it was last reckoned."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to load, and most papers are no workbooks

    found = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells about styles and validations it does not carry over
            workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in workbook.worksheets:
                    sheet.reset_dimensions()  # else every row is filled up to the last column of all
                    with closing(sheet.iter_rows()) as rows:
                        for cell in _within_bounds(path, rows):
                            if isinstance(cell.value, str) and cell.value.strip():
                                found.append((f"trang tính “{sheet.title}”, ô {cell.coordinate}", cell.value))
            finally:
                workbook.close()
    except BadData:
        raise
    except Exception:  # a damaged package fails inside openpyxl in any way it likes
        raise damaged(path) from None
    return found


def _within_bounds(path: Path, rows: Iterable[Sequence[Any]]) -> Iterator[Any]:
    """The cells of a sheet; a stray mark far out makes a sheet of billions of empty ones, which nobody waits for."""
    seen = 0
    for row in rows:
        seen += len(row) + 1
        if seen > _MOST_CELLS:
            expected = "bản đã xóa các dòng, cột trống ở cuối mỗi trang tính"
            message = f"Có trang tính trải quá {number_text(_MOST_CELLS)} ô, phần lớn là ô trống."
            raise unreadable(path, message, expected)
        yield from row


def package_names(path: Path) -> set[str]:
    """The names of the members of a ZIP package, in lower case; empty when it is damaged."""
    try:
        with zipfile.ZipFile(path) as package:
            return {name.lower() for name in package.namelist()}
    except _BROKEN:
        return set()


def _package(path: Path) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(path)
    except _BROKEN:
        raise damaged(path) from None
    total = sum(member.file_size for member in package.infolist() if member.filename.lower().endswith(".xml"))
    if total > MAX_UNPACKED_BYTES:
        package.close()
        limit = MAX_UNPACKED_BYTES // 1024**2
        message = f"Phần chữ của tệp khi mở ra là {total / 1024**2:.0f} MB, vượt giới hạn {limit} MB."
        raise unreadable(path, message, "tách thành nhiều tệp nhỏ hơn")
    return package


def _paragraphs(path: Path, package: zipfile.ZipFile, name: str) -> list[tuple[int, str]]:
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    try:
        with package.open(name) as part:
            parser.ParseFile(part)
    except (*_BROKEN, KeyError, expat.ExpatError):
        raise damaged(path) from None
    return reader.paragraphs


def _by_page(body: list[tuple[int, str]]) -> list[Page]:
    last = max(breaks for breaks, _ in body)
    texts = ["\n".join(text for breaks, text in body if breaks == at) for at in range(last + 1)]
    return [Page(at, f"trang {at}", text, continues=at > 1) for at, text in enumerate(texts, start=1)]


def _by_paragraph(body: list[tuple[int, str]]) -> list[Page]:
    return [Page(at, f"đoạn {at}", text) for at, (_, text) in enumerate(body, start=1)]


def _other_parts(path: Path, package: zipfile.ZipFile, count: int) -> list[Page]:
    found: list[Page] = []
    for name, label in _named_parts(package):
        texts = [text for _, text in _paragraphs(path, package, name)]
        known = {page.text for page in found}
        found += [Page(count + len(found) + at, label, text) for at, text in enumerate(texts, 1) if text not in known]
    return found


def _named_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = sorted(package.namelist())
    for pattern, label in _PARTS:
        yield from ((name, label) for name in names if pattern.fullmatch(name.lower()))


def _macro_remarks(package: zipfile.ZipFile) -> Iterator[str]:
    if any(name.lower().endswith(_MACROS) for name in package.namelist()):
        yield "Tệp có macro; chỉ đọc phần chữ, không chạy macro. Đừng bật macro khi mở tệp này bằng Office."
