"""The law's regulation composed at every level, for a commune nobody answered anything for yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pytest

from compliance.adapters.law import load_checklist, load_duties, load_physical, load_regimes, load_regulation
from compliance.domain.assessment import Answer
from compliance.domain.checklist import Checklist
from compliance.domain.level import LEVELS
from compliance.domain.organization import Unit
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.domain.regulation import regulation
from compliance.domain.regulation_paper import Governed, Regulation, Rule
from compliance.domain.regulation_slots import Piece
from compliance.domain.regulation_text import RegulationText
from tests.documents.office import STAFF, TODAY, UNITS

Compose = Callable[..., Regulation]


def sentence(pieces: Iterable[Piece]) -> str:
    """The words of a sentence as read aloud; a blank is dots."""
    said = ""
    for one in pieces:
        words = one.value.text or "….." if one.value else one.text
        said += f"{' ' if one.spaced else ''}{words}"
    return said


def rules_of(paper: Regulation) -> list[Rule]:
    """Every clause in order."""
    return [rule for article in paper.articles for rule in article.rules]


@pytest.fixture(scope="session")
def regime() -> Regime:
    return regime_on(TODAY, load_regimes())


@pytest.fixture(scope="session")
def text(regime: Regime) -> RegulationText:
    return load_regulation(regime)


@pytest.fixture(scope="session")
def lists(regime: Regime) -> dict[int, tuple[Checklist, Checklist, Checklist]]:
    return {
        level: (load_checklist(regime, level), load_duties(regime, level), load_physical(regime, level))
        for level in LEVELS
    }


@pytest.fixture(scope="session")
def compose(regime: Regime, text: RegulationText, lists: Mapping[int, tuple[Checklist, ...]]) -> Compose:
    """The regulation of a level for one system, with answers, or for the systems given."""

    def composed(
        level: int, answers: Iterable[Answer] = (), systems: Iterable[Governed] = (), units: Iterable[Unit] = UNITS
    ) -> Regulation:
        alone = Governed(system=STAFF, level=level, answers={one.requirement_id: one for one in answers})
        chosen = tuple(systems) or (alone,)
        checklist, duties, *_ = lists[level]
        return regulation(text, chosen, (checklist, duties), regime, {unit.id: unit for unit in units})

    return composed
