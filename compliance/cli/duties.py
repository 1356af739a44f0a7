"""Duties: what is due and when, recording that it was done, fixing how often."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.duty_pages import SOON, say_due, say_duty, say_past, say_recorded, say_soon
from compliance.cli.duty_papers import ics, plan, wall
from compliance.cli.output import next_step, say, show_json

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class AnchorSaid(StrEnum):
    """What a cadence counts from, as typed."""

    CALENDAR = "calendar"
    LAST_DONE = "last-done"


DutyArgument = Annotated[
    str, typer.Argument(metavar="MÃ-VIỆC", help="Hệ thống hoặc đơn vị và việc, ví dụ mang-noi-bo/4.6.2.1-d.")
]
DutiesArgument = Annotated[
    list[str], typer.Argument(metavar="MÃ-VIỆC...", help="Một hoặc nhiều việc, ví dụ mang-noi-bo/4.6.2.1-d.")
]
KeyArgument = Annotated[
    str,
    typer.Argument(
        metavar="VIỆC", help="Mã yêu cầu, ví dụ 4.11.2.1-a (mọi hệ thống), hoặc mã việc của riêng một hệ thống."
    ),
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Lý do (bắt buộc).")]


@app.command()
def due(
    within: Annotated[
        int | None,
        typer.Option("--within", min=0, metavar="NGÀY", help="Quá hạn, đến hạn trong số ngày này, chưa ấn định."),
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="MÃ", help="Chỉ việc đơn vị này phải làm.")] = "",
    system: Annotated[str, typer.Option("--system", metavar="MÃ", help="Chỉ của hệ thống này.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ việc đã quá hạn.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Cả việc thường xuyên và việc khi có sự việc.")] = False,
    each: Annotated[bool, typer.Option("--each", help="Mỗi hệ thống một dòng, không gộp.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Việc phải làm: quá hạn xếp trước, rồi đến việc gần hạn; có hạn cuối và ngày làm việc cuối cùng trước hạn."""
    from compliance.services.duties import duty_rows, glance

    whole = every or overdue or within is not None
    if not (whole or as_json):
        with opened(workspace) as office:
            seen = glance(office, day(today), SOON, system_id=system, unit_id=unit)
        say_soon(seen, each=each)
        return
    with opened(workspace) as office:
        rows = duty_rows(
            office, day(today), system_id=system, unit_id=unit, within=within, overdue=overdue, every=every
        )
    if as_json:
        show_json([row.as_json() for row in rows])
        return
    say_due(rows, each=each)


@app.command()
def show(
    duty: DutyArgument, workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False
) -> None:
    """Một việc: căn cứ, vì sao hạn là ngày đó, minh chứng cần có, các lần đã làm."""
    from compliance.services.duties import duty_row

    with opened(workspace) as office:
        one = duty_row(office, duty, day(today))
    if as_json:
        row = one.row.as_json() if one.row else {"id": one.id, "what": one.what}
        show_json({**row, "why": list(one.why), "history": [each.as_json() for each in one.past]})
        return
    say_duty(one)


@app.command()
def done(
    duties: DutiesArgument,
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="MÃ", help="Minh chứng đã lưu, ví dụ mc-2026-0001.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày đã làm; bỏ trống là hôm nay.")] = None,
    due_day: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="NGÀY", help="Làm cho kỳ có hạn ngày này; bỏ trống là kỳ đã qua gần nhất hoặc kỳ tới."
        ),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="ĐƠN-VỊ", help="Ai làm; bỏ trống là người đang ghi.")] = "",
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi nhận đã làm một hoặc nhiều việc; làm muộn thì giữ nguyên số ngày muộn."""
    from compliance.services.duties import Doing, record_all

    doing = Doing(on=day_said(on), due=day_said(due_day), by=by, evidence_ids=evidence or (), note=note)
    with opened(workspace) as office:
        made = record_all(office, duties, doing, today=day(today))
    if as_json:
        show_json([one.as_json() for one in made])
        return
    say_recorded(made)


@app.command()
def undo(
    duty: DutyArgument,
    due_day: Annotated[str, typer.Option("--for", metavar="NGÀY", help="Hạn của kỳ đã ghi nhầm.")],
    reason: ReasonOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bỏ một ghi nhận nhầm; lịch sử vẫn giữ."""
    from compliance.services import duties

    with opened(workspace) as office:
        gone = duties.undo(office, duty, day(due_day), reason=reason)
    if as_json:
        show_json({**gone.model_dump(mode="json"), "late": gone.late})
        return
    say(f"Đã bỏ ghi nhận “{gone.what}” kỳ {gone.due:%d/%m/%Y}; lý do: {gone.undone}")
    next_step(f"xem việc hiện phải làm: compliance duties show {duty}")


@app.command()
def decide(
    key: KeyArgument,
    every: Annotated[str, typer.Option("--every", metavar="BAO-LÂU", help="Ví dụ “6 tháng”, “1 quý”, “1 năm”.")],
    anchor: Annotated[
        AnchorSaid,
        typer.Option("--anchor", help="calendar: theo lịch cố định; last-done: tính từ lần làm gần nhất."),
    ] = AnchorSaid.CALENDAR,
    month: Annotated[int | None, typer.Option("--month", help="Một tháng đến hạn; bỏ trống là cuối kỳ.")] = None,
    day_of: Annotated[
        int | None,
        typer.Option("--day", help="Ngày trong tháng, hoặc thứ trong tuần (1 là thứ Hai); bỏ trống là ngày cuối."),
    ] = None,
    decision: Annotated[
        str, typer.Option("--decision", metavar="VĂN-BẢN", help="Ví dụ “Kế hoạch số 12/KH-UBND”.")
    ] = "",
    decided_on: Annotated[
        str | None, typer.Option("--decided-on", metavar="NGÀY", help="Ngày quyết định; bỏ trống là hôm nay.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Lý do chọn định kỳ này.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ấn định bao lâu làm một lần, khi quy định chỉ ghi “định kỳ” hoặc cơ quan muốn làm dày hơn."""
    from compliance.domain.duty import Anchor
    from compliance.domain.every_said import read_every
    from compliance.domain.written import read_paper
    from compliance.errors import Refused
    from compliance.services import duties

    try:
        on = read_every(every, month=month, day=day_of)
        paper = read_paper(decision) if decision.strip() else None
    except ValueError as error:
        raise Refused(str(error)) from None
    counted = Anchor(anchor.value.replace("-", "_"))
    with opened(workspace) as office:
        made = duties.decide(
            office,
            key,
            on,
            today=day(today),
            anchor=counted,
            paper=paper,
            decided_on=day_said(decided_on),
            reason=reason,
        )
    if as_json:
        show_json({**made.model_dump(mode="json"), "every": made.on.text, "rule": made.on.rule()})
        return
    figure = made.text
    say(f"Đã ấn định {key}: {figure}; có hiệu lực từ ngày {made.decided_on:%d/%m/%Y}.")
    next_step("xem hạn mới: compliance duties due --within 365")


@app.command()
def undecide(
    key: KeyArgument, reason: ReasonOption = "", workspace: WorkspaceOption = None, as_json: JsonOption = False
) -> None:
    """Bỏ định kỳ cơ quan đã ấn định; lịch sử vẫn giữ."""
    from compliance.services import duties

    with opened(workspace) as office:
        gone = duties.undecide(office, key, reason=reason)
    if as_json:
        show_json(gone.model_dump(mode="json"))
        return
    say(f"Đã bỏ định kỳ ấn định cho {key} ({gone.text}); lý do: {gone.withdrawn}")
    next_step("xem việc chưa ấn định định kỳ: compliance duties due --within 30")


@app.command()
def history(
    duty: DutyArgument, workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False
) -> None:
    """Mọi kỳ đã qua của một việc: đã làm, làm muộn, không thực hiện, đã bỏ ghi nhận."""
    from compliance.services.duties import duty_row

    with opened(workspace) as office:
        one = duty_row(office, duty, day(today))
    if as_json:
        show_json([each.as_json() for each in one.past])
        return
    say_past(one)


app.command()(plan)
app.command()(wall)
app.command()(ics)
