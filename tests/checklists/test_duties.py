"""The decree's own duties that the standard does not cover, one list per level."""

from __future__ import annotations

import re

import pytest

from compliance.domain.checklist import Checklist
from tests.checklists.lists import LEVELS, load, requirement

_CHOICE = re.compile(r"[Kk]hoản 3 Điều 10 Luật An ninh mạng|Luật An ninh mạng, khoản 3 Điều 10")


@pytest.fixture(scope="module", params=LEVELS)
def duties(request: pytest.FixtureRequest) -> Checklist:
    return load(f"duties-level-{request.param}.yaml")


@pytest.mark.parametrize(
    "identifier",
    [
        "d10.2", "d10.3", "d10.5", "d10.6", "d27.1", "d27.2", "d27.3", "d28.1", "d28.3", "d28.5",
        "d29.2-e", "d30.3-g", "d30.5-a", "d30.6", "d30.7", "d31.1-b", "d31.2-c", "d31.2-d", "d31.3.2",
        "d31.3.3", "d33.3", "d33.5", "d35.4-a", "d35.4-b", "d36", "l116-d40.1-b", "n333-d7.2",
    ],
)  # fmt: skip
def test_every_duty_the_standard_leaves_out_is_there(duties: Checklist, identifier: str) -> None:
    requirement(duties, identifier)


def test_an_incident_has_three_clocks(duties: Checklist) -> None:
    values = [figure.value for figure in requirement(duties, "d31.2-d").figures]
    assert values == ["≤ 72 giờ kể từ khi phát hiện", "≤ 24 giờ kể từ khi phát hiện", "ngay khi phát hiện"]


@pytest.mark.parametrize(("identifier", "deadline"), [("d35.4-a", "20/12"), ("d35.4-b", "25/12")])
def test_the_yearly_report_goes_up_before_its_day(duties: Checklist, identifier: str, deadline: str) -> None:
    report = requirement(duties, identifier)
    assert [(cadence.every, cadence.unit.value) for cadence in report.cadences] == [(1, "year")]
    assert f"trước ngày {deadline}" in {figure.value for figure in report.figures}


def test_awareness_courses_and_drills_have_no_cycle_in_the_decree(duties: Checklist) -> None:
    units = {
        cadence.unit.value
        for identifier in ("d31.3.1", "d31.3.2", "d31.3.3")
        for cadence in requirement(duties, identifier).cadences
    }
    assert units == {"unstated"}


def test_rules_of_hired_data_centres_belong_to_higher_levels(duties: Checklist) -> None:
    assert not [one.id for one in duties.requirements if one.id.startswith(("d30.8", "d30.9"))]


def test_the_law_lets_measures_be_chosen_and_the_user_is_told(duties: Checklist) -> None:
    told = [one.id for one in duties.requirements if _CHOICE.search(one.uncertain)]
    assert {"d28.3", "d30.7"} <= set(told)
