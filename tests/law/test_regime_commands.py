"""The commands on the law as an officer and as a program use them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from compliance.adapters.law import load_checklist, load_regimes
from compliance.adapters.workspace import create_workspace
from compliance.cli.main import app
from compliance.domain.assessment import Answer
from compliance.domain.assessment import Result as Outcome
from compliance.domain.blank import Absence, AbsenceKind
from compliance.domain.level import LEVELS
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.paper import Paper
from compliance.domain.regime_status import STALE_AFTER_DAYS
from compliance.domain.system import EarlierApproval, Ownership, Status, System

DAY = "2026-11-22"
OLD, NEW = (law.id for law in load_regimes())
CHECKED_ON = max(law.checked_on for law in load_regimes())
BASIC_2 = load_checklist(load_regimes()[-1], 2).id
STALE = "ngày chưa đối chiếu với văn bản mới"
CONTRACT = {
    "id",
    "citation",
    "group",
    "statement",
    "evidence",
    "cadence_months",
    "cadence_note",
    "plan_part",
    "control_groups",
    "binding",
}
Run = Callable[..., Result]


def ran(*words: str, today: str = DAY) -> Result:
    return CliRunner().invoke(app, ["regimes", *words, "--today", today])


def shown(*words: str, today: str = DAY) -> Any:
    """The one JSON document on standard output; nothing may stand beside it."""
    result = ran(*words, "--json", today=today)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert unicodedata.is_normalized("NFC", result.stdout)
    return json.loads(result.stdout)


def refused(code: int, *words: str) -> str:
    result = ran(*words)
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    return result.stderr


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A kept level with two answers, a project of before, one nobody asked about, one used, one out of use."""
    path = tmp_path / "ho-so"
    owner = Unit(id="ubnd-xa", name="UBND xã Hợp Minh", kind=UnitKind.PEOPLES_COMMITTEE, tier=UnitTier.COMMUNE)
    superior = Unit(id="ubnd-tinh", name="UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE, tier=UnitTier.PROVINCE)
    decision = EarlierApproval(
        level=2,
        paper=Paper(number="12/QĐ-UBND", issued_on=date(2024, 5, 12)),
        legal_basis="Nghị định số 85/2016/NĐ-CP",
    )
    never = {"earlier_approval": Absence(kind=AbsenceKind.NONE, reason="chưa từng phê duyệt")}

    def record(id_: str, **fields: Any) -> System:
        known: dict[str, Any] = {"name": f"Hệ thống {id_}", "ownership": Ownership.OWNED, "owner_id": "ubnd-xa"}
        return System(id=id_, **(known | fields))

    systems = [
        record("mot-cua", status=Status.OPERATING, started_on=date(2021, 5, 12), earlier_approval=decision),
        record("du-an", status=Status.INVESTING, investment_started_on=date(2026, 4, 15), absences=never),
        record("van-ban"),
        record("bao-cao", ownership=Ownership.USED, owner_id="ubnd-tinh", earlier_approval=decision),
        record("cu", status=Status.DECOMMISSIONED),
    ]
    answers = [
        Answer(system_id="mot-cua", requirement_id=id_, checklist_id=BASIC_2, result=Outcome.COMPLIANT)
        for id_ in ("4.8.2.1-a.1", "4.8.2.1-a.5", "d32.4")
    ]
    morning = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=7)))
    with create_workspace(path, by="Văn phòng", now=lambda: morning) as workspace, workspace.act("Nhập") as act:
        for unit in (owner, superior):
            act.put("unit", unit.id, unit.model_dump_json(exclude_defaults=True), 0)
        for system in systems:
            act.put("system", system.id, system.model_dump_json(exclude_defaults=True), 0)
        for answer in answers:
            identifier = f"{answer.system_id}/{answer.requirement_id}"
            act.put("answer", identifier, answer.model_dump_json(exclude_defaults=True), 0)
    return path


@pytest.fixture
def at(office: Path) -> tuple[str, str]:
    return ("--workspace", str(office))


class TestRequirements:
    @pytest.mark.parametrize("level", LEVELS)
    @pytest.mark.parametrize("regime", [OLD, NEW])
    def test_the_contract_is_kept_for_every_regime_and_level(self, regime: str, level: int) -> None:
        listed = shown("requirements", "--regime", regime, "--level", str(level))
        law = next(one for one in load_regimes() if one.id == regime)
        assert [one["id"] for one in listed] == [one.id for one in load_checklist(law, level).requirements]
        for one in listed:
            assert one.keys() >= CONTRACT
            for key in ("id", "citation", "group", "statement", "evidence", "binding"):
                assert one[key], (one["id"], key)
            assert one["cadence_months"] is None or one["cadence_months"] >= 1
            assert one["cadence_note"] or one["cadence_months"] is None
            assert isinstance(one["control_groups"], list)

    @pytest.mark.parametrize("kind", ["duties", "physical"])
    @pytest.mark.parametrize("level", LEVELS)
    def test_the_lists_beside_keep_it_too(self, kind: str, level: int) -> None:
        listed = shown("requirements", "--level", str(level), "--kind", kind)
        assert listed
        assert all(one.keys() >= CONTRACT and one["citation"] and one["statement"] for one in listed)

    def test_without_a_regime_the_one_to_act_under_is_meant(self) -> None:
        assert shown("requirements", "--level", "2") == shown("requirements", "--level", "2", "--regime", NEW)
        ids = [
            one["id"] for one in json.loads(ran("requirements", "--level", "2", "--json", today="2026-08-18").stdout)
        ]
        old = next(law for law in load_regimes() if law.id == OLD)
        assert ids == [one.id for one in load_checklist(old, 2).requirements]

    @pytest.mark.parametrize(
        ("level", "requirement", "months", "words"),
        [
            ("3", "5.7.2.1-b", 6, "6 tháng"),
            ("2", "4.8.2.1-a.6", 12, "năm"),
            ("2", "4.8.2.1-b", 12, "hoặc khi có thay đổi"),
            ("3", "5.8.2.1-a.9", 6, "6 tháng"),
            ("2", "4.8.2.1-a.1", None, ""),
        ],
    )
    def test_cadences(self, level: str, requirement: str, months: int | None, words: str) -> None:
        one = next(one for one in shown("requirements", "--level", level) if one["id"] == requirement)
        assert one["cadence_months"] == months
        assert words in one["cadence_note"]
        assert bool(one["cadence_note"]) is bool(words)

    def test_the_shortest_of_several_cadences_is_the_figure(self) -> None:
        listed = shown("requirements", "--regime", OLD, "--level", "5")
        monitoring = next(one for one in listed if one["id"] == "9.1.5.6")
        assert monitoring["cadence_months"] == 6
        assert monitoring["cadence_note"].count(";") == 2, "what is shorter than a month stands in words"

    def test_wrong_calls(self) -> None:
        assert "không có cấp độ 9" in refused(1, "requirements", "--level", "9", "--json")
        assert "không có cấp độ 0" in refused(1, "requirements", "--level", "0")
        assert "basic, duties, physical" in refused(1, "requirements", "--level", "2", "--kind", "other")
        assert f"Gần nhất là “{NEW}”" in refused(4, "requirements", "--level", "2", "--regime", "nd331")
        assert "chưa có" in refused(4, "requirements", "--level", "2", "--regime", OLD, "--kind", "duties")
        assert ran("requirements").exit_code == 2


class TestList:
    def test_what_is_in_force_on_a_day(self) -> None:
        old, new = shown("list")
        assert (old["id"], old["status"], old["acting"], old["in_force_to"]) == (OLD, "overtaken", False, None)
        assert (new["id"], new["status"], new["acting"]) == (NEW, "in_force", True)
        assert old["successor"] == NEW
        assert old["overtaken_from"] == new["in_force_from"] == "2026-08-19"
        assert "bãi bỏ" not in old["status_text"].replace("chưa thấy văn bản bãi bỏ", "")

    @pytest.mark.parametrize(
        ("day", "acting", "statuses"),
        [
            ("2016-06-30", [], ["not_yet", "not_yet"]),
            ("2026-08-18", [OLD], ["in_force", "not_yet"]),
            ("2026-08-19", [NEW], ["overtaken", "in_force"]),
        ],
    )
    def test_the_days_things_change(self, day: str, acting: list[str], statuses: list[str]) -> None:
        states = shown("list", today=day)
        assert [one["id"] for one in states if one["acting"]] == acting
        assert [one["status"] for one in states] == statuses

    def test_data_grows_stale_after_180_days_and_not_on_the_day(self) -> None:
        last = (CHECKED_ON + timedelta(days=STALE_AFTER_DAYS)).isoformat()
        after = (CHECKED_ON + timedelta(days=STALE_AFTER_DAYS + 1)).isoformat()
        assert STALE_AFTER_DAYS == 180
        assert STALE not in ran("list", today=last).stdout
        assert shown("list", today=last)[1]["unchecked_days"] is None
        assert f"181 {STALE}" in ran("list", today=after).stdout
        assert shown("list", today=after)[1]["unchecked_days"] == 181
        assert STALE in ran("show", NEW, today=after).stdout
        assert STALE not in ran("show", NEW, today=last).stdout

    def test_not_a_day(self) -> None:
        result = ran("list", today="hôm qua")
        assert result.exit_code == 1
        assert "không phải là ngày" in result.stderr


class TestShow:
    def test_a_clause(self) -> None:
        out = ran("show", "--clause", "4.8.2.1 a").stdout
        assert out.count("TCVN 14423:2026 mục 4.8.2.1 a (mã ") == 6
        assert "4.8.2.1 b" not in out
        assert "Thời gian lưu nhật ký: ≥ 1 tháng" in out
        assert "So với cấp độ dưới: " in out

    @pytest.mark.parametrize("clause", ["4.8.2.1 a", "4.8.2.1 a)", "4.8.2.1-a", " 4.8.2.1  A) "])
    def test_a_clause_however_it_is_written(self, clause: str) -> None:
        found = shown("show", "--clause", clause)
        assert [one["id"] for one in found] == [f"4.8.2.1-a.{number}" for number in range(1, 7)]
        assert {(one["level"], one["list"]) for one in found} == {(2, BASIC_2)}

    def test_the_parts_of_a_clause_and_nothing_that_only_begins_alike(self) -> None:
        every = {one["id"] for one in shown("show", "--clause", "4.8")}
        assert {"4.8.2.1-a.1", "4.8.2.1-b"} <= every
        assert all(id_.startswith("4.8.") for id_ in every)
        assert [one["id"] for one in shown("show", "--clause", "4.8.2.1-a.5")] == ["4.8.2.1-a.5"]

    def test_a_clause_of_one_level_only(self) -> None:
        assert {one["level"] for one in shown("show", "--clause", "4.8.2.1", "--level", "2")} == {2}
        refused(4, "show", "--clause", "4.8.2.1", "--level", "3")
        assert "không có cấp độ 9" in refused(1, "show", "--clause", "4.8.2.1", "--level", "9")
        assert "không có cấp độ 0" in refused(1, "show", "--clause", "4.8.2.1", "--level", "0")

    def test_an_unknown_clause_offers_the_nearest(self) -> None:
        assert "Gần nhất là “4.8.2.1 " in refused(4, "show", "--clause", "4.8.2.1 z")
        assert "Không có yêu cầu nào ở mục “xyz”" in refused(4, "show", "--clause", "xyz")

    def test_an_unknown_regime_offers_the_nearest(self) -> None:
        assert f"Gần nhất là “{OLD}”" in refused(4, "show", "nd85")
        assert f"Hiện có: {OLD}, {NEW}." in refused(4, "show", "zzzz")

    @pytest.mark.parametrize("regime", [OLD, NEW])
    def test_a_regime_as_json(self, regime: str) -> None:
        law = shown("show", regime)
        assert law["id"] == regime
        assert {"criteria", "authority", "instruments"} <= law.keys()
        assert "questions" not in law

    def test_a_level_and_its_lists(self) -> None:
        assert shown("show", "--level", "2")
        assert "không có cấp độ 9" in refused(1, "show", "--level", "9")

    def test_open_points_as_json(self) -> None:
        zones = shown("show", "--grey-zones")
        assert zones
        assert all(one["code"] and one["citation"] for one in zones)


class TestDiff:
    KINDS = ("new", "stricter", "eased", "same", "gone")

    def test_two_levels(self) -> None:
        found = shown("diff", "2", "3")
        assert (found["before"]["regime"], found["before"]["level"]) == (NEW, 2)
        assert (found["after"]["regime"], found["after"]["level"]) == (NEW, 3)
        assert set(found) == {"before", "after", *self.KINDS}
        for kind in self.KINDS:
            for one in found[kind]:
                assert one["part"] in {"requirements", "duties"}
                assert one["citation"]
                assert one["statement"]
        kept = next(one for one in found["stricter"] if one["after"] == ["5.8.2.1-a.8"])
        assert kept["before"] == ["4.8.2.1-a.5"]
        assert "từ 1 tháng lên 3 tháng" in kept["note"]

    def test_a_level_with_itself_is_all_the_same(self) -> None:
        found = shown("diff", "2", "2")
        assert [kind for kind in self.KINDS if found[kind]] == ["same"]

    def test_two_regimes_at_one_level(self) -> None:
        found = shown("diff", OLD, NEW, "--level", "2")
        parts = {one["part"] for kind in self.KINDS for one in found[kind]}
        assert parts == {"requirements", "duties", "rules"}
        assert found == shown("diff", f"{OLD}:2", f"{NEW}:2")

    def test_two_regimes_as_wholes(self) -> None:
        found = shown("diff", OLD, NEW)
        rules = [one for kind in self.KINDS for one in found[kind]]
        assert {one["part"] for one in rules} == {"rules"}
        assert all(one["matter"] and (one["before_citation"] or one["after_citation"]) for one in rules)

    def test_wrong_calls(self) -> None:
        assert "nêu hai cấp độ" in refused(1, "diff", NEW, NEW)
        assert f"regimes diff {OLD} {NEW}" in refused(1, "diff", NEW, OLD, "--json")
        assert "cùng một cấp độ" in refused(1, "diff", f"{OLD}:2", f"{NEW}:3")
        assert "từ 1 đến 5" in refused(1, "diff", "2", "9")
        assert "không có cấp độ 9" in refused(1, "diff", OLD, NEW, "--level", "9")
        assert f"Gần nhất là “{NEW}”" in refused(4, "diff", OLD, "nd331")

    def test_what_it_means_for_answers_given(self, at: tuple[str, str]) -> None:
        effect = shown("diff", "2", "3", "--system", "mot-cua", *at)["answers"]
        assert {tuple(one["before"]): one["after"] for one in effect["holds"]} == {("4.8.2.1-a.1",): "5.8.2.1-a.1"}
        again = {one["after"]: one["why"] for one in effect["ask_again"]}
        assert set(again) == {"5.8.2.1-a.8", "d32.4"}
        assert "từ 1 tháng lên 3 tháng" in again["5.8.2.1-a.8"]
        assert effect["dropped"] == []
        every = len(shown("requirements", "--level", "3")) + len(
            shown("requirements", "--level", "3", "--kind", "duties")
        )
        assert len(effect["holds"]) + len(effect["ask_again"]) + len(effect["new"]) == every

    def test_going_down_drops_and_keeps(self, at: tuple[str, str]) -> None:
        effect = shown("diff", "2", "1", "--system", "mot-cua", *at)["answers"]
        assert [one["after"] for one in effect["holds"]] == ["3.8.2.1-a.1", "d32.4"]
        assert effect["dropped"] == ["4.8.2.1-a.5"]

    def test_nothing_is_changed_and_the_officer_is_told(self, at: tuple[str, str]) -> None:
        first = ran("diff", "2", "3", "--system", "mot-cua", *at).stdout
        assert "Với hệ thống mot-cua:" in first
        assert "1 câu trả lời vẫn dùng được" in first
        assert "2 yêu cầu phải đánh giá lại" in first
        assert ran("diff", "2", "3", "--system", "mot-cua", *at).stdout == first

    def test_an_unknown_system(self, at: tuple[str, str]) -> None:
        assert "mot-cuaa" in refused(4, "diff", "2", "3", "--system", "mot-cuaa", *at)


class TestTransition:
    def test_all_as_json(self, at: tuple[str, str]) -> None:
        every = shown("transition", "--all", *at)
        assert every == shown("transition", *at)
        cases = {one["id"]: [case["code"] for case in one["cases"]] for one in every}
        assert cases == {"bao-cao": ["A"], "du-an": ["B"], "mot-cua": ["A", "E"], "van-ban": []}
        assert {one["id"]: one["used_only"] for one in every if one["used_only"]} == {"bao-cao": True}

    def test_the_shape_of_one(self, at: tuple[str, str]) -> None:
        (one,) = shown("transition", "du-an", *at)
        assert (one["id"], one["day"], one["open"]) == ("du-an", DAY, [])
        (case,) = one["cases"]
        assert case.keys() >= {"code", "title", "statement", "citation", "mark", "uncertain", "acts", "steps"}
        approval, measures = case["deadlines"]
        assert approval["readings"] == ["2026-12-31", "2027-01-01"]
        assert measures["readings"] == ["2027-06-30", "2027-07-01"]
        assert (approval["used"], approval["days_left"], approval["overdue"]) == ("2026-12-31", 39, False)
        assert (measures["used"], measures["days_left"]) == ("2027-06-30", 220)
        assert [act["regime"] for act in case["acts"]] == [OLD, NEW, NEW, NEW]
        assert all(item["citation"] for part in ("acts", "deadlines", "steps") for item in case[part])

    def test_an_open_case_says_what_to_ask_and_where_to_write(self, at: tuple[str, str]) -> None:
        (one,) = shown("transition", "van-ban", *at)
        assert {case["code"] for case in one["open"]} >= {"A", "B", "C"}
        asked = {asked["fact"] for case in one["open"] for asked in case["asks"]}
        assert {"approved_earlier", "status"} <= asked
        out = ran("transition", "van-ban", *at).stdout
        assert "Hệ thống đã từng được phê duyệt cấp độ chưa? → cột" in out
        assert "Việc tiếp theo: ghi các nội dung còn thiếu" in out

    def test_both_readings_are_shown_and_the_earlier_one_used(self, at: tuple[str, str]) -> None:
        out = ran("transition", "du-an", *at).stdout
        assert "31/12/2026, còn 39 ngày (cách tính khác: 01/01/2027)" in out
        assert "30/06/2027, còn 220 ngày (cách tính khác: 01/07/2027)" in out
        assert "chậm nhất ngày 31/12/2026" in out
        assert "Chương trình dùng ngày sớm hơn" in out
        assert "Theo tiêu chí của Nghị định số 85/2016/NĐ-CP" in out

    def test_after_the_day_it_is_overdue(self, at: tuple[str, str]) -> None:
        result = ran("transition", "du-an", *at, today="2027-01-02")
        assert "31/12/2026, quá hạn 2 ngày" in result.stdout
        assert "Việc tiếp theo: làm ngay việc đã quá hạn từ ngày 31/12/2026: hoàn thành thẩm định" in result.stdout

    def test_a_system_only_used_is_the_owners_business(self, at: tuple[str, str]) -> None:
        out = ran("transition", "bao-cao", *at).stdout
        assert "Xã chỉ sử dụng hệ thống này" in out
        assert "chậm nhất ngày" not in out.partition("Việc tiếp theo: ")[2]

    def test_wrong_calls(self, at: tuple[str, str]) -> None:
        assert "không dùng cả hai" in refused(1, "transition", "du-an", "--all", *at)
        assert "du-am" in refused(4, "transition", "du-am", *at)


LAW_PAGES: tuple[tuple[str, ...], ...] = (
    ("list",),
    ("show",),
    ("show", OLD),
    ("show", "--level", "2"),
    ("show", OLD, "--level", "3"),
    ("show", "--clause", "4.8.2.1 a"),
    ("show", "--grey-zones"),
    ("requirements", "--level", "2"),
    ("requirements", "--level", "2", "--kind", "duties"),
    ("requirements", "--level", "3", "--regime", OLD),
    ("diff", "2", "3"),
    ("diff", "3", "2"),
    ("diff", OLD, NEW, "--level", "2"),
    ("diff", OLD, NEW),
    ("check",),
)
OFFICE_PAGES: tuple[tuple[str, ...], ...] = (
    ("diff", "2", "3", "--system", "mot-cua"),
    ("transition",),
    ("transition", "--all"),
    ("transition", "mot-cua"),
    ("transition", "du-an"),
    ("transition", "van-ban"),
    ("transition", "bao-cao"),
)


def _ends_well(result: Result) -> None:
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert result.stdout.rstrip().splitlines()[-1].startswith("Việc tiếp theo: ")
    assert result.stdout.count("Việc tiếp theo:") == 1
    assert unicodedata.is_normalized("NFC", result.stdout)
    for code in ("None", "Difference", "Mark.", "LawStatus"):
        assert code not in result.stdout


@pytest.mark.parametrize("words", LAW_PAGES, ids=" ".join)
def test_a_page_for_people_ends_with_what_comes_next(words: tuple[str, ...]) -> None:
    _ends_well(ran(*words))


@pytest.mark.parametrize("words", OFFICE_PAGES, ids=" ".join)
def test_a_page_on_a_system_ends_with_what_comes_next(words: tuple[str, ...], at: tuple[str, str]) -> None:
    _ends_well(ran(*words, *at))
