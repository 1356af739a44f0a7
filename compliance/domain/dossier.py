"""The dossier of systems of one owner (hồ sơ đề xuất cấp độ, Đ21, 22), as plain printable data.

What the higher levels add (Đ22.5, 30.5, 30.8, 30.9), the dossier form says; a part is there where its content is asked.

Nothing here is invented: what nobody answered stays a blank of its own kind and is listed by :attr:`Dossier.missing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from compliance.domain.assessment import Answer
from compliance.domain.authority import Authority
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist
from compliance.domain.classification import Classification, Finding, ImportanceTestResult
from compliance.domain.column import Table
from compliance.domain.design_clause import ClauseSection, DesignClause, clause_sections
from compliance.domain.detailed_risk import CONTINUITY, PUBLIC_IMPACT, DetailedRisk, detailed_risk
from compliance.domain.missing import MissingItem, Severity, Wanted, blanks, unanswered, where
from compliance.domain.organization import Unit
from compliance.domain.overview import Overview, UnitBlock, Units, overview, unit_block, unit_name
from compliance.domain.plan import PlanSection, duty_section, plan
from compliance.domain.printed import Record, Value, value
from compliance.domain.rationale import Rationale, rationale
from compliance.domain.regime import Regime
from compliance.domain.system import Connection, FactValue, System


class Subject(Frozen):
    """Everything one system brings to the dossier; ``answers`` by requirement id.

    ``around`` is everything a point the law leaves open may ask about: facts, circumstances, level, history.
    ``linked`` are connections to the system that only the other end recorded; ``design_duties`` the duties whose
    answers the clauses on its design print, whatever level's list they stand in.
    """

    system: System
    classification: Classification
    findings: tuple[Finding, ...] = ()
    checklist: Checklist
    duties: Checklist
    answers: Mapping[str, Answer]
    around: Mapping[str, FactValue | None] = Field(default_factory=dict)
    linked: tuple[Connection, ...] = ()
    design_duties: frozenset[str] = frozenset()

    @property
    def level(self) -> int:
        """The decided level.

        Raises:
            ValueError: the level is not decided; callers refuse before they compose.
        """
        if self.classification.level is None or not self.classification.decided:
            raise ValueError(f"level of {self.system.id} is undecided")
        return self.classification.level


class Letterhead(Frozen):
    """What a paper's head and foot say of the body that issues it; empty strings are printed as blanks."""

    parent: str
    agency: str
    symbol: str
    place: str
    signs_as: tuple[str, ...]
    signer: str

    def of_kind(self, kind_code: str) -> Letterhead:
        """The head of a named kind of paper: its abbreviation (QĐ, TTr, BC) before the agency's symbol."""
        return self.model_copy(update={"symbol": f"{kind_code}-{self.symbol or '.' * 8}"})


class SystemSection(Frozen):
    """One system in the three parts of the dossier.

    ``demanded`` are the fields the text demands of this very system; ``detailed_risk`` is ``None`` where none is asked.
    """

    id: str
    name: Value
    operator: Value
    level: int
    overview: Overview
    rationale: Rationale
    plan: tuple[PlanSection, ...]
    duties: PlanSection
    demanded: tuple[str, ...] = ()
    detailed_risk: DetailedRisk | None = None
    design: tuple[ClauseSection, ...] = ()


class Dossier(Frozen):
    """The dossier as printed: one owner, one or more systems, highest level first."""

    letterhead: Letterhead
    owner: UnitBlock
    operators: tuple[UnitBlock, ...]
    systems: tuple[SystemSection, ...]
    grounds: tuple[str, ...]
    missing: tuple[MissingItem, ...]


class Request(Frozen):
    """The request that files a dossier: one per system, since the form names one (Đ20.1.b-c).

    Which unit it addresses is for the form to say: ``security_unit``, the owner's dedicated unit, or ``appraiser``,
    whoever appraises. ``important``: whether a test of importance to national security holds, ``None`` while open;
    ``open_facts`` are the unanswered facts that keep it open.
    """

    letterhead: Letterhead
    security_unit: Value
    appraiser: Value
    requester: Value
    system_name: str
    operator: Value
    address: Value
    level: int
    important: bool | None
    open_facts: tuple[Value, ...]
    grounds: tuple[str, ...]


def letterhead(unit: Unit | None) -> Letterhead:
    """Head and foot of the papers a unit issues."""
    if unit is None:
        return Letterhead(parent="", agency="", symbol="", place="", signs_as=(), signer="")
    parent, agency = unit.agency_lines
    return Letterhead(
        parent=parent,
        agency=agency,
        symbol=unit.symbol,
        place=unit.place,
        signs_as=unit.signs_as,
        signer=unit.representative,
    )


def grounds_of(regime: Regime) -> tuple[str, ...]:
    """The legal grounds in the regime's order, bare: the layout adds the opening word and the closing marks."""
    return tuple(one.grounds_line.rstrip(" ;.") for one in regime.instruments if one.grounds_line)


def compose(
    subjects: Sequence[Subject],
    units: Units,
    regime: Regime,
    *,
    named: Mapping[str, str],
    tables: Mapping[str, Table],
    wanted: Wanted,
    clauses: Sequence[DesignClause] = (),
) -> Dossier:
    """Put the dossier together.

    Args:
        subjects: systems of one owner, each with a decided level.
        units: every unit the systems name.
        regime: the law in force.
        named: the names of recorded systems by id, for connections.
        tables: the inventory's tables by id, for choice labels and for saying where a blank is filled in.
        wanted: the labels and demands of the dossier form.
        clauses: what the form says the design of some systems must meet.
    """
    ordered = sorted(subjects, key=lambda one: (-one.level, one.system.id))
    page = _Page(units, regime, tables, named, wanted, tuple(clauses))
    sections = tuple(_section(one, page) for one in ordered)
    systems = [one.system for one in ordered]
    owner = unit_block("owner", units.get(systems[0].owner_id))
    operators = tuple(_operators(systems, units))
    issuer = _issuer(systems, units)
    return Dossier(
        letterhead=letterhead(issuer),
        owner=owner,
        operators=operators,
        systems=sections,
        grounds=grounds_of(regime),
        missing=(
            *blanks(issuer.name if issuer else "", _heading_values(issuer), tables, wanted),
            *_missing(ordered, sections, (owner, *operators), tables, wanted),
        ),
    )


def request(subject: Subject, units: Units, regime: Regime) -> Request:
    """The request of one system, from its operator to whoever appraises it (Đ18, 20.1)."""
    system, importance = subject.system, subject.classification.importance
    operator = units.get(system.operator_id or "")
    record = Record("systems", system.absences, system.assumed)
    address, open_facts = request_values(system, subject.classification, units, regime)
    return Request(
        letterhead=letterhead(operator),
        security_unit=_unit_value(record, "security_unit_id", units, system.security_unit_id),
        appraiser=_appraiser(system, record, units, regime.authority_for(subject.level)),
        requester=_unit_value(record, "operator_id", units, system.operator_id),
        system_name=system.name,
        operator=_unit_value(record, "operator_id", units, system.operator_id),
        address=address,
        level=subject.level,
        important=importance.truth,
        open_facts=open_facts,
        grounds=grounds_of(regime),
    )


def request_values(
    system: System, classification: Classification, units: Units, regime: Regime
) -> tuple[Value, tuple[Value, ...]]:
    """The operator's address, and the facts that still keep open whether the system is an important one."""
    record = Record("systems", system.absences, system.assumed)
    entries = unit_block("operator", units.get(system.operator_id or "")).entries
    address = next(one for one in entries if one.field == "operator.address")
    importance = classification.importance
    return address, () if importance.truth else tuple(_unanswered(record, system, importance.open, regime))


def _appraiser(system: System, record: Record, units: Units, authority: Authority | None) -> Value:
    """The appraiser on record, else whom the law names, unless the owner's own unit runs the system itself (Đ18.4)."""
    if system.appraiser_id is None and authority is not None and authority.appraiser_name:
        return value("systems.appraiser_id", authority.appraiser_name)
    runs_it = system.security_unit_id is not None and system.security_unit_id == system.operator_id
    if system.appraiser_id is not None or runs_it:
        return _unit_value(record, "appraiser_id", units, system.appraiser_id)
    return _unit_value(record, "security_unit_id", units, system.security_unit_id)


def _unanswered(
    record: Record, system: System, tests: Iterable[ImportanceTestResult], regime: Regime
) -> Iterable[Value]:
    """The facts the open tests still wait for, but for those that hang on another answer."""
    for fact in dict.fromkeys(fact for test in tests for fact in test.facts):
        question = regime.question(fact)
        if question is None or question.ask_when is None or question.ask_when.truth(system.facts):
            yield record.value(fact, None)


def _heading_values(issuer: Unit | None) -> tuple[Value, ...]:
    """What the head and foot of the papers need of the unit that issues them."""
    if issuer is None:
        return ()
    record = Record("units", issuer.absences, issuer.assumed)
    return tuple(record.value(name, getattr(issuer, name)) for name in ("symbol", "place", "signs_as"))


def _unit_value(record: Record, field: str, units: Units, identifier: str | None) -> Value:
    return record.value(field, unit_name(units, identifier))


def _issuer(systems: Sequence[System], units: Units) -> Unit | None:
    """The common operator files the dossier (Đ20.1.b); with several operators the owner's head stands on it."""
    operators = {system.operator_id for system in systems}
    only = operators.pop() if len(operators) == 1 else systems[0].owner_id
    return units.get(only or "")


def _operators(systems: Sequence[System], units: Units) -> Iterable[UnitBlock]:
    for identifier in dict.fromkeys(system.operator_id for system in systems):
        names = tuple(system.name for system in systems if system.operator_id == identifier)
        yield unit_block("operator", units.get(identifier or ""), names)


@dataclass(frozen=True)
class _Page:
    """What every system of one dossier is composed with."""

    units: Units
    regime: Regime
    tables: Mapping[str, Table]
    named: Mapping[str, str]
    wanted: Wanted
    clauses: tuple[DesignClause, ...]


def _section(subject: Subject, page: _Page) -> SystemSection:
    system, units, tables = subject.system, page.units, page.tables
    record = Record("systems", system.absences, system.assumed)
    demanded = tuple(page.wanted.of(subject.around).demands)
    view = overview(system, units, tables, page.named)
    detailed = detailed_risk(system, subject.linked, units, tables, page.named, continuity_asked=CONTINUITY in demanded)
    return SystemSection(
        id=system.id,
        name=record.value("name", system.name),
        operator=_unit_value(record, "operator_id", units, system.operator_id),
        level=subject.level,
        overview=view,
        rationale=rationale(system, subject.classification, page.regime, tables, units),
        plan=plan(subject.checklist, subject.answers, units, page.regime),
        duties=duty_section(subject.duties, subject.answers, units),
        demanded=demanded,
        detailed_risk=detailed if PUBLIC_IMPACT in demanded else None,
        design=clause_sections(
            page.clauses,
            subject.around,
            duties=subject.duties,
            answers=subject.answers,
            units=units,
            recorded=view.particulars,
        ),
    )


def _missing(
    subjects: Sequence[Subject],
    sections: Sequence[SystemSection],
    blocks: Sequence[UnitBlock],
    tables: Mapping[str, Table],
    wanted: Wanted,
) -> Iterable[MissingItem]:
    """Units first, then each system from overview to plan, then the remarks its checks left."""
    for block in blocks:
        yield from blanks(block.name or "; ".join(block.systems), block, tables, wanted)
    for subject, section in zip(subjects, sections, strict=True):
        name = subject.system.name
        parts = (section.name, section.operator, section.overview, section.rationale, section.detailed_risk)
        yield from blanks(name, parts, tables, wanted.of(subject.around))
        yield from unanswered(name, (*section.plan, section.duties), tables, wanted)
        yield from _unanswered_points(name, section.design, tables)
        for finding in subject.findings:
            yield MissingItem(
                of=name,
                what=finding.message,
                where_to_fill="",
                citation=finding.citation,
                severity=Severity.REMARK,
            )


def _unanswered_points(
    name: str, design: Iterable[ClauseSection], tables: Mapping[str, Table]
) -> Iterable[MissingItem]:
    """Points of the design nobody answered; those the plan's own table lists are counted there."""
    for clause in design:
        for one in clause.rows:
            if one.result.blank and not one.listed:
                yield MissingItem(
                    of=name,
                    what=f"{clause.heading}: {one.text}",
                    where_to_fill=f"{where(one.result.field, tables)}, yêu cầu {one.result.subject}",
                    citation=clause.citation,
                    severity=Severity.REQUIRED,
                )
