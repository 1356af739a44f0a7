"""Walking through a check question by question, place by place; every answer is stored at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from compliance.adapters.law import load_places
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessed, Result
from compliance.domain.assessment_sheet import AssessmentRow, AssessmentSheet
from compliance.domain.place import Places
from compliance.domain.wording import folded
from compliance.errors import NotFound, Refused
from compliance.services import answering, assessments


@dataclass(frozen=True)
class Stop:
    """A requirement on the way, and where one stands: the place's title and hint, and how to ask it aloud."""

    row: AssessmentRow
    place_id: str = ""
    place: str = ""
    hint: str = ""
    question: str = ""


@dataclass(frozen=True)
class Walk:
    """A check on foot: the stops in the order one walks, and who walks."""

    workspace: Workspace
    sheet: AssessmentSheet
    stops: tuple[Stop, ...]
    today: date
    by: str

    def waiting(self, *, find: str = "", every: bool = False) -> tuple[Stop, ...]:
        """The stops to make: without a result (or all), and holding the words asked for."""
        words = folded(find)
        return tuple(
            one
            for one in self.stops
            if (every or one.row.result is Result.NOT_ASSESSED) and (not words or words in _searched(one))
        )

    def fresh(self, stop: Stop) -> Stop:
        """The stop with the answer as it is stored now: one's own of a minute ago, or a colleague's."""
        head = self.workspace.store.head(assessments.ASSESSED, f"{self.sheet.assessment.id}/{stop.row.requirement.id}")
        if head is None or head.version == stop.row.version:
            return stop
        answer = Assessed.model_validate_json(head.body)
        return replace(stop, row=stop.row.model_copy(update={"answer": answer, "version": head.version}))

    def keep(self, said: answering.Said) -> answering.Saved:
        """Store what was said; raises as :func:`compliance.services.answering.record`."""
        return answering.answer(self.workspace, self.sheet.assessment.id, said, today=self.today)


def begin(workspace: Workspace, assessment_id: str, *, today: date, by: str = "") -> Walk:
    """Open a check for walking through.

    Raises:
        NotFound: there is none of this id.
        Refused: it is closed.
    """
    sheet = assessments.load(workspace, assessment_id)
    if sheet.assessment.closed:
        raise Refused(
            f"Lần kiểm tra {assessment_id} đã kết thúc. Muốn sửa thì mở lại kèm lý do: compliance assessments reopen "
            f"{assessment_id} --reason “…”"
        )
    return Walk(workspace, sheet, _stops(sheet), today, by or workspace.by)


def _stops(sheet: AssessmentSheet) -> tuple[Stop, ...]:
    """The rows in the order of the places; without places, in the order of the lists."""
    try:
        places = load_places(assessments.regime_of(sheet.assessment))
    except NotFound:
        return tuple(Stop(row) for row in sheet.rows)
    order = {place.id: at for at, place in enumerate(places.places)}
    stops = [_stop(row, places) for row in sheet.rows]
    return tuple(sorted(stops, key=lambda stop: order.get(stop.place_id, len(order))))


def _stop(row: AssessmentRow, places: Places) -> Stop:
    place, question = places.place_of(row.requirement.id), places.question_of(row.requirement.id)
    if place is None:
        return Stop(row, question=question)
    return Stop(row, place.id, place.title, place.hint, question)


def _searched(stop: Stop) -> str:
    one = stop.row.requirement
    return folded(f"{one.id} {one.clause} {one.statement} {stop.row.group_title} {stop.place}")
