"""The first page of a renewal: the decision before, what reads otherwise now, what the law asks and what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from compliance.adapters.law import load_checklist
from compliance.adapters.rendering import Properties, render
from compliance.adapters.templates import fill, load_form, load_layout, page_face
from compliance.adapters.workspace import Workspace
from compliance.cli.renewals import changes
from compliance.domain.assessment import Answer, Assessment, AssessmentKind, Result
from compliance.domain.paper import Paper
from compliance.domain.regime import Regime
from compliance.domain.renewal import ChangeGroup, ChangeRow, RenewalPage
from compliance.domain.road import Taken
from compliance.domain.system import Device
from compliance.errors import Refused
from compliance.services.dossiers import draft_dossier
from compliance.services.packages import package_dossier
from compliance.services.renewals import print_renewal_page, renewal_page
from tests.documents.conftest import short_lists
from tests.documents.office import NOTICES, STAFF, TODAY, put, put_answers, put_system
from tests.documents.reading import MM, Pdf, lines_of, squeezed
from tests.documents.test_forms import example

FORM = "thay-doi-so-voi-lan-truoc"
DECIDED = date(2026, 9, 15)
REOPENED = date(2026, 11, 20)
DECISION = Paper(number="61/QĐ-BPANM", issued_on=DECIDED, issuer="Bộ phận chuyên trách về an ninh mạng xã Suối Mẫu")


@pytest.fixture
def asked(regime: Regime) -> list[str]:
    """Requirements of level 2, in the order of the list."""
    return [one.id for one in load_checklist(regime, 2).requirements]


def answer(requirement: str, result: Result) -> Answer:
    return Answer(
        system_id=STAFF.id,
        requirement_id=requirement,
        checklist_id="tcvn14423-level-2",
        result=result,
        reason="không có thành phần này" if result is Result.NOT_APPLICABLE else "",
    )


def step(office: Workspace, number: int, name: str, on: date, **said: Any) -> None:
    one = Taken(number=number, step=name, on=on, level=2, versions={f"system/{STAFF.id}": "2"}, **said)
    put(office, "step", [(f"{STAFF.id}/{number:04d}", one)])


def sent(office: Workspace) -> None:
    step(office, 1, "check", DECIDED - timedelta(14))
    step(office, 2, "send", DECIDED - timedelta(14), paper=Paper(number="12/VP"))


def decided(office: Workspace, first: int = 3) -> None:
    step(office, first, "approve", DECIDED, paper=DECISION, effective_on=DECIDED)


def reopened(office: Workspace, *reasons: str) -> None:
    step(office, 4, "reopen", REOPENED, reasons=reasons or ("Thay máy chủ",))


@pytest.fixture
def renewed(office: Workspace) -> Workspace:
    """A level-2 system approved once and opened again."""
    sent(office)
    decided(office)
    reopened(office)
    return office


def page_of(office: Workspace) -> RenewalPage:
    page = renewal_page(office, STAFF.id, TODAY)
    assert page is not None
    return page


def test_a_first_dossier_follows_no_decision(office: Workspace) -> None:
    assert renewal_page(office, STAFF.id, TODAY) is None
    sent(office)
    decided(office)
    assert renewal_page(office, STAFF.id, TODAY) is None, "approved, and nobody opened it again"
    with pytest.raises(Refused, match="hồ sơ lần đầu"):
        print_renewal_page(office, STAFF.id, out=None, today=TODAY)


def test_the_page_names_the_decision_and_why_the_dossier_was_opened_again(office: Workspace) -> None:
    sent(office)
    decided(office)
    reopened(office, "Thay máy chủ", "Mở thêm vùng mạng")
    page = page_of(office)
    assert page.approval.text == f"số 61/QĐ-BPANM ngày 15/09/2026 của {DECISION.issuer}"
    assert (page.approved_level, page.effective_on.text, page.reopened_on.text) == (2, "15/09/2026", "20/11/2026")
    assert page.reasons == ("Thay máy chủ", "Mở thêm vùng mạng")
    assert page.number == 2
    assert page.letterhead.agency == "VĂN PHÒNG HĐND VÀ UBND"


def test_nothing_changed_reads_as_nothing_changed(renewed: Workspace) -> None:
    page = page_of(renewed)
    assert page.known
    assert (page.groups, page.causes, page.requirements, page.results) == ((), (), (), ())
    assert page.before == page.now
    assert page.now.grounds[0].citation.startswith("khoản 1 Điều 12")


def test_changes_stand_under_their_sheets_and_under_the_law(renewed: Workspace) -> None:
    devices = (*STAFF.devices[1:], Device(id="moi", name="Bộ chuyển mạch Mẫu 24", place="Tầng 1"))
    put_system(renewed, STAFF.model_copy(update={"users_served": "Toàn xã", "devices": devices}))
    page = page_of(renewed)
    rows = {row.item: row for group in page.groups for row in group.rows}
    assert [row.number for group in page.groups for row in group.rows] == list(range(1, len(rows) + 1))
    assert rows["Máy chủ Mẫu R250 (bỏ đi)"].after == ""
    assert "Tầng 1" in rows["Bộ chuyển mạch Mẫu 24 (thêm mới)"].after
    users = next(row for item, row in rows.items() if row.after == "Toàn xã")
    assert users.before == STAFF.users_served
    scale = next(one for one in page.causes if "quy mô" in one.title)
    added = rows["Bộ chuyển mạch Mẫu 24 (thêm mới)"].number
    gone = rows["Máy chủ Mẫu R250 (bỏ đi)"].number
    assert {str(added), str(gone)} <= set(scale.numbers.split(", "))
    cause = next(one for one in page.causes if "đối tượng sử dụng" in one.title)
    assert cause.numbers == str(users.number)
    assert "điểm b khoản 2 Điều 10" in cause.citation


def acts(office: Workspace) -> dict[str, str]:
    return {act.title: act.done for cause in page_of(office).causes for act in cause.acts}


def test_what_the_law_asks_again_is_shown_with_what_was_done(renewed: Workspace) -> None:
    changed = STAFF.model_copy(update={"function": "Quản lý hồ sơ và chấm công", "size": "02 máy chủ"})
    put_system(renewed, changed.model_copy(update={"risk_assessed_on": DECIDED}))
    before = acts(renewed)
    assert before["Đánh giá lại rủi ro an ninh mạng"] == "", "assessed for the approval, not for the change"
    assert before["Đánh giá lại điều kiện an ninh mạng"] == ""
    assert before["Rà soát, xác định lại cấp độ theo trình tự như lần đầu"] == "Đã mở hồ sơ ngày 20/11/2026"
    assert before["Cập nhật thuyết minh và phương án bảo đảm an ninh mạng"] == "Thực hiện trong hồ sơ này"
    put_system(renewed, changed.model_copy(update={"risk_assessed_on": date(2026, 11, 18)}))
    check(renewed, 1, started_on=date(2026, 11, 19))
    done = acts(renewed)
    assert done["Đánh giá lại rủi ro an ninh mạng"] == "Đã đánh giá ngày 18/11/2026"
    assert done["Đánh giá lại điều kiện an ninh mạng"] == "Đang đánh giá, bắt đầu ngày 19/11/2026"
    check(renewed, 1, started_on=date(2026, 11, 19), closed_on=date(2026, 11, 21))
    assert acts(renewed)["Đánh giá lại điều kiện an ninh mạng"] == "Đã đánh giá xong ngày 21/11/2026"


@pytest.mark.parametrize(
    ("kind", "started"), [(AssessmentKind.PERIODIC, date(2026, 11, 19)), (AssessmentKind.PRE_OPERATION, DECIDED)]
)
def test_another_check_or_an_older_one_is_not_what_the_change_asks(
    renewed: Workspace, kind: AssessmentKind, started: date
) -> None:
    put_system(renewed, STAFF.model_copy(update={"function": "Quản lý hồ sơ và chấm công"}))
    check(renewed, 1, started_on=started, closed_on=date(2026, 11, 21), kind=kind)
    assert acts(renewed)["Đánh giá lại điều kiện an ninh mạng"] == ""


def check(office: Workspace, number: int, *, kind: AssessmentKind = AssessmentKind.PRE_OPERATION, **said: Any) -> None:
    id_ = f"{STAFF.id}/2026-{number}"
    one = Assessment(
        id=id_, system_id=STAFF.id, kind=kind, regime="nd331-2026", level=2, lists={}, assessor="Bộ phận", **said
    )
    put(office, "assessment", [(id_, one)])


def test_results_are_compared_with_those_of_the_day_the_dossier_was_sent(office: Workspace, asked: list[str]) -> None:
    first, second, third, fourth = asked[:4]
    put_answers(office, answer(first, Result.NON_COMPLIANT), answer(second, Result.COMPLIANT))
    sent(office)
    put_answers(office, answer(first, Result.PARTIALLY_COMPLIANT), answer(third, Result.COMPLIANT))
    decided(office)
    reopened(office)
    put_answers(office, answer(first, Result.COMPLIANT), answer(fourth, Result.NOT_ASSESSED))
    page = page_of(office)
    assert page.answers_known
    assert [(one.before, one.after) for one in page.results] == [("Chưa đạt", "Đạt"), ("Chưa đánh giá", "Đạt")]
    assert page.requirements == ()
    assert not page.shared


def test_another_level_brings_its_own_requirements(renewed: Workspace, asked: list[str]) -> None:
    put_answers(renewed, answer(asked[0], Result.COMPLIANT))
    facts = {**STAFF.facts, "service_type": ("public_service",), "settles_procedures": True}
    put_system(renewed, STAFF.model_copy(update={"facts": {**facts, "subjects_basic": 150_000}}))
    page = page_of(renewed)
    assert (page.before.level, page.now.level) == (2, 3)
    assert page.before.grounds[0].citation != page.now.grounds[0].citation
    assert page.causes[0].title == "Cấp độ theo dữ kiện hôm nay khác cấp độ đã phê duyệt"
    assert page.causes[0].numbers == ""
    assert {one.change for one in page.requirements} >= {"Mới", "Chặt hơn"}
    assert all(one.clause and one.statement for one in page.requirements)
    assert len(page.results) <= 1, "what only one level asks is no change of a result"


def test_without_the_approved_inventory_the_page_says_so(office: Workspace, tmp_path: Path) -> None:
    for number, name in enumerate(("check", "send", "approve", "reopen"), 1):
        said: dict[str, Any] = {"paper": DECISION, "effective_on": DECIDED} if name == "approve" else {}
        one = Taken(number=number, step=name, on=DECIDED, level=2, reasons=("Rà soát",), **said)
        put(office, "step", [(f"{STAFF.id}/{number:04d}", one)])
    assert not page_of(office).known
    done = print_renewal_page(office, STAFF.id, out=tmp_path, today=TODAY)
    text = Pdf(done.printed.file.path).text
    assert "Không còn bản kê khai của hồ sơ đã phê duyệt" in text
    assert "xem hồ sơ đã phê duyệt" in text


def test_a_third_dossier_is_compared_with_the_second_decision(renewed: Workspace) -> None:
    put_system(renewed, STAFF.model_copy(update={"size": "02 máy chủ"}))
    second = Paper(number="75/QĐ-BPANM", issued_on=TODAY, issuer="Bộ phận chuyên trách")
    for number, name in enumerate(("check", "send", "approve", "reopen"), 5):
        said: dict[str, Any] = {"paper": second, "effective_on": TODAY} if name == "approve" else {}
        said |= {"reasons": ("Đổi nơi đặt",)} if name == "reopen" else {}
        one = Taken(number=number, step=name, on=TODAY, level=2, versions={f"system/{STAFF.id}": "3"}, **said)
        put(renewed, "step", [(f"{STAFF.id}/{number:04d}", one)])
    put_system(renewed, STAFF.model_copy(update={"size": "02 máy chủ", "isolation": "Tách vật lý"}))
    page = page_of(renewed)
    assert page.number == 3
    assert page.approval.text.startswith("số 75/QĐ-BPANM")
    assert [row.after for group in page.groups for row in group.rows] == ["Tách vật lý"]


def test_the_draft_of_a_renewal_begins_with_the_page(renewed: Workspace, tmp_path: Path) -> None:
    put_system(renewed, STAFF.model_copy(update={"users_served": "Toàn xã"}))
    with short_lists():
        report = draft_dossier(renewed, [STAFF.id], today=TODAY, out=tmp_path / "ra", keep=False)
    assert report.files[0].path.name == f"00-{FORM}-{STAFF.id}.pdf"
    assert report.files[0].path.is_file()
    assert report.files[-1].title != report.files[0].title
    pdf = Pdf(report.files[0].path)
    assert pdf.holds("THAY ĐỔI SO VỚI LẦN PHÊ DUYỆT TRƯỚC")
    assert pdf.holds("Toàn xã")
    assert pdf.holds("CHÁNH VĂN PHÒNG")


def sample() -> RenewalPage:
    page = example(f"nd331-2026/{FORM}")["renewal"]
    assert isinstance(page, RenewalPage)
    return page


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., Pdf]:
    """The page printed from its example with some values changed."""

    def make(**changed: Any) -> Pdf:
        form, face = load_form("nd331-2026", FORM), page_face(load_layout())
        html = fill(form, {"renewal": sample().model_copy(update=changed), "match_code": "VIDU-0001"}, face=face)
        properties = Properties("Thử", "Xã mẫu", "Thử", (), TODAY)
        done = render(html, tmp_path / "thu.pdf", face=face, properties=properties)
        assert done.remarks == ()
        return Pdf(done.path)

    return make


LONG = "x" * 300
NASTY = "{{ 7*7 }} <script>alert(1)</script> " + LONG


def test_long_and_hostile_texts_wrap_and_stay_literal(printed: Callable[..., Pdf]) -> None:
    row = ChangeRow(number=1, item=NASTY, before=NASTY, after="đoạn dài của một mục, " * 400)
    pdf = printed(groups=(ChangeGroup(sheet="Hệ thống", rows=(row,)),), reasons=(NASTY,), system_name=NASTY)
    lines = [line for page in pdf.reader.pages for line in page.extract_text().splitlines() if not line.isdigit()]
    text = squeezed("".join(lines).replace("Mã đối chiếu VIDU-0001", ""))
    assert text.count(squeezed("đoạn dài của một mục,")) == 400
    assert text.count(squeezed("<script>alert(1)</script>")) == 4
    margins = load_layout().margins
    for page in pdf.pages:
        assert max(one["x1"] for one in lines_of(page)) <= page.width - margins.right * MM + 1


@pytest.mark.parametrize("causes", [6, 7, 8])
def test_a_long_list_of_cases_stays_inside_its_pages(printed: Callable[..., Pdf], causes: int) -> None:
    margins = load_layout().margins
    for page in printed(causes=sample().causes * causes).pages:
        text = [one for one in lines_of(page) if "Mã đối chiếu" not in one["text"]]
        assert max(one["bottom"] for one in text) <= page.height - margins.bottom * MM + 0.5


@pytest.mark.parametrize("rows", [18, 21, 24, 27, 30])
def test_the_operator_never_signs_on_a_page_alone(printed: Callable[..., Pdf], rows: int) -> None:
    many = tuple(ChangeRow(number=at, item=f"Mục {at}", before="trước", after="nay") for at in range(1, rows))
    pdf = printed(groups=(ChangeGroup(sheet="Hệ thống", rows=many),), requirements=(), causes=(), results=())
    last = lines_of(pdf.pages[-1])
    signer = next(one for one in last if "CHÁNH VĂN PHÒNG" in one["text"])
    assert [one for one in last if 25 * MM < one["top"] < signer["top"] - 5]
    assert pdf.pages[-1].height - signer["bottom"] > 28 * MM


def test_what_was_not_recorded_is_a_named_blank(printed: Callable[..., Pdf]) -> None:
    pdf = printed(reasons=())
    assert pdf.text.count("(chưa ghi)") == 2


def test_the_command_prints_the_page_and_says_what_is_not_done(renewed: Workspace, tmp_path: Path) -> None:
    put_system(renewed, STAFF.model_copy(update={"users_served": "Toàn xã"}))
    program = typer.Typer()
    program.command()(changes)
    place = ["--workspace", str(renewed.path), "--today", TODAY.isoformat(), "--out", str(tmp_path)]
    said = CliRunner().invoke(program, [STAFF.id, *place])
    assert said.exit_code == 0, said.output
    assert "Thay đổi của hệ thống: 1" in said.output
    assert "Chưa ghi việc đã làm: Đánh giá lại rủi ro an ninh mạng" in said.output
    assert f"compliance dossiers watch {STAFF.id}" in said.output


def test_the_package_of_a_renewal_begins_with_the_page_and_its_masked_copy_leaves_it_out(
    office: Workspace, tmp_path: Path
) -> None:
    approved = {"paper": DECISION, "effective_on": DECIDED}
    steps: dict[str, dict[str, Any]] = {"check": {}, "send": {}, "approve": approved, "reopen": {}}
    for at, (name, said) in enumerate(steps.items(), start=1):
        on = REOPENED if name == "reopen" else DECIDED
        one = Taken(number=at, step=name, on=on, level=1, versions={f"system/{NOTICES.id}": "1"}, **said)
        put(office, "step", [(f"{NOTICES.id}/{at:04d}", one)])
    put_system(office, NOTICES.model_copy(update={"scope": "Toàn xã và các thôn"}))
    with short_lists():
        whole = package_dossier(office, [NOTICES.id], today=TODAY, out=tmp_path, brought=[], jobs=1)
        masked = package_dossier(office, [NOTICES.id], today=TODAY, out=tmp_path, brought=[], jobs=1, redacted=True)
    names = [one.path for one in whole.files]
    assert names[:2] == ["00-muc-luc.pdf", f"00-{FORM}-{NOTICES.id}.pdf"]
    assert f"ban-word/00-{FORM}-{NOTICES.id}.docx" in names
    assert squeezed("Toàn xã và các thôn") in squeezed(Pdf(whole.folder / names[1]).text)
    assert not any(FORM in one.path for one in masked.files)
    told = next(one.path for one in masked.files if one.path.startswith("99-"))
    assert squeezed("Thay đổi so với lần phê duyệt trước") in squeezed(Pdf(masked.folder / told).text)
