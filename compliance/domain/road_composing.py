"""Composing a paper of the road from what is recorded: offices, papers cited, conclusions, limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from compliance.domain.classification import Classification
from compliance.domain.condition import deciding_facts
from compliance.domain.dossier import grounds_of, letterhead, request_values
from compliance.domain.organization import Unit, UnitKind
from compliance.domain.overview import unit_name
from compliance.domain.printed import Record, Standing, Value, value
from compliance.domain.procedure import RoadStep, Stage
from compliance.domain.rationale import fact_lines
from compliance.domain.regime import ImportanceTest, Regime
from compliance.domain.road import Deadline, Round
from compliance.domain.road_paper import (
    AppraisalWay,
    Designation,
    FiledPaper,
    ImportanceLine,
    RoadPaper,
    Role,
)
from compliance.domain.system import Hosting, System
from compliance.domain.wording import date_text, folded

_COLLECTIVE = "TM."
_FOR_THE_HEAD = "KT."
_SUBMIT, _SUBMISSION = "submit", "Tờ trình"
_SECTIONS = ("bo phan ", "to ")
_TECHNOLOGY = ("cong nghe thong tin", "chuyen doi so")
_SECURITY = "an ninh mang"
_LIMITS = {"reply_days": "reply", "appraisal_days": "appraise", "approval_days": "approve"}


@dataclass(frozen=True)
class RoadSource:
    """Everything a paper of the road rests on.

    ``kind_code``, ``issuer``, ``addressee`` and ``step`` are what its form says; ``steps`` are those of the level;
    ``deadlines`` the limits that run, by the step they end with; ``filed`` the papers of the dossier. ``road`` is the
    level whose road it walks, where that is another (a system on the list of important ones).
    """

    system: System
    classification: Classification
    level: int
    units: Mapping[str, Unit]
    regime: Regime
    steps: Sequence[RoadStep]
    current: Round
    kind_code: str = ""
    issuer: Role | None = None
    addressee: Role | None = None
    step: str = ""
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    filed: tuple[FiledPaper, ...] = ()
    road: int = 0


def road_paper(source: RoadSource) -> RoadPaper:
    """The paper as its form prints it; what nobody recorded stays blank."""
    system, regime = source.system, source.regime
    record = Record("systems", system.absences, system.assumed)
    ids = role_ids(system, source.road or source.level, regime, source.current)
    issuer = source.units.get(ids[source.issuer] or "") if source.issuer else None
    head = letterhead(issuer)
    taken = source.current.last(source.step) if source.step else None
    importance = source.classification.importance
    address, open_facts = request_values(system, source.classification, source.units, regime)
    return RoadPaper(
        letterhead=head.of_kind(source.kind_code) if source.kind_code else head,
        issuer=_role_value(source, ids, source.issuer),
        addressee=_role_value(source, ids, source.addressee),
        owner=_role_value(source, ids, Role.OWNER),
        operator=_role_value(source, ids, Role.OPERATOR),
        security_unit=_role_value(source, ids, Role.SECURITY_UNIT),
        appraiser=_role_value(source, ids, Role.APPRAISER),
        requester=_role_value(source, ids, Role.OPERATOR),
        address=address,
        deciding=deciding_line(issuer),
        system_id=system.id,
        system_name=system.name,
        level=source.level,
        important=importance.truth,
        open_facts=open_facts,
        grounds=grounds_of(regime),
        standard=value("road.standard", regime.standard_name),
        technical_regulation=Value(field="road.technical_regulation", standing=Standing.UNANSWERED),
        regulation=record.value("regulation", system.regulation),
        cited={step.id: _cited(step.id, source.current) for step in source.steps},
        fit=taken.fit if taken else None,
        reasons=taken.reasons if taken else (),
        enclosed=tuple(one.title for one in source.filed),
        powers=_powers(issuer),
        proposal=_proposal(source),
        designated=designated_as(source.units.get(system.security_unit_id or "")),
        section=section_named(source.units.get(system.security_unit_id or "")),
        hired=True if system.hosting in {Hosting.HIRED_DATA_CENTRE, Hosting.CLOUD} and system.provider else None,
        contract=record.value("operator_document", system.operator_document),
        appraisal_way=_appraisal_way(source),
        filed=source.filed,
        importance=tuple(_importance(source)),
        received_on=_received(source.current),
        due={
            _LIMITS[step.limit]: value(f"road.due.{step.limit}", date_text(source.deadlines[step.id].due))
            for step in source.steps
            if step.limit in _LIMITS and step.id in source.deadlines
        },
    )


def role_ids(system: System, level: int, regime: Regime, current: Round) -> dict[Role, str | None]:
    """Which recorded unit plays each role; the appraiser is whoever was assigned, else recorded, else the law's."""
    authority = regime.authority_for(level)
    own = system.security_unit_id if authority is not None and authority.own_appraiser else None
    return {
        Role.OWNER: system.owner_id,
        Role.OPERATOR: system.operator_id,
        Role.SECURITY_UNIT: system.security_unit_id,
        Role.APPRAISER: current.assigned or system.appraiser_id or own,
    }


def deciding_line(unit: Unit | None) -> Value:
    """The line of authority of a decision: the body where it signs collectively, else the office of its head."""
    lines = [line.upper().strip() for line in unit.signs_as] if unit else []
    if unit is None or not lines:
        return Value(field="units.signs_as", standing=Standing.UNANSWERED)
    name = unit.name.upper()
    if lines[0].startswith(_COLLECTIVE):
        return value("units.signs_as", name)
    return value("units.signs_as", _joined(lines[0].removeprefix(_FOR_THE_HEAD).strip(), name))


def _joined(office: str, body: str) -> str:
    """``CHÁNH VĂN PHÒNG`` and ``VĂN PHÒNG HĐND …`` share words; they are said once."""
    head, tail = office.split(), body.split()
    shared = next((count for count in range(len(tail), 0, -1) if head[-count:] == tail[:count]), 0)
    return " ".join((*head, *tail[shared:]))


def _role_value(source: RoadSource, ids: Mapping[Role, str | None], role: Role | None) -> Value:
    if role is None:
        return Value(field="road.office", standing=Standing.UNANSWERED)
    record = Record("systems", source.system.absences, source.system.assumed)
    unit_id = ids[role]
    if unit_id is None and role is Role.APPRAISER:
        authority = source.regime.authority_for(source.road or source.level)
        if authority is not None and authority.appraiser_name:
            return value("systems.appraiser_id", authority.appraiser_name)
    return record.value(f"{role.value}_id", unit_name(source.units, unit_id))


def _cited(step_id: str, current: Round) -> Value:
    taken = current.last(step_id)
    return value(f"road.{step_id}", taken.paper if taken else None)


def _proposal(source: RoadSource) -> Value:
    """The submission a decision answers: only a step that is taken on a submission has one."""
    step = next((one for one in source.steps if one.id == source.step), None)
    asked = source.current.since_turned(_SUBMIT) if step is not None and Stage.SUBMITTED in step.starts else None
    paper = asked.paper if asked else None
    return value("road.proposal", f"{_SUBMISSION} {paper.text}" if paper else None)


def designated_as(unit: Unit | None) -> tuple[Designation, ...]:
    """What a unit can only be designated as, by its name; empty where the name leaves the choice to the owner."""
    name = folded(unit.name) if unit else ""
    if not name or name.startswith(_SECTIONS):
        return ()
    if any(words in name for words in _TECHNOLOGY):
        return (Designation.TECHNOLOGY_UNIT,)
    return (Designation.OWN_UNIT,) if _SECURITY in name else ()


def section_named(unit: Unit | None) -> Value:
    """The section to be designated, where the recorded unit is one inside another by its name."""
    section = unit is not None and folded(unit.name).startswith(_SECTIONS)
    return value("road.section", unit.name if unit and section else None)


def _powers(issuer: Unit | None) -> Value:
    if issuer is None:
        return Value(field="units.functions", standing=Standing.UNANSWERED)
    return Record("units", issuer.absences, issuer.assumed).value("functions", issuer.functions)


def _appraisal_way(source: RoadSource) -> AppraisalWay | None:
    unit = source.units.get(source.current.assigned or "")
    if unit is None:
        return None
    return AppraisalWay.COUNCIL if unit.kind is UnitKind.COUNCIL else AppraisalWay.SUBORDINATE


def _importance(source: RoadSource) -> Iterable[ImportanceLine]:
    found = source.classification.importance
    for test in source.regime.importance_tests:
        yield ImportanceLine(
            citation=test.citation,
            statement=test.statement,
            met=found.outcome(test.id),
            facts=tuple(_importance_facts(test, source)),
        )


def _importance_facts(test: ImportanceTest, source: RoadSource) -> Iterable[str]:
    """What decided a test, in words; an unanswered question is left to be filled in by hand."""
    if test.when is None:
        yield f"Đề xuất cấp độ {source.level}"
        return
    facts = source.system.facts
    known = [fact for fact in deciding_facts(test.when, facts) if facts.get(fact) is not None]
    yield from (f"{one.label}: {one.text}" for one in fact_lines(known, source.system, source.regime))


def _received(current: Round) -> Value:
    taken = current.since_turned("receive")
    return value("road.received_on", date_text(taken.on) if taken else None)
