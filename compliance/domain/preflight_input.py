"""What pre-flight looks at: the record of one system with everything that stands around it on one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from pydantic import BaseModel

from compliance.domain.assessment import Answer
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.citation_status import Judgement
from compliance.domain.classification import Classification, Finding
from compliance.domain.column import Table
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.missing import MissingItem, where
from compliance.domain.open_point import OpenPoint
from compliance.domain.organization import Unit
from compliance.domain.paper import Paper
from compliance.domain.preflight import Lexicon
from compliance.domain.question import Question
from compliance.domain.regime import Regime, Term
from compliance.domain.remediation import EvidenceGap
from compliance.domain.system import FactValue, System
from compliance.domain.transition import RunningDeadline

LEVEL = "level"
"""Stands for every fact that decides the level, where a hit rests on the level."""


class Enclosure(Frozen):
    """A file that goes with the dossier; ``reason`` says why it cannot be read."""

    name: str
    readable: bool = True
    reason: str = ""


class RoadFacts(Frozen):
    """What the dossier's road tells; ``None`` = nobody recorded it, so nothing is concluded from it."""

    regulation_issued_on: date | None = None
    decided_on: date | None = None
    opinion_given: bool | None = None
    enclosures: tuple[Enclosure, ...] = ()
    approved_level: int | None = None
    risk_assessed_on: date | None = None
    changed_on: date | None = None


class Missing(NamedTuple):
    """One line of what the forms lack, and the field it is about (``answers`` for the plan, ``units`` for the head)."""

    field: str
    item: MissingItem


class Text(NamedTuple):
    """A text somebody typed: its field, the row it stands in, the words."""

    field: str
    subject: str
    words: str


class Cited(NamedTuple):
    """One instrument cited in a typed text and what it is worth today; ``lacking`` names articles it does not have."""

    text: Text
    written: str
    judgement: Judgement
    lacking: str


class Mentioned(NamedTuple):
    """A level a typed text states."""

    text: Text
    written: str
    level: int


@dataclass(frozen=True)
class PreflightInput:
    """Everything the detectors read; nothing here is looked up later.

    ``others`` are all recorded systems by id, ``levels`` their levels as far as decided. ``lists`` are the lists of the
    level (the highest still possible while it is open) and ``answers`` the standing answers by requirement;
    ``answered_level`` is the level of the list most of them were given to. ``outdated`` are sentences about lists that
    changed since the newest check, ``check_id`` that check. ``missing`` is what the forms lack, ``around`` the facts
    and circumstances, ``points`` what the law leaves open, ``old_terms`` the words of the regime before.
    ``unreadable`` are diagram files that cannot be read, with the reason.
    """

    system: System
    units: Mapping[str, Unit]
    others: Mapping[str, System]
    levels: Mapping[str, int | None]
    regime: Regime
    classification: Classification
    findings: Sequence[Finding]
    questions: Sequence[Question]
    lists: Sequence[Checklist]
    answers: Mapping[str, Answer]
    answered_level: int | None
    outdated: Sequence[str]
    check_id: str
    gaps: Sequence[EvidenceGap]
    missing: Sequence[Missing]
    around: Mapping[str, FactValue | None]
    points: Sequence[OpenPoint]
    deadlines: Sequence[RunningDeadline]
    old_terms: Sequence[Term]
    unreadable: Mapping[str, str]
    citations: Sequence[Cited]
    mentions: Sequence[Mentioned]
    register: InstrumentRegister
    lexicon: Lexicon
    tables: Mapping[str, Table]
    today: date
    road: RoadFacts = field(default_factory=RoadFacts)

    def place(self, name: str, subject: str = "") -> str:
        """Where an officer finds a field (``systems.regulation``), and in which row."""
        at = where(name, self.tables)
        return f"{at}, dòng “{subject}”" if subject else at

    @cached_property
    def requirements(self) -> dict[str, Requirement]:
        """Every requirement of the lists by id."""
        return {one.id: one for checklist in self.lists for one in checklist.requirements}

    @cached_property
    def own_units(self) -> tuple[Unit, ...]:
        """The units the system names, ordered by id."""
        return tuple(self.units[id_] for id_ in sorted(self.system.unit_ids) if id_ in self.units)

    @property
    def decided_level(self) -> int | None:
        """The level once it is decided."""
        return self.classification.level if self.classification.decided else None

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text typed about the system, its units and its answers."""
        return typed_texts(self.system, self.own_units, self.answers)

    @property
    def papers(self) -> Iterator[tuple[str, str, Paper]]:
        """Every paper on record: its field, the row, the paper."""
        yield from system_papers(self.system)
        for unit in self.own_units:
            if unit.functions is not None:
                yield "units.functions", unit.name, unit.functions


def system_papers(system: System) -> Iterator[tuple[str, str, Paper]]:
    """The papers a system itself names."""
    for name in ("owner_document", "operator_document", "security_unit_document", "regulation", "design_document"):
        paper: Paper | None = getattr(system, name)
        if paper is not None:
            yield f"systems.{name}", "", paper
    if system.earlier_approval is not None and system.earlier_approval.paper is not None:
        yield "systems.earlier_approval.paper", "", system.earlier_approval.paper


_PARTS = ("devices", "services", "zones", "connections", "risks")
_NO_TEXT = {"id", "zone_id", "other_system_id", "sha256", "media_type", "address", "serial", "email", "phone"}
_ANSWER_TEXTS = ("present_state", "measure", "reason", "equivalent", "equivalent_reason")


def typed_texts(system: System, units: Sequence[Unit], answers: Mapping[str, Answer]) -> tuple[Text, ...]:
    """Every text typed about a system, in a stable order: the record, its lists, its units, its answers."""
    found = [*_of("systems", "", system)]
    for part in _PARTS:
        for row in getattr(system, part):
            found += _of(part, _title(row), row)
    for unit in units:
        found += _of("units", unit.name, unit)
    for id_, answer in sorted(answers.items()):
        found += [Text(f"answers.{name}", id_, words) for name in _ANSWER_TEXTS if (words := getattr(answer, name))]
    return tuple(found)


def _title(row: BaseModel) -> str:
    named = (str(getattr(row, name, "") or "") for name in ("name", "threat", "other_name", "other_system_id", "id"))
    return next(text for text in named if text)


def _of(table: str, subject: str, record: BaseModel) -> Iterator[Text]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if (
            isinstance(value, str)
            and type(value) is str
            and value
            and name not in _NO_TEXT
            and not name.endswith("_id")
        ):
            yield Text(f"{table}.{name}", subject, value)
        elif isinstance(value, Paper):
            yield Text(f"{table}.{name}", subject, value.text)
    approval = getattr(record, "earlier_approval", None)
    if approval is not None and approval.legal_basis:
        yield Text(f"{table}.earlier_approval.legal_basis", subject, approval.legal_basis)
    for name, absence in getattr(record, "absences", {}).items():
        if absence.reason:
            yield Text(f"{table}.{name}", subject, absence.reason)
