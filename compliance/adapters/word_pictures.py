"""Pictures of a paper inside its Word twin."""

from __future__ import annotations

import binascii
import io
import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from PIL import Image

from compliance.adapters.word_look import share
from compliance.adapters.word_tree import Node

_DATA = re.compile(r"data:image/([\w.+-]+);base64,(.*)", re.DOTALL)
_EMU = 12700
_PIXEL = 0.75
_TALLEST = 600.0
_NOT_SHOWN = "(Hình “{name}” không chèn được vào bản Word; xem hình trong bản PDF cùng bộ.)"


@dataclass(frozen=True)
class Picture:
    """Markup of a picture, or the words that stand in its place."""

    markup: str = ""
    words: str = ""


class Gallery:
    """Places pictures; ``embed`` keeps the bytes of one in the file and tells the id to point at."""

    def __init__(self, embed: Callable[[bytes], str]) -> None:
        self._embed = embed
        self._count = 0

    def picture(self, node: Node, room: float) -> Picture:
        """An ``img`` of PNG or JPEG; what Word cannot hold is named, a chart's bar beside its figures is left out."""
        if node.tag != "img":
            return Picture()
        name = node.attributes.get("alt", "").strip()
        found = _DATA.match(node.attributes.get("src", ""))
        try:
            data = b64decode(found[2], validate=False) if found and found[1] in ("png", "jpeg", "jpg") else b""
            with Image.open(io.BytesIO(data)) as image:
                size = image.size
            number = self._embed(data)
        except (OSError, ValueError, binascii.Error, Image.DecompressionBombError):
            return Picture(words=_NOT_SHOWN.format(name=name or "không tên"))
        self._count += 1
        return Picture(_markup(number, self._count, name, *_fitted(size, node, room)))


def _fitted(pixels: tuple[int, int], node: Node, room: float) -> tuple[float, float]:
    """Width and height in points: as large as CSS says, never wider than the column."""
    width, height = max(pixels[0], 1) * _PIXEL, max(pixels[1], 1) * _PIXEL
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
