"""How mornings are shown: one check, the days of a month, what became of the faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cli.output import say, say_remarks, show_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.domain.morning import Morning
    from compliance.domain.morning_month import DayLine, MorningMonth
    from compliance.services.morning_faults import MorningVersion
    from compliance.services.mornings import RecordedMorning


def say_recorded(done: RecordedMorning) -> None:
    """A check as it was just written down."""
    one = done.morning
    say(f"Kiểm tra đầu giờ ngày {one.day:%d/%m/%Y}: {_summary(one)}.")
    _say_faults(one)
    if done.changes:
        say(f"Đã ghi đè bằng bản số {done.version} (bản trước vẫn giữ trong lịch sử):")
        for change in done.changes:
            say(f"  - {change}")
    elif done.version > 1 or one.corrected_at:
        say("Không có gì khác với lần đã ghi.")
    say_remarks(done.remarks)


def _summary(one: Morning) -> str:
    from compliance.domain.morning import State

    counted = {state: sum(seen.state is state for seen in one.seen.values()) for state in State}
    parts = [f"{counted[State.GOOD]} mục tốt", f"{counted[State.FAULT]} mục hỏng, lỗi"]
    if counted[State.NOT_HERE]:
        parts.append(f"{counted[State.NOT_HERE]} mục không có")
    return ", ".join(parts)


def _say_faults(one: Morning) -> None:
    for id_, seen in one.faults.items():
        tied = "".join(f" [{name}]" for name in (seen.incident_id, seen.finding_id) if name)
        say(f"  - {one.titles.get(id_, id_)}: {seen.note}{tied}")


def say_morning(one: Morning, versions: Iterable[MorningVersion]) -> None:
    """One check with everything that was seen and every version of it."""
    say(f"Kiểm tra đầu giờ ngày {one.day:%d/%m/%Y}, {one.unit_id}: {_summary(one)}.")
    say(f"Người ghi: {one.by}, lúc {one.recorded_at:%H:%M ngày %d/%m/%Y}{' (ghi bổ sung)' if one.afterwards else ''}.")
    rows = [(one.titles.get(id_, id_), seen.state.label, seen.note, _tied(seen)) for id_, seen in one.seen.items()]
    show_table(rows, ("Mục", "Kết quả", "Hiện tượng", "Đã thành"), widths=(40, 0, 40, 20))
    if one.note:
        say(f"Ghi chú: {one.note}")
    for version in versions:
        say(f"Bản {version.version}: {version.by} ghi lúc {version.recorded_at:%H:%M ngày %d/%m/%Y}. {version.reason}.")
        for change in version.changes:
            say(f"  - {change}")


def _tied(seen: object) -> str:
    return ", ".join(id_ for id_ in (getattr(seen, "incident_id", ""), getattr(seen, "finding_id", "")) if id_)


def say_month(month: MorningMonth) -> None:
    """The days of a month that are over or checked, then the faults and the figures."""
    from compliance.domain.morning_month import DayState

    say(f"{month.unit_name}: kiểm tra đầu giờ từ ngày {month.first:%d/%m/%Y} đến ngày {month.last:%d/%m/%Y}")
    shown = [line for line in month.days if line.state not in {DayState.OFF, DayState.AHEAD, DayState.BEFORE}]
    if shown:
        show_table([_day_row(line) for line in shown], ("Ngày", "Tình trạng", "Hỏng, lỗi", "Ghi lúc"), (0, 30, 46, 30))
    for fault in month.faults:
        say(
            f"  - {fault.day:%d/%m} {fault.title}: {fault.what} – {'CÒN' if fault.open else 'đã xong'}; {fault.outcome}"
        )
    say(
        f"Đã kiểm tra {month.checked}/{month.working} ngày làm việc; bỏ trống {month.working - month.checked} ngày; "
        f"hỏng, lỗi: {len(month.faults)}, còn {month.open_faults}."
    )
    if month.since is not None and month.first < month.since <= month.last:
        say(f"Lần ghi đầu tiên của đơn vị là ngày {month.since:%d/%m/%Y}.")
    if not month.announced:
        say(f"Lưu ý: lịch nghỉ năm {month.last.year} chưa công bố đủ; số ngày làm việc có thể còn thay đổi.")


def _day_row(line: DayLine) -> tuple[str, ...]:
    weekday = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[line.day.weekday()]
    one = line.morning
    if one is None:
        return (f"{line.day:%d/%m} {weekday}", line.state.label.upper() if line.works else line.state.label, "", "")
    state = line.state.label if line.works else f"{line.state.label} (ngày nghỉ)"
    faults = "; ".join(f"{one.titles.get(id_, id_)}: {seen.note}" for id_, seen in one.faults.items())
    when = f"{one.recorded_at:%H:%M}"
    if one.afterwards:
        when = f"ghi bổ sung ngày {one.recorded_at:%d/%m/%Y}"
    if one.corrected_at is not None:
        when += f"; sửa ngày {one.corrected_at:%d/%m/%Y}"
    return (f"{line.day:%d/%m} {weekday}", state, faults, f"{when}, {one.by}")
