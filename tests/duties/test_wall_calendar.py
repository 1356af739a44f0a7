"""The calendar for the wall: one sheet, whatever falls due, and legible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.templates import load_form
from compliance.adapters.text_width import text_width
from compliance.adapters.working_calendar import working_calendar
from compliance.domain.duty import Anchor, DutyRow, DutyStatus, Occurrence, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.duty_group import duty_groups
from compliance.domain.recurrence import Recurrence
from compliance.domain.wall_calendar import WallCalendar, wall_calendar
from compliance.domain.wall_sheet import SIZES, wrapped
from compliance.errors import Refused
from compliance.services.duty_plans import WallPaper, draft_wall_calendar
from compliance.services.one_paper import OnePaper, print_one
from compliance.services.paper_data import PaperData
from tests.documents.office import TODAY, new_office
from tests.documents.reading import A4, MM, Pdf
from tests.duties.heavy import heavy_office

MARGIN = 8 * MM
SMALLEST = 7.5
WORKING = working_calendar(date(2027, 1, 1), date(2027, 12, 31))


def row(what: str, rule: Recurrence | None = None, *, kind: DutyKind = DutyKind.STANDARD, system: str = "a") -> DutyRow:
    return DutyRow(
        id=f"{system}/x{abs(hash((what, kind.value)))}",
        what=what,
        source=Source.STANDARD,
        kind=kind,
        system_id=system,
        system_name=system,
        citation="mục 1",
        status=DutyStatus.UPCOMING,
        recurrence=rule,
        anchor=Anchor.CALENDAR if rule else None,
    )


def on(one: DutyRow, due: date, safe: date | None = None) -> Occurrence:
    return Occurrence(row=one, due=due, safe_day=safe or due)


def measured(text: str, size: float, bold: bool) -> float:
    return text_width(text, size, bold=bold)


def wall_of(*occurrences: Occurrence, year: int = 2027) -> WallCalendar:
    return wall_calendar(duty_groups(occurrences), year, "UBND xã Suối Mẫu", WORKING, measured)


def printed(wall: WallCalendar, out: Path) -> Pdf:
    form = load_form("nd331-2026", "lich-treo-tuong")
    data = PaperData(name="lich.json", description="", versions={}, records={})
    print_one(OnePaper(form, form.data.title, "UBND", {"wall": wall}, data), out, TODAY)
    return Pdf(out)


def refuse_spilling(pdf: Pdf) -> None:
    """One page, every letter inside the margins, no smaller than may be, no line over another."""
    (page,) = pdf.pages
    assert (round(page.width, 2), round(page.height, 2)) == (A4[1], A4[0])
    for char in page.chars:
        assert char["x0"] >= MARGIN - 1, char
        assert char["x1"] <= page.width - MARGIN + 1, char
        assert char["top"] >= MARGIN - 1, char
        assert char["bottom"] <= page.height - MARGIN + 1, char
        assert char["size"] >= SMALLEST - 0.01, char
    for box in boxes(page):
        inside = [one for one in page.chars if box["x0"] <= (one["x0"] + one["x1"]) / 2 <= box["x1"]]
        inside = [one for one in inside if box["top"] <= (one["top"] + one["bottom"]) / 2 <= box["bottom"]]
        assert inside
        assert all(box["x0"] <= one["x0"] and one["x1"] <= box["x1"] for one in inside)
        assert max(one["bottom"] for one in inside) <= box["bottom"], "a line crosses the edge of its month"


def boxes(page: Any) -> list[dict[str, float]]:
    """The twelve months: from head to head, in two rows of six."""
    heads = sorted(page.search(r"THÁNG \d+"), key=lambda one: (round(one["top"]), one["x0"]))
    assert len(heads) == 12
    lows = [heads[6]["top"] - 3, page.search("ngày nghỉ lễ")[0]["top"] - 1]
    width = (page.width - 2 * MARGIN) / 6
    return [
        {
            "x0": MARGIN + width * (at % 6) - 1,
            "x1": MARGIN + width * (at % 6 + 1) + 1,
            "top": head["top"] - 2,
            "bottom": lows[at // 6],
        }
        for at, head in enumerate(heads)
    ]


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> WallPaper:
    folder = tmp_path_factory.mktemp("lich")
    with heavy_office(folder / "ho-so") as workspace:
        return draft_wall_calendar(workspace, 2027, folder, TODAY)


def test_fourteen_systems_fit_one_sheet(heavy: WallPaper) -> None:
    pdf = Pdf(heavy.printed.file.path)
    assert heavy.printed.file.pages == 1
    refuse_spilling(pdf)
    assert min(char["size"] for char in pdf.pages[0].chars) == pytest.approx(heavy.wall.smallest, abs=0.01)


def test_legal_reports_are_bold_with_the_working_day_before(heavy: WallPaper) -> None:
    december = heavy.wall.months[11]
    reports = [line for line in december.lines if line.firm]
    assert [line.at for line in reports] == ["14", "17 (hạn 19)", "24"]
    (page,) = Pdf(heavy.printed.file.path).pages
    bold = "".join(char["text"] for char in page.chars if "Bold" in char["fontname"])
    assert "ChủquảngửibáocáonămtớiBộCôngan" in bold.replace(" ", "")


def test_holidays_and_due_days_are_marked(heavy: WallPaper) -> None:
    days = {(month.month, day.day): day for month in heavy.wall.months for week in month.weeks for day in week if day}
    assert len(days) == 365
    assert all(days[2, day].off for day in range(4, 11)), "Tết"
    assert days[9, 2].off
    assert not days[2, 11].off
    assert days[12, 17].firm
    assert days[12, 31].due
    assert not days[12, 31].firm


def test_monthly_work_stands_in_the_strip_once(heavy: WallPaper) -> None:
    (strip,) = heavy.wall.strips
    assert strip.how == "Hằng tháng, chậm nhất ngày cuối tháng"
    assert "Cập nhật bản vá máy tính, thiết bị di động của người dùng (13 HT)" in strip.text
    assert not any("bản vá" in line.text for month in heavy.wall.months for line in month.lines)


def test_the_same_activity_of_levels_and_units_is_one_line() -> None:
    due = date(2027, 3, 31)
    yearly, quarterly = row("Kiểm kê", Recurrence(every=12, month=3)), row("Kiểm kê", Recurrence(every=3), system="b")
    (line,) = wall_of(on(yearly, due), on(quarterly, due)).months[2].lines
    assert line.text == "Kiểm kê (02 HT)"


def test_where_nothing_fits_the_law_is_kept_and_the_rest_counted(tmp_path: Path) -> None:
    many = [on(row(f"Rà soát quy trình quản lý số {number} của cơ quan"), date(2027, 12, 31)) for number in range(90)]
    laws = [on(row(f"Báo cáo số {number}", kind=DutyKind.LAW), date(2027, 12, 20)) for number in range(3)]
    wall = wall_of(*many, *laws)
    december = wall.months[11]
    assert [line.text for line in december.lines if line.firm] == [
        f"Báo cáo số {number} (01 HT)" for number in range(3)
    ]
    told = sum(line.text.count("Rà soát") for line in december.lines)
    assert told + december.more == 90
    pdf = printed(wall, tmp_path / "lich.pdf")
    refuse_spilling(pdf)
    assert pdf.holds(f"và {december.more} việc khác – xem: compliance duties due")


def test_a_long_strip_is_condensed_too(tmp_path: Path) -> None:
    monthly = [
        on(row(f"Việc hằng tháng rất dài số {number} " * 2, Recurrence(every=1)), date(2027, 1, 31))
        for number in range(80)
    ]
    wall = wall_of(*monthly)
    assert wall.more > 0
    assert f"và {wall.more} việc khác" in wall.strips[0].text
    refuse_spilling(printed(wall, tmp_path / "lich.pdf"))


def test_little_work_is_printed_large() -> None:
    wall = wall_of(on(row("Kiểm kê"), date(2027, 3, 31)))
    assert wall.smallest == SIZES[0]


def test_a_safe_day_in_the_month_before_is_shown_there() -> None:
    wall = wall_of(on(row("Báo cáo"), date(2027, 5, 1), date(2027, 4, 29)))
    assert [line.at for line in wall.months[3].lines] == ["29/4 (hạn 1/5)"]


words = st.lists(st.sampled_from(["rà", "soát", "quy trình", "TCVN", "x" * 60, "14423:2026"]), min_size=1, max_size=12)


@given(st.lists(words, max_size=60), st.integers(0, 11))
def test_lines_never_take_more_room_than_there_is(texts: Sequence[Sequence[str]], month: int) -> None:
    found = [on(row(f"{' '.join(text)} {at}"), date(2027, month + 1, 1 + at % 28)) for at, text in enumerate(texts)]
    wall = wall_of(*found)
    shown = wall.months[month]
    assert sum(one.text.count(";") + 1 for one in shown.lines) + shown.more == len(found)
    inner = 41 * 0.97
    rows = sum(wrapped(f"{one.at} {one.text}", inner, lambda text: text_width(text, shown.size)) for one in shown.lines)
    assert rows * shown.size * 1.15 * 25.4 / 72 < wall.box_height


def test_a_year_without_announced_holidays_says_so(tmp_path: Path) -> None:
    with new_office(tmp_path / "ho-so") as office:
        paper = draft_wall_calendar(office, 2031, tmp_path / "lich.pdf", TODAY)
        with pytest.raises(Refused, match="Năm 2025 không có việc nào đến hạn"):
            draft_wall_calendar(office, 2025, tmp_path / "cu.pdf", TODAY)
    assert any("Năm 2031 chưa có lịch nghỉ đã công bố" in remark for remark in paper.remarks)
    pdf = Pdf(paper.printed.file.path)
    assert pdf.holds("Lịch nghỉ năm này chưa công bố đủ")
    refuse_spilling(pdf)
