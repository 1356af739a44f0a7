"""The report of a check, read from the PDF: the leader's page, the bars, every requirement, evidence, open law."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.templates import load_layout
from compliance.adapters.thumbnails import LONGEST
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Result
from compliance.domain.assessment_changes import Turn, turn_of
from compliance.domain.assessment_sheet import AssessmentRow, AssessmentSheet
from compliance.domain.remediation import Severity
from compliance.errors import NotFound
from compliance.services import answering, reliances
from compliance.services.assessment_papers import AssessmentPaper, draft_report
from compliance.services.assessments import close, load, regime_of
from compliance.services.evidence import Describing, add_files
from tests.documents.checked import (
    BEFORE,
    MIXED,
    answer,
    begin,
    full_check,
    mixed,
    photograph,
    prove,
    unreadable_picture,
)
from tests.documents.office import SECURITY, STAFF, TODAY, USED, new_office, put, put_system
from tests.documents.reading import A4, MM, Pdf, line, lines_of, plain, rules, squeezed, top_margin

BAR = 34
"""Width of a bar on the leader's page, in millimetres."""

LONG_NAME = (
    "Hệ thống thông tin quản lý hồ sơ cán bộ, công chức, viên chức, người hoạt động không chuyên trách và dữ liệu nhân "
    "sự dùng chung giữa các phòng chuyên môn, đơn vị sự nghiệp trực thuộc Ủy ban nhân dân xã Suối Mẫu và Trung tâm "
    "Phục vụ hành chính công (giai đoạn 2026-2030)"
)
LONG_UNIT = SECURITY.model_copy(
    update={
        "parent_header": "Ủy ban nhân dân xã Suối Mẫu",
        "header": "Bộ phận chuyên trách về an ninh mạng, chuyển đổi số và bảo vệ dữ liệu cá nhân xã Suối Mẫu",
    }
)


@dataclass(frozen=True)
class Report:
    paper: AssessmentPaper
    sheet: AssessmentSheet

    @cached_property
    def pdf(self) -> Pdf:
        return Pdf(self.paper.file.path)

    @cached_property
    def data(self) -> dict[str, Any]:
        attached = self.pdf.reader.attachments["du-lieu-bao-cao-danh-gia.json"][0]
        found: dict[str, Any] = json.loads(attached)
        return found

    @property
    def first(self) -> str:
        return self.page(0)

    def page(self, number: int) -> str:
        """The words of one page, counted from 0; reading a whole long report takes seconds."""
        return plain(self.pdf.pages[number].extract_text())

    @cached_property
    def annex(self) -> int:
        """The page the annex begins on, counted from 0."""
        return next(at for at, text in enumerate(self.pdf.texts) if text.startswith("Phụ lục KẾT QUẢ CHI TIẾT"))


def drafted(workspace: Workspace, check: str) -> Report:
    return Report(draft_report(workspace, check, None, TODAY), load(workspace, check))


@contextmanager
def office_in(folder: Path) -> Iterator[Workspace]:
    with new_office(folder / "ho-so") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A closed level-2 check, every kind of result, with a check before, evidence and deadlines."""
    folder = tmp_path_factory.mktemp("tron")
    with office_in(folder) as workspace:
        check = full_check(workspace)
        prove(workspace, [row.requirement.id for row in load(workspace, check).rows], folder)
        return drafted(workspace, check)


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A closed level-5 check whose system and unit have the longest names: the most a report has to hold."""
    with office_in(tmp_path_factory.mktemp("cap-5")) as workspace:
        put_system(workspace, STAFF.model_copy(update={"name": LONG_NAME}))
        put(workspace, "unit", [(LONG_UNIT.id, LONG_UNIT)])
        return drafted(workspace, full_check(workspace, level=5))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A check that has only begun."""
    with office_in(tmp_path_factory.mktemp("trong")) as workspace:
        return drafted(workspace, begin(workspace))


@pytest.fixture(scope="module")
def partly(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """An open check by the operator itself that inherits some answers and leaves a third open; pictures on file."""
    folder = tmp_path_factory.mktemp("mot-phan")
    with office_in(folder) as workspace:
        given = begin(workspace, level=3, system_id=USED.id)
        answer(workspace, given, lambda number, _: MIXED[number % 9] if number < 80 else None)
        regime = regime_of(load(workspace, given).assessment)
        reliances.rely(workspace, STAFF.id, USED.id, ("risk", "hardware"), regime=regime)
        check = begin(workspace, assessor="van-phong")
        answer(workspace, check, _third_open)
        own = [row.requirement.id for row in load(workspace, check).rows if row.own]
        files = [photograph(folder / "nhan.png", (900, 1600)), unreadable_picture(folder / "hong.png")]
        serves = [(STAFF.id, own[0]), (STAFF.id, own[1])]
        add_files(workspace, files, Describing(title="Ảnh dán nhãn máy trạm"), serves=serves, today=TODAY)
        report = drafted(workspace, check)
        assert all(workspace.attachments.sound(one["sha256"]) for one in report.data["report"]["pictures"])
        return report


HOSTILE = "Tủ <script>alert(1)</script> {{ 7 * 7 }} {% raw %}"
EQUIVALENT = ("Khóa bằng thẻ từ", "Máy trạm không có người ngoài")


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Report]:
    """A level-1 check with two answers, one hostile and one of an equivalent measure, reported twice."""
    folder = tmp_path_factory.mktemp("hai-lan")
    with office_in(folder) as workspace:
        check = begin(workspace, level=1)
        sheet = load(workspace, check)
        first, *rest = (row.requirement for row in sheet.rows)
        choice = next(one.id for one in rest if one.equivalent_allowed)
        measure, why = EQUIVALENT
        met = answering.Said(choice, Result.COMPLIANT, "Có", equivalent=measure, equivalent_reason=why)
        said = [answering.Said(first.id, Result.NON_COMPLIANT, HOSTILE), met]
        answering.record(workspace, check, said, today=TODAY)
        one, other = (Report(draft_report(workspace, check, folder / name, TODAY), sheet) for name in ("a", "b.pdf"))
        return one, other


def _third_open(number: int, row: AssessmentRow) -> Result | None:
    return None if row.from_provider or number % 3 == 0 else MIXED[number % 9]


EVERY = ("whole", "five", "empty", "partly")


@pytest.fixture(params=EVERY)
def any_report(request: pytest.FixtureRequest) -> Report:
    found: Report = request.getfixturevalue(request.param)
    return found


# the leader's page


def test_the_first_page_is_the_leaders_page_and_nothing_else(any_report: Report) -> None:
    for words in ("BÁO CÁO", "1. Kết quả theo nhóm yêu cầu", "2. Các nội dung chưa đạt", "3. Thay đổi so với lần"):
        assert words in any_report.first, words
    assert any_report.page(1).startswith("2 4. Thông tin chung")


def test_it_says_level_coverage_compliance_and_how_many_are_overdue(whole: Report) -> None:
    figures = whole.sheet.tally
    page = squeezed(whole.pdf.reader.pages[0].extract_text())
    overdue = [one for one in _remedies(whole) if one.get("overdue")]
    assert len(overdue) == whole.data["report"]["leader"]["overdue"] > 0
    for words in (
        "Cấp độ 2",
        f"Đã đánh giá 100% {figures.assessed}/{figures.total} yêu cầu",
        f"Đạt 75% {figures.counts[Result.COMPLIANT]}/{figures.applicable} yêu cầu áp dụng",
        f"Quá hạn khắc phục {len(overdue)}",
    ):
        assert squeezed(words) in page, words


def _remedies(report: Report) -> list[dict[str, Any]]:
    return [
        row["remedy"]
        for each in report.data["report"]["lists"]
        for group in each["groups"]
        for row in group["rows"]
        if row["remedy"]
    ]


def test_shares_are_rounded_but_never_to_all_or_nothing(partly: Report) -> None:
    figures, leader = partly.sheet.tally, partly.data["report"]["leader"]
    assert leader["coverage"] == pytest.approx(100 * figures.coverage, abs=1)
    assert leader["compliance"] == pytest.approx(100 * figures.compliance, abs=1)
    assert 0 < leader["coverage"] < 100


def test_every_group_has_its_bar_and_its_numbers_beside_it(any_report: Report) -> None:
    sheet, texts = any_report.sheet, squeezed(any_report.first)
    basic = sheet.rows[0].checklist_id
    titles = {row.requirement.group: row.group_title for row in sheet.rows if row.checklist_id == basic}
    for group, title in titles.items():
        rows = [row for row in sheet.rows if row.requirement.group == group and row.checklist_id == basic]
        counted = [sum(row.result is result for row in rows) for result in Result]
        numbers = "".join(str(count) if count else "–" for count in (*counted, len(rows)))
        assert squeezed(title)[:24] in texts, title
        assert numbers in texts, title


def test_bars_are_as_wide_as_the_numbers_say(any_report: Report) -> None:
    chart = any_report.data["report"]["leader"]["chart"]
    bars = [*chart["bars"], chart["whole"]]
    drawn = _bars(any_report.pdf.pages[0])
    assert len(drawn) == len(bars)
    for one, widths in zip(bars, drawn, strict=True):
        wanted = [BAR * MM * part["count"] / one["total"] for part in one["segments"] if part["count"]]
        assert widths == pytest.approx(wanted, abs=0.15), one["title"]


def _bars(page: Any) -> list[list[float]]:
    """The widths of the parts of each bar, top to bottom, left to right."""
    parts = [one for one in page.rects if one["fill"] and abs(one["height"] - 2.8 * MM) < 0.3]
    tops = sorted({round(one["top"], 1) for one in parts})
    rows = [sorted((one for one in parts if round(one["top"], 1) == top), key=lambda one: one["x0"]) for top in tops]
    return [[one["width"] for one in row] for row in rows]


def test_parts_differ_without_colour(whole: Report) -> None:
    page = whole.pdf.pages[0]
    shades = {one["non_stroking_color"] for one in (*page.rects, *page.curves) if one["fill"]}
    assert all(len(set(shade)) == 1 for shade in shades), "greys only"
    chart = whole.data["report"]["leader"]["chart"]
    assert [one["label"] for one in chart["legend"]] == [one.label for one in Result]
    parts = [one for one in page.rects if one["fill"] and abs(one["height"] - 2.8 * MM) < 0.3]
    assert {round(one["non_stroking_color"][0], 2) for one in parts} == {0.0, 0.78, 1.0}
    hatched = [one for one in (*page.lines, *page.curves) if one["stroke"] and not one["fill"]]
    assert hatched, "what is met in part is hatched"


def test_bars_are_vectors_not_pictures(any_report: Report) -> None:
    assert not any_report.pdf.pages[0].images
    assert len(any_report.pdf.pages[0].rects) > 15


def test_the_ten_worst_stand_in_order(whole: Report, five: Report) -> None:
    for report in (whole, five):
        every = sorted(_remedies(report), key=_badness)
        worst = report.data["report"]["leader"]["worst"]
        assert [one["number"] for one in worst] == [one["number"] for one in every[:10]]
        assert report.data["report"]["leader"]["shortfalls"] == len(every)
        table = report.pdf.pages[0].extract_tables()[-1]
        assert [int(row[0]) for row in table[1:]] == [one["number"] for one in worst]


def _badness(one: dict[str, Any]) -> tuple[int, bool, bool, int]:
    severity = Severity(one["severity"]).rank
    return (severity, not one.get("overdue", False), one["result"] != Result.NON_COMPLIANT, one["number"])


def test_a_finding_cut_short_says_so_and_stands_in_full_behind(whole: Report) -> None:
    cut = [one for one in whole.data["report"]["leader"]["worst"] if one["statement"].endswith("…")]
    assert cut
    for one in cut:
        row = whole.sheet.rows[one["number"] - 1].requirement
        assert row.statement.startswith(one["statement"][:-1])
        assert whole.pdf.holds(row.statement)


def test_the_change_since_last_time_adds_up(whole: Report, five: Report) -> None:
    for report in (whole, five):
        turns = [turn_of(row.previous, row.result) for row in report.sheet.rows]
        better, worse, new = (turns.count(one) for one in (Turn.BETTER, Turn.WORSE, Turn.NEW))
        assert better
        assert worse
        assert f"tốt lên {better}; kém đi {worse}" in report.first
        assert f"mới được đánh giá {new}; giữ nguyên {turns.count(Turn.SAME)}" in report.first
        assert BEFORE.strftime("%d/%m/%Y") in report.first


def test_what_got_worse_is_listed_row_by_row(whole: Report) -> None:
    place = next(text for text in whole.pdf.texts[whole.annex :] if "Các yêu cầu kém đi so với lần trước" in text)
    worse = [row for row in whole.sheet.rows if turn_of(row.previous, row.result) is Turn.WORSE]
    assert worse[0].requirement.citation.split(" mục ")[-1] in place
    assert len(whole.data["report"]["leader"]["changes"]["worse"]) == len(worse)


def test_a_first_check_has_nothing_to_compare_with(empty: Report) -> None:
    assert "Chưa có lần kiểm tra trước để so sánh." in empty.first
    assert "Chưa đánh giá yêu cầu nào." in empty.first


def test_a_check_by_other_lists_says_why_all_is_new(office: Workspace) -> None:
    first = begin(office, level=1, day=BEFORE)
    answer(office, first, mixed, day=BEFORE)
    close(office, first, today=BEFORE)
    check = begin(office, level=2)
    report = drafted(office, check)
    assert "(theo danh mục khác nên phần lớn tính là mới)" in report.first
    carried = [row for row in report.sheet.rows if row.answer and row.answer.carried_from]
    assert carried
    text = squeezed("Mang sang từ kết quả trước")
    assert report.pdf.letters.count(text) == len(carried)
    assert squeezed(carried[0].answer.carried_from[0]) in report.pdf.letters  # type: ignore[union-attr]


# what stands behind


def test_every_requirement_stands_once_with_clause_result_and_state(whole: Report) -> None:
    assert not whole.sheet.open_rows
    for row in whole.sheet.rows:
        assert whole.pdf.holds(row.requirement.statement), row.requirement.id
        assert whole.pdf.holds(row.requirement.citation), row.requirement.id
    for result in Result:
        if count := whole.sheet.tally.counts[result]:
            assert whole.pdf.letters.count(squeezed(result.label)) >= count
    assert whole.pdf.holds("Lý do: Hệ thống không có thành phần này.")
    assert whole.pdf.holds("Mới thực hiện ở 9 trong 14 máy trạm.")


def test_measure_unit_and_deadline_stand_beside_a_shortfall(whole: Report) -> None:
    planned = next(one for one in _remedies(whole) if one["measure"] and one.get("overdue"))
    said = f"Khắc phục: {planned['measure']}; {planned['unit']}; hạn {planned['due']} (quá hạn). Mức độ cao"
    assert whole.pdf.holds(said)
    assert whole.pdf.holds("chưa định biện pháp; chưa định hạn")


def test_what_is_not_assessed_is_listed_with_its_clause(partly: Report, empty: Report) -> None:
    for report in (partly, empty):
        left = report.sheet.open_rows
        assert f"Yêu cầu chưa đánh giá ({len(left)})" in report.pdf.text
        for row in left:
            assert report.pdf.holds(row.requirement.statement), row.requirement.id
        assert any(f"Còn {len(left)} yêu cầu chưa đánh giá" in one for one in report.paper.remarks)
    assert "chưa kết thúc, số liệu đến ngày 22/11/2026" in partly.first


def test_inherited_rows_name_their_source(partly: Report) -> None:
    shared = [row for row in partly.sheet.rows if row.from_provider]
    assert f"; dùng chung {len(shared)}" in partly.first
    assert partly.pdf.letters.count(squeezed(f"Dùng chung của {USED.name}")) == len(shared)


def test_an_equivalent_measure_stands_with_its_reason(twice: tuple[Report, Report]) -> None:
    measure, why = EQUIVALENT
    assert twice[0].pdf.holds(f"Biện pháp tương đương: {measure} Lý do chọn: {why}")


def test_evidence_stands_with_where_it_is(whole: Report) -> None:
    assert whole.pdf.holds("Quy chế bảo đảm an ninh mạng số 15/QC-UBND. Tủ 2, cặp “An ninh mạng 2026” (mc-2026-0002)")
    assert whole.pdf.holds("Tệp tu-mang.jpg (mc-2026-0001)")
    assert whole.pdf.holds("hết hạn ngày 31/12/2025")


def test_missing_and_expired_evidence_is_listed(whole: Report) -> None:
    report = whole.data["report"]
    assert len(report["unproved"]) + len(report["gaps"]) == report["leader"]["gaps"]
    assert [one["kind"] for one in report["gaps"]] == ["Minh chứng hết hạn"]
    assert f"Chưa có minh chứng ({len(report['unproved'])}), các dòng: 3-" in whole.pdf.text
    assert whole.pdf.holds("Hợp đồng bảo trì (mc-2026-0003), hết hạn ngày 31/12/2025")


def test_pictures_are_shown_small(whole: Report) -> None:
    shown = [one for page in whole.pdf.pages for one in page.images]
    assert len(shown) == 1
    assert max(shown[0]["srcsize"]) == LONGEST
    assert max(shown[0]["width"], shown[0]["height"]) <= 57 * MM
    assert whole.pdf.holds("Ảnh tủ mạng tầng 2, ngày 20/11/2026 (mc-2026-0001). Tệp tu-mang.jpg. Dòng 1.")


def test_a_picture_that_cannot_be_read_is_named_and_told(partly: Report) -> None:
    assert partly.pdf.holds("Không đọc được ảnh")
    assert partly.pdf.holds("Tệp hong.png")
    assert sum(one.startswith("Không đọc được ảnh mc-2026-0002") for one in partly.paper.remarks) == 1


def test_who_checked_and_what_the_law_leaves_open_is_said(partly: Report, five: Report) -> None:
    assert partly.pdf.holds("Bên đánh giá chưa độc lập với đơn vị vận hành.")
    for code in ("W07", "W45"):
        assert f"({code}):" in partly.pdf.text
    assert partly.pdf.holds("(điểm c khoản 2 Điều 31, điểm đ khoản 1 Điều 34 Nghị định số 331/2026/NĐ-CP)")
    assert "(W07)" not in five.pdf.letters
    assert five.pdf.holds("Cấp độ 5, hệ thống quan trọng phải do tổ chức chuyên môn đánh giá.")


# the paper as a paper


def test_it_prints_in_silence_in_one_face(any_report: Report) -> None:
    assert not [one for one in any_report.paper.remarks if one.startswith(("Khi in", "Phông"))]
    face = any_report.paper.face.replace(" ", "-")
    assert {name.rpartition("-")[0] or name for name in any_report.pdf.font_names} <= {face, *_faces(face)}
    assert 'pdfaid:part="3"' in any_report.pdf.xmp


def _faces(face: str) -> set[str]:
    return {f"{face}-Bold", f"{face}-Italic", f"{face}-Bold-Italic", face.partition("-")[0]}


def test_the_head_is_that_of_a_report(any_report: Report) -> None:
    page = any_report.pdf.pages[0]
    assert "/BC-" in any_report.first
    assert round(line(page, "BÁO CÁO")["size"], 1) == load_layout().sizes["body"]
    assert (round(page.width, 2), round(page.height, 2)) == A4
    assert len([one for one in rules(page) if one["top"] < 90 * MM]) >= 3, "agency, motto, title"


def test_everything_stays_inside_the_margins(any_report: Report) -> None:
    margins = load_layout().margins
    for page in any_report.pdf.pages:
        printed = [one for one in page.chars if one["text"].strip()]
        assert min(one["x0"] for one in printed) >= margins.left * MM - 0.5
        assert max(one["x1"] for one in printed) <= page.width - margins.right * MM + 1


def test_the_annex_counts_its_own_pages_and_bears_the_code(any_report: Report) -> None:
    pages, annex = any_report.pdf.pages, any_report.annex
    assert not top_margin(pages[0])
    assert [one["text"] for one in top_margin(pages[annex - 1])] == [str(annex)]
    assert not top_margin(pages[annex])
    assert [one["text"] for one in top_margin(pages[annex + 1])] == ["2"]
    code = any_report.paper.match_code
    assert all(code not in text for text in any_report.pdf.texts[:annex])
    assert all(code in text for text in any_report.pdf.texts[annex:])


def test_the_signature_stands_with_text(any_report: Report) -> None:
    page = any_report.pdf.pages[any_report.annex - 1]
    recipients = line(page, "Nơi nhận:")
    above = [one for one in lines_of(page) if 20 * MM < one["top"] < recipients["top"] - 5]
    assert any("./." in one["text"] for one in above)
    assert "Lưu: VT, Hồ sơ." in plain(page.extract_text())


def test_data_and_code_go_together(whole: Report) -> None:
    assert whole.data["match_code"] == whole.paper.match_code
    assert whole.data["assessment"]["id"] == whole.sheet.assessment.id
    assert whole.paper.as_json()["figures"]["total"] == whole.sheet.tally.total
    assert set(whole.paper.versions) >= {f"checklist/{id_}" for id_ in whole.sheet.assessment.lists}


def test_the_same_check_gives_the_same_bytes(twice: tuple[Report, Report]) -> None:
    in_folder, in_file = (one.paper.file for one in twice)
    assert in_folder.sha256 == in_file.sha256
    assert in_folder.path.parts[-2:] == ("a", "bao-cao-danh-gia-ho-so-can-bo-2026-1.pdf")
    assert in_file.path == in_folder.path.parents[1] / "b.pdf"


def test_hostile_text_is_printed_as_it_was_typed(twice: tuple[Report, Report]) -> None:
    assert twice[0].pdf.holds(HOSTILE)


@pytest.mark.parametrize("make", [draft_report])
def test_an_unknown_check_is_not_found(office: Workspace, make: Callable[..., AssessmentPaper]) -> None:
    begin(office)
    with pytest.raises(NotFound, match="ho-so-can-bo/2026-1"):
        make(office, "ho-so-can-bo/2026-11", None, TODAY)
