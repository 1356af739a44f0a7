from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from openpyxl import Workbook as Spreadsheet

from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.system import System
from compliance.errors import BadData, Fault
from compliance.services import systems
from compliance.services.systems import ImportReport

TODAY = date(2026, 11, 22)
UNITS = """Mã đơn vị;Tên đơn vị;Loại đơn vị;Cấp hành chính
ubnd-xa;Ủy ban nhân dân xã Suối Mẫu;Ủy ban nhân dân;Cấp xã
cong-an;Công an xã Suối Mẫu;Công an;Cấp xã
vhxh;Phòng Văn hóa và Xã hội;Phòng;Cấp xã
"""
SYSTEMS = """Mã hệ thống;Tên hệ thống thông tin;Quan hệ với xã;Chủ quản;Số tài khoản;Phạm vi
mot-cua;Hệ thống một cửa điện tử;Chủ quản;ubnd-xa;12;Toàn xã
"""
Grid = Sequence[Sequence[object]]


def changed_by(report: ImportReport) -> set[str]:
    """The ids an import created or updated, of whatever kind."""
    return {id_ for acts in (report.created, report.updated) for ids in acts.values() for id_ in ids}


@dataclass
class Office:
    """A commune's workspace and the files its officers hand in."""

    workspace: Workspace
    folder: Path
    told: list[str] = field(default_factory=list)

    def csv(self, text: str, name: str = "bang-ke.csv") -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def xlsx(self, merged: Sequence[str] = (), name: str = "bang-ke.xlsx", **sheets: Grid) -> Path:
        book = Spreadsheet()
        for index, (title, rows) in enumerate(sheets.items()):
            sheet = book.worksheets[0] if index == 0 else book.create_sheet()
            sheet.title = title.replace("_", " ")
            for row in rows:
                sheet.append(list(row))
            for cells in merged:
                sheet.merge_cells(cells)
        path = self.folder / name
        book.save(path)
        return path

    def take(self, *files: Path, dry_run: bool = False) -> ImportReport:
        return systems.import_inventory(self.workspace, files, dry_run=dry_run, today=TODAY, tell=self.told.append)

    def faults(self, *files: Path) -> tuple[Fault, ...]:
        """What is wrong with the files; nothing may have changed."""
        before = self.workspace.store.tip()
        with pytest.raises(BadData) as raised:
            self.take(*files)
        assert self.workspace.store.tip() == before
        return raised.value.faults

    def fault(self, *files: Path) -> Fault:
        (only,) = self.faults(*files)
        return only

    def system(self, identifier: str = "mot-cua") -> System:
        return systems.system(self.workspace, identifier)


def _office(folder: Path) -> Iterator[Office]:
    morning = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=7)))
    with create_workspace(folder / "ho-so", by="Văn phòng", now=lambda: morning) as workspace:
        yield Office(workspace, folder)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office that has its units and one system recorded."""
    for place in _office(tmp_path):
        place.take(place.csv(UNITS, "don-vi.csv"), place.csv(SYSTEMS, "he-thong.csv"))
        yield place


@pytest.fixture
def new_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Office]]:
    """Empty offices, as many as asked for."""
    opened: list[Workspace] = []

    def open_one() -> Office:
        folder = tmp_path_factory.mktemp("xa")
        workspace = create_workspace(
            folder / "ho-so",
            by="Văn phòng",
            now=lambda: datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=7))),
        )
        opened.append(workspace)
        return Office(workspace, folder)

    yield open_one
    for workspace in opened:
        workspace.close()
