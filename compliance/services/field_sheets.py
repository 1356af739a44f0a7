"""The checklist one takes along: the rows of a check printed in the order of a walk through the office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compliance.adapters.law import load_places
from compliance.adapters.templates import Form
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment
from compliance.domain.field_sheet import field_sheet
from compliance.domain.place import Places
from compliance.domain.wording import date_text
from compliance.errors import Refused
from compliance.services.assessments import load, regime_of
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import PaperData, plain

_DATA_NAME = "du-lieu-phieu-kiem-tra.json"


def print_field_sheet(workspace: Workspace, assessment_id: str, out: Path | None, today: date) -> PrintedPaper:
    """Print the checklist of an open check.

    Args:
        workspace: where the check is recorded.
        assessment_id: the check.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the system's folder of drafts.
        today: the day it is printed.

    Raises:
        NotFound: there is no such check, or its regime has no such sheet.
        Refused: the check is closed, or the folder cannot be written.
        DataFault: the form or a law file is broken.
    """
    sheet = load(workspace, assessment_id)
    one = sheet.assessment
    _refuse_closed(one)
    regime = regime_of(one)
    places = load_places(regime)
    form = own_form(workspace, regime, regime.own_forms.field_checklist, "phiếu kiểm tra tại chỗ")
    composed = field_sheet(sheet, places)
    paper = OnePaper(
        form=form,
        title=f"{form.data.title}: {sheet.system_name}",
        author=one.assessor,
        content={"sheet": composed},
        data=PaperData(
            name=_DATA_NAME,
            description="Dữ liệu lập phiếu",
            versions=_versions(one, places, form),
            records={"assessment": plain(one), "sheet": plain(composed)},
        ),
    )
    return print_one(paper, paper_file(workspace, form, one.system_id, out, one.id), today)


def _refuse_closed(one: Assessment) -> None:
    if one.closed_on is not None:
        raise Refused(
            f"Lần kiểm tra {one.id} đã kết thúc ngày {date_text(one.closed_on)} nên không in phiếu đi kiểm tra nữa. "
            f"Hãy bắt đầu lần mới: compliance assessments start {one.system_id}"
        )


def _versions(one: Assessment, places: Places, form: Form) -> dict[str, str]:
    return {
        **{f"checklist/{id_}": version for id_, version in one.lists.items()},
        f"places/{places.regime}": places.checked_on.isoformat(),
        f"form/{form.name}": form.digest,
    }
