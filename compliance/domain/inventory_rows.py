"""Rows of an inventory as they reach the rules, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from compliance.domain.assessment import Answer
from compliance.domain.column import Table
from compliance.domain.organization import Unit
from compliance.domain.system import System
from compliance.errors import Fault

KINDS = ("unit", "system", "answer")
"""The record kinds an inventory holds, in the order they are saved."""


@dataclass(frozen=True)
class SheetRow:
    """One filled row: field to text (non-empty cells only) and field to the column as the office sees it."""

    table: Table
    file: str
    sheet: str
    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]

    @property
    def place(self) -> str:
        """Where the row stands, for a sentence."""
        return Fault("", self.file, self.sheet, self.number).place

    def fault(self, name: str, message: str, expected: str = "") -> Fault:
        """A fault (or note) of this row, at the column of a field; empty for the whole row."""
        column = self.columns.get(name, "")
        if not column and name in self.table.by_field:
            column = self.table.by_field[name].header
        return Fault(message, self.file, self.sheet, self.number, column, expected)


@dataclass(frozen=True)
class RequirementPlace:
    """Where a requirement stands: its checklist and that checklist's level."""

    checklist_id: str
    level: int
    requirement_id: str


@dataclass(frozen=True)
class Rules:
    """What the merge needs to know besides rows and records; all of it comes from the regime's data.

    ``requirements``: folded requirement id or clause to where it stands. ``level_of``: the level a system's facts
    give, to choose between checklists that share a requirement.
    """

    one_owner: str
    requirements: Mapping[str, tuple[RequirementPlace, ...]] = field(default_factory=dict)
    level_of: Callable[[System], int | None] = lambda system: None  # noqa: ARG005


@dataclass(frozen=True)
class Inventory:
    """The stored records an inventory sheet speaks about, by id."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    systems: Mapping[str, System] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, Unit | System | Answer]:
        """The records of one kind."""
        by_kind: Mapping[str, Mapping[str, Unit | System | Answer]] = {
            "unit": self.units,
            "system": self.systems,
            "answer": self.answers,
        }
        return by_kind[kind]


@dataclass(frozen=True)
class Difference:
    """One change: ``part`` names the row of a sub-list, ``field`` the column; empty field = the whole record."""

    kind: str
    id: str
    name: str
    part: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Proposal:
    """What an inventory would change: the changed records, how they differ, what to note and what is wrong."""

    changed: Inventory
    created: Mapping[str, tuple[str, ...]]
    updated: Mapping[str, tuple[str, ...]]
    unchanged: Mapping[str, tuple[str, ...]]
    differences: tuple[Difference, ...]
    notes: tuple[Fault, ...]
    faults: tuple[Fault, ...]
