"""Filling the sentences of a regulation with what the office recorded, each blank kept as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import Formatter

from compliance.domain.blank import Frozen
from compliance.domain.overview import Units
from compliance.domain.printed import Record, Standing, Value, value
from compliance.domain.regulation_text import Slot
from compliance.domain.system import System


class Piece(Frozen):
    """A run of a sentence: words, or a recorded value in their midst; ``spaced``: a blank stands before it."""

    text: str = ""
    value: Value | None = None
    spaced: bool = False


@dataclass(frozen=True)
class Filling:
    """What stands for each slot."""

    values: Mapping[str, Value]
    units: Units

    @classmethod
    def of(cls, systems: Sequence[System], level: int, units: Units) -> Filling:
        """For sentences about all systems at once; the level is that of the regulation."""
        values = {
            Slot.OWNER: _units(systems, "owner_id", units),
            Slot.OPERATOR: _units(systems, "operator_id", units),
            Slot.SECURITY_UNIT: _units(systems, "security_unit_id", units),
            Slot.LEVEL: value("systems.level", level),
            Slot.SYSTEMS: value("systems.name", ", ".join(f"“{one.name}”" for one in systems)),
            Slot.OPEN: value("regulation.open", None),
        }
        return cls({slot.value: one for slot, one in values.items()}, units)

    def about(self, system: System, level: int) -> Filling:
        """For a sentence about one of the systems."""
        own = {
            Slot.SYSTEM.value: Record("systems", system.absences, system.assumed).value("name", system.name),
            Slot.SYSTEM_LEVEL.value: value("systems.level", level),
            Slot.SYSTEM_OPERATOR.value: _units([system], "operator_id", self.units),
        }
        return replace(self, values={**self.values, **own})

    def pieces(self, sentence: str) -> tuple[Piece, ...]:
        """The sentence with its slots filled; a slot nothing is known for is a blank."""
        found: list[Piece] = []
        for words, slot, _, _ in Formatter().parse(sentence):
            if words.strip():
                found.append(Piece(text=words, spaced=words[0] == " "))
            if slot is not None:
                filled = self.values.get(slot) or value(f"regulation.{slot}", None)
                found.append(Piece(value=filled, spaced=words.endswith(" ")))
        return tuple(found)


def _units(systems: Sequence[System], field: str, units: Units) -> Value:
    """The units of that part, each once; a blank as soon as one system names none that is recorded."""
    found: dict[str, bool] = {}
    for system in systems:
        unit = units.get(getattr(system, field) or "")
        if unit is None:
            return Value(field=f"systems.{field}", standing=Standing.UNANSWERED, subject=system.name)
        found[unit.name] = found.get(unit.name, False) or field in system.assumed or "name" in unit.assumed
    return value(f"systems.{field}", "; ".join(found), assumed=any(found.values()))
