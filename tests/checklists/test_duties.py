"""The duties of the decree and the laws beside it that the standard leaves out: one list, rows naming their levels."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date

import pytest

from compliance.domain.checklist import Catalogue, Change, Checklist
from tests.checklists import lists
from tests.checklists.lists import figures, requirement

ALL = (1, 2, 3, 4, 5)
PLAN_PARTS = {"a", "b", "c", "d", "dd", "e", "g"}
MANAGEMENT_AND_TECHNICAL_GROUPS = {
    "30.3.a", "30.3.b", "30.3.c", "30.3.d", "30.3.dd", "30.3.e", "30.3.g",
    "30.4.a", "30.4.b", "30.4.c", "30.4.d",
}  # fmt: skip
LAST_ARTICLES = {
    "Nghị định 331/2026/NĐ-CP": 40,
    "Luật An ninh mạng số 116/2025/QH15": 45,
    "Nghị định 333/2026/NĐ-CP": 32,
}
_CHOICE = re.compile(r"Luật An ninh mạng, khoản [34] Điều 10")


def _load() -> Catalogue:
    return lists.duties()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return _load()


@pytest.fixture(scope="module", params=ALL)
def duties(request: pytest.FixtureRequest, catalogue: Catalogue) -> Checklist:
    return catalogue.of_level(request.param)


def _levels(catalogue: Catalogue, *starts: str) -> set[int]:
    return {level for one in catalogue.requirements if one.id.startswith(starts) for level in one.levels}


class TestTheListAsAWhole:
    def test_says_what_it_is_and_what_was_not_read(self, catalogue: Catalogue) -> None:
        assert (catalogue.id, catalogue.regime, catalogue.version) == ("nd331-2026-duties", "nd331-2026", "2026.11.22")
        assert catalogue.checked_on == date(2026, 11, 22)
        assert "chưa đối chiếu Công báo" in catalogue.source_note
        assert catalogue.outside_basic == ""
        assert catalogue.of_level(3).title.endswith("Luật An ninh mạng, hệ thống thông tin cấp độ 3")

    def test_every_level_has_its_number_of_duties(self, catalogue: Catalogue) -> None:
        assert {level: len(catalogue.of_level(level).requirements) for level in ALL} == {
            1: 78, 2: 78, 3: 88, 4: 88, 5: 111,
        }  # fmt: skip

    def test_no_level_is_told_the_same_duty_twice(self, catalogue: Catalogue) -> None:
        counts = Counter((one.id, level) for one in catalogue.requirements for level in one.levels)
        assert [pair for pair, count in counts.items() if count > 1] == []

    def test_levels_stand_in_order(self, catalogue: Catalogue) -> None:
        for one in catalogue.requirements:
            assert list(one.levels) == sorted(set(one.levels) & set(ALL)), one.id

    def test_answers_given_under_the_earlier_ids_still_find_their_duty(self, catalogue: Catalogue) -> None:
        earlier = {
            "d5.3-a", "d10.2", "d10.3", "d10.5", "d10.6", "d17.1", "d27.1", "d27.2", "d27.3", "d28.1", "d28.3", "d28.5",
            "d29.2-e", "d30.3-a", "d30.3-g", "d30.5-a", "d30.6", "d30.7", "d31.1-a", "d31.1-b", "d31.1-c", "d31.2-c",
            "d31.2-d", "d31.3.1", "d31.3.2", "d31.3.3", "d32.1", "d32.3", "d32.5", "d33.1", "d33.3", "d33.4", "d33.5",
            "d33.6", "d35.2-b", "d35.4-a", "d35.4-b", "d36", "l116-d12.3", "l116-d20.4-a", "l116-d38.1", "l116-d40.1-b",
            "l116-d40.2-a", "n333-d7.2", "n333-d7.6",
        }  # fmt: skip
        for level in (1, 2):
            assert earlier <= {one.id for one in catalogue.of_level(level).requirements}

    def test_every_citation_names_a_text_an_article_it_has_and_the_clause(self, catalogue: Catalogue) -> None:
        for one in catalogue.requirements:
            text, _, clause = one.citation.partition(", ")
            assert clause == one.clause, one.id
            assert all(1 <= int(number) <= LAST_ARTICLES[text] for number in re.findall(r"Điều (\d+)", clause)), one.id

    def test_an_id_reads_as_its_clause(self, catalogue: Catalogue) -> None:
        sources = {"d": "Nghị định 331", "l": "Luật An ninh mạng", "n": "Nghị định 333"}
        for one in catalogue.requirements:
            article = re.search(r"d(\d+)", one.id.removeprefix("n333-").removeprefix("l116-"))
            assert article, one.id
            assert f"Điều {article[1]}" in one.clause, one.id
            assert one.citation.startswith(sources[one.id[0]]), one.id

    def test_every_group_is_defined_once_and_used(self, catalogue: Catalogue) -> None:
        defined = [group.id for group in catalogue.groups]
        assert len(defined) == len(set(defined))
        assert {one.group for one in catalogue.requirements} == set(defined)

    def test_what_grows_stricter_names_a_duty_of_the_level_below(self, catalogue: Catalogue) -> None:
        for one in catalogue.requirements:
            if one.continues is None:
                continue
            for level in one.levels:
                below = {other.id for other in catalogue.of_level(level - 1).requirements}
                assert set(one.continues.ids) <= below, one.id
            assert (one.continues.change is Change.SAME) != one.continues.note.endswith("."), one.id


class TestEveryLevel:
    def test_every_plan_part_and_group_of_the_decree_is_served(self, duties: Checklist) -> None:
        assert {one.plan_part for one in duties.requirements} == PLAN_PARTS
        groups = [one.groups for one in duties.requirements]
        assert {group for some in groups for group in some} == MANAGEMENT_AND_TECHNICAL_GROUPS
        assert all(some and len(some) == len(set(some)) for some in groups)

    def test_sentences_are_whole_and_composed(self, duties: Checklist) -> None:
        for one in duties.requirements:
            assert len(one.statement) >= 40, one.id
            for sentence in (one.statement, one.evidence, one.uncertain or "."):
                assert sentence.endswith("."), (one.id, sentence)
                assert unicodedata.is_normalized("NFC", sentence), one.id
                assert sentence == " ".join(sentence.split()), one.id

    def test_no_two_duties_read_the_same(self, duties: Checklist) -> None:
        statements = [one.statement for one in duties.requirements]
        assert len(statements) == len(set(statements))

    def test_no_two_activities_of_the_calendar_share_a_name(self, duties: Checklist) -> None:
        counts = Counter(cadence.activity for one in duties.requirements for cadence in one.cadences)
        assert [activity for activity, count in counts.items() if count > 1] == []

    def test_a_cycle_the_law_leaves_open_is_explained(self, duties: Checklist) -> None:
        for one in duties.requirements:
            if any(cadence.unit.value == "unstated" for cadence in one.cadences):
                assert re.search("không nêu chu kỳ|Chu kỳ do", one.uncertain), one.id

    def test_an_incident_has_three_clocks(self, duties: Checklist) -> None:
        values = [figure.value for figure in requirement(duties, "d31.2-d").figures]
        assert values == ["≤ 72 giờ kể từ khi phát hiện", "≤ 24 giờ kể từ khi phát hiện", "ngay khi phát hiện"]

    @pytest.mark.parametrize(("identifier", "deadline"), [("d35.4-a", "20/12"), ("d35.4-b", "25/12")])
    def test_the_yearly_report_goes_up_before_its_day(self, duties: Checklist, identifier: str, deadline: str) -> None:
        report = requirement(duties, identifier)
        assert [(cadence.every, cadence.unit.value) for cadence in report.cadences] == [(1, "year")]
        assert f"trước ngày {deadline}" in {figure.value for figure in report.figures}
        assert figures(report)["Kỳ số liệu"][0] == "15/12 năm trước đến 14/12"

    def test_the_report_has_twelve_matters_three_of_them_in_an_annex(self, duties: Checklist) -> None:
        report = requirement(duties, "d36")
        assert [figure.value for figure in report.figures] == ["12"]
        assert "khoản 3, 7, 9 Điều 36" in report.evidence

    def test_fifteen_percent_goes_to_security(self, duties: Checklist) -> None:
        assert [figure.value for figure in requirement(duties, "l116-d38.1").figures] == ["≥ 15%"]

    def test_awareness_courses_and_drills_have_no_cycle_in_the_decree(self, duties: Checklist) -> None:
        units = [
            cadence.unit.value
            for identifier in ("d31.3.1", "d31.3.2", "d31.3.3")
            for cadence in requirement(duties, identifier).cadences
        ]
        assert units == ["unstated"] * 3

    def test_risk_is_assessed_on_five_occasions_in_seven_parts(self, duties: Checklist) -> None:
        found = [requirement(duties, one).figures[0].value for one in ("d10.2", "d10.3")]
        assert found == ["5 trường hợp", "7 nội dung"]

    def test_old_approvals_have_twelve_months_and_running_projects_six(self, duties: Checklist) -> None:
        values = [figure.value for figure in requirement(duties, "d39.1").figures]
        assert values == ["06 tháng từ 01/7/2026", "12 tháng từ 01/7/2026"]
        assert "31/12/2026" in requirement(duties, "d39.1").uncertain
        for identifier in ("l116-d45.1", "l116-d45.3"):
            assert [figure.value for figure in requirement(duties, identifier).figures] == ["12 tháng từ 01/7/2026"]
            assert "30/6/2027" in requirement(duties, identifier).uncertain

    def test_early_approval_of_a_project_is_only_encouraged(self, duties: Checklist) -> None:
        suggested = [one.id for one in duties.requirements if one.binding.value == "suggested"]
        assert suggested == ["d37"]


class TestWhereLevelsDiffer:
    @pytest.mark.parametrize(
        ("starts", "levels"),
        [
            (("d30.5-a",), {1, 2, 3}),
            (("d30.5-b",), {4, 5}),
            (("d30.8-",), {3, 4}),
            (("d30.9-",), {5}),
            (("d20.4",), {3, 4}),
            (("d26.", "l116-d12.3"), {1, 2, 3, 4}),
            (("l116-d10.3",), {1, 2}),
            (("l116-d10.4",), {3, 4}),
            (("l116-d10.5", "l116-d9.3", "l116-d11.", "l116-d17.2", "l116-d31.3"), {5}),
            (("l116-d15.3", "l116-d34.2", "n333-d24.2", "n333-d24.8-b", "n333-d28."), {3, 4, 5}),
            (("n333-d5.", "n333-d6.", "n333-d7.3", "n333-d8.", "n333-d9.", "n333-d24.1"), {5}),
            (("l116-d40.", "n333-d7.2", "n333-d7.6", "d31.2-", "d32.4"), {1, 2, 3, 4, 5}),
        ],
    )
    def test_a_duty_binds_its_levels_and_no_other(
        self, catalogue: Catalogue, starts: tuple[str, ...], levels: set[int]
    ) -> None:
        assert all(_levels(catalogue, start) for start in starts)
        assert _levels(catalogue, *starts) == levels

    def test_a_hired_data_centre_separates_logically_then_physically(self, catalogue: Catalogue) -> None:
        lower = [one for one in catalogue.of_level(4).requirements if one.id.startswith("d30.8-")]
        upper = [one for one in catalogue.of_level(5).requirements if one.id.startswith("d30.9-")]
        assert ["lô-gic" in one.statement for one in lower] == [True] * 3
        assert ["vật lý" in one.statement for one in upper] == [True, False, True, True, False]
        changes = [one.continues.change.value if one.continues else "new" for one in upper]
        assert changes == ["stricter", "same", "stricter", "new", "new"]

    def test_measures_are_chosen_at_levels_1_and_2_and_mostly_not_above(self, catalogue: Catalogue) -> None:
        counts = {
            level: [
                figure.value
                for one in catalogue.of_level(level).requirements
                if one.id in {"l116-d10.3", "l116-d10.4", "l116-d10.5"}
                for figure in one.figures
            ]
            for level in ALL
        }
        assert counts[1] == counts[2] == ["8 biện pháp"]
        assert counts[3] == counts[4] == ["6 biện pháp", "2 biện pháp"]
        assert counts[5] == ["8 biện pháp"]

    def test_the_choice_the_decree_does_not_repeat_is_told_where_it_exists(self, catalogue: Catalogue) -> None:
        told = {
            level: {one.id for one in catalogue.of_level(level).requirements if _CHOICE.search(one.uncertain)}
            for level in ALL
        }
        assert {"d28.1", "d28.3", "d28.5", "d30.6", "d30.7", "n333-d7.2"} <= told[1] == told[2]
        assert told[3] == told[4] == {"d28.3"}
        assert told[5] == set()

    def test_level_5_is_assessed_from_outside(self, catalogue: Catalogue) -> None:
        below, top = (requirement(catalogue.of_level(level), "d31.2-c") for level in (4, 5))
        assert "bộ phận độc lập với đơn vị trực tiếp vận hành" in below.statement
        assert "không chỉ tự đánh giá" in top.statement
        assert "quản lý rủi ro" not in top.statement, "only check and assessment must come from outside"
        assert top.continues
        assert top.continues.change is Change.STRICTER

    def test_a_listed_system_below_level_5_is_told_where_its_further_duties_stand(self, catalogue: Catalogue) -> None:
        told = requirement(catalogue.of_level(3), "d20.4").uncertain
        for clause in ("khoản 5 Điều 10", "khoản 2 Điều 17", "khoản 3 Điều 31", "khoản 9 Điều 30", "khoản 3 Điều 7"):
            assert clause in told

    def test_who_appraises_follows_the_level(self, catalogue: Catalogue) -> None:
        words = {1: "thẩm định và phê duyệt", 2: "thẩm định và phê duyệt", 3: "thẩm định hồ sơ", 4: "ý kiến chuyên môn"}
        for level, expected in words.items():
            assert expected in requirement(catalogue.of_level(level), "d32.4").statement
        limits = [
            [figure.value.split(" ngày")[0] for figure in requirement(catalogue.of_level(level), "d32.4").figures]
            for level in ALL
        ]
        assert limits == [[], [], ["≤ 15"], ["≤ 25"], ["≤ 25"]]

    def test_administrators_from_level_3_are_certified_within_36_months(self, catalogue: Catalogue) -> None:
        duties = catalogue.of_level(3)
        assert [figure.value for figure in requirement(duties, "n333-d24.8-b").figures] == ["36 tháng từ 19/8/2026"]
        assert [figure.value for figure in requirement(duties, "n333-d28.1").figures] == ["≥ 80% khóa tập huấn"]

    def test_an_important_system_reports_before_october_and_is_certified_before_use(self, catalogue: Catalogue) -> None:
        duties = catalogue.of_level(5)
        assert [figure.value for figure in requirement(duties, "n333-d8.5-b").figures] == ["trước ngày 01/10"]
        yearly = {
            one.id for one in duties.requirements if any(cadence.unit.value == "year" for cadence in one.cadences)
        }
        assert {"l116-d11.1-b", "n333-d8.5-a", "n333-d8.5-b"} <= yearly
        assert [figure.value for figure in requirement(duties, "n333-d6.3").figures] == ["14 điều kiện"]
        assert [figure.value.split(" ngày")[0] for figure in requirement(duties, "n333-d5.7").figures] == [
            "≤ 3", "≤ 25", "≤ 7",
        ]  # fmt: skip
