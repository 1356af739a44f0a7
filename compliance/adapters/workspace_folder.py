"""The folder of a workspace: how it is laid out, how it comes into being, when it is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from compliance.adapters.files import disk_reason, not_writable, sync_folder, unfinished_sibling, write_whole
from compliance.adapters.places import refuse_network_share, refuse_shared_git
from compliance.adapters.store import sqlite_url
from compliance.errors import NotFound, WorkspaceRefused

FORMAT = 1
"""Version of the folder's layout."""

ABOUT = "workspace.json"
DATABASE = "ho-so.sqlite"
FILES = "tep"
LOGS = "nhat-ky"

_PRIVATE = 0o700  # the records show how systems are built; an administrator may open the folder to a group


def location_in(folder: Path, database: str | None) -> URL:
    """The database's address: the SQLite file in ``folder``, or the PostgreSQL server named.

    Raises:
        WorkspaceRefused: the address is not a PostgreSQL one, or carries a password.
    """
    if database is None or database == DATABASE:
        return sqlite_url(folder / DATABASE)
    try:
        url = make_url(database)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() != "postgresql":
        raise WorkspaceRefused(
            "Địa chỉ cơ sở dữ liệu không đúng dạng. Cần: postgresql+psycopg://tài-khoản@máy-chủ:5432/tên-cơ-sở-dữ-liệu"
        )
    if url.password is not None:
        raise WorkspaceRefused(
            "Không ghi mật khẩu vào địa chỉ cơ sở dữ liệu, vì địa chỉ được lưu trong thư mục hồ sơ. "
            "Hãy để mật khẩu trong tệp ~/.pgpass hoặc biến môi trường PGPASSWORD."
        )
    return url


def write_about(folder: Path, at: datetime, database: str | None) -> None:
    """Write what makes a folder a workspace; done last, so that a half-made folder never is one."""
    about = {"format": FORMAT, "database": database or DATABASE, "created_at": at.isoformat(timespec="seconds")}
    write_whole(folder / ABOUT, (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode())


def checked_location(path: Path, file_system: Callable[[Path], str]) -> URL:
    """The address of the database of the workspace at ``path``, after every check of the folder.

    Raises:
        NotFound: there is no such folder.
        WorkspaceRefused: it is no workspace, newer than this program, incomplete, read-only, or in a shared place.
    """
    database = _database_of(path)
    _refuse_place(path, file_system)
    own = [path / DATABASE] if database == DATABASE else []
    if not all(file.is_file() for file in own):
        raise WorkspaceRefused(
            f"Thư mục hồ sơ {path} thiếu tệp {DATABASE}. Hãy tìm lại tệp này, hoặc phục hồi bản sao lưu vào thư mục "
            "mới: compliance restore TỆP-SAO-LƯU --workspace THƯ-MỤC-MỚI"
        )
    for place in (path, *own):
        if not_writable(place):
            raise WorkspaceRefused(
                f"{place} đang ở chế độ chỉ đọc. Hãy cấp quyền ghi, hoặc chép cả thư mục hồ sơ ra nơi ghi được."
            )
    return location_in(path, database)


def _database_of(path: Path) -> str:
    create = f'compliance init --workspace "{path}"'
    if not path.exists():
        raise NotFound(f"Không thấy thư mục hồ sơ {path}. Nếu chưa có, hãy tạo bằng: {create}")
    if not path.is_dir():
        raise WorkspaceRefused(f"{path} là một tệp, không phải thư mục hồ sơ. Hãy chỉ đúng thư mục.")
    try:
        about: Any = json.loads((path / ABOUT).read_text(encoding="utf-8"))
        layout, database = int(about["format"]), str(about["database"])
    except FileNotFoundError:
        raise WorkspaceRefused(
            f"{path} không phải là thư mục hồ sơ (không có tệp {ABOUT}). "
            f"Hãy chỉ đúng thư mục, hoặc tạo hồ sơ mới ở một thư mục khác: compliance init --workspace THƯ-MỤC-MỚI"
        ) from None
    except (OSError, ValueError, TypeError, KeyError):
        raise WorkspaceRefused(
            f"Tệp {path / ABOUT} bị hỏng nên không mở được hồ sơ. Hãy phục hồi bản sao lưu gần nhất vào thư mục mới: "
            "compliance restore TỆP-SAO-LƯU --workspace THƯ-MỤC-MỚI"
        ) from None
    if layout > FORMAT:
        raise WorkspaceRefused(
            f"Hồ sơ tại {path} do phiên bản mới hơn của chương trình tạo ra (dạng {layout}, máy này đọc được đến "
            f"dạng {FORMAT}). Hãy cập nhật chương trình rồi mở lại."
        )
    return database


def _refuse_place(path: Path, file_system: Callable[[Path], str]) -> None:
    refuse_shared_git(path)
    refuse_network_share(path, file_system(path))


@contextmanager
def new_folder(path: Path, file_system: Callable[[Path], str]) -> Iterator[Path]:
    """A folder to fill; it takes the name ``path`` when the block ends well, and disappears otherwise.

    Raises:
        WorkspaceRefused: the place is taken, shared or not writable.
    """
    path = path.expanduser().resolve()
    _refuse_place(path, file_system)
    if (path / ABOUT).exists():
        raise WorkspaceRefused(f"{path} đã là thư mục hồ sơ. Hãy dùng luôn, hoặc chọn một thư mục mới.")
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise WorkspaceRefused(f"{path} đã có dữ liệu khác. Hãy chọn một thư mục mới hoặc một thư mục trống.")
    parent = path.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        if not_writable(parent):
            raise WorkspaceRefused(f"Không có quyền ghi vào {parent}. Hãy chọn nơi khác hoặc xin cấp quyền ghi.")
        folder = unfinished_sibling(path)
        folder.mkdir(mode=_PRIVATE)
        (folder / FILES).mkdir()
        (folder / LOGS).mkdir()
    except OSError as error:
        raise WorkspaceRefused(
            f"Không tạo được thư mục hồ sơ {path}: {disk_reason(error)}. Hãy chọn nơi khác."
        ) from error
    try:
        yield folder
        if path.exists():
            path.rmdir()
        folder.rename(path)
        sync_folder(parent)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
