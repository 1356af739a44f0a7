"""Printing the monthly sheet of the morning check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.month_named import month_days
from compliance.domain.morning_month import MorningMonth
from compliance.domain.morning_sheet import MorningSheet, morning_sheet
from compliance.errors import Refused
from compliance.services.mornings import KIND, checked_unit, morning_month
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import PaperData, plain
from compliance.services.regimes import regime

_DATA_NAME = "du-lieu-kiem-tra-dau-gio.json"
_FOLDER = "kiem-tra-dau-gio"


@dataclass(frozen=True)
class MonthPaper:
    """The sheet as printed and what it was made from."""

    printed: PrintedPaper
    month: MorningMonth
    sheet: MorningSheet

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [self.printed.file.as_json()],
            "unit": self.month.unit_id,
            "month": f"{self.month.first:%Y-%m}",
            "checked": self.month.checked,
            "working_days": self.month.working,
            "faults": len(self.month.faults),
            "faults_open": self.month.open_faults,
            "match_code": self.printed.match_code,
            "remarks": list(self.printed.remarks),
        }


def print_month(workspace: Workspace, month: str, unit_id: str, out: Path | None, today: date) -> MonthPaper:
    """Print the sheet of a month.

    Args:
        workspace: where the mornings are kept.
        month: as an officer names it (:func:`month_days`).
        unit_id: the office; empty where there is only one that checks.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the folder of drafts.
        today: decides which days are over.

    Raises:
        NotFound: no such unit, or the regime in force has no such form.
        Refused: it is no month, nothing was recorded in it, or the folder cannot be written.
        DataFault: the form, the list or the calendar is broken.
    """
    first, last = month_days(month, today)
    unit = checked_unit(workspace, unit_id)
    law = regime(None, today)
    form = own_form(workspace, law, law.own_forms.morning_sheet, "phiếu kiểm tra đầu giờ")
    found = morning_month(workspace, unit, first, last, today)
    recorded = [line.morning for line in found.days if line.morning is not None]
    if not recorded:
        raise Refused(
            f"{unit.name} chưa ghi lần kiểm tra đầu giờ nào trong tháng {first:%m/%Y} nên không có gì để in. "
            f"Ghi bổ sung: compliance mornings record --unit {unit.id} --day NGÀY --good"
        )
    sheet = morning_sheet(found, unit)
    heads = {head.id: str(head.version) for head in workspace.store.heads_of(KIND, (one.id for one in recorded))}
    data = PaperData(
        name=_DATA_NAME,
        description="Dữ liệu kiểm tra đầu giờ",
        versions={
            f"regime/{law.id}": law.checked_on.isoformat(),
            f"form/{form.name}": form.digest,
            **{f"{KIND}/{id_}": version for id_, version in heads.items()},
        },
        records={"unit": plain(unit), "sheet": plain(sheet), "mornings": [plain(one) for one in recorded]},
    )
    paper = OnePaper(
        form=form,
        title=f"{form.data.title} tháng {sheet.month}: {unit.name}",
        author=unit.name,
        content={"morning": sheet},
        data=data,
    )
    path = paper_file(workspace, form, _FOLDER, out, f"{unit.id}-{first:%Y-%m}")
    return MonthPaper(print_one(paper, path, today), found, sheet)
