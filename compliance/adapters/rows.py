"""The statements the store is made of, each over one open connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, text, update

from compliance.adapters.chain import Entry, Place, Tip
from compliance.adapters.schema import head, meta, revision
from compliance.errors import Fault

_BATCH = 1000
_FAULTS_SHOWN = 20
_IDS_AT_ONCE = 500


_CURRENT = (
    select(revision)
    .select_from(head.join(revision, head.c.seq == revision.c.seq))
    .where(head.c.kind == bindparam("wanted_kind"))
)
_CURRENT_ONE = _CURRENT.where(head.c.id == bindparam("wanted_id"))


def current(connection: Connection, kind: str, record_id: str) -> Entry | None:
    """The current version of one record."""
    row = connection.execute(_CURRENT_ONE, {"wanted_kind": kind, "wanted_id": record_id}).one_or_none()
    return Entry(*row) if row else None


def all_current(kind: str, under: str = "") -> Select[Any]:
    """The current revisions of one kind, by id: an index search on ``head``, then one row each by number.

    ``under`` keeps only the ids that begin with ``under/``.
    """
    query = _CURRENT.params(wanted_kind=kind).order_by(head.c.id)
    if under:
        query = query.where(head.c.id > f"{under}/", head.c.id < f"{under}0")  # "0" is the sign after "/"
    return query


def some_current(connection: Connection, kind: str, ids: Sequence[str]) -> Iterator[Entry]:
    """The current revisions of these records, as many as there are, a batch of ids at a time."""
    for start in range(0, len(ids), _IDS_AT_ONCE):
        wanted = head.c.id.in_(ids[start : start + _IDS_AT_ONCE])
        yield from fetched(connection, _CURRENT.params(wanted_kind=kind).where(wanted).order_by(head.c.id))


def current_before(kind: str, under: str, seq: int) -> Select[Any]:
    """The revisions that were current just before revision ``seq``, by id; only ids that begin with ``under/``.

    One range of the index over kind, id and version, then one row each by number.
    """
    newest = (
        select(func.max(revision.c.seq).label("seq"))
        .where(revision.c.kind == kind, revision.c.id > f"{under}/", revision.c.id < f"{under}0", revision.c.seq < seq)
        .group_by(revision.c.id)
        .subquery()
    )
    return select(revision).select_from(newest.join(revision, newest.c.seq == revision.c.seq)).order_by(revision.c.id)


def fetched(connection: Connection, query: Select[Any]) -> list[Entry]:
    """All rows of a query over revisions."""
    return [Entry(*row) for row in connection.execute(query)]


def all_entries(connection: Connection) -> Iterator[Entry]:
    """The whole history in order, a batch at a time."""
    query = select(revision).order_by(revision.c.seq)
    for row in connection.execute(query, execution_options={"yield_per": _BATCH}):
        yield Entry(*row)


def all_heads(connection: Connection) -> dict[tuple[str, str], Place]:
    """The whole index of current versions."""
    rows = connection.execute(select(head.c.kind, head.c.id, head.c.version, head.c.seq))
    return {(row.kind, row.id): Place(row.version, row.seq) for row in rows}


def tip(connection: Connection, *, lock: bool = False) -> Tip | None:
    """The end of the chain as written in the bookkeeping row; ``lock`` makes PostgreSQL's writers take turns."""
    query = select(meta.c.last_seq, meta.c.last_digest)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return Tip(*row) if row else None


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Add revisions at the end of the history."""
    if entries:
        connection.execute(insert(revision), [entry._asdict() for entry in entries])


def add_heads(connection: Connection, places: dict[tuple[str, str], Place]) -> None:
    """Index records that had no version before."""
    if places:
        rows = [{"kind": kind, "id": id_, **place._asdict()} for (kind, id_), place in places.items()]
        connection.execute(insert(head), rows)


def move_heads(connection: Connection, places: dict[tuple[str, str], Place]) -> None:
    """Point records that had a version before to their newest."""
    if not places:
        return
    statement = (
        update(head)
        .where(head.c.kind == bindparam("of_kind"), head.c.id == bindparam("of_id"))
        .values(version=bindparam("new_version"), seq=bindparam("new_seq"))
    )
    rows = [
        {"of_kind": kind, "of_id": id_, "new_version": place.version, "new_seq": place.seq}
        for (kind, id_), place in places.items()
    ]
    connection.execute(statement, rows)


def move_tip(connection: Connection, end: Tip) -> None:
    """Write where the chain now ends."""
    connection.execute(update(meta).values(last_seq=end.seq, last_digest=end.digest))


def file_faults(connection: Connection) -> list[Fault]:
    """What SQLite's own check of the file says; nothing on PostgreSQL, whose server checks its pages."""
    if connection.dialect.name != "sqlite":
        return []
    lines = connection.execute(text(f"PRAGMA integrity_check({_FAULTS_SHOWN})")).scalars().all()
    return [Fault(f"Tệp cơ sở dữ liệu có lỗi: {line}.") for line in lines if line != "ok"]
