"""The papers of an incident as plain printable content: notices and reports to the authorities.

No text prescribes their form. What nobody recorded is a marked blank, never a guess; what is not yet known is said to
be not yet known.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.dossier import Letterhead
from compliance.domain.incident import NoticeKind
from compliance.domain.moment import VIETNAM
from compliance.domain.printed import Value


class PaperSystem(Frozen):
    """A system the incident happened on."""

    name: str
    level: Value
    owner: Value
    operator: Value


class PaperClock(Frozen):
    """A time limit as reported: ``due`` and ``stand`` in words; ``possible``: nobody judged yet whether it runs."""

    title: str
    to: str
    due: str
    stand: str
    at_once: bool = False
    late: bool = False
    possible: bool = False
    citation: str


class PaperNotice(Frozen):
    """A paper sent before this one."""

    kind: str
    number: str
    sent_at: str
    to: str
    channel: str


class Lateness(Frozen):
    """That this paper goes out after a limit it was to keep: which, by how much, and why, where somebody said so."""

    what: str
    due: str
    by: str
    reason: Value


class Change(Frozen):
    """What the office knows otherwise than at the last notice; an empty side was not known then, or was taken back."""

    what: str
    before: str
    now: str


class Following(Frozen):
    """A duty the incident brings about."""

    what: str
    citation: str
    uncertain: str = ""


class Reachable(Frozen):
    """The office that answers for the incident."""

    name: Value
    phone: Value
    email: Value


class IncidentPaper(Frozen):
    """What any paper of an incident may print.

    Points in time are words to the minute in Việt Nam time. ``signs``, ``open_signs`` and ``other_signs`` are the facts
    judged to be so, not judged yet, judged not to be so. ``limit`` is the limit this paper keeps, ``latest`` the end of
    the first one with a figure; ``next_report`` is when the report is due that follows an initial notice. ``update``
    counts the updates, this one included; ``changes`` is what it says anew since ``since``. ``open_incident``: it is
    not closed, so its cause may still change.
    """

    kind: NoticeKind
    letterhead: Letterhead
    issuer: Value
    addressee: str
    owner: Value
    owner_is_issuer: bool = True
    address: Value
    incident_id: str
    title: str
    detected_at: str
    detected_by: Value
    happened_at: Value
    place: Value
    systems: tuple[PaperSystem, ...] = ()
    description: Value
    signs: tuple[str, ...] = ()
    open_signs: tuple[str, ...] = ()
    other_signs: tuple[str, ...] = ()
    serious_reason: str = ""
    cause: Value
    scope: Value
    harm: Value
    done_so_far: Value
    contained_at: Value
    remedy: Value
    support: Value
    beyond_capacity: bool = False
    contact: Reachable
    limit: PaperClock | None = None
    latest: str = ""
    lateness: Lateness | None = None
    next_report: str = ""
    clocks: tuple[PaperClock, ...] = ()
    sent: tuple[PaperNotice, ...] = ()
    update: int = Field(default=1, ge=1)
    since: str = ""
    changes: tuple[Change, ...] = ()
    open_incident: bool = True
    closed_at: Value
    outcome: Value
    lesson: Value
    following: tuple[Following, ...] = ()


def limit_text(at: datetime) -> str:
    """A limit as one reads it off a list: ``08:15 ngày 25/11/2026``, in Việt Nam time."""
    return f"{at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
