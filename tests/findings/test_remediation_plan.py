"""The remediation plan as it goes for approval."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from compliance.domain.assessment import Result
from compliance.domain.remediation_plan import RemediationPlan
from compliance.errors import NotFound, Refused
from compliance.services import assessments, findings
from compliance.services.findings import Planning
from compliance.services.remediation_papers import RemediationPaper, draft_remediation_plan
from tests.documents.office import COMMITTEE, NOTICES, OFFICE, STAFF, TODAY
from tests.documents.reading import A4, MM, Pdf, line, lines_of, rules, top_margin
from tests.findings.conftest import CONFIRMER, FINDING, MET, OTHER, SYSTEM, Office, checked_office, days

LONG = "Rà soát, chỉnh sửa quy trình và báo cáo bằng văn bản hằng quý; " * 30


@dataclass(frozen=True)
class Drafted:
    paper: RemediationPaper

    @property
    def plan(self) -> RemediationPlan:
        return self.paper.plan

    @cached_property
    def pdf(self) -> Pdf:
        return Pdf(self.paper.printed.file.path)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Drafted:
    folder = tmp_path_factory.mktemp("xa")
    office = checked_office(folder / "ho-so")
    with office.workspace as workspace:
        office.say("4.2.1-b", Result.NON_COMPLIANT)
        planning = Planning(
            measure="Ban hành quy trình quản lý rủi ro",
            unit_id=OFFICE.id,
            due=days(30),
            cost=5_000_000,
            cost_line="Chi thường xuyên năm 2027",
        )
        findings.plan(workspace, [FINDING], planning, today=TODAY)
        free = Planning(measure=LONG, unit_id=OFFICE.id, due=days(60), cost=0)
        findings.plan(workspace, [OTHER], free, today=TODAY)
        office.seen(MET, until=days(1))
        assessments.close(workspace, office.check, today=TODAY, reason="thử")
        return Drafted(draft_remediation_plan(workspace, SYSTEM, folder / "ra", days(5)))


def test_it_reads_as_a_plan_from_head_to_signature(drafted: Drafted) -> None:
    expected = [
        "ỦY BAN NHÂN DÂN XÃ SUỐI MẪU",
        "Số: /KH-UBND",
        "KẾ HOẠCH",
        "Khắc phục tồn tại về bảo đảm an ninh mạng",
        f"đối với hệ thống thông tin “{STAFF.name}”",
        "Căn cứ Luật An ninh mạng số 116/2025/QH15;",
        f"do {CONFIRMER} thực hiện, kết thúc ngày 22/11/2026.",
        f"{COMMITTEE.name} ban hành Kế hoạch",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "Khắc phục 03 tồn tại",
        "II. NỘI DUNG KHẮC PHỤC",
        "III. KINH PHÍ THỰC HIỆN",
        "Tổng kinh phí đã ước tính: 5.000.000 đồng.",
        "Không phát sinh kinh phí: tồn tại số 3.",
        "Chưa ước tính kinh phí: tồn tại số 2.",
        "IV. TỔ CHỨC THỰC HIỆN",
        f"1. {OFFICE.name}: chủ trì khắc phục tồn tại số 1, 3, hoàn thành chậm nhất ngày 21/01/2027.",
        "để xem xét, giải quyết./.",
        "TM. ỦY BAN NHÂN DÂN",
        "Phụ lục MINH CHỨNG CẦN BỔ SUNG",
        "Minh chứng hết hạn",
    ]
    place = 0
    for words in expected:
        found = drafted.pdf.text.find(words, place)
        assert found >= 0, words
        place = found


def test_each_finding_says_what_was_found_and_what_is_done(drafted: Drafted) -> None:
    first, second, third = drafted.plan.lines
    assert (first.clause, first.severity, first.due, first.cost) == ("4.1 a)", "Cao", "22/12/2026", "5.000.000")
    assert first.outcome == "Chưa khắc phục"
    for text in (first.statement, first.measure, first.cost_line, "Hiện trạng: Chưa đạt. Như đã thấy tại chỗ"):
        assert drafted.pdf.holds(text)
    assert (second.measure, second.unit, second.due) == ("", "", "")
    assert third.severity == "Trung bình"
    assert drafted.pdf.letters.count("hằngquý;") == 30, "nothing is cut"


def test_a_blank_is_marked_and_counted(drafted: Drafted) -> None:
    assert drafted.plan.incomplete == 1
    assert drafted.pdf.holds("(chưa phân công): chủ trì khắc phục tồn tại số 2.")
    for mark in ("(chưa có biện pháp)", "(chưa phân công)", "(chưa có thời hạn)"):
        assert drafted.pdf.holds(mark)
    assert drafted.pdf.holds("Còn 01 tồn tại chưa ghi đủ biện pháp")
    assert any("1 tồn tại chưa ghi đủ" in remark for remark in drafted.paper.remarks)
    assert not any("chưa kết thúc" in remark for remark in drafted.paper.remarks)


def test_the_table_lies_on_wide_pages_the_rest_stands_upright(drafted: Drafted) -> None:
    sizes = [(round(page.width, 2), round(page.height, 2)) for page in drafted.pdf.pages]
    upright, wide = A4, (A4[1], A4[0])
    assert sizes[0] == upright
    table = next(at for at, text in enumerate(drafted.pdf.texts) if "II. NỘI DUNG KHẮC PHỤC" in text)
    signed = next(at for at, text in enumerate(drafted.pdf.texts) if "TM. ỦY BAN NHÂN DÂN" in text)
    annex = next(at for at, text in enumerate(drafted.pdf.texts) if "Phụ lục MINH CHỨNG" in text)
    assert sizes[table] == wide
    assert sizes[signed] == upright
    assert sizes[annex] == wide
    assert all("Biện pháp khắc phục" in text for text in drafted.pdf.texts[table:signed])
    for page in drafted.pdf.pages:
        for word in page.extract_words():
            assert word["x0"] >= 30 * MM - 0.5
            assert word["x1"] <= page.width - 15 * MM + 0.5


def test_head_and_page_numbers_follow_the_rules_of_form(drafted: Drafted) -> None:
    first = drafted.pdf.pages[0]
    kind = line(first, "KẾ HOẠCH")
    assert "Bold" in kind["font"]
    assert abs((kind["x0"] + kind["x1"]) / 2 - (30 * MM + first.width - 15 * MM) / 2) < 2
    assert len(rules(first)) >= 3, "under the agency, the motto and the subject"
    assert top_margin(first) == []
    annex = next(at for at, text in enumerate(drafted.pdf.texts) if "Phụ lục MINH CHỨNG" in text)
    for number, page in enumerate(drafted.pdf.pages[1:annex], start=2):
        assert [one["text"] for one in top_margin(page)] == [str(number)]
    assert top_margin(drafted.pdf.pages[annex]) == []


def test_the_signature_never_stands_alone(drafted: Drafted) -> None:
    page = next(page for page in drafted.pdf.pages if "TM. ỦY BAN NHÂN DÂN" in page.extract_text())
    above = [one for one in lines_of(page) if one["bottom"] < line(page, "TM. ỦY BAN")["top"] and one["top"] > 20 * MM]
    assert len(above) >= 2


def test_the_data_goes_with_the_paper_and_the_code_on_its_tables(drafted: Drafted) -> None:
    assert "du-lieu-ke-hoach-khac-phuc.json" in drafted.pdf.reader.attachments
    assert drafted.pdf.text.count(f"Mã đối chiếu {drafted.paper.printed.match_code}") >= 2


def test_only_evidence_lacking_makes_a_short_plan(office: Office, tmp_path: Path) -> None:
    for id_ in (FINDING, OTHER):
        office.say(id_.rpartition("/")[2], Result.NOT_ASSESSED)
    paper = draft_remediation_plan(office.workspace, SYSTEM, tmp_path / "ke-hoach.pdf", TODAY)
    assert paper.printed.file.path == tmp_path / "ke-hoach.pdf"
    assert (len(paper.plan.lines), len(paper.plan.gaps)) == (0, 1)
    assert Pdf(paper.printed.file.path).holds("chỉ cần bổ sung minh chứng nêu tại Phụ lục")


def test_many_findings_keep_the_head_of_the_table_on_every_page(office: Office, tmp_path: Path) -> None:
    for row in assessments.load(office.workspace, office.check).rows[:40]:
        office.say(row.requirement.id, Result.NON_COMPLIANT)
    paper = draft_remediation_plan(office.workspace, SYSTEM, tmp_path, TODAY)
    pdf = Pdf(paper.printed.file.path)
    wide = [text for page, text in zip(pdf.pages, pdf.texts, strict=True) if page.width > page.height]
    assert len(wide) > 3
    assert all("Biện pháp khắc phục" in text for text in wide)
    assert paper.plan.incomplete == 40


def test_nothing_to_remedy_makes_no_plan(office: Office) -> None:
    with pytest.raises(Refused, match="Không có tồn tại nào"):
        draft_remediation_plan(office.workspace, NOTICES.id, None, TODAY)
    with pytest.raises(NotFound):
        draft_remediation_plan(office.workspace, "khong-co", None, TODAY)
