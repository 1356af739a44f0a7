"""Duties that other records bring: each with a last day, worked out at every reading and never stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from compliance.adapters.workspace import Workspace
from compliance.domain.duty import DutyRow
from compliance.services.derived_legal import road_rows, transition_rows
from compliance.services.derived_own import contract_rows, custody_rows, evidence_rows, finding_rows
from compliance.services.duty_setting import DutySetting


def derived_rows(workspace: Workspace, setting: DutySetting, until: date = date.max) -> Iterable[DutyRow]:
    """Everything due that neither the calendar nor the standard's lists ask for, in no order.

    Transition, road, evidence, findings, custody, contracts; the last four only where their day is not after ``until``.
    A system that is retired or merely used brings only what the office set itself: remediation, custody, contracts.

    Raises:
        NotFound: no procedure or no rules of transition.
    """
    if workspace is not setting.workspace:
        raise ValueError("the setting was read from another workspace")
    return _unique(
        chain(
            transition_rows(setting),
            road_rows(setting),
            evidence_rows(setting, until),
            finding_rows(setting, until),
            custody_rows(setting, until),
            contract_rows(setting, until),
        )
    )


def _unique(rows: Iterable[DutyRow]) -> Iterator[DutyRow]:
    """Each id once: a deadline two cases share is one."""
    seen: set[str] = set()
    for row in rows:
        if row.id not in seen:
            seen.add(row.id)
            yield row
