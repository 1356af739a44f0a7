"""Answers already given, after a change of level or regime: which still hold, which to ask again, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Frozen
from compliance.domain.comparison import Difference, Pair


class Carried(Frozen):
    """An answer that still holds: from which requirements, to which, and its result."""

    before: tuple[str, ...]
    after: str
    result: Result


class AskedAgain(Frozen):
    """A requirement whose former answer is not enough, and why."""

    before: tuple[str, ...]
    after: str
    why: str


class Effect(Frozen):
    """What a change means for the answers of one system; ``new`` were never answered, ``dropped`` no longer count."""

    holds: tuple[Carried, ...]
    ask_again: tuple[AskedAgain, ...]
    new: tuple[str, ...]
    dropped: tuple[str, ...]


_UNASSESSED = Result.NOT_ASSESSED
_HOLDING = (Difference.SAME, Difference.EASED)


def effect(pairs: Iterable[Pair], answers: Mapping[str, Answer]) -> Effect:
    """Weigh every stored answer against what became of its requirement.

    An answer holds where the requirement is the same, and where it was eased and had been met. Of requirements that
    became one, all must hold.
    """
    holds: list[Carried] = []
    again: list[AskedAgain] = []
    new: list[str] = []
    dropped: list[str] = []
    for pair in pairs:
        known = [answer for id_ in pair.before if (answer := answers.get(id_)) and answer.result is not _UNASSESSED]
        if not pair.after:
            dropped += [answer.requirement_id for answer in known]
        elif not known:
            new += pair.after
        elif _hold(pair, known):
            holds += [Carried(before=pair.before, after=id_, result=known[0].result) for id_ in pair.after]
        else:
            why = _reason(pair, known)
            again += [AskedAgain(before=pair.before, after=id_, why=why) for id_ in pair.after]
    return Effect(holds=tuple(holds), ask_again=tuple(again), new=tuple(new), dropped=tuple(dropped))


def _hold(pair: Pair, known: Sequence[Answer]) -> bool:
    results = {answer.result for answer in known}
    if pair.difference not in _HOLDING or len(known) < len(pair.before) or len(results) > 1:
        return False
    return pair.difference is Difference.SAME or results == {Result.COMPLIANT}


def _reason(pair: Pair, known: Sequence[Answer]) -> str:
    if pair.difference is Difference.STRICTER:
        return pair.note or "Yêu cầu chặt hơn trước."
    if len(known) < len(pair.before):
        return "Yêu cầu này gộp nhiều yêu cầu cũ, chưa phải yêu cầu nào cũng đã trả lời."
    if pair.difference is Difference.EASED:
        return "Yêu cầu nới hơn; mức chưa đạt trước đây có thể nay đã đạt."
    return "Yêu cầu này gộp nhiều yêu cầu cũ có kết quả khác nhau."
