"""An invented commune, xã Suối Mẫu, with systems in every situation a dossier meets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.assessment import Answer
from compliance.domain.blank import Absence, AbsenceKind, Frozen
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.paper import Paper
from compliance.domain.system import (
    Connection,
    Device,
    Diagram,
    DiagramKind,
    EarlierApproval,
    Hosting,
    Ownership,
    Risk,
    Service,
    Status,
    System,
    Zone,
)

TODAY = date(2026, 11, 22)
RECORDED_AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

COMMITTEE = Unit(
    id="ubnd-xa",
    name="Ủy ban nhân dân xã Suối Mẫu",
    kind=UnitKind.PEOPLES_COMMITTEE,
    tier=UnitTier.COMMUNE,
    header="Ủy ban nhân dân xã Suối Mẫu",
    symbol="UBND",
    place="Suối Mẫu",
    functions=Paper(subject="Luật Tổ chức chính quyền địa phương"),
    representative_office="Chủ tịch",
    address="Thôn 1, xã Suối Mẫu",
    phone="(0200) 000 0001",
    email="ubnd@suoimau.example",
    signs_as=("TM. Ủy ban nhân dân", "Chủ tịch"),
)
OFFICE = Unit(
    id="van-phong",
    name="Văn phòng HĐND và UBND xã Suối Mẫu",
    kind=UnitKind.OFFICE,
    tier=UnitTier.COMMUNE,
    parent_id="ubnd-xa",
    parent_header="Ủy ban nhân dân xã Suối Mẫu",
    header="Văn phòng HĐND và UBND",
    symbol="VP",
    place="Suối Mẫu",
    functions=Paper(subject="Quyết định", number="15/QĐ-UBND", issued_on=date(2025, 7, 4), issuer="UBND xã Suối Mẫu"),
    representative_office="Chánh Văn phòng",
    address="Thôn 1, xã Suối Mẫu",
    phone="(0200) 000 0002",
    email="vanphong@suoimau.example",
    signs_as=("Chánh Văn phòng",),
)
SECURITY = Unit(
    id="bo-phan-anm",
    name="Bộ phận chuyên trách về an ninh mạng xã Suối Mẫu",
    kind=UnitKind.OFFICE,
    tier=UnitTier.COMMUNE,
)
PROVINCE = Unit(
    id="ubnd-tinh", name="Ủy ban nhân dân tỉnh Mẫu", kind=UnitKind.PEOPLES_COMMITTEE, tier=UnitTier.PROVINCE
)
UNITS = (COMMITTEE, OFFICE, SECURITY, PROVINCE)

NO_FACTS: dict[str, Any] = {
    "settles_procedures": False,
    "online_service": False,
    "conditional_business": False,
    "serves_defence_security": False,
    "strategic": False,
    "security_harm": "none",
    "national_egov": False,
    "round_the_clock": False,
    "national_data_store": False,
    "works_grade": "none",
}
INTERNAL = {"service_type": ("internal",), **NO_FACTS}

STAFF = System(
    id="ho-so-can-bo",
    name="Hệ thống quản lý hồ sơ cán bộ, công chức xã Suối Mẫu",
    ownership=Ownership.OWNED,
    owner_id="ubnd-xa",
    owner_document=Paper(subject="Quyết định", number="31/QĐ-UBND", issued_on=date(2026, 2, 3), issuer="UBND xã"),
    operator_id="van-phong",
    operator_document=Paper(subject="Quyết định", number="32/QĐ-UBND", issued_on=date(2026, 2, 3), issuer="UBND xã"),
    security_unit_id="bo-phan-anm",
    security_unit_document=Paper(number="40/QĐ-UBND", issued_on=date(2026, 9, 1)),
    provider="Công ty Phần mềm Ví Dụ",
    status=Status.OPERATING,
    started_on=date(2024, 3, 5),
    addresses=("canbo.suoimau.example",),
    function="Quản lý hồ sơ, quá trình công tác, khen thưởng của cán bộ, công chức",
    scope="Toàn bộ các phòng chuyên môn thuộc UBND xã",
    size="01 máy chủ, 14 máy trạm",
    users_served="Lãnh đạo UBND xã, công chức phụ trách nội vụ",
    account_count=16,
    scope_reasoning="Một phần mềm, một cơ sở dữ liệu, một quy trình nghiệp vụ; không gồm phần mềm kế toán.",
    logical_model="Máy trạm truy cập máy chủ ứng dụng qua mạng nội bộ; tường lửa ngăn cách Internet.",
    physical_model="Máy chủ, bộ chuyển mạch và tường lửa đặt tại phòng máy tầng 2 trụ sở UBND xã.",
    devices=(
        Device(id="may-chu", name="Máy chủ Mẫu R250", place="Phòng máy, tầng 2", purpose="Máy chủ ứng dụng và dữ liệu",
               zone_id="may-chu", address="192.168.10.5", serial="VD-0001"),
        Device(id="tuong-lua", name="Tường lửa Mẫu 60", place="Phòng máy, tầng 2", purpose="Ngăn cách Internet",
               zone_id="bien", address="192.168.1.1"),
        Device(id="may-tram", name="Máy trạm", place="Các phòng chuyên môn", quantity=14, zone_id="nguoi-dung"),
    ),
    services=(
        Service(id="ung-dung", name="Ứng dụng quản lý hồ sơ", server="Máy chủ Mẫu R250", place="Phòng máy, tầng 2",
                operating_system="Linux", purpose="Cập nhật, tra cứu hồ sơ"),
    ),
    zones=(
        Zone(id="may-chu", name="Vùng máy chủ nội bộ", private_addresses=("192.168.10.0/24",), purpose="Đặt máy chủ"),
        Zone(id="nguoi-dung", name="Vùng người dùng", private_addresses=("192.168.20.0/24",)),
        Zone(id="bien", name="Vùng biên", private_addresses=("192.168.1.0/29",), public_addresses=("203.0.113.8",)),
    ),
    connections=(
        Connection(id="iof", other_system_id="ioffice", data="Văn bản cử đi đào tạo", interdependent=False),
    ),
    hosting=Hosting.OWN_ROOM,
    isolation="Tách vùng mạng bằng VLAN",
    state_budget=True,
    facts={**INTERNAL, "information": ("personal", "private"), "subjects_basic": 1500},
    counting_method="Đếm hồ sơ còn lưu tại ngày 01/11/2026",
    harm_rationale="Lộ hồ sơ gây tổn hại nghiêm trọng tới quyền, lợi ích hợp pháp của cán bộ, công chức.",
    risks=(
        Risk(id="lo-tk", threat="Lộ tài khoản quản trị", impact="Lộ, sửa trái phép hồ sơ cán bộ",
             treatment="Xác thực hai yếu tố, rà soát tài khoản"),
        Risk(id="ma-doc", threat="Mã độc tống tiền", impact="Mất dữ liệu, gián đoạn công tác", assumed=True),
    ),
    notes="Đang xin kinh phí thay máy chủ",
    absences={"regulation": Absence(kind=AbsenceKind.NOT_YET)},
    assumed=("size",),
)  # fmt: skip
NOTICES = System(
    id="bang-tin",
    name="Trang thông báo nội bộ xã Suối Mẫu",
    ownership=Ownership.OWNED,
    owner_id="ubnd-xa",
    operator_id="van-phong",
    security_unit_id="bo-phan-anm",
    status=Status.OPERATING,
    scope="Toàn xã",
    facts={**INTERNAL, "information": ("public",)},
    absences={
        "devices": Absence(kind=AbsenceKind.NONE, reason="dùng chung máy chủ của hệ thống quản lý hồ sơ"),
        "design_document": Absence(kind=AbsenceKind.NOT_APPLICABLE, reason="phần mềm cấp sẵn"),
    },
)
ONE_STOP = NOTICES.model_copy(
    update={"id": "mot-cua", "name": "Hệ thống một cửa điện tử", "facts": {
        **INTERNAL, "service_type": ("public_service",), "information": ("personal",), "settles_procedures": True}}
)  # fmt: skip
UNDECIDED = NOTICES.model_copy(
    update={"id": "truyen-thanh", "name": "Hệ thống truyền thanh", "facts": {"service_type": ("internal",)}}
)
USED = NOTICES.model_copy(
    update={
        "id": "ioffice",
        "name": "Hệ thống VNPT-iOffice của tỉnh",
        "ownership": Ownership.USED,
        "owner_id": "ubnd-tinh",
        "earlier_approval": EarlierApproval(level=3, paper=Paper(number="77/QĐ-UBND", issuer="UBND tỉnh Mẫu")),
    }
)
OTHERS = NOTICES.model_copy(
    update={"id": "bang-tin-tinh", "name": "Trang nội bộ của tỉnh đặt tại xã", "ownership": Ownership.OPERATED,
            "owner_id": "ubnd-tinh"}
)  # fmt: skip
SYSTEMS = (STAFF, NOTICES, ONE_STOP, UNDECIDED, USED, OTHERS)

PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120"><rect x="5" y="5" width="120" height="60" '
    b'fill="none" stroke="black"/><rect x="190" y="5" width="120" height="60" fill="none" stroke="black"/>'
    b'<line x1="125" y1="35" x2="190" y2="35" stroke="black"/></svg>'
)


def put(workspace: Workspace, kind: str, records: Iterable[tuple[str, Frozen]]) -> None:
    """Store records as the next version of each."""
    with workspace.act("Kê khai") as act:
        for id_, record in records:
            head = act.head(kind, id_)
            act.put(kind, id_, record.model_dump_json(exclude_defaults=True), head.version if head else 0)


def put_system(workspace: Workspace, system: System) -> None:
    put(workspace, "system", [(system.id, system)])


def put_answers(workspace: Workspace, *answers: Answer) -> None:
    put(workspace, "answer", [(f"{one.system_id}/{one.requirement_id}", one) for one in answers])


def with_diagram(workspace: Workspace, system: System, data: bytes, media_type: str, name: str) -> System:
    """The system with a logical diagram taken into the workspace."""
    sha256 = workspace.attachments.add(data)
    diagram = Diagram(kind=DiagramKind.LOGICAL, file_name=name, sha256=sha256, media_type=media_type)
    return system.model_copy(update={"diagrams": (*system.diagrams, diagram)})


def new_office(path: Path) -> Workspace:
    """The commune's workspace with every unit and system."""
    workspace = create_workspace(path, by="Văn phòng", now=lambda: RECORDED_AT)
    put(workspace, "unit", [(unit.id, unit) for unit in UNITS])
    put(workspace, "system", [(system.id, system) for system in SYSTEMS])
    put_system(workspace, with_diagram(workspace, STAFF, PICTURE, "image/svg+xml", "so-do.svg"))
    return workspace
