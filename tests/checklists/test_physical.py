"""Physical security of the server room: outside the basic requirements, each level going on from the one below."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from compliance.domain.checklist import Catalogue, Change
from tests.checklists import lists
from tests.checklists.lists import figures, requirement

ALL = (1, 2, 3, 4, 5)
CAMERA = "Thời gian lưu hình camera"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return lists.physical()


def test_says_that_it_stands_outside_the_basic_requirements(catalogue: Catalogue) -> None:
    assert (catalogue.id, catalogue.regime, catalogue.version) == ("nd331-2026-physical", "nd331-2026", "2026.11.22")
    assert catalogue.checked_on == date(2026, 11, 22)
    assert catalogue.outside_basic == "khoản 2 Điều 30 Nghị định số 331/2026/NĐ-CP"
    assert all(one.plan_part == "" and one.groups == () for one in catalogue.requirements)


def test_the_standing_of_the_appendix_is_left_open_on_every_line(catalogue: Catalogue) -> None:
    assert all("Chưa rõ Phụ lục A" in one.uncertain for one in catalogue.requirements)


def test_important_systems_are_told_that_it_is_a_condition_for_them(catalogue: Catalogue) -> None:
    assert "điểm n khoản 3 Điều 6 Nghị định 333/2026/NĐ-CP" in catalogue.source_note


def test_every_level_has_its_number_of_lines(catalogue: Catalogue) -> None:
    assert {level: len(catalogue.of_level(level).requirements) for level in ALL} == {1: 4, 2: 8, 3: 21, 4: 30, 5: 39}


def test_the_groups_of_a_level_are_its_sections_of_the_appendix(catalogue: Catalogue) -> None:
    for level, sections in {1: 4, 2: 6, 3: 10, 4: 10, 5: 10}.items():
        part = catalogue.of_level(level)
        assert [group.number for group in part.groups] == [f"A.{level}.{number + 1}" for number in range(sections)]
        assert len({group.topic for group in part.groups}) == sections
    titles = {(group.topic, group.title) for group in catalogue.groups}
    assert len(titles) == len({topic for topic, _ in titles}) == 10


def test_ids_clauses_and_citations_agree(catalogue: Catalogue) -> None:
    assert len({one.id for one in catalogue.requirements}) == len(catalogue.requirements)
    for one in catalogue.requirements:
        (level,) = one.levels
        assert one.citation == "TCVN 14423:2026 mục " + one.clause.removesuffix(")"), one.id
        assert one.clause.startswith(f"A.{level}."), one.id
        stem = one.clause.lower().removesuffix(")").replace(" ", "-")
        assert one.id == stem or re.fullmatch(re.escape(stem) + r"\.\d", one.id), one.id
        assert one.group == one.clause.split(" ")[0].lower(), one.id


@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_nothing_asked_below_is_lost_above(catalogue: Catalogue, level: int) -> None:
    below = {one.id for one in catalogue.of_level(level - 1).requirements}
    continued = [one.continues.ids for one in catalogue.of_level(level).requirements if one.continues]
    flat = [identifier for ids in continued for identifier in ids]
    assert sorted(flat) == sorted(below)


def test_what_stays_the_same_reads_the_same(catalogue: Catalogue) -> None:
    statements = {one.id: one.statement for one in catalogue.requirements}
    for one in catalogue.requirements:
        if one.continues is None:
            continue
        (earlier,) = one.continues.ids
        assert (one.statement == statements[earlier]) is (one.continues.change is Change.SAME), one.id
        assert (one.continues.change is Change.SAME) is (one.continues.note == ""), one.id


def test_camera_footage_is_kept_3_then_6_then_12_months(catalogue: Catalogue) -> None:
    kept = {
        level: [figures(one)[CAMERA] for one in catalogue.of_level(level).requirements if CAMERA in figures(one)]
        for level in ALL
    }
    assert kept == {
        1: [],
        2: [],
        3: [("≥ 3 tháng", "required")],
        4: [("≥ 6 tháng", "required")],
        5: [("≥ 12 tháng", "required")],
    }
    assert [one.continues.change.value for one in catalogue.of_level(5).requirements if "12 tháng" in one.statement
            and one.continues] == ["stricter"]  # fmt: skip


def test_two_factors_are_asked_at_level_5_only(catalogue: Catalogue) -> None:
    asked = [(one.id, one.levels) for one in catalogue.requirements if "Số yếu tố xác thực" in figures(one)]
    assert asked == [("a.5.2-a", (5,)), ("a.5.3-d", (5,))]
    assert {figures(requirement(catalogue.of_level(5), one))["Số yếu tố xác thực"][0] for one, _ in asked} == {
        "≥ 2 yếu tố"
    }


def test_power_comes_from_two_stations_from_level_4(catalogue: Catalogue) -> None:
    two = [one.levels for one in catalogue.requirements if "hai trạm điện khác nhau" in one.statement]
    assert two == [(4,), (5,)]


def test_only_the_burglar_alarm_allows_an_equivalent(catalogue: Catalogue) -> None:
    allowed = {one.id for one in catalogue.requirements if one.equivalent_allowed}
    assert allowed == {"a.4.3-c", "a.5.3.3"}


def test_sentences_are_whole_and_composed(catalogue: Catalogue) -> None:
    for one in catalogue.requirements:
        assert len(one.statement) >= 40, one.id
        for sentence in (one.statement, one.evidence, one.uncertain):
            assert sentence.endswith("."), (one.id, sentence)
            assert unicodedata.is_normalized("NFC", sentence), one.id
            assert sentence == " ".join(sentence.split()), one.id
