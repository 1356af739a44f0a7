"""One cell of an inventory: the text a value is printed as, and the value a text means.

Both directions stand together because they must agree: what is exported is read back as the same value.
References to other records are resolved by :mod:`compliance.domain.inventory`, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from compliance.domain.answering import fact_text, parse_fact
from compliance.domain.assessment import Result
from compliance.domain.blank import Absence
from compliance.domain.column import Column, ColumnKind
from compliance.domain.organization import UnitKind, UnitTier
from compliance.domain.paper import Paper
from compliance.domain.risk import Degree, Occasion, Rank
from compliance.domain.system import Diagram, Direction, Hosting, Ownership, Status
from compliance.domain.wording import date_text, folded
from compliance.domain.written import (
    lines_text,
    means_blank,
    read_absence,
    read_address,
    read_date,
    read_lines,
    read_paper,
    read_ranges,
    read_reached_by_all,
)

_ENUMS: Mapping[str, type[StrEnum]] = {
    "kind": UnitKind,
    "tier": UnitTier,
    "ownership": Ownership,
    "status": Status,
    "hosting": Hosting,
    "direction": Direction,
    "result": Result,
    "rank": Rank,
    "likelihood": Degree,
    "severity": Degree,
    "risk_occasion": Occasion,
}
_ASKED = frozenset(
    {ColumnKind.FACT, ColumnKind.NUMBER, ColumnKind.YES_NO, ColumnKind.CHOICE, ColumnKind.MARK},
)

_READERS: Mapping[ColumnKind, Callable[[str], object]] = {
    ColumnKind.DATE: read_date,
    ColumnKind.PAPER: read_paper,
    ColumnKind.LINES: read_lines,
    ColumnKind.ADDRESS: lambda text: "" if means_blank(text) else read_address(text),
    ColumnKind.RANGES: lambda text: () if means_blank(text) else read_ranges(text),
    ColumnKind.REACHED_BY: lambda text: () if means_blank(text) else read_reached_by_all(text),
}


class Unanswered(ValueError):
    """The cell says that the answer is not known; nothing is stored."""


def read_cell(column: Column, text: str) -> object:
    """The value a cell means; papers, dates, numbers, lines and facts are understood.

    Raises:
        Unanswered: the cell says that nobody knows.
        ValueError: the text does not fit; a Vietnamese sentence.
    """
    if column.kind in _ASKED and column.asked is not None:
        return _asked(column, text)
    reader = _READERS.get(column.kind)
    return reader(text) if reader else text


def _asked(column: Column, text: str) -> object:
    question = column.asked
    if question is None:
        raise TypeError(column.field)
    if question.blank_means_none and means_blank(text) and not _is_choice(column, text):
        raise Unanswered
    value = parse_fact(question, text)
    if value is None:
        raise Unanswered
    return _ENUMS[column.field](str(value)) if column.kind is ColumnKind.CHOICE else value


def _is_choice(column: Column, text: str) -> bool:
    return any(folded(text) == folded(name) for names in column.choices.values() for name in names)


def stated_absence(column: Column, text: str) -> Absence | None:
    """A stated absence, unless the words are a plain answer of the column (``Không có`` to a yes/no question).

    Raises:
        ValueError: the absence needs a reason and has none.
    """
    try:
        return read_absence(text)
    except ValueError:
        if column.kind in _ASKED:
            return None
        raise


def cell_text(column: Column, value: object) -> str:
    """The text a value is printed as in a workbook; empty for no value."""
    if value is None or value == "" or (value == () and column.kind is not ColumnKind.FACT):
        return ""
    if column.kind in _ASKED and column.asked is not None and isinstance(value, bool | int | str | tuple):
        return fact_text(column.asked, value)
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, Paper):
        return value.text
    if isinstance(value, tuple):
        return _sequence_text(column, value)
    return str(value)


def _sequence_text(column: Column, values: Sequence[object]) -> str:
    if column.kind is ColumnKind.SHOWN:
        return "; ".join(one.file_name for one in values if isinstance(one, Diagram))
    return lines_text(tuple(str(one) for one in values))
