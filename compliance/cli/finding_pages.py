"""How findings are shown in a terminal: tables for many, a page for one."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from compliance.cli.output import next_step, say, show_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compliance.domain.finding_history import HistoryEntry
    from compliance.domain.finding_row import FindingRow
    from compliance.domain.remediation import GapKind

_HEADERS = ("Mã", "Tồn tại", "Biện pháp", "Đơn vị", "Thời hạn", "Tình trạng")
_WIDTHS = (0, 34, 30, 24, 0, 0)


def say_rows(rows: Sequence[FindingRow], counts: Mapping[str, Mapping[GapKind, int]]) -> None:
    """A list of findings, those of answers first; ``counts`` sums up the gaps in the evidence that are not listed."""
    answers = [row for row in rows if row.gap is None]
    gaps = [row for row in rows if row.gap is not None]
    if answers:
        show_table(*status_rows(answers), widths=_WIDTHS)
        _say_counts(answers)
    if gaps:
        show_table(
            [(row.id, f"{row.clause} {row.statement}", row.status_label, row.unit_name, _ended(row)) for row in gaps],
            ("Mã", "Yêu cầu", "Tình trạng", "Đơn vị", "Hết hạn"),
            widths=(0, 44, 18, 24, 0),
        )
    if counts:
        _say_gaps(counts)
    if not (rows or counts):
        say("Không có tồn tại nào theo điều kiện này.")
    _say_next(answers, gaps, next(iter(counts), ""))


def status_rows(rows: Iterable[FindingRow]) -> tuple[list[tuple[object, ...]], tuple[str, ...]]:
    """The lines of a table of findings, and its headers."""
    return (
        [
            (
                row.id,
                f"{row.clause} {row.statement} ({row.severity.label.lower()})",
                row.measure or "chưa có",
                row.unit_name or "chưa phân công",
                _due(row),
                row.status_label,
            )
            for row in rows
        ],
        _HEADERS,
    )


def _due(row: FindingRow) -> str:
    if row.due is None:
        return "–" if not row.status.standing else "chưa có"
    text = f"{row.due:%d/%m/%Y}"
    if row.days_left is None:
        return text
    return f"{text}\nquá hạn {-row.days_left} ngày" if row.overdue else f"{text}\ncòn {row.days_left} ngày"


def _ended(row: FindingRow) -> str:
    return f"{row.gap.since:%d/%m/%Y}" if row.gap and row.gap.since else "–"


def _say_counts(rows: Sequence[FindingRow]) -> None:
    standing = [row for row in rows if row.status.standing]
    overdue, undated = sum(row.overdue for row in standing), sum(row.due is None for row in standing)
    parts = [f"{len(standing)} tồn tại phải khắc phục"]
    parts += [f"{overdue} đã quá hạn"] if overdue else []
    parts += [f"{undated} chưa có thời hạn"] if undated else []
    say(f"Có {', '.join(parts)}.")


def _say_gaps(counts: Mapping[str, Mapping[GapKind, int]]) -> None:
    say("\nTồn tại về minh chứng:")
    for system_id, counted in counts.items():
        said = (f"{number} {kind.label.lower()}" for kind, number in sorted(counted.items(), key=_worst_first))
        say(f"  - {system_id}: {'; '.join(said)}.")


def _worst_first(counted: tuple[GapKind, int]) -> int:
    return counted[0].severity.rank


def _say_next(answers: Sequence[FindingRow], gaps: Sequence[FindingRow], lacking: str) -> None:
    standing = [row for row in answers if row.status.standing]
    first = next((row for row in standing if row.overdue), None)
    if first is not None and first.due is not None:
        next_step(f"làm ngay việc quá hạn từ ngày {first.due:%d/%m/%Y}: compliance findings show {first.id}")
        return
    first = next((row for row in standing if not row.planned), None)
    if first is not None:
        next_step(f"ghi biện pháp, đơn vị, thời hạn: compliance findings plan {first.id}")
    elif standing and standing[0].due is not None:
        next_step(f"việc đến hạn gần nhất là {standing[0].id}, chậm nhất ngày {standing[0].due:%d/%m/%Y}.")
    elif gaps:
        next_step(f"bổ sung minh chứng: compliance evidence add TỆP --for {gaps[0].system_id}/{gaps[0].requirement_id}")
    elif lacking:
        next_step(f"xem minh chứng cần bổ sung: compliance findings list --system {lacking} --kind evidence")
    else:
        next_step("xem mức độ triển khai phương án: compliance findings deployment")


def say_row(row: FindingRow, entries: Sequence[HistoryEntry]) -> None:
    """One finding with its history."""
    say(f"{row.id}: {row.status_label}, mức độ {row.severity.label.lower()}")
    lines = (
        ("Hệ thống", row.system_name),
        ("Yêu cầu", f"{row.clause} {row.statement}"),
        ("Căn cứ", row.citation),
        ("Kết quả", row.result.label),
        ("Hiện trạng", row.present_state),
        ("Lý do về mức độ", row.severity_reason),
        ("Biện pháp", row.measure),
        ("Đơn vị chịu trách nhiệm", row.unit_name),
        ("Thời hạn", _due(row).replace("\n", ", ") if row.gap is None else ""),
        ("Kinh phí", _cost(row)),
        ("Đã làm", row.work),
        ("Bên khắc phục", f"{row.done_by}, ngày {row.done_on:%d/%m/%Y}" if row.done_on else ""),
        ("Bên xác nhận", f"{row.closed_by}, ngày {row.closed_on:%d/%m/%Y}" if row.closed_by and row.closed_on else ""),
        ("Lý do tự xác nhận", row.closed_alone),
        ("Minh chứng", ", ".join(row.evidence_ids) or (row.gap.evidence_id if row.gap else "")),
        ("Ghi chú", row.note),
    )
    for label, text in lines:
        if text:
            say(f"  {label}: {text}")
    if entries:
        say("\nDiễn biến:")
    for (at, by, reason), of_one_act in groupby(entries, key=lambda entry: (entry.at, entry.by, entry.reason)):
        changes = (one for entry in of_one_act for one in entry.changes)
        changed = "; ".join(f"{one.label}: {one.after or 'bỏ trống'}" for one in changes)
        say(f"  {at.astimezone():%H:%M %d/%m/%Y}, {by}, {reason}. {changed[:1].upper()}{changed[1:]}")
    _say_step(row)


def _cost(row: FindingRow) -> str:
    from compliance.domain.wording import number_text

    if row.cost is None:
        return row.cost_line
    amount = f"{number_text(row.cost)} đồng" if row.cost else "không phát sinh"
    return f"{amount} ({row.cost_line})" if row.cost_line else amount


def _say_step(row: FindingRow) -> None:
    if row.gap is not None:
        next_step(f"bổ sung minh chứng: compliance evidence add TỆP --for {row.system_id}/{row.requirement_id}")
    elif not row.status.standing:
        next_step(f"nếu thực tế chưa đạt thì mở lại: compliance findings reopen {row.id} --reason “…”")
    elif row.done_on is not None:
        next_step(f"bên không trực tiếp làm xác nhận: compliance findings close {row.id} --by “đơn vị xác nhận”")
    elif not row.planned:
        next_step(f"ghi biện pháp, đơn vị, thời hạn: compliance findings plan {row.id}")
    else:
        next_step(f"làm xong thì báo: compliance findings done {row.id} --by “đơn vị đã làm”")
