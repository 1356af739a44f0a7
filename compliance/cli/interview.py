"""Asking questions one screen each at the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from compliance.cli.output import new_screen, say

if TYPE_CHECKING:
    from compliance.domain.condition import Facts
    from compliance.domain.question import Question
    from compliance.domain.system import FactValue


class _Stopped(Exception):
    """The officer typed q, or the input ended."""


def interview(
    title: str,
    facts: Facts,
    waiting: Callable[[Facts], Sequence[Question]],
    keep: Callable[[Question, FactValue], Facts],
) -> None:
    """Ask until nothing waits or the officer stops.

    Args:
        title: what the questions are about, at the top of every screen.
        facts: what is known at the start.
        waiting: the questions that wait, given what is known; one left blank is not asked again.
        keep: saves one answer at once and says what is known then.
    """
    asked: set[str] = set()
    while (question := next((one for one in waiting(facts) if one.id not in asked), None)) is not None:
        asked.add(question.id)
        try:
            value = _answer_to(title, question)
        except _Stopped:
            return
        if value is not None:
            facts = keep(question, value)


def _answer_to(title: str, question: Question) -> FactValue | None:
    """One screen; ``None`` when the question is left blank."""
    new_screen()
    say(title)
    _show_question(question)
    while True:
        said = _typed()
        if said == "?":
            _show_help(question)
            continue
        try:
            return _parsed(question, said)
        except ValueError as error:
            say(str(error))


def _typed() -> str:
    try:
        said = input("> ").strip()
    except EOFError:
        raise _Stopped from None
    if said.casefold() == "q":
        raise _Stopped
    return said


def _parsed(question: Question, said: str) -> FactValue | None:
    """The words as a fact; numbers stand for the choices as listed."""
    from compliance.domain.answering import parse_fact

    options = _options(question)
    picked = said.replace(",", " ").replace(";", " ").split()
    if options and picked and all(word.isdecimal() for word in picked):
        wrong = next((word for word in picked if not 1 <= int(word) <= len(options)), None)
        if wrong is not None:
            raise ValueError(f"Không có lựa chọn số {wrong}. Hãy chọn từ 1 đến {len(options)}.")
        said = "\n".join(options[int(word) - 1] for word in picked)
    return parse_fact(question, said)


def _options(question: Question) -> tuple[str, ...]:
    if question.choices:
        return tuple(choice.label for choice in question.choices)
    return ("Có", "Không") if question.type.value == "yes_no" else ()


def _show_question(question: Question) -> None:
    say(f"\n{question.label}")
    say(f"  {question.help}")
    say(f"  Ví dụ: {question.example}")
    for number, option in enumerate(_options(question), start=1):
        say(f"  {number}. {option}")
    say("Enter = để trống, ? = giải thích, q = dừng (câu đã trả lời vẫn được giữ).")


def _show_help(question: Question) -> None:
    for choice in question.choices:
        if choice.help:
            say(f"  {choice.label}: {choice.help}")
    say(f"  Hỏi: {question.ask_whom}." if question.ask_whom else "  Chưa rõ thì để trống.")
    say(f"  Căn cứ: {question.citation}.")
