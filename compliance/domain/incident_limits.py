"""The limits a paper of an incident keeps or tells of, in words for its reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from compliance.domain.condition import Facts
from compliance.domain.incident import NoticeKind
from compliance.domain.incident_clocks import ClockState, RunningClock
from compliance.domain.incident_paper import Lateness, PaperClock, limit_text
from compliance.domain.moment import VIETNAM, between, moment_text, span_text
from compliance.domain.printed import value

Clocks = Sequence[RunningClock]


def limit_of(kind: NoticeKind, clocks: Clocks, facts: Facts) -> RunningClock | None:
    """The clock this kind of paper stops: of those that surely run the first to end that is not met yet, else any."""
    mine = [one for one in clocks if one.state is not ClockState.NOT_OWED and kind in one.rule.met_by]
    order = sorted(mine, key=lambda one: (not runs(one, facts), one.sent_at is not None, _end(one)))
    return order[0] if order else None


def runs(one: RunningClock, facts: Facts) -> bool:
    """Whether the facts say that a clock runs, be it met or not; what nobody judged yet does not surely run."""
    return one.rule.when is None or one.rule.when.truth(facts) is True


def _end(one: RunningClock) -> datetime:
    return one.due or datetime.max.replace(tzinfo=VIETNAM)


def told_clock(one: RunningClock, kind: NoticeKind, now: datetime) -> PaperClock:
    """A clock as a paper of this kind tells of it at ``now``."""
    stand, late = _stand(one, kind, now)
    return PaperClock(
        title=one.rule.title,
        to=one.rule.to,
        due=limit_text(one.due) if one.due and one.rule.hours else "ngay khi phát hiện",
        stand=stand,
        at_once=not one.rule.hours,
        late=late,
        possible=one.state is ClockState.POSSIBLE,
        citation=one.rule.citation,
    )


def _stand(one: RunningClock, kind: NoticeKind, now: datetime) -> tuple[str, bool]:
    """How a clock stands in words, and whether it is or was late; what this paper itself does is said so."""
    if one.sent_at is not None:
        sent = limit_text(one.sent_at)
        if one.late:
            return f"quá hạn, đã báo cáo lúc {sent} (chậm {span_text(one.late)})", True
        told = f"đã báo cáo lúc {sent}"
        at_once = one.took is not None and not one.rule.hours
        return f"{told} ({span_text(one.took)} sau khi phát hiện)" if at_once and one.took else told, False
    if one.state is ClockState.POSSIBLE:
        return "chưa kết luận có thuộc trường hợp này hay không", False
    mine = kind in one.rule.met_by
    over = between(one.due, now) if one.due and one.rule.hours and now > one.due else None
    if over is None:
        return "thực hiện bằng văn bản này" if mine else "chưa báo cáo", False
    said = "thực hiện bằng văn bản này" if mine else "chưa báo cáo"
    return f"{said}, quá hạn {span_text(over)}", True


def _owed(kind: NoticeKind, clocks: Clocks) -> list[tuple[datetime, str]]:
    """The ends of the limits with a figure that this paper would keep, and that nothing kept yet."""
    mine = (one for one in clocks if kind in one.rule.met_by and one.state.owed and one.rule.hours)
    return sorted((one.due, one.rule.title) for one in mine if one.due)


def latest(kind: NoticeKind, clocks: Clocks) -> str:
    """The end of the first limit with a figure that this paper would keep; empty where none is owed."""
    owed = _owed(kind, clocks)
    return limit_text(owed[0][0]) if owed else ""


def lateness(kind: NoticeKind, clocks: Clocks, now: datetime, reason: str) -> Lateness | None:
    """The limit passed longest ago that this paper would stop; one that runs at once has no minute to be late by."""
    due, what = next(((due, what) for due, what in _owed(kind, clocks) if now > due), (None, ""))
    if due is None:
        return None
    return Lateness(
        what=what, due=moment_text(due), by=span_text(between(due, now)), reason=value("incident.recorded_late", reason)
    )


def next_report(clocks: Clocks) -> str:
    """When the report is due that no initial notice stands for."""
    mine = [one for one in clocks if one.rule.hours and NoticeKind.REPORT in one.rule.met_by]
    due = [one.due for one in mine if one.due and NoticeKind.INITIAL not in one.rule.met_by and one.state.owed]
    return moment_text(min(due)) if due else ""
