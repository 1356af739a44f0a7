"""A response script on one sheet: its steps, the limits the law sets for such an incident, the numbers to call."""

from __future__ import annotations

import re
from collections.abc import Iterable

from compliance.domain.blank import Frozen
from compliance.domain.condition import facts_named
from compliance.domain.incident import Contact, ContactRole
from compliance.domain.incident_rules import ClockRule, IncidentRules, ResponseScript

LONGEST_CALL = 150
"""Characters of one line of the people to call; a longer one is shortened and says where the rest stands."""
_MORE = "… (xem danh bạ)"
_LONGEST_CHANNEL = 70
_TELEPHONE = re.compile(r"\+?\(?\d[\d ().-]{5,}\d")


class ClockLine(Frozen):
    """A limit as printed: how long, when it runs, whom to tell, where that stands; ``uncertain`` marks a doubt."""

    limit: str
    applies: str
    to: str
    citation: str
    uncertain: bool


class CallLine(Frozen):
    """Whom to call; ``text`` is empty where nobody of that role is on the list, to be filled by pen."""

    role: str
    text: str


class ResponseSheet(Frozen):
    """One script as printed; ``office`` is whose sheet it is, empty where that is not on record."""

    script: ResponseScript
    office: str
    clocks: tuple[ClockLine, ...]
    calls: tuple[CallLine, ...]


def response_sheet(
    script: ResponseScript, office: str, rules: IncidentRules | None, contacts: Iterable[Contact]
) -> ResponseSheet:
    """Put the sheet together.

    Args:
        script: what to do.
        office: whose sheet it is.
        rules: the limits of the regime in force; ``None`` where it has none on record.
        contacts: the contact list; removed lines are passed over.
    """
    known = [one for one in contacts if not one.removed]
    return ResponseSheet(
        script=script,
        office=office,
        clocks=tuple(_clock(one) for one in rules.clocks if _concerns(script, one)) if rules else (),
        calls=tuple(_call(role, known) for role in script.calls),
    )


def _concerns(script: ResponseScript, clock: ClockRule) -> bool:
    """Whether the script may set the clock off: it always runs, or hangs on a fact the script names."""
    return clock.when is None or not set(facts_named(clock.when)).isdisjoint(script.facts)


def _clock(clock: ClockRule) -> ClockLine:
    return ClockLine(
        limit=f"{clock.hours} giờ" if clock.hours else "Ngay",
        applies=clock.applies or "mọi sự cố",
        to=clock.to,
        citation=clock.citation,
        uncertain=bool(clock.uncertain),
    )


def _call(role: ContactRole, contacts: list[Contact]) -> CallLine:
    """The first of that role, one for every system before one for some."""
    found = sorted((one for one in contacts if one.role is role), key=lambda one: bool(one.system_ids))
    return CallLine(role=role.label, text=_reach(found[0]) if found else "")


def _reach(contact: Contact) -> str:
    whole = f"{contact.name}: {'; '.join(contact.channels)}"
    if len(whole) <= LONGEST_CALL:
        return whole
    room = LONGEST_CALL - len(_MORE)
    number = _number(contact.channels[0])
    name = contact.name
    if len(name) + len(number) + 2 > room:
        name = _words(name, room - len(number) - 2)
    return f"{name}: {number}{_MORE}"


def _number(channel: str) -> str:
    """A channel whole where it fits, else the telephone number in it: half a number calls nobody."""
    if len(channel) <= _LONGEST_CHANNEL:
        return channel
    found = _TELEPHONE.search(channel)
    return found.group() if found else _words(channel, _LONGEST_CHANNEL)


def _words(text: str, room: int) -> str:
    """As many whole words as fit."""
    return text[: room + 1].rsplit(" ", 1)[0] if len(text) > room else text
