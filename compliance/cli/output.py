"""What the terminal shows: tables and sentences for people, JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

_FRAME = 3
"""Characters a column's border and padding take."""
_NARROWEST = 6


def on_terminal() -> bool:
    """Whether somebody looks: standard output is a terminal, not a file or a pipe."""
    return sys.stdout.isatty()


def narrower_than(columns: int) -> bool:
    """Whether somebody looks on a terminal with fewer columns."""
    from shutil import get_terminal_size

    return on_terminal() and get_terminal_size().columns < columns


def show_json(value: Any) -> None:
    """Print one JSON document: UTF-8, keys in the order given, nothing else on standard output."""
    import json  # only programs pay for it

    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def show_json_lines(values: Iterable[Any]) -> None:
    """Print one JSON document a line, as they come."""
    import json  # only programs pay for it

    for value in values:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def show_table(rows: Iterable[Sequence[object]], headers: Sequence[str], widths: Sequence[int] | None = None) -> None:
    """Print a grid; ``widths`` wraps the columns (in characters), narrower where the terminal is; 0 = never wrapped."""
    from tabulate import tabulate  # only tables pay for it

    body = [["" if cell is None else str(cell) for cell in row] for row in rows]
    wrapped = _fitting(widths, body) if widths and body else None
    wraps: dict[str, Any] = {"maxcolwidths": wrapped, "maxheadercolwidths": wrapped}
    typer.echo(tabulate(body, headers=list(headers), tablefmt="simple_grid", disable_numparse=True, **wraps))


def _fitting(widths: Sequence[int], body: Sequence[Sequence[str]]) -> list[int | None]:
    """The widths, the wrapped ones shrunk alike to the terminal's; as they are where nobody looks (a file, a pipe)."""
    share = 1.0
    if on_terminal():
        from shutil import get_terminal_size

        whole = sum(max(len(row[at]) for row in body) for at, width in enumerate(widths) if not width)
        room = get_terminal_size().columns - _FRAME * len(widths) - 1 - whole
        share = min(1.0, room / max(1, sum(widths)))
    return [max(_NARROWEST, int(width * share)) if width else None for width in widths]


def new_screen() -> None:
    """Begin at the top of an empty screen; nothing where output goes to a file or a pipe."""
    if on_terminal():
        typer.echo("\033[2J\033[H", nl=False)


def say(text: str = "") -> None:
    """Print a sentence on standard output, broken between words where a terminal is narrower."""
    typer.echo("\n".join(_lines(text)) if on_terminal() else text)


def _lines(text: str) -> list[str]:
    from shutil import get_terminal_size
    from textwrap import wrap

    room, lines = get_terminal_size().columns, list[str]()
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip()))
        lines += wrap(line, room, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]
    return lines


def say_remarks(remarks: Iterable[str]) -> None:
    """Print what the drafter should heed."""
    for remark in remarks:
        say(f"Lưu ý: {remark}")


def progress(text: str) -> None:
    """Tell about long work on standard error, so that it never mixes with results."""
    typer.echo(text, err=True)


def next_step(text: str) -> None:
    """Every command ends by saying what comes next."""
    say(f"\nViệc tiếp theo: {text}")
