"""The list of the morning check: the office's own ``kiem-tra-dau-gio.yaml`` of its workspace before the shipped one."""

from __future__ import annotations

from pathlib import Path

from compliance.adapters.law import load_morning_list
from compliance.adapters.law_file import read_law_file
from compliance.domain.misfit import doubles
from compliance.domain.morning import MorningList
from compliance.errors import DataFault, Fault

OWN_LIST = "kiem-tra-dau-gio.yaml"


def morning_list(workspace: Path | None = None) -> MorningList:
    """What is looked at every morning.

    Raises:
        DataFault: the office's own list, or the shipped one, is broken; all faults are listed.
    """
    own = workspace / OWN_LIST if workspace else None
    if own is None or not own.is_file():
        return load_morning_list()
    record, faults = read_law_file(own, OWN_LIST, MorningList)
    if record is not None:
        twice = doubles("items", [one.id for one in record.items])
        faults = [*faults, *(Fault(f"{place}: {text}", OWN_LIST) for place, text in twice)]
    if record is None or faults:
        raise DataFault("Danh sách kiểm tra đầu giờ của cơ quan có lỗi; hãy sửa các chỗ sau rồi chạy lại.", faults)
    return record
