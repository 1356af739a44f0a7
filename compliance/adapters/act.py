"""One act of the office: the records that are stored together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from compliance.adapters import rows
from compliance.adapters.chain import Entry, Place, Tip, record_name, sealed
from compliance.errors import Conflict


@dataclass(frozen=True)
class Revision:
    """One saved version of one record; ``body`` is the JSON text exactly as it was given."""

    seq: int
    kind: str
    id: str
    version: int
    recorded_at: datetime
    recorded_by: str
    reason: str
    body: str
    digest: str

    @classmethod
    def of(cls, entry: Entry) -> Revision:
        """The revision a database row stands for."""
        fields = entry._asdict()
        fields["recorded_at"] = datetime.fromisoformat(entry.recorded_at)
        return cls(**fields)


class Act:
    """Collects the records of one act; they reach the database together when the act ends.

    Nothing is written before that, so a long act never keeps readers waiting.
    """

    def __init__(self, connection: Connection, tip: Tip, by: str, at: datetime, reason: str) -> None:
        self._connection = connection
        self._tip = tip
        self._by, self._at, self._reason = by, at.isoformat(), reason
        self._pending: list[Entry] = []
        self._current: dict[tuple[str, str], Entry] = {}
        self._known: set[tuple[str, str]] = set()
        self._ended = False

    def head(self, kind: str, id: str) -> Revision | None:  # noqa: A002 - the word of the table
        """The current version as this act sees it, its own records included."""
        entry = self._head(kind, id)
        return Revision.of(entry) if entry else None

    def put(self, kind: str, id: str, body: str, expected_version: int) -> Revision:  # noqa: A002
        """Save the next version of a record.

        Args:
            kind: the record kind.
            id: the record's stable id.
            body: JSON text, kept character for character.
            expected_version: the version the change was made from; 0 for a new record.

        Returns:
            The new revision, or the current one when ``body`` is the same text.

        Raises:
            Conflict: somebody else saved a version in between.
        """
        if self._ended:
            raise RuntimeError("this act has ended")
        json.loads(body)  # what cannot be read back is never stored
        current = self._head(kind, id)
        if current is not None and current.body == body:
            return Revision.of(current)
        version = current.version if current else 0
        if version != expected_version:
            raise Conflict(_conflict(record_name(kind, id), current, expected_version))
        entry = Entry(self._tip.seq + 1, kind, id, version + 1, self._at, self._by, self._reason, body, "")
        entry = entry._replace(digest=sealed(self._tip.digest, entry))
        self._pending.append(entry)
        self._current[kind, id] = entry
        self._tip = Tip(entry.seq, entry.digest)
        return Revision.of(entry)

    def save(self) -> None:
        """Write everything; called once, by the store, when the act ends well."""
        self._ended = True
        places = {(entry.kind, entry.id): Place(entry.version, entry.seq) for entry in self._pending}
        rows.append(self._connection, self._pending)
        rows.add_heads(self._connection, {key: place for key, place in places.items() if key not in self._known})
        rows.move_heads(self._connection, {key: place for key, place in places.items() if key in self._known})
        if places:
            rows.move_tip(self._connection, self._tip)

    def _head(self, kind: str, record_id: str) -> Entry | None:
        key = (kind, record_id)
        if key not in self._current:
            found = rows.current(self._connection, kind, record_id)
            if found is None:
                return None
            self._current[key] = found
            self._known.add(key)
        return self._current[key]


def _conflict(name: str, current: Entry | None, expected: int) -> str:
    if current is None:
        return f"Chưa có {name} nào được lưu, nên không thể sửa từ phiên bản {expected}. Hãy tải lại danh sách."
    when = datetime.fromisoformat(current.recorded_at)
    saved = f"{current.recorded_by} đã lưu phiên bản {current.version} lúc {when:%H:%M ngày %d/%m/%Y}"
    if expected == 0:
        return f"Đã có {name}: {saved}. Chưa lưu gì. Hãy mở bản đã có để sửa, hoặc chọn mã khác."
    return (
        f"Có người khác đã sửa {name} trước: {saved}, còn thay đổi này dựa trên phiên bản {expected}. "
        f"Chưa lưu gì. Hãy mở lại bản mới nhất, đối chiếu rồi lưu lại."
    )
