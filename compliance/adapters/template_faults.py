"""What is wrong with a template, in Vietnamese, with the file and the line where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2

from compliance.adapters.template_reading import Unreadable
from compliance.adapters.template_words import RUNNING, SYNTAX, in_words
from compliance.errors import Fault

FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""Whatever a broken template may raise."""


def fault_of(error: BaseException, roots: Sequence[Path], name: str) -> Fault:
    """The fault behind what a template raised.

    Args:
        error: what was raised while a template was read or filled.
        roots: the folders templates are read from.
        name: what to name where no file of a template is to blame.
    """
    if isinstance(error, Unreadable):
        return error.fault
    if isinstance(error, jinja2.TemplateSyntaxError):
        sentence = f"sai cú pháp: {in_words(error.message or '', SYNTAX)}."
        return Fault(sentence, file=error.filename or error.name or name, row=error.lineno)
    place, row = _where(error, roots)
    return Fault(_sentence(error), file=place or name, row=row)


def _sentence(error: BaseException) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"thiếu tệp “{error.name}”."
    if isinstance(error, RecursionError):
        return "tự gọi lại chính mình không dừng (include, extends hoặc macro)."
    if isinstance(error, MemoryError):
        return "cần nhiều bộ nhớ hơn máy có; hãy bớt chỗ lặp và ghép chữ."
    return in_words(str(error), RUNNING).rstrip(".") + "."


def _where(error: BaseException, roots: Sequence[Path]) -> tuple[str, int | None]:
    """Where an error arose: the last frame that lies in a file of a template."""
    place, row, trace = "", None, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if any(Path(file).is_relative_to(root) for root in roots):
            place, row = file, trace.tb_lineno
        trace = trace.tb_next
    return place, row
