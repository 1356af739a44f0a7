"""What every reader of brought papers gives: pages of text with their place, and remarks on how they were read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compliance.adapters.raw_table import file_name
from compliance.errors import BadData, Fault

MAX_BYTES = 100 * 1024 * 1024
"""Largest paper taken; a scanned dossier is about half of it."""


@dataclass(frozen=True)
class Page:
    """A stretch of text and where it stands.

    ``number`` counts the pages (or lines, cells, paragraphs) from 1; ``label`` is what an officer calls the place.
    ``continues``: the sentence may run on from the page before.
    """

    number: int
    label: str
    text: str
    continues: bool = False


@dataclass(frozen=True)
class PaperText:
    """The text of one paper; ``remarks`` are Vietnamese sentences on what was not read, or not as the name says."""

    pages: tuple[Page, ...]
    remarks: tuple[str, ...] = ()


TEXT_WANTED = "bản Word gốc, hoặc bản PDF đã nhận dạng chữ (OCR)"
"""What to bring instead of a picture."""


def unreadable(path: Path, message: str, expected: str = "") -> BadData:
    """The error for a paper that gives no text."""
    name = file_name(path)
    return BadData(f"Không đọc được tệp “{name}”.", [Fault(message, file=name, expected=expected)])


def damaged(path: Path, called: str = "Tệp") -> BadData:
    """The error for a paper that was cut off or spoilt on its way."""
    message = f"{called} bị hỏng hoặc bị cắt ngắn (chép chưa xong, tải dở)."
    return unreadable(path, message, "chép hoặc tải lại tệp từ nơi gửi")
