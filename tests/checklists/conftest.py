"""The regime the lists belong to."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.adapters.law import load_regimes
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on


@pytest.fixture(scope="session")
def regime() -> Regime:
    return regime_on(date(2026, 11, 22), load_regimes())
