"""A checklist: every requirement of one level, complete for itself (levels are not supersets)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen


class Binding(StrEnum):
    """How firmly the text asks: required, or a suggested figure that a reasoned choice may replace."""

    REQUIRED = "required"
    SUGGESTED = "suggested"


class CadenceUnit(StrEnum):
    """Units of a cadence."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    UNSTATED = "unstated"


class Cadence(Frozen):
    """At least once every ``every`` ``unit``; ``unstated`` = the text says “định kỳ” and leaves the figure open.

    ``or_on_change``: also whenever things change. ``activity`` is the short Vietnamese name used in calendars.
    """

    every: int = Field(default=1, ge=1)
    unit: CadenceUnit
    or_on_change: bool = False
    activity: str = Field(min_length=1)


class Figure(Frozen):
    """A quantity the text states: ``value`` as printed (with sign and unit) and its kind of binding."""

    name: str
    value: str
    binding: Binding = Binding.REQUIRED


class Requirement(Frozen):
    """One requirement, in our own words, with the clause it restates.

    ``plan_part`` is the letter of the plan part; ``groups`` the ids of the management/technical groups it serves;
    ``uncertain`` says what is not settled and is shown to the user.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    clause: str
    citation: str
    group: str
    statement: str
    evidence: str
    binding: Binding = Binding.REQUIRED
    cadences: tuple[Cadence, ...] = ()
    figures: tuple[Figure, ...] = ()
    equivalent_allowed: bool = False
    plan_part: str
    groups: tuple[str, ...] = Field(min_length=1)
    uncertain: str = ""


class RequirementGroup(Frozen):
    """A numbered group of the checklist (``3.1`` …)."""

    id: str
    number: str
    title: str
    citation: str


class Checklist(Frozen):
    """All requirements of one level under one regime, dated and versioned."""

    id: str
    regime: str
    level: int = Field(ge=1, le=5)
    version: str
    title: str
    checked_on: date
    source_note: str
    groups: tuple[RequirementGroup, ...]
    requirements: tuple[Requirement, ...]

    def requirement(self, identifier: str) -> Requirement | None:
        """The requirement with this id."""
        return next((one for one in self.requirements if one.id == identifier), None)
