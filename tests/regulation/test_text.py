"""The text of the regulation as data: what is wrong with it is told before anything is printed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from compliance.adapters.law import data_root
from compliance.adapters.law_check import check_library
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.regime import Regime
from compliance.domain.regulation_text import Article, Clause, RegulationText, Rewording, Takes, regulation_misfits

Lists = Mapping[int, tuple[Checklist, ...]]


def changed(text: RegulationText, article_id: str, **changes: object) -> RegulationText:
    """The text with one article changed."""

    def same(one: Article) -> Article:
        return one.model_copy(update=changes) if one.id == article_id else one

    chapters = (
        chapter.model_copy(update={"articles": tuple(same(one) for one in chapter.articles)})
        for chapter in text.chapters
    )
    return text.model_copy(update={"chapters": tuple(chapters)})


def test_the_shipped_text_has_a_place_for_everything(text: RegulationText, regime: Regime, lists: Lists) -> None:
    assert list(regulation_misfits(text, regime, lists)) == []


@pytest.mark.parametrize(
    ("article", "changes", "told"),
    [
        ("backup", {"takes": Takes(topics=("sao-luu",))}, "“sao-luu” không có"),
        ("acceptance", {"takes": Takes(requirements=("9.9",), rest=True)}, "“9.9” không có"),
        ("risk-assessment", {"takes": Takes(duties=("d10.99",))}, "“d10.99” không có"),
        ("risk-assessment", {"takes": Takes(duties=("d10.2", "d10.2"))}, "hai lần"),
        ("funding", {"clauses": (Clause(text="Do {chu_quan} chi."),)}, "không có chỗ điền “chu_quan”"),
        ("funding", {"id": "reporting"}, "hai lần"),
    ],
)
def test_a_name_that_leads_nowhere_is_told(  # noqa: PLR0917
    article: str, changes: dict[str, object], told: str, text: RegulationText, regime: Regime, lists: Lists
) -> None:
    found = [sentence for _, sentence in regulation_misfits(changed(text, article, **changes), regime, lists)]
    assert any(told in one for one in found)


def test_a_requirement_no_article_takes_is_named(text: RegulationText, regime: Regime, lists: Lists) -> None:
    bare = changed(changed(text, "operation", takes=Takes()), "backup", takes=Takes())
    found = list(regulation_misfits(bare, regime, lists))
    assert ("chapters.30.3.dd", "chưa có điều nào cho yêu cầu 5.11.2.2-a.") in found


def test_a_group_without_a_chapter_is_named(text: RegulationText, regime: Regime, lists: Lists) -> None:
    fewer = text.model_copy(update={"chapters": tuple(one for one in text.chapters if one.group != "30.3.e")})
    assert ("chapters.30.3.e", "chưa có chương nào về nhóm này.") in list(regulation_misfits(fewer, regime, lists))


def test_a_rewording_that_fits_nothing_is_told(text: RegulationText, regime: Regime, lists: Lists) -> None:
    idle = text.model_copy(update={"rewordings": (Rewording(said="không ai viết thế", ruled="x"),)})
    assert [sentence for _, sentence in regulation_misfits(idle, regime, lists)] == [
        "không yêu cầu nào viết “không ai viết thế”."
    ]


def test_while_a_list_is_broken_only_what_can_be_judged_is(text: RegulationText, regime: Regime, lists: Lists) -> None:
    assert list(regulation_misfits(text, regime, {3: lists[3]})) == []


def test_a_citation_of_an_article_that_does_not_exist_is_told_with_its_file(tmp_path: Path) -> None:
    copy = tmp_path / "checklists"
    shutil.copytree(data_root() / "checklists", copy)
    (tmp_path / "templates").symlink_to(data_root() / "templates")
    (file,) = copy.glob("*/regulation.yaml")
    file.write_text(file.read_text("utf-8").replace('citation: "Điều 32 ', 'citation: "Điều 132 '), "utf-8")
    told = [one for one in check_library(tmp_path).faults if one.file and one.file.endswith("regulation.yaml")]
    assert len(told) == 1
    assert "viện dẫn Điều 132" in str(told[0])
    assert "security-unit" in str(told[0])


def test_the_nearest_article_takes_a_requirement() -> None:
    broad, narrow, named = (
        Takes(topics=("accounts",)),
        Takes(topics=("accounts.2.1",)),
        Takes(requirements=("5.6.2.1",)),
    )
    requirement = _requirement("5.6.2.1-a")
    near = [one.nearness(requirement, "accounts.2.1-a") for one in (Takes(rest=True), broad, narrow, named)]
    assert near == sorted(near, key=lambda one: one or (-1, 0))
    assert narrow.nearness(_requirement("5.6.2.10-a"), "accounts.2.10-a") is None, "2.1 is not the beginning of 2.10"


def _requirement(id_: str) -> Requirement:
    return Requirement(id=id_, clause="", citation="", group="5.6", statement="Có danh sách.", evidence="")
