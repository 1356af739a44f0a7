"""Records saved by earlier versions load for ever; a new shape gets a new file in the corpus, old ones stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliance.domain.assessment import Answer, Assessed, Assessment
from compliance.domain.assignment import Assignment, Contract, Custody
from compliance.domain.blank import Frozen
from compliance.domain.calendar_export import CalendarExport
from compliance.domain.duty import Cadency, Done
from compliance.domain.enclosure import Enclosure
from compliance.domain.evidence import Evidence, Support
from compliance.domain.expectation import Expectation
from compliance.domain.incident import Contact, Incident, Notice
from compliance.domain.inheritance import Reliance
from compliance.domain.morning import Morning
from compliance.domain.organization import Unit
from compliance.domain.remediation import Finding
from compliance.domain.report import Issued
from compliance.domain.road import Taken
from compliance.domain.system import System

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.json"))
MODELS: dict[str, type[Frozen]] = {
    "unit": Unit,
    "system": System,
    "answer": Answer,
    "assessment": Assessment,
    "assessed": Assessed,
    "reliance": Reliance,
    "evidence": Evidence,
    "support": Support,
    "finding": Finding,
    "morning": Morning,
    "step": Taken,
    "enclosure": Enclosure,
    "incident": Incident,
    "notice": Notice,
    "contact": Contact,
    "assignment": Assignment,
    "custody": Custody,
    "contract": Contract,
    "report": Issued,
    "expectation": Expectation,
    "calendar": CalendarExport,
    "duty": Done,
    "cadence": Cadency,
}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_an_old_record_still_loads_with_every_value(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    record = MODELS[path.stem.partition("-")[0]].model_validate_json(text)
    assert json.loads(record.model_dump_json(exclude_unset=True)) == json.loads(text)


def test_the_corpus_covers_every_kind() -> None:
    assert {path.stem.partition("-")[0] for path in CORPUS} == set(MODELS)
