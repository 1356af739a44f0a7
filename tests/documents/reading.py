"""Reading a finished PDF: its words, its rules, its fonts."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import Any

import pdfplumber
import pypdf

MM = 72 / 25.4
A4 = (595.28, 841.89)


def plain(text: str) -> str:
    """One line, blanks of every kind folded."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


class Pdf:
    """One PDF file, opened once with each reader."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.path.read_bytes()))

    @cached_property
    def pages(self) -> list[Any]:
        return list(pdfplumber.open(io.BytesIO(self.path.read_bytes())).pages)

    @cached_property
    def texts(self) -> list[str]:
        return [plain(page.extract_text(layout=False)) for page in self.pages]

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @cached_property
    def letters(self) -> str:
        """Every letter in reading order without blanks: cells of a table break lines at will."""
        return re.sub(r"\s+", "", "".join(page.extract_text() for page in self.reader.pages).replace("\u00a0", ""))

    def holds(self, text: str) -> bool:
        return squeezed(text) in self.letters

    @cached_property
    def font_names(self) -> set[str]:
        return {char["fontname"].partition("+")[2] for page in self.pages for char in page.chars}

    @cached_property
    def root(self) -> Any:
        return self.reader.trailer["/Root"]

    @cached_property
    def xmp(self) -> str:
        return str(self.root["/Metadata"].get_object().get_data().decode())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def lines_of(page: Any) -> list[dict[str, Any]]:
    """The lines of a page: text, font, size and place of each run of words on one height within one column."""
    found = []
    words = page.extract_words(extra_attrs=["fontname", "size"], x_tolerance=2, keep_blank_chars=True)
    for word in words:
        found.append({**word, "text": plain(word["text"]), "font": word["fontname"].partition("+")[2]})
    return found


def line(page: Any, text: str) -> dict[str, Any]:
    """The one line that begins with this text."""
    hits = [one for one in lines_of(page) if one["text"].startswith(text)]
    assert hits, f"no line begins with {text!r}: {[one['text'] for one in lines_of(page)][:20]}"
    return hits[0]


def rules(page: Any) -> list[Any]:
    """Thin horizontal vector lines that are not part of a table."""
    return [rect for rect in page.rects if rect["height"] < 1.2 and rect["width"] > 20]


def top_margin(page: Any) -> list[dict[str, Any]]:
    """What is printed in the top margin."""
    return [one for one in lines_of(page) if one["bottom"] < 20 * MM]
