"""Places: where an officer stands on a walk through an office, and which requirement is best seen where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.checklist import Change, Requirement
from compliance.domain.misfit import Misfit, doubles, unless_known


class Place(Frozen):
    """One stop of the walk; ``hint`` says what to take along and who should be there.

    ``requirements`` are the ids that are best seen here, by the name of their list (the file without its ending).
    """

    id: str = Field(pattern=r"^[a-z][a-z-]*$")
    title: str = Field(min_length=1)
    hint: str = Field(min_length=1)
    requirements: Mapping[str, tuple[str, ...]] = Field(min_length=1)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every requirement seen here, list after list."""
        return tuple(id_ for ids in self.requirements.values() for id_ in ids)


class SpokenQuestion(Frozen):
    """What to ask aloud (``ask``) about requirements that say the same at several levels."""

    ask: str = Field(min_length=1)
    requirements: tuple[str, ...] = Field(min_length=1)


class Places(Frozen):
    """The stops in walking order, every requirement of every list of the regime at just one of them."""

    regime: str
    checked_on: date
    source_note: str
    places: tuple[Place, ...] = Field(min_length=1)
    questions: tuple[SpokenQuestion, ...] = ()

    def place_of(self, requirement_id: str) -> Place | None:
        """Where this requirement is best seen; ``None`` for an id no list has."""
        return self._stops.get(requirement_id)

    def question_of(self, requirement_id: str) -> str:
        """What to ask aloud about this requirement; empty where nothing needs asking."""
        return self._spoken.get(requirement_id, "")

    @cached_property
    def _stops(self) -> dict[str, Place]:
        return {id_: place for place in self.places for id_ in place.ids}

    @cached_property
    def _spoken(self) -> dict[str, str]:
        return {id_: one.ask for one in self.questions for id_ in one.requirements}


def place_misfits(places: Places, regime_id: str, lists: Mapping[str, Iterable[Requirement] | None]) -> list[Misfit]:
    """Everything in the places that does not fit the lists of the regime.

    Args:
        places: what is judged.
        regime_id: the regime they must be of.
        lists: the requirements of every list, by the name of its file without the ending; ``None`` for one that could
            not be read: that is told elsewhere, and what is placed under its name is not judged.
    """
    found = doubles("places", (place.id for place in places.places))
    if places.regime != regime_id:
        found.append(("regime", f"phải là “{regime_id}”."))
    for place in places.places:
        for name in place.requirements:
            found += unless_known(f"places.{place.id}", name, lists)
    for name, requirements in lists.items():
        if requirements is None:
            continue
        rows = tuple(requirements)
        found += _of_list(places, name, {one.id for one in rows})
        for one in rows:
            found += _parted(places, one)
    placed = {id_ for place in places.places for id_ in place.ids}
    found += doubles("questions", (id_ for one in places.questions for id_ in one.requirements))
    for number, question in enumerate(places.questions):
        for id_ in question.requirements:
            found += unless_known(f"questions.{number}", id_, placed)
    return found


def _of_list(places: Places, name: str, known: set[str]) -> Iterator[Misfit]:
    """Ids of one list: none unknown, none twice, none left out."""
    seen: dict[str, str] = {}
    for place in places.places:
        for id_ in place.requirements.get(name, ()):
            here = f"places.{place.id}.{name}"
            yield from unless_known(here, id_, known)
            if id_ in seen:
                yield here, f"“{id_}” đã xếp ở “{seen[id_]}”; mỗi yêu cầu chỉ xếp ở một chỗ."
            seen[id_] = place.id
    for id_ in sorted(known - seen.keys()):
        yield f"places.{name}", f"yêu cầu “{id_}” chưa được xếp vào chỗ nào."


def _parted(places: Places, one: Requirement) -> Iterator[Misfit]:
    """A requirement that goes on unchanged from the level below is seen where that one is seen."""
    here = places.place_of(one.id)
    if here is None or one.continues is None or one.continues.change is not Change.SAME:
        return
    below = {stop.id for id_ in one.continues.ids if (stop := places.place_of(id_))}
    if below and here.id not in below:
        lower = ", ".join(one.continues.ids)
        sentence = f"“{one.id}” giữ nguyên yêu cầu của cấp dưới ({lower}) nên phải xếp cùng chỗ: “{min(below)}”."
        yield f"places.{here.id}", sentence
