"""The law as shipped: one folder per regime with its questions, criteria, checklists; forms stand in ``templates``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from compliance.adapters.law_file import Record, read_law_file
from compliance.domain.checklist import Checklist
from compliance.domain.regime import Regime
from compliance.domain.regime_check import Misfit, checklist_misfits, misfits
from compliance.domain.wording import date_text
from compliance.errors import DataFault, Fault, NotFound

_REGIME_FILE = "regime.yaml"


def data_root() -> Path:
    """Where ``checklists``, ``templates`` and ``examples`` stand: the installed copy, else the source tree."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "_data"
    return packaged if packaged.is_dir() else package.parent


def load_regimes(root: Path | None = None) -> tuple[Regime, ...]:
    """Every regime there is a folder for, oldest first.

    Args:
        root: where ``checklists`` stands; ``None`` for :func:`data_root`.

    Raises:
        DataFault: listing every fault of every regime file.
    """
    base = root or data_root()
    regimes: list[Regime] = []
    faults: list[Fault] = []
    for path in sorted((base / "checklists").glob(f"*/{_REGIME_FILE}")):
        regime, wrong = _checked(path, base, Regime, misfits)
        faults += wrong
        if regime is not None:
            regimes.append(regime)
            if regime.id != path.parent.name:
                faults.append(Fault(f"id: phải trùng tên thư mục “{path.parent.name}”.", _name(path, base)))
    _refuse(faults)
    return tuple(sorted(regimes, key=lambda regime: (regime.in_force_from, regime.id)))


def regime_on(day: date, regimes: Iterable[Regime]) -> Regime:
    """The regime in force on a day; the newest when two overlap.

    Raises:
        NotFound: none was in force.
    """
    in_force = [
        one for one in regimes if one.in_force_from <= day and (one.in_force_to is None or day <= one.in_force_to)
    ]
    if not in_force:
        raise NotFound(
            f"Chưa có bộ quy định nào có hiệu lực vào ngày {date_text(day)}. "
            f"Hãy kiểm tra lại ngày, hoặc cập nhật chương trình."
        )
    return max(in_force, key=lambda regime: regime.in_force_from)


def load_checklist(regime: Regime, level: int, root: Path | None = None) -> Checklist:
    """The complete list of requirements of one level.

    Raises:
        NotFound: there is no list for this level yet.
        DataFault: the file has faults; all are listed.
    """
    return _checklist(regime, level, f"level-{level}.yaml", "danh mục yêu cầu cơ bản", root)


def load_duties(regime: Regime, level: int, root: Path | None = None) -> Checklist:
    """The duties of the decree that the standard does not cover, in the form of a checklist.

    Raises:
        NotFound: there is no list for this level yet.
        DataFault: the file has faults; all are listed.
    """
    return _checklist(regime, level, f"duties-level-{level}.yaml", "danh mục nghĩa vụ theo nghị định", root)


def check_regime(regime: Regime, root: Path | None = None) -> list[Fault]:
    """What the files around a regime still lack: the forms that levels with a checklist need."""
    base = root or data_root()
    forms = {
        form
        for authority in regime.authority
        if any((base / "checklists" / regime.id / f"level-{level}.yaml").is_file() for level in authority.levels)
        for form in (authority.request_form, authority.dossier_form)
    }
    return [
        Fault("chưa có thư mục mẫu này, dù dòng thẩm quyền nhắc tới.", _name(folder, base))
        for folder in (base / "templates" / regime.id / form for form in sorted(forms))
        if not folder.is_dir()
    ]


def _checklist(regime: Regime, level: int, file_name: str, what: str, root: Path | None) -> Checklist:
    base = root or data_root()
    path = base / "checklists" / regime.id / file_name
    if not path.is_file():
        raise NotFound(f"Chương trình chưa có {what} cho cấp độ {level} theo {regime.short_title}.")
    checklist, faults = _checked(path, base, Checklist, lambda found: checklist_misfits(found, regime, level))
    _refuse(faults)
    if checklist is None:
        raise AssertionError("a file without a record has faults")
    return checklist


def _checked(
    path: Path, base: Path, model: type[Record], fit: Callable[[Record], list[Misfit]]
) -> tuple[Record | None, list[Fault]]:
    name = _name(path, base)
    record, faults = read_law_file(path, name, model)
    wrong = fit(record) if record is not None else []
    return record, [*faults, *(Fault(f"{place}: {sentence}", name) for place, sentence in wrong)]


def _name(path: Path, base: Path) -> str:
    return path.relative_to(base).as_posix()


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise DataFault("Dữ liệu pháp luật kèm theo chương trình có lỗi; hãy sửa các chỗ sau rồi chạy lại.", faults)
