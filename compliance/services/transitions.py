"""The transition of recorded systems: case, regime of each next act, deadlines, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from compliance.adapters.law import load_regimes, load_register, load_transition
from compliance.adapters.workspace import Workspace
from compliance.domain.asking import open_questions
from compliance.domain.circumstance import circumstances
from compliance.domain.citation import citations
from compliance.domain.citation_grammar import Grammar
from compliance.domain.classification import Classification, Finding, classify
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.question import Question
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.domain.system import FactValue, Ownership, Status, System
from compliance.domain.transition import CaseFound, Transition, TransitionRules, facts_weighed, history, transition
from compliance.errors import NotFound
from compliance.services import organizations, systems


@dataclass(frozen=True)
class SystemTransition:
    """One system's place in the transition.

    ``old`` is the level by the criteria of the regime before, told only while that regime still decides something;
    ``old_questions`` are those that would settle it.
    """

    system: System
    result: Transition
    used_only: bool
    old: Classification | None
    old_questions: tuple[Question, ...]


@dataclass(frozen=True)
class TransitionReport:
    """The transition of some systems on a day, with the rules behind it."""

    rules: TransitionRules
    regimes: Mapping[str, Regime]
    systems: tuple[SystemTransition, ...]


def transitions(workspace: Workspace, system_ids: tuple[str, ...], *, today: date) -> TransitionReport:
    """Place systems in the transition; no ids = every system that is still in life.

    Raises:
        NotFound: a system is not recorded, no regime was in force on ``today``, or none has rules of transition.
    """
    regimes = load_regimes()
    regime_on(today, regimes)
    past = load_past(regimes)
    rules = past.rules
    by_id = {one.id: one for one in regimes}
    chosen = [systems.system(workspace, one) for one in dict.fromkeys(system_ids)] or [
        one for one in systems.systems(workspace) if one.status is not Status.DECOMMISSIONED
    ]
    units = organizations.units(workspace)
    placed = tuple(
        _placed(one, {**circumstances(one, units), **past.of(one)}, rules, by_id[rules.predecessor], today)
        for one in chosen
    )
    return TransitionReport(rules, by_id, placed)


@dataclass(frozen=True)
class Past:
    """What tells the past of systems: loaded once, asked of many."""

    regimes: tuple[Regime, ...]
    rules: TransitionRules
    register: InstrumentRegister

    @cached_property
    def grammar(self) -> Grammar:
        """How instruments are written; made only where some approval names its legal basis."""
        return Grammar(self.register)

    def of(self, system: System) -> dict[str, FactValue | None]:
        """What the transition asks of a system's past."""
        return history(self.rules, system, self.approved_under(system))

    def approved_under(self, system: System) -> str | None:
        """The regime whose instruments the legal basis of an earlier approval cites; ``None`` when it does not tell.

        A basis that cites two is the older one's: an approval under an old decree may rest on the newer law or on its
        transitional clause, while one under the newer has no ground to cite the old.
        """
        earlier = system.earlier_approval
        if earlier is None or not earlier.legal_basis:
            return None
        found = citations(earlier.legal_basis, self.register, self.grammar)
        cited = {code for one in found if len(one.codes) == 1 for code in one.codes}
        owners = [law for law in self.regimes if cited & {one.code for one in law.instruments}]
        return min(owners, key=lambda law: law.in_force_from).id if owners else None

    def cases(self, facts: Mapping[str, FactValue | None], today: date) -> tuple[CaseFound, ...]:
        """The cases a system falls in; those alike in whatever the cases hang on are weighed once.

        ``facts`` are the circumstances of the system and its past.
        """
        alike = (today, *(facts.get(fact) for fact in self._weighed))
        if alike not in self._known:
            self._known[alike] = transition(self.rules, facts, today).found
        return self._known[alike]

    @cached_property
    def _weighed(self) -> tuple[str, ...]:
        return facts_weighed(self.rules)

    @cached_property
    def _known(self) -> dict[tuple[object, ...], tuple[CaseFound, ...]]:
        return {}

    def findings(self, system: System, facts: Mapping[str, FactValue | None], today: date) -> tuple[Finding, ...]:
        """What the transition tells whoever looks at the level of a system that needs a dossier.

        ``facts`` are the circumstances of the system and its past.
        """
        if not system.needs_dossier:
            return ()
        return tuple(
            Finding(rule=f"transition-{case.code.lower()}", citation=case.citation, message=case.finding)
            for case in self.cases(facts, today)
            if case.finding
        )


def load_past(regimes: tuple[Regime, ...]) -> Past:
    """The rules and the register by which a past is told.

    Raises:
        NotFound: no regime has rules of transition.
    """
    return Past(regimes, _rules(regimes), load_register())


def _rules(regimes: tuple[Regime, ...]) -> TransitionRules:
    """The newest rules there are; on a day before they bind they tell what is coming."""
    newest_first = sorted(regimes, key=lambda one: one.in_force_from, reverse=True)
    for law in newest_first[:-1]:
        try:
            return load_transition(law)
        except NotFound:
            continue  # a regime that took over without a transition leaves the one before it running
    return load_transition(newest_first[-1])


def _placed(
    system: System, facts: Mapping[str, FactValue | None], rules: TransitionRules, law: Regime, today: date
) -> SystemTransition:
    """``law`` is the regime before, whose criteria still count where it is to place the system."""
    ended = system.status is Status.DECOMMISSIONED
    result = Transition(day=today, found=(), open=()) if ended else transition(rules, facts, today)
    decides = any(act.classifies and act.regime == law.id for case in result.found for act in case.acts)
    old = classify(law, system.facts) if decides and system.ownership is not Ownership.USED else None
    return SystemTransition(
        system=system,
        result=result,
        used_only=system.ownership is Ownership.USED,
        old=old,
        old_questions=open_questions(law, system.facts) if old and not old.decided else (),
    )
