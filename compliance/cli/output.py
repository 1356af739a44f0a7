"""What the terminal shows: tables and sentences for people, JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer


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
    """Print a grid; ``widths`` wraps the columns (in characters)."""
    from tabulate import tabulate  # only tables pay for it

    body = [["" if cell is None else str(cell) for cell in row] for row in rows]
    wrapped = list(widths) if widths and body else None
    typer.echo(
        tabulate(body, headers=list(headers), tablefmt="simple_grid", maxcolwidths=wrapped, disable_numparse=True)
    )


def say(text: str = "") -> None:
    """Print a sentence on standard output."""
    typer.echo(text)


def progress(text: str) -> None:
    """Tell about long work on standard error, so that it never mixes with results."""
    typer.echo(text, err=True)


def next_step(text: str) -> None:
    """Every command ends by saying what comes next."""
    typer.echo(f"\nViệc tiếp theo: {text}")
