"""The program: nouns, then verbs."""

from __future__ import annotations

import gc
from typing import Annotated

import typer

from compliance import __version__
from compliance.cli import demo, workspaces
from compliance.cli.nouns import Program

_LOOK_EVERY = 100_000
"""New objects between two looks."""

app = typer.Typer(
    cls=Program,
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


workspaces.register(app)
app.command("demo", help="Dựng hai xã mẫu, xác định cấp độ, soạn hồ sơ, kiểm tra thử và in bảng tổng hợp.")(demo.demo)


def collect_seldom() -> None:
    """Let the garbage collector look seldom: what is read stays until the end, and looking doubled the time."""
    gc.set_threshold(_LOOK_EVERY)


def main() -> None:
    """Entry point of the ``compliance`` program."""
    collect_seldom()
    app()
