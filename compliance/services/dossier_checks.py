"""Pre-flight of a dossier with what its road and its enclosures tell."""

from __future__ import annotations

from collections import Counter
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.preflight_input import Enclosure, RoadFacts
from compliance.domain.procedure import Stage
from compliance.services.classifications import classify_all
from compliance.services.enclosures import enclosures_of
from compliance.services.preflight import Preflight, preflight_all, preflight_of
from compliance.services.roads import RoadStatus, road_status, statuses_of

_NOT_WHOLE = "tệp không còn trong thư mục hồ sơ hoặc đã bị thay đổi"


def dossier_check(workspace: Workspace, system_id: str, today: date) -> Preflight:
    """Check one dossier before it is sent; raises as :func:`compliance.services.preflight.preflight`."""
    return _checked(workspace, road_status(workspace, system_id, today))


def dossier_check_all(workspace: Workspace, today: date) -> tuple[Preflight, ...]:
    """Check every dossier, ordered by id; raises as :func:`dossier_check`."""
    classified = classify_all(workspace, today)
    roads = {one.system.id: _facts(workspace, one) for one in statuses_of(workspace, classified, today)}
    return preflight_all(workspace, today, roads, classified)


def blocking(workspace: Workspace, status: RoadStatus) -> list[tuple[str, str]]:
    """What blocks sending: each code once, with its first sentence and how often it was found."""
    errors, system_id = _checked(workspace, status).errors, status.system.id
    counted = Counter(one.code for one in errors)
    first = {one.code: one for one in reversed(errors)}
    return [
        (
            code,
            f"{code} {first[code].where}: {first[code].message}"
            + (f" (và {count - 1} chỗ khác; xem đủ: compliance dossiers check {system_id})" if count > 1 else ""),
        )
        for code, count in counted.items()
    ]


def _checked(workspace: Workspace, status: RoadStatus) -> Preflight:
    return preflight_of(workspace, status.classified, status.today, _facts(workspace, status))


def _facts(workspace: Workspace, status: RoadStatus) -> RoadFacts:
    brought = enclosures_of(workspace, status.system.id, status.today)
    dated = {one.slot.id: one.enclosure.issued_on for one in brought if one.enclosure.issued_on}
    approval, current = status.progress.approval, status.progress.current
    return RoadFacts(
        regulation_issued_on=dated.get("regulation"),
        decided_on=current.decision.on if current.decision else None,
        opinion_given=True if status.stage is Stage.OPINION_GIVEN else None,
        enclosures=tuple(
            Enclosure(name=one.enclosure.file_name, readable=one.sound, reason="" if one.sound else _NOT_WHOLE)
            for one in brought
        ),
        approved_level=approval.level if approval else None,
        risk_assessed_on=dated.get("risk_report"),
    )
