"""Assignments: who holds which role, what was handed to whom, contracts, and the sheet when an officer moves."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.contracts import contract, contract_end, contracts
from compliance.cli.custodies import custody, give_back, issue, lost, renew
from compliance.cli.handovers import handover
from compliance.cli.output import next_step, say, say_remarks, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.assignments import AssignmentRow

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

AssignmentArgument = Annotated[str, typer.Argument(metavar="MÃ", help="Ví dụ pc-2026-001.")]
PaperOption = Annotated[
    str,
    typer.Option("--paper", metavar="VĂN-BẢN", help="Quyết định, ví dụ “Quyết định số 12/QĐ-UBND ngày 05/3/2026”."),
]
PaperDateOption = Annotated[
    str | None, typer.Option("--paper-date", metavar="NGÀY", help="Ngày văn bản, nếu chưa nêu ở --paper.")
]
PaperIssuerOption = Annotated[
    str, typer.Option("--paper-issuer", metavar="NƠI", help="Nơi ban hành, nếu chưa nêu ở --paper.")
]


class RoleChoice(StrEnum):
    """The roles as typed."""

    LEADS = "leads"
    SUPPORTS = "supports"
    SECURITY_OFFICER = "security-officer"
    RESPONSE_TEAM = "response-team"
    MORNING_CHECK = "morning-check"
    OTHER = "other"


_ROLE_HELP = (
    "Vai trò: leads (chủ trì), supports (phối hợp), security-officer (cán bộ phụ trách an ninh mạng), response-team "
    "(tổ ứng cứu), morning-check (kiểm tra đầu giờ), other (khác)."
)


@app.command()
def add(
    role: Annotated[RoleChoice, typer.Option("--role", help=_ROLE_HELP)],
    unit: Annotated[str, typer.Option("--unit", metavar="MÃ", help="Đơn vị giữ vai trò.")],
    since: Annotated[str, typer.Option("--since", metavar="NGÀY", help="Từ ngày.")],
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="NGÀY", help="Đến hết ngày; bỏ trống là chưa định ngày thôi."),
    ] = None,
    position: Annotated[str, typer.Option("--position", metavar="CHỨC-DANH", help="Chức danh trong đơn vị.")] = "",
    holder: Annotated[str, typer.Option("--holder", metavar="NGƯỜI", help="Họ tên, nếu quyết định có nêu.")] = "",
    system: Annotated[
        list[str] | None,
        typer.Option("--system", metavar="MÃ", help="Chỉ đối với hệ thống này; nêu nhiều lần được. Bỏ trống là cả xã."),
    ] = None,
    task: Annotated[str, typer.Option("--task", metavar="VIỆC", help="Phần việc, ví dụ “Chủ trì ứng phó sự cố”.")] = "",
    paper: PaperOption = "",
    paper_date: PaperDateOption = None,
    paper_issuer: PaperIssuerOption = "",
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi một phân công: đơn vị, chức danh nào giữ vai trò gì, từ ngày nào, theo quyết định nào."""
    from compliance.domain.assignment import DutyRole
    from compliance.services.assignments import Assigning, assign

    said = Assigning(
        role=DutyRole(role.value.replace("-", "_")),
        unit_id=unit,
        since=since,
        until=until,
        position=position,
        holder=holder,
        system_ids=tuple(system or ()),
        task=task,
        paper=paper,
        paper_date=paper_date,
        paper_issuer=paper_issuer,
        note=note,
    )
    with opened(workspace) as office:
        made = assign(office, said)
    one = made.assignment
    if as_json:
        show_json({"recorded": one.model_dump(mode="json"), "warnings": list(made.warnings)})
        return
    say(f"Đã ghi {one.id}: {one.role.label.lower()}, đơn vị {one.unit_id}, từ ngày {one.since:%d/%m/%Y}.")
    say_remarks(made.warnings)
    if one.paper is None:
        say("Lưu ý: chưa ghi quyết định phân công; phân công chưa có văn bản thì khó chứng minh khi kiểm tra.")
    next_step("xem còn vai trò nào chưa có người giữ: compliance assignments list")


@app.command()
def end(
    assignment: AssignmentArgument,
    on: Annotated[str, typer.Option("--on", metavar="NGÀY", help="Ngày cuối cùng giữ vai trò.")],
    paper: PaperOption = "",
    paper_date: PaperDateOption = None,
    paper_issuer: PaperIssuerOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Ghi ngày thôi giữ vai trò, theo quyết định nào."""
    from compliance.services import assignments

    with opened(workspace) as office:
        one = assignments.end(office, assignment, on=on, paper=paper, paper_date=paper_date, paper_issuer=paper_issuer)
    say(f"{one.id} thôi giữ vai trò {one.role.label.lower()} từ hết ngày {one.until:%d/%m/%Y}.")
    next_step(f"lập biên bản bàn giao: compliance assignments handover {one.unit_id}")


@app.command("list")
def list_assignments(
    on: Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ai giữ vai trò vào ngày này.")] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="MÃ", help="Chỉ của đơn vị này.")] = "",
    role: Annotated[RoleChoice | None, typer.Option("--role", help="Chỉ vai trò này.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Cả phân công đã thôi, chưa tới ngày và đã rút.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ai đang giữ vai trò nào, và vai trò nào phải có mà chưa ai giữ."""
    from compliance.domain.assignment import DutyRole
    from compliance.services import assignments
    from compliance.services.assignment_lacks import lacks

    when = day_said(on) or day(today)
    wanted = DutyRole(role.value.replace("-", "_")) if role else None
    with opened(workspace) as office:
        rows = assignments.listed(office, when, unit_id=unit, role=wanted, every=every)
        missing = lacks(office, when)
        twice = assignments.overlapping(office, when)
    if as_json:
        show_json(
            {
                "on": when.isoformat(),
                "assignments": [row.as_json() for row in rows],
                "missing": [{**one.model_dump(mode="json"), "text": one.text} for one in missing],
                "warnings": list(twice),
            }
        )
        return
    if rows:
        headers = ("Mã", "Vai trò", "Đơn vị, người giữ", "Phần việc, hệ thống", "Thời gian", "Quyết định")
        show_table([_cells(row) for row in rows], headers, widths=(0, 16, 28, 28, 14, 28))
    else:
        say(f"Chưa có phân công nào vào ngày {when:%d/%m/%Y}.")
    for lack in missing:
        say(f"Còn thiếu: {lack.text}")
        if lack.uncertain:
            say(f"  Chưa rõ: {lack.uncertain}")
    say_remarks(twice)
    if missing:
        next_step(f"ghi người giữ: compliance assignments add {missing[0].asks} --unit MÃ-ĐƠN-VỊ --since NGÀY")
    else:
        next_step("xem thiết bị, tài khoản sắp hết hạn: compliance assignments custody --expiring 60")


def _cells(row: AssignmentRow) -> tuple[str, ...]:
    one = row.assignment
    until = f"đến {one.until:%d/%m/%Y}" if one.until else "đến nay"
    state = "đã rút" if one.withdrawn else f"từ {one.since:%d/%m/%Y}\n{until}"
    about = "\n".join(part for part in (one.task, *row.systems) if part) or "Cả xã"
    papers = [paper.text for paper in (one.paper, one.ended_by) if paper]
    unit = "\n".join(part for part in (row.unit_name or one.unit_id, one.who) if part)
    return one.id, one.role.label, unit, about, state, "\n".join(papers) or "chưa có"


@app.command()
def show(
    record: Annotated[str, typer.Argument(metavar="MÃ", help="pc-… phân công, tb-… thiết bị, hd-… hợp đồng.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mọi điều đã ghi về một phân công, một thiết bị, tài khoản hoặc một hợp đồng."""
    from compliance.services.assignment_pages import record_lines
    from compliance.services.assignments import record as recorded

    with opened(workspace) as office:
        one = recorded(office, record)
        lines = record_lines(office, one)
    if as_json:
        show_json(one.model_dump(mode="json"))
        return
    show_table(lines, ("Mục", "Nội dung"), widths=(24, 80))
    if one.withdrawn:
        next_step("ghi lại cho đúng, rồi xem danh sách: compliance assignments list")
    else:
        next_step(f"ghi nhầm thì rút lại: compliance assignments withdraw {one.id} --reason “…”")


@app.command()
def withdraw(
    record: Annotated[str, typer.Argument(metavar="MÃ", help="pc-… phân công, tb-… thiết bị, hd-… hợp đồng.")],
    reason: Annotated[str, typer.Option("--reason", help="Vì sao rút.")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Rút một bản ghi đã ghi nhầm, kèm lý do; lịch sử vẫn giữ."""
    from compliance.services import assignments

    with opened(workspace) as office:
        one = assignments.withdraw(office, record, reason=reason)
    say(f"Đã rút {one.id}: {one.withdrawn}")
    next_step("ghi lại cho đúng, rồi xem danh sách: compliance assignments list")


app.command()(issue)
app.command()(renew)
app.command("return")(give_back)
app.command()(lost)
app.command()(custody)
app.command()(contract)
app.command("contract-end")(contract_end)
app.command()(contracts)
app.command()(handover)
