"""Duties as entries of a calendar that leaves the house: what each shows, when, and nothing that is nobody's business.

A file of appointments is mailed, synchronised and shown on lock screens. So an entry names the activity, how many
systems it is about, the clause and the command that tells more; never a system, an address, a finding or a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid5

from compliance.domain.blank import Frozen
from compliance.domain.duty import Occurrence, Source
from compliance.domain.duty_group import DutyGroup, GroupDay, duty_groups
from compliance.domain.recurrence import Recurrence, Span
from compliance.domain.wording import date_text

_LONG = 6
"""Months from which on a recurrence is reminded of like a yearly one."""
_SPACE = UUID("6f1f2c56-6a0f-5d0e-9d3c-3f7f4b1c2a11")
"""The name space of the ids of entries; never to be changed, or every office gets its entries twice."""
_SAFE_TO_NAME = frozenset({Source.LAW, Source.STANDARD, Source.TRANSITION, Source.ROAD})
"""Where what a duty is called comes from the shipped law and not from what somebody typed."""
_BY_SOURCE = {
    Source.LAW: "Nghĩa vụ bảo đảm an ninh mạng",
    Source.STANDARD: "Việc định kỳ bảo đảm an ninh mạng",
    Source.TRANSITION: "Thời hạn chuyển tiếp về an ninh mạng",
    Source.ROAD: "Thời hạn xử lý hồ sơ đề xuất cấp độ",
    Source.EVIDENCE: "Minh chứng sắp hết giá trị",
    Source.FINDING: "Thời hạn khắc phục tồn tại",
    Source.CUSTODY: "Thiết bị, tài khoản hoặc chứng nhận đến hạn",
    Source.CONTRACT: "Hợp đồng đến hạn",
    Source.INCIDENT: "Thời hạn báo cáo, xử lý sự cố",
}


class Instance(Frozen):
    """One day of a recurring entry that differs from the rule: shown on ``day``; ``done`` needs no reminder."""

    due: date
    day: date
    summary: str
    description: str
    done: bool = False


class CalendarEvent(Frozen):
    """One entry: all-day, on ``start`` and after its ``rule`` (RFC 5545, empty = once); ``alarms`` in days before.

    ``uid`` is the same at every export; ``instances`` are days shown otherwise than the rule says, ``without`` days of
    the rule on which nothing is due.
    """

    uid: str
    summary: str
    description: str
    start: date
    rule: str = ""
    without: tuple[date, ...] = ()
    alarms: tuple[int, ...] = ()
    instances: tuple[Instance, ...] = ()

    @property
    def digest(self) -> str:
        """Changes with anything the entry shows."""
        text = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return sha256(text.encode()).hexdigest()[:16]


def discreet(one: Occurrence) -> Occurrence:
    """The same day with nothing in its words that somebody typed: those share a title that says only what it is."""
    row = one.row
    named = row.system_name.casefold()
    if row.source in _SAFE_TO_NAME and not (named and named in row.what.casefold()):
        return one
    bare = {"what": _BY_SOURCE[row.source], "citation": "", "uncertain": "", "evidence": "", "note": ""}
    return one.model_copy(update={"row": row.model_copy(update=bare)})


def calendar_events(occurrences: Iterable[Occurrence], *, last: date, workspace: str) -> tuple[CalendarEvent, ...]:
    """The entries, by their first day.

    Args:
        occurrences: the days; their first year is the first a recurring entry shows.
        last: the last day they were looked for.
        workspace: what tells this office's records from any other's; never printed.
    """
    groups = duty_groups(map(discreet, occurrences), last_apart=True)
    made = (_event(group, last, workspace) for group in groups)
    return tuple(sorted(made, key=lambda one: (one.start, one.summary, one.uid)))


def _event(group: DutyGroup, last: date, workspace: str) -> CalendarEvent:
    uid, told = _uid(group, workspace), _description(group)
    if group.recurrence is None:
        only = group.days[0]
        return CalendarEvent(
            uid=uid,
            summary=_summary(group, only),
            description=_told(told, only),
            start=only.safe_day,
            alarms=() if only.all_done else alarms_of(None),
        )
    days = _counted_on(group)
    rule, without = _rule(group, group.recurrence, [one.due for one in days], last)
    instances = (
        Instance(
            due=one.due,
            day=one.safe_day,
            summary=_summary(group, one),
            description=_told(told, one),
            done=one.all_done,
        )
        for one in days
        if one.safe_day != one.due or one.all_done
    )
    return CalendarEvent(
        uid=uid,
        summary=_title(group, days[-1]),
        description=told,
        start=days[0].due,
        rule=rule,
        without=without,
        alarms=alarms_of(group.recurrence),
        instances=tuple(instances),
    )


def _counted_on(group: DutyGroup) -> tuple[GroupDay, ...]:
    """The days of a rule; where it counts from the last time done, those that follow if each is kept on its day."""
    if not group.counts_from_last or group.recurrence is None:
        return group.days
    done = max((at for at, one in enumerate(group.days) if one.all_done), default=-1)
    ahead = group.days[done + 1 :] or group.days[-1:]
    turns = set(_kept(group.recurrence, ahead[0].due).between(ahead[0].due, ahead[-1].due))
    return tuple(one for one in ahead if one.due in turns)


def _kept(recurrence: Recurrence, first: date) -> Recurrence:
    return Recurrence.from_day(first, recurrence.span, recurrence.every)


def _rule(group: DutyGroup, recurrence: Recurrence, days: Sequence[date], last: date) -> tuple[str, tuple[date, ...]]:
    """The rule from the first day, ended where nothing is due any more, and its days on which nothing is."""
    if group.counts_from_last:
        return _kept(recurrence, days[0]).rule(), ()
    ends, due = days[-1], set(days)
    over = any(ends < day for day in recurrence.between(days[0], last))
    without = tuple(day for day in recurrence.between(days[0], ends) if day not in due)
    return recurrence.rule() + (f";UNTIL={ends:%Y%m%d}" if over else ""), without


def alarms_of(rule: Recurrence | None) -> tuple[int, ...]:
    """How many days before an entry to remind of it, the farthest first."""
    if rule is None or (rule.span is Span.MONTH and rule.every >= _LONG):
        return (30, 7, 1)
    return (7, 1) if rule.span is Span.MONTH else (1,)


def _uid(group: DutyGroup, workspace: str) -> str:
    """From the office and the line, not from time or order."""
    if group.recurrence is None:
        turn = group.days[0].due.isoformat()
    elif group.counts_from_last:
        turn = "\n".join([*group.duty_ids, group.recurrence.span.value, str(group.recurrence.every)])
    else:
        turn = group.recurrence.rule()
    parts = [workspace, group.source.value, group.kind.value, group.what, group.unit_id, turn]
    return str(uuid5(_SPACE, "\n".join(parts)))


def _title(group: DutyGroup, day: GroupDay) -> str:
    count = len(day.system_ids)
    return f"{group.what} ({count:02d} hệ thống)" if count else group.what


def _summary(group: DutyGroup, day: GroupDay) -> str:
    """``Đã xong: …`` once nothing is left; the last day that counts where it is another."""
    done = "Đã xong: " if day.all_done else ""
    last = f", hạn cuối {date_text(day.due)}" if day.due != day.safe_day else ""
    return f"{done}{_title(group, day)}{last}"


def _description(group: DutyGroup) -> str:
    unit = f" --unit {group.unit_id}" if group.unit_id else ""
    lines = [
        f"Căn cứ: {group.clause}." if group.clause else "",
        f"Tính chất: {group.kind.label.lower()}.",
        f"Định kỳ: {group.recurrence.text}; {group.anchor.label}." if group.recurrence and group.anchor else "",
        f"Điểm chưa rõ của quy định: {group.uncertain}" if group.uncertain else "",
        f"Xem hệ thống và tình trạng: compliance duties due{unit}",
    ]
    return "\n".join(line for line in lines if line)


def _told(description: str, day: GroupDay) -> str:
    if day.due == day.safe_day:
        return description
    known = "" if day.announced else f" Lịch nghỉ hoán đổi năm {day.due.year} chưa công bố, hãy kiểm tra lại."
    return (
        f"Hạn cuối theo quy định: ngày {date_text(day.due)}, trùng ngày nghỉ; nên xong trong ngày làm việc "
        f"{date_text(day.safe_day)}.{known}\n{description}"
    )
