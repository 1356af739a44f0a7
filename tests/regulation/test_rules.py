"""What a regulation must hold at every level: each management requirement once, its figures, numbers without a gap."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.assessment import Answer, Result
from compliance.domain.checklist import Binding, Checklist
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime
from compliance.domain.regulation import carried_down
from compliance.domain.regulation_paper import Governed, Regulation, Rule
from compliance.domain.regulation_rules import satisfied
from compliance.domain.regulation_text import RegulationText
from tests.documents.office import COMMITTEE, NOTICES, OFFICE, SECURITY, STAFF
from tests.regulation.conftest import Compose, rules_of, sentence

at_every_level = pytest.mark.parametrize("level", LEVELS)


def answer(requirement: str, result: Result = Result.COMPLIANT, **said: object) -> Answer:
    return Answer.model_validate(
        {"system_id": STAFF.id, "requirement_id": requirement, "checklist_id": "danh-muc", "result": result, **said}
    )


def rule_of(paper: Regulation, requirement: str) -> tuple[int, Rule]:
    """The number of the article and the clause made of a requirement."""
    return next(
        (article.number, rule)
        for article in paper.articles
        for rule in article.rules
        if rule.requirement_id == requirement
    )


@at_every_level
def test_every_management_requirement_stands_in_it_just_once(
    level: int, compose: Compose, lists: Mapping[int, tuple[Checklist, ...]]
) -> None:
    checklist, duties = lists[level][:2]
    managed = {one.id for one in checklist.requirements if any(group.startswith("30.3") for group in one.groups)}
    printed = [rule.requirement_id for rule in rules_of(compose(level)) if rule.requirement_id]
    assert len(printed) == len(set(printed))
    assert {id_ for id_ in printed if duties.requirement(id_) is None} == managed
    assert len(managed) > 90, "the wall: an empty selection would hold trivially"


@at_every_level
def test_what_is_only_technical_is_left_to_the_plan(
    level: int, compose: Compose, lists: Mapping[int, tuple[Checklist, ...]]
) -> None:
    technical = {one.id for one in lists[level][0].requirements if all(g.startswith("30.4") for g in one.groups)}
    assert technical
    assert not technical & {rule.requirement_id for rule in rules_of(compose(level))}


@at_every_level
def test_chapters_follow_the_management_groups_and_articles_are_numbered_through(
    level: int, compose: Compose, regime: Regime
) -> None:
    paper = compose(level)
    assert [one.number for one in paper.chapters] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    titles = [one.title for one in paper.chapters]
    assert titles[0] == "Quy định chung"
    assert titles[1:-1] == [group.title for group in regime.management_groups]
    assert titles[-1] == "Tổ chức thực hiện"
    assert [one.number for one in paper.articles] == list(range(1, len(paper.articles) + 1))
    for article in paper.articles:
        assert article.title
        assert article.rules, article.number
        assert article.satisfies, f"Điều {article.number} rests on something"
        numbers = [rule.number for rule in article.rules]
        assert numbers == ([""] if len(numbers) == 1 else [str(one + 1) for one in range(len(numbers))])
        assert bool(article.lead_in) <= (len(numbers) > 1), "a single sentence is not announced"


@at_every_level
def test_every_period_and_figure_of_the_level_is_in_the_annex(
    level: int, compose: Compose, lists: Mapping[int, tuple[Checklist, ...]]
) -> None:
    paper, checklist = compose(level), lists[level][0]
    printed = {rule.requirement_id for rule in rules_of(paper)}
    managed = [one for one in checklist.requirements if one.id in printed]
    periods = {(one.what, one.text, one.open) for one in paper.periods}
    figures = {(one.what, one.text, one.suggested, one.open) for one in paper.figures}
    for one in managed:
        for cadence in one.cadences:
            assert (cadence.activity, cadence.text, cadence.text.startswith("định kỳ")) in periods, one.id
        for figure in one.figures:
            advised = Binding.SUGGESTED in (one.binding, figure.binding)
            assert (figure.name, figure.value, advised, advised) in figures, one.id
    assert any(one.open for one in paper.figures), "a suggested figure is the office's to set"
    assert any(not one.suggested for one in paper.figures)


def test_a_place_of_the_annex_leads_to_the_clause_it_speaks_of(compose: Compose) -> None:
    paper = compose(3)
    article, rule = rule_of(paper, "5.2.2.2-a")
    found = next(one for one in paper.periods if one.what == "Phát hiện thiết bị kết nối trái phép")
    assert found.place == f"khoản {rule.number} Điều {article}"
    assert found.text == "ít nhất 1 lần/6 tháng"


@at_every_level
def test_rules_are_said_as_rules_and_cite_no_article_as_if_it_were_their_own(level: int, compose: Compose) -> None:
    for rule in rules_of(compose(level)):
        if rule.requirement_id:
            words = sentence(rule.pieces)
            assert not words.startswith("Đã "), words
            assert not re.search(r"[Đđ]ã được (lập|tắt|viết|quy định|liệt kê|phân công|loại hết)", words), words
            for cited in re.finditer(r"Điều \d+(?![\w])", words):
                assert "Nghị định" in words[cited.end() :] or "Luật" in words[cited.end() :], words


@at_every_level
def test_each_article_names_the_clauses_it_answers_to(
    level: int, compose: Compose, lists: Mapping[int, tuple[Checklist, ...]]
) -> None:
    checklist = lists[level][0]
    for article in compose(level).articles:
        made_of = [one for rule in article.rules if (one := checklist.requirement(rule.requirement_id))]
        said = "; ".join(article.satisfies)
        for one in made_of:
            number, _, letter = one.clause.partition(" ")
            assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])[^;]*{re.escape(letter)}", said), one.id
        assert said.count("TCVN") == bool(made_of)


@given(chosen=st.sets(st.integers(min_value=0, max_value=110), min_size=1))
def test_clauses_are_named_once_each_however_they_are_chosen(
    chosen: set[int], lists: Mapping[int, tuple[Checklist, ...]]
) -> None:
    picked = [lists[1][0].requirements[place] for place in sorted(chosen)]
    (said,) = satisfied(picked)
    numbers = re.findall(r"(?:mục |; )([\d.]+)", said)
    assert sorted(set(numbers)) == sorted({one.clause.partition(" ")[0] for one in picked})
    assert len(numbers) == len(set(numbers))


def test_an_answer_puts_its_measure_and_unit_under_the_rule_and_not_how_things_stand(compose: Compose) -> None:
    said = answer(
        "4.2.1-a",
        Result.PARTIALLY_COMPLIANT,
        present_state="còn thiếu hai máy in",
        measure="Dùng sổ tài sản công.",
        equivalent="bảng tính có khóa",
        equivalent_reason="chưa có phần mềm",
        responsible_unit_id=OFFICE.id,
    )
    _, rule = rule_of(compose(2, [said]), "4.2.1-a")
    (applied,) = rule.applied
    assert applied.systems == ()
    assert applied.measure is not None
    assert applied.measure.text == (
        "Dùng sổ tài sản công; bảng tính có khóa (biện pháp tương đương; lý do: chưa có phần mềm)"
    )
    assert applied.unit is not None
    assert applied.unit.text == OFFICE.name
    assert "máy in" not in applied.model_dump_json()


def test_a_unit_nobody_recorded_is_a_blank_and_no_id(compose: Compose) -> None:
    paper = compose(2, [answer("4.2.1-a", responsible_unit_id="khong-co")], units=[COMMITTEE, SECURITY])
    _, rule = rule_of(paper, "4.2.1-a")
    assert rule.applied[0].unit is not None
    assert rule.applied[0].unit.blank
    scope = sentence(paper.articles[0].rules[0].pieces)
    assert scope.endswith("đơn vị vận hành là …...")
    assert "van-phong" not in paper.model_dump_json().replace("ubnd", "")


def test_what_does_not_apply_is_said_with_its_reason_and_an_example_stays_one(compose: Compose) -> None:
    said = answer("4.2.1-a", Result.NOT_APPLICABLE, reason="máy do tỉnh quản lý", assumed=True)
    _, rule = rule_of(compose(2, [said]), "4.2.1-a")
    (applied,) = rule.applied
    assert applied.excepted is not None
    assert applied.excepted.text == "máy do tỉnh quản lý"
    assert applied.excepted.assumed
    assert applied.measure is None


def test_nothing_is_said_under_a_rule_nobody_answered_for(compose: Compose) -> None:
    assert not any(rule.applied for rule in rules_of(compose(3)))


def test_several_systems_are_listed_with_their_levels_and_share_what_they_do_alike(compose: Compose) -> None:
    same = answer("4.2.1-a", measure="Dùng sổ tài sản công")
    first = Governed(system=STAFF, level=2, answers={"4.2.1-a": same, "4.2.1-b": same})
    second = Governed(system=NOTICES, level=1, answers={"4.2.1-a": same})
    paper = compose(2, systems=[first, second])
    scope = paper.articles[0].rules[0]
    assert [one.letter for one in scope.points] == ["a", "b"]
    assert [sentence(one.pieces) for one in scope.points] == [
        f"Hệ thống thông tin “{STAFF.name}”, cấp độ 2; đơn vị vận hành: {OFFICE.name}",
        f"Hệ thống thông tin “{NOTICES.name}”, cấp độ 1; đơn vị vận hành: {OFFICE.name}",
    ]
    assert "cấp độ 2, cấp độ cao nhất" in sentence(paper.articles[0].rules[1].pieces)
    _, alike = rule_of(paper, "4.2.1-a")
    _, alone = rule_of(paper, "4.2.1-b")
    assert [one.systems for one in alike.applied] == [()]
    assert [one.systems for one in alone.applied] == [(STAFF.name,)]


def test_a_requirement_is_followed_down_to_the_level_a_system_was_answered_at(
    lists: Mapping[int, tuple[Checklist, ...]],
) -> None:
    basic = {level: of_level[0] for level, of_level in lists.items()}
    assert carried_down("5.2.1-a", {3: basic[3], 2: basic[2], 1: basic[1]}, 1) == ("3.2.1-a",)
    assert carried_down("5.2.1-a", {3: basic[3]}, 3) == ("5.2.1-a",)
    new = next(one.id for one in basic[3].requirements if one.continues is None)
    assert carried_down(new, {3: basic[3], 2: basic[2]}, 2) == ()


def test_what_the_office_has_to_decide_is_left_open(compose: Compose, text: RegulationText) -> None:
    open_slots = text.model_dump_json().count("{open}")
    paper = compose(2)
    said = [piece for rule in rules_of(paper) for piece in rule.pieces]
    said += [piece for rule in rules_of(paper) for point in rule.points for piece in point.pieces]
    blanks = [one for one in said if one.value and one.value.field == "regulation.open"]
    assert len(blanks) == 5
    assert all(one.value and one.value.blank for one in blanks)
    assert open_slots == len(blanks) + 1, "the other is the day of the decision"
