"""Papers already printed, kept by everything that determines their bytes, so that the same paper is printed once.

The folder is a store to be thrown away at will: an entry that is gone, cut short or altered is printed again. Two
programs may use it at the same time; each entry appears whole under its name.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time

from compliance.adapters.files import UNFINISHED, unfinished_sibling

LIMIT_BYTES = 256 * 1024 * 1024
"""How much the store may hold before what was used longest ago is let go; a level-3 package takes about 4 MB."""
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_SUFFIX = ".in"
_LONGEST_HEAD = 1024 * 1024
_A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Printed:
    """A printed paper: its bytes, their SHA-256, its pages (0 where it has none) and what printing remarked."""

    data: bytes
    sha256: str
    pages: int
    remarks: tuple[str, ...]


class PrintStore:
    """The printed papers in one folder; ``limit`` in bytes."""

    def __init__(self, folder: Path, limit: int = LIMIT_BYTES) -> None:
        self.folder, self.limit = folder, limit

    def read(self, key: str) -> Printed | None:
        """The paper kept under a key; ``None`` when there is none, or what is there is no longer what was kept."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                head = json.loads(file.readline(_LONGEST_HEAD))
                data = file.read()
            found = Printed(data, str(head["sha256"]), int(head["pages"]), tuple(map(str, head["remarks"])))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if head.get("key") != key or sha256(data).hexdigest() != found.sha256:
            return None
        with suppress(OSError):
            os.utime(path)  # used now: the last to be let go
        return found

    def put(self, key: str, data: bytes, pages: int, remarks: tuple[str, ...]) -> None:
        """Keep a paper; an entry of the same key is replaced.

        Raises:
            OSError: the folder cannot be written.
        """
        self.folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        head = {"key": key, "sha256": sha256(data).hexdigest(), "pages": pages, "remarks": list(remarks)}
        part = unfinished_sibling(self._path(key))
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE), "wb") as file:
                file.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
                file.write(data)
            part.replace(self._path(key))
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def prune(self) -> None:
        """Let go of what was used longest ago, down to the limit; another program may be doing the same.

        What a program that was killed left half written goes too, once no program can still be at it.
        """
        for part in self.folder.glob(f"{UNFINISHED}*"):
            with suppress(OSError):
                if part.stat().st_mtime < time() - _A_DAY:
                    part.unlink()
        kept: list[tuple[float, int, Path]] = []
        with suppress(OSError):
            for path in self.folder.glob(f"*{_SUFFIX}"):
                with suppress(OSError):
                    about = path.stat()
                    kept.append((about.st_mtime, about.st_size, path))
        total = sum(size for _, size, _ in kept)
        for _, size, path in sorted(kept):
            if total <= self.limit:
                return
            with suppress(OSError):
                path.unlink()
                total -= size

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"
