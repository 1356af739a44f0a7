"""What a paper of the road says beyond offices and numbers: the submission it answers, designations, decisive facts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.adapters.workspace import Workspace
from compliance.cli.main import app
from compliance.domain.classification import classify
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.paper import Paper
from compliance.domain.procedure import Procedure
from compliance.domain.regime import Regime
from compliance.domain.road import Taken, walked
from compliance.domain.road_composing import RoadSource, designated_as, road_paper, section_named
from compliance.domain.road_paper import Designation, RoadPaper
from compliance.domain.system import System
from tests.documents.office import STAFF, TODAY, UNITS

SUBMISSION = Paper(number="08/TTr-VP", issued_on=date(2026, 11, 16), issuer="Văn phòng HĐND và UBND xã Suối Mẫu")


def paper(
    regime: Regime, procedure: Procedure, *steps: Taken, step: str = "", level: int = 3, system: System = STAFF
) -> RoadPaper:
    return road_paper(
        RoadSource(
            system=system,
            classification=classify(regime, system.facts),
            level=level,
            units={unit.id: unit for unit in UNITS},
            regime=regime,
            steps=procedure.steps_of(level),
            current=walked(procedure, steps, TODAY).current,
            step=step,
        )
    )


def taken(*steps: str) -> tuple[Taken, ...]:
    return tuple(
        Taken(number=at, step=step, on=date(2026, 11, 16), level=3, paper=SUBMISSION if step == "submit" else None)
        for at, step in enumerate(steps, 1)
    )


@pytest.mark.parametrize("step", ["approve", "refuse"])
def test_a_decision_cites_the_submission_that_asked_for_it(regime: Regime, procedure: Procedure, step: str) -> None:
    steps = taken("check", "send", "receive", "appraise", "submit")
    found = paper(regime, procedure, *steps, step=step).proposal
    assert found.text == "Tờ trình số 08/TTr-VP ngày 16/11/2026 của Văn phòng HĐND và UBND xã Suối Mẫu"


@pytest.mark.parametrize(
    ("steps", "step"),
    [
        (("check", "send", "receive", "appraise"), "approve"),
        (("check", "send", "receive", "appraise", "submit"), "assign_appraiser"),
        (("check", "send", "receive", "appraise", "submit"), ""),
        (("check", "send", "receive", "appraise", "submit", "return", "check", "send", "receive"), "approve"),
    ],
)
def test_a_paper_nobody_submitted_for_cites_no_submission(
    regime: Regime, procedure: Procedure, steps: tuple[str, ...], step: str
) -> None:
    assert paper(regime, procedure, *taken(*steps), step=step).proposal.blank


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Trung tâm Công nghệ thông tin xã Suối Mẫu", (Designation.TECHNOLOGY_UNIT,)),
        ("Phòng Chuyển đổi số", (Designation.TECHNOLOGY_UNIT,)),
        ("Phòng An ninh mạng", (Designation.OWN_UNIT,)),
        ("Phòng Văn hóa - Xã hội xã Suối Mẫu", ()),
        ("Công an xã Suối Mẫu", ()),
        ("Bộ phận chuyên trách về an ninh mạng xã Suối Mẫu", ()),
        ("Tổ chuyển đổi số cộng đồng", ()),
    ],
)
def test_a_unit_is_designated_by_itself_only_where_its_name_leaves_no_choice(
    name: str, expected: tuple[Designation, ...]
) -> None:
    unit = Unit(id="don-vi", name=name, kind=UnitKind.OFFICE, tier=UnitTier.COMMUNE)
    assert designated_as(unit) == expected
    assert section_named(unit).blank == (not name.startswith(("Bộ phận", "Tổ")))


def test_nobody_recorded_is_designated_as_nothing() -> None:
    assert designated_as(None) == ()
    assert section_named(None).blank


def test_each_test_of_importance_names_the_facts_that_decided_it(regime: Regime, procedure: Procedure) -> None:
    facts = {**STAFF.facts, "important_works_command": False, "national_security_field": True, "important_outcomes": ()}
    found = paper(regime, procedure, system=STAFF.model_copy(update={"facts": facts}), level=4)
    lines = dict(zip((test.id for test in regime.importance_tests), found.importance, strict=True))
    question = regime.question("important_works_command")
    assert question is not None
    assert (lines["I1"].met, lines["I1"].facts) == (False, (f"{question.column}: Không",))
    assert (lines["I2"].met, lines["I2"].facts) == (None, ()), "an unanswered question is filled in by hand"
    outcomes = regime.question("important_outcomes")
    assert outcomes is not None
    assert (lines["I3"].met, lines["I3"].facts) == (False, (f"{outcomes.column}: Không có",))
    assert lines["I4"].facts == ("Đề xuất cấp độ 4",)


def test_a_test_that_is_met_names_every_fact_it_took(regime: Regime, procedure: Procedure) -> None:
    choice = next(question for question in regime.questions if question.id == "important_outcomes").choices[0]
    facts = {**STAFF.facts, "national_security_field": True, "important_outcomes": (choice.value,)}
    found = paper(regime, procedure, system=STAFF.model_copy(update={"facts": facts}), level=4)
    assert found.importance[2].met is True
    assert len(found.importance[2].facts) == 2
    assert found.importance[2].facts[1].endswith(f": {choice.label}")


def test_the_note_of_a_form_is_told_to_whoever_prints_it(office: Workspace, tmp_path: Path) -> None:
    place = ["--workspace", str(office.path), "--today", TODAY.isoformat(), "--out", str(tmp_path)]
    form = "quyet-dinh-chi-dinh-chuyen-trach"
    said = CliRunner().invoke(app, ["dossiers", "print", STAFF.id, form, *place])
    assert said.exit_code == 0, said.output
    assert "điểm W03" in " ".join(said.output.split())
    plain = CliRunner().invoke(app, ["dossiers", "print", STAFF.id, form, "--json", *place])
    assert any("điểm W03" in one for one in json.loads(plain.stdout)["remarks"])
    silent = CliRunner().invoke(app, ["dossiers", "print", STAFF.id, "mau-01", "--json", *place])
    assert json.loads(silent.stdout)["remarks"] == []
