"""A broken law file is refused with every fault, each at its dotted path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.adapters.law import check_regime, data_root, load_checklist, load_regimes
from compliance.domain.regime import Regime
from compliance.errors import DataFault

Law = Callable[..., Path]
REGIME_FILE = next((data_root() / "checklists").glob("*/regime.yaml"))


@pytest.fixture
def law(tmp_path: Path) -> Law:
    """A copy of the shipped regime with some text replaced."""

    def copied(*changes: tuple[str, str]) -> Path:
        text = REGIME_FILE.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        folder = tmp_path / "checklists" / REGIME_FILE.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "regime.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return copied


def faults(root: Path) -> list[str]:
    with pytest.raises(DataFault) as caught:
        load_regimes(root)
    return [str(fault) for fault in caught.value.faults]


def test_a_sound_copy_loads(law: Law) -> None:
    assert load_regimes(law()) == load_regimes()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("when: {equals: {settles_procedures: true}}", "when: {equal: {settles_procedures: true}}", "“equals”"),
        (
            "when: {equals: {settles_procedures: true}}",
            "when: {equals: {settle_procedures: true}}",
            "“settles_procedures”",
        ),
        ("- equals: {works_grade: I}", "- equals: {works_grade: VI}", "không có giá trị “VI”"),
        ("- equals: {works_grade: I}", "- contains: {works_grade: I}", "hãy dùng equals"),
        ("- equals: {security_harm: serious}", "- at_least: {security_harm: 3}", "không phải là số"),
        ("- below: {subjects_basic: 100000}", "- below: {subjects_basic: nhiều}", "criteria.R2.2b.when"),
        ("  - id: R2.3\n", "  - id: R2.1\n", "criteria.R2.1: mã này dùng hai lần"),
        ("  - id: R2.3\n    level: 2\n", "  - id: R2.3\n", "criteria.R2.3.level: thiếu mục này"),
        ("  - id: R2.3\n    level: 2\n", "  - id: R2.3\n    level: 6\n", "criteria.R2.3.level"),
        ("  - id: R2.3\n    level: 2\n", "  - id: R2.3\n    level: 2\n    levle: 2\n", "criteria.R2.3.levle"),
        ("  - id: R2.3\n    level: 2\n", "  - id: R2.3\n    level: 2\n    level: 3\n", "ghi hai lần"),
        ("đang giữ cấp độ {earlier}", "đang giữ cấp độ {old}", "system_rules.kept-level.finding"),
        ("  - levels: [3]\n", "  - levels: [2, 3]\n", "cấp độ 2 phải có đúng một dòng thẩm quyền"),
        ("label: Nội bộ\n", "label: Khác\n", "chỉ cả"),
        ("  fact: risk_level\n", "  fact: risk_grade\n", "risk_rule.fact"),
        ("in_force_from: 2026-08-19\n", "in_force_from: hôm qua\n", "in_force_from"),
        ("id: nd331-2026\n", "id: nd331\n", "trùng tên thư mục"),
    ],
)
def test_each_fault_is_named_at_its_place(law: Law, old: str, new: str, said: str) -> None:
    found = faults(law((old, new)))
    assert any(said in fault for fault in found), found
    assert all("checklists/" in fault for fault in found)


def test_all_faults_are_listed_together(law: Law) -> None:
    root = law(
        ("when: {equals: {settles_procedures: true}}", "when: {equal: {settles_procedures: true}}"),
        ("- equals: {works_grade: I}", "- equals: {works_grade: VI}"),
        ("  - id: R2.3\n", "  - id: R2.1\n"),
    )
    assert len(faults(root)) == 3


def test_an_edited_file_is_read_again(law: Law) -> None:
    before = load_regimes(law())[0]
    after = load_regimes(law(("short_title: ", "short_title: Bản sửa, ")))[0]
    assert after.short_title == f"Bản sửa, {before.short_title}"


def test_a_file_that_is_no_yaml_says_where(law: Law) -> None:
    (fault,) = faults(law(("questions:\n", "questions: [\n")))
    assert "dòng" in fault


def test_a_checklist_must_fit_its_regime(tmp_path: Path, regime: Regime) -> None:
    folder = tmp_path / "checklists" / regime.id
    folder.mkdir(parents=True)
    text = (REGIME_FILE.parent / "level-1.yaml").read_text(encoding="utf-8")
    (folder / "level-2.yaml").write_text(text.replace("plan_part: g", "plan_part: h"), encoding="utf-8")
    with pytest.raises(DataFault) as caught:
        load_checklist(regime, 2, tmp_path)
    said = [fault.message for fault in caught.value.faults]
    assert any("cấp độ 2, nội dung nói cấp độ 1" in message for message in said)
    assert any("plan_part: “h” không có" in message for message in said)


def test_the_forms_of_every_level_with_a_checklist_are_there(tmp_path: Path, regime: Regime) -> None:
    assert check_regime(regime) == []
    checklists = tmp_path / "checklists" / regime.id
    checklists.mkdir(parents=True)
    assert check_regime(regime, tmp_path) == []
    (checklists / "level-3.yaml").touch()
    assert [fault.file.rpartition("/")[2] for fault in check_regime(regime, tmp_path)] == [
        "ho-so-de-xuat-cap-do",
        "mau-02",
    ]
