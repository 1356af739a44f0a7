"""Classifying recorded systems, and answering the questions that are still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.answering import checked_fact
from compliance.domain.asking import askable_questions, open_questions, unanswered_questions
from compliance.domain.circumstance import circumstances
from compliance.domain.classification import Classification, Finding, Weighings, classify
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
from compliance.services.transitions import Past, load_past

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
    """A recorded system, the regime it was judged by, the result and the checks that did not come out clean.

    ``around`` is everything a point the law leaves open may ask: facts, circumstances, the level found, history, year.
    """

    system: System
    regime: Regime
    classification: Classification
    around: Mapping[str, FactValue | None]
    checked: Callable[[], tuple[Finding, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The checks that did not come out clean; made when asked for, since lists of many need none."""
        return self.checked()


@dataclass(frozen=True)
class _Setting:
    """What systems are judged against: the law and its past, the day, and everything that is recorded."""

    regime: Regime
    past: Past
    today: date
    units: Mapping[str, Unit]
    every: Mapping[str, System]


def classify_system(workspace: Workspace, system_id: str, today: date) -> ClassifiedSystem:
    """Classify one recorded system under the regime in force on ``today``.

    Raises:
        NotFound: no such system, or no regime in force.
    """
    wanted = systems.system(workspace, system_id)
    setting = _setting(workspace, today, wanted)
    return _classified(setting, {wanted.id, *_linked(wanted, setting.every)})[wanted.id]


def classify_all(
    workspace: Workspace, today: date, *, units: Mapping[str, Unit] | None = None
) -> tuple[ClassifiedSystem, ...]:
    """Classify every recorded system, ordered by id; ``units`` are those recorded, where they were read already.

    Raises:
        NotFound: no regime is in force on ``today``.
    """
    setting = _setting(workspace, today, units=units)
    return tuple(_classified(setting, setting.every).values())


def _setting(workspace: Workspace, today: date, *wanted: System, units: Mapping[str, Unit] | None = None) -> _Setting:
    regimes = load_regimes()
    return _Setting(
        regime=regime_on(today, regimes),
        past=load_past(regimes),
        today=today,
        units=organizations.units(workspace) if units is None else units,
        every={system.id: system for system in (*systems.systems(workspace), *wanted)},
    )


def _linked(wanted: System, every: Mapping[str, System]) -> set[str]:
    """The stored systems at the other end of a connection, whichever side recorded it."""
    out = {connection.other_system_id or "" for connection in wanted.connections}
    into = {
        system.id
        for system in every.values()
        if any(connection.other_system_id == wanted.id for connection in system.connections)
    }
    return {id_ for id_ in out | into if id_ in every}


def _classified(setting: _Setting, ids: Iterable[str]) -> dict[str, ClassifiedSystem]:
    """The systems of these ids, ordered by id; each is also compared with the others among them."""
    regime, chosen = setting.regime, [setting.every[id_] for id_ in sorted(ids)]
    said = {one.id: circumstances(one, setting.units, setting.every) for one in chosen}
    told = {one.id: {**said[one.id], **setting.past.of(one)} for one in chosen}
    weighings = Weighings()
    results = {one.id: classify(regime, one.facts, said[one.id], weighings) for one in chosen}
    levels = {id_: found.level for id_, found in results.items()}
    splits = cache(lambda: splitting_findings(regime, chosen, levels))
    filing = Counter(one.owner_id for one in setting.every.values() if one.needs_dossier)
    return {
        one.id: ClassifiedSystem(
            system=one,
            regime=regime,
            classification=results[one.id],
            around={
                **told[one.id],
                **one.facts,
                "level": results[one.id].level,
                "importance": results[one.id].importance.truth,
                "year": setting.today.year,
                "several_systems": filing[one.owner_id] > 1,
            },
            checked=partial(_findings, setting, one, results[one.id], told[one.id], splits),
        )
        for one in chosen
    }


def _findings(
    setting: _Setting,
    one: System,
    found: Classification,
    told: Mapping[str, FactValue | None],
    splits: Callable[[], Mapping[str, Iterable[Finding]]],
) -> tuple[Finding, ...]:
    return (
        *system_findings(setting.regime, one, found),
        *setting.past.findings(one, told, setting.today),
        *splits().get(one.id, ()),
    )


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
