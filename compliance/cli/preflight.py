"""Pre-flight at the terminal: what would make a dossier come back, and the catalogue of what is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, say, say_remarks, show_json, show_table

if TYPE_CHECKING:
    from datetime import date

    from compliance.domain.preflight import PreflightCatalogue, Problem
    from compliance.services.preflight import Preflight

_SHOWN = 4
"""Rows of one code a table shows before it counts the rest."""


def check(
    system: Annotated[
        str | None, typer.Argument(metavar="[MÃ-HỆ-THỐNG]", help="Mã hệ thống; muốn xem mọi hệ thống thì dùng --all.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Mọi hệ thống phải lập hồ sơ.")] = False,
    catalogue: Annotated[bool, typer.Option("--catalogue", help="Xem danh mục các phép kiểm, không kiểm gì.")] = False,
    code: Annotated[
        str | None, typer.Option("--code", metavar="MÃ", help="Chỉ xem một phép kiểm, đủ mọi dòng; ví dụ K17.")
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra trước khi gửi: hồ sơ có bị trả lại không, thiếu gì, sửa bằng lệnh nào. Có lỗi vẫn kết thúc với mã 0."""
    from compliance.errors import Refused

    on = day(today)
    if catalogue:
        _show_catalogue(on, code, as_json)
        return
    if (system is None) is not all_:
        raise Refused("Hãy nêu một mã hệ thống, hoặc dùng --all để kiểm tra mọi hệ thống phải lập hồ sơ.")
    from compliance.services.dossier_checks import dossier_check, dossier_check_all
    from compliance.services.preflight import as_json as plain

    _refuse_unknown(code, on)
    with opened(workspace) as office:
        found = dossier_check_all(office, on) if system is None else (dossier_check(office, system, on),)
    if as_json:
        lines = ({"system": one.system_id, **line} for one in found for line in plain(one))
        show_json([line for line in lines if code is None or line["code"] == code.upper()])
        return
    for one in found:
        _show(one, code)
    _say_next(found, single=system is not None)


def _show(one: Preflight, code: str | None) -> None:
    from compliance.domain.preflight import Weight

    counts = one.counts
    say(
        f"{one.name} ({one.system_id}) – {one.level_label}: {counts['error']} lỗi, {counts['warning']} cảnh báo, "
        f"{counts['note']} lưu ý."
    )
    say_remarks([one.notice] if one.notice else [])
    for weight in Weight:
        wanted = [each for each in one.of(weight) if code is None or each.code == code.upper()]
        if wanted:
            say(f"\n{weight.label}")
            rows = _rows(wanted, whole=code is not None)
            show_table(rows, ("Mã", "Ở đâu", "Vấn đề", "Cách sửa, lệnh"), widths=(0, 30, 46, 46))
    say("")


def _rows(found: Sequence[Problem], *, whole: bool) -> list[tuple[str, str, str, str]]:
    """One row a problem, the first few of each code; the rest is counted."""
    shown: Counter[str] = Counter()
    total = Counter(one.code for one in found)
    rows = []
    for one in found:
        shown[one.code] += 1
        if whole or shown[one.code] <= _SHOWN:
            clause = f"{one.message} ({one.citation})" + (f" Chưa chắc chắn: {one.uncertain}" if one.uncertain else "")
            rows.append((one.code, one.where, clause, f"{one.fix}\n{one.command}"))
        elif shown[one.code] == _SHOWN + 1:
            rows.append((one.code, "", f"… và {total[one.code] - _SHOWN} chỗ khác; xem đủ: --code {one.code}", ""))
    return rows


def _say_next(found: Sequence[Preflight], *, single: bool) -> None:
    first = next((one for one in found if not one.ready), None)
    if not found:
        next_step("nhập danh mục hệ thống: compliance systems import TỆP.xlsx")
    elif first is None:
        name = found[0].system_id if single else "MÃ-HỆ-THỐNG"
        next_step(f"đọc các cảnh báo, lưu ý rồi soạn hồ sơ: compliance dossiers draft {name}")
    else:
        error = first.errors[0]
        again = f"compliance dossiers check {first.system_id}"
        next_step(f"sửa {len(first.errors)} lỗi, bắt đầu từ {error.code}: {error.command} – rồi kiểm tra lại: {again}")


def _refuse_unknown(code: str | None, on: date) -> None:
    """Refuse a code the catalogue does not have."""
    if code is None:
        return
    from compliance.domain.wording import nearest
    from compliance.errors import NotFound
    from compliance.services.preflight import preflight_catalogue

    known = [one.code for one in preflight_catalogue(on).checks]
    if code.upper() not in known:
        near = nearest(code, known)
        hint = f" Gần nhất là “{near}”." if near else ""
        raise NotFound(f"Không có phép kiểm “{code}”.{hint} Xem danh mục: compliance dossiers check --catalogue")


def _show_catalogue(on: date, code: str | None, as_json: bool) -> None:
    from compliance.services.preflight import preflight_catalogue

    _refuse_unknown(code, on)
    found = preflight_catalogue(on)
    wanted = [one for one in found.checks if code is None or one.code == code.upper()]
    if as_json:
        show_json([one.model_dump(mode="json", exclude={"detector"}) for one in wanted])
        return
    _say_catalogue(found, code)


def _say_catalogue(found: PreflightCatalogue, code: str | None) -> None:
    for group in found.groups:
        rows = [
            (one.code, one.severity.label, one.title, one.fix, one.citation)
            for one in group.checks
            if code is None or one.code == code.upper()
        ]
        if rows:
            say(f"\n{group.title}")
            show_table(rows, ("Mã", "Mức", "Xem gì", "Cách sửa", "Căn cứ"), widths=(0, 0, 36, 52, 36))
    say(f"Danh mục bản {found.version}. {found.source_note}")
    next_step("kiểm tra một hệ thống: compliance dossiers check MÃ-HỆ-THỐNG")
