"""The workbook of one assessment as texts: its columns, the stamp that says what it is of, the digest of a row.

What is exported and what is read back are compared here, so both sides bring a text into the same form
(:func:`plain`) before they look at it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from unicodedata import is_normalized

from pydantic import ValidationError

from compliance.domain.assessment import Assessed, Result
from compliance.domain.assessment_sheet import AssessmentRow, AssessmentSheet
from compliance.domain.blank import Frozen
from compliance.domain.wording import canonical, date_text, folded
from compliance.errors import Fault

FORMAT = 1
"""The format of the workbook; one of another format is not read."""

SHEET = "Kiểm tra"


@dataclass(frozen=True)
class SheetColumn:
    """One column: ``width`` in characters; ``editable`` = read back; ``hidden`` = for the program alone."""

    field: str
    header: str
    width: int
    editable: bool = False
    hidden: bool = False


COLUMNS = (
    SheetColumn("number", "STT", 5),
    SheetColumn("clause", "Mục", 12),
    SheetColumn("group", "Nhóm", 16),
    SheetColumn("statement", "Yêu cầu", 50),
    SheetColumn("evidence", "Minh chứng cần xem", 28),
    SheetColumn("previous", "Kết quả lần trước", 12),
    SheetColumn("provider", "Dùng chung của", 22),
    SheetColumn("result", "Kết quả", 14, editable=True),
    SheetColumn("present_state", "Hiện trạng", 30, editable=True),
    SheetColumn("reason", "Lý do", 18, editable=True),
    SheetColumn("equivalent", "Biện pháp tương đương", 18, editable=True),
    SheetColumn("equivalent_reason", "Lý do chọn biện pháp tương đương", 18, editable=True),
    SheetColumn("override", "Lý do trả lời riêng", 16, editable=True),
    SheetColumn("answered_by", "Người kiểm tra", 15, editable=True),
    SheetColumn("answered_on", "Ngày kiểm tra", 12, editable=True),
    SheetColumn("id", "Mã yêu cầu (không sửa)", 16, hidden=True),
    SheetColumn("version", "Phiên bản lúc xuất (không sửa)", 16, hidden=True),
    SheetColumn("digest", "Dấu đối chiếu (không sửa)", 16, hidden=True),
    SheetColumn("choice", "Được chọn biện pháp (không sửa)", 16, hidden=True),
)
EDITABLE = tuple(one.field for one in COLUMNS if one.editable)
TEXTS = ("present_state", "reason", "equivalent", "equivalent_reason", "override")
BY_FIELD = {one.field: one for one in COLUMNS}


class Stamp(Frozen):
    """What a workbook is of; ``lists`` are the versions of the lists its rows come from."""

    format: int
    assessment: str
    system: str
    regime: str
    level: int
    lists: Mapping[str, str]
    exported_at: str


@dataclass(frozen=True)
class ReadRow:
    """One row of a workbook: its number in the sheet and the texts of the columns this module knows."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class ReadSheet:
    """What was read from a workbook; ``places`` is what each column is called in a sentence (``H: Kết quả``)."""

    file: str
    sheet: str
    stamp: Stamp | None
    rows: tuple[ReadRow, ...]
    places: Mapping[str, str]
    notes: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()

    def fault(self, message: str, row: int | None = None, field: str = "", expected: str = "") -> Fault:
        """A fault of this workbook, at its place."""
        return Fault(message, self.file, self.sheet, row, self.places.get(field, ""), expected)


def stamp_of(sheet: AssessmentSheet, lists: Mapping[str, str], exported_at: str) -> Stamp:
    """The stamp of a workbook of this assessment; ``lists`` are the versions its rows come from."""
    one = sheet.assessment
    return Stamp(
        format=FORMAT,
        assessment=one.id,
        system=one.system_id,
        regime=one.regime,
        level=one.level,
        lists=dict(lists),
        exported_at=exported_at,
    )


def read_stamp(text: str) -> Stamp | None:
    """The stamp in a cell; ``None`` for any other text."""
    if not text.startswith("{"):
        return None
    try:
        return Stamp.model_validate_json(text)
    except ValidationError:
        return None


def own_answer(row: AssessmentRow) -> Assessed | None:
    """What this check itself said about a requirement, a result taken back included; never a provider's."""
    return row.answer if row.answer is not None and row.answer.inherited is None else None


def spoken(row: AssessmentRow) -> dict[str, str]:
    """The cells one fills in, as they stand; of a requirement that follows a provider they are empty."""
    answer = own_answer(row)
    if answer is None:
        cells = dict.fromkeys(EDITABLE, "")
        return cells if row.from_provider else cells | {"result": Result.NOT_ASSESSED.label}
    return {
        "result": answer.result.label,
        **{name: getattr(answer, name) for name in TEXTS},
        "answered_by": answer.answered_by,
        "answered_on": date_text(answer.answered_on),
    }


def exported_cells(number: int, row: AssessmentRow, *, choice: bool) -> dict[str, str]:
    """Every cell of one row by field.

    Args:
        number: its place in the list.
        row: the requirement and what is known of it.
        choice: whether the text leaves it open how the requirement is met.
    """
    one, cells = row.requirement, spoken(row)
    uncertain = f"\nLưu ý: {one.uncertain}" if one.uncertain else ""
    return {
        "number": str(number),
        "clause": one.clause,
        "group": row.group_title,
        "statement": one.statement + uncertain,
        "evidence": one.evidence,
        "previous": row.previous.label if row.previous else "",
        "provider": _provider(row),
        **cells,
        "id": one.id,
        "version": str(row.version),
        "digest": digest(one.id, cells),
        "choice": "x" if choice else "",
    }


def _provider(row: AssessmentRow) -> str:
    """Whose answer counts and what it is; also beside an own answer, for that is what it departs from."""
    if row.inherited is not None:
        return f"{row.inherited.provider_name}: {row.inherited.result.label}"
    kept = row.answer.inherited if row.answer else None
    return f"{kept.system_id}: {row.result.label}" if kept else ""


def plain(text: str) -> str:
    """A text as it is compared: canonical, without signs nobody sees, which no spreadsheet gives back."""
    simple = text.isprintable() and "  " not in text and text.strip() == text and "_x000D_" not in text
    if simple and is_normalized("NFC", text):
        return text  # most cells of a sheet are canonical as they are
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")  # the first is Excel's own return
    return canonical("".join(sign for sign in lines if sign.isprintable() or _is_blank(sign)))


def _is_blank(sign: str) -> bool:
    """Whether a sign is a blank as people type it, no control sign that happens to count as one."""
    return sign in "\n\t\x85" or (sign > "\x9f" and sign.isspace())


def digest(requirement_id: str, cells: Mapping[str, str]) -> str:
    """A short mark of the cells one fills in: it changes when what they say changes."""
    result = _result_key(cells.get("result", ""))
    said = [plain(cells.get(name, "")) for name in EDITABLE if name != "result"]
    return sha256(json.dumps([requirement_id, result, *said]).encode()).hexdigest()[:16]


@lru_cache(maxsize=64)
def _result_key(text: str) -> str:
    """The result as written, case and diacritics aside; a blank cell says that nothing was assessed."""
    return folded(text) or folded(Result.NOT_ASSESSED.label)
