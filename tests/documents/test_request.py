"""The request for appraisal: statutory words in order, and the look of an administrative letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.adapters.rendering import Properties, render
from compliance.adapters.templates import fill, load_form, load_layout, page_face
from compliance.adapters.workspace import Workspace
from compliance.domain.organization import Unit
from compliance.services.dossiers import draft_dossier
from tests.documents.conftest import Draft, short_lists
from tests.documents.office import COMMITTEE, OFFICE, SECURITY, STAFF, TODAY, put, put_system
from tests.documents.reading import A4, MM, Pdf, line, lines_of, plain, rules, top_margin
from tests.documents.test_forms import example

PAPERS = (
    "1. Tài liệu mô tả, thuyết minh tổng quan về hệ thống thông tin.",
    "2. Tài liệu thiết kế thi công đã được cấp có thẩm quyền phê duyệt hoặc tài liệu có giá trị tương đương.",
    "3. Tài liệu thuyết minh về việc đề xuất cấp độ căn cứ trên các tiêu chí theo quy định của pháp luật.",
    "4. Tài liệu thuyết minh phương án bảo đảm an ninh mạng theo cấp độ tương ứng.",
)


@pytest.fixture(scope="session")
def letter(drafted: Draft) -> Pdf:
    return drafted.pdf(f"01-de-nghi-{STAFF.id}")


def test_there_is_one_letter_for_each_system_because_the_form_names_one(drafted: Draft) -> None:
    letters = [one.path.name for one in drafted.report.files if one.path.name.startswith("01-")]
    assert letters == ["01-de-nghi-bang-tin.pdf", f"01-de-nghi-{STAFF.id}.pdf"]


def test_statutory_words_stand_verbatim_and_in_order(letter: Pdf) -> None:
    expected = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:",
        f"Kính gửi: {SECURITY.name}.",
        "Căn cứ Luật An ninh mạng số 116/2025/QH15;",
        "đề nghị thẩm định, phê duyệt hồ sơ đề xuất cấp độ với các nội dung sau:",
        "Phần 1. Thông tin chung",
        f"1. Tên hệ thống thông tin: {STAFF.name}",
        f"2. Đơn vị vận hành hệ thống thông tin: {OFFICE.name}",
        f"3. Địa chỉ: {OFFICE.address}",
        "4. Cấp độ hệ thống thông tin đề xuất: Cấp độ 2",
        "Phần 2. Hồ sơ kèm theo",
        *PAPERS,
        "thẩm định và phê duyệt hồ sơ đề xuất cấp độ của hệ thống thông tin",
        "./.",
        "Nơi nhận:",
        "- Như trên;",
    ]
    place = 0
    for words in expected:
        found = letter.text.find(words, place)
        assert found >= 0, words
        place = found


def test_the_page_is_a4_with_the_margins_of_the_decree(letter: Pdf) -> None:
    page = letter.pages[0]
    margins = load_layout().margins
    assert (round(page.width, 2), round(page.height, 2)) == A4
    assert min(word["x0"] for word in lines_of(page)) >= margins.left * MM - 0.5
    assert max(word["x1"] for word in lines_of(page)) <= page.width - margins.right * MM + 0.5
    assert min(word["top"] for word in lines_of(page)) >= margins.top * MM - 0.5
    assert max(word["bottom"] for word in lines_of(page)) <= page.height - margins.bottom * MM + 0.5
    body = line(page, "Căn cứ Nghị định số")
    assert body["x0"] == pytest.approx((margins.left + load_layout().indent_mm) * MM, abs=0.5)
    assert body["x1"] == pytest.approx(page.width - margins.right * MM, abs=0.5), "the body is justified"


@pytest.mark.parametrize(
    ("words", "size", "style"),
    [
        ("CỘNG HÒA", 12, "-Bold"),
        ("Độc lập", 13, "-Bold"),
        ("ỦY BAN NHÂN DÂN XÃ", 12, ""),
        ("VĂN PHÒNG", 12, "-Bold"),
        ("Số:", 13, ""),
        ("V/v", 12, ""),
        ("Suối Mẫu, ngày", 13, "-Italic"),
        ("Kính gửi:", 13, ""),
        ("Căn cứ", 13, "-Italic"),
        ("Phần 1.", 13, "-Bold"),
        ("1. Tên", 13, ""),
        ("Nơi nhận:", 12, "-Bold-Italic"),
        ("- Như trên;", 11, ""),
        ("CHÁNH VĂN PHÒNG", 13, "-Bold"),
    ],
)
def test_each_component_has_its_size_and_style(letter: Pdf, drafted: Draft, words: str, size: int, style: str) -> None:
    found = line(letter.pages[0], words)
    assert round(found["size"], 1) == size
    assert found["font"] == drafted.report.face.replace(" ", "-") + style


def test_the_components_stand_in_two_columns(letter: Pdf) -> None:
    page = letter.pages[0]
    national, motto, date_line = (line(page, words) for words in ("CỘNG HÒA", "Độc lập", "Suối Mẫu, ngày"))
    agency, number, subject = (line(page, words) for words in ("VĂN PHÒNG", "Số:", "V/v"))

    def middle(one: dict[str, float]) -> float:
        return (one["x0"] + one["x1"]) / 2

    assert middle(motto) == pytest.approx(middle(national), abs=1)
    assert middle(date_line) == pytest.approx(middle(national), abs=1)
    assert middle(agency) < page.width / 2 < middle(national)
    assert number["bottom"] == pytest.approx(date_line["bottom"], abs=1), "số and date share a line"
    assert subject["top"] - number["bottom"] > 3
    assert line(page, "Nơi nhận:")["top"] == pytest.approx(line(page, "CHÁNH VĂN PHÒNG")["top"], abs=2)


def test_the_rules_are_lines_of_the_right_length(letter: Pdf) -> None:
    page = letter.pages[0]
    motto, agency = line(page, "Độc lập"), line(page, "VĂN PHÒNG")
    under_agency, under_motto = sorted(rules(page), key=lambda one: one["x0"])
    assert under_motto["width"] == pytest.approx(motto["x1"] - motto["x0"], abs=1)
    assert under_motto["top"] > motto["bottom"] - 2
    assert 1 / 3 <= under_agency["width"] / (agency["x1"] - agency["x0"]) <= 1 / 2
    assert "_" not in letter.text


def test_number_and_date_are_left_to_the_registry(letter: Pdf) -> None:
    assert "/VP" in letter.text
    assert "Suối Mẫu, ngày ..... tháng ..... năm ......" in letter.text


def test_the_last_ground_ends_with_a_full_stop(letter: Pdf) -> None:
    grounds = plain(letter.text).partition("Căn cứ")[2].partition(OFFICE.name)[0].strip()
    assert grounds.count(";") >= 1
    assert grounds.endswith(".")


def test_room_is_left_for_signature_and_seal(letter: Pdf) -> None:
    page = letter.pages[0]
    signer = line(page, "CHÁNH VĂN PHÒNG")
    below = min(one["top"] for one in lines_of(page) if one["top"] > signer["bottom"] and one["x0"] > page.width / 2)
    assert below - signer["bottom"] >= 28 * MM
    assert all(image["top"] < signer["top"] for image in page.images), "nothing is painted there"


def test_the_first_page_shows_no_number_and_no_match_code(letter: Pdf, drafted: Draft) -> None:
    assert not top_margin(letter.pages[0])
    assert drafted.report.match_code not in letter.text
    assert drafted.report.match_code in str(letter.reader.metadata["/Keywords"])  # type: ignore[index]


@pytest.mark.parametrize("words", range(40, 400, 60))
def test_however_long_the_letter_the_signature_never_stands_alone(tmp_path: Path, words: int) -> None:
    """The last paragraph goes over with it, and the recipients stay beside it."""
    content = example("nd331-2026/mau-01")["request"].model_copy(update={"system_name": "Hệ thống dài " * words})
    form, face = load_form("nd331-2026", "mau-01"), page_face(load_layout())
    html = fill(form, {"request": content, "match_code": "VIDU-0001"}, face=face)
    properties = Properties("Thử", "Xã mẫu", "Thử", (), TODAY)
    last = Pdf(render(html, tmp_path / "dai.pdf", face=face, properties=properties).path).pages[-1]
    signer, recipients = line(last, "CHÁNH VĂN PHÒNG"), line(last, "Nơi nhận:")
    assert recipients["top"] == pytest.approx(signer["top"], abs=2)
    assert any(one["top"] < signer["top"] - 10 and one["top"] > 20 * MM for one in lines_of(last))


def _letter_of(office: Workspace, *, operator: Unit) -> Pdf:
    put(office, "unit", [(operator.id, operator)])
    put_system(office, STAFF.model_copy(update={"operator_id": operator.id}))
    with short_lists():
        return Draft(draft_dossier(office, [STAFF.id], today=TODAY)).pdf("01-")


def test_a_long_place_name_wraps_before_the_date_inside_the_margin(office: Workspace) -> None:
    far = OFFICE.model_copy(update={"place": "Suối Mẫu Thượng Nguyên Bình Trung"})
    page = _letter_of(office, operator=far).pages[0]
    assert line(page, "ngày ..... tháng ..... năm ......")["font"].endswith("-Italic")
    assert max(one["x1"] for one in lines_of(page)) <= page.width - load_layout().margins.right * MM + 0.5


def test_the_committee_signs_for_the_collective_under_its_own_name_alone(office: Workspace) -> None:
    """No superior body above it: the whole name is bold, the two lines of the signer stand above the name."""
    signed = COMMITTEE.model_copy(update={"representative": "Người đại diện theo pháp luật"})
    page = _letter_of(office, operator=signed).pages[0]
    collective, office_line, name = (line(page, words) for words in ("TM. ỦY BAN", "CHỦ TỊCH", "Người đại diện theo"))
    assert line(page, "ỦY BAN NHÂN DÂN")["font"].endswith("-Bold")
    assert collective["bottom"] <= office_line["top"] + 1
    assert name["top"] - office_line["bottom"] >= load_layout().signature_space_mm * MM
    middles = [(one["x0"] + one["x1"]) / 2 for one in (collective, office_line, name)]
    assert max(middles) - min(middles) < 1
    assert {one["font"].rpartition("-")[2] for one in (collective, office_line, name)} == {"Bold"}
