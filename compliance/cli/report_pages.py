"""What the terminal shows of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from compliance.cli.output import next_step, say, show_table

if TYPE_CHECKING:
    from datetime import date

    from compliance.domain.report import Behind, Figure, Issued, Violation
    from compliance.services.annual_reports import AnnualDraft

_KINDS = {
    "system": ("hệ thống", "systems show"),
    "step": ("bước của hồ sơ", "dossiers status"),
    "assessment": ("lần kiểm tra", "assessments show"),
    "finding": ("tồn tại", "findings show"),
    "duty": ("việc phải làm", "duties show"),
    "incident": ("sự cố", "incidents show"),
    "notice": ("lần gửi", "incidents show"),
}
"""What a record behind a figure is called, and the command that shows it."""
_OF_WHOLE = frozenset({"step", "notice"})
"""Records shown with the dossier or the incident they are part of."""
_HEADERS = ("STT", "Hệ thống", "Cấp độ", "Phê duyệt", "Dự kiến phê duyệt", "Triển khai", "Dự kiến đầy đủ", "Kiểm tra")


def say_annual(made: AnnualDraft, today: date) -> None:
    """The draft: who to whom by when, the figures, the rows, what is left out, what does not agree."""
    say(f"{made.draft.title} năm {made.period.name}")
    say(f"Nơi gửi: {made.report.letterhead.agency or '(chưa rõ)'}. Kính gửi: {made.report.addressee.text}.")
    until = f"; số liệu đến ngày {made.until:%d/%m/%Y}" if made.until < made.period.last else ""
    say(f"Kỳ số liệu: {made.period.first:%d/%m/%Y} - {made.period.last:%d/%m/%Y}{until}.")
    safe = "" if made.safe_day == made.deadline else f", rơi vào ngày nghỉ nên phải xong ngày {made.safe_day:%d/%m/%Y}"
    known = "" if made.announced else " (lịch nghỉ hoán đổi năm này chưa công bố, có thể lệch)"
    say(f"Hạn gửi: chậm nhất ngày {made.deadline:%d/%m/%Y}{safe}{known} ({made.draft.citation}).")
    if today > made.deadline:
        say(f"Đã quá hạn gửi {(today - made.deadline).days} ngày; chưa gửi thì gửi ngay và lưu bằng chứng đã gửi.")
    show_table(
        [(one.id, one.title, one.shown or "–") for one in made.figures], ("Mã", "Số liệu", "Giá trị"), (0, 74, 20)
    )
    rows = [
        (
            number,
            row.name,
            row.level or "–",
            row.state,
            row.approval_expected.text or ("" if row.approved else "–"),
            row.deployment.label if row.deployment else "–",
            row.deployed_expected.text or "",
            "; ".join(row.checks),
        )
        for number, row in enumerate(made.rows, start=1)
    ]
    show_table(rows, _HEADERS, widths=(0, 34, 6, 18, 14, 18, 14, 18))
    for one in made.left_out:
        say(f"Không đưa vào báo cáo: {one.title} ({one.counts}).")
    say_broken(made.violations)


def said_again(*options: tuple[str, str]) -> str:
    """The options that were given, as they stand in the command offered next."""
    return "".join(f' --{name} "{value}"' if " " in value else f" --{name} {value}" for name, value in options if value)


def say_broken(violations: Sequence[Violation]) -> None:
    """What does not agree, where, and what to do."""
    if not violations:
        say("Mọi chỗ trong báo cáo đã khớp.")
        return
    say(f"Còn {len(violations)} điểm chưa khớp:")
    rows = [(one.where, f"{one.message.rstrip('.')} ({one.citation})", one.fix) for one in violations]
    show_table(rows, ("Chỗ", "Chưa khớp", "Cách xử lý"), widths=(30, 54, 54))


def say_figure(one: Figure) -> None:
    """A figure with the records behind and beside it."""
    say(f"{one.title}: {one.shown or 'chưa tính được'}")
    if one.rule:
        say(f"Cách đếm: {one.rule}")
    if one.citation:
        say(f"Căn cứ: {one.citation}.")
    _say_records("Được đếm", one.behind)
    _say_records("Không đếm", one.beside)
    first = next(iter((*one.behind, *one.beside)), None)
    if first is None:
        next_step("xem các báo cáo đã phát hành: compliance reports issues")
        return
    id_ = first.id.partition("/")[0] if first.kind in _OF_WHOLE else first.id
    next_step(f"xem một bản ghi: compliance {_KINDS[first.kind][1]} {id_}")


def _say_records(called: str, records: Sequence[Behind]) -> None:
    if not records:
        say(f"{called}: không có bản ghi nào.")
        return
    say(f"{called} ({len(records)}):")
    rows = [(_KINDS[one.kind][0], one.id, one.title, one.counts) for one in records]
    show_table(rows, ("Bản ghi", "Mã", "Tên", "Ghi chú"), widths=(0, 0, 40, 50))


def say_issued(one: Issued) -> None:
    """An issued report: when, its number, its figures, what it changed."""
    say(f"{one.kind.label} {one.period.name}, phát hành lần {one.issue} ngày {one.issued_on:%d/%m/%Y}: {one.id}")
    say(f"Số: {one.paper_number or '(chưa ghi)'}. Mã đối chiếu: {one.match_code}.")
    show_table(
        [(each.id, each.title, each.shown or "–") for each in one.figures], ("Mã", "Số liệu", "Giá trị"), (0, 74, 20)
    )
    if one.changes:
        say(f"Thay đổi so với lần trước (lý do: {one.reason}):")
        show_table([(each.what, each.before, each.now) for each in one.changes], ("Chỗ", "Trước", "Nay"), (50, 36, 36))
    if one.violations:
        say(f"Phát hành khi còn {len(one.violations)} điểm chưa khớp, lý do: {one.override}")


def say_issues(found: Sequence[Issued]) -> None:
    """The list of issued reports."""
    if not found:
        say("Chưa phát hành báo cáo nào.")
        next_step("lập báo cáo năm: compliance reports annual --year NĂM")
        return
    rows = [
        (
            one.id,
            one.kind.label,
            one.period.name,
            f"{one.issued_on:%d/%m/%Y}",
            one.paper_number or "–",
            len(one.changes) or "–",
        )
        for one in found
    ]
    show_table(rows, ("Mã", "Báo cáo", "Kỳ", "Ngày", "Số", "Thay đổi"))
    next_step(f"xem lại một báo cáo: compliance reports show {found[-1].id}")
