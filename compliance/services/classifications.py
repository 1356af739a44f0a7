"""Classifying recorded systems, and answering the questions that are still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.answering import checked_fact
from compliance.domain.asking import askable_questions, open_questions, unanswered_questions
from compliance.domain.circumstance import circumstances
from compliance.domain.classification import Classification, Finding, classify
from compliance.domain.finding import splitting_findings, system_findings
from compliance.domain.organization import Unit
from compliance.domain.question import Question
from compliance.domain.regime import Regime, questions_asked
from compliance.domain.regime_status import regime_on
from compliance.domain.system import FactValue, System
from compliance.domain.wording import nearest
from compliance.errors import BadData, NotFound
from compliance.services import organizations, systems
from compliance.services.probes import probe
from compliance.services.records import head_of
from compliance.services.transitions import load_past

__all__ = [
    "ClassifiedSystem",
    "answer",
    "askable_questions",
    "classify_all",
    "classify_system",
    "open_questions",
    "probe",
    "unanswered_questions",
]

_KIND = "system"


@dataclass(frozen=True)
class ClassifiedSystem:
    """A recorded system, the regime it was judged by, the result and the checks that did not come out clean."""

    system: System
    regime: Regime
    classification: Classification
    findings: tuple[Finding, ...]


def classify_system(workspace: Workspace, system_id: str, today: date) -> ClassifiedSystem:
    """Classify one recorded system under the regime in force on ``today``.

    Raises:
        NotFound: no such system, or no regime in force.
    """
    wanted = systems.system(workspace, system_id)
    every = {system.id: system for system in systems.systems(workspace)} | {wanted.id: wanted}
    regime = regime_on(today, load_regimes())
    units = organizations.units(workspace)
    near = {wanted.id, *_linked(wanted, every)}
    results = {id_: _classified(regime, every[id_], units, every) for id_ in sorted(near)}
    return _with_findings(regime, results, every, units, today)[wanted.id]


def classify_all(workspace: Workspace, today: date) -> tuple[ClassifiedSystem, ...]:
    """Classify every recorded system, ordered by id.

    Raises:
        NotFound: no regime is in force on ``today``.
    """
    regime = regime_on(today, load_regimes())
    every = {system.id: system for system in systems.systems(workspace)}
    units = organizations.units(workspace)
    results = {id_: _classified(regime, every[id_], units, every) for id_ in sorted(every)}
    return tuple(_with_findings(regime, results, every, units, today).values())


def surroundings(workspace: Workspace, classified: ClassifiedSystem, today: date) -> dict[str, FactValue | None]:
    """Everything a point the law leaves open may ask: facts, circumstances, the level found, history, the year."""
    system, found = classified.system, classified.classification
    every = {one.id: one for one in systems.systems(workspace)}
    return {
        **circumstances(system, organizations.units(workspace), every),
        **load_past(load_regimes()).of(system),
        **system.facts,
        "level": found.level,
        "importance": found.importance.truth,
        "year": today.year,
        "several_systems": sum(one.needs_dossier and one.owner_id == system.owner_id for one in every.values()) > 1,
    }


def _linked(wanted: System, every: Mapping[str, System]) -> set[str]:
    """The stored systems at the other end of a connection, whichever side recorded it."""
    out = {connection.other_system_id or "" for connection in wanted.connections}
    into = {
        system.id
        for system in every.values()
        if any(connection.other_system_id == wanted.id for connection in system.connections)
    }
    return {id_ for id_ in out | into if id_ in every}


def _classified(
    regime: Regime, system: System, units: Mapping[str, Unit], every: Mapping[str, System]
) -> Classification:
    return classify(regime, system.facts, circumstances(system, units, every))


def _with_findings(
    regime: Regime,
    results: Mapping[str, Classification],
    every: Mapping[str, System],
    units: Mapping[str, Unit],
    today: date,
) -> dict[str, ClassifiedSystem]:
    past = load_past(load_regimes())
    levels = {id_: classification.level for id_, classification in results.items()}
    splits = splitting_findings(regime, (every[id_] for id_ in results), levels)
    return {
        id_: ClassifiedSystem(
            every[id_],
            regime,
            classification,
            (
                *system_findings(regime, every[id_], classification),
                *past.findings(every[id_], units, today),
                *splits.get(id_, ()),
            ),
        )
        for id_, classification in results.items()
    }


def answer(
    workspace: Workspace, system_id: str, fact: str, value: FactValue | None, *, today: date, reason: str = ""
) -> System:
    """Store one answer at once, as a new version of the system; ``None`` takes an answer back.

    Raises:
        NotFound: no such system or no such question.
        BadData: the question has no such value.
        Conflict: somebody else saved the system in the same moment.
    """
    regimes = load_regimes()
    question = _question(questions_asked(regime_on(today, regimes), regimes), fact)
    try:
        known = None if value is None else checked_fact(question, value)
    except ValueError as error:
        raise BadData(f"Câu trả lời cho “{question.column}” không dùng được: {error}") from None
    with workspace.act(reason or f"Trả lời câu hỏi: {question.label}") as act:
        head = act.head(_KIND, system_id) or head_of(workspace, _KIND, system_id)
        recorded = System.model_validate_json(head.body)
        others = {id_: said for id_, said in recorded.facts.items() if id_ != fact}
        changed = recorded.model_copy(update={"facts": others if known is None else {**others, fact: known}})
        act.put(_KIND, system_id, changed.model_dump_json(exclude_defaults=True), head.version)
    return changed


def _question(questions: Sequence[Question], fact: str) -> Question:
    question = next((one for one in questions if one.id == fact), None)
    if question is None:
        near = nearest(fact, (one.id for one in questions))
        raise NotFound(f"Không có câu hỏi mang mã “{fact}”." + (f" Gần nhất là “{near}”." if near else ""))
    return question
