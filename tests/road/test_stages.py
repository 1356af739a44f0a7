"""The road of every level: its stages, its limits, its turns back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.adapters.law import load_procedure, load_regimes
from compliance.adapters.working_calendar import working_calendar
from compliance.domain.level import LEVELS
from compliance.domain.procedure import Procedure, Stage
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.domain.road import Progress, Taken, next_acts, standing, walked
from compliance.domain.road_paper import Role
from compliance.domain.road_sequence import sequence_faults
from tests.documents.office import TODAY

START = date(2026, 9, 7)
CALENDAR = working_calendar(START, date(2027, 12, 31))
ROADS = {
    1: ["check", "send", "receive", "appraise", "approve"],
    2: ["check", "send", "receive", "appraise", "approve"],
    3: ["check", "send", "receive", "appraise", "submit", "approve"],
    4: ["check", "request_opinion", "opinion", "send", "receive", "appraise", "submit", "approve"],
    5: ["check", "request_opinion", "opinion", "send", "receive", "appraise", "submit", "approve"],
}
LAW = regime_on(TODAY, load_regimes())
ROAD = load_procedure(LAW)


def taken(level: int, *steps: str, first: date = START, **said: object) -> tuple[Taken, ...]:
    """Steps a day apart; a decision takes effect the day it is signed."""
    return tuple(
        Taken(
            number=at + 1,
            step=step,
            on=first + timedelta(at),
            level=level,
            effective_on=first + timedelta(at) if step == "approve" else None,
            fit=True if step in {"appraise", "opinion"} else None,
        ).model_copy(update=said if at == len(steps) - 1 else {})
        for at, step in enumerate(steps)
    )


def acts(procedure: Procedure, regime: Regime, progress: Progress, level: int, today: date) -> dict[str, object]:
    found = next_acts(procedure, progress, level, authority=regime.authority_for(level), calendar=CALENDAR, today=today)
    return {act.step.id: act.deadline for act in found}


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_walks_its_own_road_to_a_decision_in_force(level: int, procedure: Procedure) -> None:
    steps = taken(level, *ROADS[level])
    stages = [walked(procedure, steps[:at], steps[-1].on).stage for at in range(len(steps) + 1)]
    assert stages[0] is Stage.DRAFT
    assert stages[-1] is Stage.IN_FORCE
    assert len(set(stages)) == len(stages)
    assert list(sequence_faults(procedure, steps, date(2027, 1, 1))) == []


@pytest.mark.parametrize("level", LEVELS)
def test_the_road_waits_for_its_next_step_first(level: int, procedure: Procedure, regime: Regime) -> None:
    steps = taken(level, *ROADS[level])
    for at, step in enumerate(steps):
        progress = walked(procedure, steps[:at], step.on)
        found = next_acts(
            procedure, progress, level, authority=regime.authority_for(level), calendar=CALENDAR, today=step.on
        )
        assert found[0].step.id == step.step


@pytest.mark.parametrize(
    ("level", "step", "by"),
    [
        (2, "approve", Role.SECURITY_UNIT),
        (3, "approve", Role.OWNER),
        (4, "opinion", Role.SECURITY_UNIT),
        (5, "approve", Role.OWNER),
    ],
)
def test_the_authority_of_each_step_follows_the_level(level: int, step: str, by: Role, procedure: Procedure) -> None:
    found = procedure.step(step, level)
    assert found is not None
    assert found.by is by


@pytest.mark.parametrize(
    ("level", "after", "step", "days"),
    [
        (2, ["check", "send", "receive"], "approve", 7),
        (3, ["check", "send", "receive"], "appraise", 15),
        (4, ["check", "request_opinion", "opinion", "send", "receive"], "appraise", 25),
        (3, ["check", "send", "receive", "appraise", "submit"], "approve", 7),
        (3, ["check", "send"], "return", 5),
        (3, ["check", "send", "receive"], "return", 5),
        (2, ["check", "send", "receive"], "refuse", 7),
    ],
)
def test_limits_run_in_working_days_from_the_step_that_starts_them(
    level: int, after: list[str], step: str, days: int
) -> None:
    steps = taken(level, *after)
    found = acts(ROAD, LAW, walked(ROAD, steps, steps[-1].on), level, steps[-1].on)[step]
    assert found is not None
    assert found.limit.days == days  # type: ignore[attr-defined]
    assert found.left == days  # type: ignore[attr-defined]
    assert found.due == CALENDAR.after(steps[-1].on, days)  # type: ignore[attr-defined]


def test_a_limit_past_is_overdue_at_every_reading(procedure: Procedure, regime: Regime) -> None:
    steps = taken(3, "check", "send", "receive")
    late = CALENDAR.after(steps[-1].on, 15) + timedelta(1)
    found = acts(procedure, regime, walked(procedure, steps, late), 3, late)["appraise"]
    assert found.overdue  # type: ignore[attr-defined]
    assert found.left < 0  # type: ignore[attr-defined]


def test_the_appraisal_of_levels_one_and_two_has_no_limit(procedure: Procedure, regime: Regime) -> None:
    steps = taken(2, "check", "send", "receive")
    assert acts(procedure, regime, walked(procedure, steps, steps[-1].on), 2, steps[-1].on)["appraise"] is None


def test_without_a_receipt_the_limit_counts_from_the_day_sent(procedure: Procedure, regime: Regime) -> None:
    steps = taken(3, "check", "send")
    found = acts(procedure, regime, walked(procedure, steps, steps[-1].on), 3, steps[-1].on)["appraise"]
    assert found.since_step == "send"  # type: ignore[attr-defined]


def test_a_dossier_sent_again_starts_its_limits_anew(procedure: Procedure, regime: Regime) -> None:
    steps = taken(3, "check", "send", "receive", "return", "check", "send")
    progress = walked(procedure, steps, steps[-1].on)
    assert progress.stage is Stage.SENT
    found = acts(procedure, regime, progress, 3, steps[-1].on)["appraise"]
    assert found.since == steps[-1].on  # type: ignore[attr-defined]


def test_an_unfavourable_appraisal_sends_the_dossier_back(procedure: Procedure) -> None:
    steps = taken(3, "check", "send", "receive", "appraise", fit=False, reasons=("Thiếu sơ đồ vật lý",))
    assert walked(procedure, steps, steps[-1].on).stage is Stage.RETURNED


def test_a_decision_signed_today_for_next_month_is_not_in_force_yet(procedure: Procedure) -> None:
    steps = taken(2, "check", "send", "approve", effective_on=date(2026, 10, 1))
    assert walked(procedure, steps, date(2026, 9, 30)).stage is Stage.APPROVED
    assert walked(procedure, steps, date(2026, 9, 30)).approval is None
    assert walked(procedure, steps, date(2026, 10, 1)).stage is Stage.IN_FORCE


def test_the_old_decision_holds_until_the_new_one_takes_effect(procedure: Procedure) -> None:
    steps = taken(2, "check", "send", "approve", "reopen", "check", "send", "approve")
    steps = (*steps[:-1], steps[-1].model_copy(update={"effective_on": date(2026, 12, 1)}))
    before, after = walked(procedure, steps, date(2026, 11, 30)), walked(procedure, steps, date(2026, 12, 1))
    assert [one.stage for one in before.rounds] == [Stage.IN_FORCE, Stage.APPROVED]
    assert before.approval is not None
    assert before.approval.number == 3
    assert [one.stage for one in after.rounds] == [Stage.SUPERSEDED, Stage.IN_FORCE]
    assert after.approval is not None
    assert after.approval.number == 7


def test_a_listed_system_of_level_three_walks_the_road_of_level_five(procedure: Procedure, regime: Regime) -> None:
    steps = taken(3, "check", "list")
    progress = walked(procedure, steps, steps[-1].on)
    assert progress.listed
    assert "request_opinion" in acts(procedure, regime, progress, 3, steps[-1].on)
    assert "send" not in acts(procedure, regime, progress, 3, steps[-1].on)


def test_a_step_beside_the_road_is_offered_once(procedure: Procedure, regime: Regime) -> None:
    steps = taken(2, "check", "send", "approve")
    progress = walked(procedure, steps, steps[-1].on)
    assert "report_owner" in acts(procedure, regime, progress, 2, steps[-1].on)
    reported = taken(2, "check", "send", "approve", "report_owner")
    progress = walked(procedure, reported, reported[-1].on)
    assert "report_owner" not in acts(procedure, regime, progress, 2, reported[-1].on)


def test_a_step_taken_back_leaves_the_rest_standing(procedure: Procedure) -> None:
    steps = (*taken(3, "check", "send", "receive"), Taken(number=4, step="receive", on=START, level=3, annuls=3))
    assert [one.step for one in standing(steps)] == ["check", "send"]
    assert walked(procedure, steps, TODAY).stage is Stage.SENT


def test_a_corrected_step_stands_in_its_old_place() -> None:
    steps = (*taken(3, "check", "send", "receive"), Taken(number=4, step="send", on=START, level=3, corrects=2))
    assert [(one.number, one.step, one.on) for one in standing(steps)][1] == (2, "send", START)


def test_the_check_of_a_sequence_names_the_step_that_does_not_fit(procedure: Procedure) -> None:
    steps = (taken(3, "check")[0], *taken(3, "check", "send", "receive")[2:])
    said = list(sequence_faults(procedure, steps, TODAY))
    assert len(said) == 1
    assert "Bước số 3" in said[0]


@settings(max_examples=120)
@given(data=st.data(), level=st.sampled_from(LEVELS))
def test_no_walk_leaves_the_road_or_ends_without_a_way_on(data: st.DataObject, level: int) -> None:
    """Whatever is taken among what is offered, every sequence is allowed and something can always be done."""
    steps: tuple[Taken, ...] = ()
    for at in range(data.draw(st.integers(1, 14))):
        on = START + timedelta(at)
        progress = walked(ROAD, steps, on)
        offered = next_acts(ROAD, progress, level, authority=LAW.authority_for(level), calendar=CALENDAR, today=on)
        assert offered
        step = data.draw(st.sampled_from([act.step for act in offered]))
        fit = data.draw(st.booleans()) if step.id in {"appraise", "opinion"} else None
        effective = on if step.id == "approve" else None
        steps = (*steps, Taken(number=at + 1, step=step.id, on=on, level=level, fit=fit, effective_on=effective))
        assert list(sequence_faults(ROAD, steps, on)) == []
    progress = walked(ROAD, steps, date(2027, 6, 1))
    assert sum(len(one.steps) for one in progress.rounds) == len(steps)
    in_force = [one for one in progress.rounds if one.stage is Stage.IN_FORCE]
    assert len(in_force) <= 1
    assert (progress.approval is not None) == bool(in_force)
