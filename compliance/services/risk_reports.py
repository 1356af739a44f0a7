"""The risk-assessment report of a system, printed for signature and for the owner's file (Đ10.2, 10.3, 10.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.inventory_columns import tables
from compliance.adapters.workspace import Workspace
from compliance.domain.detailed_risk import recorded_elsewhere
from compliance.domain.missing import MissingItem
from compliance.domain.regime import Regime
from compliance.domain.risk_report import RiskReport, RiskSource, risk_report
from compliance.domain.system import Connection, Ownership, Status, System
from compliance.errors import Refused
from compliance.services import organizations, reliances, systems
from compliance.services.classifications import ClassifiedSystem, classify_system
from compliance.services.findings import standing_findings
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file, paper_versions
from compliance.services.paper_data import PaperData, plain, plain_units
from compliance.services.regimes import ANSWERED, lists_of

_DATA_NAME = "du-lieu-danh-gia-rui-ro.json"


@dataclass(frozen=True)
class RiskPaper:
    """The report as drafted: the printed paper, what it says, the records it rests on and remarks for the drafter."""

    printed: PrintedPaper
    report: RiskReport
    versions: dict[str, str]
    remarks: tuple[str, ...]

    @property
    def missing(self) -> tuple[MissingItem, ...]:
        """What the paper leaves blank, with the place where it is filled in."""
        return self.report.missing

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [self.printed.file.as_json()],
            "risks": len(self.report.risks),
            "weaknesses": len(self.report.weaknesses),
            "verdict": self.report.result.verdict,
            "missing": [one.model_dump(mode="json") for one in self.missing],
            "face": self.printed.face,
            "match_code": self.printed.match_code,
            "versions": self.versions,
            "remarks": list(self.remarks),
        }


def print_risk_report(workspace: Workspace, system_id: str, *, out: Path | None, today: date) -> RiskPaper:
    """Print the report of one system; number, day and signature stay empty.

    Args:
        workspace: where the system is recorded.
        system_id: the system; its level need not be decided, for the assessment helps to decide it.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the system's folder of drafts.
        today: the day the law is read.

    Raises:
        NotFound: no such system, or the regime in force has no such form.
        Refused: the assessment is another owner's duty, the system has ended, or the folder cannot be written.
        DataFault: the form or a law file is broken.
    """
    found = classify_system(workspace, system_id, today)
    system, law = found.system, found.regime
    _refuse(system)
    form = own_form(workspace, law, law.own_forms.risk_report, "báo cáo đánh giá rủi ro an ninh mạng")
    units, every = organizations.units(workspace), systems.systems(workspace)
    source = _source(workspace, found, recorded_elsewhere(system, every, units), today)
    report = risk_report(
        source,
        units,
        law,
        named={one.id: one.name for one in every},
        tables={table.id: table for table in tables(law.questions)},
        wanted=form.wanted,
    )
    data = PaperData(
        name=_DATA_NAME,
        description="Dữ liệu lập báo cáo",
        versions={
            **paper_versions(workspace, law, system.id, form),
            **{f"checklist/{one.id}": one.version for one in source.lists},
        },
        records={
            "system": plain(system),
            "units": plain_units(units, system.unit_ids),
            "classification": plain(found.classification),
            "report": plain(report),
        },
    )
    fact_labels = {f"systems.{question.id}": question.column for question in law.questions}
    paper = OnePaper(
        form=form,
        title=f"{form.data.title}: {system.name}",
        author=report.letterhead.agency,
        content={"risk_report": report, "fact_labels": fact_labels},
        data=data,
    )
    printed = print_one(paper, paper_file(workspace, form, system.id, out, system.id), today)
    remarks = (*_remarks(source, report, law), *printed.remarks)
    return RiskPaper(printed=printed, report=report, versions=dict(data.versions), remarks=remarks)


def _refuse(system: System) -> None:
    if system.ownership is Ownership.USED:
        raise Refused(
            f"“{system.name}”: cơ quan chỉ sử dụng; đánh giá rủi ro là trách nhiệm của chủ quản. Nếu cần, hãy xin bản "
            "sao báo cáo của chủ quản để lưu."
        )
    if system.status is Status.DECOMMISSIONED:
        raise Refused(f"“{system.name}” đã kết thúc vận hành nên không lập báo cáo đánh giá rủi ro.")


def _source(workspace: Workspace, found: ClassifiedSystem, linked: tuple[Connection, ...], today: date) -> RiskSource:
    system, level = found.system, found.classification.level
    known = level is not None and found.classification.decided
    lists = tuple(lists_of(found.regime, level, ANSWERED).values()) if level is not None and known else ()
    answers = reliances.standing(workspace, system.id, found.regime, level) if level is not None and known else ()
    return RiskSource(
        system=system,
        classification=found.classification,
        lists=lists,
        answers={one.requirement_id: one for one in answers},
        findings=standing_findings(workspace, system.id, today),
        around=found.around,
        linked=linked,
    )


def _remarks(source: RiskSource, report: RiskReport, law: Regime) -> Iterable[str]:
    """What the drafter has to heed beside the blanks."""
    if not source.classification.decided:
        yield (
            f"Chưa đủ dữ kiện để xác định cấp độ: compliance classifications ask {source.system.id}. Báo cáo chưa đối "
            "chiếu được với danh mục yêu cầu của cấp độ."
        )
    if report.coverage and report.coverage.answered < report.coverage.total:
        left = report.coverage.total - report.coverage.answered
        yield (
            f"Còn {left}/{report.coverage.total} yêu cầu của cấp độ chưa được đánh giá nên danh sách tồn tại ở mục e "
            f"có thể chưa đủ: compliance assessments start {source.system.id}"
        )
    if report.result.verdict == "higher" and law.risk_rule:
        yield f"{law.risk_rule.statement} ({law.risk_rule.citation})"
