"""What one row of a filled-in workbook says, and whether it may be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from compliance.domain.assessment import Assessed, Result
from compliance.domain.assessment_columns import LONGEST, TEXTS, ReadRow, ReadSheet, own_answer, plain
from compliance.domain.assessment_sheet import AssessmentRow
from compliance.domain.result_words import read_result
from compliance.domain.wording import date_text, number_text
from compliance.domain.written import read_date
from compliance.errors import Fault

_ERRORS = {"#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


@dataclass(frozen=True)
class Setting:
    """What a workbook is judged by, beside the assessment itself.

    ``lists`` are the versions of the lists as shipped now, ``choosable`` the
    requirements that leave the measure open, ``saved`` who stored each answer and when, as a phrase. ``force`` lets an
    edited row replace a newer answer.
    """

    lists: Mapping[str, str]
    choosable: frozenset[str]
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
        if len(row.cells[name]) > LONGEST:
            told(f"Nội dung dài quá {number_text(LONGEST)} ký tự; hãy tóm tắt và lưu bản đầy đủ làm minh chứng.", name)
    try:
        result = read_result(row.cells["result"]) if row.cells["result"] else None
    except ValueError as error:
        told(str(error), "result")
    try:
        day = read_date(row.cells["answered_on"]) if row.cells["answered_on"] else None
    except ValueError as error:
        told(str(error), "answered_on")
    if day is not None and day > setting.today:
        message = f"Ngày kiểm tra {date_text(day)} sau ngày hôm nay (hôm nay {date_text(setting.today)})."
        told(message, "answered_on")
    return RowSaid(result, {name: row.cells[name] for name in TEXTS}, row.cells["answered_by"], day)


def rule_faults(row: ReadRow, read: ReadSheet, held: AssessmentRow, said: RowSaid, setting: Setting) -> Iterator[Fault]:
    """What the rules of answering have against a changed row."""
    texts = said.texts
    if said.result is None and (held.own or held.inherited is not None):
        expected = "một trong năm kết quả; muốn bỏ kết quả đã lưu thì chọn “Chưa đánh giá”"
        yield read.fault("Ô “Kết quả” để trống trong khi dòng này đã sửa.", row.number, "result", expected)
    if said.result is Result.NOT_APPLICABLE and not texts["reason"]:
        yield read.fault("“Không áp dụng” phải kèm lý do.", row.number, "reason")
    if texts["equivalent"] and not texts["equivalent_reason"]:
        yield read.fault("Biện pháp tương đương phải kèm lý do lựa chọn.", row.number, "equivalent_reason")
    if texts["equivalent"] and held.requirement.id not in setting.choosable:
        message = "Quy định không cho thay yêu cầu này bằng biện pháp tương đương."
        expected = "xóa ô này và ghi kết quả theo đúng biện pháp được yêu cầu"
        yield read.fault(message, row.number, "equivalent", expected)
    if held.inherited is not None and _needs_override(held, said):
        whose = f"{held.inherited.provider_name} ({held.inherited.result.label.lower()})"
        message = f"Yêu cầu đang dùng kết quả chung của {whose}; trả lời riêng phải có lý do."
        yield read.fault(message, row.number, "override", "lý do trả lời riêng, hoặc xóa các ô đã ghi ở dòng này")


def _needs_override(held: AssessmentRow, said: RowSaid) -> bool:
    """Whether the row departs from a provider's answer, or goes on doing so, without saying why."""
    if said.result in {None, Result.NOT_ASSESSED} or said.texts["override"]:
        return False
    answer = own_answer(held)
    return not held.own or (answer is not None and bool(answer.override))


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
