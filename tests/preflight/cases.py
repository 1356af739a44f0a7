"""For every check one record that makes it fire and one, as near as can be, that does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from compliance.domain.assessment import Result
from compliance.domain.blank import Absence, AbsenceKind
from compliance.domain.classification import Finding
from compliance.domain.evidence import Evidence, EvidenceFile, EvidenceKind
from compliance.domain.grey_zone import ZonePlace
from compliance.domain.open_point import OpenPoint
from compliance.domain.paper import Paper
from compliance.domain.preflight_input import Enclosure
from compliance.domain.system import EarlierApproval, Hosting, Status
from compliance.domain.transition import RunningDeadline
from tests.documents.office import NO_FACTS, TODAY
from tests.preflight.office import (
    FIRST,
    LOGICAL,
    MAYOR,
    OTHER,
    PHYSICAL,
    SYSTEM,
    World,
    changed,
    full_answers,
)

CLEAN = World()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


class Case(NamedTuple):
    """One record that fires and one that passes; the same system without a fault where nothing nearer is told."""

    fires: World
    passes: World = CLEAN


def _papers(name: str, day: date) -> World:
    return CLEAN.of_system(**{name: changed(getattr(SYSTEM, name), issued_on=day)})


def _approved(level: int, day: date) -> EarlierApproval:
    return EarlierApproval(level=level, paper=Paper(subject="Quyết định", number="09/QĐ-UBND", issued_on=day))


def _finding(rule: str) -> World:
    return replace(CLEAN, findings=(Finding(rule=rule, citation="Điều 25", message="Có chỗ phải xem lại."),))


def _piece(valid_until: date | None = None) -> Evidence:
    file = EvidenceFile(sha256="c" * 64, media_type="application/pdf", file_name="quy-che.pdf", size=9)
    return Evidence(
        id="mc-2026-0001", kind=EvidenceKind.FILE, title="Quy chế", filed_on=date(2026, 9, 1),
        valid_until=valid_until, file=file,
    )  # fmt: skip


def _shown(piece: Evidence | None, lost: frozenset[str] = frozenset()) -> World:
    """Every answer shown by a sound piece, the first by this one."""
    sound = changed(_piece(), id="mc-2026-0002", file=changed(_piece().file, sha256="d" * 64))
    pieces: dict[tuple[str, str], tuple[Evidence, ...]] = {(SYSTEM.id, id_): (sound,) for id_ in full_answers(2)}
    pieces[SYSTEM.id, FIRST.id] = (piece,) if piece else ()
    return replace(CLEAN, evidence=pieces, lost=lost)


def _point(*, general: bool) -> World:
    point = OpenPoint(
        code="W05", title="Đơn vị chuyên trách đồng thời vận hành", message="Nêu cách làm.", citation="Điều 18",
        place=ZonePlace.DOSSIER, forms=(), question="", sides=(), ask_whom="", facts=(), general=general,
    )  # fmt: skip
    return replace(CLEAN, points=(point,))


def _deadline(day: date) -> World:
    one = RunningDeadline(
        id="12-months", what="Bảo đảm điều kiện", citation="Điều 45", begins=date(2026, 7, 1), months=12,
        readings=(day, day), used=day, days_left=(day - TODAY).days,
    )  # fmt: skip
    return replace(CLEAN, deadlines=(one,))


_UNDECIDED = CLEAN.facts(information=None)
_PERSONAL = ("personal", "private")
_LINKED = _LINK = SYSTEM.connections[0]
_SHORT = CLEAN.answered(
    result=Result.NON_COMPLIANT, measure="Mua phần mềm", due=date(2027, 3, 31), responsible_unit_id="van-phong"
)
_TWO_DESIGNS = Paper(subject="Thiết kế", number="31/QĐ-UBND", issued_on=date(2026, 2, 3), issuer="UBND xã")
_SAME_STATE = replace(
    CLEAN,
    answers={
        id_: changed(one, present_state="Đã ban hành quy trình") if at < 5 else one
        for at, (id_, one) in enumerate(full_answers(2).items())
    },
)
_FOUR_ALIKE = replace(
    CLEAN,
    answers={
        id_: changed(one, present_state="Đã ban hành quy trình") if at < 4 else one
        for at, (id_, one) in enumerate(full_answers(2).items())
    },
)


def _not_applicable(share: float) -> World:
    known = full_answers(2)
    update = {"result": Result.NOT_APPLICABLE, "reason": "Hệ thống không có mạng không dây"}
    some = {
        id_: changed(one, **update) if at < share * len(known) else one for at, (id_, one) in enumerate(known.items())
    }
    return replace(CLEAN, answers=some)


LEVEL: Mapping[str, Case] = {
    "level-undecided": Case(_UNDECIDED),
    "no-criterion": Case(CLEAN.of_system(facts={**NO_FACTS, "service_type": ("other",), "information": ("public",)}),
                         _UNDECIDED),
    "list-of-other-level": Case(replace(CLEAN, answered_level=1), replace(CLEAN, answered_level=None)),
    "stray-answers": Case(replace(CLEAN, answers={**full_answers(2), "3.1-a": changed(
        full_answers(2)[FIRST.id], requirement_id="3.1-a", checklist_id="khac")})),
    "list-outdated": Case(replace(CLEAN, outdated=("Danh mục đã đổi phiên bản.",))),
    "level-changed": Case(CLEAN.of_system(earlier_approval=_approved(3, date(2026, 9, 1))),
                          CLEAN.of_system(earlier_approval=_approved(2, date(2026, 9, 1)))),
    "level-kept": Case(CLEAN.of_system(earlier_approval=_approved(3, date(2025, 9, 1))),
                       CLEAN.of_system(earlier_approval=_approved(2, date(2025, 9, 1)))),
    "level-other-than-approved": Case(
        CLEAN.of_system(earlier_approval=_approved(2, date(2026, 9, 1))).on_road(approved_level=3),
        CLEAN.of_system(earlier_approval=_approved(2, date(2026, 9, 1))).on_road(approved_level=2)),
    "level-other-than-decision": Case(CLEAN.on_road(approved_level=3), CLEAN.on_road(approved_level=2)),
    "level-in-text": Case(CLEAN.of_system(scope_reasoning="Đề nghị phê duyệt hệ thống thông tin cấp độ 3."),
                          CLEAN.of_system(scope_reasoning="Đề nghị phê duyệt hệ thống thông tin cấp độ 2.")),
    "harm-scale": Case(_finding("harm-scale"), _finding("same-process")),
    "no-splitting": Case(
        replace(CLEAN.link(interdependent=True), others=(changed(OTHER, facts={
            **OTHER.facts, "information": ("public",), "subjects_basic": 0}),)),
        CLEAN.link(interdependent=True)),
    "near-threshold": Case(CLEAN.facts(service_type=("public_service",), subjects_basic=95_000),
                           CLEAN.facts(service_type=("public_service",), subjects_basic=85_000)),
    "personal-data": Case(CLEAN.facts(subjects_basic=0), CLEAN.facts(information=("private",), subjects_basic=0)),
    "grey-zone": Case(_point(general=False), _point(general=True)),
    "appraiser-is-operator": Case(CLEAN.of_system(appraiser_id="van-phong"), CLEAN.of_system(appraiser_id="ubnd-xa")),
    "transition-case": Case(_finding("transition-a"), _finding("kept-level")),
    "deadline-passed": Case(_deadline(YESTERDAY), _deadline(TODAY)),
    "deadline-running": Case(_deadline(TODAY), _deadline(YESTERDAY)),
}  # fmt: skip

BLANKS: Mapping[str, Case] = {
    "blank-unit": Case(CLEAN.of_unit("ubnd-xa", phone=""),
                       CLEAN.of_unit("ubnd-xa", phone="", absences={
                           "phone": Absence(kind=AbsenceKind.NONE, reason="chưa lắp điện thoại cố định")})),
    "blank-system": Case(CLEAN.of_system(size=""), CLEAN.of_system(function="")),
    "blank-list": Case(CLEAN.device(0, purpose=""),
                       CLEAN.of_system(devices=(), services=(), absences={
                           "devices": Absence(kind=AbsenceKind.NONE, reason="dùng chung của tỉnh"),
                           "services": Absence(kind=AbsenceKind.NONE, reason="dùng chung của tỉnh")})),
    "blank-head": Case(CLEAN.of_unit("van-phong", symbol=""), CLEAN.of_unit("bo-phan-anm", symbol="")),
    "representative-missing": Case(CLEAN.of_unit("ubnd-xa", representative=""),
                                   CLEAN.of_unit("bo-phan-anm", representative="")),
    "requirement-unanswered": Case(CLEAN.answered(result=Result.COMPLIANT, present_state=""),
                                   CLEAN.answered(result=Result.NOT_APPLICABLE, present_state="",
                                                  reason="Không có mạng không dây")),
    "example-value": Case(CLEAN.of_system(assumed=("size",)), CLEAN),
    "placeholder": Case(CLEAN.of_system(size="01 máy chủ (vd)"), CLEAN.of_system(size="01 máy chủ, ví dụ máy cũ")),
    "design-missing": Case(CLEAN.of_system(design_document=None), CLEAN.of_system(design_document=None, absences={
        "design_document": Absence(kind=AbsenceKind.NOT_APPLICABLE, reason="phần mềm cấp sẵn")})),
    "regulation-missing": Case(CLEAN.of_system(regulation=None)),
    "security-unit-missing": Case(CLEAN.of_system(security_unit_id=None)),
    "designation-missing": Case(CLEAN.of_system(security_unit_document=None)),
    "operator-missing": Case(CLEAN.of_system(operator_id=None)),
    "appraiser-missing": Case(CLEAN.of_system(security_unit_id="van-phong"),
                              CLEAN.of_system(security_unit_id="van-phong", appraiser_id="ubnd-xa")),
}  # fmt: skip

DATES: Mapping[str, Case] = {
    "paper-of-the-future": Case(_papers("regulation", TOMORROW), _papers("regulation", TODAY)),
    "regulation-after-decision": Case(CLEAN.on_road(decided_on=date(2026, 3, 1)),
                                      CLEAN.on_road(decided_on=date(2026, 3, 2))),
    "designation-after-decision": Case(CLEAN.on_road(decided_on=date(2026, 8, 31)),
                                       CLEAN.on_road(decided_on=date(2026, 9, 1))),
    "design-after-use": Case(_papers("design_document", date(2024, 3, 6)),
                             _papers("design_document", date(2024, 3, 5))),
    "investment-after-use": Case(CLEAN.of_system(investment_started_on=date(2025, 1, 2)),
                                 CLEAN.of_system(investment_started_on=date(2025, 1, 2), status=Status.UPGRADING)),
    "in-use-tomorrow": Case(CLEAN.of_system(started_on=TOMORROW), CLEAN.of_system(started_on=TODAY)),
    "in-use-already": Case(CLEAN.of_system(status=Status.INVESTING),
                           CLEAN.of_system(status=Status.INVESTING, started_on=TOMORROW)),
    "operator-before-owner": Case(_papers("operator_document", date(2026, 2, 2)),
                                  _papers("operator_document", date(2026, 2, 4))),
    "paper-half-cited": Case(CLEAN.of_system(regulation=Paper(number="20/QĐ-UBND")),
                             CLEAN.of_system(regulation=Paper(subject="Quy chế của tỉnh"))),
    "risk-older-than-change": Case(CLEAN.on_road(changed_on=date(2026, 10, 2)),
                                   CLEAN.on_road(changed_on=date(2026, 10, 1))),
}  # fmt: skip

SPELLING: Mapping[str, Case] = {
    "name-two-ways": Case(CLEAN.of_system(scope="Các phòng thuộc Uỷ ban nhân dân xã Suối Mẫu"),
                          CLEAN.of_system(scope="Các phòng thuộc ỦY BAN NHÂN DÂN XÃ SUỐI MẪU")),
    "unit-twice": Case(replace(CLEAN, units={**CLEAN.units, "ubnd-2": changed(
        MAYOR, id="ubnd-2", name="Uỷ ban nhân dân xã Suối Mẫu")}),
                       replace(CLEAN, units={**CLEAN.units, "ubnd-2": changed(
        MAYOR, id="ubnd-2", name="Ủy ban nhân dân xã Suối Trong")})),
    "system-twice": Case(replace(CLEAN, others=(changed(OTHER, name="Hệ thống quản lí hồ sơ cán bộ, công chức xã "
                                                        "Suối Mẫu"),)),
                         replace(CLEAN, others=(changed(OTHER, name="Hệ thống quản lý hồ sơ đất đai xã Suối Mẫu"),))),
    "number-two-ways": Case(CLEAN.of_system(notes="Theo Quyết định số 31/QD-UBND của xã"),
                            CLEAN.of_system(notes="Theo Quyết định số 31/QĐ-UBND của xã")),
    "number-two-days": Case(CLEAN.of_system(design_document=changed(_TWO_DESIGNS, issued_on=date(2026, 2, 13))),
                            CLEAN.of_system(design_document=changed(_TWO_DESIGNS, issued_on=date(2023, 2, 13)))),
    "number-pattern": Case(CLEAN.of_system(regulation=changed(SYSTEM.regulation, number="20-QĐ/UBND")),
                           CLEAN.of_system(regulation=changed(SYSTEM.regulation, number="20/QyĐ-UBND"))),
    "phone": Case(CLEAN.of_unit("ubnd-xa", phone="0200 00"), CLEAN.of_unit("ubnd-xa", phone="+84 200 000 0001")),
    "mail": Case(CLEAN.of_unit("ubnd-xa", email="ubnd.suoimau.example"),
                 CLEAN.of_unit("ubnd-xa", email="ubnd@suoimau.example; vt@suoimau.example")),
    "personal-mail": Case(CLEAN.of_unit("ubnd-xa", email="suoimau@gmail.com"),
                          CLEAN.of_unit("ubnd-xa", email="gmail@suoimau.example")),
}  # fmt: skip

NETWORK: Mapping[str, Case] = {
    "device-without-zone": Case(CLEAN.device(0, zone_id=None)),
    "device-in-lost-zone": Case(CLEAN.device(0, zone_id="vung-cu"), CLEAN.device(0, zone_id=None)),
    "zone-without-device": Case(CLEAN.device(0, zone_id="bien", address="")),
    "address-unreadable": Case(CLEAN.device(0, address="192.168.10.555"), CLEAN.device(0, address="")),
    "device-outside-zone": Case(CLEAN.device(0, address="192.168.11.5"), CLEAN.device(0, address="192.168.10.255")),
    "zones-overlap": Case(CLEAN.zone(1, private_addresses=("192.168.10.128/25",)),
                          CLEAN.zone(1, private_addresses=("192.168.11.0/24",))),
    "public-as-private": Case(CLEAN.zone(1, private_addresses=("203.0.113.0/28",)),
                              CLEAN.zone(1, private_addresses=("172.31.255.0/24",))),
    "private-as-public": Case(CLEAN.zone(2, public_addresses=("10.1.1.8",)),
                              CLEAN.zone(2, public_addresses=("203.0.113.9",))),
    "address-twice": Case(CLEAN.device(2, address="192.168.10.5", zone_id="may-chu"),
                          CLEAN.device(2, address="192.168.20.5")),
    "serial-twice": Case(CLEAN.device(1, serial="vd-0001"), CLEAN.device(1, serial="VD-0002")),
    "device-twice": Case(CLEAN.of_system(devices=(*SYSTEM.devices, changed(SYSTEM.devices[2], id="may-tram-2"))),
                         CLEAN.of_system(devices=(*SYSTEM.devices, changed(
                             SYSTEM.devices[2], id="may-tram-2", place="Nhà văn hóa")))),
    "service-on-unknown-server": Case(
        CLEAN.of_system(services=(changed(SYSTEM.services[0], server="Máy chủ Mẫu R990"),)),
        CLEAN.of_system(services=(changed(SYSTEM.services[0], server="máy chủ mẫu r250 tại phòng máy"),))),
    "no-diagram": Case(CLEAN.of_system(diagrams=(LOGICAL,))),
    "diagram-unreadable": Case(replace(CLEAN, unreadable={PHYSICAL.sha256: "tệp đã mất."}),
                               replace(CLEAN, unreadable={"e" * 64: "tệp đã mất."})),
}  # fmt: skip

LINKS: Mapping[str, Case] = {
    "link-to-higher-level": Case(CLEAN.link(other_system_id=None, other_name="Kho dữ liệu tỉnh", other_level=3),
                                 CLEAN.link(other_system_id=None, other_name="Kho dữ liệu tỉnh", other_level=2)),
    "link-owner-unknown": Case(CLEAN.link(other_system_id=None, other_name="Kho dữ liệu tỉnh", other_owner=""),
                               CLEAN.link(other_owner="")),
    "link-lost": Case(CLEAN.link(other_system_id="khong-con"), CLEAN.link(other_system_id=None, other_name="Kho")),
    "link-level-differs": Case(CLEAN.link(other_level=1), CLEAN.link(other_level=None)),
    "link-dependence-unsaid": Case(CLEAN.link(interdependent=None),
                                   replace(CLEAN.link(interdependent=None), others=(changed(
                                       OTHER, owner_id="ubnd-tinh"),))),
    "link-one-sided": Case(replace(CLEAN, others=(changed(OTHER, connections=()),))),
    "provider-unsaid": Case(CLEAN.of_system(hosting=Hosting.CLOUD, provider=""), CLEAN.of_system(provider="")),
    "isolation-unsaid": Case(CLEAN.facts(subjects_basic=None).of_system(hosting=Hosting.CLOUD, isolation="").facts(
        service_type=("public_service",), online_service=None, subjects_basic=1_000_000),
                             CLEAN.of_system(hosting=Hosting.CLOUD, isolation="")),
}  # fmt: skip

ANSWERS: Mapping[str, Case] = {
    "not-applicable-without-reason": Case(CLEAN.answered(result=Result.NOT_APPLICABLE, reason="Không cần"),
                                          CLEAN.answered(result=Result.NOT_APPLICABLE,
                                                         reason="Không có mạng không dây")),
    "equivalent-without-reason": Case(
        CLEAN.answered(equivalent="Khóa cửa phòng máy", equivalent_reason="-"),
        CLEAN.answered(equivalent="Khóa cửa phòng máy", equivalent_reason="Phòng máy không có kết nối ra ngoài")),
    "short-without-measure": Case(_SHORT.answered(measure=""), _SHORT),
    "short-without-deadline": Case(_SHORT.answered(due=None), _SHORT),
    "short-without-unit": Case(_SHORT.answered(responsible_unit_id=None), _SHORT),
    "deadline-of-measure-passed": Case(_SHORT.answered(due=YESTERDAY), _SHORT.answered(due=TODAY)),
    "answer-of-lost-unit": Case(CLEAN.answered(responsible_unit_id="phong-cu")),
    "same-state": Case(_SAME_STATE, _FOUR_ALIKE),
    "many-not-applicable": Case(_not_applicable(0.41), _not_applicable(0.38)),
    "evidence-missing": Case(_shown(None), _shown(_piece())),
    "evidence-expired": Case(_shown(_piece(YESTERDAY)), _shown(_piece(TODAY))),
    "evidence-lost": Case(_shown(_piece(), frozenset({"c" * 64})), _shown(_piece(), frozenset({"f" * 64}))),
}  # fmt: skip

TEXTS: Mapping[str, Case] = {
    "citation-stale": Case(CLEAN.of_system(notes="Thực hiện Nghị định số 85/2016/NĐ-CP"),
                           CLEAN.of_system(notes="Thực hiện Nghị định số 331/2026/NĐ-CP")),
    "citation-not-yet": Case(replace(CLEAN.of_system(notes="Thực hiện Nghị định số 331/2026/NĐ-CP"),
                                     today=date(2026, 8, 18)),
                             CLEAN.of_system(notes="Thực hiện Nghị định số 331/2026/NĐ-CP")),
    "citation-no-article": Case(CLEAN.of_system(notes="Theo Điều 99 Nghị định số 331/2026/NĐ-CP"),
                                CLEAN.of_system(notes="Theo Điều 22 Nghị định số 331/2026/NĐ-CP")),
    "old-words": Case(CLEAN.of_system(scope="Bảo đảm an toàn thông tin mạng cho xã"),
                      CLEAN.of_system(scope="Bảo đảm an ninh mạng cho xã")),
    "assessor-is-operator": Case(CLEAN.of_system(assessor_id="van-phong"), CLEAN.of_system(assessor_id="ubnd-xa")),
    "unit-lost": Case(CLEAN.of_system(local_unit_id="phong-cu"), CLEAN.of_system(local_unit_id="van-phong")),
    "risk-unassessed": Case(CLEAN.of_system(risk_assessed_on=None),
                            CLEAN.of_system(risk_assessed_on=None).on_road(risk_assessed_on=date(2026, 10, 1))),
    "opinion-missing": Case(CLEAN.facts(decided_level=4).on_road(opinion_given=False),
                            CLEAN.on_road(opinion_given=False)),
    "enclosure-unreadable": Case(CLEAN.on_road(enclosures=(Enclosure(name="thiet-ke.pdf", readable=False,
                                                                     reason="tệp có mật khẩu"),)),
                                 CLEAN.on_road(enclosures=(Enclosure(name="thiet-ke.pdf"),))),
    "enclosure-twice": Case(CLEAN.on_road(enclosures=(Enclosure(name="thiet-ke.pdf"), Enclosure(name="Thiet-ke.pdf"))),
                            CLEAN.on_road(enclosures=(Enclosure(name="thiet-ke.pdf"), Enclosure(name="y-kien.pdf")))),
}  # fmt: skip

CASES: Mapping[str, Case] = {
    **LEVEL, **BLANKS, **DATES, **SPELLING, **NETWORK, **LINKS, **ANSWERS, **TEXTS,
}  # fmt: skip
"""By the name of the detector, which tells what is looked at; the catalogue gives it its code."""
