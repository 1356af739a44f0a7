"""Two lists of requirements side by side: what is new, gone, stricter, eased or the same.

Between levels of one regime the lists themselves say what goes on in what (``continues``), level by level; a step over
several levels is the chain of those links. Between two regimes only matters correspond, not single requirements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.checklist import Change, Checklist, Requirement
from compliance.domain.instrument import Mark
from compliance.domain.level import LEVELS


class Difference(StrEnum):
    """What became of a requirement on the way from one list to the other."""

    NEW = "new"
    STRICTER = "stricter"
    EASED = "eased"
    SAME = "same"
    GONE = "gone"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return _LABELS[self]


_LABELS = {
    Difference.NEW: "Mới",
    Difference.STRICTER: "Chặt hơn",
    Difference.EASED: "Nới hơn",
    Difference.SAME: "Giữ nguyên",
    Difference.GONE: "Không còn",
}
_REVERSED = {
    Difference.NEW: Difference.GONE,
    Difference.GONE: Difference.NEW,
    Difference.STRICTER: Difference.EASED,
    Difference.EASED: Difference.STRICTER,
    Difference.SAME: Difference.SAME,
}


class Pair(Frozen):
    """A requirement of one list beside those of the other; ``before`` or ``after`` is empty for new and gone ones."""

    difference: Difference
    before: tuple[str, ...]
    after: tuple[str, ...]
    citation: str
    statement: str
    note: str = ""


class ChangedPoint(Frozen):
    """A rule of one regime beside its counterpart in the next: criteria, limits, cycles, parts of a dossier.

    A new rule has no ``before``, a gone one no ``after``; the citation stands on the side that has text.
    """

    id: str
    matter: str
    before: str = ""
    before_citation: str = ""
    after: str = ""
    after_citation: str = ""
    difference: Difference
    levels: tuple[int, ...] = LEVELS
    mark: Mark = Mark.READ
    uncertain: str = ""


class RegimeChanges(Frozen):
    """What one regime changed against the one before it, point by point."""

    regime: str
    predecessor: str
    checked_on: date
    source_note: str
    points: tuple[ChangedPoint, ...]


class _Trace(Frozen):
    """Where a requirement of a higher level comes from, and what changed on the way."""

    origins: tuple[str, ...]
    change: Change
    notes: tuple[str, ...]


def compare_levels(lists: Mapping[int, Checklist], before: int, after: int) -> tuple[Pair, ...]:
    """Two levels of one regime; ``lists`` holds every level between them, both ends included.

    The pairs follow the order of the list compared with, then what is gone in the order of the other.
    """
    low, high = min(before, after), max(before, after)
    if before <= after:
        return _upward(lists, low, high, Change.STRICTER)
    return _downward(_upward(lists, low, high, Change.EASED), lists[low], lists[high])


def _upward(lists: Mapping[int, Checklist], low: int, high: int, gravest: Change) -> tuple[Pair, ...]:
    """The pairs read upwards; ``gravest`` is the change that counts where a chain holds both.

    Read downwards an easing is what asks more, so it is the gravest there.
    """
    traces = _traces(lists, low, high, gravest)
    pairs = [_pair(one, traces[one.id]) for one in lists[high].requirements]
    kept = {origin for trace in traces.values() for origin in trace.origins}
    gone = [_gone(one) for one in lists[low].requirements if one.id not in kept]
    return (*pairs, *gone)


def _traces(lists: Mapping[int, Checklist], low: int, high: int, gravest: Change) -> dict[str, _Trace]:
    """For every requirement of the highest level, its origins at the lowest."""
    traces = {one.id: _Trace(origins=(one.id,), change=Change.SAME, notes=()) for one in lists[low].requirements}
    for level in range(low + 1, high + 1):
        traces = {one.id: _step(one, traces, gravest) for one in lists[level].requirements}
    return traces


def _step(one: Requirement, below: Mapping[str, _Trace], gravest: Change) -> _Trace:
    if one.continues is None:
        return _Trace(origins=(), change=Change.SAME, notes=())
    sources = [below[id_] for id_ in one.continues.ids if id_ in below]
    changes = [one.continues.change, *(source.change for source in sources if source.origins)]
    if not all(source.origins for source in sources):
        changes.append(Change.STRICTER)  # joined with something the lowest level does not ask
    notes = [note for source in sources for note in source.notes] + [one.continues.note]
    return _Trace(
        origins=tuple(dict.fromkeys(origin for source in sources for origin in source.origins)),
        change=_worst(changes, gravest),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
    )


def _worst(changes: Iterable[Change], gravest: Change) -> Change:
    """The change that asks more, anywhere on the way, counts: an old answer must then be asked again."""
    seen = set(changes)
    return next((change for change in (gravest, Change.STRICTER, Change.EASED) if change in seen), Change.SAME)


def _pair(one: Requirement, trace: _Trace) -> Pair:
    difference = Difference(trace.change.value) if trace.origins else Difference.NEW
    return Pair(
        difference=difference,
        before=trace.origins,
        after=(one.id,),
        citation=one.citation,
        statement=one.statement,
        note=" ".join(trace.notes) if trace.origins else "",
    )


def _gone(one: Requirement) -> Pair:
    return Pair(difference=Difference.GONE, before=(one.id,), after=(), citation=one.citation, statement=one.statement)


def _downward(upward: Iterable[Pair], low: Checklist, high: Checklist) -> tuple[Pair, ...]:
    """The same pairs read from the higher level to the lower."""
    by_low: dict[str, list[Pair]] = {}
    for pair in upward:
        for id_ in pair.before:
            by_low.setdefault(id_, []).append(pair)
    pairs = [_down(one, by_low.get(one.id, [])) for one in low.requirements]
    kept = {id_ for pair in pairs for id_ in pair.before}
    gone = [_gone(one) for one in high.requirements if one.id not in kept]
    return (*pairs, *gone)


def _down(one: Requirement, upward: Sequence[Pair]) -> Pair:
    above = [pair for pair in upward if pair.after]
    differences = {_REVERSED[pair.difference] for pair in above} or {Difference.NEW}
    order = (Difference.STRICTER, Difference.EASED, Difference.SAME, Difference.NEW)
    return Pair(
        difference=next(one for one in order if one in differences),
        before=tuple(dict.fromkeys(id_ for pair in above for id_ in pair.after)),
        after=(one.id,),
        citation=one.citation,
        statement=one.statement,
        note=" ".join(dict.fromkeys(f"Chiều ngược lại: {pair.note}" for pair in above if pair.note)),
    )


def compare_duties(before: Checklist, after: Checklist) -> tuple[Pair, ...]:
    """Two lists whose ids mean the same duty wherever they stand; another wording under one id counts as stricter."""
    old = {one.id: one for one in before.requirements}
    new = {one.id for one in after.requirements}
    pairs = [_duty(one, old.get(one.id)) for one in after.requirements]
    return (*pairs, *(_gone(one) for one in before.requirements if one.id not in new))


def _duty(one: Requirement, was: Requirement | None) -> Pair:
    difference, note = Difference.NEW, ""
    if was is not None:
        alike = (was.statement, was.cadences, was.figures) == (one.statement, one.cadences, one.figures)
        difference = Difference.SAME if alike else Difference.STRICTER
        note = "" if alike else "Nội dung khác nhau giữa hai cấp độ; hãy đọc lại."
    return Pair(
        difference=difference,
        before=(was.id,) if was else (),
        after=(one.id,),
        citation=one.citation,
        statement=one.statement,
        note=note,
    )


def compare_matters(before: Checklist, after: Checklist) -> tuple[Pair, ...]:
    """Lists of two regimes at one level, matter by matter (``successors`` lead from a requirement to a topic).

    A matter the old list also knew counts as stricter, because single requirements do not correspond and every one
    has to be looked at anew; a matter no old requirement leads to is new.
    """
    pairs = []
    for group in after.groups:
        ids = tuple(one.id for one in after.requirements if one.group == group.id)
        origins = _leading_to(before, group.topic)
        pairs.append(
            Pair(
                difference=Difference.STRICTER if origins else Difference.NEW,
                before=origins,
                after=ids,
                citation=group.citation,
                statement=f"{group.title}: {len(ids)} yêu cầu.",
                note="Các yêu cầu không tương ứng từng mục một; phải đánh giá lại từng yêu cầu." if origins else "",
            )
        )
    return (*pairs, *(_gone(one) for one in before.requirements if not one.successors))


def compare_successor_duties(before: Checklist, duties: Checklist) -> tuple[Pair, ...]:
    """The duties of the newer decree beside the old requirements that already led to them; the rest is new."""
    return tuple(
        Pair(
            difference=Difference.STRICTER if (origins := _leading_to(before, duty.id)) else Difference.NEW,
            before=origins,
            after=(duty.id,),
            citation=duty.citation,
            statement=duty.statement,
        )
        for duty in duties.requirements
    )


def _leading_to(before: Checklist, matter: str) -> tuple[str, ...]:
    return tuple(one.id for one in before.requirements if matter and matter in one.successors)
