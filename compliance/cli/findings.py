"""Findings: list them, plan and follow their remedy."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.finding_pages import say_row, say_rows, status_rows
from compliance.cli.finding_papers import deployment, remediation
from compliance.cli.output import next_step, say, show_json, show_table

if TYPE_CHECKING:
    from compliance.domain.finding_row import FindingKind

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Kind(StrEnum):
    """Which findings to list."""

    ANSWER = "answer"
    EVIDENCE = "evidence"
    ALL = "all"


class Grade(StrEnum):
    """How much a finding matters, as typed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


FindingArgument = Annotated[
    str, typer.Argument(metavar="MÃ-TỒN-TẠI", help="Hệ thống và yêu cầu, ví dụ mang-noi-bo/4.1-a.")
]
FindingsArgument = Annotated[
    list[str], typer.Argument(metavar="MÃ-TỒN-TẠI...", help="Một hoặc nhiều tồn tại, ví dụ mang-noi-bo/4.1-a.")
]
ByOption = Annotated[
    str, typer.Option("--by", metavar="ĐƠN-VỊ", help="Cơ quan, bộ phận thực hiện; bỏ trống là người đang ghi.")
]
OnOption = Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày thực hiện; bỏ trống là hôm nay.")]


@app.command("list")
def list_findings(
    system: Annotated[str, typer.Option("--system", metavar="MÃ", help="Chỉ của hệ thống này.")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="MÃ", help="Chỉ việc của đơn vị này.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ tồn tại đã quá hạn.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Cả tồn tại đã đóng, đã rút.")] = False,
    kind: Annotated[
        Kind, typer.Option("--kind", help="answer: yêu cầu chưa đạt; evidence: về minh chứng; all: cả hai.")
    ] = Kind.ALL,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Danh sách tồn tại: quá hạn xếp trước, rồi đến tồn tại chưa có thời hạn, sau đó theo thời hạn."""
    from compliance.services.findings import findings, gap_counts

    on, counted = day(today), kind is Kind.ALL and not as_json  # a terminal shows how many gaps, not each of them
    with opened(workspace) as office:
        rows = findings(
            office,
            on,
            system_id=system,
            unit_id=unit,
            overdue=overdue,
            every=every,
            kinds=_kinds(Kind.ANSWER if counted else kind),
        )
        counts = gap_counts(office, on, system_id=system, unit_id=unit, overdue=overdue) if counted else {}
    if as_json:
        show_json([row.as_json() for row in rows])
        return
    say_rows(rows, counts)


def _kinds(kind: Kind) -> frozenset[FindingKind]:
    from compliance.domain.finding_row import FindingKind

    return frozenset(FindingKind) if kind is Kind.ALL else frozenset({FindingKind(kind.value)})


@app.command()
def show(
    finding: FindingArgument,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Một tồn tại: yêu cầu, hiện trạng, biện pháp, thời hạn và mọi thay đổi từ khi phát hiện."""
    from compliance.services import findings

    with opened(workspace) as office:
        row = findings.finding(office, finding, day(today))
        entries = () if row.gap else findings.history(office, finding)
    if as_json:
        show_json({**row.as_json(), "history": [one.model_dump(mode="json") for one in entries]})
        return
    say_row(row, entries)


_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:[. ]\d{3})+|\d+)")


def _dong(said: str) -> int:
    """An amount in đồng as typed, its thousands apart or not."""
    from compliance.errors import Refused

    amount = said.strip().removesuffix("đồng").strip()
    if not _AMOUNT.fullmatch(amount):
        raise Refused(f"“{said}” không phải là số tiền. Hãy ghi số đồng, ví dụ 2.000.000; không phát sinh thì ghi 0.")
    return int(re.sub(r"[. ]", "", amount))


@app.command()
def plan(
    found: FindingsArgument,
    measure: Annotated[str | None, typer.Option("--measure", help="Biện pháp khắc phục.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="MÃ", help="Đơn vị chịu trách nhiệm.")] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="NGÀY", help="Thời hạn, ví dụ 2026-12-31.")] = None,
    cost: Annotated[
        str | None, typer.Option("--cost", metavar="ĐỒNG", help="Kinh phí, ví dụ 2.000.000; 0 là không phát sinh.")
    ] = None,
    cost_line: Annotated[str | None, typer.Option("--cost-line", metavar="NGUỒN", help="Nguồn kinh phí.")] = None,
    severity: Annotated[
        Grade | None, typer.Option("--severity", help="Mức độ: high (cao), medium (trung bình), low (thấp).")
    ] = None,
    severity_reason: Annotated[str, typer.Option("--severity-reason", help="Lý do đổi mức độ.")] = "",
    note: Annotated[str | None, typer.Option("--note", help="Ghi chú.")] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi biện pháp, đơn vị, thời hạn, kinh phí cho một hoặc nhiều tồn tại; mục không nêu thì giữ nguyên."""
    from compliance.domain.remediation import Severity
    from compliance.services import findings

    planning = findings.Planning(
        measure=measure,
        unit_id=unit,
        due=day_said(due),
        cost=_dong(cost) if cost else None,
        cost_line=cost_line,
        severity=Severity(severity.value) if severity else None,
        severity_reason=severity_reason,
        note=note,
    )
    with opened(workspace) as office:
        on = day(today)
        made = findings.plan(office, found, planning, today=on)
        rows = [findings.finding(office, one.id, on) for one in made]
    if as_json:
        show_json([row.as_json() for row in rows])
        return
    show_table(*status_rows(rows), widths=(0, 34, 30, 24, 0, 0))
    blank = next((row.id for row in rows if not row.planned), None)
    next_step(
        f"ghi nốt biện pháp, đơn vị hoặc thời hạn còn thiếu: compliance findings plan {blank}"
        if blank
        else f"in kế hoạch để trình duyệt: compliance findings remediation {rows[0].system_id}"
    )


@app.command()
def begin(
    found: FindingsArgument,
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi nhận đã bắt đầu khắc phục."""
    from compliance.services import findings

    with opened(workspace) as office:
        made = findings.begin(office, found, note=note)
        rows = [findings.finding(office, one.id, day(today)) for one in made]
    if as_json:
        show_json([row.as_json() for row in rows])
        return
    show_table(*status_rows(rows), widths=(0, 34, 30, 24, 0, 0))
    next_step(f"làm xong thì báo: compliance findings done {rows[0].id} --by “đơn vị đã làm”")


@app.command()
def done(
    found: FindingsArgument,
    by: ByOption = "",
    on: OnOption = None,
    work: Annotated[str, typer.Option("--work", help="Đã làm gì; bỏ trống thì lấy theo biện pháp đã ghi.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Báo đã khắc phục xong; bên khác xác nhận rồi mới đóng."""
    from compliance.services import findings

    with opened(workspace) as office:
        now = day(today)
        made = findings.done(office, found, today=now, by=by, on=day_said(on), work=work)
        rows = [findings.finding(office, one.id, now) for one in made]
    if as_json:
        show_json([row.as_json() for row in rows])
        return
    show_table(*status_rows(rows), widths=(0, 34, 30, 24, 0, 0))
    next_step(
        f"lưu minh chứng: compliance evidence add TỆP --for {rows[0].id}; rồi bên không trực tiếp làm xác nhận: "
        f"compliance findings close {rows[0].id} --by “đơn vị xác nhận”"
    )


@app.command()
def close(
    finding: FindingArgument,
    evidence: Annotated[
        list[str] | None,
        typer.Option("--evidence", metavar="MÃ", help="Minh chứng; bỏ trống thì dùng minh chứng đã gắn."),
    ] = None,
    by: ByOption = "",
    on: OnOption = None,
    reason: Annotated[str, typer.Option("--reason", help="Ghi chú; bắt buộc khi bên đã làm tự xác nhận.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xác nhận đã khắc phục và đóng tồn tại, trên cơ sở minh chứng còn giá trị."""
    from compliance.services import findings

    with opened(workspace) as office:
        now = day(today)
        findings.close(office, finding, today=now, evidence_ids=evidence or (), by=by, on=day_said(on), reason=reason)
        row = findings.finding(office, finding, now)
    if as_json:
        show_json(row.as_json())
        return
    say(f"Đã đóng {row.id}: {row.clause} {row.statement}")
    say(f"Xác nhận: {row.closed_by}; minh chứng: {', '.join(row.evidence_ids)}. Kết quả hiện nay: {row.result.label}.")
    next_step(f"xem tồn tại còn lại của hệ thống: compliance findings list --system {row.system_id}")


@app.command()
def reopen(
    finding: FindingArgument,
    reason: Annotated[str, typer.Option("--reason", help="Lý do mở lại (bắt buộc).")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mở lại tồn tại đã báo xong hoặc đã đóng mà thực tế chưa đạt."""
    from compliance.services import findings

    with opened(workspace) as office:
        findings.reopen(office, finding, today=day(today), reason=reason)
        row = findings.finding(office, finding, day(today))
    if as_json:
        show_json(row.as_json())
        return
    say(f"Đã mở lại {row.id}: {row.clause} {row.statement}")
    next_step(f"đặt lại biện pháp và thời hạn: compliance findings plan {row.id} --measure “…” --due NGÀY")


app.command()(remediation)
app.command()(deployment)
