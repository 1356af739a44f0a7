"""Drafts made once and read by many tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html  # type: ignore[import-untyped]
import pytest

from compliance.adapters.law import load_checklist, load_duties, load_regimes
from compliance.adapters.rendering import RenderedPdf
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.services import dossier_papers, one_paper
from compliance.services.dossiers import DraftReport, draft_dossier
from tests.documents.office import STAFF, TODAY, new_office, put_answers
from tests.documents.reading import Pdf, squeezed


@dataclass(frozen=True)
class Draft:
    """A finished draft and its files as PDFs."""

    report: DraftReport

    def pdf(self, beginning: str) -> Pdf:
        return next(Pdf(one.path) for one in self.report.files if one.path.name.startswith(beginning))


@pytest.fixture(scope="session")
def regime() -> Regime:
    return regime_on(TODAY, load_regimes())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with new_office(tmp_path / "ho-so") as workspace:
        yield workspace


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is printed: for tests of what a draft reports, which is settled before it is printed, slowly."""

    def rendered(html: str, out: Path, **of: Any) -> RenderedPdf:
        return RenderedPdf(path=out, sha256="", pages=1, remarks=())

    for module in (dossier_papers, one_paper):
        monkeypatch.setattr(module, "render", rendered)


@pytest.fixture(scope="session")
def printed_example(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], RenderedPdf]:
    """Each form printed from its example, once for all tests that look at it."""
    from tests.documents.test_forms import printed  # noqa: PLC0415 - rewritten by pytest only after this file

    @cache
    def once(name: str) -> RenderedPdf:
        return printed(name, tmp_path_factory.mktemp("vi-du"))

    return once


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> dict[Path, str]:
    """The words of every paper filled in the test, by the file it would be; nothing is printed.

    For tests of what a paper says; that all of it is printed is tested once, on paper.
    """
    said: dict[Path, str] = {}

    def rendered(html: str, out: Path, **of: Any) -> RenderedPdf:
        said.pop(out, None)  # the newest stands last
        said[out] = squeezed(lxml.html.fromstring(html).text_content())
        return RenderedPdf(path=out, sha256="", pages=1, remarks=())

    for module in (dossier_papers, one_paper):
        monkeypatch.setattr(module, "render", rendered)
    return said


@contextmanager
def short_lists() -> Iterator[None]:
    """Checklists and duties cut to two rows per plan part: a hundred more would show nothing new, slowly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compliance.services.dossiers.load_checklist", lambda *of: _shortened(load_checklist(*of)))
        patch.setattr("compliance.services.dossiers.load_duties", lambda *of: _shortened(load_duties(*of)))
        yield


def _shortened(whole: Checklist) -> Checklist:
    seen: Counter[str] = Counter()
    kept = []
    for one in whole.requirements:
        seen[one.plan_part] += 1
        kept += [one] if seen[one.plan_part] <= 2 else []
    return whole.model_copy(update={"requirements": tuple(kept)})


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory, regime: Regime) -> Draft:
    """One dossier of a level-2 system, some requirements answered in each way, and a bare level-1 system."""
    first, second, third, fourth, *_ = _shortened(load_checklist(regime, 2)).requirements
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace, short_lists():
        put_answers(
            workspace,
            _answer(first, Result.COMPLIANT).model_copy(
                update={
                    "present_state": "Đã ban hành quy trình số 7",
                    "measure": "Rà soát vào tháng 12 hằng năm",
                    "responsible_unit_id": "van-phong",
                }
            ),
            _answer(second, Result.NON_COMPLIANT).model_copy(
                update={"measure": "Mua phần mềm kiểm kê", "due": date(2027, 3, 31)}
            ),
            _answer(third, Result.NOT_APPLICABLE, reason="Không có mạng không dây"),
            _answer(fourth, Result.PARTIALLY_COMPLIANT).model_copy(update={"assumed": True}),
        )
        return Draft(draft_dossier(workspace, ["bang-tin", STAFF.id], today=TODAY))


@pytest.fixture(scope="session")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    """The dossier of a level-2 system with every requirement and duty of its level."""
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        return Draft(draft_dossier(workspace, [STAFF.id], today=TODAY)).pdf("02-")


def _answer(requirement: Requirement, result: Result, reason: str = "") -> Answer:
    return Answer(
        system_id=STAFF.id,
        requirement_id=requirement.id,
        checklist_id="danh-muc",
        result=result,
        reason=reason,
    )
