"""The printed checklist (phiếu kiểm tra tại chỗ): the rows of a check in the order of a walk through the office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from compliance.domain.assessment import Result
from compliance.domain.assessment_sheet import AssessmentRow, AssessmentSheet
from compliance.domain.blank import Frozen
from compliance.domain.inheritance import Inherited
from compliance.domain.place import Place, Places
from compliance.domain.wording import date_text

_ELSEWHERE = Place(
    id="elsewhere",
    title="Yêu cầu chưa xếp chỗ",
    hint="Danh sách chỗ xem bằng chứng chưa có các yêu cầu này; hãy hỏi người phụ trách nên xem ở đâu.",
    requirements={"": ()},
)
"""Where a requirement goes that the places do not know: it is printed all the same."""


class FieldRow(Frozen):
    """One requirement to look at.

    ``look`` is what to look at, ``proof`` what proves it, ``notes`` its figures and cadences, ``ask`` what to say.
    ``before`` is how the check before came out, ``noted`` what this check already holds. ``shared`` names whose answer
    counts; such a row is not looked at again. ``doubtful``: something about it is not settled.
    """

    number: int
    id: str
    citation: str
    look: str
    proof: str
    notes: tuple[str, ...]
    ask: str
    before: str
    noted: str
    shared: str
    doubtful: bool = False


class FieldGroup(Frozen):
    """Rows of one matter that stand together."""

    title: str
    rows: tuple[FieldRow, ...]


class FieldSection(Frozen):
    """One stop of the walk; ``to_look`` counts the rows to look at, ``shared`` those that are not."""

    number: int
    title: str
    hint: str
    groups: tuple[FieldGroup, ...]
    to_look: int
    shared: int


class FieldSheet(Frozen):
    """The sheet as printed; ``boxes`` are the results to tick."""

    assessment_id: str
    kind: str
    system_name: str
    level: int
    assessor: str
    started_on: str
    boxes: tuple[str, ...]
    sections: tuple[FieldSection, ...]

    @property
    def doubtful(self) -> bool:
        """Whether the text leaves something open about any row."""
        return any(row.doubtful for section in self.sections for group in section.groups for row in group.rows)

    @property
    def to_look(self) -> int:
        """How many requirements are looked at."""
        return sum(one.to_look for one in self.sections)

    @property
    def shared(self) -> int:
        """How many are answered by a provider."""
        return sum(one.shared for one in self.sections)


def field_sheet(sheet: AssessmentSheet, places: Places) -> FieldSheet:
    """Put the rows of a check in walking order; within a stop they keep the order of their lists.

    Args:
        sheet: the check, with former and inherited results.
        places: where each requirement is best seen.
    """
    one = sheet.assessment
    return FieldSheet(
        assessment_id=one.id,
        kind=one.kind.label,
        system_name=sheet.system_name,
        level=one.level,
        assessor=one.assessor,
        started_on=date_text(one.started_on),
        boxes=tuple(result.label for result in Result if result is not Result.NOT_ASSESSED),
        sections=tuple(_sections(sheet.rows, places)),
    )


def _sections(rows: Sequence[AssessmentRow], places: Places) -> Iterator[FieldSection]:
    at = {place.id: [row for row in rows if _stop(row, places) == place.id] for place in (*places.places, _ELSEWHERE)}
    walked = [place for place in (*places.places, _ELSEWHERE) if at[place.id]]
    done = 0
    for number, place in enumerate(walked, start=1):
        here = at[place.id]
        shared = sum(row.from_provider for row in here)
        yield FieldSection(
            number=number,
            title=place.title,
            hint=place.hint,
            groups=tuple(_groups(here, places, done + 1)),
            to_look=len(here) - shared,
            shared=shared,
        )
        done += len(here)


def _stop(row: AssessmentRow, places: Places) -> str:
    return (places.place_of(row.requirement.id) or _ELSEWHERE).id


def _groups(rows: Iterable[AssessmentRow], places: Places, number: int) -> Iterator[FieldGroup]:
    numbered = enumerate(rows, start=number)
    for (_, title), together in groupby(numbered, key=lambda pair: (pair[1].requirement.group, pair[1].group_title)):
        yield FieldGroup(title=title, rows=tuple(_row(at, row, places) for at, row in together))


def _row(number: int, row: AssessmentRow, places: Places) -> FieldRow:
    one = row.requirement
    return FieldRow(
        number=number,
        id=one.id,
        citation=one.citation,
        look=one.statement,
        proof=one.evidence,
        notes=tuple(one.notes("mức gợi ý")),
        ask=places.question_of(one.id),
        before=row.previous.label if row.previous else "",
        noted=_noted(row),
        shared=_shared(row),
        doubtful=bool(one.uncertain),
    )


def _noted(row: AssessmentRow) -> str:
    """What this check itself already holds about the requirement."""
    if row.answer is None or not row.own or row.from_provider:
        return ""
    return f"{row.answer.result.label} (ghi ngày {date_text(row.answer.answered_on)})"


def _shared(row: AssessmentRow) -> str:
    """Whose answer counts here and what it is; empty where this check looks for itself."""
    if not row.from_provider:
        return ""
    return f"Dùng chung của {_provider(row.inherited)}, không phải kiểm tra lại. Kết quả ở đó: {row.result.label}."


def _provider(source: Inherited | None) -> str:
    return source.provider_name if source else "hệ thống khác"
