"""The road of a dossier as the terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cli.output import next_step, say, say_remarks, show_table

if TYPE_CHECKING:
    from compliance.domain.road import Deadline, Taken
    from compliance.services.road_saying import Recorded
    from compliance.services.roads import RoadStatus

_CELL = 300
"""Signs of a cell of the history that are shown; the whole text is in the JSON."""


def say_status(found: RoadStatus) -> None:
    """Where a dossier stands, what was taken, what may be taken now and by when."""
    level = f"cấp độ {found.level}" if found.level else "chưa rõ cấp độ"
    turn = f", lần {found.progress.current.number}" if found.progress.current.number > 1 else ""
    say(f"{found.system.name} ({level}{turn}): {found.stage_label}.")
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


def say_recorded(done: tuple[Recorded, ...]) -> None:
    """What was recorded, what its files were found to be, and what comes next."""
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
