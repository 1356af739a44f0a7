"""The law as data: which regimes there are, the requirements of a level, faults of the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compliance.cli import comparisons, law_pages, memos, scans, transitions
from compliance.cli.boundary import JsonOption, TodayOption, day
from compliance.cli.law_pages import plain_list, say_unchecked, show_requirements
from compliance.cli.output import next_step, say, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.regimes import RegimeState

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

RegimeOption = Annotated[
    str | None,
    typer.Option(
        "--regime", metavar="MÃ", help="Mã bộ quy định; bỏ trống thì lấy bộ đang áp dụng.", show_default=False
    ),
]
app.command("show")(law_pages.show)
app.command("diff")(comparisons.diff)
app.command("transition")(transitions.transition)
app.command("scan")(scans.scan)
app.command("memo")(memos.memo)


@app.command("list")
def list_regimes(today: TodayOption = None, as_json: JsonOption = False) -> None:
    """Các bộ quy định đã biết, bộ nào đang áp dụng, dữ liệu rà soát ngày nào."""
    from compliance.services.regimes import regime_states

    on = day(today)
    states = regime_states(on)
    if as_json:
        show_json([_state(one) for one in states])
        return
    rows = [
        (
            one.regime.id,
            one.regime.short_title,
            f"{one.regime.in_force_from:%d/%m/%Y}",
            one.status.label,
            "Có" if one.acting else "",
            f"{one.regime.checked_on:%d/%m/%Y}",
        )
        for one in states
    ]
    headers = ("Mã", "Bộ quy định", "Có hiệu lực", "Tình trạng", "Đang áp dụng", "Rà soát ngày")
    show_table(rows, headers, widths=(0, 30, 12, 34, 10, 12))
    for one in states:
        if one.regime.status_note:
            say(f"{one.regime.short_title}: {one.regime.status_note}")
        say_unchecked(one.regime, on)
    next_step("xem một bộ quy định: compliance regimes show [MÃ] [--level 2]")


@app.command()
def requirements(
    level: Annotated[int, typer.Option("--level", metavar="CẤP-ĐỘ", help="Cấp độ từ 1 đến 5.")],
    regime: RegimeOption = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="LOẠI",
            help="basic: yêu cầu cơ bản; duties: nghĩa vụ theo nghị định; physical: an ninh vật lý.",
        ),
    ] = "basic",
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Danh mục yêu cầu của một cấp độ; thêm --json cho chương trình khác đọc."""
    from compliance.services import regimes

    law = regimes.regime(regime, day(today))
    used = regimes.requirements(law, level, kind)
    if as_json:
        show_json(plain_list(used))
        return
    say(f"{used.title}: {len(used.requirements)} yêu cầu.")
    show_requirements(used.requirements)
    say(used.source_note)
    say_unchecked(law, day(today))
    next_step("xem kỹ một mục: compliance regimes show --clause “MỤC”")


@app.command()
def check(
    root: Annotated[
        Path | None,
        typer.Option(
            "--root", metavar="THƯ-MỤC", help="Thư mục có checklists và templates; bỏ trống thì dùng dữ liệu kèm theo."
        ),
    ] = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra mọi tệp dữ liệu pháp luật và liệt kê hết lỗi, kèm tên tệp và vị trí."""
    from compliance.errors import DataFault
    from compliance.services.regimes import library_check

    found = library_check(root)
    if as_json:
        faults = [{"file": one.file, "row": one.row, "message": one.message} for one in found.faults]
        show_json({"files": list(found.files), "faults": faults})
        if found.faults:
            raise typer.Exit(DataFault.exit_code)
        return
    for law in found.regimes:
        say_unchecked(law, day(today))
    if found.faults:
        raise DataFault(f"Dữ liệu pháp luật có {len(found.faults)} lỗi.", found.faults)
    say(f"Đã đọc {len(found.files)} tệp, không có lỗi.")
    next_step("không phải làm gì thêm; khi sửa dữ liệu pháp luật thì chạy lại lệnh này.")


def _state(one: RegimeState) -> dict[str, Any]:
    law = one.regime
    return {
        "id": law.id,
        "title": law.title,
        "in_force_from": law.in_force_from,
        "in_force_to": law.in_force_to,
        "overtaken_from": law.overtaken_from,
        "successor": law.successor or None,
        "status": one.status.value,
        "status_text": one.status.label,
        "acting": one.acting,
        "checked_on": law.checked_on,
        "unchecked_days": one.unchecked_days,
    }
