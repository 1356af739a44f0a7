"""The leader's page of a commune: one sheet with levels, dossiers, coverage, what is late, incidents, the next days.

Every number of it is explained in :mod:`compliance.domain.commune_figures`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from compliance.domain.assessment import Result
from compliance.domain.blank import Frozen
from compliance.domain.commune_facts import (
    CommuneFacts,
    IncidentStand,
    MorningStand,
    SystemStand,
    coming_rows,
    late_rows,
    percent_met,
    share_met,
    together,
)
from compliance.domain.dossier import Letterhead
from compliance.domain.duty import DutyRow, DutyStatus
from compliance.domain.level import LEVELS
from compliance.domain.shortfall import shortened
from compliance.domain.stacked_bars import Bar, BarChart, Legend, bar
from compliance.domain.wording import date_text

SHOWN = 10
"""How many lines of late and coming work the page holds together; half of them for each where both are long."""
COVERED = 8
"""How many systems the chart of coverage holds; the others stand together in its last bar."""
_ROOM = 78


class CountedBar(Frozen):
    """A bar as long as its number; ``share`` of the longest, 0 to 1."""

    title: str
    count: int
    share: float


class WorkLine(Frozen):
    """Work that is late or coming; ``of`` are the systems or the unit, ``day`` the last day that counts.

    ``count`` is how many duties the line holds together; ``of`` says it where the systems do not tell.
    """

    what: str
    of: str
    day: str
    safe_day: str
    days: str
    citation: str
    count: int = 1


class IncidentLine(Frozen):
    """An incident on the page."""

    day: str
    title: str
    state: str
    clock: str
    late: bool


class CommunePage(Frozen):
    """The page as printed: lists end in how many more pieces of work there are, however many a line holds together."""

    head: Letterhead
    day: str
    managed: int
    approved: int
    overdue: int
    coming: int
    open_incidents: int
    undecided: int
    coverage: str
    levels: tuple[CountedBar, ...]
    stages: tuple[CountedBar, ...]
    results: BarChart | None
    more_systems: int
    late: tuple[WorkLine, ...]
    more_late: int
    ahead: tuple[WorkLine, ...]
    more_ahead: int
    incidents: tuple[IncidentLine, ...]
    more_incidents: int
    mornings: str
    remarks: tuple[str, ...]


def commune_page(facts: CommuneFacts) -> CommunePage:
    """Put the page together."""
    late, ahead = late_rows(facts.rows), coming_rows(facts.rows)
    late_lines, ahead_lines = _lines(late), _lines(ahead)
    shown = min(len(late_lines), max(SHOWN // 2, SHOWN - len(ahead_lines)))
    rest = SHOWN - shown
    tally = together(one.counts for one in facts.systems)
    open_first = sorted(facts.incidents, key=lambda one: (not one.open, -one.detected_on.toordinal()))
    return CommunePage(
        head=facts.head,
        day=date_text(facts.day),
        managed=len(facts.systems),
        approved=sum(one.approved for one in facts.systems),
        overdue=len(late),
        coming=len(ahead),
        open_incidents=sum(one.open for one in facts.incidents),
        undecided=sum(row.status is DutyStatus.UNDECIDED for row in facts.rows),
        coverage=percent_met(tally),
        levels=_levels(facts.systems),
        stages=_stages(facts),
        results=_results(facts.systems),
        more_systems=max(0, len(facts.systems) - COVERED),
        late=late_lines[:shown],
        more_late=sum(one.count for one in late_lines[shown:]),
        ahead=ahead_lines[:rest],
        more_ahead=sum(one.count for one in ahead_lines[rest:]),
        incidents=tuple(map(_incident, open_first[:3])),
        more_incidents=max(0, len(open_first) - 3),
        mornings=_mornings(facts.mornings),
        remarks=tuple(_remarks(facts, [*late, *ahead])),
    )


def _lines(rows: Sequence[DutyRow]) -> tuple[WorkLine, ...]:
    """The same work of several systems, due on the same day, is one line."""
    together: dict[tuple[object, ...], list[DutyRow]] = {}
    for row in rows:
        together.setdefault((row.what, row.due, row.citation if not row.system_id else ""), []).append(row)
    return tuple(map(_line, together.values()))


def _line(rows: Sequence[DutyRow]) -> WorkLine:
    first, names = rows[0], list(dict.fromkeys(row.system_name for row in rows if row.system_name))
    whose = first.unit_name if not names else names[0] if len(names) == 1 else f"{len(names):02d} hệ thống"
    whose = shortened(whose, 44)
    if len(rows) > max(1, len(names)):
        whose = f"{whose} ({len(rows):02d} việc)"
    past = first.days is not None and first.days < 0
    safe = "" if past or first.safe_day in {None, first.due} else f"{first.safe_day:%d/%m}"
    return WorkLine(
        what=shortened(first.what, _ROOM),
        of=whose,
        day=f"{first.due:%d/%m/%Y}" if first.due else "ngay",
        safe_day=safe,
        days="" if first.days is None else _days(first.days),
        citation=first.citation,
        count=len(rows),
    )


def _days(days: int) -> str:
    if days < 0:
        return f"quá {-days} ngày"
    return f"còn {days} ngày" if days else "hôm nay"


def _levels(systems: Sequence[SystemStand]) -> tuple[CountedBar, ...]:
    counts = Counter(one.level for one in systems)
    named = [(f"Cấp độ {level}", counts[level]) for level in LEVELS]
    if counts[None]:
        named.append(("Chưa xác định", counts[None]))
    return _counted(named)


def _stages(facts: CommuneFacts) -> tuple[CountedBar, ...]:
    counts = Counter(one.stage for one in facts.systems)
    return _counted([(label, counts[stage]) for stage, label in facts.stages.items() if counts[stage]])


def _counted(named: Sequence[tuple[str, int]]) -> tuple[CountedBar, ...]:
    longest = max((count for _, count in named), default=0)
    return tuple(
        CountedBar(title=title, count=count, share=count / longest if longest else 0.0) for title, count in named
    )


def _results(systems: Sequence[SystemStand]) -> BarChart | None:
    known = [one for one in systems if one.counts]
    if not known:
        return None
    worst = sorted(known, key=lambda one: (share_met(one.counts), one.name))
    shown = worst if len(worst) <= COVERED else worst[: COVERED - 1]
    rest = worst[len(shown) :]
    bars = [_bar(shortened(one.name, 44), one.counts) for one in shown]
    if rest:
        bars.append(_bar(f"{len(rest):02d} hệ thống còn lại", together(one.counts for one in rest)))
    return BarChart(
        legend=tuple(Legend(key=one.value, label=one.label) for one in Result),
        bars=tuple(bars),
        whole=_bar("Cả xã", together(one.counts for one in known)),
    )


def _bar(title: str, counts: Mapping[Result, int]) -> Bar:
    return bar("", title, {one.value: counts.get(one, 0) for one in Result})


def _incident(one: IncidentStand) -> IncidentLine:
    return IncidentLine(
        day=date_text(one.detected_on),
        title=shortened(one.title, _ROOM),
        state="Đang xử lý" if one.open else "Đã kết thúc",
        clock=one.worst,
        late=one.late,
    )


def _mornings(stand: MorningStand | None) -> str:
    if stand is None:
        return ""
    faults = f"; {stand.faults} lỗi đã ghi" if stand.faults else "; không ghi nhận lỗi"
    told = f"{stand.checked}/{stand.working} ngày làm việc trong tháng có kiểm tra đầu giờ"
    return f"{told}{faults if stand.checked else ''}."


def _remarks(facts: CommuneFacts, rows: Iterable[DutyRow]) -> Iterable[str]:
    if any(not row.announced for row in rows):
        yield (
            f"Có hạn rơi vào năm chưa công bố lịch nghỉ (đã công bố đến hết năm {facts.announced_through}); có thể "
            "lệch một vài ngày."
        )
