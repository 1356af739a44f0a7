"""Misfits: where in a law file something does not fit, and what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from compliance.domain.wording import nearest

Misfit = tuple[str, str]
"""Where in the file (dotted path) and what is wrong (a Vietnamese sentence)."""


def doubles(path: str, ids: Iterable[str]) -> list[Misfit]:
    """The ids that stand more than once."""
    return [(f"{path}.{id_}", "mã này dùng hai lần.") for id_, count in Counter(ids).items() if count > 1]


def unless_known(path: str, value: str, known: Iterable[str]) -> list[Misfit]:
    """A misfit when the value is none of the known ones, with the nearest offered."""
    values = set(known)
    return [] if value in values else [(path, f"“{value}” không có; {offer(value, values)}")]


def offer(value: str, known: Iterable[str]) -> str:
    """What to write instead: the nearest known value, else all of them."""
    values = sorted(known)
    near = nearest(value, values)
    return f"gần nhất là “{near}”." if near else f"có: {', '.join(values)}."
