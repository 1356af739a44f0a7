"""Law files as parsed before, keyed by their content: YAML is slow to read and rarely changes.

An entry is the JSON of a document that had no fault. Its key is a digest of every byte it was made from and of the
code that made it, so a changed file, or a changed program, never meets an old entry.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

from compliance import __version__
from compliance.adapters.files import write_whole

CACHE_VARIABLE = "COMPLIANCE_CACHE"
"""Folder for parsed law files; ``-`` switches the cache off."""

_MAKERS = ("law_file.py", "short_condition.py", "law.py", "../domain/regime_check.py", "../domain/checklist_check.py")


def cache_key(paths: Iterable[Path], model: str) -> str:
    """The key of what is made from these files; a file that is not there counts too.

    Raises:
        OSError: a file cannot be read.
    """
    digest = sha256(f"{_maker()}\0{model}".encode())
    for path in paths:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"\0{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def cached(key: str) -> bytes | None:
    """The entry under a key; ``None`` when there is none or it cannot be read."""
    folder = _folder()
    if folder is None:
        return None
    try:
        return (folder / f"{key}.json").read_bytes()
    except OSError:
        return None


def keep(key: str, data: bytes) -> None:
    """Keep an entry; a folder that cannot be written only costs the time to parse again."""
    folder = _folder()
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{key}.json", data)
    except OSError:
        return


def _folder() -> Path | None:
    named = os.environ.get(CACHE_VARIABLE, "")
    if named == "-":
        return None
    return Path(named) if named else user_cache_path("compliance", appauthor=False) / "law"


@lru_cache(maxsize=1)
def _maker() -> str:
    """The program that parses: its version, and the state of the modules that decide what an entry holds."""
    here = Path(__file__).resolve().parent
    states = [(here / name).stat() for name in _MAKERS if (here / name).is_file()]
    return f"{__version__} {[(state.st_size, state.st_mtime_ns) for state in states]}"
