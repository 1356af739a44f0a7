"""Pre-flight of a dossier with what its road and its enclosures tell."""

from __future__ import annotations

from collections import Counter
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.preflight_input import Enclosure, RoadFacts
from compliance.domain.procedure import Stage
from compliance.services.classifications import classify_all
from compliance.services.enclosures import enclosures_of
from compliance.services.preflight import Preflight, preflight, preflight_all
from compliance.services.roads import RoadStatus, road_status, status_of

_NOT_WHOLE = "tệp không còn trong thư mục hồ sơ hoặc đã bị thay đổi"


def dossier_check(workspace: Workspace, system_id: str, today: date) -> Preflight:
    """Check one dossier before it is sent; raises as :func:`compliance.services.preflight.preflight`."""
    status = road_status(workspace, system_id, today)
    return preflight(workspace, system_id, today, _facts(workspace, status, today))


def dossier_check_all(workspace: Workspace, today: date) -> tuple[Preflight, ...]:
    """Check every dossier, ordered by id; raises as :func:`dossier_check`."""
    roads = {
        one.system.id: _facts(workspace, status_of(workspace, one, today), today)
        for one in classify_all(workspace, today)
        if one.system.needs_dossier
    }
    return preflight_all(workspace, today, roads)


def blocking(workspace: Workspace, system_id: str, today: date) -> list[tuple[str, str]]:
    """What blocks sending: each code once, with its first sentence and how often it was found."""
    errors = dossier_check(workspace, system_id, today).errors
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


def _facts(workspace: Workspace, status: RoadStatus, today: date) -> RoadFacts:
    brought = enclosures_of(workspace, status.system.id, today)
    dated = {one.slot.id: one.enclosure.issued_on for one in brought if one.enclosure.issued_on}
    approval, current = status.progress.approval, status.progress.current
    decided = next((one for one in reversed(current.steps) if one.effective_on is not None), None)
    return RoadFacts(
        regulation_issued_on=dated.get("regulation"),
        decided_on=decided.on if decided else None,
        opinion_given=True if status.stage is Stage.OPINION_GIVEN else None,
        enclosures=tuple(
            Enclosure(name=one.enclosure.file_name, readable=one.sound, reason="" if one.sound else _NOT_WHOLE)
            for one in brought
        ),
        approved_level=approval.level if approval else None,
        risk_assessed_on=dated.get("risk_report"),
    )
