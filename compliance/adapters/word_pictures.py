"""Pictures of a paper inside its Word twin."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from html import escape

from PIL import Image

from compliance.adapters.word_drawing import Drawing, Studio, inline_drawing, read_drawing
from compliance.adapters.word_look import share
from compliance.adapters.word_tree import Node

_DATA = re.compile(r"data:image/([\w.+-]+);base64,(.*)", re.DOTALL)
_CARRIED = ("png", "jpeg", "jpg")
_EMU = 12700
_PIXEL = 0.75
_TALLEST = 600.0
_SMALL = 30.0
_NOT_SHOWN = "(Hình “{name}” không chèn được vào bản Word; xem hình trong bản PDF cùng bộ.)"


@dataclass(frozen=True)
class Picture:
    """Markup of a picture, or the words that stand in its place."""

    markup: str = ""
    words: str = ""


class Gallery:
    """Places pictures; ``embed`` keeps the bytes of one in the file and tells the id to point at."""

    def __init__(self, embed: Callable[[bytes], str], studio: Studio) -> None:
        self._embed, self._studio = embed, studio
        self._count = 0

    def prepare(self, nodes: Iterable[Node]) -> None:
        """Draw the small ``svg`` elements of a paper together: one by one takes three times as long."""
        small = [one for node in nodes if node.tag == "svg" and (one := _inline(node)) and one.height < _SMALL]
        with suppress(ValueError):  # the one that cannot be drawn is met again alone
            self._studio.bitmaps(small)

    def picture(self, node: Node, room: float) -> Picture:
        """An ``img`` of PNG, JPEG or SVG, or an ``svg``; an ``img`` Word cannot hold is named, an ``svg`` left out."""
        try:
            data, width, height = self._svg(node, room) if node.tag == "svg" else self._img(node, room)
            number = self._embed(data)
        except (OSError, ValueError, Image.DecompressionBombError):
            name = node.attributes.get("alt", "").strip() or "không tên"
            return Picture(words=_NOT_SHOWN.format(name=name) if node.tag == "img" else "")
        self._count += 1
        return Picture(_markup(number, self._count, _alternative(node), width, height))

    def _svg(self, node: Node, room: float) -> tuple[bytes, float, float]:
        return self._drawn(inline_drawing(node.source), node, room)

    def _img(self, node: Node, room: float) -> tuple[bytes, float, float]:
        found = _DATA.match(node.attributes.get("src", ""))
        kind, data = (found[1], b64decode(found[2], validate=False)) if found else ("", b"")
        if kind == "svg+xml":
            return self._drawn(read_drawing(data), node, room)
        if kind not in _CARRIED:
            raise ValueError("no picture Word can hold")
        with Image.open(io.BytesIO(data)) as image:
            size = image.width * _PIXEL, image.height * _PIXEL
        return data, *_fitted(size, node, room)

    def _drawn(self, one: Drawing, node: Node, room: float) -> tuple[bytes, float, float]:
        size = _fitted((one.width, one.height), node, room)
        return self._studio.bitmap(one, *size), *size


def _inline(node: Node) -> Drawing | None:
    try:
        return inline_drawing(node.source)
    except ValueError:
        return None


def _alternative(node: Node) -> str:
    """What is read out to those who do not see it."""
    told = node.attributes.get("alt") or node.attributes.get("aria-label") or ""
    return (told or (node.source.findtext("title") or "" if node.source is not None else "")).strip()


def _fitted(size: tuple[float, float], node: Node, room: float) -> tuple[float, float]:
    """Width and height in points: as large as CSS says, never wider than the column."""
    width, height = (max(one, _PIXEL) for one in size)
    look = node.look
    if look.width:
        height, width = height * share(look.width, room) / width, share(look.width, room)
    widest = min(room, share(look.max_width, room) if look.max_width else room)
    tallest = min(_TALLEST, share(look.max_height, _TALLEST) if look.max_height else _TALLEST)
    scale = min(1.0, widest / width, tallest / height)
    return width * scale, height * scale


def _markup(number: str, at: int, name: str, width: float, height: float) -> str:
    extent = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    told = f'id="{at}" name="Hình {at}" descr="{escape(name)}"'
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr {told}/>'
        f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {told}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing>"
    )
