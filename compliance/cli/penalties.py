"""The table of fines on the terminal, as JSON, or printed for leaders."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compliance.cli.output import next_step, say, show_json, show_table


def show_penalties(today: date, as_json: bool, out: Path | None) -> None:
    """Show the fines under the law in force on ``today``; with ``out`` also print them into that folder."""
    from compliance.services.penalties import penalty_rows, print_penalties

    sheet = penalty_rows(today)
    file = print_penalties(today=today, out=out) if out is not None else None
    if as_json:
        show_json({**sheet.model_dump(mode="json"), "file": str(file.path) if file else None})
        return
    rows = [
        (one.number, one.act + (f" ({one.note})" if one.note else ""), one.levels, one.individual, one.organization,
         one.citation)
        for one in sheet.lines
    ]  # fmt: skip
    say(sheet.title)
    show_table(
        rows,
        ("STT", "Hành vi", "Cấp độ", "Cá nhân", "Tổ chức", "Căn cứ"),
        widths=(0, 44, 12, 14, 14, 24),
    )
    say(f"Tổ chức bị phạt gấp {sheet.factor} lần mức của cá nhân ({sheet.factor_citation}).")
    for number, note in enumerate(sheet.notes, start=1):
        say(f"({number}) {note}")
    if sheet.closing:
        say(f"{sheet.closing.statement} {sheet.closing.uncertain}".strip())
    if file:
        say(f"Đã ghi: {file.path}")
    else:
        next_step("in bảng này cho lãnh đạo: compliance regimes show --penalties --out THƯ-MỤC")
