"""The earlier regime as shipped, and its lists."""

from __future__ import annotations

import pytest

from compliance.adapters.law import load_checklist, load_design, load_regimes
from compliance.domain.checklist import Checklist
from compliance.domain.design import DesignRules
from compliance.domain.regime import Regime

EARLIER = "nd85-2016"
CURRENT = "nd331-2026"
LEVELS = (1, 2, 3, 4, 5)


@pytest.fixture(scope="session")
def regimes() -> dict[str, Regime]:
    return {regime.id: regime for regime in load_regimes()}


@pytest.fixture(scope="session")
def earlier(regimes: dict[str, Regime]) -> Regime:
    return regimes[EARLIER]


@pytest.fixture(scope="session")
def current(regimes: dict[str, Regime]) -> Regime:
    return regimes[CURRENT]


@pytest.fixture(scope="session")
def lists(earlier: Regime) -> dict[int, Checklist]:
    return {level: load_checklist(earlier, level) for level in LEVELS}


@pytest.fixture(scope="session")
def design(earlier: Regime) -> DesignRules:
    return load_design(earlier)
