"""Reading the whole library of law and listing every fault of every file, with the cross-references between files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from compliance.adapters.law import (
    ASSESSMENT,
    ASSIGNMENTS,
    CHANGES,
    DESIGN,
    DUTIES,
    DUTY_CALENDAR,
    INCIDENT,
    INSPECTION,
    MORNING,
    PENALTIES,
    PHYSICAL,
    PLACES,
    PREFLIGHT,
    PROCEDURE,
    REGULATION,
    RENEWAL,
    REPORTING,
    SCRIPTS,
    TRANSITION,
    data_root,
    level_file,
    read_catalogue,
    read_checklist,
    read_part,
    read_places,
    read_regime,
    read_register,
)
from compliance.adapters.law_file import named, read_law_file
from compliance.adapters.law_parts import INSTRUMENTS, REGIME, ZONES, regime_files
from compliance.adapters.letter_words import LETTER_WORDS, read_letter_words
from compliance.adapters.working_calendar import CALENDAR, Announced
from compliance.domain.assessment_rules import AssessmentRules
from compliance.domain.assignment_rules import AssignmentRules, assignment_misfits
from compliance.domain.change_watch import RenewalRules
from compliance.domain.checklist import Catalogue, Checklist
from compliance.domain.checklist_check import doubled_activities
from compliance.domain.citation_grammar import Grammar
from compliance.domain.comparison import RegimeChanges
from compliance.domain.design import DesignRules
from compliance.domain.duty_calendar import DutyCalendar, calendar_misfits
from compliance.domain.incident_rules import IncidentRules, ResponseScripts
from compliance.domain.inspection import InspectionContents, inspection_misfits
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.level import LEVELS
from compliance.domain.library_check import cited, lost_successors, regimes_named, wrong_articles
from compliance.domain.misfit import Misfit, unless_known
from compliance.domain.morning import MorningList
from compliance.domain.penalty import PenaltyTable
from compliance.domain.preflight import PreflightCatalogue
from compliance.domain.preflight_run import catalogue_misfits
from compliance.domain.procedure import Procedure
from compliance.domain.regime import Regime
from compliance.domain.regulation_text import RegulationText, regulation_misfits
from compliance.domain.reporting import ReportingRules
from compliance.domain.transition import TransitionRules
from compliance.errors import Fault

_NAMES = {
    REGIME,
    ZONES,
    DUTIES,
    DUTY_CALENDAR,
    INCIDENT,
    PHYSICAL,
    DESIGN,
    PENALTIES,
    TRANSITION,
    CHANGES,
    ASSESSMENT,
    ASSIGNMENTS,
    PLACES,
    INSPECTION,
    PREFLIGHT,
    PROCEDURE,
    RENEWAL,
    REGULATION,
    REPORTING,
    *map(level_file, LEVELS),
}


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
    check.strays()
    for path in regime_files(check.base):
        check.regime(path)
    check.letter_words()
    check.calendar()
    check.beside()
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
        if (folder / PLACES).is_file():
            self._read(folder / PLACES, *read_places(folder / PLACES, self.base, regime))
        parts: dict[str, type[Any]] = {
            DESIGN: DesignRules,
            PENALTIES: PenaltyTable,
            TRANSITION: TransitionRules,
            CHANGES: RegimeChanges,
            INSPECTION: InspectionContents,
            ASSESSMENT: AssessmentRules,
            ASSIGNMENTS: AssignmentRules,
            PREFLIGHT: PreflightCatalogue,
            PROCEDURE: Procedure,
            RENEWAL: RenewalRules,
            REPORTING: ReportingRules,
            REGULATION: RegulationText,
            DUTY_CALENDAR: DutyCalendar,
            INCIDENT: IncidentRules,
        }
        for file, model in parts.items():
            if (folder / file).is_file():
                self._read(folder / file, *read_part(folder / file, self.base, model))
        self._misfits(path, _forms(regime, self.base, folder))

    def letter_words(self) -> None:
        """The words of letters, which stand beside the regimes."""
        self._read(self.base / LETTER_WORDS, *read_letter_words(self.base))

    def calendar(self) -> None:
        """The days off announced beyond the library's own."""
        self._read(self.base / CALENDAR, *read_law_file(self.base / CALENDAR, CALENDAR, Announced))

    def beside(self) -> None:
        """The lists that stand beside the regimes: response scripts, the morning check."""
        parts: dict[str, type[Any]] = {SCRIPTS: ResponseScripts, MORNING: MorningList}
        for file, model in parts.items():
            path = self.base / "checklists" / file
            if path.is_file():
                self._read(path, *read_part(path, self.base, model))

    def strays(self) -> None:
        """Files nobody would read: of a mistyped name, or in a folder whose main file is missing."""
        for folder in sorted(path for path in (self.base / "checklists").glob("*/") if not path.is_symlink()):
            files = sorted(folder.glob("*.y*ml"))
            if files and not (folder / REGIME).exists():
                sentence = "không có tệp này, nên các tệp khác trong thư mục không được dùng."
                self.faults.append(Fault(sentence, named(folder / REGIME, self.base)))
            sentence = "chương trình không đọc tệp mang tên này; hãy kiểm tra lại tên."
            self.faults += [Fault(sentence, named(file, self.base)) for file in files if file.name not in _NAMES]

    def across(self) -> None:
        """What one file says of another: successors, cited articles, regimes named."""
        for file, record in self.records:
            path = self.base / file
            if isinstance(record, Checklist | DesignRules):
                self._misfits(path, lost_successors(record, self._topics_after(record.regime)))
            if isinstance(record, TransitionRules):
                self._misfits(path, regimes_named(record, self.regimes))
            if isinstance(record, RegimeChanges):
                for named_regime in (record.regime, record.predecessor):
                    self._misfits(path, unless_known("regime", named_regime, self.regimes))
            if isinstance(record, InspectionContents):
                self._misfits(path, inspection_misfits(record, self._lists(record.regime), self.regimes))
            if isinstance(record, RegulationText):
                self._regulation(path, record)
            if isinstance(record, PenaltyTable) and self.known is not None:
                codes = (one.code for one in self.known.instruments)
                self._misfits(path, unless_known("instrument", record.instrument, codes))
        for regime in self.regimes.values():
            self._succeeded(regime)
        self._preflight()
        self._duties_and_incidents()
        self._cited_articles()

    def _preflight(self) -> None:
        """The checks before sending name a regime there is, and detectors the program has."""
        for file, record in self.records:
            if isinstance(record, PreflightCatalogue):
                misfits = [*unless_known("regime", record.regime, self.regimes), *catalogue_misfits(record)]
                self._misfits(self.base / file, misfits)

    def _regulation(self, path: Path, text: RegulationText) -> None:
        """A regulation has a place for every requirement of every level, once."""
        self._misfits(path, unless_known("regime", text.regime, self.regimes))
        regime = self.regimes.get(text.regime)
        if regime is not None:
            self._misfits(path, regulation_misfits(text, regime, self._lists(regime.id)))

    def _assignments(self, path: Path, rules: AssignmentRules) -> None:
        """The roles that must be held rest on requirements there are."""
        self._misfits(path, unless_known("regime", rules.regime, self.regimes))
        lists = self._lists(rules.regime)
        if len(lists) == len(LEVELS):  # a list that is missing or broken is told of itself
            known = {row.id for level in lists.values() for one in level for row in one.requirements}
            self._misfits(path, assignment_misfits(rules, known))

    def _duties_and_incidents(self) -> None:
        for file, record in self.records:
            if isinstance(record, DutyCalendar):
                self._duty_calendar(self.base / file, record)
            if isinstance(record, IncidentRules):
                self._misfits(self.base / file, unless_known("regime", record.regime, self.regimes))
            if isinstance(record, AssignmentRules):
                self._assignments(self.base / file, record)

    def _duty_calendar(self, path: Path, calendar: DutyCalendar) -> None:
        """Every cadence of the decree's duties is in the calendar, and what it names is there."""
        self._misfits(path, unless_known("regime", calendar.regime, self.regimes))
        duties = next(
            (
                one
                for file, one in self.records
                if isinstance(one, Catalogue) and file.endswith(f"{calendar.regime}/{DUTIES}")
            ),
            None,
        )
        lists = [one for _, one in self.records if isinstance(one, Checklist) and one.regime == calendar.regime]
        asked = [cadence.activity for one in lists for row in one.requirements for cadence in row.cadences]
        self._misfits(path, calendar_misfits(calendar, duties, asked if len(lists) == len(LEVELS) else None))

    def _succeeded(self, regime: Regime) -> None:
        """The regime that follows is there, and says how it takes over."""
        if not regime.successor:
            return
        path = self.base / "checklists" / regime.id / REGIME
        self._misfits(path, unless_known("successor", regime.successor, self.regimes))
        transition = self.base / "checklists" / regime.successor / TRANSITION
        if regime.successor in self.regimes and not transition.is_file():
            self.faults.append(Fault("thiếu quy định chuyển tiếp.", named(transition, self.base)))

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

    def _topics_after(self, regime_id: str) -> dict[int, set[str]]:
        """What the lists of the following regime are about, by level, as far as its list of the level was read."""
        regime = self.regimes.get(regime_id)
        after = regime.successor if regime else ""
        topics = self.topics.get(after, {})
        return {level: topics[level] for level in self.listed.get(after, ())}

    def _lists(self, regime_id: str) -> dict[int, list[Checklist]]:
        """Every list of each level of a regime that was read: the level's own, then those of all levels."""
        own = [one for _, one in self.records if isinstance(one, Checklist) and one.regime == regime_id]
        shared = [one for _, one in self.records if isinstance(one, Catalogue) and one.regime == regime_id]
        return {one.level: [one, *(catalogue.of_level(one.level) for catalogue in shared)] for one in own}

    def _cited_articles(self) -> None:
        """Citations that name an article the instrument does not have."""
        if self.known is None:
            return
        grammar = Grammar(self.known)
        seen: dict[str, list[str]] = {}
        for file, record in self.records:
            for path, text in cited(record, ""):
                wrong = seen.setdefault(text, wrong_articles(text, self.known, grammar))
                self.faults += [Fault(f"{path}: {sentence}", file) for sentence in wrong]


def _forms(regime: Regime, base: Path, folder: Path) -> Iterator[Misfit]:
    """Forms that lines of authority name for levels that have a list, and that are not there."""
    for authority in regime.authority:
        if any((folder / level_file(level)).is_file() for level in authority.levels):
            for form in (authority.request_form, authority.dossier_form):
                if form and not (base / "templates" / regime.id / form).is_dir():
                    levels = ", ".join(map(str, authority.levels))
                    yield f"authority.{levels}", f"chưa có thư mục của mẫu “{form}”."
    own = regime.own_forms.model_dump()
    parts = own.pop("package") or {}
    for name, form in {**own, **parts}.items():
        if form and not (base / "templates" / regime.id / form).is_dir():
            yield f"own_forms.{name}", f"chưa có thư mục của mẫu “{form}”."
    for form in regime.road_forms:
        if not (base / "templates" / regime.id / form).is_dir():
            yield "road_forms", f"chưa có thư mục của mẫu “{form}”."
