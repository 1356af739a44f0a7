"""The response scripts as commands of the noun ``incidents``: list them, print one or all on a sheet each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table

_MINUTES = "15 phút đầu"


def scripts(as_json: JsonOption = False) -> None:
    """Danh sách kịch bản ứng phó; mỗi kịch bản in ra một tờ A4 để dán ở chỗ làm việc."""
    from compliance.services import response_scripts

    known = response_scripts.scripts()
    if as_json:
        show_json([one.model_dump(mode="json") for one in known.scripts])
        return
    show_table(
        [(one.id, one.title, one.for_systems) for one in known.scripts], ("Mã", "Kịch bản", "Dùng cho"), (0, 34, 50)
    )
    say(f"Lưu ý: {known.source_note}")
    next_step("in sẵn tất cả để dán ở chỗ làm việc: compliance incidents script --all")


def script(
    script_id: Annotated[
        str, typer.Argument(metavar="[MÃ-KỊCH-BẢN]", help="Kịch bản, ví dụ ma-doc-tong-tien.", show_default=False)
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="In mọi kịch bản, mỗi kịch bản một tệp.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="NƠI-GHI", help="Thư mục hoặc tệp .pdf; bỏ trống thì ghi vào hồ sơ."),
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hiện ngay việc phải làm và in kịch bản ra một tờ A4, kèm thời hạn báo cáo, số điện thoại trong danh bạ."""
    from compliance.errors import Refused
    from compliance.services import response_scripts

    if every == bool(script_id):
        raise Refused("Hãy nêu một mã kịch bản, hoặc --all để in tất cả. Xem mã: compliance incidents scripts")
    if not as_json:
        progress("Đang in kịch bản …")
        if script_id:
            _say_first(script_id)
    with opened(workspace) as office:
        done = response_scripts.print_scripts(office, [script_id] if script_id else [], out, day(today))
    if as_json:
        show_json([one.as_json() for one in done])
        return
    for one in done:
        say(f"Đã in {one.printed.file.path}")
        say_remarks(one.printed.remarks)
    blanks = sorted({role for one in done for role in one.blanks})
    if blanks:
        say(f"Lưu ý: danh bạ chưa có {', '.join(blanks)}; trên giấy để chỗ trống, hãy ghi tay hoặc bổ sung danh bạ.")
        next_step("bổ sung danh bạ rồi in lại: compliance incidents contact-add --help")
    else:
        next_step("dán tờ in ở chỗ làm việc; khi có sự cố thật thì ghi lại: compliance incidents record --help")


def _say_first(script_id: str) -> None:
    """What must be done at once, on the screen before anything is printed: nobody waits for paper in an emergency."""
    from compliance.services.response_scripts import script_named

    one = script_named(script_id)
    say(f"{one.title.upper()} – {_MINUTES}")
    for number, step in enumerate(one.first, start=1):
        say(f"  {number}. {step.who}{f' ({step.within})' if step.within else ''}: {step.what}")
    for words in one.never:
        say(f"  KHÔNG: {words}")
