"""The minutes of a check, read from the PDF: head without place and day, what was found, two signatures, blanks."""

from __future__ import annotations

import json
from datetime import date, time
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.templates import load_layout
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Result
from compliance.domain.assessment_minutes import long_date, moment
from compliance.domain.assessment_sheet import AssessmentSheet
from compliance.domain.regime import OwnForms
from compliance.errors import BadData, NotFound, Refused
from compliance.services import assessments
from compliance.services.assessment_papers import AssessmentPaper, draft_minutes
from compliance.services.assessments import assessment, load
from compliance.services.said_minutes import SaidMinutes
from tests.documents.checked import answer, begin, full_check, mixed
from tests.documents.office import STAFF, TODAY, new_office, put_system
from tests.documents.reading import A4, MM, Pdf, line, lines_of, plain, rules, squeezed, top_margin
from tests.documents.test_assessment_report import LONG_NAME

SAID = SaidMinutes(
    held_on="2026-11-22",
    begins="8h30",
    ends="11:05",
    place="Phòng họp số 1, trụ sở UBND xã Suối Mẫu",
    attendees=("Văn phòng HĐND và UBND xã Suối Mẫu", "Công an xã Suối Mẫu"),
    chair="Chủ tịch Ủy ban nhân dân xã",
    secretary="Công chức Văn phòng",
    opinion="Đơn vị vận hành nhất trí với kết quả.\nĐề nghị bố trí kinh phí năm 2027.",
)


class Paper:
    """Minutes as drafted, with the check they are of."""

    def __init__(self, paper: AssessmentPaper, sheet: AssessmentSheet) -> None:
        self.paper, self.sheet = paper, sheet

    @cached_property
    def pdf(self) -> Pdf:
        return Pdf(self.paper.file.path)

    @property
    def data(self) -> dict[str, Any]:
        attached = self.pdf.reader.attachments["du-lieu-bien-ban-kiem-tra.json"][0]
        found: dict[str, Any] = json.loads(attached)
        return found

    @property
    def first(self) -> str:
        return str(self.pdf.texts[0])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Minutes of a closed level-2 check with everything recorded."""
    with new_office(tmp_path_factory.mktemp("du") / "ho-so") as workspace:
        check = full_check(workspace)
        return Paper(draft_minutes(workspace, check, None, TODAY, SAID), load(workspace, check))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Minutes of a check that has only begun, nothing recorded."""
    with new_office(tmp_path_factory.mktemp("trong") / "ho-so") as workspace:
        check = begin(workspace)
        return Paper(draft_minutes(workspace, check, None, TODAY), load(workspace, check))


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Minutes of a half-answered level-5 check with long names."""
    with new_office(tmp_path_factory.mktemp("cap-5") / "ho-so") as workspace:
        put_system(workspace, STAFF.model_copy(update={"name": LONG_NAME}))
        check = begin(workspace, level=5)
        answer(workspace, check, lambda number, row: mixed(number, row) if number % 2 else None)
        said = SaidMinutes(held_on="2026-11-22", begins="08:00", ends="17:00", attendees=(LONG_NAME,) * 7)
        return Paper(draft_minutes(workspace, check, None, TODAY, said), load(workspace, check))


@pytest.fixture(params=["filled", "blank", "five"])
def any_paper(request: pytest.FixtureRequest) -> Paper:
    found: Paper = request.getfixturevalue(request.param)
    return found


def test_the_head_bears_a_number_of_minutes_and_neither_place_nor_day(any_paper: Paper) -> None:
    head = any_paper.first.partition("BIÊN BẢN")[0]
    assert "Số: /BB-" in head
    assert "ngày" not in head
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head
    page = any_paper.pdf.pages[0]
    assert (round(page.width, 2), round(page.height, 2)) == A4
    assert round(line(page, "BIÊN BẢN")["size"], 1) == load_layout().sizes["body"]
    assert len([one for one in rules(page) if one["top"] < 110 * MM]) >= 3, "agency, motto, title"


def test_it_reads_in_the_order_of_minutes(filled: Paper) -> None:
    text, place = filled.pdf.text, 0
    for words in (
        "BIÊN BẢN",
        "Thời gian bắt đầu: 08 giờ 30 phút, ngày 22 tháng 11 năm 2026.",
        "Địa điểm: Phòng họp số 1",
        "Thành phần tham dự:",
        "- Văn phòng HĐND và UBND xã Suối Mẫu;",
        "- Công an xã Suối Mẫu.",
        "Chủ trì (chủ tọa): Chủ tịch Ủy ban nhân dân xã.",
        "Thư ký (người ghi biên bản): Công chức Văn phòng.",
        "Nội dung:",
        "cấp độ 2; chủ quản: Ủy ban nhân dân xã Suối Mẫu",
        "Việc kiểm tra, đánh giá đối chiếu với:",
        "theo TCVN 14423:2026",
        "2. Kết quả",
        "3. Những nội dung chưa đạt, đạt một phần",
        "4. Ý kiến của các bên",
        "Đơn vị vận hành nhất trí với kết quả.",
        "Đề nghị bố trí kinh phí năm 2027.",
        "Cuộc kiểm tra kết thúc vào 11 giờ 05 phút, ngày 22 tháng 11 năm 2026./.",
        "THƯ KÝ CHỦ TỌA",
        "Nơi nhận:",
        "- Lưu: VT, Hồ sơ.",
    ):
        found = text.find(words, place)
        assert found >= 0, words
        place = found


def test_the_figures_of_every_group_stand_beside_their_bars(filled: Paper) -> None:
    texts = squeezed(filled.pdf.text)
    for group in filled.sheet.groups:
        counts = [group.tally.counts[result] for result in Result]
        numbers = "".join(str(count) if count else "–" for count in (*counts, group.tally.total))
        assert numbers in texts, group.title
    figures = filled.sheet.tally
    said = f"{figures.counts[Result.COMPLIANT]} đạt, {figures.counts[Result.PARTIALLY_COMPLIANT]} đạt một phần"
    assert said in filled.pdf.text


def test_all_that_falls_short_is_listed_with_its_clause(filled: Paper) -> None:
    short = [row for row in filled.sheet.rows if row.result.falls_short]
    assert short
    for row in short:
        assert filled.pdf.holds(row.requirement.statement), row.requirement.id
        assert filled.pdf.holds(f"({row.requirement.citation})"), row.requirement.id


def test_secretary_signs_left_chair_right_and_neither_alone(any_paper: Paper) -> None:
    last = any_paper.pdf.pages[-1]
    left, right, recipients = line(last, "THƯ KÝ"), line(last, "CHỦ TỌA"), line(last, "Nơi nhận:")
    assert left["top"] == pytest.approx(right["top"], abs=1)
    assert left["x1"] < last.width / 2 < right["x0"]
    assert recipients["top"] > left["top"] + load_layout().signature_space_mm * MM
    assert recipients["x0"] == pytest.approx(load_layout().margins.left * MM, abs=1)
    above = [one for one in lines_of(last) if 20 * MM < one["top"] < left["top"] - 5]
    assert any("./." in one["text"] for one in above)


def test_what_nobody_recorded_is_left_to_be_written_in_by_hand(blank: Paper) -> None:
    assert "Thời gian bắt đầu: ........ giờ ........ phút, ngày ........ tháng" in blank.first
    for label in ("Địa điểm:", "Thành phần tham dự:", "Chủ trì (chủ tọa):", "Thư ký (người ghi biên bản):"):
        assert f"{label} ........................................" in blank.first, label
    assert "kết thúc vào ........ giờ" in blank.pdf.text
    assert "Chưa đánh giá yêu cầu nào." in blank.pdf.text
    assert any("để chỗ trống điền tay" in one for one in blank.paper.remarks)


def test_it_prints_in_silence_in_one_face_inside_the_margins(any_paper: Paper) -> None:
    assert not [one for one in any_paper.paper.remarks if one.startswith(("Khi in", "Phông"))]
    assert {name.partition("-")[0] for name in any_paper.pdf.font_names} == {any_paper.paper.face.partition(" ")[0]}
    margins = load_layout().margins
    for number, page in enumerate(any_paper.pdf.pages, start=1):
        printed = [one for one in page.chars if one["text"].strip()]
        assert min(one["x0"] for one in printed) >= margins.left * MM - 0.5
        assert max(one["x1"] for one in printed) <= page.width - margins.right * MM + 1
        assert [one["text"] for one in top_margin(page)] == ([] if number == 1 else [str(number)])


def test_no_bar_stands_alone_on_a_page(any_paper: Paper) -> None:
    for page in any_paper.pdf.pages:
        bars = {round(one["top"]) for one in page.rects if one["fill"] and abs(one["height"] - 2.8 * MM) < 0.3}
        assert len(bars) != 1


def test_data_and_code_go_together(filled: Paper) -> None:
    data = filled.data
    assert data["match_code"] == filled.paper.match_code
    assert filled.paper.match_code in filled.pdf.text
    assert data["assessment"]["minutes"]["begins"] == "08:30:00"
    assert data["minutes"]["attendees"] == list(SAID.attendees)


# what is said of the minutes


def test_what_is_said_is_stored_and_later_sayings_keep_the_rest(office: Workspace, tmp_path: Path) -> None:
    check = begin(office)
    draft_minutes(office, check, tmp_path, TODAY, SAID)
    draft_minutes(office, check, tmp_path, TODAY, SaidMinutes(secretary="Công chức Tư pháp"))
    kept = assessment(office, check).minutes
    assert kept is not None
    assert (kept.begins, kept.ends, kept.held_on) == (time(8, 30), time(11, 5), TODAY)
    assert kept.secretary == "Công chức Tư pháp"
    assert kept.chair == SAID.chair


def test_every_fault_is_told_and_nothing_is_stored(office: Workspace, tmp_path: Path) -> None:
    check = begin(office)
    wrong = SaidMinutes(held_on="ngày mai", begins="25:00", ends="trưa", place="Phòng họp")
    with pytest.raises(BadData) as refused:
        draft_minutes(office, check, tmp_path / "x", TODAY, wrong)
    assert [one.column for one in refused.value.faults] == ["--held-on", "--from", "--to", "--attendee"]
    assert assessment(office, check).minutes is None
    assert not (tmp_path / "x").exists()


def test_hours_that_run_backwards_are_refused(office: Workspace) -> None:
    check = begin(office)
    backwards = SaidMinutes(held_on="2026-11-22", begins="11:00", ends="8:30", attendees=("Công an xã",))
    with pytest.raises(BadData) as refused:
        draft_minutes(office, check, None, TODAY, backwards)
    assert "giờ kết thúc phải sau giờ bắt đầu" in str(refused.value.faults[0])


def test_a_day_ahead_is_refused(office: Workspace) -> None:
    check = begin(office)
    ahead = SaidMinutes(held_on="2026-11-23", begins="8:00", ends="9:00", attendees=("Công an xã",))
    with pytest.raises(Refused, match="sau ngày hôm nay"):
        draft_minutes(office, check, None, TODAY, ahead)


def test_a_regime_without_such_minutes_says_so(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    check = begin(office)
    regime = assessments.regime_of(assessments.assessment(office, check))
    bare = regime.model_copy(update={"own_forms": OwnForms()})
    monkeypatch.setattr(assessments, "regime_of", lambda _: bare)
    with pytest.raises(NotFound, match="chưa có mẫu biên bản kiểm tra"):
        draft_minutes(office, check, None, TODAY)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 2, 5), "ngày 05 tháng 02 năm 2027"),
        (date(2027, 3, 5), "ngày 05 tháng 3 năm 2027"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_are_written_as_the_decree_asks(day: date, words: str) -> None:
    assert long_date(day) == words
    assert plain(moment(time(7, 5), day)) == f"07 giờ 05 phút, {words}"
