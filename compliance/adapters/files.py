"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

UNFINISHED = ".tam-"
"""How the name of a file or folder still being written begins; after a power cut such leftovers may be deleted."""


def unfinished_sibling(path: Path) -> Path:
    """A new name beside ``path`` for writing it before it takes its own name."""
    return path.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that, at any moment, either nothing or all of it stands under its name.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    part = unfinished_sibling(path)
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


_REASONS = {
    errno.ENOENT: "không có thư mục này",
    errno.ENOTDIR: "trên đường dẫn có một tệp thay vì thư mục",
    errno.EEXIST: "đã có tệp mang tên này",
    errno.EISDIR: "đây là một thư mục",
    errno.EACCES: "không có quyền truy cập, hoặc chương trình khác đang giữ tệp",
    errno.EPERM: "không có quyền truy cập",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "đường tắt (liên kết) trỏ vòng tròn",
}


def disk_reason(error: OSError) -> str:
    """Why the disk refused, in words an officer knows; the system's own words for what is rare."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_LITTER_BEGINS = ("~$", "._", ".~lock.")


def left_behind(name: str) -> bool:
    """Whether a file of this name was left by a file manager or by a program that has another one open."""
    return name.lower() in _LITTER or name.startswith(_LITTER_BEGINS)


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut; Windows does this by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def not_writable(path: Path) -> bool:
    """Whether a file or folder is marked read-only, also for an administrator whom the marks do not stop."""
    return not (path.stat().st_mode & 0o222) or not os.access(path, os.W_OK)
