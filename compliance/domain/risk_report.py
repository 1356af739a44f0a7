"""The risk-assessment report of a system (Đ10.3 a-g), with what levels 4 and 5 add (Đ22.5), as plain printable data.

Nothing is weighed that nobody weighed: what was not recorded stays a blank and is listed by :attr:`RiskReport.missing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import Field

from compliance.domain.answering import fact_text
from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.classification import Classification
from compliance.domain.detailed_risk import CONTINUITY, PUBLIC_IMPACT, DetailedRisk, detailed_risk, threat_row
from compliance.domain.dossier import Letterhead, grounds_of, letterhead
from compliance.domain.finding_row import FindingRow
from compliance.domain.missing import MissingItem, Wanted, blanks
from compliance.domain.overview import Row, Tables, Units, choice_label, row, unit_name
from compliance.domain.printed import Record, Value
from compliance.domain.rationale import risk_notes
from compliance.domain.regime import Regime
from compliance.domain.risk import Degree, Rank
from compliance.domain.risk_matrix import MatrixLine, matrix, unweighed
from compliance.domain.system import Connection, Device, FactValue, Service, System
from compliance.domain.wording import date_text

_INFORMATION = "information"


class KnownWeakness(Frozen):
    """A requirement that falls short, as the plan of measures names it; ``finding`` says where its remedy stands."""

    number: int
    clause: str
    statement: str
    result: str
    present_state: str
    measure: str
    unit: str
    due: str
    finding: str


class Coverage(Frozen):
    """How far the requirements of the level were looked at, so that a short list of weaknesses deceives nobody."""

    total: int
    answered: int
    short: int


class LevelResult(Frozen):
    """What the assessment comes to against the level (Đ10.5).

    ``approved`` is the level approved before, ``criteria`` the one the criteria give without the risk rule;
    ``verdict`` is ``unassessed``, ``no_level``, ``higher``, ``equal`` or ``lower``.
    """

    risk_level: Value
    approved: int | None
    approved_by: str
    criteria: int | None
    decided: bool
    verdict: str


class RiskReport(Frozen):
    """The report as printed; a list without rows carries its ``…_blank`` instead.

    ``assets`` stand in order of importance, those nobody ranked last. ``unweighed`` are the numbers of the risks that
    the matrix cannot show. ``known`` is ``None`` while the level, hence its list of requirements, is not known.
    """

    letterhead: Letterhead
    issuer: str
    system_name: str
    level: int | None
    grounds: tuple[str, ...]
    general: tuple[Value, ...]
    critical_assets: Value
    assets: tuple[Row, ...]
    assets_blank: Value | None
    information: tuple[Value, ...]
    risks: tuple[Row, ...]
    risks_blank: Value | None
    matrix: tuple[MatrixLine, ...]
    severities: tuple[str, ...]
    unweighed: str
    harm_rationale: Value
    capacity: Value
    coverage: Coverage | None
    weaknesses: tuple[KnownWeakness, ...]
    communication: Value
    result: LevelResult
    detailed: DetailedRisk | None
    missing: tuple[MissingItem, ...]


class RiskSource(Frozen):
    """What a report is made from; ``lists`` are those of the level found, empty while there is none.

    ``answers`` by requirement id, ``findings`` the standing ones; ``around`` and ``linked`` as for a dossier.
    """

    system: System
    classification: Classification
    lists: tuple[Checklist, ...]
    answers: Mapping[str, Answer]
    findings: tuple[FindingRow, ...]
    around: Mapping[str, FactValue | None] = Field(default_factory=dict)
    linked: tuple[Connection, ...] = ()


def risk_report(
    source: RiskSource, units: Units, regime: Regime, *, named: Mapping[str, str], tables: Tables, wanted: Wanted
) -> RiskReport:
    """Put the report together.

    Args:
        source: what it is made from.
        units: every recorded unit by id.
        regime: the law in force.
        named: the names of recorded systems by id.
        tables: the inventory's tables by id.
        wanted: the labels (``kind_code`` among them) and demands of the form.
    """
    system, asked = source.system, wanted.of(source.around)
    record = Record("systems", system.absences, system.assumed)
    owner = units.get(system.owner_id)
    notes = {one.field: one for one in risk_notes(system, record, tables)}
    detailed = detailed_risk(system, source.linked, units, tables, named, continuity_asked=CONTINUITY in asked.demands)
    report = RiskReport(
        letterhead=letterhead(owner).of_kind(wanted.labels["kind_code"]),  # the assessment is the owner's duty (Đ10.2)
        issuer=owner.name if owner else "",
        system_name=system.name,
        level=source.classification.level,
        grounds=grounds_of(regime),
        general=(*_general(system, record, units), notes["systems.risk_assessed_on"], notes["systems.risk_occasion"]),
        critical_assets=notes["systems.critical_assets"],
        assets=tuple(_assets(system, tables)),
        assets_blank=None if system.devices or system.services else record.value("devices", None),
        information=tuple(_information(system, record, regime)),
        risks=tuple(threat_row(number, one, tables, units) for number, one in enumerate(system.risks, start=1)),
        risks_blank=None if system.risks else record.value("risks", None),
        matrix=matrix(system.risks),
        severities=tuple(one.label for one in Degree),
        unweighed=unweighed(system.risks),
        harm_rationale=record.value("harm_rationale", system.harm_rationale),
        capacity=notes["systems.current_capacity"],
        coverage=_coverage(source) if source.lists else None,
        weaknesses=tuple(_weaknesses(source, units)),
        communication=notes["systems.risk_communication"],
        result=_result(source, record, regime),
        detailed=detailed if PUBLIC_IMPACT in asked.demands else None,
        missing=(),
    )
    missing = blanks(system.name, report, tables, asked)
    return report.model_copy(update={"missing": missing})


def _general(system: System, record: Record, units: Units) -> Iterable[Value]:
    raw: dict[str, object] = {
        "owner_id": unit_name(units, system.owner_id),
        "operator_id": unit_name(units, system.operator_id),
        "security_unit_id": unit_name(units, system.security_unit_id),
        "function": system.function,
        "scope": system.scope,
        "size": system.size,
        "users_served": system.users_served,
    }
    return (record.value(name, one) for name, one in raw.items())


def _assets(system: System, tables: Tables) -> Iterable[Row]:
    """Devices and services by rank (Đ10.3.a); among equals in the order they were listed."""
    places = {rank: place for place, rank in enumerate(Rank)}
    listed: list[tuple[str, Device | Service]] = [
        *(("services", one) for one in system.services),
        *(("devices", one) for one in system.devices),
    ]
    for table, one in sorted(listed, key=lambda pair: places[pair[1].rank] if pair[1].rank else len(places)):
        cells: dict[str, object] = {
            "name": one.name,
            "purpose": one.purpose,
            "place": one.place,
            "rank": choice_label(tables, table, "rank", one.rank),
        }
        yield row(table, one.name, one.assumed, cells, {})


def _information(system: System, record: Record, regime: Regime) -> Iterable[Value]:
    """The classes of information, then how many people it concerns and whatever else is known of them (Đ10.3.b)."""
    for question in regime.questions:
        if question.id == _INFORMATION or question.id.startswith("subjects_"):
            answer = system.facts.get(question.id)
            yield record.value(question.id, None if answer is None else fact_text(question, answer))


def _asked(source: RiskSource) -> Iterable[Requirement]:
    return (one for each in source.lists for one in each.requirements)


def _coverage(source: RiskSource) -> Coverage:
    results = [source.answers[one.id].result for one in _asked(source) if one.id in source.answers]
    return Coverage(
        total=sum(1 for _ in _asked(source)),
        answered=sum(one is not Result.NOT_ASSESSED for one in results),
        short=sum(one.falls_short for one in results),
    )


def _weaknesses(source: RiskSource, units: Units) -> Iterable[KnownWeakness]:
    """Requirements that fall short, in the order of the lists, with the state of their remedy where it is followed."""
    followed = {one.requirement_id: one.status_label for one in source.findings if one.gap is None}
    short = [
        (one, answer)
        for one in _asked(source)
        if (answer := source.answers.get(one.id)) is not None and answer.result.falls_short
    ]
    for number, (requirement, answer) in enumerate(short, start=1):
        yield KnownWeakness(
            number=number,
            clause=requirement.citation,
            statement=requirement.statement,
            result=answer.result.label,
            present_state=answer.present_state,
            measure=answer.measure,
            unit=unit_name(units, answer.responsible_unit_id),
            due=date_text(answer.due) if answer.due else "",
            finding=followed.get(requirement.id, ""),
        )


def _result(source: RiskSource, record: Record, regime: Regime) -> LevelResult:
    rule = regime.risk_rule
    earlier, found = source.system.earlier_approval, source.classification
    levels = [one.level for one in found.grounds if rule is None or one.criterion != rule.id]
    criteria = max(levels, default=None)
    approved = earlier.level if earlier else None
    risk = source.system.facts.get(rule.fact) if rule else None
    return LevelResult(
        risk_level=record.value(rule.fact if rule else "", risk),
        approved=approved,
        approved_by=earlier.paper.text if earlier and earlier.paper else "",
        criteria=criteria,
        decided=found.decided,
        verdict=_verdict(risk if isinstance(risk, int) else None, approved or criteria),
    )


def _verdict(risk: int | None, level: int | None) -> str:
    if risk is None:
        return "unassessed"
    if level is None:
        return "no_level"
    if risk > level:
        return "higher"
    return "equal" if risk == level else "lower"
