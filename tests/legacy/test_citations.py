"""Every citation of the earlier regime names one known instrument and an article it has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from compliance.adapters.law import load_register
from compliance.domain.checklist import Checklist
from compliance.domain.citation import citations
from compliance.domain.citation_grammar import Grammar
from compliance.domain.design import DesignRules
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.regime import Regime

Record = Regime | DesignRules | Checklist


@pytest.fixture(scope="module")
def register() -> InstrumentRegister:
    return load_register()


@pytest.fixture(scope="module")
def texts(earlier: Regime, lists: dict[int, Checklist], design: DesignRules) -> set[str]:
    records: tuple[Record, ...] = (earlier, design, *lists.values())
    return {text for record in records for text in cited(record)}


def cited(record: BaseModel) -> Iterator[str]:
    """Every text filed under ``citation``, however deep."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "citation" and value:
            yield value
        elif isinstance(value, BaseModel):
            yield from cited(value)
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, BaseModel):
                    yield from cited(item)


def test_every_part_of_a_citation_leads_to_one_instrument(texts: set[str], register: InstrumentRegister) -> None:
    grammar = Grammar(register)
    read = {part: citations(part, register, grammar) for text in texts for part in text.split(";")}
    assert len(read) > 150
    assert {
        part for part, found in read.items() if [len(one.codes) for one in found] != [1] or found[0].remarks
    } == set()


@pytest.mark.parametrize(("code", "articles"), [("nd-cap-do-cu", 26), ("tt-chi-tiet-nd-cu", 17)])
def test_cited_articles_exist(code: str, articles: int, texts: set[str], register: InstrumentRegister) -> None:
    grammar = Grammar(register)
    found = [one for text in texts for one in citations(text, register, grammar) if one.codes == (code,)]
    named = {article for one in found for article in one.articles}
    assert len(named) > 4
    assert max(named) <= articles


def test_the_instruments_are_those_of_the_earlier_scheme(earlier: Regime) -> None:
    assert [one.code for one in earlier.instruments] == [
        "luat-attt-mang",
        "nd-cap-do-cu",
        "tt-chi-tiet-nd-cu",
        "tcvn-yeu-cau-co-ban-cu",
        "tt-chi-tiet-nd-cu-2017",
    ]
