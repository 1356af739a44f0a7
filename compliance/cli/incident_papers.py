"""Printing the papers of an incident and the contact list on the terminal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json
from compliance.errors import Refused

if TYPE_CHECKING:
    from compliance.services.incident_papers import PrintedNotice


def print_paper(
    incident: Annotated[str, typer.Argument(metavar="MÃ-SỰ-CỐ", help="Sự cố, ví dụ sc-2026-001.")],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="LOẠI",
            help="initial (thông báo ban đầu), report (báo cáo 72 giờ), update (cập nhật), closing (kết thúc), "
            "personal-data (vi phạm dữ liệu cá nhân).",
        ),
    ],
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
    at: Annotated[
        str, typer.Option("--now", metavar="NGÀY-GIỜ", help="Tính quá hạn theo lúc này, ví dụ 22/11/2026 09:30.")
    ] = "",
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """In thông báo, báo cáo về một sự cố, điền sẵn từ những gì đã ghi; kèm bản Word để sửa."""
    from compliance.services.incident_papers import Drafting, kind_said, print_notice

    wanted, now = kind_said(kind), _moment(at, today)
    drafting = Drafting(issuer=issuer, addressee=addressee, support=support, word=word)
    progress("Đang in …")
    with opened(workspace) as office:
        done = print_notice(office, incident, wanted, out=out, now=now, today=day(today), drafting=drafting)
    if as_json:
        show_json(done.as_json())
        return
    say(f"Đã in: {done.printed.file.path} ({done.printed.file.pages} trang).")
    if done.twin:
        say(f"Bản Word để sửa: {done.twin.path}")
    say(f"Kính gửi: {done.paper.addressee}. Mã đối chiếu: {done.printed.match_code}.")
    say_remarks(done.remarks)
    next_step(_next(done))


def _moment(said: str, today: str | None) -> datetime:
    """The moment lateness is told by: ``--now``, else the present one, on the day of ``--today`` where given."""
    from compliance.domain.moment import read_moment

    if said:
        try:
            return read_moment(said)
        except ValueError as error:
            raise Refused(str(error)) from None
    present = datetime.now().astimezone()
    return present if today is None else datetime.combine(day(today), present.timetz())


def _next(done: PrintedNotice) -> str:
    paper = done.paper
    record = (
        f"gửi xong thì ghi: compliance incidents sent {paper.incident_id} --kind {paper.kind.value.replace('_', '-')} "
        "--to “NƠI-NHẬN” --channel “KÊNH” --at “NGÀY GIỜ”"
    )
    if paper.lateness:
        return f"trình ký, gửi ngay (thời hạn là trước {paper.lateness.due}); {record}"
    if paper.limit is None:
        return f"trình ký, gửi; {record}"
    if paper.limit.at_once:
        last = f", muộn nhất trước {paper.latest}" if paper.latest else ""
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
            "ghi đầu mối còn thiếu rồi in lại, ví dụ: compliance incidents contact pa05 --role police --name “…” "
            "--channel “Trực ban: …”"
        )
    else:
        next_step("treo ở nơi dễ thấy; gọi thử từng đầu mối mỗi quý, ghi ngày thử rồi in lại.")
