"""Parsed law files are kept by content: quick the second time, never stale, never in the way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.adapters import law_file
from compliance.adapters.law import load_checklist, load_regimes
from compliance.adapters.law_cache import CACHE_VARIABLE, forget, program_state
from tests.checklists.lists import law as current
from tests.law.conftest import Library

LIST = "nd331-2026/level-1.yaml"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "cache"
    monkeypatch.setenv(CACHE_VARIABLE, str(folder))
    forget()
    yield folder
    forget()


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose YAML is read, in order."""
    names: list[str] = []
    read = law_file.read_document

    def noted(path: Path, name: str) -> law_file.Document:
        names.append(name)
        return read(path, name)

    for module in ("law", "law_parts"):
        monkeypatch.setattr(f"compliance.adapters.{module}.read_document", noted)
    return names


def test_yaml_is_read_once_and_then_no_more_even_by_another_process(library: Library, parses: list[str]) -> None:
    first = load_regimes(library.root)
    assert parses
    parses.clear()
    forget()  # as a new process would begin
    assert load_regimes(library.root) == first
    assert parses == []


def test_a_changed_file_is_never_served_stale_though_size_and_time_agree(library: Library) -> None:
    path = library.path(LIST)
    before = load_checklist(current(), 1, library.root)
    state = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Yêu cầu cơ bản", "Yêu cầu cơ bằn", 1), encoding="utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert path.stat().st_size == state.st_size
    after = load_checklist(current(), 1, library.root)
    assert after.title == before.title.replace("cơ bản", "cơ bằn")


def test_a_change_of_the_level_below_is_seen(library: Library) -> None:
    load_checklist(current(), 2, library.root)
    library.change(LIST, ('id: "3.15.2.1-b"', 'id: "3.15.2.1-bb"'))
    with pytest.raises(Exception, match="có lỗi"):
        load_checklist(current(), 2, library.root)


@pytest.mark.parametrize("module", ["adapters/law_parts.py", "domain/condition.py", "domain/citation_check.py"])
def test_a_changed_program_never_meets_an_old_entry(tmp_path: Path, module: str) -> None:
    package = tmp_path / "compliance"
    shutil.copytree(Path(law_file.__file__).parents[1], package, ignore=shutil.ignore_patterns("__pycache__"))
    before = program_state(package)
    assert program_state(package) == before
    with (package / module).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert program_state(package) != before


def test_a_damaged_entry_is_read_anew(library: Library, cache: Path) -> None:
    first = load_regimes(library.root)
    for entry in cache.iterdir():
        entry.write_bytes(entry.read_bytes()[:100])
    forget()
    assert load_regimes(library.root) == first
    forget()
    assert load_regimes(library.root) == first


def test_an_entry_whose_words_changed_on_the_disk_is_no_law(library: Library, cache: Path) -> None:
    first = load_checklist(current(), 1, library.root)
    for entry in cache.iterdir():
        entry.write_bytes(entry.read_bytes().replace("Yêu cầu cơ bản".encode(), "Yêu cầu cơ bằn".encode()))
    forget()
    assert load_checklist(current(), 1, library.root) == first


def test_a_faulty_file_is_never_kept(library: Library, cache: Path) -> None:
    library.change(LIST, ("plan_part: g", "plan_part: h"))
    for _ in range(2):
        with pytest.raises(Exception, match="có lỗi"):
            load_checklist(current(), 1, library.root)
    assert not [one for one in (cache.iterdir() if cache.is_dir() else ()) if b"level-1" in one.read_bytes()]


@pytest.mark.parametrize("place", ["-", "a-file/below", ""])
def test_without_a_usable_folder_everything_still_loads(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a-file"))
    monkeypatch.setenv(CACHE_VARIABLE, place if place in {"-", ""} else str(tmp_path / place))
    assert load_regimes(library.root) == load_regimes(library.root)
