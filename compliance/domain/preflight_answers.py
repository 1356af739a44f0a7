"""Detectors about the answers to the requirements, and the evidence behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from compliance.domain.assessment import Answer, Result
from compliance.domain.checklist import Binding
from compliance.domain.preflight import Detector, Hit, Lexicon, detector
from compliance.domain.preflight_input import LEVEL, PreflightInput
from compliance.domain.remediation import GapKind
from compliance.domain.wording import date_text, folded

_SHORTEST = 6
"""Letters below which words give no reason."""
_FEWEST = 10
"""Answers below which a share of them says nothing."""
_PERCENT = 100


def _on_list(facts: PreflightInput) -> Iterator[tuple[str, Answer]]:
    """The answers to requirements of the list, in its order."""
    for id_ in facts.requirements:
        answer = facts.answers.get(id_)
        if answer is not None:
            yield id_, answer


def _hit(facts: PreflightInput, field: str, id_: str, **words: str) -> Hit:
    requirement = facts.requirements.get(id_)
    clause = (requirement.clause if requirement else "") or id_
    told = {"requirement": id_, "clause": clause, **words}
    return Hit(facts.place(f"answers.{field}", id_), (f"answers.{field}", "answers", LEVEL), told)


def says_nothing(reason: str, lexicon: Lexicon) -> bool:
    """Whether a reason gives none: blank, a few letters, or words that only say no."""
    key = folded(reason)
    return len(key) < _SHORTEST or key in {folded(word) for word in lexicon.empty_reasons}


def _not_applicable(facts: PreflightInput) -> Iterator[Hit]:
    for id_, answer in _on_list(facts):
        if answer.result is Result.NOT_APPLICABLE and says_nothing(answer.reason, facts.lexicon):
            yield _hit(facts, "reason", id_, reason=answer.reason)


def _equivalent(facts: PreflightInput) -> Iterator[Hit]:
    for id_, answer in _on_list(facts):
        if answer.equivalent and says_nothing(answer.equivalent_reason, facts.lexicon):
            yield _hit(facts, "measure", id_, equivalent=answer.equivalent)


def _short_without(field: str) -> Callable[[PreflightInput], Iterator[Hit]]:
    def find(facts: PreflightInput) -> Iterator[Hit]:
        for id_, answer in _on_list(facts):
            if answer.result.falls_short and not getattr(answer, field):
                yield _hit(facts, field, id_)

    return find


def _past(facts: PreflightInput) -> Iterator[Hit]:
    for id_, answer in _on_list(facts):
        if answer.result.falls_short and answer.due is not None and answer.due < facts.today:
            yield _hit(facts, "due", id_, due=date_text(answer.due))


def _unit_lost(facts: PreflightInput) -> Iterator[Hit]:
    for id_, answer in _on_list(facts):
        if answer.responsible_unit_id and answer.responsible_unit_id not in facts.units:
            yield _hit(facts, "responsible_unit_id", id_, unit=answer.responsible_unit_id)


def _copied(facts: PreflightInput) -> Iterator[Hit]:
    """The same words for many requirements: whoever appraises asks what they describe."""
    same: dict[str, list[str]] = defaultdict(list)
    for id_, answer in _on_list(facts):
        if answer.present_state and answer.result is not Result.NOT_APPLICABLE:
            same[folded(answer.present_state)].append(id_)
    for ids in same.values():
        if len(ids) >= facts.lexicon.same_state:
            state = facts.answers[ids[0]].present_state
            yield _hit(facts, "present_state", ids[0], count=str(len(ids)), state=state)


def _many_not_applicable(facts: PreflightInput) -> Iterator[Hit]:
    said = [answer.result for _, answer in _on_list(facts) if answer.result is not Result.NOT_ASSESSED]
    count = sum(result is Result.NOT_APPLICABLE for result in said)
    if len(said) >= _FEWEST and count * _PERCENT >= len(said) * facts.lexicon.not_applicable_percent:
        words = {"count": str(count), "of": str(len(said))}
        yield Hit(facts.place("answers"), ("answers", LEVEL), words)


def _gap(kind: GapKind) -> Callable[[PreflightInput], Iterator[Hit]]:
    """Evidence behind answers to binding requirements; a lost file is told whatever it was for."""

    def find(facts: PreflightInput) -> Iterator[Hit]:
        requirements = facts.requirements
        for gap in facts.gaps:
            requirement = requirements.get(gap.requirement_id)
            binds = requirement is not None and requirement.binding is Binding.REQUIRED
            if gap.kind is kind and (binds or kind is GapKind.LOST):
                since = date_text(gap.since) if gap.since else ""
                hit = _hit(facts, "present_state", gap.requirement_id, evidence=gap.evidence_id, since=since)
                yield hit._replace(where=f"Minh chứng của yêu cầu {gap.requirement_id}")

    return find


_REQUIREMENT = ("requirement", "clause")

DETECTORS: Mapping[str, Detector] = {
    "not-applicable-without-reason": detector(_not_applicable, *_REQUIREMENT, "reason"),
    "equivalent-without-reason": detector(_equivalent, *_REQUIREMENT, "equivalent"),
    "short-without-measure": detector(_short_without("measure"), *_REQUIREMENT),
    "short-without-deadline": detector(_short_without("due"), *_REQUIREMENT),
    "short-without-unit": detector(_short_without("responsible_unit_id"), *_REQUIREMENT),
    "deadline-of-measure-passed": detector(_past, *_REQUIREMENT, "due"),
    "answer-of-lost-unit": detector(_unit_lost, *_REQUIREMENT, "unit"),
    "same-state": detector(_copied, *_REQUIREMENT, "count", "state"),
    "many-not-applicable": detector(_many_not_applicable, "count", "of"),
    "evidence-missing": detector(_gap(GapKind.MISSING), *_REQUIREMENT, "evidence", "since"),
    "evidence-expired": detector(_gap(GapKind.EXPIRED), *_REQUIREMENT, "evidence", "since"),
    "evidence-lost": detector(_gap(GapKind.LOST), *_REQUIREMENT, "evidence", "since"),
}
