"""The level rationale of a system (thuyết minh về việc đề xuất cấp độ, Đ22.4): grounds, trace, harm, open points."""

from __future__ import annotations

from collections.abc import Iterable

from compliance.domain.answering import fact_text
from compliance.domain.blank import Frozen
from compliance.domain.classification import Classification, FiredZone, HarmCheck
from compliance.domain.grey_zone import ZonePlace
from compliance.domain.overview import Row, Tables, Units, choice_label, risk_row
from compliance.domain.printed import Record, Value
from compliance.domain.question import Question
from compliance.domain.regime import Regime
from compliance.domain.system import System

_OUTCOMES = {True: "Thuộc", False: "Không thuộc", None: "Chưa đủ dữ kiện"}
_NOT_APPLICABLE_YET = "Chưa áp dụng được"


class FactLine(Frozen):
    """A deciding fact: its short name and its value in words."""

    label: str
    text: str


class GroundLine(Frozen):
    """A criterion the system meets, with the facts that matched."""

    level: int
    citation: str
    statement: str
    facts: tuple[FactLine, ...]


class TraceRow(Frozen):
    """One criterion of the regime and what came of it; ``matched`` is ``None`` while facts are missing.

    What is uncertain about a criterion is told where it matters: not for one the facts rule out.
    """

    level: int
    citation: str
    statement: str
    matched: bool | None
    outcome: str
    facts: tuple[FactLine, ...]
    uncertain: str = ""


class ImportanceRow(Frozen):
    """One test for systems important to national security (Đ16) and what came of it."""

    citation: str
    statement: str
    matched: bool | None
    outcome: str


class OpenPoint(Frozen):
    """A point the law leaves open (grey zone), put to the appraiser; advice to the drafter stays out of the paper."""

    title: str
    citation: str


class Rationale(Frozen):
    """Everything Đ22.4.b-c asks for one system."""

    information: Value
    service_type: Value
    grounds: tuple[GroundLine, ...]
    facts: tuple[Value, ...]
    trace: tuple[TraceRow, ...]
    importance: tuple[ImportanceRow, ...]
    harm: HarmCheck
    harm_rationale: Value
    counting_method: Value
    open_points: tuple[OpenPoint, ...]
    risks: tuple[Row, ...]
    risks_blank: Value | None
    assessment: tuple[Value, ...] = ()


def rationale(
    system: System, classification: Classification, regime: Regime, tables: Tables, units: Units
) -> Rationale:
    """The rationale of one classified system, every criterion of the regime shown with its outcome."""
    record = Record("systems", system.absences, system.assumed)
    return Rationale(
        information=_fact(record, system, regime, "information"),
        service_type=_fact(record, system, regime, "service_type"),
        grounds=tuple(
            GroundLine(
                level=ground.level,
                citation=ground.citation,
                statement=ground.statement,
                facts=fact_lines(ground.facts, system, regime),
            )
            for ground in classification.grounds
        ),
        facts=tuple(_fact(record, system, regime, question.id) for question in regime.questions),
        trace=tuple(_trace(system, classification, regime)),
        importance=tuple(_importance(classification, regime)),
        harm=classification.harm,
        harm_rationale=record.value("harm_rationale", system.harm_rationale),
        counting_method=record.value("counting_method", system.counting_method),
        open_points=tuple(_open_points(classification, regime)),
        risks=tuple(risk_row(risk, tables, units) for risk in system.risks),
        risks_blank=None if system.risks else record.value("risks", None),
        assessment=tuple(risk_notes(system, record, tables)),
    )


def risk_notes(system: System, record: Record, tables: Tables) -> Iterable[Value]:
    """What was written of the risk assessment as a whole (Đ10.3, 22.5), in the order of the inventory sheet."""
    raw: dict[str, object] = {
        "risk_assessed_on": system.risk_assessed_on,
        "risk_occasion": choice_label(tables, "systems", "risk_occasion", system.risk_occasion),
        "critical_assets": system.critical_assets,
        "current_capacity": system.current_capacity,
        "risk_communication": system.risk_communication,
        "public_impact": system.public_impact,
        "continuity_need": system.continuity_need,
    }
    return (record.value(name, one) for name, one in raw.items())


def _fact(record: Record, system: System, regime: Regime, fact: str) -> Value:
    answer, question = system.facts.get(fact), regime.question(fact)
    if answer is None:
        return record.value(fact, None)
    return record.value(fact, fact_text(question, answer) if question else answer)


def fact_lines(facts: Iterable[str], system: System, regime: Regime) -> tuple[FactLine, ...]:
    """The named facts with their values; those the regime does not ask (derived circumstances) are left out."""
    questions = [question for fact in facts if (question := regime.question(fact)) is not None]
    return tuple(FactLine(label=question.column, text=_fact_words(question, system)) for question in questions)


def _fact_words(question: Question, system: System) -> str:
    answer = system.facts.get(question.id)
    return "chưa có" if answer is None and question.blank_means_none else fact_text(question, answer)


def _trace(system: System, classification: Classification, regime: Regime) -> Iterable[TraceRow]:
    return (
        TraceRow(
            level=line.level,
            citation=line.citation,
            statement=line.statement,
            matched=line.truth,
            outcome=_OUTCOMES[line.truth] if line.enabled else _NOT_APPLICABLE_YET,
            facts=fact_lines(line.facts, system, regime),
            uncertain="" if line.truth is False and line.enabled else line.uncertain,
        )
        for line in classification.trace
    )


def _importance(classification: Classification, regime: Regime) -> Iterable[ImportanceRow]:
    for test in regime.importance_tests:
        matched = classification.importance.outcome(test.id)
        yield ImportanceRow(
            citation=test.citation, statement=test.statement, matched=matched, outcome=_OUTCOMES[matched]
        )


def _open_points(classification: Classification, regime: Regime) -> Iterable[OpenPoint]:
    """The zones that fired, then those every rationale must mention."""
    fired = {zone.code: zone for zone in classification.grey_zones}
    for zone in regime.grey_zones:
        if zone.place is ZonePlace.RATIONALE and zone.when is None:
            fired.setdefault(
                zone.code,
                FiredZone(code=zone.code, title=zone.title, message=zone.message, citation=zone.citation),
            )
    return (OpenPoint(title=zone.title, citation=zone.citation) for zone in fired.values())
