"""What one row of a filled-in workbook says, and whether it may be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from compliance.domain.answer_rules import Typed, ahead, breaches
from compliance.domain.assessment import Assessed, Result
from compliance.domain.assessment_columns import TEXTS, ReadRow, ReadSheet, own_answer, plain
from compliance.domain.assessment_sheet import AssessmentRow
from compliance.domain.result_words import read_result
from compliance.domain.written import read_date
from compliance.errors import Fault

_ERRORS = {"#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


@dataclass(frozen=True)
class Setting:
    """What a workbook is judged by, beside the assessment itself.

    ``lists`` are the versions of the lists as shipped now, ``saved`` who stored each answer and when, as a phrase.
    ``force`` lets an edited row replace a newer answer.
    """

    lists: Mapping[str, str]
    saved: Mapping[str, str]
    today: date
    force: bool = False


@dataclass(frozen=True)
class RowSaid:
    """What one row says; ``result`` is ``None`` where its cell is blank, as are the empty name and day."""

    result: Result | None
    texts: Mapping[str, str]
    answered_by: str
    answered_on: date | None

    @property
    def stored_result(self) -> Result:
        """The result as stored: a blank cell is no assessment."""
        return self.result or Result.NOT_ASSESSED


def read_said(row: ReadRow, read: ReadSheet, setting: Setting, faults: list[Fault]) -> RowSaid:
    """What the cells of a row mean; what cannot be understood is added to ``faults``."""

    def told(message: str, field: str) -> None:
        faults.append(read.fault(message, row.number, field))

    result = day = None
    for name in (*TEXTS, "answered_by"):
        if row.cells[name] in _ERRORS:
            told(f"Ô mang lỗi công thức “{row.cells[name]}”.", name)
    try:
        result = read_result(row.cells["result"]) if row.cells["result"] else None
    except ValueError as error:
        told(str(error), "result")
    try:
        day = read_date(row.cells["answered_on"]) if row.cells["answered_on"] else None
    except ValueError as error:
        told(str(error), "answered_on")
    for one in ahead(day, setting.today) if day else ():
        told(one.message, one.field)
    return RowSaid(result, {name: row.cells[name] for name in TEXTS}, row.cells["answered_by"], day)


def rule_faults(row: ReadRow, read: ReadSheet, held: AssessmentRow, said: RowSaid, setting: Setting) -> Iterator[Fault]:
    """What the rules of answering have against a changed row."""
    if said.result is None and (held.own or held.inherited is not None):
        expected = "một trong năm kết quả; muốn bỏ kết quả đã lưu thì chọn “Chưa đánh giá”"
        yield read.fault("Ô “Kết quả” để trống trong khi dòng này đã sửa.", row.number, "result", expected)
    answer = Typed(said.stored_result, said.texts, day=None)  # the day was looked at when it was read
    before = own_answer(held) if held.own else None
    for one in breaches(held.requirement, answer, today=setting.today, held=held.inherited, before=before):
        yield read.fault(one.message, row.number, one.field, one.expected)


def same(answer: Assessed | None, said: RowSaid) -> bool:
    """Whether the row says what is stored, whoever says it and when."""
    result = answer.result if answer else Result.NOT_ASSESSED
    texts = all(plain(text) == plain(getattr(answer, name) if answer else "") for name, text in said.texts.items())
    return texts and said.stored_result is result


def changed_fields(answer: Assessed | None, said: RowSaid) -> dict[str, tuple[str, str]]:
    """Old and new value of each field that changes; a blank name or day is filled in by whoever imports."""
    new = {"result": said.stored_result.value, **said.texts}
    if said.answered_by:
        new["answered_by"] = said.answered_by
    if said.answered_on:
        new["answered_on"] = said.answered_on.isoformat()
    old = dict.fromkeys(new, "") | {"result": Result.NOT_ASSESSED.value}
    if answer is not None:
        old = {name: str(getattr(answer, name)) for name in new}
    return {name: (old[name], text) for name, text in new.items() if plain(old[name]) != plain(text)}
