"""The folder of an inspection pack: there whole or not at all, every file in it checked against its SHA-256."""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # no published types

from compliance.adapters.files import disk_reason, sync_folder, unfinished_sibling, write_whole
from compliance.adapters.places import refuse_shared_git
from compliance.errors import Refused

_KEYWORDS = re.compile(r"<cp:keywords>(.*?)</cp:keywords>", re.DOTALL)
_LARGEST_PROPERTIES = 1_000_000
_PRIVATE = 0o700  # what is inside shows how a system is built; whoever hands it on opens it


@contextmanager
def pack_folder(path: Path) -> Iterator[Path]:
    """A folder to fill; it takes the name ``path`` when the block ends well, and disappears otherwise.

    Raises:
        Refused: something is there already, or the place cannot be written.
        WorkspaceRefused: the place would be published with source code.
    """
    path = path.expanduser().absolute()
    refuse_shared_git(path)
    if path.is_symlink() or (path.exists() and not (path.is_dir() and not any(path.iterdir()))):
        raise Refused(
            f"{path} đã có dữ liệu, nên không ghi đè. Hãy chọn thư mục mới bằng --out, hoặc cất bộ hồ sơ cũ đi."
        )
    staging = unfinished_sibling(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staging.mkdir(mode=_PRIVATE)
        yield staging
        if path.exists():
            path.rmdir()
        staging.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _not_written(path, error) from error
    except Refused as error:  # a paper printed into the staging folder: name the folder the officer knows
        if not isinstance(error.__cause__, OSError):
            raise
        raise _not_written(path, error.__cause__) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _not_written(path: Path, error: OSError) -> Refused:
    return Refused(f"Không ghi được bộ hồ sơ vào {path}: {disk_reason(error)}. Hãy chọn thư mục khác.")


def put_checked(path: Path, data: bytes, digest: str) -> None:
    """Write a file and read it again.

    Raises:
        OSError: the folder cannot be written.
        Refused: what the disk gives back is not what was written.
    """
    write_whole(path, data)
    if sha256(path.read_bytes()).hexdigest() != digest:
        raise Refused(f"Ổ đĩa ghi sai tệp {path.name}, nên bộ hồ sơ chưa được lập. Hãy dùng ổ đĩa khác.")


def pdf_keywords(data: bytes) -> str:
    """The keywords among the properties of a PDF; empty where it has none or they cannot be read."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return ""
    try:
        return str(document.get_metadata_dict().get("Keywords", ""))
    except UnicodeDecodeError:  # a property of another program, damaged
        return ""
    finally:
        document.close()


def docx_keywords(data: bytes) -> str:
    """The keywords among the properties of a Word file; empty where it has none or they cannot be read."""
    try:
        with ZipFile(BytesIO(data)) as package:
            about = package.getinfo("docProps/core.xml")
            if about.file_size > _LARGEST_PROPERTIES:
                return ""
            found = _KEYWORDS.search(package.read(about).decode("utf-8", "replace"))
    except (BadZipFile, KeyError, RuntimeError, OSError, zlib.error):
        return ""
    return unescape(found[1]) if found else ""
