"""Dossiers: draft one, list where each system stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.enclosures import enclose, enclosures, withdraw
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table
from compliance.cli.packages import package, read
from compliance.cli.preflight import check
from compliance.cli.regulations import regulation
from compliance.cli.renewals import changes
from compliance.cli.returned_papers import verify_file
from compliance.cli.risk_reports import risk_report
from compliance.cli.road_papers import print_paper
from compliance.cli.roads import correct, record, status
from compliance.cli.watches import watch

if TYPE_CHECKING:
    from compliance.services.dossiers import DossierState, DraftReport

_SHOWN = 5

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

app.command()(check)
app.command()(status)
app.command()(record)
app.command()(correct)
app.command("print")(print_paper)
app.command()(enclose)
app.command()(enclosures)
app.command()(withdraw)
app.command()(watch)
app.command()(changes)
app.command()(regulation)
app.command("risk-report")(risk_report)
app.command()(package)
app.command()(read)
app.command("verify-file")(verify_file)


@app.command()
def draft(
    systems: Annotated[
        list[str], typer.Argument(metavar="MÃ-HỆ-THỐNG...", help="Một hoặc nhiều hệ thống của cùng một chủ quản.")
    ],
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn hồ sơ đề xuất cấp độ 1 đến cấp độ 5: văn bản đề nghị, bộ hồ sơ và tờ ghi những gì còn thiếu."""
    from compliance.services.dossiers import draft_dossier

    progress("Đang soạn và in hồ sơ, có thể mất đến nửa phút …")
    with opened(workspace) as office:
        report = draft_dossier(office, systems, today=day(today), out=out)
    if as_json:
        show_json(_plain(report))
        return
    rows = [(one.path.name, one.title, one.pages or "–") for one in report.files]
    show_table(rows, ("Tệp", "Nội dung", "Số trang"), widths=(0, 60, 8))
    say(f"Thư mục: {report.files[0].path.parent}")
    say(f"Phông chữ: {report.face}. Mã đối chiếu: {report.match_code}.")
    say_remarks(report.remarks)
    _say_missing(report)


@app.command("list")
def list_dossiers(workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False) -> None:
    """Các hệ thống phải lập hồ sơ: đang ở bước nào, hạn đến ngày nào, lần soạn gần nhất; quá hạn xếp trước."""
    from compliance.services.dossiers import dossier_states

    with opened(workspace) as office:
        states = dossier_states(office, day(today))
    if as_json:
        show_json([_state(one) for one in states])
        return
    rows = [
        (
            one.classified.system.id,
            one.classified.system.name,
            one.classified.classification.label,
            one.status.stage_label,
            _due(one),
            _drafted(one),
        )
        for one in states
    ]
    show_table(
        rows,
        ("Mã", "Hệ thống", "Cấp độ", "Trạng thái", "Hạn", "Lần soạn gần nhất"),
        widths=(0, 34, 16, 18, 22, 22),
    )
    overdue = next((one for one in states if one.deadline and one.deadline.overdue), None)
    begun = (one for one in states if one.draft is None and not one.status.progress.current.steps)
    waiting = next((one.classified.system.id for one in begun), None)
    if overdue:
        next_step(f"xem việc đã quá hạn: compliance dossiers status {overdue.classified.system.id}")
    elif waiting:
        next_step(f"xem cấp độ rồi soạn hồ sơ: compliance dossiers draft {waiting}")
    elif states:
        next_step("bổ sung những nội dung ghi trong tờ “còn thiếu”, rồi soạn lại hồ sơ.")
    else:
        next_step("nhập danh mục hệ thống: compliance systems import TỆP.xlsx")


def _say_missing(report: DraftReport) -> None:
    from compliance.cli.lacks import say_missing

    page = report.files[-1].path.name
    if say_missing(report.missing, _SHOWN, f"trong {page}."):
        next_step(
            f"điền các nội dung trong {page} vào bảng kê, nhập lại (compliance systems import) rồi soạn lại hồ sơ."
        )
    else:
        next_step(f"đọc các điểm lưu ý trong {page}, trình ký rồi gửi văn bản đề nghị kèm bộ hồ sơ.")


def _plain(report: DraftReport) -> dict[str, object]:
    return {
        "files": [one.as_json() for one in report.files],
        "face": report.face,
        "missing": [one.model_dump(mode="json") for one in report.missing],
        "match_code": report.match_code,
        "versions": dict(report.versions),
        "remarks": list(report.remarks),
    }


def _drafted(state: DossierState) -> str:
    draft = state.draft
    return f"{draft.drafted_on:%d/%m/%Y}, mã {draft.match_code}" if draft else "chưa soạn"


def _due(state: DossierState) -> str:
    deadline = state.deadline
    if deadline is None:
        return "–"
    kind = "ngày làm việc" if deadline.limit.working else "ngày"
    left = f"quá hạn {-deadline.left} {kind}" if deadline.overdue else f"còn {deadline.left} {kind}"
    return f"{deadline.due:%d/%m/%Y}, {left}"


def _state(state: DossierState) -> dict[str, object]:
    found, system, deadline = state.classified.classification, state.classified.system, state.deadline
    return {
        "id": system.id,
        "name": system.name,
        "level": found.level,
        "decided": found.decided,
        "state": state.status.stage.value,
        "state_label": state.status.stage_label,
        "due": deadline.due.isoformat() if deadline else None,
        "days_left": deadline.left if deadline else None,
        "overdue": deadline.overdue if deadline else False,
        "draft": state.draft.model_dump(mode="json") if state.draft else None,
    }
