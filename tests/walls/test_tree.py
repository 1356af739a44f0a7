"""Things that are easy to forget and cheap to see."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAW_IN_PYTHON = re.compile(r"nd ?331|nd ?85|331/2026|85/2016|14423|11930|mau-?0[1-8]")
OUTPUT_OR_DATA = re.compile(r"\.(db|sqlite3?|pdf|docx|log|ics)$")
CATCH_ALL = {"utils", "common", "helpers", "manager", "core"}
PRIVATE_OR_DOCUMENTATION = re.compile(
    r"^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|127\.|0\.0\.0\.0|255\.)"
)
ADDRESS = re.compile(r"(?<![\d.])(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\d.])")


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


BINARY = {".png", ".xlsx", ".ttf"}


def texts(*patterns: str) -> list[Path]:
    return [path for path in tracked(*patterns) if path.suffix not in BINARY]


def test_the_law_is_data_and_never_python() -> None:
    hits = [path for path in tracked("compliance/**.py") if LAW_IN_PYTHON.search(path.read_text("utf-8"))]
    assert hits == []


def test_no_workspace_or_generated_file_is_tracked() -> None:
    assert [path for path in tracked() if OUTPUT_OR_DATA.search(path.name)] == []


def test_no_module_name_collects_everything() -> None:
    assert [path for path in tracked("compliance/**.py") if path.stem in CATCH_ALL] == []


def test_nothing_is_left_unfinished() -> None:
    word = re.compile("TO" + "DO|FIX" + "ME|XX" + "X|NotImplemented" + "Error")
    places = texts("compliance/**", "templates/**", "checklists/**")
    assert [path for path in places if word.search(path.read_text("utf-8"))] == []


def test_text_is_composed_unicode() -> None:
    places = texts("compliance/**", "templates/**", "checklists/**", "docs/**", "README.md", "examples/**")
    assert [path for path in places if not unicodedata.is_normalized("NFC", path.read_text("utf-8"))] == []


def test_examples_and_tests_use_documentation_addresses_only() -> None:
    places = texts("examples/**", "templates/**", "tests/**", "docs/**")
    found = {
        address
        for path in places
        if path.suffix in {".py", ".csv", ".yaml", ".json", ".md", ".html"}
        for address in ADDRESS.findall(path.read_text("utf-8"))
        if all(int(part) < 256 for part in address.split("."))
    }
    of_a_standard = re.compile(r"[3-7]\.\d{1,2}\.[12]\.\d{1,2}|[5-9]\.[12]\.\d\.\d")
    clauses = {address for address in found if of_a_standard.fullmatch(address)}
    assert {a for a in found - clauses if not PRIVATE_OR_DOCUMENTATION.match(a)} == set()
