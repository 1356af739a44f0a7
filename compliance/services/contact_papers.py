"""The contact list for incidents: read, and printed as a page for the wall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.contact_sheet import ContactSheet, contact_sheet
from compliance.domain.organization import commune_committee
from compliance.services import organizations, systems
from compliance.services.incident_contacts import CONTACT, contacts
from compliance.services.incident_records import rules_on
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import PaperData, plain

_DATA_NAME = "du-lieu-danh-ba.json"
_FOLDER = "su-co"


@dataclass(frozen=True)
class PrintedContacts:
    """The contact list as printed."""

    printed: PrintedPaper
    sheet: ContactSheet
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [self.printed.file.as_json()],
            "contacts": sum(bool(one.name) for one in self.sheet.lines),
            "missing": list(self.sheet.missing),
            "untried": list(self.sheet.untried),
            "match_code": self.printed.match_code,
            "remarks": list(self.remarks),
        }


def print_contacts(workspace: Workspace, *, out: Path | None, today: date) -> PrintedContacts:
    """Print the contact list for the wall.

    Raises:
        NotFound: the regime in force has no such form.
        Refused: another file bears the name, or the folder cannot be written.
        DataFault: the form or a law file is broken.
    """
    regime, rules = rules_on(today)
    form = own_form(workspace, regime, regime.own_forms.contact_list, "danh bạ liên hệ khi có sự cố")
    found = contacts(workspace)
    committee = commune_committee(organizations.units(workspace).values())
    sheet = contact_sheet(
        found,
        rules.clocks,
        issuer=committee.name if committee else "",
        names={one.id: one.name for one in systems.systems(workspace)},
        on=today,
    )
    heads = {f"{CONTACT}/{head.id}": str(head.version) for head in workspace.store.heads(CONTACT)}
    data = PaperData(
        name=_DATA_NAME,
        description="Dữ liệu lập danh bạ",
        versions={
            f"regime/{regime.id}": regime.checked_on.isoformat(),
            **heads,
            f"form/{form.name}": form.digest,
        },
        records={"contacts": [plain(one) for one in found], "sheet": plain(sheet)},
    )
    one = OnePaper(form, form.data.title, sheet.issuer, {"contacts": sheet}, data)
    file = paper_file(workspace, form, _FOLDER, out, today.isoformat())
    printed = print_one(one, file, today)
    return PrintedContacts(printed, sheet, (*_heed(sheet, printed), *printed.remarks))


def _heed(sheet: ContactSheet, printed: PrintedPaper) -> Iterable[str]:
    if sheet.missing:
        yield f"Chưa có đầu mối: {'; '.join(sheet.missing)}. Ghi bằng: compliance incidents contact-add"
    if sheet.untried:
        yield f"Chưa ai gọi thử: {'; '.join(sheet.untried)}. Gọi thử rồi ghi: compliance incidents contact-tried"
    if printed.file.pages > 1:
        yield f"Danh bạ dài {printed.file.pages} trang; nên bỏ bớt đầu mối ít dùng để vừa một trang treo tường."
