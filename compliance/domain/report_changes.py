"""What a later issue of a report says otherwise than the one before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compliance.domain.report import Change, Figure

_NOTHING = "(không có)"
_BLANK = "(để trống)"


def changes(
    before: Iterable[Figure], now: Iterable[Figure], cells_before: Mapping[str, str], cells_now: Mapping[str, str]
) -> tuple[Change, ...]:
    """Every figure and cell that differs: figures first, then cells in the order of the later issue.

    Args:
        before: the figures of the issue before.
        now: those of the later one.
        cells_before: what the issue before printed, by the place in words.
        cells_now: what the later one prints.
    """
    shown_before = {one.title: one.shown for one in before}
    shown_now = {one.title: one.shown for one in now}
    return (*_differing(shown_before, shown_now), *_differing(cells_before, cells_now))


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[Change]:
    for what in dict.fromkeys((*now, *before)):
        if before.get(what) != now.get(what):
            yield Change(what=what, before=_said(before.get(what)), now=_said(now.get(what)))


def _said(text: str | None) -> str:
    return _NOTHING if text is None else text or _BLANK
