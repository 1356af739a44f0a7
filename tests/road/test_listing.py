"""The list of dossiers: where each stands, what falls due first."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from typer.testing import CliRunner

from compliance.adapters.workspace import Workspace
from compliance.cli.main import app
from compliance.domain.road import Taken
from compliance.services.classifications import classify_all
from compliance.services.dossiers import dossier_states
from compliance.services.roads import status_of, statuses_of
from tests.documents.office import NOTICES, ONE_STOP, OTHERS, STAFF, TODAY, put


def walk(office: Workspace, system_id: str, *steps: str, first: date, level: int = 2) -> None:
    """Steps a day apart, as they would have been recorded."""
    taken = [Taken(number=at, step=step, on=first + timedelta(at - 1), level=level) for at, step in enumerate(steps, 1)]
    put(office, "step", [(f"{system_id}/{one.number:04d}", one) for one in taken])


def listed(office: Workspace, *options: str) -> Any:
    place = ["--workspace", str(office.path), "--today", TODAY.isoformat()]
    result = CliRunner().invoke(app, ["dossiers", "list", *options, *place])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout) if "--json" in options else result.stdout


def test_what_is_overdue_stands_first_then_the_nearest_limit(office: Workspace) -> None:
    walk(office, STAFF.id, "check", "send", first=date(2026, 11, 19))
    walk(office, ONE_STOP.id, "check", "send", first=date(2026, 11, 2))
    walk(office, NOTICES.id, "check", first=date(2026, 11, 2))
    found = listed(office, "--json")
    assert [one["id"] for one in found][:2] == [ONE_STOP.id, STAFF.id]
    late, soon, *rest = found
    assert (late["state"], late["state_label"], late["overdue"]) == ("sent", "Đã gửi thẩm định", True)
    assert late["days_left"] < 0
    assert (soon["state"], soon["due"], soon["overdue"]) == ("sent", "2026-11-30", False)  # 24/11 is a holiday
    assert {one["due"] for one in rest} == {None}
    assert [one["id"] for one in rest] == sorted(one["id"] for one in rest)
    assert next(one for one in rest if one["id"] == NOTICES.id)["state"] == "checked"


def test_the_list_says_the_stage_and_the_days_left(office: Workspace) -> None:
    walk(office, ONE_STOP.id, "check", "send", first=date(2026, 11, 2))
    said = listed(office)
    assert "Trạng thái" in said
    assert "Hạn" in said
    assert "quá hạn" in said
    assert "Đang soạn" in said
    assert f"compliance dossiers status {ONE_STOP.id}" in said


def test_a_dossier_under_way_is_not_offered_to_be_begun(office: Workspace) -> None:
    for system in (STAFF, ONE_STOP, OTHERS):
        walk(office, system.id, "check", first=TODAY)
    assert f"compliance dossiers draft {NOTICES.id}" in listed(office)


def test_a_limit_that_only_turns_back_is_no_limit_of_the_road(office: Workspace) -> None:
    walk(office, STAFF.id, "check", "send", "receive", "approve", first=date(2026, 11, 2))
    state = next(one for one in dossier_states(office, TODAY) if one.classified.system.id == STAFF.id)
    assert state.deadline is None


def test_the_whole_list_reads_as_each_system_alone(office: Workspace) -> None:
    walk(office, STAFF.id, "check", "send", "receive", first=date(2026, 11, 2))
    classified = classify_all(office, TODAY)
    alone = [status_of(office, one, TODAY) for one in classified if one.system.needs_dossier]
    for one, other in zip(statuses_of(office, classified, TODAY), alone, strict=True):
        assert (one.system, one.progress, one.level, one.acts) == (
            other.system,
            other.progress,
            other.level,
            other.acts,
        )
        assert (one.versions, one.units, one.taken) == (other.versions, other.units, other.taken)
