"""The duties other records bring: deadlines of transition, road, evidence, findings, custody, contracts, incidents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from compliance.adapters.law import load_incident_rules
from compliance.domain.duty import DutyRow
from compliance.services.derived_duties import derived_rows
from compliance.services.duty_setting import DutySetting
from compliance.services.incident_duties import incident_rows


def other_rows(setting: DutySetting, until: date = date.max) -> Iterator[DutyRow]:
    """Every row that comes neither from the calendar nor from the standard, in no order.

    ``until``: what is surely due later may be left out, since making rows takes longer than reading what they rest on.
    """
    yield from derived_rows(setting.workspace, setting, until)
    yield from incident_rows(setting.workspace, setting.today, load_incident_rules(setting.regime))
