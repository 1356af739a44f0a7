"""Fixing how often something is done where the texts leave it open, or more often than they ask."""

from __future__ import annotations

from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.duty import Anchor, Cadency
from compliance.domain.duty_row import every_text
from compliance.domain.duty_term import DutyTerm
from compliance.domain.duty_walk import slower
from compliance.domain.paper import Paper
from compliance.domain.recurrence import Recurrence
from compliance.domain.wording import date_text, nearest
from compliance.errors import Fault, NotFound, Refused
from compliance.services.duty_book import Book, key_of
from compliance.services.duty_decisions import KIND
from compliance.services.duty_finding import found, refuse
from compliance.services.duty_setting import setting
from compliance.services.records import put_over


def decide(
    workspace: Workspace,
    key: str,
    on: Recurrence,
    *,
    today: date,
    anchor: Anchor = Anchor.CALENDAR,
    paper: Paper | None = None,
    decided_on: date | None = None,
    reason: str = "",
) -> Cadency:
    """Fix how often something is done: of one duty by its id, of every system by a bare requirement or rule.

    Raises:
        NotFound: no such duty, requirement or rule.
        Refused, BadData: less often than the law or the standard asks, or decided later than today.
    """
    with workspace.act(reason or f"Ấn định định kỳ {key}") as act:
        book = Book(setting(workspace, today))
        terms = _terms(book, key)
        day = decided_on or today
        fixed = [term for term in terms if term.fixed_by_law]
        faults = [Fault(_fixed(term)) for term in fixed]
        slow = [(term, term.binding) for term in terms if term not in fixed and term.binding]
        faults += [Fault(_too_slow(term, figure)) for term, figure in slow if slower(on, figure)]
        if day > today:
            faults.append(Fault(f"ngày quyết định {date_text(day)} sau hôm nay ({date_text(today)})."))
        faults += [Fault(_not_recurring(term)) for term in terms if not term.dated or term.until]
        refuse(list(dict.fromkeys(faults)), f"Chưa ấn định được định kỳ của {key}")
        made = Cadency(key=key, on=on, anchor=anchor, decided_on=day, paper=paper, reason=reason.strip())
        put_over(act, KIND, made.id, made)
    return made


def _terms(book: Book, key: str) -> tuple[DutyTerm, ...]:
    if "/" in key:
        _, line = found(book, key)
        return tuple(term for term in line.terms if term.key == key_of(key))
    terms = tuple(term for line in book.every_line for term in line.terms if term.key == key)
    if not terms:
        near = nearest(key, {term.key for line in book.every_line for term in line.terms})
        hint = f"Có phải “{near}”?" if near else "Xem danh sách: compliance duties due"
        raise NotFound(f"Không có việc hay yêu cầu “{key}”. {hint}")
    return terms


def _fixed(term: DutyTerm) -> str:
    return f"“{term.what}”: {term.citation} đã định ngày, cơ quan không ấn định khác được."


def _too_slow(term: DutyTerm, fixed: Recurrence) -> str:
    return (
        f"“{term.what}”: {term.citation} yêu cầu ít nhất {every_text(fixed)} một lần; cơ quan chỉ được ấn định bằng "
        "hoặc dày hơn."
    )


def _not_recurring(term: DutyTerm) -> str:
    return f"“{term.what}” không phải việc định kỳ nên không ấn định được ({term.citation})."


def undecide(workspace: Workspace, key: str, *, reason: str) -> Cadency:
    """Withdraw a decision on how often something is done; the history keeps it.

    Raises:
        NotFound: nothing is decided under that key.
        Refused: no reason is given.
    """
    if not reason.strip():
        raise Refused("Hãy nêu lý do: --reason “…”.")
    with workspace.act(reason) as act:
        head = act.head(KIND, key)
        said = Cadency.model_validate_json(head.body) if head else None
        if said is None or said.withdrawn:
            near = nearest(key, workspace.store.ids(KIND))
            raise NotFound(f"Cơ quan chưa ấn định định kỳ nào cho “{key}”." + (f" Có phải “{near}”?" if near else ""))
        gone = said.model_copy(update={"withdrawn": reason.strip()})
        put_over(act, KIND, key, gone)
    return gone
