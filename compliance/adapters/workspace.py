"""The workspace: one folder with the records, the attached files and the program's log.

ho-so-an-ninh-mang/
    workspace.json     what this folder is, and where its database lies
    ho-so.sqlite       the records (absent when they lie on a PostgreSQL server)
    tep/               attached files, by content
    nhat-ky/           logs for whoever helps when the program fails
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from compliance.adapters.attachments import Attachments
from compliance.adapters.database import WAIT_SECONDS, BusyStore
from compliance.adapters.places import WORKSPACE_VARIABLE, file_system_of
from compliance.adapters.store import Act, Store, create_store, open_store
from compliance.adapters.workspace_folder import FILES, checked_location, location_in, new_folder, write_about

USER_VARIABLE = "COMPLIANCE_USER"
DEFAULT_NAME = "ho-so-an-ninh-mang"


def default_path(env: Mapping[str, str], home: Path) -> Path:
    """Where the workspace lies when no command says otherwise."""
    named = env.get(WORKSPACE_VARIABLE)
    return Path(named) if named else home / DEFAULT_NAME


def default_user(env: Mapping[str, str]) -> str:
    """Who records: the office named in ``COMPLIANCE_USER``, else the account of the machine."""
    named = env.get(USER_VARIABLE, "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "không rõ người ghi"


def local_now() -> datetime:
    """The machine's clock with its time zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Workspace:
    """An open workspace; ``by`` is who records, ``now`` the clock its acts are dated by."""

    path: Path
    store: Store
    attachments: Attachments
    by: str
    now: Callable[[], datetime]

    def act(self, reason: str = "") -> AbstractContextManager[Act]:
        """One act by whoever works here, dated now; see :meth:`Store.act`."""
        return self.store.act(self.by, self.now(), reason)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create_workspace(
    path: Path,
    *,
    by: str | None = None,
    now: Callable[[], datetime] = local_now,
    database: str | None = None,
    file_system: Callable[[Path], str] = file_system_of,
) -> Workspace:
    """Make a new workspace and open it.

    Args:
        path: a folder that does not exist yet, or is empty.
        by: who records; ``None`` for :func:`default_user`.
        now: the clock.
        database: a PostgreSQL address without password; ``None`` for a SQLite file in the folder.
        file_system: tells the type of file system a path lies on.

    Raises:
        WorkspaceRefused: the place is taken, shared or not writable, or the database refuses.
    """
    with new_folder(path, file_system) as folder:
        create_store(location_in(folder, database)).close()
        write_about(folder, now(), database)
    return open_workspace(path, by=by, now=now, file_system=file_system)


def open_workspace(
    path: Path,
    *,
    by: str | None = None,
    now: Callable[[], datetime] = local_now,
    wait_seconds: float = WAIT_SECONDS,
    file_system: Callable[[Path], str] = file_system_of,
) -> Workspace:
    """Open an existing workspace.

    A colleague who is writing does not stop anybody from opening and reading; only writing then has to wait.

    Raises:
        NotFound: there is no such folder.
        WorkspaceRefused: it is not a workspace, newer than this program, damaged, read-only or shared.
    """
    path = path.expanduser().resolve()
    location = checked_location(path, file_system)
    store = open_store(location, wait_seconds)
    hasty = Store(location, wait_seconds=0)
    try:
        hasty.probe()
    except BusyStore:
        pass
    except BaseException:
        store.close()
        raise
    finally:
        hasty.close()
    return Workspace(path, store, Attachments(path / FILES), by or default_user(os.environ), now)
