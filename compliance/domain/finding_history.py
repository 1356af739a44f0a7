"""The history of a finding: its own versions and those of the answer it is about, merged by time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from compliance.domain.assessment import Answer
from compliance.domain.blank import Frozen
from compliance.domain.remediation import Finding
from compliance.domain.wording import date_text, number_text

_LABELS = {
    "status": "trạng thái",
    "severity": "mức độ",
    "severity_reason": "lý do về mức độ",
    "assessment_id": "lần kiểm tra",
    "opened_on": "ngày mở",
    "cost": "kinh phí",
    "cost_line": "nguồn kinh phí",
    "work": "việc đã làm",
    "done_by": "bên khắc phục",
    "done_on": "ngày làm xong",
    "evidence_ids": "minh chứng",
    "closed_by": "bên xác nhận",
    "closed_on": "ngày đóng",
    "closed_alone": "lý do tự xác nhận",
    "note": "ghi chú",
    "result": "kết quả",
    "present_state": "hiện trạng",
    "reason": "lý do",
    "equivalent": "biện pháp tương đương",
    "equivalent_reason": "lý do chọn biện pháp tương đương",
    "measure": "biện pháp",
    "responsible_unit_id": "đơn vị chịu trách nhiệm",
    "due": "thời hạn",
}


@dataclass(frozen=True)
class Version:
    """One stored version of a finding or of its answer; ``seq`` orders all records of the office."""

    seq: int
    at: datetime
    by: str
    reason: str
    number: int
    record: Finding | Answer


class HistoryChange(Frozen):
    """One thing that is said otherwise than before; an empty text = nothing."""

    field: str
    label: str
    before: str
    after: str


class HistoryEntry(Frozen):
    """One version, with what it changed; ``record`` is ``finding`` or ``answer``."""

    at: datetime
    by: str
    reason: str
    record: str
    version: int
    changes: tuple[HistoryChange, ...]


def history_of(versions: Iterable[Version], unit_names: Mapping[str, str]) -> tuple[HistoryEntry, ...]:
    """Every version, oldest first, each against the one before it of the same record.

    Args:
        versions: of one finding and of its answer, in any order.
        unit_names: of recorded units by id, for the unit in charge.
    """
    before: dict[str, Finding | Answer] = {}
    entries = []
    for one in sorted(versions, key=lambda version: version.seq):
        kind = "finding" if isinstance(one.record, Finding) else "answer"
        changes = tuple(_changes(before.get(kind), one.record, unit_names))
        before[kind] = one.record
        entries.append(
            HistoryEntry(at=one.at, by=one.by, reason=one.reason, record=kind, version=one.number, changes=changes)
        )
    return tuple(entries)


def _changes(
    before: Finding | Answer | None, after: Finding | Answer, unit_names: Mapping[str, str]
) -> Iterable[HistoryChange]:
    for field, label in _LABELS.items():
        if field not in type(after).model_fields:
            continue
        old = _text(field, getattr(before, field, None), unit_names)
        new = _text(field, getattr(after, field), unit_names)
        if old != new:
            yield HistoryChange(field=field, label=label, before=old, after=new)


def _text(field: str, value: Any, unit_names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if field == "cost":
        return f"{number_text(value)} đồng"
    if field == "responsible_unit_id":
        return unit_names.get(value, value)
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, date):
        return date_text(value)
    return str(getattr(value, "label", value)) if isinstance(value, StrEnum) else str(value)
