"""Printing the papers of a dossier's road on the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json


def print_paper(
    system: Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống của hồ sơ.")],
    form: Annotated[str, typer.Argument(metavar="BIỂU-MẪU", help="Mã biểu mẫu, xem bằng compliance forms list.")],
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """In một văn bản trên đường đi của hồ sơ: xin ý kiến, ý kiến thẩm định, tờ trình, quyết định, phiếu chuyển."""
    from compliance.services.road_papers import print_road_paper

    progress("Đang in …")
    with opened(workspace) as office:
        done = print_road_paper(office, system, form, out=out, today=day(today))
    if as_json:
        show_json(done.as_json())
        return
    say(f"Đã in: {done.printed.file.path} ({done.printed.file.pages} trang).")
    say(f"Phông chữ: {done.printed.face}. Mã đối chiếu: {done.printed.match_code}.")
    say_remarks(done.remarks)
    step = done.form.data.step
    if step and any(act.step.id == step for act in done.status.acts):
        next_step(
            f"trình ký, lấy số tại văn thư; gửi xong thì ghi: compliance dossiers record {system} {step} --number … "
            "--file TỆP-ĐÃ-KÝ.pdf"
        )
    else:
        next_step(f"trình ký; xem hồ sơ đang ở bước nào: compliance dossiers status {system}")
