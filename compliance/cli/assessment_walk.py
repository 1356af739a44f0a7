"""The terminal walk: one requirement a screen, saved as soon as it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cli.output import new_screen, say

if TYPE_CHECKING:
    from compliance.domain.assessment import Result
    from compliance.services.answering import Said
    from compliance.services.assessment_walks import Stop, Walk

_HELP = (
    "1 = Đạt, 2 = Đạt một phần, 3 = Chưa đạt, 4 = Không áp dụng, Enter = để sau, b = quay lại, "
    "/từ = tìm, ? = căn cứ và minh chứng, q = dừng (câu đã trả lời vẫn được giữ)."
)


class _Stopped(Exception):
    """The officer typed q, or the input ended."""


def walk_through(walk: Walk, *, find: str = "", every: bool = False) -> int:
    """Ask stop by stop.

    Returns:
        How many requirements still have no result.
    """
    stops, answered, at = walk.waiting(find=find, every=every), set[str](), 0
    if not stops:
        say("Không còn yêu cầu nào phải hỏi." if not find else f"Không còn yêu cầu phải hỏi nào có “{find}”.")
    try:
        while at < len(stops):
            moved = _at(walk, walk.fresh(stops[at]), f"{at + 1}/{len(stops)}", answered)
            if isinstance(moved, str):
                found = walk.waiting(find=moved, every=True)
                if found:
                    stops, at = found, 0
                else:
                    say(f"Không có yêu cầu nào có “{moved}”.")
                continue
            at = max(0, at + moved)
    except _Stopped:
        say()
    return sum(one.row.requirement.id not in answered for one in walk.waiting())


def _at(walk: Walk, stop: Stop, count: str, answered: set[str]) -> int | str:
    """One screen: how many stops to move on, or the words to look for."""
    new_screen()
    _show(walk, stop, count)
    while True:
        said = _typed("Kết quả")
        if said == "?":
            _show_more(stop)
        elif said.startswith("/") and said[1:].strip():
            return said[1:].strip()
        elif said == "b":
            return -1
        elif not said:
            return 1
        elif _kept(walk, stop, said):
            answered.add(stop.row.requirement.id)
            return 1
        elif (now := walk.fresh(stop)) is not stop:  # a colleague answered meanwhile
            stop = now
            _show(walk, stop, count)


def _kept(walk: Walk, stop: Stop, said: str) -> bool:
    """Ask what goes with the result and store it; told and false where that was not possible."""
    from compliance.domain.result_words import read_result
    from compliance.errors import BadData, ComplianceError

    results = dict(enumerate(_results(), start=1))
    if said.isdecimal() and int(said) not in results:
        say(f"Không có lựa chọn số {said}. Hãy gõ số từ 1 đến {len(results)}.")
        return False
    try:
        result = results[int(said)] if said.isdecimal() else read_result(said)
        walk.keep(_details(walk, stop, result))
    except ValueError as error:
        say(str(error))
        return False
    except BadData as error:
        for fault in error.faults:
            say(str(fault))
        return False
    except ComplianceError as error:
        say(str(error))
        return False
    return True


def _results() -> tuple[Result, ...]:
    from compliance.domain.assessment import Result

    return (Result.COMPLIANT, Result.PARTIALLY_COMPLIANT, Result.NON_COMPLIANT, Result.NOT_APPLICABLE)


def _details(walk: Walk, stop: Stop, result: Result) -> Said:
    from compliance.domain.answer_rules import leaves_a_choice
    from compliance.domain.assessment import Result
    from compliance.services.answering import Said

    state = _typed("Hiện trạng (Enter nếu không ghi)")
    reason = _typed("Lý do không áp dụng") if result is Result.NOT_APPLICABLE else None
    equivalent = why = override = None
    if leaves_a_choice(stop.row.requirement) and result is Result.COMPLIANT:
        equivalent = _typed("Biện pháp tương đương đã chọn (Enter nếu làm đúng như yêu cầu)") or None
        why = _typed("Lý do chọn biện pháp đó") if equivalent else None
    if stop.row.inherited is not None and stop.row.answer is None:
        override = _typed(f"Lý do trả lời riêng, không dùng kết quả của {stop.row.inherited.provider_name}")
    return Said(
        stop.row.requirement.id,
        result,
        state or None,
        reason,
        equivalent,
        why,
        override,
        walk.by,
        expected_version=stop.row.version,
    )


def _typed(label: str) -> str:
    try:
        said = input(f"{label} > ").strip()
    except EOFError:
        raise _Stopped from None
    if said.casefold() == "q":
        raise _Stopped
    return said


def _show(walk: Walk, stop: Stop, count: str) -> None:
    row = stop.row
    say(f"{walk.sheet.system_name} – {walk.sheet.assessment.id}   [{count}]")
    if stop.place:
        say(f"Nơi kiểm tra: {stop.place}")
        say(f"  {stop.hint}")
    say(f"\n{row.requirement.clause or row.requirement.id} – {row.group_title}   [{row.requirement.id}]")
    say(f"  {row.requirement.statement}")
    if stop.question:
        say(f"  Hỏi: {stop.question}")
    for figure in row.requirement.figures:
        say(f"  {figure.name}: {figure.value}")
    if row.inherited is not None and not row.own:
        say(f"  Đang dùng kết quả của {row.inherited.provider_name}: {row.inherited.result.label}.")
    if row.previous is not None:
        say(f"  Lần trước: {row.previous.label}.")
    if row.own and row.answer is not None:
        say(f"  Đã trả lời: {row.answer.result.label}. {row.answer.present_state}")
    say(_HELP)


def _show_more(stop: Stop) -> None:
    one = stop.row.requirement
    say(f"  Minh chứng cần xem: {one.evidence}")
    say(f"  Căn cứ: {one.citation}.")
    for cadence in one.cadences:
        say(f"  {cadence.activity}: {cadence.text}.")
    if one.uncertain:
        say(f"  Chưa rõ: {one.uncertain}")
