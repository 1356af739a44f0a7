"""The tables of the store and the triggers that keep its history append-only.

``revision`` is the only record; ``head`` is an index over it (the highest version of each record) and ``meta`` its
single row of bookkeeping. All three live in one database, SQLite or PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
    event,
    text,
)

FORMAT = 1
"""Version of this layout; a store with a higher number was written by a newer program."""

SEQ = BigInteger().with_variant(Integer(), "sqlite")  # INTEGER PRIMARY KEY is SQLite's own row number
KEY = Text().with_variant(Text(collation="C"), "postgresql")  # both databases then sort ids alike, by code point

metadata = MetaData()


class RevisionColumns(TypedColumns):
    """One saved version of one record; never changed, never removed."""

    seq = Column(SEQ, primary_key=True, autoincrement=False)
    kind = Column(KEY, nullable=False)
    id = Column(KEY, nullable=False)
    version = Column(Integer(), CheckConstraint("version > 0"), nullable=False)
    recorded_at = Column(Text(), nullable=False)
    recorded_by = Column(Text(), nullable=False)
    reason = Column(Text(), nullable=False)
    body = Column(Text(), nullable=False)
    digest = Column(Text(), nullable=False)


class HeadColumns(TypedColumns):
    """The current version of one record; the primary key makes a list of one kind an index search."""

    kind = Column(KEY, primary_key=True)
    id = Column(KEY, primary_key=True)
    version = Column(Integer(), nullable=False)
    seq = Column(SEQ, ForeignKey("revision.seq"), nullable=False)


class MetaColumns(TypedColumns):
    """The single row: layout version, number of revisions and the digest of the last one."""

    row = Column(Integer(), CheckConstraint('"row" = 1'), primary_key=True, autoincrement=False)
    format = Column(Integer(), nullable=False)
    last_seq = Column(SEQ, nullable=False)
    last_digest = Column(Text(), nullable=False)


revision = Table("revision", metadata, RevisionColumns, UniqueConstraint("kind", "id", "version"))
head = Table("head", metadata, HeadColumns)
meta = Table("meta", metadata, MetaColumns)

_SQLITE_GUARDS = {
    "revision_no_update": "BEFORE UPDATE ON revision",
    "revision_no_delete": "BEFORE DELETE ON revision",
    # INSERT OR REPLACE removes the old row without firing delete triggers
    "revision_no_replace": (
        "BEFORE INSERT ON revision WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM revision) OR EXISTS "
        "(SELECT 1 FROM revision WHERE kind = NEW.kind AND id = NEW.id AND version = NEW.version)"
    ),
}
_POSTGRES_GUARDS = {
    "revision_no_change": "BEFORE UPDATE OR DELETE ON revision FOR EACH ROW",
    "revision_no_truncate": "BEFORE TRUNCATE ON revision FOR EACH STATEMENT",
}
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION revision_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'revision is append-only'; END $$"
)


def _on_create(statement: str, dialect: str) -> None:
    ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves this signature bare
    event.listen(revision, "after_create", ddl.execute_if(dialect=dialect))


def _install_guards() -> None:
    for name, when in _SQLITE_GUARDS.items():
        body = "BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END"
        _on_create(f"CREATE TRIGGER {name} {when} {body}", "sqlite")
    _on_create(_POSTGRES_FUNCTION, "postgresql")
    for name, when in _POSTGRES_GUARDS.items():
        _on_create(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION revision_append_only()", "postgresql")


_install_guards()


def missing_guards(connection: Connection) -> list[str]:
    """Names of the append-only triggers that are no longer there."""
    if connection.dialect.name == "sqlite":
        wanted, query = _SQLITE_GUARDS, "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted = _POSTGRES_GUARDS
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'revision'::regclass AND tgenabled <> 'D'"
    present = set(connection.execute(text(query)).scalars())
    return [name for name in wanted if name not in present]
