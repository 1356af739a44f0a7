"""Assessment (kiểm tra, đánh giá an ninh mạng): how each requirement of a level stands, as declared and as checked.

An :class:`Answer` is the office's standing statement about one requirement, the one the dossier prints. An
:class:`Assessment` is one check, by one assessor, against a pinned list; what was found then is :class:`Assessed` and
never changes once the check is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum

from pydantic import Field, model_validator

from compliance.domain.blank import Frozen
from compliance.domain.level import Level
from compliance.domain.organization import ID_PATTERN

ASSESSMENT_ID = r"^[a-z0-9][a-z0-9-]{0,62}/[0-9]{4}-[0-9]+$"
"""``<system>/<year>-<number in that year>``."""


def order_of(assessment_id: str) -> tuple[int, int]:
    """Year and number of a check of a system, as its checks began; (0, 0) for none, the office's own declarations."""
    year, _, number = assessment_id.rpartition("/")[2].partition("-")
    return (int(year), int(number)) if number else (0, 0)


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
        return _RESULTS[self]

    @property
    def falls_short(self) -> bool:
        """Whether something must still be done."""
        return self in {Result.PARTIALLY_COMPLIANT, Result.NON_COMPLIANT}


_RESULTS = {
    Result.COMPLIANT: "Đạt",
    Result.PARTIALLY_COMPLIANT: "Đạt một phần",
    Result.NON_COMPLIANT: "Chưa đạt",
    Result.NOT_APPLICABLE: "Không áp dụng",
    Result.NOT_ASSESSED: "Chưa đánh giá",
}


class _Statement(Frozen):
    """What is said about a requirement, by whomever."""

    result: Result
    present_state: str = ""
    reason: str = ""
    equivalent: str = ""
    equivalent_reason: str = ""

    @model_validator(mode="after")
    def _reasons_given(self) -> _Statement:
        if self.result is Result.NOT_APPLICABLE and not self.reason:
            raise ValueError("“Không áp dụng” phải kèm lý do")
        if self.equivalent and not self.equivalent_reason:
            raise ValueError("biện pháp tương đương phải kèm lý do lựa chọn")
        return self


class Answer(_Statement):
    """What one system does about one requirement; its record id is ``<system>/<requirement>``.

    ``not_applicable`` needs a reason. ``due`` is when the measure will be in place. ``assessment_id`` names the check
    the statement comes from; empty = the office declared it.
    """

    system_id: str = Field(pattern=ID_PATTERN)
    requirement_id: str
    checklist_id: str
    measure: str = ""
    responsible_unit_id: str | None = None
    due: date | None = None
    assumed: bool = False
    assessment_id: str = ""


class AssessmentKind(StrEnum):
    """Why one checks."""

    SELF = "self"
    PRE_OPERATION = "pre_operation"
    PERIODIC = "periodic"
    AFTER_INCIDENT = "after_incident"
    ON_REQUEST = "on_request"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "self": "Tự kiểm tra, đánh giá",
            "pre_operation": "Trước khi đưa vào sử dụng",
            "periodic": "Định kỳ",
            "after_incident": "Sau sự cố",
            "on_request": "Theo yêu cầu",
        }[self.value]


class Minutes(Frozen):
    """What the minutes (biên bản kiểm tra) say beside the results; the hours are of the day ``held_on``."""

    held_on: date
    begins: time
    ends: time
    place: str = ""
    attendees: tuple[str, ...] = Field(min_length=1)
    chair: str = ""
    secretary: str = ""
    opinion: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Minutes:
        if self.ends <= self.begins:
            raise ValueError("giờ kết thúc phải sau giờ bắt đầu")
        return self


class Assessment(Frozen):
    """One check of one system; ``lists`` pins the version of every list checked, by its id.

    ``assessor`` is who checks as an office names it. ``assessor_unit_id`` is a recorded unit, ``outside`` tells that it
    is a specialised body from outside. ``previous_id`` is the check the results are compared with. ``cause`` says
    what a check after an incident, on request, or at another level than approved rests on.
    """

    id: str = Field(pattern=ASSESSMENT_ID)
    system_id: str = Field(pattern=ID_PATTERN)
    kind: AssessmentKind
    regime: str
    level: Level
    lists: Mapping[str, str]
    assessor: str = Field(min_length=1)
    assessor_unit_id: str | None = None
    operator_id: str | None = None
    outside: bool = False
    started_on: date
    closed_on: date | None = None
    previous_id: str = ""
    cause: str = ""
    minutes: Minutes | None = None

    @property
    def closed(self) -> bool:
        """Nothing is answered any more."""
        return self.closed_on is not None


class Inheritance(Frozen):
    """Whose answer counts: a provider's, requirement by requirement, as it stood."""

    system_id: str
    requirement_ids: tuple[str, ...]
    assessment_id: str = ""


class Assessed(_Statement):
    """What one assessment found for one requirement; its record id is ``<assessment>/<requirement>``.

    ``inherited`` is set once a closed assessment keeps what a provider answered; ``override`` says why this system
    answers by itself although a provider's answer is there. ``carried_from`` are the requirements of the former list
    whose answer still holds.
    """

    assessment_id: str
    requirement_id: str
    checklist_id: str
    answered_by: str
    answered_on: date
    override: str = ""
    inherited: Inheritance | None = None
    carried_from: tuple[str, ...] = ()
