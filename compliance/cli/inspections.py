"""The pack for a visiting team on the terminal: one folder, and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.inspections import PackReport

_SHOWN = 10
"""How many missing lines the terminal names; the index lists all."""


def pack(
    system: Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống được kiểm tra.")],
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Gom mọi hồ sơ, tài liệu Đoàn kiểm tra cần xem vào một thư mục, kèm danh mục theo thứ tự nội dung kiểm tra."""
    from compliance.services.inspections import build_pack

    progress("Đang gom tài liệu và in danh mục …")
    with opened(workspace) as office:
        report = build_pack(office, system, out, day(today))
    if as_json:
        show_json(report.as_json())
        return
    _show(report)


def _show(report: PackReport) -> None:
    found = report.pack
    rows = [
        (f"{number}{point.letter}", point.title, len(point.lines), point.answered)
        for number, part in enumerate(found.parts, start=1)
        for point in part.points
    ]
    say(f"{report.system_name}, cấp độ {report.level}")
    show_table(rows, ("Mục", "Nội dung kiểm tra", "Số dòng", "Có tài liệu"), widths=(0, 60, 8, 8))
    say(f"Thư mục: {report.folder}")
    say(f"Danh mục: {report.index.path.name}; tệp kèm theo: {len(found.files)}")
    for line, place in found.damaged:
        say(f"Tệp không kèm được: {place.title} (dòng {line.number}): {place.damaged}")
    for line, place in found.expired:
        say(f"Đã hết hạn: {place.title} (dòng {line.number}), hết hạn ngày {place.expired}")
    say_remarks(report.remarks)
    if not found.missing:
        next_step("đọc lại danh mục, trình ký rồi giao cả thư mục cho Đoàn kiểm tra.")
        return
    say(f"Còn thiếu {len(found.missing)} dòng:")
    for line in found.missing[:_SHOWN]:
        say(f"  {line.number}. {line.what}")
    if len(found.missing) > _SHOWN:
        say(f"  … và {len(found.missing) - _SHOWN} dòng nữa, ghi đủ ở cuối danh mục.")
    next_step("bổ sung từng dòng còn thiếu bằng compliance evidence add, rồi lập lại bộ hồ sơ vào một thư mục mới.")
