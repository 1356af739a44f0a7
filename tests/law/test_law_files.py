"""A broken law file is refused with every fault, each at its file and dotted path; nothing is loaded."""

from __future__ import annotations

import unicodedata

import pytest

from compliance.adapters.law import DUTIES, load_catalogue, load_checklist, load_regimes
from compliance.adapters.law_check import check_library
from compliance.adapters.law_parts import regime_files
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.errors import DataFault
from tests.checklists.lists import law as current
from tests.law.conftest import Library

REGIME = "nd331-2026/regime.yaml"
ZONES = "nd331-2026/grey-zones.yaml"
SETTLES = "when: {equals: {settles_procedures: true}}"


def faults(library: Library) -> list[str]:
    with pytest.raises(DataFault) as caught:
        load_regimes(library.root)
    return [str(fault) for fault in caught.value.faults]


def test_a_sound_copy_loads_and_checks(library: Library) -> None:
    assert load_regimes(library.root) == load_regimes()
    assert check_library(library.root).faults == ()
    assert len(regime_files(library.root)) == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (SETTLES, "when: {equal: {settles_procedures: true}}", "“equals”"),
        (SETTLES, "when: {equals: {settle_procedures: true}}", "“settles_procedures”"),
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
        ("checked_on: 2026-11-22\n", "", "checked_on: thiếu mục này"),
        ("id: nd331-2026\n", "id: nd331\n", "trùng tên thư mục"),
        (
            "instruments: [luat-anm,",
            "instruments: [luat-an,",
            "sổ văn bản không có mã “luat-an”. Gần nhất là “luat-anm”",
        ),
        (
            "    citation: khoản 5 Điều 3, điểm b",
            "    citation: ''\n    column_: khoản 5 Điều 3, điểm b",
            "online_service",
        ),
    ],
)
def test_each_fault_is_named_at_its_place(library: Library, old: str, new: str, said: str) -> None:
    library.change(REGIME, (old, new))
    found = faults(library)
    assert any(said in fault for fault in found), found
    assert all("checklists/" in fault for fault in found)


def test_faults_of_every_kind_and_file_are_listed_together(library: Library) -> None:
    decomposed = unicodedata.normalize("NFD", "UBND xã có phải là chủ quản hay không")
    library.change(
        REGIME,
        (SETTLES, "when: {equal: {settles_procedures: true}}"),
        ("- equals: {works_grade: I}", "- equals: {works_grade: VI}"),
        ("  - id: R2.3\n", "  - id: R2.1\n"),
        ("label: Nội bộ\n", "label: no\n"),
        ("    example: Cổng thông tin có tin bài", "    example: 5.10\n    help: Cổng thông tin có tin bài"),
        ("column: Loại hệ thống\n", "column: Loại hệ thống\n    colour: xanh\n"),
    )
    library.change(ZONES, ("UBND xã có phải là chủ quản hay không", decomposed))
    said = faults(library)
    for place in (
        "regime.yaml: criteria.R3.2b.when.equal:",
        "questions.service_type.choices.internal.label: giá trị false không phải là chữ",
        "questions.information.example: giá trị 5.1 không phải là chữ",
        "questions.service_type.colour: mục này không có trong cấu trúc",
        "mục “help” ghi hai lần",
        "grey-zones.yaml: grey_zones.W01.title: “UBND xã",
    ):
        assert any(place in fault for fault in said), (place, said)
    assert sum("dấu tách rời chữ" in fault for fault in said) == 1


def test_faults_between_sound_records_are_listed_together_too(library: Library) -> None:
    library.change(
        REGIME, ("- equals: {works_grade: I}", "- equals: {works_grade: VI}"), ("  - id: R2.3\n", "  - id: R2.1\n")
    )
    library.change(ZONES, ("{security_unit_is_operator: true}", "{security_unit_is_operater: true}"))
    said = faults(library)
    assert any("grey-zones.yaml: grey_zones.W05.when" in one and "“security_unit_is_operator”" in one for one in said)
    assert any("regime.yaml: criteria.R2.1: mã này dùng hai lần" in one for one in said)
    assert any("không có giá trị “VI”" in one for one in said)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("when: {equals: {security_unit_is_operator: true}}", "when: {equals: {owner_kind: police_force}}"),
        ("when: {equals: {risk_level: 1}}", "when: {all_of: [equals: {risk_level: 1}, at_least: {risk_level: 3}]}"),
        (
            "when: {equals: {security_unit_is_operator: true}}",
            "when: {all_of: [equals: {connected: true}, not: {equals: {connected: true}}]}",
        ),
    ],
)
def test_a_grey_zone_that_can_never_fire_is_a_fault(library: Library, old: str, new: str) -> None:
    library.change(ZONES, (old, new))
    (fault,) = faults(library)
    assert "grey-zones.yaml" in fault
    assert "không câu trả lời nào làm cho điều kiện này đúng" in fault


def test_open_points_stand_in_one_file_only(library: Library) -> None:
    library.change(REGIME, ("plan_parts:\n", "grey_zones: []\nplan_parts:\n"))
    assert any("chỉ giữ một nơi" in fault for fault in faults(library))


def test_a_shared_question_that_nobody_defines_is_named(library: Library) -> None:
    library.change("nd85-2016/regime.yaml", ("{same_as: works_grade,", "{same_as: work_grade,"))
    assert any("questions.work_grade" in one and "“works_grade”" in one for one in faults(library))


def test_a_file_that_is_no_yaml_says_where(library: Library) -> None:
    library.change(REGIME, ("questions:\n", "questions: [\n"))
    assert any("regime.yaml, dòng" in fault for fault in faults(library))


def test_a_checklist_must_fit_its_regime(library: Library) -> None:
    text = library.path("nd331-2026/level-1.yaml").read_text(encoding="utf-8")
    library.path("nd331-2026/level-2.yaml").write_text(text.replace("plan_part: g", "plan_part: h"), encoding="utf-8")
    with pytest.raises(DataFault) as caught:
        load_checklist(current(), 2, library.root)
    said = [fault.message for fault in caught.value.faults]
    assert any("cấp độ 2, nội dung nói cấp độ 1" in message for message in said)
    assert any("plan_part: “h” không có" in message for message in said)


def test_a_link_to_the_level_below_must_lead_somewhere(library: Library) -> None:
    library.change("nd331-2026/level-3.yaml", ('ids: ["4.6.1-a"]', 'ids: ["4.6.1-z"]'))
    with pytest.raises(DataFault) as caught:
        load_checklist(current(), 3, library.root)
    (fault,) = caught.value.faults
    assert fault.message.startswith("requirements.5.6.1-a.continues: “4.6.1-z” không có; gần nhất là “4.6.1-")


def test_a_duty_stands_once_at_each_level(library: Library) -> None:
    text = library.path("nd331-2026/duties.yaml").read_text(encoding="utf-8")
    first = text[text.index("requirements:\n") :].split("  - id: ")[1]
    library.path("nd331-2026/duties.yaml").write_text(f"{text.rstrip()}\n\n  - id: {first}", encoding="utf-8")
    with pytest.raises(DataFault) as caught:
        load_catalogue(current(), DUTIES, library.root)
    assert all("dùng hai lần" in fault.message for fault in caught.value.faults)


def test_no_regime_is_served_while_one_is_broken(library: Library) -> None:
    library.change("nd85-2016/regime.yaml", ("checked_on: 2026-11-22\n", ""))
    assert faults(library)


def test_the_regime_of_a_day_is_the_newest_in_force(library: Library) -> None:
    from datetime import date  # noqa: PLC0415 - the one test that needs days

    laws: tuple[Regime, ...] = load_regimes(library.root)
    days = {date(2016, 7, 1): "nd85-2016", date(2026, 8, 18): "nd85-2016", date(2026, 8, 19): "nd331-2026"}
    assert {day: regime_on(day, laws).id for day in days} == days
