"""The package of a dossier (Đ21): which papers it holds, in which order, under which names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath

from pydantic import Field

from compliance.domain.blank import Frozen

MANIFEST = "ke-khai.json"
"""The list of everything in the package, for programs."""
WORD_FOLDER = "ban-word"
"""The folder of the Word twins."""


class Kind(StrEnum):
    """Where a file of the package comes from."""

    PRINTED = "printed"
    WORD = "word"
    BROUGHT = "brought"


class PackageFile(Frozen):
    """One file: its path inside the package, what it is, its SHA-256, pages (0 = not paged) and match code."""

    path: str
    title: str
    kind: Kind
    sha256: str
    pages: int = Field(default=0, ge=0)
    match_code: str = ""

    @property
    def name(self) -> str:
        """The path, as the contents page calls it."""
        return self.path


class PackagedSystem(Frozen):
    """A system of the package and its proposed level."""

    id: str
    name: str
    level: int


class Manifest(Frozen):
    """What ``ke-khai.json`` says: every other file, and what the package rests on.

    ``made_on`` is the day the law was read, year-month-day; ``match_code`` that of the data of the whole dossier.
    """

    format: int = 1
    program: str
    made_on: str
    regime: str
    match_code: str
    redacted: bool
    systems: tuple[PackagedSystem, ...]
    versions: Mapping[str, str]
    files: tuple[PackageFile, ...]


def numbered(stems: list[str]) -> list[str]:
    """The stems in order, a second file for the same place numbered: ``03-…``, ``03-…-2``."""
    seen: dict[str, int] = {}
    out = []
    for stem in stems:
        seen[stem] = seen.get(stem, 0) + 1
        out.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
    return out


def counted(path: str) -> tuple[str | int, ...]:
    """A key to put files in the order a reader counts: ``03-….pdf`` before ``03-…-2.pdf``, ``-9`` before ``-10``."""
    stem = PurePosixPath(path).with_suffix("").as_posix()
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", stem))
