"""The transition: every history falls in the cases the two texts give it, with the deadlines as they run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.law import load_regimes, load_register, load_transition
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.blank import Absence, AbsenceKind
from compliance.domain.circumstance import circumstances
from compliance.domain.condition import Unanswered, leaves
from compliance.domain.instrument import Mark
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.paper import Paper
from compliance.domain.regime_status import regime_on
from compliance.domain.system import EarlierApproval, FactValue, Ownership, Status, System
from compliance.domain.transition import Transition, TransitionRules, month_readings, transition
from compliance.errors import NotFound
from compliance.services.transitions import Past, SystemTransition, load_past, transitions

DAY = date(2026, 11, 22)
REGIMES = load_regimes()
RULES: TransitionRules = load_transition(regime_on(DAY, REGIMES))
PAST = Past(REGIMES, RULES, load_register())
OLD, NEW = RULES.predecessor, RULES.regime

BEFORE, LAST_BEFORE = date(2026, 4, 15), date(2026, 6, 30)
FIRST_OF_LAW, LAST_BETWEEN = date(2026, 7, 1), date(2026, 8, 18)
FIRST_OF_DECREE, AFTER = date(2026, 8, 19), date(2026, 10, 1)
NEVER = {"earlier_approval": Absence(kind=AbsenceKind.NONE, reason="chưa từng phê duyệt")}
OLD_BASIS = "Luật An toàn thông tin mạng số 86/2015/QH13; Nghị định số 85/2016/NĐ-CP"
NEW_BASIS = "Luật An ninh mạng số 116/2025/QH15; Nghị định số 331/2026/NĐ-CP"
BOTH_BASES = "khoản 1 Điều 39 Nghị định số 331/2026/NĐ-CP; Nghị định số 85/2016/NĐ-CP"

MAIN = {"A", "B", "C", "D", "N"}


def record(status: Status | None = Status.OPERATING, **fields: Any) -> System:
    known: dict[str, Any] = {"ownership": Ownership.OWNED, "owner_id": "ubnd-xa"}
    return System(id="mot-cua", name="Một cửa", status=status, **(known | fields))


def approved(on: date | None, basis: str = "") -> EarlierApproval:
    return EarlierApproval(level=2, paper=Paper(number="12/QĐ-UBND", issued_on=on), legal_basis=basis)


def facts_of(system: System) -> dict[str, FactValue | None]:
    return {**circumstances(system, {}), **PAST.of(system)}


def placed(system: System, day: date = DAY) -> Transition:
    return transition(RULES, facts_of(system), day)


def codes(result: Transition) -> tuple[str, str]:
    """Codes found and codes open, each in alphabetical order."""
    return "".join(sorted(one.code for one in result.found)), "".join(sorted(one.code for one in result.open))


def used_before(**fields: Any) -> System:
    return record(started_on=date(2021, 5, 12), **fields)


HISTORIES: tuple[tuple[str, System, str, str], ...] = (
    ("kept level", record(earlier_approval=approved(BEFORE, OLD_BASIS), started_on=BEFORE), "AE", ""),
    ("kept level, day of use unknown", record(earlier_approval=approved(BEFORE, OLD_BASIS)), "A", "E"),
    ("kept level, basis not written", record(earlier_approval=approved(BEFORE), started_on=AFTER), "A", ""),
    ("approved on the last day before", record(earlier_approval=approved(LAST_BEFORE), started_on=AFTER), "A", ""),
    ("approved on the first day of the law", record(earlier_approval=approved(FIRST_OF_LAW, OLD_BASIS),
     investment_started_on=FIRST_OF_LAW, started_on=AFTER), "D", ""),
    ("approved on the last day without a decree", record(earlier_approval=approved(LAST_BETWEEN, OLD_BASIS),
     investment_started_on=FIRST_OF_LAW, started_on=AFTER), "D", ""),
    ("approved on the first day of the decree", record(earlier_approval=approved(FIRST_OF_DECREE, NEW_BASIS),
     started_on=AFTER), "N", "B"),
    ("approved on the new decree, in use from before", used_before(
     earlier_approval=approved(FIRST_OF_DECREE, NEW_BASIS), investment_started_on=BEFORE), "EN", ""),
    ("project of before finished on the new decree", record(earlier_approval=approved(AFTER, NEW_BASIS),
     investment_started_on=LAST_BEFORE, started_on=FIRST_OF_LAW), "B", ""),
    ("project of before going on, approved on the new decree", record(Status.INVESTING,
     earlier_approval=approved(AFTER, NEW_BASIS), investment_started_on=BEFORE), "B", ""),
    ("old decree used in between, in use from before", used_before(
     earlier_approval=approved(FIRST_OF_LAW, OLD_BASIS), investment_started_on=BEFORE), "DE", ""),
    ("old decree used after, in use from before", used_before(
     earlier_approval=approved(AFTER, OLD_BASIS), investment_started_on=BEFORE), "EN", ""),
    ("approved in between, start unknown", record(earlier_approval=approved(FIRST_OF_LAW, OLD_BASIS),
     started_on=AFTER), "D", "B"),
    ("approved in between, project from before", record(earlier_approval=approved(FIRST_OF_LAW, OLD_BASIS),
     investment_started_on=LAST_BEFORE, started_on=AFTER), "B", ""),
    ("approved in between on some basis, project from before", record(earlier_approval=approved(FIRST_OF_LAW),
     investment_started_on=LAST_BEFORE, started_on=AFTER), "", "BD"),
    ("approved in between on the new decree, project from before", record(
     earlier_approval=approved(FIRST_OF_LAW, NEW_BASIS), investment_started_on=LAST_BEFORE, started_on=AFTER), "D", ""),
    ("project finished under the old decree", record(earlier_approval=approved(AFTER, BOTH_BASES),
     investment_started_on=BEFORE, started_on=AFTER), "B", ""),
    ("old decree used for a project of after", record(earlier_approval=approved(AFTER, OLD_BASIS),
     investment_started_on=FIRST_OF_LAW, started_on=AFTER), "N", ""),
    ("old decree used, start unknown", record(earlier_approval=approved(AFTER, OLD_BASIS), started_on=AFTER), "", "BN"),
    ("approved undated", record(earlier_approval=approved(None, OLD_BASIS), investment_started_on=BEFORE,
     started_on=AFTER), "", "AB"),
    ("never approved", record(absences=NEVER, started_on=AFTER), "C", "B"),
    ("never approved, dates unknown", record(absences=NEVER), "C", "BE"),
    ("never approved, built before and finished after", record(absences=NEVER, investment_started_on=LAST_BEFORE,
     started_on=FIRST_OF_LAW), "B", ""),
    ("never approved, begun and finished after", record(absences=NEVER, investment_started_on=FIRST_OF_LAW,
     started_on=AFTER), "C", ""),
    ("never approved, in use from before", used_before(absences=NEVER), "CE", ""),
    ("never approved, built before", used_before(absences=NEVER, investment_started_on=BEFORE), "CE", ""),
    ("nothing said of an approval", record(started_on=AFTER, investment_started_on=AFTER), "", "ACDN"),
    ("project of before", record(Status.INVESTING, absences=NEVER, investment_started_on=BEFORE), "B", ""),
    ("project of the last day before", record(Status.INVESTING, absences=NEVER, investment_started_on=LAST_BEFORE),
     "B", ""),
    ("project of the first day of the law", record(Status.INVESTING, absences=NEVER,
     investment_started_on=FIRST_OF_LAW), "N", ""),
    ("project of the last day without a decree", record(Status.INVESTING, absences=NEVER,
     investment_started_on=LAST_BETWEEN), "N", ""),
    ("project of the first day of the decree", record(Status.INVESTING, absences=NEVER,
     investment_started_on=FIRST_OF_DECREE), "N", ""),
    ("project, start unknown", record(Status.INVESTING, absences=NEVER), "", "BN"),
    ("project levelled before", record(Status.INVESTING, earlier_approval=approved(BEFORE, OLD_BASIS),
     investment_started_on=BEFORE), "A", ""),
    ("project levelled before and begun after", record(Status.INVESTING, earlier_approval=approved(BEFORE, OLD_BASIS),
     investment_started_on=AFTER), "A", ""),
    ("project levelled in between", record(Status.INVESTING, earlier_approval=approved(LAST_BETWEEN, OLD_BASIS),
     investment_started_on=BEFORE), "B", ""),
    ("project of before, approval not told", record(Status.INVESTING, investment_started_on=BEFORE), "", "AB"),
    ("planned", record(Status.NEW, absences=NEVER), "N", ""),
    ("new building begun before", record(Status.NEW, absences=NEVER, investment_started_on=LAST_BEFORE), "B", ""),
    ("new building begun after", record(Status.NEW, absences=NEVER, investment_started_on=FIRST_OF_LAW), "N", ""),
    ("upgrade of a kept level begun before", used_before(earlier_approval=approved(BEFORE, OLD_BASIS),
     investment_started_on=LAST_BEFORE).model_copy(update={"status": Status.UPGRADING}), "ABE", ""),
    ("upgrade of a kept level begun after", record(Status.UPGRADING, earlier_approval=approved(BEFORE, OLD_BASIS),
     investment_started_on=FIRST_OF_LAW, started_on=AFTER), "AN", ""),
    ("upgrade of a kept level, start unknown", record(Status.UPGRADING, earlier_approval=approved(BEFORE, OLD_BASIS),
     started_on=AFTER), "A", "BN"),
    ("upgrade of a never approved one begun after", record(Status.UPGRADING, absences=NEVER,
     investment_started_on=AFTER, started_on=AFTER), "CN", ""),
    ("upgrade of a never approved one begun before", record(Status.UPGRADING, absences=NEVER,
     investment_started_on=BEFORE, started_on=AFTER), "B", ""),
    ("status not told, kept level", record(None, earlier_approval=approved(BEFORE, OLD_BASIS), started_on=AFTER),
     "A", "BN"),
    ("provider named", record(absences=NEVER, started_on=AFTER, provider="Công ty A"), "CF", "B"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("system", "found", "still_open"), [row[1:] for row in HISTORIES], ids=[row[0] for row in HISTORIES]
)
def test_a_history_falls_in_its_cases(system: System, found: str, still_open: str) -> None:
    assert codes(placed(system)) == (found, still_open)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (LAST_BEFORE, "before_law"),
        (FIRST_OF_LAW, "between"),
        (LAST_BETWEEN, "between"),
        (FIRST_OF_DECREE, "after_decree"),
        (None, None),
    ],
)
def test_the_days_the_transition_turns_on(day: date | None, period: str | None) -> None:
    assert RULES.period_of(day) == period


@pytest.mark.parametrize(
    ("basis", "regime"),
    [
        ("", None),
        ("Quyết định của Chủ tịch", None),
        (OLD_BASIS, OLD),
        ("NĐ 85/2016; TT 12/2022/TT-BTTTT", OLD),
        (NEW_BASIS, NEW),
        (BOTH_BASES, OLD),
        ("Luật An ninh mạng số 116/2025/QH15; Nghị định số 85/2016/NĐ-CP", OLD),
    ],
)
def test_the_legal_basis_tells_the_regime_of_an_approval(basis: str, regime: str | None) -> None:
    assert PAST.approved_under(record(earlier_approval=approved(BEFORE, basis))) == regime


def test_no_approval_rests_on_no_regime() -> None:
    assert PAST.approved_under(record()) is None


class TestDeadlines:
    def test_a_project_of_before_has_six_and_twelve_months(self) -> None:
        (case,) = placed(record(Status.INVESTING, absences=NEVER, investment_started_on=BEFORE)).found
        approval, measures = case.deadlines
        assert approval.readings == (date(2026, 12, 31), date(2027, 1, 1))
        assert measures.readings == (date(2027, 6, 30), date(2027, 7, 1))
        assert [one.used for one in case.deadlines] == [date(2026, 12, 31), date(2027, 6, 30)]
        assert [one.days_left for one in case.deadlines] == [39, 220]
        assert all("khoản 1 Điều 39" in one.citation for one in case.deadlines)

    def test_a_kept_level_has_twelve_months(self) -> None:
        result = placed(record(earlier_approval=approved(BEFORE, OLD_BASIS), started_on=AFTER))
        (deadline,) = result.found[0].deadlines
        assert deadline.readings == (date(2027, 6, 30), date(2027, 7, 1))
        assert "khoản 1 Điều 45" in deadline.citation
        assert result.next_deadline == deadline

    @pytest.mark.parametrize(
        ("day", "left", "overdue"),
        [
            (date(2026, 6, 30), 184, False),
            (date(2026, 11, 22), 39, False),
            (date(2026, 12, 31), 0, False),
            (date(2027, 1, 1), -1, True),
            (date(2027, 1, 31), -31, True),
        ],
    )
    def test_days_left_until_overdue(self, day: date, left: int, overdue: bool) -> None:
        result = placed(record(Status.INVESTING, absences=NEVER, investment_started_on=BEFORE), day)
        assert result.next_deadline
        assert result.next_deadline.used == date(2026, 12, 31)
        assert (result.next_deadline.days_left, result.next_deadline.overdue) == (left, overdue)

    def test_an_approval_already_given_leaves_the_measures_only(self) -> None:
        system = record(earlier_approval=approved(AFTER, BOTH_BASES), investment_started_on=BEFORE, started_on=AFTER)
        (case,) = placed(system).found
        assert [one.id for one in case.deadlines] == ["measures-of-project"]
        assert not any(act.classifies for act in case.acts)
        assert not any("Nộp hồ sơ" in step.what for step in case.steps)

    def test_a_project_of_before_approved_on_the_new_decree_keeps_its_twelve_months(self) -> None:
        system = record(earlier_approval=approved(AFTER, NEW_BASIS), investment_started_on=BEFORE, started_on=AFTER)
        (case,) = placed(system).found
        assert [(one.id, one.used) for one in case.deadlines] == [("measures-of-project", date(2027, 6, 30))]
        assert not any(act.classifies for act in case.acts)
        (asked,) = [step for step in case.steps if "hỏi cơ quan thẩm định" in step.what]
        assert "không nói" in asked.uncertain

    def test_a_project_of_before_in_use_but_never_approved_has_six_and_twelve_months(self) -> None:
        (case,) = placed(record(absences=NEVER, investment_started_on=BEFORE, started_on=AFTER)).found
        assert [one.used for one in case.deadlines] == [date(2026, 12, 31), date(2027, 6, 30)]
        assert any(act.classifies and act.regime == OLD for act in case.acts)
        assert not any("hỏi cơ quan thẩm định" in step.what for step in case.steps)

    def test_never_approved_in_operation_has_no_time_to_wait(self) -> None:
        result = placed(record(absences=NEVER, started_on=AFTER))
        assert result.next_deadline is None
        assert "ngay" in result.found[0].statement

    @given(
        begins=st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)),
        months=st.integers(min_value=1, max_value=240),
    )
    def test_two_readings_of_a_month_count(self, begins: date, months: int) -> None:
        earlier, later = month_readings(begins, months)
        assert later - earlier == timedelta(days=1)
        assert (later.year - begins.year) * 12 + later.month - begins.month == months
        last = (later.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        assert later.day == min(begins.day, last.day)


class TestWhatTheCasesSay:
    def test_the_six_cases_and_the_one_outside(self) -> None:
        assert [case.code for case in RULES.cases] == ["A", "B", "C", "D", "E", "F", "N"]
        assert {case.code for case in RULES.cases if case.beside} == {"E", "F"}

    def test_every_statement_carries_article_and_clause(self) -> None:
        for case in RULES.cases:
            citations = [case.citation, *(act.citation for act in case.acts)]
            citations += [*(one.citation for one in case.deadlines), *(step.citation for step in case.steps)]
            for citation in citations:
                assert "Điều " in citation, case.code
                assert "số " in citation, case.code

    def test_what_no_text_settles_is_marked(self) -> None:
        marks = {case.code: case.mark for case in RULES.cases}
        assert marks["C"] is Mark.DERIVED
        assert marks["D"] is Mark.UNSURE
        assert marks["A"] is marks["B"] is Mark.READ
        for case in RULES.cases:
            assert case.mark is Mark.READ or case.uncertain, case.code

    def test_the_regime_of_each_next_act(self) -> None:
        acts = {case.code: [(act.what, act.regime) for act in case.acts] for case in RULES.cases}
        assert acts["A"][0] == ("Cấp độ và quyết định phê duyệt đã có", OLD)
        assert acts["B"][0] == ("Thẩm định, phê duyệt cấp độ", OLD)
        assert {regime for code in "CN" for _, regime in acts[code]} == {NEW}
        for code in "ABCDN":
            measures = [regime for what, regime in acts[code] if what.startswith("Điều kiện, tiêu chuẩn, biện pháp")]
            assert measures == [NEW], code

    def test_only_the_unfinished_project_is_placed_by_the_old_criteria(self) -> None:
        assert [case.code for case in RULES.cases if any(act.classifies for act in case.acts)] == ["B"]

    def test_the_case_beside_comes_last(self) -> None:
        result = placed(used_before(earlier_approval=approved(BEFORE), provider="Công ty A"))
        assert [case.code for case in result.found] == ["A", "E", "F"]

    def test_every_question_asked_has_a_place_to_write_the_answer(self) -> None:
        assert all(one.question.endswith("?") and "cột “" in one.where for one in RULES.asks)


PERIODS = ("before_law", "between", "after_decree")
APPROVALS: tuple[tuple[bool | None, str | None, str | None], ...] = (
    (None, None, None),
    (False, None, None),
    *((True, period, under) for period in (*PERIODS, None) for under in (OLD, NEW, None)),
)
EVERY_HISTORY: tuple[dict[str, FactValue | None], ...] = tuple(
    {
        "status": status,
        "approved_earlier": earlier,
        "earlier_period": period,
        "approved_under": under,
        "started_period": started,
        "in_use_period": in_use,
        "provider_named": provider,
    }
    for status, (earlier, period, under), started, in_use, provider in product(
        (*(one.value for one in Status), None), APPROVALS, (*PERIODS, None), (*PERIODS, None), (True, False)
    )
)
HISTORICAL = ("status", "approved_earlier", "earlier_period", "approved_under", "started_period", "in_use_period")
# Cases that may stand together, and why: an upgrade is an act of its own beside the level the system has (A+B, A+N,
# C+B, C+N, D+N); an approval of the days without a decree stands beside a project that began in or after them (D+N).
TOGETHER = {("A", "B"), ("A", "N"), ("B", "C"), ("C", "N"), ("D", "N")}
OLD_APPROVAL_OF_A_FINISHED_PROJECT = ("B", "N")


def main_codes(facts: Mapping[str, FactValue | None]) -> list[str]:
    return sorted({one.code for one in transition(RULES, facts, DAY).found} & MAIN)


class TestEveryHistory:
    def test_cases_together_are_those_that_may(self) -> None:
        for facts in EVERY_HISTORY:
            for pair in combinations(main_codes(facts), 2):
                if pair == OLD_APPROVAL_OF_A_FINISHED_PROJECT:
                    assert facts["earlier_period"] == "after_decree", facts
                    assert (facts["status"], facts["approved_under"] == OLD) == ("upgrading", False), facts
                elif pair == ("B", "D"):  # a paper of the days without a decree that cites the decree of later
                    assert (facts["earlier_period"], facts["approved_under"]) == ("between", NEW), facts
                else:
                    assert pair in TOGETHER, facts
                if pair in {("A", "B"), ("A", "N"), ("B", "C"), ("C", "N")}:
                    assert facts["status"] == "upgrading", facts

    def test_a_history_told_in_full_has_a_case(self) -> None:
        for facts in EVERY_HISTORY:
            told = all(facts[fact] is not None for fact in ("status", "approved_earlier", "started_period"))
            told = told and (facts["approved_earlier"] is False or None not in facts.values())
            if told and facts["in_use_period"] and facts["status"] != "decommissioned":
                assert main_codes(facts), facts
                assert not transition(RULES, facts, DAY).open, facts

    def test_an_open_case_asks_what_can_be_answered(self) -> None:
        for facts in EVERY_HISTORY:
            for case in transition(RULES, facts, DAY).open:
                assert case.asks, (case.code, facts)
                assert all(facts[asked.fact] is None for asked in case.asks)
                if facts["approved_earlier"] is False:
                    assert not {asked.fact for asked in case.asks} & {"earlier_period", "approved_under"}, facts

    def test_somebody_who_answers_gets_to_the_end(self) -> None:
        """Whatever is asked first, answering only what is asked closes every case."""
        told: dict[str, FactValue] = {
            "approved_earlier": True,
            "earlier_period": "between",
            "approved_under": OLD,
            "status": "operating",
            "started_period": "before_law",
            "in_use_period": "after_decree",
        }
        facts: dict[str, FactValue | None] = dict.fromkeys(HISTORICAL) | {"provider_named": False}
        for _ in HISTORICAL:
            for asked in transition(RULES, facts, DAY).asks:
                facts[asked.fact] = told[asked.fact]
        assert codes(transition(RULES, facts, DAY)) == ("B", "")

    @given(facts=st.sampled_from(EVERY_HISTORY), hidden=st.sets(st.sampled_from(HISTORICAL), min_size=1))
    def test_a_case_is_never_found_for_want_of_an_answer(
        self, facts: dict[str, FactValue | None], hidden: set[str]
    ) -> None:
        less = facts | dict.fromkeys(hidden)
        before = {one.code for one in transition(RULES, facts, DAY).found}
        for case in RULES.cases:
            if case.when.truth(less) and case.code not in before:
                blanks = {leaf.fact for leaf in leaves(case.when) if isinstance(leaf, Unanswered)}
                assert hidden & blanks, case.code

    def test_the_cases_that_look_at_a_blank(self) -> None:
        """Everything else waits for an answer: a new blank-reading case must be argued for here."""
        reading = {
            case.code: {leaf.fact for leaf in leaves(case.when) if isinstance(leaf, Unanswered)} for case in RULES.cases
        }
        assert {code: facts for code, facts in reading.items() if facts} == {
            "B": {"started_period"},
            "C": {"started_period", "in_use_period"},  # blanks give no time to wait
            "D": {"started_period"},
            "N": {"started_period", "in_use_period", "earlier_period"},
        }


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[Workspace]:
    """A project of before, a kept level, one only used, one out of use."""
    owner = Unit(id="ubnd-xa", name="UBND xã Hợp Minh", kind=UnitKind.PEOPLES_COMMITTEE, tier=UnitTier.COMMUNE)
    superior = Unit(id="ubnd-tinh", name="UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE, tier=UnitTier.PROVINCE)
    project = record(Status.INVESTING, absences=NEVER, investment_started_on=BEFORE).model_copy(
        update={"id": "du-an", "facts": {"service_type": ("internal",), "information": ("public",)}}
    )
    kept = record(earlier_approval=approved(BEFORE, OLD_BASIS), started_on=AFTER)
    old = record(Status.DECOMMISSIONED, earlier_approval=approved(BEFORE, OLD_BASIS)).model_copy(update={"id": "cu"})
    used = record(
        Status.INVESTING,
        ownership=Ownership.USED,
        owner_id="ubnd-tinh",
        absences=NEVER,
        investment_started_on=BEFORE,
    ).model_copy(update={"id": "dung-chung"})
    morning = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=7)))
    with create_workspace(tmp_path / "ho-so", by="Văn phòng", now=lambda: morning) as workspace:
        with workspace.act("Nhập") as act:
            for unit in (owner, superior):
                act.put("unit", unit.id, unit.model_dump_json(exclude_defaults=True), 0)
            for system in (project, kept, old, used):
                act.put("system", system.id, system.model_dump_json(exclude_defaults=True), 0)
        yield workspace


def one(workspace: Workspace, system: str, day: date = DAY) -> SystemTransition:
    (found,) = transitions(workspace, (system,), today=day).systems
    return found


class TestStoredSystems:
    def test_all_leaves_out_what_is_out_of_use(self, commune: Workspace) -> None:
        report = transitions(commune, (), today=DAY)
        assert [found.system.id for found in report.systems] == ["du-an", "dung-chung", "mot-cua"]

    def test_a_project_of_before_is_placed_by_the_old_criteria(self, commune: Workspace) -> None:
        found = one(commune, "du-an")
        assert found.old is not None
        assert found.old.level == 1
        assert found.old.decided is (found.old_questions == ())

    def test_a_kept_level_is_not_placed_again(self, commune: Workspace) -> None:
        found = one(commune, "mot-cua")
        assert (found.old, found.old_questions) == (None, ())

    def test_the_owner_sees_to_a_system_only_used(self, commune: Workspace) -> None:
        found = one(commune, "dung-chung")
        assert found.used_only
        assert found.old is None
        assert codes(found.result) == ("B", "")

    def test_the_rules_are_known_before_they_bind(self, commune: Workspace) -> None:
        deadline = one(commune, "du-an", date(2026, 6, 30)).result.next_deadline
        assert deadline
        assert deadline.days_left == 184

    def test_a_regime_that_brings_no_transition_leaves_the_last_one_running(self) -> None:
        newer = REGIMES[-1].model_copy(update={"id": "moi-hon", "in_force_from": date(2030, 1, 1)})
        assert load_past((*REGIMES, newer)).rules == RULES

    def test_a_system_named_twice_is_shown_once(self, commune: Workspace) -> None:
        assert len(transitions(commune, ("du-an", "du-an"), today=DAY).systems) == 1

    def test_an_unknown_system_is_not_found(self, commune: Workspace) -> None:
        with pytest.raises(NotFound, match="du-am"):
            transitions(commune, ("du-am",), today=DAY)

    def test_an_office_without_systems_has_nothing_to_do(self, tmp_path: Path) -> None:
        with create_workspace(tmp_path / "trong", by="Văn phòng") as empty:
            assert transitions(empty, (), today=DAY).systems == ()
