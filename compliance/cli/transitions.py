"""The transition: which case a system falls in, which deadline runs, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.explanation import ASK_THE_OWNER
from compliance.cli.law_pages import say_unchecked
from compliance.cli.output import next_step, say, show_json, show_table

if TYPE_CHECKING:
    from compliance.domain.transition import CaseFound, RunningDeadline
    from compliance.services.transitions import SystemTransition, TransitionReport


def transition(
    system: Annotated[
        str | None, typer.Argument(metavar="[MÃ-HỆ-THỐNG]", help="Mã hệ thống; bỏ trống thì xem mọi hệ thống.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Xem mọi hệ thống trong danh mục.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hệ thống thuộc trường hợp chuyển tiếp nào, việc nào theo quy định nào, còn bao nhiêu ngày, phải làm gì."""
    from compliance.errors import Refused
    from compliance.services.transitions import transitions

    if system is not None and every:
        raise Refused("Hãy nêu một mã hệ thống, hoặc dùng --all, không dùng cả hai.")
    on = day(today)
    with opened(workspace) as office:
        report = transitions(office, (system,) if system else (), today=on)
    if as_json:
        show_json([_plain(one) for one in report.systems])
        return
    say_unchecked(report.regimes[report.rules.regime], on)
    if system is not None:
        _say_one(report, report.systems[0])
    else:
        _say_all(report)


def _say_all(report: TransitionReport) -> None:
    rows = [
        (
            one.system.id,
            one.system.name,
            ", ".join(case.code for case in one.result.found) or ("" if one.used_only else "chưa rõ"),
            "chủ quản thực hiện" if one.used_only else " ".join(asked.question for asked in one.result.asks),
            _deadline(one.result.next_deadline),
        )
        for one in report.systems
    ]
    headers = ("Mã", "Hệ thống", "Trường hợp", "Còn phải hỏi", "Thời hạn gần nhất")
    show_table(rows, headers, widths=(0, 32, 11, 32, 40))
    named = {case.code for one in report.systems for case in one.result.found}
    for rule in report.rules.cases:
        if rule.code in named:
            say(f"{rule.code}: {rule.title} ({rule.citation}).")
    _say_months(report)
    waiting = next((one.system.id for one in report.systems if one.result.asks and not one.used_only), None)
    next_step(
        f"xem việc phải làm và câu còn phải hỏi: compliance regimes transition {waiting}"
        if waiting
        else "làm các việc nêu ở từng hệ thống: compliance regimes transition MÃ-HỆ-THỐNG"
    )


def _say_one(report: TransitionReport, one: SystemTransition) -> None:
    say(f"{one.system.name} ({one.system.id}), tính đến ngày {one.result.day:%d/%m/%Y}")
    if one.used_only:
        say(f"{report.rules.used_only.what} ({report.rules.used_only.citation})")
    if not (one.result.found or one.result.open):
        say("Không còn việc chuyển tiếp nào, ví dụ vì hệ thống đã kết thúc vận hành.")
    for case in one.result.found:
        _say_case(report, case)
    if one.old is not None:
        law = report.regimes[report.rules.predecessor]
        say(f"\nTheo tiêu chí của {law.short_title}: {one.old.label}.")
        for ground in one.old.grounds:
            say(f"  - Cấp độ {ground.level}: {ground.citation}.")
        for question in one.old_questions:
            say(f"  - Còn phải trả lời: {question.label} (cột “{question.column}”)")
    if one.result.asks and not one.used_only:
        _say_open(one)
    if any(case.deadlines for case in one.result.found):
        _say_months(report)
    _say_next(one)


def _say_open(one: SystemTransition) -> None:
    say("\nChưa đủ dữ kiện để biết hệ thống có thuộc các trường hợp sau hay không:")
    for case in one.result.open:
        say(f"  - {case.code}: {case.title}")
    say("Cần ghi vào bảng kê:")
    for asked in one.result.asks:
        say(f"  - {asked.question} → {asked.where}.")


def _say_case(report: TransitionReport, case: CaseFound) -> None:
    say(f"\nTrường hợp {case.code}. {case.title}")
    say(f"  {case.statement} ({case.citation})")
    if case.uncertain:
        founded = "" if case.mark.value == "read" else f" ({case.mark.label})"
        say(f"  Chưa chắc chắn{founded}: {case.uncertain}")
    for act in case.acts:
        law = report.regimes[act.regime].short_title
        doubt = f" Chưa chắc chắn: {act.uncertain}" if act.uncertain else ""
        say(f"  - {act.what}: theo {law} ({act.citation}).{doubt}")
    for deadline in case.deadlines:
        say(f"  - Thời hạn: {_deadline(deadline)} ({deadline.citation}).")
    if case.steps:
        say("  Việc phải làm:")
    for number, step in enumerate(case.steps, start=1):
        doubt = f" Chưa chắc chắn: {step.uncertain}" if step.uncertain else ""
        say(f"    {number}. {step.what} ({step.citation}){doubt}")


def _deadline(deadline: RunningDeadline | None) -> str:
    if deadline is None:
        return ""
    early, late = deadline.readings
    left = f"quá hạn {-deadline.days_left} ngày" if deadline.overdue else f"còn {deadline.days_left} ngày"
    return f"{deadline.what}: {early:%d/%m/%Y}, {left} (cách tính khác: {late:%d/%m/%Y})"


def _say_months(report: TransitionReport) -> None:
    say(f"\nCách tính tháng: {report.rules.month_note} ({report.rules.month_citation})")


def _say_next(one: SystemTransition) -> None:
    deadline = one.result.next_deadline
    if one.used_only:
        next_step(ASK_THE_OWNER)
    elif one.result.asks:
        next_step("ghi các nội dung còn thiếu vào bảng kê, nhập lại rồi chạy lại lệnh này.")
    elif deadline is not None:
        what = f"{deadline.what[:1].lower()}{deadline.what[1:]}"
        if deadline.overdue:
            next_step(f"làm ngay việc đã quá hạn từ ngày {deadline.used:%d/%m/%Y}: {what}.")
        else:
            next_step(f"{what}, chậm nhất ngày {deadline.used:%d/%m/%Y}.")
    else:
        next_step(f"xem cấp độ theo quy định hiện hành: compliance classifications explain {one.system.id}")


def _plain(one: SystemTransition) -> dict[str, Any]:
    return {
        "id": one.system.id,
        "name": one.system.name,
        "day": one.result.day,
        "used_only": one.used_only,
        "cases": [_plain_case(case) for case in one.result.found],
        "open": [
            {"code": case.code, "title": case.title, "asks": [asked.model_dump(mode="json") for asked in case.asks]}
            for case in one.result.open
        ],
        "level_by_old_criteria": one.old.level if one.old else None,
    }


def _plain_case(case: CaseFound) -> dict[str, Any]:
    return {
        "code": case.code,
        "title": case.title,
        "statement": case.statement,
        "citation": case.citation,
        "mark": case.mark.value,
        "uncertain": case.uncertain,
        "acts": [
            {"what": act.what, "regime": act.regime, "citation": act.citation, "uncertain": act.uncertain}
            for act in case.acts
        ],
        "deadlines": [
            {
                "what": one.what,
                "begins": one.begins,
                "months": one.months,
                "readings": list(one.readings),
                "used": one.used,
                "days_left": one.days_left,
                "overdue": one.overdue,
                "citation": one.citation,
            }
            for one in case.deadlines
        ],
        "steps": [{"what": step.what, "citation": step.citation, "uncertain": step.uncertain} for step in case.steps],
    }
