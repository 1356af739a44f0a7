"""What holds of every record: a blank hides nothing, the order never changes, every level that may come out counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from compliance.domain.classification import classify
from compliance.domain.organization import Unit
from compliance.domain.preflight import Problem, Weight
from compliance.domain.preflight_input import LEVEL
from compliance.domain.preflight_level import possible_levels
from compliance.domain.question import Question, QuestionType
from compliance.domain.system import System
from tests.preflight.cases import CASES
from tests.preflight.office import REGIME, SYSTEM, UNITS, World, changed, fired

ROLES = ("operator_id", "security_unit_id", "appraiser_id", "assessor_id", "local_unit_id")
NOT_BLANKED = {"absences", "assumed", "facts"}
SYSTEM_FIELDS = [
    name for name, field in System.model_fields.items() if not field.is_required() and name not in NOT_BLANKED
]
UNIT_FIELDS = [name for name, field in Unit.model_fields.items() if not field.is_required() and name not in NOT_BLANKED]
FACTS = [one.id for one in REGIME.questions if not one.blank_means_none]
BROKEN = sorted(
    name for name, case in CASES.items() if (case.fires.system, case.fires.units) != (SYSTEM, UNITS) or case.fires.road
)


def together(names: Iterable[str]) -> World:
    """One record with the faults of several cases; where two change the same field, the later stands."""
    world = World()
    for name in names:
        fires = CASES[name].fires
        of_system = {
            field: getattr(fires.system, field)
            for field in System.model_fields
            if field != "facts" and getattr(fires.system, field) != getattr(SYSTEM, field)
        }
        of_road = {field: value for field, value in dict(fires.road).items() if value != getattr(World().road, field)}
        units = {id_: unit for id_, unit in fires.units.items() if UNITS.get(id_) != unit}
        world = replace(world.of_system(**of_system).on_road(**of_road), units={**world.units, **units})
    return world


def errors(found: Sequence[Problem]) -> dict[tuple[str, str], Problem]:
    return {(one.code, one.where): one for one in found if one.severity is Weight.ERROR}


def rests_on(one: Problem, table: str, field: str) -> bool:
    """Whether an error is about a field: the field itself, its list, the example marks of its sheet, its unit."""
    whole = {f"{table}.{field}", field, f"{table}.assumed", f"{field}.assumed"}
    begins: tuple[str, ...] = (f"{table}.{field}.", f"{field}.")
    if field in ROLES:
        begins += ("units", "operator.", "answers")
    return any(name in whole or name.startswith(begins) for name in one.fields)


faults = st.lists(st.sampled_from(BROKEN), min_size=1, max_size=6, unique=True)


@tried(max_examples=25)
@given(faults, st.sampled_from(SYSTEM_FIELDS))
def test_a_blank_in_the_record_hides_no_error_of_another_field(names: list[str], field: str) -> None:
    world = together(names)
    before = errors(fired(world))
    default: Any = System.model_fields[field].get_default(call_default_factory=True)
    after = errors(fired(world.of_system(**{field: default})))
    lost = {key: one for key, one in before.items() if key not in after}
    assert [one for one in lost.values() if not rests_on(one, "systems", field)] == []


@tried(max_examples=12)
@given(faults, st.sampled_from(sorted(UNITS)), st.sampled_from(UNIT_FIELDS))
def test_a_blank_of_a_unit_hides_no_error_of_another_field(names: list[str], unit: str, field: str) -> None:
    world = together(names)
    before = errors(fired(world))
    default: Any = Unit.model_fields[field].get_default(call_default_factory=True)
    after = errors(fired(world.of_unit(unit, **{field: default})))
    lost = [one for key, one in before.items() if key not in after]
    of_unit = {f"{table}.{field}" for table in ("units", "owner", "operator")} | {"units"}
    marks = {f"{table}.assumed" for table in ("units", "owner", "operator")}
    assert [one for one in lost if not {*one.fields} & (of_unit | marks)] == []


@tried(max_examples=15)
@given(faults, st.sampled_from(FACTS))
def test_an_unanswered_fact_hides_only_what_hangs_on_the_level(names: list[str], fact: str) -> None:
    world = together(names)
    before = errors(fired(world))
    after = errors(fired(world.facts(**{fact: None})))
    lost = [one for key, one in before.items() if key not in after]
    assert [one for one in lost if LEVEL not in one.fields and f"systems.{fact}" not in one.fields] == []


def values(question: Question) -> st.SearchStrategy[Any]:
    choices = [choice.value for choice in question.choices]
    if question.type is QuestionType.YES_NO:
        return st.booleans()
    if question.type is QuestionType.NUMBER:
        return st.sampled_from((0, 9_999, 10_000, 99_999, 100_000, 1_000_000))
    if question.type is QuestionType.CHOICE:
        return st.sampled_from(choices)
    return st.sets(st.sampled_from(choices), min_size=1).map(lambda one: tuple(sorted(one)))


answered = st.fixed_dictionaries({one.id: values(one) for one in REGIME.questions if not one.blank_means_none})


@given(answered, st.sets(st.sampled_from(FACTS), min_size=1, max_size=5))
def test_a_level_stays_possible_whatever_is_left_blank(facts: dict[str, Any], blank: set[str]) -> None:
    whole = classify(REGIME, facts)
    partly = classify(REGIME, {id_: value for id_, value in facts.items() if id_ not in blank})
    assert possible_levels(partly) >= possible_levels(whole)


@tried(max_examples=12)
@given(faults, st.randoms(use_true_random=False))
def test_the_order_does_not_hang_on_the_order_of_rows(names: list[str], random: Any) -> None:
    world = together(names)
    rows = {name: list(getattr(world.system, name)) for name in ("devices", "zones", "risks", "connections")}
    for row in rows.values():
        random.shuffle(row)
    shuffled = world.of_system(**{name: tuple(row) for name, row in rows.items()})
    marks = [[(one.code, one.where) for one in fired(each) if one.severity is not Weight.NOTE]
             for each in (world, shuffled)]  # fmt: skip
    for found in marks:
        assert [code for code, _ in found] == [code for code, _ in marks[0]]


def test_nothing_of_a_record_is_changed_by_looking() -> None:
    world = together(BROKEN)
    before = changed(world.system).model_dump_json()
    fired(world)
    assert world.system.model_dump_json() == before
