"""Recording at the keyboard: the program asks for what a step still needs, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.adapters.workspace import Workspace
from compliance.cli import roads
from compliance.cli.main import app
from compliance.domain.procedure import Ask
from compliance.services import road_acts
from compliance.services.road_acts import still_asked
from compliance.services.road_saying import Said
from compliance.services.roads import steps_of
from tests.documents.office import STAFF, TODAY


@pytest.fixture
def keyboard(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Somebody sits at the terminal; the checks find nothing."""
    monkeypatch.setattr(road_acts, "blocking", lambda *_: [])
    monkeypatch.setattr(roads, "on_terminal", lambda: True)
    return office


def typed(office: Workspace, step: str, *options: str, answers: str = "") -> str:
    said = ["dossiers", "record", STAFF.id, step, "--on", "09/11/2026", "--today", "2026-11-22", *options]
    result = CliRunner().invoke(app, [*said, "--workspace", str(office.path)], input=answers)
    return result.output


def test_a_step_that_needs_nothing_asks_nothing(keyboard: Workspace) -> None:
    assert "Đã ghi bước số 1" in typed(keyboard, "check")


def test_a_missing_number_is_asked_for(keyboard: Workspace) -> None:
    typed(keyboard, "check")
    said = typed(keyboard, "send", answers="12/VP\n")
    assert "Số, ký hiệu văn bản" in said
    paper = steps_of(keyboard, STAFF.id)[-1].paper
    assert paper is not None
    assert paper.number == "12/VP"


def test_what_was_said_is_not_asked_again(keyboard: Workspace) -> None:
    typed(keyboard, "check")
    assert "Số, ký hiệu văn bản:" not in typed(keyboard, "send", "--number", "12/VP")


def test_reasons_are_asked_line_by_line(keyboard: Workspace) -> None:
    typed(keyboard, "check")
    typed(keyboard, "send", "--number", "12/VP")
    typed(keyboard, "return", answers="Thiếu sơ đồ vật lý\nĐịa chỉ chưa thống nhất\n\n")
    assert steps_of(keyboard, STAFF.id)[-1].reasons == ("Thiếu sơ đồ vật lý", "Địa chỉ chưa thống nhất")


def test_a_conclusion_is_asked_and_its_reasons_after_it(keyboard: Workspace) -> None:
    typed(keyboard, "check")
    typed(keyboard, "send", "--number", "12/VP")
    typed(keyboard, "appraise", answers="n\nCấp độ thấp hơn tiêu chí\n\n")
    last = steps_of(keyboard, STAFF.id)[-1]
    assert last.fit is False
    assert last.reasons == ("Cấp độ thấp hơn tiêu chí",)


def test_an_answer_left_empty_is_refused_in_words(keyboard: Workspace) -> None:
    typed(keyboard, "check")
    assert "phải ghi số, ký hiệu văn bản" in typed(keyboard, "send", answers="\n")
    assert len(steps_of(keyboard, STAFF.id)) == 1


def test_nothing_is_asked_for_a_step_that_cannot_be_taken(keyboard: Workspace) -> None:
    assert still_asked(keyboard, STAFF.id, "approve", Said(on=TODAY), today=TODAY) == ()
    typed(keyboard, "check")
    assert still_asked(keyboard, STAFF.id, "send", Said(on=TODAY), today=TODAY) == (Ask.NUMBER,)


def test_a_program_is_never_asked(office: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(road_acts, "blocking", lambda *_: [])
    typed(office, "check")
    assert "phải ghi số, ký hiệu văn bản" in typed(office, "send", answers="12/VP\n")
