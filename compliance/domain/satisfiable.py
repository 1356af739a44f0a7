"""Whether any record at all could meet a condition: one that none can meet is a slip of the pen.

The condition is spread into alternatives; an alternative can be met when every fact in it has a value that suits all
its parts. Values tried are those the questions offer, the numbers beside each threshold, and the blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from compliance.domain.condition import AllOf, AnyOf, AtLeast, Below, Condition, Equals, Leaf, Mentions, Not, OneOf
from compliance.domain.question import Question, QuestionType
from compliance.domain.system import FactValue

_Literal = tuple[Leaf, bool]
_LARGEST_SET = 8


def can_hold(condition: Condition, questions: Mapping[str, Question], around: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether some set of answers makes the condition true.

    Args:
        condition: what is asked.
        questions: the questions by id; their choices and bounds are the values there are.
        around: the values a circumstance may take, by its name; one that is not listed may be anything.
    """
    return any(_consistent(parts, questions, around) for parts in _alternatives(condition, wanted=True))


def _alternatives(condition: Condition, *, wanted: bool) -> Iterator[tuple[_Literal, ...]]:
    if isinstance(condition, Not):
        yield from _alternatives(condition.part, wanted=not wanted)
    elif isinstance(condition, AllOf | AnyOf):
        spread = [list(_alternatives(part, wanted=wanted)) for part in condition.parts]
        if isinstance(condition, AllOf) == wanted:
            for chosen in product(*spread):
                yield tuple(literal for part in chosen for literal in part)
        else:
            for part in spread:
                yield from part
    else:
        yield ((condition, wanted),)


def _consistent(
    literals: Iterable[_Literal], questions: Mapping[str, Question], around: Mapping[str, tuple[str, ...]]
) -> bool:
    by_fact: dict[str, list[_Literal]] = {}
    for leaf, wanted in literals:
        by_fact.setdefault(leaf.fact, []).append((leaf, wanted))
    return all(
        any(
            all(leaf.truth({fact: value}) is wanted for leaf, wanted in parts)
            for value in _values(fact, parts, questions, around)
        )
        for fact, parts in by_fact.items()
    )


def _values(
    fact: str, parts: Iterable[_Literal], questions: Mapping[str, Question], around: Mapping[str, tuple[str, ...]]
) -> Iterator[FactValue | None]:
    yield None
    question = questions.get(fact)
    if question is not None:
        yield from _answers(question, parts)
    elif fact in around:
        yield from around[fact]
    else:
        yield from (True, False)
        yield from _named(parts)


def _answers(question: Question, parts: Iterable[_Literal]) -> Iterator[FactValue]:
    if question.type is QuestionType.YES_NO:
        yield from (True, False)
    elif question.type is QuestionType.NUMBER:
        named = (question.minimum, question.maximum, *(one for one in _named(parts) if isinstance(one, int)))
        yield from (value for value in named if question.minimum <= value <= question.maximum)
    elif question.type is QuestionType.CHOICE:
        yield from (choice.value for choice in question.choices)
    else:
        values = sorted(choice.value for choice in question.choices)
        for size in range(question.minimum, min(len(values), _LARGEST_SET) + 1):
            yield from combinations(values, size)


def _named(parts: Iterable[_Literal]) -> Iterator[FactValue]:
    """The values a condition itself names, and the neighbours of its thresholds."""
    for leaf, _ in parts:
        if isinstance(leaf, AtLeast | Below):
            yield from (leaf.value - 1, leaf.value, leaf.value + 1)
        elif isinstance(leaf, Equals):
            yield leaf.value
        elif isinstance(leaf, OneOf):
            yield from leaf.values
        elif isinstance(leaf, Mentions):
            yield from ("", *leaf.words)
