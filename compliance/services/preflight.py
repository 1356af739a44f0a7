"""Pre-flight (kiểm tra trước khi gửi): will the dossier of a system come back? Fast: nothing is printed or stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.adapters.law import load_preflight
from compliance.adapters.workspace import Workspace
from compliance.domain.preflight import PreflightCatalogue, Problem, Weight
from compliance.domain.preflight_input import RoadFacts
from compliance.domain.preflight_run import problems
from compliance.domain.regime_status import unchecked_notice
from compliance.domain.system import Ownership, Status, System
from compliance.errors import Refused
from compliance.services.classifications import ClassifiedSystem, classify_all, classify_system
from compliance.services.preflight_sources import Desk, desk, gather
from compliance.services.regimes import regime

NOTHING_RECORDED = RoadFacts()
"""A dossier whose road nobody has recorded yet."""


@dataclass(frozen=True)
class Preflight:
    """What pre-flight found for one system, the heaviest first; ``notice`` tells of law data that is too old."""

    system_id: str
    name: str
    level: int | None
    level_label: str
    day: date
    problems: tuple[Problem, ...]
    catalogue: PreflightCatalogue
    notice: str = ""

    def of(self, weight: Weight) -> tuple[Problem, ...]:
        """The problems of one weight."""
        return tuple(one for one in self.problems if one.severity is weight)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What blocks sending, unless a reason is recorded."""
        return self.of(Weight.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What somebody may ask about."""
        return self.of(Weight.WARNING)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What to know before sending."""
        return self.of(Weight.NOTE)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each weight."""
        return {weight.value: len(self.of(weight)) for weight in Weight}

    @property
    def ready(self) -> bool:
        """Whether nothing blocks sending."""
        return not self.errors


def preflight(workspace: Workspace, system_id: str, today: date, road: RoadFacts = NOTHING_RECORDED) -> Preflight:
    """Check one system before its dossier is sent.

    Args:
        workspace: where it is recorded.
        system_id: the system.
        today: decides the law, what is past and what is yet to come.
        road: what is recorded of the dossier's road.

    Raises:
        NotFound: no such system, no regime in force, or a regime without such checks.
        Refused: no dossier is drafted for the system.
        DataFault: a form or law file is broken.
    """
    return preflight_of(workspace, classify_system(workspace, system_id, today), today, road)


def preflight_of(workspace: Workspace, one: ClassifiedSystem, today: date, road: RoadFacts) -> Preflight:
    """Check a system that is classified already; raises as :func:`preflight`."""
    refuse_without_dossier(one.system)
    return _checked(desk(workspace, today, one.system.id), one, road)


def preflight_all(
    workspace: Workspace,
    today: date,
    roads: Mapping[str, RoadFacts] | None = None,
    classified: Iterable[ClassifiedSystem] | None = None,
) -> tuple[Preflight, ...]:
    """Check every system a dossier is drafted for, ordered by id; raises as :func:`preflight`.

    ``classified`` are all systems, where they are classified already.
    """
    at, known = desk(workspace, today), roads or {}
    every = classify_all(workspace, today) if classified is None else classified
    return tuple(
        _checked(at, one, known.get(one.system.id, NOTHING_RECORDED)) for one in every if one.system.needs_dossier
    )


def preflight_catalogue(today: date) -> PreflightCatalogue:
    """The checks of the regime in force.

    Raises:
        NotFound: no regime is in force, or it has no such checks.
    """
    return load_preflight(regime(None, today))


def refuse_without_dossier(system: System) -> None:
    """Refuse a system for which no dossier is drafted.

    Raises:
        Refused: the office only uses it, or it has ended.
    """
    if system.ownership is Ownership.USED:
        raise Refused(
            f"“{system.name}”: cơ quan chỉ sử dụng, chủ quản là nơi khác nên không lập hồ sơ. "
            f"Hãy xin và lưu số, ngày quyết định phê duyệt cấp độ của chủ quản: compliance systems show {system.id}"
        )
    if system.status is Status.DECOMMISSIONED:
        raise Refused(
            f"“{system.name}” đã kết thúc vận hành nên không lập hồ sơ. Nếu vẫn đang dùng, hãy sửa tình trạng của hệ "
            "thống trong bảng kê rồi nhập lại: compliance systems import BẢNG-KÊ.xlsx"
        )


def _checked(at: Desk, one: ClassifiedSystem, road: RoadFacts) -> Preflight:
    found = one.classification
    return Preflight(
        system_id=one.system.id,
        name=one.system.name,
        level=found.level if found.decided else None,
        level_label=found.label,
        day=at.today,
        problems=problems(at.catalogue, gather(at, one, road)),
        catalogue=at.catalogue,
        notice=unchecked_notice(one.regime, at.today) or "",
    )


def as_json(one: Preflight) -> list[dict[str, Any]]:
    """The problems of one system as programs read them."""
    return [
        {
            "code": each.code,
            "severity": each.severity.value,
            "where": each.where,
            "message": each.message,
            "fix": each.fix,
            "command": each.command,
            "citation": each.citation,
            "uncertain": each.uncertain,
            "fields": list(each.fields),
        }
        for each in one.problems
    ]
