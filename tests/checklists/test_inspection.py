"""The contents of a check: every letter in the order of the decree, and every place it looks into is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.law import data_root, load_inspection
from compliance.adapters.law_check import check_library
from compliance.domain.inspection import InspectionContents, OwnPaper, PaperField, begins, inspection_misfits
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.errors import NotFound
from tests.checklists.lists import load

LETTERS = {
    "1": ["a", "b", "c", "d"],
    "2": ["a", "b", "c", "d", "đ"],
    "3": ["a", "b", "c", "d"],
}
LISTS = {level: [load(f"level-{level}"), load(f"duties-level-{level}")] for level in LEVELS}


@pytest.fixture(scope="module")
def contents(regime: Regime) -> InspectionContents:
    return load_inspection(regime)


def test_the_letters_stand_in_the_order_of_the_decree(contents: InspectionContents) -> None:
    found = {part.id.rpartition(".")[2]: [point.letter for point in part.points] for part in contents.parts}
    assert found == LETTERS
    assert list(found) == list(LETTERS)


def test_every_part_and_letter_cites_its_own_clause(contents: InspectionContents) -> None:
    for part in contents.parts:
        clause = part.id.rpartition(".")[2]
        assert part.citation.startswith(f"khoản {clause} Điều 27 ")
        for point in part.points:
            assert point.citation.startswith(f"điểm {point.letter} khoản {clause} Điều 27 "), point.id


@pytest.mark.parametrize("level", LEVELS)
def test_every_letter_asks_for_something_at_every_level(contents: InspectionContents, level: int) -> None:
    for part in contents.parts:
        for point in part.points:
            assert [item for item in point.items if level in item.levels], (point.id, level)
    assert 50 <= len(contents.items(level)) <= 65


def test_every_place_leads_somewhere(contents: InspectionContents, regime: Regime) -> None:
    assert inspection_misfits(contents, LISTS, [regime.id]) == []


@pytest.mark.parametrize("level", LEVELS)
def test_every_line_has_a_place_to_look_at_its_level(contents: InspectionContents, level: int) -> None:
    for item in contents.items(level):
        source = item.found_in
        served = [id_ for one in LISTS[level] for id_ in source.serves(one)]
        assert served or source.papers or source.own or source.diagrams, (item.id, level)


def test_every_paper_the_record_or_the_program_has_is_asked_for(contents: InspectionContents) -> None:
    items = [item for part in contents.parts for point in part.points for item in point.items]
    assert {field for item in items for field in item.found_in.papers} == set(PaperField)
    assert {kind for item in items for kind in item.found_in.own} == set(OwnPaper)
    assert any(item.found_in.diagrams for item in items)


@pytest.mark.parametrize("level", LEVELS)
def test_evidence_of_any_requirement_of_the_standard_turns_up(contents: InspectionContents, level: int) -> None:
    basic = LISTS[level][0]
    served = {id_ for item in contents.items(level) for id_ in item.found_in.serves(basic)}
    assert [one.id for one in basic.requirements if one.id not in served] == []


def test_what_only_a_wider_requirement_may_hold_is_never_demanded(contents: InspectionContents) -> None:
    for level in LEVELS:
        assert all(item.only_if for item in contents.items(level) if item.perhaps)


def test_conditions_read_as_the_end_of_a_sentence(contents: InspectionContents) -> None:
    for level in LEVELS:
        for item in contents.items(level):
            assert not item.only_if or (item.only_if.startswith("nếu ") and not item.only_if.endswith(".")), item.id
            assert not item.note or item.note.endswith("."), item.id
            assert not item.what.endswith("."), item.id


@given(st.from_regex(r"[3-7](\.[1-9][0-9]?){1,3}", fullmatch=True), st.from_regex(r"[.-][a-z1-9]{1,2}", fullmatch=True))
def test_a_clause_holds_itself_and_what_goes_on_from_it(clause: str, more: str) -> None:
    assert begins(clause, clause)
    assert begins(clause + more, clause)
    assert not begins(f"{clause}0", clause)
    assert not begins(clause, clause + more)


def test_a_regime_without_such_contents_says_so(regime: Regime) -> None:
    with pytest.raises(NotFound, match="chưa có danh mục hồ sơ phục vụ kiểm tra"):
        load_inspection(regime.model_copy(update={"id": "khac"}))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("duties: [d32.1]", "duties: [d32.11]", "items.27.1.b-1.duties: “d32.11” không có"),
        ("topics: [hardware, software]", "topics: [hardwares, software]", "topics: “hardwares” không có"),
        ("requirements: [3.6.2.2, ", "requirements: [3.6.2.9, ", "requirements: “3.6.2.9” không có"),
        ('- id: "27.1.a-2"', '- id: "27.1.a-1"', "items.27.1.a-1: mã này dùng hai lần"),
        ("found_in: {duties: [d28.5]}", "found_in: {}", "items.27.3.d-2: không nêu nơi tìm nào ở cấp độ 1"),
        ("regime: nd331-2026", "regime: nd33-2026", "regime: “nd33-2026” không có"),
        ("papers: [design_document]", "papers: [design_documents]", "design_documents"),
        ("Điều 21 Nghị định", "Điều 210 Nghị định", "Điều 210"),
    ],
)
def test_a_place_that_leads_nowhere_is_told_with_its_file(tmp_path: Path, old: str, new: str, expected: str) -> None:
    shutil.copytree(data_root() / "checklists", tmp_path / "checklists")
    file = tmp_path / "checklists" / "nd331-2026" / "inspection.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = [str(fault) for fault in check_library(tmp_path).faults if "inspection.yaml" in str(fault)]
    assert any(expected in one for one in said), said


def test_a_letter_that_asks_for_nothing_at_a_level_is_told(contents: InspectionContents, regime: Regime) -> None:
    first = contents.parts[0]
    point = first.points[0]
    only_high = point.model_copy(
        update={"items": tuple(one.model_copy(update={"levels": (4, 5)}) for one in point.items)}
    )
    part = first.model_copy(update={"points": (only_high, *first.points[1:])})
    changed = contents.model_copy(update={"parts": (part, *contents.parts[1:])})
    said = inspection_misfits(changed, LISTS, [regime.id])
    assert [sentence for place, sentence in said if place == f"points.{point.id}"] == [
        f"chưa có dòng nào cho cấp độ {level}." for level in (1, 2, 3)
    ]
