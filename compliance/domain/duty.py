"""A duty (nghĩa vụ, việc phải làm) of a system or an office: when it falls due, what was recorded of it, how it stands.

How a duty stands is worked out from dates at every reading and never stored. What is stored is what people did
(:class:`Done`) and what the office decided (:class:`Cadency`).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.evidence import EVIDENCE_ID
from compliance.domain.paper import Paper
from compliance.domain.recurrence import Recurrence, Span

DUTY_ID = r"^[a-z0-9][a-z0-9-]{0,62}(/[a-z0-9][a-z0-9.~-]*)+$"
"""``<system or owner>/<rule or requirement>``; a requirement's second cadence ends in ``~2``."""


class Anchor(StrEnum):
    """What a recurrence counts from."""

    CALENDAR = "calendar"
    LAST_DONE = "last_done"

    @property
    def label(self) -> str:
        """Vietnamese wording, as the plan prints it."""
        return {"calendar": "theo lịch cố định", "last_done": "tính từ lần làm gần nhất"}[self.value]


class DutyStatus(StrEnum):
    """How a duty stands on a day; the first ones are seen first."""

    OVERDUE = "overdue"
    NOW = "now"
    DUE_SOON = "due_soon"
    UNDECIDED = "undecided"
    UPCOMING = "upcoming"
    STANDING = "standing"
    ON_EVENT = "on_event"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "overdue": "Quá hạn",
            "now": "Phải làm ngay",
            "due_soon": "Sắp đến hạn",
            "undecided": "Chưa ấn định định kỳ",
            "upcoming": "Chưa đến hạn",
            "standing": "Thường xuyên",
            "on_event": "Khi có sự việc",
        }[self.value]

    @property
    def rank(self) -> int:
        """0 for what must be seen first."""
        return _RANKS[self]


_RANKS = {status: rank for rank, status in enumerate(DutyStatus)}


class Source(StrEnum):
    """Where a row of the list comes from; each says how it is settled."""

    LAW = "law"
    STANDARD = "standard"
    TRANSITION = "transition"
    ROAD = "road"
    EVIDENCE = "evidence"
    FINDING = "finding"
    CUSTODY = "custody"
    CONTRACT = "contract"
    INCIDENT = "incident"


class Done(Frozen):
    """A duty done once; its record id is ``<duty>/<due>``.

    ``due`` is the day it was due, ``on`` the day it was done: later than ``due`` is late for ever. ``what`` and
    ``citation`` are the duty as it stood then, so that a new list never changes what was done. ``evidence_ids`` show
    it. ``undone`` says why a record made in error no longer counts.
    """

    duty_id: str = Field(pattern=DUTY_ID)
    due: date
    on: date
    what: str = Field(min_length=1)
    citation: str = Field(min_length=1)
    level: int | None = Field(default=None, ge=1, le=5)
    by: str = ""
    evidence_ids: tuple[Annotated[str, Field(pattern=EVIDENCE_ID)], ...] = ()
    note: str = ""
    undone: str = ""

    @property
    def id(self) -> str:
        """The record id."""
        return f"{self.duty_id}/{self.due.isoformat()}"

    @property
    def late(self) -> int:
        """Days it was done after its day; 0 where it was in time."""
        return max(0, (self.on - self.due).days)


class Cadency(Frozen):
    """What the office decided about how often something is done; its record id is :attr:`id`.

    ``key`` is a duty id (this system only) or a bare rule or requirement id (every system it concerns). The month and
    day of ``on`` are for :attr:`Anchor.CALENDAR`; counted from the last time done, only its span and figure count.
    ``withdrawn`` says why the decision no longer holds.
    """

    key: str = Field(min_length=1)
    on: Recurrence
    anchor: Anchor = Anchor.CALENDAR
    decided_on: date
    paper: Paper | None = None
    reason: str = ""
    withdrawn: str = ""

    @property
    def id(self) -> str:
        """The record id."""
        return self.key

    @property
    def text(self) -> str:
        """How often and counted from what: ``6 tháng một lần, chậm nhất …, theo lịch cố định``."""
        if self.anchor is Anchor.CALENDAR:
            return f"{self.on.text}, {self.anchor.label}"
        unit = "tuần" if self.on.span is Span.WEEK else "tháng"
        return f"{self.on.every} {unit} một lần, {self.anchor.label}"


class DutyRow(Frozen):
    """One line of the list of duties: what is next of one duty, and how it stands today.

    ``due`` is the last day that counts, ``safe_day`` the last working day not after it, ``days`` the days left to
    ``due`` (below 0 once it has passed); all are ``None`` where nothing runs. ``announced`` is false where the day lies
    in a year whose exchanged days off are not known. ``missed`` are earlier days that passed with nothing recorded
    (``due`` is the first of them). ``settle`` is the command that settles it. ``unit_id`` acts.
    """

    id: str
    what: str
    source: Source
    kind: DutyKind
    system_id: str = ""
    system_name: str = ""
    owner_id: str = ""
    unit_id: str = ""
    unit_name: str = ""
    level: int | None = None
    citation: str
    due: date | None = None
    safe_day: date | None = None
    announced: bool = True
    status: DutyStatus
    days: int | None = None
    recurrence: Recurrence | None = None
    anchor: Anchor | None = None
    plan_month: int | None = None
    missed: tuple[date, ...] = ()
    last_done: Done | None = None
    evidence: str = ""
    lost_evidence: tuple[str, ...] = ()
    note: str = ""
    uncertain: str = ""
    settle: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys; ``system`` is the id of the system, empty for a duty of the office."""
        return {
            "id": self.id,
            "what": self.what,
            "system": self.system_id,
            "citation": self.citation,
            "kind": self.kind.value,
            "due": self.due.isoformat() if self.due else None,
            "safe_day": self.safe_day.isoformat() if self.safe_day else None,
            "status": self.status.value,
            "days": self.days,
            "status_label": self.status.label,
            "kind_label": self.kind.label,
            "source": self.source.value,
            "system_name": self.system_name,
            "unit": self.unit_id,
            "unit_name": self.unit_name,
            "level": self.level,
            "announced": self.announced,
            "every": self.recurrence.text if self.recurrence else "",
            "rule": self.recurrence.rule() if self.recurrence else "",
            "anchor": self.anchor.value if self.anchor else None,
            "plan_month": self.plan_month,
            "missed": [day.isoformat() for day in self.missed],
            "last_done": self.last_done.on.isoformat() if self.last_done else None,
            "last_late": self.last_done.late if self.last_done else None,
            "evidence": self.evidence,
            "lost_evidence": list(self.lost_evidence),
            "note": self.note,
            "uncertain": self.uncertain,
            "settle": self.settle,
        }


class Occurrence(Frozen):
    """One day one duty falls due, for plans and calendars: ``done`` is what was recorded for it."""

    row: DutyRow
    due: date
    safe_day: date
    announced: bool = True
    done: Done | None = None
