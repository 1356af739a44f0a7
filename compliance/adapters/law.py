"""The law as shipped: one folder per regime with its questions, criteria, checklists; forms stand in ``templates``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from compliance.adapters.law_cache import kept
from compliance.adapters.law_file import Read, Record, named, read_document, read_law_file, validated
from compliance.adapters.law_parts import (
    INSTRUMENTS,
    REGIME,
    ZONES,
    composed,
    names_questions_of_others,
    regime_files,
)
from compliance.domain.assessment_rules import AssessmentRules, rules_misfits
from compliance.domain.assignment_rules import AssignmentRules
from compliance.domain.change_watch import RenewalRules, renewal_misfits
from compliance.domain.checklist import Catalogue, Checklist, Requirement
from compliance.domain.checklist_check import catalogue_misfits, checklist_misfits, continuation_misfits
from compliance.domain.citation_check import naming_misfits
from compliance.domain.comparison import RegimeChanges
from compliance.domain.design import DesignRules
from compliance.domain.duty_calendar import DutyCalendar
from compliance.domain.incident_rules import IncidentRules, ResponseScripts, incident_misfits
from compliance.domain.inspection import InspectionContents
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.instrument_check import register_misfits
from compliance.domain.level import LEVELS
from compliance.domain.misfit import Misfit
from compliance.domain.morning import MorningList
from compliance.domain.penalty import PenaltyTable
from compliance.domain.place import Places, place_misfits
from compliance.domain.preflight import PreflightCatalogue
from compliance.domain.procedure import Procedure, procedure_misfits
from compliance.domain.regime import Regime
from compliance.domain.regime_check import misfits
from compliance.domain.regulation_text import RegulationText
from compliance.domain.reporting import ReportingRules, reporting_misfits
from compliance.domain.transition import TransitionRules
from compliance.errors import DataFault, Fault, NotFound

DUTIES = "duties.yaml"
DUTY_CALENDAR = "duty-calendar.yaml"
INCIDENT = "incident.yaml"
PHYSICAL = "physical.yaml"
DESIGN = "design.yaml"
PENALTIES = "penalties.yaml"
TRANSITION = "transition.yaml"
CHANGES = "changes.yaml"
INSPECTION = "inspection.yaml"
PLACES = "places.yaml"
ASSESSMENT = "assessment.yaml"
ASSIGNMENTS = "assignments.yaml"
PREFLIGHT = "preflight.yaml"
PROCEDURE = "procedure.yaml"
RENEWAL = "renewal.yaml"
REGULATION = "regulation.yaml"
REPORTING = "reporting.yaml"
SCRIPTS = "response-scripts.yaml"
MORNING = "morning.yaml"


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
    read = [read_regime(path, base) for path in regime_files(base)]
    refuse([fault for _, faults in read for fault in faults])
    return tuple(sorted((one for one, _ in read if one), key=lambda one: (one.in_force_from, one.id)))


def read_regime(path: Path, base: Path) -> Read[Regime]:
    """One regime with its register of instruments and open points put in; every fault of the files it is made of."""
    parts = [path, path.with_name(ZONES), base / "checklists" / INSTRUMENTS]
    if names_questions_of_others(path):
        parts += [other for other in regime_files(base) if other != path]
    return kept(Regime, parts, lambda: _regime(path, base))


def _regime(path: Path, base: Path) -> Read[Regime]:
    composition = composed(path, base)
    if composition.raw is None:
        return None, list(composition.faults)
    regime, faults = validated(composition.raw, Regime, composition.file_of)
    faults = [*composition.faults, *faults]
    if regime is not None:
        faults += [Fault(f"{place}: {sentence}", composition.file_of(place)) for place, sentence in misfits(regime)]
        if regime.id != path.parent.name:
            faults.append(Fault(f"id: phải trùng tên thư mục “{path.parent.name}”.", named(path, base)))
    return regime, faults


def load_register(root: Path | None = None) -> InstrumentRegister:
    """Every instrument the shipped law knows.

    Raises:
        DataFault: the file has faults; all are listed.
    """
    base = root or data_root()
    return _sound(read_register(base))


def read_register(base: Path) -> Read[InstrumentRegister]:
    """The register and its faults."""
    path = base / "checklists" / INSTRUMENTS
    return _own_file(path, base, InstrumentRegister, lambda one: [*register_misfits(one), *naming_misfits(one)])


def load_checklist(regime: Regime, level: int, root: Path | None = None) -> Checklist:
    """The complete list of requirements of one level.

    Raises:
        NotFound: there is no list for this level yet.
        DataFault: the file has faults; all are listed.
    """
    base = root or data_root()
    path = _path(regime, level_file(level), base)
    _there(path, f"danh mục yêu cầu cơ bản cho cấp độ {level}", regime)
    return _sound(read_checklist(path, base, regime, level))


def read_checklist(path: Path, base: Path, regime: Regime, level: int) -> Read[Checklist]:
    """The list of one level and its faults, its links to the level below included."""

    def misfit(checklist: Checklist) -> list[Misfit]:
        found = checklist_misfits(checklist, regime, level)
        if any(one.continues for one in checklist.requirements):
            lower = read_document(below, named(below, base)).raw if below.is_file() else {}
            found += continuation_misfits(checklist, lower or {})
        return found

    below = path.with_name(level_file(level - 1))
    return _own_file(path, base, Checklist, misfit, beside=[below, _path(regime, REGIME, base)])


def level_file(level: int) -> str:
    """The name of the file that holds the list of one level."""
    return f"level-{level}.yaml"


def load_duties(regime: Regime, level: int, root: Path | None = None) -> Checklist:
    """The duties of the decree that the standard does not cover, in the form of a checklist.

    Raises:
        NotFound: the regime has no such list.
        DataFault: the file has faults; all are listed.
    """
    return load_catalogue(regime, DUTIES, root).of_level(level)


def load_physical(regime: Regime, level: int, root: Path | None = None) -> Checklist:
    """Physical security, which stands outside the basic requirements; raises as :func:`load_duties`."""
    return load_catalogue(regime, PHYSICAL, root).of_level(level)


_CATALOGUES = {DUTIES: "danh mục nghĩa vụ theo nghị định", PHYSICAL: "danh mục yêu cầu an ninh vật lý"}


def load_catalogue(regime: Regime, file: str, root: Path | None = None) -> Catalogue:
    """A list of requirements of all levels: :data:`DUTIES` or :data:`PHYSICAL`; raises as :func:`load_duties`."""
    base = root or data_root()
    path = _path(regime, file, base)
    _there(path, _CATALOGUES[file], regime)
    return _sound(read_catalogue(path, base, regime))


def read_catalogue(path: Path, base: Path, regime: Regime) -> Read[Catalogue]:
    """A list of all levels and its faults."""
    misfit = partial(catalogue_misfits, regime=regime)
    return _own_file(path, base, Catalogue, misfit, beside=[_path(regime, REGIME, base)])


def load_design(regime: Regime, root: Path | None = None) -> DesignRules:
    """What the regime asks of the design; raises as :func:`load_duties`."""
    return _part(regime, DESIGN, DesignRules, "yêu cầu về thiết kế", root)


def load_penalties(regime: Regime, root: Path | None = None) -> PenaltyTable:
    """The fines under the regime; raises as :func:`load_duties`."""
    return _part(regime, PENALTIES, PenaltyTable, "bảng mức xử phạt", root)


def load_transition(regime: Regime, root: Path | None = None) -> TransitionRules:
    """How the regime takes over from the one before; raises as :func:`load_duties`."""
    return _part(regime, TRANSITION, TransitionRules, "quy định chuyển tiếp", root)


def load_assessment_rules(regime: Regime, root: Path | None = None) -> AssessmentRules:
    """What the regime says about who may check a system; raises as :func:`load_duties`."""
    return _part(regime, ASSESSMENT, AssessmentRules, "quy định về kiểm tra, đánh giá", root)


def load_assignment_rules(regime: Regime, root: Path | None = None) -> AssignmentRules:
    """Which roles somebody must hold under the regime; raises as :func:`load_duties`."""
    return _part(regime, ASSIGNMENTS, AssignmentRules, "quy định về phân công", root)


def load_procedure(regime: Regime, root: Path | None = None) -> Procedure:
    """The road of a dossier under the regime; raises as :func:`load_duties`."""
    return _part(regime, PROCEDURE, Procedure, "trình tự, thủ tục", root)


def load_regulation(regime: Regime, root: Path | None = None) -> RegulationText:
    """What an owner's security regulation says beside the requirements; raises as :func:`load_duties`."""
    return _part(regime, REGULATION, RegulationText, "khung Quy chế bảo đảm an ninh mạng", root)


def load_reporting(regime: Regime, root: Path | None = None) -> ReportingRules:
    """What the yearly report under the regime follows; raises as :func:`load_duties`."""
    return _part(regime, REPORTING, ReportingRules, "quy định về báo cáo năm", root)


def load_preflight(regime: Regime, root: Path | None = None) -> PreflightCatalogue:
    """The checks before a dossier is sent; raises as :func:`load_duties`."""
    return _part(regime, PREFLIGHT, PreflightCatalogue, "danh mục kiểm tra trước khi gửi", root)


def load_renewal(regime: Regime, root: Path | None = None) -> RenewalRules:
    """Which change of an approved system asks for what; raises as :func:`load_duties`."""
    return _part(regime, RENEWAL, RenewalRules, "quy định về thay đổi, xác định lại", root)


def load_changes(regime: Regime, root: Path | None = None) -> RegimeChanges:
    """What the regime changed against the one before it; raises as :func:`load_duties`."""
    return _part(regime, CHANGES, RegimeChanges, "bảng so sánh với chế độ trước", root)


def load_duty_calendar(regime: Regime, root: Path | None = None) -> DutyCalendar:
    """What recurs or ends on a day under the regime; raises as :func:`load_duties`."""
    return _part(regime, DUTY_CALENDAR, DutyCalendar, "lịch nghĩa vụ", root)


def load_incident_rules(regime: Regime, root: Path | None = None) -> IncidentRules:
    """What the regime asks when an incident happens; raises as :func:`load_duties`."""
    return _part(regime, INCIDENT, IncidentRules, "quy định về sự cố", root)


def load_scripts(root: Path | None = None) -> ResponseScripts:
    """The response scripts, which stand beside the regimes.

    Raises:
        DataFault: the file has faults; all are listed.
    """
    return _beside(SCRIPTS, ResponseScripts, root)


def load_morning_list(root: Path | None = None) -> MorningList:
    """What is looked at every morning; raises as :func:`load_scripts`."""
    return _beside(MORNING, MorningList, root)


def _beside(name: str, model: type[Record], root: Path | None) -> Record:
    base = root or data_root()
    return _sound(read_part(base / "checklists" / name, base, model))


def load_places(regime: Regime, root: Path | None = None) -> Places:
    """Where each requirement is best seen on a walk through the office; raises as :func:`load_duties`."""
    base = root or data_root()
    path = _path(regime, PLACES, base)
    _there(path, "danh sách chỗ xem bằng chứng", regime)
    return _sound(read_places(path, base, regime))


def read_places(path: Path, base: Path, regime: Regime) -> Read[Places]:
    """The places and their faults: every requirement of every list of the regime stands at just one."""

    def misfit(places: Places) -> list[Misfit]:
        lists: dict[str, Sequence[Requirement] | None] = {file.stem: None for file in files}
        read: list[tuple[Path, Checklist | Catalogue | None]] = [
            *((file, read_checklist(file, base, regime, level)[0]) for level, file in levels.items() if file.is_file()),
            *((file, read_catalogue(file, base, regime)[0]) for file in catalogues if file.is_file()),
        ]
        lists |= {file.stem: one.requirements for file, one in read if one is not None}
        return place_misfits(places, regime.id, lists)

    levels = {level: path.with_name(level_file(level)) for level in LEVELS}
    catalogues = [path.with_name(file) for file in _CATALOGUES]
    files = [*levels.values(), *catalogues]
    return _own_file(path, base, Places, misfit, beside=[*files, _path(regime, REGIME, base)])


def load_inspection(regime: Regime, root: Path | None = None) -> InspectionContents:
    """What a visiting team asks for under the regime; raises as :func:`load_duties`."""
    return _part(regime, INSPECTION, InspectionContents, "danh mục hồ sơ phục vụ kiểm tra", root)


def read_part(path: Path, base: Path, model: type[Record]) -> Read[Record]:
    """A file that stands for itself, and its faults."""

    def misfit(record: Record) -> list[Misfit]:
        if isinstance(record, Procedure):
            return list(procedure_misfits(record))
        if isinstance(record, IncidentRules):
            return list(incident_misfits(record))
        if isinstance(record, RenewalRules):
            return renewal_misfits(record)
        if isinstance(record, ReportingRules):
            return list(reporting_misfits(record))
        return rules_misfits(record) if isinstance(record, AssessmentRules) else []

    return _own_file(path, base, model, misfit)


def refuse(faults: Sequence[Fault]) -> None:
    """Refuse the shipped law when it has faults.

    Raises:
        DataFault: listing them.
    """
    if faults:
        listed = list(dict.fromkeys(faults))
        raise DataFault("Dữ liệu pháp luật kèm theo chương trình có lỗi; hãy sửa các chỗ sau rồi chạy lại.", listed)


def _part(regime: Regime, file: str, model: type[Record], what: str, root: Path | None) -> Record:
    base = root or data_root()
    path = _path(regime, file, base)
    _there(path, what, regime)
    return _sound(read_part(path, base, model))


def _path(regime: Regime, file: str, base: Path) -> Path:
    return base / "checklists" / regime.id / file


def _there(path: Path, what: str, regime: Regime) -> None:
    if not path.is_file():
        raise NotFound(f"Chương trình chưa có {what} theo {regime.short_title}.")


def _sound(read: Read[Record]) -> Record:
    record, faults = read
    refuse(faults)
    if record is None:
        raise AssertionError("a file without a record has faults")
    return record


def _own_file(
    path: Path,
    base: Path,
    model: type[Record],
    misfit: Callable[[Record], list[Misfit]],
    beside: Sequence[Path] = (),
) -> Read[Record]:
    """A record that one file holds; ``beside`` are the files its fit was judged by."""
    name = named(path, base)

    def build() -> Read[Record]:
        record, faults = read_law_file(path, name, model)
        wrong = misfit(record) if record is not None else []
        return record, [*faults, *(Fault(f"{place}: {text}", name) for place, text in wrong)]

    return kept(model, [path, *beside], build)
