"""A level-3 package beside the printers alone, after one changed answer, on two cores, and its memory in a batch."""

from __future__ import annotations

import gc
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters import press, rendering
from compliance.adapters.law import data_root, load_checklist, load_duties, load_regimes
from compliance.adapters.print_store import PrintStore
from compliance.adapters.workspace import Workspace, create_workspace, open_workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Frozen
from compliance.domain.regime_status import regime_on
from compliance.domain.system import System
from compliance.services.packages import STORE, package_many
from compliance.services.systems import import_inventory, system

TODAY = date(2026, 11, 22)
MODEL = "mang-noi-bo"
LEVEL = 3
SETTLING = {"service_type": ("public_service",), "settles_procedures": True, "information": ("personal",)}
RESULTS = (Result.COMPLIANT, Result.PARTIALLY_COMPLIANT, Result.NON_COMPLIANT)
STATE = "Đã ban hành quy trình; lần rà soát gần nhất vào tháng 10 năm 2026, có biên bản lưu tại Văn phòng."


def systems(count: int) -> list[str]:
    return [f"he-thong-{at}" for at in range(1, count + 1)]


def office(folder: Path, count: int) -> Workspace:
    """A commune with so many level-3 systems, every requirement answered."""
    workspace = create_workspace(folder / "ho-so")
    import_inventory(workspace, sorted((data_root() / "examples" / "xa-hop-minh").glob("*.csv")), today=TODAY)
    model = system(workspace, MODEL)
    for at, id_ in enumerate(systems(count)):
        _put(workspace, "system", [(id_, _copy(model, id_, at))])
        _put(workspace, "answer", [(f"{id_}/{one.requirement_id}", one) for one in _answers(id_, at)])
    return workspace


def _copy(model: System, id_: str, at: int) -> System:
    facts = {**model.facts, **SETTLING}
    return model.model_copy(update={"id": id_, "name": f"Hệ thống một cửa số {at + 1}", "facts": facts})


def _answers(id_: str, at: int) -> Iterator[Answer]:
    regime = regime_on(TODAY, load_regimes())
    for one in (load_checklist(regime, LEVEL), load_duties(regime, LEVEL)):
        for number, each in enumerate(one.requirements):
            yield Answer(
                system_id=id_,
                requirement_id=each.id,
                checklist_id=one.id,
                result=RESULTS[(number + at) % 3],
                present_state=f"{STATE} (số {at + 1})",
                measure="Rà soát hằng quý, ghi sổ",
            )


def _put(workspace: Workspace, kind: str, records: Sequence[tuple[str, Frozen]]) -> None:
    with workspace.act("Đo") as act:
        for id_, record in records:
            head = act.head(kind, id_)
            act.put(kind, id_, record.model_dump_json(exclude_defaults=True), head.version if head else 0)


def packaged(workspace: Workspace, ids: Sequence[str], jobs: int, *, fresh: bool = True) -> float:
    if fresh:
        shutil.rmtree(workspace.path / STORE, ignore_errors=True)
    begun = time.perf_counter()
    outcomes = package_many(workspace, [[one] for one in ids], today=TODAY, jobs=jobs)
    spent = time.perf_counter() - begun
    assert all(one.report for one in outcomes), [one.error for one in outcomes]
    return spent


@contextmanager
def _watched(seen: list[tuple[press.Paper, press.Typesetting]]) -> Iterator[None]:
    printer: Any = press._print

    def kept(store: PrintStore, key: str, paper: press.Paper, set_in: press.Typesetting) -> None:
        seen.append((paper, set_in))
        printer(store, key, paper, set_in)

    press._print = kept
    try:
        yield
    finally:
        press._print = printer


def _alone(papers: Sequence[tuple[press.Paper, press.Typesetting]]) -> float:
    """WeasyPrint and the Word writer on the same HTML, with nothing around them."""
    import weasyprint  # noqa: PLC0415 - loaded when ours loads it too

    from compliance.adapters.word_twin import twin_bytes  # noqa: PLC0415

    begun = time.perf_counter()
    for paper, setting in papers:
        if paper.kind == press.WORD:
            twin_bytes(paper.html, layout=setting.layout, face=setting.face.name, properties=paper.properties)
        else:
            weasyprint.HTML(string=paper.html).write_pdf(pdf_variant=rendering.VARIANT, pdf_tags=True)
    return time.perf_counter() - begun


def _changed(workspace: Workspace, at: int) -> None:
    regime = regime_on(TODAY, load_regimes())
    one = load_checklist(regime, LEVEL).requirements[at]
    id_ = systems(1)[0]
    answer = next(each for each in _answers(id_, 0) if each.requirement_id == one.id)
    changed = answer.model_copy(
        update={"result": Result.COMPLIANT, "present_state": f"Đã làm xong đợt {time.time_ns()}"}
    )
    _put(workspace, "answer", [(f"{id_}/{one.id}", changed)])


def _peak(folder: Path, count: int) -> int:
    """Kilobytes of memory a process of its own, and its workers, took at most for a batch."""
    command = [sys.executable, "-m", "bench.packaging", str(folder), str(count)]
    return int(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def _in_own_process(folder: Path, count: int) -> None:
    with open_workspace(folder) as workspace:
        packaged(workspace, systems(count), jobs=2)
    own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(own + workers)


def measure(rounds: int = 3, batch: int = 4, *, memory: bool = True) -> list[tuple[str, str]]:
    """The quickest of each over the rounds, taken in turns: what else the machine does only adds."""
    found: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as name, office(Path(name), 3 * batch) as workspace:
        papers: list[tuple[press.Paper, press.Typesetting]] = []
        with _watched(papers):
            packaged(workspace, systems(1), jobs=1)
        _alone(papers[:4])
        pairs, again = [], []
        for turn in range(rounds):
            pairs.append((packaged(workspace, systems(1), jobs=1), _alone(papers)))
            _changed(workspace, 3 + 40 * turn)
            again.append(packaged(workspace, systems(1), jobs=1, fresh=False))
            gc.collect()
        first, alone = min(a for a, _ in pairs), min(b for _, b in pairs)
        found.append(
            ("level-3 package (PDF, DOCX, ZIP) / WeasyPrint and the Word writer alone", f"{first / alone:.2f}")
        )
        found.append(("package again after one changed answer / the first", f"{min(again) / first:.2f}"))
        print(f"   first {first:.2f} s, alone {alone:.2f} s, again {min(again):.2f} s", file=sys.stderr)
        cores = [
            (packaged(workspace, systems(batch), jobs=1), packaged(workspace, systems(batch), jobs=2)) for _ in range(2)
        ]
        one, two = min(a for a, _ in cores), min(b for _, b in cores)
        found.append((f"batch of {batch} packages: one core / two cores ({os.cpu_count()} here)", f"{one / two:.2f}"))
        print(f"   batch: {one:.1f} s, {two:.1f} s", file=sys.stderr)
        if not memory:
            return found
        small, large = _peak(workspace.path, batch), _peak(workspace.path, 3 * batch)
        found.append((f"memory of a batch of {3 * batch} / of {batch}", f"{large / small:.2f}"))
        print(f"   memory: {small // 1024} MB, {large // 1024} MB", file=sys.stderr)
    return found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _in_own_process(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        for what, ratio in measure():
            print(f"{ratio:>8}  {what}", flush=True)
