"""The first page of a renewal, on the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json


def changes(
    system: Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống đang xác định lại.")],
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Trang thay đổi so với lần phê duyệt trước."""
    from compliance.services.renewals import print_renewal_page

    progress("Đang soạn và in …")
    with opened(workspace) as office:
        done = print_renewal_page(office, system, out=out, today=day(today))
    if as_json:
        show_json(done.as_json())
        return
    page, file = done.page, done.printed.file
    say(f"Đã in: {file.path} ({file.pages} trang).")
    count = sum(len(group.rows) for group in page.groups)
    say(
        f"Thay đổi của hệ thống: {count}; trường hợp của pháp luật: {len(page.causes)}; yêu cầu thay đổi do cấp độ: "
        f"{len(page.requirements)}; kết quả thay đổi: {len(page.results)}."
    )
    say_remarks(done.printed.remarks)
    undone = dict.fromkeys(act.title for cause in page.causes for act in cause.acts if not act.done)
    if undone:
        say(f"Chưa ghi việc đã làm: {'; '.join(undone)}.")
        next_step(f"xem lệnh của từng việc: compliance dossiers watch {system}")
    else:
        next_step(f"kiểm tra hồ sơ trước khi gửi: compliance dossiers check {system}")
