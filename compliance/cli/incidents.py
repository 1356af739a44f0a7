"""Incidents: record one, judge it, follow its limits, say what was sent, close it."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli import incident_contacts, incident_endings, incident_notices, incident_papers, response_scripts
from compliance.cli.boundary import JsonOption, WorkspaceOption, opened
from compliance.cli.incident_endings import changed, show_status
from compliance.cli.incident_options import (
    AtOption,
    BeyondOption,
    DangerousOption,
    DescriptionOption,
    DetectedByOption,
    HappenedOption,
    ImportantOption,
    IncidentArgument,
    InterruptsOption,
    KindOption,
    LeadOption,
    NowOption,
    PersonalDataOption,
    PlaceOption,
    ReasonOption,
    SeriousOption,
    SystemsOption,
    ThreatensOption,
    ViolationOption,
    moment,
    said_signs,
    said_texts,
)
from compliance.cli.incident_pages import say_list
from compliance.cli.output import on_terminal, show_json
from compliance.errors import Refused

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command()
def record(
    title: Annotated[str | None, typer.Option("--title", metavar="TÊN", help="Sự cố gì, một câu ngắn.")] = None,
    at: AtOption = None,
    happened: HappenedOption = None,
    system: SystemsOption = None,
    kind: KindOption = None,
    place: PlaceOption = None,
    by: DetectedByOption = None,
    lead: LeadOption = None,
    description: DescriptionOption = None,
    threatens: ThreatensOption = None,
    interrupts: InterruptsOption = None,
    serious: SeriousOption = None,
    serious_reason: Annotated[str | None, typer.Option("--serious-reason", help="Lý do đánh giá mức độ.")] = None,
    personal_data: PersonalDataOption = None,
    dangerous: DangerousOption = None,
    important: ImportantOption = None,
    beyond_capacity: BeyondOption = None,
    violation: ViolationOption = None,
    late_reason: Annotated[
        str | None, typer.Option("--late-reason", metavar="LÝ-DO", help="Vì sao ghi muộn, khi đã quá 24 giờ.")
    ] = None,
    now: NowOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi một sự cố; mọi thời hạn tính từ lúc phát hiện (--at).

    Dữ kiện chưa rõ thì bỏ trống, không phải là “không”: thời hạn liên quan vẫn hiện để kịp kết luận. Gõ lệnh ở cửa sổ
    dòng lệnh thì chương trình hỏi tiếp chỗ còn thiếu.
    """
    from compliance.cli.incident_asking import asked
    from compliance.services import incidents

    when = moment(now)
    said = incidents.Telling(
        title=title,
        detected_at=at,
        happened_at=happened,
        kind=kind,
        system_ids=tuple(system) if system else None,
        lead_unit_id=lead,
        texts=said_texts(
            place=place,
            detected_by=by,
            description=description,
            serious_reason=serious_reason,
            recorded_late=late_reason,
        ),
        signs=said_signs(
            threatens=threatens,
            interrupts=interrupts,
            serious=serious,
            personal_data=personal_data,
            dangerous=dangerous,
            important=important,
            beyond_capacity=beyond_capacity,
            violation=violation,
        ),
    )
    with opened(workspace) as office:
        if on_terminal() and not as_json and not (title and at):
            _, rules = incidents.rules_on(when.date())
            said = asked(said, now=when, late_after_hours=rules.late_after_hours)
        made = incidents.record_incident(office, said, now=when)
        status = incidents.incident_status(office, made.id, when)
        remarks = incidents.remarks(office, made)
    show_status(status, f"Đã ghi sự cố {made.id}.\n", as_json, remarks)


@app.command()
def update(
    incident: IncidentArgument,
    title: Annotated[str | None, typer.Option("--title", metavar="TÊN", help="Tên sự cố.")] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="GIỜ-NGÀY", help="Sửa lúc phát hiện; mọi thời hạn tính lại.")
    ] = None,
    happened: HappenedOption = None,
    system: SystemsOption = None,
    kind: KindOption = None,
    place: PlaceOption = None,
    by: DetectedByOption = None,
    lead: LeadOption = None,
    description: DescriptionOption = None,
    cause: Annotated[str | None, typer.Option("--cause", help="Nguyên nhân.")] = None,
    scope: Annotated[str | None, typer.Option("--scope", help="Phạm vi ảnh hưởng.")] = None,
    harm: Annotated[str | None, typer.Option("--harm", help="Hậu quả, thiệt hại.")] = None,
    done: Annotated[str | None, typer.Option("--done", help="Biện pháp đã thực hiện.")] = None,
    remedy: Annotated[str | None, typer.Option("--remedy", help="Biện pháp khắc phục tiếp theo.")] = None,
    lesson: Annotated[str | None, typer.Option("--lesson", help="Bài học rút ra.")] = None,
    reason: ReasonOption = "",
    now: NowOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi thêm, sửa nội dung của một sự cố; mục không nêu thì giữ nguyên, bản cũ vẫn còn trong lịch sử."""
    from compliance.services.incidents import Telling

    said = Telling(
        title=title,
        detected_at=at,
        happened_at=happened,
        kind=kind,
        system_ids=tuple(system) if system else None,
        lead_unit_id=lead,
        texts=said_texts(
            place=place,
            detected_by=by,
            description=description,
            cause=cause,
            scope=scope,
            harm=harm,
            done_so_far=done,
            remedy=remedy,
            lesson=lesson,
        ),
    )
    with opened(workspace) as office:
        status, remarks = changed(office, incident, said, moment(now), reason)
    show_status(status, f"Đã cập nhật {incident}.\n", as_json, remarks)


@app.command()
def judge(
    incident: IncidentArgument,
    threatens: ThreatensOption = None,
    interrupts: InterruptsOption = None,
    serious: SeriousOption = None,
    personal_data: PersonalDataOption = None,
    dangerous: DangerousOption = None,
    important: ImportantOption = None,
    beyond_capacity: BeyondOption = None,
    violation: ViolationOption = None,
    unknown: Annotated[
        list[str] | None,
        typer.Option("--unknown", metavar="DỮ-KIỆN", help="Đưa về chưa rõ, ví dụ serious; ghi được nhiều lần."),
    ] = None,
    reason: ReasonOption = "",
    now: NowOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kết luận các dữ kiện quyết định thời hạn; kết luận muộn thì thời hạn vẫn tính từ lúc phát hiện."""
    from compliance.domain.incident import SIGNS
    from compliance.services.incidents import Telling

    signs = said_signs(
        threatens=threatens,
        interrupts=interrupts,
        serious=serious,
        personal_data=personal_data,
        dangerous=dangerous,
        important=important,
        beyond_capacity=beyond_capacity,
        violation=violation,
    )
    for name in unknown or ():
        known = name.replace("-", "_")
        if known not in SIGNS:
            options = ", ".join(one.replace("_", "-") for one in SIGNS)
            raise Refused(f"Không có dữ kiện “{name}”. Các dữ kiện: {options}.")
        signs[known] = None
    if not signs:
        raise Refused(
            "Chưa nêu kết luận nào, ví dụ: --serious hoặc --no-serious. Xem: compliance incidents judge --help"
        )
    if "serious" in signs and not reason.strip():
        raise Refused("Hãy nêu lý do đánh giá mức nghiêm trọng: --reason “…”. Văn bản không định nghĩa nên cần ghi rõ.")
    texts = said_texts(serious_reason=reason if "serious" in signs else None)
    with opened(workspace) as office:
        said = Telling(texts=texts, signs=signs)
        status, remarks = changed(office, incident, said, moment(now), reason or "Kết luận dữ kiện của sự cố")
    show_status(status, f"Đã ghi kết luận của {incident}.\n", as_json, remarks)


@app.command("list")
def list_incidents(
    only_open: Annotated[bool, typer.Option("--open", help="Chỉ sự cố chưa kết thúc.")] = False,
    year: Annotated[int | None, typer.Option("--year", metavar="NĂM", help="Chỉ sự cố phát hiện trong năm.")] = None,
    now: NowOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Danh sách sự cố và báo cáo phải gửi tiếp của từng sự cố."""
    from compliance.domain.moment import VIETNAM
    from compliance.services import incidents

    with opened(workspace) as office:
        found = incidents.incident_statuses(office, moment(now))
    kept = [
        one
        for one in found
        if not (only_open and one.incident.closed) and year in {None, one.incident.detected_at.astimezone(VIETNAM).year}
    ]
    if as_json:
        show_json([incidents.as_json(one) for one in kept])
        return
    say_list(kept)


@app.command()
def show(
    incident: IncidentArgument, now: NowOption = None, workspace: WorkspaceOption = None, as_json: JsonOption = False
) -> None:
    """Một sự cố: từng thời hạn đang ở đâu, còn bao lâu, đã gửi gì, việc phải làm sau sự cố."""
    from compliance.services import incidents

    with opened(workspace) as office:
        status = incidents.incident_status(office, incident, moment(now))
        remarks = incidents.remarks(office, status.incident)
    show_status(status, "", as_json, remarks)


app.command()(incident_endings.contain)
app.command()(incident_endings.close)
app.command()(incident_endings.reopen)
app.command()(incident_endings.followed)
app.command()(incident_notices.sent)
app.command()(incident_notices.prove)
app.command()(incident_notices.unsent)
app.command()(incident_notices.remind)
app.command()(incident_contacts.contacts)
app.command("contact-add")(incident_contacts.contact_add)
app.command("contact-change")(incident_contacts.contact_change)
app.command("contact-remove")(incident_contacts.contact_remove)
app.command("contact-tried")(incident_contacts.contact_tried)
app.command("print")(incident_papers.print_paper)
app.command("contact-sheet")(incident_papers.print_contact_sheet)
app.command()(response_scripts.scripts)
app.command()(response_scripts.script)
