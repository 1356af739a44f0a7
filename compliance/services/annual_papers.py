"""The yearly report as papers: the statutory form and its annexes as PDF and Word, and the table as a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.report_workbook import ReportSheet, write_report
from compliance.adapters.workspace import Workspace
from compliance.domain.annual_annexes import AnnualAnnexes
from compliance.domain.annual_checks import BODY_LABELS
from compliance.domain.annual_report import AnnualReport
from compliance.domain.report import Issued
from compliance.domain.wording import date_text
from compliance.errors import Refused
from compliance.services.annual_reports import AnnualDraft
from compliance.services.dossier_papers import DraftFile
from compliance.services.issued_reports import Ready, issued_data, last_issue
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one, refuse_any_foreign
from compliance.services.own_forms import DRAFTS, own_form
from compliance.services.paper_data import PaperData
from compliance.services.paper_twin import print_twin
from compliance.services.regimes import regime

_DATA_NAME = "du-lieu-bao-cao.json"
_COLUMNS = range(1, 13)
_WIDTHS = (6, 36, 28, 28, 8, 20, 40, 40, 18, 24, 18, 28)


@dataclass(frozen=True)
class AnnualPapers:
    """The printed papers: the report and its annexes, each as PDF and Word."""

    files: tuple[DraftFile, ...]
    match_code: str
    face: str
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [one.as_json() for one in self.files],
            "match_code": self.match_code,
            "face": self.face,
            "print_remarks": list(self.remarks),
        }


def print_annual(workspace: Workspace, draft: AnnualDraft, out: Path | None, today: date) -> AnnualPapers:
    """Print a draft: nothing is issued, number and day stay empty.

    Args:
        workspace: where the office keeps its own forms and drafts.
        draft: the report.
        out: the folder; ``None`` for the folder of drafts.
        today: the day in the files' properties.

    Raises:
        NotFound: the regime has no form of the annexes.
        Refused: a file is named for the folder, it cannot be written, or holds another file of that name.
        DataFault: a form is broken.
    """
    content = annual_content(draft)
    data = PaperData(
        name=_DATA_NAME, description="Số liệu báo cáo", versions=draft.versions, records={"report": content}
    )
    folder = out or workspace.path / DRAFTS / f"bao-cao-nam-{draft.period.name}"
    name = f"{draft.period.name}-{draft.scope.key}"
    return _printed(workspace, draft.regime.id, _Printing(content, data, folder, name, today))


def print_issued(workspace: Workspace, one: Issued, out: Path | None) -> AnnualPapers:
    """Print an issued report again from what was frozen: the same content, the same match code.

    Raises:
        NotFound: the regime it follows or its form is no longer shipped.
        Refused: the folder cannot be written, or holds another file of that name.
    """
    regime_id = next((key.partition("/")[2] for key in one.versions if key.startswith("regime/")), "")
    name = f"{one.period.name}-{one.draft}-lan-{one.issue}"
    folder = out or workspace.path / DRAFTS / f"bao-cao-nam-{one.period.name}"
    return _printed(workspace, regime_id, _Printing(one.content, issued_data(one), folder, name, one.issued_on))


@dataclass(frozen=True)
class _Printing:
    """One printing: what, with which data, where to, under which name, dated when."""

    content: Mapping[str, Any]
    data: PaperData
    folder: Path
    name: str
    day: date


def _printed(workspace: Workspace, regime_id: str, one: _Printing) -> AnnualPapers:
    if one.folder.suffix.lower() == ".pdf":
        raise Refused(f"Báo cáo năm gồm nhiều tệp nên nơi ghi phải là thư mục, không phải tệp {one.folder}.")
    law = regime(regime_id, one.day)
    report = AnnualReport.model_validate_json(json.dumps(one.content["annual"]))
    beside = AnnualAnnexes.model_validate_json(json.dumps(one.content["annexes"]))
    own = law.own_forms
    papers: list[tuple[OnePaper, Path]] = []
    changed: list[str] = []
    wanted: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        (own.annual_report, "báo cáo năm", {"annual": report}),
        (own.annual_annexes, "phụ lục báo cáo năm", {"beside": beside}),
    )
    for form_id, called, said in wanted:
        form = own_form(workspace, law, form_id, called)
        if one.data.versions.get(f"form/{form.name}", form.digest) != form.digest:
            changed.append(
                f"Mẫu “{form.data.title}” đã sửa sau khi phát hành: nội dung như đã chốt, cách trình bày có thể khác."
            )
        paper = OnePaper(
            form=form,
            title=f"{form.data.title} ({one.name})",
            author=report.letterhead.agency,
            content=said,
            data=one.data,
        )
        place = one.folder / f"{form.data.file_name}-{one.name}.pdf"
        papers.append((paper, place))
    refuse_any_foreign(each for _, place in papers for each in (place, place.with_suffix(".docx")))
    made: list[PrintedPaper] = []
    files: list[DraftFile] = []
    for paper, place in papers:
        made.append(print_one(paper, place, one.day))
        files += [made[-1].file, print_twin(paper, place.with_suffix(".docx"), one.day)]
    remarks = tuple(dict.fromkeys((*changed, *(remark for each in made for remark in each.remarks))))
    return AnnualPapers(tuple(files), one.data.match_code, made[0].face, remarks)


def annual_content(draft: AnnualDraft) -> dict[str, Any]:
    """What the papers print, as plain data under the names the forms use."""
    return {"annual": draft.report.model_dump(mode="json"), "annexes": draft.annexes.model_dump(mode="json")}


def annual_cells(content: Mapping[str, Any]) -> dict[str, str]:
    """Every cell of frozen content by its place in words, for comparing issues."""
    report = content["annual"]
    found: dict[str, str] = {}
    for part in report["owners"]:
        for body, called in (("owner", "chủ quản"), ("security_unit", "đơn vị chuyên trách")):
            name = part[body]["name"]["text"]
            found |= {f"mục 2, {called} {name}, {BODY_LABELS[id_]}": one["text"] for id_, one in part[body].items()}
    for row in report["systems"]:
        for column, (_, one) in enumerate(row.items(), start=2):
            found[f"mục 3, {row['name']['text']}, cột ({column})"] = one["text"]
    return found


def ready_annual(workspace: Workspace, draft: AnnualDraft) -> Ready:
    """The draft ready to be issued; from the second issue on, the paper says which one it replaces."""
    last = last_issue(workspace, draft.period.kind, draft.scope.owner_id, draft.period, draft.scope.key)
    content = annual_content(draft)
    if last is not None:
        number = f" số {last.paper_number}" if last.paper_number else ""
        note = f"Báo cáo này thay thế báo cáo{number} phát hành lần {last.issue} ngày {date_text(last.issued_on)}."
        content["annual"]["notes"] = [note, *content["annual"]["notes"]]
    return Ready(
        kind=draft.period.kind,
        owner_id=draft.scope.owner_id,
        draft=draft.scope.key,
        period=draft.period,
        figures=draft.figures,
        content=content,
        versions=draft.versions,
        violations=draft.violations,
        cells=annual_cells,
    )


def write_annual_workbook(path: Path, draft: AnnualDraft, today: date, *, overwrite: bool = False) -> None:
    """The table of the form as a workbook: sheet 1 its twelve columns alone, then the figures, then how to read them.

    Raises:
        Refused: another kind of file, or one that exists.
        WorkspaceRefused: the place cannot be written.
    """
    labels = draft.form.data.labels
    header = [labels[f"column_{number}"] for number in _COLUMNS]
    rows = [_cells(row.as_json(number)) for number, row in enumerate(draft.rows, start=1)]
    figures = [
        (one.title, one.number if one.number is not None else one.text, one.rule, one.citation) for one in draft.figures
    ]
    sheets = (
        ReportSheet("Mục 3", header, rows, _WIDTHS),
        ReportSheet("Số liệu", ("Số liệu", "Giá trị", "Cách đếm", "Căn cứ"), figures, (60, 16, 60, 50)),
        ReportSheet("Giải thích", ("Nội dung", "Diễn giải", "Việc cần làm"), list(_explained(draft)), (44, 80, 60)),
    )
    write_report(path, f"Báo cáo năm {draft.period.name}", sheets, today, overwrite=overwrite)


def _cells(row: Mapping[str, object]) -> list[str | int | None]:
    cells = [row["number"], *(text for name, text in row.items() if name not in {"number", "system"})]
    return [one if isinstance(one, int) else str(one or "") for one in cells]


def _explained(draft: AnnualDraft) -> Iterable[Sequence[str]]:
    yield (
        draft.draft.title,
        f"Gửi {draft.report.addressee.text} trước hạn {date_text(draft.deadline)}",
        draft.draft.citation,
    )
    yield "Kỳ số liệu", f"{date_text(draft.period.first)} - {date_text(draft.period.last)}", ""
    yield "Số liệu đến ngày", date_text(draft.until), ""
    for one in draft.left_out:
        yield one.title, f"Không đưa vào báo cáo: {one.counts}", ""
    for broken in draft.violations:
        yield broken.where, f"{broken.message.rstrip('.')} ({broken.citation})", broken.fix
    for remark in draft.remarks:
        yield "Lưu ý", remark, ""
