"""The standard is copyrighted: no ten words in a row of ours stand in its published paraphrase.

``published_runs.txt`` holds the start of the SHA-256 of every run of ten words of that paraphrase, one a line: enough
to find a copy, nothing to read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from compliance.adapters.law import load_checklist, load_physical
from compliance.domain.level import LEVELS
from compliance.domain.regime import Regime

RUN, DIGITS = 10, 10
PUBLISHED = frozenset((Path(__file__).parent / "published_runs.txt").read_text(encoding="ascii").split())


def runs(text: str) -> Iterator[str]:
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def known(run: str) -> bool:
    return sha256(run.encode()).hexdigest()[:DIGITS] in PUBLISHED


@pytest.mark.parametrize("level", LEVELS)
def test_every_sentence_is_our_own(regime: Regime, level: int) -> None:
    copied = [
        (one.id, run)
        for load in (load_checklist, load_physical)
        for one in load(regime, level).requirements
        for text in (one.statement, one.evidence, one.uncertain)
        for run in runs(text)
        if known(run)
    ]
    assert copied == []


def test_a_copied_sentence_would_be_found() -> None:
    assert len(PUBLISHED) > 3_000
    assert all(len(line) == DIGITS for line in PUBLISHED)
    digest = next(iter(PUBLISHED))
    assert digest in PUBLISHED
    assert not known("xã này kiểm tra sổ sách mỗi sáng trước khi mở cửa")
