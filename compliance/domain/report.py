"""Reports: figures worked out from records, each with the records behind it; frozen once issued.

A figure is never stored while a report is a draft. An issued report keeps its figures and what was printed; a later
correction is a new issue that says what changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from compliance.domain.blank import Frozen


class ReportKind(StrEnum):
    """The reports there are."""

    ANNUAL = "annual"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    LEADER = "leader"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "annual": "Báo cáo năm",
            "weekly": "Báo cáo tuần",
            "monthly": "Báo cáo tháng",
            "leader": "Trang tổng hợp của lãnh đạo",
        }[self.value]


class Period(Frozen):
    """The days a report speaks of, both included; ``name`` is its key: ``2026``, ``2026-11``, ``2026-w47``."""

    kind: ReportKind
    name: str
    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


class Behind(Frozen):
    """A record behind a figure: its kind and id, what it is called, and what of it counts."""

    kind: str
    id: str
    title: str
    counts: str = ""


class Figure(Frozen):
    """One figure of a report: ``id`` names it for ``reports explain``, ``number`` is what is printed.

    ``text`` stands where the figure is no number (a date, a sentence). ``behind`` are the records it counts, ``beside``
    those it leaves out and why. ``citation`` is the clause that asks for it; ``rule`` how it is counted, in words.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_.-]*$")
    title: str
    number: int | None = None
    text: str = ""
    rule: str = ""
    citation: str = ""
    behind: tuple[Behind, ...] = ()
    beside: tuple[Behind, ...] = ()

    @property
    def shown(self) -> str:
        """As printed."""
        return self.text or ("" if self.number is None else str(self.number))

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "id": self.id,
            "title": self.title,
            "number": self.number,
            "text": self.text,
            "rule": self.rule,
            "citation": self.citation,
            "behind": [one.model_dump() for one in self.behind],
            "beside": [one.model_dump() for one in self.beside],
        }


class Violation(Frozen):
    """A rule of consistency a report breaks: ``where`` names the figure or the row, ``fix`` what to do about it."""

    rule: str
    message: str
    where: str = ""
    citation: str = ""
    fix: str = ""


class Change(Frozen):
    """What a later issue of a report says otherwise: which figure or cell, before and now."""

    what: str
    before: str
    now: str


class Issued(Frozen):
    """A report as issued; its record id is ``<kind>/<owner>/<period>/<issue>``.

    ``content`` is what was printed, as plain data under the name the form uses; ``versions`` what it rested on.
    ``changes`` against the issue before, with ``reason``; ``override`` says why it was issued with ``violations``.
    ``paper_number`` is filled once văn thư gave it one.
    """

    kind: ReportKind
    owner_id: str
    draft: str = ""
    period: Period
    issue: int = Field(ge=1)
    issued_on: date
    figures: tuple[Figure, ...]
    content: Mapping[str, Any]
    versions: Mapping[str, str] = Field(default_factory=dict)
    match_code: str = ""
    violations: tuple[Violation, ...] = ()
    changes: tuple[Change, ...] = ()
    reason: str = ""
    override: str = ""
    paper_number: str = ""

    @property
    def id(self) -> str:
        """The record id."""
        name = f"{self.period.name}-{self.draft}" if self.draft else self.period.name
        return f"{self.kind.value}/{self.owner_id}/{name}/{self.issue}"
