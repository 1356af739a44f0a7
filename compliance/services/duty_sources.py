"""The duties other records bring: deadlines of transition, road, evidence, findings, custody, contracts, incidents."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.adapters.law import load_incident_rules
from compliance.domain.duty import DutyRow
from compliance.services.derived_duties import derived_rows
from compliance.services.duty_setting import DutySetting
from compliance.services.incident_duties import incident_rows


def other_rows(setting: DutySetting) -> Iterator[DutyRow]:
    """Every row that comes neither from the calendar nor from the standard, in no order."""
    yield from derived_rows(setting.workspace, setting)
    yield from incident_rows(setting.workspace, setting.today, load_incident_rules(setting.regime))
