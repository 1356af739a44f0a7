"""The one boundary where failures end: expected ones as sentences, interruptions quietly, our own bugs in a log.

Exit codes: 0 done, 1 refused, 2 usage, 3 our bug, 4 not found, 5 conflict, 6 bad data, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from compliance.adapters.places import WORKSPACE_VARIABLE
from compliance.cli.help_page import vietnamese_help
from compliance.errors import BadData, ComplianceError, Refused

if TYPE_CHECKING:
    from compliance.adapters.workspace import Workspace

USAGE = 2
OUR_BUG = 3
INTERRUPTED = 130

_in_use: ContextVar[Path | None] = ContextVar("workspace in use", default=None)

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        envvar=WORKSPACE_VARIABLE,
        help="Thư mục hồ sơ làm việc; bỏ trống thì dùng thư mục mặc định.",
        show_default=False,
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="NĂM-THÁNG-NGÀY", help="Tính theo ngày này thay cho hôm nay.", show_default=False),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="THƯ-MỤC", help="Nơi ghi các tệp; bỏ trống thì ghi vào thư mục hồ sơ."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON cho chương trình khác đọc.")]


def day(today: str | None) -> date:
    """The date acts are reckoned by: ``--today`` or the calendar's own.

    Raises:
        Refused: the text is no date, written year-month-day or as offices write it.
    """
    from compliance.domain.written import read_date  # keeps --help fast

    if today is None:
        return datetime.now().astimezone().date()
    try:
        return read_date(today)
    except ValueError as error:
        raise Refused(str(error)) from None


def day_said(text: str | None) -> date | None:
    """The date an option names; ``None`` where nothing was said.

    Raises:
        Refused: the text is no date.
    """
    return day(text) if text else None


def place_of(workspace: Path | None) -> Path:
    """Where the workspace lies: as told on the command line, else where it lies by default."""
    from compliance.adapters.workspace import default_path  # keeps --help fast

    return workspace or default_path(os.environ, Path.home())


@contextmanager
def opened(workspace: Path | None) -> Iterator[Workspace]:
    """The workspace the command works on, closed afterwards."""
    from compliance.adapters.workspace import open_workspace  # keeps --help fast

    path = place_of(workspace)
    _in_use.set(path)
    with open_workspace(path) as workspace_open:
        yield workspace_open


def explain(error: ComplianceError) -> None:
    """Print an expected failure for an officer: the sentence, then every fault with its place."""
    typer.echo(str(error), err=True)
    if isinstance(error, BadData):
        for number, fault in enumerate(error.faults, start=1):
            typer.echo(f"  {number}. {fault}", err=True)


def _refuse_unreadable(args: Sequence[str]) -> None:
    """Refuse words with broken or control signs: they could be stored nowhere and printed nowhere.

    Raises:
        Refused: naming the first.
    """
    for word in args:
        shown = "".join(sign if sign.isprintable() or sign in "\n\t" else "�" for sign in word)
        if any((sign < " " and sign not in "\n\t\r") or "\ud800" <= sign <= "\udfff" for sign in word):
            raise Refused(f"“{shown}” có ký tự không đọc được. Hãy gõ lại bằng chữ Unicode, không dán từ nơi khác.")


def _write_log(error: BaseException, workspace: Path | None) -> Path:
    import tempfile  # only a bug pays for these two
    import traceback

    temporary = Path(tempfile.gettempdir())
    name = f"loi-{datetime.now().astimezone():%Y%m%d-%H%M%S}-{os.getpid()}.log"
    text = "".join(traceback.format_exception(error))
    for place in (workspace / "nhat-ky" if workspace else temporary, temporary):
        try:
            place.mkdir(exist_ok=True)
            path = place / name
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return path
    return Path(os.devnull)


class ErrorBoundaryGroup(TyperGroup):
    """The root group: parsing and every command run inside its ``main``, the one place where failures end."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        context: Any = self.context_class
        context.formatter_class = vietnamese_help(context.formatter_class)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program; turn failures into sentences and exit codes."""
        del standalone_mode  # the boundary always ends the program itself
        _in_use.set(None)
        try:
            _refuse_unreadable(sys.argv[1:] if args is None else args)
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except ComplianceError as error:
            explain(error)
            code = error.exit_code
        except typer.Abort:
            typer.echo("Đã dừng theo yêu cầu; những gì đã lưu vẫn giữ nguyên.", err=True)
            code = INTERRUPTED
        except Exception as error:
            code = self._told(error)
        sys.exit(code if isinstance(code, int) else 0)

    def _told(self, error: Exception) -> int:
        if hasattr(error, "format_message"):  # a usage error; Typer vendors its base class under a private name
            if type(error).__name__ == "NoArgsIsHelpError":
                typer.echo(error.format_message())
                return 0
            from compliance.cli.usage import usage_sentence  # only a wrong call pays for it

            typer.echo(usage_sentence(error), err=True)
            return USAGE
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:  # any path typed may be one
            typer.echo(f"Tên tệp hoặc thư mục quá dài: “{error.filename}”. Hãy dùng tên ngắn hơn.", err=True)
            return Refused.exit_code
        log = _write_log(error, _in_use.get())
        typer.echo(
            f"Chương trình gặp lỗi của chính nó và đã dừng; dữ liệu đã lưu không bị ảnh hưởng. "
            f"Chi tiết ghi tại {log}; hãy gửi tệp này cho người hỗ trợ.",
            err=True,
        )
        return OUR_BUG
