"""The open points of law that concern one system: what the law leaves open, on which of its facts, whom to ask.

A point with a condition fires only where the condition is known to hold; a point without one holds for every office.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import Field

from compliance.domain.answering import fact_text
from compliance.domain.blank import Frozen
from compliance.domain.condition import Facts, deciding_facts
from compliance.domain.grey_zone import GreyZone, Side, ZonePlace
from compliance.domain.regime import Regime
from compliance.domain.system import FactValue
from compliance.domain.wording import date_text

EVERYWHERE = tuple(ZonePlace)
NOT_RECORDED = "chưa có thông tin"


class Wording(Frozen):
    """How a circumstance is called on paper.

    ``values`` maps its values (``true``, ``false``, a text) to words, ``pattern`` frames a value that has none of its
    own. ``is_day``: the value is a day written as a number (20210512). ``every_office``: it says nothing of the system
    (the year), so a point that hangs on it alone is a general one.
    """

    fact: str
    label: str
    values: Mapping[str, str] = Field(default_factory=dict)
    pattern: str = "{}"
    is_day: bool = False
    every_office: bool = False

    def text(self, value: FactValue | None) -> str:
        """The value in words; one that is not on record is said to be so, never guessed."""
        if value is None:
            return self.values.get("null", NOT_RECORDED)
        if isinstance(value, tuple):
            return "; ".join(self.text(one) for one in value)
        if self.is_day:
            return date_text(date.fromisoformat(str(value)))
        key = str(value).lower() if isinstance(value, bool) else str(value)
        plain = ("Có" if value else "Không") if isinstance(value, bool) else key
        return self.values.get(key, self.pattern.format(plain))


class FactLine(Frozen):
    """One fact that made a point fire, as a letter states it."""

    label: str
    value: str


class OpenPoint(Frozen):
    """A point the law leaves open, with the facts that raise it here.

    ``general``: nothing of the system raises it, so it stands for every system of the office alike.
    """

    code: str
    title: str
    message: str
    citation: str
    place: ZonePlace
    forms: tuple[str, ...]
    question: str
    sides: tuple[Side, ...]
    ask_whom: str
    facts: tuple[FactLine, ...]
    general: bool


def open_points(
    regime: Regime,
    around: Facts,
    wordings: Iterable[Wording] = (),
    places: Iterable[ZonePlace] = EVERYWHERE,
) -> tuple[OpenPoint, ...]:
    """The points that are open for one system, in the regime's order.

    Args:
        regime: the law in force.
        around: the facts of the system, its circumstances and what was found of it; ``None`` or absent = unknown.
        wordings: how the circumstances are called; one without wording is not printed.
        places: only the points met there.
    """
    wanted, called = frozenset(places), {one.fact: one for one in wordings}
    return tuple(
        _point(regime, zone, around, called)
        for zone in regime.grey_zones
        if zone.place in wanted and (zone.when is None or zone.when.truth(around) is True)
    )


def _point(regime: Regime, zone: GreyZone, around: Facts, called: Mapping[str, Wording]) -> OpenPoint:
    deciding = deciding_facts(zone.when, around) if zone.when is not None else ()
    lines = (_line(regime, fact, around, called) for fact in deciding)
    return OpenPoint(
        code=zone.code,
        title=zone.title,
        message=zone.message,
        citation=zone.citation,
        place=zone.place,
        forms=zone.forms,
        question=zone.question,
        sides=zone.sides,
        ask_whom=zone.ask_whom,
        facts=tuple(line for line in lines if line is not None),
        general=zone.place is ZonePlace.OFFICE or all(_of_every_office(fact, called) for fact in deciding),
    )


def _of_every_office(fact: str, called: Mapping[str, Wording]) -> bool:
    return fact in called and called[fact].every_office


def _line(regime: Regime, fact: str, around: Facts, called: Mapping[str, Wording]) -> FactLine | None:
    value = around.get(fact)
    question = regime.question(fact)
    if question is not None:
        return FactLine(label=question.column, value=NOT_RECORDED if value is None else fact_text(question, value))
    wording = called.get(fact)
    return FactLine(label=wording.label, value=wording.text(value)) if wording else None
