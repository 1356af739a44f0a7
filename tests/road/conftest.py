"""A commune whose dossiers walk the road."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.adapters.law import load_procedure, load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.procedure import Procedure
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from tests.documents.office import TODAY, new_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with new_office(tmp_path / "ho-so") as workspace:
        yield workspace


@pytest.fixture(scope="session")
def regime() -> Regime:
    return regime_on(TODAY, load_regimes())


@pytest.fixture(scope="session")
def procedure(regime: Regime) -> Procedure:
    return load_procedure(regime)
