"""The program: nouns, then verbs."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance import __version__
from compliance.cli import (
    assessments,
    checks,
    classifications,
    demo,
    dossiers,
    evidence,
    findings,
    organizations,
    regimes,
    systems,
    workspaces,
)
from compliance.cli.boundary import ErrorBoundaryGroup

app = typer.Typer(
    cls=ErrorBoundaryGroup,
    name="compliance",
    help="An ninh mạng theo cấp độ cho hệ thống thông tin của xã: kê khai, xác định cấp độ, lập hồ sơ, kiểm tra.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"compliance {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="In phiên bản rồi thoát.")
    ] = False,
) -> None:
    del version


app.add_typer(systems.app, name="systems", help="Hệ thống thông tin: nhập, xuất, xem danh mục.")
app.add_typer(organizations.app, name="organizations", help="Cơ quan, đơn vị và vai trò của từng nơi.")
app.add_typer(classifications.app, name="classifications", help="Xác định cấp độ và giải thích căn cứ.")
app.add_typer(dossiers.app, name="dossiers", help="Hồ sơ đề xuất cấp độ.")
app.add_typer(assessments.app, name="assessments", help="Kiểm tra, đánh giá an ninh mạng theo danh mục của cấp độ.")
app.add_typer(evidence.app, name="evidence", help="Minh chứng: tệp, giấy tờ, ghi nhận tại chỗ.")
app.add_typer(findings.app, name="findings", help="Tồn tại sau kiểm tra và việc khắc phục.")
app.add_typer(checks.app, name="checks", help="Những việc máy tính xem giúp được: trang web, tên miền thư, máy này.")
app.add_typer(regimes.app, name="regimes", help="Quy định: xem, so sánh, chuyển tiếp, quét viện dẫn cũ.")
workspaces.register(app)
app.command("demo", help="Dựng hai xã mẫu, xác định cấp độ, soạn hồ sơ, kiểm tra thử và in bảng tổng hợp.")(demo.demo)


def main() -> None:
    """Entry point of the ``compliance`` program."""
    app()
