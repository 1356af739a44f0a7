"""Loading a regime beside parsing the same content as JSON; checking the whole library beside pytest's start."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from compliance.adapters.law import data_root, load_checklist, load_regimes, read_checklist, read_regime
from compliance.adapters.law_cache import forget
from compliance.adapters.law_check import check_library
from compliance.domain.checklist import Checklist
from compliance.domain.regime import Regime

ROUNDS = 100


def _turns(*acts: Callable[[], object], before: Callable[[], None] = lambda: None) -> list[float]:
    """Median seconds of each act, taken in turns after one warm-up; ``before`` and the end of a result cost nothing."""
    for act in acts:
        act()
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(ROUNDS):
        for act, times in zip(acts, taken, strict=True):
            before()
            begun = time.perf_counter()
            result = act()
            times.append(time.perf_counter() - begun)
            del result
    return [median(times) for times in taken]


def _process(*arguments: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - begun


def measure() -> list[tuple[str, str]]:
    """Each ratio with what it compares."""
    base = data_root()
    law = max(load_regimes(), key=lambda one: one.in_force_from)
    path = base / "checklists" / law.id / "regime.yaml"
    text = law.model_dump_json()

    level = path.with_name("level-5.yaml")
    list_text = load_checklist(law, 5).model_dump_json()
    loaded, parsed = _turns(lambda: read_regime(path, base), lambda: Regime.model_validate_json(text), before=forget)
    loaded_list, parsed_list = _turns(
        lambda: read_checklist(level, base, law, 5), lambda: Checklist.model_validate_json(list_text), before=forget
    )
    again, _ = _turns(lambda: read_regime(path, base), lambda: None)
    tests = Path(__file__).parents[1] / "tests"
    check = _process("-c", "from compliance.adapters.law_check import check_library; check_library()")
    collected = _process("-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", str(tests))
    assert not check_library().faults
    return [
        ("loading one regime / parsing the same as JSON with pydantic", f"{loaded / parsed:.2f}"),
        ("loading the longest checklist / the same as JSON", f"{loaded_list / parsed_list:.2f}"),
        ("loading a regime again in one process / as JSON", f"{again / parsed:.2f}"),
        ("checking the whole library / collecting the tests", f"{check / collected:.2f}"),
    ]
