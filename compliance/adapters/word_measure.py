"""How wide a text runs, measured in the shipped face: all faces the papers use are as wide."""

from __future__ import annotations

import re
from functools import lru_cache

from PIL import ImageFont

from compliance.adapters.faces import STYLES
from compliance.adapters.templates import load_layout, page_face
from compliance.adapters.word_look import Look
from compliance.adapters.word_tree import Node

_SCALE = 1000


def width_of(node: Node) -> float:
    """Points of the longest line inside an element, lines parting only where they must."""
    return max((sum(_run(*part) for part in line) for line in _lines(node)), default=0.0)


def widest_word(node: Node) -> float:
    """Points of the longest word; of the whole line where it may not be parted."""
    found = 0.0
    for line in _lines(node):
        for text, look in line:
            parts = [text] if look.space in ("nowrap", "pre") else text.split()
            found = max(found, *(_run(part, look) for part in parts), 0.0)
    return found


def _lines(node: Node) -> list[list[tuple[str, Look]]]:
    lines: list[list[tuple[str, Look]]] = [[]]
    _gather(node, lines)
    return lines


def _gather(node: Node, lines: list[list[tuple[str, Look]]]) -> None:
    if node.look.block and lines[-1]:
        lines.append([])
    for one in node.content:
        if isinstance(one, str):
            text = one if node.look.space.startswith("pre") else re.sub(r"[ \t\r\n]+", " ", one)
            lines[-1].append((text.upper() if node.look.upper else text, node.look))
        elif one.tag == "br":
            lines.append([])
        else:
            _gather(one, lines)
    if node.look.block:
        lines.append([])


def _run(text: str, look: Look) -> float:
    style = STYLES[look.bold + 2 * look.italic]
    return _font(style).getlength(text) / _SCALE * look.size


@lru_cache(maxsize=len(STYLES))
def _font(style: str) -> ImageFont.FreeTypeFont:
    face = page_face(load_layout(), folders=[])
    return ImageFont.truetype(str(face.files[style]), _SCALE, layout_engine=ImageFont.Layout.BASIC)
