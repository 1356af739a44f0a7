"""Every command has help in Vietnamese, is documented, and takes the options the interface promises."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from compliance.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "huong-dan.md").read_text("utf-8") + (ROOT / "README.md").read_text("utf-8")
SHOWS = {"list", "show", "explain", "probe", "draft", "import", "demo", "verify", "history"}
DATED = {"classifications list", "classifications explain", "dossiers draft", "dossiers list", "demo", "systems import"}


PROGRAM: Any = typer.main.get_command(app)


def commands(group: Any = PROGRAM, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


EVERY = dict(commands())


@pytest.mark.parametrize("name", EVERY)
def test_every_command_and_option_has_help_with_diacritics(name: str) -> None:
    command = EVERY[name]
    texts = [command.help or "", *(getattr(option, "help", None) or "" for option in command.params)]
    shown = [text for text, option in zip(texts[1:], command.params, strict=True) if option.name != "help"]
    assert all(text.strip() for text in (texts[0], *shown)), f"{name}: {texts}"
    assert re.search(r"[à-ỹđ]", texts[0])


@pytest.mark.parametrize("name", EVERY)
def test_every_command_is_in_the_guide(name: str) -> None:
    assert f"compliance {name}" in GUIDE


@pytest.mark.parametrize("name", [name for name in EVERY if name.split()[-1] in SHOWS])
def test_what_lists_or_shows_speaks_json(name: str) -> None:
    assert any("--json" in getattr(option, "opts", ()) for option in EVERY[name].params)


@pytest.mark.parametrize("name", sorted(DATED))
def test_what_depends_on_the_date_takes_one(name: str) -> None:
    assert any("--today" in getattr(option, "opts", ()) for option in EVERY[name].params)


def test_the_guide_names_no_command_that_does_not_exist() -> None:
    nouns = {name.split()[0] for name in EVERY}
    groups = "|".join(sorted({name.split()[0] for name in EVERY if " " in name}))
    named = set(re.findall(rf"compliance ((?:{groups}) [a-z-]+|[a-z]+)", GUIDE))
    real = set(EVERY) | nouns
    assert {name for name in named if name.split()[0] in nouns and name not in real} == set()


@pytest.mark.parametrize(
    "words",
    [[], ["systems"], ["systems", "import"], ["init"], ["demo"], ["assessments", "answer"], ["evidence", "add"]],
)
def test_help_pages_are_in_vietnamese_to_the_last_word(words: list[str]) -> None:
    page = CliRunner().invoke(app, [*words, "--help"]).stdout
    assert "Cách dùng: " in page
    assert "In hướng dẫn này rồi thoát." in page
    for english in (
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "OPTIONS",
        "Show this",
        "required",
        "env var",
        "<str>",
        "<path>",
    ):
        assert english not in page


def test_help_loads_nothing_heavy() -> None:
    probe = (
        "import sys; from compliance.cli import main; "
        "print([m for m in ('pydantic', 'sqlalchemy', 'openpyxl', 'yaml', 'jinja2', 'weasyprint', 'tabulate') "
        "if m in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
