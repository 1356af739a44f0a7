"""How wide a text runs in the papers' face, for pages that must not spill: every face they use is as wide."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageFont

from compliance.adapters.templates import load_layout, page_face

_SCALE = 1000
_POINT_MM = 25.4 / 72


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres of a text on one line, set in so many points."""
    return float(_font("bold" if bold else "regular").getlength(text)) / _SCALE * size * _POINT_MM


@lru_cache(maxsize=2)
def _font(style: str) -> ImageFont.FreeTypeFont:
    face = page_face(load_layout())
    return ImageFont.truetype(str(face.files[style]), _SCALE, layout_engine=ImageFont.Layout.BASIC)
