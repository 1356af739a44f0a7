"""The letter that asks superiors the open points of law on one system, as plain printable data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from compliance.domain.blank import Frozen
from compliance.domain.classification import Classification
from compliance.domain.dossier import Letterhead, grounds_of, letterhead
from compliance.domain.grey_zone import Side, ZonePlace
from compliance.domain.open_point import EVERYWHERE, NOT_RECORDED, FactLine, OpenPoint, Wording
from compliance.domain.organization import Unit, UnitKind, UnitTier, commune_committee
from compliance.domain.regime import Regime
from compliance.domain.system import FactValue, Ownership, System

_USERS_PLACES = (ZonePlace.CLASSIFICATION, ZonePlace.OFFICE, ZonePlace.INCIDENT)
"""Where one who only uses a system meets open law; dossier, plan and reports of it are its owner's."""


class Body(Frozen):
    """A body that answers questions, as the open points name it, and how to find the real one on record.

    ``role`` names the field of a system that holds its id; ``kind`` with ``tier`` fit the one recorded unit of that
    sort. ``words`` begin the blank where it is not on record; ``complete`` tells that they are its whole name.
    """

    ask_whom: str
    words: str
    role: str = ""
    kind: UnitKind | None = None
    tier: UnitTier | None = None
    complete: bool = False


class LetterWords(Frozen):
    """The words of a letter that the law files do not hold: circumstances and bodies."""

    circumstances: tuple[Wording, ...]
    bodies: tuple[Body, ...]

    def text(self, fact: str, value: FactValue | None) -> str:
        """A circumstance's value in words."""
        wording = next((one for one in self.circumstances if one.fact == fact), None)
        return wording.text(value) if wording else str(value or "")


class Addressee(Frozen):
    """A body the letter goes to; ``known`` is false where a blank must be filled in after the words."""

    name: str
    known: bool


class AskedPoint(Frozen):
    """One numbered point as printed; ``meanwhile`` is what the office does until it is answered."""

    number: int
    code: str
    title: str
    place: str
    facts: tuple[FactLine, ...]
    sides: tuple[Side, ...]
    question: str
    meanwhile: str
    addressee: Addressee


class PointGroup(Frozen):
    """The points one meets at the same step of the work."""

    label: str
    points: tuple[AskedPoint, ...]


class Memo(Frozen):
    """The letter: points of the system itself first and in full, those of every office in the annex.

    ``level`` only where it is decided, else ``at_least`` where that much is known; ``approved`` is the earlier approval
    on record. ``used``: the system is another body's, which finds its level.
    """

    letterhead: Letterhead
    addressees: tuple[Addressee, ...]
    requester: str
    grounds: tuple[str, ...]
    system_name: str
    about: tuple[FactLine, ...]
    used: bool
    level: int | None
    at_least: int | None
    approved: str
    groups: tuple[PointGroup, ...]
    general: tuple[PointGroup, ...]


def compose_memo(
    system: System,
    classification: Classification,
    points: Sequence[OpenPoint],
    units: Mapping[str, Unit],
    regime: Regime,
    *,
    words: LetterWords,
    labels: Mapping[str, str],
) -> Memo:
    """Put the letter together.

    Args:
        system: the system asked about.
        classification: its level as found.
        points: what is open; at least one.
        units: every recorded unit by id.
        regime: the law in force.
        words: circumstances and bodies in words.
        labels: of the form: ``owner``, ``operator``, ``status``, ``hosting``, and by code of a point what the office
            does meanwhile; a code that is not there falls back to the point's own advice.
    """
    issuer = issuer_of(system, units)
    bodies = {body.ask_whom: _addressee(body, system, units) for body in words.bodies}
    asked = [_asked(number, one, bodies, labels) for number, one in enumerate(_by_place(points), start=1)]
    own = sum(not one.general for one in points)
    named = dict.fromkeys(one.addressee for one in asked)
    others = [one for one in named if issuer is None or one.name != issuer.name]
    return Memo(
        letterhead=letterhead(issuer),
        addressees=tuple(others or named),
        requester=issuer.name if issuer else "",
        grounds=grounds_of(regime),
        system_name=system.name,
        about=_about(system, units, words, labels),
        used=system.ownership is Ownership.USED,
        level=classification.level if classification.decided else None,
        at_least=classification.at_least,
        approved=_approved(system, words),
        groups=_groups(asked[:own]),
        general=_groups(asked[own:]),
    )


def places_asked(system: System) -> tuple[ZonePlace, ...]:
    """The places whose open points a letter on this system asks."""
    return _USERS_PLACES if system.ownership is Ownership.USED else EVERYWHERE


def points_asked(points: Iterable[OpenPoint], regime: Regime, classification: Classification) -> tuple[OpenPoint, ...]:
    """The points worth asking: one on forms is left out where a decided level uses none of them."""
    if not classification.decided:
        return tuple(points)
    serves = {form.id: classification.level in form.levels for form in regime.forms}
    return tuple(one for one in points if not one.forms or any(serves.get(form, True) for form in one.forms))


def issuer_of(system: System, units: Mapping[str, Unit]) -> Unit | None:
    """The commune's body that signs: the owner, else the commune's only People's Committee, else the office at hand.

    An office does not write past its own committee to the bodies of the province.
    """
    committee = commune_committee(units.values())
    owner, operator, user = (
        units.get(id_ or "") for id_ in (system.owner_id, system.operator_id, system.local_unit_id)
    )
    return next(
        (unit for unit in (owner, committee, operator, user) if unit is not None and unit.tier is UnitTier.COMMUNE),
        None,
    )


def _only(units: Mapping[str, Unit], kind: UnitKind | None, tier: UnitTier | None) -> Unit | None:
    """The unit of this sort where there is exactly one; two leave the choice to the office."""
    fitting = [unit for unit in units.values() if unit.kind is kind and unit.tier is tier]
    return fitting[0] if len(fitting) == 1 else None


def _addressee(body: Body, system: System, units: Mapping[str, Unit]) -> Addressee:
    found = units.get(getattr(system, body.role) or "") if body.role else _only(units, body.kind, body.tier)
    return Addressee(name=found.name, known=True) if found else Addressee(name=body.words, known=body.complete)


def _about(
    system: System, units: Mapping[str, Unit], words: LetterWords, labels: Mapping[str, str]
) -> tuple[FactLine, ...]:
    """Who owns and runs the system, whether it runs and where; what is not on record is left unsaid."""

    def name(identifier: str | None) -> str:
        unit = units.get(identifier or "")
        return unit.name if unit else NOT_RECORDED

    said = {
        "owner": name(system.owner_id),
        "operator": name(system.operator_id),
        "status": words.text("status", system.status),
        "hosting": words.text("hosting", system.hosting),
    }
    return tuple(FactLine(label=labels[key], value=value) for key, value in said.items() if value != NOT_RECORDED)


def _approved(system: System, words: LetterWords) -> str:
    """The level approved earlier and the decision, as far as on record."""
    earlier = system.earlier_approval
    if earlier is None:
        return ""
    level = words.text("earlier_level", earlier.level) if earlier.level else ""
    paper = earlier.paper
    named = f"{'' if paper.subject else 'văn bản '}{paper.text}" if paper else ""
    return " theo ".join(part for part in (level, named) if part)


def _by_place(points: Iterable[OpenPoint]) -> list[OpenPoint]:
    """The points of the system before the general ones, each in the order of the work, then of the law."""
    order = list(EVERYWHERE)
    return sorted(points, key=lambda one: (one.general, order.index(one.place)))


def _asked(number: int, point: OpenPoint, bodies: Mapping[str, Addressee], labels: Mapping[str, str]) -> AskedPoint:
    return AskedPoint(
        number=number,
        code=point.code,
        title=point.title,
        place=point.place.label,
        facts=point.facts,
        sides=point.sides,
        question=point.question,
        meanwhile=labels.get(point.code, point.message),
        addressee=bodies.get(point.ask_whom, Addressee(name=point.ask_whom, known=False)),
    )


def _groups(points: Sequence[AskedPoint]) -> tuple[PointGroup, ...]:
    labels = dict.fromkeys(one.place for one in points)
    return tuple(PointGroup(label=label, points=tuple(one for one in points if one.place == label)) for label in labels)
