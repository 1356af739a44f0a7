from __future__ import annotations

import pytest

from tests.checks.servers import Issuer


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    """Who issues the certificates of the test's servers."""
    return Issuer(tmp_path_factory.mktemp("chung-thu"))
