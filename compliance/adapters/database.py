"""Connecting to SQLite or PostgreSQL, and the sentences for what a database can refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from compliance.errors import WorkspaceRefused

WAIT_SECONDS = 5.0
"""How long a writer waits for another writer before it is told so."""

BUSY = "Đang có người khác ghi vào hồ sơ. Chưa lưu gì. Hãy chờ người đó ghi xong rồi làm lại."
READ_ONLY = "Cơ sở dữ liệu đang ở chế độ chỉ đọc nên không ghi được. Hãy cấp quyền ghi cho thư mục hồ sơ rồi làm lại."
FULL = "Ổ đĩa chứa hồ sơ đã đầy. Chưa lưu gì. Hãy giải phóng chỗ trống rồi làm lại."
DISK = "Ổ đĩa chứa hồ sơ báo lỗi khi đọc, ghi. Hãy sao chép thư mục hồ sơ sang ổ đĩa khác rồi chạy: compliance verify"
DAMAGED = (
    "Cơ sở dữ liệu bị hỏng hoặc mất bảng. Hãy giữ nguyên thư mục này và phục hồi bản sao lưu gần nhất vào thư mục mới: "
    "compliance restore TỆP-SAO-LƯU --workspace THƯ-MỤC-MỚI"
)
UNREACHABLE = (
    "Không kết nối được với máy chủ cơ sở dữ liệu {place}. Hãy kiểm tra máy chủ đang chạy, địa chỉ và tài khoản."
)
INCONSISTENT = (
    "Cơ sở dữ liệu từ chối ghi vì lịch sử không còn nhất quán. Chưa lưu gì. Hãy kiểm tra bằng: compliance verify"
)

_SQLITE_SENTENCES = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR": DISK,
    "SQLITE_CANTOPEN": DISK,
    "SQLITE_CONSTRAINT": INCONSISTENT,
}
_SQLITE_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_POSTGRES_SENTENCES = {
    "55P03": BUSY,  # lock_not_available
    "25006": READ_ONLY,  # read_only_sql_transaction
    "42501": READ_ONLY,  # insufficient_privilege
    "53100": FULL,  # disk_full
    "23505": INCONSISTENT,  # unique_violation
    "42P01": DAMAGED,  # undefined_table
}


class DamagedStore(WorkspaceRefused):
    """The database file itself cannot be read any more."""


class BusyStore(WorkspaceRefused):
    """Another writer holds the store."""


_CLASSES: dict[str, type[WorkspaceRefused]] = {DAMAGED: DamagedStore, BUSY: BusyStore}


def connect(url: str | URL, wait_seconds: float = WAIT_SECONDS) -> Engine:
    """An engine whose transactions are real ones on both databases.

    The engine option ``sqlite_begin`` is the statement SQLite begins with: ``BEGIN`` unless told otherwise,
    ``BEGIN IMMEDIATE`` to take the write lock at once, empty for a statement that must run outside transactions.

    Raises:
        WorkspaceRefused: the address is not one of SQLite or PostgreSQL, or its driver is not installed.
    """
    try:
        parsed = make_url(url)
        family = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError):
        family = ""
    if family == "sqlite":
        return _sqlite(parsed, wait_seconds)
    if family == "postgresql":
        return _postgres(parsed, wait_seconds)
    raise WorkspaceRefused(
        "Địa chỉ cơ sở dữ liệu không đúng dạng. Cần: postgresql+psycopg://tài-khoản@máy-chủ:5432/tên-cơ-sở-dữ-liệu"
    )


def _sqlite(url: URL, wait_seconds: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": wait_seconds})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins, below; the driver must not
        connection.execute("PRAGMA journal_mode = DELETE")  # a WAL file is easily left behind when users copy
        connection.execute("PRAGMA synchronous = EXTRA")  # FULL, and the folder is synced when the journal goes
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("sqlite_begin", "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine


def _postgres(url: URL, wait_seconds: float) -> Engine:
    try:
        engine = create_engine(url.set(drivername="postgresql+psycopg"), connect_args={"connect_timeout": 5})
    except ModuleNotFoundError:
        raise WorkspaceRefused(
            "Máy này chưa có phần nối với PostgreSQL. Hãy cài thêm: pip install 'compliance[postgres]'"
        ) from None
    wait = max(1, round(wait_seconds * 1000))  # milliseconds; 0 would mean for ever

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.execute(f"SET lock_timeout = {wait}")
        connection.commit()

    return engine


@contextmanager
def spoken(engine: Engine) -> Iterator[None]:
    """Turn what the database refuses into the sentence an officer needs; anything else is our bug and passes.

    Raises:
        WorkspaceRefused: locked (:class:`BusyStore`), damaged (:class:`DamagedStore`), read-only, full or unreachable.
    """
    try:
        yield
    except DBAPIError as error:
        sentence = _sqlite_sentence(error) if engine.dialect.name == "sqlite" else _postgres_sentence(error, engine)
        if sentence is None:
            raise
        raise _CLASSES.get(sentence, WorkspaceRefused)(sentence) from error


def _sqlite_sentence(error: DBAPIError) -> str | None:
    code = getattr(error.orig, "sqlite_errorname", None)
    if code is None:  # the driver itself gave up, on text that is not UTF-8
        return DAMAGED if "decode" in str(error.orig) else None
    if code.startswith(_SQLITE_DAMAGE) or "no such table" in str(error.orig):
        return DAMAGED
    return next((text for prefix, text in _SQLITE_SENTENCES.items() if code.startswith(prefix)), None)


def _postgres_sentence(error: DBAPIError, engine: Engine) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    if state is None or state.startswith(("08", "28", "3D", "57P")):
        return UNREACHABLE.format(place=engine.url.render_as_string(hide_password=True))
    return _POSTGRES_SENTENCES.get(state)
