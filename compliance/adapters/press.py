"""Printing many papers: each once, those not printed before side by side in processes of their own.

What a worker makes it leaves in the store and names by its key; bytes never travel between processes.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from compliance import __version__
from compliance.adapters import rendering
from compliance.adapters.faces import Face
from compliance.adapters.print_store import Printed, PrintStore
from compliance.adapters.rendering import NATIVE_PACKAGES, Attached, Properties, render
from compliance.adapters.templates import Layout
from compliance.errors import Refused

PDF, WORD = "pdf", "docx"
MOST_WORKERS = 4
_WORTH_A_WORKER = 250_000
"""Characters of HTML that pay for starting a worker; one draws about 150 000 a second and starts in one."""
_LIBRARIES = (
    "weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "fonttools",
    "python-docx", "lxml", "pypdfium2", "pillow",
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One paper to print: ``kind`` is :data:`PDF` or :data:`WORD`; ``footer`` is for Word only."""

    html: str
    properties: Properties
    kind: str = PDF
    attachments: tuple[Attached, ...] = ()
    footer: str = ""


@dataclass(frozen=True)
class Typesetting:
    """What all papers are set in."""

    face: Face
    layout: Layout


@dataclass(frozen=True)
class Ordered:
    """Papers handed to the press; ``reused`` are those that were in the store already."""

    papers: tuple[Paper, ...]
    keys: tuple[str, ...]
    reused: frozenset[str]
    printing: Mapping[str, tuple[Paper, Future[None] | None]]


class Press:
    """Prints papers, up to ``workers`` at a time; one worker means in this process.

    Workers start with the first order that is worth them and stay until the press is closed.
    """

    def __init__(self, store: PrintStore, typesetting: Typesetting, workers: int | None = None) -> None:
        self.store, self.typesetting = store, typesetting
        self.workers = usable_workers() if workers is None else max(1, workers)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self.store.prune()

    def order(self, papers: Sequence[Paper]) -> Ordered:
        """Hand papers in; those the store lacks begin to be printed."""
        keys = tuple(key_of(paper, self.typesetting) for paper in papers)
        known = dict(zip(keys, papers, strict=True))
        reused = frozenset(key for key in known if self.store.read(key) is not None)
        fresh = {key: paper for key, paper in known.items() if key not in reused}
        self._start(fresh)
        # the longest first: none is left to a single worker at the end
        longest = sorted(fresh, key=lambda key: -len(fresh[key].html))
        printing = {key: (fresh[key], self._handed(key, fresh[key])) for key in longest}
        return Ordered(tuple(papers), keys, reused, printing)

    def wait(self, ordered: Ordered) -> None:
        """Return when every paper of an order is printed.

        Raises:
            Refused: this machine cannot make PDF files, a worker was stopped, or the store cannot be written.
            DataFault: a paper cannot be turned into a Word file.
        """
        for key, (paper, future) in ordered.printing.items():
            try:
                if future is not None:
                    future.result()
                elif self.store.read(key) is None:  # an order may be waited for more than once
                    _print(self.store, key, paper, self.typesetting)
            except BrokenProcessPool:
                self._pool, self.workers = None, 1  # what is ordered next is printed in this process
                raise Refused(
                    "Một tiến trình in bị máy dừng giữa chừng, có thể vì thiếu bộ nhớ. Hãy đóng bớt chương trình khác "
                    "rồi chạy lại với --jobs 1."
                ) from None
            except OSError as error:
                raise Refused(
                    f"Không ghi được vào kho bản in {self.store.folder}: {error.strerror or error}."
                ) from error

    def read(self, ordered: Ordered, at: int) -> Printed:
        """The paper at a place of an order that has been waited for; printed again where the store lost it meanwhile.

        Raises:
            Refused: the store does not keep what is put into it.
        """
        key = ordered.keys[at]
        found = self.store.read(key)
        if found is None:
            _print(self.store, key, ordered.papers[at], self.typesetting)
            found = self.store.read(key)
        if found is None:
            raise Refused(f"Kho bản in {self.store.folder} bị thay đổi trong khi đang in. Hãy chạy lại.")
        return found

    def _start(self, fresh: Mapping[str, Paper]) -> None:
        weight = sum(len(paper.html) for paper in fresh.values())
        if self._pool is None and self.workers > 1 and len(fresh) > 1 and weight > _WORTH_A_WORKER:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_end_with_parent)

    def _handed(self, key: str, paper: Paper) -> Future[None] | None:
        if self._pool is None:
            return None
        try:
            return self._pool.submit(_print, self.store, key, paper, self.typesetting)
        except BrokenProcessPool:  # a worker was stopped between two orders
            self._pool, self.workers = None, 1
            return None


def usable_workers() -> int:
    """How many papers may be printed at a time on this machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MOST_WORKERS, cores))


def key_of(paper: Paper, set_in: Typesetting) -> str:
    """The SHA-256 of everything a paper says and of what prints it.

    The day in its properties is no part: a paper that says the same tomorrow is yesterday's paper, to the byte.
    """
    digest = sha256(_program().encode())
    properties = asdict(paper.properties)
    del properties["day"]
    settings = {
        "kind": paper.kind,
        "properties": properties,
        "footer": paper.footer,
        "face": set_in.face.name,
        "fonts": {style: _content(path, path.stat().st_mtime_ns) for style, path in set_in.face.files.items()},
        "layout": set_in.layout.model_dump(mode="json"),
        "attached": [
            (one.name, one.description, one.relationship, sha256(one.data).hexdigest()) for one in paper.attachments
        ],
    }
    digest.update(json.dumps(settings, ensure_ascii=False, sort_keys=True, default=str).encode())
    digest.update(paper.html.encode())
    return digest.hexdigest()


@cache
def _program() -> str:
    """What prints: this program, its own printing modules to the letter, and the libraries."""
    folder = Path(rendering.__file__).parent
    files = [Path(rendering.__file__), folder / "faces.py", *sorted(folder.glob("word_*.py"))]
    return "\n".join(
        (__version__, *(_content(path, 0) for path in files), *(f"{one} {version(one)}" for one in _LIBRARIES))
    )


@cache
def _content(path: Path, changed: int) -> str:  # noqa: ARG001 - a file that changed is another file
    return sha256(path.read_bytes()).hexdigest()


def _print(store: PrintStore, key: str, paper: Paper, set_in: Typesetting) -> None:
    """Print one paper into the store; runs in a worker or in this process."""
    with TemporaryDirectory(prefix="in-") as room:
        out = Path(room) / f"van-ban.{paper.kind}"
        if paper.kind == WORD:
            _write_word(paper, out, set_in)
            pages, remarks = 0, tuple[str, ...]()
        else:
            made = render(paper.html, out, face=set_in.face, properties=paper.properties, attachments=paper.attachments)
            if made.path != out:
                raise Refused(
                    "Máy này thiếu thư viện để tạo PDF nên chưa lập được bộ hồ sơ. Hãy cài các gói "
                    f"{NATIVE_PACKAGES} (Debian, Ubuntu), hoặc soạn bản HTML bằng: compliance dossiers draft"
                )
            pages, remarks = made.pages, made.remarks
        store.put(key, out.read_bytes(), pages, remarks)


def _write_word(paper: Paper, out: Path, set_in: Typesetting) -> None:
    from compliance.adapters.word_twin import write_twin  # noqa: PLC0415 - slow to load

    write_twin(
        paper.html,
        out,
        layout=set_in.layout,
        face=set_in.layout.wanted_faces[0].name,  # whoever edits a twin has the face the decree asks for
        properties=paper.properties,
        footer=paper.footer,
    )


def _end_with_parent() -> None:
    """A worker whose program was killed ends too, instead of waiting for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
