"""The catalogue as data: sound, cited, in step with the program's commands and with the guide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.core import TyperGroup

from compliance.adapters.law import data_root
from compliance.adapters.law_check import check_library
from compliance.cli.main import app
from compliance.domain.finding import PLACES
from compliance.domain.preflight import PreflightCatalogue, Weight
from compliance.domain.preflight_level import DETECTORS as OF_LEVEL
from compliance.domain.preflight_page import BEGIN, END, catalogue_page
from compliance.domain.preflight_run import DETECTORS, catalogue_misfits
from tests.law.conftest import Library
from tests.preflight.office import CATALOGUE, changed

FILE = f"checklists/{CATALOGUE.regime}/preflight.yaml"
GUIDE = Path(__file__).parents[2] / "docs" / "kiem-tra-truoc-khi-gui.md"
FINDING_RULES = {
    "kept-level": "level-kept",
    "changed-level": "level-changed",
    "harm-scale": "harm-scale",
    "independent-appraiser": "appraiser-is-operator",
    "no-splitting": "no-splitting",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "law")


def with_check(**update: Any) -> PreflightCatalogue:
    """The catalogue with another first check."""
    group = CATALOGUE.groups[0]
    first, *rest = group.checks
    groups = (changed(group, checks=(changed(first, **update), *rest)), *CATALOGUE.groups[1:])
    catalogue: PreflightCatalogue = changed(CATALOGUE, groups=groups)
    return catalogue


def told(catalogue: PreflightCatalogue) -> str:
    return "\n".join(f"{place}: {sentence}" for place, sentence in catalogue_misfits(catalogue))


def test_it_is_sound_and_uses_every_detector_once() -> None:
    assert catalogue_misfits(CATALOGUE) == []
    assert sorted(check.detector for check in CATALOGUE.checks) == sorted(DETECTORS)
    assert len(CATALOGUE.checks) >= 60
    assert {check.severity for check in CATALOGUE.checks} == set(Weight)


def test_every_check_says_what_to_do_and_cites() -> None:
    for check in CATALOGUE.checks:
        assert re.search(r"Điều \d+|Phụ lục", check.citation), check.code
        assert check.fix.endswith("."), check.code
        assert len(check.title) <= 80, check.code
    titles = [check.title for check in CATALOGUE.checks]
    assert len(set(titles)) == len(titles)


def test_every_finding_of_the_classification_has_a_code() -> None:
    assert set(FINDING_RULES) == set(PLACES) - {"used-only"}  # for a used system there is no dossier to check
    assert set(FINDING_RULES.values()) <= set(OF_LEVEL)


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"code": "K02"}, "checks.K02: mã này dùng hai lần"),
        ({"code": "K99"}, "không đứng theo thứ tự tăng dần"),
        ({"detector": "level-undecidd"}, "gần nhất là “level-undecided”"),
        ({"detector": "phone"}, "detectors.level-undecided: chương trình có phép kiểm này"),
        ({"says": "Còn {askd}."}, "checks.K01.says: “askd” không có; gần nhất là “asked”"),
        ({"command": "compliance {systm}"}, "checks.K01.command: “systm” không có; gần nhất là “system”"),
        ({"says": "Còn {asked"}, "dấu ngoặc nhọn không khớp"),
        ({"says": "Còn {} gì"}, "checks.K01.says"),
    ],
)
def test_a_mistake_in_the_data_is_told(update: dict[str, Any], expected: str) -> None:
    assert expected in told(with_check(**update))


def test_a_retired_code_is_never_given_again() -> None:
    assert "checks.K01: mã này đã thu hồi" in told(changed(CATALOGUE, retired=("K01",)))


def test_a_broken_pattern_is_told() -> None:
    lexicon = changed(CATALOGUE.lexicon, document_numbers=("(",))
    assert "lexicon.document_numbers" in told(changed(CATALOGUE, lexicon=lexicon))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code: K01", "code: K1", "checks.K1.code"),
        ("severity: error\n", "severity: fatal\n", "severity"),
        ("detector: level-undecided", "detector: level-open", "detector: “level-open” không có"),
        ("khoản 3 Điều 21, khoản 4 Điều 22", "khoản 3 Điều 98, khoản 4 Điều 22", "Điều 98"),
        ("regime: nd331-2026\n", "regime: nd332-2026\n", "regime: “nd332-2026” không có"),
    ],
)  # fmt: skip
def test_the_check_of_the_library_reads_it(library: Library, old: str, new: str, expected: str) -> None:
    library.change(FILE.removeprefix("checklists/"), (old, new))
    found = [str(fault) for fault in check_library(library.root).faults]
    assert any(expected in fault and "preflight.yaml" in fault for fault in found), found


def test_the_library_is_sound_with_it() -> None:
    found = check_library(data_root())
    assert FILE in found.files
    assert [fault for fault in found.faults if "preflight" in str(fault)] == []


def test_every_command_named_is_there() -> None:
    program = typer.main.get_command(app)
    assert isinstance(program, TyperGroup)
    for check in CATALOGUE.checks:
        words = check.command.split()
        assert words[0] == "compliance", check.code
        noun = program.commands[words[1]]
        assert isinstance(noun, TyperGroup), check.code
        verb = noun.commands.get(words[2])
        assert verb is not None, f"{check.code}: {check.command}"
        options = {name for option in verb.params for name in option.opts}
        assert {word for word in words if word.startswith("--")} <= options, check.code


def test_the_guide_carries_the_catalogue_as_it_is() -> None:
    text = GUIDE.read_text("utf-8")
    page = text[text.index(BEGIN) : text.index(END) + len(END)]
    assert page == catalogue_page(CATALOGUE), "print it again: compliance.domain.preflight_page.catalogue_page"


def test_the_page_names_every_code_and_nothing_is_left_open() -> None:
    page = catalogue_page(CATALOGUE)
    for check in CATALOGUE.checks:
        assert page.count(f"| {check.code} |") == 1
    assert "{" not in page
