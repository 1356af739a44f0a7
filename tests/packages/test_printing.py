"""Printing many papers: each once, side by side with the same result, whatever the store has become."""

from __future__ import annotations

import os
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from compliance.adapters import press as module
from compliance.adapters.files import unfinished_sibling
from compliance.adapters.press import Ordered, Paper, Press, Typesetting
from compliance.adapters.print_store import PrintStore
from compliance.adapters.rendering import Properties
from compliance.adapters.templates import load_layout, page_face
from compliance.adapters.workspace import Workspace
from compliance.errors import BadData, DataFault, Fault, Refused
from compliance.services.packages import package_dossier
from tests.documents.office import NOTICES, ONE_STOP, TODAY, put_answers
from tests.packages.conftest import Package, said

LAYOUT = load_layout()
TYPESETTING = Typesetting(page_face(LAYOUT), LAYOUT)


def paper(text: str, **options: object) -> Paper:
    html = f"<html><head><style>{TYPESETTING.face.css}</style></head><body><p>{text}</p></body></html>"
    return Paper(html, Properties(text, "Xã mẫu", "Thử", (), TODAY), **options)  # type: ignore[arg-type]


def printed(store: PrintStore, papers: list[Paper], workers: int = 1) -> tuple[list[bytes], int]:
    """The papers, and how many were in the store already."""
    with Press(store, TYPESETTING, workers) as press:
        ordered = press.order(papers)
        press.wait(ordered)
        return [press.read(ordered, at).data for at in range(len(papers))], len(ordered.reused)


def test_a_paper_printed_before_is_taken_from_the_store(tmp_path: Path) -> None:
    store = PrintStore(tmp_path / "kho")
    first = printed(store, [paper("một"), paper("hai")])
    again = printed(store, [paper("một"), paper("ba")])
    assert (first[1], again[1]) == (0, 1)
    assert first[0][0] == again[0][0]


def test_a_paper_is_printed_once_however_often_it_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printing, seen = module._print, list[str]()

    def counted(store: PrintStore, key: str, *rest: Any) -> None:
        seen.append(key)
        printing(store, key, *rest)

    monkeypatch.setattr(module, "_print", counted)
    with Press(PrintStore(tmp_path / "kho"), TYPESETTING, 1) as press:
        ordered = press.order([paper("một"), paper("hai")])
        press.wait(ordered)
        press.wait(ordered)
    assert len(seen) == 2


def test_a_paper_that_says_the_same_tomorrow_is_yesterdays_paper(tmp_path: Path) -> None:
    store, one = PrintStore(tmp_path / "kho"), paper("một")
    first, _ = printed(store, [one])
    tomorrow = replace(one, properties=replace(one.properties, day=TODAY + timedelta(1)))
    assert printed(store, [tomorrow]) == (first, 1)


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"\xff" * 20])
def test_a_damaged_entry_is_printed_again(tmp_path: Path, damage: bytes) -> None:
    store = PrintStore(tmp_path / "kho")
    good, _ = printed(store, [paper("một")])
    (entry,) = (tmp_path / "kho").iterdir()
    entry.write_bytes(damage or entry.read_bytes()[:-1])
    assert printed(store, [paper("một")]) == (good, 0)


def test_an_entry_of_another_paper_is_not_taken_for_this_one(tmp_path: Path) -> None:
    store = PrintStore(tmp_path / "kho")
    (one, two), _ = printed(store, [paper("một"), paper("hai")])
    first, second = sorted((tmp_path / "kho").iterdir())
    second.write_bytes(first.read_bytes())
    assert printed(store, [paper("một"), paper("hai")])[0] == [one, two]


def test_the_store_is_private_and_lets_go_of_what_was_used_longest_ago(tmp_path: Path) -> None:
    store = PrintStore(tmp_path / "kho", limit=1)
    store.put("a", b"x" * 10, 1, ())
    assert (tmp_path / "kho").stat().st_mode & 0o077 == 0
    assert (tmp_path / "kho/a.in").stat().st_mode & 0o077 == 0
    store = PrintStore(tmp_path / "kho", limit=400)
    for at, key in enumerate("bcd"):
        store.put(key, b"x" * 100, 1, ())
        os.utime(tmp_path / f"kho/{key}.in", (at, at))
    os.utime(tmp_path / "kho/a.in", (9, 9))
    store.prune()
    assert store.read("a") is not None
    assert store.read("b") is None


def test_what_a_killed_program_left_half_written_is_cleared_away_but_not_what_another_is_writing(
    tmp_path: Path,
) -> None:
    store = PrintStore(tmp_path)
    left, writing = unfinished_sibling(tmp_path / "a.in"), unfinished_sibling(tmp_path / "b.in")
    for path in (left, writing):
        path.write_bytes(b"nua chung")
    os.utime(left, (9, 9))
    store.prune()
    assert list(tmp_path.iterdir()) == [writing]


def test_workers_give_the_bytes_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORTH_A_WORKER", 0)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    papers = [paper("một"), paper("hai"), paper("ba", kind=module.WORD)]
    alone, _ = printed(PrintStore(tmp_path / "a"), papers)
    together, _ = printed(PrintStore(tmp_path / "b"), papers, workers=2)
    assert alone == together
    assert os.environ["SOURCE_DATE_EPOCH"] == "1"


def test_a_failure_in_a_worker_comes_back_whole(tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool, pytest.raises(BadData) as caught:
        pool.submit(_fail).result()
    assert str(caught.value) == "Biểu mẫu bị lỗi."
    assert caught.value.faults == (Fault("sai cú pháp.", file="document.html", row=3),)


@pytest.mark.parametrize("at_work", [True, False])
def test_after_a_worker_was_stopped_the_next_papers_are_printed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_work: bool
) -> None:
    monkeypatch.setattr(module, "_WORTH_A_WORKER", 0)
    with Press(PrintStore(tmp_path / "kho"), TYPESETTING, 2) as press:
        first = press.order([paper("một"), paper("hai")])
        press.wait(first)
        assert press._pool is not None
        with pytest.raises(BrokenProcessPool):
            press._pool.submit(os._exit, 1).result()
        if at_work:
            lost = Ordered((paper("ba"),), ("0" * 64,), frozenset(), {"0" * 64: (paper("ba"), _broken())})
            with pytest.raises(Refused, match="--jobs 1"):
                press.wait(lost)
        second = press.order([paper("bốn"), paper("năm")])
        press.wait(second)
        assert press.read(second, 1).pages == 1


def _broken() -> Future[None]:
    lost: Future[None] = Future()
    lost.set_exception(BrokenProcessPool())
    return lost


def _fail() -> None:
    raise DataFault("Biểu mẫu bị lỗi.", [Fault("sai cú pháp.", file="document.html", row=3)])


def test_one_changed_answer_prints_one_annex_the_list_the_letter_and_the_summary(
    third: tuple[Workspace, Package], tmp_path: Path
) -> None:
    workspace, before = third
    printed_files = [one for one in before.report.files if one.kind == "printed"]
    assert len(printed_files) > 12
    put_answers(workspace, said("5.1.2.1-a", "Đã có thiết kế được phê duyệt", ONE_STOP.id))
    after = package_dossier(workspace, [ONE_STOP.id], today=TODAY, out=tmp_path, jobs=1)
    fresh = {one.path for one in after.files if one.path not in after.reused and one.kind != "brought"}
    papers = {name for name in fresh if "/" not in name}
    annexes = {name for name in papers if name.startswith("05.")}
    assert len(annexes) == 1
    assert papers - annexes == {
        "00-muc-luc.pdf",
        "01-de-nghi-mot-cua.pdf",
        "05-phuong-an-bao-dam-an-ninh-mang.pdf",
    }
    twins = {Path(name).stem for name in fresh if "/" in name}
    assert twins <= {Path(name).stem for name in papers}


def test_nothing_is_printed_for_a_package_nobody_changed(office: Workspace) -> None:
    first = package_dossier(office, [NOTICES.id], today=TODAY, brought=[], jobs=1)
    again = package_dossier(office, [NOTICES.id], today=TODAY, brought=[], jobs=1)
    assert again.reused == {one.path for one in first.files}
