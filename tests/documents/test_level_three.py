"""A level-3 system: its own request, the whole plan of its level, who appraises."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.law import load_checklist, load_duties
from compliance.adapters.rendering import Properties, render
from compliance.adapters.templates import Form, fill, load_form, load_layout, page_face
from compliance.adapters.workspace import Workspace
from compliance.domain.dossier import Request
from compliance.domain.missing import MissingItem, Severity
from compliance.domain.regime import Regime
from compliance.domain.system import Hosting, Status, System
from compliance.errors import Refused
from compliance.services.classifications import classify_system
from compliance.services.dossiers import draft_dossier, may_draft
from tests.documents.conftest import Draft, short_lists
from tests.documents.office import OFFICE, ONE_STOP, SECURITY, STAFF, TODAY, new_office, put, put_system
from tests.documents.reading import MM, Pdf, line, lines_of
from tests.documents.test_forms import example
from tests.documents.test_request import PAPERS

FOOTNOTE = (
    "Bổ sung đề nghị đưa hệ thống vào Danh mục hệ thống thông tin quan trọng về an ninh quốc gia trường hợp hệ thống "
    "thuộc Danh mục này."
)
EXPERT_OPINION = (
    "5. Ý kiến về mặt chuyên môn của đơn vị chuyên trách về an ninh mạng của chủ quản hệ thống thông tin (đối với hệ "
    "thống thông tin đề xuất cấp độ 4 hoặc cấp độ 5)."
)
UNIMPORTANT: dict[str, Any] = {
    "important_works_command": False,
    "important_telecom_control": False,
    "national_security_field": False,
}


@pytest.fixture(scope="module")
def request_form(regime: Regime) -> Form:
    authority = regime.authority_for(3)
    assert authority is not None
    return load_form(regime.id, authority.request_form)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """The one-stop shop by itself, with every requirement and duty of its level."""
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        put_system(workspace, ONE_STOP.model_copy(update={"hosting": Hosting.CLOUD}))
        return Draft(draft_dossier(workspace, [ONE_STOP.id], today=TODAY))


@pytest.fixture(scope="module")
def letter(alone: Draft) -> Pdf:
    return alone.pdf("01-")


def drafted(office: Workspace, system: System, *others: str) -> Draft:
    put_system(office, system)
    with short_lists():
        return Draft(draft_dossier(office, [system.id, *others], today=TODAY))


def answering(system: System, **facts: Any) -> System:
    return system.model_copy(update={"facts": {**system.facts, **facts}})


def printed(form: Form, folder: Path, **changes: Any) -> Pdf:
    """The request printed from its example, with changes."""
    content: Request = example(form.name)["request"].model_copy(update=changes)
    face = page_face(load_layout())
    html = fill(form, {"request": content, "match_code": "VIDU-0001"}, face=face)
    return Pdf(
        render(html, folder / "thu.pdf", face=face, properties=Properties("Thử", "Xã mẫu", "Thử", (), TODAY)).path
    )


def missing(draft: Draft, severity: Severity = Severity.REQUIRED) -> list[MissingItem]:
    return [one for one in draft.report.missing if one.severity is severity]


def test_statutory_words_of_the_request_stand_verbatim_and_in_order(letter: Pdf) -> None:
    expected = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:",
        f"Kính gửi: {SECURITY.name}.",
        "Căn cứ Luật An ninh mạng số 116/2025/QH15;",
        f"{OFFICE.name} đề nghị thẩm định, phê duyệt hồ sơ đề xuất cấp độ với các nội dung sau:",
        "Phần 1. Thông tin chung",
        f"1. Tên hệ thống thông tin: {ONE_STOP.name}",
        f"2. Đơn vị vận hành hệ thống thông tin: {OFFICE.name}",
        f"3. Địa chỉ: {OFFICE.address}",
        "4. Cấp độ hệ thống thông tin đề xuất: Cấp độ 3",
        "Phần 2. Hồ sơ kèm theo",
        *PAPERS,
        f"{OFFICE.name} đề nghị {SECURITY.name} cho ý kiến thẩm định hồ sơ đề xuất cấp độ hệ thống thông tin",
        f"đối với “{ONE_STOP.name}”¹./.",
        "Nơi nhận:",
        "- Như trên;",
        f"¹ {FOOTNOTE}",
    ]
    place = 0
    for words in expected:
        found = letter.text.find(words, place)
        assert found >= 0, words
        place = found


def test_the_subject_speaks_of_appraisal_only(letter: Pdf) -> None:
    assert letter.holds("V/v đề nghị thẩm định hồ sơ đề xuất cấp độ")
    assert not letter.holds("V/v đề nghị thẩm định, phê duyệt")
    assert "phê duyệt hồ sơ đề xuất cấp độ của hệ thống" not in letter.text


@pytest.mark.parametrize("level", [3, 4, 5])
def test_the_expert_opinion_is_enclosed_from_level_four_on(request_form: Form, tmp_path: Path, level: int) -> None:
    text = printed(request_form, tmp_path, level=level).text
    assert f"đề xuất: Cấp độ {level}." in text
    assert (EXPERT_OPINION in text) is (level >= 4)


def test_the_footnote_stands_at_the_foot_of_the_page_below_a_rule(letter: Pdf) -> None:
    page = letter.pages[0]
    note, signer = line(page, "¹ Bổ sung"), line(page, "CHÁNH VĂN PHÒNG")
    assert note["top"] > signer["bottom"] + load_layout().signature_space_mm * MM
    assert note["bottom"] <= page.height - load_layout().margins.bottom * MM + 0.5
    assert round(note["size"], 1) == load_layout().sizes["recipients"]


def test_an_open_test_of_importance_is_asked_for_with_its_column(alone: Draft, regime: Regime) -> None:
    asked = {one.what: one for one in missing(alone) if "đề nghị đưa vào Danh mục" in one.what}
    question = regime.question("important_works_command")
    assert question is not None
    (item,) = (one for what, one in asked.items() if what.startswith(question.column))
    assert item.where_to_fill == f"Bảng kê, trang “Hệ thống”, cột “{question.column}”"
    assert item.citation == "khoản 1 Điều 16, khoản 1 Điều 17"
    assert len(asked) == 3, "what hangs on another answer is not asked yet"


def test_without_a_bearing_on_national_security_there_is_no_footnote(office: Workspace) -> None:
    draft = drafted(office, answering(ONE_STOP, **UNIMPORTANT))
    letter = draft.pdf("01-")
    assert "¹" not in letter.text
    assert f"đối với “{ONE_STOP.name}”./." in letter.text
    assert not [one for one in missing(draft) if "đề nghị đưa vào Danh mục" in one.what]


def test_an_important_system_is_also_proposed_for_the_list(office: Workspace) -> None:
    draft = drafted(office, answering(ONE_STOP, **{**UNIMPORTANT, "important_works_command": True}))
    letter = draft.pdf("01-")
    assert (
        ", đồng thời đề nghị đưa hệ thống này vào Danh mục hệ thống thông tin quan trọng về an ninh quốc gia./."
        in letter.text
    )
    assert "¹" not in letter.text, "the note tells the drafter what the sentence now says"
    assert any(one.what.startswith("W20.") for one in missing(draft, Severity.REMARK))


def test_a_dedicated_unit_that_runs_the_system_does_not_appraise_it(office: Workspace) -> None:
    draft = drafted(office, ONE_STOP.model_copy(update={"security_unit_id": OFFICE.id}))
    assert re.search(r"Kính gửi: \.{10,}", draft.pdf("01-").text)
    (item,) = (one for one in missing(draft) if one.what.startswith("Cơ quan thẩm định"))
    assert item.citation == "khoản 4 Điều 18"
    assert item.where_to_fill == "Bảng kê, trang “Hệ thống”, cột “Đơn vị thẩm định”"
    assert any(one.what.startswith("W05.") for one in missing(draft, Severity.REMARK))


def test_the_appraiser_on_record_is_addressed(office: Workspace) -> None:
    council = SECURITY.model_copy(update={"id": "hoi-dong", "name": "Hội đồng thẩm định độc lập xã Suối Mẫu"})
    put(office, "unit", [(council.id, council)])
    draft = drafted(office, ONE_STOP.model_copy(update={"security_unit_id": OFFICE.id, "appraiser_id": council.id}))
    assert f"Kính gửi: {council.name}." in draft.pdf("01-").text
    assert not [one for one in missing(draft) if one.what.startswith("Cơ quan thẩm định")]


def test_who_appraises_who_approves_and_by_when_is_told(alone: Draft, regime: Regime) -> None:
    authority = regime.authority_for(3)
    assert authority is not None
    (told,) = (one for one in missing(alone, Severity.REMARK) if one.what.startswith("Cấp độ 3. Thẩm định:"))
    assert f"Phê duyệt: {authority.approves}." in told.what
    assert "thẩm định 15 ngày làm việc, phê duyệt 07 ngày làm việc" in told.what
    assert told.citation == authority.citation


def test_every_requirement_and_duty_of_level_three_is_in_the_plan(alone: Draft, regime: Regime) -> None:
    dossier = alone.pdf("02-")
    for one in (*load_checklist(regime, 3).requirements, *load_duties(regime, 3).requirements):
        assert dossier.holds(one.statement), one.id


def test_sharing_and_logical_separation_are_asked_of_level_three_not_of_level_two(
    alone: Draft, complete: Pdf, regime: Regime
) -> None:
    dossier = alone.pdf("02-")
    duties = {one.citation: one.statement for one in load_duties(regime, 3).requirements}
    sharing = [text for cited, text in duties.items() if cited.endswith("điểm a khoản 5 Điều 30")]
    separation = [text for cited, text in duties.items() if cited.endswith("khoản 8 Điều 30")]
    assert (len(sharing), len(separation)) == (1, 3)
    assert all(dossier.holds(text) for text in (*sharing, *separation))
    assert complete.holds(sharing[0])
    assert not any(complete.holds(text) for text in separation)


def test_a_duty_stands_under_the_name_of_its_law(alone: Draft, regime: Regime) -> None:
    """A clause alone does not say whether it is the law's or a decree's."""
    dossier = alone.pdf("02-")
    for group in load_duties(regime, 3).groups:
        assert dossier.holds(f"{group.title} ({group.citation})"), group.id


def test_the_long_dossier_keeps_to_its_pages(alone: Draft) -> None:
    dossier = alone.pdf("02-")
    assert len(dossier.pages) <= 50
    for number, page in enumerate(dossier.pages, start=1):
        assert max(one["x1"] for one in lines_of(page)) <= page.width - 15 * MM + 1, number
    ends = [one["text"] for page in dossier.pages for one in lines_of(page)]
    assert not [text for text in ends if text.endswith(("NĐ-", "/2026/", "/2016/", "QĐ-", "Điều")) and len(text) > 30]


def test_systems_of_several_levels_share_a_dossier_and_each_has_the_request_of_its_level(office: Workspace) -> None:
    draft = drafted(office, ONE_STOP, STAFF.id)
    third, second = draft.pdf(f"01-de-nghi-{ONE_STOP.id}"), draft.pdf(f"01-de-nghi-{STAFF.id}")
    assert "cho ý kiến thẩm định hồ sơ" in third.text
    assert "thẩm định và phê duyệt hồ sơ đề xuất cấp độ của hệ thống thông tin" in second.text
    cover = draft.pdf("02-").texts[0]
    assert cover.index("Cấp độ 3") < cover.index("Cấp độ 2")
    forms = [key for key in draft.report.versions if key.startswith("form/")]
    assert len(forms) == 3, "two requests and the dossier"
    told = [one.what for one in missing(draft, Severity.REMARK)]
    assert any(what.startswith("Cấp độ 3. Thẩm định:") for what in told)
    assert any(what.startswith("Cấp độ 1, cấp độ 2. Thẩm định:") for what in told)


@pytest.mark.usefixtures("unprinted")
def test_what_lists_of_two_levels_have_in_common_is_told_once(office: Workspace) -> None:
    told = [one.what for one in missing(drafted(office, ONE_STOP, STAFF.id), Severity.REMARK)]
    assert len(told) == len(set(told))


@pytest.mark.usefixtures("unprinted")
def test_an_open_point_about_another_form_or_another_state_stays_out(office: Workspace) -> None:
    operating = missing(drafted(office, ONE_STOP), Severity.REMARK)
    building = missing(drafted(office, ONE_STOP.model_copy(update={"status": Status.INVESTING})), Severity.REMARK)
    codes, later = ({one.what.partition(".")[0] for one in found} for found in (operating, building))
    assert "W29" in codes, "the wording of this very form"
    assert not codes & {"W23", "W26", "W27"}, "forms of other steps"
    assert "W28" not in codes
    assert "W28" in later, "design papers of a project"


def test_which_levels_are_drafted_follows_from_the_form_alone(
    office: Workspace, regime: Regime, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_system(office, answering(ONE_STOP, national_egov=True, round_the_clock=True))
    whole = load_form(regime.id, regime.authority[0].dossier_form)
    narrower = Form(whole.data.model_copy(update={"levels": (1, 2, 3)}), whole.name, whole.roots)

    def loaded(regime_id: str, form_id: str, **places: Any) -> Form:
        return narrower if form_id == narrower.data.id else load_form(regime_id, form_id, **places)

    monkeypatch.setattr("compliance.services.dossiers.load_form", loaded)
    with pytest.raises(Refused) as refused:
        draft_dossier(office, [ONE_STOP.id], today=TODAY)
    authority = regime.authority_for(4)
    assert authority is not None
    told = str(refused.value)
    assert "là cấp độ 4. Phiên bản này chưa soạn hồ sơ của cấp độ đó." in told
    assert f"Thẩm định: {authority.appraises}; phê duyệt: {authority.approves} ({authority.citation})." in told
    assert not may_draft(office, classify_system(office, ONE_STOP.id, TODAY))


@pytest.mark.parametrize("words", range(40, 400, 60))
def test_however_long_the_request_its_signature_never_stands_alone(
    request_form: Form, tmp_path: Path, words: int
) -> None:
    pdf = printed(request_form, tmp_path, system_name="Hệ thống dài " * words)
    last = next(page for page in reversed(pdf.pages) if any("GIÁM ĐỐC" in one["text"] for one in lines_of(page)))
    signer = line(last, "GIÁM ĐỐC")
    assert any(one["top"] < signer["top"] - 10 and one["top"] > 20 * MM for one in lines_of(last))
    assert f"¹ {FOOTNOTE}" in pdf.text
