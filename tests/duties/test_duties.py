"""The list of duties of an office: what is due, by which clause, what doing, deciding and changing make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.duty import Anchor, DutyRow, DutyStatus
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.paper import Paper
from compliance.domain.recurrence import Recurrence
from compliance.domain.system import EarlierApproval, Ownership, Status, System
from compliance.errors import BadData, NotFound, Refused
from compliance.services import duties, evidence
from compliance.services.evidence import Describing
from tests.documents.office import COMMITTEE, NO_FACTS, OFFICE, put

TODAY = date(2026, 11, 22)
NET = System(
    id="mang-noi-bo",
    name="Mạng nội bộ",
    ownership=Ownership.OWNED,
    owner_id="ubnd-xa",
    operator_id="van-phong",
    status=Status.OPERATING,
    investment_started_on=date(2026, 9, 1),
    started_on=date(2026, 9, 15),
    facts={**NO_FACTS, "service_type": ("internal",), "information": ("public",), "decided_level": 2},
)
ACCOUNTS = "mang-noi-bo/4.6.2.1-d"
PATCHES = "mang-noi-bo/4.7.2.2.3"


@dataclass
class Office:
    """A workspace with a clock one sets."""

    workspace: Workspace
    clock: list[datetime] = field(default_factory=list)

    def at(self, day: date) -> None:
        self.clock[0] = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)

    def row(self, duty_id: str, today: date = TODAY) -> DutyRow:
        (found,) = [one for one in duties.duty_rows(self.workspace, today, every=True) if one.id == duty_id]
        return found

    def ids(self, today: date = TODAY) -> set[str]:
        return {one.id for one in duties.duty_rows(self.workspace, today, every=True)}

    def save(self, **change: object) -> None:
        put(self.workspace, "system", [(NET.id, NET.model_copy(update=change))])

    def days(self, duty_id: str, year: int, today: date = TODAY) -> list[date]:
        found = duties.occurrences(self.workspace, date(year, 1, 1), date(year, 12, 31), today)
        return [one.due for one in found if one.row.id == duty_id]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = [datetime(2026, 9, 20, 2, tzinfo=UTC)]
    with create_workspace(tmp_path / "ho-so", by="Công an xã", now=lambda: clock[0]) as workspace:
        put(workspace, "unit", [(COMMITTEE.id, COMMITTEE), (OFFICE.id, OFFICE)])
        put(workspace, "system", [(NET.id, NET)])
        yield Office(workspace, clock)


def test_the_report_of_the_owner_is_due_before_the_25th_of_december(office: Office) -> None:
    row = office.row("ubnd-xa/c3")
    assert (row.due, row.safe_day, row.kind) == (date(2026, 12, 24), date(2026, 12, 24), DutyKind.LAW)
    assert "Điều 35" in row.citation


def test_before_the_20th_of_december_is_the_19th_and_a_saturday_moves_it_to_the_friday(office: Office) -> None:
    row = office.row("ubnd-xa/c2")
    assert (row.due, row.safe_day) == (date(2026, 12, 19), date(2026, 12, 18))
    why = " ".join(duties.duty_row(office.workspace, row.id, TODAY).why)
    assert "19/12/2026 rơi vào ngày nghỉ" in why
    assert "18/12/2026" in why


def test_the_cadences_of_the_standard_run_to_the_ends_of_their_periods(office: Office) -> None:
    assert office.row(ACCOUNTS).due == date(2026, 12, 31)
    assert office.days("mang-noi-bo/4.6.2.2-b.3", 2026) == [date(2026, 10, 31), date(2026, 12, 31)]
    assert office.days(PATCHES, 2027)[:2] == [date(2027, 1, 31), date(2027, 2, 28)]
    assert "TCVN 14423:2026 mục 4.6.2.1" in office.row(ACCOUNTS).citation


def test_tet_moves_the_working_day_before_the_holidays(office: Office) -> None:
    duties.decide(office.workspace, "4.7.2.2.3", Recurrence(every=1, day=8), today=TODAY)
    found = duties.occurrences(office.workspace, date(2027, 2, 1), date(2027, 2, 28), TODAY)
    (tet,) = [one for one in found if one.row.id == PATCHES]
    assert (tet.due, tet.safe_day) == (date(2027, 2, 8), date(2027, 2, 3)), "Tết is off from 04/02/2027 on"
    assert not tet.announced, "the exchanged days of 2027 were not announced in 2026"


def test_a_year_whose_holidays_are_not_announced_is_said_so(office: Office) -> None:
    found = duties.occurrences(office.workspace, date(2029, 12, 1), date(2029, 12, 31), TODAY)
    assert found
    assert not any(one.announced for one in found)
    assert office.row(ACCOUNTS).announced


def test_days_before_the_office_began_to_follow_the_system_do_not_count(office: Office) -> None:
    assert office.days(PATCHES, 2026)[0] == date(2026, 9, 30)
    why = " ".join(duties.duty_row(office.workspace, ACCOUNTS, TODAY).why)
    assert "kỳ trước ngày bắt đầu theo dõi không tính" in why


def test_what_passed_unrecorded_is_one_overdue_line_with_every_day(office: Office) -> None:
    row = office.row(PATCHES)
    assert (row.status, row.due, row.days) == (DutyStatus.OVERDUE, date(2026, 9, 30), -53)
    assert row.missed == (date(2026, 9, 30), date(2026, 10, 31))
    late = [one.id for one in duties.duty_rows(office.workspace, TODAY, overdue=True)]
    assert late[:2] == ["ubnd-xa/bao-cao-thang", PATCHES], "the office first, then its systems"


def test_doing_serves_the_latest_day_that_passed_and_says_which_stay_not_done(office: Office) -> None:
    (made,) = duties.record_all(office.workspace, [PATCHES], duties.Doing(), today=TODAY)
    assert (made.done.due, made.done.late) == (date(2026, 10, 31), 22)
    assert made.skipped == (date(2026, 9, 30),)
    assert made.coming == date(2026, 11, 30)
    states = [(one.due, one.state.label) for one in duties.past(office.workspace, PATCHES, TODAY)]
    assert states == [(date(2026, 9, 30), "Không thực hiện"), (date(2026, 10, 31), "Đã làm")]
    year_later = duties.past(office.workspace, PATCHES, date(2027, 11, 1))
    assert year_later[1].done is not None
    assert year_later[1].done.late == 22, "late is late for ever"


def test_an_earlier_day_can_still_be_recorded(office: Office) -> None:
    duties.record_done(office.workspace, PATCHES, today=TODAY)
    duties.record_done(
        office.workspace, PATCHES, today=TODAY, due=date(2026, 9, 30), on=date(2026, 9, 28), note="có biên bản"
    )
    assert [one.state.value for one in duties.past(office.workspace, PATCHES, TODAY)] == ["done", "done"]
    assert office.row(PATCHES).due == date(2026, 11, 30)


def test_done_twice_is_refused_with_the_day_the_evidence_and_the_way_back(office: Office) -> None:
    piece = evidence.add_observation(office.workspace, "Đã rà soát", Describing(), serves=(), today=TODAY)
    duties.record_done(office.workspace, ACCOUNTS, today=TODAY, on=date(2026, 11, 20), evidence_ids=[piece.id])
    with pytest.raises(Refused, match=rf"ngày 20/11/2026, minh chứng {piece.id}.*compliance duties undo {ACCOUNTS}"):
        duties.record_done(office.workspace, ACCOUNTS, today=TODAY)
    with pytest.raises(Refused, match="đã được ghi nhận"):
        duties.record_done(office.workspace, ACCOUNTS, today=TODAY, due=date(2026, 12, 31))
    duties.undo(office.workspace, ACCOUNTS, date(2026, 12, 31), reason="ghi nhầm")
    assert office.row(ACCOUNTS).due == date(2026, 12, 31)
    assert duties.record_done(office.workspace, ACCOUNTS, today=TODAY).due == date(2026, 12, 31)


def test_all_faults_of_a_doing_are_told_at_once_and_nothing_is_saved(office: Office) -> None:
    piece = evidence.add_observation(office.workspace, "Đã rà soát", Describing(), serves=(), today=TODAY)
    evidence.withdraw(office.workspace, piece.id, reason="nhầm hệ thống")
    doing = duties.Doing(on=date(2026, 11, 30), evidence_ids=[piece.id, "mc-2026-0099"])
    with pytest.raises(BadData) as told:
        duties.record_all(office.workspace, [ACCOUNTS, "mang-noi-bo/4.6.2.1-x"], doing, today=TODAY)
    sentences = " | ".join(map(str, told.value.faults))
    for part in ("mc-2026-0099", "đã bỏ giá trị (nhầm hệ thống)", "sau hôm nay", "4.6.2.1-x"):
        assert part in sentences
    assert duties.history(office.workspace, ACCOUNTS) == ()


def test_what_is_done_before_its_period_began_does_not_count(office: Office) -> None:
    with pytest.raises(Refused, match=r"trước khi kỳ này bắt đầu \(kỳ từ 01/10/2026 đến 31/10/2026\)"):
        duties.record_done(office.workspace, PATCHES, today=TODAY, on=date(2026, 9, 29), due=date(2026, 10, 31))


def test_a_day_it_is_not_due_on_is_refused_with_the_nearest(office: Office) -> None:
    with pytest.raises(Refused, match="31/10/2026 và 30/11/2026"):
        duties.record_done(office.workspace, PATCHES, today=TODAY, due=date(2026, 11, 5))


def test_an_unknown_duty_offers_the_nearest(office: Office) -> None:
    with pytest.raises(NotFound, match=r"Có phải “mang-noi-bo/4.6.2.1-d”"):
        duties.record_done(office.workspace, "mang-noi-bo/4.6.2.1-dd", today=TODAY)


def test_evidence_removed_from_disk_is_shown_and_the_duty_stays_done(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "bien-ban.txt"
    file.write_text("Biên bản rà soát tài khoản", encoding="utf-8")
    (piece,) = evidence.add_files(office.workspace, [file], Describing(), serves=(), today=TODAY)
    duties.record_done(office.workspace, ACCOUNTS, today=TODAY, evidence_ids=[piece.id])
    assert office.row(ACCOUNTS).lost_evidence == ()
    assert piece.file is not None
    office.workspace.attachments.path(piece.file.sha256).unlink()
    row = office.row(ACCOUNTS)
    assert (row.due, row.lost_evidence) == (date(2027, 12, 31), (piece.id,))
    (past,) = duties.past(office.workspace, ACCOUNTS, TODAY)
    assert (past.state.value, past.lost) == ("done", (piece.id,))


def test_what_the_standard_leaves_open_asks_for_a_decision_and_remembers_it(office: Office) -> None:
    key = "mang-noi-bo/4.11.2.1-a"
    row = office.row(key)
    assert (row.status, row.due) == (DutyStatus.UNDECIDED, None)
    assert row.settle == 'compliance duties decide 4.11.2.1-a --every "6 tháng"'
    plan = Paper(subject="Kế hoạch", number="12/KH-UBND")
    duties.decide(office.workspace, "4.11.2.1-a", Recurrence(every=6), today=TODAY, paper=plan)
    decided = office.row(key)
    assert (decided.due, decided.anchor) == (date(2026, 12, 31), Anchor.CALENDAR)
    assert "12/KH-UBND" in decided.note
    duties.undecide(office.workspace, "4.11.2.1-a", reason="thay kế hoạch")
    assert office.row(key).status is DutyStatus.UNDECIDED


def test_counted_from_the_last_time_done(office: Office) -> None:
    key = "mang-noi-bo/4.11.2.1-a"
    duties.decide(office.workspace, key, Recurrence(every=6), today=TODAY, anchor=Anchor.LAST_DONE)
    assert office.row(key).due == date(2027, 3, 20), "never done: from the day the system was first followed"
    duties.record_done(office.workspace, key, today=TODAY, on=date(2026, 8, 31))
    assert office.row(key).due == date(2027, 2, 28)
    with pytest.raises(Refused, match="đã được ghi nhận"):
        duties.record_done(office.workspace, key, today=TODAY, on=date(2026, 8, 31))


def test_a_decision_below_the_figure_of_the_standard_is_refused_with_its_clause(office: Office) -> None:
    with pytest.raises(Refused, match=r"TCVN 14423:2026 mục 4.6.2.1 d yêu cầu ít nhất 1 năm một lần"):
        duties.decide(office.workspace, "4.6.2.1-d", Recurrence(every=24), today=TODAY)
    with pytest.raises(NotFound, match=r"4.6.2.1-d"):
        duties.decide(office.workspace, "4.6.2.1-q", Recurrence(every=6), today=TODAY)
    duties.decide(office.workspace, ACCOUNTS, Recurrence(every=3), today=TODAY)
    assert office.days(ACCOUNTS, 2027)[:2] == [date(2027, 3, 31), date(2027, 6, 30)]


def test_a_day_the_law_names_is_not_for_the_office_to_decide(office: Office) -> None:
    with pytest.raises(Refused, match=r"Điều 35 .* đã định ngày"):
        duties.decide(office.workspace, "c3", Recurrence(every=12), today=TODAY)
    duties.decide(office.workspace, "bao-cao-thang", Recurrence(every=1, day=20), today=TODAY)
    assert office.row("ubnd-xa/bao-cao-thang").missed == (date(2026, 9, 30), date(2026, 10, 31))


def test_a_level_raised_in_the_middle_of_the_year(office: Office) -> None:
    office.at(date(2027, 1, 5))
    duties.record_done(office.workspace, ACCOUNTS, today=date(2027, 1, 5), on=date(2026, 12, 28))
    office.at(date(2027, 5, 10))
    office.save(facts={**NET.facts, "decided_level": 3})
    today = date(2027, 5, 11)
    ids = office.ids(today)
    assert ACCOUNTS not in ids
    row = office.row("mang-noi-bo/5.6.2.1-d", today)
    assert (row.due, row.level) == (date(2027, 6, 30), 3)
    assert row.last_done is not None
    assert row.last_done.duty_id == ACCOUNTS, "what was done at level 2 is the last time"
    patches = office.row("mang-noi-bo/5.7.2.2.3", today)
    assert patches.missed[0] == date(2026, 9, 30), "what was missed is carried by the continuation"
    past = duties.past(office.workspace, "mang-noi-bo/5.6.2.1-d", today)
    assert [(one.duty_id, one.due) for one in past] == [(ACCOUNTS, date(2026, 12, 31))]
    kept = {(one.row.id, one.due) for one in duties.occurrences(office.workspace, date(2027, 1, 1), today, today)}
    assert (PATCHES, date(2027, 4, 30)) in kept
    assert ("mang-noi-bo/5.7.2.2.3", date(2027, 4, 30)) not in kept


def test_a_system_retired_after_midnight_in_vietnam_still_owes_the_day_before(office: Office) -> None:
    office.clock[0] = datetime(2026, 10, 31, 18, tzinfo=UTC)  # one o'clock on 01/11 in Việt Nam
    office.save(status=Status.DECOMMISSIONED)
    assert office.days(PATCHES, 2026) == [date(2026, 9, 30), date(2026, 10, 31)]


def test_a_system_retired_in_the_middle_of_the_year(office: Office) -> None:
    office.at(date(2027, 7, 1))
    office.save(status=Status.DECOMMISSIONED, ended_on=date(2027, 6, 30))
    today = date(2027, 7, 2)
    assert not [one for one in office.ids(today) if one.startswith("mang-noi-bo/")]
    assert office.days(PATCHES, 2027, today) == [
        date(2027, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30))
    ]
    one = duties.duty_row(office.workspace, PATCHES, today)
    assert one.row is None
    assert one.past[0].state.value == "open"


def test_the_measures_are_not_asked_before_the_transition_ends(office: Office) -> None:
    kept = EarlierApproval(level=2, paper=Paper(number="12/QĐ-UBND", issued_on=date(2025, 3, 3)))
    office.save(earlier_approval=kept, investment_started_on=date(2024, 5, 1), started_on=date(2025, 1, 1))
    row = office.row(PATCHES)
    assert (row.due, row.missed) == (date(2027, 6, 30), ())
    assert "chuyển tiếp A" in row.note
    later = office.row(PATCHES, date(2027, 8, 1))
    assert later.missed == (date(2027, 6, 30), date(2027, 7, 31)), "nothing before the deadline is asked afterwards"
    assert office.row("ubnd-xa/c3").due == date(2026, 12, 24), "the decree's own reports are due all the same"


def test_the_order_is_what_must_be_seen_first(office: Office) -> None:
    rows = duties.duty_rows(office.workspace, TODAY, every=True)
    keys = [(row.status.rank, row.days if row.days is not None else 10**9) for row in rows]
    assert keys == sorted(keys)
    assert {row.status for row in duties.duty_rows(office.workspace, TODAY)}.isdisjoint(
        {DutyStatus.STANDING, DutyStatus.ON_EVENT}
    )
    near = duties.duty_rows(office.workspace, TODAY, within=30)
    assert all(row.days is None or row.days <= 30 for row in near)
    assert all(row.unit_id == "van-phong" for row in duties.duty_rows(office.workspace, TODAY, unit_id="van-phong"))
