"""Where a workspace may lie: not on a network share, not where it would be published with source code."""

from __future__ import annotations

import re
from pathlib import Path

from compliance.errors import WorkspaceRefused

WORKSPACE_VARIABLE = "COMPLIANCE_WORKSPACE"
"""The environment variable that names the workspace."""

NETWORK_FILE_SYSTEMS = frozenset(
    {"afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs"}
    | {"fuse.davfs", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.sshfs"}
)
"""File systems whose file locks a database cannot rely on.

9p is not among them: it is how sandboxes and WSL show the machine's own disk.
"""

_MOUNTS = Path("/proc/mounts")
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOTE = re.compile(r"^\s*\[\s*remote\b", re.MULTILINE | re.IGNORECASE)


def file_system_of(path: Path, mounts: str | None = None) -> str:
    """The type of file system a path lies on, for instance ``ext4``; empty when the machine does not say.

    Args:
        path: an absolute path; it need not exist yet.
        mounts: the machine's mount table in the form of ``/proc/mounts``; ``None`` reads the machine's own.
    """
    if path.drive.startswith("\\\\"):  # a Windows share, \\server\name
        return "smbfs"
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, point_text, kind_here, *_ = line.split(" ")
        point = Path(_OCTAL.sub(lambda match: chr(int(match[1], 8)), point_text))
        if path.is_relative_to(point) and len(point.parts) >= best:  # of two on one point the later one shows
            best, kind = len(point.parts), kind_here
    return kind


def refuse_network_share(path: Path, file_system: str) -> None:
    """Refuse a place whose file system is a network share.

    Raises:
        WorkspaceRefused: two machines writing there could destroy the records.
    """
    if file_system in NETWORK_FILE_SYSTEMS:
        raise WorkspaceRefused(
            f"{path} nằm trên ổ mạng dùng chung ({file_system}); ghi từ hai máy cùng lúc có thể làm hỏng hồ sơ. "
            "Hãy đặt thư mục hồ sơ trên ổ đĩa của máy này. Nếu nhiều người cùng dùng, hãy dùng máy chủ PostgreSQL."
        )


def refuse_shared_git(path: Path) -> None:
    """Refuse a place inside a git work tree that has a remote: one ``git push`` would publish the records.

    Raises:
        WorkspaceRefused: the place lies in such a tree.
    """
    for folder in (path, *path.parents):
        config = _git_config(folder / ".git")
        if config is not None and _REMOTE.search(config):
            raise WorkspaceRefused(
                f"{path} nằm trong kho mã nguồn git có nối ra ngoài ({folder}); hồ sơ có thể bị đưa lên mạng. "
                "Hãy chọn một thư mục ngoài kho mã nguồn, ví dụ trong thư mục cá nhân."
            )


def _git_config(git: Path) -> str | None:
    try:
        if git.is_file():  # a submodule or a linked work tree points to where its data lie
            target = git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            git = git.parent / target
            shared = git / "commondir"
            if shared.is_file():
                git /= shared.read_text(encoding="utf-8").strip()
        return (git / "config").read_text(encoding="utf-8", errors="replace")
    except (OSError, UnicodeDecodeError):
        return None
