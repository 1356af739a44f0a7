"""Import time per system at 500, 1,000 and 2,000 systems: linear means the ratio stays near one."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

from compliance.adapters.workspace import create_workspace
from compliance.services.systems import import_inventory, systems

TODAY = date(2026, 11, 22)
SIZES = (500, 1_000, 2_000)
UNIT = "Mã đơn vị;Tên đơn vị;Loại đơn vị;Cấp hành chính\nubnd-xa;UBND xã Suối Mẫu;Ủy ban nhân dân;Cấp xã\n"
HEADER = "Mã hệ thống;Tên hệ thống thông tin;Quan hệ với xã;Chủ quản;Loại hệ thống;Loại thông tin\n"


def _seconds(count: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = (f"he-thong-{n};Hệ thống số {n};Chủ quản;ubnd-xa;Nội bộ;Thông tin riêng\n" for n in range(count))
        (folder / "don-vi.csv").write_text(UNIT, encoding="utf-8-sig")
        (folder / "he-thong.csv").write_text(HEADER + "".join(rows), encoding="utf-8-sig")
        with create_workspace(folder / "ho-so") as workspace:
            begun = time.perf_counter()
            import_inventory(workspace, [folder / "don-vi.csv", folder / "he-thong.csv"], today=TODAY)
            taken = time.perf_counter() - begun
            assert len(systems(workspace)) == count
    return taken


def measure(rounds: int = 3) -> list[tuple[str, str]]:
    """Best of a few rounds per size; time per system beside that of the smallest size."""
    _seconds(SIZES[0])
    each = {size: min(_seconds(size) for _ in range(rounds)) / size for size in SIZES}
    return [
        (f"import per system: {size} systems / {SIZES[0]} systems", f"{each[size] / each[SIZES[0]]:.2f}")
        for size in SIZES[1:]
    ]
