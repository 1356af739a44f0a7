"""The papers of a check: its minutes and its report, drafted for signing outside the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.templates import Form
from compliance.adapters.thumbnails import small_picture
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment_minutes import MinutesPaper, minutes_paper
from compliance.domain.assessment_report import AssessmentReport, assessment_report
from compliance.domain.assessment_sheet import AssessmentSheet
from compliance.domain.dossier import grounds_of
from compliance.domain.evidence_review import Picture
from compliance.domain.shortfall import Followed
from compliance.services import assessments
from compliance.services.assessment_sources import Gathered, gather
from compliance.services.dossier_papers import DraftFile
from compliance.services.one_paper import OnePaper, print_one
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import PaperData, plain, plain_units
from compliance.services.said_minutes import SaidMinutes, read_minutes

_REPORT_DATA = "du-lieu-bao-cao-danh-gia.json"
_MINUTES_DATA = "du-lieu-bien-ban-kiem-tra.json"
_KIND_CODE = "kind_code"
"""The label of a form that names the abbreviation of its kind of paper."""


@dataclass(frozen=True)
class AssessmentPaper:
    """A drafted paper: its file, the figures it shows, the face, the match code and remarks for the drafter."""

    assessment_id: str
    file: DraftFile
    figures: Mapping[str, Any]
    face: str
    match_code: str
    versions: Mapping[str, str]
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As programs read it."""
        return {
            "assessment": self.assessment_id,
            "files": [self.file.as_json()],
            "figures": dict(self.figures),
            "face": self.face,
            "match_code": self.match_code,
            "versions": dict(self.versions),
            "remarks": list(self.remarks),
        }


def draft_report(workspace: Workspace, assessment_id: str, out: Path | None, today: date) -> AssessmentPaper:
    """Draft the report of a check.

    Args:
        workspace: where the check is recorded.
        assessment_id: the check; one still open is reported as it stands.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the system's folder of drafts.
        today: decides what is overdue; nothing is printed as issued.

    Raises:
        NotFound: there is no such check, or its regime has no such report.
        Refused: the folder cannot be written.
        DataFault: a form or law file is broken.
    """
    around = gather(workspace, assessment_id, today, with_law=True)
    form = own_form(workspace, around.regime, around.regime.own_forms.assessment_report, "báo cáo kết quả kiểm tra")
    of = around.sources
    report = assessment_report(of, today, form.data.labels[_KIND_CODE])
    pictures, unread = _pictures(workspace, report.pictures)
    content = {"report": report, "pictures": pictures, "grounds": grounds_of(around.regime)}
    remarks = (*_report_remarks(report), *unread)
    composed = _Composed(_REPORT_DATA, content, {"report": plain(report)}, remarks)
    file = paper_file(workspace, form, of.system.id, out, assessment_id)
    return _printed(around, form, composed, file, today)


def draft_minutes(
    workspace: Workspace, assessment_id: str, out: Path | None, today: date, said: SaidMinutes | None = None
) -> AssessmentPaper:
    """Draft the minutes of a check; what is ``said`` of them is stored first.

    Args:
        workspace: where the check is recorded.
        assessment_id: the check.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the system's folder of drafts.
        today: the minutes cannot be of a later day.
        said: what is now known of day, hours, place and people.

    Raises:
        NotFound: there is no such check, or its regime has no such minutes.
        BadData: what is said has faults; all are listed and nothing is stored.
        Refused: the day lies ahead or before the check began, or the folder cannot be written.
        DataFault: a form or law file is broken.
    """
    if said is not None and said.anything:
        one = assessments.assessment(workspace, assessment_id)
        assessments.set_minutes(workspace, assessment_id, read_minutes(one, said), today=today)
    around = gather(workspace, assessment_id, today, with_law=False)
    form = own_form(workspace, around.regime, around.regime.own_forms.assessment_minutes, "biên bản kiểm tra, đánh giá")
    of = around.sources
    followed = Followed(findings=of.findings, standing=of.standing, providers=of.systems, units=of.units, today=today)
    paper = minutes_paper(of.sheet, of.lists, of.system, followed, form.data.labels[_KIND_CODE])
    content = {"minutes": paper, "grounds": grounds_of(around.regime)}
    remarks = tuple(_minutes_remarks(of.sheet, paper))
    composed = _Composed(_MINUTES_DATA, content, {"minutes": plain(paper)}, remarks)
    file = paper_file(workspace, form, of.system.id, out, assessment_id)
    return _printed(around, form, composed, file, today)


def _pictures(workspace: Workspace, wanted: Sequence[Picture]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Small copies by the SHA-256 of the file, and sentences about files that cannot be shown."""
    shown: dict[str, str] = {}
    unread = []
    for one in wanted:
        if one.sha256 in shown:
            continue
        small = small_picture(workspace.attachments.read(one.sha256))
        shown[one.sha256] = small or ""
        if small is None:
            unread.append(
                f"Không đọc được ảnh {one.evidence_id} “{one.title}” nên báo cáo chỉ ghi tên; hãy mở thử tệp."
            )
    return shown, tuple(unread)


@dataclass(frozen=True)
class _Composed:
    """A paper before it is printed: what its form shows, what is attached under which name, and remarks."""

    data_name: str
    content: Mapping[str, object]
    records: Mapping[str, Any]
    remarks: tuple[str, ...]


def _printed(around: Gathered, form: Form, composed: _Composed, file: Path, today: date) -> AssessmentPaper:
    of = around.sources
    one, figures = of.sheet.assessment, of.sheet.tally
    paper = OnePaper(
        form=form,
        title=f"{form.data.title}: {of.sheet.system_name}",
        author=one.assessor,
        content={"form_folder": form.name, **composed.content},
        data=PaperData(
            name=composed.data_name,
            description="Dữ liệu lập văn bản",
            versions={**around.versions, f"form/{form.name}": form.digest},
            records={
                "assessment": plain(one),
                "units": plain_units(of.units, {*of.system.unit_ids, one.assessor_unit_id or ""}),
                **composed.records,
            },
        ),
    )
    printed = print_one(paper, file, today)
    return AssessmentPaper(
        assessment_id=one.id,
        file=printed.file,
        figures={
            "total": figures.total,
            "assessed": figures.assessed,
            "inherited": figures.inherited,
            **{result.value: count for result, count in figures.counts.items()},
        },
        face=printed.face,
        match_code=printed.match_code,
        versions=paper.data.versions,
        remarks=(*composed.remarks, *printed.remarks),
    )


def _report_remarks(report: AssessmentReport) -> Iterable[str]:
    figures = report.leader.figures
    if left := figures.total - figures.assessed:
        yield f"Còn {left} yêu cầu chưa đánh giá; báo cáo ghi rõ từng yêu cầu."
    if not report.closed:
        yield f"Lần kiểm tra chưa kết thúc: số liệu là của ngày {report.day}."
    if report.leader.gaps:
        yield f"{report.leader.gaps} chỗ minh chứng còn thiếu, hết hạn hoặc hỏng; báo cáo liệt kê ở phụ lục."


def _minutes_remarks(sheet: AssessmentSheet, paper: MinutesPaper) -> Iterable[str]:
    if sheet.assessment.minutes is None:
        yield (
            "Chưa ghi giờ, địa điểm, thành phần nên biên bản để chỗ trống điền tay. Muốn ghi vào chương trình: "
            f"compliance assessments minutes {sheet.assessment.id} --held-on NGÀY --from 08:00 --to 11:00 "
            "--attendee “…”"
        )
    if paper.waiting:
        yield f"Còn {paper.waiting} yêu cầu chưa đánh giá; biên bản ghi rõ con số này."
