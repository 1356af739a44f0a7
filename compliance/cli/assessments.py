"""Checks of a system: start, answer, walk, see, close; shared measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import assessment_papers, assessment_sheets, inspections
from compliance.cli.assessment_papers import AssessmentArgument
from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table
from compliance.cli.reliances import rely, shared

if TYPE_CHECKING:
    from compliance.adapters.workspace import Workspace
    from compliance.domain.assessment import AssessmentKind, Result

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_KINDS = (
    "self (tự kiểm tra), pre_operation (trước khi đưa vào sử dụng), periodic (định kỳ), after_incident (sau sự cố), "
)
KindOption = Annotated[
    str, typer.Option("--kind", metavar="LOẠI", help=f"{_KINDS}on_request (theo yêu cầu).", show_default=True)
]


@app.command()
def start(
    system: Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống được kiểm tra.")],
    kind: KindOption = "self",
    assessor: Annotated[str, typer.Option("--assessor", metavar="TÊN", help="Người, bộ phận kiểm tra.")] = "",
    assessor_unit: Annotated[
        str | None, typer.Option("--assessor-unit", metavar="MÃ-ĐƠN-VỊ", help="Đơn vị đánh giá đã kê khai.")
    ] = None,
    operator: Annotated[
        str | None, typer.Option("--operator", metavar="MÃ-ĐƠN-VỊ", help="Đơn vị trực tiếp vận hành, nếu chưa kê khai.")
    ] = None,
    outside: Annotated[
        bool, typer.Option("--outside", help="Tổ chức chuyên môn đủ điều kiện đánh giá, không phải tự đánh giá.")
    ] = False,
    level: Annotated[int | None, typer.Option("--level", help="Kiểm tra theo danh mục của cấp độ này.")] = None,
    cause: Annotated[str, typer.Option("--cause", metavar="CĂN-CỨ", help="Sự cố, văn bản yêu cầu, kế hoạch…")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bắt đầu một lần kiểm tra: chốt danh mục, cấp độ, người đánh giá, ngày."""
    from compliance.cli.assessment_pages import plain_assessment, plain_warning, say_warnings
    from compliance.services import starting

    with opened(workspace) as office:
        known = operator or _asked_operator(office, system, as_json)
        asked = starting.Starting(_kind(kind), assessor, assessor_unit, known, outside, level, cause)
        begun = starting.start(office, system, asked, today=day(today))
    one = begun.assessment
    if as_json:
        warnings = [plain_warning(each) for each in begun.warnings]
        show_json(
            {**plain_assessment(one), "warnings": warnings, "carried": list(begun.carried), "to_ask": begun.to_ask}
        )
        return
    say(
        f"Đã bắt đầu lần kiểm tra {one.id}: {one.kind.label.lower()}, cấp độ {one.level}, "
        f"người kiểm tra: {one.assessor}."
    )
    say_warnings(begun.warnings)
    if begun.carried:
        say(f"Mang sang {len(begun.carried)} câu trả lời còn đúng từ danh mục của cấp độ trước.")
    say(f"Còn {begun.to_ask} yêu cầu phải hỏi.")
    next_step(
        f"in phiếu mang đi: compliance assessments print {one.id}; "
        f"hoặc trả lời ngay: compliance assessments walk {one.id}"
    )


def _kind(text: str) -> AssessmentKind:
    from compliance.domain.assessment import AssessmentKind
    from compliance.errors import Refused

    try:
        return AssessmentKind(text)
    except ValueError:
        raise Refused(f"Không có loại kiểm tra “{text}”. Hãy chọn: {_KINDS}on_request (theo yêu cầu).") from None


def _asked_operator(office: Workspace, system: str, as_json: bool) -> str | None:
    """Who runs the system is asked where nobody recorded it; Enter leaves it open."""
    import sys

    from compliance.services import organizations, systems

    if as_json or not sys.stdin.isatty() or systems.system(office, system).operator_id:
        return None
    for one in organizations.units(office).values():
        say(f"  {one.id}: {one.name}")
    said = typer.prompt(
        "Đơn vị nào trực tiếp vận hành hệ thống này (mã, Enter nếu chưa rõ)", default="", show_default=False
    )
    return said.strip() or None


@app.command("list")
def list_assessments(
    system: Annotated[str, typer.Option("--system", metavar="MÃ", help="Chỉ của hệ thống này.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Các lần kiểm tra đã bắt đầu."""
    from compliance.cli.assessment_pages import plain_assessment
    from compliance.services import assessments, systems

    with opened(workspace) as office:
        if system:
            systems.system(office, system)
        found = assessments.assessments_of(office, system) if system else assessments.every_assessment(office)
    if as_json:
        show_json([plain_assessment(one) for one in found])
        return
    rows = [
        (
            one.id,
            one.kind.label,
            one.level,
            one.assessor,
            f"{one.started_on:%d/%m/%Y}",
            f"{one.closed_on:%d/%m/%Y}" if one.closed_on else "đang mở",
        )
        for one in found
    ]
    show_table(rows, ("Mã", "Loại", "Cấp độ", "Người kiểm tra", "Bắt đầu", "Kết thúc"), widths=(0, 24, 7, 30, 11, 11))
    waiting = next((one for one in found if not one.closed), None)
    if waiting:
        next_step(f"trả lời tiếp: compliance assessments walk {waiting.id}")
    else:
        next_step("bắt đầu lần kiểm tra mới: compliance assessments start MÃ-HỆ-THỐNG")


@app.command()
def show(
    assessment: AssessmentArgument,
    rows: Annotated[bool, typer.Option("--rows", help="Kê từng yêu cầu, không chỉ số liệu.")] = False,
    result: Annotated[str, typer.Option("--result", metavar="KẾT-QUẢ", help="Chỉ kê yêu cầu có kết quả này.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Số liệu theo nhóm và kết quả, mức bao phủ, phần dùng chung của một lần kiểm tra."""
    from compliance.cli.assessment_pages import plain_sheet, say_rows, say_sheet, say_warnings
    from compliance.services import assessments
    from compliance.services.assessment_warnings import warnings_of
    from compliance.services.classifications import classify_system

    wanted = _result(result) if result else None
    with opened(workspace) as office:
        sheet = assessments.load(office, assessment)
        classified = classify_system(office, sheet.assessment.system_id, day(today))
        warnings = warnings_of(classified, sheet.assessment)
    notes = assessments.outdated_lists(sheet.assessment)
    if as_json:
        show_json(plain_sheet(sheet, warnings, notes))
        return
    one = sheet.assessment
    say(f"{one.id}: {sheet.system_name}. {one.kind.label}, cấp độ {one.level}, người kiểm tra: {one.assessor}.")
    say_sheet(sheet)
    if rows or wanted:
        say_rows(row for row in sheet.rows if wanted is None or row.result is wanted)
    say_remarks(notes)
    say_warnings(warnings)
    if one.closed:
        next_step(f"in báo cáo: compliance assessments report {one.id}")
    elif sheet.open_rows:
        next_step(f"trả lời {len(sheet.open_rows)} yêu cầu còn lại: compliance assessments walk {one.id}")
    else:
        next_step(f"kết thúc lần kiểm tra: compliance assessments close {one.id}")


def _result(text: str) -> Result:
    from compliance.domain.result_words import read_result
    from compliance.errors import Refused

    try:
        return read_result(text)
    except ValueError as error:
        raise Refused(str(error)) from None


@app.command()
def answer(
    assessment: AssessmentArgument,
    requirement: Annotated[str, typer.Argument(metavar="YÊU-CẦU", help="Mã hoặc số mục của yêu cầu, ví dụ 4.6.2.1-d.")],
    result: Annotated[str, typer.Argument(metavar="KẾT-QUẢ", help="đạt, đạt một phần, chưa đạt, không áp dụng…")],
    state: Annotated[str | None, typer.Option("--state", metavar="HIỆN-TRẠNG", help="Hiện trạng đã thấy.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Lý do, bắt buộc khi không áp dụng.")] = None,
    equivalent: Annotated[str | None, typer.Option("--equivalent", help="Biện pháp tương đương đã chọn.")] = None,
    equivalent_reason: Annotated[
        str | None, typer.Option("--equivalent-reason", help="Lý do chọn biện pháp tương đương đó.")
    ] = None,
    override: Annotated[
        str | None, typer.Option("--override", help="Lý do trả lời riêng thay cho kết quả dùng chung.")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="TÊN", help="Người kiểm tra; bỏ trống là người đang dùng máy.")
    ] = "",
    on: Annotated[
        str | None, typer.Option("--on", metavar="NGÀY", help="Ngày kiểm tra, nếu không phải hôm nay.")
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Trả lời một yêu cầu; chưa đạt hoặc đạt một phần thì mở một tồn tại để theo dõi khắc phục."""
    from compliance.services import answering

    said = answering.Said(
        requirement,
        _result(result),
        state,
        reason,
        equivalent,
        equivalent_reason,
        override,
        by,
        day_said(on),
    )
    with opened(workspace) as office:
        saved = answering.answer(office, assessment, said, today=day(today))
    made, finding = saved.answer, saved.finding
    if as_json:
        show_json(
            {
                **made.model_dump(mode="json"),
                "version": saved.version,
                "changed": saved.changed,
                "finding": finding.model_dump(mode="json") if finding else None,
            }
        )
        return
    say(f"{made.requirement_id}: {made.result.label}." + ("" if saved.changed else " Không có gì thay đổi."))
    if saved.replaced is not None:
        old = saved.replaced
        say(f"Lưu ý: thay câu trả lời “{old.result.label}” của {old.answered_by}, ngày {old.answered_on:%d/%m/%Y}.")
    if finding and finding.status.standing:
        say(f"Tồn tại {finding.id}: {finding.status.label.lower()}, mức độ {finding.severity.label.lower()}.")
        next_step(f'phân công khắc phục: compliance findings plan {finding.id} --measure "…" --unit MÃ --due NGÀY')
        return
    next_step(f"trả lời tiếp: compliance assessments walk {assessment}")


@app.command()
def walk(
    assessment: AssessmentArgument,
    find: Annotated[str, typer.Option("--find", metavar="TỪ", help="Chỉ các yêu cầu có từ này.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Hỏi cả yêu cầu đã trả lời.")] = False,
    by: Annotated[str, typer.Option("--by", metavar="TÊN", help="Người kiểm tra.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
) -> None:
    """Hỏi lần lượt từng yêu cầu chưa trả lời, theo nơi kiểm tra; mỗi câu lưu ngay, dừng lúc nào cũng được."""
    from compliance.cli.assessment_walk import walk_through
    from compliance.services import assessment_walks

    with opened(workspace) as office:
        left = walk_through(assessment_walks.begin(office, assessment, today=day(today), by=by), find=find, every=every)
    if left:
        next_step(f"còn {left} yêu cầu; làm tiếp bằng đúng lệnh này: compliance assessments walk {assessment}")
    else:
        next_step(f"kết thúc lần kiểm tra: compliance assessments close {assessment}")


@app.command("print")
def print_sheet(
    assessment: AssessmentArgument,
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """In phiếu kiểm tra khổ A4 mang đi, xếp theo nơi kiểm tra."""
    from compliance.services.field_sheets import print_field_sheet

    progress("Đang in phiếu kiểm tra …")
    with opened(workspace) as office:
        printed = print_field_sheet(office, assessment, out, day(today))
    if as_json:
        show_json({"assessment": assessment, "file": printed.file.as_json(), "remarks": list(printed.remarks)})
        return
    say(f"Đã in {printed.file.path} ({printed.file.pages} trang).")
    say_remarks(printed.remarks)
    next_step(f"kiểm tra tại chỗ rồi nhập kết quả: compliance assessments walk {assessment}")


@app.command()
def close(
    assessment: AssessmentArgument,
    reason: Annotated[str, typer.Option("--reason", help="Lý do kết thúc khi chưa trả lời hết.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kết thúc một lần kiểm tra: chốt câu trả lời và phần dùng chung."""
    from compliance.cli.assessment_pages import plain_sheet, say_sheet
    from compliance.services import assessments

    with opened(workspace) as office:
        sheet = assessments.close(office, assessment, today=day(today), reason=reason)
    if as_json:
        show_json(plain_sheet(sheet, (), ()))
        return
    say_sheet(sheet)
    say(f"Đã kết thúc lần kiểm tra {assessment}.")
    next_step(
        f"in biên bản và báo cáo: compliance assessments minutes {assessment}; "
        f"compliance assessments report {assessment}; "
        f"phân công khắc phục: compliance findings list --system {sheet.assessment.system_id}"
    )


@app.command()
def reopen(
    assessment: AssessmentArgument,
    reason: Annotated[str, typer.Option("--reason", help="Lý do mở lại.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mở lại một lần kiểm tra đã kết thúc, kèm lý do."""
    from compliance.cli.assessment_pages import plain_assessment
    from compliance.services import assessments

    with opened(workspace) as office:
        one = assessments.reopen(office, assessment, reason=reason)
    if as_json:
        show_json(plain_assessment(one))
        return
    say(f"Đã mở lại lần kiểm tra {one.id}; lý do được giữ trong lịch sử.")
    next_step(f"sửa câu trả lời rồi kết thúc lại: compliance assessments close {one.id}")


app.command()(rely)
app.command()(shared)
app.command("export")(assessment_sheets.export_sheet)
app.command("import")(assessment_sheets.import_sheet)
app.command("minutes")(assessment_papers.minutes_paper)
app.command("report")(assessment_papers.report)
app.command("pack")(inspections.pack)
