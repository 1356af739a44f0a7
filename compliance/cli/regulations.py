"""The security regulation an owner issues before a dossier is approved."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table


def regulation(
    systems: Annotated[
        list[str], typer.Argument(metavar="MÃ-HỆ-THỐNG...", help="Một hoặc nhiều hệ thống của cùng một chủ quản.")
    ],
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn dự thảo Quy chế bảo đảm an ninh mạng và quyết định ban hành."""
    from compliance.services.regulations import print_regulation

    progress("Đang soạn và in Quy chế …")
    with opened(workspace) as office:
        papers = print_regulation(office, systems, out=out, today=day(today))
    if as_json:
        show_json(papers.as_json())
        return
    files = (papers.decision.file, papers.regulation.file)
    show_table([(one.path.name, one.pages or "–") for one in files], ("Tệp", "Số trang"))
    text = papers.text
    say(f"Cấp độ {text.level}: {len(text.chapters)} chương, {len(text.articles)} điều. Thư mục: {papers.folder}")
    say_remarks(papers.remarks)
    next_step(
        "đọc lại, điền chỗ còn để trống, lấy ý kiến các đơn vị rồi trình ký ban hành; Quy chế phải có trước ngày phê "
        "duyệt hồ sơ đề xuất cấp độ."
    )
