"""What an answer to a requirement must hold, wherever it is typed: at the terminal, on the walk, in a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from compliance.domain.assessment import Assessed, Result
from compliance.domain.checklist import Binding, Requirement
from compliance.domain.inheritance import Inherited
from compliance.domain.wording import date_text, number_text

LONGEST = 10_000
"""Signs of one text: what is longer is a document of its own."""


class Breach(NamedTuple):
    """A rule an answer breaks: in which field, a sentence, and what would be right."""

    field: str
    message: str
    expected: str = ""


class Typed(NamedTuple):
    """An answer as typed; ``texts`` by the field of :class:`Assessed`, ``day`` when it was looked at."""

    result: Result
    texts: Mapping[str, str]
    day: date | None


def breaches(
    requirement: Requirement, said: Typed, *, today: date, held: Inherited | None, before: Assessed | None
) -> Iterator[Breach]:
    """Every rule the answer breaks.

    Args:
        requirement: what is answered.
        said: the answer.
        today: no answer is of a later day.
        held: the provider's answer that counts unless this system answers for itself.
        before: what this system answered by itself so far.
    """
    yield from _plain_breaches(said, today)
    yield from _choice_breaches(requirement, said.texts)
    yield from _sharing_breaches(said, held, before)


def _plain_breaches(said: Typed, today: date) -> Iterator[Breach]:
    for name, text in said.texts.items():
        if len(text) > LONGEST:
            advice = "tóm tắt và lưu bản đầy đủ làm minh chứng"
            yield Breach(name, f"Nội dung dài quá {number_text(LONGEST)} ký tự.", advice)
    if said.result is Result.NOT_APPLICABLE and not said.texts["reason"]:
        yield Breach("reason", "“Không áp dụng” phải kèm lý do.")
    if said.day is not None:
        yield from ahead(said.day, today)


def ahead(day: date, today: date) -> Iterator[Breach]:
    """The breach of an answer given on a day that has not come."""
    if day > today:
        yield Breach("answered_on", f"Ngày kiểm tra {date_text(day)} sau ngày hôm nay ({date_text(today)}).")


def _choice_breaches(requirement: Requirement, texts: Mapping[str, str]) -> Iterator[Breach]:
    if texts["equivalent"] and not texts["equivalent_reason"]:
        yield Breach("equivalent_reason", "Biện pháp tương đương phải kèm lý do lựa chọn.")
    if texts["equivalent_reason"] and not texts["equivalent"]:
        advice = "nêu biện pháp đó, hoặc bỏ lý do"
        yield Breach("equivalent_reason", "Có lý do lựa chọn mà chưa nêu biện pháp tương đương nào.", advice)
    if texts["equivalent"] and not leaves_a_choice(requirement):
        advice = "ghi kết quả theo đúng biện pháp được yêu cầu"
        yield Breach("equivalent", "Quy định không cho thay yêu cầu này bằng biện pháp tương đương.", advice)


def _sharing_breaches(said: Typed, held: Inherited | None, before: Assessed | None) -> Iterator[Breach]:
    override, overrode = said.texts["override"], before.override if before else ""
    departs = said.result is not Result.NOT_ASSESSED and (before is None or bool(overrode))
    if held is not None and departs and not override:
        whose = f"{held.provider_name} ({held.result.label.lower()})"
        yield Breach(
            "override",
            f"Yêu cầu đang dùng kết quả chung của {whose}; trả lời riêng phải có lý do.",
            "lý do trả lời riêng, hoặc không trả lời yêu cầu này",
        )
    if held is None and override and override != overrode:
        message = "Không dùng kết quả chung của nơi nào nên không có gì để trả lời riêng."
        yield Breach("override", message, "bỏ lý do trả lời riêng")


def leaves_a_choice(requirement: Requirement) -> bool:
    """Whether the text leaves it open how the requirement is met."""
    suggested = any(figure.binding is Binding.SUGGESTED for figure in requirement.figures)
    return requirement.equivalent_allowed or suggested or requirement.binding is Binding.SUGGESTED
