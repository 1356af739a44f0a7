"""Recording that duties were done and taking a record back: all faults at once, nothing half-saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.duty import Anchor, Done, DutyRow
from compliance.domain.duty_walk import Due, Stretch, due_on, dues, period_start, settled
from compliance.domain.wording import date_text
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services.duty_book import DUTY, Book
from compliance.services.duty_finding import found, refuse
from compliance.services.duty_past import history
from compliance.services.duty_setting import setting
from compliance.services.duty_sources import other_rows
from compliance.services.evidence import unknown_evidence
from compliance.services.incident_duties import after_named
from compliance.services.incident_followups import Following, followings
from compliance.services.records import put_over

_HERE = ("compliance duties done", "compliance incidents followed")
"""The commands that settle by a record of this kind; doing what an incident brings about is the same record."""


@dataclass(frozen=True)
class Doing:
    """How duties were done: ``on`` which day (``None`` = today), for which day ``due`` (``None`` = the open one)."""

    on: date | None = None
    due: date | None = None
    by: str = ""
    evidence_ids: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Recorded:
    """What was recorded: ``skipped`` are earlier days that stay not done, ``coming`` the next one, if any."""

    done: Done
    skipped: tuple[date, ...] = ()
    coming: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            **self.done.model_dump(mode="json"),
            "late": self.done.late,
            "skipped": [day.isoformat() for day in self.skipped],
            "coming": self.coming.isoformat() if self.coming else None,
        }


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
    """Record that a duty was done; see :func:`record_all`."""
    doing = Doing(on=on, due=due, by=by, evidence_ids=evidence_ids, note=note)
    return record_all(workspace, (duty_id,), doing, today=today)[0].done


def record_all(workspace: Workspace, duty_ids: Iterable[str], doing: Doing, *, today: date) -> tuple[Recorded, ...]:
    """Record that duties were done, all of them or none.

    Without a day it was due, a doing serves the latest day that passed and is open, else the coming one.

    Args:
        workspace: where it is recorded.
        duty_ids: the duties; doubled ones count once.
        doing: how they were done.
        today: nothing is done later.

    Raises:
        NotFound: no such duty.
        Refused: one thing stands against it: done already, settled by another command, no such day.
        BadData: several things do; all are listed.
    """
    with workspace.act("Ghi nhận việc đã làm") as act:
        book = Book(setting(workspace, today))
        made, faults = [], list(unknown_evidence(workspace, doing.evidence_ids))
        wanted = tuple(dict.fromkeys(duty_ids))
        for duty_id in wanted:
            try:
                made.append(_recorded(book, duty_id, doing))
            except _Faulty as error:
                faults += error.faults
            except NotFound as error:
                if len(wanted) == 1 and not faults:
                    raise
                faults.append(Fault(str(error)))
        refuse(faults, "Chưa ghi nhận được")
        for one in made:
            put_over(act, DUTY, one.done.id, one.done)
    return tuple(made)


class _Faulty(Exception):
    """What stands against one doing."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


def _recorded(book: Book, duty_id: str, doing: Doing) -> Recorded:
    today = book.setting.today
    said = replace(doing, on=doing.on or today, by=doing.by.strip() or book.setting.workspace.by)
    if book.find(duty_id) is None:
        if (other := _other(book, duty_id)) is not None:
            return Recorded(_done_other(book, other, said))
        if (before := _standing_record(book, duty_id)) is not None:
            raise _Faulty(_done_already(before))
    subject, line = found(book, duty_id)
    parts, done = book.stretches_of(subject, line), book.done_of(subject, line)
    served = _served(duty_id, parts, done, today, said)
    day = said.on or today
    faults = list(_twice(served, done, day)) or list(_against(served, day, today))
    if not faults and said.due is None:
        faults = [_same_day(one, served) for one in done if one.on == day][:1]
    if faults:
        raise _Faulty(*faults)
    term = served.stretch.term
    level = term.level or subject.profile.level_on(served.day)
    made = _made(f"{subject.id}/{term.key}", served.day, (term.what, term.citation), level, said)
    after = (*done, made)
    coming = next((one.day for one in dues(parts, after, today, date.max) if not settled(one, after)), None)
    skipped = (one for one in dues(parts, done, today, served.day) if one.day < served.day and not settled(one, done))
    return Recorded(made, tuple(one.day for one in skipped), coming)


def _made(duty_id: str, due: date, asked: tuple[str, str], level: int | None, said: Doing) -> Done:
    return Done(
        duty_id=duty_id,
        due=due,
        on=said.on or due,
        what=asked[0],
        citation=asked[1],
        level=level,
        by=said.by,
        evidence_ids=tuple(dict.fromkeys(said.evidence_ids)),
        note=said.note.strip(),
    )


def _served(duty_id: str, parts: Sequence[Stretch], done: Sequence[Done], today: date, said: Doing) -> Due:
    """The day a doing is for."""
    now = next((part for part in parts if part.last >= today), parts[-1] if parts else None)
    if now is None:
        raise _Faulty(Fault(f"việc “{duty_id}” không áp dụng ở cấp độ hiện nay của hệ thống nên không ghi được."))
    undated = now.recurrence is None and now.term.until is None
    if said.due is not None:
        served = due_on(parts, done, today, said.due) or (Due(said.due, now) if undated else None)
        if served is None:
            raise _Faulty(_no_such_day(now, parts, done, today, said.due))
        return served
    passed: Due | None = None
    for one in dues(parts, done, today, date.max):
        if settled(one, done):
            continue
        if one.day >= today:
            return passed or one
        passed = one
    if passed is None and undated:
        return Due(said.on or today, now)
    if passed is None:
        raise _Faulty(Fault(f"“{now.term.what}” không còn kỳ nào phải làm; mọi kỳ đã được ghi nhận."))
    return passed


def _no_such_day(now: Stretch, parts: Sequence[Stretch], done: Sequence[Done], today: date, due: date) -> Fault:
    before: date | None = None
    after: date | None = None
    for one in dues(parts, done, today, date.max):
        if one.day > due:
            after = one.day
            break
        before = one.day
    near = " và ".join(date_text(day) for day in (before, after) if day)
    said = f" Kỳ gần nhất: {near}." if near else ""
    return Fault(f"“{now.term.what}” không có kỳ đến hạn ngày {date_text(due)}.{said}")


def _twice(served: Due, done: Sequence[Done], day: date) -> Iterator[Fault]:
    begins = period_start(served.stretch, served.day)
    for one in done:
        counted = served.stretch.anchor is Anchor.LAST_DONE and day <= one.on
        again = begins is not None and day < begins and one.on <= day <= one.due
        if one.due == served.day or counted or again:
            yield _done_already(one)
            return


def _done_already(one: Done) -> Fault:
    shown = f", minh chứng {', '.join(one.evidence_ids)}" if one.evidence_ids else ", không nêu minh chứng"
    return Fault(
        f"“{one.what}” ({one.duty_id}) kỳ {date_text(one.due)} đã được ghi nhận làm ngày {date_text(one.on)}{shown}. "
        f"Nếu ghi nhầm thì bỏ ghi nhận: compliance duties undo {one.duty_id} --for {one.due:%d/%m/%Y} --reason “…”"
    )


def _same_day(one: Done, served: Due) -> Fault:
    """Late for one period and told again, a doing is not the next period's too, unless somebody says so."""
    said = _done_already(one)
    more = f"Nếu là lần làm khác, cho kỳ {date_text(served.day)}, thì nêu kỳ đó: --for {served.day:%d/%m/%Y}"
    return said._replace(message=f"{said.message}. {more}")


def _against(served: Due, day: date, today: date) -> Iterator[Fault]:
    yield from _not_ahead(day, today)
    begins = period_start(served.stretch, served.day)
    if begins is not None and day < begins:
        yield Fault(
            f"ngày làm {date_text(day)} trước khi kỳ này bắt đầu (kỳ từ {date_text(begins)} đến "
            f"{date_text(served.day)}); làm cho kỳ khác thì nêu kỳ đó: --for NGÀY."
        )


def _not_ahead(day: date, today: date) -> Iterator[Fault]:
    if day > today:
        yield Fault(f"ngày làm {date_text(day)} sau hôm nay ({date_text(today)}); chỉ ghi nhận việc đã làm.")


def _other(book: Book, duty_id: str) -> DutyRow | None:
    """The row another record brings under this id."""
    return next((row for row in other_rows(book.setting) if row.id == duty_id), None)


def _done_other(book: Book, row: DutyRow, said: Doing) -> Done:
    """Deadlines and what an incident brings about are recorded here; the rest is settled where it comes from."""
    if not row.settle.startswith(_HERE):
        raise _Faulty(Fault(f"“{row.what}” ({row.id}) không ghi nhận ở đây. Hãy dùng lệnh: {row.settle}"))
    if (named := after_named(row.id)) is not None:
        return _followed(book, named, said)
    if row.due is None:
        raise AssertionError("only what follows an incident is recorded without a day")
    if said.due not in {None, row.due}:
        raise _Faulty(Fault(f"“{row.what}” ({row.id}) chỉ có một hạn là ngày {date_text(row.due)}; bỏ --for."))
    faults = list(_not_ahead(said.on or row.due, book.setting.today))
    made = _made(row.id, row.due, (row.what, row.citation), row.level, said)
    if faults:
        raise _Faulty(*faults)
    return made


def _followed(book: Book, named: tuple[str, str, str], said: Doing) -> Done:
    """What follows an incident, by the same service as ``incidents followed``."""
    subject, incident_id, after_id = named
    system_ids = (subject,) if subject in book.setting.systems else ()
    following = Following(said.on, said.by, system_ids, tuple(said.evidence_ids), said.note)
    try:
        return followings(book.setting.workspace, incident_id, after_id, following, today=book.setting.today)[0]
    except BadData as error:
        raise _Faulty(*error.faults) from None


def _standing_record(book: Book, duty_id: str) -> Done | None:
    """What was recorded of a duty other records brought, which is gone from the list since."""
    return next((one for one in history(book.setting.workspace, duty_id) if not one.undone), None)


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
