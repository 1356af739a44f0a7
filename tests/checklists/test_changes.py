"""What changed between the regimes: every point stands on clauses, and the points an old file turns on are right."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from compliance.adapters.law import load_register
from compliance.domain.comparison import ChangedPoint, Difference, RegimeChanges
from compliance.domain.instrument import Mark
from tests.checklists.lists import FOLDER, load

OLD = Path(FOLDER).parent / "nd85-2016"
DECREE, CIRCULAR = "Nghị định số 85/2016/NĐ-CP", "Thông tư số 12/2022/TT-BTTTT"
NEW_DECREE, LAW = "Nghị định số 331/2026/NĐ-CP", "Luật An ninh mạng số 116/2025/QH15"
STANDARD = "TCVN 14423:2026"
# What a citation may name beside the instrument: the parts of a law, of an appendix and of the standard.
_CLAUSE = re.compile(r"(?:(?:tiểu mục|mục|điểm|khoản|Điều|Phụ lục|Mẫu số) ?)")
_ARTICLE = re.compile(r"Điều (\d+)")


def _changes() -> RegimeChanges:
    data = yaml.safe_load((FOLDER / "changes.yaml").read_text(encoding="utf-8"))
    return RegimeChanges.model_validate_json(json.dumps(data, default=str))


CHANGES = _changes()
EVERY_POINT = pytest.mark.parametrize("point", CHANGES.points, ids=lambda point: point.id)


def _point(identifier: str) -> ChangedPoint:
    return next(point for point in CHANGES.points if point.id == identifier)


def _citations(point: ChangedPoint) -> list[str]:
    return [part.strip() for side in (point.before_citation, point.after_citation) for part in side.split(";") if part]


def test_the_table_leads_from_the_old_regime_to_the_current_one() -> None:
    assert (CHANGES.predecessor, CHANGES.regime) == ("nd85-2016", "nd331-2026")
    assert CHANGES.source_note


def test_no_point_or_matter_stands_twice() -> None:
    assert len({point.id for point in CHANGES.points}) == len(CHANGES.points)
    assert len({point.matter for point in CHANGES.points}) == len(CHANGES.points)


def test_every_kind_of_difference_occurs() -> None:
    assert {point.difference for point in CHANGES.points} == set(Difference)


@EVERY_POINT
def test_a_new_point_has_no_before_and_a_gone_one_no_after(point: ChangedPoint) -> None:
    assert bool(point.before) is (point.difference is not Difference.NEW)
    assert bool(point.after) is (point.difference is not Difference.GONE)


@EVERY_POINT
def test_a_citation_stands_on_the_side_that_has_text(point: ChangedPoint) -> None:
    assert bool(point.before) is bool(point.before_citation)
    assert bool(point.after) is bool(point.after_citation)


@EVERY_POINT
def test_levels_are_levels_in_order(point: ChangedPoint) -> None:
    assert point.levels
    assert list(point.levels) == sorted(set(point.levels) & {1, 2, 3, 4, 5})


@EVERY_POINT
def test_every_citation_names_one_known_instrument_and_its_clause(point: ChangedPoint) -> None:
    known = [one.cite_as for one in load_register().instruments]
    for citation in _citations(point):
        named = [name for name in known if name in citation]
        assert len(named) == 1, citation
        assert _CLAUSE.search(citation) or point.mark is Mark.UNSURE, citation


@EVERY_POINT
def test_cited_articles_exist(point: ChangedPoint) -> None:
    articles = {one.cite_as: one.articles for one in load_register().instruments}
    assert (articles[DECREE], articles[CIRCULAR], articles[NEW_DECREE], articles[LAW]) == (26, 17, 40, 45)
    for citation in _citations(point):
        most = next(count for name, count in articles.items() if name in citation)
        beyond = [number for number in _ARTICLE.findall(citation) if most and int(number) > most]
        assert not beyond, citation


@EVERY_POINT
def test_the_old_side_cites_no_current_law_and_the_new_side_no_old_one(point: ChangedPoint) -> None:
    current = (NEW_DECREE, LAW, STANDARD, "/2026/")
    former = (DECREE, CIRCULAR, "86/2015/QH13", "/2017/", "11930")
    assert not [name for name in current if name in point.before_citation]
    assert not [name for name in former if name in point.after_citation]


@EVERY_POINT
def test_what_rests_on_the_unread_standard_says_so(point: ChangedPoint) -> None:
    if STANDARD in point.after_citation:
        assert point.mark in {Mark.SECONDARY, Mark.UNSURE}


@EVERY_POINT
def test_what_is_not_read_tells_what_to_doubt(point: ChangedPoint) -> None:
    if point.mark in {Mark.MEMORY, Mark.UNSURE}:
        assert point.uncertain


def test_clauses_of_the_standard_are_those_of_the_lists() -> None:
    clauses = [one.clause for level in range(1, 6) for one in load(f"level-{level}.yaml").requirements]
    for point in CHANGES.points:
        for cited in re.findall(rf"{STANDARD} mục ([^;]+)", point.after_citation):
            for number in re.findall(r"\d(?:\.\d+)+", cited):
                assert [one for one in clauses if re.match(rf"{re.escape(number)}(?!\d)", one)], (point.id, number)


@pytest.mark.parametrize(
    ("identifier", "difference", "levels"),
    [
        ("headcount-basic", Difference.EASED, (2, 3)),
        ("headcount-sensitive", Difference.STRICTER, (2, 3)),
        ("procedures", Difference.STRICTER, (2, 3)),
        ("level-2-low-grade-service", Difference.GONE, (2, 3)),
        ("cloud-level-3", Difference.SAME, (3,)),
        ("cloud-level-4", Difference.EASED, (4,)),
        ("appraisal-limit-level-3", Difference.STRICTER, (3,)),
        ("appraisal-limit-levels-4-5", Difference.STRICTER, (4, 5)),
        ("assessor-levels-3-4", Difference.EASED, (3, 4)),
        ("assessor-level-5", Difference.SAME, (5,)),
        ("zones-level-1", Difference.EASED, (1,)),
        ("zones-levels-2-3", Difference.SAME, (2, 3)),
        ("zones-levels-4-5", Difference.STRICTER, (4, 5)),
        ("second-site", Difference.SAME, (5,)),
        ("training-certificates", Difference.NEW, (3, 4, 5)),
    ],
)
def test_points_that_concern_some_levels(identifier: str, difference: Difference, levels: tuple[int, ...]) -> None:
    point = _point(identifier)
    assert (point.difference, point.levels) == (difference, levels)


@pytest.mark.parametrize(
    ("identifier", "difference"),
    [
        ("kept-level", Difference.NEW),
        ("no-splitting", Difference.NEW),
        ("preliminary-risks", Difference.NEW),
        ("pre-operation-assessment", Difference.NEW),
        ("risk-triggers", Difference.STRICTER),
        ("reply-limit", Difference.NEW),
        ("approval-limit", Difference.SAME),
        ("regulation-first", Difference.SAME),
        ("check-cycles", Difference.EASED),
        ("report-dates", Difference.SAME),
        ("report-addressee", Difference.SAME),
        ("report-contents", Difference.STRICTER),
        ("incident-24h", Difference.NEW),
        ("budget", Difference.NEW),
        ("in-house-software", Difference.GONE),
    ],
)
def test_points_that_concern_every_level(identifier: str, difference: Difference) -> None:
    point = _point(identifier)
    assert (point.difference, point.levels) == (difference, (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("identifier", "before", "after"),
    [
        ("headcount-basic", ["10.000 người"], ["100.000 chủ thể"]),
        ("headcount-sensitive", ["10.000 người"], ["10.000 chủ thể"]),
        ("procedures", ["mức độ 3"], ["giải quyết thủ tục hành chính", "không kể quy mô"]),
        ("appraisal-limit-level-3", ["15 ngày."], ["15 ngày làm việc"]),
        ("appraisal-limit-levels-4-5", ["30 ngày."], ["25 ngày làm việc"]),
        ("approval-limit", ["07 ngày làm việc"], ["07 ngày làm việc"]),
        ("reply-limit", [], ["05 ngày làm việc"]),
        ("check-cycles", ["02 năm", "hằng năm", "06 tháng"], ["Không còn số cố định"]),
        ("report-dates", ["15/12", "14/12", "20/12", "25/12"], ["Giữ nguyên"]),
        ("report-addressee", ["Bộ Thông tin và Truyền thông"], ["Bộ Công an"]),
        ("report-contents", ["11 nội dung"], ["12 nội dung"]),
        ("report-form", [], ["Mẫu số 08"]),
        ("incident-72h", ["05 ngày"], ["72 giờ"]),
        ("incident-24h", [], ["24 giờ"]),
        ("cloud-level-4", ["vật lý"], ["lô-gic"]),
        ("budget", [], ["15%"]),
        ("second-site", ["30 km"], ["30 km"]),
        ("plan-frame", ["7 nhóm", "4 nhóm"], ["7 và 4 nhóm"]),
    ],
)
def test_figures_stand_on_their_side(identifier: str, before: list[str], after: list[str]) -> None:
    point = _point(identifier)
    assert [text for text in before if text not in point.before] == []
    assert [text for text in after if text not in point.after] == []


def test_the_counts_of_requirements_are_those_of_the_shipped_lists() -> None:
    def counts(folder: Path) -> str:
        files = (folder / f"level-{level}.yaml" for level in range(1, 6))
        return ", ".join(str(len(yaml.safe_load(file.read_text(encoding="utf-8"))["requirements"])) for file in files)

    point = _point("rows")
    assert counts(OLD) in point.before
    assert counts(FOLDER) in point.after


def test_the_counts_of_zones_are_those_of_the_old_design_rules() -> None:
    design = yaml.safe_load((OLD / "design.yaml").read_text(encoding="utf-8"))
    zones = {entry["level"]: len(entry["zones"]) for entry in design["zones"]}
    assert _point("zones-level-1").before.startswith(f"{zones[1]} vùng")
    assert f"{zones[2]} vùng ở cấp độ 2, {zones[3]} vùng ở cấp độ 3" in _point("zones-levels-2-3").before
    assert zones[4] == zones[5]
    assert _point("zones-levels-4-5").before.startswith(f"{zones[4]} vùng")


def test_where_only_the_office_changed_the_text_says_so() -> None:
    for identifier in ("ministry", "appraise-levels-4-5", "report-addressee", "incident-receiver"):
        point = _point(identifier)
        assert point.difference is Difference.SAME
        assert point.after.startswith("Đổi nơi nhận") or "Đổi cơ quan" in point.after
