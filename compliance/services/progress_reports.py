"""The weekly and the monthly progress report, worked out from what the records date into the period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.templates import Form
from compliance.adapters.workspace import Workspace
from compliance.domain.dossier import letterhead
from compliance.domain.organization import Unit
from compliance.domain.progress import ProgressReport, progress_report
from compliance.domain.progress_figures import progress_figures
from compliance.domain.regime import Regime
from compliance.domain.report import Figure, Period
from compliance.services import organizations
from compliance.services.dossier_papers import DraftFile
from compliance.services.issued_reports import Ready
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one, refuse_any_foreign
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import PaperData, plain
from compliance.services.paper_twin import print_twin
from compliance.services.regimes import regime
from compliance.services.report_facts import progress_facts

_DATA_NAME = "du-lieu-bao-cao-tien-do.json"


@dataclass(frozen=True)
class ProgressDraft:
    """A report worked out, not yet printed; ``owner`` is whose it is, ``law`` and ``form`` what it is printed by."""

    report: ProgressReport
    figures: tuple[Figure, ...]
    period: Period
    owner: Unit
    law: Regime
    form: Form


@dataclass(frozen=True)
class ProgressPaper:
    """The report as printed; ``twin`` is its Word twin, for whoever completes part IV."""

    draft: ProgressDraft
    printed: PrintedPaper
    twin: DraftFile
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            **draft_json(self.draft),
            "files": [self.printed.file.as_json(), self.twin.as_json()],
            "match_code": self.printed.match_code,
            "remarks": list(self.remarks),
        }


def draft_json(draft: ProgressDraft) -> dict[str, Any]:
    """The period, the figures and what is told, as plain data with stable keys."""
    return {
        "period": draft.period.model_dump(mode="json"),
        "owner": draft.owner.id,
        "figures": [one.as_json() for one in draft.figures],
        "parts": [one.model_dump(mode="json") for one in draft.report.parts],
        "late": [one.model_dump(mode="json") for one in draft.report.late],
        "ahead": [one.model_dump(mode="json") for one in draft.report.ahead],
    }


def progress_draft(
    workspace: Workspace,
    period: Period,
    today: date,
    *,
    detailed: bool = True,
    owner_id: str = "",
    issuer_id: str = "",
    addressee: str = "",
) -> ProgressDraft:
    """Work a progress report out.

    Args:
        workspace: where the records lie.
        period: the week or the month.
        today: the day the records are read.
        detailed: for the commune itself; a superior gets the figures and what is open.
        owner_id: whose systems; empty for the only owner.
        issuer_id: the unit that reports; empty for the owner.
        addressee: whom it is for; empty leaves a marked blank.

    Raises:
        NotFound: no such unit, or no regime in force.
        Refused: the owner cannot be told.
    """
    facts, owner = progress_facts(workspace, period, today, owner_id)
    issuer = organizations.unit(workspace, issuer_id) if issuer_id else owner
    law = regime(None, min(today, period.last))
    form = own_form(workspace, law, law.own_forms.progress_report, "báo cáo tiến độ")
    head = letterhead(issuer).of_kind(form.data.kind_code)
    report = progress_report(facts, head, addressee, detailed=detailed, until=today)
    return ProgressDraft(report, progress_figures(facts), period, owner, law, form)


def print_progress(workspace: Workspace, draft: ProgressDraft, out: Path | None, today: date) -> ProgressPaper:
    """Print a report; number, day and signature stay empty.

    Raises:
        Refused: the folder cannot be written.
        DataFault: the form is broken.
    """
    law, form = draft.law, draft.form
    data = PaperData(
        name=_DATA_NAME,
        description="Số liệu báo cáo tiến độ",
        versions={f"regime/{law.id}": law.checked_on.isoformat(), f"form/{form.name}": form.digest},
        records={"period": draft.period.model_dump(mode="json"), "progress": plain(draft.report)},
    )
    paper = OnePaper(
        form=form,
        title=f"{form.data.title} {draft.report.name}",
        author=draft.report.letterhead.agency,
        content={"progress": draft.report},
        data=data,
    )
    name = f"{draft.period.name}-{'xa' if draft.report.detailed else 'tinh'}"
    place = paper_file(workspace, form, draft.owner.id, out, name)
    refuse_any_foreign((place, place.with_suffix(".docx")))
    printed = print_one(paper, place, today)
    twin = print_twin(paper, place.with_suffix(".docx"), today)
    remarks = [*printed.remarks]
    if draft.report.unfinished:
        remarks.append(f"Kỳ báo cáo chưa kết thúc; số liệu đến hết ngày {draft.report.unfinished}.")
    if not draft.report.addressee:
        remarks.append("Chưa ghi nơi nhận báo cáo: thêm --to “tên cơ quan nhận”.")
    return ProgressPaper(draft, printed, twin, tuple(remarks))


def progress_ready(draft: ProgressDraft) -> Ready:
    """A report to be issued; the one for the commune and the one for a superior are issued apart."""
    return Ready(
        draft.period.kind,
        draft.owner.id,
        draft.period,
        draft.figures,
        {"progress": draft.report.model_dump(mode="json")},
        draft="" if draft.report.detailed else "tinh",
    )
