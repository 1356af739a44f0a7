"""Vector pictures of a paper as bitmaps, for not every program that opens a Word file draws an SVG.

They are drawn by the library that prints the paper, under its rules: nothing outside the picture is opened.
"""

from __future__ import annotations

import io
import math
import re
from base64 import b64encode
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]

from compliance.adapters.faces import Face
from compliance.adapters.rendering import drawn, fonts
from compliance.adapters.templates import load_layout, page_face
from compliance.adapters.word_look import Percent, length

if TYPE_CHECKING:
    from PIL.Image import Image as Bitmap

DOTS = 200
"""Dots an inch of a bitmap at the size it is printed; a small one has twice as many."""

MOST_DOTS = 4_000_000
"""The most dots of one bitmap: a page across at :data:`DOTS`."""

_FINE = 2
_SMALL = 72.0 * 72.0
_NOT_DRAWN = {"xmlns", "class", "role", "aria-label"}
_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_INCH = 72
_PIXEL = 0.75
_WIDE = 10_000.0
_LEAST = 0.5
_MOST_BYTES = 8_000_000
_MOST_PARTS = 50_000
# By its first bytes: what only says it is a bitmap may be another drawing, which nobody has looked at.
_BITMAP = re.compile(r"data:image/(?:png|jpe?g|gif);base64,\s*(?:iVBORw0KGgo|/9j/|R0lGOD)[A-Za-z0-9+/=\s]*")
_KEPT = 256


@dataclass(frozen=True)
class Drawing:
    """An SVG that was found harmless, and the size it asks for in points; very wide when it asks for none."""

    source: bytes
    width: float
    height: float


def read_drawing(data: bytes) -> Drawing:
    """An SVG file; what it says of scripts is never run, so only what would be drawn is looked at.

    Raises:
        ValueError: it is no SVG, declares entities, points outside itself, or is too large to draw.
    """
    if len(data) > _MOST_BYTES:
        raise ValueError("too many bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise ValueError("no SVG") from error
    told = root.getroottree().docinfo.internalDTD
    if told is not None and any(True for _ in told.iterentities()):
        raise ValueError("entities")
    return _checked(root)


def inline_drawing(element: Any) -> Drawing:
    """An ``svg`` element of a paper, as the HTML parser left it.

    Raises:
        ValueError: as :func:`read_drawing`.
    """
    from tinyhtml5.constants import adjust_svg_attributes as cased  # type: ignore[import-untyped] # noqa: PLC0415

    root = deepcopy(element)
    root.tail = None
    for one in root.iter(etree.Element):
        for name in [name for name in one.attrib if name in cased]:
            one.set(cased[name], one.attrib.pop(name))
    for name in _NOT_DRAWN & set(root.attrib):
        del root.attrib[name]
    return read_drawing(etree.tostring(root).replace(b"<svg", f'<svg xmlns="{_SVG}"'.encode(), 1))


def _checked(root: Any) -> Drawing:
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError("no SVG")
    for one in root.iter(etree.Element):
        targets = {one.get(name, "").strip() or "#" for name in ("href", _LINK)}
        inside = all(target.startswith("#") or _BITMAP.fullmatch(target) for target in targets)
        if etree.QName(one).localname != "a" and not inside:
            raise ValueError("points outside itself")
    try:
        _weigh(root)
    except RecursionError as error:
        raise ValueError("too deep") from error
    return Drawing(etree.tostring(root), *_asked(root))


def _weigh(root: Any) -> None:
    """Refuse what grows beyond measure by using its own parts again and again, or for ever."""
    named = {one.get("id"): one for one in root.iter(etree.Element) if one.get("id")}
    known: dict[str, float] = {}

    def parts(one: Any) -> float:
        target = (one.get("href") or one.get(_LINK) or "").strip().removeprefix("#")
        again = used(target) if etree.QName(one).localname == "use" and target in named else 0
        return 1 + again + sum(parts(child) for child in one.iterchildren(etree.Element))

    def used(name: str) -> float:
        if name not in known:
            known[name] = math.inf  # what uses itself has no end
            known[name] = parts(named[name])
        return known[name]

    if parts(root) > _MOST_PARTS:
        raise ValueError("too many parts")


def _asked(root: Any) -> tuple[float, float]:
    """Width and height in points, one from the other by the shape of the view where only one is told."""
    width, height = (_points(root.get(name)) for name in ("width", "height"))
    view = (root.get("viewBox") or "").replace(",", " ").split()
    numbers = [float(one) for one in view] if len(view) == 4 else [0, 0, 300, 150]  # noqa: PLR2004 - x, y, width, height
    shape = numbers[2] / numbers[3] if numbers[3] > 0 else 0.0
    if not (math.isfinite(shape) and shape > 0):
        raise ValueError("a view without size")
    if width is None and height is None and not view:
        width = 300 * _PIXEL
    found = width or (height * shape if height else _WIDE)
    return found, height or found / shape


def _points(told: str | None) -> float | None:
    found = length((told or "").strip())
    return found if found and found > 0 and not isinstance(found, Percent) else None


class Studio:
    """Draws; what was drawn once in this process is not drawn again. ``face`` is the name pictures may call ours by."""

    def __init__(self, face: str) -> None:
        self._face = face
        self._fonts: Any = None

    def bitmap(self, drawing: Drawing, width: float, height: float) -> bytes:
        """A PNG of a drawing at this size in points; the same bytes for the same drawing.

        Raises:
            ValueError: it cannot be drawn whole.
        """
        return self.bitmaps([replace(drawing, width=width, height=height)])[0]

    def bitmaps(self, drawings: Sequence[Drawing]) -> list[bytes]:
        """Several at the sizes they ask for: quicker than one by one.

        Raises:
            ValueError: one of them cannot be drawn whole.
        """
        made = _made()
        wanted = list(dict.fromkeys(one for one in drawings if one not in made))
        if wanted:
            while len(made) + len(wanted) > _KEPT and made:
                del made[next(iter(made))]
            made |= zip(wanted, self._drawn(wanted), strict=True)
        return [made[one] for one in drawings]

    @staticmethod
    def forget() -> None:
        """Draw everything anew from here on."""
        _made().clear()

    def _drawn(self, drawings: Sequence[Drawing]) -> list[bytes]:
        import pypdfium2  # type: ignore[import-untyped] # noqa: PLC0415 - only papers with drawings need it

        shipped = page_face(load_layout(), folders=[])
        known = self._known_fonts(shipped, drawings)
        with pypdfium2.PdfDocument(drawn(_sheet(drawings), shipped, known)) as document:
            return [_png(page, one) for page, one in zip(document, drawings, strict=True)]

    def _known_fonts(self, shipped: Face, drawings: Sequence[Drawing]) -> Any:
        """Read once, but for drawings that bring faces of their own: what one brings must not write in the next."""
        names = list(dict.fromkeys((self._face, shipped.name)))
        if any(b"@" in one.source for one in drawings):
            return fonts(shipped, names)
        if self._fonts is None and any(b"text" in one.source for one in drawings):
            self._fonts = fonts(shipped, names)
        return self._fonts


@cache
def _made() -> dict[Drawing, bytes]:
    return {}


def _sheet(drawings: Sequence[Drawing]) -> str:
    """Every drawing alone on a page of its size."""
    css, parts = "", []
    for at, one in enumerate(drawings):
        size = f"{max(one.width, _LEAST):.4f}pt", f"{max(one.height, _LEAST):.4f}pt"
        css += f"@page p{at} {{ size: {size[0]} {size[1]}; margin: 0 }}\n"
        style = f"page: p{at}; display: block; overflow: hidden; width: {size[0]}; height: {size[1]}"
        source = f"data:image/svg+xml;base64,{b64encode(one.source).decode()}"
        parts.append(f'<div style="{style}"><img style="{style}" src="{source}"></div>')
    return f"<style>html, body {{ margin: 0 }}\n{css}</style>{''.join(parts)}"


def _png(page: Any, one: Drawing) -> bytes:
    width, height = max(one.width, _LEAST), max(one.height, _LEAST)
    wanted = DOTS / _INCH * (_FINE if width * height < _SMALL else 1)  # the lines of a chart are thin
    scale = min(wanted, math.sqrt(MOST_DOTS / (width * height)))
    image: Bitmap = page.render(scale=scale).to_pil().convert("RGB")
    if _grey(image):
        image = image.convert("L")
    kept = io.BytesIO()
    image.save(kept, "PNG", dpi=(scale * _INCH, scale * _INCH))
    return kept.getvalue()


def _grey(image: Bitmap) -> bool:
    from PIL import ImageChops  # noqa: PLC0415 - as above

    red, green, blue = image.split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(one.getextrema() == (0, 0) for one in differences)
