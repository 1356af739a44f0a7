"""What an office itself declares short is followed like what a check finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compliance.adapters.workspace import Workspace
from compliance.domain.remediation import Finding, FindingStatus
from compliance.services import findings
from compliance.services.systems import import_inventory
from tests.documents.office import STAFF, TODAY, new_office


def declare(office: Workspace, folder: Path, result: str, due: str = "") -> None:
    sheet = folder / "bien-phap.csv"
    lines = (
        "Mã hệ thống;Yêu cầu;Kết quả;Biện pháp;Thời hạn",
        f"{STAFF.id};4.1-a;{result};Ban hành quy trình;{due}",
    )
    sheet.write_text("\n".join(lines), encoding="utf-8")
    import_inventory(office, [sheet], today=TODAY)


def status(office: Workspace) -> FindingStatus | None:
    head = office.store.head("finding", f"{STAFF.id}/4.1-a")
    return Finding.model_validate_json(head.body).status if head else None


def test_a_declared_shortfall_is_a_finding_with_its_measure_and_deadline(tmp_path: Path) -> None:
    with new_office(tmp_path / "ho-so") as office:
        declare(office, tmp_path, "Chưa đạt", "31/12/2026")
        (one,) = findings.standing_findings(office, STAFF.id, TODAY)
        assert (one.id, one.measure, one.due) == (f"{STAFF.id}/4.1-a", "Ban hành quy trình", date(2026, 12, 31))


def test_declared_otherwise_it_is_taken_back_unless_somebody_works_on_it(tmp_path: Path) -> None:
    with new_office(tmp_path / "ho-so") as office:
        declare(office, tmp_path, "Chưa đạt")
        declare(office, tmp_path, "Đạt")
        assert status(office) is FindingStatus.WITHDRAWN
        declare(office, tmp_path, "Đạt một phần")
        findings.begin(office, [f"{STAFF.id}/4.1-a"])
        declare(office, tmp_path, "Đạt")
        assert status(office) is FindingStatus.IN_PROGRESS


def test_what_is_met_opens_nothing(tmp_path: Path) -> None:
    with new_office(tmp_path / "ho-so") as office:
        declare(office, tmp_path, "Đạt")
        assert status(office) is None
