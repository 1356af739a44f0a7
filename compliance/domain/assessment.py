"""Answers to a checklist: present state and planned measure for one requirement of one system."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field, model_validator

from compliance.domain.blank import Frozen
from compliance.domain.organization import ID_PATTERN


class Result(StrEnum):
    """The five results of a requirement."""

    COMPLIANT = "compliant"
    PARTIALLY_COMPLIANT = "partially_compliant"
    NON_COMPLIANT = "non_compliant"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "compliant": "Đạt",
            "partially_compliant": "Đạt một phần",
            "non_compliant": "Chưa đạt",
            "not_applicable": "Không áp dụng",
            "not_assessed": "Chưa đánh giá",
        }[self.value]


class Answer(Frozen):
    """What one system does about one requirement; its record id is ``<system>/<requirement>``.

    ``not_applicable`` needs a reason. ``due`` is when the measure will be in place.
    """

    system_id: str = Field(pattern=ID_PATTERN)
    requirement_id: str
    checklist_id: str
    result: Result
    present_state: str = ""
    measure: str = ""
    responsible_unit_id: str | None = None
    due: date | None = None
    reason: str = ""
    assumed: bool = False

    @model_validator(mode="after")
    def _reason_given(self) -> Answer:
        if self.result is Result.NOT_APPLICABLE and not self.reason:
            raise ValueError("“Không áp dụng” phải kèm lý do")
        return self
