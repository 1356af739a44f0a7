"""Mẫu số 03 to 08 and the decision the decree has no form for: the annex's words in order, an official look."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.rendering import Properties, RenderedPdf, render
from compliance.adapters.templates import fill, load_form, load_layout, page_face
from compliance.domain.annual_report import AnnualReport
from compliance.domain.printed import Standing, Value
from compliance.domain.regime import Regime
from compliance.domain.road_paper import RoadPaper
from tests.documents.office import TODAY
from tests.documents.reading import A4, MM, Pdf, line, lines_of, rules, squeezed, top_margin
from tests.documents.statutory_words import ADAPTED, DECREE, OPINION, PAPERS, THIS_DECREE, WORDS
from tests.documents.test_forms import example

REGIME = "nd331-2026"
LOW = "quyet-dinh-phe-duyet-cap-do-1-2"
LETTERS = ("mau-03", "mau-04")
DECISIONS = ("mau-06", "mau-07", LOW)
ROAD = (*LETTERS, "mau-05", *DECISIONS)
ALL = (*ROAD, "mau-08")
UNKNOWN = Value(field="road.unknown", standing=Standing.UNANSWERED)


def printed(form_id: str, folder: Path, **changed: Any) -> RenderedPdf:
    """The form printed from its example, with some of its content changed."""
    data = example(f"{REGIME}/{form_id}")
    key = "annual" if "annual" in data else "paper"
    content = data[key].model_copy(update=changed)
    form, face = load_form(REGIME, form_id), page_face(load_layout())
    properties = Properties("Thử", "Xã mẫu", "Thử", (), TODAY)
    html = fill(form, {**data, key: content}, face=face)
    return render(html, folder / f"{form_id}.pdf", face=face, properties=properties)


def sheet(form_id: str, folder: Path, **changed: Any) -> Pdf:
    """The same to be read; nothing was complained of on the way."""
    result = printed(form_id, folder, **changed)
    assert result.remarks == ()
    return Pdf(result.path)


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pdf]:
    folder = tmp_path_factory.mktemp("mau")
    return {form_id: sheet(form_id, folder) for form_id in ALL}


def in_order(pdf: Pdf, expected: Sequence[str]) -> None:
    place = 0
    for words in expected:
        found = pdf.letters.find(squeezed(words), place)
        assert found >= 0, f"{words!r} does not stand after {pdf.letters[max(place - 80, 0) : place]!r}"
        place = found


@pytest.mark.parametrize("form_id", WORDS)
def test_the_words_of_the_annex_stand_in_its_order(papers: dict[str, Pdf], form_id: str) -> None:
    in_order(papers[form_id], WORDS[form_id])


@pytest.mark.parametrize(
    ("form_id", "times"), [("mau-03", 0), ("mau-04", 2), ("mau-05", 0), ("mau-06", 1), ("mau-07", 1), (LOW, 0)]
)
def test_a_paper_that_says_this_decree_adds_which_one(papers: dict[str, Pdf], form_id: str, times: int) -> None:
    letters = papers[form_id].letters
    assert letters.count(squeezed("Nghị định này")) == letters.count(squeezed(THIS_DECREE)) == times


@pytest.mark.parametrize("form_id", WORDS)
def test_title_and_levels_are_those_the_regime_names(regime: Regime, form_id: str) -> None:
    data, known = load_form(REGIME, form_id).data, {one.id: one for one in regime.forms}[form_id]
    assert (data.title, data.levels) == (known.title, known.levels)
    assert data.citation == f"Mẫu số {form_id[-2:]}, Phụ lục {DECREE}"


def test_the_decision_without_a_form_is_registered_and_says_so(regime: Regime, papers: dict[str, Pdf]) -> None:
    data = load_form(REGIME, regime.own_forms.approval_decision_low).data
    assert (data.id, data.levels) == (LOW, (1, 2))
    assert "không có mẫu riêng" in data.citation
    in_order(papers[LOW], ADAPTED)
    last = papers[LOW].pages[-1]
    assert line(last, "Ghi chú:")["top"] > line(last, "TRƯỞNG BỘ PHẬN")["top"], "the note stands behind the signature"
    assert line(papers[LOW].pages[0], "BỘ PHẬN CHUYÊN TRÁCH"), "the dedicated unit issues it, not the owner"


@pytest.mark.parametrize("form_id", ALL)
def test_pages_are_a4_with_the_margins_of_the_decree(papers: dict[str, Pdf], form_id: str) -> None:
    margins = load_layout().margins
    for number, page in enumerate(papers[form_id].pages, 1):
        size = (round(page.width, 2), round(page.height, 2))
        assert size in (A4, A4[::-1])
        assert size == A4 or form_id == "mau-08", "only the table of the report lies across"
        body = [one for one in lines_of(page) if one["top"] >= margins.top * MM - 0.5]
        assert min(one["x0"] for one in body) >= margins.left * MM - 0.5
        assert max(one["x1"] for one in body) <= page.width - margins.right * MM + 0.5
        assert max(one["bottom"] for one in body) <= page.height - margins.bottom * MM + 0.5
        above = top_margin(page)
        assert [one["text"] for one in above] == ([] if number == 1 else [str(number)])
        if above:
            assert (above[0]["x0"] + above[0]["x1"]) / 2 == pytest.approx(
                (margins.left * MM + page.width - margins.right * MM) / 2, abs=1
            )


@pytest.mark.parametrize("form_id", ALL)
def test_the_motto_has_its_rule_and_the_office_signs(papers: dict[str, Pdf], form_id: str) -> None:
    page = papers[form_id].pages[0]
    motto = line(page, "Độc lập")
    under = next(one for one in rules(page) if abs(one["x0"] - motto["x0"]) < 1 and one["top"] > motto["bottom"] - 2)
    assert under["width"] == pytest.approx(motto["x1"] - motto["x0"], abs=1)
    last = papers[form_id].pages[-1]
    content = next(value for value in example(f"{REGIME}/{form_id}").values() if hasattr(value, "letterhead"))
    signer = line(last, content.letterhead.signs_as[0].upper())
    assert signer["font"].endswith("-Bold")
    assert line(last, "Nơi nhận:")["top"] == pytest.approx(signer["top"], abs=2)
    office = line(last, content.letterhead.signs_as[-1].upper())
    below = min(one["top"] for one in lines_of(last) if one["top"] > office["bottom"] and one["x0"] > last.width / 2)
    assert below - office["bottom"] >= 27 * MM, "the place of signature and seal stays empty"


@pytest.mark.parametrize(
    ("form_id", "symbol"),
    [("mau-03", "VP"), ("mau-05", "TTr-TTPVHCC"), ("mau-06", "QĐ-UBND"), (LOW, "QĐ-BPANM"), ("mau-08", "UBND")],
)
def test_the_number_is_left_to_the_registry(papers: dict[str, Pdf], form_id: str, symbol: str) -> None:
    assert papers[form_id].letters.count(f"Số:/{symbol}") == 1
    assert "ngày ..... tháng ..... năm ......" in papers[form_id].text


@pytest.mark.parametrize("form_id", DECISIONS)
def test_a_decision_names_its_authority_and_ends_its_grounds_with_the_proposal(
    papers: dict[str, Pdf], form_id: str
) -> None:
    page, paper = papers[form_id].pages[0], example(f"{REGIME}/{form_id}")["paper"]
    title, deciding, order = (line(page, words) for words in ("Về việc", paper.deciding.text.upper(), "QUYẾT ĐỊNH:"))
    deciding = [one for one in lines_of(page) if one["text"] == paper.deciding.text.upper()][-1]
    middle = (load_layout().margins.left * MM + page.width - load_layout().margins.right * MM) / 2
    for one in (title, deciding, order):
        assert (one["x0"] + one["x1"]) / 2 == pytest.approx(middle, abs=1)
        assert one["font"].endswith("-Bold")
    first, last = line(page, "Căn cứ Luật"), line(page, "Xét đề nghị")
    assert title["top"] < deciding["top"] < first["top"] < last["top"] < order["top"]
    assert {first["font"].rpartition("-")[2], last["font"].rpartition("-")[2]} == {"Italic"}
    assert papers[form_id].text.partition("QUYẾT ĐỊNH:")[0].rstrip().endswith(".")


@pytest.mark.parametrize(("form_id", "step"), [("mau-06", "submit"), ("mau-07", "submit"), (LOW, "send")])
def test_a_decision_cites_what_asked_for_it_and_says_once_whose_it_is(form_id: str, step: str, tmp_path: Path) -> None:
    paper: RoadPaper = example(f"{REGIME}/{form_id}")["paper"]
    kind = "Tờ trình" if step == "submit" else "Công văn"
    asked = Value(field="road.asked", text=f"số 24/TTr ngày 15/12/2026 của {paper.requester.text}")
    expected = f"Xét đề nghị của cơ quan {paper.requester.text} ({kind} số 24/TTr ngày 15/12/2026)."
    assert sheet(form_id, tmp_path, cited={step: asked}).holds(expected)
    named = asked.model_copy(update={"text": f"{kind} {asked.text}"})
    assert sheet(form_id, tmp_path, cited={step: named}).holds(expected)
    assert sheet(form_id, tmp_path, cited={}).holds(f"Xét đề nghị của cơ quan {paper.requester.text}. QUYẾT ĐỊNH:")


@pytest.mark.parametrize("form_id", DECISIONS)
def test_a_regulation_nobody_issued_stays_a_visible_blank(papers: dict[str, Pdf], form_id: str, tmp_path: Path) -> None:
    assert papers[form_id].letters.count(squeezed("(chưa thấy ban hành)")) == 2
    issued = Value(field="regime.technical_regulation", text="QCVN 01:2027/BCA")
    known = sheet(form_id, tmp_path, technical_regulation=issued)
    assert not known.holds("chưa thấy ban hành")
    assert known.holds("quy chuẩn kỹ thuật quốc gia QCVN 01:2027/BCA về bảo đảm an ninh mạng theo cấp độ.")


def test_an_open_conclusion_leaves_both_words_for_the_appraiser_to_strike_out(tmp_path: Path) -> None:
    pdf = sheet("mau-04", tmp_path, fit=None)
    assert pdf.holds(
        "Hồ sơ đề xuất cấp độ hệ thống thông tin là phù hợp/chưa phù hợp (nếu chưa phù hợp đề nghị chỉ rõ những "
        "nội dung chưa phù hợp) để theo cấp độ đề xuất."
    )
    assert pdf.holds(
        "xem xét báo cáo cấp có thẩm quyền điều chỉnh (nếu yêu cầu điều chỉnh) hoặc trình cơ quan có thẩm quyền phê "
        "duyệt (nếu chấp thuận đề xuất của cơ quan trình)./."
    )


def test_a_dossier_that_fits_goes_on_to_approval(tmp_path: Path) -> None:
    pdf = sheet("mau-04", tmp_path, fit=True, reasons=("Không được in",))
    assert pdf.holds("Hồ sơ đề xuất cấp độ hệ thống thông tin là phù hợp để theo cấp độ đề xuất.")
    assert pdf.holds("xem xét trình cơ quan có thẩm quyền phê duyệt./.")
    assert not pdf.holds("chưa phù hợp")
    assert not pdf.holds("Không được in")


def test_a_dossier_that_does_not_fit_is_told_point_by_point(tmp_path: Path) -> None:
    reasons = ("Chưa có sơ đồ mô hình vật lý", "Thiếu phương án sao lưu dữ liệu")
    pdf = sheet("mau-04", tmp_path, fit=False, reasons=reasons)
    assert pdf.holds("là chưa phù hợp để theo cấp độ đề xuất. Những nội dung chưa phù hợp:")
    assert pdf.holds(f"- {reasons[0]}; - {reasons[1]}.")
    assert pdf.holds("xem xét báo cáo cấp có thẩm quyền điều chỉnh./.")


def test_the_appraisal_also_asks_about_the_plan_without_touching_the_three_lines(papers: dict[str, Pdf]) -> None:
    in_order(
        papers["mau-04"],
        (
            "3. Ý kiến khác (nếu có).",
            "phương án bảo đảm an ninh mạng trong thiết kế (điểm b khoản 1 Điều 23):",
            "phương án bảo đảm an ninh mạng trong quá trình vận hành (điểm c khoản 1 Điều 23):",
            "Phần 5. Kết luận",
        ),
    )


@pytest.mark.parametrize(
    ("level", "important", "addressee", "listed"),
    [(3, False, "operator", False), (3, True, "owner", True), (4, None, "owner", True), (5, True, "owner", True)],
)
def test_the_opinion_answers_whoever_sent_the_dossier(
    tmp_path: Path, level: int, important: bool | None, addressee: str, listed: bool
) -> None:
    paper: RoadPaper = example(f"{REGIME}/mau-04")["paper"]
    pdf = sheet("mau-04", tmp_path, level=level, important=important)
    assert pdf.holds(f"Kính gửi: {getattr(paper, addressee).text}.")
    assert pdf.holds(OPINION) is listed
    in_order(pdf, PAPERS)


@pytest.mark.parametrize(("level", "applies"), [(3, False), (4, True), (5, True)])
def test_the_submission_keeps_the_numbers_of_its_six_papers(tmp_path: Path, level: int, applies: bool) -> None:
    pdf = sheet("mau-05", tmp_path, level=level, important=level == 5)
    in_order(pdf, (*PAPERS, OPINION, "6. Ý kiến thẩm định của cơ quan phối hợp thẩm định"))
    assert pdf.holds("(Không áp dụng: hệ thống được đề xuất cấp độ 3.)") is not applies


def test_the_submission_brings_the_opinion_of_whoever_led_the_appraisal(papers: dict[str, Pdf]) -> None:
    cited = example(f"{REGIME}/mau-05")["paper"].cited["appraise"].text
    assert papers["mau-05"].holds(f"cơ quan chủ trì thẩm định (điểm b khoản 1 Điều 24 {DECREE}): văn bản {cited}.")


@pytest.mark.parametrize("form_id", ROAD)
def test_what_nobody_recorded_is_a_blank_and_no_word_is_left_alone(form_id: str, tmp_path: Path) -> None:
    """A line never breaks before dots of itself; the words before them must not scatter over lines of their own."""
    paper: RoadPaper = example(f"{REGIME}/{form_id}")["paper"]
    unknown = {name: UNKNOWN for name, value in paper if isinstance(value, Value)}
    head = paper.letterhead.model_copy(update={"parent": "", "agency": "", "symbol": "", "place": "", "signs_as": ()})
    cited = dict.fromkeys(paper.cited, UNKNOWN)
    pdf = sheet(form_id, tmp_path, **unknown, letterhead=head, cited=cited, fit=None)
    assert pdf.holds("(chưa trả lời)")
    in_order(pdf, ("ĐẠI DIỆN CỦA CƠ QUAN, TỔ CHỨC", "(Ký, ghi rõ họ tên, chức danh và đóng dấu)"))
    for page in pdf.pages:
        body = [one for one in lines_of(page) if one["x0"] < 32 * MM and one["x1"] < 60 * MM]
        assert not [one["text"] for one in body if " " not in one["text"] and not one["text"].endswith((".", ":"))]


@pytest.mark.parametrize("form_id", ROAD)
@pytest.mark.parametrize("words", [30, 90, 150])
def test_the_signature_never_stands_alone(form_id: str, words: int, tmp_path: Path) -> None:
    last = sheet(form_id, tmp_path, system_name="Hệ thống dài " * words).pages[-1]
    recipients = line(last, "Nơi nhận:")
    assert any(20 * MM < one["top"] < recipients["top"] - 10 for one in lines_of(last))


TORTURE = {
    "template": "Hệ thống {{ 7*7 }} {% raw %}",
    "markup": "Hệ thống <script>alert(1)</script> & <b>đậm</b>",
    "unbroken": "W" * 300,
    "marks apart": unicodedata.normalize("NFD", "Hệ thống quản lý hồ sơ cán bộ"),
}


@pytest.mark.parametrize("kind", TORTURE)
@pytest.mark.parametrize("form_id", ["mau-03", "mau-04", "mau-05", "mau-06"])
def test_whatever_a_user_types_is_printed_as_typed_inside_the_page(form_id: str, kind: str, tmp_path: Path) -> None:
    pdf = sheet(form_id, tmp_path, system_name=TORTURE[kind])
    letters = unicodedata.normalize("NFC", pdf.letters)
    assert letters.count(squeezed(TORTURE[kind])) >= 2
    for page in pdf.pages:
        assert max(one["x1"] for one in lines_of(page)) <= page.width - load_layout().margins.right * MM + 0.5


def test_a_letter_the_face_lacks_is_told_and_the_paper_is_printed(tmp_path: Path) -> None:
    result = printed("mau-03", tmp_path, system_name="Hệ thống 🚨 cảnh báo")
    assert [one.partition("; ")[0].rpartition("các ký tự: ")[2] for one in result.remarks] == ["🚨"]
    assert result.pages == 1


def test_a_letter_no_face_of_the_machine_has_is_told_in_vietnamese(tmp_path: Path) -> None:
    result = printed("mau-03", tmp_path, system_name="Hệ thống \U0001fbff lạ \U0001fbff")
    assert result.remarks == (
        "Máy không có phông cho các ký tự: \U0001fbff; chúng in thành ô trống. Hãy bỏ các ký tự này.",
    )


def test_the_table_of_the_report_lies_across_and_is_signed_there(papers: dict[str, Pdf]) -> None:
    sizes = [round(page.width) for page in papers["mau-08"].pages]
    assert sizes == [595, *[842] * (len(sizes) - 1)]
    assert line(papers["mau-08"].pages[-1], "- Cột (12)"), "the last note goes over with the signature"
    assert all(page.extract_text().count("Tên HTTT") for page in papers["mau-08"].pages[1:-1]), "the head repeats"


def test_an_unknown_figure_of_the_report_is_a_blank_and_an_empty_cell_stays_empty(tmp_path: Path) -> None:
    report: AnnualReport = example(f"{REGIME}/mau-08")["annual"]
    empty = Value(field="systems.checked")
    one = report.systems[0].model_copy(update={"checked": empty, "approval": UNKNOWN})
    figures = report.figures.model_copy(update={"managed": UNKNOWN})
    pdf = sheet("mau-08", tmp_path, figures=figures, systems=(one,))
    assert pdf.holds("- Tổng số hệ thống thông tin thuộc phạm vi quản lý: ........ (chưa trả lời);")
    row = pdf.letters.partition("(12)")[2].partition(squeezed("Chú thích:"))[0]
    assert row.count(squeezed("(chưa trả lời)")) == 1


def test_a_report_on_several_owners_takes_them_in_turn(tmp_path: Path) -> None:
    report: AnnualReport = example(f"{REGIME}/mau-08")["annual"]
    pdf = sheet("mau-08", tmp_path, owners=report.owners * 2)
    in_order(pdf, ("thông tin thứ 1", "a) Thông tin về", "b) Thông tin về", "thông tin thứ 2", "a) Thông tin về"))


def test_a_report_without_systems_says_so_and_remarks_stand_last(tmp_path: Path) -> None:
    pdf = sheet("mau-08", tmp_path, systems=(), notes=("Xã thành lập ngày 01/7/2025", "Số liệu chốt ngày 14/12/2026"))
    expected = ("Không có hệ thống thông tin nào thuộc phạm vi quản lý.", "nếu chưa thực hiện.", "Xã thành lập")
    in_order(pdf, (*expected, "Số liệu chốt ngày 14/12/2026./.", "Nơi nhận:"))


@pytest.mark.parametrize(("level", "said"), [(3, False), (4, False), (5, True)])
def test_at_level_five_the_owner_is_asked_to_approve_the_plan(level: int, said: bool, tmp_path: Path) -> None:
    text = sheet("mau-05", tmp_path, level=level).letters
    assert (squeezed("phê duyệt là phương án bảo đảm an ninh mạng (điểm c khoản 3, khoản 4 Điều 20") in text) is said
    assert squeezed("xem xét, quyết định phê duyệt đề xuất cấp độ của hệ thống thông tin") in text
