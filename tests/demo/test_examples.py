"""The two example communes: what the plans name is there, whose it is, at which level, and what is an example."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from openpyxl import load_workbook

from compliance.adapters.law import data_root, load_checklist, load_duties
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.organization import Unit
from compliance.domain.paper import Paper
from compliance.domain.system import Ownership, System
from compliance.domain.wording import folded
from compliance.services import organizations, systems
from compliance.services.classifications import ClassifiedSystem, classify_all

TODAY = date(2026, 11, 22)
EXAMPLES = data_root() / "examples"
COMMUNES = ("xa-cho-don", "xa-hop-minh")

NAMED_BY_THE_PLANS = {
    "xa-cho-don": (
        "giải quyết thủ tục hành chính tỉnh",
        "họp trực tuyến",
        "quản lý văn bản và điều hành",
        "thư điện tử",
        "thông tin báo cáo",
        "quản lý cán bộ, công chức, viên chức",
        "cổng thông tin điện tử",
        "trang thông tin điện tử",
        "trung tâm điều hành thông minh (ioc)",
        "cổng dịch vụ công quốc gia",
        "mạng nội bộ",
    ),
    "xa-hop-minh": (
        "VNPT-iOffice",
        "thư điện tử công vụ",
        "họp trực tuyến",
        "cổng thông tin điện tử của xã",
        "một cửa điện tử",
        "giải quyết thủ tục hành chính tỉnh",
        "quản lý cán bộ, công chức",
        "cơ sở dữ liệu quốc gia về dân cư",
        "hộ tịch",
        "thông tin báo cáo",
        "cổng dịch vụ công quốc gia",
        "đài truyền thanh cơ sở",
        "giám sát, đánh giá việc triển khai kế hoạch 02",
        "mạng nội bộ",
    ),
}
"""What an officer of each commune would look for, as the plan writes it."""

OURS = {
    "xa-cho-don": {"mang-noi-bo": 2, "cong-thong-tin-dien-tu": 2, "hop-truc-tuyen": None},
    "xa-hop-minh": {
        "mang-noi-bo": 2,
        "cong-thong-tin-dien-tu": 2,
        "vnpt-ioffice": 2,
        "hop-truc-tuyen": 2,
        "dai-truyen-thanh": None,
    },
}
"""The systems each commune owns and their decided level; ``None`` = something must be asked first."""

SIGNATORIES = {"e0c6292c952f03e8", "ab2e3fc9f6b8c6a6"}
"""Digests of the names of the persons who signed the plans: offices are carried over, persons are not."""

DOCUMENTATION = tuple(ip_network(text) for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"))
PRIVATE = tuple(ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")


@pytest.fixture(scope="module", params=COMMUNES)
def commune(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def office(commune: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that has taken in one commune's inventory."""
    files = sorted(path for pattern in ("*.xlsx", "*.csv") for path in (EXAMPLES / commune).glob(pattern))
    with create_workspace(tmp_path_factory.mktemp(commune) / "ho-so", by="thử") as workspace:
        report = systems.import_inventory(workspace, files, today=TODAY)
        assert report.faults == ()
        assert all(report.created[kind] for kind in ("unit", "system", "answer"))
        yield workspace


@pytest.fixture(scope="module")
def judged(office: Workspace) -> Mapping[str, ClassifiedSystem]:
    return {result.system.id: result for result in classify_all(office, TODAY)}


@pytest.fixture(scope="module")
def recorded(judged: Mapping[str, ClassifiedSystem]) -> Mapping[str, System]:
    return {identifier: result.system for identifier, result in judged.items()}


@pytest.fixture(scope="module")
def units(office: Workspace) -> Mapping[str, Unit]:
    return organizations.units(office)


@pytest.fixture(scope="module")
def answers(office: Workspace) -> list[Answer]:
    return [Answer.model_validate_json(head.body) for head in office.store.heads("answer")]


def text_of(commune: str) -> str:
    """Everything a reader of the example's files sees."""
    parts = []
    for path in sorted((EXAMPLES / commune).rglob("*")):
        if path.suffix == ".xlsx":
            cells = (
                cell.value for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row
            )
            parts += [str(value) for value in cells if value is not None]
        elif path.is_file():
            parts.append(path.read_text(encoding="utf-8-sig"))
    return "\n".join(parts)


def test_every_system_the_plan_names_is_listed(commune: str, recorded: Mapping[str, System]) -> None:
    names = " | ".join(folded(system.name) for system in recorded.values())
    missing = [wanted for wanted in NAMED_BY_THE_PLANS[commune] if folded(wanted) not in names]
    assert missing == []


def test_the_commune_owns_its_own_and_uses_what_is_shared(
    commune: str, recorded: Mapping[str, System], units: Mapping[str, Unit]
) -> None:
    for identifier, system in recorded.items():
        ours = identifier in OURS[commune]
        assert system.ownership is (Ownership.OWNED if ours else Ownership.USED), identifier
        assert (system.owner_id == "ubnd-xa") is ours, identifier
        assert (units[system.owner_id].tier == "commune") is ours, identifier


def test_each_owned_system_has_the_expected_level(commune: str, judged: Mapping[str, ClassifiedSystem]) -> None:
    found = {
        identifier: judged[identifier].classification.level if judged[identifier].classification.decided else None
        for identifier in OURS[commune]
    }
    assert found == OURS[commune]


def test_an_undecided_system_leaves_open_whom_to_ask_what(commune: str, judged: Mapping[str, ClassifiedSystem]) -> None:
    (undecided,) = (identifier for identifier, level in OURS[commune].items() if level is None)
    asked_first = {"xa-cho-don": "information", "xa-hop-minh": "service_type"}[commune]
    open_criteria = judged[undecided].classification.open
    assert open_criteria
    assert all(asked_first in criterion.facts for criterion in open_criteria)


def test_settling_procedures_is_at_least_level_three_without_any_threshold(
    judged: Mapping[str, ClassifiedSystem],
) -> None:
    found = judged["giai-quyet-tthc"].classification
    assert found.level == 3
    assert not found.decided, "the commune does not know the other facts of a province's system"


def test_every_owned_system_brings_what_a_dossier_asks(commune: str, recorded: Mapping[str, System]) -> None:
    for identifier in OURS[commune]:
        system = recorded[identifier]
        assert len(system.risks) >= 3, identifier
        assert system.devices, identifier
        assert system.services, identifier
        assert system.scope_reasoning, identifier
    for identifier, level in OURS[commune].items():
        if level == 2:
            assert len(recorded[identifier].zones) >= 5, f"{identifier}: level 2 asks five zones"


def test_addresses_lie_inside_their_zones(recorded: Mapping[str, System]) -> None:
    placed = 0
    for system in recorded.values():
        zones = {zone.id: zone for zone in system.zones}
        for device in system.devices:
            if device.address and device.zone_id:
                assert zones[device.zone_id].holds(device.address), f"{system.id}/{device.id}"
                placed += 1
    assert placed >= 8


def test_no_address_belongs_to_anybody(commune: str, judged: Mapping[str, ClassifiedSystem]) -> None:
    regime = judged["mang-noi-bo"].regime
    clauses = " ".join(one.id for one in load_checklist(regime, 2).requirements)  # a clause is written like an address
    found = {ip_address(text) for text in ADDRESS.findall(text_of(commune)) if text not in clauses}
    assert len(found) >= 10
    assert [one for one in found if not any(one in network for network in PRIVATE + DOCUMENTATION)] == []


def test_no_person_is_named(commune: str, units: Mapping[str, Unit]) -> None:
    assert [unit.id for unit in units.values() if unit.representative] == []
    words = folded(text_of(commune)).split()
    for start in range(len(words) - 3):
        run = " ".join(words[start : start + 4])
        assert hashlib.sha256(run.encode()).hexdigest()[:16] not in SIGNATORIES, "a signatory of the plan"


def test_every_part_of_a_system_is_marked_as_an_example(commune: str, recorded: Mapping[str, System]) -> None:
    for identifier in OURS[commune]:
        system = recorded[identifier]
        parts = {
            "devices": [one.id for one in system.devices if not one.assumed],
            "services": [one.id for one in system.services if not one.assumed],
            "zones": [one.id for one in system.zones if not one.assumed],
            "risks": [one.id for one in system.risks if not one.assumed],
            "connections": [one.id for one in system.connections if not one.assumed],
        }
        assert not any(parts.values()), (identifier, parts)


def test_every_paper_and_every_fact_of_an_owned_system_is_marked_as_an_example(
    commune: str, recorded: Mapping[str, System]
) -> None:
    for identifier in OURS[commune]:
        system = recorded[identifier]
        papers = {name for name in System.model_fields if isinstance(getattr(system, name), Paper)}
        unmarked = (papers | set(system.facts)) - set(system.assumed)
        assert unmarked == set(), identifier


def test_invented_papers_serials_and_contacts_show_it_at_a_glance(
    recorded: Mapping[str, System], units: Mapping[str, Unit]
) -> None:
    records = (*recorded.values(), *units.values())
    papers = [getattr(one, name) for one in records for name in type(one).model_fields]
    numbers = {paper.number for paper in papers if isinstance(paper, Paper)}
    assert numbers
    assert all(number.startswith("VD") for number in numbers)
    serials = {device.serial for system in recorded.values() for device in system.devices if device.serial}
    assert all(serial.startswith("VD-") for serial in serials)
    for unit in units.values():
        assert unit.phone == "" or unit.phone.startswith("0000")
        assert unit.email == "" or unit.email.endswith(".example")
        contacts = {name for name in ("functions", "address", "phone", "email") if getattr(unit, name)}
        assert contacts <= set(unit.assumed), unit.id


def test_answers_are_spread_over_results_and_leave_most_requirements_open(
    judged: Mapping[str, ClassifiedSystem], answers: list[Answer]
) -> None:
    assert len(answers) >= 30
    assert {answer.result for answer in answers} >= {
        Result.COMPLIANT,
        Result.PARTIALLY_COMPLIANT,
        Result.NON_COMPLIANT,
        Result.NOT_APPLICABLE,
    }
    assert {answer.system_id for answer in answers} == {"mang-noi-bo", "cong-thong-tin-dien-tu"}
    assert all(answer.assumed for answer in answers)
    regime = judged["mang-noi-bo"].regime
    asked = {one.id for load in (load_checklist, load_duties) for one in load(regime, 2).requirements}
    assert {answer.requirement_id for answer in answers} <= asked
    assert len(answers) < len(asked), "the page of what is missing needs something to say"


def test_files_look_as_an_office_keeps_them() -> None:
    workbook = EXAMPLES / "xa-cho-don" / "danh-muc-he-thong.xlsx"
    assert workbook.stat().st_size < 100_000
    book = load_workbook(workbook)
    zones = book["Vùng mạng"]
    assert zones["A1"].value == "ỦY BAN NHÂN DÂN XÃ CHỢ ĐỒN", "title rows above the header"
    assert any(merge.min_row == 5 and merge.max_col > merge.min_col for merge in zones.merged_cells.ranges)
    said = text_of("xa-cho-don").splitlines()
    assert {"x", "1.500", "khoảng 150", "chưa rõ", "01/07/2025"} <= set(said)
    for path in sorted((EXAMPLES / "xa-hop-minh").glob("*.csv")):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf"), path.name
        assert b";" in raw.splitlines()[0], path.name
        assert b"\r\n" in raw, path.name


def test_the_readme_says_what_is_real_and_what_is_not() -> None:
    readme = Path(EXAMPLES / "README.md").read_text(encoding="utf-8")
    for wanted in ("Theo kế hoạch", "Giá trị ví dụ", "An Giang", "systems import"):
        assert wanted in readme
