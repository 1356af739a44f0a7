"""The workspace as the office uses it: make one, check it, back it up, restore it, read a record's history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from compliance.adapters.archive import pack, unpack
from compliance.adapters.attachments import Attachments
from compliance.adapters.chain import KIND_LABELS, record_name
from compliance.adapters.files import UNFINISHED
from compliance.adapters.places import file_system_of, refuse_shared_git
from compliance.adapters.store import Revision, Store, create_store, open_store, sqlite_url
from compliance.adapters.workspace import Workspace, create_workspace, local_now
from compliance.adapters.workspace_folder import ABOUT, DATABASE, FILES, location_in, new_folder, write_about
from compliance.domain.wording import nearest
from compliance.errors import BadData, Fault, NotFound, Refused


@dataclass(frozen=True)
class Soundness:
    """What a check of everything found; ``last_digest`` is worth keeping on paper, it stands for all before it."""

    records: int
    attachments: int
    last_digest: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Backup:
    """A backup that was written and read back."""

    path: Path
    size: int
    records: int
    attachments: int
    last_digest: str


@dataclass(frozen=True)
class Change:
    """One version of a record and the top-level fields that differ from the version before."""

    revision: Revision
    fields: tuple[str, ...]


def start(path: Path, database: str | None = None) -> Path:
    """Make a new, empty workspace.

    Raises:
        WorkspaceRefused: the place is taken, shared, not writable, or the database refuses.
    """
    with create_workspace(path, database=database) as workspace:
        return workspace.path


def verify(workspace: Workspace) -> Soundness:
    """Check everything: the chain of records, the index of current versions, every attached file."""
    faults = workspace.store.verify() + workspace.attachments.verify(_expected(workspace.store))
    return _soundness(workspace.store, workspace.attachments, faults)


def back_up(workspace: Workspace, out: Path) -> Backup:
    """Write a backup of everything, after checking that there is nothing damaged to hand down.

    Raises:
        Refused: the file exists, lies inside the workspace or in a shared git tree, or cannot be written.
        BadData: the workspace itself is damaged; all faults are listed.
    """
    out = out.expanduser().resolve()
    if out.is_relative_to(workspace.path):
        raise Refused(f"{out} nằm ngay trong thư mục hồ sơ, mất hồ sơ là mất cả bản sao. Hãy lưu ra nơi khác.")
    refuse_shared_git(out.parent)
    with TemporaryDirectory(prefix=UNFINISHED, dir=workspace.path) as name:
        folder = Path(name)
        workspace.store.snapshot_into(folder / DATABASE)
        write_about(folder, workspace.now(), None)
        copy = open_store(sqlite_url(folder / DATABASE))
        try:
            faults = copy.history_faults() + workspace.attachments.verify(_expected(copy))
            found = _soundness(copy, workspace.attachments, faults)
        finally:
            copy.close()
        if faults:
            raise BadData(
                "Hồ sơ đang có lỗi nên không lập bản sao lưu mới, tránh nhầm với bản tốt. "
                "Hãy giữ các bản sao lưu cũ và báo người hỗ trợ kỹ thuật.",
                faults,
            )
        files = {member: folder / member for member in (ABOUT, DATABASE)}
        kept = {f"{FILES}/{sha[:2]}/{sha}": sha for sha in workspace.attachments.names()}
        files |= {member: workspace.attachments.path(sha) for member, sha in kept.items()}
        about = {
            "made_at": workspace.now().isoformat(timespec="seconds"),
            "made_by": workspace.by,
            "records": found.records,
            "last_digest": found.last_digest,
        }
        size = pack(files, out, about)
    return Backup(out, size, found.records, len(kept), found.last_digest)


def restore(
    backup: Path,
    path: Path,
    *,
    database: str | None = None,
    now: Callable[[], datetime] = local_now,
    file_system: Callable[[Path], str] = file_system_of,
) -> Soundness:
    """Make a new workspace from a backup; it appears only after everything in it has been checked.

    Args:
        backup: the file :func:`back_up` wrote.
        path: a folder that does not exist yet, or is empty.
        database: a PostgreSQL address for the records; ``None`` for a SQLite file.
        now: the clock.
        file_system: tells the type of file system a path lies on.

    Raises:
        NotFound: there is no such backup.
        WorkspaceRefused: the place is taken, shared or not writable, or the database is not empty.
        BadData: the backup is cut short, altered or damaged; all faults are listed.
    """
    with new_folder(path, file_system) as folder:
        unpack(backup.expanduser(), folder)
        unpacked = folder / f"{UNFINISHED}{DATABASE}"
        (folder / DATABASE).rename(unpacked)
        source = open_store(sqlite_url(unpacked))
        try:
            attachments = Attachments(folder / FILES)
            faults = source.history_faults() + attachments.verify(_expected(source))
            if faults:
                raise BadData(f"Bản sao lưu {backup} có lỗi bên trong. Chưa phục hồi gì.", faults)
            found = _soundness(source, attachments, faults)
            store = create_store(location_in(folder, database))  # laid out anew: nothing but the records is trusted
            try:
                store.take_over(source)
            finally:
                store.close()
        finally:
            source.close()
        unpacked.unlink()
        write_about(folder, now(), database)
    return found


def history(workspace: Workspace, kind: str, record_id: str) -> tuple[Change, ...]:
    """Every version of one record, oldest first, with what changed.

    Raises:
        NotFound: no such kind or record; the nearest known one is named.
    """
    revisions = workspace.store.history(kind, record_id)
    if not revisions:
        raise NotFound(_not_found(workspace.store, kind, record_id))
    changes, before = [], dict[str, Any]()
    for revision in revisions:
        body: Any = json.loads(revision.body)
        after = body if isinstance(body, dict) else {"": body}
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        changes.append(Change(revision, tuple(names)))
        before = after
    return tuple(changes)


def _not_found(store: Store, kind: str, record_id: str) -> str:
    kinds = store.kinds()
    if kind not in kinds:
        known = ", ".join(f"{name} ({KIND_LABELS[name]})" if name in KIND_LABELS else name for name in kinds)
        return f"Hồ sơ không có loại bản ghi “{kind}”. Các loại đang có: {known or 'chưa có loại nào'}."
    near = nearest(record_id, store.ids(kind))
    hint = f" Có phải là “{near}”?" if near else ""
    return f"Không có {record_name(kind, record_id)} trong hồ sơ.{hint}"


def _soundness(store: Store, attachments: Attachments, faults: list[Fault]) -> Soundness:
    tip = store.tip()
    return Soundness(tip.seq, sum(1 for _ in attachments.names()), tip.digest, tuple(faults))


def _expected(store: Store) -> set[str]:
    """The attachments the records refer to, in any version."""
    return {name for entry in store.entries() if '"sha256"' in entry.body for name in _references(entry.body)}


def _references(body: str) -> Iterator[str]:
    try:
        waiting = [json.loads(body)]
    except ValueError:  # the chain's walk reports it
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if {"sha256", "media_type"} <= value.keys():  # how a record refers to a file taken in
                yield str(value["sha256"])
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
