"""What a filled-in workbook changes in an assessment: a proposal, nothing stored.

Rows are known by their hidden id. A row that says what was exported changes nothing, even where the store has moved
on; a row edited here although somebody answered since the export is refused, row by row. Faults stop the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compliance.domain.assessment import Assessed
from compliance.domain.assessment_columns import FORMAT, ReadRow, ReadSheet, digest, own_answer
from compliance.domain.assessment_said import RowSaid, Setting, changed_fields, read_said, rule_faults, same
from compliance.domain.assessment_sheet import AssessmentRow, AssessmentSheet
from compliance.domain.wording import date_text, folded, nearest
from compliance.errors import Fault


@dataclass(frozen=True)
class RowChange:
    """A row that changes an answer: ``fields`` holds old and new value of each field, ``version`` what it replaces."""

    requirement: str
    clause: str
    row: int
    said: RowSaid
    version: int
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class RowRefusal:
    """A row left aside because somebody answered since the export."""

    requirement: str
    clause: str
    row: int
    reason: str


@dataclass(frozen=True)
class SheetProposal:
    """What a workbook would change; with ``faults`` nothing of it may be stored."""

    changed: tuple[RowChange, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[RowRefusal, ...] = ()
    notes: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()


def propose(read: ReadSheet, sheet: AssessmentSheet, setting: Setting) -> SheetProposal:
    """Compare a workbook with the assessment as it stands.

    Args:
        read: the workbook.
        sheet: the assessment.
        setting: what it is judged by.
    """
    foreign = (*_foreign(read, sheet, setting),)
    if foreign or not read.places:
        return SheetProposal(notes=read.notes, faults=(*read.faults, *foreign))
    judge = _Judge(read, sheet, setting)
    for row in read.rows:
        judge.row(row)
    told = {(one.row, one.column) for one in read.faults}  # one cell, one fault: what is no text is not misspelt
    judged = [one for one in judge.faults if (one.row, one.column) not in told]
    left = len(sheet.rows) - len(judge.seen)
    if left:
        message = f"{left} yêu cầu không có dòng trong tệp; câu trả lời đã lưu giữ nguyên."
        judge.notes.append(read.fault(message))
    return SheetProposal(
        changed=tuple(judge.changed),
        unchanged=tuple(judge.unchanged),
        refused=tuple(judge.refused),
        notes=(*read.notes, *judge.notes),
        faults=tuple(sorted([*read.faults, *judged], key=lambda one: one.row or 0)),
    )


def _foreign(read: ReadSheet, sheet: AssessmentSheet, setting: Setting) -> Iterator[Fault]:
    """Whether the workbook is of this assessment at all."""
    one, stamp = sheet.assessment, read.stamp
    again = f"tệp xuất bằng lệnh: compliance assessments export {one.id} --xlsx TỆP.xlsx"
    if one.closed_on is not None:
        message = f"Lần kiểm tra {one.id} đã kết thúc ngày {date_text(one.closed_on)} nên không nhập thêm được."
        yield read.fault(message, expected=f"mở lại kèm lý do: compliance assessments reopen {one.id} --reason “…”")
    if stamp is None:
        if not read.faults:
            yield read.fault("Không thấy ô ẩn ghi tệp này thuộc lần kiểm tra nào, hoặc ô đã bị sửa.", expected=again)
        return
    told = (
        ("định dạng", stamp.format, FORMAT),
        ("lần kiểm tra", stamp.assessment, one.id),
        ("hệ thống", stamp.system, one.system_id),
        ("bộ quy định", stamp.regime, one.regime),
        ("cấp độ", stamp.level, one.level),
    )
    for what, there, here in told:
        if there != here:
            yield read.fault(f"Tệp thuộc {what} “{there}”, không phải “{here}”.", expected=again)
    if stamp.level == one.level and dict(stamp.lists) != dict(setting.lists):
        for name in sorted({*stamp.lists, *setting.lists}):
            there, here = stamp.lists.get(name, "không có"), setting.lists.get(name, "không có")
            if there != here:
                message = f"Danh mục yêu cầu {name} trong tệp là phiên bản “{there}”, hiện nay là “{here}”."
                yield read.fault(message, expected=again)


class _Judge:
    """One pass over the rows."""

    def __init__(self, read: ReadSheet, sheet: AssessmentSheet, setting: Setting) -> None:
        self.read = read
        self.setting = setting
        self.held = {row.requirement.id: row for row in sheet.rows}
        self.seen: dict[str, int] = {}
        self.changed: list[RowChange] = []
        self.unchanged: list[str] = []
        self.refused: list[RowRefusal] = []
        self.notes: list[Fault] = []
        self.faults: list[Fault] = []

    def row(self, row: ReadRow) -> None:
        """Sort one row into changed, unchanged, refused or faulty."""
        held = self._known(row)
        if held is None:
            return
        requirement = held.requirement
        if row.cells["digest"] == digest(requirement.id, row.cells):
            self.unchanged.append(requirement.id)
            return
        before = len(self.faults)
        said = read_said(row, self.read, self.setting, self.faults)
        version = self._version(row)
        if len(self.faults) > before:
            return
        answer = own_answer(held)
        if same(answer, said):
            self._keep(row, requirement.id, answer, said)
        elif version != held.version and not self.setting.force:
            reason = self._newer(requirement.id, version, held.version)
            self.refused.append(RowRefusal(requirement.id, requirement.clause, row.number, reason))
        else:
            self.faults.extend(rule_faults(row, self.read, held, said, self.setting))
            if len(self.faults) == before:
                fields = changed_fields(answer, said)
                self.changed.append(
                    RowChange(requirement.id, requirement.clause, row.number, said, held.version, fields)
                )

    def _tell(self, row: ReadRow, message: str, field: str, expected: str = "") -> None:
        self.faults.append(self.read.fault(message, row.number, field, expected))

    def _known(self, row: ReadRow) -> AssessmentRow | None:
        id_ = row.cells["id"]
        restore = "chép lại cả dòng từ tệp đã xuất, hoặc xóa dòng này"
        if not id_:
            self._tell(row, "Dòng không có mã yêu cầu ở cột ẩn.", "id", restore)
            return None
        held = self.held.get(id_)
        if held is None:
            near = nearest(id_, self.held)
            hint = f" Gần nhất là “{near}”." if near else ""
            self._tell(row, f"Lần kiểm tra này không có yêu cầu mang mã “{id_}”.{hint}", "id", restore)
            return None
        if id_ in self.seen:
            message = f"Mã yêu cầu “{id_}” trùng với dòng {self.seen[id_]}."
            self._tell(row, message, "id", "mỗi yêu cầu một dòng; xóa dòng thừa")
            return None
        self.seen[id_] = row.number
        clause = row.cells["clause"]
        if clause and folded(clause) != folded(held.requirement.clause):
            message = (
                f"Dòng ghi mục “{clause}” nhưng mã ẩn là của mục “{held.requirement.clause}”: các cột bị lệch nhau."
            )
            self._tell(row, message, "clause", "sắp xếp hoặc dán lại cả dòng, kể cả các cột ẩn")
            return None
        if not row.cells["digest"]:
            self._tell(row, "Ô ẩn “Dấu đối chiếu” bị xóa.", "digest", restore)
            return None
        return held

    def _version(self, row: ReadRow) -> int:
        text = row.cells["version"]
        if not text.isdecimal():
            self._tell(row, f"Ô ẩn “Phiên bản lúc xuất” bị sửa thành “{text}”.", "version", "chép lại từ tệp đã xuất")
            return -1
        return int(text)

    def _keep(self, row: ReadRow, id_: str, answer: Assessed | None, said: RowSaid) -> None:
        """The answer is what it was; a name or a day alone is no answer."""
        self.unchanged.append(id_)
        noted = {"answered_by": said.answered_by, "answered_on": said.answered_on}
        if any(new and new != (getattr(answer, name) if answer else None) for name, new in noted.items()):
            message = "Chỉ ghi người hoặc ngày kiểm tra, câu trả lời không đổi; dòng này không có gì để lưu."
            self.notes.append(self.read.fault(message, row.number))

    def _newer(self, id_: str, exported: int, version: int) -> str:
        if version < exported:
            return "Hồ sơ đang mở cũ hơn tệp (có thể vừa phục hồi từ bản sao lưu). Hãy xuất lại tệp rồi ghi lại."
        told = self.setting.saved.get(id_, "có người")
        return f"Câu trả lời mới hơn đã có sau khi xuất tệp: {told}. Hãy xem lại rồi xuất tệp mới."
