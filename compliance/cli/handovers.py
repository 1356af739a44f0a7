"""The hand-over sheet when an officer moves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.output import next_step, progress, say_remarks, show_json, show_table

_CALLED = {
    "roles": "Vai trò, nhiệm vụ đang giữ",
    "duties": "Việc quá hạn và đến hạn",
    "findings": "Tồn tại phải khắc phục",
    "incidents": "Sự cố chưa kết thúc",
    "dossiers": "Hồ sơ đang làm",
    "originals": "Bản chính văn bản",
    "custody": "Thiết bị, tài khoản, chìa khóa",
    "contracts": "Hợp đồng, đầu mối",
}


def handover(
    unit: Annotated[str, typer.Argument(metavar="MÃ-ĐƠN-VỊ", help="Đơn vị bàn giao.")],
    holder: Annotated[str, typer.Option("--holder", metavar="NGƯỜI", help="Người bàn giao.")] = "",
    position: Annotated[str, typer.Option("--position", metavar="CHỨC-DANH", help="Chức danh người bàn giao.")] = "",
    on: Annotated[
        str | None, typer.Option("--on", metavar="NGÀY", help="Ngày bàn giao; bỏ trống thì điền tay.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="NƠI", help="Thư mục, hoặc tệp .pdf; bỏ trống thì ghi vào hồ sơ.")
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn biên bản bàn giao khi cán bộ chuyển công tác: việc dở, hạn 60 ngày tới, nơi để bản chính, thiết bị."""
    from compliance.services.handovers import draft_handover

    progress("Đang soạn và in biên bản …")
    with opened(workspace) as office:
        paper = draft_handover(office, unit, out, day(today), holder=holder, position=position, on=day_said(on))
    if as_json:
        show_json(paper.as_json())
        return
    counts = paper.sheet.counts
    show_table([(_CALLED[id_], count) for id_, count in counts.items()], ("Nội dung bàn giao", "Số dòng"))
    say_remarks(paper.remarks)
    next_step(
        f"xem, ký biên bản {paper.printed.file.path}; sau đó ghi thôi vai trò (assignments end), thu hồi hoặc giao lại "
        "thiết bị (assignments return, issue)"
    )
