"""The road of a dossier on the terminal: where it stands, recording a step, correcting one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.output import on_terminal, show_json
from compliance.cli.road_asking import asked
from compliance.cli.road_pages import say_recorded, say_status
from compliance.errors import Refused

if TYPE_CHECKING:
    from compliance.services.road_saying import Said

SystemArgument = Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống của hồ sơ.")]
StepArgument = Annotated[
    str, typer.Argument(metavar="BƯỚC", help="Mã của bước, ví dụ send, receive, return, appraise, submit, approve.")
]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="NGÀY", help="Ngày trên văn bản, ngày thực hiện; bỏ trống là hôm nay.")
]
NumberOption = Annotated[str, typer.Option("--number", metavar="SỐ", help="Số, ký hiệu văn bản, ví dụ 12/QĐ-UBND.")]
OfficeOption = Annotated[
    str, typer.Option("--office", metavar="CƠ-QUAN", help="Cơ quan thực hiện, khi khác nơi đã kê khai.")
]
SignerOption = Annotated[str, typer.Option("--signer", metavar="NGƯỜI-KÝ", help="Chức vụ, họ tên người ký.")]
EffectiveOption = Annotated[
    str | None, typer.Option("--effective", metavar="NGÀY", help="Ngày có hiệu lực; bỏ trống là ngày ký.")
]
FitOption = Annotated[
    bool | None, typer.Option("--fit/--not-fit", help="Kết luận: phù hợp, hoặc chưa phù hợp (kèm --reason).")
]
ReasonOption = Annotated[
    list[str] | None, typer.Option("--reason", metavar="LÝ-DO", help="Lý do, nội dung phải sửa; ghi được nhiều lần.")
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", metavar="MÃ-ĐƠN-VỊ", help="Đơn vị, hội đồng được giao thẩm định.")
]
FileOption = Annotated[
    list[Path] | None, typer.Option("--file", metavar="TỆP", help="Văn bản đã ký (PDF, ảnh quét); ghi được nhiều lần.")
]
IssuedOption = Annotated[
    Path | None, typer.Option("--issued", metavar="TỆP", help="Bản đã in để đối chiếu; bỏ trống là bản trong du-thao.")
]
AlsoOption = Annotated[
    list[str] | None, typer.Option("--also", metavar="MÃ", help="Hệ thống khác cùng văn bản này; ghi được nhiều lần.")
]
OverrideOption = Annotated[
    str, typer.Option("--override", metavar="LÝ-DO", help="Vẫn ghi dù còn điểm chưa đạt; lý do được lưu.")
]


def status(
    system: SystemArgument, workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False
) -> None:
    """Hồ sơ đang ở đâu: trạng thái, việc tiếp theo, ai làm, hạn đến ngày nào, và mọi bước đã ghi."""
    from compliance.services import roads

    with opened(workspace) as office:
        found = roads.road_status(office, system, day(today))
    if as_json:
        show_json(roads.as_json(found))
        return
    say_status(found)


def record(
    system: SystemArgument,
    step: StepArgument,
    on: OnOption = None,
    number: NumberOption = "",
    office: OfficeOption = "",
    signer: SignerOption = "",
    effective: EffectiveOption = None,
    fit: FitOption = None,
    reason: ReasonOption = None,
    unit: UnitOption = None,
    file: FileOption = None,
    issued: IssuedOption = None,
    also: AlsoOption = None,
    override: OverrideOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi một bước của hồ sơ: gửi, tiếp nhận, trả lại, thẩm định, trình, phê duyệt và các bước khác.

    Mỗi bước chỉ hỏi những gì bước đó cần; gõ lệnh ở cửa sổ dòng lệnh thì chương trình hỏi tiếp chỗ còn thiếu. Tệp đã
    ký được kiểm tra chữ ký số và đối chiếu với bản đã in trước khi lưu.
    """
    from compliance.services.road_acts import record_step, still_asked
    from compliance.services.roads import as_json as plain

    said = _said(
        day_said(on) or day(today),
        number,
        office,
        signer,
        effective=effective,
        fit=fit,
        reason=reason,
        unit=unit,
        file=file,
        issued=issued,
        override=override,
    )
    with opened(workspace) as place:
        if on_terminal() and not as_json:
            said = asked(said, lambda so_far: still_asked(place, system, step, so_far, today=day(today)))
        done = record_step(place, [system, *(also or ())], step, said, today=day(today))
    if as_json:
        show_json([{"recorded": one.taken.model_dump(mode="json"), "status": plain(one.status)} for one in done])
        return
    say_recorded(done)


def correct(
    system: SystemArgument,
    step_number: Annotated[int, typer.Argument(metavar="SỐ-BƯỚC", help="Số thứ tự của bước trong lịch sử hồ sơ.")],
    why: Annotated[
        str, typer.Option("--why", metavar="LÝ-DO", help="Vì sao phải sửa; được lưu cùng bản ghi mới.")
    ] = "",
    annul: Annotated[bool, typer.Option("--annul", help="Hủy bước này thay vì sửa.")] = False,
    on: OnOption = None,
    number: NumberOption = "",
    office: OfficeOption = "",
    signer: SignerOption = "",
    effective: EffectiveOption = None,
    fit: FitOption = None,
    reason: ReasonOption = None,
    unit: UnitOption = None,
    file: FileOption = None,
    override: OverrideOption = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sửa hoặc hủy một bước đã ghi nhầm: bản ghi cũ vẫn còn trong lịch sử, bản ghi mới kèm lý do."""
    from compliance.services.road_corrections import correct_step
    from compliance.services.roads import as_json as plain
    from compliance.services.roads import steps_of

    worded = any((on, number, office, signer, effective, reason, unit, file, override)) or fit is not None
    if annul and worded:
        raise Refused("Hủy bước (--annul) thì không ghi nội dung mới. Muốn sửa thì bỏ --annul.")
    with opened(workspace) as place:
        old = next((one.on for one in steps_of(place, system) if one.number == step_number), day(today))
        said = _said(
            day_said(on) or old,
            number,
            office,
            signer,
            effective=effective,
            fit=fit,
            reason=reason,
            unit=unit,
            file=file,
            override=override,
        )
        done = correct_step(place, system, step_number, None if annul else said, why=why, today=day(today))
    if as_json:
        show_json({"recorded": done.taken.model_dump(mode="json"), "status": plain(done.status)})
        return
    say_recorded((done,))


def _said(
    on: date,
    number: str,
    office: str,
    signer: str,
    *,
    effective: str | None,
    fit: bool | None,
    reason: list[str] | None,
    unit: str | None,
    file: list[Path] | None,
    issued: Path | None = None,
    override: str,
) -> Said:
    from compliance.services.road_saying import Said

    return Said(
        on=on,
        number=number,
        office=office,
        signer=signer,
        effective_on=day_said(effective),
        fit=fit,
        reasons=tuple(reason or ()),
        unit_id=unit,
        files=tuple(file or ()),
        issued=issued,
        insist=override,
    )
