"""Asking at the keyboard for what an incident still has to be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from compliance.cli.output import say

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.services.incidents import Telling

_YES = {"c", "co", "có", "y", "yes", "x"}
_NO = {"k", "khong", "không", "n", "no"}


def asked(said: Telling, *, now: datetime, late_after_hours: int) -> Telling:
    """What was said, with answers to what is missing; an empty answer leaves it open, unknown stays unknown."""
    if not said.title:
        said = replace(said, title=_line("Sự cố gì (một câu ngắn)"))
    if not said.detected_at:
        said = replace(said, detected_at=_line("Phát hiện lúc nào, ví dụ 8h15 22/11/2026") or None)
    if said.system_ids is None:
        systems = _line("Mã hệ thống bị sự cố, cách nhau bằng dấu phẩy; không rõ thì để trống")
        said = replace(said, system_ids=tuple(part.strip() for part in systems.split(",") if part.strip()))
    said = _signs_asked(said)
    return _late_asked(said, now, late_after_hours)


def _signs_asked(said: Telling) -> Telling:
    from compliance.domain.incident import SIGNS

    unasked = {name: text for name, text in SIGNS.items() if name not in said.signs and name != "important"}
    if unasked:
        say("Trả lời c (có), k (không); chưa rõ thì để trống, kết luận sau bằng compliance incidents judge.")
    answers: dict[str, bool | None] = {}
    for name, text in unasked.items():
        answer = _line(f"{text[:1].upper()}{text[1:]}?").casefold()
        if answer in _YES | _NO:
            answers[name] = answer in _YES
    if answers.get("serious") is not None and "serious_reason" not in said.texts:
        reason = _line("Lý do đánh giá mức nghiêm trọng")
        said = replace(said, texts={**said.texts, **({"serious_reason": reason} if reason else {})})
    return replace(said, signs={**answers, **said.signs})


def _late_asked(said: Telling, now: datetime, late_after_hours: int) -> Telling:
    from datetime import timedelta

    from compliance.domain.moment import between, moment_said, span_text

    detected, _ = moment_said(said.detected_at)
    if detected is None or said.texts.get("recorded_late"):
        return said
    gone = between(detected, now)
    if gone <= timedelta(hours=late_after_hours):
        return said
    reason = _line(f"Đã {span_text(gone)} từ lúc phát hiện; vì sao bây giờ mới ghi")
    return replace(said, texts={**said.texts, "recorded_late": reason})


def _line(question: str) -> str:
    answer: str = typer.prompt(question, default="", show_default=False)
    return answer.strip()
