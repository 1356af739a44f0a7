"""The response scripts: listing them, and printing each on one sheet with the limits and the numbers to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.law import load_incident_rules, load_scripts
from compliance.adapters.workspace import Workspace
from compliance.domain.incident_rules import IncidentRules, ResponseScript, ResponseScripts
from compliance.domain.organization import commune_committee
from compliance.domain.regime import Regime
from compliance.domain.response_sheet import ResponseSheet, response_sheet
from compliance.domain.wording import nearest
from compliance.errors import NotFound, Refused
from compliance.services import organizations
from compliance.services.incident_contacts import contacts
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import PaperData, plain
from compliance.services.regimes import regime

_DATA_NAME = "du-lieu-kich-ban-ung-pho.json"
_FOLDER = "kich-ban-ung-pho"


@dataclass(frozen=True)
class PrintedScript:
    """One script on paper; ``blanks`` are the roles nobody on the contact list has, to be filled by pen."""

    script: ResponseScript
    printed: PrintedPaper
    blanks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "id": self.script.id,
            "title": self.script.title,
            "files": [self.printed.file.as_json()],
            "blanks": list(self.blanks),
            "match_code": self.printed.match_code,
            "remarks": list(self.printed.remarks),
        }


def scripts() -> ResponseScripts:
    """Every script there is.

    Raises:
        DataFault: the file has faults; all are listed.
    """
    return load_scripts()


def script_named(script_id: str) -> ResponseScript:
    """One script.

    Raises:
        NotFound: there is none of this id; the nearest is offered.
    """
    known = scripts()
    found = known.script(script_id.strip())
    if found is not None:
        return found
    near = nearest(script_id, [one.id for one in known.scripts])
    hint = f"Có phải “{near}”?" if near else "Xem danh sách: compliance incidents scripts"
    raise NotFound(f"Không có kịch bản ứng phó “{script_id}”. {hint}")


def print_scripts(
    workspace: Workspace, script_ids: Sequence[str], out: Path | None, today: date
) -> tuple[PrintedScript, ...]:
    """Print scripts, one sheet and one file each.

    Args:
        workspace: where the contact list is kept.
        script_ids: which; none for all.
        out: the folder, or for a single script the file (ending in ``.pdf``); ``None`` for the folder of drafts.
        today: picks the regime whose limits are printed.

    Raises:
        NotFound: no such script, or the regime in force has no such form.
        Refused: one file was named for several scripts, or the folder cannot be written.
        DataFault: the form or a law file is broken.
    """
    chosen = tuple(script_named(one) for one in dict.fromkeys(script_ids)) or scripts().scripts
    one_file = out is not None and out.suffix.lower() == ".pdf"
    if one_file and len(chosen) > 1:
        raise Refused(f"{out} chỉ chứa được một kịch bản. In nhiều kịch bản thì nêu thư mục: --out THƯ-MỤC")
    law = regime(None, today)
    sheets = _sheets(workspace, law, chosen)
    return tuple(_print(workspace, law, sheet, out, today) for sheet in sheets)


def _sheets(workspace: Workspace, law: Regime, chosen: Sequence[ResponseScript]) -> tuple[ResponseSheet, ...]:
    rules, committee = _rules(law), commune_committee(organizations.units(workspace).values())
    office, known = committee.name if committee else "", contacts(workspace)
    return tuple(response_sheet(one, office, rules, known) for one in chosen)


def _rules(law: Regime) -> IncidentRules | None:
    try:
        return load_incident_rules(law)
    except NotFound:
        return None  # the sheet then says to look the limits up


def _print(workspace: Workspace, law: Regime, sheet: ResponseSheet, out: Path | None, today: date) -> PrintedScript:
    form = own_form(workspace, law, law.own_forms.response_script, "kịch bản ứng phó")
    known, script = scripts(), sheet.script
    data = PaperData(
        name=_DATA_NAME,
        description="Dữ liệu kịch bản ứng phó",
        versions={
            f"regime/{law.id}": law.checked_on.isoformat(),
            f"form/{form.name}": form.digest,
            f"script/{script.id}": known.checked_on.isoformat(),
        },
        records={"sheet": plain(sheet)},
    )
    paper = OnePaper(
        form=form,
        title=f"{form.data.title}: {script.title}",
        author=sheet.office,
        content={"response": sheet, "source_note": known.source_note},
        data=data,
    )
    path = paper_file(workspace, form, _FOLDER, out, script.id)
    blanks = tuple(call.role for call in sheet.calls if not call.text)
    return PrintedScript(script, print_one(paper, path, today), blanks)
