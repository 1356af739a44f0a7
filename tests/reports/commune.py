"""A commune at the end of 2026 in which every figure of the yearly report is known by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment, AssessmentKind
from compliance.domain.paper import Paper
from compliance.domain.regime_status import regime_on
from compliance.domain.road import Taken
from compliance.domain.system import EarlierApproval, Status, System
from tests.documents.office import (
    NOTICES,
    ONE_STOP,
    OTHERS,
    SECURITY,
    STAFF,
    TODAY,
    UNDECIDED,
    new_office,
    put,
    put_system,
)

AFTER = date(2026, 12, 18)
"""The Friday on which the drafts are made: the window is over, the week-end lies before the 20th."""
RULES = Paper(subject="Quyết định", number="52/QĐ-UBND", issued_on=date(2026, 9, 30), issuer="UBND xã Suối Mẫu")
OLD = EarlierApproval(
    level=1, paper=Paper(subject="Quyết định", number="9/QĐ-UBND", issued_on=date(2025, 6, 2), issuer="UBND huyện Mẫu")
)
APPROVED = STAFF.model_copy(update={"regulation": RULES, "absences": {}})
KEPT = NOTICES.model_copy(update={"earlier_approval": OLD, "started_on": date(2025, 5, 1)})
ENDED = NOTICES.model_copy(
    update={
        "id": "camera",
        "name": "Hệ thống camera cũ",
        "status": Status.DECOMMISSIONED,
        "ended_on": date(2026, 6, 30),
    }
)
LATER = NOTICES.model_copy(update={"id": "loa-moi", "name": "Loa mới", "started_on": date(2026, 12, 20)})
LAST_DAYS = NOTICES.model_copy(
    update={"id": "chu-cu", "name": "Chủ cũ", "status": Status.DECOMMISSIONED, "ended_on": date(2026, 12, 31)}
)


def step(system: System, number: int, step_id: str, on: date, **said: object) -> tuple[str, Taken]:
    """One recorded step of the road at level 2."""
    return f"{system.id}/{number:04d}", Taken.model_validate(
        {"number": number, "step": step_id, "on": on, "level": 2, **said}
    )


def check(system: System, number: int, kind: AssessmentKind, closed: date | None) -> tuple[str, Assessment]:
    """One check, closed on a day or still open."""
    year = (closed or TODAY).year
    regime = regime_on(TODAY, load_regimes())
    one = Assessment(
        id=f"{system.id}/{year}-{number}",
        system_id=system.id,
        kind=kind,
        regime=regime.id,
        level=2,
        lists={},
        assessor="Công an xã Suối Mẫu",
        started_on=date(2025, 1, 5),
        closed_on=closed,
    )
    return one.id, one


def commune(path: Path) -> Workspace:
    """Nine systems: five are managed at the end of the window, two of them approved, one of these checked in it."""
    workspace = new_office(path)
    for one in (APPROVED, KEPT, ENDED, LATER, LAST_DAYS):
        put_system(workspace, one)
    decision = Paper(subject="Quyết định", number="61/QĐ-BPANM", issued_on=date(2026, 10, 20), issuer=SECURITY.name)
    put(
        workspace,
        "step",
        [
            step(STAFF, 1, "check", date(2026, 10, 1)),
            step(STAFF, 2, "send", date(2026, 10, 2), paper=Paper(number="12/VP", issued_on=date(2026, 10, 2))),
            step(STAFF, 3, "approve", date(2026, 10, 20), paper=decision, effective_on=date(2026, 10, 20)),
            step(ONE_STOP, 1, "check", date(2026, 12, 1), level=3),
            step(
                ONE_STOP,
                2,
                "send",
                date(2026, 12, 2),
                level=3,
                paper=Paper(number="15/VP", issued_on=date(2026, 12, 2)),
            ),
        ],
    )
    put(
        workspace,
        "assessment",
        [
            check(STAFF, 1, AssessmentKind.PERIODIC, date(2026, 12, 14)),
            check(NOTICES, 1, AssessmentKind.SELF, date(2025, 12, 14)),
            check(NOTICES, 2, AssessmentKind.PRE_OPERATION, date(2025, 4, 20)),
            check(ONE_STOP, 1, AssessmentKind.SELF, date(2026, 12, 15)),
            check(UNDECIDED, 1, AssessmentKind.SELF, None),
        ],
    )
    return workspace


MANAGED = (NOTICES.id, LAST_DAYS.id, STAFF.id, ONE_STOP.id, UNDECIDED.id)
"""What is reported, in the order of the report."""
OPERATED = OTHERS.id
