"""The demonstration: every example commune taken from its inventory to drafted dossiers.

Each commune gets a folder of its own with a workspace and the papers. A folder made by an earlier demonstration is
built anew, but only while every file in it is still the one the demonstration wrote.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from compliance.adapters.files import write_whole
from compliance.adapters.law import data_root
from compliance.adapters.places import refuse_shared_git
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.asking import open_questions
from compliance.domain.organization import Unit
from compliance.domain.question import Question
from compliance.domain.system import DiagramKind, Ownership
from compliance.errors import Refused
from compliance.services import organizations, systems
from compliance.services.classifications import ClassifiedSystem, classify_all
from compliance.services.demo_calendar import calendar
from compliance.services.demo_checks import check
from compliance.services.dossier_checks import dossier_check
from compliance.services.dossier_papers import DraftFile
from compliance.services.dossiers import DraftReport, draft_dossier, may_draft
from compliance.services.packages import PackageReport, package_dossier
from compliance.services.preflight import Preflight

EXAMPLES = "examples"
MARK = "ban-mau.json"
"""The file that tells a folder made by the demonstration, with the digest of every file it wrote."""

RECORDS = "ho-so"
PAPERS = "van-ban"
CHECKED = "kiem-tra"
PACKAGE = "bo-ho-so"
CALENDAR = "lich"
_RECORDED_BY = "Bản mẫu"
_INVENTORY = ("*.xlsx", "*.csv")
_DIAGRAMS: Mapping[str, DiagramKind] = {
    "so-do/*.lo-gic.svg": DiagramKind.LOGICAL,
    "so-do/*.vat-ly.svg": DiagramKind.PHYSICAL,
}
_LISTED = 5
"""How many files a refusal names."""


@dataclass(frozen=True)
class DemoDossier:
    """One drafted dossier: the systems it covers and what drafting reported."""

    system_ids: tuple[str, ...]
    report: DraftReport


@dataclass(frozen=True)
class DemoSystem:
    """One line of the summary: a system, whose it is, its level and what comes next.

    ``asking``: the questions that would settle the level and can be asked now.
    """

    classified: ClassifiedSystem
    owner: str
    dossiers: tuple[DemoDossier, ...]
    asking: tuple[Question, ...]
    next_step: str


@dataclass(frozen=True)
class DemoCommune:
    """One commune: its workspace, its systems (its own first), the dossiers drafted and the papers of one check.

    ``package`` is the dossier of the best described system as it would be submitted, ``preflight`` what still stands
    against sending it; ``calendar`` the leader's page and the wall calendar of next year.
    """

    name: str
    workspace: Path
    systems: tuple[DemoSystem, ...]
    dossiers: tuple[DemoDossier, ...]
    checked: tuple[DraftFile, ...] = ()
    package: PackageReport | None = None
    preflight: Preflight | None = None
    calendar: tuple[DraftFile, ...] = ()


def default_out(home: Path) -> Path:
    """Where the demonstration is built when nobody says: in the home folder, never inside a clone."""
    return home / "ho-so-mau"


def build_demo(
    out: Path, *, today: date, examples: Path | None = None, tell: Callable[[str], None] = lambda _: None
) -> tuple[DemoCommune, ...]:
    """Build every example commune under ``out``.

    Args:
        out: the folder to build in; it may exist and hold other things.
        today: the day the acts are reckoned by.
        examples: where the example inventories stand; ``None`` for those that come with the program.
        tell: hears about each step of the long work.

    Raises:
        Refused: a commune's folder holds files the demonstration did not write, or that somebody changed since.
        WorkspaceRefused: the place is shared or not writable.
        BadData: an example inventory has faults.
    """
    sources = sorted(path for path in (examples or data_root() / EXAMPLES).iterdir() if path.is_dir())
    places = {source: out.expanduser().resolve() / source.name for source in sources}
    refuse_shared_git(out.expanduser().resolve())
    for place in places.values():  # look at every folder before anything is taken away from one
        _written_earlier(place)
    return tuple(_commune(source, place, today, tell) for source, place in places.items())


def _commune(source: Path, place: Path, today: date, tell: Callable[[str], None]) -> DemoCommune:
    _clear(place)
    try:
        return _built(source, place, today, tell)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)  # it was empty: everything in it is half-made and ours
        raise


def _built(source: Path, place: Path, today: date, tell: Callable[[str], None]) -> DemoCommune:
    with create_workspace(place / RECORDS, by=_RECORDED_BY) as workspace:
        tell(f"{source.name}: nhập danh mục hệ thống…")
        systems.import_inventory(workspace, _inventory_files(source), today=today)
        for path, kind in _diagram_files(source):
            systems.set_diagram(workspace, path.name.partition(".")[0], kind, path)
        results = sorted(classify_all(workspace, today), key=_shown_order)
        units = organizations.units(workspace)
        tell(f"{source.name}: soạn hồ sơ…")
        dossiers = tuple(
            DemoDossier(ids, draft_dossier(workspace, ids, today=today, out=place / PAPERS / name))
            for name, ids in _dossiers_to_draft(workspace, results)
        )
        checked = _checked(workspace, dossiers, today, place, tell)
        package, preflight = _packaged(workspace, dossiers, today, place, tell)
        calendars = _calendars(workspace, _owner_of(results) if dossiers else "", today, place, tell)
        path = workspace.path
    _leave_mark(place)
    return DemoCommune(
        name=_name_of(results, units, source.name),
        workspace=path,
        systems=tuple(_line(result, units, dossiers) for result in results),
        dossiers=dossiers,
        checked=checked,
        package=package,
        preflight=preflight,
        calendar=calendars,
    )


def _packaged(
    workspace: Workspace, dossiers: Sequence[DemoDossier], today: date, place: Path, tell: Callable[[str], None]
) -> tuple[PackageReport | None, Preflight | None]:
    """The package of the system best described, and what would make it come back."""
    if not dossiers:
        return None, None
    best = dossiers[-1].system_ids[0]
    tell(f"{place.name}: lập bộ hồ sơ, soát trước khi gửi…")
    return package_dossier(workspace, [best], today=today, out=place / PACKAGE), dossier_check(workspace, best, today)


def _calendars(
    workspace: Workspace, owner: str, today: date, place: Path, tell: Callable[[str], None]
) -> tuple[DraftFile, ...]:
    """The leader's page and the calendars of the owner of the commune's systems; where it owns none there are none."""
    if not owner:
        return ()
    tell(f"{place.name}: trang lãnh đạo, lịch treo tường…")
    return calendar(workspace, owner, today, place / CALENDAR)


def _checked(
    workspace: Workspace, dossiers: Sequence[DemoDossier], today: date, place: Path, tell: Callable[[str], None]
) -> tuple[DraftFile, ...]:
    """The papers of a check of the system best described; without a dossier there is none."""
    if not dossiers:
        return ()
    tell(f"{place.name}: kiểm tra mẫu…")
    return check(workspace, dossiers[-1].system_ids[0], today=today, out=place / CHECKED)


def _name_of(results: Sequence[ClassifiedSystem], units: Mapping[str, Unit], otherwise: str) -> str:
    """The body whose inventory it is: the owner of its own systems."""
    owner = _owner_of(results)
    return units[owner].name if owner else otherwise


def _owner_of(results: Sequence[ClassifiedSystem]) -> str:
    return next((one.system.owner_id for one in results if one.system.ownership is Ownership.OWNED), "")


def _inventory_files(source: Path) -> list[Path]:
    return sorted(path for pattern in _INVENTORY for path in source.glob(pattern))


def _diagram_files(source: Path) -> Iterator[tuple[Path, DiagramKind]]:
    for pattern, kind in _DIAGRAMS.items():
        for path in sorted(source.glob(pattern)):
            yield path, kind


def _shown_order(result: ClassifiedSystem) -> tuple[int, bool, str]:
    """The commune's own systems first, among them those whose level is decided."""
    return list(Ownership).index(result.system.ownership), not result.classification.decided, result.system.id


def _dossiers_to_draft(
    workspace: Workspace, results: Sequence[ClassifiedSystem]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """One dossier per owner for all its systems whose level is decided, then one for the single best described."""
    ready = [result.system for result in results if may_draft(workspace, result)]
    for owner_id in dict.fromkeys(system.owner_id for system in ready):
        mine = [system for system in ready if system.owner_id == owner_id]
        yield owner_id, tuple(system.id for system in mine)
        if len(mine) > 1:
            single = max(mine, key=lambda system: (len(system.diagrams), len(system.devices)))
            yield single.id, (single.id,)


def _line(result: ClassifiedSystem, units: Mapping[str, Unit], dossiers: Sequence[DemoDossier]) -> DemoSystem:
    owner = units[result.system.owner_id].name
    covering = tuple(one for one in dossiers if result.system.id in one.system_ids)
    asking = _asking(result)
    return DemoSystem(result, owner, covering, asking, _next_step(result, units, owner, asking, bool(covering)))


def _asking(result: ClassifiedSystem) -> tuple[Question, ...]:
    """The open questions that hang on no other answer."""
    facts = result.system.facts
    waiting = open_questions(result.regime, facts)
    return tuple(one for one in waiting if one.ask_when is None or one.ask_when.truth(facts))


def _next_step(
    result: ClassifiedSystem, units: Mapping[str, Unit], owner: str, asking: Sequence[Question], drafted: bool
) -> str:
    system, found = result.system, result.classification
    if system.ownership is Ownership.USED:
        return f"Xin {owner} số, ngày quyết định phê duyệt cấp độ; làm phần việc tại xã. Xã không lập hồ sơ."
    if asking:
        return " ".join(f"Còn phải hỏi: {question.label} Nơi trả lời: {question.ask_whom}." for question in asking)
    if found.level is None:
        return "Không tiêu chí nào khớp: phân tích mức tổn hại, hỏi cơ quan thẩm định."
    if drafted:
        unit = units.get(system.security_unit_id or "")
        addressee = unit.name if unit else "đơn vị chuyên trách về an ninh mạng"
        return f"Thay giá trị ví dụ, điền mục còn thiếu rồi gửi {addressee} thẩm định."
    authority = result.regime.authority_for(found.level)
    appraiser = f" Cơ quan thẩm định: {authority.appraises}." if authority else ""
    return f"Chương trình chưa soạn hồ sơ cấp độ {found.level}.{appraiser}"


# --- the folder of a commune: built anew only while nobody worked in it


def _leave_mark(place: Path) -> None:
    mark = {"files": {name: _digest(place / name) for name in _files_in(place)}}
    write_whole(place / MARK, (json.dumps(mark, ensure_ascii=False, indent=1) + "\n").encode())


def _clear(place: Path) -> None:
    """Take away what an earlier demonstration wrote here, and nothing else."""
    for name in _written_earlier(place):
        (place / name).unlink()
    if place.is_dir():
        for folder in sorted(place.rglob("*"), reverse=True):  # only empty folders are left, inner ones first
            folder.rmdir()


def _written_earlier(place: Path) -> list[str]:
    """The files an earlier demonstration wrote, the mark last.

    Raises:
        Refused: there are other files, or changed ones.
    """
    if not place.exists():
        return []
    if not place.is_dir():
        raise Refused(f"{place} là một tệp. Hãy chọn thư mục khác bằng --out.")
    written = _read_mark(place / MARK)
    found = _files_in(place)
    foreign = [name for name in found if name not in written or _digest(place / name) != written[name]]
    if foreign:
        more = f" và {len(foreign) - _LISTED} tệp khác" if len(foreign) > _LISTED else ""
        raise Refused(
            f"{place} có tệp không phải của bản mẫu hoặc đã được sửa nên không dựng lại: "
            f"{', '.join(foreign[:_LISTED])}{more}. Hãy chọn thư mục khác bằng --out, hoặc tự chuyển các tệp này đi."
        )
    return [*found, *([MARK] if (place / MARK).is_file() else [])]


def _read_mark(path: Path) -> Mapping[str, str]:
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _files_in(place: Path) -> list[str]:
    found = (path for path in sorted(place.rglob("*")) if path.is_symlink() or not path.is_dir())
    names = (path.relative_to(place).as_posix() for path in found)
    return [name for name in names if name != MARK]


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
