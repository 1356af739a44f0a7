"""Shared measures: which system relies on which, answered once on the provider."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, say, show_json, show_table


def rely(
    system: Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống dùng chung biện pháp của nơi khác.")],
    provider: Annotated[str, typer.Argument(metavar="MÃ-NƠI-CUNG-CẤP", help="Hệ thống có biện pháp dùng chung.")],
    group: Annotated[
        list[str] | None,
        typer.Option(
            "--group", metavar="NHÓM", help="Nhóm yêu cầu dùng chung, có thể nêu nhiều lần; xem các nhóm: shared."
        ),
    ] = None,
    basis: Annotated[str, typer.Option("--basis", metavar="VĂN-BẢN", help="Văn bản, thỏa thuận dùng chung.")] = "",
    stop: Annotated[bool, typer.Option("--stop", help="Thôi dùng chung các nhóm nêu ở --group, hoặc tất cả.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Khai hệ thống dùng chung biện pháp của hệ thống khác, để chỉ phải trả lời một lần."""
    from compliance.cli.assessment_pages import plain_reliance
    from compliance.errors import Refused
    from compliance.services import regimes, reliances

    if not stop and not group:
        raise Refused(
            "Hãy nêu nhóm yêu cầu dùng chung bằng --group; xem các nhóm: compliance assessments shared MÃ-HỆ-THỐNG"
        )
    with opened(workspace) as office:
        law = regimes.regime(None, day(today))
        if stop:
            made = reliances.stop_relying(office, system, provider, group or [], regime=law)
        else:
            made = reliances.rely(office, system, provider, group or [], regime=law, basis=basis)
    if as_json:
        show_json(plain_reliance(made))
        return
    if not made.groups:
        say(f"“{system}” không còn dùng chung biện pháp của “{provider}”.")
    else:
        say(f"“{system}” dùng kết quả của “{provider}” cho nhóm: {', '.join(made.groups)}.")
    next_step(f"xem phần dùng chung: compliance assessments shared {system}")


def shared(
    system: Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Hệ thống cần xem.")],
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hệ thống này dùng chung biện pháp của ai, cho nhóm nào; các nhóm có thể dùng chung."""
    from compliance.cli.assessment_pages import plain_reliance
    from compliance.services import regimes, reliances, systems

    with opened(workspace) as office:
        systems.system(office, system)
        found = reliances.reliances(office, system)
    titles = reliances.group_titles(regimes.regime(None, day(today)))
    if as_json:
        show_json({"reliances": [plain_reliance(one) for one in found], "groups": titles})
        return
    used = {group: one for one in found for group in one.groups}
    rows = [
        (group, title, used[group].provider_id if group in used else "", used[group].basis if group in used else "")
        for group, title in titles.items()
    ]
    show_table(rows, ("Nhóm", "Nội dung", "Dùng chung của", "Căn cứ"), widths=(0, 44, 24, 30))
    next_step(f"khai thêm phần dùng chung: compliance assessments rely {system} MÃ-NƠI-CUNG-CẤP --group NHÓM")
