"""The page a leader reads: how far, how well, where it hurts most, better or worse than last time."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.domain.assessment import Assessment, Result
from compliance.domain.assessment_changes import Changes, changes
from compliance.domain.assessment_detail import DetailList
from compliance.domain.assessment_sheet import AssessmentSheet, Tally
from compliance.domain.blank import Frozen
from compliance.domain.shortfall import Shortfall, shortened
from compliance.domain.stacked_bars import BarChart, result_chart

WORST = 10
"""How many findings the leader's page shows."""

_ROOM = (112, 54)
"""Letters of a finding and its clause: two lines, and one where long names need the place."""

_TITLE = 30


class WorstLine(Frozen):
    """One of the worst findings on the leader's page; a cut ``statement`` ends in ``…``.

    ``citation`` is the bare clause where long names need the place; it stands in full in the details.
    """

    number: int
    statement: str
    citation: str
    result: str
    severity: str
    due: str
    overdue: bool


class LeaderPage(Frozen):
    """What fits one page: figures, bars, the worst findings, the change. Shares are whole percents."""

    figures: Tally
    coverage: int
    compliance: int
    chart: BarChart
    shortfalls: int
    worst: tuple[WorstLine, ...]
    overdue: int
    gaps: int
    changes: Changes | None


def leader_page(
    sheet: AssessmentSheet,
    lists: Sequence[DetailList],
    short: Sequence[Shortfall],
    *,
    overdue: int,
    gaps: int,
    previous: Assessment | None,
    long_head: bool,
) -> LeaderPage:
    """Put the page together.

    Args:
        sheet: the check.
        lists: its lists in detail.
        short: what falls short, the worst first.
        overdue: how many findings are past their deadline.
        gaps: how many answers claim more than their evidence shows.
        previous: the check before.
        long_head: long names take the place of the findings' second lines.
    """
    figures = sheet.tally
    return LeaderPage(
        figures=figures,
        coverage=_percent(figures.assessed, figures.total),
        compliance=_percent(figures.counts[Result.COMPLIANT], figures.applicable),
        chart=_short_chart(lists, figures),
        shortfalls=len(short),
        worst=tuple(_worst(one, long_head) for one in short[:WORST]),
        overdue=overdue,
        gaps=gaps,
        changes=changes(sheet.rows, previous, sheet.assessment) if previous else None,
    )


def _percent(part: int, whole: int) -> int:
    """Whole percents, never 100 while something is left and never 0 while there is something."""
    if not part or not whole:
        return 0
    return 100 if part == whole else min(99, max(1, round(100 * part / whole)))


def _short_chart(lists: Sequence[DetailList], figures: Tally) -> BarChart:
    """The groups of the first list, and one bar for every further list: its groups stand in the details."""
    lines = [(one.number, one.title, one.tally) for one in lists[0].groups] if lists else []
    lines += [("", f"{shortened(one.title, _TITLE)} ({len(one.groups)} nhóm)", one.tally) for one in lists[1:]]
    return result_chart(lines, "Toàn bộ", figures)


def _worst(one: Shortfall, long_head: bool) -> WorstLine:
    clause = one.clause if long_head else one.citation
    return WorstLine(
        number=one.number,
        statement=shortened(one.statement.rstrip("."), _ROOM[long_head] - len(clause)),
        citation=clause,
        result=one.result.label,
        severity=one.severity.label,
        due=one.due,
        overdue=one.overdue,
    )
