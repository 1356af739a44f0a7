"""The morning check at the keyboard: one screen, Enter when everything is in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.cli.output import new_screen, say

if TYPE_CHECKING:
    from compliance.domain.morning_form import FormLine, MorningSaid
    from compliance.services.mornings import MorningPage

_HELP = (
    "Tất cả đều tốt: nhấn Enter. Có mục hỏng: gõ số của các mục đó, cách nhau bằng dấu cách, ví dụ: 3 7. "
    "Mục không có ở đây: gõ k và số, ví dụ: k5 (gõ lại c5 khi đã có). Thôi không ghi: gõ q."
)
_WORD = re.compile(r"([kc]?)(\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What was answered, and the items whose fault is to become an incident."""

    said: MorningSaid
    incidents: tuple[str, ...]


class _Stopped(Exception):
    """The officer typed q, or the input ended."""


def ask(page: MorningPage) -> Asked | None:
    """Show the list and ask; ``None`` where the officer stopped, so that nothing is recorded."""
    new_screen()
    _show(page)
    try:
        return _answered(page)
    except _Stopped:
        return None


def _show(page: MorningPage) -> None:
    from compliance.domain.morning_form import SYSTEM_PREFIX, SYSTEM_TITLE

    say(f"Kiểm tra đầu giờ ngày {page.day:%d/%m/%Y} – {page.unit.name}")
    if page.recorded is not None:
        at = page.recorded.recorded_at
        say(f"{page.recorded.by} đã ghi lúc {at:%H:%M ngày %d/%m/%Y}; ghi lại thì thành bản mới, bản cũ vẫn giữ.")
    software = [line for line in page.lines if line.id.startswith(SYSTEM_PREFIX)]
    for line in page.lines:
        if software and line is software[0]:
            say(f"Phần mềm đang dùng: {line.look}" if line.look else "Phần mềm đang dùng:")
        title = line.title.removeprefix(SYSTEM_TITLE) if line in software else line.title
        say(f"{line.number:>3}. {title}{_mark(page, line)}")
    say(_HELP)


def _mark(page: MorningPage, line: FormLine) -> str:
    from compliance.domain.morning_form import SYSTEM_PREFIX

    before = page.recorded.faults.get(line.id) if page.recorded else None
    if before is not None:
        return f"   [đã ghi hỏng: {before.note}]"
    if line.id in page.absent:
        return "   [không có]"
    return f" – {line.look}" if line.look and not line.id.startswith(SYSTEM_PREFIX) else ""


def _answered(page: MorningPage) -> Asked:
    from compliance.domain.morning_form import MorningSaid

    while True:
        words = _typed("Mục hỏng").replace(",", " ").replace(";", " ").split()
        wrong = [word for word in words if not _fits(word, page)]
        if not wrong:
            break
        say(f"Chưa hiểu “{' '.join(wrong)}”. Hãy gõ số từ 1 đến {len(page.lines)}, hoặc Enter nếu tất cả đều tốt.")
    by_mark: dict[str, list[FormLine]] = {"": [], "k": [], "c": []}
    for word in dict.fromkeys(words):
        mark, line = _read(word, page)
        by_mark[mark].append(line)
    faults, incidents = [], []
    for line in by_mark[""]:
        faults.append(f"{line.id}={_what(line)}")
        if _becomes_incident(line):
            incidents.append(line.id)
    note = _typed("Ghi chú (Enter nếu không có)") if faults else ""
    said = MorningSaid(
        faults=tuple(faults),
        not_here=tuple(line.id for line in by_mark["k"]),
        here=tuple(line.id for line in by_mark["c"]),
        note=note or (page.recorded.note if page.recorded else ""),
    )
    return Asked(said, tuple(incidents))


def _fits(word: str, page: MorningPage) -> bool:
    found = _WORD.fullmatch(word)
    return found is not None and 1 <= int(found[2]) <= len(page.lines)


def _read(word: str, page: MorningPage) -> tuple[str, FormLine]:
    found = _WORD.fullmatch(word)
    if found is None:
        raise AssertionError("words were looked at before")
    return found[1].lower(), page.lines[int(found[2]) - 1]


def _what(line: FormLine) -> str:
    from compliance.domain.morning_form import LONGEST_FAULT

    while True:
        said = _typed(f"{line.number}. {line.title}: hỏng, lỗi thế nào?")
        if said and len(said) <= LONGEST_FAULT:
            return said
        say(f"Hãy ghi một câu ngắn (không quá {LONGEST_FAULT} ký tự), ví dụ: kẹt giấy, tầng 1.")


def _becomes_incident(line: FormLine) -> bool:
    if line.script:
        say(f"   Nghi có sự cố thì mở kịch bản: compliance incidents script {line.script}")
    while True:
        said = _typed("   Là sự cố an ninh mạng thì gõ c; chỉ hỏng hóc, cần sửa thì Enter").casefold()
        if said in {"", "c", "có", "co"}:
            return said != ""
        say("   Hãy gõ c hoặc nhấn Enter.")


def _typed(label: str) -> str:
    try:
        said = input(f"{label} > ").strip()
    except EOFError:
        raise _Stopped from None
    if said.casefold() == "q":
        raise _Stopped
    return said
