"""What was sent about an incident: recording it with its proof, taking a wrong record back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from compliance.adapters.workspace import Workspace
from compliance.domain.evidence import Evidence
from compliance.domain.incident import Incident, Notice, NoticeKind
from compliance.domain.incident_clocks import stopped_by
from compliance.domain.incident_rules import IncidentRules
from compliance.domain.moment import between, day_of, moment_said, moment_text, span_text, to_the_minute
from compliance.domain.wording import nearest, one_line, typed
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services import evidence
from compliance.services.evidence import unknown_evidence
from compliance.services.incident_records import INCIDENT, NOTICE, incident, notices_of, rules_on
from compliance.services.records import head_of, put_over

_LONGEST = 300


@dataclass(frozen=True)
class Sending:
    """What was sent, ``sent_at`` a moment or as typed.

    ``clocks`` are the limits it was sent for, none = those its kind meets. ``files`` prove it and are taken in as
    evidence; ``evidence_ids`` are proofs already there.
    """

    kind: NoticeKind
    sent_at: datetime | str
    to: str
    channel: str
    by: str = ""
    paper_number: str = ""
    clocks: tuple[str, ...] = ()
    evidence_ids: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Sent:
    """The record, and what the one who records should heed."""

    notice: Notice
    remarks: tuple[str, ...]


def record_notice(workspace: Workspace, incident_id: str, sending: Sending, *, now: datetime) -> Sent:
    """Record what was sent about an incident; a closed one still takes late notices.

    Raises:
        NotFound: there is no such incident, or no rules on incidents are known for today.
        Refused: the same was recorded before.
        BadData: something of it is wrong or missing, a file cannot be taken in; all faults are listed.
    """
    _, rules = rules_on(day_of(now))
    one = incident(workspace, incident_id)
    sent_at, unreadable = moment_said(sending.sent_at)
    _refuse(
        [
            *([] if sent_at else [Fault(unreadable or "chưa nêu lúc gửi.", column="--at")]),
            *(_against_time(one, sent_at, now) if sent_at else ()),
            *_against_words(sending),
            *_against_clocks(rules, sending),
            *unknown_evidence(workspace, sending.evidence_ids),
        ]
    )
    draft = _draft(workspace, incident_id, sending, rules)
    _refuse_twice(notices_of(workspace, incident_id), draft)
    taken = _filed(workspace, sending.files, draft, now)
    with workspace.act(f"Ghi nhận đã gửi: {sending.kind.label}") as act:
        earlier = notices_of(workspace, incident_id)
        _refuse_twice(earlier, draft)
        head = act.head(INCIDENT, incident_id) or head_of(workspace, INCIDENT, incident_id)
        _refuse(list(_against_time(Incident.model_validate_json(head.body), draft.sent_at, now)))
        pieces = (*draft.evidence_ids, *(piece.id for piece in taken))
        number = max((past.number for past in earlier), default=0) + 1
        notice = draft.model_copy(update={"number": number, "evidence_ids": tuple(dict.fromkeys(pieces))})
        act.put(NOTICE, notice.id, notice.model_dump_json(exclude_defaults=True), 0)
    return Sent(notice, tuple(_remarks(notice)))


def prove(
    workspace: Workspace,
    incident_id: str,
    number: int,
    *,
    now: datetime,
    files: Sequence[Path] = (),
    evidence_ids: Sequence[str] = (),
) -> Notice:
    """Add proof to a notice recorded before.

    Raises:
        NotFound: there is no such incident or notice.
        Refused: no proof is named, or the notice was taken back.
        BadData: a piece is not known or a file cannot be taken in; all faults are listed.
    """
    if not (files or evidence_ids):
        raise Refused("Hãy nêu bằng chứng: --file TỆP hoặc --evidence MÃ.")
    one = incident(workspace, incident_id)
    found = _notice(workspace, incident_id, number)
    _refuse(list(unknown_evidence(workspace, evidence_ids)))
    taken = _filed(workspace, files, found, now)
    with workspace.act(f"Bổ sung bằng chứng đã gửi của {one.id}") as act:
        found = _notice(workspace, incident_id, number)
        pieces = (*found.evidence_ids, *evidence_ids, *(piece.id for piece in taken))
        proven = found.model_copy(update={"evidence_ids": tuple(dict.fromkeys(pieces))})
        put_over(act, NOTICE, proven.id, proven)
    return proven


def undo_notice(workspace: Workspace, incident_id: str, number: int, *, reason: str) -> Notice:
    """Take back a notice recorded in error: the history keeps it, no clock counts it.

    Raises:
        NotFound: there is no such incident or notice.
        Refused: no reason is given, or it was taken back before.
    """
    if not reason.strip():
        raise Refused("Hãy nêu lý do: --reason “…”.")
    incident(workspace, incident_id)
    with workspace.act(f"Bỏ ghi nhận đã gửi: {typed(reason)}") as act:
        found = _notice(workspace, incident_id, number)
        undone = found.model_copy(update={"undone": typed(reason)})
        put_over(act, NOTICE, undone.id, undone)
    return undone


def _draft(workspace: Workspace, incident_id: str, sending: Sending, rules: IncidentRules) -> Notice:
    """The notice as it will be recorded, its number and the pieces still to be filed aside."""
    sent_at, _ = moment_said(sending.sent_at)
    if sent_at is None:
        raise AssertionError("the moment was read before")
    return Notice(
        incident_id=incident_id,
        number=1,
        kind=sending.kind,
        sent_at=sent_at,
        to=one_line(sending.to),
        channel=one_line(sending.channel),
        by=one_line(sending.by) or workspace.by,
        paper_number=one_line(sending.paper_number),
        clocks=tuple(dict.fromkeys(sending.clocks)) or stopped_by(rules, sending.kind),
        evidence_ids=tuple(dict.fromkeys(sending.evidence_ids)),
        note=typed(sending.note),
    )


def _against_time(one: Incident, sent_at: datetime, now: datetime) -> Iterable[Fault]:
    if sent_at > now:
        told = (
            f"thời điểm gửi ở tương lai ({moment_text(sent_at)}, còn {span_text(between(now, sent_at))} nữa mới tới)."
        )
        yield Fault(told, column="--at", expected="ngày, giờ đã gửi thật.")
    if sent_at < to_the_minute(one.detected_at):
        yield Fault(
            f"thời điểm gửi ({moment_text(sent_at)}) trước lúc phát hiện sự cố ({moment_text(one.detected_at)}).",
            column="--at",
            expected="ngày, giờ sau lúc phát hiện; lúc phát hiện ghi sai thì sửa bằng compliance incidents update.",
        )


def _against_words(sending: Sending) -> Iterable[Fault]:
    for option, said, expected in (
        ("--to", sending.to, "nơi nhận, ví dụ “Phòng An ninh mạng, Công an tỉnh Mẫu”."),
        ("--channel", sending.channel, "cách gửi, ví dụ “Điện thoại”, “Trục liên thông văn bản”, “Thư công vụ”."),
    ):
        if not said.strip():
            yield Fault("chưa nêu.", column=option, expected=expected)
    for option, said in (("--to", sending.to), ("--channel", sending.channel), ("--number", sending.paper_number)):
        if len(said) > _LONGEST:
            yield Fault(f"nội dung dài quá {_LONGEST} ký tự; hãy viết gọn lại.", column=option)


def _against_clocks(rules: IncidentRules, sending: Sending) -> Iterable[Fault]:
    known = {rule.id: rule for rule in rules.clocks}
    for clock in sending.clocks:
        rule = known.get(clock)
        if rule is None:
            near = nearest(clock, known)
            hint = f"Gần nhất là “{near}”." if near else f"Có: {', '.join(known)}."
            yield Fault(f"không có thời hạn “{clock}”. {hint}", column="--clock")
        elif sending.kind not in rule.met_by:
            good = ", ".join(f"{kind.label.lower()} ({kind.value.replace('_', '-')})" for kind in rule.met_by)
            yield Fault(
                f"“{sending.kind.label}” không đủ để hoàn thành “{rule.title}” ({rule.citation}).",
                column="--clock",
                expected=f"loại {good}.",
            )


def _refuse_twice(earlier: Iterable[Notice], new: Notice) -> None:
    for past in earlier:
        if (past.kind, past.sent_at, past.to) == (new.kind, new.sent_at, new.to) and not past.undone:
            raise Refused(
                f"Lần gửi này đã ghi với số {past.number} của {past.incident_id}; chưa lưu thêm. Ghi nhầm thì bỏ bằng: "
                f"compliance incidents unsent {past.incident_id} {past.number} --reason “…”"
            )


def _notice(workspace: Workspace, incident_id: str, number: int) -> Notice:
    earlier = notices_of(workspace, incident_id)
    found = next((one for one in earlier if one.number == number), None)
    if found is None:
        known = ", ".join(str(one.number) for one in earlier) or "chưa có lần nào"
        raise NotFound(f"{incident_id} không có lần gửi số {number}. Các lần đã ghi: {known}.")
    if found.undone:
        raise Refused(f"Lần gửi số {number} của {incident_id} đã bỏ trước đó: {found.undone}")
    return found


def _filed(workspace: Workspace, files: Sequence[Path], notice: Notice, now: datetime) -> tuple[Evidence, ...]:
    """The files taken in as evidence, titled after what they prove."""
    if not files:
        return ()
    about = evidence.Describing(title=f"{notice.kind.label}, {notice.incident_id}", dated_on=day_of(notice.sent_at))
    return evidence.add_files(workspace, files, about, serves=(), today=day_of(now))


def _remarks(notice: Notice) -> Iterable[str]:
    if not notice.evidence_ids:
        yield (
            "chưa có bằng chứng đã gửi. Hãy lưu phiếu gửi, ảnh chụp tin nhắn hoặc nhật ký cuộc gọi: compliance "
            f"incidents prove {notice.incident_id} {notice.number} --file TỆP"
        )


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise BadData(f"Lần gửi có {len(faults)} điểm chưa đúng; chưa lưu gì. Hãy sửa rồi làm lại.", faults)
