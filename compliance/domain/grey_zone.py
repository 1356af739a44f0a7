"""A grey zone: a point the law leaves open, the clauses that pull apart, and where an office meets it."""

from __future__ import annotations

from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.condition import Condition


class ZonePlace(StrEnum):
    """Where a grey zone is shown; in the rationale and for the office it stands once, whatever the system."""

    CLASSIFICATION = "classification"
    RATIONALE = "rationale"
    OFFICE = "office"
    DOSSIER = "dossier"
    FORM = "form"
    PLAN = "plan"
    ASSESSMENT = "assessment"
    INCIDENT = "incident"
    REPORT = "report"
    TRANSITION = "transition"
    PENALTY = "penalty"

    @property
    def label(self) -> str:
        """Vietnamese wording: where an officer meets the point."""
        return _PLACES[self]


_PLACES = {
    ZonePlace.CLASSIFICATION: "Xác định cấp độ",
    ZonePlace.RATIONALE: "Thuyết minh cấp độ",
    ZonePlace.OFFICE: "Vai trò của cơ quan",
    ZonePlace.DOSSIER: "Hồ sơ đề xuất cấp độ",
    ZonePlace.FORM: "Biểu mẫu",
    ZonePlace.PLAN: "Phương án và danh mục yêu cầu",
    ZonePlace.ASSESSMENT: "Kiểm tra, đánh giá",
    ZonePlace.INCIDENT: "Sự cố",
    ZonePlace.REPORT: "Báo cáo",
    ZonePlace.TRANSITION: "Chuyển tiếp",
    ZonePlace.PENALTY: "Xử phạt",
}


class Side(Frozen):
    """One reading of an open point: the clause it rests on and what follows from it."""

    citation: str
    reading: str


class GreyZone(Frozen):
    """A point the law leaves open: when it fires, what to tell the user, where it comes from.

    ``question`` is what a superior has to answer and ``sides`` are the clauses that pull apart; both fill the letter
    that asks. ``forms`` are the ids of the forms it concerns; empty = whatever the form.
    """

    code: str
    title: str
    message: str
    citation: str
    place: ZonePlace = ZonePlace.CLASSIFICATION
    when: Condition | None = None
    forms: tuple[str, ...] = ()
    question: str = ""
    sides: tuple[Side, ...] = ()
    ask_whom: str = ""
