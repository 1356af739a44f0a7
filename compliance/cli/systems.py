"""The inventory of systems: template, import, export, list, show, diagrams."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, progress, say, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.systems import ImportReport, Sheet

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

SystemArgument = Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Mã của hệ thống thông tin.")]
OutArgument = Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp .xlsx sẽ ghi ra.")]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Ghi đè nếu tệp đã có.")]

_NOUNS = {"unit": "đơn vị", "system": "hệ thống", "answer": "biện pháp"}
_LONG_TEXT = 200


@app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Bảng kê XLSX, CSV (UTF-8) hoặc YAML.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho xem sẽ thay đổi gì, không lưu.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Nhập bảng kê; nhiều tệp là một lần nhập. Tệp có lỗi thì không thay đổi gì."""
    from compliance.errors import BadData
    from compliance.services.systems import ImportReport, import_inventory

    with opened(workspace) as office:
        try:
            report = import_inventory(office, files, dry_run=dry_run, today=day(today), tell=progress)
        except BadData as error:
            if as_json:
                given = tuple(path.name for path in files)
                show_json(ImportReport(files=given, dry_run=dry_run, faults=error.faults).as_json())
            raise
    if as_json:
        show_json(report.as_json())
        return
    _say_report(report)
    if dry_run:
        names = " ".join(f'"{path}"' if " " in str(path) else str(path) for path in files)
        next_step(f"nếu đúng, nhập thật: compliance systems import {names}")
    else:
        next_step("xem cấp độ và những điều còn thiếu: compliance classifications list")


def _say_report(report: ImportReport) -> None:
    for (kind, key), group in groupby(report.differences, key=lambda one: (one.kind, one.id)):
        changes = list(group)
        title = " – ".join(text for text in (key, changes[0].name) if text)
        if key in report.created[kind]:
            rows = f", kèm {len(changes) - 1} dòng ở các trang khác" if len(changes) > 1 else ""
            say(f"+ {_NOUNS[kind]} {title}{rows}")
            continue
        say(f"* {_NOUNS[kind]} {title}")
        for one in changes:
            say(f"    {_change(one.part, one.field, one.before, one.after)}")
    if report.notes:
        say("\nLưu ý:")
        for note in report.notes:
            say(f"  – {_noted(note)}")
    done = "Sẽ" if report.dry_run else "Đã"
    counts = [
        f"{verb} {len(ids)} {_NOUNS[kind]}"
        for verb, group in (("thêm", report.created), ("sửa", report.updated), ("giữ nguyên", report.unchanged))
        for kind, ids in group.items()
        if ids
    ]
    say(f"\n{done} {', '.join(counts)}." if counts else "\nKhông có gì thay đổi.")


def _change(part: str, field: str, before: str, after: str) -> str:
    where = " · ".join(text for text in (part, field) if text)
    if not field:
        return f"{where}: {after}" if where else after
    return f"{where}: {_quoted(before)} → {_quoted(after)}"


def _quoted(text: str) -> str:
    if not text:
        return "(trống)"
    line = " / ".join(text.splitlines())
    return f"“{line}”" if len(line) <= _LONG_TEXT else f"“{line[:_LONG_TEXT]}…” ({len(line)} ký tự)"


def _noted(note: object) -> str:
    return str(note).replace(" Cần: ", " ")


@app.command("list")
def list_systems(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Danh mục hệ thống thông tin đã kê."""
    from compliance.services import organizations, systems

    with opened(workspace) as office:
        every = systems.systems(office)
        units = organizations.units(office)
    if as_json:
        names = {"id", "name", "ownership", "owner_id", "operator_id", "status", "hosting"}
        show_json([one.model_dump(mode="json", include=names) for one in every])
        return
    if not every:
        say("Chưa có hệ thống nào.")
        next_step("lấy bảng kê mẫu: compliance systems template bang-ke.xlsx")
        return
    rows = [
        (one.id, one.name, one.ownership.label, units[one.owner_id].name if one.owner_id in units else one.owner_id)
        for one in every
    ]
    show_table(rows, ("Mã", "Hệ thống", "Quan hệ với xã", "Chủ quản"), widths=(0, 40, 16, 32))
    next_step(f"xem đầy đủ một hệ thống: compliance systems show {every[0].id}")


@app.command()
def show(
    system: SystemArgument, workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False
) -> None:
    """Mọi điều đã kê về một hệ thống."""
    from compliance.services import systems

    with opened(workspace) as office:
        if as_json:
            show_json(systems.system(office, system).model_dump(mode="json"))
            return
        sheets = systems.system_sheets(office, system, today=day(today))
    for sheet in sheets:
        _say_sheet(sheet)
    next_step(f"xem cấp độ và căn cứ: compliance classifications explain {system}")


def _say_sheet(sheet: Sheet) -> None:
    say(f"\n{sheet.name}")
    for row in sheet.rows:
        filled = [(header, text) for header, text in zip(sheet.headers, row, strict=True) if text]
        if len(sheet.rows) == 1 or sheet.id == "systems":
            show_table(filled, ("Mục", "Nội dung"), widths=(34, 70))
        else:
            say("  – " + "; ".join(f"{header}: {text}" for header, text in filled[1:]))


@app.command()
def template(file: OutArgument, overwrite: OverwriteOption = False, today: TodayOption = None) -> None:
    """Ghi bảng kê mẫu còn trống, có danh sách chọn và chú thích từng cột."""
    from compliance.services.systems import write_template

    write_template(file, today=day(today), overwrite=overwrite)
    say(f"Đã ghi bảng kê mẫu: {file}")
    next_step(f"điền rồi xem trước: compliance systems import {file} --dry-run")


@app.command()
def export(
    file: OutArgument, overwrite: OverwriteOption = False, workspace: WorkspaceOption = None, today: TodayOption = None
) -> None:
    """Xuất toàn bộ danh mục ra bảng kê; sửa rồi nhập lại được."""
    from compliance.services.systems import export_inventory

    with opened(workspace) as office:
        notes = export_inventory(office, file, today=day(today), overwrite=overwrite)
    say(f"Đã xuất danh mục: {file}")
    for note in notes:
        say(f"  – {note}")
    next_step(f"sửa trong Excel rồi xem trước: compliance systems import {file} --dry-run")


@app.command("attach-diagram")
def attach_diagram(
    system: SystemArgument,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Sơ đồ PDF, PNG, JPEG hoặc SVG.")],
    kind: Annotated[
        Literal["logical", "physical"], typer.Option("--kind", help="logical: mô hình lô-gic; physical: vật lý.")
    ],
    workspace: WorkspaceOption = None,
) -> None:
    """Đính kèm tệp sơ đồ mạng vào hệ thống; tệp cùng loại trước đó được thay."""
    from compliance.domain.system import DiagramKind
    from compliance.services.systems import set_diagram

    with opened(workspace) as office:
        changed = set_diagram(office, system, DiagramKind(kind), file)
    say(f"Đã đính kèm “{file.name}” vào {changed.name}.")
    next_step(f"xem lại: compliance systems show {system}")
