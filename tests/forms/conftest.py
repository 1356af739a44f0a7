"""An office whose own forms are written file by file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from compliance.adapters.law import load_regimes
from compliance.adapters.templates import shipped_templates
from compliance.adapters.workspace import Workspace
from compliance.domain.regime_status import regime_on
from compliance.services.dossiers import OVERRIDES
from compliance.services.form_overrides import OverrideCheck, check_overrides
from tests.documents.office import TODAY, new_office

REGIME = regime_on(TODAY, load_regimes())
REQUEST = REGIME.forms[1].id
"""The request of level 3: a statutory form."""
MINUTES = REGIME.own_forms.assessment_minutes
"""A paper no decree prescribes."""
SHIPPED = shipped_templates() / REGIME.id


@dataclass(frozen=True)
class Own:
    """The office and its folder of forms."""

    office: Workspace

    @property
    def folder(self) -> Path:
        return self.office.path / OVERRIDES

    def write(self, name: str, content: str | bytes, form: str = MINUTES) -> Path:
        path = self.folder / REGIME.id / form / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def change(self, name: str, alter: Callable[[str], str], form: str = MINUTES) -> Path:
        """The shipped file of a form, altered."""
        return self.write(name, alter((SHIPPED / form / name).read_text("utf-8")), form)

    def check(self) -> OverrideCheck:
        return check_overrides(self.office, TODAY)


@pytest.fixture(scope="session")
def blank_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("xa") / "ho-so"
    new_office(place).close()
    return place


@pytest.fixture
def own(blank_office: Path, tmp_path: Path) -> Iterator[Own]:
    from compliance.adapters.workspace import open_workspace  # noqa: PLC0415

    shutil.copytree(blank_office, tmp_path / "ho-so")
    with open_workspace(tmp_path / "ho-so") as office:
        yield Own(office)
