"""The progress report of a week or a month: what changed in the period, by the three groups of work of the plan.

Nothing is told from memory: every line rests on a record dated in the period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from compliance.domain.assessment import Assessment
from compliance.domain.assignment import Assignment
from compliance.domain.blank import Frozen
from compliance.domain.commune_facts import MorningStand, next_rows, overdue_rows
from compliance.domain.dossier import Letterhead
from compliance.domain.duty import Done, DutyRow
from compliance.domain.incident import Incident, Notice
from compliance.domain.moment import day_of, moment_short
from compliance.domain.remediation import Finding
from compliance.domain.report import Period, ReportKind
from compliance.domain.road import Taken
from compliance.domain.wording import date_text


@dataclass(frozen=True)
class StepTaken:
    """A step of a dossier's road with what it is called at its level."""

    system_id: str
    title: str
    step: Taken
    decides: bool


@dataclass(frozen=True)
class ProgressFacts:
    """What a report is made from.

    ``names`` of systems by id; the sequences hold records of any date, the period picks. ``rows`` is the list of duties
    as it stood on the last day; ``managed`` and ``approved`` count systems on that day.
    """

    period: Period
    names: Mapping[str, str]
    managed: int
    approved: int
    steps: Sequence[StepTaken] = ()
    assessments: Sequence[Assessment] = ()
    findings: Sequence[Finding] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    done: Sequence[Done] = ()
    rows: Sequence[DutyRow] = ()
    incidents: Sequence[Incident] = ()
    notices: Sequence[Notice] = ()
    assignments: Sequence[tuple[Assignment, str]] = ()
    mornings: MorningStand | None = None


class ProgressLine(Frozen):
    """One thing that happened or is to come: its day, what, of which system, by whom, and what to add."""

    day: str
    what: str
    of: str = ""
    by: str = ""
    note: str = ""


class ProgressPart(Frozen):
    """One group of work: figures as sentences, then what happened; ``none`` stands where nothing did."""

    id: str
    figures: tuple[str, ...]
    lines: tuple[ProgressLine, ...]


class ProgressReport(Frozen):
    """The report as printed; ``weekly`` and ``name`` put its period into words (``tuần 47 năm 2026``)."""

    letterhead: Letterhead
    addressee: str
    weekly: bool
    name: str
    first: str
    last: str
    unfinished: str
    parts: tuple[ProgressPart, ...]
    late: tuple[ProgressLine, ...]
    ahead: tuple[ProgressLine, ...]
    detailed: bool


DOSSIERS, MEASURES, CHECKS, INCIDENTS, STAFF = "dossiers", "measures", "checks", "incidents", "staff"
"""The parts: the three groups of work of the plan, then incidents and daily work, then people."""


def period_words(period: Period) -> str:
    """``tuần 47 năm 2026`` or ``tháng 11 năm 2026``."""
    if period.kind is ReportKind.WEEKLY:
        year, week, _ = period.first.isocalendar()
        return f"tuần {week:02d} năm {year}"
    return f"tháng {period.first.month:02d} năm {period.first.year}"


def progress_report(
    facts: ProgressFacts, head: Letterhead, addressee: str, *, detailed: bool, until: date
) -> ProgressReport:
    """Put the report together.

    Args:
        facts: what it is made from.
        head: of the body that reports.
        addressee: whom it is for; empty leaves a marked blank.
        detailed: for the commune itself: every line; for a superior the figures and what is open.
        until: the day the records were read; before the period's end the report says how far it reaches.
    """
    happened, period = Happened(facts), facts.period
    return ProgressReport(
        letterhead=head,
        addressee=addressee,
        weekly=period.kind is ReportKind.WEEKLY,
        name=period_words(period),
        first=date_text(period.first),
        last=date_text(period.last),
        unfinished=date_text(until) if until < period.last else "",
        parts=tuple(happened.parts()),
        late=tuple(map(_row_line, overdue_rows(facts.rows))),
        ahead=tuple(map(_row_line, next_rows(facts.rows))),
        detailed=detailed,
    )


class Happened:
    """What of each kind of record lies in the period."""

    def __init__(self, facts: ProgressFacts) -> None:
        self.facts, holds = facts, facts.period.holds
        self.steps = sorted((one for one in facts.steps if holds(one.step.on)), key=lambda one: one.step.on)
        self.approvals = [one for one in self.steps if one.decides]
        self.begun = [one for one in facts.assessments if holds(one.started_on)]
        self.ended = [one for one in facts.assessments if holds(one.closed_on)]
        self.opened = [one for one in facts.findings if holds(one.opened_on)]
        self.mended = [one for one in facts.findings if holds(one.done_on)]
        self.closed = [one for one in facts.findings if holds(one.closed_on)]
        self.done = sorted((one for one in facts.done if holds(one.on) and not one.undone), key=lambda one: one.on)
        self.found = [one for one in facts.incidents if holds(day_of(one.detected_at))]
        self.settled = [one for one in facts.incidents if one.closed_at and holds(day_of(one.closed_at))]
        self.sent = [one for one in facts.notices if holds(day_of(one.sent_at)) and not one.undone]
        self.assigned = [pair for pair in facts.assignments if holds(pair[0].since) and not pair[0].withdrawn]
        self.relieved = [pair for pair in facts.assignments if holds(pair[0].until) and not pair[0].withdrawn]

    def parts(self) -> Iterable[ProgressPart]:
        """The five parts in the order of the report."""
        yield self._part(DOSSIERS, self._dossier_figures(), self._dossier_lines())
        yield self._part(MEASURES, self._measure_figures(), self._measure_lines())
        yield self._part(CHECKS, self._check_figures(), self._check_lines())
        yield self._part(INCIDENTS, self._incident_figures(), self._incident_lines())
        yield self._part(STAFF, (), self._staff_lines())

    def _part(self, id_: str, figures: Iterable[str], lines: Iterable[ProgressLine]) -> ProgressPart:
        return ProgressPart(id=id_, figures=tuple(figures), lines=tuple(lines))

    def _name(self, system_id: str) -> str:
        return self.facts.names.get(system_id, system_id)

    def _dossier_figures(self) -> Iterable[str]:
        facts = self.facts
        yield f"Đến cuối kỳ, {facts.approved}/{facts.managed} hệ thống đã được phê duyệt cấp độ."
        if self.approvals:
            yield f"Trong kỳ có {len(self.approvals):02d} hệ thống được phê duyệt."

    def _dossier_lines(self) -> Iterable[ProgressLine]:
        for one in self.steps:
            paper = one.step.paper.text if one.step.paper else ""
            yield ProgressLine(
                day=date_text(one.step.on),
                what=one.title,
                of=self._name(one.system_id),
                by=one.step.office,
                note=paper,
            )

    def _measure_figures(self) -> Iterable[str]:
        if self.opened or self.mended or self.closed:
            yield (
                f"Phát hiện mới {len(self.opened):02d} tồn tại; đã khắc phục {len(self.mended):02d}; được xác nhận, "
                f"đóng {len(self.closed):02d}."
            )

    def _measure_lines(self) -> Iterable[ProgressLine]:
        for one in sorted(self.mended, key=lambda each: each.done_on or date.min):
            yield ProgressLine(
                day=date_text(one.done_on) if one.done_on else "",
                what=one.work or self.facts.clauses.get(one.id, one.requirement_id),
                of=self._name(one.system_id),
                by=one.done_by,
                note="đã được xác nhận" if one.closed_on else "chờ xác nhận",
            )

    def _check_figures(self) -> Iterable[str]:
        if self.begun or self.ended:
            yield f"Bắt đầu {len(self.begun):02d}, kết thúc {len(self.ended):02d} lần kiểm tra, đánh giá."
        if self.done:
            late = sum(bool(one.late) for one in self.done)
            yield f"Hoàn thành {len(self.done):02d} việc định kỳ" + (
                f", trong đó {late:02d} việc chậm hạn." if late else "."
            )

    def _check_lines(self) -> Iterable[ProgressLine]:
        for one in self.ended:
            yield ProgressLine(
                day=date_text(one.closed_on) if one.closed_on else "",
                what=f"Kết thúc kiểm tra, đánh giá ({one.kind.label.lower()})",
                of=self._name(one.system_id),
                by=one.assessor,
            )
        for done in self.done:
            yield ProgressLine(
                day=date_text(done.on),
                what=done.what,
                of=self._name(done.duty_id.partition("/")[0]),
                by=done.by,
                note=f"chậm {done.late} ngày so với hạn {date_text(done.due)}" if done.late else "",
            )

    def _incident_figures(self) -> Iterable[str]:
        if self.found or self.settled:
            yield f"Phát hiện {len(self.found):02d}, kết thúc xử lý {len(self.settled):02d} sự cố."
        else:
            yield "Không ghi nhận sự cố."
        if self.sent:
            yield f"Đã gửi {len(self.sent):02d} thông báo, báo cáo sự cố."
        stand = self.facts.mornings
        if stand is not None:
            yield f"Kiểm tra đầu giờ: {stand.checked}/{stand.working} ngày làm việc; {stand.faults:02d} lỗi ghi nhận."

    def _incident_lines(self) -> Iterable[ProgressLine]:
        for one in self.found:
            yield ProgressLine(
                day=moment_short(one.detected_at),
                what=one.title,
                of=", ".join(map(self._name, one.system_ids)),
                note=one.outcome or "đang xử lý",
            )

    def _staff_lines(self) -> Iterable[ProgressLine]:
        for one, unit in self.assigned:
            yield _assigned(one, unit, one.since, "Phân công")
        for one, unit in self.relieved:
            yield _assigned(one, unit, one.until, "Thôi giữ vai trò")


def _assigned(one: Assignment, unit: str, day: date | None, act: str) -> ProgressLine:
    return ProgressLine(
        day=date_text(day) if day else "",
        what=f"{act}: {one.role.label.lower()}{f' – {one.task}' if one.task else ''}",
        by=", ".join(part for part in (unit, one.who) if part),
        note=one.paper.text if one.paper else "",
    )


def _row_line(row: DutyRow) -> ProgressLine:
    note = "" if row.safe_day in {None, row.due} else f"nên xong chậm nhất ngày {row.safe_day:%d/%m/%Y}"
    return ProgressLine(
        day=date_text(row.due) if row.due else "ngay",
        what=row.what,
        of=row.system_name,
        by=row.unit_name,
        note=note if row.days is None or row.days >= 0 else f"quá {-row.days} ngày",
    )
