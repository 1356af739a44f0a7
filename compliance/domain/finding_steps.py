"""The steps of a finding: who may do what, and what the record says afterwards.

Each step has a function that lists, as sentences, everything that stands against it; none = it may be taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from compliance.domain.assessment import Answer, Result
from compliance.domain.evidence import Evidence
from compliance.domain.remediation import NOT_DONE, Finding, FindingStatus, Severity
from compliance.domain.wording import date_text, folded


def against_planning(
    finding: Finding, due: date | None, severity: Severity | None, severity_reason: str, today: date
) -> Iterable[str]:
    """What stands against planning the remedy of a finding."""
    if not finding.status.standing:
        yield (
            f"{finding.id}: tồn tại này {finding.status.label.lower()}, không còn phải khắc phục. Nếu vẫn chưa đạt thì "
            f"mở lại: compliance findings reopen {finding.id} --reason “…”"
        )
    if due is not None and due < today:
        yield f"{finding.id}: thời hạn {date_text(due)} đã qua. Hãy chọn ngày từ hôm nay trở đi."
    if severity is not None and severity is not finding.severity and not severity_reason.strip():
        yield (
            f"{finding.id}: đổi mức độ từ “{finding.severity.label}” sang “{severity.label}” phải kèm lý do "
            "(--severity-reason)."
        )


def against_beginning(finding: Finding) -> Iterable[str]:
    """What stands against beginning the work."""
    if finding.status is not FindingStatus.OPEN:
        yield (
            f"{finding.id}: đang ở trạng thái “{finding.status.label}”; chỉ bắt đầu khắc phục tồn tại ở trạng thái "
            f"“{FindingStatus.OPEN.label}”."
        )


def against_done(finding: Finding, work: str, on: date, today: date) -> Iterable[str]:
    """What stands against reporting the work as done on a day."""
    if finding.status not in {FindingStatus.OPEN, FindingStatus.IN_PROGRESS}:
        yield f"{finding.id}: đang ở trạng thái “{finding.status.label}” nên không báo làm xong được nữa."
    if not work.strip():
        yield f"{finding.id}: chưa có biện pháp nào được ghi; hãy nêu đã làm gì (--work “…”)."
    if on > today:
        yield f"{finding.id}: ngày làm xong {date_text(on)} sau ngày hôm nay."
    if on < finding.opened_on:
        yield f"{finding.id}: ngày làm xong trước ngày phát hiện tồn tại ({date_text(finding.opened_on)})."


def against_closing(finding: Finding, by: str, on: date, today: date, reason: str) -> Iterable[str]:
    """What stands against closing, its evidence aside: the doer does not confirm alone unless a reason is recorded."""
    if finding.status is not FindingStatus.DONE:
        yield (
            f"{finding.id}: đang ở trạng thái “{finding.status.label}”; phải ghi ai đã làm xong trước khi đóng: "
            f"compliance findings done {finding.id} --by “…”"
            if finding.status.standing
            else f"{finding.id}: {finding.status.label.lower()} rồi, không phải đóng nữa."
        )
        return
    if alone(finding, by) and not reason.strip():
        yield (
            f"{finding.id}: “{by}” là bên đã khắc phục nên không tự xác nhận. Hãy để bên khác đóng (--by), hoặc nêu lý "
            "do vì sao không có ai khác (--reason)."
        )
    if on > today:
        yield f"{finding.id}: ngày đóng {date_text(on)} sau ngày hôm nay."
    if finding.done_on is not None and on < finding.done_on:
        yield f"{finding.id}: ngày đóng trước ngày làm xong ({date_text(finding.done_on)})."


def alone(finding: Finding, by: str) -> bool:
    """Whether the one who confirms is the one who did the work, however the name is typed."""
    return folded(by) == folded(finding.done_by)


def proof(finding: Finding, linked: Iterable[Evidence], lost: Collection[str], on: date) -> tuple[Evidence, ...]:
    """The pieces linked to the requirement that a finding may be closed on.

    A piece filed before the finding was opened cannot show that it was remedied since; such a piece has to be named.
    """
    return tuple(one for one in linked if one.filed_on >= finding.opened_on and not against_evidence(one, lost, on))


def against_evidence(piece: Evidence, lost: Collection[str], on: date) -> str:
    """Why a piece proves nothing on a day; empty = it counts."""
    if piece.withdrawn:
        return f"{piece.id} “{piece.title}”: đã rút, không còn giá trị ({piece.withdrawn})."
    if piece.valid_until is not None and piece.expired(on):
        return f"{piece.id} “{piece.title}”: hết hạn từ ngày {date_text(piece.valid_until)}."
    if piece.file is not None and piece.file.sha256 in lost:
        return f"{piece.id} “{piece.title}”: tệp {piece.file.file_name} đã mất hoặc bị thay đổi."
    return ""


def no_proof(finding: Finding, linked: Sequence[Evidence], lost: Collection[str], on: date) -> str:
    """Why nothing linked to the requirement closes a finding."""
    told = [
        against_evidence(one, lost, on)
        or f"{one.id} “{one.title}”: lưu ngày {date_text(one.filed_on)}, trước khi mở tồn tại; nếu vẫn dùng để chứng "
        "minh đã khắc phục thì nêu rõ bằng --evidence."
        for one in linked
    ]
    how = (
        f"Hãy lưu minh chứng rồi đóng lại: compliance evidence add TỆP --for {finding.id}, "
        f"hoặc nêu minh chứng đã lưu bằng --evidence."
    )
    return f"{finding.id}: chưa có minh chứng còn giá trị cho việc đã khắc phục. {' '.join(told)}".rstrip() + f" {how}"


def done(finding: Finding, by: str, on: date, work: str) -> Finding:
    """The finding once the work is reported as done."""
    return finding.model_copy(
        update={"status": FindingStatus.DONE, "done_by": by, "done_on": on, "work": work.strip(), "note": ""}
    )


def closed(finding: Finding, by: str, on: date, reason: str, evidence_ids: Sequence[str]) -> Finding:
    """The finding once somebody confirmed the work on evidence."""
    return finding.model_copy(
        update={
            "status": FindingStatus.CLOSED,
            "closed_by": by,
            "closed_on": on,
            "evidence_ids": tuple(evidence_ids),
            "closed_alone": reason.strip() if alone(finding, by) else "",
            "note": "" if alone(finding, by) else reason.strip(),
        }
    )


def reopened(finding: Finding, reason: str, today: date) -> Finding:
    """The finding once the work turned out not to do."""
    return finding.model_copy(
        update={**NOT_DONE, "status": FindingStatus.OPEN, "opened_on": today, "note": reason.strip()}
    )


def remedied(answer: Answer, finding: Finding, *, own_check: bool) -> Answer:
    """The standing answer once its finding is closed: compliant, with what was done as its present state.

    A later check that found it in order keeps its own words. ``own_check`` keeps the check named, where only that makes
    the answer count before a provider's.
    """
    if not (answer.result.falls_short or answer.result is Result.NOT_ASSESSED):
        return answer
    return answer.model_copy(
        update={
            "result": Result.COMPLIANT,
            "present_state": finding.work or answer.measure,
            "reason": "",
            "due": None,
            "assumed": False,
            "assessment_id": answer.assessment_id if own_check else "",
        }
    )


def short_again(answer: Answer, earlier: Iterable[Answer]) -> Answer:
    """The standing answer once its finding is open again: as it fell short last; measure and unit as they are now.

    Args:
        answer: as it stands, compliant because the finding was closed.
        earlier: its former versions, newest first.
    """
    last = next((one for one in earlier if one.result.falls_short), None)
    if last is None or answer.result is not Result.COMPLIANT:
        return answer
    taken = ("result", "present_state", "reason", "assessment_id")
    return answer.model_copy(update={name: getattr(last, name) for name in taken})
