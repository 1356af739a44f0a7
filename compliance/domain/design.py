"""What a regime asks of the design of a system itself, beside its list of requirements."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.level import Level


class DesignZones(Frozen):
    """The least set of network zones a level asks for."""

    level: Level
    zones: tuple[str, ...]
    citation: str


class DesignItem(Frozen):
    """Something the design must hold from a level on; ``note`` says where a product is compulsory."""

    id: str
    title: str
    levels: tuple[int, ...] = Field(min_length=1)
    note: str = ""
    citation: str
    successors: tuple[str, ...] = ()
    uncertain: str = ""


class DesignRules(Frozen):
    """What a regime asks of the design itself, beside the list of requirements."""

    regime: str
    checked_on: date
    source_note: str
    zones: tuple[DesignZones, ...]
    items: tuple[DesignItem, ...]

    def of_level(self, level: int) -> tuple[DesignItem, ...]:
        """What the design of one level must hold."""
        return tuple(one for one in self.items if level in one.levels)

    def zones_of(self, level: int) -> DesignZones | None:
        """The network zones one level asks for."""
        return next((one for one in self.zones if one.level == level), None)
