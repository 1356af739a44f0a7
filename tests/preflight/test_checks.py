"""Every check fires where it should, and stays silent beside it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from compliance.domain.preflight import Check, Weight
from compliance.domain.preflight_run import DETECTORS
from tests.preflight.cases import CASES
from tests.preflight.office import CATALOGUE, World, codes, fired

CHECKS = {check.detector: check for check in CATALOGUE.checks}
EVERY = [pytest.param(check, id=f"{check.code}-{check.detector}") for check in CATALOGUE.checks]


def test_every_check_has_a_case() -> None:
    assert set(CASES) == set(CHECKS) == set(DETECTORS)


def test_a_dossier_without_a_fault_passes_whole() -> None:
    assert [(one.code, one.where, one.message) for one in fired(World())] == []


@pytest.mark.parametrize("check", EVERY)
def test_it_fires(check: Check) -> None:
    found = [one for one in fired(CASES[check.detector].fires) if one.code == check.code]
    assert found
    for one in found:
        assert one.severity is check.severity
        assert one.where
        assert one.fields
        assert "{" not in one.message + one.command
        assert re.search(r"Nghị định số \d+|Luật An ninh mạng", one.citation), "a clause names its instrument"


@pytest.mark.parametrize("check", EVERY)
def test_it_stays_silent_beside_it(check: Check) -> None:
    assert check.code not in codes(fired(CASES[check.detector].passes))


def test_who_appraises_at_level_four_the_decree_itself_says() -> None:
    check = CHECKS["appraiser-missing"]
    world = CASES[check.detector].fires
    assert check.code in codes(fired(world))
    assert check.code not in codes(fired(world.facts(decided_level=4)))


def test_the_heaviest_stand_first_then_codes_then_places() -> None:
    world = World().device(0, zone_id=None).device(1, zone_id=None).of_system(size="", regulation=None)
    found = fired(world)
    keys = [(one.severity.rank, int(one.code[1:]), one.where) for one in found]
    assert keys == sorted(keys)
    assert {one.severity for one in found} >= {Weight.ERROR, Weight.WARNING}
    assert found == fired(world)


def test_what_officers_type_is_never_read_as_a_template() -> None:
    found = fired(World().of_system(regulation=None).device(0, name="{system} {0} {{x}}", zone_id=None))
    assert any("{system} {0} {{x}}" in one.message for one in found)


def test_a_day_passes_and_a_deadline_is_over() -> None:
    world = CASES["deadline-of-measure-passed"].passes
    check = CHECKS["deadline-of-measure-passed"]
    later = World(system=world.system, answers=world.answers, today=world.today + timedelta(days=1))
    assert check.code in codes(fired(later))
