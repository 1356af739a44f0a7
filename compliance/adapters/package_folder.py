"""The folder and the ZIP of a package: they appear together, complete, and never in the place of something else."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from compliance.adapters.files import disk_reason, left_behind, sync_folder, unfinished_sibling
from compliance.adapters.places import refuse_shared_git
from compliance.domain.package import MANIFEST
from compliance.errors import Refused

_PRIVATE = 0o700  # what is inside shows how a system is built; whoever hands it on opens it
_SHOWN = 5


@contextmanager
def package_folder(folder: Path, day: date) -> Iterator[Path]:
    """A folder to fill; when the block ends well it and its ZIP beside it take their names, else nothing is left.

    An earlier package is replaced while every file in it is still the one the program wrote.

    Args:
        folder: the folder of the package; the ZIP bears the same name.
        day: dates the files inside the ZIP.

    Raises:
        Refused: something else is there, somebody changed the package, or the place cannot be written.
        WorkspaceRefused: the place would be published with source code.
    """
    refuse_shared_git(folder)
    archive = zip_beside(folder)
    refuse_foreign(folder)
    staging = unfinished_sibling(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging.mkdir(mode=_PRIVATE)
        fresh = staging / folder.name
        fresh.mkdir(mode=_PRIVATE)
        yield fresh
        packed = staging / archive.name
        _zip(fresh, packed, day)
        _swap(((fresh, folder), (packed, archive)), staging)
        sync_folder(folder.parent)
    except OSError as error:
        raise Refused(
            f"Không ghi được bộ hồ sơ vào {folder}: {disk_reason(error)}. Hãy chọn thư mục khác bằng --out."
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def zip_beside(folder: Path) -> Path:
    """The ZIP of a package's folder."""
    return folder.with_name(f"{folder.name}.zip")


def put_file(folder: Path, name: str, data: bytes) -> None:
    """Write one file of a package, making the folder it lies in.

    Raises:
        OSError: the folder cannot be written.
    """
    path = folder / name
    path.parent.mkdir(mode=_PRIVATE, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)


def refuse_foreign(folder: Path) -> None:
    """Refuse a place that holds anything but a package of the program nobody touched.

    Raises:
        Refused: naming what is there.
    """
    archive = zip_beside(folder)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Refused(f"{folder} không phải là thư mục bộ hồ sơ. Hãy chọn nơi khác bằng --out.")
    if folder.is_dir() and any(folder.iterdir()):
        foreign = _foreign(folder)
        if foreign:
            more = f" và {len(foreign) - _SHOWN} tệp khác" if len(foreign) > _SHOWN else ""
            raise Refused(
                f"{folder} có tệp không phải do chương trình lập hoặc đã được sửa nên không ghi đè: "
                f"{', '.join(foreign[:_SHOWN])}{more}. Hãy chuyển các tệp này đi, hoặc chọn nơi khác bằng --out."
            )
    if archive.exists() and not _our_zip(archive):
        raise Refused(f"{archive} không phải do chương trình lập nên không ghi đè. Hãy đổi tên hoặc chuyển tệp này đi.")


def _foreign(folder: Path) -> list[str]:
    """The files that are not what the folder's own manifest says; all of them where it has none."""
    written = _listed((folder / MANIFEST).read_bytes()) if (folder / MANIFEST).is_file() else None
    found = sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    names = {path.relative_to(folder).as_posix(): path for path in found}
    if written is None:
        return list(names)
    return [
        name
        for name, path in names.items()
        if name != MANIFEST
        and not left_behind(path.name)
        and (path.is_symlink() or written.get(name) != sha256(path.read_bytes()).hexdigest())
    ]


def _listed(data: bytes) -> dict[str, str] | None:
    try:
        about: Any = json.loads(data)
        return {str(one["path"]): str(one["sha256"]) for one in about["files"]}
    except (ValueError, TypeError, KeyError):
        return None


def _our_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


def _swap(pairs: Sequence[tuple[Path, Path]], staging: Path) -> None:
    """Put what is new in the places of what is old; where one fails, as while it is open elsewhere, all come back."""
    done: list[tuple[Path, Path]] = []
    try:
        for fresh, place in pairs:
            before = staging / f"truoc-{place.name}"
            for old, new in ((place, before), (fresh, place)):
                if old.exists():
                    old.rename(new)
                    done.append((old, new))
    except BaseException:
        for old, new in reversed(done):
            new.rename(old)
        raise


def _zip(folder: Path, path: Path, day: date) -> None:
    """The files under the same names, in order, dated alike: the same folder gives the same bytes."""
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    with path.open("xb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
            for file in files:
                name = file.relative_to(folder).as_posix()
                about = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
                about.external_attr = 0o600 << 16
                about.create_system = 3
                archive.writestr(about, file.read_bytes())
        raw.flush()
        os.fsync(raw.fileno())
