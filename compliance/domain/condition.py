"""Conditions on facts, with a closed vocabulary and three-valued logic.

An unanswered fact is *unknown*, never *no*: a blank must not lower a level. Truth is ``True``, ``False`` or
``None`` (unknown), combined as Kleene does: a false part makes ``all_of`` false whatever is unknown, a true part
makes ``any_of`` true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from compliance.domain.blank import Frozen
from compliance.domain.system import FactValue
from compliance.domain.wording import folded

Truth = bool | None
Facts = Mapping[str, FactValue | None]


class Equals(Frozen):
    """The fact has exactly this value; for a set, the set is exactly this one."""

    op: Literal["equals"] = "equals"
    fact: str
    value: bool | int | str | tuple[str, ...]

    def truth(self, facts: Facts) -> Truth:
        """Unknown while the fact is."""
        known = facts.get(self.fact)
        if known is None:
            return None
        if isinstance(known, tuple):
            wanted = self.value if isinstance(self.value, tuple) else (self.value,)
            return set(known) == set(wanted)
        return known == self.value and isinstance(known, bool) == isinstance(self.value, bool)


class AtLeast(Frozen):
    """The number reached or passed the threshold (“từ … trở lên”)."""

    op: Literal["at_least"] = "at_least"
    fact: str
    value: int

    def truth(self, facts: Facts) -> Truth:
        """Unknown while the number is."""
        known = facts.get(self.fact)
        return None if known is None else isinstance(known, int) and known >= self.value


class Below(Frozen):
    """The number stays under the threshold (“dưới”)."""

    op: Literal["below"] = "below"
    fact: str
    value: int

    def truth(self, facts: Facts) -> Truth:
        """Unknown while the number is."""
        known = facts.get(self.fact)
        return None if known is None else isinstance(known, int) and known < self.value


class OneOf(Frozen):
    """The single value is one of these."""

    op: Literal["one_of"] = "one_of"
    fact: str
    values: tuple[bool | int | str, ...]

    def truth(self, facts: Facts) -> Truth:
        """Unknown while the fact is."""
        known = facts.get(self.fact)
        return None if known is None else known in self.values


class Contains(Frozen):
    """The set holds this value; a set that is given is complete."""

    op: Literal["contains"] = "contains"
    fact: str
    value: str

    def truth(self, facts: Facts) -> Truth:
        """Unknown while the set is."""
        known = facts.get(self.fact)
        return None if known is None else isinstance(known, tuple) and self.value in known


class Unanswered(Frozen):
    """Nobody answered: the one condition that looks at the blank itself (for grey zones and questions)."""

    op: Literal["unanswered"] = "unanswered"
    fact: str

    def truth(self, facts: Facts) -> Truth:
        """Always known."""
        return facts.get(self.fact) is None


class Mentions(Frozen):
    """A text names one of these words, diacritics and case aside (for circumstances told by a name)."""

    op: Literal["mentions"] = "mentions"
    fact: str
    words: tuple[str, ...]

    def truth(self, facts: Facts) -> Truth:
        """Unknown while the text is."""
        known = facts.get(self.fact)
        if known is None:
            return None
        text = f" {folded(str(known))} "
        return any(f" {folded(word)} " in text for word in self.words)


class AllOf(Frozen):
    """Every part holds."""

    op: Literal["all_of"] = "all_of"
    parts: tuple[Condition, ...] = Field(min_length=1)

    def truth(self, facts: Facts) -> Truth:
        """Kleene conjunction."""
        whole: Truth = True
        for part in self.parts:
            truth = part.truth(facts)
            if truth is False:
                return False
            if truth is None:
                whole = None
        return whole


class AnyOf(Frozen):
    """At least one part holds."""

    op: Literal["any_of"] = "any_of"
    parts: tuple[Condition, ...] = Field(min_length=1)

    def truth(self, facts: Facts) -> Truth:
        """Kleene disjunction."""
        whole: Truth = False
        for part in self.parts:
            truth = part.truth(facts)
            if truth is True:
                return True
            if truth is None:
                whole = None
        return whole


class Not(Frozen):
    """The part does not hold."""

    op: Literal["not"] = "not"
    part: Condition

    def truth(self, facts: Facts) -> Truth:
        """Kleene negation."""
        inner = self.part.truth(facts)
        return None if inner is None else not inner


Leaf = Equals | AtLeast | Below | OneOf | Contains | Unanswered | Mentions


def _operator(raw: object) -> str | None:
    return raw.get("op") if isinstance(raw, dict) else getattr(raw, "op", None)


Condition = Annotated[
    Annotated[Equals, Tag("equals")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[Below, Tag("below")]
    | Annotated[OneOf, Tag("one_of")]
    | Annotated[Contains, Tag("contains")]
    | Annotated[Unanswered, Tag("unanswered")]
    | Annotated[Mentions, Tag("mentions")]
    | Annotated[AllOf, Tag("all_of")]
    | Annotated[AnyOf, Tag("any_of")]
    | Annotated[Not, Tag("not")],
    Discriminator(_operator),
]

for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of a condition, in reading order."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        yield condition


def facts_named(condition: Condition) -> tuple[str, ...]:
    """The facts a condition asks, each once, in reading order."""
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves(condition)))


def deciding_facts(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """The facts that made the condition what it is: those of the parts whose truth equals the whole's.

    For a true condition these are the facts that matched; for an unknown one, the questions that would settle it;
    for a false one, the facts that ruled it out.
    """
    return decided(condition, facts)[1]


def decided(condition: Condition, facts: Facts) -> tuple[Truth, tuple[str, ...]]:
    """The truth of a condition with its :func:`deciding_facts`, each part looked at once."""
    if isinstance(condition, Not):
        inner, named = decided(condition.part, facts)
        return (None if inner is None else not inner), named
    if isinstance(condition, (AllOf, AnyOf)):
        parts = [decided(part, facts) for part in condition.parts]
        truths = [truth for truth, _ in parts]
        alone = isinstance(condition, AnyOf)  # one part that is so decides the whole
        whole = alone if alone in truths else (None if None in truths else not alone)
        return whole, tuple(dict.fromkeys(fact for truth, named in parts if truth is whole for fact in named))
    return condition.truth(facts), (condition.fact,)
