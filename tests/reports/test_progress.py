"""Weekly and monthly progress: what the records date into the period, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.assessment import Assessment, AssessmentKind
from compliance.domain.commune_facts import MorningStand
from compliance.domain.dossier import letterhead
from compliance.domain.duty import Done, DutyRow, DutyStatus, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.incident import Incident, Notice, NoticeKind
from compliance.domain.moment import VIETNAM
from compliance.domain.paper import Paper
from compliance.domain.progress import ProgressFacts, StepTaken, period_words, progress_report
from compliance.domain.progress_figures import progress_figures
from compliance.domain.remediation import Finding, FindingStatus, Severity
from compliance.domain.report_period import month_period, week_period
from compliance.domain.road import Taken
from compliance.errors import Refused
from compliance.services.incident_notices import Sending, record_notice
from compliance.services.incidents import Telling, record_incident
from compliance.services.report_facts import progress_facts
from tests.documents.office import COMMITTEE, STAFF, TODAY, USED, new_office

MONTH = month_period("2026-11", TODAY)


def at(day: int, hour: int = 8, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 15, tzinfo=VIETNAM)


def step(number: int, on: date, *, decides: bool = False) -> StepTaken:
    paper = Paper(number="10/QĐ-UBND", subject="Quyết định")
    taken = Taken(number=number, step="approve", on=on, level=2, office="Văn phòng", paper=paper)
    return StepTaken("mang", "Phê duyệt cấp độ", taken, decides)


def done(on: date, due: date, **more: Any) -> Done:
    return Done(duty_id="mang/4.2.1-c", due=due, on=on, what="Kiểm kê phần cứng", citation="điều khoản", **more)


def finding(**days: date) -> Finding:
    given: dict[str, Any] = {"opened_on": date(2026, 10, 1), **days}
    return Finding(
        system_id="mang",
        requirement_id="4.2.1-c",
        checklist_id="nd331-2026-level-2",
        severity=Severity.HIGH,
        status=FindingStatus.DONE if days else FindingStatus.OPEN,
        **given,
    )


def facts(**changes: Any) -> ProgressFacts:
    return ProgressFacts(**{"period": MONTH, "names": {"mang": "Mạng nội bộ"}, "managed": 3, "approved": 1, **changes})


def numbers(one: ProgressFacts) -> dict[str, int | None]:
    return {figure.id: figure.number for figure in progress_figures(one)}


def test_only_what_happened_in_the_period_counts() -> None:
    found = numbers(
        facts(
            steps=(step(1, date(2026, 10, 31)), step(2, date(2026, 11, 1)), step(3, date(2026, 11, 30), decides=True)),
            findings=(
                finding(done_on=date(2026, 11, 5)),
                finding(done_on=date(2026, 10, 5), closed_on=date(2026, 11, 6)),
                finding(),
            ),
            done=(
                done(date(2026, 11, 13), date(2026, 10, 31)),
                done(date(2026, 11, 2), date(2026, 11, 30)),
                done(date(2026, 12, 1), date(2026, 11, 30)),
                done(date(2026, 11, 3), date(2026, 11, 30), undone="ghi nhầm"),
            ),
        )
    )
    assert (found["dossiers.steps"], found["dossiers.approved"]) == (2, 1)
    assert (found["measures.done"], found["measures.closed"], found["measures.opened"]) == (1, 1, 0)
    assert (found["checks.duties"], found["checks.late"]) == (2, 1)


def test_a_night_belongs_to_the_day_of_viet_nam() -> None:
    """23:30 on 31 October in Việt Nam is October, whatever the zone it was typed in."""
    eve = Incident(id="sc-2026-001", title="Mất kết nối", detected_at=datetime.fromisoformat("2026-10-31T23:30+07:00"))
    dawn = Incident(id="sc-2026-002", title="Mất kết nối", detected_at=datetime.fromisoformat("2026-10-31T17:30+00:00"))
    behind = next(one for one in progress_figures(facts(incidents=(eve, dawn))) if one.id == "incidents.found").behind
    assert [one.id for one in behind] == ["sc-2026-002"]


def test_the_report_tells_what_was_done_late_and_by_how_much() -> None:
    late = done(date(2026, 11, 13), date(2026, 10, 31), by="Văn phòng")
    checks = Assessment(
        id="mang/2026-1",
        system_id="mang",
        kind=AssessmentKind.PERIODIC,
        regime="nd331-2026",
        level=2,
        lists={},
        assessor="Công an xã",
        started_on=date(2026, 11, 1),
        closed_on=date(2026, 11, 12),
    )
    sent = Notice(
        incident_id="sc-2026-001",
        number=1,
        kind=NoticeKind.INITIAL,
        sent_at=at(3),
        to="Công an tỉnh",
        channel="Điện thoại",
    )
    report = progress_report(
        facts(done=(late,), assessments=(checks,), notices=(sent,), mornings=MorningStand(14, 15, 2)),
        letterhead(COMMITTEE),
        "Ủy ban nhân dân tỉnh",
        detailed=True,
        until=date(2026, 12, 1),
    )
    parts = {one.id: one for one in report.parts}
    assert parts["checks"].figures[1] == "Hoàn thành 01 việc định kỳ, trong đó 01 việc chậm hạn."
    assert [line.note for line in parts["checks"].lines] == ["", "chậm 13 ngày so với hạn 31/10/2026"]
    assert "Kiểm tra đầu giờ: 14/15 ngày làm việc; 02 lỗi ghi nhận." in parts["incidents"].figures
    assert "Đã gửi 01 thông báo, báo cáo sự cố." in parts["incidents"].figures
    assert report.unfinished == ""


def test_a_period_that_goes_on_says_how_far_it_reaches() -> None:
    report = progress_report(facts(), letterhead(COMMITTEE), "", detailed=False, until=TODAY)
    assert report.unfinished == "22/11/2026"
    assert report.name == "tháng 11 năm 2026"


@pytest.mark.parametrize("said", ["2026-w47", "2026W47", "47/2026", "tuần 47/2026", "2026-t47"])
def test_a_week_runs_from_monday_to_sunday(said: str) -> None:
    week = week_period(said, TODAY)
    assert (week.name, week.first, week.last) == ("2026-w47", date(2026, 11, 16), date(2026, 11, 22))


def test_the_first_week_of_a_year_may_begin_in_the_year_before() -> None:
    week = week_period("2026-w01", TODAY)
    assert (week.first, week.last) == (date(2025, 12, 29), date(2026, 1, 4))
    assert period_words(week) == "tuần 01 năm 2026"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2026-w54", "không có tuần 54"),
        ("tuần này", "không phải là tuần"),
        ("2026-w49", "chưa đến"),
        ("0/2026", "tuần 0"),
    ],
)
def test_a_week_there_is_not_is_refused(said: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        week_period(said, TODAY)


@given(st.dates(date(2001, 1, 1), date(2035, 12, 31)))
def test_every_day_lies_in_just_one_week_and_one_month(day: date) -> None:
    for period in (week_period("", day), month_period("", day)):
        assert period.holds(day)
        again = week_period if "w" in period.name else month_period
        assert again(period.name, day) == period


def test_what_is_to_be_done_at_once_or_today_is_not_overdue() -> None:
    base: dict[str, Any] = {"kind": DutyKind.LAW, "citation": "điều khoản", "source": Source.INCIDENT}
    at_once = DutyRow(id="mang/su-co/sc-2026-001/danh-gia", what="Đánh giá rủi ro", status=DutyStatus.NOW, **base)
    today = DutyRow(id="mang/b", what="Báo cáo", status=DutyStatus.NOW, due=TODAY, safe_day=TODAY, days=0, **base)
    past = DutyRow(id="mang/c", what="Rà soát", status=DutyStatus.OVERDUE, due=date(2026, 10, 1), days=-52, **base)
    known = facts(rows=(past, at_once, today))
    told = progress_report(known, letterhead(COMMITTEE), "", detailed=True, until=TODAY)
    assert [line.what for line in told.late] == ["Rà soát"]
    assert [(line.what, line.day, line.note) for line in told.ahead][:1] == [("Đánh giá rủi ro", "ngay", "")]
    assert (numbers(known)["duties.overdue"], numbers(known)["duties.coming"]) == (1, 2)


def test_what_was_sent_of_anothers_incident_is_not_ours(tmp_path: Path) -> None:
    with new_office(tmp_path / "ho-so") as office:
        for title, system_id in (("Của xã", STAFF.id), ("Của cấp trên", USED.id)):
            told = Telling(title=title, detected_at=at(9), system_ids=(system_id,))
            one = record_incident(office, told, now=at(9))
            sending = Sending(NoticeKind.INITIAL, at(9, 9), "Công an tỉnh", "Điện thoại")
            record_notice(office, one.id, sending, now=at(9, 9))
        known, _ = progress_facts(office, MONTH, TODAY, COMMITTEE.id)
    assert [one.title for one in known.incidents] == ["Của xã"]
    assert [one.incident_id for one in known.notices] == [known.incidents[0].id]


def test_each_thing_is_explained_by_the_day_that_puts_it_into_the_period() -> None:
    check = Assessment(
        id="mang/2026-1",
        system_id="mang",
        kind=AssessmentKind.SELF,
        regime="nd331-2026",
        level=2,
        lists={},
        assessor="Công an xã",
        started_on=date(2026, 10, 30),
        closed_on=date(2026, 11, 12),
    )
    incident = Incident(
        id="sc-2026-001", title="Sự cố", detected_at=at(30, month=10), closed_at=at(3), outcome="Đã khắc phục"
    )
    mended = finding(done_on=date(2026, 11, 5), closed_on=date(2026, 11, 9))
    made = progress_figures(facts(assessments=(check,), incidents=(incident,), findings=(mended,)))
    told = {one.id: [each.counts for each in one.behind] for one in made}
    assert told["checks.ended"] == ["12/11/2026"]
    assert told["measures.done"] == ["05/11/2026"]
    assert told["measures.closed"] == ["09/11/2026"]
    assert "03/11/2026" in told["incidents.ended"][0]
