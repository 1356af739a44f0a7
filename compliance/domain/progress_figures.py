"""The numbers of a progress report, each with the records behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from compliance.domain.assessment import Assessment
from compliance.domain.commune_facts import next_rows, overdue_rows
from compliance.domain.duty import Done, DutyRow
from compliance.domain.incident import Incident, Notice
from compliance.domain.moment import moment_short
from compliance.domain.progress import Happened, ProgressFacts, StepTaken
from compliance.domain.remediation import Finding
from compliance.domain.report import Behind, Figure
from compliance.domain.wording import date_text

One = TypeVar("One")


def progress_figures(facts: ProgressFacts) -> tuple[Figure, ...]:
    """Every number of the report."""
    happened = Happened(facts)

    def step(one: StepTaken) -> Behind:
        name = facts.names.get(one.system_id, one.system_id)
        id_ = f"{one.system_id}/{one.step.number:04d}"
        return Behind(kind="step", id=id_, title=f"{one.title}: {name}", counts=date_text(one.step.on))

    return (
        _figure("dossiers.steps", "Bước của hồ sơ đã thực hiện", happened.steps, step),
        _figure("dossiers.approved", "Hệ thống được phê duyệt trong kỳ", happened.approvals, step),
        _figure("measures.opened", "Tồn tại mới phát hiện", happened.opened, _finding("opened_on")),
        _figure("measures.done", "Tồn tại đã khắc phục", happened.mended, _finding("done_on")),
        _figure("measures.closed", "Tồn tại được xác nhận, đóng", happened.closed, _finding("closed_on")),
        _figure("checks.begun", "Lần kiểm tra bắt đầu", happened.begun, _check("started_on")),
        _figure("checks.ended", "Lần kiểm tra kết thúc", happened.ended, _check("closed_on")),
        _figure("checks.duties", "Việc định kỳ đã làm", happened.done, _done),
        _figure("checks.late", "Việc định kỳ làm chậm", [one for one in happened.done if one.late], _done),
        _figure("incidents.found", "Sự cố phát hiện", happened.found, _incident("detected_at")),
        _figure("incidents.ended", "Sự cố kết thúc", happened.settled, _incident("closed_at")),
        _figure("incidents.sent", "Thông báo, báo cáo sự cố đã gửi", happened.sent, _notice),
        _figure("duties.overdue", "Việc quá hạn cuối kỳ", overdue_rows(facts.rows), _row),
        _figure("duties.coming", "Việc phải làm ngay và đến hạn trong 30 ngày tới", next_rows(facts.rows), _row),
    )


def _figure(id_: str, title: str, found: Sequence[One], told: Callable[[One], Behind]) -> Figure:
    return Figure(id=id_, title=title, number=len(found), behind=tuple(map(told, found)))


def _finding(day: str) -> Callable[[Finding], Behind]:
    """Told with the day that counts it, of the name given."""
    return lambda one: Behind(kind="finding", id=one.id, title=one.requirement_id, counts=date_text(getattr(one, day)))


def _check(day: str) -> Callable[[Assessment], Behind]:
    return lambda one: Behind(kind="assessment", id=one.id, title=one.kind.label, counts=date_text(getattr(one, day)))


def _done(one: Done) -> Behind:
    late = f", chậm {one.late} ngày" if one.late else ""
    return Behind(kind="duty", id=one.duty_id, title=one.what, counts=f"{date_text(one.on)}{late}")


def _incident(moment: str) -> Callable[[Incident], Behind]:
    return lambda one: Behind(kind="incident", id=one.id, title=one.title, counts=moment_short(getattr(one, moment)))


def _notice(one: Notice) -> Behind:
    return Behind(kind="notice", id=one.id, title=f"{one.kind.label} gửi {one.to}", counts=moment_short(one.sent_at))


def _row(row: DutyRow) -> Behind:
    return Behind(kind="duty", id=row.id, title=row.what, counts=date_text(row.due) if row.due else row.status.label)
