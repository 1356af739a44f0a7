"""The risk-assessment report: every letter of Đ10.3 in order, a matrix read in grey, the result against the level."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from compliance.adapters.templates import load_form
from compliance.adapters.workspace import Workspace
from compliance.cli.risk_reports import risk_report
from compliance.domain.assessment import Answer, Result
from compliance.domain.regime import Regime
from compliance.domain.remediation import Finding, Severity
from compliance.domain.risk import Degree
from compliance.domain.system import Connection, EarlierApproval, Ownership, Risk, Status, System
from compliance.errors import NotFound, Refused
from compliance.services.risk_reports import RiskPaper, print_risk_report
from tests.documents.office import COMMITTEE, OFFICE, STAFF, TODAY, UNDECIDED, new_office, put, put_answers, put_system
from tests.documents.reading import A4, MM, Pdf, line, lines_of, plain, squeezed
from tests.documents.test_high_levels import CONTROL

SHORT = "d10.2"
WORDS = st.text("abcdeghiklmnopqrstuvxyđăâêôơưáàảãạếềểễệốộớợứựýỹ", min_size=3, max_size=12).map(
    lambda one: f"Nội {one}"
)
DEGREE = st.none() | st.sampled_from(Degree)


def report(office: Workspace, system: System, *answers: Answer) -> RiskPaper:
    put_system(office, system)
    put_answers(office, *answers)
    return print_risk_report(office, system.id, out=office.path / "ra", today=TODAY)


def answer(system: System, requirement: str, result: Result, **more: Any) -> Answer:
    return Answer(system_id=system.id, requirement_id=requirement, checklist_id="nghia-vu", result=result, **more)


def assessed(system: System, risk_level: int | None, **changes: Any) -> System:
    facts = {**system.facts, **({"risk_level": risk_level} if risk_level else {})}
    return system.model_copy(update={"facts": facts, **changes})


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> RiskPaper:
    """The dam's report: two risks, one of them weighed; two duties fall short."""
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        return report(
            workspace,
            assessed(CONTROL, 4),
            answer(CONTROL, SHORT, Result.NON_COMPLIANT, present_state="Chưa có báo cáo nào",
                   measure="Lập báo cáo hằng năm", responsible_unit_id=OFFICE.id, due=date(2027, 3, 31)),
            answer(CONTROL, "d10.3", Result.PARTIALLY_COMPLIANT),
            answer(CONTROL, "d10.6", Result.COMPLIANT),
        )  # fmt: skip


@pytest.fixture(scope="module")
def pdf(paper: RiskPaper) -> Pdf:
    return Pdf(paper.printed.file.path)


def headings(regime: Regime) -> dict[str, str]:
    return dict(load_form(regime.id, regime.own_forms.risk_report).data.headings)


def in_order(pdf: Pdf, *expected: str) -> None:
    body, place = re.sub(r"\s+", "", pdf.text), 0
    for words in expected:
        found = body.find(re.sub(r"\s+", "", words), place)
        assert found >= 0, words
        place = found


def test_the_seven_contents_of_the_decree_stand_verbatim_in_order_each_with_its_citation(
    pdf: Pdf, regime: Regime
) -> None:
    h = headings(regime)
    keys = (("a", "a"), ("b", "b"), ("c", "c"), ("d", "d"), ("đ", "dd"), ("e", "e"), ("g", "g"))
    in_order(
        pdf,
        "ỦY BAN NHÂN DÂN XÃ SUỐI MẪU",
        "BÁO CÁO",
        "Đánh giá rủi ro an ninh mạng",
        *(f"{letter}) {h[f'content_{key}']} (điểm {letter} khoản 3 Điều 10)" for letter, key in keys),
        h["part_detailed"].upper(),
        h["detail_a"],
        h["detail_d"],
        h["part_result"].upper(),
        "TM. ỦY BAN NHÂN DÂN",
        h["annex"].upper(),
    )


def test_the_owner_issues_it_and_number_and_day_stay_open(pdf: Pdf) -> None:
    assert re.search(r"Số: +/BC-UBND", pdf.texts[0])
    assert "ngày ..... tháng ..... năm ......" in pdf.texts[0]
    assert f"{COMMITTEE.name} báo cáo kết quả đánh giá rủi ro an ninh mạng" in pdf.text


def test_assets_stand_in_order_of_importance(pdf: Pdf) -> None:
    in_order(pdf, "Vai trò trong hệ thống", "Bộ điều khiển cửa van", "Phần mềm giám sát", "Màn hình theo dõi")


def test_the_matrix_shows_each_weighed_risk_once_and_names_the_others(pdf: Pdf) -> None:
    in_order(pdf, "Ma trận mức rủi ro", "Cao Trung bình Cao Cao", "Trung bình Thấp Trung bình Cao", "Thấp Thấp Thấp")
    assert len(re.findall(r"Số 1\b", pdf.texts[1])) == 1
    assert "chưa xếp được vào ma trận: rủi ro số 2." in pdf.text
    assert pdf.holds("chưa thấy ban hành quy định về đánh giá rủi ro (khoản 8 Điều 10)"), "the grading is our own"


def test_the_matrix_is_told_apart_by_grey_and_by_words(pdf: Pdf) -> None:
    page = next(one for one in pdf.pages if "Ma trận" in one.extract_text())
    greys = {str(one["non_stroking_color"]) for one in page.rects if one["height"] > 10 * MM and one["width"] > 10 * MM}
    assert len(greys - {"None"}) >= 2


def test_every_word_typed_reaches_the_report(pdf: Pdf) -> None:
    texts = [CONTROL.critical_assets, CONTROL.current_capacity, CONTROL.risk_communication, CONTROL.public_impact,
             CONTROL.function, CONTROL.scope, CONTROL.size, CONTROL.users_served, CONTROL.harm_rationale,
             "10/11/2026", "31/01/2027", "Xác định cấp độ lần đầu"]  # fmt: skip
    for risk in CONTROL.risks:
        texts += [risk.threat, risk.weakness, risk.impact, risk.interest, risk.treatment]
    texts += [text for one in CONTROL.devices for text in (one.name, one.purpose, one.place)]
    texts += [text for one in CONTROL.services for text in (one.name, one.purpose, one.place)]
    for link in CONTROL.connections:
        texts += [link.other_name, link.other_owner, link.data, link.influence]
    for text in texts:
        assert pdf.holds(text), text


def test_requirements_that_fall_short_are_an_annex_with_measure_unit_and_day(pdf: Pdf) -> None:
    annex = "".join(cell or "" for table in pdf.pages[-1].extract_tables() for row in table for cell in row)
    annex = plain(annex)
    for words in ("Chưa đạt. Chưa có báo cáo nào", "Lập báo cáo hằng năm", "31/03/2027", "Đạt một phần",
                  "chưa có biện pháp"):  # fmt: skip
        assert words in annex
    assert "khoản 6 Điều 10" not in annex, "what is met is no weakness"
    assert pdf.pages[-1].width > pdf.pages[-1].height
    assert "đã đánh giá 3/" in pdf.text
    assert "trong đó 2 yêu cầu chưa đạt hoặc đạt một phần (Phụ lục)" in pdf.text


@pytest.mark.usefixtures("unprinted")
def test_a_finding_that_is_followed_is_named_where_it_stands(office: Workspace) -> None:
    short = answer(STAFF, SHORT, Result.NON_COMPLIANT)
    finding = Finding(system_id=STAFF.id, requirement_id=SHORT, checklist_id="nghia-vu", severity=Severity.HIGH,
                      opened_on=TODAY)  # fmt: skip
    put(office, "finding", [(f"{STAFF.id}/{SHORT}", finding)])
    assert report(office, STAFF, short).report.weaknesses[0].finding == finding.status.label


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((None, None), "unassessed"),
        ((3, None), "higher"),
        ((2, None), "equal"),
        ((1, None), "lower"),
        ((3, 3), "equal"),
        ((3, 2), "higher"),
    ],
)
def test_the_result_is_held_against_the_level_approved_else_that_of_the_criteria(
    office: Workspace, filled: dict[Path, str], regime: Regime, levels: tuple[int | None, int | None], said: str
) -> None:
    risk, approved = levels
    earlier = EarlierApproval(level=approved, legal_basis="cũ") if approved else None
    paper = report(office, assessed(STAFF, risk, earlier_approval=earlier))
    assert paper.report.result.criteria == 2
    assert paper.report.result.verdict == said
    words = filled[paper.printed.file.path]
    assert squeezed(headings(regime)[f"verdict_{said}"]) in words
    assert squeezed("Cấp độ theo tiêu chí (không tính kết quả đánh giá rủi ro): cấp độ 2.") in words
    assert bool([one for one in paper.remarks if "khoản 5 Điều 10" in one]) is (said == "higher")


def test_below_level_four_nothing_of_the_detailed_report_is_asked(office: Workspace) -> None:
    paper = report(office, STAFF)
    assert paper.report.detailed is None
    assert not [one for one in paper.missing if "Điều 22" in one.citation]
    assert "III. KẾT QUẢ ĐÁNH GIÁ" in Pdf(paper.printed.file.path).text


@pytest.mark.usefixtures("unprinted")
def test_what_is_blank_is_listed_with_its_place_and_clause(office: Workspace) -> None:
    asked = {one.what: one for one in report(office, STAFF).missing}
    item = asked["Chức năng, tài sản trọng yếu và vai trò"]
    assert item.citation == "điểm a khoản 3 Điều 10"
    assert item.where_to_fill == "Bảng kê, trang “Hệ thống”, cột “Chức năng, tài sản trọng yếu”"
    assert asked["Khả năng xảy ra: Lộ tài khoản quản trị; Mã độc tống tiền"].citation == "điểm d khoản 3 Điều 10"
    assert asked["Mức độ quan trọng của thiết bị: Máy chủ Mẫu R250; Tường lửa Mẫu 60; Máy trạm"]


def test_a_system_without_level_or_risks_still_has_its_report_of_blanks(office: Workspace) -> None:
    paper = print_risk_report(office, UNDECIDED.id, out=None, today=TODAY)
    pdf = Pdf(paper.printed.file.path)
    assert "Chưa xác định được cấp độ nên chưa đối chiếu với danh mục yêu cầu" in pdf.text
    assert "(chưa trả lời)" in pdf.text
    assert "cấp độ theo tiêu chí (không tính kết quả đánh giá rủi ro): chưa xác định." in pdf.text.lower()
    assert any("classifications ask truyen-thanh" in one for one in paper.remarks)
    assert paper.printed.file.path.parent == office.path / "du-thao" / UNDECIDED.id


def test_long_and_hostile_words_stay_on_the_page_and_are_never_run(office: Workspace) -> None:
    long_word = "Rủirodài" * 40
    risks = (Risk(id="r", threat=f"<b>{{{{ 7*7 }}}}</b> {long_word}", weakness="Dòng một\nDòng hai"),)
    pdf = Pdf(report(office, STAFF.model_copy(update={"risks": risks})).printed.file.path)
    assert pdf.holds(f"<b>{{{{ 7*7 }}}}</b> {long_word}")
    for page in pdf.pages:
        assert max(one["x1"] for one in lines_of(page)) <= page.width - 15 * MM + 1


def test_the_page_follows_the_layout_of_administrative_papers(pdf: Pdf) -> None:
    assert (round(pdf.pages[0].width), round(pdf.pages[0].height)) == (round(A4[0]), round(A4[1]))
    signer = next(page for page in pdf.pages if "CHỦ TỊCH" in page.extract_text())
    assert line(signer, "TM. ỦY BAN NHÂN DÂN")["top"] > line(signer, "Báo cáo này được")["top"]
    for page in pdf.pages:
        assert max(one["x1"] for one in lines_of(page)) <= page.width - 15 * MM + 1


def test_another_owners_system_and_one_that_ended_are_refused(office: Workspace) -> None:
    with pytest.raises(Refused, match="trách nhiệm của chủ quản"):
        report(office, STAFF.model_copy(update={"ownership": Ownership.USED}))
    with pytest.raises(Refused, match="đã kết thúc vận hành"):
        report(office, STAFF.model_copy(update={"status": Status.DECOMMISSIONED}))
    with pytest.raises(NotFound):
        print_risk_report(office, "khong-co", out=None, today=TODAY)


@pytest.mark.usefixtures("unprinted")
def test_the_match_code_follows_the_data(office: Workspace) -> None:
    first, again = report(office, STAFF), report(office, STAFF)
    changed = report(office, STAFF.model_copy(update={"current_capacity": "Có người trực"}))
    assert first.printed.match_code == again.printed.match_code != changed.printed.match_code


def test_the_command_says_what_is_missing_and_prints_json_for_programs(office: Workspace, tmp_path: Path) -> None:
    program = typer.Typer()
    program.command()(risk_report)
    place = ["--workspace", str(office.path), "--today", "2026-11-22", "--out", str(tmp_path / "rr.pdf")]
    said = CliRunner().invoke(program, [STAFF.id, *place])
    assert said.exit_code == 0, said.output
    assert "rr.pdf" in said.output
    assert "Còn thiếu" in said.output
    assert "phải thay trước khi trình. Sửa tại: Bảng kê, trang “Hệ thống”; Bảng kê, trang “Rủi ro”." in said.output
    assert "Việc tiếp theo:" in said.output
    told = json.loads(CliRunner().invoke(program, [STAFF.id, *place, "--json"]).stdout)
    assert told["verdict"] == "unassessed"
    assert {"path", "sha256", "pages"} <= set(told["files"][0])
    assert {"what", "where_to_fill", "citation"} <= set(told["missing"][0])


@st.composite
def described(draw: st.DrawFn) -> System:
    """A level-4 system whose risks, links and assessment somebody described in some words of their own."""
    risks = tuple(
        Risk(id=f"r{number}", threat=draw(WORDS), weakness=draw(WORDS), impact=draw(WORDS), interest=draw(WORDS),
             treatment=draw(WORDS), likelihood=draw(DEGREE), severity=draw(DEGREE))
        for number in range(draw(st.integers(1, 3)))
    )  # fmt: skip
    links = tuple(
        Connection(id=f"k{number}", other_name=draw(WORDS), other_owner=draw(WORDS), data=draw(WORDS),
                   influence=draw(WORDS))
        for number in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    said = {name: draw(WORDS) for name in ("critical_assets", "current_capacity", "risk_communication",
                                           "public_impact", "continuity_need")}  # fmt: skip
    return CONTROL.model_copy(update={"risks": risks, "connections": links, **said})


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(system=described())
def test_whatever_was_typed_reaches_the_report(office: Workspace, filled: dict[Path, str], system: System) -> None:
    words = filled[report(office, system).printed.file.path]
    rows = (*system.risks, *system.connections)
    typed = [text for one in rows for text in one.model_dump(exclude={"id"}).values() if str(text).startswith("Nội ")]
    typed += [system.critical_assets, system.current_capacity, system.risk_communication, system.public_impact,
              system.continuity_need]  # fmt: skip
    assert len(typed) >= 10
    for text in typed:
        assert squeezed(text) in words, text
