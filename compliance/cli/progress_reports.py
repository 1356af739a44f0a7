"""The weekly and monthly progress reports and the leader's page."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table

if TYPE_CHECKING:
    from datetime import date

    from compliance.domain.report import Period
    from compliance.services.progress_reports import ProgressDraft


class Reader(StrEnum):
    """Whom a progress report is for."""

    COMMUNE = "commune"
    PROVINCE = "province"


OwnerOption = Annotated[str, typer.Option("--owner", metavar="MÃ", help="Chủ quản; bỏ trống khi xã chỉ có một.")]
ForOption = Annotated[
    Reader,
    typer.Option("--for", help="commune: trong xã, ghi từng việc; province: gửi cấp trên, tổng hợp."),
]
FromOption = Annotated[str, typer.Option("--from", metavar="MÃ", help="Đơn vị lập báo cáo; bỏ trống là chủ quản.")]
ToOption = Annotated[str, typer.Option("--to", metavar="TÊN", help="Nơi nhận, ví dụ “Ủy ban nhân dân tỉnh”.")]


def weekly(
    week: Annotated[str, typer.Argument(metavar="[TUẦN]", help="Ví dụ 2026-w47; bỏ trống là tuần này.")] = "",
    reader: ForOption = Reader.COMMUNE,
    issuer: FromOption = "",
    to: ToOption = "",
    owner: OwnerOption = "",
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Báo cáo tuần: việc đã làm trong tuần, việc quá hạn, việc sắp đến hạn."""
    from compliance.domain.report_period import week_period

    _progress(week_period(week, day(today)), reader, issuer, to, owner, out, workspace, day(today), as_json=as_json)


def monthly(
    month: Annotated[str, typer.Argument(metavar="[THÁNG]", help="Ví dụ 2026-11; bỏ trống là tháng này.")] = "",
    reader: ForOption = Reader.COMMUNE,
    issuer: FromOption = "",
    to: ToOption = "",
    owner: OwnerOption = "",
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Báo cáo tháng: việc đã làm trong tháng, việc quá hạn, việc sắp đến hạn."""
    from compliance.domain.report_period import month_period

    _progress(month_period(month, day(today)), reader, issuer, to, owner, out, workspace, day(today), as_json=as_json)


def _progress(
    period: Period,
    reader: Reader,
    issuer: str,
    to: str,
    owner: str,
    out: Path | None,
    workspace: Path | None,
    today: date,
    *,
    as_json: bool,
) -> None:
    from compliance.cli.report_pages import said_again
    from compliance.services.progress_reports import print_progress, progress_draft

    detailed = reader is Reader.COMMUNE
    with opened(workspace) as office:
        draft = progress_draft(office, period, today, detailed=detailed, owner_id=owner, issuer_id=issuer, addressee=to)
        progress("Đang in báo cáo…")
        made = print_progress(office, draft, out, today)
    if as_json:
        show_json(made.as_json())
        return
    _say_figures(draft)
    say(f"Đã in {made.printed.file.path} ({made.printed.file.pages} trang) và bản Word {made.twin.path.name}.")
    say_remarks(made.remarks)
    choice = said_again(("for", "" if detailed else reader.value), ("from", issuer), ("to", to), ("owner", owner))
    next_step(
        f"đọc lại, bổ sung mục IV rồi trình ký; gửi rồi thì chốt: compliance reports issue {period.kind.value} "
        f"{period.name}{choice}"
    )


def _say_figures(draft: ProgressDraft) -> None:
    show_table([(one.title, one.shown, one.id) for one in draft.figures], ("Số liệu", "Số", "Mã để giải trình"))


def leader(
    out: OutOption = None,
    owner: OwnerOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Trang tổng hợp một tờ A4 cho lãnh đạo, kèm trang mở bằng trình duyệt không cần mạng."""
    from compliance.cli.report_pages import said_again
    from compliance.services.commune_pages import leader_page

    with opened(workspace) as office:
        made = leader_page(office, out, day(today), owner)
    if as_json:
        show_json(made.as_json())
        return
    page = made.page
    say(
        f"{page.managed} hệ thống, {page.approved} đã được phê duyệt cấp độ; {page.overdue} việc quá hạn hoặc phải "
        f"làm ngay, {page.coming} việc đến hạn trong 30 ngày; {page.open_incidents} sự cố đang xử lý."
    )
    say(f"Đã in {made.printed.file.path} ({made.printed.file.pages} trang) và {made.html}.")
    say_remarks([*page.remarks, *made.printed.remarks])
    whose = said_again(("owner", owner))
    next_step(f"muốn biết một con số gồm những gì: compliance reports explain overdue --leader{whose}")
