"""The plan of a year as it goes for approval: what is done when, by whom, what shows it, what is still open."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import Assignment, DutyRole
from compliance.domain.dossier import Letterhead
from compliance.domain.duty import Anchor, Cadency, Done, DutyRow, DutyStatus, Occurrence, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.duty_group import clause_text, duty_groups
from compliance.domain.duty_plan import DutyPlan, PlanFacts, PlanTime, YearLine, duty_plan
from compliance.domain.paper import Paper
from compliance.domain.recurrence import Recurrence, Span
from compliance.errors import NotFound, Refused
from compliance.services import duties
from compliance.services.duty_plans import PlanPaper, draft_duty_plan
from tests.documents.office import COMMITTEE, OFFICE, SECURITY, TODAY, new_office, put
from tests.documents.reading import A4, Pdf

YEARLY = Recurrence(every=12)
HEAD = Letterhead(parent="", agency="UBND XÃ", symbol="KH-UBND", place="Suối Mẫu", signs_as=(), signer="")


def row(what: str, rule: Recurrence | None = YEARLY, *, system: str = "a", plan_month: int | None = None) -> DutyRow:
    return DutyRow(
        id=f"{system}/{what.lower().replace(' ', '-').encode('ascii', 'ignore').decode()}",
        what=what,
        source=Source.STANDARD,
        kind=DutyKind.STANDARD,
        system_id=system,
        system_name=f"Hệ thống {system.upper()}",
        unit_id="van-phong",
        unit_name="Văn phòng",
        citation="TCVN 14423:2026 mục 3.2.1 c",
        status=DutyStatus.UPCOMING,
        recurrence=rule,
        anchor=Anchor.CALENDAR if rule else None,
        plan_month=plan_month,
        evidence="Biên bản",
    )


def on(one: DutyRow, due: date, safe: date | None = None, done: Done | None = None) -> Occurrence:
    return Occurrence(row=one, due=due, safe_day=safe or due, done=done)


def planned(*occurrences: Occurrence, year: int = 2027, today: date = TODAY, announced: int = 2026) -> DutyPlan:
    facts = PlanFacts(
        letterhead=HEAD,
        issuer="UBND xã",
        year=year,
        today=today,
        announced=announced,
        grounds=(),
        supports={"a": ("Công an xã",)},
    )
    return duty_plan(duty_groups(occurrences), facts)


def lines(plan: DutyPlan) -> list[tuple[int, str]]:
    return [(part.month, line.what) for part in plan.parts for line in part.lines]


def only(plan: DutyPlan) -> YearLine:
    ((line,),) = (part.lines for part in plan.parts)
    return line


def test_it_stands_in_its_planned_month_and_keeps_its_last_day() -> None:
    plan = planned(on(row("Kiem ke", plan_month=2), date(2027, 12, 31)))
    assert lines(plan) == [(2, "Kiem ke")]
    assert (only(plan).due, only(plan).planned_before) == ("31/12/2027", True)


def test_a_planned_month_outside_the_period_gives_way_to_the_safe_day() -> None:
    half = row("Ra quet", Recurrence(every=6), plan_month=9)
    plan = planned(on(half, date(2027, 6, 30)), on(half, date(2027, 12, 31)))
    assert lines(plan) == [(6, "Ra quet"), (9, "Ra quet")]


@pytest.mark.parametrize(
    ("due", "safe", "month"),
    [
        (date(2027, 2, 28), date(2027, 2, 26), 2),
        (date(2027, 5, 1), date(2027, 4, 29), 4),
        (date(2027, 1, 1), date(2026, 12, 31), 1),
    ],
)
def test_otherwise_in_the_month_of_the_last_working_day(due: date, safe: date, month: int) -> None:
    plan = planned(on(row("Doi mat khau", None), due, safe))
    assert lines(plan) == [(month, "Doi mat khau")]
    assert only(plan).safe == f"{safe:%d/%m/%Y}"
    assert only(plan).anchor == "", "once"


def test_what_comes_each_month_is_told_once() -> None:
    monthly = row("Cap nhat ban va", Recurrence(every=1))
    weekly = row("Bao cao tuan", Recurrence(span=Span.WEEK, every=1, day=5))
    days = [on(monthly, due) for due in Recurrence(every=1).between(date(2027, 1, 1), date(2027, 12, 31))]
    plan = planned(*days, on(weekly, date(2027, 1, 8)))
    assert {month for month, _ in lines(plan)} == {0}
    told = {line.what: line.due for part in plan.parts for line in part.lines}
    assert told == {
        "Cap nhat ban va": "Hằng tháng, chậm nhất ngày cuối tháng (12 kỳ)",
        "Bao cao tuan": "Hằng tuần, thứ Sáu (01 kỳ)",
    }


def test_several_systems_are_one_line_with_a_list() -> None:
    due = date(2027, 12, 31)
    plan = planned(*(on(row("Kiem ke", system=one), due) for one in "abc"), on(row("Dao tao"), due))
    first, second = (line for part in plan.parts for line in part.lines)
    alone, shared = sorted((first, second), key=lambda line: line.list_number)
    assert (alone.systems, alone.list_number, alone.supports) == ("Hệ thống A", 0, "Công an xã")
    assert (shared.systems, shared.list_number) == ("03 hệ thống", 1)
    assert plan.lists[0].names == ("Hệ thống A", "Hệ thống B", "Hệ thống C")
    assert [(task.unit, task.numbers) for task in plan.tasks] == [("Văn phòng", "1, 2")]


def test_a_text_is_named_once_for_all_its_points() -> None:
    assert clause_text(["TCVN 1 mục 3.1 b", "TCVN 1 mục 4.1 b", "khoản 3 Điều 35"]) == (
        "TCVN 1 mục 3.1 b; 4.1 b; khoản 3 Điều 35"
    )


def test_what_was_done_late_is_told_in_a_year_gone_by() -> None:
    one, due = row("Kiem ke"), date(2026, 12, 31)
    done = Done(duty_id=one.id, due=due, on=date(2027, 1, 5), what=one.what, citation="mục 1")
    other = row("Dao tao")
    plan = planned(on(one, due, done=done), on(other, due), year=2026, today=date(2027, 3, 1))
    assert plan.time is PlanTime.PAST
    told = {line.what: line.result for part in plan.parts for line in part.lines}
    assert told == {"Kiem ke": "Đã làm ngày 05/01/2027 (chậm 5 ngày)", "Dao tao": "Chưa ghi nhận"}


def test_a_year_without_announced_holidays_says_so() -> None:
    assert planned(on(row("x"), date(2027, 12, 31))).unknown_year
    assert not planned(on(row("x"), date(2027, 12, 31)), announced=2027).unknown_year


def test_a_decided_cadence_stands_with_its_decision_the_undecided_stay_blank() -> None:
    open_row = row("Dien tap", None).model_copy(update={"status": DutyStatus.UNDECIDED})
    decided = Cadency(
        key="khoi-phuc",
        on=Recurrence(every=6),
        decided_on=date(2026, 11, 20),
        paper=Paper(number="60/QĐ-UBND", issued_on=date(2026, 11, 20)),
    )
    facts = PlanFacts(
        letterhead=HEAD, issuer="", year=2027, today=TODAY, announced=2026, grounds=(), supports={},
        undecided=(open_row,), decided=((decided, (row("Khoi phuc thu"),)),),
    )  # fmt: skip
    blank, fixed = duty_plan(duty_groups([on(row("x"), date(2027, 12, 31))]), facts).open_lines
    assert (blank.what, blank.cadence, blank.decision) == ("Dien tap", "", "")
    assert fixed.cadence.startswith("6 tháng một lần")
    assert fixed.cadence.endswith("(theo lịch cố định)")
    assert fixed.decision == "số 60/QĐ-UBND ngày 20/11/2026"


class Drafted:
    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace = workspace
        self.paper: PlanPaper = draft_duty_plan(workspace, 2027, folder / "ra", TODAY)

    @cached_property
    def pdf(self) -> Pdf:
        return Pdf(self.paper.printed.file.path)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Drafted:
    folder = tmp_path_factory.mktemp("ke-hoach")
    workspace = new_office(folder / "ho-so")
    supports = Assignment(
        id="pc-2026-001",
        role=DutyRole.SUPPORTS,
        unit_id=SECURITY.id,
        since=date(2026, 9, 1),
        system_ids=("ho-so-can-bo",),
    )
    put(workspace, "assignment", [(supports.id, supports)])
    return Drafted(workspace, folder)


def test_it_reads_as_a_plan_from_head_to_signature(drafted: Drafted) -> None:
    place = 0
    for words in (
        "ỦY BAN NHÂN DÂN XÃ SUỐI MẪU",
        "Số: /KH-UBND",
        "KẾ HOẠCH",
        "Kiểm tra, bảo đảm an ninh mạng năm 2027",
        "Căn cứ Luật An ninh mạng số 116/2025/QH15;",
        f"{COMMITTEE.name} ban hành Kế hoạch kiểm tra, bảo đảm an ninh mạng năm 2027 như sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "Năm 2027 chưa có lịch nghỉ đã công bố (mới có đến hết năm 2026)",
        "II. NỘI DUNG, THỜI GIAN THỰC HIỆN",
        "Hằng tuần, hằng tháng",
        "Tháng 1",
        "Tháng 12",
        "III. NỘI DUNG CƠ QUAN ẤN ĐỊNH ĐỊNH KỲ",
        "IV. KINH PHÍ THỰC HIỆN",
        "khoản 1 Điều 38 Luật An ninh mạng số 116/2025/QH15",
        "V. TỔ CHỨC THỰC HIỆN",
        f"{OFFICE.name}: chủ trì thực hiện nội dung số",
        f"{SECURITY.name}: theo dõi, đôn đốc",
        "để xem xét, giải quyết./.",
        "TM. ỦY BAN NHÂN DÂN",
        "Phụ lục HỆ THỐNG THÔNG TIN THEO TỪNG NHÓM",
    ):
        found = drafted.pdf.text.find(words, place)
        assert found >= 0, words
        place = found


def test_the_table_lies_wide_between_upright_pages(drafted: Drafted) -> None:
    sizes = [(round(page.width, 2), round(page.height, 2)) for page in drafted.pdf.pages]
    table = next(at for at, text in enumerate(drafted.pdf.texts) if "II. NỘI DUNG" in text)
    signed = next(at for at, text in enumerate(drafted.pdf.texts) if "TM. ỦY BAN NHÂN DÂN" in text)
    assert (sizes[0], sizes[table], sizes[signed]) == (A4, (A4[1], A4[0]), A4)
    wide = [text for text, size in zip(drafted.pdf.texts, sizes, strict=True) if size[0] > size[1]]
    assert all("Cách tính" in text for text in wide[:-1]), "the head of the table stands on every page"


def test_the_yearly_report_shows_the_day_and_the_working_day_before(drafted: Drafted) -> None:
    december = next(part for part in drafted.paper.plan.parts if part.month == 12)
    report = next(line for line in december.lines if line.due == "19/12/2027")
    assert report.safe == "17/12/2027"
    assert drafted.pdf.holds("19/12/2027trùng ngày nghỉ, xong trong ngày17/12/2027")
    assert "Điều 35" in report.clause
    assert report.anchor == "theo lịch cố định"


def test_every_day_of_the_year_is_in_the_plan(drafted: Drafted) -> None:
    found = duties.occurrences(drafted.workspace, date(2027, 1, 1), date(2027, 12, 31), TODAY)
    told = [line for part in drafted.paper.plan.parts for line in part.lines]
    months = {f"{one.due:%d/%m/%Y}" for one in found if one.row.recurrence is None or one.row.recurrence.every > 1}
    assert months == {line.due for line in told if "kỳ)" not in line.due}
    assert {one.row.what for one in found} == {line.what for line in told}


def test_unclear_points_stand_on_a_page_of_their_own_for_the_drafter(drafted: Drafted) -> None:
    last = drafted.pdf.texts[-1]
    assert "GHI CHÚ CHO NGƯỜI SOẠN" in last
    assert "Bỏ trang này khi ban hành" in last
    assert all(one.text not in text for one in drafted.paper.plan.unsettled for text in drafted.pdf.texts[:-1])
    assert any("dấu (*)" in remark for remark in drafted.paper.remarks)


def test_who_supports_comes_from_the_assignments(drafted: Drafted) -> None:
    told = [line for part in drafted.paper.plan.parts for line in part.lines]
    assert any(line.supports == SECURITY.name for line in told)


def test_what_is_not_fixed_is_a_marked_blank_and_a_remark(drafted: Drafted) -> None:
    blanks = [one for one in drafted.paper.plan.open_lines if not one.cadence]
    assert blanks
    assert drafted.pdf.text.count("(chưa ấn") >= len(blanks)
    assert any(f"{len(blanks)} nội dung chưa ấn định" in remark for remark in drafted.paper.remarks)


def test_only_what_one_unit_leads(drafted: Drafted, tmp_path: Path) -> None:
    paper = draft_duty_plan(drafted.workspace, 2027, tmp_path, TODAY, unit_id=OFFICE.id)
    assert {line.unit for part in paper.plan.parts for line in part.lines} == {OFFICE.name}
    assert Pdf(paper.printed.file.path).holds(f"Phần việc của {OFFICE.name}")
    with pytest.raises(NotFound):
        draft_duty_plan(drafted.workspace, 2027, tmp_path, TODAY, unit_id="khong-co")
    with pytest.raises(Refused, match="Không có việc nào giao"):
        draft_duty_plan(drafted.workspace, 2027, tmp_path, TODAY, unit_id="ubnd-tinh")


def test_a_year_gone_by_is_a_record_not_a_plan(drafted: Drafted, tmp_path: Path) -> None:
    paper = draft_duty_plan(drafted.workspace, 2027, tmp_path, date(2028, 2, 1))
    pdf = Pdf(paper.printed.file.path)
    assert pdf.holds("BẢNG THEO DÕI THỰC HIỆN")
    assert pdf.holds("Năm 2027 đã qua.")
    assert pdf.holds("Chưa ghi nhận")
    assert not pdf.holds("TM. ỦY BAN NHÂN DÂN")
    assert not pdf.holds("KINH PHÍ")


@pytest.mark.parametrize("year", [2019, 2100, 99999, 0, -1])
def test_a_year_nobody_plans_for_is_refused(drafted: Drafted, tmp_path: Path, year: int) -> None:
    with pytest.raises(Refused, match="từ 2020 đến 2099"):
        draft_duty_plan(drafted.workspace, year, tmp_path, TODAY)


def test_a_year_without_data_gets_a_sentence(drafted: Drafted, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Năm 2025 không có việc nào đến hạn"):
        draft_duty_plan(drafted.workspace, 2025, tmp_path, TODAY)
    assert not list(tmp_path.iterdir())
