"""The road of a dossier on the terminal: where it stands, recording a step, correcting one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.output import next_step, say, say_remarks, show_json, show_table
from compliance.errors import Refused

if TYPE_CHECKING:
    from compliance.domain.road import Deadline, Taken
    from compliance.services.road_acts import Recorded, Said
    from compliance.services.roads import RoadStatus

_CELL = 300

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
    _say_status(found)


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

    Mỗi bước chỉ hỏi những gì bước đó cần; thiếu gì chương trình nói rõ. Tệp đã ký được kiểm tra chữ ký số và đối chiếu
    với bản đã in trước khi lưu.
    """
    from compliance.services.road_acts import record_step
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
    )
    said = replace(said, issued=issued, insist=override)
    with opened(workspace) as place:
        done = record_step(place, [system, *(also or ())], step, said, today=day(today))
    if as_json:
        show_json([{"recorded": one.taken.model_dump(mode="json"), "status": plain(one.status)} for one in done])
        return
    _say_recorded(done)


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
    from compliance.services.road_acts import correct_step
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
        )
        said = replace(said, insist=override)
        done = correct_step(place, system, step_number, None if annul else said, why=why, today=day(today))
    if as_json:
        show_json({"recorded": done.taken.model_dump(mode="json"), "status": plain(done.status)})
        return
    _say_recorded((done,))


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
) -> Said:
    from compliance.services.road_acts import Said

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
    )


def _say_status(found: RoadStatus) -> None:
    level = f"cấp độ {found.level}" if found.level else "chưa rõ cấp độ"
    turn = f", lần {found.progress.current.number}" if found.progress.current.number > 1 else ""
    stage = found.stage_label if found.system.needs_dossier or found.taken else "Không lập hồ sơ"
    say(f"{found.system.name} ({level}{turn}): {stage}.")
    approval = found.progress.approval
    if approval is not None:
        say(f"Phê duyệt đang có hiệu lực: {_paper(approval)}.")
    if found.taken:
        rows = [
            (one.number, f"{one.on:%d/%m/%Y}", _title(one, found), _short(_paper(one)), _short(_said_of(one, found)))
            for one in found.taken
        ]
        show_table(rows, ("Số", "Ngày", "Bước", "Văn bản", "Ghi chú"), widths=(0, 0, 34, 28, 34))
    if found.acts:
        say("\nBước ghi được lúc này:")
        acts = [(act.step.id, act.step.title, found.office(act.step.by), _due(act.deadline)) for act in found.acts]
        show_table(acts, ("Mã bước", "Việc", "Ai làm", "Hạn"), widths=(0, 40, 34, 24))
    say_remarks(found.remarks)
    say(f"Lịch làm việc: {found.calendar.source}.")
    _say_next(found)


def _say_next(found: RoadStatus) -> None:
    act, system = found.awaited, found.system
    if act is None and not system.needs_dossier:
        next_step(f"xem hệ thống: compliance systems show {system.id}")
        return
    if act is None and found.level is None:
        next_step(f"trả lời để xác định cấp độ: compliance classifications ask {system.id}")
        return
    if act is None:
        next_step(f"theo dõi thay đổi của hệ thống: compliance dossiers watch {found.system.id}")
        return
    step = act.step
    say_remarks(filter(None, (step.note,)))
    if step.uncertain:
        say(f"Chưa rõ: {step.uncertain}")
    due = f", hạn {act.deadline.due:%d/%m/%Y}, {_left(act.deadline)}" if act.deadline else ""
    form = f" In văn bản: compliance dossiers print {found.system.id} {act.step.form}." if act.step.form else ""
    next_step(
        f"{act.step.title} ({found.office(act.step.by)}{due}).{form} Xong thì ghi: compliance dossiers record "
        f"{found.system.id} {act.step.id}"
    )


def _say_recorded(done: tuple[Recorded, ...]) -> None:
    for one in done:
        say(f"Đã ghi bước số {one.taken.number}: {_title(one.taken, one.status)}, ngày {one.taken.on:%d/%m/%Y}.")
        if one.taken.overridden:
            say(f"Đã ghi dù còn điểm chưa đạt ({', '.join(one.taken.overridden)}), lý do: {one.taken.why}.")
    for brought in done[0].returned:
        say(f"Tệp {brought.file.file_name}: {brought.report.verdict}")
        for outcome in brought.report.outcomes:
            say(f"  - {outcome.text}")
    status = done[-1].status
    say(f"Trạng thái hồ sơ: {status.stage_label}.")
    say_remarks(status.remarks)
    _say_next(status)


def _title(one: Taken, found: RoadStatus) -> str:
    title = found.titles.get(one.step, one.step)
    if one.annuls is not None:
        return f"Hủy bước số {one.annuls}: {title}"
    return f"Sửa bước số {one.corrects}: {title}" if one.corrects is not None else title


def _paper(one: Taken) -> str:
    return one.paper.text if one.paper else one.office


def _said_of(one: Taken, found: RoadStatus) -> str:
    fit = "" if one.fit is None else ("Phù hợp" if one.fit else "Chưa phù hợp")
    signer = f"Người ký: {one.signer}" if one.signer else ""
    later = one.effective_on if one.effective_on and one.effective_on != one.on else None
    effective = f"Có hiệu lực từ {later:%d/%m/%Y}" if later else ""
    unit = found.units.get(one.unit_id or "")
    given = f"Giao: {unit.name if unit else one.unit_id}" if one.unit_id else ""
    said = (fit, given, *one.reasons, signer, effective, one.why, *(file.file_name for file in one.files))
    return "; ".join(part for part in said if part)


def _short(text: str) -> str:
    """What a cell of the terminal can hold; the whole text stands in the record."""
    return text if len(text) <= _CELL else f"{text[:_CELL].rstrip()}… (xem đủ bằng --json)"


def _due(deadline: Deadline | None) -> str:
    if deadline is None:
        return "không đặt thời hạn"
    return f"{deadline.due:%d/%m/%Y} ({_left(deadline)})"


def _left(deadline: Deadline) -> str:
    kind = "ngày làm việc" if deadline.limit.working else "ngày"
    return f"quá hạn {-deadline.left} {kind}" if deadline.overdue else f"còn {deadline.left} {kind}"
