"""The leader's page, printed on one sheet and as a page any browser opens without a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.files import disk_reason, write_whole
from compliance.adapters.templates import load_layout, page_face
from compliance.adapters.workspace import Workspace
from compliance.domain.commune_figures import commune_figures
from compliance.domain.commune_page import CommunePage, commune_page
from compliance.domain.report import Figure, Period, ReportKind
from compliance.errors import Refused
from compliance.services.issued_reports import Ready
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one, refuse_any_foreign
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import MATCH_CODE, PaperData, plain
from compliance.services.regimes import regime
from compliance.services.report_facts import commune_facts

_DATA_NAME = "du-lieu-trang-lanh-dao.json"


@dataclass(frozen=True)
class LeaderPage:
    """The page as printed; ``html`` is the file that opens in a browser."""

    page: CommunePage
    figures: tuple[Figure, ...]
    printed: PrintedPaper
    html: Path

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [self.printed.file.as_json(), {"path": str(self.html)}],
            "figures": [one.as_json() for one in self.figures],
            "match_code": self.printed.match_code,
            "remarks": [*self.page.remarks, *self.printed.remarks],
        }


def leader_page(workspace: Workspace, out: Path | None, today: date, owner_id: str = "") -> LeaderPage:
    """Print the page of one owner: the PDF, and beside it the same as HTML.

    Args:
        workspace: where the records lie.
        out: the file (ending in ``.pdf``) or the folder for both; ``None`` for the workspace's folder of drafts.
        today: the day the records are read.
        owner_id: whose page; empty for the only owner.

    Raises:
        NotFound: no such owner, or the regime has no such page.
        Refused: the owner cannot be told, or the folder cannot be written.
        DataFault: the form or a law file is broken.
    """
    facts = commune_facts(workspace, today, owner_id)
    law = regime(None, facts.day)
    form = own_form(workspace, law, law.own_forms.leader_page, "trang tổng hợp của lãnh đạo")
    page = commune_page(facts)
    data = PaperData(
        name=_DATA_NAME,
        description="Số liệu trang tổng hợp",
        versions={f"regime/{law.id}": law.checked_on.isoformat(), f"form/{form.name}": form.digest},
        records={"page": plain(page)},
    )
    content: dict[str, object] = {"page": page, "form_folder": form.name}
    paper = OnePaper(form=form, title=form.data.title, author=page.head.agency, content=content, data=data)
    file = paper_file(workspace, form, "", out, facts.day.isoformat())
    beside = file.with_suffix(".html")
    refuse_any_foreign((file, beside))
    printed = print_one(paper, file, facts.day)
    if printed.file.path.suffix == ".html":  # no PDF could be made: what was left opens in a browser already
        return LeaderPage(page, commune_figures(facts), printed, printed.file.path)
    html = printed.html.replace(page_face(load_layout()).css, "")  # a browser has faces of its own
    return LeaderPage(page, commune_figures(facts), printed, _written(beside, html, data.match_code))


def _written(path: Path, html: str, code: str) -> Path:
    try:
        write_whole(path, f"{html}\n<!-- {MATCH_CODE} {code} -->\n".encode())
    except OSError as error:
        raise Refused(f"Không ghi được tệp {path}: {disk_reason(error)}. Hãy chọn thư mục khác.") from error
    return path


def leader_ready(workspace: Workspace, today: date, owner_id: str = "") -> Ready:
    """The page as a report to be issued; raises as :func:`leader_page`."""
    facts = commune_facts(workspace, today, owner_id)
    period = Period(kind=ReportKind.LEADER, name=today.isoformat(), first=today, last=today)
    content = {"page": commune_page(facts).model_dump(mode="json")}
    return Ready(ReportKind.LEADER, facts.owner_id, period, commune_figures(facts), content)
