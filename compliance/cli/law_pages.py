"""One regime on the terminal: criteria, authority, requirements, open points, fines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compliance.cli import penalties
from compliance.cli.boundary import JsonOption, TodayOption, day
from compliance.cli.output import next_step, say, show_json, show_table

if TYPE_CHECKING:
    from compliance.domain.authority import Authority
    from compliance.domain.checklist import Binding, Checklist, Requirement
    from compliance.domain.regime import Regime

LevelOption = Annotated[
    int | None, typer.Option("--level", metavar="CẤP-ĐỘ", help="Cấp độ từ 1 đến 5.", show_default=False)
]


def say_unchecked(law: Regime, on: date) -> None:
    """Warn that the law may have moved on since the data was last compared with it."""
    from compliance.domain.regime_status import unchecked_notice

    notice = unchecked_notice(law, on)
    if notice:
        say(notice)


def show(
    regime: Annotated[
        str | None, typer.Argument(metavar="[MÃ]", help="Mã bộ quy định; bỏ trống thì lấy bộ đang áp dụng.")
    ] = None,
    level: LevelOption = None,
    clause: Annotated[
        str | None,
        typer.Option(
            "--clause", metavar="MỤC", help="Chỉ xem yêu cầu ở mục này, ví dụ “4.8.2.1 a”.", show_default=False
        ),
    ] = None,
    show_penalties: Annotated[bool, typer.Option("--penalties", help="Xem bảng mức xử phạt.")] = False,
    grey_zones: Annotated[bool, typer.Option("--grey-zones", help="Xem các điểm luật còn ngỏ.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="THƯ-MỤC", help="Cùng --penalties: in bảng ra tệp PDF trong thư mục này."),
    ] = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Nội dung một bộ quy định: tiêu chí, thẩm quyền, danh mục yêu cầu, điểm còn ngỏ, mức xử phạt."""
    from compliance.errors import Refused
    from compliance.services import regimes

    on = day(today)
    if out is not None and not show_penalties:
        raise Refused("--out chỉ dùng cùng --penalties, để in bảng mức xử phạt ra tệp PDF.")
    if show_penalties:
        penalties.show_penalties(on, as_json, out)
        return
    law = regimes.regime(regime, on)
    if clause is not None:
        _show_clause(law, clause, level, as_json)
    elif grey_zones:
        _show_zones(law, as_json)
    elif level is not None:
        _show_level(law, level, as_json)
    else:
        _show_regime(law, on, as_json)


def _show_regime(law: Regime, on: date, as_json: bool) -> None:
    if as_json:
        show_json(law.model_dump(mode="json", exclude={"questions"}, exclude_defaults=True))
        return
    say(f"{law.title} ({law.id}), có hiệu lực từ {law.in_force_from:%d/%m/%Y}.")
    if law.status_note:
        say(law.status_note)
    say("\nVăn bản:")
    for one in law.instruments:
        say(f"  - {one.cite_as} – {one.title}: {one.status_text(on)}; {one.mark.label}.")
        for note in (one.source_note, one.uncertain):
            if note:
                say(f"      {note}")
    rows = [(one.level, one.id, one.citation, one.statement + marked(one.uncertain)) for one in law.criteria]
    say("\nTiêu chí xác định cấp độ:")
    show_table(rows, ("Cấp độ", "Mã", "Căn cứ", "Nội dung"), widths=(7, 6, 26, 70))
    limits = [
        (", ".join(map(str, one.levels)), one.appraises, one.approves, _limits(one), one.citation)
        for one in law.authority
    ]
    say("\nThẩm quyền và thời hạn:")
    show_table(limits, ("Cấp độ", "Thẩm định", "Phê duyệt", "Thời hạn", "Căn cứ"), widths=(7, 30, 30, 26, 30))
    _show_rest(law)
    say_unchecked(law, on)
    next_step(f"xem danh mục yêu cầu một cấp độ: compliance regimes show {law.id} --level 2")


def _show_rest(law: Regime) -> None:
    if law.dossier_parts:
        say("\nThành phần hồ sơ:")
        for part in law.dossier_parts:
            say(f"  - {part.title} ({part.citation}){marked(part.uncertain)}")
    if law.cycles:
        say("\nKiểm tra, báo cáo định kỳ:")
        rows = [
            (one.what, one.who, one.due, one.citation, one.mark.label + marked(one.uncertain)) for one in law.cycles
        ]
        show_table(rows, ("Việc", "Ai làm", "Khi nào", "Căn cứ", "Độ tin cậy"), widths=(34, 22, 26, 26, 26))
    if law.terms:
        say("\nThuật ngữ cũ và mới:")
        show_table([(one.old, one.new, one.note) for one in law.terms], ("Cũ", "Mới", "Ghi chú"), widths=(36, 36, 40))


def _limits(authority: Authority) -> str:
    return "; ".join(one.text for one in authority.limits) or "không ấn định"


def marked(uncertain: str) -> str:
    """What is not settled, as an addition to a sentence."""
    return f" [Chưa chắc chắn: {uncertain}]" if uncertain else ""


def _show_level(law: Regime, level: int, as_json: bool) -> None:
    from compliance.services.regimes import level_content

    content = level_content(law, level)
    if as_json:
        show_json({kind: plain_list(one) for kind, one in content.lists.items()})
        return
    for one in content.lists.values():
        say(f"\n{one.title}: {len(one.requirements)} yêu cầu.")
        show_requirements(one.requirements)
    if content.zones:
        say(f"\nVùng mạng tối thiểu ({content.zones.citation}): {', '.join(content.zones.zones)}.")
    if content.items:
        say(f"\nYêu cầu về thiết kế: {len(content.items)} nội dung.")
        rows = [(one.title, one.note, one.citation) for one in content.items]
        show_table(rows, ("Nội dung", "Lưu ý", "Căn cứ"), (40, 40, 30))
    next_step("xem kỹ một mục: compliance regimes show --clause “MỤC”")


def show_requirements(requirements: Iterable[Requirement]) -> None:
    """One line for each requirement."""
    rows = [(one.clause, one.statement, _when(one), _suggested(one.binding)) for one in requirements]
    show_table(rows, ("Mục", "Yêu cầu", "Chu kỳ", "Ghi chú"), widths=(14, 76, 24, 8))


def _when(one: Requirement) -> str:
    return "; ".join(cadence.text for cadence in one.cadences)


def _suggested(binding: Binding) -> str:
    return "gợi ý" if binding.value == "suggested" else ""


def _show_clause(law: Regime, clause: str, level: int | None, as_json: bool) -> None:
    from compliance.services.regimes import by_clause

    found = by_clause(law, clause, level)
    if as_json:
        show_json([{"level": used.level, "list": used.id, **one.model_dump(mode="json")} for used, one in found])
        return
    for used, one in found:
        _say_requirement(used, one)
    next_step("ghi hiện trạng và biện pháp của từng yêu cầu vào trang “Biện pháp” của bảng kê rồi nhập lại.")


def _say_requirement(used: Checklist, one: Requirement) -> None:
    say(f"\n{one.citation} (mã {one.id}, cấp độ {used.level})")
    say(f"  Yêu cầu: {one.statement}")
    say(f"  Giấy tờ, dấu vết cần có: {one.evidence}")
    for cadence in one.cadences:
        say(f"  Chu kỳ: {cadence.activity}, {cadence.text}")
    for figure in one.figures:
        suggested = _suggested(figure.binding)
        say(f"  {figure.name}: {figure.value}{f' ({suggested})' if suggested else ''}")
    if one.equivalent_allowed:
        say("  Được dùng giải pháp tương đương.")
    if one.uncertain:
        say(f"  Chưa chắc chắn: {one.uncertain}")
    if one.continues and one.continues.note:
        say(f"  So với cấp độ dưới: {one.continues.note}")


def _show_zones(law: Regime, as_json: bool) -> None:
    if as_json:
        show_json([one.model_dump(mode="json", exclude={"when"}) for one in law.grey_zones])
        return
    for zone in law.grey_zones:
        say(f"\n{zone.code}. {zone.title} [{zone.place.label}]")
        say(f"  {zone.message} ({zone.citation})")
        for side in zone.sides:
            say(f"    - {side.citation}: {side.reading}")
        if zone.question:
            say(f"  Cần hỏi {zone.ask_whom}: {zone.question}")
    next_step("soạn văn bản xin ý kiến cho một hệ thống: compliance regimes memo MÃ-HỆ-THỐNG")


def plain_list(used: Checklist) -> list[dict[str, Any]]:
    """A list as programs read it."""
    return [_plain_requirement(one) for one in used.requirements]


def _plain_requirement(one: Requirement) -> dict[str, Any]:
    """The contract: one figure for the shortest cadence, words for what a figure cannot say."""
    months = [cadence.months for cadence in one.cadences if cadence.months is not None]
    return {
        "id": one.id,
        "citation": one.citation,
        "group": one.group,
        "statement": one.statement,
        "evidence": one.evidence,
        "cadence_months": min(months, default=None),
        "cadence_note": "; ".join(f"{cadence.activity}: {cadence.text}" for cadence in one.cadences),
        "plan_part": one.plan_part,
        "control_groups": list(one.groups),
        "binding": one.binding.value,
        "figures": [figure.model_dump(mode="json") for figure in one.figures],
        "uncertain": one.uncertain,
    }
