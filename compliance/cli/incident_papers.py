"""Printing the papers of an incident and the contact list on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.incident_options import PAPER_HELP, IncidentArgument, NowOption, PaperChoice, moment
from compliance.cli.output import next_step, progress, say, say_remarks, show_json

if TYPE_CHECKING:
    from compliance.services.incident_papers import PrintedNotice


def print_paper(
    incident: IncidentArgument,
    kind: Annotated[PaperChoice, typer.Option("--kind", help=PAPER_HELP)],
    issuer: Annotated[
        str,
        typer.Option("--from", metavar="MÃ-ĐƠN-VỊ", help="Đơn vị ký văn bản; bỏ trống thì là chủ quản hệ thống."),
    ] = "",
    addressee: Annotated[
        str,
        typer.Option("--to", metavar="NƠI-NHẬN", help="Nơi nhận; bỏ trống thì lấy theo danh bạ liên hệ."),
    ] = "",
    support: Annotated[
        str,
        typer.Option("--ask", metavar="NỘI-DUNG", help="Nội dung đề nghị hướng dẫn, hỗ trợ; không có thì ghi Không."),
    ] = "",
    word: Annotated[bool, typer.Option("--word/--no-word", help="In kèm bản Word để sửa.")] = True,
    now: NowOption = None,
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """In thông báo, báo cáo về một sự cố, điền sẵn từ những gì đã ghi; kèm bản Word để sửa."""
    from compliance.domain.incident import NoticeKind
    from compliance.services.incident_papers import Drafting, print_notice

    wanted, when = NoticeKind(kind.value.replace("-", "_")), moment(now)
    drafting = Drafting(issuer=issuer, addressee=addressee, support=support, word=word)
    progress("Đang in …")
    with opened(workspace) as office:
        done = print_notice(office, incident, wanted, out=out, now=when, today=when.date(), drafting=drafting)
    if as_json:
        show_json(done.as_json())
        return
    say(f"Đã in: {done.printed.file.path} ({done.printed.file.pages} trang).")
    if done.twin:
        say(f"Bản Word để sửa: {done.twin.path}")
    say(f"Kính gửi: {done.paper.addressee}. Mã đối chiếu: {done.printed.match_code}.")
    say_remarks(done.remarks)
    next_step(_next(done))


def _next(done: PrintedNotice) -> str:
    paper = done.paper
    record = (
        f"gửi xong thì ghi: compliance incidents sent {paper.incident_id} --kind {paper.kind.value.replace('_', '-')} "
        "--to “NƠI-NHẬN” --channel “KÊNH” --at “NGÀY GIỜ”"
    )
    if paper.lateness:
        return f"trình ký, gửi ngay (hạn {paper.lateness.due}); {record}"
    if paper.limit is None:
        return f"trình ký, gửi; {record}"
    if paper.limit.at_once:
        last = f", chậm nhất {paper.latest}" if paper.latest else ""
        return f"gọi báo ngay theo danh bạ, trình ký và gửi ngay{last}; {record}"
    return f"trình ký, gửi trước {paper.limit.due}; {record}"


def print_contact_sheet(
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """In danh bạ liên hệ khi có sự cố, một trang để treo tường."""
    from compliance.services.contact_papers import print_contacts

    progress("Đang in …")
    with opened(workspace) as office:
        done = print_contacts(office, out=out, today=day(today))
    if as_json:
        show_json(done.as_json())
        return
    say(f"Đã in: {done.printed.file.path} ({done.printed.file.pages} trang).")
    say_remarks(done.remarks)
    if done.sheet.missing:
        next_step(
            "ghi đầu mối còn thiếu rồi in lại: compliance incidents contact-add --role police --name “…” --channel "
            "“Trực ban: …”"
        )
    else:
        next_step("treo ở nơi dễ thấy; gọi thử từng đầu mối rồi ghi: compliance incidents contact-tried MÃ-ĐẦU-MỐI")
