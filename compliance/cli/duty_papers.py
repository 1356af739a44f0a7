"""Duties on paper and in calendars: the plan of a year, the calendar for the wall, the calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table

YearArgument = Annotated[int, typer.Argument(metavar="NĂM", help="Năm của kế hoạch, ví dụ 2027.")]


def plan(
    year: YearArgument,
    unit: Annotated[str, typer.Option("--unit", metavar="MÃ", help="Chỉ việc đơn vị này chủ trì.")] = "",
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn kế hoạch kiểm tra, bảo đảm an ninh mạng của một năm để trình duyệt."""
    from compliance.services.duty_plans import draft_duty_plan

    progress("Đang soạn và in kế hoạch …")
    with opened(workspace) as office:
        paper = draft_duty_plan(office, year, out, day(today), unit_id=unit)
    if as_json:
        show_json(paper.as_json())
        return
    file, made = paper.printed.file, paper.plan
    open_ones = sum(not one.cadence for one in made.open_lines)
    show_table(
        [(file.path.name, made.activities, paper.lines, open_ones or "–", file.pages or "–")],
        ("Tệp", "Nội dung", "Dòng trong kế hoạch", "Chưa ấn định định kỳ", "Số trang"),
    )
    say(f"Thư mục: {file.path.parent}")
    say_remarks(paper.remarks)
    if made.time == "past":
        next_step(f"xem việc còn quá hạn: compliance duties due --overdue (năm {year} đã qua, bản này không để trình)")
        return
    next_step(
        f"đọc lại, bổ sung chỗ còn để trống rồi trình người có thẩm quyền ký, ban hành; in lịch treo tường: "
        f"compliance duties wall {year}"
    )


def wall(
    year: YearArgument,
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """In lịch treo tường một trang A4: việc đến hạn của từng tháng trong năm."""
    from compliance.services.duty_plans import draft_wall_calendar

    progress("Đang in lịch …")
    with opened(workspace) as office:
        paper = draft_wall_calendar(office, year, out, day(today))
    if as_json:
        show_json(paper.as_json())
        return
    file, made = paper.printed.file, paper.wall
    lines = sum(len(month.lines) for month in made.months)
    size = f"{made.smallest:g}".replace(".", ",")
    show_table(
        [(file.path.name, lines, made.left_out or "–", f"{size} pt", file.pages or "–")],
        ("Tệp", "Dòng trên lịch", "Không đủ chỗ", "Cỡ chữ nhỏ nhất", "Số trang"),
    )
    say(f"Thư mục: {file.path.parent}")
    say_remarks(paper.remarks)
    next_step("in trên giấy A4 khổ ngang; đưa vào lịch điện thoại: compliance duties ics --out lich-an-ninh-mang.ics")


def ics(
    out: Annotated[Path, typer.Option("--out", metavar="TỆP", help="Tệp lịch cần ghi, ví dụ lich-an-ninh-mang.ics.")],
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xuất tệp lịch (.ics) có nhắc trước; xuất lại thì cập nhật, không nhân đôi."""
    from compliance.services.duty_calendars import export_calendar

    with opened(workspace) as office:
        paper = export_calendar(office, out, day(today))
    if as_json:
        show_json(paper.as_json())
        return
    counts = paper.counts
    show_table(
        [(paper.path.name, paper.events, counts.new, counts.changed, counts.unchanged, counts.cancelled)],
        ("Tệp", "Mục trong lịch", "Mới", "Thay đổi", "Giữ nguyên", "Bỏ"),
    )
    say(f"Thư mục: {paper.path.resolve().parent}")
    say("Lịch chỉ ghi tên việc, số hệ thống và điều khoản; không ghi tên hệ thống, tồn tại hay người thực hiện.")
    next_step("mở tệp bằng ứng dụng lịch (Outlook, điện thoại …) để nhập; khi có thay đổi thì xuất và nhập lại.")
