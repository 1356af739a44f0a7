"""Reports: worked out from the records, explained figure by figure, frozen when issued."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table
from compliance.cli.progress_reports import ForOption, FromOption, Reader, ToOption, leader, monthly, weekly
from compliance.cli.report_pages import said_again, say_annual, say_figure, say_issued, say_issues

if TYPE_CHECKING:
    from compliance.adapters.workspace import Workspace
    from compliance.services.annual_reports import AnnualDraft

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Draft(StrEnum):
    """Who reports."""

    OPERATOR = "operator"
    UNIT = "unit"
    OWNER = "owner"


class Kind(StrEnum):
    """Which report is issued."""

    ANNUAL = "annual"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    LEADER = "leader"


YearOption = Annotated[int, typer.Option("--year", metavar="NĂM", help="Năm báo cáo, ví dụ 2026.")]
DraftOption = Annotated[
    Draft,
    typer.Option(
        "--draft",
        help="Ai gửi: operator (đơn vị vận hành), unit (đơn vị chuyên trách), owner (chủ quản gửi Bộ Công an).",
    ),
]
OwnerOption = Annotated[
    str, typer.Option("--owner", metavar="MÃ", help="Chỉ chủ quản này; bỏ trống thì gộp mọi chủ quản.")
]
OperatorOption = Annotated[
    str, typer.Option("--operator", metavar="MÃ", help="Đơn vị vận hành báo cáo (dùng với --draft operator).")
]
ReportArgument = Annotated[
    str, typer.Argument(metavar="MÃ-BÁO-CÁO", help="Báo cáo đã phát hành, ví dụ annual/ubnd-xa/2026-owner/1.")
]


def _annual(office: Workspace, year: int, today: str | None, draft: Draft, owner: str, operator: str) -> AnnualDraft:
    from compliance.services.annual_reports import annual_report

    return annual_report(office, year, day(today), draft=draft.value, owner_id=owner, operator_id=operator)


@app.command()
def annual(
    year: YearOption,
    draft: DraftOption = Draft.OWNER,
    owner: OwnerOption = "",
    operator: OperatorOption = "",
    out: OutOption = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="TỆP", help="Ghi bảng mục 3 và số liệu ra tệp .xlsx.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Ghi đè tệp .xlsx đã có.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Từ chối nếu còn điểm chưa khớp.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Báo cáo năm theo mẫu của nghị định, tính từ những gì đã ghi; nêu mọi chỗ chưa khớp và cách sửa."""
    from compliance.services.annual_papers import print_annual, write_annual_workbook
    from compliance.services.issued_reports import refuse_broken

    with opened(workspace) as office:
        made = _annual(office, year, today, draft, owner, operator)
        if strict:
            refuse_broken(made.violations)
        if xlsx:
            write_annual_workbook(xlsx, made, day(today), overwrite=overwrite)
        if out:
            progress("Đang in báo cáo và phụ lục …")
        papers = print_annual(office, made, out, day(today)) if out else None
    if as_json:
        show_json({**made.as_json(), **(papers.as_json() if papers else {}), "xlsx": str(xlsx) if xlsx else None})
        return
    say_annual(made, day(today))
    for path in [*([one.path for one in papers.files] if papers else []), *([xlsx] if xlsx else [])]:
        say(f"Tệp: {path}")
    say_remarks((*made.remarks, *(papers.remarks if papers else ())))
    chosen = ("draft", "" if draft is Draft.OWNER else draft.value), ("owner", owner), ("operator", operator)
    choice = said_again(*chosen)
    if made.violations:
        next_step(f"xử lý điểm chưa khớp đầu tiên: {made.violations[0].fix or 'xem bảng trên'}")
    elif not papers:
        next_step(f"in để trình ký: compliance reports annual --year {year}{choice} --out THƯ-MỤC")
    else:
        late = day(today) > made.deadline
        by = "ngay" if late else f"chậm nhất ngày {made.deadline:%d/%m/%Y} (nên xong ngày {made.safe_day:%d/%m/%Y})"
        next_step(f"ký, gửi {by}; gửi rồi thì chốt: compliance reports issue annual --year {year}{choice}")


@app.command()
def explain(
    figure: Annotated[str, typer.Argument(metavar="SỐ-LIỆU", help="Mã số liệu, ví dụ managed, approved, checked.")],
    year: Annotated[
        int | None, typer.Option("--year", metavar="NĂM", help="Của báo cáo năm này, tính lại hôm nay.")
    ] = None,
    month: Annotated[str, typer.Option("--month", metavar="THÁNG", help="Của báo cáo tháng, ví dụ 2026-11.")] = "",
    week: Annotated[str, typer.Option("--week", metavar="TUẦN", help="Của báo cáo tuần, ví dụ 2026-w47.")] = "",
    leader_page: Annotated[bool, typer.Option("--leader", help="Của trang lãnh đạo hôm nay.")] = False,
    report: Annotated[str, typer.Option("--report", metavar="MÃ", help="Của báo cáo đã phát hành này.")] = "",
    draft: DraftOption = Draft.OWNER,
    owner: OwnerOption = "",
    operator: OperatorOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Một số liệu từ đâu ra: cách đếm, căn cứ, từng bản ghi được đếm và những bản ghi không đếm, vì sao."""
    from compliance.domain.report import ReportKind
    from compliance.errors import Refused
    from compliance.services import issued_reports
    from compliance.services.chosen_reports import Asked, figures_of

    said = {
        ReportKind.ANNUAL: year is not None,
        ReportKind.MONTHLY: month != "",
        ReportKind.WEEKLY: week != "",
        ReportKind.LEADER: leader_page,
    }
    chosen = [kind for kind, one in said.items() if one]
    if len(chosen) + bool(report) != 1:
        raise Refused(
            "Hãy nêu đúng một báo cáo: --year 2026, --month 2026-11, --week 2026-w47, --leader hoặc --report "
            "MÃ-BÁO-CÁO."
        )
    with opened(workspace) as office:
        if report:
            figures = issued_reports.issued(office, report).figures
        else:
            asked = Asked(chosen[0], month or week, year, draft.value, operator, owner)
            figures = figures_of(office, asked, day(today))
        found = issued_reports.explain(figures, figure)
    if as_json:
        show_json(found.as_json())
        return
    say_figure(found)


@app.command()
def issue(
    kind: Annotated[
        Kind,
        typer.Argument(metavar="LOẠI", help="annual (năm), monthly (tháng), weekly (tuần), leader (trang tổng hợp)."),
    ],
    period: Annotated[
        str, typer.Argument(metavar="[KỲ]", help="Tháng 2026-11 hoặc tuần 2026-w47; bỏ trống là kỳ này.")
    ] = "",
    year: Annotated[int | None, typer.Option("--year", metavar="NĂM", help="Năm báo cáo, với báo cáo năm.")] = None,
    draft: DraftOption = Draft.OWNER,
    owner: OwnerOption = "",
    operator: OperatorOption = "",
    reader: ForOption = Reader.COMMUNE,
    issuer: FromOption = "",
    to: ToOption = "",
    number: Annotated[
        str, typer.Option("--number", metavar="SỐ", help="Số, ký hiệu văn thư đã cấp, ví dụ 12/BC-UBND.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Lý do phát hành lại; bắt buộc từ lần thứ hai.")] = "",
    override: Annotated[str, typer.Option("--override", help="Lý do vẫn phát hành khi còn điểm chưa khớp.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Chốt báo cáo như đã gửi: số liệu không đổi nữa; lần sau khác chỗ nào thì ghi rõ chỗ đó."""
    from compliance.domain.report import ReportKind
    from compliance.services.chosen_reports import Asked, ready_report
    from compliance.services.issued_reports import issue as freeze

    asked = Asked(
        ReportKind(kind.value),
        period,
        year,
        draft.value,
        operator,
        owner,
        detailed=reader is Reader.COMMUNE,
        issuer_id=issuer,
        addressee=to,
    )
    with opened(workspace) as office:
        ready = ready_report(office, asked, day(today))
        made = freeze(office, ready, today=day(today), number=number, reason=reason, override=override)
    if as_json:
        show_json(made.model_dump(mode="json"))
        return
    say_issued(made)
    next_step(f"in bản đã chốt để lưu: compliance reports show {made.id} --out THƯ-MỤC")


@app.command()
def issues(
    owner: OwnerOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Các báo cáo đã phát hành."""
    from compliance.services import issued_reports

    with opened(workspace) as office:
        found = issued_reports.issues(office, owner_id=owner)
    if as_json:
        names = {"kind", "owner_id", "draft", "period", "issue", "issued_on", "paper_number", "reason", "match_code"}
        show_json([{"id": one.id, **one.model_dump(mode="json", include=names)} for one in found])
        return
    say_issues(found)


@app.command()
def show(
    report: ReportArgument,
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Một báo cáo đã phát hành, đúng như khi phát hành; --out in lại từ bản đã chốt."""
    from compliance.services import chosen_reports, issued_reports

    with opened(workspace) as office:
        one = issued_reports.issued(office, report)
        papers = chosen_reports.print_issued(office, one, out) if out else None
    if as_json:
        show_json({"id": one.id, **one.model_dump(mode="json"), **(papers.as_json() if papers else {})})
        return
    say_issued(one)
    for file in papers.files if papers else ():
        say(f"Tệp: {file.path}")
    say_remarks(papers.remarks if papers else ())
    next_step(f"xem một số liệu từ đâu ra: compliance reports explain {one.figures[0].id} --report {one.id}")


@app.command()
def number(
    report: ReportArgument,
    said: Annotated[str, typer.Argument(metavar="SỐ", help="Số, ký hiệu văn thư đã cấp, ví dụ 12/BC-UBND.")],
    reason: Annotated[str, typer.Option("--reason", help="Lý do sửa số đã ghi.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi số văn bản của báo cáo đã phát hành."""
    from compliance.services.issued_reports import set_number

    with opened(workspace) as office:
        one = set_number(office, report, said, reason=reason)
    if as_json:
        show_json({"id": one.id, "paper_number": one.paper_number})
        return
    say(f"Đã ghi số {one.paper_number} cho báo cáo {one.id}.")
    next_step("lưu bản đã ký cùng bằng chứng gửi.")


@app.command()
def expect(
    system: Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống cần ghi.")],
    approval: Annotated[
        str | None,
        typer.Option("--approval", metavar="KHI-NÀO", help="Dự kiến phê duyệt, ví dụ “quý II/2027”; để rỗng là bỏ."),
    ] = None,
    deployed: Annotated[
        str | None,
        typer.Option("--deployed", metavar="KHI-NÀO", help="Dự kiến triển khai đầy đủ, ví dụ “tháng 6/2027”."),
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi thời điểm dự kiến ở cột (9), cột (11) của báo cáo năm, khi hồ sơ và thời hạn đã ghi chưa cho biết."""
    from compliance.services.expectations import expect as record

    with opened(workspace) as office:
        made = record(office, system, today=day(today), approval=approval, deployed=deployed)
    if as_json:
        show_json(made.model_dump(mode="json"))
        return
    show_table(
        [(made.system_id, made.approval or "–", made.deployed or "–")],
        ("Hệ thống", "Dự kiến phê duyệt", "Dự kiến triển khai đầy đủ"),
    )
    next_step(f"xem lại báo cáo năm: compliance reports annual --year {day(today).year}")


app.command()(weekly)
app.command()(monthly)
app.command()(leader)
