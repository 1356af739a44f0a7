"""The checklist one takes along: every requirement where one stands, room to tick and write, nothing asked twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from compliance.adapters.law import load_checklist, load_duties, load_places
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Assessed, Assessment, AssessmentKind, Inheritance, Result
from compliance.domain.assessment_sheet import AssessmentSheet, assessment_sheet
from compliance.domain.checklist import Checklist
from compliance.domain.field_sheet import FieldRow, FieldSheet, field_sheet
from compliance.domain.inheritance import Inherited
from compliance.domain.place import Places
from compliance.domain.regime import Regime
from compliance.errors import NotFound, Refused
from compliance.services import assessments, reliances
from compliance.services.answering import Said, record
from compliance.services.field_sheets import print_field_sheet
from compliance.services.starting import Starting, start
from tests.documents.office import NOTICES, STAFF, TODAY, new_office, put_answers
from tests.documents.reading import A4, MM, Pdf, line, squeezed

FORMER = date(2026, 9, 3)
BOX, ROW = 4.5 * MM, 12 * MM
CHECKED, SHARED = "4.3.1-a", "4.9.2.1-a"


@dataclass(frozen=True)
class Printed:
    """A sheet of a level-2 check: one answer given, one result of the check before, the mail rules shared."""

    pdf: Pdf
    composed: FieldSheet
    file: Path


@pytest.fixture(scope="module")
def lists(regime: Regime) -> tuple[Checklist, Checklist]:
    return load_checklist(regime, 2), load_duties(regime, 2)


@pytest.fixture(scope="module")
def places(regime: Regime) -> Places:
    return load_places(regime)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, regime: Regime, places: Places) -> Printed:
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        first = _started(workspace, FORMER)
        record(workspace, first, [Said(CHECKED, Result.NON_COMPLIANT, present_state="Chưa có danh mục")], today=FORMER)
        assessments.close(workspace, first, today=FORMER, reason="Chỉ thử một yêu cầu")
        put_answers(workspace, _declared())
        reliances.rely(workspace, STAFF.id, NOTICES.id, ["browser_email"], regime=regime)
        second = _started(workspace, TODAY)
        record(workspace, second, [Said("4.3.1-b", Result.COMPLIANT, present_state="Biên bản ngày 05/10")], today=TODAY)
        done = print_field_sheet(workspace, second, None, TODAY)
        return Printed(Pdf(done.file.path), field_sheet(assessments.load(workspace, second), places), done.file.path)


def _started(workspace: Workspace, day: date) -> str:
    starting = Starting(kind=AssessmentKind.PERIODIC, assessor="Công an xã Suối Mẫu", level=2)
    return start(workspace, STAFF.id, starting, today=day).assessment.id


def _declared() -> Answer:
    return Answer(
        system_id=NOTICES.id,
        requirement_id="3.9.2.1-a",
        checklist_id="tcvn-14423-2026-level-1",
        result=Result.COMPLIANT,
        present_state="Đã có danh sách",
    )


def _check(lists: Iterable[Checklist], **held: object) -> AssessmentSheet:
    one = Assessment(
        id="thu/2026-1",
        system_id="thu",
        kind=AssessmentKind.SELF,
        regime="thu",
        level=2,
        lists={},
        assessor="Tổ kiểm tra",
        started_on=TODAY,
    )
    given: dict[str, object] = {"answers": {}, "inherited": {}, "previous": {}, **held}
    return assessment_sheet(one, "Hệ thống thử", lists, **given)  # type: ignore[arg-type]


def _rows(sheet: FieldSheet) -> list[FieldRow]:
    return [row for section in sheet.sections for group in section.groups for row in group.rows]


def _row(sheet: FieldSheet, identifier: str) -> FieldRow:
    (found,) = [row for row in _rows(sheet) if row.id == identifier]
    return found


def test_every_requirement_and_duty_stands_once_in_walking_order(
    lists: tuple[Checklist, Checklist], places: Places
) -> None:
    sheet = field_sheet(_check(lists), places)
    assert sorted(row.id for row in _rows(sheet)) == sorted(one.id for each in lists for one in each.requirements)
    assert [row.number for row in _rows(sheet)] == list(range(1, len(_rows(sheet)) + 1))
    titles = [place.title for place in places.places]
    walked = [section.title for section in sheet.sections]
    assert walked == [title for title in titles if title in walked]
    assert sheet.to_look == len(_rows(sheet))
    assert all(section.to_look > 0 for section in sheet.sections)


def test_a_stop_without_a_requirement_is_passed_by(lists: tuple[Checklist, Checklist], places: Places) -> None:
    titles = {section.title for section in field_sheet(_check(lists[:1]), places).sections}
    assert not any(title.startswith("Phòng máy chủ") for title in titles)


def test_a_requirement_the_places_do_not_know_is_printed_all_the_same(
    lists: tuple[Checklist, Checklist], places: Places
) -> None:
    first = places.places[0].model_copy(update={"requirements": {"level-2": ("4.13.1-a",)}})
    few = places.model_copy(update={"places": (first,)})
    sheet = field_sheet(_check(lists), Places.model_validate(few.model_dump()))
    assert [section.title for section in sheet.sections] == [first.title, "Yêu cầu chưa xếp chỗ"]
    assert len(_rows(sheet)) == sum(len(each.requirements) for each in lists)


def test_a_row_says_what_to_look_at_what_proves_it_and_how_it_stood(
    lists: tuple[Checklist, Checklist], places: Places
) -> None:
    previous = {"4.6.2.3.3": Result.PARTIALLY_COMPLIANT}
    row = _row(field_sheet(_check(lists, previous=previous), places), "4.6.2.3.3")
    one = lists[0].requirement(row.id)
    assert one is not None
    assert (row.citation, row.look, row.proof) == (one.citation, one.statement, one.evidence)
    assert row.ask.startswith("Có tài khoản nào nhiều người dùng chung không?")
    assert row.before == "Đạt một phần"
    assert (row.noted, row.shared) == ("", "")


def test_figures_and_cadences_are_named_and_suggestions_marked(
    lists: tuple[Checklist, Checklist], places: Places
) -> None:
    sheet = field_sheet(_check(lists), places)
    assert any("(mức gợi ý)" in note for note in _row(sheet, "4.6.2.2-b.2").notes)
    assert any("ít nhất 1 lần/năm" in note for note in _row(sheet, "4.2.1-c").notes)


def test_what_a_provider_answered_is_not_looked_at_again(lists: tuple[Checklist, Checklist], places: Places) -> None:
    source = Inheritance(system_id="thu-cong-vu", requirement_ids=("4.9.2.1-a",))
    given = Inherited(source=source, provider_name="Thư công vụ của tỉnh", result=Result.COMPLIANT, present_state="")
    sheet = field_sheet(_check(lists, inherited={SHARED: given}), places)
    assert _row(sheet, SHARED).shared == (
        "Dùng chung của Thư công vụ của tỉnh, không phải kiểm tra lại. Kết quả ở đó: Đạt."
    )
    assert (sheet.shared, sheet.to_look) == (1, len(_rows(sheet)) - 1)


def test_what_this_check_already_holds_is_told(lists: tuple[Checklist, Checklist], places: Places) -> None:
    said = Assessed(
        assessment_id="thu/2026-1",
        requirement_id=CHECKED,
        checklist_id=lists[0].id,
        result=Result.COMPLIANT,
        answered_by="Tổ kiểm tra",
        answered_on=TODAY,
    )
    assert _row(field_sheet(_check(lists, answers={CHECKED: (1, said)}), places), CHECKED).noted == (
        "Đạt (ghi ngày 22/11/2026)"
    )


def test_the_paper_holds_every_row_in_full(printed: Printed) -> None:
    for row in _rows(printed.composed):
        assert f"[{row.id}]" in printed.pdf.letters, row.id
        assert printed.pdf.holds(row.look), row.id
        if not row.shared:
            assert printed.pdf.holds(row.proof), row.id


def test_it_is_named_after_the_check_and_filed_with_the_drafts(printed: Printed) -> None:
    assert printed.file.name == f"phieu-kiem-tra-{printed.composed.assessment_id.replace('/', '-')}.pdf"
    assert printed.file.parent.name == STAFF.id
    assert printed.file.parent.parent.name == "du-thao"
    for page in printed.pdf.texts:
        assert f"{printed.composed.assessment_id}, cấp độ 2" in page


def test_the_first_page_says_which_check_and_leaves_the_day_to_fill(printed: Printed) -> None:
    first = printed.pdf.texts[0]
    for expected in (
        "PHIẾU KIỂM TRA AN NINH MẠNG TẠI CHỖ",
        STAFF.name,
        "Cấp độ: 2.",
        printed.composed.assessment_id,
        "Bên kiểm tra: Công an xã Suối Mẫu.",
        "Ngày kiểm tra: ngày .......",
        "Người kiểm tra:",
    ):
        assert expected in first
    for section in printed.composed.sections:
        assert printed.pdf.holds(section.title)


def test_every_place_begins_on_its_page_and_names_itself_on_each(printed: Printed) -> None:
    titles = [squeezed(f". {section.title} ({section.to_look} mục)") for section in printed.composed.sections]
    heads = [squeezed(page.extract_text() or "")[:140] for page in printed.pdf.pages[1:]]
    shown = [next(at for at, title in enumerate(titles) if title in head) for head in heads]
    assert shown == sorted(shown)
    assert set(shown) == set(range(len(titles)))
    for section in printed.composed.sections:
        assert printed.pdf.letters.count(squeezed(section.hint)) == 1


def test_boxes_are_big_enough_and_rows_leave_room_to_write(printed: Printed) -> None:
    boxes = [rect for page in printed.pdf.pages for rect in page.rects + page.curves if _is_box(rect)]
    assert len(boxes) >= 4 * printed.composed.to_look
    for page in printed.pdf.pages[1:]:
        assert (round(float(page.width), 1), round(float(page.height), 1)) == (round(A4[0], 1), round(A4[1], 1))
        numbered = [one for one in page.find_tables()[0].rows if one.cells[2] and one.cells[3]][1:]
        assert numbered
        for cell in (row.cells[3] for row in numbered):
            assert cell is not None
            assert cell[3] - cell[1] >= ROW


def _is_box(rect: dict[str, float]) -> bool:
    return BOX <= rect["width"] <= 1.2 * BOX and BOX <= rect["height"] <= 1.2 * BOX


def test_the_check_before_what_is_noted_and_what_is_shared_are_told(printed: Printed) -> None:
    assert _row(printed.composed, CHECKED).before == "Chưa đạt"
    assert printed.pdf.holds("Lần trước: Chưa đạt")
    assert printed.pdf.holds("Lần này đã ghi: Đạt (ghi ngày 22/11/2026)")
    assert printed.pdf.holds(f"Dùng chung của {NOTICES.name}, không phải kiểm tra lại. Kết quả ở đó: Đạt.")


def test_it_ends_with_two_signatures(printed: Printed) -> None:
    last = printed.pdf.pages[-1]
    assert line(last, "Người kiểm tra")
    assert "Người chỉ dẫn tại nơi được kiểm tra" in printed.pdf.texts[-1]


def test_the_sheet_carries_its_data(printed: Printed) -> None:
    attached = json.loads(printed.pdf.reader.attachments["du-lieu-phieu-kiem-tra.json"][0])
    assert attached["assessment"]["id"] == printed.composed.assessment_id
    assert len(attached["sheet"]["sections"]) == len(printed.composed.sections)


@pytest.mark.usefixtures("unprinted")
@pytest.mark.parametrize(("out", "expected"), [("phieu.pdf", "phieu.pdf"), ("in", "in/phieu-kiem-tra-")])
def test_it_goes_where_it_is_told(office: Workspace, tmp_path: Path, out: str, expected: str) -> None:
    done = print_field_sheet(office, _started(office, TODAY), tmp_path / out, TODAY)
    assert str(done.file.path).startswith(str(tmp_path / expected))


def test_a_closed_check_is_not_taken_along_again(office: Workspace) -> None:
    started = _started(office, TODAY)
    assessments.close(office, started, today=TODAY, reason="Thử")
    with pytest.raises(Refused, match=r"đã kết thúc ngày 22/11/2026.*assessments start ho-so-can-bo"):
        print_field_sheet(office, started, None, TODAY)


def test_a_check_nobody_began_is_not_found(office: Workspace) -> None:
    with pytest.raises(NotFound):
        print_field_sheet(office, "khong-co/2026-1", None, TODAY)
