"""What a form's example says, typed as the real papers are: ``example.yaml`` stands beside the form."""

from __future__ import annotations

from typing import Any

from compliance.adapters.law_file import read_document, validated
from compliance.adapters.templates import Form
from compliance.domain.annual_annexes import AnnualAnnexes
from compliance.domain.annual_report import AnnualReport
from compliance.domain.assessment_minutes import MinutesPaper
from compliance.domain.assessment_report import AssessmentReport
from compliance.domain.blank import Frozen
from compliance.domain.commune_page import CommunePage
from compliance.domain.contact_sheet import ContactSheet
from compliance.domain.dossier import Dossier, Request
from compliance.domain.duty_plan import DutyPlan
from compliance.domain.handover import HandoverSheet
from compliance.domain.incident_paper import IncidentPaper
from compliance.domain.morning_sheet import MorningSheet
from compliance.domain.plan_annexes import PlanAnnex
from compliance.domain.progress import ProgressReport
from compliance.domain.regulation_paper import IssuingDecision, Regulation
from compliance.domain.renewal import RenewalPage
from compliance.domain.response_sheet import ResponseSheet
from compliance.domain.risk_report import RiskReport
from compliance.domain.road_paper import RoadPaper
from compliance.domain.wall_calendar import WallCalendar
from compliance.errors import DataFault

EXAMPLE = "example.yaml"
EXAMPLE_CODE = "VIDU-0001"
"""The match code of papers printed from an example that names none."""
MODELS: dict[str, type[Frozen]] = {
    "request": Request,
    "paper": RoadPaper,
    "annex": PlanAnnex,
    "annual": AnnualReport,
    "beside": AnnualAnnexes,
    "dossier": Dossier,
    "handover": HandoverSheet,
    "report": AssessmentReport,
    "risk_report": RiskReport,
    "minutes": MinutesPaper,
    "morning": MorningSheet,
    "response": ResponseSheet,
    "regulation": Regulation,
    "renewal": RenewalPage,
    "duty_plan": DutyPlan,
    "wall": WallCalendar,
    "decision": IssuingDecision,
    "incident": IncidentPaper,
    "contacts": ContactSheet,
    "page": CommunePage,
    "progress": ProgressReport,
}
"""The names under which typed content stands in an example; everything else is plain data."""


def example_of(form: Form) -> dict[str, Any]:
    """The content a form's example prints, by the names the form uses; the office's own example before the shipped.

    Raises:
        DataFault: it is missing or not as it must be; all faults are listed.
    """
    paths = [root / form.name / EXAMPLE for root in form.roots]
    path = next((path for path in paths if path.is_file()), paths[-1])
    document = read_document(path, str(path))
    content, faults = dict(document.raw or {}), list(document.faults)
    for key, model in MODELS.items():
        if key in content:
            record, wrong = validated(content[key], model, lambda place: str(path))  # noqa: ARG005
            content[key] = record
            faults += [fault._replace(message=f"{key}.{fault.message}") for fault in wrong]
    if faults:
        raise DataFault(f"Ví dụ của biểu mẫu “{form.data.title}” có lỗi; hãy sửa các chỗ sau rồi chạy lại.", faults)
    return content
