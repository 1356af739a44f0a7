"""What is handed to offices: issue, renew, take back, report lost, list."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, say, say_remarks, show_json, show_table

CustodyArgument = Annotated[str, typer.Argument(metavar="MÃ", help="Ví dụ tb-2026-001.")]
NoteOption = Annotated[str, typer.Option("--note", help="Ghi chú; không ghi mật khẩu, mã PIN.")]


class KindChoice(StrEnum):
    """The kinds as typed."""

    TOKEN = "token"  # noqa: S105 - a signing device, no password
    CIPHER_DEVICE = "cipher-device"
    ACCOUNT = "account"
    TRAINING_CERTIFICATE = "training-certificate"
    WEB_CERTIFICATE = "web-certificate"
    KEY = "key"
    OTHER = "other"


_KIND_HELP = (
    "Loại: token (USB ký số), cipher-device (thiết bị mật mã), account (tài khoản), training-certificate (chứng nhận "
    "tập huấn), web-certificate (chứng thư trang web), key (chìa khóa, thẻ), other (khác)."
)


def issue(
    kind: Annotated[KindChoice, typer.Option("--kind", help=_KIND_HELP)],
    label: Annotated[str, typer.Option("--label", metavar="TÊN", help="Tên gọi, ví dụ “USB token của Chủ tịch”.")],
    unit: Annotated[str, typer.Option("--unit", metavar="MÃ", help="Giao cho đơn vị nào.")],
    serial: Annotated[
        str, typer.Option("--serial", metavar="SỐ", help="Số hiệu, tên tài khoản; không ghi mật khẩu, mã PIN.")
    ] = "",
    on: Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày giao; bỏ trống là hôm nay.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="NGÀY", help="Ngày cuối còn dùng được.")] = None,
    holder: Annotated[str, typer.Option("--holder", metavar="NGƯỜI", help="Người giữ.")] = "",
    position: Annotated[str, typer.Option("--position", metavar="CHỨC-DANH", help="Chức danh người giữ.")] = "",
    system: Annotated[list[str] | None, typer.Option("--system", metavar="MÃ", help="Dùng cho hệ thống nào.")] = None,
    paper: Annotated[str, typer.Option("--paper", metavar="VĂN-BẢN", help="Biên bản, quyết định giao.")] = "",
    note: NoteOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi việc giao thiết bị, tài khoản, chứng thư, chìa khóa cho một đơn vị."""
    from compliance.domain.assignment import CustodyKind
    from compliance.services.custodies import HandingOver, hand_over

    said = HandingOver(
        kind=CustodyKind(kind.value.replace("-", "_")),
        label=label,
        unit_id=unit,
        on=on,
        until=until,
        serial=serial,
        position=position,
        holder=holder,
        system_ids=tuple(system or ()),
        paper=paper,
        note=note,
    )
    with opened(workspace) as office:
        made = hand_over(office, said, day(today))
    one = made.custody
    if as_json:
        show_json({"recorded": one.model_dump(mode="json"), "warnings": list(made.warnings)})
        return
    until_text = f", dùng đến hết {one.valid_until:%d/%m/%Y}" if one.valid_until else ""
    say(f"Đã ghi {one.id}: {one.label} giao cho {one.unit_id} ngày {one.issued_on:%d/%m/%Y}{until_text}.")
    say_remarks(made.warnings)
    if one.valid_until is None:
        say("Lưu ý: không ghi hạn (--until) nên chương trình không nhắc trước khi hết hạn.")
    next_step("xem những gì sắp hết hạn: compliance assignments custody --expiring 60")


def renew(
    item: CustodyArgument,
    until: Annotated[str, typer.Option("--until", metavar="NGÀY", help="Dùng được đến hết ngày.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Ghi gia hạn chứng thư, thiết bị, tài khoản, chứng nhận."""
    from compliance.services import custodies

    with opened(workspace) as office:
        one = custodies.renew(office, item, until=until)
    say(f"{one.id} “{one.label}” dùng được đến hết ngày {one.valid_until:%d/%m/%Y}.")
    next_step("xem những gì sắp hết hạn: compliance assignments custody --expiring 60")


def give_back(
    item: CustodyArgument,
    on: Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày thu hồi; bỏ trống là hôm nay.")] = None,
    to: Annotated[str, typer.Option("--to", metavar="ĐƠN-VỊ", help="Nơi nhận lại.")] = "",
    note: NoteOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
) -> None:
    """Ghi thu hồi thiết bị, hoặc đã khóa tài khoản."""
    from compliance.services import custodies

    with opened(workspace) as office:
        one = custodies.give_back(office, item, day(today), on=on, to=to, note=note)
    say(f"Đã thu hồi {one.id} “{one.label}” ngày {one.returned_on:%d/%m/%Y}.")
    next_step(f"xem đơn vị còn giữ gì: compliance assignments custody --unit {one.unit_id}")


def lost(
    item: CustodyArgument,
    on: Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày báo mất; bỏ trống là hôm nay.")] = None,
    note: NoteOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
) -> None:
    """Ghi báo mất; mất thiết bị ký số, thiết bị mật mã là sự cố, phải báo ngay."""
    from compliance.services import custodies

    with opened(workspace) as office:
        one = custodies.lose(office, item, day(today), on=on, note=note)
    say(f"Đã ghi báo mất {one.id} “{one.label}” ngày {one.lost_on:%d/%m/%Y}.")
    say("Báo ngay nơi cấp để khóa, thu hồi chứng thư; không đợi tìm lại.")
    script = custodies.script_for(one)
    if script:
        next_step(
            f"làm theo kịch bản ứng phó: compliance incidents script {script}; và ghi sự cố: compliance incidents "
            f"record --kind {script}"
        )
    else:
        next_step("xét có phải sự cố không và ghi lại: compliance incidents record")


def custody(
    unit: Annotated[str, typer.Option("--unit", metavar="MÃ", help="Chỉ của đơn vị này.")] = "",
    expiring: Annotated[
        int | None, typer.Option("--expiring", metavar="SỐ-NGÀY", help="Chỉ những gì hết hạn trong số ngày này.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Cả những gì đã thu hồi, báo mất, đã rút.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Thiết bị, tài khoản, chứng thư, chìa khóa đang giao cho ai, đến bao giờ."""
    from compliance.services.custody_lists import listed_custody

    with opened(workspace) as office:
        rows = listed_custody(office, day(today), unit_id=unit, expiring=expiring, every=every)
    if as_json:
        show_json([row.as_json() for row in rows])
        return
    if not rows:
        say("Không có thiết bị, tài khoản nào như vậy.")
        next_step("ghi việc giao: compliance assignments issue --kind token --label “…” --unit MÃ --until NGÀY")
        return
    cells = [
        (
            row.custody.id,
            row.custody.kind.label,
            "\n".join(part for part in (row.custody.label, row.custody.serial) if part),
            "\n".join(part for part in (row.unit_name, row.custody.holder or row.custody.position) if part),
            row.state,
        )
        for row in rows
    ]
    show_table(cells, ("Mã", "Loại", "Tên, số hiệu", "Giao cho", "Tình trạng"), widths=(0, 18, 32, 28, 24))
    ended = next((row for row in rows if row.custody.out and row.days_left is not None), None)
    if ended is None:
        next_step("gia hạn khi được cấp lại: compliance assignments renew MÃ --until NGÀY")
    else:
        next_step(f"gia hạn trước khi hết hạn: compliance assignments renew {ended.custody.id} --until NGÀY")
