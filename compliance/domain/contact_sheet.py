"""The contact list for incidents as a page for the wall: who is called first, by which channels, when last tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from compliance.domain.blank import Frozen
from compliance.domain.incident import Contact, ContactRole
from compliance.domain.incident_rules import ClockRule
from compliance.domain.wording import date_text

_CALLED_FIRST = (
    ContactRole.RESPONSE_TEAM,
    ContactRole.LEADER,
    ContactRole.POLICE,
    ContactRole.SUPERIOR,
    ContactRole.OPERATOR,
    ContactRole.PROVIDER,
    ContactRole.PERSONAL_DATA,
    ContactRole.OTHER,
)
"""The order of the page: those at hand, then those who must be told, then those who can help."""
_MAY_BE_MISSING = (ContactRole.OTHER,)


class ContactLine(Frozen):
    """One line of the page; a role nobody fills has no name and is a blank to write in."""

    role: str
    name: str = ""
    channels: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    hours: str = ""
    checked_on: str = ""
    note: str = ""


class ReportLimit(Frozen):
    """How soon somebody must be told; ``hours`` is ``None`` where it is at once."""

    title: str
    hours: int | None = None
    to: str
    citation: str


class ContactSheet(Frozen):
    """The page; ``issuer`` is the body it hangs in, empty where none is recorded."""

    issuer: str
    as_of: str
    lines: tuple[ContactLine, ...]
    limits: tuple[ReportLimit, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles nobody fills."""
        return tuple(one.role for one in self.lines if not one.name)

    @property
    def untried(self) -> tuple[str, ...]:
        """The contacts nobody ever tried."""
        return tuple(one.name for one in self.lines if one.name and not one.checked_on)


def contact_sheet(
    contacts: Iterable[Contact],
    clocks: Iterable[ClockRule],
    *,
    issuer: str,
    names: Mapping[str, str],
    on: date,
) -> ContactSheet:
    """The page as of a day.

    Args:
        contacts: the contact list; removed lines are left out.
        clocks: the limits to report in.
        issuer: the body it hangs in.
        names: the names of systems by id.
        on: the day it is printed.
    """
    used = [one for one in contacts if not one.removed]
    return ContactSheet(
        issuer=issuer,
        as_of=date_text(on),
        lines=tuple(line for role in _CALLED_FIRST for line in _lines(role, used, names)),
        limits=tuple(
            ReportLimit(title=one.title, hours=one.hours, to=one.to, citation=one.citation)
            for one in sorted(clocks, key=lambda one: one.hours or 0)
        ),
    )


def _lines(role: ContactRole, contacts: Sequence[Contact], names: Mapping[str, str]) -> Iterable[ContactLine]:
    mine = sorted((one for one in contacts if one.role is role), key=lambda one: (bool(one.system_ids), one.id))
    for one in mine:
        yield ContactLine(
            role=role.label,
            name=one.name,
            channels=one.channels,
            systems=tuple(names.get(id_, id_) for id_ in one.system_ids),
            hours=one.hours,
            checked_on=date_text(one.checked_on) if one.checked_on else "",
            note=one.note,
        )
    if not mine and role not in _MAY_BE_MISSING:
        yield ContactLine(role=role.label)
