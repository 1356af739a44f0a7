"""How incidents end on the terminal: contained, closed, opened again, followed up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.incident_options import AtOption, IncidentArgument, NowOption, ReasonOption, SystemsOption, moment
from compliance.cli.incident_pages import say_status
from compliance.cli.output import next_step, say, show_json
from compliance.errors import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.adapters.workspace import Workspace
    from compliance.domain.duty import Done
    from compliance.services.incident_records import IncidentStatus
    from compliance.services.incidents import Telling


def contain(
    incident: IncidentArgument,
    at: AtOption = None,
    now: NowOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi lúc đã ngăn chặn được sự cố."""
    from compliance.services.incidents import Telling

    if not at:
        raise Refused("Hãy nêu lúc ngăn chặn được: --at “22/11/2026 10:30”.")
    with opened(workspace) as office:
        status, remarks = changed(office, incident, Telling(contained_at=at), moment(now), "Đã ngăn chặn sự cố")
    show_status(status, f"Đã ghi lúc ngăn chặn của {incident}.\n", as_json, remarks)


def close(
    incident: IncidentArgument,
    at: AtOption = None,
    outcome: Annotated[str, typer.Option("--outcome", metavar="KẾT-QUẢ", help="Kết quả xử lý.")] = "",
    override: Annotated[
        bool, typer.Option("--override", help="Vẫn kết thúc dù còn báo cáo chưa gửi, kèm --reason.")
    ] = False,
    reason: ReasonOption = "",
    now: NowOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kết thúc một sự cố; còn báo cáo phải gửi mà chưa gửi thì nêu rõ và không cho kết thúc, trừ khi có lý do."""
    from compliance.services import incidents

    if override and not reason.strip():
        raise Refused("--override phải kèm lý do: --reason “…”.")
    when = moment(now)
    with opened(workspace) as office:
        incidents.close(office, incident, at=at or "", outcome=outcome, now=when, override=reason if override else "")
        status = incidents.incident_status(office, incident, when)
    show_status(status, f"Đã kết thúc {incident}.\n", as_json)


def reopen(
    incident: IncidentArgument,
    reason: ReasonOption = "",
    now: NowOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mở lại một sự cố đã kết thúc, kèm lý do."""
    from compliance.services import incidents

    with opened(workspace) as office:
        incidents.reopen(office, incident, reason=reason)
        status = incidents.incident_status(office, incident, moment(now))
    show_status(status, f"Đã mở lại {incident}.\n", as_json)


def followed(
    incident: IncidentArgument,
    duty: Annotated[str, typer.Argument(metavar="VIỆC", help="Mã việc sau sự cố, ví dụ danh-gia-rui-ro.")],
    on: Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày đã làm; bỏ trống là hôm nay.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="AI", help="Ai làm; bỏ trống là người đang ghi.")] = "",
    system: SystemsOption = None,
    evidence: Annotated[list[str] | None, typer.Option("--evidence", metavar="MÃ", help="Minh chứng đã lưu.")] = None,
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Bỏ ghi nhận, kèm --reason.")] = False,
    reason: ReasonOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi nhận đã làm một việc phải làm sau sự cố (đánh giá rủi ro, thuê tổ chức đánh giá, rút kinh nghiệm…)."""
    from compliance.services.incident_followups import Following, record_followed, undo_followed

    made: Sequence[Done] = ()
    with opened(workspace) as office:
        if undo:
            count = undo_followed(office, incident, duty, reason=reason, today=day(today))
        else:
            said = Following(day_said(on), by, tuple(system or ()), tuple(evidence or ()), note)
            made = record_followed(office, incident, duty, said, today=day(today))
            count = len(made)
    if as_json:
        show_json({"count": count, "done": [one.model_dump(mode="json") | {"id": one.id} for one in made]})
        return
    say(f"Đã bỏ {count} ghi nhận." if undo else f"Đã ghi nhận: {made[0].what}.")
    next_step("xem việc còn lại: compliance duties due")


def changed(
    office: Workspace, incident: str, said: Telling, when: datetime, reason: str
) -> tuple[IncidentStatus, tuple[str, ...]]:
    """Change an incident; how it stands then, and what is to be heeded."""
    from compliance.services import incidents

    made = incidents.change(office, incident, said, now=when, reason=reason)
    return incidents.incident_status(office, incident, when), incidents.remarks(office, made)


def show_status(status: IncidentStatus, told: str, as_json: bool, remarks: Sequence[str] = ()) -> None:
    """One incident as the command was asked to show it."""
    if as_json:
        from compliance.services.incidents import as_json as plain

        show_json({**plain(status), "remarks": list(remarks)})
        return
    if told:
        say(told)
    say_status(status, remarks)
