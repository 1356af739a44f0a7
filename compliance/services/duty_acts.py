"""Recording that a duty was done, taking a record back, fixing how often: all faults at once, nothing half-saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.duty import Anchor, Cadency, Done
from compliance.domain.duty_term import DutyTerm, Lineage
from compliance.domain.duty_walk import Due, Stretch, due_on, dues, period_start, settled, slower
from compliance.domain.paper import Paper
from compliance.domain.recurrence import Recurrence
from compliance.domain.wording import date_text, nearest
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services.duty_book import DUTY, Book, key_of
from compliance.services.duty_decisions import KIND as CADENCE
from compliance.services.duty_setting import setting
from compliance.services.duty_subjects import Subject
from compliance.services.records import put_over


def record_done(
    workspace: Workspace,
    duty_id: str,
    *,
    today: date,
    on: date | None = None,
    due: date | None = None,
    by: str = "",
    evidence_ids: Sequence[str] = (),
    note: str = "",
) -> Done:
    """Record that a duty was done.

    Args:
        workspace: where it is recorded.
        duty_id: the duty.
        today: nothing is done later.
        on: the day it was done; ``None`` for today.
        due: the day it was due; ``None`` for the latest that passed and is open, else the coming one.
        by: who did it; empty for whoever records.
        evidence_ids: what shows it.
        note: free words.

    Raises:
        NotFound: no such duty.
        Refused: it was done already, or is settled by another command.
        BadData: several things stand against it; all are listed.
    """
    with workspace.act(f"Ghi nhận đã làm {duty_id}") as act:
        book = Book(setting(workspace, today))
        subject, line = _found(book, duty_id)
        day = on or today
        served = _served(book, subject, line, due, day)
        done = Done(
            duty_id=f"{subject.id}/{served.stretch.term.key}",
            due=served.day,
            on=day,
            what=served.stretch.term.what,
            citation=served.stretch.term.citation,
            level=served.stretch.term.level or subject.profile.level_on(served.day),
            by=by.strip() or workspace.by,
            evidence_ids=tuple(dict.fromkeys(evidence_ids)),
            note=note.strip(),
        )
        _refuse_twice(book, subject, line, served, done)
        _refuse(
            [*_against(served, day, today), *_against_evidence(book, evidence_ids)],
            f"Việc {duty_id} chưa được ghi nhận",
        )
        put_over(act, DUTY, done.id, done)
    return done


def _refuse(faults: Sequence[Fault], said: str) -> None:
    if len(faults) == 1:
        raise Refused(str(faults[0]))
    if faults:
        raise BadData(f"{said}: có {len(faults)} lỗi. Hãy sửa rồi làm lại.", faults)


def _found(book: Book, duty_id: str) -> tuple[Subject, Lineage]:
    found = book.find(duty_id)
    if found is not None:
        return found
    known = [f"{subject.id}/{cell.term.key}" for subject in book.subjects for cell in book.cells(subject)]
    near = nearest(duty_id, known)
    hint = f"Có phải “{near}”?" if near else "Xem danh sách: compliance duties due"
    raise NotFound(f"Không có nghĩa vụ “{duty_id}”. {hint}")


def _served(book: Book, subject: Subject, line: Lineage, due: date | None, day: date) -> Due:
    """The occurrence a doing is for."""
    today = book.setting.today
    parts, done = book.stretches_of(subject, line), book.done_of(subject, line)
    now = next((part for part in parts if part.last >= today), parts[-1] if parts else None)
    if now is None:
        raise Refused("Nghĩa vụ này chưa bắt đầu hoặc không còn áp dụng nên không ghi nhận được.")
    if due is not None:
        return due_on(parts, done, today, due) or _refuse_day(parts, done, today, due, now)
    if now.recurrence is None and now.term.until is None:
        return Due(day, now)
    passed: Due | None = None
    for one in dues(parts, done, today, date.max):
        if settled(one, done):
            continue
        if one.day >= today:
            return passed or one
        passed = one
    if passed is None:
        raise Refused(f"“{now.term.what}” không còn kỳ nào phải làm; mọi kỳ đã được ghi nhận.")
    return passed


def _refuse_day(parts: Sequence[Stretch], done: Sequence[Done], today: date, due: date, now: Stretch) -> Due:
    """What has no fixed days takes any day; else the days there are are named."""
    if now.recurrence is None and now.term.until is None:
        return Due(due, now)
    before, after = None, None
    for one in dues(parts, done, today, date.max):
        if one.day > due:
            after = one.day
            break
        before = one.day
    near = " và ".join(date_text(day) for day in (before, after) if day)
    said = f" Kỳ gần nhất: {near}." if near else ""
    raise Refused(f"“{now.term.what}” không có kỳ đến hạn ngày {date_text(due)}.{said}")


def _refuse_twice(book: Book, subject: Subject, line: Lineage, served: Due, done: Done) -> None:
    for one in book.done_of(subject, line):
        again = one.due == served.day
        counted = served.stretch.anchor is Anchor.LAST_DONE and done.on <= one.on
        if again or counted:
            shown = f", minh chứng {', '.join(one.evidence_ids)}" if one.evidence_ids else ""
            raise Refused(
                f"“{one.what}” đến hạn ngày {date_text(one.due)} đã được ghi nhận làm ngày {date_text(one.on)}{shown}. "
                f"Nếu ghi nhầm thì bỏ: compliance duties undo {one.duty_id} --for {one.due:%d/%m/%Y} --reason “…”"
            )


def _against(served: Due, day: date, today: date) -> Iterator[Fault]:
    if day > today:
        yield Fault(f"ngày thực hiện {date_text(day)} sau hôm nay ({date_text(today)}); chỉ ghi việc đã làm.")
    begins = period_start(served.stretch, served.day)
    if begins is not None and day < begins:
        yield Fault(
            f"ngày thực hiện {date_text(day)} trước khi bắt đầu kỳ ({date_text(begins)}–{date_text(served.day)}); làm "
            "trước kỳ không thay cho kỳ này."
        )


def _against_evidence(book: Book, evidence_ids: Sequence[str]) -> Iterator[Fault]:
    known = book.setting.evidence
    for id_ in dict.fromkeys(evidence_ids):
        if id_ not in known:
            near = nearest(id_, known)
            yield Fault(f"không có minh chứng “{id_}”." + (f" Gần nhất là “{near}”." if near else ""))
        elif known[id_].withdrawn:
            yield Fault(f"minh chứng {id_} đã bỏ giá trị ({known[id_].withdrawn}); hãy nêu minh chứng khác.")


def undo(workspace: Workspace, duty_id: str, due: date, *, reason: str) -> Done:
    """Say that a duty recorded as done was not; the history keeps it.

    Raises:
        NotFound: nothing is recorded for that day.
        Refused: no reason is given.
    """
    if not reason.strip():
        raise Refused("Hãy nêu lý do: --reason “…”.")
    id_ = f"{duty_id}/{due.isoformat()}"
    with workspace.act(reason) as act:
        head = act.head(DUTY, id_)
        done = Done.model_validate_json(head.body) if head else None
        if done is None or done.undone:
            raise NotFound(
                f"“{duty_id}” không có ghi nhận nào cho kỳ {date_text(due)}. Xem: compliance duties history {duty_id}"
            )
        taken_back = done.model_copy(update={"undone": reason.strip()})
        put_over(act, DUTY, id_, taken_back)
    return taken_back


def history(workspace: Workspace, duty_id: str) -> tuple[Done, ...]:
    """What was recorded of a duty under this id, those taken back included, in the order of the days it was due."""
    found = [Done.model_validate_json(head.body) for head in workspace.store.heads(DUTY, duty_id)]
    return tuple(sorted(found, key=lambda one: one.due))


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
        faults = [Fault(_too_slow(term, term.binding)) for term in terms if term.binding and slower(on, term.binding)]
        if day > today:
            faults.append(Fault(f"ngày quyết định {date_text(day)} sau hôm nay ({date_text(today)})."))
        faults += [Fault(_not_recurring(term)) for term in terms if not term.dated or term.until]
        _refuse(list(dict.fromkeys(faults)), f"Chưa ấn định được định kỳ của {key}")
        made = Cadency(key=key, on=on, anchor=anchor, decided_on=day, paper=paper, reason=reason.strip())
        put_over(act, CADENCE, made.id, made)
    return made


def _terms(book: Book, key: str) -> tuple[DutyTerm, ...]:
    if "/" in key:
        _, line = _found(book, key)
        return tuple(term for term in line.terms if term.key == key_of(key))
    terms = tuple(term for line in book.every_line for term in line.terms if term.key == key)
    if not terms:
        near = nearest(key, {term.key for line in book.every_line for term in line.terms})
        hint = f"Có phải “{near}”?" if near else "Xem danh sách: compliance duties due"
        raise NotFound(f"Không có nghĩa vụ hay yêu cầu “{key}”. {hint}")
    return terms


def _too_slow(term: DutyTerm, fixed: Recurrence) -> str:
    return f"“{term.what}”: {term.citation} yêu cầu ít nhất {fixed.text}; cơ quan chỉ được ấn định bằng hoặc dày hơn."


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
        head = act.head(CADENCE, key)
        said = Cadency.model_validate_json(head.body) if head else None
        if said is None or said.withdrawn:
            near = nearest(key, workspace.store.ids(CADENCE))
            raise NotFound(f"Cơ quan chưa ấn định định kỳ nào cho “{key}”." + (f" Có phải “{near}”?" if near else ""))
        gone = said.model_copy(update={"withdrawn": reason.strip()})
        put_over(act, CADENCE, key, gone)
    return gone
