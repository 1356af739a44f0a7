"""Which kind of paper a form is, and the command that prints it."""

from __future__ import annotations

from enum import StrEnum

from compliance.domain.regime import Regime
from compliance.services.road_papers import road_forms

_SYSTEM, _CHECK, _INCIDENT = "MÃ-HỆ-THỐNG", "MÃ-LẦN-KIỂM-TRA", "MÃ-SỰ-CỐ"
_OWN = {
    "leader_page": "compliance reports leader",
    "progress_report": "compliance reports monthly THÁNG",
    "open_points": f"compliance regimes memo {_SYSTEM}",
    "penalties": "compliance regimes show --penalties --out THƯ-MỤC",
    "inspection_pack": f"compliance assessments pack {_SYSTEM}",
    "field_checklist": f"compliance assessments print {_CHECK}",
    "assessment_minutes": f"compliance assessments minutes {_CHECK}",
    "assessment_report": f"compliance assessments report {_CHECK}",
    "remediation_plan": f"compliance findings remediation {_SYSTEM}",
    "duty_plan": "compliance duties plan NĂM",
    "wall_calendar": "compliance duties wall NĂM",
    "risk_report": f"compliance dossiers risk-report {_SYSTEM}",
    "response_script": "compliance incidents script MÃ-KỊCH-BẢN",
    "morning_sheet": "compliance mornings sheet NĂM-THÁNG",
    "handover": "compliance assignments handover MÃ-ĐƠN-VỊ",
    "regulation": f"compliance dossiers regulation {_SYSTEM}",
    "regulation_decision": f"compliance dossiers regulation {_SYSTEM}",
    "annual_report": "compliance reports annual --year NĂM --out THƯ-MỤC",
    "annual_annexes": "compliance reports annual --year NĂM --out THƯ-MỤC",
    "incident_initial": f"compliance incidents print {_INCIDENT} --kind initial",
    "incident_report": f"compliance incidents print {_INCIDENT} --kind report",
    "incident_update": f"compliance incidents print {_INCIDENT} --kind update",
    "incident_closing": f"compliance incidents print {_INCIDENT} --kind closing",
    "incident_personal_data": f"compliance incidents print {_INCIDENT} --kind personal-data",
    "contact_list": "compliance incidents contact-sheet",
}
_DRAFT = f"compliance dossiers draft {_SYSTEM}"
_PACKAGE = f"compliance dossiers package {_SYSTEM}"
_AROUND = ("approval_decision_low", "regulation", "regulation_decision", "risk_report", "renewal_page")
_NOT_AROUND = ("contents", "masked")


class Kind(StrEnum):
    """Where a form comes from."""

    STATUTORY = "statutory"
    AROUND = "around"
    OWN = "own"

    @property
    def label(self) -> str:
        """In Vietnamese."""
        return {
            Kind.STATUTORY: "mẫu theo nghị định",
            Kind.AROUND: "giấy tờ kèm",
            Kind.OWN: "của chương trình",
        }[self]


def kind_of(regime: Regime, form_id: str) -> Kind:
    """Prescribed by the decree, a paper of the dossier it has no form for, or a page of the program's own."""
    if form_id in {one.id for one in regime.forms}:
        return Kind.STATUTORY
    own, package = regime.own_forms, regime.own_forms.package
    parts = package.model_dump(exclude=set(_NOT_AROUND)).values() if package else ()
    drafted = (one.dossier_form for one in regime.authority)
    around = {*regime.road_forms, *(getattr(own, name, "") for name in _AROUND), *parts, *drafted}
    return Kind.AROUND if form_id in around else Kind.OWN


def used_by(regime: Regime, form_id: str, *, of_the_road: bool) -> str:
    """The command that prints real papers from a form; empty where none does by itself.

    Args:
        regime: whose form it is.
        form_id: the form.
        of_the_road: whether it goes from one office to another on the road of one system.
    """
    own = regime.own_forms.model_dump()
    parts = own.pop("package") or {}
    for name, command in _OWN.items():
        if own.get(name) == form_id:
            return command
    for name, part in parts.items():
        if part == form_id:
            return f"{_PACKAGE} --redacted" if name == "masked" else _PACKAGE
    if form_id in {form for one in regime.authority for form in (one.request_form, one.dossier_form)}:
        return _DRAFT
    if form_id in road_forms(regime):
        return f"compliance dossiers print {_SYSTEM} {form_id}" if of_the_road else ""
    return ""
