"""The workbook of one assessment: export it, import it again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.assessment_papers import AssessmentArgument
from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, on_terminal, say, show_json

if TYPE_CHECKING:
    from compliance.services.assessment_sheets import SheetImport

_LONG_TEXT = 160


def export_sheet(
    assessment: AssessmentArgument,
    xlsx: Annotated[Path, typer.Option("--xlsx", metavar="TỆP", help="Tệp .xlsx sẽ ghi ra.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Ghi đè nếu tệp đã có.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xuất phiếu kiểm tra ra bảng tính để ghi kết quả ở nơi khác rồi nhập lại."""
    from compliance.services.assessment_sheets import export_assessment

    with opened(workspace) as office:
        report = export_assessment(office, assessment, xlsx, overwrite=overwrite)
    if as_json:
        show_json({"assessment": assessment, "path": str(report.path), "rows": report.rows})
        return
    say(f"Đã xuất {report.rows} yêu cầu: {report.path}")
    next_step(f"ghi kết quả trong tệp rồi nhập lại: compliance assessments import {assessment} {_argument(xlsx)}")


def import_sheet(
    assessment: AssessmentArgument,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp .xlsx đã xuất và đã ghi kết quả.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho xem sẽ thay đổi gì, không lưu.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Ghi đè cả câu trả lời mới hơn tệp; phải kèm --reason.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="LÝ-DO", help="Lý do, ghi vào lịch sử.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Lưu luôn, không hỏi lại.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Nhập phiếu kiểm tra đã ghi: cho xem thay đổi trước, rồi lưu một lần. Tệp có lỗi thì không lưu gì."""
    from compliance.errors import BadData, Conflict
    from compliance.services.assessment_sheets import SheetImport, import_assessment

    def agree(shown: SheetImport) -> bool:
        if as_json:
            return True
        _say_difference(shown)
        if yes or not asked_at_terminal():
            return True
        return typer.confirm(f"\nLưu {len(shown.changed)} câu trả lời?")

    with opened(workspace) as office:
        try:
            report = import_assessment(
                office, assessment, file, today=day(today), dry_run=dry_run, force=force, reason=reason, agree=agree
            )
        except BadData as error:
            if as_json:
                show_json(SheetImport(assessment, file.name, dry_run, faults=error.faults).as_json())
            raise
    if as_json:
        show_json(report.as_json())
    else:
        _say_report(report, shown=bool(report.changed) and not dry_run)
    if report.refused:
        raise Conflict(_conflict(report))
    if not as_json:
        _say_next(report, file)


def asked_at_terminal() -> bool:
    """Whether somebody sees the difference and can answer."""
    return on_terminal() and sys.stdin.isatty()


def _say_difference(report: SheetImport) -> None:
    from compliance.domain.assessment_columns import BY_FIELD

    for one in report.changed:
        say(f"* dòng {one.row}, mục {one.clause} ({one.requirement})")
        for name, (old, new) in one.fields.items():
            say(f"    {BY_FIELD[name].header}: {_worded(name, old)} → {_worded(name, new)}")


def _worded(name: str, value: str) -> str:
    """A value as the sheet shows it."""
    from datetime import date

    from compliance.domain.assessment import Result
    from compliance.domain.wording import date_text

    if not value:
        return "(trống)"
    if name == "result":
        return f"“{Result(value).label}”"
    if name == "answered_on":
        return date_text(date.fromisoformat(value))
    line = " / ".join(value.splitlines())
    return f"“{line}”" if len(line) <= _LONG_TEXT else f"“{line[:_LONG_TEXT]}…” ({len(line)} ký tự)"


def _say_report(report: SheetImport, *, shown: bool) -> None:
    if not shown:
        _say_difference(report)
    for one in report.refused:
        say(f"! dòng {one.row}, mục {one.clause} ({one.requirement}): {one.reason}")
    if report.notes:
        say("\nLưu ý:")
        for note in report.notes:
            say(f"  – {note}")
    counts = f"{len(report.changed)} câu trả lời; {len(report.unchanged)} dòng không đổi"
    if not report.changed:
        done = "Không có gì để lưu"
    elif report.saved:
        done = "Đã lưu"
    else:
        done = "Sẽ lưu" if report.dry_run else "Chưa lưu"
    say(f"\n{done}{f' {counts}' if report.changed else f'; {len(report.unchanged)} dòng không đổi'}.")


def _conflict(report: SheetImport) -> str:
    saved = f"Đã lưu {len(report.changed)} câu trả lời khác. " if report.saved else ""
    return (
        f"{len(report.refused)} dòng không được lưu; lý do ghi ở từng dòng trên. {saved}Hãy xem lại các dòng đó: "
        "xuất tệp mới rồi ghi lại, hoặc nhập lại với --force --reason “…” để ghi đè."
    )


def _say_next(report: SheetImport, file: Path) -> None:
    if report.changed and not report.saved:
        next_step(f"nếu đúng, nhập thật: compliance assessments import {report.assessment} {_argument(file)}")
    else:
        next_step(f"xem kết quả chung: compliance assessments show {report.assessment}")


def _argument(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
