"""What changed since the check before: better, worse, new, and what was not looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from compliance.domain.assessment import Assessment, Result
from compliance.domain.assessment_sheet import AssessmentRow
from compliance.domain.blank import Frozen
from compliance.domain.remediation_plan import numbers_text
from compliance.domain.wording import date_text


class Turn(StrEnum):
    """What became of one requirement from one check to the next."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"
    SCOPE = "scope"
    NOT_AGAIN = "not_again"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "better": "Tốt lên",
            "worse": "Kém đi",
            "same": "Giữ nguyên",
            "new": "Mới được đánh giá",
            "scope": "Đổi giữa áp dụng và không áp dụng",
            "not_again": "Lần trước có, lần này chưa đánh giá",
        }[self.value]


_ORDER = (Result.NON_COMPLIANT, Result.PARTIALLY_COMPLIANT, Result.COMPLIANT)


class ChangedRow(Frozen):
    """A requirement whose result changed; ``number`` is its row in the lists."""

    number: int
    id: str
    citation: str
    statement: str
    before: Result
    now: Result


class Changes(Frozen):
    """The check before and what changed since; ``counts`` covers every requirement that has a turn.

    ``other_lists``: it was made against other lists, whose requirements are not compared one by one.
    """

    previous_id: str
    previous_day: str
    other_lists: bool
    counts: Mapping[Turn, int]
    worse: tuple[ChangedRow, ...]
    better: tuple[ChangedRow, ...]

    @property
    def better_text(self) -> str:
        """The rows that got better, runs drawn together."""
        return numbers_text([one.number for one in self.better])


def turn_of(before: Result | None, now: Result) -> Turn | None:
    """What became of a requirement; ``None`` where neither check has a result."""
    known, seen = before not in {None, Result.NOT_ASSESSED}, now is not Result.NOT_ASSESSED
    if not (known and seen):
        return Turn.NEW if seen else Turn.NOT_AGAIN if known else None
    if before is now:
        return Turn.SAME
    if before not in _ORDER or now not in _ORDER:
        return Turn.SCOPE
    return Turn.BETTER if _ORDER.index(now) > _ORDER.index(before) else Turn.WORSE


def changes(rows: Iterable[AssessmentRow], previous: Assessment, now: Assessment) -> Changes:
    """Compare every row with how it came out before.

    Args:
        rows: all rows of the check, in order.
        previous: the check before.
        now: this check.
    """
    counts = dict.fromkeys(Turn, 0)
    moved: dict[Turn, list[ChangedRow]] = {Turn.BETTER: [], Turn.WORSE: []}
    for number, row in enumerate(rows, start=1):
        turn = turn_of(row.previous, row.result)
        if turn is None:
            continue
        counts[turn] += 1
        if turn in moved and row.previous is not None:
            one = row.requirement
            moved[turn].append(
                ChangedRow(
                    number=number,
                    id=one.id,
                    citation=one.citation,
                    statement=one.statement,
                    before=row.previous,
                    now=row.result,
                )
            )
    return Changes(
        previous_id=previous.id,
        previous_day=date_text(previous.closed_on or previous.started_on),
        other_lists=set(previous.lists) != set(now.lists),
        counts=counts,
        worse=tuple(moved[Turn.WORSE]),
        better=tuple(moved[Turn.BETTER]),
    )
