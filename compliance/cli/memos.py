"""The letter that asks superiors the points of law left open around a system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.open_points import MemoReport


def memo(
    systems: Annotated[list[str], typer.Argument(metavar="MÃ-HỆ-THỐNG...", help="Mỗi hệ thống có một công văn riêng.")],
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn công văn xin ý kiến cấp trên về những điểm pháp luật còn ngỏ đối với từng hệ thống."""
    from compliance.services.open_points import draft_memos

    progress("Đang soạn và in công văn …")
    with opened(workspace) as office:
        reports = draft_memos(office, systems, today=day(today), out=out)
    if as_json:
        show_json([_plain(id_, report) for id_, report in reports.items()])
        return
    rows = [_row(report) for report in reports.values()]
    show_table(rows, ("Tệp", "Nội dung", "Điểm riêng", "Tất cả", "Số trang"), widths=(0, 50, 8, 8, 8))
    for folder in dict.fromkeys(file.path.parent for report in reports.values() for file in report.files):
        say(f"Thư mục: {folder}")
    for remark in dict.fromkeys(remark for report in reports.values() for remark in report.remarks):
        say(f"Lưu ý: {remark}")
    if len(reports) > 1:
        say("Các vấn đề chung ở Phụ lục giống nhau giữa các công văn; nếu gửi cùng một nơi thì chỉ cần hỏi một lần.")
    next_step("đọc lại từng điểm, sửa phần “Cách thực hiện tạm thời” cho đúng thực tế, trình ký rồi gửi đi.")


def _row(report: MemoReport) -> tuple[object, ...]:
    """File and title, then the points of the system itself and all points."""
    file = report.files[0]
    return (
        file.path.name,
        file.title,
        sum(not one.general for one in report.points),
        len(report.points),
        file.pages or "–",
    )


def _plain(system_id: str, report: MemoReport) -> dict[str, object]:
    return {
        "system": system_id,
        "files": [one.as_json() for one in report.files],
        "points": [one.model_dump(mode="json") for one in report.points],
        "face": report.face,
        "match_code": report.match_code,
        "versions": dict(report.versions),
        "remarks": list(report.remarks),
    }
