"""The matrix of risks: likely ones on top, severe ones to the right, each cell with its grade and the risks in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliance.domain.blank import Frozen
from compliance.domain.risk import Degree, risk_grade
from compliance.domain.system import Risk


class MatrixCell(Frozen):
    """The risks of one chance and one severity: their numbers, and the grade of the cell."""

    grade: Degree
    label: str
    numbers: str


class MatrixLine(Frozen):
    """One chance and its cells, from low to high severity."""

    label: str
    cells: tuple[MatrixCell, ...]


def matrix(risks: Sequence[Risk]) -> tuple[MatrixLine, ...]:
    """Every cell of the matrix; risks are numbered from 1 in their order."""
    return tuple(
        MatrixLine(label=likelihood.label, cells=tuple(_cell(risks, likelihood, severity) for severity in Degree))
        for likelihood in reversed(Degree)
    )


def unweighed(risks: Sequence[Risk]) -> str:
    """The numbers of the risks whose chance or severity nobody weighed."""
    return _numbers(number for number, one in enumerate(risks, 1) if risk_grade(one.likelihood, one.severity) is None)


def _cell(risks: Sequence[Risk], likelihood: Degree, severity: Degree) -> MatrixCell:
    grade = risk_grade(likelihood, severity) or Degree.LOW
    mine = (number for number, one in enumerate(risks, 1) if (one.likelihood, one.severity) == (likelihood, severity))
    return MatrixCell(grade=grade, label=grade.label, numbers=_numbers(mine))


def _numbers(found: Iterable[int]) -> str:
    return ", ".join(map(str, found))
