"""A system whose dossier nothing is wrong with, and what pre-flight sees of it once something is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from compliance.adapters.inventory_columns import tables
from compliance.adapters.law import load_preflight, load_regimes, load_register
from compliance.adapters.templates import Form, load_form
from compliance.domain.asking import open_questions
from compliance.domain.assessment import Answer, Result
from compliance.domain.checklist import Checklist
from compliance.domain.circumstance import circumstances
from compliance.domain.citation_grammar import Grammar
from compliance.domain.classification import Classification, Finding, classify
from compliance.domain.dossier import Subject, compose, request
from compliance.domain.evidence import Evidence
from compliance.domain.finding import splitting_findings, system_findings
from compliance.domain.open_point import OpenPoint
from compliance.domain.organization import Unit
from compliance.domain.paper import Paper
from compliance.domain.preflight import Problem
from compliance.domain.preflight_input import Missing, PreflightInput, RoadFacts, typed_texts
from compliance.domain.preflight_level import possible_levels
from compliance.domain.preflight_missing import PLAN, missing_of
from compliance.domain.preflight_run import problems
from compliance.domain.preflight_texts import cited_in, mentioned_in
from compliance.domain.regime_status import regime_on
from compliance.domain.remediation import evidence_gaps
from compliance.domain.risk import Degree
from compliance.domain.system import Connection, Device, Diagram, DiagramKind, Risk, System
from compliance.domain.transition import RunningDeadline
from compliance.services.regimes import ANSWERED, lists_of
from tests.documents.office import COMMITTEE, OFFICE, PROVINCE, SECURITY, STAFF, TODAY

REGIMES = load_regimes()
REGIME = regime_on(TODAY, REGIMES)
REGISTER = load_register()
GRAMMAR = Grammar(REGISTER)
CATALOGUE = load_preflight(REGIME)
TABLES = {table.id: table for table in tables(REGIME.questions)}
OLD_TERMS = tuple(term for law in REGIMES if law.successor == REGIME.id for term in law.terms)
LOGICAL = Diagram(kind=DiagramKind.LOGICAL, file_name="lo-gic.svg", sha256="a" * 64, media_type="image/svg+xml")
PHYSICAL = Diagram(kind=DiagramKind.PHYSICAL, file_name="vat-ly.svg", sha256="b" * 64, media_type="image/svg+xml")


def changed(record: Any, **update: Any) -> Any:
    """A record with other values, unchecked as a stored one may be."""
    return record.model_copy(update=update)


MAYOR = changed(COMMITTEE, representative="Chủ tịch Ủy ban nhân dân")
CHIEF = changed(OFFICE, representative="Chánh Văn phòng")
DEDICATED = changed(SECURITY)
UNITS = {one.id: one for one in (MAYOR, CHIEF, DEDICATED, PROVINCE)}

_RISKS = tuple(
    Risk(
        id=id_,
        threat=threat,
        weakness="Một người giữ mật khẩu quản trị",
        likelihood=Degree.MEDIUM,
        impact="Lộ hồ sơ cán bộ",
        severity=Degree.MEDIUM,
        interest="Quyền, lợi ích hợp pháp của cán bộ",
        treatment="Xác thực hai yếu tố",
        responsible_unit_id="van-phong",
        due=date(2027, 6, 30),
    )
    for id_, threat in (("lo-tk", "Lộ tài khoản quản trị"), ("ma-doc", "Mã độc tống tiền"))
)
SYSTEM: System = changed(
    STAFF,
    regulation=Paper(subject="Quyết định", number="20/QĐ-UBND", issued_on=date(2026, 3, 2), issuer="UBND xã Suối Mẫu"),
    design_document=Paper(subject="Thiết kế", number="11/TK-VP", issued_on=date(2024, 1, 8), issuer="Văn phòng"),
    devices=(*STAFF.devices[:2], changed(STAFF.devices[2], purpose="Máy làm việc của công chức")),
    diagrams=(LOGICAL, PHYSICAL),
    connections=(
        Connection(
            id="bang-tin", other_system_id="bang-tin", other_owner="UBND xã Suối Mẫu", data="Thông báo",
            other_level=2, interdependent=False, influence="Chậm thông báo, không mất hồ sơ",
        ),
    ),
    risks=_RISKS,
    risk_assessed_on=date(2026, 10, 1),
    facts={**STAFF.facts, "subjects_sensitive": 0},
    absences={},
    assumed=(),
)  # fmt: skip
OTHER: System = changed(
    SYSTEM,
    id="bang-tin",
    name="Bảng tin điện tử nội bộ",
    connections=(Connection(id="ve", other_system_id=SYSTEM.id, other_owner="UBND xã Suối Mẫu", interdependent=False),),
)


@lru_cache(maxsize=8)
def level_lists(level: int) -> Mapping[str, Checklist]:
    """The lists of one level."""
    return lists_of(REGIME, level, ANSWERED)


@lru_cache(maxsize=8)
def full_answers(level: int) -> Mapping[str, Answer]:
    """Every requirement of a level met and described."""
    return {
        one.id: Answer(
            system_id=SYSTEM.id,
            requirement_id=one.id,
            checklist_id=checklist.id,
            result=Result.COMPLIANT,
            present_state=f"Đã thực hiện nội dung {one.id}",
            measure=f"Duy trì nội dung {one.id}",
            responsible_unit_id="van-phong",
        )
        for checklist in level_lists(level).values()
        for one in checklist.requirements
    }


FIRST, SECOND, *_ = level_lists(2)["basic"].requirements


@lru_cache(maxsize=16)
def _form(name: str) -> Form:
    return load_form(REGIME.id, name)


@dataclass(frozen=True)
class World:
    """What is recorded; a test changes one thing of it."""

    system: System = SYSTEM
    units: Mapping[str, Unit] = field(default_factory=lambda: UNITS)
    others: tuple[System, ...] = (OTHER,)
    answers: Mapping[str, Answer] | None = None
    answered_level: int | None = 2
    road: RoadFacts = field(default_factory=RoadFacts)
    evidence: Mapping[tuple[str, str], tuple[Evidence, ...]] | None = None
    lost: frozenset[str] = frozenset()
    outdated: tuple[str, ...] = ()
    unreadable: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    points: tuple[OpenPoint, ...] = ()
    deadlines: tuple[RunningDeadline, ...] = ()
    today: date = TODAY

    def of_system(self, **update: Any) -> World:
        """With other values in the record of the system."""
        return replace(self, system=changed(self.system, **update))

    def facts(self, **facts: Any) -> World:
        """With other facts; ``None`` = nobody answered."""
        known = {id_: value for id_, value in {**self.system.facts, **facts}.items() if value is not None}
        return self.of_system(facts=known)

    def of_unit(self, id_: str, **update: Any) -> World:
        """With other values in the record of a unit."""
        return replace(self, units={**self.units, id_: changed(self.units[id_], **update)})

    def answered(self, requirement_id: str = FIRST.id, **update: Any) -> World:
        """With another answer to one requirement."""
        known = self.answers or full_answers(2)
        return replace(self, answers={**known, requirement_id: changed(known[requirement_id], **update)})

    def device(self, at: int, **update: Any) -> World:
        """With other values in one row of the devices."""
        rows: list[Device] = list(self.system.devices)
        rows[at] = changed(rows[at], **update)
        return self.of_system(devices=tuple(rows))

    def zone(self, at: int, **update: Any) -> World:
        """With other values in one row of the zones."""
        rows = list(self.system.zones)
        rows[at] = changed(rows[at], **update)
        return self.of_system(zones=tuple(rows))

    def link(self, **update: Any) -> World:
        """With other values in the only connection."""
        return self.of_system(connections=(changed(self.system.connections[0], **update),))

    def on_road(self, **update: Any) -> World:
        """With something known of the dossier's road."""
        return replace(self, road=changed(self.road, **update))


def seen(world: World) -> PreflightInput:
    """Everything pre-flight looks at, as the service puts it together, without a workspace."""
    system, units = world.system, world.units
    every = {one.id: one for one in (*world.others, system)}
    around = dict(circumstances(system, units, every))
    found = classify(REGIME, system.facts, around)
    level = max(possible_levels(found), default=2)
    answers = full_answers(level) if world.answers is None else world.answers
    own = tuple(units[id_] for id_ in sorted(system.unit_ids) if id_ in units)
    texts = typed_texts(system, own, answers)
    levels = {one.id: _decided(one) for one in every.values()}
    pieces = world.evidence
    return PreflightInput(
        system=system,
        units=units,
        others=every,
        levels={id_: levels[id_] for id_ in {one.other_system_id for one in system.connections} if id_ in levels},
        regime=REGIME,
        classification=found,
        findings=(
            *system_findings(REGIME, system, found),
            *splitting_findings(REGIME, every.values(), levels).get(system.id, ()),
            *world.findings,
        ),
        questions=open_questions(REGIME, system.facts),
        lists=tuple(level_lists(level).values()),
        answers=answers,
        answered_level=world.answered_level if level == 2 else level,
        outdated=world.outdated,
        check_id=f"{system.id}/2026-1",
        gaps=() if pieces is None else evidence_gaps(answers.values(), pieces, world.lost, world.today),
        missing=_missing(world, every, found, level, answers),
        around={**around, **system.facts, "level": found.level},
        points=world.points,
        deadlines=world.deadlines,
        old_terms=OLD_TERMS,
        unreadable=world.unreadable,
        citations=cited_in(texts, REGISTER, GRAMMAR, world.today),
        mentions=mentioned_in(texts, REGISTER),
        register=REGISTER,
        lexicon=CATALOGUE.lexicon,
        tables=TABLES,
        today=world.today,
        road=world.road,
    )


def _decided(one: System) -> int | None:
    found = classify(REGIME, one.facts)
    return found.level if found.decided else None


def _missing(
    world: World, every: Mapping[str, System], found: Classification, level: int, answers: Mapping[str, Answer]
) -> tuple[Missing, ...]:
    authority = REGIME.authority_for(level)
    assert authority is not None
    subject = Subject(
        system=world.system,
        classification=changed(found, level=level, decided=True),
        checklist=level_lists(level)["basic"],
        duties=level_lists(level)["duties"],
        answers=answers,
        around={**circumstances(world.system, world.units, every), **world.system.facts, "level": level},
    )
    dossier_form, request_form = _form(authority.dossier_form), _form(authority.request_form)
    dossier = compose(
        [subject],
        world.units,
        REGIME,
        named={id_: one.name for id_, one in every.items()},
        tables=TABLES,
        wanted=dossier_form.wanted,
        clauses=dossier_form.data.design_clauses,
    )
    wanted = dossier_form.wanted.of(subject.around), request_form.wanted.of(subject.around)
    lacking = missing_of(dossier, wanted[0], request(subject, world.units, REGIME), wanted[1], TABLES)
    return tuple(one for one in lacking if found.decided or one.field != PLAN)


def fired(world: World) -> tuple[Problem, ...]:
    """What pre-flight says of a world."""
    return problems(CATALOGUE, seen(world))


def codes(found: Iterable[Problem]) -> set[str]:
    """The codes that fired."""
    return {one.code for one in found}
