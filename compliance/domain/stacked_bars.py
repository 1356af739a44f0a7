"""Stacked bars: how the parts of each whole stand to each other, as plain numbers a template draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compliance.domain.assessment import Result
from compliance.domain.assessment_sheet import Tally
from compliance.domain.blank import Frozen


class Segment(Frozen):
    """One part of a bar: how many, where it begins and how wide it is, both as shares of the bar (0 to 1)."""

    key: str
    count: int
    start: float
    share: float


class Bar(Frozen):
    """One bar; every part has its segment, the empty ones too, so that the numbers stand in columns."""

    number: str
    title: str
    total: int
    segments: tuple[Segment, ...]


class Legend(Frozen):
    """What a part is called; ``key`` names its pattern."""

    key: str
    label: str


class BarChart(Frozen):
    """Bars of one kind and the bar of the whole."""

    legend: tuple[Legend, ...]
    bars: tuple[Bar, ...]
    whole: Bar


def bar(number: str, title: str, counts: Mapping[str, int]) -> Bar:
    """One bar; its parts stand in the order given."""
    total, start, segments = sum(counts.values()), 0.0, []
    for key, count in counts.items():
        share = count / total if total else 0.0
        segments.append(Segment(key=key, count=count, start=start, share=share))
        start += share
    return Bar(number=number, title=title, total=total, segments=tuple(segments))


def result_chart(lines: Iterable[tuple[str, str, Tally]], title: str, whole: Tally) -> BarChart:
    """Bars of results.

    Args:
        lines: number, title and figures of each bar.
        title: of the bar of the whole.
        whole: its figures.
    """
    return BarChart(
        legend=tuple(Legend(key=one.value, label=one.label) for one in Result),
        bars=tuple(bar(number, called, _counts(tally)) for number, called, tally in lines),
        whole=bar("", title, _counts(whole)),
    )


def _counts(tally: Tally) -> dict[str, int]:
    return {result.value: tally.counts[result] for result in Result}
