"""Papers an office brings to its dossier, on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.output import next_step, say, show_json, show_table

SystemArgument = Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống của hồ sơ.")]


def enclose(
    system: SystemArgument,
    slot: Annotated[
        str,
        typer.Argument(metavar="LOẠI", help="design (tài liệu thiết kế), regulation (Quy chế), risk_report, other …"),
    ],
    files: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp PDF, hoặc ảnh quét PNG, JPEG.")],
    number: Annotated[str, typer.Option("--number", metavar="SỐ", help="Số, ký hiệu của giấy tờ.")] = "",
    on: Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày ghi trên giấy tờ.")] = None,
    note: Annotated[str, typer.Option("--note", metavar="GHI-CHÚ", help="Ghi chú.")] = "",
    also: Annotated[list[str] | None, typer.Option("--also", metavar="MÃ", help="Hệ thống khác dùng chung.")] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kèm giấy tờ vào hồ sơ: tài liệu thiết kế, Quy chế đã ban hành, báo cáo rủi ro đã ký và giấy tờ khác."""
    from compliance.services import enclosures

    with opened(workspace) as office:
        kept = enclosures.enclose(
            office,
            [system, *(also or ())],
            slot,
            files,
            today=day(today),
            number=number,
            issued_on=day_said(on),
            note=note,
        )
    if as_json:
        show_json([one.model_dump(mode="json") for one in kept])
        return
    for one in kept:
        say(f"Đã kèm vào hồ sơ “{one.system_id}”: {one.file_name} ({one.pages} trang).")
    next_step(f"xem giấy tờ kèm hồ sơ: compliance dossiers enclosures {system}")


def enclosures(
    system: SystemArgument, workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False
) -> None:
    """Giấy tờ kèm hồ sơ, theo thứ tự trong bộ hồ sơ; loại nào bắt buộc mà chưa có thì nêu rõ."""
    from compliance.services import enclosures as service

    with opened(workspace) as office:
        found = service.enclosures_of(office, system, day(today))
        lacking = service.lacking(office, system, day(today))
    if as_json:
        show_json(
            [{**one.enclosure.model_dump(mode="json"), "title": one.slot.title, "sound": one.sound} for one in found]
        )
        return
    rows = [
        (one.slot.id, one.slot.title, one.enclosure.file_name, one.enclosure.pages, "" if one.sound else "tệp bị hỏng")
        for one in found
    ]
    show_table(rows, ("Loại", "Giấy tờ", "Tệp", "Số trang", "Ghi chú"), widths=(0, 40, 30, 0, 16))
    for slot in lacking:
        levels = ", ".join(map(str, slot.levels))
        say(
            f"Chưa có: {slot.title.rstrip('.')} (bắt buộc ở cấp độ {levels}; {slot.citation}). "
            f"Kèm bằng: compliance dossiers enclose {system} {slot.id} TỆP.pdf"
        )
    next_step(f"kiểm tra hồ sơ trước khi gửi: compliance dossiers check {system}")


def withdraw(
    system: SystemArgument,
    file: Annotated[
        str, typer.Argument(metavar="TỆP", help="Tên tệp, hoặc phần đầu mã SHA-256; ghi LOẠI/TỆP khi trùng tên.")
    ],
    why: Annotated[str, typer.Option("--why", metavar="LÝ-DO", help="Vì sao rút.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rút một giấy tờ khỏi hồ sơ; bản đã lưu vẫn còn trong lịch sử."""
    from compliance.services import enclosures as service

    with opened(workspace) as office:
        gone = service.withdraw(office, system, file, why=why, today=day(today))
    if as_json:
        show_json(gone.model_dump(mode="json"))
        return
    say(f"Đã rút {gone.file_name} khỏi hồ sơ “{system}”.")
    next_step(f"xem giấy tờ còn lại: compliance dossiers enclosures {system}")
