"""The regime in force on the day the digest was checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.adapters.law import load_regimes
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on

DAY = date(2026, 11, 22)


def examples() -> list[dict[str, Any]]:
    """The worked examples as written in the data file."""
    text = (Path(__file__).parent / "examples.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)["examples"]
    return found


def facts_of(raw: dict[str, Any]) -> dict[str, Any]:
    """YAML facts with sets as the domain holds them."""
    return {fact: tuple(sorted(value)) if isinstance(value, list) else value for fact, value in raw.items()}


@pytest.fixture(scope="session")
def regime() -> Regime:
    return regime_on(DAY, load_regimes())
