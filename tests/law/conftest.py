"""Copies of the shipped law to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compliance.adapters.law import data_root


class Library:
    """A copy of the shipped law files in which a test changes some text; the forms are only named, not copied."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(data_root() / "checklists", root / "checklists")
        for form in (data_root() / "templates").glob("*/*/form.yaml"):
            (root / "templates" / form.parent.parent.name / form.parent.name).mkdir(parents=True)

    def path(self, file: str) -> Path:
        """A file by its path below ``checklists``."""
        return self.root / "checklists" / file

    def change(self, file: str, *changes: tuple[str, str]) -> None:
        """Replace the first place of each text."""
        text = self.path(file).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        self.path(file).write_text(text, encoding="utf-8")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "law")
