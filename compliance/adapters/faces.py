"""The serif face of the papers: Times New Roman where the machine has it, else the face shipped with the program.

The shipped face has the same widths, so lines break alike. Files are named one by one: nothing is left to the
machine's own font matching, which may silently mix in another face for the letters one lacks.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from compliance.errors import DataFault

STYLES = ("regular", "bold", "italic", "bold_italic")
_CSS = {
    "regular": "font-weight: 400; font-style: normal",
    "bold": "font-weight: 700; font-style: normal",
    "italic": "font-weight: 400; font-style: italic",
    "bold_italic": "font-weight: 700; font-style: italic",
}
VIETNAMESE = frozenset(
    letter
    for base in "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
    for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for letter in (unicodedata.normalize("NFC", base + mark))
    if unicodedata.category(letter) != "Mn"
)
"""Every letter a Vietnamese text is written with, in its composed form."""


@dataclass(frozen=True)
class Face:
    """A complete face: ``files`` by style; ``shipped`` when it is the one that comes with the program."""

    name: str
    files: Mapping[str, Path]
    shipped: bool

    @property
    def css(self) -> str:
        """The ``@font-face`` rules that bind the name to exactly these files."""
        rules = (
            f'@font-face {{ font-family: "{self.name}"; src: url("{self.files[style].as_uri()}"); {_CSS[style]} }}'
            for style in STYLES
        )
        return "\n".join(rules)


def font_folders(env: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """Where Windows, macOS and Linux keep fonts."""
    named = [
        Path(env[key]) / part
        for key, part in (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts"))
        if env.get(key)
    ]
    fixed = ["/System/Library/Fonts/Supplemental", "/Library/Fonts", "/usr/share/fonts", "/usr/local/share/fonts"]
    return (*named, home / "Library/Fonts", home / ".fonts", home / ".local/share/fonts", *map(Path, fixed))


def find_face(
    wanted: Iterable[tuple[str, Sequence[Sequence[str]]]],
    shipped: Face,
    folders: Sequence[Path] | None = None,
) -> Face:
    """The first wanted face that is complete and has every Vietnamese letter, else the shipped one.

    Args:
        wanted: name of a face, and the sets of file names (in the order of :data:`STYLES`) it goes by.
        shipped: the face that comes with the program.
        folders: where to look; ``None`` for this machine's font folders.

    Raises:
        DataFault: the shipped face is needed and damaged.
    """
    places = font_folders(os.environ, Path.home()) if folders is None else folders
    installed = _installed(tuple(places))
    for name, sets in wanted:
        for names in sets:
            found = [path for one in names if (path := installed.get(one.lower())) is not None]
            if len(found) == len(STYLES) and _covers(found):
                return Face(name=name, files=dict(zip(STYLES, found, strict=True)), shipped=False)
    if not _covers(shipped.files.values()):
        place = next(iter(shipped.files.values())).parent
        raise DataFault(f"Thiếu hoặc hỏng phông chữ đi kèm chương trình trong {place}. Hãy cài lại chương trình.")
    return shipped


@lru_cache(maxsize=8)
def _installed(folders: tuple[Path, ...]) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.rglob("*.[tToO][tT][fF]")):
                found.setdefault(path.name.lower(), path)
    return found


def _covers(files: Iterable[Path]) -> bool:
    return all(ord(letter) in letters_of(path) for path in files for letter in VIETNAMESE)


@lru_cache(maxsize=16)
def letters_of(path: Path) -> frozenset[int]:
    """The code points a font file has a glyph for; none when it cannot be read."""
    from fontTools.ttLib import (  # type: ignore[import-untyped] # noqa: PLC0415 - heavy, only needed to print
        TTFont,
        TTLibError,
    )

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError):
        return frozenset()


def missing_letters(face: Face, text: str) -> tuple[str, ...]:
    """The characters of a text the face has no glyph for, each once, in order."""
    have = letters_of(face.files["regular"])
    visible = (letter for letter in dict.fromkeys(text) if letter.isprintable() and not letter.isspace())
    return tuple(letter for letter in visible if ord(letter) not in have)
