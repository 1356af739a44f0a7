"""The check of the whole library: every file, every cross-reference, every fault with its file and path."""

from __future__ import annotations

import pytest

from compliance.adapters.law import data_root
from compliance.adapters.law_check import check_library
from tests.law.conftest import Library

LIBRARY_FILES = {path.relative_to(data_root()).as_posix() for path in (data_root() / "checklists").rglob("*.yaml")}


def said(library: Library) -> list[str]:
    return [str(fault) for fault in check_library(library.root).faults]


def test_the_shipped_library_is_sound_and_read_whole() -> None:
    found = check_library()
    assert found.faults == ()
    zones = {file for file in LIBRARY_FILES if file.endswith("grey-zones.yaml")}
    assert set(found.files) | zones >= LIBRARY_FILES - {"checklists/circumstances.yaml"}
    assert [law.id for law in found.regimes] == ["nd331-2026", "nd85-2016"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "nd331-2026/regime.yaml",
            "citation: khoản 2 Điều 9 Nghị định số 331/2026/NĐ-CP",
            "citation: khoản 2 Điều 94 Nghị định số 331/2026/NĐ-CP",
            "Điều 94",
        ),
        (
            "nd85-2016/regime.yaml",
            "citation: khoản 1 Điều 6 Nghị định số 85/2016/NĐ-CP",
            "citation: khoản 1 Điều 60 Nghị định số 85/2016/NĐ-CP",
            "chỉ có 26 điều",
        ),
        ("nd331-2026/regime.yaml", "request_form: mau-02", "request_form: mau-20", "chưa có thư mục của mẫu “mau-20”"),
        ("nd331-2026/grey-zones.yaml", "forms: [mau-08]", "forms: [mau-09]", "grey_zones.W32.forms"),
        (
            "nd85-2016/level-2.yaml",
            "successors: [d33.5, incidents",
            "successors: [d33.5, incident",
            "successors: “incident” không có",
        ),
        ("nd85-2016/regime.yaml", "successor: nd331-2026", "successor: nd332-2026", "successor: “nd332-2026” không có"),
        ("nd331-2026/transition.yaml", "predecessor: nd85-2016", "predecessor: nd85", "regime: “nd85” không có"),
        ("nd331-2026/penalties.yaml", "instrument: nd-xu-phat", "instrument: nd-xu-phạt", "instrument:"),
        ("instruments.yaml", "  - code: nd-cap-do\n", "  - code: nd-cap-do-cu\n", "mã này dùng hai lần"),
        ("nd331-2026/level-4.yaml", "level: 4", "level: 5", "tên tệp nói cấp độ 4"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_told(library: Library, file: str, old: str, new: str, expected: str) -> None:
    library.change(file, (old, new))
    found = said(library)
    assert any(expected in fault for fault in found), found
    assert all("checklists/" in fault for fault in found)


def test_a_missing_list_is_told(library: Library) -> None:
    library.path("nd331-2026/level-5.yaml").unlink()
    assert said(library) == ["checklists/nd331-2026/level-5.yaml: thiếu danh mục yêu cầu của cấp độ 5."]


def test_a_regime_that_follows_another_says_how_it_takes_over(library: Library) -> None:
    library.path("nd331-2026/transition.yaml").unlink()
    assert said(library) == ["checklists/nd331-2026/transition.yaml: thiếu quy định chuyển tiếp."]


def test_faults_of_several_files_are_listed_together(library: Library) -> None:
    library.change("nd331-2026/level-3.yaml", ("plan_part: dd", "plan_part: z"))
    library.change("nd331-2026/physical.yaml", ("checked_on: 2026-11-22", "checked_on: 2026-11-22\nlevle: 1"))
    library.change("nd331-2026/penalties.yaml", ("factor: 2", "factor: no"))
    library.change("instruments.yaml", ("checked_on: 2026-11-22", "checked_on: 2026-11-22\nchecked_on: 2026-11-23"))
    found = "\n".join(said(library))
    for place in ("level-3.yaml: requirements.", "physical.yaml: levle:", "penalties.yaml: factor:", "ghi hai lần"):
        assert place in found
