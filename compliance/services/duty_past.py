"""One duty: its row, why it is due on that day, and everything that was recorded or left undone of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.duty import Done, DutyRow
from compliance.domain.duty_row import why_due
from compliance.domain.duty_walk import Stretch, dues
from compliance.domain.wording import date_text
from compliance.errors import NotFound
from compliance.services.duty_book import DUTY, Book
from compliance.services.duty_finding import found
from compliance.services.duty_setting import setting
from compliance.services.duty_sources import other_rows


class PastState(StrEnum):
    """What became of a day a duty was due."""

    DONE = "done"
    NOT_DONE = "not_done"
    OPEN = "open"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "done": "Đã làm",
            "not_done": "Không thực hiện",
            "open": "Quá hạn, chưa làm",
            "undone": "Đã bỏ ghi nhận",
        }[self.value]


@dataclass(frozen=True)
class PastDay:
    """One day of the past of a duty; ``lost`` is evidence whose file is gone or changed."""

    due: date
    state: PastState
    duty_id: str
    what: str
    citation: str
    done: Done | None = None
    lost: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        done = self.done
        return {
            "due": self.due.isoformat(),
            "state": self.state.value,
            "state_label": self.state.label,
            "id": self.duty_id,
            "what": self.what,
            "citation": self.citation,
            "on": done.on.isoformat() if done else None,
            "late": done.late if done else None,
            "level": done.level if done else None,
            "by": done.by if done else "",
            "evidence": list(done.evidence_ids) if done else [],
            "lost_evidence": list(self.lost),
            "note": done.note if done else "",
            "undone": done.undone if done else "",
        }


@dataclass(frozen=True)
class OneDuty:
    """One duty with why its day is that day, and its past; ``row`` is ``None`` where it is asked no more."""

    id: str
    what: str
    row: DutyRow | None
    why: tuple[str, ...]
    past: tuple[PastDay, ...]


def history(workspace: Workspace, duty_id: str) -> tuple[Done, ...]:
    """What was recorded of a duty under this id, those taken back included, in the order of the days it was due."""
    heads = [head for head in workspace.store.heads(DUTY, duty_id) if head.id.count("/") == duty_id.count("/") + 1]
    return tuple(sorted((Done.model_validate_json(head.body) for head in heads), key=lambda one: one.due))


def past(workspace: Workspace, duty_id: str, today: date) -> tuple[PastDay, ...]:
    """Every day of the past of a duty: done, left undone, still open; at whichever level it was asked.

    Raises:
        NotFound: no such duty.
    """
    return duty_row(workspace, duty_id, today).past


def duty_row(workspace: Workspace, duty_id: str, today: date) -> OneDuty:
    """One duty, from whichever source.

    Raises:
        NotFound: no such duty.
    """
    book = Book(setting(workspace, today))
    if book.find(duty_id) is None:
        return _other(book, duty_id)
    subject, line = found(book, duty_id)
    parts, done = book.stretches_of(subject, line), book.done_of(subject, line)
    cell = next((one for one in book.cells(subject) if one.line is line), None)
    row = book.row(subject, cell) if cell else None
    if row is not None and row.last_done is not None:
        row = row.model_copy(update={"lost_evidence": book.lost(row.last_done, sure=True)})
    past_days = sorted(_past(book, subject.id, line.keys, parts, done), key=lambda one: one.due)
    profile = subject.profile
    since = parts[0].first if parts else profile.since
    graced = profile.grace is not None and since == profile.grace.until
    reason = "hạn chuyển tiếp của biện pháp bảo vệ" if graced else profile.why
    begins = f"Tính từ ngày {date_text(since)}: {reason}."
    why = (*why_due(row), begins) if row else (_ended(parts),)
    return OneDuty(row.id if row else duty_id, row.what if row else line.terms[0].what, row, why, tuple(past_days))


def _ended(parts: tuple[Stretch, ...]) -> str:
    if not parts:
        return "Việc này không áp dụng ở cấp độ của hệ thống."
    return f"Việc này không còn áp dụng hoặc không còn kỳ nào phải làm từ sau ngày {date_text(parts[-1].last)}."


def _past(
    book: Book, subject_id: str, keys: frozenset[str], parts: tuple[Stretch, ...], done: tuple[Done, ...]
) -> Iterator[PastDay]:
    today = book.setting.today
    kept = {one.due for one in done}
    last = max((one.due for one in done), default=date.min)
    for due in dues(parts, done, today, today):
        if due.day in kept or due.day >= today:
            continue
        term = due.stretch.term
        state = PastState.NOT_DONE if due.day < last else PastState.OPEN
        yield PastDay(due.day, state, f"{subject_id}/{term.key}", term.what, term.citation)
    for key in keys:
        for one in history(book.setting.workspace, f"{subject_id}/{key}"):
            yield _recorded(book, one)


def _recorded(book: Book, one: Done) -> PastDay:
    state = PastState.UNDONE if one.undone else PastState.DONE
    return PastDay(one.due, state, one.duty_id, one.what, one.citation, one, book.lost(one, sure=True))


def _other(book: Book, duty_id: str) -> OneDuty:
    recorded = tuple(_recorded(book, one) for one in history(book.setting.workspace, duty_id))
    row = next((one for one in other_rows(book.setting) if one.id == duty_id), None)
    if row is not None:
        return OneDuty(row.id, row.what, row, why_due(row), recorded)
    if recorded:
        return OneDuty(duty_id, recorded[-1].what, None, ("Việc này không còn phải làm.",), recorded)
    found(book, duty_id)
    raise NotFound(f"Không có việc “{duty_id}”.")
