"""The monthly sheet as it is signed: items by days, every mark told apart without colour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from compliance.domain.morning_sheet import MorningSheet
from compliance.domain.system import Ownership, Status, System
from compliance.errors import Refused
from compliance.services.morning_sheets import MonthPaper, print_month
from tests.documents.office import ONE_STOP, put_system
from tests.documents.reading import A4, Pdf
from tests.mornings.conftest import CENTRE, Centre, new_centre, november

WIDE = (A4[1], A4[0])


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MonthPaper]:
    folder = tmp_path_factory.mktemp("xa")
    centre = new_centre(folder / "ho-so")
    with centre.workspace as workspace:
        centre.records(november(2), not_here=("may-quet",))
        for day in (3, 5, 6, 9):
            centre.records(november(day))
        centre.records(november(10), today=november(12))
        centre.records(november(11), today=november(12))
        centre.records(november(12), faults=("may-in=kẹt giấy, tầng 1",), note="Đã gọi thợ")
        centre.records(november(12), today=november(13), by="Văn phòng", faults=("may-in=kẹt giấy, tầng 2",))
        centre.records(november(13), faults=("mot-cua=đăng nhập báo lỗi",))
        yield print_month(workspace, "2026-11", CENTRE.id, folder / "ra", november(16))


def _row(sheet: MorningSheet, words: str) -> dict[int, str]:
    (row,) = [row for row in sheet.rows if words in row.title]
    return {day.number: mark for day, mark in zip(sheet.days, row.marks, strict=True)}


def test_every_day_of_an_item_has_its_mark(printed: MonthPaper) -> None:
    printer = _row(printed.sheet, "Máy in")
    assert (printer[2], printer[4], printer[12], printer[13]) == ("Đ", "×", "H", "Đ")
    assert {printer[day] for day in (7, 8, 16, 17, 30)} == {""}, "days off, today and days ahead"
    assert _row(printed.sheet, "Máy quét")[2] == "–"
    assert _row(printed.sheet, "một cửa")[13] == "H"


def test_figures_gaps_and_what_was_written_later_stand_below(printed: MonthPaper) -> None:
    pdf = Pdf(printed.printed.file.path)
    assert 1 <= len(pdf.pages) <= 2
    for words in (
        "PHIẾU KIỂM TRA HẠ TẦNG ĐẦU GIỜ",
        "Tháng 11/2026",
        "Đã kiểm tra 9/10 ngày làm việc đã qua. Không kiểm tra các ngày: 04.",
        "Lần ghi đầu tiên của đơn vị là ngày 02/11/2026.",
        "Ngày 16 khi in chưa kiểm tra.",
        "Ghi bổ sung: ngày 10, 11 (ghi ngày 12/11/2026).",
        "Đã sửa: ngày 12/11 (Văn phòng sửa ngày 13/11/2026).",
        "ngày 13/11/2026 kiểm tra lại: không còn lỗi",
        "chưa ghi nhận đã khắc phục",
        "Hỏng, lỗi: 2, còn chưa xong: 1.",
        "NGƯỜI KIỂM TRA",
        "LÃNH ĐẠO ĐƠN VỊ",
    ):
        assert pdf.holds(words), words


def test_the_marks_need_no_colour(printed: MonthPaper) -> None:
    (page, *_) = Pdf(printed.printed.file.path).pages
    assert (round(page.width, 2), round(page.height, 2)) == WIDE
    greys = {
        tuple(rect["non_stroking_color"] or ())
        for rect in page.rects
        if rect["fill"] and rect["width"] > 5 and rect["height"] > 5
    }
    assert all(len(set(colour)) <= 1 for colour in greys), "only greys"
    assert any(colour and 0.5 < colour[0] < 1 for colour in greys), "days off stand out on any printer"
    marks = [char for char in page.chars if char["text"] == "H" and "Bold" in char["fontname"]]
    assert marks, "a fault is bold as well as framed"


def test_a_month_without_a_check_says_so(printed: MonthPaper, centre: Centre) -> None:
    with pytest.raises(Refused, match="chưa ghi lần kiểm tra đầu giờ nào trong tháng 10/2026"):
        print_month(centre.workspace, "10/2026", CENTRE.id, None, november(22))


def test_a_leap_day_and_a_month_with_tet_print(centre: Centre, tmp_path: Path) -> None:
    centre.records(date(2028, 2, 29))
    leap = print_month(centre.workspace, "2028-02", CENTRE.id, tmp_path / "nhuan.pdf", date(2028, 3, 1))
    assert leap.sheet.days[-1].number == 29
    assert leap.sheet.rows[0].marks[-1] == "Đ"
    assert Pdf(tmp_path / "nhuan.pdf").holds("Lịch nghỉ của năm này chưa công bố đủ")
    centre.records(date(2027, 2, 1))
    tet = print_month(centre.workspace, "2027-02", CENTRE.id, tmp_path / "tet.pdf", date(2027, 3, 1))
    off = {day.number for day in tet.sheet.days if not day.works and day.weekday not in {"T7", "CN"}}
    assert len(off) >= 4, "Tết is no row of gaps"


def test_a_bad_month_in_a_large_office_still_takes_two_pages(centre: Centre, tmp_path: Path) -> None:
    for number in range(12):
        put_system(
            centre.workspace,
            System(
                id=f"he-thong-{number}",
                name=f"Hệ thống thông tin dùng chung của tỉnh về lĩnh vực số {number}",
                ownership=Ownership.USED,
                owner_id="ubnd-tinh",
                local_unit_id=CENTRE.id,
                status=Status.OPERATING,
            ),
        )
    for day in range(2, 14):
        centre.records(november(day), faults=(f"may-in=lần {day}: kẹt giấy",), note="Đã gọi thợ")
    paper = print_month(centre.workspace, "2026-11", CENTRE.id, tmp_path / "nhieu.pdf", november(30))
    assert paper.printed.file.pages == 2
    assert len(paper.sheet.faults) == 12


def test_an_item_dropped_in_mid_month_keeps_its_days(centre: Centre, tmp_path: Path) -> None:
    centre.records(november(2))
    ended = ONE_STOP.model_copy(update={"local_unit_id": CENTRE.id, "ended_on": november(2)})
    put_system(centre.workspace, ended)
    centre.records(november(3))
    paper = print_month(centre.workspace, "2026-11", CENTRE.id, tmp_path / "thang.pdf", november(4))
    marks = _row(paper.sheet, ONE_STOP.name)
    assert (marks[2], marks[3]) == ("Đ", "")
    assert paper.month.last - paper.month.first == timedelta(days=29)
