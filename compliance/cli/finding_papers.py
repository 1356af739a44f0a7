"""What findings add up to: the plan for approval, and how far each system's protection plan is carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from compliance.cli.boundary import JsonOption, OutOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.services.findings import SystemDeployment


def remediation(
    system: Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống cần lập kế hoạch.")],
    out: OutOption = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn kế hoạch khắc phục của một hệ thống để trình duyệt."""
    from compliance.services.remediation_papers import draft_remediation_plan

    progress("Đang soạn và in kế hoạch …")
    with opened(workspace) as office:
        paper = draft_remediation_plan(office, system, out, day(today))
    if as_json:
        show_json(paper.as_json())
        return
    file = paper.printed.file
    show_table(
        [
            (
                file.path.name,
                len(paper.plan.lines),
                len(paper.plan.gaps),
                paper.plan.costs.total or "–",
                file.pages or "–",
            )
        ],
        ("Tệp", "Tồn tại", "Minh chứng cần bổ sung", "Kinh phí (đồng)", "Số trang"),
    )
    say(f"Thư mục: {file.path.parent}")
    say_remarks(paper.remarks)
    next_step("đọc lại, bổ sung chỗ còn để trống rồi trình người có thẩm quyền ký, ban hành.")


def deployment(
    system: Annotated[
        str | None, typer.Argument(metavar="[MÃ-HỆ-THỐNG]", help="Bỏ trống thì xem mọi hệ thống phải lập hồ sơ.")
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mức độ triển khai phương án của từng hệ thống, tính từ kết quả kiểm tra (cột 10, cột 11 của mẫu báo cáo)."""
    from compliance.services.findings import deployments, system_deployment

    with opened(workspace) as office:
        on = day(today)
        found = (system_deployment(office, system, on),) if system else deployments(office, on)
    if as_json:
        show_json([_plain(one) for one in found])
        return
    rows = [(one.system_id, one.system_name, one.level or "chưa rõ", *_stand(one)) for one in found]
    headers = ("Mã", "Hệ thống", "Cấp độ", "Mức độ triển khai", "Đạt", "Dự kiến đầy đủ", "Chưa có thời hạn")
    show_table(rows, headers, widths=(0, 34, 7, 24, 0, 0, 10))
    _deployment_next(found)


def _stand(one: SystemDeployment) -> tuple[object, ...]:
    if one.state is None:
        return ("", "", "", "")
    by = f"{one.state.by:%d/%m/%Y}" if one.state.by else "–"
    return (one.state.state.label, f"{one.met}/{one.total}", by, one.state.without_deadline or "–")


def _deployment_next(found: Sequence[SystemDeployment]) -> None:
    unknown = next((one.system_id for one in found if one.state is None), None)
    undated = next((one.system_id for one in found if one.state and one.state.without_deadline), None)
    if unknown:
        next_step(f"trả lời câu hỏi để biết cấp độ: compliance classifications ask {unknown}")
    elif undated:
        next_step(
            "kiểm tra các yêu cầu chưa đánh giá và đặt thời hạn cho yêu cầu chưa đạt: compliance findings list "
            f"--system {undated}"
        )
    else:
        next_step("theo dõi việc khắc phục đến hạn: compliance findings list")


def _plain(one: SystemDeployment) -> dict[str, Any]:
    state = one.state
    return {
        "system": one.system_id,
        "name": one.system_name,
        "level": one.level,
        "state": state.state.value if state else None,
        "label": state.state.label if state else None,
        "by": state.by if state else None,
        "without_deadline": state.without_deadline if state else None,
        "met": one.met,
        "total": one.total,
    }
