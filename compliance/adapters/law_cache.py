"""Law files as parsed before, keyed by their content: YAML is slow to read and rarely changes.

An entry is the JSON of a document that had no fault. Its key is a digest of every byte it was made from and of the
code that made it, so a changed file, or a changed program, never meets an old entry.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from platformdirs import user_cache_path

from compliance import __version__
from compliance.adapters.files import write_whole
from compliance.adapters.law_file import Read, Record
from compliance.domain.blank import Frozen

CACHE_VARIABLE = "COMPLIANCE_CACHE"
"""Folder for parsed law files; ``-`` switches the cache off."""

_MAKERS = ("adapters/law*.py", "adapters/short_condition.py", "domain/*.py")
"""The modules that decide what an entry holds: how a file is read, what its record is, what is a fault of it."""


def kept(model: type[Record], files: Sequence[Path], build: Callable[[], Read[Record]]) -> Read[Record]:
    """What was built before from files of just this content, else built now; only what has no fault is kept.

    Args:
        model: what is built.
        files: every file the record and its faults depend on; one that is not there counts too.
        build: reads them.
    """
    try:
        key = _key(files, model.__name__)
    except OSError:
        return build()
    known = _remembered.get(key) or _parsed(key, model)
    if isinstance(known, model):
        return _remember(key, known), []
    record, faults = build()
    if record is not None and not faults:
        _keep(key, record.model_dump_json().encode())
        _remember(key, record)
    return record, faults


def forget() -> None:
    """Drop what this process remembers, so that the next load reads the files or the cache again."""
    _remembered.clear()


_remembered: dict[str, Frozen] = {}
_MOST = 64


def _remember(key: str, record: Record) -> Record:
    if len(_remembered) >= _MOST:
        _remembered.clear()
    _remembered[key] = record
    return record


def _parsed(key: str, model: type[Record]) -> Record | None:
    entry = _cached(key)
    try:
        return None if entry is None else model.model_validate_json(entry)
    except ValueError:
        return None  # a damaged entry; it is written anew


def _key(paths: Iterable[Path], model: str) -> str:
    digest = sha256(f"{_maker()}\0{model}".encode())
    for path in paths:
        content = _content(path)
        digest.update(f"\0{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    """The bytes of a file; nothing for one that is not there, or a folder in its place."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - one call less than Path.read_bytes, on every command
            return file.read()
    except (FileNotFoundError, IsADirectoryError):
        return b""


def _cached(key: str) -> bytes | None:
    """The entry under a key; ``None`` when there is none or it cannot be read."""
    folder = _folder()
    if folder is None:
        return None
    try:
        checksum, _, data = (folder / f"{key}.json").read_bytes().partition(b"\n")
        return data if checksum == _checksum(data) else None
    except OSError:
        return None


def _keep(key: str, data: bytes) -> None:
    """Keep an entry; a folder that cannot be written only costs the time to parse again."""
    folder = _folder()
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{key}.json", _checksum(data) + b"\n" + data)
    except OSError:
        return


def _checksum(data: bytes) -> bytes:
    """Stands before an entry: one whose text changed on the disk is no law."""
    return f"{crc32(data):08x}".encode()


def _folder() -> Path | None:
    return _folder_named(os.environ.get(CACHE_VARIABLE, ""))


@lru_cache(maxsize=8)
def _folder_named(named: str) -> Path | None:
    if named == "-":
        return None
    return Path(named) if named else user_cache_path("compliance", appauthor=False) / "law"


@lru_cache(maxsize=1)
def _maker() -> str:
    return program_state(Path(__file__).resolve().parents[1])


def program_state(package: Path) -> str:
    """The program that parses: its version, and the state of the modules that decide what an entry holds."""
    makers = sorted(path for pattern in _MAKERS for path in package.glob(pattern))
    states = ((path.name, path.stat()) for path in makers)
    return f"{__version__} {[(name, state.st_size, state.st_mtime_ns) for name, state in states]}"
