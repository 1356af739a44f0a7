"""The shipped lists of requirements, as the checklist tests read them."""

from __future__ import annotations

from datetime import date

from compliance.adapters.law import (
    DUTIES,
    PHYSICAL,
    data_root,
    load_catalogue,
    load_checklist,
    load_duties,
    load_regimes,
)
from compliance.domain.checklist import Catalogue, Checklist, Requirement
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on

FOLDER = data_root() / "checklists" / "nd331-2026"
NAMES = [f"{kind}level-{level}" for kind in ("", "duties-") for level in LEVELS]


def law() -> Regime:
    return regime_on(date(2026, 11, 22), load_regimes())


def load(name: str) -> Checklist:
    """A list by its name: ``level-3.yaml``, ``duties-level-3``."""
    kind, _, level = name.removesuffix(".yaml").rpartition("level-")
    return (load_duties if kind else load_checklist)(law(), int(level))


def duties() -> Catalogue:
    return load_catalogue(law(), DUTIES)


def physical() -> Catalogue:
    return load_catalogue(law(), PHYSICAL)


def requirement(checklist: Checklist | Catalogue, identifier: str) -> Requirement:
    found = next((one for one in checklist.requirements if one.id == identifier), None)
    assert found is not None, identifier
    return found


def figures(one: Requirement) -> dict[str, tuple[str, str]]:
    return {figure.name: (figure.value, figure.binding.value) for figure in one.figures}
