"""The level of a system: every criterion weighed, the highest hit taken, nothing guessed.

Three-valued: an unanswered question leaves a criterion *open*, and while a criterion above the level found is open
the level is not decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date
from functools import partial
from typing import Protocol, TypeVar, cast

from compliance.domain.blank import Frozen
from compliance.domain.condition import Condition, Facts, decided, deciding_facts, facts_named
from compliance.domain.grey_zone import GreyZone, ZonePlace
from compliance.domain.question import Question, QuestionType
from compliance.domain.regime import Criterion, HarmStep, Regime, RiskRule
from compliance.domain.system import FactValue

_NOTHING: Facts = {}
_BLANK_AS_NONE: Mapping[QuestionType, FactValue] = {
    QuestionType.YES_NO: False,
    QuestionType.NUMBER: 0,
    QuestionType.CHOICE: "",
    QuestionType.SET: (),
}


class Ground(Frozen):
    """A criterion that is met (căn cứ) and the facts that matched it."""

    criterion: str
    level: int
    citation: str
    statement: str
    facts: tuple[str, ...]


class OpenCriterion(Frozen):
    """A criterion nobody can judge yet and the questions that would settle it."""

    criterion: str
    level: int
    citation: str
    statement: str
    facts: tuple[str, ...]


Weighed = TypeVar("Weighed", Ground, OpenCriterion)
Outcome = TypeVar("Outcome")


class TraceLine(Frozen):
    """How one criterion came out: met, not met or open (``None``), and the facts that made it so.

    ``enabled`` is false for a criterion whose text cannot be applied yet. The risk rule's line carries the recorded
    risk level, 0 when there is none.
    """

    criterion: str
    level: int
    citation: str
    statement: str
    truth: bool | None
    facts: tuple[str, ...]
    uncertain: str = ""
    enabled: bool = True


class FiredZone(Frozen):
    """A point the law leaves open, as it concerns this system."""

    code: str
    title: str
    message: str
    citation: str


class HarmCheck(Frozen):
    """What the law's own harm scale says (Đ8.1 of the Law), as a cross-check that never decides.

    ``level`` is the highest step met, ``None`` when none is; ``open_facts`` are the questions that could raise it.
    """

    level: int | None
    citation: str
    statement: str
    open_facts: tuple[str, ...]
    differs: bool


class ImportanceTestResult(Frozen):
    """One test for systems important to national security that is met or still open."""

    test: str
    citation: str
    statement: str
    facts: tuple[str, ...]


class Importance(Frozen):
    """Whether a system must be proposed for the list of systems important to national security."""

    hits: tuple[ImportanceTestResult, ...]
    open: tuple[ImportanceTestResult, ...]
    truth: bool | None

    def outcome(self, test: str) -> bool | None:
        """How one test came out; ``None`` while it is open."""
        if any(one.test == test for one in self.hits):
            return True
        return None if any(one.test == test for one in self.open) else False


class Finding(Frozen):
    """A check of the record that did not come out clean, with the rule it rests on."""

    rule: str
    citation: str
    message: str


class Classification(Frozen):
    """The result for one set of facts.

    ``grounds``: every hit, highest level first. ``open``: the unknown criteria above ``level``, all of them when no
    level was found. ``trace``: every criterion in the regime's order, then the risk rule. ``at_least``: the lowest
    level still possible while undecided.
    """

    regime_id: str
    regime_checked_on: date
    level: int | None
    decided: bool
    grounds: tuple[Ground, ...]
    open: tuple[OpenCriterion, ...]
    trace: tuple[TraceLine, ...]
    grey_zones: tuple[FiredZone, ...]
    harm: HarmCheck
    importance: Importance
    at_least: int | None

    @property
    def label(self) -> str:
        """The result in Vietnamese words, for lists and headings."""
        if self.decided:
            return f"Cấp độ {self.level}"
        if self.at_least is not None:
            return f"Chưa đủ căn cứ, ít nhất cấp độ {self.at_least}"
        return "Chưa xác định được"


class _Part(Protocol):
    @property
    def when(self) -> Condition | None: ...


AnyPart = TypeVar("AnyPart", bound=_Part)


class Weighings:
    """What was weighed before under one regime: of many systems, only what differs is weighed again."""

    def __init__(self) -> None:
        self._named: dict[str, tuple[str, ...]] = {}
        self._known: dict[tuple[object, ...], object] = {}
        self._counting: dict[str, tuple[int, ...]] = {}

    def once(self, part: str, when: Iterable[Condition | None], facts: Facts, weigh: Callable[[], Outcome]) -> Outcome:
        """How a part of the regime comes out; it hangs on nothing but the facts its conditions name."""
        if part not in self._named:
            self._named[part] = tuple(dict.fromkeys(fact for one in when if one for fact in facts_named(one)))
        known = tuple(map(facts.get, self._named[part]))
        alike = (part, known, tuple(map(type, known)))  # True is not 1
        if alike not in self._known:
            self._known[alike] = weigh()
        return cast("Outcome", self._known[alike])

    def each(
        self, name: str, parts: Sequence[AnyPart], numbers: Set[str], facts: Facts, weigh: Callable[[AnyPart], Outcome]
    ) -> list[Outcome]:
        """How each of several parts comes out, in their order.

        Those that name none of the ``numbers`` are weighed together: systems alike in all else differ in their numbers.
        """
        if name not in self._counting:
            asked = [facts_named(one.when) if one.when else () for one in parts]
            self._counting[name] = tuple(at for at, named in enumerate(asked) if not numbers.isdisjoint(named))
        counting = self._counting[name]
        others = (one.when for at, one in enumerate(parts) if at not in counting)
        found = [
            *self.once(
                name, others, facts, lambda: [None if at in counting else weigh(one) for at, one in enumerate(parts)]
            )
        ]
        for at in counting:
            found[at] = self.once(f"{name} {at}", (parts[at].when,), facts, partial(weigh, parts[at]))
        return cast("list[Outcome]", found)


def classify(
    regime: Regime, facts: Facts, circumstances: Facts = _NOTHING, weighings: Weighings | None = None
) -> Classification:
    """Weigh every criterion of the regime; the highest level met counts (Đ8.2), risk may raise it (Đ10.5).

    Args:
        regime: the law in force.
        facts: answers by question id; ``None`` or absent = unanswered.
        circumstances: what the record says around the system; only the grey zones look at it.
        weighings: what was weighed for other systems under the same regime.
    """
    settled, before = _settled(regime.questions, facts), weighings or Weighings()
    numbers = {one.id for one in regime.questions if one.type is QuestionType.NUMBER}
    lines = before.each("criteria", regime.criteria, numbers, settled, lambda one: _weighed(one, settled))
    found = max((line.level for line in lines if line.truth), default=None)
    risk = [_risk_weighed(regime.risk_rule, facts, found)] if regime.risk_rule else []
    trace = (*lines, *risk)
    level = max((line.level for line in trace if line.truth), default=None)
    grounds = tuple(_as(Ground, line) for line in _highest_first(line for line in trace if line.truth))
    unknown = _highest_first(line for line in trace if line.truth is None and line.level > (level or 0))
    decided = level is not None and not unknown
    tests = [one.when for one in regime.importance_tests if one.when is not None]
    importance = before.once(
        f"importance {level} {decided}", tests, facts, lambda: _importance(regime, facts, level, decided)
    )
    steps = [one.when for one in regime.harm_scale]
    around: Facts = {**circumstances, **facts, "level": level, "importance": importance.truth}
    zones = before.each("zones", regime.grey_zones, numbers, around, lambda one: _fired(one, around))
    return Classification(
        regime_id=regime.id,
        regime_checked_on=regime.checked_on,
        level=level,
        decided=decided,
        grounds=grounds,
        open=tuple(_as(OpenCriterion, line) for line in unknown),
        trace=trace,
        grey_zones=tuple(zone for zone in zones if zone is not None),
        harm=before.once(f"harm {level}", steps, facts, lambda: _harm_check(regime.harm_scale, facts, level)),
        importance=importance,
        at_least=None if decided else _lowest_possible(level, unknown),
    )


def _settled(questions: Iterable[Question], facts: Facts) -> Facts:
    """The facts with “none so far” filled in where a blank means just that."""
    blanks = {
        question.id: _BLANK_AS_NONE[question.type]
        for question in questions
        if question.blank_means_none and facts.get(question.id) is None
    }
    return {**facts, **blanks}


def _weighed(criterion: Criterion, facts: Facts) -> TraceLine:
    truth, deciding = decided(criterion.when, facts) if criterion.enabled else (False, facts_named(criterion.when))
    return TraceLine(
        criterion=criterion.id,
        level=criterion.level,
        citation=criterion.citation,
        statement=criterion.statement,
        truth=truth,
        facts=deciding,
        uncertain=criterion.uncertain,
        enabled=criterion.enabled,
    )


def _risk_weighed(rule: RiskRule, facts: Facts, found: int | None) -> TraceLine:
    """A risk result above the level found raises it; it never lowers a level and makes none out of nothing."""
    risk = facts.get(rule.fact)
    reached = risk if isinstance(risk, int) else 0
    return TraceLine(
        criterion=rule.id,
        level=reached,
        citation=rule.citation,
        statement=rule.statement,
        truth=found is not None and reached > found,
        facts=(rule.fact,),
    )


def _highest_first(lines: Iterable[TraceLine]) -> list[TraceLine]:
    return sorted(lines, key=lambda line: (-line.level, line.criterion))


def _as(kind: type[Weighed], line: TraceLine) -> Weighed:
    return kind(
        criterion=line.criterion,
        level=line.level,
        citation=line.citation,
        statement=line.statement,
        facts=line.facts,
    )


def _lowest_possible(level: int | None, unknown: Iterable[TraceLine]) -> int | None:
    return level if level is not None else min((line.level for line in unknown), default=None)


def _importance(regime: Regime, facts: Facts, level: int | None, decided: bool) -> Importance:
    hits: list[ImportanceTestResult] = []
    unknown: list[ImportanceTestResult] = []
    for test in regime.importance_tests:
        truths = [] if test.when is None else [test.when.truth(facts)]
        if test.at_level is not None:
            reached = level is not None and level >= test.at_level
            truths.append(reached if reached or decided else None)
        asked = deciding_facts(test.when, facts) if test.when is not None else ()
        result = ImportanceTestResult(test=test.id, citation=test.citation, statement=test.statement, facts=asked)
        if False not in truths:
            (unknown if None in truths else hits).append(result)
    truth = True if hits else (None if unknown else False)
    return Importance(hits=tuple(hits), open=tuple(unknown), truth=truth)


def _harm_check(scale: Iterable[HarmStep], facts: Facts, level: int | None) -> HarmCheck:
    truths = [(step, step.when.truth(facts)) for step in scale]
    met = max((step for step, truth in truths if truth), key=lambda step: step.level, default=None)
    reached = met.level if met else 0
    unknown = [step for step, truth in truths if truth is None and step.level > reached]
    asked = dict.fromkeys(fact for step in unknown for fact in deciding_facts(step.when, facts))
    differs = met is not None and level is not None and (reached > level or (reached < level and not unknown))
    return HarmCheck(
        level=met.level if met else None,
        citation=met.citation if met else "",
        statement=met.statement if met else "",
        open_facts=tuple(asked),
        differs=differs,
    )


def _fired(zone: GreyZone, around: Facts) -> FiredZone | None:
    """The point as it concerns a system; ``None`` where it does not."""
    if zone.place is not ZonePlace.CLASSIFICATION or (zone.when is not None and zone.when.truth(around) is not True):
        return None
    return FiredZone(code=zone.code, title=zone.title, message=zone.message, citation=zone.citation)
