"""The files of an inspection pack: numbered in the order of the lines, under names any computer can keep."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from compliance.domain.blank import Frozen
from compliance.domain.evidence import Evidence
from compliance.domain.wording import folded

_LONGEST = 60
"""Letters of a title that go into a name; a memory stick copied into a deep folder still finds it."""
_SUFFIXES = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/svg+xml": ".svg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "text/plain": ".txt",
    "application/json": ".json",
}
_SAFE_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


class StoredFile(Frozen):
    """A file that can go into a pack, known by its SHA-256; ``file_name`` is what it was called when it came."""

    title: str
    sha256: str
    media_type: str = ""
    file_name: str = ""
    dated_on: date | None = None

    @classmethod
    def of(cls, piece: Evidence) -> StoredFile:
        """The file of a piece of evidence.

        Raises:
            ValueError: it has none.
        """
        if piece.file is None:
            raise ValueError(f"{piece.id} has no file")
        kept = piece.file
        return cls(
            title=piece.title,
            sha256=kept.sha256,
            media_type=kept.media_type,
            file_name=kept.file_name,
            dated_on=piece.dated_on,
        )


class PackFile(Frozen):
    """A file of the pack: its number, the name it gets there, what it is and its SHA-256."""

    number: int
    name: str
    title: str
    sha256: str


class Numbering:
    """Gives each file its number once, in the order in which they are asked for.

    Args:
        unreadable: why files cannot be copied, by SHA-256; these get no number.
    """

    def __init__(self, unreadable: Mapping[str, str]) -> None:
        self._unreadable = unreadable
        self._files: dict[str, PackFile] = {}

    @property
    def files(self) -> tuple[PackFile, ...]:
        """The files numbered so far."""
        return tuple(self._files.values())

    def take(self, stored: StoredFile) -> tuple[int | None, str]:
        """The number of a file, or why it has none."""
        if stored.sha256 in self._unreadable:
            return None, self._unreadable[stored.sha256]
        if stored.sha256 not in self._files:
            number = len(self._files) + 1
            self._files[stored.sha256] = PackFile(
                number=number, name=pack_name(number, stored), title=stored.title, sha256=stored.sha256
            )
        return self._files[stored.sha256].number, ""


def pack_name(number: int, stored: StoredFile) -> str:
    """``03-bien-ban-ra-quet.pdf``: the number, the title in plain letters, the suffix its content calls for."""
    words, name = folded(stored.title).split(), ""
    for word in words:
        if len(name) + len(word) + 1 > _LONGEST:
            break
        name = f"{name}-{word}" if name else word
    suffix = _SUFFIXES.get(stored.media_type, "")
    if not suffix:
        ending = f".{stored.file_name.lower().rpartition('.')[2]}" if "." in stored.file_name else ""
        suffix = ending if _SAFE_SUFFIX.fullmatch(ending) else ""
    return f"{number:02d}-{name or 'tai-lieu'}{suffix}"
