"""How the clocks of an incident stand: which run, which are met, late or only possible; pure arithmetic on moments.

Every limit runs from T0. A judgement made later (the incident is serious after all) moves nothing: its clock has run
since T0. What was late stays late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from compliance.domain.blank import Frozen
from compliance.domain.condition import Facts, Truth, deciding_facts
from compliance.domain.incident import Incident, Notice, NoticeKind
from compliance.domain.incident_rules import ClockRule, IncidentRules, Severity
from compliance.domain.moment import between, later, moment_text, span_text
from compliance.domain.system import FactValue

_NOTHING = timedelta(0)


class ClockState(StrEnum):
    """How one clock stands."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    RUNNING = "running"
    POSSIBLE = "possible"
    MET_LATE = "met_late"
    MET = "met"
    NOT_OWED = "not_owed"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "overdue": "Quá hạn, chưa gửi",
            "due_soon": "Sắp hết hạn",
            "running": "Đang trong hạn",
            "possible": "Chưa kết luận",
            "met_late": "Quá hạn, đã gửi",
            "met": "Đã gửi",
            "not_owed": "Không phải gửi",
        }[self.value]

    @property
    def owed(self) -> bool:
        """Whether something must still be sent."""
        return self in {ClockState.OVERDUE, ClockState.DUE_SOON, ClockState.RUNNING}


class RunningClock(Frozen):
    """One clock of one incident at a moment.

    ``due`` is T0 for what is due at once. ``sent_at`` is when the first notice that stops it was sent, ``late`` how
    long after the limit that was; ``left`` the time left to ``due``, below zero once it passed, ``None`` when stopped.
    ``took`` is the time from T0 to the notice. ``judged_at`` is since when it is known that the clock runs, where that
    was judged after the incident had been recorded. ``hinges_on`` names the facts it hangs on.
    """

    rule: ClockRule
    state: ClockState
    due: datetime | None
    sent_at: datetime | None = None
    notice_id: str = ""
    late: timedelta | None = None
    left: timedelta | None = None
    took: timedelta | None = None
    judged_at: datetime | None = None
    hinges_on: tuple[str, ...] = ()

    def text(self, now: datetime) -> str:
        """How it stands, as one says it to an officer."""
        if self.state is ClockState.NOT_OWED:
            return f"không phải gửi: cơ quan đã kết luận không phải trường hợp {self.rule.applies}"
        if self.sent_at is not None:
            return self._sent_text()
        told = self._open_text(now)
        if self.state is ClockState.POSSIBLE:
            return f"nếu {self.rule.applies}: {told}; hãy kết luận"
        return told + (f"; kết luận lúc {moment_text(self.judged_at)}" if self.judged_at else "")

    def _sent_text(self) -> str:
        if self.sent_at is None or self.took is None:
            raise AssertionError("only what was sent is told so")
        when = moment_text(self.sent_at)
        if self.late is None:
            told = f"đã gửi lúc {when}"
            return (
                f"{told}, {span_text(self.took)} sau khi phát hiện" if self.rule.hours is None else f"{told}, trong hạn"
            )
        hour, _, day = when.partition(" ngày ")
        late = f"quá hạn, đã báo cáo ngày {day} lúc {hour} (chậm {span_text(self.late)})"
        return f"nếu {self.rule.applies} thì {late}" if self.state is ClockState.POSSIBLE else late

    def _open_text(self, now: datetime) -> str:
        if self.due is None or self.left is None:
            raise AssertionError("an open clock has its limit")
        if self.rule.hours is None:
            return f"phải báo ngay; đã qua {span_text(between(self.due, now))} từ khi phát hiện"
        if self.left < _NOTHING:
            return f"đã quá hạn {span_text(self.left)} (hạn {moment_text(self.due)}); gửi ngay và nêu lý do chậm"
        return f"còn {span_text(self.left)}, hạn {moment_text(self.due)}"


class Judged(Frozen):
    """The severity as it is known: the gravest degree that is certain, and the graver ones nobody ruled out."""

    severity: Severity | None
    open: tuple[Severity, ...] = ()

    @property
    def text(self) -> str:
        """In words."""
        if self.severity is None:
            return "Chưa kết luận mức độ"
        return self.severity.title + (" (chưa loại trừ mức cao hơn)" if self.open else "")


Judgements = Sequence[tuple[datetime, Facts]]
"""The facts as each version of the record said them, with when it was saved, oldest first."""


def clocks(
    rules: IncidentRules,
    incident: Incident,
    notices: Iterable[Notice],
    now: datetime,
    *,
    facts: Facts | None = None,
    judgements: Judgements = (),
) -> tuple[RunningClock, ...]:
    """Every clock of the incident at ``now``, in the order of the rules.

    Args:
        rules: the clocks there are.
        incident: what happened.
        notices: everything recorded as sent; undone ones do not count.
        now: the moment, in any zone.
        facts: the facts of the incident with what other records say filled in; ``None`` for its own alone.
        judgements: what each version of the record said, to tell since when a clock is known to run.
    """
    setting = _Setting(
        incident=incident,
        sent=sorted((one for one in notices if not one.undone), key=lambda one: (one.sent_at, one.number)),
        now=now,
        facts=incident.facts if facts is None else facts,
        judgements=judgements,
        remind_hours=rules.remind_hours,
    )
    return tuple(_clock(rule, setting) for rule in rules.clocks)


class _Setting(NamedTuple):
    """What the clocks of one incident are read against."""

    incident: Incident
    sent: Sequence[Notice]
    now: datetime
    facts: Facts
    judgements: Judgements
    remind_hours: Sequence[int]


def _clock(rule: ClockRule, setting: _Setting) -> RunningClock:
    owed: Truth = True if rule.when is None else rule.when.truth(setting.facts)
    due = due_at(rule, setting.incident.detected_at)
    hinges = deciding_facts(rule.when, setting.facts) if rule.when is not None else ()
    bare = RunningClock(rule=rule, state=ClockState.NOT_OWED, due=due, hinges_on=hinges)
    stopping = next((one for one in setting.sent if stops(rule, one)), None)
    if stopping is not None:
        return _stopped(bare, stopping, owed, setting.incident.detected_at)
    if owed is False:
        return bare
    left = between(setting.now, due)
    state = ClockState.POSSIBLE if owed is None else _open_state(rule, left, setting.remind_hours)
    since = judged_at(rule, setting.judgements) if owed else None
    return bare.model_copy(update={"state": state, "left": left, "judged_at": since})


def _stopped(bare: RunningClock, notice: Notice, owed: Truth, detected_at: datetime) -> RunningClock:
    took = between(detected_at, notice.sent_at)
    late = lateness(bare.rule, took)
    state = ClockState.MET if late is None else ClockState.MET_LATE
    if owed is False:
        state = ClockState.NOT_OWED
    elif owed is None and late is not None:
        state = ClockState.POSSIBLE
    met = {"sent_at": notice.sent_at, "notice_id": notice.id, "took": took, "late": late}
    return bare.model_copy(update={**met, "state": state})


def _open_state(rule: ClockRule, left: timedelta, remind_hours: Sequence[int]) -> ClockState:
    if rule.hours is None or left < _NOTHING:
        return ClockState.OVERDUE
    soon = [hours for hours in remind_hours if hours < rule.hours]
    return ClockState.DUE_SOON if soon and left <= timedelta(hours=max(soon)) else ClockState.RUNNING


def due_at(rule: ClockRule, detected_at: datetime) -> datetime:
    """When the limit ends, in Việt Nam time; T0 itself for what is due at once."""
    return later(detected_at, timedelta(hours=rule.hours or 0))


def stops(rule: ClockRule, notice: Notice) -> bool:
    """Whether a notice stops a clock: one it was said to stop, else one of the right kind."""
    if notice.undone:
        return False
    return rule.id in notice.clocks if notice.clocks else notice.kind in rule.met_by


def lateness(rule: ClockRule, took: timedelta) -> timedelta | None:
    """How long after its limit a notice was sent; ``None`` in time.

    What is due at once has no figure: it is called late only past ``late_after_hours``, and then since T0.
    """
    if rule.hours is not None:
        over = took - timedelta(hours=rule.hours)
        return over if over > _NOTHING else None
    grace = rule.late_after_hours
    return took if grace is not None and took > timedelta(hours=grace) else None


def judged_at(rule: ClockRule, judgements: Judgements) -> datetime | None:
    """Since when the condition of a clock is known to hold; ``None`` when it was so from the first record on."""
    if rule.when is None:
        return None
    since: datetime | None = None
    for at, facts in reversed(judgements):
        if rule.when.truth(facts) is not True:
            return since
        since = at
    return None


def stopped_by(rules: IncidentRules, kind: NoticeKind) -> tuple[str, ...]:
    """The clocks a notice of this kind stops."""
    return tuple(rule.id for rule in rules.clocks if kind in rule.met_by)


def judged(rules: IncidentRules, facts: Facts) -> Judged:
    """The severity the facts allow to say."""
    graver: list[Severity] = []
    for one in rules.severities:
        truth = one.when.truth(facts)
        if truth is True:
            return Judged(severity=one, open=tuple(graver))
        if truth is None:
            graver.append(one)
    return Judged(severity=None, open=tuple(graver))


def reminders(clock: RunningClock, remind_hours: Iterable[int]) -> tuple[datetime, ...]:
    """The moments at which one is reminded of a clock: so many hours before its end, and at its end."""
    if clock.due is None or clock.rule.hours is None:
        return ()
    before = sorted((hours for hours in remind_hours if hours < clock.rule.hours), reverse=True)
    return (*(later(clock.due, timedelta(hours=-hours)) for hours in before), clock.due)


def next_reminder(clock: RunningClock, remind_hours: Iterable[int], now: datetime) -> datetime | None:
    """The next reminder of a clock still open; ``None`` when all have passed or it is stopped."""
    if clock.sent_at is not None or clock.state is ClockState.NOT_OWED:
        return None
    return next((at for at in reminders(clock, remind_hours) if between(now, at) > _NOTHING), None)


def filled_in(own: Facts, found: Mapping[str, bool | None]) -> dict[str, FactValue | None]:
    """The facts with those nobody answered filled from other records."""
    return {name: found.get(name) if value is None else value for name, value in own.items()}
