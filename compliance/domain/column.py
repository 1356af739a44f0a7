"""What a column of an inventory sheet is: its field, its header and how its cells are understood."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from compliance.domain.question import Choice, Question, QuestionType
from compliance.domain.wording import folded


class ColumnKind(StrEnum):
    """How the text of a cell is understood."""

    ID = "id"
    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    PAPER = "paper"
    UNIT = "unit"
    SYSTEM = "system"
    OTHER_SYSTEM = "other_system"
    ZONE = "zone"
    ADDRESS = "address"
    RANGES = "ranges"
    REACHED_BY = "reached_by"
    REQUIREMENT = "requirement"
    FACT = "fact"
    ASSUMED = "assumed"
    MARK = "mark"
    SHOWN = "shown"


_ASKED_AS = {
    ColumnKind.NUMBER: QuestionType.NUMBER,
    ColumnKind.YES_NO: QuestionType.YES_NO,
    ColumnKind.CHOICE: QuestionType.CHOICE,
    ColumnKind.MARK: QuestionType.YES_NO,
}


@dataclass(frozen=True)
class Column:
    """One column: ``field`` is the record's field (``a.b`` inside a part), ``header`` what the template prints.

    ``also`` are other headers offices write. ``choices`` maps a stored value to its printed label and the other ways
    it is written. ``required`` means a new record needs it. ``question`` is the regime's question behind a fact.
    """

    field: str
    header: str
    kind: ColumnKind = ColumnKind.TEXT
    also: tuple[str, ...] = ()
    note: str = ""
    example: str = ""
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    minimum: int = 0
    maximum: int = 100_000_000
    width: int = 24
    question: Question | None = None

    @property
    def top_field(self) -> str:
        """The field of the record the column belongs to (``earlier_approval`` for ``earlier_approval.level``)."""
        return self.field.partition(".")[0]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every folded form of the header an office may have written."""
        names = (self.header, *self.also, self.field, self.field.replace("_", " "))
        whole = [folded(name) for name in names]
        short = [folded(name.partition("(")[0]) for name in names if "(" in name]
        return tuple(key for key in dict.fromkeys(whole + short) if key)

    @cached_property
    def asked(self) -> Question | None:
        """The question one reader understands the cell by; ``None`` for kinds that are read otherwise."""
        if self.question is not None or self.kind not in _ASKED_AS:
            return self.question
        return Question(
            id=self.field,
            type=_ASKED_AS[self.kind],
            label=self.header,
            help=self.note,
            example=self.example,
            citation="",
            column=self.header,
            choices=tuple(Choice(value=key, label=names[0], also=names[1:]) for key, names in self.choices.items()),
            minimum=self.minimum,
            maximum=self.maximum,
        )


@dataclass(frozen=True)
class Table:
    """One kind of sheet: ``id`` is its English key in YAML, ``sheet`` its name in the workbook."""

    id: str
    sheet: str
    also: tuple[str, ...]
    columns: tuple[Column, ...]
    purpose: str

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """Folded header to column; a column's own header and field win over another column's variant."""
        found: dict[str, Column] = {folded(column.header): column for column in self.columns}
        for column in self.columns:
            found.setdefault(folded(column.field), column)
        for column in self.columns:
            for key in column.keys:
                found.setdefault(key, column)
        return found

    @cached_property
    def by_field(self) -> Mapping[str, Column]:
        """Field to column."""
        return {column.field: column for column in self.columns}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Folded names a sheet of this kind goes by."""
        return tuple(folded(name) for name in (self.sheet, self.id, *self.also))
