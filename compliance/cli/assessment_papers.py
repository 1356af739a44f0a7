"""The papers of a check: its minutes and its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.assessment_papers import AssessmentPaper

AssessmentArgument = Annotated[
    str, typer.Argument(metavar="MÃ-LẦN-KIỂM-TRA", help="Mã của lần kiểm tra, ví dụ mang-noi-bo/2026-1.")
]
PaperOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="TỆP", help="Tệp .pdf hoặc thư mục; bỏ trống thì ghi vào thư mục hồ sơ."),
]


def report(
    assessment: AssessmentArgument,
    out: PaperOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn báo cáo kết quả: trang đầu cho lãnh đạo, sau đó là kết quả từng yêu cầu."""
    from compliance.services.assessment_papers import draft_report

    progress("Đang soạn và in báo cáo …")
    with opened(workspace) as office:
        paper = draft_report(office, assessment, out, day(today))
    if as_json:
        show_json(paper.as_json())
        return
    _show(paper)
    next_step("đọc trang đầu, kiểm tra số liệu, lấy số và trình ký báo cáo.")


def minutes_paper(
    assessment: AssessmentArgument,
    held_on: Annotated[
        str | None, typer.Option("--held-on", metavar="NĂM-THÁNG-NGÀY", help="Ngày lập biên bản.")
    ] = None,
    begins: Annotated[str | None, typer.Option("--from", metavar="GIỜ:PHÚT", help="Giờ bắt đầu.")] = None,
    ends: Annotated[str | None, typer.Option("--to", metavar="GIỜ:PHÚT", help="Giờ kết thúc.")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NƠI", help="Địa điểm.")] = None,
    attendee: Annotated[
        list[str] | None,
        typer.Option("--attendee", metavar="TÊN", help="Người, đơn vị tham dự; nhắc lại cho từng người."),
    ] = None,
    chair: Annotated[str | None, typer.Option("--chair", metavar="TÊN", help="Chủ tọa.")] = None,
    secretary: Annotated[str | None, typer.Option("--secretary", metavar="TÊN", help="Thư ký.")] = None,
    opinion: Annotated[str | None, typer.Option("--opinion", metavar="Ý-KIẾN", help="Ý kiến của các bên.")] = None,
    out: PaperOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn biên bản kiểm tra; điều gì chưa ghi thì để chỗ trống điền tay."""
    from compliance.services.assessment_papers import draft_minutes
    from compliance.services.said_minutes import SaidMinutes

    said = SaidMinutes(held_on, begins, ends, place, tuple(attendee or ()), chair, secretary, opinion)
    progress("Đang soạn và in biên bản …")
    with opened(workspace) as office:
        paper = draft_minutes(office, assessment, out, day(today), said)
    if as_json:
        show_json(paper.as_json())
        return
    _show(paper)
    next_step(f"đọc biên bản cho các bên cùng nghe rồi ký; in báo cáo: compliance assessments report {assessment}")


def _show(paper: AssessmentPaper) -> None:
    file, figures = paper.file, paper.figures
    done = f"{figures['assessed']}/{figures['total']}"
    short = figures["partially_compliant"] + figures["non_compliant"]
    row = (file.path.name, done, figures["compliant"], short, file.pages or "–")
    show_table([row], ("Tệp", "Đã đánh giá", "Đạt", "Chưa đạt, đạt một phần", "Số trang"))
    say(f"Thư mục: {file.path.parent}")
    say_remarks(paper.remarks)
