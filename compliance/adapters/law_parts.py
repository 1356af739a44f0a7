"""Putting a regime together from its files: shared questions, the register of instruments, the open points.

A question two regimes ask is written once, in the regime that defines it; the other names it (``same_as``) and gives
its own citation. Instruments are named by their code in the register.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compliance.adapters.law_file import named, read_document
from compliance.domain.wording import nearest
from compliance.errors import Fault

REGIME = "regime.yaml"
ZONES = "grey-zones.yaml"
INSTRUMENTS = "instruments.yaml"
_SAME = "same_as"


def regime_files(base: Path) -> list[Path]:
    """The main file of every regime folder."""
    return sorted((base / "checklists").glob(f"*/{REGIME}"))


@dataclass(frozen=True)
class Composition:
    """A regime's document, the faults met on the way, and which file a part of it comes from."""

    raw: dict[str, Any] | None
    faults: tuple[Fault, ...]
    name: str
    elsewhere: Mapping[str, str]

    def file_of(self, place: str) -> str:
        """The file a dotted path stands in."""
        best = max((start for start in self.elsewhere if _under(place, start)), key=len, default=None)
        return self.elsewhere[best] if best else self.name


def names_questions_of_others(path: Path) -> bool:
    """Whether a regime takes questions from others, so that it changes when they do."""
    try:
        return _SAME.encode() in path.read_bytes()
    except OSError:
        return False


def composed(path: Path, base: Path) -> Composition:
    """The regime in ``path`` with everything it takes from other files of ``base``."""
    name = named(path, base)
    main = read_document(path, name)
    if main.raw is None:
        return Composition(None, main.faults, name, {})
    raw, faults, elsewhere = dict(main.raw), list(main.faults), dict[str, str]()
    for take in (_take_zones, _take_questions, _take_instruments):
        take(raw, path, base, faults, elsewhere)
    return Composition(raw, tuple(faults), name, elsewhere)


def _take_zones(raw: dict[str, Any], path: Path, base: Path, faults: list[Fault], elsewhere: dict[str, str]) -> None:
    file = path.with_name(ZONES)
    if not file.is_file():
        return
    name = named(file, base)
    document = read_document(file, name)
    faults += document.faults
    if "grey_zones" in raw:
        faults.append(Fault(f"grey_zones: đã có tệp riêng “{ZONES}”; chỉ giữ một nơi.", named(path, base)))
    if document.raw is not None:
        extra = sorted(map(str, set(document.raw) - {"grey_zones"}))
        faults += [Fault(f"{key}: mục này không có trong cấu trúc; hãy kiểm tra lại tên.", name) for key in extra]
        raw["grey_zones"] = document.raw.get("grey_zones")
    elsewhere["grey_zones"] = name


def _take_questions(
    raw: dict[str, Any], path: Path, base: Path, faults: list[Fault], elsewhere: dict[str, str]
) -> None:
    """Fill in every question another regime defines; its faults are told where it is defined."""
    questions = raw.get("questions")
    if not isinstance(questions, list):
        return
    shared = _shared_questions(path, base) if any(_names_another(one) for one in questions) else {}
    filled = []
    for question in questions:
        if not _names_another(question):
            filled.append(question)
            continue
        wanted = str(question[_SAME])
        if wanted not in shared:
            near = nearest(wanted, shared)
            hint = f"gần nhất là “{near}”." if near else "hãy ghi đủ câu hỏi."
            faults.append(Fault(f"questions.{wanted}: không bộ quy định nào hỏi câu này; {hint}", named(path, base)))
            continue
        own = {key: value for key, value in question.items() if key != _SAME}
        definition, file = shared[wanted]
        filled.append({**definition, **own})
        elsewhere[f"questions.{wanted}"] = file
    raw["questions"] = filled


def _names_another(question: object) -> bool:
    return isinstance(question, dict) and _SAME in question


def _shared_questions(path: Path, base: Path) -> dict[str, tuple[dict[str, Any], str]]:
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for other in regime_files(base):
        document = read_document(other, named(other, base))
        questions = document.raw.get("questions") if other != path and document.raw else None
        for question in questions if isinstance(questions, list) else ():
            if isinstance(question, dict) and isinstance(question.get("id"), str):
                found[question["id"]] = (question, named(other, base))
    return found


def _take_instruments(
    raw: dict[str, Any], path: Path, base: Path, faults: list[Fault], elsewhere: dict[str, str]
) -> None:
    codes = raw.get("instruments")
    if not isinstance(codes, list):
        return
    name = f"checklists/{INSTRUMENTS}"
    register = read_document(base / name, name)
    if register.raw is None:
        faults += register.faults
        raw["instruments"] = []
        return
    rows = register.raw.get("instruments")
    known = {str(row.get("code")): row for row in rows if isinstance(row, dict)} if isinstance(rows, list) else {}
    unknown = [code for code in codes if not isinstance(code, str) or code not in known]
    for code in unknown:
        near = nearest(str(code), known)
        hint = f" Gần nhất là “{near}”." if near else ""
        faults.append(Fault(f"instruments: sổ văn bản không có mã “{code}”.{hint}", named(path, base)))
    raw["instruments"] = [known[code] for code in codes if code not in unknown]
    elsewhere["instruments"] = name


def _under(place: str, start: str) -> bool:
    return place == start or place.startswith(f"{start}.")
