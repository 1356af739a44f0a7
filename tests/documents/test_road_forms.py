"""The papers around the statutory forms: what each must say, its look, honest blanks, text that tries to break out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # no published types
import pytest

from compliance.adapters.law import load_procedure, load_regimes
from compliance.adapters.rendering import Properties, RenderedPdf, render
from compliance.adapters.templates import fill, load_form, load_layout, page_face, shipped_templates
from compliance.domain.printed import Standing, Value
from compliance.domain.regime_status import regime_on
from compliance.domain.road_paper import AppraisalWay, Designation, RoadPaper, Role
from tests.documents.office import TODAY
from tests.documents.reading import MM, Pdf, line, lines_of, squeezed
from tests.documents.test_forms import example

REGIME = "nd331-2026"
DECREE = "Nghị định số 331/2026/NĐ-CP"


@dataclass(frozen=True)
class Expected:
    """What a paper must show when printed from its example."""

    number: str
    signer: str
    cites: tuple[str, ...]
    kind: str = ""
    slip: bool = False


EXPECTED = {
    "y-kien-chuyen-mon": Expected(
        "/VHXH", "TRƯỞNG PHÒNG", ("điểm d khoản 1 Điều 20 và khoản 5 Điều 21", "Điều 14", "Điều 29, Điều 30")
    ),
    "bao-cao-phe-duyet": Expected(
        "/BC-VHXH", "TRƯỞNG PHÒNG", ("khoản 1 Điều 18 và điểm a khoản 3 Điều 20", "khoản 7 Điều 30"), "BÁO CÁO"
    ),
    "quyet-dinh-chi-dinh-chuyen-trach": Expected(
        "/QĐ-UBND",
        "TM. ỦY BAN NHÂN DÂN",
        (
            "khoản 2 Điều 3",
            "khoản 3 Điều 3 và điểm c khoản 1 Điều 31",
            "điểm b khoản 2 Điều 40 Luật An ninh mạng và điểm b khoản 1 Điều 31",
            *(f"khoản {clause} Điều 32" for clause in range(1, 6)),
        ),
        "QUYẾT ĐỊNH",
    ),
    "quyet-dinh-giao-van-hanh": Expected(
        "/QĐ-UBND",
        "TM. ỦY BAN NHÂN DÂN",
        (
            "khoản 1 Điều 5",
            "khoản 2 Điều 5",
            "điểm a khoản 3 Điều 5",
            "điểm b khoản 3 Điều 5",
            *(f"khoản {clause} Điều 33" for clause in range(1, 7)),
        ),
        "QUYẾT ĐỊNH",
    ),
    "to-trinh-phuong-an-tham-dinh": Expected(
        "/TTr-VHXH", "TRƯỞNG PHÒNG", ("điểm a khoản 4 Điều 18", "điểm b khoản 4 Điều 18"), "TỜ TRÌNH"
    ),
    "quyet-dinh-giao-tham-dinh": Expected(
        "/QĐ-UBND", "TM. ỦY BAN NHÂN DÂN", ("điểm a khoản 4 Điều 18", "khoản 1 Điều 23"), "QUYẾT ĐỊNH"
    ),
    "quyet-dinh-hoi-dong-tham-dinh": Expected(
        "/QĐ-UBND",
        "TM. ỦY BAN NHÂN DÂN",
        ("điểm b khoản 4 Điều 18", "khoản 1 Điều 23", "điểm a khoản 3 Điều 23"),
        "QUYẾT ĐỊNH",
    ),
    "de-nghi-danh-muc-quan-trong": Expected(
        "/UBND",
        "TM. ỦY BAN NHÂN DÂN",
        ("Điều 17", "khoản 3 Điều 16", "khoản 4 Điều 17, Điều 21", "điểm c khoản 3 Điều 20", "khoản 4 Điều 20"),
    ),
    "phieu-chuyen-ho-so": Expected("/PC-TTPVHCC", "GIÁM ĐỐC", ("Điều 21",), "PHIẾU CHUYỂN", slip=True),
    "giay-bien-nhan-ho-so": Expected(
        "/PB-VHXH", "TRƯỞNG PHÒNG", ("Điều 21", "khoản 2 Điều 23", "điểm a khoản 3 Điều 23"), "PHIẾU BÁO", slip=True
    ),
    "van-ban-tra-lai-ho-so": Expected("/VHXH", "TRƯỞNG PHÒNG", ("khoản 2 Điều 23", "05 ngày làm việc")),
    "thong-bao-khong-phe-duyet-cap-do-1-2": Expected(
        "/TB-VHXH", "TRƯỞNG PHÒNG", ("khoản 1 Điều 18, điểm a khoản 3 Điều 20",), "THÔNG BÁO"
    ),
    "thong-bao-khong-phe-duyet": Expected(
        "/TB-UBND", "TM. ỦY BAN NHÂN DÂN", ("điểm b khoản 2 Điều 18, điểm b khoản 3 Điều 20",), "THÔNG BÁO"
    ),
}
DECISIONS = [form for form in EXPECTED if EXPECTED[form].kind == "QUYẾT ĐỊNH"]
REASONED = {
    "y-kien-chuyen-mon",
    "bao-cao-phe-duyet",
    "to-trinh-phuong-an-tham-dinh",
    "de-nghi-danh-muc-quan-trong",
    "giay-bien-nhan-ho-so",
    "van-ban-tra-lai-ho-so",
    "thong-bao-khong-phe-duyet",
    "thong-bao-khong-phe-duyet-cap-do-1-2",
}
NAMELESS = {"quyet-dinh-chi-dinh-chuyen-trach"}  # speaks of every system of the owner


@cache
def sample(form: str) -> RoadPaper:
    paper = example(f"{REGIME}/{form}")["paper"]
    assert isinstance(paper, RoadPaper)
    return paper


Printer = Callable[..., Pdf]


def printing(form_id: str, folder: Path, **changed: Any) -> RenderedPdf:
    paper = sample(form_id).model_copy(update=changed)
    form, face = load_form(REGIME, form_id), page_face(load_layout())
    properties = Properties("Thử", "Xã mẫu", "Thử", (), TODAY)
    html = fill(form, {"paper": paper, "match_code": "VIDU-0001"}, face=face)
    return render(html, folder / f"{form_id}.pdf", face=face, properties=properties)


@pytest.fixture
def printed(tmp_path: Path) -> Printer:
    """A form printed from its example with some values changed."""

    def make(form_id: str, **changed: Any) -> Pdf:
        done = printing(form_id, tmp_path, **changed)
        assert done.remarks == ()
        return Pdf(done.path)

    return make


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pdf]:
    folder = tmp_path_factory.mktemp("quanh-mau")
    return {form: Pdf(printing(form, folder).path) for form in EXPECTED}


def body(pdf: Pdf) -> str:
    """Every letter in reading order without blanks and page numbers."""
    lines = [line for page in pdf.reader.pages for line in page.extract_text().splitlines() if not line.isdigit()]
    return squeezed("".join(lines).replace("\u00a0", ""))


def blank(field: str = "x.y") -> Value:
    return Value(field=field, standing=Standing.UNANSWERED)


def test_the_regime_names_exactly_these_papers_and_each_has_its_folder() -> None:
    regime = regime_on(TODAY, load_regimes())
    assert set(regime.road_forms) == set(EXPECTED)
    for form in regime.road_forms:
        assert (shipped_templates() / regime.id / form / "document.html").is_file()


@pytest.mark.parametrize("form", EXPECTED)
def test_a_form_says_who_issues_the_paper_and_under_which_abbreviation(form: str) -> None:
    data = load_form(REGIME, form).data
    assert data.issuer is not None
    code = EXPECTED[form].number.partition("/")[2].rpartition("-")[0]
    assert data.kind_code == code
    letter = not EXPECTED[form].kind
    assert ("subject" in data.headings and data.headings["subject"].startswith("V/v")) == letter
    if letter or data.kind_code in {"TTr", "BC"}:
        assert data.addressee is not None
        assert data.headings["addressee"] == "Kính gửi:"


@pytest.mark.parametrize("form", EXPECTED)
def test_a_paper_shows_its_kind_its_number_its_law_and_its_grounds(form: str, samples: dict[str, Pdf]) -> None:
    text, expected = samples[form].text, EXPECTED[form]
    assert re.search(rf"Số: {re.escape(expected.number)}(?![\w-])", text)
    if expected.kind:
        assert line(samples[form].pages[0], expected.kind)["font"].endswith("-Bold")
    for words in expected.cites:
        assert samples[form].holds(words), words
    assert DECREE in text
    if not expected.slip:
        assert "Căn cứ Luật An ninh mạng số 116/2025/QH15;" in text


@pytest.mark.parametrize("form", EXPECTED)
def test_the_issuing_office_signs_with_room_left_and_the_recipients_beside(form: str, samples: dict[str, Pdf]) -> None:
    page = samples[form].pages[-1]
    signers = [one for one in lines_of(page) if one["text"].startswith(EXPECTED[form].signer)]
    assert signers, "the signature block stands on the last page"
    last = max(signers, key=lambda one: one["top"])
    below = [one for one in lines_of(page) if one["top"] > last["bottom"] + 20 and one["x0"] > page.width / 2]
    assert min(one["top"] for one in below) - last["bottom"] >= 28 * MM
    assert line(page, "Nơi nhận:")["top"] == pytest.approx(last["top"], abs=2)
    assert "- Lưu: VT." in samples[form].text
    assert "./." in samples[form].text
    above = [one for one in lines_of(page) if 20 * MM < one["top"] < last["top"] - 10]
    assert above, "it never stands alone"


@pytest.mark.parametrize("form", EXPECTED)
def test_only_letters_reports_and_submissions_are_addressed(form: str, samples: dict[str, Pdf]) -> None:
    addressed = not EXPECTED[form].kind or EXPECTED[form].kind in {"BÁO CÁO", "TỜ TRÌNH"}
    assert ("Kính gửi:" in samples[form].text) == addressed
    assert ("- Như trên;" in samples[form].text) == addressed


@pytest.mark.parametrize("form", DECISIONS)
def test_a_decision_has_its_parts_in_order(form: str, samples: dict[str, Pdf]) -> None:
    place = 0
    for words in (
        "QUYẾT ĐỊNH Về việc",
        "ỦY BAN NHÂN DÂN XÃ SUỐI MẪU Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Luật An ninh mạng",
        "Theo đề nghị của",
        "QUYẾT ĐỊNH: Điều 1.",
        "Điều 2.",
        "Điều 3.",
        "có hiệu lực kể từ ngày ký",
        "chịu trách nhiệm thi hành Quyết định này./.",
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN",
        "- Như Điều 3;",
    ):
        found = samples[form].text.find(words, place)
        assert found >= 0, words
        place = found


@pytest.mark.parametrize("form", EXPECTED)
def test_what_nobody_recorded_stays_a_named_blank(form: str, printed: Printer) -> None:
    roles = ("issuer", "addressee", "owner", "operator", "security_unit", "appraiser", "requester", "address")
    empty: dict[str, Any] = dict.fromkeys(
        (*roles, "deciding", "powers", "proposal", "section", "contract", "regulation"), blank()
    )
    paper = sample(form)
    cited = dict.fromkeys(paper.cited, blank())
    head = paper.letterhead.model_copy(update={"agency": "", "symbol": "", "place": "", "signs_as": ()})
    pdf = printed(
        form,
        **empty,
        system_name="Hệ thống thử",
        cited=cited,
        letterhead=head,
        reasons=(),
        enclosed=(),
        filed=(),
        importance=(),
        operators=(),
    )
    assert "....." in pdf.text
    assert "Suối Mẫu" not in pdf.text
    assert "None" not in pdf.text
    assert "ĐẠI DIỆN CỦA CƠ QUAN, TỔ CHỨC" in pdf.text
    assert "ngày ..... tháng ..... năm ......" in pdf.text


def test_the_opinion_follows_the_conclusion_recorded(printed: Printer) -> None:
    fit = printed("y-kien-chuyen-mon", fit=True, reasons=()).text
    assert "là phù hợp với tiêu chí xác định cấp độ 4" in fit
    assert "chưa phù hợp" not in fit
    unfit = printed("y-kien-chuyen-mon", fit=False).text
    assert "Hồ sơ chưa phù hợp" in unfit
    assert "(1) Phần thuyết minh cấp độ chưa nêu" in unfit
    assert "gửi lại để lấy ý kiến trước khi trình" in unfit
    open_yet = printed("y-kien-chuyen-mon", fit=None, reasons=()).text
    assert "phù hợp; chưa phù hợp." in open_yet
    assert "Trường hợp phù hợp:" in open_yet
    assert "Trường hợp chưa phù hợp:" in open_yet


def test_the_receipt_follows_the_first_look_at_the_dossier(printed: Printer) -> None:
    assert "Hồ sơ đủ thành phần theo Điều 21" in printed("giay-bien-nhan-ho-so", fit=True).text
    lacking = printed("giay-bien-nhan-ho-so", fit=False, reasons=("Thiếu tài liệu thiết kế.",)).text
    assert "Hồ sơ chưa đủ thành phần" in lacking
    assert "(1) Thiếu tài liệu thiết kế." in lacking
    assert "Đủ; Chưa đủ thành phần" in printed("giay-bien-nhan-ho-so", fit=None).text


def test_the_receipt_fills_only_the_days_it_was_given(samples: dict[str, Pdf]) -> None:
    text = samples["giay-bien-nhan-ho-so"].text
    assert "Ngày 06 tháng 01 năm 2027." in text
    assert "chậm nhất ngày 13 tháng 01 năm 2027." in text
    assert "(điểm a khoản 3 Điều 23 Nghị định số 331/2026/NĐ-CP); chậm nhất ngày ......" in text


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_limits_on_a_receipt_are_those_of_the_regime(level: int, printed: Printer) -> None:
    authority = regime_on(TODAY, load_regimes()).authority_for(level)
    assert authority is not None
    text = printed("giay-bien-nhan-ho-so", level=level).text
    assert f"{authority.reply_days:02} ngày làm việc kể từ ngày nhận hồ sơ (khoản 2 Điều 23" in text
    if authority.appraisal_days is None:
        assert "Nghị định không đặt thời hạn đối với cấp độ 1, cấp độ 2" in text
        assert f"{authority.approval_days:02} ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ (khoản 2 Điều 24" in text
    else:
        assert f"{authority.appraisal_days} ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ" in text


def test_the_kind_of_dedicated_unit_stays_a_visible_choice_until_known(printed: Printer) -> None:
    form = "quyet-dinh-chi-dinh-chuyen-trach"
    open_yet = printed(form)
    assert "Đánh dấu phương án được chọn" in open_yet.text
    assert len([one for one in open_yet.pages[0].rects if 8 < one["width"] < 11 and 8 < one["height"] < 11]) >= 3
    chosen = printed(form, designated=(Designation.TECHNOLOGY_UNIT, Designation.SECTION))
    assert "Đánh dấu phương án" not in chosen.text
    assert chosen.holds("1. Phòng Văn hóa - Xã hội xã Suối Mẫu, đơn vị chuyên trách về công nghệ thông tin")
    assert chosen.holds("thuộc Phòng Văn hóa - Xã hội xã Suối Mẫu là bộ phận chuyên trách về an ninh mạng")
    own = printed(form, designated=(Designation.OWN_UNIT,)).text
    assert "bộ phận chuyên trách thực hiện" not in own.lower()
    assert "Công an xã" in load_form(REGIME, form).data.labels["note"]


def test_an_operator_alone_is_named_without_clauses_that_do_not_concern_it(printed: Printer) -> None:
    text = printed("quyet-dinh-giao-van-hanh", operators=(), hired=None).text
    assert "khoản 2 Điều 5" not in text
    assert "hợp đồng" not in text.partition("Điều 2. Trách nhiệm")[0].lower()


def test_the_submission_asks_for_the_way_chosen_or_shows_both(printed: Printer) -> None:
    form = "to-trinh-phuong-an-tham-dinh"
    both = printed(form).text
    assert "Phương án 1:" in both
    assert "Phương án 2:" in both
    council = printed(form, appraisal_way=AppraisalWay.COUNCIL).text
    assert "thành lập Hội đồng thẩm định độc lập để thẩm định hồ sơ" in council
    assert "Phương án 1:" not in council
    unit = printed(form, appraisal_way=AppraisalWay.SUBORDINATE, level=3).text
    assert "Dự thảo Quyết định giao đơn vị chủ trì thẩm định" in unit
    assert "người ký quyết định phê duyệt" in both
    assert "người ký quyết định phê duyệt" not in unit


def test_a_council_seats_nobody_by_itself(samples: dict[str, Pdf]) -> None:
    text = samples["quyet-dinh-hoi-dong-tham-dinh"].text
    for seat in ("Chủ tịch Hội đồng", "Thư ký Hội đồng", "Ủy viên"):
        assert seat in text
    assert text.count("(ghi chức vụ, đơn vị)") == 5
    assert "Hội đồng tự kết thúc hoạt động khi hồ sơ được phê duyệt" in text


def test_the_plan_of_a_fifth_level_system_is_what_the_owner_refuses(printed: Printer) -> None:
    text = printed("thong-bao-khong-phe-duyet", level=5).text
    assert "Về việc không phê duyệt phương án bảo đảm an ninh mạng" in text
    assert "điểm c khoản 3 Điều 20" in text


def test_a_third_level_system_on_the_list_is_refused_as_a_fifth_level_one(printed: Printer) -> None:
    cited = {**sample("thong-bao-khong-phe-duyet").cited, "list": Value(field="road.list", text="số 9/QĐ-TTg")}
    assert "không phê duyệt phương án" in printed("thong-bao-khong-phe-duyet", cited=cited).text
    important = printed("thong-bao-khong-phe-duyet", important=True).text
    assert "không phê duyệt phương án" not in important, "a test of importance that holds is not yet the list"


def test_whoever_may_approve_refuses() -> None:
    for level, form, issuer in (
        (2, "thong-bao-khong-phe-duyet-cap-do-1-2", Role.SECURITY_UNIT),
        (3, "thong-bao-khong-phe-duyet", Role.OWNER),
    ):
        data = load_form(REGIME, form).data
        assert level in data.levels
        assert data.issuer is issuer
        refusing = [one for one in load_procedure(regime_on(TODAY, load_regimes())).steps_of(level) if one.form == form]
        assert [one.by.value for one in refusing] == [issuer.value]


def test_a_slip_adds_up_the_sheets_only_when_all_are_known(printed: Printer) -> None:
    form = "phieu-chuyen-ho-so"
    assert "Tổng cộng: 04 tài liệu; 96 tờ." in printed(form).text
    first, *rest = sample(form).filed
    unknown = printed(form, filed=(first.model_copy(update={"sheets": None}), *rest))
    assert "Tổng cộng: 04 tài liệu; ........ tờ." in unknown.text


LONG_WORD = "x" * 300
NASTY = "{{ 7*7 }} {% raw %} <script>alert(1)</script> " + LONG_WORD
SENTENCE = "đoạn dài của một lý do, "
LONGEST = {"van-ban-tra-lai-ho-so": 1667}
"""How often the sentence is repeated: forty thousand letters in one paper, a few pages in the others."""


@pytest.mark.parametrize("form", EXPECTED)
def test_whatever_a_user_typed_stays_literal_and_inside_the_page(form: str, printed: Printer) -> None:
    """One name and one reason that try everything, and a reason longer than a page."""
    times = LONGEST.get(form, 250)
    pdf = printed(form, system_name=NASTY, reasons=(NASTY, SENTENCE * times), fit=False)
    text = body(pdf)
    if form not in NAMELESS:
        assert text.count(squeezed(NASTY)) >= (2 if form in REASONED - {"giay-bien-nhan-ho-so"} else 1)
    assert (text.count(squeezed(SENTENCE)) == times) == (form in REASONED)
    assert "49" not in text.replace("149", "")
    margins = load_layout().margins
    for page in pdf.pages:
        lines = lines_of(page)
        assert max(one["x1"] for one in lines) <= page.width - margins.right * MM + 1
        assert max(one["bottom"] for one in lines) <= page.height - margins.bottom * MM + 0.5


def test_an_emoji_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    done = printing("van-ban-tra-lai-ho-so", tmp_path, reasons=("Thiếu tài liệu 🙂 thiết kế",))
    assert any("🙂" in remark for remark in done.remarks)
    with pypdfium2.PdfDocument(done.path) as file:  # reads what stands for the letter no face has, as viewers do
        text = squeezed(file[0].get_textpage().get_text_bounded())
    assert squeezed("Thiếu tài liệu 🙂 thiết kế") in text
