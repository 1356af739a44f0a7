from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Absence, AbsenceKind
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.paper import Paper
from compliance.domain.system import Connection, Device, Ownership, Status, System, Zone


def test_none_and_not_applicable_need_a_reason_but_not_yet_does_not() -> None:
    assert Absence(kind=AbsenceKind.NOT_YET).text == "Chưa có"
    assert Absence(kind=AbsenceKind.NONE, reason="dùng chung hạ tầng tỉnh").text == "Không có (dùng chung hạ tầng tỉnh)"
    with pytest.raises(ValidationError, match="phải kèm lý do"):
        Absence(kind=AbsenceKind.NOT_APPLICABLE)


def test_a_not_applicable_answer_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="phải kèm lý do"):
        Answer(system_id="a", requirement_id="r", checklist_id="c", result=Result.NOT_APPLICABLE)


def test_a_paper_is_cited_with_what_is_known_of_it() -> None:
    paper = Paper(
        subject="Quyết định", number="12/QĐ-UBND", issued_on=date(2026, 3, 5), issuer="Ủy ban nhân dân xã Hợp Minh"
    )
    assert paper.text == "Quyết định số 12/QĐ-UBND ngày 05/03/2026 của Ủy ban nhân dân xã Hợp Minh"
    with pytest.raises(ValidationError, match="số, ký hiệu hoặc tên gọi"):
        Paper(issuer="Ủy ban nhân dân xã Hợp Minh")


def test_a_zone_holds_the_addresses_of_its_ranges_only() -> None:
    zone = Zone(id="noi-bo", name="Vùng nội bộ", private_addresses=("192.168.10.0/24", "10.0.0.7"))
    assert zone.holds("192.168.10.200")
    assert zone.holds("10.0.0.7")
    assert not zone.holds("192.168.11.1")


def test_two_devices_with_one_id_are_refused() -> None:
    router = Device(id="may-1", name="Bộ định tuyến")
    with pytest.raises(ValidationError, match="trùng mã"):
        System(id="lan", name="Mạng", ownership=Ownership.OWNED, owner_id="ubnd", devices=(router, router))


def test_a_connection_names_its_other_end() -> None:
    with pytest.raises(ValidationError, match="đầu bên kia"):
        Connection(id="k1")


def test_only_owned_and_operated_systems_in_life_need_a_dossier() -> None:
    def made(ownership: Ownership, status: Status = Status.OPERATING) -> System:
        return System(id="a", name="A", ownership=ownership, owner_id="ubnd", status=status)

    assert made(Ownership.OWNED).needs_dossier
    assert made(Ownership.OPERATED).needs_dossier
    assert not made(Ownership.USED).needs_dossier
    assert not made(Ownership.OWNED, Status.DECOMMISSIONED).needs_dossier


def test_a_record_survives_the_trip_to_json_and_back() -> None:
    system = System(
        id="iox",
        name="Hệ thống quản lý văn bản",
        ownership=Ownership.OWNED,
        owner_id="ubnd",
        regulation=Paper(number="01/QC-UBND", issued_on=date(2026, 9, 1)),
        facts={"information": ("personal", "private"), "online_service": False, "subjects_basic": 1500},
        absences={"design_document": Absence(kind=AbsenceKind.NOT_YET)},
    )
    assert System.model_validate_json(system.model_dump_json(exclude_defaults=True)) == system


def test_the_agency_block_falls_back_to_the_name_in_capitals() -> None:
    unit = Unit(id="cax", name="Công an xã Hợp Minh", kind=UnitKind.POLICE, tier=UnitTier.COMMUNE)
    assert unit.agency_lines == ("", "CÔNG AN XÃ HỢP MINH")
