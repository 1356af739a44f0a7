"""Clauses the design must meet, point by point (Đ30.5, 30.8, 30.9): which apply, and what the office answered to each.

Which clause asks what of whom is the form's data; the answers are those given to the duties of the same clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from compliance.domain.assessment import Answer
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist
from compliance.domain.condition import Condition, Facts
from compliance.domain.overview import Units
from compliance.domain.plan import answer_cells
from compliance.domain.printed import Value


class ClausePoint(Frozen):
    """One point in the words of the text, and the id of the duty whose answer says how it is met."""

    text: str
    duty: str


class DesignClause(Frozen):
    """A clause that binds the systems for which ``when`` holds; ``fields`` are printed before its points."""

    heading: str
    citation: str
    when: Condition
    fields: tuple[str, ...] = ()
    points: tuple[ClausePoint, ...]


class PointRow(Frozen):
    """One point as printed; ``listed`` tells whether its duty also stands in the plan's own table."""

    text: str
    listed: bool
    result: Value
    present_state: Value
    measure: Value
    responsible: Value
    due: Value


class ClauseSection(Frozen):
    """A clause that binds one system."""

    heading: str
    citation: str
    fields: tuple[Value, ...]
    rows: tuple[PointRow, ...]


def duties_printed(clauses: Sequence[DesignClause], facts: Facts) -> frozenset[str]:
    """The duties whose answers the clauses that bind a system print."""
    return frozenset(point.duty for clause in clauses if clause.when.truth(facts) is True for point in clause.points)


def clause_sections(
    clauses: Sequence[DesignClause],
    facts: Facts,
    *,
    duties: Checklist,
    answers: Mapping[str, Answer],
    units: Units,
    recorded: Iterable[Value],
) -> tuple[ClauseSection, ...]:
    """The clauses that bind a system, in the form's order.

    Args:
        clauses: those of the form.
        facts: what is known of the system; a clause whose condition nobody can judge yet is left out.
        duties: the duties of the system's level.
        answers: by requirement id.
        units: every unit by id.
        recorded: the printed values among which a clause's fields are found.
    """
    known = {one.field: one for one in recorded}
    listed = {one.id for one in duties.requirements}
    return tuple(
        ClauseSection(
            heading=clause.heading,
            citation=clause.citation,
            fields=tuple(known[name] for name in clause.fields if name in known),
            rows=tuple(
                PointRow(
                    text=point.text,
                    listed=point.duty in listed,
                    **answer_cells(point.duty, answers.get(point.duty), units),
                )
                for point in clause.points
            ),
        )
        for clause in clauses
        if clause.when.truth(facts) is True
    )
