"""Watching approved systems, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, say, say_remarks, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.watches import Watch

_SHOWN = 20


def watch(
    system: Annotated[
        str | None, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Bỏ trống là mọi hệ thống đã được phê duyệt.")
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hệ thống đã thay đổi gì so với hồ sơ được phê duyệt, và thay đổi nào buộc phải làm lại việc gì."""
    from compliance.services import watches

    with opened(workspace) as office:
        found = (watches.watch(office, system, day(today)),) if system else watches.watch_all(office, day(today))
    if as_json:
        show_json([one.as_json() for one in found])
        return
    if system:
        _say_one(found[0])
        return
    if not found:
        say("Chưa có hệ thống nào có quyết định phê duyệt cấp độ ghi trong chương trình.")
    rows = [
        (one.status.system.id, one.status.system.name, _approved(one), len(one.changes), _asked(one)) for one in found
    ]
    if rows:
        headers = ("Mã", "Hệ thống", "Phê duyệt", "Thay đổi", "Việc phải làm lại")
        show_table(rows, headers, widths=(0, 34, 24, 8, 40))
    grave = next((one.status.system.id for one in found if one.fired), None)
    if grave:
        next_step(f"xem từng thay đổi: compliance dossiers watch {grave}")
    elif not found:
        next_step("xem hồ sơ nào đang ở bước nào: compliance dossiers list")
    else:
        next_step("không có thay đổi nào buộc phải làm lại; cập nhật bảng kê mỗi khi hệ thống thay đổi.")


def _approved(one: Watch) -> str:
    return f"cấp độ {one.approval.level}, {one.approval.on:%d/%m/%Y}" if one.approval else ""


def _asked(one: Watch) -> str:
    acts = dict.fromkeys(act.title for found in one.fired for act in found.acts)
    return "; ".join(acts) or "–"


def _say_one(found: Watch) -> None:
    system = found.status.system
    approved = f"phê duyệt {_approved(found)}" if found.approval else "chưa được phê duyệt"
    say(f"{system.name}: {found.status.stage_label}; {approved}.")
    for number, one in enumerate(found.fired, start=1):
        say(f"\n{number}. {one.cause.title} ({one.cause.citation}).")
        if one.cause.uncertain:
            say(f"   Chưa rõ: {one.cause.uncertain}")
        for change in one.changes[:_SHOWN]:
            row = f"{change.row}: " if change.row else ""
            say(f"   - {row}{change.header}: {_words(change.before)} → {_words(change.after)}")
        if len(one.changes) > _SHOWN:
            say(f"   … và {len(one.changes) - _SHOWN} thay đổi khác (xem đủ bằng --json).")
        for act in one.acts:
            say(f"   => {act.title}. {act.due} ({act.citation}) Lệnh: {act.command.format(system=system.id)}")
            if act.uncertain:
                say(f"      Chưa rõ: {act.uncertain}")
    others = found.other_changes
    if others:
        say(f"\nThay đổi không buộc làm lại việc nào: {'; '.join(dict.fromkeys(one.header for one in others))}.")
    say_remarks(found.remarks)
    if found.fired:
        first = found.fired[0].acts[0]
        next_step(f"{first.title[0].lower()}{first.title[1:]}: {first.command.format(system=system.id)}")
    elif found.approval:
        next_step("không có thay đổi nào buộc phải làm lại; xem lại khi hệ thống thay đổi.")
    else:
        next_step(f"xem hồ sơ đang ở bước nào: compliance dossiers status {system.id}")


def _words(text: str) -> str:
    return f"“{text}”" if text else "(trống)"
