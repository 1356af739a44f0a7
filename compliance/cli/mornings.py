"""The morning check: do it, write it down, tie its faults, list the days, print the sheet of a month."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.morning_asking import ask
from compliance.cli.morning_pages import say_month, say_morning, say_recorded
from compliance.cli.output import next_step, progress, say, say_remarks, show_json

if TYPE_CHECKING:
    from datetime import date

    from compliance.adapters.workspace import Workspace
    from compliance.services.mornings import RecordedMorning

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

UnitOption = Annotated[
    str, typer.Option("--unit", metavar="MÃ", help="Đơn vị kiểm tra; bỏ trống khi chỉ có một nơi kiểm tra.")
]
DayArgument = Annotated[
    str, typer.Argument(metavar="ĐƠN-VỊ/NGÀY", help="Lần kiểm tra, ví dụ trung-tam-hcc/2026-11-20.")
]
ItemsOption = list[str] | None


@app.command()
def check(unit: UnitOption = "", workspace: WorkspaceOption = None, today: TodayOption = None) -> None:
    """Kiểm tra đầu giờ hôm nay: một màn hình, Enter là tất cả đều tốt, gõ số các mục hỏng."""
    from compliance.errors import Refused
    from compliance.services import mornings

    if not at_the_keyboard():
        raise Refused(
            "Lệnh này hỏi trực tiếp trên màn hình. Không có màn hình thì ghi bằng: compliance mornings record --good "
            "hoặc compliance mornings record --fault “may-in=kẹt giấy, tầng 1”"
        )
    on = day(today)
    with opened(workspace) as office:
        page = mornings.morning_page(office, mornings.checked_unit(office, unit), on)
        asked = ask(page)
        if asked is None:
            say("Chưa ghi gì.")
            next_step("kiểm tra lại khi sẵn sàng: compliance mornings check")
            return
        done = mornings.record(office, page.unit, on, asked.said, today=on, expected_version=page.version)
        say_recorded(done)
        made = [id_ for item in asked.incidents if (id_ := _incident(office, done, item, on))]
    if made:
        say(f"Đã lập sự cố: {', '.join(made)}.")
        next_step(f"xem thời hạn phải báo cáo: compliance incidents show {made[0]}")
    else:
        _after(done)


@app.command()
def record(
    good: Annotated[bool, typer.Option("--good", help="Tất cả các mục đều tốt.")] = False,
    fault: Annotated[
        ItemsOption,
        typer.Option("--fault", metavar="MỤC=HIỆN-TƯỢNG", help="Mục hỏng, ví dụ “may-in=kẹt giấy, tầng 1”."),
    ] = None,
    not_here: Annotated[
        ItemsOption, typer.Option("--not-here", metavar="MỤC", help="Mục không có ở đơn vị; nhớ cho các lần sau.")
    ] = None,
    here: Annotated[
        ItemsOption, typer.Option("--here", metavar="MỤC", help="Mục trước đây không có, nay đã có.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Ghi chú của cả lần kiểm tra.")] = "",
    on: Annotated[str | None, typer.Option("--day", metavar="NGÀY", help="Ngày kiểm tra; bỏ trống là hôm nay.")] = None,
    unit: UnitOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi lần kiểm tra không qua màn hình hỏi, hoặc ghi bổ sung cho ngày đã qua; mục không nêu là tốt."""
    from compliance.domain.morning_form import MorningSaid
    from compliance.errors import Refused
    from compliance.services import mornings

    faults = tuple(fault or ())
    if good == bool(faults):
        raise Refused(
            "Đã ghi --good (tất cả đều tốt) thì không ghi --fault; hãy chọn một."
            if good
            else "Hãy nêu kết quả: --good nếu tất cả đều tốt, hoặc --fault “MỤC=HIỆN-TƯỢNG” cho từng mục hỏng."
        )
    said = MorningSaid(faults=faults, not_here=tuple(not_here or ()), here=tuple(here or ()), note=note)
    now = day(today)
    with opened(workspace) as office:
        place = mornings.checked_unit(office, unit)
        done = mornings.record(office, place, day_said(on) or now, said, today=now)
    if as_json:
        show_json(done.as_json())
        return
    say_recorded(done)
    _after(done)


def _after(done: RecordedMorning) -> None:
    item = next((id_ for id_, seen in done.morning.faults.items() if not (seen.incident_id or seen.finding_id)), None)
    if item is None:
        next_step("làm việc bình thường; xem lại các ngày trong tháng: compliance mornings list")
        return
    next_step(
        f"sửa chữa; nếu là sự cố an ninh mạng thì lập sự cố ngay: compliance mornings fault {done.morning.id} {item} "
        "--as-incident"
    )


@app.command()
def fault(
    morning: DayArgument,
    item: Annotated[str, typer.Argument(metavar="MỤC", help="Mục hỏng, ví dụ may-in hoặc mã hệ thống.")],
    incident: Annotated[str, typer.Option("--incident", metavar="MÃ", help="Sự cố đã ghi, ví dụ sc-2026-001.")] = "",
    finding: Annotated[str, typer.Option("--finding", metavar="MÃ", help="Tồn tại đã có.")] = "",
    as_incident: Annotated[bool, typer.Option("--as-incident", help="Lập sự cố mới từ hỏng, lỗi này.")] = False,
    at: Annotated[
        str, typer.Option("--at", metavar="GIỜ:PHÚT", help="Giờ phát hiện, khi lần kiểm tra được ghi bổ sung.")
    ] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Gắn một mục hỏng với sự cố hoặc tồn tại mà nó trở thành; --as-incident thì lập sự cố mới."""
    from compliance.errors import Refused
    from compliance.services import morning_faults

    if as_incident and incident:
        raise Refused("Đã lập sự cố mới bằng --as-incident thì không nêu --incident; hãy chọn một.")
    unit, on = _named(morning)
    now = day(today)
    with opened(workspace) as office:
        if as_incident:
            from compliance.services.morning_incidents import raise_incident

            incident = raise_incident(office, unit, on, item, at=at, today=now)
            if finding:
                morning_faults.tie(office, unit, on, item, finding_id=finding)
        else:
            morning_faults.tie(office, unit, on, item, incident_id=incident, finding_id=finding)
        one = morning_faults.morning(office, unit, on)
    if as_json:
        show_json(one.model_dump(mode="json"))
        return
    say(f"Đã gắn {' và '.join(id_ for id_ in (incident, finding) if id_)} vào kiểm tra đầu giờ ngày {on:%d/%m/%Y}.")
    next_step(
        f"xem thời hạn phải báo cáo: compliance incidents show {incident}"
        if incident
        else f"theo dõi khắc phục: compliance findings show {finding}"
    )


def _named(morning: str) -> tuple[str, date]:
    from compliance.errors import Refused

    unit, slash, on = morning.strip().rpartition("/")
    if not slash or not unit:
        raise Refused(f"“{morning}” chưa đúng. Hãy ghi đơn vị/ngày, ví dụ trung-tam-hcc/2026-11-20.")
    return unit, day(on)


@app.command()
def show(morning: DayArgument, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Một lần kiểm tra: từng mục, và mọi bản đã ghi, ai sửa gì."""
    from compliance.services import morning_faults

    unit, on = _named(morning)
    with opened(workspace) as office:
        one = morning_faults.morning(office, unit, on)
        versions = morning_faults.history(office, one)
    if as_json:
        show_json({"id": one.id, **one.model_dump(mode="json"), "versions": [vars(version) for version in versions]})
        return
    say_morning(one, versions)
    next_step(f"xem cả tháng: compliance mornings list --unit {unit} --month {on:%Y-%m}")


@app.command("list")
def list_mornings(
    month: Annotated[str, typer.Option("--month", metavar="NĂM-THÁNG", help="Tháng, ví dụ 2026-11.")] = "",
    unit: UnitOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Từng ngày trong tháng: đã kiểm tra, bỏ trống, hỏng lỗi còn hay đã xong; bỏ trống --month là tháng này."""
    from compliance.domain.month_named import month_days
    from compliance.services import mornings

    on = day(today)
    first, last = month_days(month, on)
    with opened(workspace) as office:
        found = mornings.morning_month(office, mornings.checked_unit(office, unit), first, last, on)
    if as_json:
        show_json(found.as_json())
        return
    say_month(found)
    if any(line.day == on and line.state.value == "waiting" for line in found.days):
        next_step(f"kiểm tra đầu giờ hôm nay: compliance mornings check --unit {found.unit_id}")
    else:
        next_step(f"in phiếu tháng: compliance mornings sheet {first:%Y-%m} --unit {found.unit_id}")


@app.command()
def sheet(
    month: Annotated[str, typer.Argument(metavar="NĂM-THÁNG", help="Tháng cần in, ví dụ 2026-11.")],
    unit: UnitOption = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="NƠI-GHI", help="Thư mục hoặc tệp .pdf; bỏ trống thì ghi vào hồ sơ.")
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """In phiếu kiểm tra đầu giờ của một tháng để ký, lưu."""
    from compliance.services.morning_sheets import print_month

    progress("Đang in phiếu tháng …")
    with opened(workspace) as office:
        paper = print_month(office, month, unit, out, day(today))
    if as_json:
        show_json(paper.as_json())
        return
    say(f"Đã in {paper.printed.file.path} ({paper.printed.file.pages or '–'} trang).")
    say(f"Đã kiểm tra {paper.month.checked}/{paper.month.working} ngày làm việc; hỏng, lỗi: {len(paper.month.faults)}.")
    say_remarks(paper.printed.remarks)
    next_step("người kiểm tra và lãnh đạo đơn vị ký phiếu, lưu cùng hồ sơ bảo đảm an ninh mạng.")


def at_the_keyboard() -> bool:
    """Whether somebody can answer."""
    return sys.stdin.isatty()


def _incident(office: Workspace, done: RecordedMorning, item: str, on: date) -> str:
    """The incident a fault became; empty, with the reason told, where it could not be recorded: the check is."""
    from compliance.errors import BadData, ComplianceError
    from compliance.services.morning_incidents import raise_incident

    one = done.morning
    if one.seen[item].incident_id:
        return one.seen[item].incident_id
    try:
        return raise_incident(office, one.unit_id, one.day, item, today=on)
    except ComplianceError as error:
        faults = error.faults if isinstance(error, BadData) else ()
        say(f"Lần kiểm tra đã ghi, nhưng chưa lập được sự cố cho “{one.titles[item]}”: {error}")
        for fault in faults:
            say(f"  - {fault}")
        return ""
