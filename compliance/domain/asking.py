"""Which questions to ask about a system next: those that could still change its level, and no others."""

from __future__ import annotations

from compliance.domain.classification import classify
from compliance.domain.condition import Facts
from compliance.domain.question import Question
from compliance.domain.regime import Regime


def open_questions(regime: Regime, facts: Facts) -> tuple[Question, ...]:
    """The questions that could still change the level, in the order to ask them.

    First those that can be asked now, then those that hang on another answer; among each, the ones that decide the
    highest open criteria first, in the regime's order.
    """
    highest: dict[str, int] = {}
    for criterion in classify(regime, facts).open:
        for fact in criterion.facts:
            highest[fact] = max(highest.get(fact, 0), criterion.level)
    asked = [(number, question) for number, question in enumerate(regime.questions) if question.id in highest]
    asked.sort(key=lambda pair: (_hangs_on_another(pair[1], facts), -highest[pair[1].id], pair[0]))
    return tuple(question for _, question in asked)


def askable_questions(regime: Regime, facts: Facts) -> tuple[Question, ...]:
    """The open questions that can be asked now; the others wait for one of these."""
    return tuple(question for question in open_questions(regime, facts) if not _hangs_on_another(question, facts))


def unanswered_questions(regime: Regime, facts: Facts) -> tuple[Question, ...]:
    """Every question without an answer that no other answer rules out, in the regime's order."""
    return tuple(
        question
        for question in regime.questions
        if facts.get(question.id) is None and (question.ask_when is None or question.ask_when.truth(facts) is not False)
    )


def _hangs_on_another(question: Question, facts: Facts) -> bool:
    return question.ask_when is not None and question.ask_when.truth(facts) is None
