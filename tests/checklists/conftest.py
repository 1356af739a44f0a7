"""The regime the lists belong to."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.adapters.law import load_regimes, regime_on
from compliance.domain.regime import Regime


@pytest.fixture(scope="session")
def regime() -> Regime:
    return regime_on(date(2026, 11, 22), load_regimes())
