"""The sheet that goes over the table when an officer moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import CustodyKind, DutyRole
from compliance.domain.duty import DutyRow, DutyStatus, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.evidence import Shelf
from compliance.domain.handover import HandoverLine, HandoverSource, PartId, parts_of
from compliance.domain.incident import Contact, ContactRole, Incident
from compliance.domain.moment import VIETNAM
from compliance.errors import NotFound, Refused
from compliance.services import custodies, evidence, findings
from compliance.services.contracts import Contracting, sign
from compliance.services.custodies import HandingOver, hand_over
from compliance.services.duties import duty_rows
from compliance.services.findings import Planning
from compliance.services.handovers import HandoverPaper, draft_handover
from tests.assignments.conftest import assigned
from tests.documents.office import COMMITTEE, OFFICE, SECURITY, STAFF, TODAY, put
from tests.documents.reading import A4, MM, Pdf, line, lines_of, top_margin
from tests.findings.conftest import FINDING, MET, SYSTEM, checked_office

CHIEF, CLERK = "Chánh Văn phòng", "Công chức Văn phòng"


def at(part: PartId, paper: HandoverPaper) -> tuple[HandoverLine, ...]:
    return next(one.lines for one in paper.sheet.parts if one.id is part)


def furnish(workspace: Workspace) -> None:
    """Something of every kind the office answers for."""
    assigned(workspace, DutyRole.RESPONSE_TEAM, CHIEF, task="Chủ trì ứng phó sự cố")
    assigned(workspace, DutyRole.MORNING_CHECK, CLERK)
    assigned(workspace, DutyRole.SUPPORTS, "", task="Rà soát tài khoản")
    assigned(workspace, DutyRole.LEADS, CHIEF, since="01/01/2025", until="31/12/2025")
    token = HandingOver(CustodyKind.TOKEN, "USB token", OFFICE.id, "05/01/2026", "15/11/2026", "VD-0042", CHIEF)
    hand_over(workspace, token, TODAY)
    account = HandingOver(
        CustodyKind.ACCOUNT, "Tài khoản một cửa", OFFICE.id, "05/01/2026", serial="cb02", position=CLERK
    )
    hand_over(workspace, account, TODAY)
    gone = hand_over(workspace, HandingOver(CustodyKind.KEY, "Chìa khóa tủ 2", OFFICE.id, "05/01/2026"), TODAY)
    custodies.give_back(workspace, gone.custody.id, TODAY)
    hand_over(workspace, HandingOver(CustodyKind.TOKEN, "Token Chủ tịch", COMMITTEE.id), TODAY)
    contract = Contracting(
        "Công ty Ví Dụ",
        "Bảo trì phần mềm",
        "05/01/2026",
        "01/HĐ",
        OFFICE.id,
        (SYSTEM,),
        "31/12/2026",
        "(0200) 000 0009",
    )
    sign(workspace, contract, TODAY)
    planning = Planning(measure="Ban hành quy trình", unit_id=OFFICE.id, due=date(2026, 12, 22))
    findings.plan(workspace, [FINDING], planning, today=TODAY)
    about = evidence.Describing(title="Quyết định giao vận hành")
    shelf = Shelf(cabinet="2", folder="An ninh mạng", number="32/QĐ-UBND", sheets=3)
    evidence.add_paper(workspace, shelf, about, serves=[(SYSTEM, MET)], today=TODAY)
    incident = Incident(
        id="sc-2026-001",
        title="Trang thông báo bị đổi giao diện",
        system_ids=(SYSTEM,),
        detected_at=datetime(2026, 11, 20, 7, 5, tzinfo=VIETNAM),
    )
    put(workspace, "incident", [(incident.id, incident)])
    contact = Contact(id="cong-an-xa", role=ContactRole.POLICE, name="Công an xã", channels=("(0200) 000 0003",))
    put(workspace, "contact", [(contact.id, contact)])


@dataclass(frozen=True)
class Drafted:
    paper: HandoverPaper
    workspace: Workspace
    folder: Path

    @cached_property
    def pdf(self) -> Pdf:
        return Pdf(self.paper.printed.file.path)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drafted]:
    folder = tmp_path_factory.mktemp("xa")
    with checked_office(folder / "ho-so").workspace as workspace:
        furnish(workspace)
        paper = draft_handover(workspace, OFFICE.id, folder / "ra", TODAY, on=date(2026, 11, 25), position=CHIEF)
        yield Drafted(paper, workspace, folder)


def test_it_reads_as_minutes_from_head_to_signatures(drafted: Drafted) -> None:
    expected = [
        "VĂN PHÒNG HĐND VÀ UBND",
        "Số: /BB-VP",
        "BIÊN BẢN",
        "Bàn giao công việc, hồ sơ, thiết bị bảo đảm an ninh mạng",
        "Hôm nay, ngày 25 tháng 11 năm 2026",
        "1. Bên giao:",
        f"{CHIEF}, {OFFICE.name}.",
        "2. Bên nhận:",
        "3. Người chứng kiến:",
        "1. Vai trò, nhiệm vụ đang giữ",
        "2. Việc đã quá hạn và việc đến hạn trong 60 ngày tới (đến ngày 21/01/2027)",
        "3. Tồn tại phải khắc phục",
        "4. Sự cố chưa kết thúc",
        "5. Hồ sơ đề xuất cấp độ đang làm",
        "6. Nơi để bản chính văn bản, hồ sơ",
        "7. Thiết bị, tài khoản, chứng thư, chìa khóa phải giao lại hoặc khóa",
        "8. Hợp đồng và đầu mối liên hệ",
        "Mật khẩu, mã PIN không ghi vào biên bản",
        "BÊN GIAO",
        "Lưu: VT, Hồ sơ.",
    ]
    place = 0
    for words in expected:
        found = drafted.pdf.text.find(words, place)
        assert found >= 0, words
        place = found
    assert "Suối Mẫu, ngày" not in drafted.pdf.texts[0], "minutes bear no place and date in their head"


def test_the_chief_hands_over_what_is_his_and_what_names_nobody(drafted: Drafted) -> None:
    roles = [one.what for one in at(PartId.ROLES, drafted.paper)]
    assert roles == ["Thành viên tổ ứng cứu sự cố: Chủ trì ứng phó sự cố", "Phối hợp: Rà soát tài khoản"]
    (token,) = at(PartId.CUSTODY, drafted.paper)
    assert "VD-0042" in token.detail
    assert token.pressing
    assert drafted.pdf.holds("dùng đến 15/11/2026 quá hạn")


def test_duties_findings_incidents_and_contracts_are_there(drafted: Drafted) -> None:
    (finding,) = at(PartId.FINDINGS, drafted.paper)
    assert "Biện pháp: Ban hành quy trình" in finding.detail
    assert ".;" not in finding.what
    (incident,) = at(PartId.INCIDENTS, drafted.paper)
    assert (incident.days, STAFF.name in incident.what) == ("phát hiện 07:05 20/11/2026", True)
    contract, contact = at(PartId.CONTRACTS, drafted.paper)
    assert contract.detail == "Công ty Ví Dụ; (0200) 000 0009"
    assert contact.what == "Đầu mối khi có sự cố: Công an xã"
    assert any(one.what == STAFF.name for one in at(PartId.DOSSIERS, drafted.paper))


def test_the_duties_are_those_of_the_list_up_to_sixty_days(drafted: Drafted) -> None:
    elsewhere = {Source.FINDING, Source.CUSTODY, Source.CONTRACT, Source.ROAD}
    rows = duty_rows(drafted.workspace, TODAY, unit_id=OFFICE.id, within=60)
    wanted = {one.what for one in rows if one.source not in elsewhere and one.due}
    told = {one.what.partition(";")[0] for one in at(PartId.DUTIES, drafted.paper)}
    assert wanted
    assert {what.partition(";")[0] for what in wanted} == told
    late = [one.pressing for one in at(PartId.DUTIES, drafted.paper)]
    assert late == sorted(late, reverse=True), "overdue first"


def test_an_original_says_where_it_lies(drafted: Drafted) -> None:
    shelved = next(one for one in at(PartId.ORIGINALS, drafted.paper) if one.detail)
    assert (shelved.what, shelved.detail, shelved.days) == (
        "Quyết định giao vận hành số 32/QĐ-UBND",
        "Tủ 2, cặp “An ninh mạng”",
        "3 tờ",
    )


def test_each_table_has_a_box_to_tick_and_repeats_its_head(drafted: Drafted) -> None:
    rows = sum(drafted.paper.sheet.counts.values())
    boxes = [
        rect for page in drafted.pdf.pages for rect in page.rects if rect["width"] < 12 and 5 < rect["height"] < 12
    ]
    assert len(boxes) >= rows
    first = next(number for number, text in enumerate(drafted.pdf.texts) if "2. Việc đã quá hạn" in text)
    last = next(number for number, text in enumerate(drafted.pdf.texts) if "3. Tồn tại phải khắc phục" in text)
    assert last > first
    for text in drafted.pdf.texts[first : last + 1]:
        assert "Đã" in text
        assert "Ghi chú" in text


def test_the_signatures_stand_below_text_on_upright_pages(drafted: Drafted) -> None:
    pages = drafted.pdf.pages
    assert {(round(page.width, 2), round(page.height, 2)) for page in pages} == {A4}
    signed = next(page for page, text in zip(pages, drafted.pdf.texts, strict=True) if "NGƯỜI CHỨNG KIẾN" in text)
    giver, witness, taker = (line(signed, text) for text in ("BÊN GIAO", "NGƯỜI CHỨNG KIẾN", "BÊN NHẬN"))
    assert giver["x0"] < witness["x0"] < taker["x0"]
    assert round(giver["top"]) == round(witness["top"]) == round(taker["top"])
    assert any("Kể từ khi ký biên bản" in one["text"] for one in lines_of(signed))
    assert all(one["x0"] >= 30 * MM - 1 for one in lines_of(signed) if one["bottom"] < 270 * MM)
    assert [one["text"] for page in pages[1:] for one in top_margin(page)] == [str(n) for n in range(2, len(pages) + 1)]


def test_the_same_records_print_the_same_code(drafted: Drafted) -> None:
    again = draft_handover(
        drafted.workspace, OFFICE.id, drafted.folder / "nua", TODAY, on=date(2026, 11, 25), position=CHIEF
    )
    assert again.printed.match_code == drafted.paper.printed.match_code
    assert drafted.pdf.holds(f"Mã đối chiếu {again.printed.match_code}")


def test_a_whole_unit_hands_over_everything_it_holds(drafted: Drafted) -> None:
    paper = draft_handover(drafted.workspace, OFFICE.id, drafted.folder / "ca", TODAY)
    assert len(at(PartId.ROLES, paper)) == 3
    assert len(at(PartId.CUSTODY, paper)) == 2
    pdf = Pdf(paper.printed.file.path)
    assert "Hôm nay, ngày ..... tháng" in pdf.text


def test_a_unit_that_holds_nothing_says_so(drafted: Drafted) -> None:
    put(drafted.workspace, "unit", [("hoi-phu-nu", SECURITY.model_copy(update={"id": "hoi-phu-nu", "name": "Hội"}))])
    paper = draft_handover(drafted.workspace, "hoi-phu-nu", drafted.folder / "hoi", TODAY, holder="Người Không Có")
    for part in (PartId.ROLES, PartId.FINDINGS, PartId.CUSTODY):
        assert at(part, paper) == ()
    assert Pdf(paper.printed.file.path).text.count("Không có.") >= 3
    assert any("Không có phân công, thiết bị nào ghi “Người Không Có”" in one for one in paper.remarks)


def test_an_unknown_unit_and_a_foreign_file_are_refused(drafted: Drafted) -> None:
    with pytest.raises(NotFound, match="Có phải “van-phong”"):
        draft_handover(drafted.workspace, "van-phon", None, TODAY)
    foreign = drafted.folder / "ban-da-ky.pdf"
    foreign.write_bytes(b"%PDF-1.7 scan")
    with pytest.raises(Refused, match="không ghi đè"):
        draft_handover(drafted.workspace, OFFICE.id, foreign, TODAY)


def test_one_duty_of_several_systems_is_one_line() -> None:
    def row(system: str, clause: str) -> DutyRow:
        return DutyRow(
            id=f"{system}/x",
            what="Rà soát tài khoản",
            source=Source.STANDARD,
            kind=DutyKind.STANDARD,
            system_id=system,
            system_name=f"Hệ thống {system}",
            citation=f"Tiêu chuẩn mục {clause} a",
            due=date(2026, 12, 31),
            status=DutyStatus.UPCOMING,
        )

    nothing = HandoverSource(
        assignments=(), findings=(), incidents=(), dossiers=(), originals=(), custody=(), contracts=(), contacts=(),
        names={}, numbers={"a": 1, "b": 2, "c": 3}, today=TODAY,
        duties=(row("a", "3.1"), row("b", "4.1"), row("c", "3.1")),
    )  # fmt: skip
    (line_,) = next(part.lines for part in parts_of(nothing) if part.id is PartId.DUTIES)
    assert line_.what == "Rà soát tài khoản; hệ thống số 1-3"
    assert line_.detail == "Tiêu chuẩn mục 3.1 a; 4.1 a"
