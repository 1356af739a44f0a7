"""The points the law leaves open: all told, each founded on clauses that exist, answerable, firing when they should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from compliance.domain.grey_zone import GreyZone, ZonePlace
from compliance.domain.regime import Regime

CODES = tuple(f"W{number:02d}" for number in range(1, 54))
EARLIER, LATER = CODES[:22], CODES[22:]

PLACES = {
    "office": {"W06", "W52", "W53"},
    "rationale": {"W17"},
    "form": {"W23", "W24", "W26", "W27", "W28", "W29", "W30", "W31"},
    "dossier": {"W25", "W33", "W34", "W35", "W36", "W37"},
    "plan": {"W38", "W39", "W43", "W46", "W51"},
    "assessment": {"W44", "W45"},
    "report": {"W32", "W40", "W41"},
    "incident": {"W42", "W50"},
    "transition": {"W47"},
    "penalty": {"W48", "W49"},
}

DECREE = "Nghị định số 331/2026/NĐ-CP"
LAW = "Luật An ninh mạng số 116/2025/QH15"
FINES = "Nghị định số 330/2026/NĐ-CP"
DETAILS = "Nghị định số 333/2026/NĐ-CP"
PERSONAL_DATA = "Nghị định số 356/2025/NĐ-CP"
INVESTMENT = "Luật Đầu tư số 143/2025/QH15"
STANDARD = "TCVN 14423:2026"

ARTICLES = {DECREE: 40, LAW: 45, FINES: 82, DETAILS: 32, PERSONAL_DATA: 42}
"""How many articles each instrument has, counted in its text."""

FIRST_TWENTY = (0, 0, 5, 3, 3, 4, 2, 3, 2, 8, 2, 4, 5, 4, 5, 4, 4, 4, 3, 4)
LAST_TWENTY = (5, 6, 3, 2, 0, 4, 4, 6, 2, 9, 4, 5, 6, 4, 4, 12, 0, 0, 2, 2)

CLAUSES: dict[str, dict[int, int]] = {
    DECREE: dict(enumerate((*FIRST_TWENTY, *LAST_TWENTY), start=1)),
    LAW: {2: 23, 8: 2, 9: 5, 10: 6, 23: 2, 27: 6, 29: 3, 30: 2, 40: 2, 44: 2, 45: 3},
    FINES: {2: 4, 7: 4, 21: 5, 23: 4, 24: 4, 34: 3, 72: 7, 79: 2},
    DETAILS: {14: 5, 16: 6, 20: 3, 30: 0},
    PERSONAL_DATA: {41: 2},
}
"""How many clauses (khoản) the articles cited have, counted in the texts; all articles of the decree."""

Circumstances = dict[str, Any]

FIRING: dict[str, tuple[Circumstances, Circumstances]] = {
    "W23": ({"level": 2}, {"level": 3}),
    "W25": ({"level": 4}, {"level": 3}),
    "W28": ({"status": "new"}, {"status": "operating"}),
    "W33": ({"level": 1}, {"level": 3}),
    "W34": ({"level": 1}, {"level": 4}),
    "W36": ({"several_systems": True}, {"several_systems": False}),
    "W37": ({"regulation_after_approval": True}, {"regulation_after_approval": False}),
    "W38": ({"level": 2}, {"level": 5}),
    "W39": ({"level": 3}, {"level": 2}),
    "W40": ({"year": 2026}, {"year": 2027}),
    "W44": ({"level": 3}, {"level": 4}),
    "W47": (
        {"started_period": "before_law", "status": "investing"},
        {"started_period": "after_decree", "status": "new"},
    ),
}
"""Circumstances a point fires on, and circumstances it stays silent on."""


def zone_of(regime: Regime, code: str) -> GreyZone:
    return next(zone for zone in regime.grey_zones if zone.code == code)


def cited(zone: GreyZone) -> Iterator[str]:
    """Every citation of a point, one instrument each."""
    for citation in (zone.citation, *(side.citation for side in zone.sides)):
        yield from citation.split("; ")


def clauses_of(citation: str) -> Iterator[tuple[int, int]]:
    """Article and clause of a citation to one instrument; clause 0 for an article as a whole."""
    waiting: list[int] = []
    for kind, number in re.findall(r"(khoản|Điều) (\d+)", citation):
        if kind == "khoản":
            waiting.append(int(number))
            continue
        yield from ((int(number), clause) for clause in waiting or [0])
        waiting = []
    assert not waiting, f"khoản without its Điều: {citation}"


def test_every_point_stands_once_and_in_order(regime: Regime) -> None:
    assert tuple(zone.code for zone in regime.grey_zones) == CODES


def test_each_point_is_shown_where_an_officer_meets_it(regime: Regime) -> None:
    found = {place.value: {zone.code for zone in regime.grey_zones if zone.place is place} for place in ZonePlace}
    elsewhere = set().union(*PLACES.values())
    assert found == {**PLACES, "classification": set(CODES) - elsewhere}
    assert not found["classification"] & set(LATER)


@pytest.mark.parametrize("code", CODES)
def test_a_point_asks_one_question_a_superior_can_answer(regime: Regime, code: str) -> None:
    zone = zone_of(regime, code)
    assert zone.question.startswith("Đề nghị quý cơ quan cho ý kiến: ")
    assert zone.question.endswith("?")
    assert zone.question.count("?") == 1
    assert code not in zone.question, "the code means nothing to a superior"
    assert zone.ask_whom


@pytest.mark.parametrize("code", CODES)
def test_a_point_shows_the_readings_that_pull_apart(regime: Regime, code: str) -> None:
    sides = zone_of(regime, code).sides
    assert len(sides) >= 2
    assert len({side.citation for side in sides}) == len(sides)
    for side in sides:
        assert side.reading.endswith(".")
        assert len(side.reading) >= 60


@pytest.mark.parametrize("code", CODES)
def test_what_goes_into_a_letter_speaks_of_the_law_not_of_our_sources(regime: Regime, code: str) -> None:
    zone = zone_of(regime, code)
    printed = " ".join((zone.title, zone.question, *(side.reading for side in zone.sides)))
    assert not re.search("nguồn (thứ cấp|đã đọc)|trang tư nhân|chưa (được )?đọc", printed), printed


def test_a_secret_system_without_a_harm_test_meets_the_highest_level_not_the_lowest(regime: Regime) -> None:
    literal = zone_of(regime, "W16").sides[0]
    assert literal.citation.startswith("khoản 2 Điều 8, khoản 1 Điều 13, khoản 1 Điều 14")
    assert "cấp độ cao nhất" in literal.reading


def test_projects_begun_under_the_old_law_are_not_sent_to_the_new_decree(regime: Regime) -> None:
    assert "đang đầu tư trước ngày 01/07/2026 vẫn làm theo Nghị định số 85/2016/NĐ-CP" in zone_of(regime, "W47").message


@pytest.mark.parametrize("code", CODES)
def test_every_clause_cited_exists(regime: Regime, code: str) -> None:
    for citation in cited(zone_of(regime, code)):
        if citation.startswith(STANDARD):
            assert re.search(r" (mục [3-7]|Phụ lục A)", citation), citation
            continue
        named = [name for name in (*ARTICLES, INVESTMENT) if citation.endswith(name)]
        assert len(named) == 1, citation
        if "Điều " not in citation:
            assert re.search(r"^(Phụ lục|Mẫu số 0[1-8])", citation), citation
            continue
        for article, clause in clauses_of(citation):
            assert 1 <= article <= ARTICLES[named[0]], citation
            assert clause == 0 or clause <= CLAUSES[named[0]][article], citation


@pytest.mark.parametrize("code", LATER)
def test_the_message_says_that_the_law_is_open_and_what_is_prudent(regime: Regime, code: str) -> None:
    message = zone_of(regime, code).message
    assert "luật còn ngỏ" in message.lower()
    assert re.search(r"\b(nên|hãy) ", message)
    assert len(re.findall(r"\.(?= |$)", message)) in {2, 3}


@pytest.mark.parametrize("code", LATER)
def test_a_point_about_forms_names_them(regime: Regime, code: str) -> None:
    zone = zone_of(regime, code)
    assert set(zone.forms) <= {f"mau-0{number}" for number in range(1, 9)}
    told = {number for citation in cited(zone) for number in re.findall(r"(?<!\d)0\d(?!\d)", citation)}
    if zone.place is ZonePlace.FORM and zone.forms:
        assert {form.removeprefix("mau-") for form in zone.forms} & told


def test_only_the_points_with_a_condition_wait_for_circumstances(regime: Regime) -> None:
    assert {zone.code for zone in regime.grey_zones if zone.when is not None and zone.code in LATER} == set(FIRING)


@pytest.mark.parametrize("code", FIRING)
def test_a_point_fires_on_its_circumstances_and_on_no_others(regime: Regime, code: str) -> None:
    when = zone_of(regime, code).when
    assert when is not None
    fires, silent = FIRING[code]
    assert when.truth(fires) is True
    assert when.truth(silent) is not True


@pytest.mark.parametrize("code", sorted(set(FIRING) - {"W47"}))
def test_a_point_stays_silent_while_nothing_is_known(regime: Regime, code: str) -> None:
    when = zone_of(regime, code).when
    assert when is not None
    assert when.truth({}) is not True


@pytest.mark.parametrize(
    ("history", "open_point"),
    [
        ({"status": "operating", "approved_earlier": True, "earlier_period": "before_law"}, True),
        ({"status": "operating", "approved_earlier": True, "earlier_period": "between"}, True),
        ({"status": "operating", "approved_earlier": True}, True),
        ({"status": "operating", "approved_earlier": False}, True),
        ({"status": "investing", "started_period": "before_law"}, True),
        ({"status": "operating", "approved_earlier": True, "earlier_period": "after_decree"}, False),
        ({"status": "operating", "approved_earlier": False, "started_period": "after_decree"}, False),
        ({"status": "new"}, False),
        ({}, False),
    ],
)
def test_the_transition_is_open_for_systems_with_a_past(
    regime: Regime, history: Circumstances, open_point: bool
) -> None:
    when = zone_of(regime, "W47").when
    assert when is not None
    assert (when.truth(history) is True) is open_point
