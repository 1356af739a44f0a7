"""Asking at the keyboard for what a step still has to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from compliance.domain.procedure import Ask
    from compliance.services.road_saying import Said


def asked(said: Said, lacking: Callable[[Said], Sequence[Ask]]) -> Said:
    """What was said, with the answers to every question still open; an empty answer leaves it open.

    ``lacking`` tells what is open after what was said: an unfavourable conclusion opens the question for its reasons.
    """
    put: set[Ask] = set()
    while ask := next((one for one in lacking(said) if one not in put), None):
        put.add(ask)
        said = _answered(said, ask)
    return said


def _answered(said: Said, ask: Ask) -> Said:
    from compliance.domain.procedure import Ask
    from compliance.domain.road_steps import option_of

    question = option_of(ask)[0].capitalize()
    if ask is Ask.FIT:
        return replace(said, fit=typer.confirm("Kết luận là phù hợp?"))
    if ask is Ask.REASONS:
        return replace(said, reasons=tuple(_lines(question)))
    field = {Ask.NUMBER: "number", Ask.OFFICE: "office", Ask.SIGNER: "signer", Ask.UNIT: "unit_id"}.get(ask)
    if field is None:
        return said
    answer = typer.prompt(question, default="", show_default=False)
    return replace(said, **{field: answer or getattr(said, field)})


def _lines(question: str) -> Iterable[str]:
    typer.echo(f"{question}: mỗi nội dung một dòng, xong thì để trống.")
    while line := typer.prompt("-", default="", show_default=False, prompt_suffix=" "):
        yield line
