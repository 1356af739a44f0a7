"""Reading the whole library of law and listing every fault of every file, with the cross-references between files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from compliance.adapters.law import (
    CHANGES,
    DESIGN,
    DUTIES,
    LEVELS,
    PENALTIES,
    PHYSICAL,
    TRANSITION,
    data_root,
    level_file,
    named,
    read_catalogue,
    read_checklist,
    read_part,
    read_regime,
    read_register,
    regime_files,
)
from compliance.adapters.law_parts import INSTRUMENTS
from compliance.domain.checklist import Checklist, DesignRules
from compliance.domain.checklist_check import doubled_activities
from compliance.domain.citation import citations
from compliance.domain.citation_grammar import Grammar
from compliance.domain.comparison import RegimeChanges
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.misfit import Misfit, unless_known
from compliance.domain.penalty import PenaltyTable
from compliance.domain.regime import Regime
from compliance.domain.transition import TransitionRules
from compliance.errors import Fault

_NO_COUNT = 0


@dataclass(frozen=True)
class LibraryCheck:
    """What was read and every fault found; ``regimes`` are those without a fault of their own."""

    files: tuple[str, ...]
    faults: tuple[Fault, ...]
    regimes: tuple[Regime, ...]


def check_library(root: Path | None = None) -> LibraryCheck:
    """Read every law file and list all faults; nothing is raised for a fault of the data."""
    check = _Check(root or data_root())
    check.register()
    for path in regime_files(check.base):
        check.regime(path)
    check.across()
    return LibraryCheck(tuple(check.files), tuple(dict.fromkeys(check.faults)), tuple(check.regimes.values()))


class _Check:
    """One walk through the library: what was read so far and what is wrong with it."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.files: list[str] = []
        self.faults: list[Fault] = []
        self.regimes: dict[str, Regime] = {}
        self.records: list[tuple[str, BaseModel]] = []
        self.topics: dict[str, dict[int, set[str]]] = {}
        self.listed: dict[str, set[int]] = {}
        self.known: InstrumentRegister | None = None

    def register(self) -> None:
        """The register of instruments, without which no citation can be judged."""
        path = self.base / "checklists" / INSTRUMENTS
        self.known = self._read(path, *read_register(self.base))

    def regime(self, path: Path) -> None:
        """A regime and the files beside it."""
        regime = self._read(path, *read_regime(path, self.base))
        if regime is None:
            return
        self.regimes[regime.id] = regime
        self._levels(path, regime)
        folder = path.parent
        for file in (DUTIES, PHYSICAL):
            if (folder / file).is_file():
                self._catalogue(folder / file, regime)
        parts: dict[str, type[Any]] = {
            DESIGN: DesignRules,
            PENALTIES: PenaltyTable,
            TRANSITION: TransitionRules,
            CHANGES: RegimeChanges,
        }
        for file, model in parts.items():
            if (folder / file).is_file():
                self._read(folder / file, *read_part(folder / file, self.base, model))
        self._misfits(path, _forms(regime, self.base, folder))

    def across(self) -> None:
        """What one file says of another: successors, cited articles, regimes named."""
        for file, record in self.records:
            path = self.base / file
            if isinstance(record, Checklist | DesignRules):
                self._misfits(path, self._lost_successors(record))
            if isinstance(record, TransitionRules):
                self._misfits(path, _regimes_named(record, self.regimes))
            if isinstance(record, RegimeChanges):
                for named_regime in (record.regime, record.predecessor):
                    self._misfits(path, unless_known("regime", named_regime, self.regimes))
            if isinstance(record, PenaltyTable) and self.known is not None:
                codes = (one.code for one in self.known.instruments)
                self._misfits(path, unless_known("instrument", record.instrument, codes))
        for regime in self.regimes.values():
            if regime.successor:
                path = self.base / "checklists" / regime.id / "regime.yaml"
                self._misfits(path, unless_known("successor", regime.successor, self.regimes))
        self._cited_articles()

    def _levels(self, path: Path, regime: Regime) -> None:
        for level in LEVELS:
            file = path.with_name(level_file(level))
            if not file.is_file():
                self.faults.append(Fault(f"thiếu danh mục yêu cầu của cấp độ {level}.", named(file, self.base)))
                continue
            checklist = self._read(file, *read_checklist(file, self.base, regime, level))
            if checklist is not None:
                self._misfits(file, doubled_activities(checklist))
                topics = {group.topic for group in checklist.groups if group.topic}
                self.listed.setdefault(regime.id, set()).add(level)
                self.topics.setdefault(regime.id, {}).setdefault(level, set()).update(topics)

    def _catalogue(self, file: Path, regime: Regime) -> None:
        catalogue = self._read(file, *read_catalogue(file, self.base, regime))
        if catalogue is None or catalogue.outside_basic:
            return
        for level in LEVELS:
            ids = {one.id for one in catalogue.of_level(level).requirements}
            self.topics.setdefault(regime.id, {}).setdefault(level, set()).update(ids)

    def _read(self, path: Path, record: Any, faults: Iterable[Fault]) -> Any:
        file = named(path, self.base)
        self.files.append(file)
        self.faults += faults
        if record is not None:
            self.records.append((file, record))
        return record

    def _misfits(self, path: Path, misfits: Iterable[Misfit]) -> None:
        name = named(path, self.base)
        self.faults += [Fault(f"{place}: {sentence}", name) for place, sentence in misfits]

    def _lost_successors(self, record: Checklist | DesignRules) -> Iterator[Misfit]:
        regime = self.regimes.get(record.regime)
        if regime is None or not regime.successor:
            return
        levels = self.topics.get(regime.successor, {})
        listed = self.listed.get(regime.successor, set())
        if isinstance(record, Checklist):
            if record.level not in listed:
                return  # the list it leads to is missing or broken, which is told already
            for one in record.requirements:
                for topic in one.successors:
                    yield from unless_known(f"requirements.{one.id}.successors", topic, levels.get(record.level, ()))
            return
        if len(listed) < len(LEVELS):
            return
        every = set().union(*levels.values())
        for item in record.items:
            for topic in item.successors:
                yield from unless_known(f"items.{item.id}.successors", topic, every)

    def _cited_articles(self) -> None:
        """Citations that name an article the instrument does not have."""
        if self.known is None:
            return
        grammar = Grammar(self.known)
        counts = {one.code: one.articles for one in self.known.instruments}
        seen: dict[str, list[str]] = {}
        for file, record in self.records:
            for path, text in _cited(record, ""):
                wrong = seen.setdefault(text, _wrong_articles(text, self.known, grammar, counts))
                self.faults += [Fault(f"{path}: {sentence}", file) for sentence in wrong]


def _wrong_articles(text: str, register: InstrumentRegister, grammar: Grammar, counts: Mapping[str, int]) -> list[str]:
    wrong = []
    for one in citations(text, register, grammar):
        count = counts.get(one.codes[0], _NO_COUNT) if len(one.codes) == 1 else _NO_COUNT
        over = [article for article in one.articles if count and article > count]
        wrong += [f"viện dẫn Điều {article}, mà {one.written} chỉ có {count} điều." for article in over]
    return wrong


def _cited(record: object, path: str) -> Iterator[tuple[str, str]]:
    """Every citation in a record with its dotted path."""
    if isinstance(record, BaseModel):
        for name in type(record).model_fields:
            value = getattr(record, name)
            here = f"{path}.{name}" if path else name
            if isinstance(value, str) and (name == "citation" or name.endswith("_citation")):
                yield here, value
            else:
                yield from _cited(value, here)
    elif isinstance(record, tuple):
        for number, item in enumerate(record):
            label = next((str(getattr(item, key)) for key in ("id", "code") if hasattr(item, key)), str(number))
            yield from _cited(item, f"{path}.{label}")


def _regimes_named(rules: TransitionRules, regimes: Mapping[str, Regime]) -> Iterator[Misfit]:
    for regime in (rules.regime, rules.predecessor):
        yield from unless_known("regime", regime, regimes)
    for case in rules.cases:
        for act in case.acts:
            yield from unless_known(f"cases.{case.code}.acts", act.regime, regimes)


def _forms(regime: Regime, base: Path, folder: Path) -> Iterator[Misfit]:
    """Forms that lines of authority name for levels that have a list, and that are not there."""
    for authority in regime.authority:
        if any((folder / level_file(level)).is_file() for level in authority.levels):
            for form in (authority.request_form, authority.dossier_form):
                if form and not (base / "templates" / regime.id / form).is_dir():
                    levels = ", ".join(map(str, authority.levels))
                    yield f"authority.{levels}", f"chưa có thư mục của mẫu “{form}”."
