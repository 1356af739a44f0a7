"""What the yearly report and its drafter are told beside the figures: notes, open records, the law's gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from compliance.domain.annual_checks import broken
from compliance.domain.annual_scope import Placed
from compliance.domain.report import Period, Violation
from compliance.domain.reporting import ReportingRules
from compliance.domain.wording import date_text
from compliance.services.annual_scope import Scope
from compliance.services.annual_sources import AnnualSource


def notes(source: AnnualSource, chosen: Scope, found: Mapping[str, Placed], today: date) -> list[str]:
    """What the report says below the table: its window, what ended in it, where the rest stands."""
    period, rules = source.period, source.rules
    window = f"Kỳ số liệu: từ ngày {date_text(period.first)} đến ngày {date_text(period.last)}"
    if today < period.last:
        window += f"; bản dự thảo này lấy số liệu đến ngày {date_text(source.until)}"
    said = [window]
    if period.first < source.regime.in_force_from:
        said.append(rules.first_note)
    out = {one.id for one in chosen.left_out}
    ended = [
        one for one in source.systems if one.id in out and found[one.id].ended and one.owner_id in chosen.owner_ids
    ]
    if ended:
        named = "; ".join(f"{one.name} (ngày {date_text(one.ended_on)})" for one in ended if one.ended_on)
        said.append(f"Hệ thống kết thúc vận hành trong kỳ, không tính vào tổng số: {named}")
    said.append(rules.annex_note)
    return said


def left_open(source: AnnualSource, chosen: Scope, found: Mapping[str, Placed]) -> Iterable[Violation]:
    """Systems whose record leaves open whether they belong to the window, and papers dated after it."""
    mine = {*chosen.system_ids, *(one.id for one in chosen.left_out)}
    for system in source.systems:
        if system.id not in mine or system.owner_id not in chosen.owner_ids:
            continue
        if rule := found[system.id].rule:
            message = (
                found[system.id].why or "Ghi vào bảng kê sau ngày chốt, chưa ghi ngày đưa vào sử dụng; tạm tính vào kỳ"
            )
            yield broken(source.rules, rule, system.name, f"{message[:1].upper()}{message[1:]}.", system.id)
        earlier = system.earlier_approval.paper if system.earlier_approval else None
        for paper, called in ((system.regulation, "ban hành Quy chế"), (earlier, "phê duyệt cấp độ")):
            if system.id in chosen.system_ids and paper and paper.issued_on and paper.issued_on > source.until:
                days = f"ngày {date_text(paper.issued_on)}, sau ngày {date_text(source.until)}"
                text = f"Quyết định {called} {days}: chưa tính."
                yield broken(source.rules, "after-window", system.name, text, system.id)


def unfinished(rules: ReportingRules, period: Period, today: date) -> Iterable[Violation]:
    """Whether the window still runs."""
    if today < period.last:
        text = f"Số liệu mới đến ngày {date_text(today)}; kỳ số liệu kết thúc ngày {date_text(period.last)}."
        yield broken(rules, "window-over", "kỳ số liệu", text)


def remarks(source: AnnualSource, chosen: Scope, today: date) -> Iterable[str]:
    """What the drafter should know beside the paper."""
    yield from chosen.remarks
    rules, period = source.rules, source.period
    draft = rules.draft(chosen.draft)
    if draft.uncertain:
        yield draft.uncertain
    if today > period.last:
        yield (
            f"Cột (10), cột (11) tính theo kết quả kiểm tra và thời hạn đã ghi đến hôm nay; kết quả ghi sau ngày "
            f"{date_text(period.last)} thì đối chiếu lại trước khi ký."
        )
    about = {"year": int(period.name)}
    for zone in source.regime.grey_zones:
        if zone.code in rules.notes and (zone.when is None or zone.when.truth(about)):
            yield f"{zone.message} ({zone.code}; {zone.citation})"
