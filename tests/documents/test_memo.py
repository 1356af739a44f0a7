"""The letter that asks superiors: every open point with its facts and clauses, in the form of an official letter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pytest

from compliance.adapters.law import load_regimes
from compliance.adapters.letter_words import load_letter_words
from compliance.adapters.rendering import Properties, render
from compliance.adapters.templates import fill, load_form, load_layout, page_face
from compliance.adapters.workspace import Workspace
from compliance.domain.circumstance import FOUND, RECORDED, VALUES
from compliance.domain.grey_zone import ZonePlace
from compliance.domain.memo import LetterWords
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.errors import NotFound, Refused
from compliance.services.open_points import MemoReport, draft_memos, open_points_of
from tests.documents.office import (
    COMMITTEE,
    OFFICE,
    OTHERS,
    PROVINCE,
    STAFF,
    TODAY,
    UNDECIDED,
    USED,
    new_office,
    put,
    put_system,
)
from tests.documents.reading import A4, MM, Pdf, line, lines_of, plain, rules, squeezed, top_margin
from tests.documents.test_forms import example

POLICE = Unit(id="ca-tinh", name="Công an tỉnh Mẫu", kind=UnitKind.POLICE, tier=UnitTier.PROVINCE)
LEAD = "Đề nghị quý cơ quan cho ý kiến:"


def draft_memo(workspace: Workspace, system_id: str, *, today: date, out: Path | None = None) -> MemoReport:
    return draft_memos(workspace, [system_id], today=today, out=out)[system_id]


@dataclass(frozen=True)
class Letter:
    report: MemoReport

    @cached_property
    def pdf(self) -> Pdf:
        return Pdf(self.report.files[0].path)

    @cached_property
    def body(self) -> str:
        """The letter itself, without its annex."""
        return plain(self.pdf.text.partition("Phụ lục CÁC VẤN ĐỀ")[0])

    @cached_property
    def annex(self) -> str:
        return plain(self.pdf.text.partition("Phụ lục CÁC VẤN ĐỀ")[2])


@pytest.fixture
def asking(office: Workspace) -> Workspace:
    """The commune with the provincial police on record."""
    put(office, "unit", [(POLICE.id, POLICE)])
    return office


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        put(workspace, "unit", [(POLICE.id, POLICE)])
        return Letter(draft_memo(workspace, STAFF.id, today=TODAY))


def _asked(question: str) -> str:
    return squeezed(question.removeprefix(LEAD))[1:]


def test_it_reads_as_an_official_letter_from_head_to_signature(letter: Letter) -> None:
    expected = [
        "ỦY BAN NHÂN DÂN XÃ SUỐI MẪU",
        "Số: /UBND",
        "Kính gửi:",
        f"- {PROVINCE.name};",
        f"- {POLICE.name};",
        "Căn cứ Luật An ninh mạng số 116/2025/QH15;",
        f"{COMMITTEE.name} báo cáo và xin ý kiến về việc áp dụng quy định bảo vệ an ninh mạng",
        f"đối với hệ thống thông tin “{STAFF.name}”",
        f"chủ quản: {COMMITTEE.name}; đơn vị vận hành: {OFFICE.name}; tình trạng: đang vận hành",
        "đơn vị tự xác định hệ thống là cấp độ 2. Kết quả này không thay cho quyết định phê duyệt",
        "I. XÁC ĐỊNH CẤP ĐỘ",
        "Thực tế tại đơn vị:",
        "Quy định có liên quan:",
        "Nội dung xin ý kiến:",
        "Cách thực hiện tạm thời của đơn vị:",
        "VẤN ĐỀ CHUNG",
        "nêu tại Phụ lục kèm theo Công văn này",
        "kính đề nghị quý cơ quan xem xét, cho ý kiến để thực hiện thống nhất, đúng quy định./.",
        "TM. ỦY BAN NHÂN DÂN",
        "- Lưu: VT.",
    ]
    place = 0
    for words in expected:
        found = letter.body.find(words, place)
        assert found >= 0, words
        place = found


def test_the_subject_names_the_system(letter: Letter) -> None:
    subject = line(letter.pdf.pages[0], "V/v xin ý kiến")
    assert round(subject["size"], 1) == load_layout().sizes["subject"]
    assert letter.pdf.holds("bảo vệ an ninh mạng đối với hệ thống thông tin “Hệ thống quản lý hồ sơ cán bộ")


def test_every_point_is_asked_with_the_clauses_on_all_sides(letter: Letter) -> None:
    assert {"W01", "W11", "W47"} <= {one.code for one in letter.report.points}
    for point in letter.report.points:
        assert f"({point.code})" in letter.pdf.text
        assert _asked(point.question) in letter.pdf.letters, point.code
        assert len(point.sides) >= 2
        for side in point.sides:
            assert squeezed(side.citation)[1:] in letter.pdf.letters, point.code
            assert squeezed(side.reading) in letter.pdf.letters, point.code


def test_the_facts_that_raise_a_point_stand_with_their_values(letter: Letter) -> None:
    assert "Số người có dữ liệu cá nhân cơ bản: 1.500" in letter.body
    assert "Loại cơ quan của chủ quản: Ủy ban nhân dân" in letter.body
    assert "Cấp hành chính của chủ quản: cấp xã" in letter.body


def test_what_nobody_recorded_is_said_to_be_so(letter: Letter) -> None:
    assert "Ngày ký quyết định phê duyệt cấp độ trước đây: chưa có thông tin" in letter.body


def test_the_opening_says_only_what_is_known_of_the_system(asking: Workspace) -> None:
    unknown = STAFF.model_copy(update={"operator_id": None, "hosting": None})
    put_system(asking, unknown)
    opening = Letter(draft_memo(asking, STAFF.id, today=TODAY)).body.partition("Đối chiếu")[0]
    assert f"(chủ quản: {COMMITTEE.name}; tình trạng: đang vận hành)." in opening


def test_points_of_the_system_come_first_and_the_general_ones_fill_the_annex(letter: Letter) -> None:
    assert letter.annex
    for point in letter.report.points:
        here, there = (letter.annex, letter.body) if point.general else (letter.body, letter.annex)
        assert f"({point.code})" in here, point.code
        assert f"({point.code})" not in there, point.code
    assert letter.report.files[0].pages < 15


def test_numbers_run_through_letter_and_annex_so_that_an_answer_can_name_them(letter: Letter) -> None:
    own = [one for one in letter.report.points if not one.general]
    table = [row for page in letter.pdf.pages for found in page.extract_tables() for row in found]
    numbers = [int(row[0]) for row in table if row[0] and row[0].isdigit()]
    assert numbers == list(range(len(own) + 1, len(letter.report.points) + 1))


def test_what_the_office_does_meanwhile_is_worded_for_the_superior(regime: Regime) -> None:
    labels = load_form(regime.id, "diem-can-hoi").data.labels
    for zone in regime.grey_zones:
        assert zone.code in labels, zone.code
        assert labels[zone.code].endswith(".")
        assert "hãy " not in labels[zone.code].lower()
        assert "phần mềm" not in labels[zone.code]


def test_forms_of_other_levels_are_not_asked_about(letter: Letter, regime: Regime) -> None:
    served = {form.id for form in regime.forms if 2 in form.levels}
    about_forms = [one for one in letter.report.points if one.forms]
    assert about_forms
    assert all(served & set(one.forms) for one in about_forms)


def test_nothing_is_claimed_to_be_decided(letter: Letter) -> None:
    assert "phần mềm" not in letter.body
    assert "hãy " not in letter.body


def test_the_page_is_a4_with_the_margins_of_the_decree(letter: Letter) -> None:
    margins = load_layout().margins
    for page in letter.pdf.pages:
        assert (round(page.width, 2), round(page.height, 2)) == A4
        assert min(word["x0"] for word in lines_of(page)) >= margins.left * MM - 0.5
        assert max(word["x1"] for word in lines_of(page)) <= page.width - margins.right * MM + 1


@pytest.mark.parametrize(
    ("words", "size", "style"),
    [
        ("CỘNG HÒA", 12, "-Bold"),
        ("ỦY BAN NHÂN DÂN XÃ", 12, "-Bold"),
        ("Số:", 13, ""),
        ("Suối Mẫu, ngày", 13, "-Italic"),
        ("Kính gửi:", 13, ""),
        ("Căn cứ", 13, "-Italic"),
        ("I. XÁC ĐỊNH", 13, "-Bold"),
        ("1. UBND xã", 13, "-Bold"),
    ],
)
def test_each_component_has_its_size_and_style(letter: Letter, words: str, size: int, style: str) -> None:
    found = line(letter.pdf.pages[0], words)
    assert round(found["size"], 1) == size
    assert found["font"] == letter.report.face.replace(" ", "-") + style


def test_addressees_stand_under_each_other_with_their_dashes_in_line(letter: Letter) -> None:
    page = letter.pdf.pages[0]
    first, second = line(page, f"- {PROVINCE.name}"), line(page, f"- {POLICE.name}")
    assert first["x0"] == pytest.approx(second["x0"], abs=0.5)
    assert len(rules(page)) == 2


def test_the_annex_counts_its_own_pages(letter: Letter) -> None:
    pages = letter.pdf.pages
    first = next(number for number, text in enumerate(letter.pdf.texts) if "CÁC VẤN ĐỀ CHUNG" in text)
    assert not top_margin(pages[0])
    assert [one["text"] for one in top_margin(pages[first - 1])] == [str(first)]
    assert not top_margin(pages[first])
    assert [one["text"] for one in top_margin(pages[first + 1])] == ["2"]


def test_the_match_code_stands_in_the_annex_and_the_properties_only(letter: Letter) -> None:
    code = letter.report.match_code
    assert code not in letter.pdf.texts[0]
    assert code in letter.annex
    assert code in str(letter.pdf.reader.metadata["/Keywords"])  # type: ignore[index]
    attached = json.loads(letter.pdf.reader.attachments["du-lieu-xin-y-kien.json"][0])
    assert attached["match_code"] == code
    assert attached["system"]["name"] == STAFF.name
    assert [one["code"] for one in attached["points"]] == [one.code for one in letter.report.points]


def test_it_is_pdf_a_3_and_prints_in_silence(letter: Letter) -> None:
    assert 'pdfaid:part="3"' in letter.pdf.xmp
    assert all("Cơ quan thẩm định" in remark for remark in letter.report.remarks), "only the blank is told"
    assert {name.partition("-")[0] for name in letter.pdf.font_names} == {letter.report.face.partition(" ")[0]}


def test_the_same_record_gives_the_same_bytes(asking: Workspace, tmp_path: Path) -> None:
    twice = [draft_memo(asking, USED.id, today=TODAY, out=tmp_path / name) for name in ("a", "b")]
    assert twice[0].files[0].sha256 == twice[1].files[0].sha256


@pytest.mark.parametrize("count", range(1, 8))
def test_however_long_the_letter_the_signature_stands_with_text(tmp_path: Path, count: int) -> None:
    data = example("nd331-2026/diem-can-hoi")
    group = data["memo"]["groups"][0]
    memo = {**data["memo"], "groups": [{**group, "points": group["points"][:1] * count}], "general": []}
    form, face = load_form("nd331-2026", "diem-can-hoi"), page_face(load_layout())
    html = fill(form, {**data, "memo": memo}, face=face)
    properties = Properties("Thử", "Xã mẫu", "Thử", (), TODAY)
    last = Pdf(render(html, tmp_path / "dai.pdf", face=face, properties=properties).path).pages[-1]
    signer, recipients = line(last, "TM. ỦY BAN"), line(last, "Nơi nhận:")
    assert recipients["top"] == pytest.approx(signer["top"], abs=2)
    assert any(20 * MM < one["top"] < signer["top"] - 10 for one in lines_of(last))


def test_hostile_text_is_printed_as_it_was_typed(asking: Workspace) -> None:
    hostile = "Camera <script>alert(1)</script> {{ 7 * 7 }} {% raw %}"
    put_system(asking, STAFF.model_copy(update={"name": hostile}))
    letter = Letter(draft_memo(asking, STAFF.id, today=TODAY))
    assert letter.pdf.holds(f"“{hostile}”")
    assert letter.pdf.holds(f"Tên hệ thống: {hostile}"), "the name raises the point on cameras"


def test_a_user_of_a_system_asks_its_owner_and_nothing_about_the_owners_dossier(asking: Workspace) -> None:
    report = draft_memo(asking, USED.id, today=TODAY)
    letter = Letter(report)
    assert "W04" in {one.code for one in report.points}
    assert not {ZonePlace.DOSSIER, ZonePlace.FORM, ZonePlace.PLAN} & {one.place for one in report.points}
    assert f"- {PROVINCE.name};" in letter.body
    assert letter.body.startswith("ỦY BAN NHÂN DÂN XÃ SUỐI MẪU"), "the committee writes, not the office that uses it"
    assert "Quan hệ của xã với hệ thống: chỉ sử dụng" in letter.body
    assert "cấp độ do chủ quản xác định: cấp độ 3 theo văn bản số 77/QĐ-UBND" in letter.body
    assert "tự xác định" not in letter.body


def test_an_undecided_level_is_not_made_up(asking: Workspace) -> None:
    letter = Letter(draft_memo(asking, UNDECIDED.id, today=TODAY))
    assert "đơn vị chưa đủ căn cứ để xác định cấp độ của hệ thống, ít nhất là cấp độ 1." in letter.body
    assert "tự xác định hệ thống là" not in letter.body


def test_a_body_that_is_not_on_record_is_a_blank_to_fill_in(office: Workspace) -> None:
    report = draft_memo(office, STAFF.id, today=TODAY)
    assert "- Công an tỉnh (thành phố) ......" in Letter(report).body
    assert any("Công an tỉnh (thành phố)" in remark for remark in report.remarks)


def test_the_committee_signs_where_the_owner_is_above_the_commune(asking: Workspace) -> None:
    body = Letter(draft_memo(asking, OTHERS.id, today=TODAY)).body
    assert "VĂN PHÒNG HĐND VÀ UBND" not in body.partition("Số:")[0]
    assert "ỦY BAN NHÂN DÂN" in body.partition("Số:")[0]
    assert "CHÁNH VĂN PHÒNG" not in body


def test_without_any_body_of_the_commune_the_head_stays_blank(asking: Workspace) -> None:
    put(asking, "unit", [(one.id, one.model_copy(update={"tier": UnitTier.PROVINCE})) for one in (COMMITTEE, OFFICE)])
    report = draft_memo(asking, USED.id, today=TODAY)
    assert any("Chưa xác định được cơ quan gửi" in remark for remark in report.remarks)
    assert ".............................." in Letter(report).body.partition("Số:")[0]


def test_two_units_that_could_be_meant_leave_the_choice_to_the_office(asking: Workspace) -> None:
    other = POLICE.model_copy(update={"id": "ca-tinh-2", "name": "Công an tỉnh Khác"})
    put(asking, "unit", [(other.id, other)])
    body = Letter(draft_memo(asking, STAFF.id, today=TODAY)).body
    assert POLICE.name not in body
    assert other.name not in body


def test_it_goes_beside_the_dossier_drafts_or_where_asked(asking: Workspace, tmp_path: Path) -> None:
    assert draft_memo(asking, USED.id, today=TODAY).files[0].path.parent == asking.path / "du-thao" / USED.id
    assert draft_memo(asking, USED.id, today=TODAY, out=tmp_path / "x").files[0].path.parent == tmp_path / "x"


def test_where_nothing_is_open_no_letter_is_written(
    asking: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tuple(one.model_copy(update={"grey_zones": ()}) for one in load_regimes())
    monkeypatch.setattr("compliance.services.classifications.load_regimes", lambda: bare)
    with pytest.raises(Refused, match="không soạn công văn xin ý kiến") as refused:
        draft_memos(asking, [STAFF.id, USED.id], today=TODAY, out=tmp_path / "x")
    assert STAFF.name in str(refused.value)
    assert USED.name in str(refused.value), "all of them in one go"
    assert not (tmp_path / "x").exists()


def test_one_unknown_system_stops_all_letters(asking: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        draft_memos(asking, [STAFF.id, "khong-co"], today=TODAY, out=tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_folder_that_cannot_be_made_is_told(asking: Workspace, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("đã có", encoding="utf-8")
    with pytest.raises(Refused, match="Hãy chọn thư mục khác"):
        draft_memo(asking, USED.id, today=TODAY, out=tmp_path / "tep")


def test_the_year_alone_raises_a_general_point(asking: Workspace) -> None:
    found = {one.code: one for one in open_points_of(asking, STAFF.id, TODAY).points}
    assert found["W40"].general
    assert found["W40"].facts[0].value == str(TODAY.year)
    later = {one.code for one in open_points_of(asking, STAFF.id, TODAY.replace(year=2028)).points}
    assert "W40" not in later


def test_only_the_places_asked_for_are_returned(asking: Workspace) -> None:
    found = open_points_of(asking, STAFF.id, TODAY, places=[ZonePlace.REPORT]).points
    assert found
    assert {one.place for one in found} == {ZonePlace.REPORT}


@pytest.fixture(scope="module")
def words() -> LetterWords:
    return load_letter_words()


def test_every_circumstance_and_each_of_its_values_has_words(words: LetterWords) -> None:
    by_fact = {one.fact: one for one in words.circumstances}
    assert set(by_fact) == {*RECORDED, *FOUND}
    for fact, values in VALUES.items():
        assert set(values) <= set(by_fact[fact].values), fact


def test_every_body_the_law_names_can_be_addressed(words: LetterWords) -> None:
    asked = {zone.ask_whom for zone in regime_on(TODAY, load_regimes()).grey_zones}
    assert asked <= {body.ask_whom for body in words.bodies}
