"""Legal instruments and standards: what each is called, since when it holds and what came after it.

“Ended” is said only where a text ends the instrument expressly; where later law merely covers the same ground the
instrument is *overtaken*, and no reader may take that for a repeal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.wording import date_text


class Mark(StrEnum):
    """How well a legal statement is founded, so that nobody builds on sand unawares.

    ``read`` means that the passage was read in the text; how good the copy was, and what of it, its source note says.
    """

    READ = "read"
    DERIVED = "derived"
    SECONDARY = "secondary"
    MEMORY = "memory"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return _MARKS[self]


_MARKS = {
    Mark.READ: "đã đọc trong văn bản",
    Mark.DERIVED: "suy ra từ văn bản đã đọc",
    Mark.SECONDARY: "theo nguồn thứ cấp",
    Mark.MEMORY: "theo hiểu biết chung, chưa tra cứu",
    Mark.UNSURE: "chưa chắc chắn, phải kiểm tra trước khi dùng",
}


class LawStatus(StrEnum):
    """Whether an instrument may be relied on, on a given day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    OVERTAKEN = "overtaken"
    ENDED = "ended"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Vietnamese wording; never “bãi bỏ” for what was only overtaken."""
        return _STATUSES[self]


_STATUSES = {
    LawStatus.NOT_YET: "chưa có hiệu lực",
    LawStatus.IN_FORCE: "còn hiệu lực",
    LawStatus.OVERTAKEN: "đã có quy định mới thay về nội dung, chưa thấy văn bản bãi bỏ",
    LawStatus.ENDED: "hết hiệu lực",
    LawStatus.UNKNOWN: "chưa rõ hiệu lực",
}


class Instrument(Frozen):
    """A law, decree, circular or standard.

    ``number`` as printed (``NN/YYYY/NĐ-CP``); ``cite_as`` the form used in citations; ``also`` other names that mean
    it and nothing else; ``names`` names it may share with an older or newer one; ``details`` the instruments (codes)
    it lays down details of. ``ended_on`` with ``ended_by`` (the clause that ends it) only for an express end;
    ``overtaken_from`` with ``successors`` (codes) where later law covers the same ground. ``articles`` is the number of
    articles, 0 = not known. ``status_unknown`` tells that nobody checked whether it still holds.
    """

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    number: str
    cite_as: str
    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    articles: int = Field(default=0, ge=0)
    issued_on: date | None = None
    in_force_from: date | None = None
    ended_on: date | None = None
    ended_by: str = ""
    overtaken_from: date | None = None
    successors: tuple[str, ...] = ()
    status_unknown: bool = False
    status_note: str = ""
    mark: Mark = Mark.READ
    uncertain: str = ""
    source: str = ""
    source_note: str = ""
    grounds_line: str = ""

    def status_on(self, day: date) -> LawStatus:
        """Its status on a day; the first day of an end or an overtaking counts as ended or overtaken."""
        if self.in_force_from is not None and day < self.in_force_from:
            return LawStatus.NOT_YET
        if self.ended_on is not None and day >= self.ended_on:
            return LawStatus.ENDED
        if self.overtaken_from is not None and day >= self.overtaken_from:
            return LawStatus.OVERTAKEN
        return LawStatus.UNKNOWN if self.status_unknown else LawStatus.IN_FORCE

    def lacking(self, articles: Iterable[int]) -> tuple[int, ...]:
        """The article numbers it does not have; none while the number of its articles is not known."""
        return tuple(article for article in articles if self.articles and article > self.articles)

    def status_text(self, day: date) -> str:
        """The status in words, with the day it began and the clause behind it."""
        status = self.status_on(day)
        if status is LawStatus.NOT_YET and self.in_force_from:
            return f"{status.label} (có hiệu lực từ {date_text(self.in_force_from)})"
        if status is LawStatus.ENDED and self.ended_on:
            return f"{status.label} từ {date_text(self.ended_on)} ({self.ended_by})"
        if status is LawStatus.OVERTAKEN and self.overtaken_from:
            return f"{status.label} (từ {date_text(self.overtaken_from)})"
        return status.label


class InstrumentRegister(Frozen):
    """Every instrument the shipped law cites or replaces, and how papers name them.

    ``kinds`` maps the Vietnamese kind (``Nghị định``) to the short forms people write (``NĐ``, ``ND``). Of a kind in
    ``signed_kinds`` every office issues some, so a bare number names none: the sign must stand beside it.
    ``central_signs`` are signs of numbers without a year that are worth listing though the register lacks them, and
    ``standards`` the marks of standards. ``level_forms`` are the ways people write a security level, ``#`` standing
    for the number; ``false_friends``, written alike, look like one and are none.
    """

    checked_on: date
    kinds: dict[str, tuple[str, ...]]
    signed_kinds: tuple[str, ...] = ()
    central_signs: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    level_forms: tuple[str, ...] = ()
    false_friends: tuple[str, ...] = ()
    instruments: tuple[Instrument, ...]

    def instrument(self, code: str) -> Instrument | None:
        """The instrument with this code."""
        return next((one for one in self.instruments if one.code == code), None)
