"""The inventory: reading it, importing it from spreadsheets, exporting it, and attaching diagrams."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from compliance.adapters.attachments import JPEG, PDF, PNG, SVG, media_type_of
from compliance.adapters.brought_files import bytes_of
from compliance.adapters.inventory_columns import tables
from compliance.adapters.inventory_files import read_inventory
from compliance.adapters.law import load_regimes
from compliance.adapters.raw_table import file_name
from compliance.adapters.workbook import write_workbook
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer
from compliance.domain.circumstance import circumstances
from compliance.domain.classification import classify
from compliance.domain.inventory import merge
from compliance.domain.inventory_export import table_rows, unprinted_facts
from compliance.domain.inventory_rows import KINDS, Difference, Inventory, Proposal, RequirementPlace, Rules
from compliance.domain.level import LEVELS
from compliance.domain.organization import Unit
from compliance.domain.question import Question
from compliance.domain.regime import Regime, questions_asked
from compliance.domain.regime_status import regime_on
from compliance.domain.system import Diagram, DiagramKind, System
from compliance.domain.wording import folded
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services.declared_findings import open_declared
from compliance.services.records import head_of
from compliance.services.regimes import ANSWERED, lists_of

_SYSTEM = "system"
_ONE_OWNER = "one-owner"
_PICTURES = (PDF, PNG, JPEG, SVG)
"""What a diagram may be."""


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or with ``dry_run`` would do: ids per kind, every difference, and what to note."""

    files: tuple[str, ...]
    dry_run: bool
    created: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    updated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unchanged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    notes: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys: ids of systems first, those of units and answers under ``others``."""
        acts = {"created": self.created, "updated": self.updated, "unchanged": self.unchanged}
        return {
            "files": list(self.files),
            "dry_run": self.dry_run,
            **{act: list(ids.get(_SYSTEM, ())) for act, ids in acts.items()},
            "faults": [fault._asdict() for fault in self.faults],
            "others": {
                kind: {act: list(ids.get(kind, ())) for act, ids in acts.items()} for kind in ("unit", "answer")
            },
            "differences": [asdict(difference) for difference in self.differences],
            "notes": [note._asdict() for note in self.notes],
        }


@dataclass(frozen=True)
class Sheet:
    """One sheet of an inventory as texts: its id and name, headers, and rows of the same width."""

    id: str
    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def systems(workspace: Workspace) -> list[System]:
    """Every recorded system, ordered by id."""
    return [System.model_validate_json(revision.body) for revision in workspace.store.heads(_SYSTEM)]


def system(workspace: Workspace, system_id: str) -> System:
    """One system.

    Raises:
        NotFound: there is none of this id; the nearest id is offered.
    """
    return System.model_validate_json(head_of(workspace, _SYSTEM, system_id).body)


def import_inventory(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    dry_run: bool = False,
    today: date,
    tell: Callable[[str], None] = lambda text: None,  # noqa: ARG005
) -> ImportReport:
    """Read the files as one inventory, merge it over what is stored and save everything in one act.

    Args:
        workspace: where the records lie.
        files: XLSX, CSV or YAML files; together they are one inventory.
        dry_run: tell what would change and save nothing.
        today: picks the regime whose questions are asked.
        tell: hears about progress.

    Raises:
        BadData: the files have faults; all are listed and nothing changed.
        NotFound: a file does not exist.
        Conflict: somebody else saved one of the records meanwhile.
    """
    regime = regime_on(today, load_regimes())
    sheets = tables(_questions(today))
    tell(f"Đang đọc {len(files)} tệp…")
    read = read_inventory(files, sheets)
    stored, versions = _stored(workspace)
    asks = any(row.table.id == "answers" for row in read.rows)
    rules = _rules(regime, stored.units, with_requirements=asks)
    tell(f"Đang đối chiếu {len(read.rows)} dòng với dữ liệu đã lưu…")
    proposal = merge(read.rows, stored, rules, sheets)
    faults = (*read.faults, *proposal.faults)
    if faults:
        raise BadData(f"Bảng kê có {len(faults)} lỗi; chưa có gì thay đổi. Hãy sửa rồi nhập lại.", faults)
    names = tuple(map(file_name, files))
    if not dry_run:
        _save(workspace, proposal, versions, f"Nhập từ {', '.join(names)}", regime=regime, today=today)
    return ImportReport(
        files=names,
        dry_run=dry_run,
        created=proposal.created,
        updated=proposal.updated,
        unchanged=proposal.unchanged,
        differences=proposal.differences,
        notes=(*read.notes, *proposal.notes),
    )


def _questions(today: date) -> tuple[Question, ...]:
    regimes = load_regimes()
    return questions_asked(regime_on(today, regimes), regimes)


def _stored(workspace: Workspace) -> tuple[Inventory, dict[tuple[str, str], int]]:
    models: dict[str, type[Unit] | type[System] | type[Answer]] = {"unit": Unit, "system": System, "answer": Answer}
    found: dict[str, dict[str, Any]] = {}
    versions: dict[tuple[str, str], int] = {}
    for kind in KINDS:
        heads = workspace.store.heads(kind)
        found[kind] = {revision.id: models[kind].model_validate_json(revision.body) for revision in heads}
        versions |= {(kind, revision.id): revision.version for revision in heads}
    return Inventory(found["unit"], found["system"], found["answer"]), versions


def _save(
    workspace: Workspace,
    proposal: Proposal,
    versions: Mapping[tuple[str, str], int],
    reason: str,
    *,
    regime: Regime,
    today: date,
) -> None:
    if not any(proposal.changed.of(kind) for kind in KINDS):
        return
    with workspace.act(reason) as act:
        for kind in KINDS:
            for key, record in proposal.changed.of(kind).items():
                body = record.model_dump_json(exclude_defaults=True)
                act.put(kind, key, body, versions.get((kind, key), 0))
        open_declared(act, proposal.changed.answers.values(), regime, today)


def _rules(regime: Regime, units: Mapping[str, Unit], *, with_requirements: bool) -> Rules:
    rule = next((rule for rule in regime.system_rules if rule.id == _ONE_OWNER), None)
    owner = f"{rule.statement.rstrip('.')} ({rule.citation})." if rule else "Mỗi hệ thống chỉ có một chủ quản."
    if not with_requirements:
        return Rules(owner)
    return Rules(owner, _requirements(regime), partial(_level, regime, units))


def _level(regime: Regime, units: Mapping[str, Unit], one: System) -> int | None:
    return classify(regime, one.facts, circumstances(one, units)).level


def _requirements(regime: Regime) -> dict[str, tuple[RequirementPlace, ...]]:
    found: dict[str, list[RequirementPlace]] = {}
    for checklist in (one for level in LEVELS for one in lists_of(regime, level, ANSWERED).values()):
        for requirement in checklist.requirements:
            place = RequirementPlace(checklist.id, checklist.level, requirement.id)
            for key in {folded(requirement.id), folded(requirement.clause)}:
                found.setdefault(key, []).append(place)
    return {key: tuple(places) for key, places in found.items()}


def export_inventory(workspace: Workspace, path: Path, *, today: date, overwrite: bool = False) -> tuple[str, ...]:
    """Write every recorded unit, system and answer into a workbook that imports back unchanged.

    Returns:
        Sentences about what the workbook cannot show.

    Raises:
        Refused: the file exists, is not XLSX, or a text is longer than a cell holds.
    """
    sheets = tables(_questions(today))
    stored, _ = _stored(workspace)
    rows = {table.id: list(table_rows(table, stored)) for table in sheets}
    write_workbook(path, sheets, rows, examples=False, overwrite=overwrite)
    table = next(table for table in sheets if table.id == "systems")
    return tuple(
        f"Mục “{fact}” của {', '.join(holders)} không thuộc bộ câu hỏi hiện hành nên không có cột để xuất."
        for fact, holders in unprinted_facts(table, stored).items()
    )


def write_template(path: Path, *, today: date, overwrite: bool = False) -> None:
    """Write the empty workbook: every sheet with its header, lists, notes and an example row.

    Raises:
        Refused: the file exists or is not XLSX.
    """
    sheets = tables(_questions(today))
    write_workbook(path, sheets, {}, examples=True, overwrite=overwrite)


def set_diagram(workspace: Workspace, system_id: str, kind: DiagramKind, file: Path) -> System:
    """Take a diagram file into the workspace as the system's logical or physical model.

    A former diagram of the same kind is replaced; the history keeps it.

    Raises:
        NotFound: no such system or file.
        Refused: the file is not of a type that is taken in, or too large.
    """
    revision = head_of(workspace, _SYSTEM, system_id)
    current = System.model_validate_json(revision.body)
    name, data = file_name(file), _diagram_bytes(file)
    media_type = media_type_of(data)
    if media_type not in _PICTURES:
        raise Refused(f"Tệp “{name}” không phải là PDF hay ảnh. Hãy xuất sơ đồ ra PDF, PNG, JPEG hoặc SVG.")
    diagram = Diagram(kind=kind, file_name=name, sha256=workspace.attachments.add(data), media_type=media_type)
    others = tuple(one for one in current.diagrams if one.kind is not kind)
    changed = current.model_copy(update={"diagrams": tuple(sorted((*others, diagram), key=lambda one: one.kind))})
    with workspace.act(f"Đính kèm sơ đồ {name}") as act:
        body = changed.model_dump_json(exclude_defaults=True)
        act.put(_SYSTEM, system_id, body, revision.version)
    return changed


def _diagram_bytes(file: Path) -> bytes:
    try:
        return bytes_of(file)
    except Refused as error:
        raise Refused(f"Tệp “{file_name(file)}”: {error}") from None
    except NotFound as error:
        raise NotFound(f"Tệp “{file}”: {error}") from None


def system_sheets(workspace: Workspace, system_id: str, *, today: date) -> tuple[Sheet, ...]:
    """One system as its sheets: the headers an officer knows and the rows filled in, nothing left out.

    Raises:
        NotFound: there is none of this id.
    """
    shown = Inventory(systems={system_id: system(workspace, system_id)})
    sheets = tables(_questions(today))
    return tuple(
        Sheet(table.id, table.sheet, tuple(column.header for column in table.columns), rows)
        for table in sheets
        if (rows := tuple(table_rows(table, shown)))
    )
