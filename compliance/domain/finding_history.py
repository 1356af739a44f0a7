"""The history of a finding: its own versions and those of the answer it is about, merged by time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from compliance.domain.assessment import Answer
from compliance.domain.blank import Frozen
from compliance.domain.field_label import field_label
from compliance.domain.remediation import Finding
from compliance.domain.wording import date_text, number_text

_FIELDS = (
    "status",
    "severity",
    "severity_reason",
    "assessment_id",
    "opened_on",
    "cost",
    "cost_line",
    "work",
    "done_by",
    "done_on",
    "evidence_ids",
    "closed_by",
    "closed_on",
    "closed_alone",
    "note",
    "result",
    "present_state",
    "reason",
    "equivalent",
    "equivalent_reason",
    "measure",
    "responsible_unit_id",
    "due",
)
"""What an officer follows of a finding and of its answer, in the order it is told."""


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
        changes = tuple(_changes(kind, before.get(kind), one.record, unit_names))
        before[kind] = one.record
        entries.append(
            HistoryEntry(at=one.at, by=one.by, reason=one.reason, record=kind, version=one.number, changes=changes)
        )
    return tuple(entries)


def _changes(
    kind: str, before: Finding | Answer | None, after: Finding | Answer, unit_names: Mapping[str, str]
) -> Iterable[HistoryChange]:
    for field in _FIELDS:
        if field not in type(after).model_fields:
            continue
        old = _text(field, getattr(before, field, None), unit_names)
        new = _text(field, getattr(after, field), unit_names)
        if old != new:
            yield HistoryChange(field=field, label=field_label(kind, field), before=old, after=new)


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
