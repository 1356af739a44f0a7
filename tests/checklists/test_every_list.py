"""What holds for every shipped list: ids, groups, citations, plan parts, whole sentences."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date

import pytest

from tests.checklists.lists import NAMES, load

PLAN_PARTS = {"a", "b", "c", "d", "dd", "e", "g"}
MANAGEMENT_AND_TECHNICAL_GROUPS = {
    "30.3.a", "30.3.b", "30.3.c", "30.3.d", "30.3.dd", "30.3.e", "30.3.g",
    "30.4.a", "30.4.b", "30.4.c", "30.4.d",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
class TestEveryList:
    def test_belongs_to_the_level_in_its_name_and_says_when_it_was_checked(self, name: str) -> None:
        loaded = load(name)
        assert name.endswith(f"level-{loaded.level}")
        assert (loaded.regime, loaded.version) == ("nd331-2026", "2026.11.22")
        assert loaded.checked_on == date(2026, 11, 22)

    def test_every_requirement_has_an_id_of_its_own(self, name: str) -> None:
        counts = Counter(one.id for one in load(name).requirements)
        assert [identifier for identifier, count in counts.items() if count > 1] == []

    def test_every_group_is_defined_once_and_used(self, name: str) -> None:
        loaded = load(name)
        defined = [group.id for group in loaded.groups]
        assert len(defined) == len(set(defined))
        assert {one.group for one in loaded.requirements} == set(defined)

    def test_every_citation_names_its_clause(self, name: str) -> None:
        for one in load(name).requirements:
            assert one.citation.endswith(" " + one.clause.removesuffix(")")), one.id

    def test_every_requirement_serves_a_plan_part_and_known_groups_of_the_decree(self, name: str) -> None:
        for one in load(name).requirements:
            assert one.plan_part in PLAN_PARTS, one.id
            assert set(one.groups) <= MANAGEMENT_AND_TECHNICAL_GROUPS, one.id
            assert len(set(one.groups)) == len(one.groups), one.id

    def test_every_plan_part_and_group_of_the_decree_is_served(self, name: str) -> None:
        requirements = load(name).requirements
        assert {one.plan_part for one in requirements} == PLAN_PARTS
        assert {group for one in requirements for group in one.groups} == MANAGEMENT_AND_TECHNICAL_GROUPS

    def test_sentences_are_whole_and_composed(self, name: str) -> None:
        for one in load(name).requirements:
            assert len(one.statement) >= 40, one.id
            for sentence in (one.statement, one.evidence, one.uncertain or "."):
                assert sentence.endswith("."), (one.id, sentence)
                assert unicodedata.is_normalized("NFC", sentence), one.id
                assert sentence == " ".join(sentence.split()), one.id

    def test_no_two_statements_are_the_same(self, name: str) -> None:
        statements = [one.statement for one in load(name).requirements]
        assert len(statements) == len(set(statements))

    def test_an_activity_left_without_a_cycle_is_explained_to_the_user(self, name: str) -> None:
        for one in load(name).requirements:
            if any(cadence.unit.value == "unstated" for cadence in one.cadences):
                assert one.uncertain, one.id

    def test_the_reader_is_told_what_was_not_read(self, name: str) -> None:
        assert load(name).source_note

    def test_no_two_activities_of_the_calendar_share_a_name(self, name: str) -> None:
        counts = Counter(cadence.activity for one in load(name).requirements for cadence in one.cadences)
        assert [activity for activity, count in counts.items() if count > 1] == []
