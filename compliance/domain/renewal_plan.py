"""What became of the protection plan since an approval: requirements another level asks, results that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Requirement
from compliance.domain.comparison import Difference, Pair

Answers = Mapping[str, Answer]
Requirements = Mapping[str, Requirement]


class RequirementChange(Frozen):
    """A requirement that is new, gone, stricter or eased at the level of today, with the clause it stands in."""

    clause: str
    statement: str
    change: str
    note: str = ""


class ResultChange(Frozen):
    """A requirement of both sides whose result reads otherwise than on the day the dossier was sent."""

    clause: str
    statement: str
    before: str
    after: str


def requirement_changes(pairs: Iterable[Pair], requirements: Requirements) -> tuple[RequirementChange, ...]:
    """Every requirement that is not the same at both levels.

    Args:
        pairs: the lists of the two levels side by side; empty when the level stayed.
        requirements: those of both levels by id.
    """
    return tuple(
        RequirementChange(
            clause=_clause(pair.after or pair.before, requirements) or pair.citation,
            statement=pair.statement,
            change=pair.difference.label,
            note=pair.note,
        )
        for pair in pairs
        if pair.difference is not Difference.SAME
    )


def result_changes(
    pairs: Sequence[Pair], then: Answers, now: Answers, requirements: Requirements
) -> tuple[ResultChange, ...]:
    """Every requirement whose result changed, in the order of the lists.

    Without ``pairs`` (the level stayed) each requirement is compared with itself. A requirement only one of the levels
    has is no change of a result.
    """
    sides = [(pair.before, pair.after) for pair in pairs] if pairs else [((id_,), (id_,)) for id_ in requirements]
    found = []
    for before, after in sides:
        was, is_now = _results(before, then), _results(after, now)
        if before and after and was != is_now:
            found.append(
                ResultChange(
                    clause=_clause(after, requirements),
                    statement="; ".join(requirements[id_].statement for id_ in after if id_ in requirements),
                    before=_words(was),
                    after=_words(is_now),
                )
            )
    return tuple(found)


def _results(ids: Iterable[str], answers: Answers) -> tuple[Result, ...]:
    found = (answers[id_].result if id_ in answers else Result.NOT_ASSESSED for id_ in ids)
    return tuple(dict.fromkeys(found))


def _words(results: Iterable[Result]) -> str:
    return "; ".join(result.label for result in results)


def _clause(ids: Iterable[str], requirements: Requirements) -> str:
    return "; ".join(dict.fromkeys(requirements[id_].clause for id_ in ids if id_ in requirements))
