"""Contracts with suppliers: record, end, list."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, say, show_json, show_table


def contract(
    supplier: Annotated[str, typer.Option("--supplier", metavar="TÊN", help="Nhà cung cấp.")],
    what: Annotated[str, typer.Option("--what", metavar="VIỆC", help="Hợp đồng về việc gì.")],
    signed: Annotated[str, typer.Option("--signed", metavar="NGÀY", help="Ngày ký.")],
    number: Annotated[str, typer.Option("--number", metavar="SỐ", help="Số hợp đồng.")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="MÃ", help="Đơn vị theo dõi hợp đồng.")] = "",
    system: Annotated[list[str] | None, typer.Option("--system", metavar="MÃ", help="Phục vụ hệ thống nào.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="NGÀY", help="Ngày cuối của hợp đồng.")] = None,
    contact: Annotated[str, typer.Option("--contact", metavar="ĐẦU-MỐI", help="Gọi ai khi cần.")] = "",
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi một hợp đồng với nhà cung cấp."""
    from compliance.services.contracts import Contracting, sign

    said = Contracting(
        supplier=supplier,
        what=what,
        signed=signed,
        number=number,
        unit_id=unit,
        system_ids=tuple(system or ()),
        until=until,
        contact=contact,
        note=note,
    )
    with opened(workspace) as office:
        one = sign(office, said, day(today))
    if as_json:
        show_json(one.model_dump(mode="json"))
        return
    say(f"Đã ghi {one.id}: {one.what} ({one.supplier}), ký ngày {one.signed_on:%d/%m/%Y}.")
    if one.valid_until is None:
        say("Lưu ý: không ghi hạn (--until) nên chương trình không nhắc trước khi hợp đồng hết hạn.")
    next_step("xem các hợp đồng và ngày hết hạn: compliance assignments contracts")


def contract_end(
    item: Annotated[str, typer.Argument(metavar="MÃ", help="Ví dụ hd-2026-001.")],
    on: Annotated[str, typer.Option("--on", metavar="NGÀY", help="Ngày hợp đồng thực sự chấm dứt.")],
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
) -> None:
    """Ghi ngày một hợp đồng chấm dứt."""
    from compliance.services.contracts import end_contract

    with opened(workspace) as office:
        one = end_contract(office, item, day(today), on=on, note=note)
    say(f"{one.id} với {one.supplier} chấm dứt ngày {one.ended_on:%d/%m/%Y}.")
    next_step("thu hồi tài khoản, thiết bị đã giao cho nhà cung cấp: compliance assignments custody")


def contracts(
    every: Annotated[bool, typer.Option("--all", help="Cả hợp đồng đã chấm dứt, đã rút.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hợp đồng với nhà cung cấp: về việc gì, đến bao giờ, gọi ai."""
    from compliance.services.contracts import listed_contracts

    with opened(workspace) as office:
        rows = listed_contracts(office, day(today), every=every)
        ended = not rows and bool(listed_contracts(office, day(today), every=True))
    if as_json:
        show_json([row.as_json() for row in rows])
        return
    if not rows:
        say(
            "Không có hợp đồng nào đang thực hiện; thêm --all để xem hợp đồng cũ."
            if ended
            else "Chưa ghi hợp đồng nào."
        )
        next_step("ghi hợp đồng: compliance assignments contract --supplier “…” --what “…” --signed NGÀY --until NGÀY")
        return
    cells = [
        (
            row.contract.id,
            "\n".join(part for part in (row.contract.supplier, row.contract.number) if part),
            "\n".join((row.contract.what, *row.systems)),
            row.unit_name,
            row.state,
            row.contract.contact,
        )
        for row in rows
    ]
    headers = ("Mã", "Nhà cung cấp, số", "Việc, hệ thống", "Đơn vị theo dõi", "Tình trạng", "Đầu mối")
    show_table(cells, headers, widths=(0, 24, 30, 20, 20, 20))
    next_step(f"hợp đồng chấm dứt thì ghi: compliance assignments contract-end {rows[0].contract.id} --on NGÀY")
