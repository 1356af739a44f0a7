"""Packaging a dossier: every paper printed, numbered and listed, in one folder and one ZIP."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from compliance.adapters.press import Press, Typesetting
from compliance.adapters.print_store import PrintStore
from compliance.adapters.templates import load_layout, page_face
from compliance.adapters.workspace import Workspace
from compliance.services.package_enclosures import Brought, recorded
from compliance.services.package_making import Making, Office, Outcome, PackageReport

PACKAGES = "bo-ho-so"
"""The folder of a workspace in which packages are put when no other place is named."""
STORE = "kho-in"
"""The folder of a workspace in which printed papers are kept for reuse."""

__all__ = ["Brought", "Outcome", "PackageReport", "package_dossier", "package_many"]


def package_dossier(
    workspace: Workspace,
    system_ids: Sequence[str],
    *,
    today: date,
    out: Path | None = None,
    brought: Sequence[Brought] | None = None,
    jobs: int | None = None,
    redacted: bool = False,
) -> PackageReport:
    """Package one dossier.

    Args:
        workspace: where the systems are recorded.
        system_ids: systems of one owner, each once.
        today: the day the law is read; it dates the files.
        out: the folder in which the package's own folder and ZIP are put; ``None`` for ``bo-ho-so`` in the workspace.
        brought: papers the office brings, ``None`` for those recorded; a redacted copy leaves them out and says so.
        jobs: papers printed at a time; ``None`` for as many as the machine bears, 1 for this process alone.
        redacted: a copy with addresses, serials, accounts and diagrams hidden.

    Raises:
        NotFound: a system is not recorded, or the regime has no forms for a package.
        Refused: no dossier may be drafted, something else stands in the place, or it cannot be written.
        BadData: a brought file is no longer what was taken in.
        DataFault: a form or checklist is broken.
    """
    given = None if brought is None else (lambda _: brought)
    (outcome,) = package_many(
        workspace, [system_ids], today=today, out=out, brought=given, jobs=jobs, redacted=redacted
    )
    if outcome.report is None:
        assert outcome.error is not None, "an outcome has one of the two"
        raise outcome.error
    return outcome.report


def package_many(
    workspace: Workspace,
    dossiers: Sequence[Sequence[str]],
    *,
    today: date,
    out: Path | None = None,
    brought: Callable[[Sequence[str]], Sequence[Brought]] | None = None,
    jobs: int | None = None,
    redacted: bool = False,
    tell: Callable[[Outcome], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """Package one dossier after the other, printing one while the next is composed; a failure stops only its own.

    Args:
        workspace: where the systems are recorded.
        dossiers: the systems of each dossier.
        today: as in :func:`package_dossier`, like ``out``, ``jobs`` and ``redacted``.
        out: see ``today``.
        brought: what the office brings to the dossier of these systems; ``None`` for what is recorded.
        jobs: see ``today``.
        redacted: see ``today``.
        tell: hears about each dossier when it is done.
    """
    layout = load_layout()
    typesetting = Typesetting(page_face(layout), layout)
    folder = (out or workspace.path / PACKAGES).expanduser().absolute()
    outcomes: list[Outcome] = []

    def given(ids: Sequence[str]) -> Sequence[Brought]:
        return brought(ids) if brought else recorded(workspace, ids, today)

    def ended(outcome: Outcome) -> None:
        outcomes.append(outcome)
        tell(outcome)

    with Press(PrintStore(workspace.path / STORE), typesetting, jobs) as press:
        office = Office(workspace, press, today, folder, redacted)
        for step in _in_turn([(tuple(dict.fromkeys(ids)), given) for ids in dossiers], office):
            ended(step)
    return tuple(outcomes)


_Order = tuple[tuple[str, ...], Callable[[Sequence[str]], Sequence[Brought]]]


def _in_turn(orders: Sequence[_Order], office: Office) -> Iterator[Outcome]:
    """Three dossiers are under way at most: one composed, one printed, one listed; so memory does not grow."""
    under_way: deque[Making] = deque()
    for ids, brought in orders:
        making = Making(office, ids)
        under_way.append(making)
        making.step(lambda making=making, brought=brought: making.compose(brought))  # type: ignore[misc]
        if len(under_way) > 1:
            under_way[-2].step(under_way[-2].list_files)
        if len(under_way) > 2:  # noqa: PLR2004 - see above
            yield under_way.popleft().finished()
    if under_way:
        under_way[-1].step(under_way[-1].list_files)
    while under_way:
        yield under_way.popleft().finished()
