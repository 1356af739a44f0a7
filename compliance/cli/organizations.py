"""The units of the organisation: list, show."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, WorkspaceOption, opened
from compliance.cli.output import next_step, say, show_json, show_table

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_units(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Các cơ quan, đơn vị đã kê."""
    from compliance.services import organizations

    with opened(workspace) as office:
        every = list(organizations.units(office).values())
    if as_json:
        names = {"id", "name", "kind", "tier", "parent_id"}
        show_json([unit.model_dump(mode="json", include=names) for unit in every])
        return
    if not every:
        say("Chưa có đơn vị nào.")
        next_step("kê ở trang “Đơn vị” của bảng kê mẫu: compliance systems template bang-ke.xlsx")
        return
    rows = [(unit.id, unit.name, unit.parent_id or "", unit.address) for unit in every]
    show_table(rows, ("Mã", "Đơn vị", "Cấp trên", "Địa chỉ"), widths=(0, 40, 24, 36))
    next_step(f"xem đầy đủ một đơn vị: compliance organizations show {every[0].id}")


@app.command()
def show(
    unit: Annotated[str, typer.Argument(metavar="MÃ-ĐƠN-VỊ", help="Mã của cơ quan, đơn vị.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mọi điều đã kê về một cơ quan, đơn vị."""
    from compliance.services import organizations

    with opened(workspace) as office:
        if as_json:
            show_json(organizations.unit(office, unit).model_dump(mode="json"))
            return
        lines = organizations.unit_lines(office, unit)
    show_table(lines, ("Mục", "Nội dung"), widths=(40, 70))
    next_step("sửa đơn vị bằng bảng kê: compliance systems export bang-ke.xlsx")
