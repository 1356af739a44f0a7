"""The 61 quantitative rows of the standard, cell by cell: activity or figure, level, clause."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.adapters.law import load_checklist, load_physical
from compliance.domain.cadence import Cadence
from compliance.domain.checklist import Binding, Requirement
from compliance.domain.level import LEVELS
from tests.checklists.lists import law

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "figures.yaml").read_text(encoding="utf-8")
)
ROWS = 61
CELLS = {("year", 1): "N", ("month", 6): "6T", ("quarter", 1): "Q", ("month", 1): "M", ("unstated", 1): "đk"}
OWN_PROGRAMME = "CT"


@pytest.fixture(scope="module")
def lists() -> dict[int, tuple[Requirement, ...]]:
    return {
        level: (*load_checklist(law(), level).requirements, *load_physical(law(), level).requirements)
        for level in LEVELS
    }


def cell(cadence: Cadence) -> str:
    return CELLS[cadence.unit.value, cadence.every]


def test_every_row_is_here() -> None:
    assert {row["row"] for rows in TABLE.values() for row in rows} == set(range(1, ROWS + 1))


@pytest.mark.parametrize("row", TABLE["cadences"], ids=lambda row: f"{row['row']} {row['activity']}")
def test_a_cadence_stands_at_its_levels_and_clauses_and_nowhere_else(
    lists: dict[int, tuple[Requirement, ...]], row: dict[str, Any]
) -> None:
    found = {
        level: (cell(cadence), one.clause)
        for level, requirements in lists.items()
        for one in requirements
        for cadence in one.cadences
        if cadence.activity == row["activity"]
    }
    expected = {level: tuple(wanted) for level, wanted in row["cells"].items()}
    if OWN_PROGRAMME in {said for said, _ in expected.values()}:
        found = {level: (OWN_PROGRAMME if said == "đk" else said, clause) for level, (said, clause) in found.items()}
    assert found == expected


@pytest.mark.parametrize("row", TABLE["figures"], ids=lambda row: f"{row['row']} {row['name']}")
def test_a_figure_stands_at_its_levels_and_clauses(
    lists: dict[int, tuple[Requirement, ...]], row: dict[str, Any]
) -> None:
    binding = Binding.SUGGESTED if row.get("suggested") else Binding.REQUIRED
    found = {
        (level, figure.value, one.clause)
        for level, requirements in lists.items()
        for one in requirements
        for figure in one.figures
        if figure.name == row["name"] and figure.binding is binding
    }
    assert {(level, said, str(clause)) for level, (said, clause) in row["cells"].items()} <= found
    assert {level for level, _, _ in found} == set(row["cells"])
