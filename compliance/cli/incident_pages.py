"""How incidents are shown in a terminal: a table for many, a page for one, a line for what must be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cli.output import next_step, say, say_remarks, show_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.domain.incident import Contact, Notice
    from compliance.domain.incident_clocks import RunningClock
    from compliance.services.incident_records import IncidentStatus
    from compliance.services.incident_reminders import Reminder

_TEXTS = {
    "place": "Nơi xảy ra",
    "detected_by": "Người phát hiện",
    "description": "Diễn biến",
    "cause": "Nguyên nhân",
    "scope": "Phạm vi ảnh hưởng",
    "harm": "Hậu quả",
    "done_so_far": "Việc đã làm",
    "remedy": "Khắc phục tiếp theo",
    "lesson": "Bài học",
    "serious_reason": "Lý do đánh giá mức độ",
    "recorded_late": "Lý do ghi muộn",
    "outcome": "Kết quả xử lý",
}
_ANSWERS = {True: "có", False: "không", None: "chưa rõ"}


def say_list(statuses: Sequence[IncidentStatus]) -> None:
    """A table of incidents."""
    from compliance.domain.moment import moment_short

    if not statuses:
        say("Không có sự cố nào theo điều kiện này.")
        next_step("khi có sự cố thì ghi ngay: compliance incidents record")
        return
    rows = []
    for one in statuses:
        nearest = min(one.unmet, key=lambda clock: clock.due or one.incident.detected_at, default=None)
        owed = f"{nearest.rule.title}: {nearest.text(one.now)}" if nearest else ""
        if not owed and one.unjudged and not one.incident.closed:
            owed = f"cần kết luận {len(one.unjudged)} điều kiện"
        rows.append(
            (
                one.incident.id,
                moment_short(one.incident.detected_at),
                one.incident.title,
                one.severity.text,
                one.stage_label,
                "\n".join([*([owed] if owed else []), *(clock.text(one.now) for clock in one.late)]) or "–",
            )
        )
    headers = ("Mã", "Phát hiện", "Sự cố", "Mức độ", "Tình trạng", "Báo cáo")
    show_table(rows, headers, widths=(0, 0, 30, 24, 18, 40))
    next_step("xem một sự cố: compliance incidents show MÃ; báo cáo phải gửi: compliance incidents remind")


def say_status(status: IncidentStatus, remarks: Iterable[str] = ()) -> None:
    """One incident, its clocks first: they cannot wait."""
    _say_head(status)
    _say_clocks(status)
    _say_notices(status.notices)
    _say_after(status)
    _say_told(status)
    say_remarks([*remarks, *_notes(status)])
    next_step(next_of(status))


def _say_head(status: IncidentStatus) -> None:
    from compliance.domain.moment import moment_text

    one = status.incident
    say(f"{one.id}: {one.title}")
    say(f"Phát hiện lúc {moment_text(one.detected_at)} (giờ Việt Nam). {status.stage_label}.")
    if one.system_ids:
        say(f"Hệ thống: {', '.join(one.system_ids)}")
    say(f"Mức độ: {status.severity.text}")


def _say_clocks(status: IncidentStatus) -> None:
    """What runs or was sent as a table; what only may run, and what does not, in a line each."""
    from compliance.domain.incident_clocks import ClockState

    order = (ClockState.OVERDUE, ClockState.DUE_SOON, ClockState.RUNNING, ClockState.MET_LATE, ClockState.MET)
    shown = sorted((one for one in status.clocks if one.state in order), key=lambda one: order.index(one.state))
    say("\nThời hạn báo cáo")
    show_table(
        [(one.rule.id, _titled(one), one.state.label, one.text(status.now), one.rule.to) for one in shown],
        ("Mã", "Việc phải báo", "Tình trạng", "Cụ thể", "Nơi nhận"),
        widths=(0, 34, 12, 40, 26),
    )
    unclear = [one for one in shown if one.rule.uncertain]
    if unclear:
        say("Chỗ văn bản còn chưa rõ:")
        for one in unclear:
            say(f"  {one.rule.id}: {one.rule.uncertain}")
    possible = [one for one in status.clocks if one.state is ClockState.POSSIBLE]
    if possible:
        say("Chưa kết luận nên chưa biết có phải báo không:")
        for one in possible:
            say(f"  {one.rule.id}: {one.text(status.now)} ({one.rule.citation}).")
    ruled_out = [one.rule.id for one in status.clocks if one.state is ClockState.NOT_OWED]
    if ruled_out:
        say(f"Không phải gửi theo kết luận của cơ quan: {', '.join(ruled_out)}.")


def _titled(clock: RunningClock) -> str:
    return f"{clock.rule.title} ({clock.rule.citation})"


def _say_notices(notices: Sequence[Notice]) -> None:
    from compliance.domain.moment import moment_short

    if not notices:
        return
    say("\nĐã gửi")
    show_table(
        [
            (
                one.number,
                one.kind.label,
                moment_short(one.sent_at),
                one.to,
                one.channel,
                f"ĐÃ BỎ: {one.undone}" if one.undone else ", ".join(one.evidence_ids) or "chưa có",
            )
            for one in notices
        ],
        ("Lần", "Loại", "Lúc", "Nơi nhận", "Cách gửi", "Bằng chứng"),
        widths=(0, 24, 0, 28, 20, 24),
    )


def _say_after(status: IncidentStatus) -> None:
    owed = [one for one in status.rules.after if one.when.truth(status.facts) is True]
    if owed:
        say("\nViệc phải làm sau sự cố")
        show_table(
            [(one.id, one.what, "khuyến nghị" if one.advice else one.citation) for one in owed],
            ("Mã", "Việc", "Căn cứ"),
            widths=(0, 56, 40),
        )


def _say_told(status: IncidentStatus) -> None:
    from compliance.domain.incident import SIGNS
    from compliance.domain.moment import moment_text

    one = status.incident
    say("\nĐã ghi nhận")
    for name, label in SIGNS.items():
        value = status.facts[name]
        known = f" ({status.filled[name]})" if name in status.filled else ""
        say(f"  {label[:1].upper()}{label[1:]}: {_ANSWERS[value if isinstance(value, bool) else None]}{known}")
    for name, label in _TEXTS.items():
        if said := getattr(one, name):
            say(f"  {label}: {said}")
    moments = (("Bắt đầu xảy ra", one.happened_at), ("Ngăn chặn được", one.contained_at), ("Kết thúc", one.closed_at))
    for label, at in moments:
        if at is not None:
            say(f"  {label}: {moment_text(at)}")


def _notes(status: IncidentStatus) -> Iterable[str]:
    if status.incident.serious is None:
        yield status.rules.serious_note
    yield from status.rules.notes


def next_of(status: IncidentStatus) -> str:
    """What comes next of one incident."""
    one = status.incident
    if status.unmet:
        clock = min(status.unmet, key=lambda clock: clock.due or one.detected_at)
        kind = clock.rule.met_by[0].value.replace("_", "-")
        return (
            f"gửi “{clock.rule.title}” ({clock.text(status.now)}), rồi ghi: compliance incidents sent {one.id} "
            f"--kind {kind} --at “giờ, ngày gửi” --to “nơi nhận” --channel “cách gửi”"
        )
    if status.unjudged and not one.closed:
        asked = dict.fromkeys(
            fact for clock in status.unjudged for fact in clock.hinges_on if status.facts[fact] is None
        )
        first = next(iter(asked)).replace("_", "-")
        return (
            f"kết luận điều còn chưa rõ: compliance incidents judge {one.id} --{first} (có) hoặc --no-{first} (không)"
        )
    if not one.closed:
        return f"xử lý xong thì kết thúc: compliance incidents close {one.id} --at “giờ, ngày” --outcome “kết quả”"
    return "xem việc phải làm sau sự cố: compliance duties due"


def say_reminders(rows: Sequence[Reminder], next_at: str) -> None:
    """What must be sent, one line each; fit for a scheduled task."""
    if not rows:
        say("Không có báo cáo sự cố nào đang chờ gửi.")
        next_step("không phải làm gì thêm; xem các sự cố: compliance incidents list")
        return
    marks = {"after": "QUÁ HẠN", "at": "ĐẾN HẠN", "before": "CÒN HẠN", "unjudged": "CHƯA KẾT LUẬN"}
    for one in rows:
        incident, clock = one.status.incident, one.clock
        mark = "BÁO NGAY" if one.phase == "after" and clock.rule.hours is None else marks[one.phase]
        say(f"[{mark}] {incident.id} {incident.title} – {clock.rule.title}: {clock.text(one.status.now)}.")
        say(f"    Nơi nhận: {clock.rule.to}. Căn cứ: {clock.rule.citation}.")
    if next_at:
        say(f"Lần nhắc tiếp theo: {next_at}.")
    next_step(next_of(rows[0].status))


def say_contacts(found: Sequence[Contact], today: date) -> None:
    """The contact list, in the order of whom one calls."""
    from compliance.domain.wording import date_text
    from compliance.services.incident_contacts import stale

    if not found:
        say("Danh bạ liên hệ khi có sự cố còn trống.")
        next_step(
            "ghi đầu mối đầu tiên: compliance incidents contact-add --role police --name “cơ quan” --channel “Đường "
            "dây nóng: …”"
        )
        return
    show_table(
        [
            (
                one.id,
                one.role.label,
                one.name + (f" (thôi dùng: {one.removed})" if one.removed else ""),
                "\n".join(one.channels),
                one.hours,
                date_text(one.checked_on) if one.checked_on else "chưa thử",
            )
            for one in found
        ],
        ("Mã", "Vai trò", "Cơ quan, bộ phận", "Cách liên lạc", "Giờ trực", "Liên hệ thử"),
        widths=(0, 26, 30, 40, 16, 0),
    )
    old = [one.id for one in found if not one.removed and stale(one, today)]
    if old:
        say(f"Nên gọi thử lại (chưa thử, hoặc đã quá nửa năm): {', '.join(old)}")
    next_step(
        f"gọi thử rồi ghi: compliance incidents contact-tried {old[0]}"
        if old
        else "khi số máy, người trực thay đổi: compliance incidents contact-change MÃ --channel “…”"
    )
