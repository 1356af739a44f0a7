"""What each declaration of a style sheet changes in the look of an element."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from compliance.adapters.word_css import Declarations
from compliance.adapters.word_look import SINGLE, Line, Look, inherit, length, share

_COLOURS = {"black": "000000", "white": "FFFFFF", "red": "FF0000"}
_SIDES = ("top", "right", "bottom", "left")
_STYLES = {"solid": "single", "dotted": "dotted", "dashed": "dashed", "double": "double"}
_SHORT_COLOUR = 3
_FIRST = ("font", "font-size")
_TALLEST_LINE = 100
"""Font sizes; what is taller, endless or no number at all was mistyped."""

Change = dict[str, Any]
_Property = Callable[[str, Look, Look], Change]


def look(parent: Look, declared: Declarations) -> Look:
    """An element's look from its parent's and its own declarations, weakest first."""
    ordered = sorted(declared, key=lambda one: one[0] not in _FIRST)
    start = now = inherit(parent)
    for name, value in ordered:
        change = _PROPERTIES.get(name)
        if change is not None:
            now = replace(now, **change(value.removesuffix("!important").strip(), now, start))
    told = dict(ordered)
    if told.get("margin-left") == told.get("margin-right") == "auto":
        now = replace(now, centred=True)
    return now


def _size(value: str, _now: Look, start: Look) -> Change:
    if value == "inherit":
        return {"size": start.size}
    found = length(value, start.size)
    return {} if found is None else {"size": share(found, start.size)}


def _font(value: str, now: Look, start: Look) -> Change:
    if value == "inherit":
        return {name: getattr(start, name) for name in ("size", "bold", "italic", "line")}
    words = value.partition('"')[0].split()
    change: Change = {"bold": "bold" in words, "italic": "italic" in words, "line": SINGLE}
    for word in words:
        told, _, height = word.partition("/")
        found = length(told, start.size)
        if found is not None:
            change["size"] = share(found, start.size)
            change |= _height(height, now, start) if height else {}
    return change


def _height(value: str, now: Look, _start: Look) -> Change:
    if value == "normal":
        return {"line": SINGLE}
    try:
        factor = float(value)
    except ValueError:
        found = length(value, now.size)
        factor = share(found, now.size) / now.size if found and now.size else 0
    return {"line": factor} if 0 < factor < _TALLEST_LINE else {}


def _sides(field: str) -> _Property:
    def change(value: str, now: Look, _start: Look) -> Change:
        parts = value.split()
        if not 1 <= len(parts) <= len(_SIDES):
            return {}
        top, right = parts[0], parts[1] if len(parts) > 1 else parts[0]
        bottom = parts[2] if len(parts) > 2 else top  # noqa: PLR2004 - CSS fills up missing sides so
        left = parts[3] if len(parts) > 3 else right  # noqa: PLR2004
        found = tuple(length(part, now.size) or 0.0 for part in (top, right, bottom, left))
        middle = {"centred": right == left == "auto"} if field == "margin" else {}
        return {field: found, **middle}

    return change


def _side(field: str, at: int) -> _Property:
    def change(value: str, now: Look, _start: Look) -> Change:
        sides = list(getattr(now, field))
        sides[at] = length(value, now.size) or 0.0
        return {field: tuple(sides)}

    return change


def _line(*at: int) -> _Property:
    def change(value: str, now: Look, _start: Look) -> Change:
        sides = list(now.lines)
        for one in at:
            sides[one] = _border(value)
        return {"lines": tuple(sides)}

    return change


def _border(value: str) -> Line | None:
    parts = value.lower().split()
    kind = next((_STYLES[part] for part in parts if part in _STYLES), "")
    if not kind or "transparent" in parts:
        return None
    width = next((found for part in parts if (found := length(part)) is not None), 1.0)
    colour = next((hexed for part in parts if (hexed := _hex(part))), "000000")
    return Line(width, kind, colour) if width else None


def _line_colour(at: int) -> _Property:
    def change(value: str, now: Look, _start: Look) -> Change:
        sides, before = list(now.lines), now.lines[at]
        sides[at] = (
            None if value == "transparent" or before is None else replace(before, colour=_hex(value) or "000000")
        )
        return {"lines": tuple(sides)}

    return change


def _hex(value: str) -> str:
    digits = value.removeprefix("#")
    if digits == value or not re.fullmatch(r"[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?", digits):
        return _COLOURS.get(value, "")
    return (digits if len(digits) > _SHORT_COLOUR else "".join(one * 2 for one in digits)).upper()


def _plain(field: str) -> _Property:
    return lambda value, _now, _start: {field: value}


def _yes(field: str, *words: str) -> _Property:
    return lambda value, _now, start: {field: getattr(start, field) if value == "inherit" else value in words}


def _long(field: str) -> _Property:
    return lambda value, now, _start: {field: length(value, now.size)}


def _colour(field: str) -> _Property:
    return lambda value, _now, _start: {field: found} if (found := _hex(value)) else {}


_RAISED = {"super": {"raised": "superscript"}, "sub": {"raised": "subscript"}}
_PROPERTIES: dict[str, _Property] = {
    "font": _font,
    "font-size": _size,
    "font-weight": _yes("bold", "bold", "bolder", "600", "700", "800", "900"),
    "font-style": _yes("italic", "italic", "oblique"),
    "text-decoration": _yes("underline", "underline"),
    "line-height": _height,
    "text-align": _plain("align"),
    "text-indent": lambda value, now, _start: {"indent": length(value, now.size) or 0.0},
    "text-transform": _yes("upper", "uppercase"),
    "white-space": _plain("space"),
    "list-style": _plain("marker"),
    "list-style-type": _plain("marker"),
    "color": _colour("colour"),
    "background": _colour("shade"),
    "background-color": _colour("shade"),
    "display": _plain("display"),
    "margin": _sides("margin"),
    "padding": _sides("padding"),
    "border": _line(0, 1, 2, 3),
    "width": _long("width"),
    "height": _long("height"),
    "min-height": _long("height"),
    "max-width": _long("max_width"),
    "max-height": _long("max_height"),
    "break-before": _plain("before"),
    "break-after": _plain("after"),
    "break-inside": _plain("inside"),
    "page-break-before": lambda value, _now, _start: {"before": "page" if value == "always" else value},
    "page-break-after": lambda value, _now, _start: {"after": "page" if value == "always" else value},
    "page-break-inside": _plain("inside"),
    "page": lambda value, _now, start: {"page": start.page if value in ("auto", "inherit") else value},
    "counter-reset": lambda value, _now, _start: {"restarts": "page" in value.split()},
    "float": _plain("float"),
    "position": _plain("position"),
    "vertical-align": lambda value, _now, _start: {"valign": value, **_RAISED.get(value, {})},
    "table-layout": _yes("fixed", "fixed"),
}
for _at, _name in enumerate(_SIDES):
    _PROPERTIES[f"margin-{_name}"] = _side("margin", _at)
    _PROPERTIES[f"padding-{_name}"] = _side("padding", _at)
    _PROPERTIES[f"border-{_name}"] = _line(_at)
    _PROPERTIES[f"border-{_name}-color"] = _line_colour(_at)
