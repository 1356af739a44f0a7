"""What the files of the law say of one another: articles cited, regimes named, matters that lead to a successor."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel

from compliance.domain.checklist import Checklist
from compliance.domain.citation import citations
from compliance.domain.citation_grammar import Grammar
from compliance.domain.design import DesignRules
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.level import LEVELS
from compliance.domain.misfit import Misfit, unless_known
from compliance.domain.transition import TransitionRules


def lost_successors(record: Checklist | DesignRules, topics: Mapping[int, Collection[str]]) -> Iterator[Misfit]:
    """Matters said to go on in the following regime, and that its lists do not know.

    Args:
        record: the list or the rules of design that lead there.
        topics: what the lists of the following regime are about, by level; a level whose list is missing or broken
            has none, which is told already.
    """
    if isinstance(record, Checklist):
        if record.level in topics:
            for one in record.requirements:
                for topic in one.successors:
                    yield from unless_known(f"requirements.{one.id}.successors", topic, topics[record.level])
    elif all(level in topics for level in LEVELS):
        every = set().union(*topics.values())
        for item in record.items:
            for topic in item.successors:
                yield from unless_known(f"items.{item.id}.successors", topic, every)


def regimes_named(rules: TransitionRules, regimes: Collection[str]) -> Iterator[Misfit]:
    """Regimes a transition speaks of that are not there."""
    for regime in (rules.regime, rules.predecessor):
        yield from unless_known("regime", regime, regimes)
    for case in rules.cases:
        for act in case.acts:
            yield from unless_known(f"cases.{case.code}.acts", act.regime, regimes)


def wrong_articles(text: str, register: InstrumentRegister, grammar: Grammar) -> list[str]:
    """Articles a citation names that the instrument does not have, each as a sentence."""
    wrong = []
    for one in citations(text, register, grammar):
        instrument = register.instrument(one.codes[0]) if len(one.codes) == 1 else None
        if instrument is not None:
            count = instrument.articles
            over = instrument.lacking(one.articles)
            wrong += [f"viện dẫn Điều {article}, mà {one.written} chỉ có {count} điều." for article in over]
    return wrong


def cited(record: object, path: str) -> Iterator[tuple[str, str]]:
    """Every citation in a record with its dotted path."""
    if isinstance(record, BaseModel):
        for name in type(record).model_fields:
            value = getattr(record, name)
            here = f"{path}.{name}" if path else name
            if isinstance(value, str) and (name == "citation" or name.endswith("_citation")):
                yield here, value
            else:
                yield from cited(value, here)
    elif isinstance(record, tuple):
        for number, item in enumerate(record):
            label = next((str(getattr(item, key)) for key in ("id", "code") if hasattr(item, key)), str(number))
            yield from cited(item, f"{path}.{label}")
