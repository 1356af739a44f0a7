"""``make bench``: every ratio, one line each."""

from __future__ import annotations

from bench import (
    assessing,
    assessment_report,
    assessment_workbook,
    drafting,
    duties,
    importing,
    law,
    leader,
    packaging,
    portfolio,
    startup,
)
from compliance.cli.main import collect_seldom

collect_seldom()  # as the program does
for module in (
    startup,
    law,
    importing,
    portfolio,
    drafting,
    assessing,
    assessment_workbook,
    assessment_report,
    packaging,
    duties,
    leader,
):
    for what, ratio in module.measure():
        print(f"{ratio:>8}  {what}", flush=True)
