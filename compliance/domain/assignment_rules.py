"""Which roles somebody must hold, as data, and which of them nobody holds for which system on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from pydantic import Field

from compliance.domain.assignment import Assignment, DutyRole
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Requirement
from compliance.domain.misfit import Misfit, doubles, unless_known
from compliance.domain.wording import canonical, date_text, folded

_IN_CHARGE = frozenset({DutyRole.LEADS, DutyRole.SECURITY_OFFICER})
"""Roles one office holds alone for the same task and system."""


class NeededRole(Frozen):
    """A role somebody must hold for every system.

    ``missing`` is the sentence where nobody does, ``asks`` the options that record it. ``requirements`` are the ids of
    those that ask for it, whatever their level. Where the role alone does not tell, the task must hold one of
    ``words`` and none of ``unless``. ``apart_from`` is the id of a need another person must meet.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    role: DutyRole
    missing: str
    asks: str
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    apart_from: str = ""
    requirements: tuple[str, ...] = Field(min_length=1)

    def met_by(self, one: Assignment) -> bool:
        """Whether an assignment is of this kind, its days aside."""
        task = canonical(one.task).lower()
        said = not self.words or any(word in task for word in self.words)
        return one.role is self.role and said and not any(word in task for word in self.unless)


class AssignmentRules(Frozen):
    """The roles a regime wants held."""

    regime: str
    checked_on: date
    source_note: str
    roles: tuple[NeededRole, ...]


class Lack(Frozen):
    """A needed role nobody holds: for the systems named, by name; none named = the whole commune.

    ``citations`` and ``statement`` are those of the requirement that asks; ``uncertain`` what it leaves open.
    """

    id: str
    missing: str
    asks: str
    systems: tuple[str, ...]
    citations: tuple[str, ...]
    statement: str
    uncertain: str = ""

    @property
    def text(self) -> str:
        """The sentence with its clauses."""
        where = f" đối với {'; '.join(self.systems)}" if self.systems else ""
        return f"{self.missing}{where} ({'; '.join(self.citations)})."


def assignment_misfits(rules: AssignmentRules, requirement_ids: Collection[str]) -> Iterable[Misfit]:
    """What does not fit: doubled ids, requirements and other needs that are not there."""
    yield from doubles("roles", [one.id for one in rules.roles])
    for one in rules.roles:
        for id_ in one.requirements:
            yield from unless_known(f"roles.{one.id}.requirements", id_, requirement_ids)
        if one.apart_from:
            yield from unless_known(f"roles.{one.id}.apart_from", one.apart_from, [each.id for each in rules.roles])


def lacking(
    rules: AssignmentRules,
    held: Sequence[Assignment],
    systems: Mapping[str, tuple[str, int | None]],
    asked: Mapping[str, tuple[int, Requirement]],
    day: date,
) -> tuple[Lack, ...]:
    """The needed roles nobody holds on a day.

    Args:
        rules: what must be held.
        held: every assignment.
        systems: the systems they must be held for: name and level by id; the level ``None`` while undecided.
        asked: the requirements the rules name, by id, with the lowest level each stands at.
        day: the day.
    """
    standing = [one for one in held if one.holds(day)]
    found = (_lack(need, rules, standing, systems, asked) for need in rules.roles)
    return tuple(one for one in found if one is not None)


def _lack(
    need: NeededRole,
    rules: AssignmentRules,
    standing: Sequence[Assignment],
    systems: Mapping[str, tuple[str, int | None]],
    asked: Mapping[str, tuple[int, Requirement]],
) -> Lack | None:
    mine = [one for one in standing if need.met_by(one)]
    other = next((one for one in rules.roles if one.id == need.apart_from), None)
    leads = {_person(one) for one in standing if other is not None and other.met_by(one)}
    mine = [one for one in mine if _person(one) not in leads]
    wanted: list[str | None] = list(systems) or [None]
    open_for = [id_ for id_ in wanted if not any(_covers(one, id_) for one in mine)]
    if not open_for:
        return None
    levels = {systems[id_][1] for id_ in open_for if id_ is not None}
    rows = _asking(need, levels, asked)
    return Lack(
        id=need.id,
        missing=need.missing,
        asks=need.asks,
        systems=() if len(open_for) == len(wanted) else tuple(systems[id_][0] for id_ in open_for if id_ is not None),
        citations=tuple(dict.fromkeys(row.citation for row in rows)),
        statement=rows[0].statement,
        uncertain=rows[0].uncertain,
    )


def _covers(one: Assignment, system_id: str | None) -> bool:
    return not one.system_ids or (system_id is not None and system_id in one.system_ids)


def _person(one: Assignment) -> tuple[str, str, str]:
    return one.unit_id, folded(one.position), folded(one.holder)


def _asking(
    need: NeededRole, levels: Collection[int | None], asked: Mapping[str, tuple[int, Requirement]]
) -> list[Requirement]:
    """The requirements of these levels; the lowest one where none is known."""
    rows = [asked[id_] for id_ in need.requirements if id_ in asked]
    at_level = [row for level, row in rows if level in levels]
    return at_level or [min(rows, key=lambda pair: pair[0])[1]]


def overlaps(one: Assignment, others: Iterable[Assignment]) -> tuple[str, ...]:
    """Sentences on assignments that say the same twice, or put two in charge of the same."""
    return tuple(told for other in others if other.id != one.id and (told := _overlap(one, other)))


def _overlap(one: Assignment, other: Assignment) -> str:
    if one.withdrawn or other.withdrawn or one.role is not other.role or folded(one.task) != folded(other.task):
        return ""
    if not _share_days(one, other) or not _share_systems(one, other):
        return ""
    span = f"{other.id} (từ {date_text(other.since)}{f' đến {date_text(other.until)}' if other.until else ''})"
    if _person(one) == _person(other):
        return f"{span} đã ghi cùng người giữ cùng vai trò {one.role.label.lower()} trong thời gian này."
    if one.role in _IN_CHARGE:
        return (
            f"{span} đã giao vai trò {one.role.label.lower()} cho nơi khác trong thời gian này; nếu đã thay người thì "
            f"ghi ngày thôi: compliance assignments end {other.id} --on NGÀY"
        )
    return ""


def _share_days(one: Assignment, other: Assignment) -> bool:
    return one.since <= (other.until or date.max) and other.since <= (one.until or date.max)


def _share_systems(one: Assignment, other: Assignment) -> bool:
    return not (one.system_ids and other.system_ids) or bool(set(one.system_ids) & set(other.system_ids))


def all_overlaps(held: Sequence[Assignment]) -> tuple[str, ...]:
    """Each overlap among them once, told of the later one."""
    return tuple(
        f"{later.id}: {told}" for earlier, later in combinations(held, 2) if (told := _overlap(later, earlier))
    )
