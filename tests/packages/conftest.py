"""Packages made once and read by many tests: a small one, its redacted copy, and a whole one of level 3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from compliance.adapters.law import load_checklist, load_procedure, load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.regime_status import regime_on
from compliance.services.package_enclosures import Brought
from compliance.services.packages import PackageReport, package_dossier
from compliance.services.systems import system
from tests.documents.conftest import short_lists
from tests.documents.office import ONE_STOP, STAFF, TODAY, new_office, put_answers, put_system
from tests.documents.reading import Pdf

SIGNED = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
TALKED = (
    "Máy chủ 192.168.10.77 và fe80::1ff:fe23:4567:890a đăng nhập bằng tài khoản qtri_01; nhật ký gửi về "
    "log.suoimau.example, đầu mối truc@suoimau.example, điện thoại 0200 000 0009, số sê-ri VD-0009."
)
TALKED_VALUES = (
    "192.168.10.77",
    "fe80::1ff:fe23:4567:890a",
    "qtri_01",
    "log.suoimau.example",
    "truc@suoimau.example",
    "0200 000 0009",
    "VD-0009",
)
"""What somebody typed into a free text though no field asks for it."""


@dataclass(frozen=True)
class Package:
    """A finished package."""

    report: PackageReport

    @property
    def folder(self) -> Path:
        return self.report.folder

    def pdf(self, beginning: str) -> Pdf:
        return Pdf(next(path for path in sorted(self.folder.glob("*.pdf")) if path.name.startswith(beginning)))

    @property
    def names(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())


def said(requirement: str, state: str, system_id: str = STAFF.id) -> Answer:
    return Answer(
        system_id=system_id,
        requirement_id=requirement,
        checklist_id="danh-muc",
        result=Result.COMPLIANT,
        present_state=state,
    )


def brought(slot: str = "design", data: bytes = SIGNED, name: str = "thiet-ke.PDF", digest: str = "") -> Brought:
    slots = {one.id: one for one in load_procedure(regime_on(TODAY, load_regimes())).enclosures}
    return Brought(
        slot=slots[slot],
        title="Thiết kế thi công",
        file_name=name,
        media_type="application/pdf",
        sha256=digest or sha256(data).hexdigest(),
        read=partial(bytes, data),
    )


@pytest.fixture(scope="session")
def prints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One store of printed papers for all offices below: what one test printed, another need not print."""
    return tmp_path_factory.mktemp("kho-in")


@pytest.fixture
def office(tmp_path: Path, prints: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """An office of its own, with short lists."""
    monkeypatch.setattr("compliance.services.packages.STORE", str(prints))
    with new_office(tmp_path / "ho-so") as workspace, short_lists():
        yield workspace


@pytest.fixture(scope="session")
def small_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """An office nobody writes into; the staff records of level 2 say things nobody asked for."""
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        put_system(workspace, system(workspace, STAFF.id).model_copy(update={"notes": TALKED}))
        with short_lists():
            first = load_checklist(regime_on(TODAY, load_regimes()), 2).requirements[0]
        put_answers(workspace, said(first.id, TALKED))
        yield workspace


@pytest.fixture(scope="session")
def small(small_office: Workspace) -> Package:
    with short_lists():
        return Package(package_dossier(small_office, [STAFF.id], today=TODAY, brought=[brought()], jobs=1))


@pytest.fixture(scope="session")
def masked(small_office: Workspace) -> Package:
    with short_lists():
        return Package(
            package_dossier(small_office, [STAFF.id], today=TODAY, brought=[brought()], jobs=1, redacted=True)
        )


@pytest.fixture(scope="session")
def third(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Package]]:
    """A whole package of a level-3 system, printed side by side."""
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        report = package_dossier(workspace, [ONE_STOP.id], today=TODAY, jobs=2)
        yield workspace, Package(report)
