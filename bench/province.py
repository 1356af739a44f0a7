"""A province of communes for measuring: the example commune again and again, with what offices really record."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from compliance.adapters.act import Act
from compliance.adapters.law import data_root, load_regimes
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Frozen
from compliance.domain.duty import Done, Source
from compliance.domain.evidence import Evidence, EvidenceKind, Shelf, Support
from compliance.domain.moment import VIETNAM
from compliance.domain.regime_status import regime_on
from compliance.domain.remediation import Finding, Severity
from compliance.domain.road import Taken
from compliance.domain.system import System
from compliance.services.duties import occurrences
from compliance.services.organizations import units
from compliance.services.regimes import lists_of
from compliance.services.systems import import_inventory, systems

BEGAN = datetime(2026, 9, 7, 9, tzinfo=VIETNAM)
"""When the offices took up the program."""


def province(folder: Path, count: int, today: date) -> Workspace:
    """``count`` systems at levels 1 to 5, of which no two have the same number of persons in their data.

    Of each: a step of its road, two findings with their answers, two pieces of evidence with what they serve; of two in
    three also what fell due since the program was taken up, recorded as done.
    """
    workspace = create_workspace(folder, now=lambda: BEGAN)
    files = sorted((data_root() / "examples" / "xa-hop-minh").glob("*.csv"))
    import_inventory(workspace, files, today=BEGAN.date())
    models = [one for one in systems(workspace) if one.needs_dossier]
    lists = {level: lists_of(regime_on(today, load_regimes()), level)["basic"] for level in range(1, 6)}
    made = [_copy(models[at % len(models)], at, len(models)) for at in range(count - len(systems(workspace)))]
    with workspace.act("bench") as act:
        for commune in range(len(made) // len(models) + 1):
            for unit in units(workspace).values():
                _put(act, "unit", f"{unit.id}-{commune}", unit.model_copy(update={"id": f"{unit.id}-{commune}"}))
        for at, one in enumerate(made):
            _put(act, "system", one.id, one)
            level = at % 5 + 1
            step = Taken(number=1, step="check", on=BEGAN.date(), level=level, office="UBND xã")
            _put(act, "step", f"{one.id}/001", step)
            for order, asked in enumerate(lists[level].requirements[at % 3 : at % 3 + 2]):
                _short(act, one, asked.id, lists[level].id, at * 2 + order)
    _do(workspace, today)
    return workspace


def _copy(model: System, at: int, together: int) -> System:
    commune = at // together
    acting = {name: getattr(model, name) for name in ("owner_id", "operator_id", "security_unit_id", "appraiser_id")}
    facts = {**model.facts, "decided_level": at % 5 + 1, "subjects_basic": 100 + at}
    names = {name: f"{unit}-{commune}" for name, unit in acting.items() if unit}
    return model.model_copy(update={"id": f"{model.id}-{at}", "facts": facts, **names})


def _short(act: Act, one: System, requirement: str, checklist: str, number: int) -> None:
    """A requirement that is not met, with the day it will be and a piece of evidence that ends."""
    due = BEGAN.date() + timedelta(days=30 + number % 300)
    said: dict[str, Any] = {"system_id": one.id, "requirement_id": requirement, "checklist_id": checklist}
    place = f"{one.id}/{requirement}"
    piece = f"mc-2026-{number:05}"
    _put(act, "finding", place, Finding(**said, severity=Severity.MEDIUM, opened_on=BEGAN.date()))
    answer = Answer(
        **said, result=Result.PARTIALLY_COMPLIANT, present_state="Mới có một phần", measure="Bổ sung", due=due
    )
    _put(act, "answer", place, answer)
    shelf = Shelf(cabinet="2", folder="An ninh mạng", number="12/QĐ-UBND")
    kept = Evidence(
        id=piece, kind=EvidenceKind.PAPER, title="Quyết định", filed_on=BEGAN.date(), shelf=shelf, valid_until=due
    )
    _put(act, "evidence", piece, kept)
    support = Support(system_id=one.id, requirement_id=requirement, evidence_id=piece)
    _put(act, "support", f"{place}/{piece}", support)


def _do(workspace: Workspace, today: date) -> None:
    """Record as done what fell due at two systems of three."""
    fallen = [
        one
        for one in occurrences(workspace, BEGAN.date(), today - timedelta(days=1), today)
        if one.row.source is Source.STANDARD and sum(map(ord, one.row.system_id)) % 3
    ]
    with workspace.act("bench") as act:
        for one in fallen:
            row = one.row
            done = Done(
                duty_id=row.id, due=one.due, on=one.due, what=row.what, citation=row.citation, level=row.level, by="VP"
            )
            _put(act, "duty", done.id, done)


def _put(act: Act, kind: str, id_: str, record: Frozen) -> None:
    act.put(kind, id_, record.model_dump_json(exclude_defaults=True), 0)
