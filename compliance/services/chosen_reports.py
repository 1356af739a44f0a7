"""Any report by the words it was asked for in: worked out, ready to be issued, or printed again as issued."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.blank import Frozen
from compliance.domain.commune_page import CommunePage
from compliance.domain.progress import ProgressReport
from compliance.domain.report import Figure, Issued, ReportKind
from compliance.domain.report_period import month_period, week_period
from compliance.errors import Refused
from compliance.services import annual_papers
from compliance.services.annual_reports import annual_report
from compliance.services.commune_pages import leader_ready
from compliance.services.dossier_papers import DraftFile
from compliance.services.issued_reports import Ready, issued_data
from compliance.services.one_paper import OnePaper, print_one
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_twin import print_twin
from compliance.services.progress_reports import progress_draft, progress_ready
from compliance.services.regimes import regime

_PERIODS = {ReportKind.WEEKLY: week_period, ReportKind.MONTHLY: month_period}


@dataclass(frozen=True)
class Asked:
    """A report as asked for.

    ``period`` is a week, a month or nothing; ``year`` and ``draft`` and ``operator_id`` are of the yearly report only,
    ``detailed``, ``issuer_id`` and ``addressee`` of progress reports only.
    """

    kind: ReportKind
    period: str = ""
    year: int | None = None
    draft: str = "owner"
    operator_id: str = ""
    owner_id: str = ""
    detailed: bool = True
    issuer_id: str = ""
    addressee: str = ""


@dataclass(frozen=True)
class Reprinted:
    """An issued report printed again."""

    files: tuple[DraftFile, ...]
    match_code: str
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [one.as_json() for one in self.files],
            "match_code": self.match_code,
            "print_remarks": list(self.remarks),
        }


def ready_report(workspace: Workspace, asked: Asked, today: date) -> Ready:
    """The report worked out on a day, ready to be issued.

    Raises:
        NotFound: no such unit, or no regime with such a report is in force.
        Refused: the period is none, the year is not said, or the owner cannot be told.
    """
    _refuse_unfitting(asked)
    if asked.kind is ReportKind.LEADER:
        return leader_ready(workspace, today, asked.owner_id)
    if asked.kind is ReportKind.ANNUAL:
        if asked.year is None:
            raise Refused("Hãy nêu năm báo cáo, ví dụ --year 2026.")
        draft = annual_report(
            workspace,
            asked.year,
            today,
            draft=asked.draft,
            owner_id=asked.owner_id,
            operator_id=asked.operator_id,
        )
        return annual_papers.ready_annual(workspace, draft)
    period = _PERIODS[asked.kind](asked.period, today)
    return progress_ready(
        progress_draft(
            workspace,
            period,
            today,
            detailed=asked.detailed,
            owner_id=asked.owner_id,
            issuer_id=asked.issuer_id,
            addressee=asked.addressee,
        )
    )


def _refuse_unfitting(asked: Asked) -> None:
    """What is said of the period must be what the kind of report goes by, or another report would be issued."""
    called = asked.kind.label.lower()
    if asked.period and asked.kind is ReportKind.ANNUAL:
        raise Refused(f"Báo cáo năm nêu năm bằng --year, không nêu kỳ “{asked.period}”; ví dụ --year 2026.")
    if asked.period and asked.kind is ReportKind.LEADER:
        raise Refused(f"{asked.kind.label} lập theo ngày, không nêu kỳ “{asked.period}”. Hãy bỏ phần này.")
    if asked.year is not None and asked.kind is not ReportKind.ANNUAL:
        raise Refused(
            f"--year chỉ dùng cho báo cáo năm; {called} nêu kỳ ngay sau loại báo cáo, hoặc bỏ trống là kỳ này."
        )


def figures_of(workspace: Workspace, asked: Asked, today: date) -> tuple[Figure, ...]:
    """The figures of a report as it would be today; raises as :func:`ready_report`."""
    return ready_report(workspace, asked, today).figures


def print_issued(workspace: Workspace, one: Issued, out: Path | None) -> Reprinted:
    """Print an issued report again from what was frozen.

    Raises:
        NotFound: its form is no longer shipped.
        Refused: the folder cannot be written, or holds another file of that name.
    """
    if one.kind is ReportKind.ANNUAL:
        made = annual_papers.print_issued(workspace, one, out)
        return Reprinted(made.files, made.match_code, made.remarks)
    law = regime(None, one.issued_on)
    leader = one.kind is ReportKind.LEADER
    key, model = ("page", CommunePage) if leader else ("progress", ProgressReport)
    form_id = law.own_forms.leader_page if leader else law.own_forms.progress_report
    form = own_form(workspace, law, form_id, one.kind.label.lower())
    said: Frozen = model.model_validate_json(json.dumps(one.content[key]))
    beside: dict[str, object] = {"form_folder": form.name} if leader else {}
    name = "-".join(part for part in (one.period.name, one.draft, f"lan-{one.issue}") if part)
    paper = OnePaper(
        form=form,
        title=f"{form.data.title} ({name})",
        author=_agency(said),
        content={key: said, **beside},
        data=issued_data(one),
    )
    place = paper_file(workspace, form, "", out, name)
    printed = print_one(paper, place, one.issued_on)
    files = (printed.file,) if leader else (printed.file, print_twin(paper, place.with_suffix(".docx"), one.issued_on))
    return Reprinted(files, printed.match_code, printed.remarks)


def _agency(said: Frozen) -> str:
    if isinstance(said, CommunePage):
        return said.head.agency
    return said.letterhead.agency if isinstance(said, ProgressReport) else ""
