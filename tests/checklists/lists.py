"""The shipped lists of requirements, as the checklist tests read them."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from compliance.domain.checklist import Checklist, Requirement

FOLDER = Path(__file__).parents[2] / "checklists" / "nd331-2026"
NAMES = sorted(path.name for path in FOLDER.glob("*level-*.yaml"))
LEVELS = sorted(int(name.removeprefix("level-").removesuffix(".yaml")) for name in NAMES if name.startswith("level-"))


def load(name: str) -> Checklist:
    data = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return Checklist.model_validate_json(json.dumps(data, default=str))


def requirement(checklist: Checklist, identifier: str) -> Requirement:
    found = checklist.requirement(identifier)
    assert found is not None, identifier
    return found


def figures(one: Requirement) -> dict[str, tuple[str, str]]:
    return {figure.name: (figure.value, figure.binding.value) for figure in one.figures}
