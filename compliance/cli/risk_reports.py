"""The risk-assessment report as a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.risk_reports import RiskPaper

_SHOWN = 5


def risk_report(
    system: Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống cần lập báo cáo.")],
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn báo cáo đánh giá rủi ro an ninh mạng."""
    from compliance.services.risk_reports import print_risk_report

    progress("Đang soạn và in báo cáo …")
    with opened(workspace) as office:
        paper = print_risk_report(office, system, out=out, today=day(today))
    if as_json:
        show_json(paper.as_json())
        return
    file, report = paper.printed.file, paper.report
    show_table(
        [(file.path.name, len(report.risks), len(report.weaknesses), file.pages or "–")],
        ("Tệp", "Rủi ro", "Yêu cầu chưa đạt", "Số trang"),
    )
    say(f"Thư mục: {file.path.parent}")
    say_remarks(paper.remarks)
    _say_missing(paper)


def _say_missing(paper: RiskPaper) -> None:
    from compliance.domain.missing import Severity

    items = [one for one in paper.missing if one.severity is Severity.REQUIRED]
    examples = [one for one in paper.missing if one.severity is Severity.EXAMPLE]
    if items:
        say(f"\nCòn thiếu {len(items)} nội dung:")
    for one in items[:_SHOWN]:
        say(f"  - {one.what}. Điền tại: {one.where_to_fill}.")
    if len(items) > _SHOWN:
        say(f"  … và {len(items) - _SHOWN} nội dung khác, là những chỗ có dấu chấm trong báo cáo.")
    if examples:
        places = "; ".join(one.where_to_fill for one in examples)
        say(f"Giá trị ví dụ, in nghiêng kèm dấu (vd), phải thay trước khi trình. Sửa tại: {places}.")
    if paper.missing:
        next_step("điền các nội dung trên vào bảng kê, nhập lại (compliance systems import) rồi soạn lại báo cáo.")
    else:
        next_step("đọc lại, trình ký, gửi cơ quan có thẩm quyền rồi lưu vào hồ sơ đánh giá rủi ro.")
