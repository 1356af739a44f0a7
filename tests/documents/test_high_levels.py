"""Levels 4 and 5: the detailed risk report, separation in a hired data centre, availability; drafted from records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters.law import load_duties
from compliance.adapters.templates import load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Absence, AbsenceKind
from compliance.domain.missing import MissingItem, Severity
from compliance.domain.regime import Regime
from compliance.domain.risk import Degree, Occasion, Rank, risk_grade
from compliance.domain.system import Connection, Device, Direction, Hosting, Risk, Service, System
from compliance.services.dossiers import draft_dossier, source_of
from tests.documents.conftest import Draft, short_lists
from tests.documents.office import INTERNAL, NO_FACTS, OFFICE, STAFF, TODAY, new_office, put_answers, put_system
from tests.documents.reading import MM, Pdf, lines_of, squeezed

DAM: dict[str, Any] = {**NO_FACTS, "service_type": ("industrial_control",), "information": ("private",),
                       "works_grade": "I"}  # fmt: skip
PLATFORM: dict[str, Any] = {**NO_FACTS, "service_type": ("infrastructure",), "information": ("private", "personal"),
                            "infrastructure_scope": "nationwide", "national_egov": True,
                            "round_the_clock": True}  # fmt: skip
STORE: dict[str, Any] = {**INTERNAL, "information": ("personal",), "national_data_store": True}

CONTROL = STAFF.model_copy(
    update={
        "id": "dieu-khien-dap",
        "name": "Hệ thống điều khiển đập Suối Mẫu",
        "facts": DAM,
        "assumed": (),
        "function": "Theo dõi mực nước, đóng mở cửa van xả lũ",
        "scope": "Cụm công trình đầu mối",
        "size": "02 bộ điều khiển, 01 máy chủ, 03 màn hình",
        "users_served": "Tổ vận hành đập",
        "harm_rationale": "Xả lũ ngoài quy trình gây ngập hạ du, tổn hại nghiêm trọng tới tính mạng, tài sản.",
        "devices": (
            Device(id="plc", name="Bộ điều khiển cửa van", place="Nhà vận hành", purpose="Đóng, mở cửa van",
                   rank=Rank.CRITICAL),
            Device(id="man-hinh", name="Màn hình theo dõi", place="Nhà vận hành", purpose="Hiển thị mực nước",
                   rank=Rank.ORDINARY),
        ),
        "services": (
            Service(id="scada", name="Phần mềm giám sát", server="Máy chủ vận hành", place="Nhà vận hành",
                    operating_system="Linux", purpose="Thu thập số liệu", rank=Rank.IMPORTANT),
        ),
        "zones": (),
        "connections": (
            Connection(id="kttv", other_name="Hệ thống quan trắc khí tượng thủy văn", other_owner="Đài khu vực",
                       direction=Direction.IN, data="Lượng mưa, mực nước", other_level=3, interdependent=False,
                       influence="Mất số liệu dự báo, phải đo thủ công tại đập"),
            Connection(id="dien", other_name="Lưới điện khu vực", interdependent=True),
        ),
        "risks": (
            Risk(id="chiem-quyen", threat="Chiếm quyền điều khiển cửa van", likelihood=Degree.LOW,
                 severity=Degree.HIGH, weakness="Cổng bảo trì từ xa còn mở, dễ bị dò mật khẩu",
                 impact="Xả lũ ngoài quy trình", interest="Tính mạng, tài sản của người dân hạ du",
                 treatment="Đóng cổng bảo trì từ xa", responsible_unit_id=OFFICE.id, due=date(2027, 1, 31)),
            Risk(id="nghe-len", threat="Nghe lén số liệu đo"),
        ),
        "risk_assessed_on": date(2026, 11, 10),
        "risk_occasion": Occasion.FIRST_LEVEL,
        "critical_assets": "Chức năng đóng, mở cửa van; số liệu mực nước",
        "current_capacity": "Hai người trực vận hành, chưa có giám sát an ninh mạng",
        "risk_communication": "Phổ biến cho tổ vận hành ngày 12/11/2026",
        "public_impact": "Ba xã hạ du, khoảng 9.000 người, ngập trong vòng hai giờ",
    }
)  # fmt: skip


def drafted(office: Workspace, system: System, *answers: Answer) -> Draft:
    put_system(office, system)
    put_answers(office, *answers)
    with short_lists():
        return Draft(draft_dossier(office, [system.id], today=TODAY))


def answer(system: System, duty: str, said: str) -> Answer:
    return Answer(system_id=system.id, requirement_id=duty, checklist_id="nghia-vu", result=Result.COMPLIANT,
                  present_state=said, responsible_unit_id=OFFICE.id)  # fmt: skip


def lacking(draft: Draft) -> dict[str, MissingItem]:
    return {one.what: one for one in draft.report.missing if one.severity is Severity.REQUIRED}


def says(filled: Mapping[Path, str], words: str) -> bool:
    """Whether the dossier says it."""
    (dossier,) = (text for path, text in filled.items() if path.name.startswith("02-"))
    return squeezed(words) in dossier


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A level-4 system at its own place, nearly complete."""
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        link = Connection(id="d", other_system_id=CONTROL.id, data="Lệnh vận hành", direction=Direction.OUT)
        put_system(workspace, STAFF.model_copy(update={"connections": (link,)}))
        return drafted(workspace, CONTROL, answer(CONTROL, "d30.5-b", "Hai bộ điều khiển dự phòng nóng cho nhau"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A level-5 system on hired cloud; every point of its separation but one is answered."""
    system = CONTROL.model_copy(
        update={"facts": STORE, "hosting": Hosting.CLOUD, "isolation": "Tủ máy riêng, khóa riêng", "connections": ()}
    )
    said = (answer(system, f"d30.9-{letter}", f"Đã tách theo ý {letter}") for letter in ("a", "b", "c", "d"))
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        return drafted(workspace, system, *said)


def headings(regime: Regime) -> dict[str, str]:
    authority = regime.authority_for(4)
    assert authority is not None
    return dict(load_form(regime.id, authority.dossier_form).data.headings)


def in_order(pdf: Pdf, *expected: str) -> None:
    body, place = re.sub(r"\s+", "", " ".join(pdf.texts[2:])), 0
    for words in expected:
        found = body.find(re.sub(r"\s+", "", words), place)
        assert found >= 0, words
        place = found


def test_the_four_contents_of_the_detailed_report_follow_the_preliminary_risks(dam: Draft, regime: Regime) -> None:
    h = headings(regime)
    in_order(
        dam.pdf("02-"),
        f"3. {h['risks']}",
        f"4. {h['detailed']}",
        h["detailed_lead"],
        *(f"{letter}) {h[f'detail_{letter}']}" for letter in "abcd"),
        h["part_3"].upper(),
    )
    assert f"4. {h['detailed']}" in dam.pdf("02-").texts[1], "it stands in the contents"


def test_the_overview_and_the_rationale_are_both_there_because_the_clause_points_to_the_wrong_one(
    dam: Draft, regime: Regime
) -> None:
    assert "khoản 3 Điều 22" in headings(regime)["detailed_lead"]
    assert "khoản 4 Điều 22" in headings(regime)["detailed_lead"]
    assert any(one.what.startswith("W25.") for one in dam.report.missing)


def test_every_word_typed_about_risks_reaches_the_paper(dam: Draft) -> None:
    dossier = dam.pdf("02-")
    for risk in CONTROL.risks:
        for text in (risk.threat, risk.weakness, risk.impact, risk.interest, risk.treatment):
            assert dossier.holds(text), text
    for link in CONTROL.connections:
        for text in (link.other_name, link.other_owner, link.data, link.influence):
            assert dossier.holds(text), text
    for text in (CONTROL.critical_assets, CONTROL.current_capacity, CONTROL.risk_communication, CONTROL.public_impact,
                 "10/11/2026", "31/01/2027", "Xác định cấp độ lần đầu", "Trọng yếu", "Quan trọng",
                 "Thông thường"):  # fmt: skip
        assert dossier.holds(text), text


def test_a_connection_only_the_other_system_records_is_listed(dam: Draft) -> None:
    assert dam.pdf("02-").holds(f"{STAFF.name} Ủy ban nhân dân xã Suối Mẫu Nhận dữ liệu Lệnh vận hành")


def test_what_the_detailed_report_lacks_is_asked_with_its_clause(dam: Draft) -> None:
    asked = lacking(dam)
    influence = next(one for what, one in asked.items() if what.startswith("Ảnh hưởng tới hoạt động của hệ thống"))
    assert "Lưới điện khu vực" in influence.what
    assert "khí tượng" not in influence.what
    assert influence.citation == "điểm a khoản 5 Điều 22"
    assert influence.where_to_fill == "Bảng kê, trang “Kết nối”, cột “Ảnh hưởng khi hệ thống kia gặp sự cố”"
    for label in ("Điểm yếu, lỗ hổng", "Khả năng xảy ra", "Mức độ tác động"):
        assert asked[f"{label}: Nghe lén số liệu đo"].citation.startswith("điểm b khoản 5 Điều 22")


def test_running_day_and_night_is_explained_only_by_whom_it_concerns(
    dam: Draft, office: Workspace, regime: Regime
) -> None:
    assert dam.pdf("02-").holds(headings(regime)["continuity_not_asked"])
    platform = CONTROL.model_copy(update={"facts": PLATFORM})
    put_system(office, platform)
    asked = {one.what: one for one in source_of(office, [platform.id], TODAY).dossier.missing}
    assert asked["Thuyết minh yêu cầu vận hành 24/7"].citation == "điểm d khoản 5 Điều 22"
    told = drafted(office, platform.model_copy(update={"continuity_need": "Ngừng một giờ là cả nước không tra được"}))
    assert told.pdf("02-").holds("Ngừng một giờ là cả nước không tra được")
    assert "Thuyết minh yêu cầu vận hành 24/7" not in lacking(told)


@pytest.mark.usefixtures("unprinted")
def test_while_it_is_unknown_whether_it_runs_day_and_night_the_reason_is_asked(office: Workspace) -> None:
    """A blank never lessens what is asked."""
    facts = {key: value for key, value in DAM.items() if key not in {"national_egov", "round_the_clock"}}
    assert "Thuyết minh yêu cầu vận hành 24/7" in lacking(drafted(office, CONTROL.model_copy(update={"facts": facts})))


def test_availability_is_answered_at_level_four_and_sharing_below(dam: Draft, complete: Pdf) -> None:
    dossier = dam.pdf("02-")
    assert dossier.holds("Tính sẵn sàng, phân tách và hạn chế ảnh hưởng lan rộng")
    assert dossier.holds("Hai bộ điều khiển dự phòng nóng cho nhau")
    assert not dossier.holds("Dùng chung giải pháp bảo vệ, chia sẻ tài nguyên")
    assert complete.holds("Dùng chung giải pháp bảo vệ, chia sẻ tài nguyên")
    assert not complete.holds("Tính sẵn sàng, phân tách và hạn chế ảnh hưởng lan rộng")


def test_a_system_at_its_own_place_has_no_table_of_separation(dam: Draft, complete: Pdf) -> None:
    for pdf in (dam.pdf("02-"), complete):
        assert not pdf.holds("thuê tại Trung tâm dữ liệu hoặc Điện toán đám mây (khoản")


def test_level_five_on_hired_cloud_is_separated_physically(store: Draft) -> None:
    dossier = store.pdf("02-")
    in_order(
        dossier,
        "thuê tại Trung tâm dữ liệu hoặc Điện toán đám mây (khoản 9 Điều 30",
        "Tủ máy riêng, khóa riêng",
        "a) Phải được thiết kế tách riêng, độc lập với các hệ thống khác về vật lý",
        "Đã tách theo ý a",
        "d) Các thiết bị mạng chính phải được phân tách độc lập về vật lý",
        "Đã tách theo ý d",
        "đ) Các giải pháp an ninh mạng dùng chung được phép triển khai",
    )
    assert not dossier.holds("độc lập với các hệ thống khác về lô-gic")


@pytest.mark.parametrize("hosting", [Hosting.CLOUD, Hosting.HIRED_DATA_CENTRE])
def test_level_four_in_hired_hosting_is_separated_logically(
    office: Workspace, filled: dict[Path, str], hosting: Hosting
) -> None:
    system = CONTROL.model_copy(update={"hosting": hosting, "isolation": ""})
    draft = drafted(office, system, answer(system, "d30.8-c", "Phân vùng lưu trữ riêng"))
    assert says(filled, "c) Có phân vùng lưu trữ được phân tách độc lập về lô-gic")
    assert says(filled, "Phân vùng lưu trữ riêng")
    assert lacking(draft)["Mức độ tách biệt với hệ thống khác"].citation == "khoản 8, khoản 9 Điều 30"


def test_an_important_system_of_level_four_is_separated_as_level_five(
    office: Workspace, filled: dict[Path, str]
) -> None:
    facts = {**DAM, "important_works_command": True}
    system = CONTROL.model_copy(update={"hosting": Hosting.CLOUD, "facts": facts})
    draft = drafted(office, system, answer(system, "d30.9-a", "Máy chủ riêng trong tủ riêng"))
    assert says(filled, "Máy chủ riêng trong tủ riêng")
    assert not [one for one in draft.report.missing if "d30.9-a" in one.what], "it is no stray answer"
    assert says(filled, "d) Các thiết bị mạng chính phải được phân tách độc lập về vật lý")
    assert not says(filled, "c) Có phân vùng lưu trữ được phân tách độc lập về lô-gic")
    points = [one for what, one in lacking(draft).items() if "khoản 9 Điều 30" in one.citation and ") " in what]
    assert len(points) == 4, "duties of another level are not counted with the plan"
    assert all(re.search(r"trang “Biện pháp”.*, yêu cầu d30\.9-", one.where_to_fill) for one in points)


def test_every_point_takes_its_answer_from_a_duty_of_the_same_clause(regime: Regime) -> None:
    authority = regime.authority_for(5)
    assert authority is not None
    duties = {one.id: one for level in (1, 4, 5) for one in load_duties(regime, level).requirements}
    clauses = load_form(regime.id, authority.dossier_form).data.design_clauses
    assert len([point for clause in clauses for point in clause.points]) == 10
    for clause in clauses:
        number = clause.citation.partition(" Nghị định")[0]
        assert all(duties[point.duty].clause.endswith(number) for point in clause.points), clause.heading


def test_a_stated_absence_of_other_systems_is_printed_as_such(office: Workspace, filled: dict[Path, str]) -> None:
    none = Absence(kind=AbsenceKind.NONE, reason="vận hành tách rời mọi mạng")
    draft = drafted(office, CONTROL.model_copy(update={"connections": (), "absences": {"connections": none}}))
    assert says(filled, "Không có (vận hành tách rời mọi mạng).")
    assert not [what for what in lacking(draft) if what.startswith("Hệ thống khác có liên quan")]


@pytest.mark.usefixtures("unprinted")
def test_a_level_three_system_is_not_asked_for_the_detailed_report(office: Workspace) -> None:
    system = CONTROL.model_copy(update={"facts": {**DAM, "works_grade": "II"}, "public_impact": "", "connections": ()})
    draft = drafted(office, system)
    assert not [one for one in lacking(draft).values() if "khoản 5 Điều 22" in one.citation]


def test_nothing_runs_over_the_edge(dam: Draft, store: Draft) -> None:
    for draft in (dam, store):
        for number, page in enumerate(draft.pdf("02-").pages, start=1):
            assert max(one["x1"] for one in lines_of(page)) <= page.width - 15 * MM + 1, number


@pytest.mark.parametrize(
    ("likelihood", "severity", "grade"),
    [
        (Degree.LOW, Degree.LOW, Degree.LOW),
        (Degree.LOW, Degree.MEDIUM, Degree.LOW),
        (Degree.LOW, Degree.HIGH, Degree.MEDIUM),
        (Degree.MEDIUM, Degree.MEDIUM, Degree.MEDIUM),
        (Degree.MEDIUM, Degree.HIGH, Degree.HIGH),
        (Degree.HIGH, Degree.HIGH, Degree.HIGH),
        (None, Degree.HIGH, None),
        (Degree.HIGH, None, None),
    ],
)
def test_chance_and_severity_weigh_the_same(
    likelihood: Degree | None, severity: Degree | None, grade: Degree | None
) -> None:
    assert risk_grade(likelihood, severity) is grade
    assert risk_grade(severity, likelihood) is grade
