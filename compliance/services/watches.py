"""Watching approved systems: today's inventory against the approved one, and what the law asks again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.adapters.inventory_columns import tables
from compliance.adapters.law import load_renewal
from compliance.adapters.workspace import Workspace
from compliance.domain.change_watch import Change, Fired, changes_of, fired
from compliance.domain.classification import Classification
from compliance.domain.road import Taken
from compliance.domain.system import System
from compliance.services import organizations, systems
from compliance.services.classifications import classify_all
from compliance.services.roads import RoadStatus, road_status, statuses_of

_RISK = "risk_level"


@dataclass(frozen=True)
class Watch:
    """One system against its approval.

    ``approval`` is the decision in force, ``None`` where none is recorded; ``before`` is the system as approved,
    ``None`` where its record of that day is not known; ``remarks`` say what could not be compared.
    """

    status: RoadStatus
    approval: Taken | None
    before: System | None
    changes: tuple[Change, ...]
    fired: tuple[Fired, ...]
    remarks: tuple[str, ...]

    @property
    def other_changes(self) -> tuple[Change, ...]:
        """Changes that ask for nothing again."""
        grave = {change for one in self.fired for change in one.changes}
        return tuple(change for change in self.changes if change not in grave)

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        system = self.status.system
        return {
            "id": system.id,
            "name": system.name,
            "state": self.status.stage.value,
            "approved_on": self.approval.on.isoformat() if self.approval else None,
            "approved_level": self.approval.level if self.approval else None,
            "level": self.status.classified.classification.level,
            "triggers": [
                {
                    "title": one.cause.title,
                    "citation": one.cause.citation,
                    "uncertain": one.cause.uncertain,
                    "changes": [change.model_dump() for change in one.changes],
                    "acts": [{**act.model_dump(), "command": act.command.format(system=system.id)} for act in one.acts],
                }
                for one in self.fired
            ],
            "other_changes": [change.model_dump() for change in self.other_changes],
            "remarks": list(self.remarks),
        }


def watch(workspace: Workspace, system_id: str, today: date) -> Watch:
    """One system against its approval.

    Raises:
        NotFound: no such system, or no rules in force.
    """
    status = road_status(workspace, system_id, today)
    return against(workspace, status, status.progress.approval, names_in(workspace))


def watch_all(workspace: Workspace, today: date) -> tuple[Watch, ...]:
    """Every system that has a decision in force, ordered by id."""
    names = names_in(workspace)
    statuses = statuses_of(workspace, classify_all(workspace, today), today)
    return tuple(
        against(workspace, one, one.progress.approval, names) for one in statuses if one.progress.approval is not None
    )


def names_in(workspace: Workspace) -> dict[str, str]:
    """The names of every unit and system by id."""
    return {
        **{unit.id: unit.name for unit in organizations.units(workspace).values()},
        **{one.id: one.name for one in systems.systems(workspace)},
    }


def against(workspace: Workspace, status: RoadStatus, approval: Taken | None, names: Mapping[str, str]) -> Watch:
    """A system of today against a decision; nothing to compare where there is none."""
    system, classified = status.system, status.classified
    if approval is None:
        return Watch(status, None, None, (), (), tuple(_nothing_to_watch(system)))
    before = _as_approved(workspace, status, approval)
    changed = before is not None and before != system
    columns = tables(classified.regime.questions) if changed else ()
    changes = changes_of(before, system, columns, names) if before is not None else ()
    found = fired(
        load_renewal(classified.regime),
        changes,
        approved_level=approval.level,
        level=_level(classified.classification),
        risk_level=_risk(system),
    )
    remarks = [] if before else [_no_snapshot(approval)]
    return Watch(status, approval, before, changes, found, tuple(remarks))


def _as_approved(workspace: Workspace, status: RoadStatus, approval: Taken) -> System | None:
    """The system in the version that was filed; its history is read only where a later one is there."""
    system, key = status.system, f"system/{status.system.id}"
    wanted = approval.versions.get(key, "")
    if wanted and wanted == status.versions.get(key):
        return system
    history = workspace.store.history("system", system.id) if wanted else []
    found = next((one for one in history if str(one.version) == wanted), None)
    return System.model_validate_json(found.body) if found else None


def _level(found: Classification) -> int | None:
    return found.level if found.decided else None


def _risk(system: System) -> int | None:
    risk = system.facts.get(_RISK)
    return risk if isinstance(risk, int) and not isinstance(risk, bool) else None


def _no_snapshot(approval: Taken) -> str:
    return (
        f"Không có bản kê khai của ngày phê duyệt {approval.on:%d/%m/%Y} để so từng mục; chỉ so cấp độ. Lần phê duyệt "
        "sau chương trình tự giữ bản này."
    )


def _nothing_to_watch(system: System) -> Iterable[str]:
    paper = system.earlier_approval.paper if system.earlier_approval else None
    if paper is not None:
        yield (
            f"Cấp độ đã phê duyệt trước khi dùng chương trình ({paper.text}); chưa có bản kê khai của lần đó để so. "
            f"Xem thời hạn chuyển tiếp: compliance regimes transition {system.id}"
        )
    else:
        yield f"Chưa có quyết định phê duyệt nào đang có hiệu lực. Xem hồ sơ: compliance dossiers status {system.id}"
