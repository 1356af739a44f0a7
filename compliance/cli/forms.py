"""Forms: list them, print one from its example, check and make the office's own versions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened, place_of
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table
from compliance.errors import BadData, Refused

if TYPE_CHECKING:
    from compliance.adapters.workspace import Workspace
    from compliance.services.form_overrides import OverrideCheck
    from compliance.services.forms import FormRow

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

FormArgument = Annotated[str, typer.Argument(metavar="BIỂU-MẪU", help="Mã biểu mẫu, xem bằng compliance forms list.")]


@app.command("list")
def list_forms(workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False) -> None:
    """Các biểu mẫu: căn cứ, dùng cho cấp độ nào, ở bước nào, in bằng lệnh nào, cơ quan đã sửa riêng chưa."""
    from compliance.services.forms import forms

    with _office(workspace) as office:
        rows = forms(office, day(today))
    if as_json:
        show_json([one.as_json() for one in rows])
        return
    shown = [
        (one.id, one.title, ", ".join(map(str, one.levels)), one.kind.label, one.step_title, _own(one)) for one in rows
    ]
    headers = ("Mã", "Biểu mẫu", "Cấp độ", "Loại", "Bước của hồ sơ", "Mẫu riêng")
    show_table(shown, headers, widths=(0, 40, 8, 12, 24, 14))
    if any(one.overridden for one in rows):
        next_step("kiểm tra các mẫu cơ quan đã sửa: compliance forms check")
    else:
        next_step("in thử một biểu mẫu: compliance forms render BIỂU-MẪU --example --out TỆP.pdf")


@app.command()
def render(
    form: FormArgument,
    out: Annotated[
        Path, typer.Option("--out", metavar="TỆP", help="Tệp ghi ra, đuôi .pdf, .docx hoặc .html.", show_default=False)
    ],
    example: Annotated[bool, typer.Option("--example", help="In bằng số liệu ví dụ của biểu mẫu.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """In thử một biểu mẫu bằng số liệu ví dụ, ra PDF, Word hoặc HTML."""
    if not example:
        raise Refused(
            "Lệnh này chỉ in thử bằng số liệu ví dụ: hãy thêm --example. Văn bản thật của một hệ thống in bằng lệnh "
            f"khác, ví dụ: compliance dossiers print MÃ-HỆ-THỐNG {form}; xem lệnh của từng mẫu bằng "
            "compliance forms list --json"
        )
    from compliance.services.forms import render_example

    progress("Đang in …")
    with _office(workspace) as office:
        done = render_example(form, out, day(today), office)
    if as_json:
        show_json(done.as_json())
        return
    pages = f" ({done.pages} trang)" if done.pages else ""
    say(f"Đã in thử “{done.title}”: {done.path}{pages}.")
    say(f"Mẫu: {'của cơ quan' if done.own else 'của chương trình'}. Phông chữ: {done.face}.")
    say_remarks(done.remarks)
    if done.own:
        next_step("sửa tiếp mẫu của cơ quan rồi kiểm tra: compliance forms check")
    else:
        next_step(f"muốn sửa mẫu cho cơ quan: compliance forms copy {form}")


@app.command()
def check(workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False) -> None:
    """Kiểm tra các mẫu cơ quan đã sửa riêng: kể hết lỗi với tệp và dòng, in thử từng mẫu."""
    from compliance.services.form_overrides import check_overrides

    progress("Đang kiểm tra và in thử …")
    with opened(workspace) as office:
        found = check_overrides(office, day(today))
    if as_json:
        show_json(found.as_json())
    else:
        _say_found(found)
    if found.faults:
        if as_json:
            raise typer.Exit(BadData.exit_code)
        raise BadData(
            f"Mẫu riêng của cơ quan có {len(found.faults)} lỗi; hãy sửa rồi chạy lại: compliance forms check",
            found.faults,
        )


@app.command()
def copy(
    form: FormArgument, workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False
) -> None:
    """Chép một biểu mẫu vào thư mục hồ sơ để cơ quan sửa riêng."""
    from compliance.services.forms import copy_form

    with opened(workspace) as office:
        done = copy_form(office, form, day(today))
    if as_json:
        show_json(done.as_json())
        return
    say(f"Đã chép {len(done.files)} tệp vào {done.folder}: {', '.join(done.files)}.")
    say("Tệp nào không sửa thì xóa khỏi thư mục này, để luôn theo bản mới của chương trình.")
    if done.shared:
        say(f"Lưu ý: phần nội dung in từ mẫu {done.shared}; muốn sửa thì chép thêm mẫu đó.")
    next_step("sửa xong thì kiểm tra: compliance forms check")


@contextmanager
def _office(workspace: Path | None) -> Iterator[Workspace | None]:
    """The workspace, or ``None`` where none was named and the usual one is not there."""
    if workspace is None and not place_of(None).exists():
        yield None
        return
    with opened(workspace) as office:
        yield office


def _own(row: FormRow) -> str:
    if row.broken:
        return "có, đang lỗi"
    return "có" if row.overridden else ""


def _say_found(found: OverrideCheck) -> None:
    for one in found.warnings:
        say(f"Lưu ý: {one}")
    if found.faults:
        return
    if not found.forms:
        say(f"Cơ quan chưa sửa riêng biểu mẫu nào (thư mục {found.folder}).")
        next_step("chép một mẫu ra để sửa: compliance forms copy BIỂU-MẪU")
        return
    say(f"Đã in thử {len(found.forms)} mẫu riêng, không có lỗi: {', '.join(found.forms)}.")
    if found.warnings:
        next_step("đọc lại các lưu ý ở trên; mẫu theo nghị định phải giữ nguyên văn.")
    else:
        next_step("xem bản in thử: compliance forms render BIỂU-MẪU --example --out TỆP.pdf")
