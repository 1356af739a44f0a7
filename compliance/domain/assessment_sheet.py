"""An assessment as one sees it: every requirement with what was found, and the figures of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from compliance.domain.assessment import Assessed, Assessment, Result
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.inheritance import Inherited


class AssessmentRow(Frozen):
    """One requirement: what this check found, else what a provider gives; ``previous`` is of the check before."""

    requirement: Requirement
    checklist_id: str
    group_title: str
    answer: Assessed | None = None
    version: int = 0
    inherited: Inherited | None = None
    previous: Result | None = None

    @property
    def own(self) -> bool:
        """Whether this check itself answered."""
        return self.answer is not None and self.answer.result is not Result.NOT_ASSESSED

    @property
    def from_provider(self) -> bool:
        """Whether a provider's answer counts here, live or as kept when the check was closed."""
        if self.answer is not None and self.answer.inherited is not None:
            return True
        return not self.own and self.inherited is not None

    @property
    def result(self) -> Result:
        """What counts."""
        if self.answer is not None and self.answer.result is not Result.NOT_ASSESSED:
            return self.answer.result
        return self.inherited.result if self.inherited else Result.NOT_ASSESSED

    @property
    def present_state(self) -> str:
        """How things stand, in the words of whoever answered."""
        if self.answer is not None and self.answer.result is not Result.NOT_ASSESSED:
            return self.answer.present_state
        return self.inherited.present_state if self.inherited else ""


class Tally(Frozen):
    """How many requirements came out how; ``assessed`` counts those with any result."""

    total: int
    assessed: int
    inherited: int
    counts: Mapping[Result, int]

    @property
    def coverage(self) -> float:
        """The share with a result, 0 to 1."""
        return self.assessed / self.total if self.total else 1.0

    @property
    def applicable(self) -> int:
        """How many have a result and apply."""
        return self.assessed - self.counts[Result.NOT_APPLICABLE]

    @property
    def compliance(self) -> float:
        """The share of compliant ones among those assessed that apply, 0 to 1."""
        return self.counts[Result.COMPLIANT] / self.applicable if self.applicable else 0.0


class GroupTally(Frozen):
    """The figures of one group of requirements."""

    id: str
    title: str
    tally: Tally


class AssessmentSheet(Frozen):
    """An assessment with all its rows, in the order of its lists."""

    assessment: Assessment
    system_name: str
    rows: tuple[AssessmentRow, ...]
    strays: tuple[str, ...] = ()

    @property
    def tally(self) -> Tally:
        """The figures of the whole."""
        return tally(self.rows)

    @property
    def groups(self) -> tuple[GroupTally, ...]:
        """The figures of each group that has requirements."""
        by_group: dict[tuple[str, str], list[AssessmentRow]] = {}
        for row in self.rows:
            by_group.setdefault((row.requirement.group, row.group_title), []).append(row)
        return tuple(GroupTally(id=id_, title=title, tally=tally(rows)) for (id_, title), rows in by_group.items())

    @property
    def open_rows(self) -> tuple[AssessmentRow, ...]:
        """The requirements still without a result."""
        return tuple(row for row in self.rows if row.result is Result.NOT_ASSESSED)

    def row(self, requirement_id: str) -> AssessmentRow | None:
        """The row of one requirement."""
        return next((row for row in self.rows if row.requirement.id == requirement_id), None)


def tally(rows: Sequence[AssessmentRow]) -> Tally:
    """Count rows by result."""
    counted = Counter(row.result for row in rows)
    return Tally(
        total=len(rows),
        assessed=len(rows) - counted[Result.NOT_ASSESSED],
        inherited=sum(row.from_provider for row in rows),
        counts={result: counted[result] for result in Result},
    )


def assessment_sheet(
    assessment: Assessment,
    system_name: str,
    lists: Iterable[Checklist],
    *,
    answers: Mapping[str, tuple[int, Assessed]],
    inherited: Mapping[str, Inherited],
    previous: Mapping[str, Result],
) -> AssessmentSheet:
    """Put an assessment together.

    Args:
        assessment: the check.
        system_name: of the system checked.
        lists: what it is checked against, in order.
        answers: version and answer by requirement.
        inherited: providers' answers by requirement; of no account once the check is closed, which keeps its own.
        previous: results of the check before, by requirement.
    """
    live = {} if assessment.closed else inherited
    rows = []
    for checklist in lists:
        titles = {group.id: group.title for group in checklist.groups}
        for one in checklist.requirements:
            version, answer = answers.get(one.id, (0, None))
            if answer is not None and answer.inherited is not None and not assessment.closed:
                answer = None  # a check opened again follows the provider again
            rows.append(
                AssessmentRow(
                    requirement=one,
                    checklist_id=checklist.id,
                    group_title=titles[one.group],
                    answer=answer,
                    version=version,
                    inherited=live.get(one.id),
                    previous=previous.get(one.id),
                )
            )
    known = {row.requirement.id for row in rows}
    strays = tuple(sorted(id_ for id_ in answers if id_ not in known))
    return AssessmentSheet(assessment=assessment, system_name=system_name, rows=tuple(rows), strays=strays)
