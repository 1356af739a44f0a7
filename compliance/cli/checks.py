"""Checks a machine can do: a web address, a mail domain, this computer. Offered, never required."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, WorkspaceOption, opened
from compliance.cli.output import next_step, progress, say, show_json, show_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.services.machine_checks import StoredCheck

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

SystemArgument = Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Mã của hệ thống thông tin.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Đồng ý trước, không hỏi lại.")]
RequirementOption = Annotated[
    list[str] | None,
    typer.Option("--requirement", metavar="MÃ", help="Kết quả là minh chứng cho yêu cầu nào; có thể nêu nhiều lần."),
]
_YES = frozenset({"y", "yes", "c", "co", "dong y"})


@app.command()
def web(
    system: SystemArgument,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="ĐỊA-CHỈ", help="Địa chỉ nào, khi hệ thống có nhiều địa chỉ trong danh mục."),
    ] = None,
    requirements: RequirementOption = None,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra địa chỉ web của hệ thống.

    Xem phiên bản TLS, chứng thư số, tiêu đề bảo mật, việc chuyển sang HTTPS. Hỏi trước khi kết nối; kết quả được lưu
    thành ghi nhận.
    """
    from compliance.services.machine_checks import check_web

    with opened(workspace) as office:
        done = check_web(office, system, address=address, requirements=requirements or (), ask=_asking(yes))
    _show(done, system, as_json, linked=bool(requirements))


@app.command()
def mail(
    system: SystemArgument,
    domain: Annotated[
        str | None,
        typer.Option("--domain", metavar="TÊN-MIỀN", help="Tên miền nào, khi hệ thống có nhiều tên miền."),
    ] = None,
    selectors: Annotated[
        list[str] | None,
        typer.Option(
            "--selector", metavar="TÊN-CHỌN", help="Tên chọn DKIM do nhà cung cấp thư cho; có thể nêu nhiều lần."
        ),
    ] = None,
    requirements: RequirementOption = None,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra tên miền thư của hệ thống.

    Xem các bản ghi MX, SPF, DKIM, DMARC. Hỏi trước khi tra DNS; kết quả được lưu thành ghi nhận.
    """
    from compliance.services.machine_checks import check_mail

    with opened(workspace) as office:
        done = check_mail(
            office,
            system,
            domain=domain,
            selectors=selectors or (),
            requirements=requirements or (),
            ask=_asking(yes),
        )
    _show(done, system, as_json, linked=bool(requirements))


@app.command()
def computer(
    system: Annotated[
        str | None, typer.Argument(metavar="[MÃ-HỆ-THỐNG]", help="Máy này thuộc hệ thống nào; bỏ trống cũng được.")
    ] = None,
    requirements: RequirementOption = None,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra chính máy tính này.

    Xem đồng bộ thời gian, mã hóa ổ đĩa, bản cập nhật chưa cài. Hỏi trước khi chạy; kết quả được lưu thành ghi nhận.
    """
    from compliance.services.machine_checks import check_computer

    with opened(workspace) as office:
        done = check_computer(office, system, requirements=requirements or (), ask=_asking(yes))
    _show(done, system, as_json, linked=bool(requirements))


def somebody_there() -> bool:
    """Whether somebody can answer: standard input is a terminal."""
    return sys.stdin.isatty()


def _asking(yes: bool) -> Callable[[str], bool]:
    """Asks on standard error, so that ``--json`` stays clean; only a plain yes counts as one."""
    from compliance.domain.wording import folded
    from compliance.errors import Refused

    def ask(contacts: str) -> bool:
        if not yes:
            if not somebody_there():
                raise Refused(f"{contacts} Lệnh này phải hỏi trước; không có ai để trả lời thì thêm --yes nếu đồng ý.")
            answer = typer.prompt(f"{contacts}\nĐồng ý? (có/không)", default="không", show_default=False, err=True)
            if folded(str(answer)) not in _YES:
                return False
        progress("Đang kiểm tra …")
        return True

    return ask


def _show(done: StoredCheck, system: str | None, as_json: bool, *, linked: bool) -> None:
    check, kept = done.check, done.evidence
    if as_json:
        show_json({**check.model_dump(mode="json"), "evidence": kept.id})
        return
    say(f"{check.title}, lúc {check.at:%H:%M ngày %d/%m/%Y}")
    show_table(
        [(line.name, line.state.label, line.text) for line in check.findings],
        ("Nội dung", "Kết quả", "Đã thấy"),
        widths=(30, 12, 70),
    )
    say(check.scope)
    say(f"Đã lưu thành ghi nhận {kept.id}, kèm kết quả gốc.")
    if linked:
        next_step(f"xem các minh chứng của hệ thống: compliance evidence list --system {system}")
        return
    next_step(f"gắn với yêu cầu, nếu cần: compliance evidence link {kept.id} --for {system or 'HỆ-THỐNG'}/YÊU-CẦU")
