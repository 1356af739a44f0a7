from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from compliance.adapters.store import Store, create_store, open_store, sqlite_url
from compliance.adapters.workspace import Workspace, create_workspace

POSTGRES = "COMPLIANCE_TEST_POSTGRES"
HANOI = timezone(timedelta(hours=7))
MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=HANOI)
OFFICE = "Văn phòng HĐND và UBND xã"

_numbers = itertools.count(1)


def now() -> datetime:
    return MORNING


def local(_path: Path) -> str:
    return "ext4"


def put(store: Store, kind: str, id_: str, *bodies: str, by: str = OFFICE, reason: str = "") -> None:
    """Save the given versions of one record, each in an act of its own."""
    for body in bodies:
        current = store.head(kind, id_)
        with store.act(by, MORNING, reason) as act:
            act.put(kind, id_, body, current.version if current else 0)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[URL]:
    """An empty database: a new SQLite file, or a schema of its own on the PostgreSQL server of the environment."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "thu.sqlite")
        return
    if POSTGRES not in os.environ:
        pytest.skip(f"{POSTGRES} names no server (scripts/postgres-for-tests start)")
    server = make_url(os.environ[POSTGRES])
    if server.password is not None:
        monkeypatch.setenv("PGPASSWORD", str(server.password))
        server = server.set(password=None)
    schema = f"thu_{os.getpid()}_{next(_numbers)}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield server.update_query_dict({"options": f"-csearch_path={schema}"})
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def store(address: URL) -> Iterator[Store]:
    made = create_store(address)
    yield made
    made.close()


@pytest.fixture
def colleague(address: URL, store: Store) -> Iterator[Store]:
    """The same store opened by somebody else, who does not wait for locks."""
    opened = open_store(address, wait_seconds=0)
    yield opened
    opened.close()


@pytest.fixture
def tamper(address: URL) -> Callable[..., None]:
    """Run statements behind the program's back, with every trigger and foreign key out of the way."""

    def run(*statements: str) -> None:
        if address.get_backend_name() == "sqlite":
            assert address.database
            tamper_with_file(Path(address.database), *statements)
            return
        engine = create_engine(address)
        with engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    return run


def tamper_with_file(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in guards:
        connection.execute(sql)
    connection.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "ho-so", by=OFFICE, now=now, file_system=local) as made:
        yield made
