"""What one office looks at on a morning: the list, one line for each system in use there; reading what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from compliance.domain.blank import Frozen
from compliance.domain.morning import Morning, MorningList, Seen, State
from compliance.domain.secret_words import tells_secret
from compliance.domain.system import Status, System
from compliance.domain.wording import folded, nearest, typed

SYSTEM_PREFIX = "phan-mem-"
"""What stands before a system's id among the items."""
SYSTEM_TITLE = "Phần mềm: "
"""What stands before a system's name."""
LONGEST_FAULT = 300
"""Characters of what is wrong with one item: it must fit a line of the monthly sheet."""
LONGEST_NOTE = 1_000
_NEVER_KEPT = "có mật khẩu hoặc mã PIN; chương trình không bao giờ lưu và in những thứ đó, hãy bỏ đi rồi ghi lại."
_NOT_YET_USED = (Status.INVESTING, Status.NEW)


class FormLine(Frozen):
    """One thing to look at, as shown; ``script`` is the response script offered when it fails, empty = none."""

    number: int
    id: str
    title: str
    look: str
    script: str = ""


class MorningSaid(Frozen):
    """What was said of a morning, as typed: ``faults`` are ``item=what is wrong``, the others items.

    ``not_here`` is kept from one morning to the next until ``here`` takes it back.
    """

    faults: tuple[str, ...] = ()
    not_here: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    note: str = ""


def in_use(system: System, unit_id: str, day: date) -> bool:
    """Whether the unit works with the system on that day: it operates it or is where it stands, and it is in life."""
    if unit_id not in {system.operator_id, system.local_unit_id} or system.status in _NOT_YET_USED:
        return False
    if system.started_on is not None and day < system.started_on:
        return False
    if system.ended_on is not None:
        return day <= system.ended_on
    return system.status is not Status.DECOMMISSIONED


def form_lines(asked: MorningList, systems: Iterable[System], unit_id: str, day: date) -> tuple[FormLine, ...]:
    """The lines of the check of a unit on a day, numbered from 1."""
    rows = [(one.id, one.title, one.look, one.fault_kind) for one in asked.items]
    if asked.systems:
        used = sorted((one for one in systems if in_use(one, unit_id, day)), key=lambda one: folded(one.name))
        rows += [(f"{SYSTEM_PREFIX}{one.id}", f"{SYSTEM_TITLE}{one.name}", asked.system_look, "") for one in used]
    return tuple(
        FormLine(number=number, id=id_, title=title, look=look, script=script)
        for number, (id_, title, look, script) in enumerate(rows, start=1)
    )


def left_out(before: Morning | None) -> frozenset[str]:
    """The items that were not there at the morning before, which is so until somebody says otherwise."""
    seen = before.seen.items() if before else ()
    return frozenset(id_ for id_, one in seen if one.state is State.NOT_HERE)


def seen_of(
    said: MorningSaid, lines: Sequence[FormLine], absent: frozenset[str]
) -> tuple[dict[str, Seen], tuple[str, ...]]:
    """What was seen of every line, whatever nobody named being in order; and every sentence that cannot be taken.

    Args:
        said: what was typed.
        lines: what was looked at.
        absent: items not there so far (:func:`left_out`).
    """
    wrong: list[str] = []
    faults: dict[str, str] = {}
    for text in said.faults:
        word, _, what = text.partition("=")
        item, what = _item(word, lines, wrong), typed(what).replace("\n", " ")
        if item is None:
            continue
        if not what:
            wrong.append(f"“{item.title}” hỏng, lỗi thì phải ghi rõ hiện tượng, ví dụ “{item.id}=kẹt giấy, tầng 1”.")
        elif len(what) > LONGEST_FAULT:
            wrong.append(f"hiện tượng của “{item.title}” dài quá {LONGEST_FAULT} ký tự; hãy ghi gọn lại.")
        if tells_secret(what):
            wrong.append(f"hiện tượng của “{item.title}” {_NEVER_KEPT}")
        faults[item.id] = f"{faults[item.id]}; {what}" if item.id in faults else what
    gone = _items(said.not_here, lines, wrong)
    back = _items(said.here, lines, wrong)
    title = {line.id: line.title for line in lines}
    wrong += [f"“{title[id_]}” vừa ghi hỏng vừa ghi không có; hãy chọn một." for id_ in gone if id_ in faults]
    wrong += [f"“{title[id_]}” vừa ghi có vừa ghi không có; hãy chọn một." for id_ in gone if id_ in back]
    missing = (absent | set(gone)) - set(back) - faults.keys()
    if len(said.note) > LONGEST_NOTE:
        wrong.append(f"ghi chú dài quá {LONGEST_NOTE} ký tự; hãy ghi gọn lại.")
    if tells_secret(said.note):
        wrong.append(f"ghi chú {_NEVER_KEPT}")
    seen = {line.id: _seen(line.id, faults, missing) for line in lines}
    return seen, tuple(wrong)


def _seen(item_id: str, faults: Mapping[str, str], missing: Iterable[str]) -> Seen:
    if item_id in faults:
        return Seen(state=State.FAULT, note=faults[item_id] or "?")
    return Seen(state=State.NOT_HERE if item_id in missing else State.GOOD)


def _items(words: Iterable[str], lines: Sequence[FormLine], wrong: list[str]) -> list[str]:
    found = (_item(word, lines, wrong) for word in words)
    return [line.id for line in found if line is not None]


def _item(word: str, lines: Sequence[FormLine], wrong: list[str]) -> FormLine | None:
    said = word.strip()
    found = item_named(said, lines)
    if found is None:
        near = nearest(said, [line.id.removeprefix(SYSTEM_PREFIX) for line in lines])
        hint = f"Có phải “{near}”?" if near else f"Có: {', '.join(line.id for line in lines)}."
        wrong.append(f"không có mục “{said}” trong danh sách kiểm tra. {hint}")
    return found


def item_named(word: str, lines: Sequence[FormLine]) -> FormLine | None:
    """The line an officer means: by its id, by the id of its system, or by its title, diacritics aside."""
    for line in lines:
        if word in {line.id, line.id.removeprefix(SYSTEM_PREFIX)} or folded(word) == folded(line.title):
            return line
    return None


def changes(before: Morning, seen: Mapping[str, Seen], titles: Mapping[str, str], note: str) -> tuple[str, ...]:
    """What a later version of the same morning says otherwise, item by item; empty when it says the same."""
    called = {**before.titles, **titles}
    found = []
    for id_ in dict.fromkeys([*before.seen, *seen]):
        old, new = _said(before.seen.get(id_)), _said(seen.get(id_))
        if old != new:
            found.append(f"{called.get(id_, id_)}: trước ghi “{old}”, nay ghi “{new}”")
    if before.note != note:
        found.append(f"Ghi chú: trước ghi “{before.note or 'không có'}”, nay ghi “{note or 'không có'}”")
    return tuple(found)


def _said(seen: Seen | None) -> str:
    if seen is None:
        return "chưa kiểm tra"
    return f"{seen.state.label}: {seen.note}" if seen.note else seen.state.label


def tied_on(before: Morning, seen: Mapping[str, Seen]) -> dict[str, Seen]:
    """What was seen, each fault that was there before keeping the incident and finding it became."""

    def kept(id_: str, one: Seen) -> Seen:
        old = before.seen.get(id_)
        if one.state is not State.FAULT or old is None or old.state is not State.FAULT:
            return one
        return one.model_copy(update={"incident_id": old.incident_id, "finding_id": old.finding_id})

    return {id_: kept(id_, one) for id_, one in seen.items()}
