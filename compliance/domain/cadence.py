"""A cadence: how often a recurring activity is due."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen


class CadenceUnit(StrEnum):
    """Units of a cadence."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    UNSTATED = "unstated"


_MONTHS = {CadenceUnit.MONTH: 1, CadenceUnit.QUARTER: 3, CadenceUnit.YEAR: 12}
_UNITS = {
    CadenceUnit.DAY: "ngày",
    CadenceUnit.MONTH: "tháng",
    CadenceUnit.QUARTER: "quý",
    CadenceUnit.YEAR: "năm",
}


class Cadence(Frozen):
    """At least once every ``every`` ``unit``; ``unstated`` = the text says “định kỳ” and leaves the figure open.

    ``or_on_change``: also whenever things change. ``activity`` is the short Vietnamese name used in calendars.
    """

    every: int = Field(default=1, ge=1)
    unit: CadenceUnit
    or_on_change: bool = False
    activity: str = Field(min_length=1)

    @property
    def months(self) -> int | None:
        """The period in whole months; ``None`` when it is shorter than a month or not stated."""
        factor = _MONTHS.get(self.unit)
        return factor * self.every if factor else None

    @property
    def text(self) -> str:
        """``ít nhất 1 lần/6 tháng hoặc khi có thay đổi``; “định kỳ” where the text gives no figure."""
        change = " hoặc khi có thay đổi" if self.or_on_change else ""
        if self.unit is CadenceUnit.UNSTATED:
            return f"định kỳ{change}"
        every = f"{self.every} " if self.every > 1 else ""
        return f"ít nhất 1 lần/{every}{_UNITS[self.unit]}{change}"
