"""What was sent about incidents, and what must be sent next, on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, WorkspaceOption, opened
from compliance.cli.incident_options import (
    PAPER_HELP,
    AtOption,
    FilesHelp,
    IncidentArgument,
    NowOption,
    PaperChoice,
    ReasonOption,
    moment,
)
from compliance.cli.incident_pages import next_of, say_reminders
from compliance.cli.output import next_step, say, say_remarks, show_json

NumberArgument = Annotated[int, typer.Argument(metavar="LẦN", help="Số thứ tự lần gửi, xem ở incidents show.")]
FileOption = Annotated[list[Path] | None, typer.Option("--file", metavar="TỆP", help=FilesHelp)]
EvidenceOption = Annotated[
    list[str] | None, typer.Option("--evidence", metavar="MÃ", help="Minh chứng đã lưu, ví dụ mc-2026-0001.")
]


def sent(
    incident: IncidentArgument,
    kind: Annotated[PaperChoice, typer.Option("--kind", help=PAPER_HELP)],
    at: AtOption = None,
    to: Annotated[str, typer.Option("--to", metavar="NƠI-NHẬN", help="Cơ quan đã nhận.")] = "",
    channel: Annotated[str, typer.Option("--channel", metavar="CÁCH", help="Cách gửi: điện thoại, trục văn bản…")] = "",
    by: Annotated[str, typer.Option("--by", metavar="AI", help="Ai gửi; bỏ trống là người đang ghi.")] = "",
    clock: Annotated[
        list[str] | None,
        typer.Option("--clock", metavar="MÃ", help="Chỉ cho thời hạn này; bỏ trống thì theo loại. Ghi được nhiều lần."),
    ] = None,
    number: Annotated[str, typer.Option("--number", metavar="SỐ", help="Số, ký hiệu văn bản.")] = "",
    file: FileOption = None,
    evidence: EvidenceOption = None,
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    now: NowOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi nhận đã gửi một thông báo, báo cáo: gửi gì, lúc nào, cho ai, bằng cách nào, bằng chứng đâu."""
    from compliance.domain.incident import NoticeKind
    from compliance.services.incident_notices import Sending, record_notice
    from compliance.services.incident_records import as_json as plain
    from compliance.services.incident_records import incident_status, notice_json

    sending = Sending(
        kind=NoticeKind(kind.value.replace("-", "_")),
        sent_at=at or "",
        to=to,
        channel=channel,
        by=by,
        paper_number=number,
        clocks=tuple(clock or ()),
        evidence_ids=tuple(evidence or ()),
        files=tuple(file or ()),
        note=note,
    )
    when = moment(now)
    with opened(workspace) as office:
        done = record_notice(office, incident, sending, now=when)
        status = incident_status(office, incident, when)
    if as_json:
        show_json({"recorded": notice_json(done.notice), "remarks": list(done.remarks), "status": plain(status)})
        return
    say(f"Đã ghi lần gửi số {done.notice.number} của {incident}: {done.notice.kind.label}.")
    for one in status.clocks:
        if one.notice_id == done.notice.id and one.state.value != "not_owed":
            say(f"  {one.rule.title}: {one.text(when)}. Nơi nhận theo quy định: {one.rule.to}.")
    say_remarks(done.remarks)
    next_step(next_of(status))


def prove(
    incident: IncidentArgument,
    number: NumberArgument,
    file: FileOption = None,
    evidence: EvidenceOption = None,
    now: NowOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bổ sung bằng chứng cho một lần gửi đã ghi."""
    from compliance.services import incident_notices
    from compliance.services.incident_records import notice_json

    with opened(workspace) as office:
        done = incident_notices.prove(
            office, incident, number, now=moment(now), files=tuple(file or ()), evidence_ids=tuple(evidence or ())
        )
    if as_json:
        show_json(notice_json(done))
        return
    say(f"Bằng chứng của lần gửi số {number}: {', '.join(done.evidence_ids)}.")
    next_step(f"xem lại sự cố: compliance incidents show {incident}")


def unsent(
    incident: IncidentArgument,
    number: NumberArgument,
    reason: ReasonOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bỏ một lần gửi ghi nhầm, kèm lý do; thời hạn liên quan chạy lại từ lúc phát hiện."""
    from compliance.services.incident_notices import undo_notice
    from compliance.services.incident_records import notice_json

    with opened(workspace) as office:
        undone = undo_notice(office, incident, number, reason=reason)
    if as_json:
        show_json(notice_json(undone))
        return
    say(f"Đã bỏ lần gửi số {number} của {incident}: {undone.undone}")
    next_step(f"xem thời hạn còn lại: compliance incidents show {incident}")


def remind(now: NowOption = None, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Báo cáo sự cố phải gửi tiếp, gấp nhất trước; có thể đặt cho máy tự chạy định kỳ."""
    from compliance.domain.incident_clocks import next_reminder
    from compliance.domain.moment import moment_text
    from compliance.services.incident_reminders import reminders

    when = moment(now)
    with opened(workspace) as office:
        rows = reminders(office, when)
    if as_json:
        show_json([one.as_json() for one in rows])
        return
    coming = [next_reminder(one.clock, one.status.rules.remind_hours, when) for one in rows]
    first = min((at for at in coming if at is not None), default=None)
    say_reminders(rows, moment_text(first) if first else "")
