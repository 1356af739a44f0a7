"""The shipped register."""

from __future__ import annotations

import pytest

from compliance.adapters.law import load_register
from compliance.domain.citation_grammar import Grammar
from compliance.domain.instrument import InstrumentRegister


@pytest.fixture(scope="session")
def register() -> InstrumentRegister:
    return load_register()


@pytest.fixture(scope="session")
def grammar(register: InstrumentRegister) -> Grammar:
    return Grammar(register)
