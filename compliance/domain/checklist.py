"""A checklist: every requirement of one level, complete for itself (levels are not supersets)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.cadence import Cadence
from compliance.domain.level import Level


class Binding(StrEnum):
    """How firmly the text asks: required, or a suggested figure that a reasoned choice may replace."""

    REQUIRED = "required"
    SUGGESTED = "suggested"


class Figure(Frozen):
    """A quantity the text states: ``value`` as printed (with sign and unit) and its kind of binding."""

    name: str
    value: str
    binding: Binding = Binding.REQUIRED


class Change(StrEnum):
    """What became of a requirement from one list to another."""

    SAME = "same"
    STRICTER = "stricter"
    EASED = "eased"


class Continuation(Frozen):
    """Which requirements of the level below one goes on with, and what changed (``note``, unless the same)."""

    ids: tuple[str, ...] = Field(min_length=1)
    change: Change = Change.SAME
    note: str = ""


class Requirement(Frozen):
    """One requirement, in our own words, with the clause it restates.

    ``plan_part`` is the letter of the plan part and ``groups`` the ids of the management/technical groups it serves;
    both are empty only for what the decree leaves outside its basic requirements. ``uncertain`` says what is not
    settled and is shown to the user. ``continues`` links it to the level below; without it the requirement is new
    there. ``successors`` are the topics and duties of the following regime that cover the same ground.
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
    plan_part: str = ""
    groups: tuple[str, ...] = ()
    uncertain: str = ""
    continues: Continuation | None = None
    successors: tuple[str, ...] = ()

    def notes(self, suggested: str) -> Iterator[str]:
        """Its figures and cadences as sentences; ``suggested`` marks a figure that is only advised."""
        for figure in self.figures:
            yield f"{figure.name}: {figure.value}{f' ({suggested})' if figure.binding is Binding.SUGGESTED else ''}."
        for cadence in self.cadences:
            yield f"{cadence.activity}: {cadence.text}."
        if self.equivalent_allowed:
            yield "Được thay bằng biện pháp tương đương."


class RequirementGroup(Frozen):
    """A numbered group of the checklist (``3.1`` …); ``topic`` is the same word for the same matter at every level."""

    id: str
    number: str
    title: str
    citation: str
    topic: str = ""


class Checklist(Frozen):
    """All requirements of one level under one regime, dated and versioned."""

    id: str
    regime: str
    level: Level
    version: str
    title: str
    checked_on: date
    source_note: str
    groups: tuple[RequirementGroup, ...]
    requirements: tuple[Requirement, ...]

    def requirement(self, identifier: str) -> Requirement | None:
        """The requirement with this id."""
        return next((one for one in self.requirements if one.id == identifier), None)


class LevelledRequirement(Requirement):
    """A requirement that binds several levels in the same words."""

    levels: tuple[int, ...] = Field(min_length=1)


class Catalogue(Frozen):
    """Requirements of all levels in one file, each naming its levels: duties of the decree, physical security.

    ``outside_basic`` cites the clause that puts the whole catalogue outside the basic requirements; empty = inside.
    """

    id: str
    regime: str
    version: str
    title: str
    checked_on: date
    source_note: str
    outside_basic: str = ""
    groups: tuple[RequirementGroup, ...]
    requirements: tuple[LevelledRequirement, ...]

    def of_level(self, level: int) -> Checklist:
        """The part that binds one level, as a checklist of its own."""
        binding = [one for one in self.requirements if level in one.levels]
        used = {one.group for one in binding}
        plain = Requirement.model_fields
        return Checklist(
            id=f"{self.id}-level-{level}",
            regime=self.regime,
            level=level,
            version=self.version,
            title=f"{self.title}, hệ thống thông tin cấp độ {level}",
            checked_on=self.checked_on,
            source_note=self.source_note,
            groups=tuple(group for group in self.groups if group.id in used),
            requirements=tuple(  # checked when the catalogue was read; checking them again is most of the cost
                Requirement.model_construct(**{name: getattr(one, name) for name in plain}) for one in binding
            ),
        )
