"""How one element looks: lengths in points, bold or not, which lines around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

SINGLE = 1.149
"""Height of a single line of Times New Roman and its twins, in font sizes."""
_UNITS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "": 0.75}
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(pt|px|mm|cm|in|em|rem|%)?", re.IGNORECASE)


class Percent(float):
    """A share of what surrounds, in hundredths."""


@dataclass(frozen=True)
class Line:
    """A line around something: its width in points, its kind as Word names it, its colour."""

    width: float
    kind: str = "single"
    colour: str = "000000"


Sides = tuple[float, float, float, float]
Lines = tuple[Line | None, Line | None, Line | None, Line | None]


@dataclass(frozen=True)
class Look:
    """Lengths are points; the four sides run as in CSS: top, right, bottom, left. The first group is inherited."""

    size: float = 13.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    raised: str = ""
    colour: str = "000000"
    align: str = "left"
    indent: float = 0.0
    line: float = SINGLE
    upper: bool = False
    space: str = "normal"
    marker: str = "disc"
    page: str = ""

    display: str = "inline"
    margin: Sides = (0.0, 0.0, 0.0, 0.0)
    centred: bool = False
    padding: Sides = (0.0, 0.0, 0.0, 0.0)
    lines: Lines = (None, None, None, None)
    width: float | None = None
    height: float | None = None
    max_width: float | None = None
    max_height: float | None = None
    shade: str = ""
    before: str = "auto"
    after: str = "auto"
    inside: str = "auto"
    restarts: bool = False
    float: str = "none"
    position: str = "static"
    valign: str = "baseline"
    fixed: bool = False

    @property
    def block(self) -> bool:
        """Whether it begins a line of its own."""
        return self.display in ("block", "list-item", "table", "table-caption") or self.display.startswith("table-")

    @property
    def gone(self) -> bool:
        """Whether it is not shown at all."""
        return self.display == "none"


_INHERITED = (
    "size", "bold", "italic", "underline", "raised", "colour", "align", "indent", "line", "upper", "space", "marker",
    "page",
)  # fmt: skip


def inherit(parent: Look) -> Look:
    """What a child starts from."""
    return Look(**{name: getattr(parent, name) for name in _INHERITED})


def length(value: str, size: float = 13.0) -> float | None:
    """Points, or a :class:`Percent`; nothing for ``auto`` and what cannot be read."""
    found = _LENGTH.fullmatch(value)
    if not found:
        return None
    number, unit = float(found[1]), (found[2] or "").lower()
    if unit == "%":
        return Percent(number)
    return number * (size if unit in ("em", "rem") else _UNITS[unit])


def share(value: float, whole: float) -> float:
    """Points of a length that may be a share of something."""
    return whole * value / 100 if isinstance(value, Percent) else value
