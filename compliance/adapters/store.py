"""The append-only store: every saved version of every record, in SQLite or PostgreSQL.

Readers see finished acts only. Writers take turns (SQLite's write lock, a row lock on PostgreSQL), so the numbering
and the digest chain have one order.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, func, insert, inspect, select, text

from compliance.adapters import rows
from compliance.adapters.act import Act, Revision
from compliance.adapters.chain import START, Entry, Place, Tip, chain_faults
from compliance.adapters.database import WAIT_SECONDS, DamagedStore, connect, spoken
from compliance.adapters.schema import FORMAT, head, meta, metadata, missing_guards, revision
from compliance.errors import Fault, WorkspaceRefused

__all__ = ["Act", "Revision", "Store", "create_store", "open_store", "sqlite_url"]

_COPY_BATCH = 1000


class Store:
    """Reads, and hands out acts; get one from :func:`open_store` or :func:`create_store`."""

    def __init__(self, url: str | URL, wait_seconds: float = WAIT_SECONDS) -> None:
        engine = connect(url, wait_seconds)
        self.on_sqlite = engine.dialect.name == "sqlite"
        if self.on_sqlite:
            self._reader = engine
            self._writer = engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        else:  # a reader sees one moment; a writer, once it has the lock, sees what the one before it wrote
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ")
            self._writer = engine.execution_options(isolation_level="READ COMMITTED")
        self._engine = engine
        self._acting: set[int] = set()

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()

    def head(self, kind: str, id: str) -> Revision | None:  # noqa: A002 - the word of the table
        """The current version of one record, or ``None``."""
        with self._reading() as connection:
            found = rows.current(connection, kind, id)
        return Revision.of(found) if found else None

    def heads(self, kind: str, under: str = "") -> list[Revision]:
        """The current version of every record of a kind, ordered by id; history is not read.

        Args:
            kind: the record kind.
            under: only ids that begin with ``under/``, such as the answers about one system.
        """
        with self._reading() as connection:
            return [Revision.of(entry) for entry in rows.fetched(connection, rows.all_current(kind, under))]

    def heads_of(self, kind: str, ids: Iterable[str]) -> list[Revision]:
        """The current version of each of these records that is there, ordered by id; nothing else is read."""
        wanted = sorted(set(ids))
        with self._reading() as connection:
            return [Revision.of(entry) for entry in rows.some_current(connection, kind, wanted)]

    def heads_before(self, kind: str, under: str, seq: int) -> list[Revision]:
        """The records of a kind as they stood just before revision ``seq``, ordered by id; later ones are left out.

        Args:
            kind: the record kind.
            under: only ids that begin with ``under/``, such as the answers about one system.
            seq: the number of the revision, as in :attr:`Revision.seq`.
        """
        with self._reading() as connection:
            return [Revision.of(entry) for entry in rows.fetched(connection, rows.current_before(kind, under, seq))]

    def history(self, kind: str, id: str) -> list[Revision]:  # noqa: A002
        """Every version of one record, oldest first; empty when there is none."""
        query = select(revision).where(revision.c.kind == kind, revision.c.id == id).order_by(revision.c.version)
        with self._reading() as connection:
            return [Revision.of(entry) for entry in rows.fetched(connection, query)]

    def first_recorded(self, kind: str) -> dict[str, datetime]:
        """When each record of a kind was first saved; bodies are not read."""
        query = select(revision.c.id, revision.c.recorded_at).where(revision.c.kind == kind, revision.c.version == 1)
        with self._reading() as connection:
            return {id_: datetime.fromisoformat(at) for id_, at in connection.execute(query)}

    def revised(self, kind: str) -> list[Revision]:
        """Every version of those records of a kind that were saved more than once, by id and version."""
        often = select(revision.c.id).where(revision.c.kind == kind, revision.c.version == 2)  # noqa: PLR2004
        query = select(revision).where(revision.c.kind == kind, revision.c.id.in_(often))
        with self._reading() as connection:
            ordered = query.order_by(revision.c.id, revision.c.version)
            return [Revision.of(entry) for entry in rows.fetched(connection, ordered)]

    def versions(self, kind: str) -> dict[str, int]:
        """The current version of every record of a kind, by id; bodies are not read."""
        query = select(head.c.id, head.c.version).where(head.c.kind == kind)
        with self._reading() as connection:
            return {row.id: row.version for row in connection.execute(query)}

    def ids(self, kind: str) -> list[str]:
        """The ids of every record of a kind, ordered; bodies are not read."""
        with self._reading() as connection:
            return list(connection.execute(select(head.c.id).where(head.c.kind == kind).order_by(head.c.id)).scalars())

    def kinds(self) -> list[str]:
        """The kinds of record there are."""
        with self._reading() as connection:
            return list(connection.execute(select(head.c.kind).distinct().order_by(head.c.kind)).scalars())

    def tip(self) -> Tip:
        """How many revisions there are and the digest of the last one."""
        with self._reading() as connection:
            return rows.tip(connection) or START

    def entries(self) -> Generator[Entry]:
        """The whole history in order, as stored; for a backup or a check of everything."""
        with self._reading() as connection:
            yield from rows.all_entries(connection)

    @contextmanager
    def act(self, by: str, at: datetime, reason: str = "") -> Iterator[Act]:
        """One act of the office = one transaction: all of its records are stored, or none.

        Args:
            by: who records, an office rather than a person.
            at: when, with its time zone.
            reason: why, in the officer's words.

        Raises:
            WorkspaceRefused: another writer holds the store, or the store cannot be written.
            RuntimeError: acts were nested.
        """
        if at.tzinfo is None:
            raise ValueError("the time of an act needs its time zone")
        thread = threading.get_ident()
        if thread in self._acting:
            raise RuntimeError("acts do not nest: the outer act already is the transaction")
        self._acting.add(thread)
        try:
            with self._writing() as (connection, tip):
                act = Act(connection, tip, by, at, reason)
                yield act
                act.save()
        finally:
            self._acting.discard(thread)

    def history_faults(self) -> list[Fault]:
        """Walk the whole chain; every damaged, missing or displaced record as a sentence naming it."""
        try:
            with self._reading() as connection:
                entries, heads, end = rows.all_entries(connection), rows.all_heads(connection), rows.tip(connection)
                return rows.file_faults(connection) + chain_faults(entries, heads, end)
        except DamagedStore as error:
            return [Fault(str(error))]

    def verify(self) -> list[Fault]:
        """All of :meth:`history_faults`, and whether the triggers that refuse changes are still there."""
        faults = self.history_faults()
        with self._reading() as connection:
            guards = missing_guards(connection)
        if guards:
            faults.append(
                Fault(
                    f"Cơ sở dữ liệu mất khóa chống sửa, xóa lịch sử ({', '.join(guards)}). "
                    "Hãy sao lưu rồi phục hồi vào một thư mục mới để có lại khóa."
                )
            )
        return faults

    def snapshot_into(self, path: Path) -> None:
        """Write a consistent copy of everything to a new SQLite file, whichever database this is.

        Raises:
            WorkspaceRefused: the disk is full, or this store cannot be read.
        """
        if self.on_sqlite:
            outside = self._engine.execution_options(sqlite_begin="")  # VACUUM runs outside transactions only
            with spoken(self._engine), outside.connect() as connection:
                connection.exec_driver_sql("VACUUM INTO ?", (str(path),))
            return
        copy = create_store(sqlite_url(path))
        try:
            copy.take_over(self)
        finally:
            copy.close()

    def take_over(self, source: Store) -> None:
        """Copy the whole history of ``source``, digests included, into this empty store, in one transaction.

        Raises:
            WorkspaceRefused: this store already holds records.
        """
        with self._writing() as (connection, end):
            if end != START:
                raise WorkspaceRefused("Cơ sở dữ liệu đích đã có dữ liệu. Hãy chọn một cơ sở dữ liệu trống.")
            last = end
            places: dict[tuple[str, str], Place] = {}
            batch: list[Entry] = []
            for entry in source.entries():
                batch.append(entry)
                places[entry.kind, entry.id] = Place(entry.version, entry.seq)
                last = Tip(entry.seq, entry.digest)
                if len(batch) == _COPY_BATCH:
                    rows.append(connection, batch)
                    batch.clear()
            rows.append(connection, batch)
            rows.add_heads(connection, places)
            rows.move_tip(connection, last)

    def layout(self) -> int | None:
        """The layout version written in the store, 0 when that row is lost; ``None`` when the store is not ours."""
        with self._reading() as connection:
            if not inspect(connection).has_table(meta.name):
                return None
            return connection.execute(select(meta.c.format)).scalar() or 0

    def create(self) -> None:
        """Lay out an empty store; on one that is already there nothing changes.

        Raises:
            WorkspaceRefused: the database cannot be written, or cannot hold Vietnamese text.
        """
        with spoken(self._engine), self._writer.begin() as connection:
            if not self.on_sqlite and connection.execute(text("SHOW server_encoding")).scalar() != "UTF8":
                raise WorkspaceRefused("Cơ sở dữ liệu phải dùng bảng mã UTF8 để giữ đúng chữ tiếng Việt.")
            metadata.create_all(connection)
            if connection.execute(select(func.count()).select_from(meta)).scalar() == 0:
                connection.execute(insert(meta).values(row=1, format=FORMAT, last_seq=0, last_digest=""))

    def probe(self) -> None:
        """Ask the database for its write lock and give it back.

        Raises:
            WorkspaceRefused: it is read-only, or somebody else is writing.
        """
        with spoken(self._engine), self._writer.begin() as connection:
            rows.tip(connection, lock=True)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with spoken(self._engine), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, Tip]]:
        with spoken(self._engine), self._writer.begin() as connection:
            tip = rows.tip(connection, lock=True)
            if tip is None:
                raise WorkspaceRefused(
                    "Cơ sở dữ liệu mất dòng ghi nhận điểm cuối. Hãy kiểm tra bằng: compliance verify"
                )
            yield connection, tip


def sqlite_url(path: Path) -> URL:
    """The address of a SQLite file."""
    return URL.create("sqlite", database=str(path))


def create_store(url: str | URL, wait_seconds: float = WAIT_SECONDS) -> Store:
    """Lay out a new, empty store.

    Raises:
        WorkspaceRefused: the database cannot be reached or written.
    """
    store = Store(url, wait_seconds)
    try:
        store.create()
    except BaseException:
        store.close()
        raise
    return store


def open_store(url: str | URL, wait_seconds: float = WAIT_SECONDS) -> Store:
    """Open an existing store.

    Raises:
        WorkspaceRefused: it is not one of ours, or a newer program wrote it.
    """
    store = Store(url, wait_seconds)
    try:
        layout = store.layout()
        if layout is None:
            raise WorkspaceRefused("Cơ sở dữ liệu này không phải do chương trình tạo ra nên không mở.")
        if layout > FORMAT:
            raise WorkspaceRefused("Cơ sở dữ liệu do phiên bản mới hơn ghi. Hãy cập nhật chương trình rồi mở lại.")
    except BaseException:
        store.close()
        raise
    return store
