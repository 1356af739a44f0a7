"""The morning check (kiểm tra đầu giờ): the office's equipment looked at before work begins, kept day by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, Field, model_validator

from compliance.domain.blank import Frozen
from compliance.domain.moment import day_of
from compliance.domain.organization import ID_PATTERN


class MorningItem(Frozen):
    """One thing to look at: ``title`` is what it is called, ``look`` how one sees within seconds that it works.

    ``fault_kind`` is the response script offered when it fails, empty where a repair is all it needs.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    look: str
    fault_kind: str = ""


class MorningList(Frozen):
    """The list of the morning: what every office looks at; ``systems``: one line more for each system in use."""

    checked_on: date
    source_note: str
    items: tuple[MorningItem, ...] = Field(min_length=1)
    systems: bool = True
    system_look: str = ""


class State(StrEnum):
    """What was seen of one item."""

    GOOD = "good"
    FAULT = "fault"
    NOT_HERE = "not_here"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {"good": "Tốt", "fault": "Hỏng, lỗi", "not_here": "Không có"}[self.value]


class Seen(Frozen):
    """What was seen of one item; a fault says what is wrong, and which incident or finding it became, if any."""

    state: State
    note: str = ""
    incident_id: str = ""
    finding_id: str = ""

    @model_validator(mode="after")
    def _fault_told(self) -> Seen:
        if self.state is State.FAULT and not self.note:
            raise ValueError("hỏng, lỗi phải ghi rõ hiện tượng")
        return self


class Morning(Frozen):
    """The check of one office on one day; its record id is ``<unit>/<day>``.

    ``recorded_at`` is when it was written down: another day than ``day`` is shown as written afterwards. ``titles`` are
    the items as they were called then. ``corrected_at`` and ``corrected_by`` are of the last correction of what was
    seen; what it changed stands in the history of the record.
    """

    unit_id: str = Field(pattern=ID_PATTERN)
    day: date
    by: str
    recorded_at: AwareDatetime
    seen: Mapping[str, Seen]
    titles: Mapping[str, str]
    note: str = ""
    corrected_at: AwareDatetime | None = None
    corrected_by: str = ""

    @property
    def id(self) -> str:
        """The record id."""
        return f"{self.unit_id}/{self.day.isoformat()}"

    @property
    def afterwards(self) -> bool:
        """Whether it was written down on a later day."""
        return day_of(self.recorded_at) > self.day

    @property
    def faults(self) -> dict[str, Seen]:
        """What was not in order."""
        return {id_: one for id_, one in self.seen.items() if one.state is State.FAULT}
