"""How duties are shown in a terminal: one table for many, a page for one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compliance.cli.output import narrower_than, next_step, say, show_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.domain.duty import Done, DutyRow, DutyStatus
    from compliance.services.duties import Glance
    from compliance.services.duty_acts import Recorded
    from compliance.services.duty_past import OneDuty, PastDay

_HEADERS = ("Việc", "Mã", "Hạn", "Ngày làm việc cuối", "Loại", "Căn cứ", "Tình trạng")
_WIDTHS = (40, 30, 0, 0, 12, 28, 16)
_WIDE = 130
"""Columns the whole table needs to be read; narrower, each duty is a block of three."""
_SHORT_HEADERS = ("Việc; mã; loại, căn cứ", "Hạn (ngày làm việc cuối)", "Tình trạng")
_SHORT_WIDTHS = (44, 12, 14)
_DECIDE = "compliance duties decide"
_NAMED = 3
SOON = 30
"""Days ahead that the list shows unless more is asked for."""


def say_soon(seen: Glance, *, each: bool) -> None:
    """The list of duties, of which what lies further ahead than a month is only counted."""
    near = [row for row in seen.rows if row.days is None or row.days <= SOON]
    say_due(near, each=each, seen=seen)


def say_due(near: Sequence[DutyRow], *, each: bool, seen: Glance | None = None) -> None:
    """The list of duties; systems that share a line are counted unless ``each`` is wanted.

    What was ``seen`` beyond the rows shown is counted, and said where something is to be said of it.
    """
    rows = seen.rows if seen else near
    noted = (*rows, *seen.noted) if seen else rows
    counted = Counter(row.status for row in rows) + (seen.rest if seen else Counter())
    lines = [[row] for row in near] if each else _grouped(near)
    if lines and narrower_than(_WIDE):
        show_table([_block(group) for group in lines], _SHORT_HEADERS, widths=_SHORT_WIDTHS)
    elif lines:
        show_table([_line(group) for group in lines], _HEADERS, widths=_WIDTHS)
    if any(len(group) > 1 for group in lines):
        say("Dòng gộp nhiều hệ thống ghi mã “…/việc”; xem mã của từng hệ thống: compliance duties due --each")
    _say_counts(counted)
    _say_undecided(rows)
    _say_unknown(noted)
    _say_lost(noted)
    left = counted.total() - len(near)
    if left:
        say(f"{left} việc đến hạn sau {SOON} ngày không in ở đây; xem: compliance duties due --within 365")
    _say_next(rows)


def _grouped(rows: Iterable[DutyRow]) -> list[list[DutyRow]]:
    """The same thing on the same day is one line, in the order of its first row."""
    found: dict[object, list[DutyRow]] = {}
    for row in rows:
        alone = row.id if row.system_id == "" else ""
        found.setdefault((row.what, row.kind, row.due, row.status, alone), []).append(row)
    return list(found.values())


def _line(group: Sequence[DutyRow]) -> tuple[str, ...]:
    row = group[0]
    several = len(group) > 1
    citations = dict.fromkeys(one.citation for one in group)
    keys = dict.fromkeys(one.id.partition("/")[2] for one in group)
    note = "\n(lịch nghỉ chưa công bố)" if not row.announced else ""
    return (
        f"{row.what} ({len(group)} hệ thống)" if several else row.what,
        f"…/{', …/'.join(list(keys)[:2])}{', …' if len(keys) > 2 else ''}" if several else row.id,  # noqa: PLR2004
        f"{row.due:%d/%m/%Y}" if row.due else "–",
        f"{row.safe_day:%d/%m/%Y}{note}" if row.safe_day else "–",
        row.kind.label,
        next(iter(citations)) if len(citations) == 1 else f"{next(iter(citations))} và mục tương ứng của cấp độ khác",
        status_text(row),
    )


def _block(group: Sequence[DutyRow]) -> tuple[str, ...]:
    """The same for a narrow screen, fewer columns of more lines; the working day only where it is another."""
    what, key, due, safe, kind, citation, status = _line(group)
    moved = f"\n({safe.partition(chr(10))[0]})" if safe.partition("\n")[0] != due else ""
    unsure = "" if group[0].announced else "\n(tạm tính)"
    return f"{what}\n{key}\n{kind}: {citation}", f"{due}{moved}{unsure}", status


def status_text(row: DutyRow) -> str:
    """The status with the days left or over."""
    if row.days is None:
        return row.status.label
    missed = f", {len(row.missed)} kỳ" if len(row.missed) > 1 else ""
    if row.days < 0:
        return f"{row.status.label} {-row.days} ngày{missed}"
    return f"{row.status.label}, còn {row.days} ngày{_working_days_over(row)}" if row.days else row.status.label


def _working_days_over(row: DutyRow) -> str:
    """Where only days off lie before the last day: on Friday what is due on Sunday is for today."""
    if row.due is None or row.days is None or row.safe_day is None:
        return ""
    left = row.days - (row.due - row.safe_day).days
    if left > 0:
        return ""
    return "; hôm nay là ngày làm việc cuối" if left == 0 else "; đã qua ngày làm việc cuối"


def _say_counts(counted: Counter[DutyStatus]) -> None:
    if not counted:
        say("Không có việc nào theo điều kiện này.")
        return
    parts = (
        f"{number} {status.label[:1].lower()}{status.label[1:]}"
        for status, number in sorted(counted.items(), key=lambda one: one[0].rank)
    )
    say(f"Có {counted.total()} việc: {', '.join(parts)}.")


def _say_undecided(rows: Sequence[DutyRow]) -> None:
    """How the first of what waits for a decision is decided, unless that is the next step anyway."""
    first = next((row for row in rows[1:] if row.settle.startswith(_DECIDE)), None)
    if first is not None and not rows[0].settle.startswith(_DECIDE):
        say(f"Việc chưa ấn định định kỳ thì cơ quan quyết định rồi ghi lại, ví dụ theo gợi ý: {first.settle}")


def _say_unknown(rows: Iterable[DutyRow]) -> None:
    """A system whose level is not known yet is not without duties: those of the standard only cannot be named."""
    from compliance.domain.duty import Source

    asked = (row for row in rows if row.system_id and row.source is Source.LAW)
    unknown = list(dict.fromkeys(row.system_id for row in asked if row.level is None))
    if unknown:
        named = ", ".join(unknown[:_NAMED]) + (", …" if len(unknown) > _NAMED else "")
        say(
            f"{len(unknown)} hệ thống chưa rõ cấp độ nên chưa có việc định kỳ của tiêu chuẩn: {named}; xác định: "
            f"compliance classifications ask {unknown[0]}"
        )


def _say_lost(rows: Iterable[DutyRow]) -> None:
    for row in rows:
        for id_ in row.lost_evidence:
            say(
                f"Tệp của minh chứng {id_} ({row.id}) đã mất hoặc bị thay đổi; việc vẫn là đã làm. Xem tệp nào: "
                "compliance evidence verify"
            )


def _say_next(rows: Sequence[DutyRow]) -> None:
    first = rows[0] if rows else None
    if first is None:
        next_step(
            "xem mọi việc: compliance duties due --all; chưa kê hệ thống nào thì nhập bảng kê: compliance systems "
            "import TỆP"
        )
    elif first.days is not None and first.due and first.safe_day:
        if first.days < 0:
            next_step(f"làm ngay rồi ghi nhận, việc quá hạn từ ngày {first.due:%d/%m/%Y}: {first.settle}")
        else:
            next_step(f"việc gần hạn nhất, nên xong chậm nhất ngày {first.safe_day:%d/%m/%Y}: {first.settle}")
    else:
        next_step(f"{first.what[:1].lower()}{first.what[1:]}: {first.settle}")


def say_duty(one: OneDuty) -> None:
    """One duty with its grounds and its past."""
    row = one.row
    say(f"{one.id}: {one.what}")
    if row is not None:
        lines = (
            ("Tình trạng", status_text(row)),
            ("Hạn cuối", f"{row.due:%d/%m/%Y}" if row.due else "chưa có"),
            ("Ngày làm việc cuối cùng trước hạn", f"{row.safe_day:%d/%m/%Y}" if row.safe_day else ""),
            (
                "Hệ thống",
                f"{row.system_name} (cấp độ {row.level})" if row.system_name and row.level else row.system_name,
            ),
            ("Đơn vị làm", row.unit_name),
            ("Loại", row.kind.label),
            ("Căn cứ", row.citation),
            ("Minh chứng cần có", row.evidence),
            ("Ghi chú", row.note),
            ("Chưa chắc chắn", row.uncertain),
            ("Các kỳ đã qua chưa làm", ", ".join(f"{day:%d/%m/%Y}" for day in row.missed)),
            ("Minh chứng đã mất", ", ".join(row.lost_evidence)),
        )
        for label, text in lines:
            if text:
                say(f"{label}: {text}")
    if one.why:
        say("Vì sao hạn là ngày này:" if row and row.due else "Giải thích:")
    for sentence in one.why:
        say(f"  - {sentence}")
    _past_table(one.past)
    if row is not None:
        next_step(f"làm xong thì ghi nhận: {row.settle}" if row.due else f"{row.settle}")
    else:
        next_step("xem các việc đang phải làm: compliance duties due")


def say_past(one: OneDuty) -> None:
    """The past of a duty."""
    say(f"{one.id}: {one.what}")
    _past_table(one.past)
    if not one.past:
        say("Chưa có kỳ nào đã qua.")
    next_step(f"xem kỳ tới: compliance duties show {one.id}")


def _past_table(past: Sequence[PastDay]) -> None:
    if not past:
        return
    show_table(
        [(f"{each.due:%d/%m/%Y}", _became(each), each.done.by if each.done else "–", _shown(each)) for each in past],
        ("Kỳ đến hạn", "Kết quả", "Ai làm", "Minh chứng, ghi chú"),
        widths=(0, 30, 20, 44),
    )


def _became(one: PastDay) -> str:
    if one.done is None:
        return one.state.label
    if one.done.undone:
        return f"{one.state.label}: {one.done.undone}"
    return f"{one.state.label} ngày {one.done.on:%d/%m/%Y}{_in_time(one.done)}"


def _in_time(done: Done) -> str:
    """How late; nothing where it was done on its day, which is also that of what has no day of its own."""
    if done.late:
        return f", muộn {done.late} ngày"
    return "" if done.on == done.due else ", đúng hạn"


def _shown(one: PastDay) -> str:
    if one.done is None:
        return "–"
    pieces = [f"{id_} (tệp đã mất hoặc bị thay đổi)" if id_ in one.lost else id_ for id_ in one.done.evidence_ids]
    level = f"cấp độ {one.done.level}" if one.done.level else ""
    return "; ".join(part for part in (", ".join(pieces), one.done.note, level) if part) or "chưa nêu minh chứng"


def say_recorded(made: Sequence[Recorded]) -> None:
    """What was recorded, what stays not done, and when the next one is due."""
    for one in made:
        done = one.done
        say(
            f"Đã ghi nhận “{done.what}” ({done.duty_id}) cho kỳ {done.due:%d/%m/%Y}: làm ngày {done.on:%d/%m/%Y}"
            f"{_in_time(done)}."
        )
        if one.skipped:
            days = ", ".join(f"{day:%d/%m/%Y}" for day in one.skipped)
            say(f"  Kỳ {days} không có ghi nhận nên vẫn ghi là “không thực hiện”; đã làm thì ghi thêm với --for NGÀY.")
        if one.coming:
            say(f"  Kỳ tới: chậm nhất ngày {one.coming:%d/%m/%Y}.")
    bare = next((one.done for one in made if not one.done.evidence_ids), None)
    if bare is not None:
        next_step(
            "lần sau nên lưu minh chứng trước (compliance evidence add TỆP) rồi nêu mã khi ghi nhận: "
            f"compliance duties done {bare.duty_id} --evidence MÃ"
        )
    else:
        next_step("xem việc còn lại: compliance duties due")
