"""The remediation plan of a system, printed for approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment
from compliance.domain.finding_row import FindingRow
from compliance.domain.regime import Regime
from compliance.domain.remediation_plan import PlanSource, RemediationPlan, remediation_plan
from compliance.domain.system import System
from compliance.errors import Refused
from compliance.services import assessments, evidence, organizations, reliances, systems
from compliance.services.findings import standing_findings
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file, paper_versions
from compliance.services.paper_data import PaperData, plain, plain_units
from compliance.services.pinned_lists import asked_requirements
from compliance.services.regimes import regime

_DATA_NAME = "du-lieu-ke-hoach-khac-phuc.json"


@dataclass(frozen=True)
class RemediationPaper:
    """The plan as drafted: the printed paper, what it says, the records it rests on and remarks for the drafter."""

    printed: PrintedPaper
    plan: RemediationPlan
    versions: dict[str, str]
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [self.printed.file.as_json()],
            "findings": len(self.plan.lines),
            "incomplete": self.plan.incomplete,
            "evidence": len(self.plan.gaps),
            "cost": self.plan.costs.model_dump(mode="json"),
            "face": self.printed.face,
            "match_code": self.printed.match_code,
            "versions": self.versions,
            "remarks": list(self.remarks),
        }


def draft_remediation_plan(workspace: Workspace, system_id: str, out: Path | None, today: date) -> RemediationPaper:
    """Print the plan of everything that stands open for a system; number, day and signature stay empty.

    Args:
        workspace: where the findings are recorded.
        system_id: the system.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the system's folder of drafts.
        today: the day the findings are read.

    Raises:
        NotFound: no such system, or the regime in force has no such form.
        Refused: nothing stands open, or the folder cannot be written.
        DataFault: the form or a law file is broken.
    """
    system, law = systems.system(workspace, system_id), regime(None, today)
    form = own_form(workspace, law, law.own_forms.remediation_plan, "kế hoạch khắc phục")
    rows = standing_findings(workspace, system_id, today)
    if not rows:
        raise Refused(
            f"Không có tồn tại nào phải khắc phục đối với “{system.name}” nên không lập kế hoạch. Nếu chưa kiểm tra, "
            f"đánh giá thì bắt đầu: compliance assessments start {system_id}"
        )
    units = organizations.units(workspace)
    source = _source(workspace, system, law, rows)
    plan = remediation_plan(source, units, law, form.data.labels)
    named = system.unit_ids | {row.unit_id for row in rows}
    data = PaperData(
        name=_DATA_NAME,
        description="Dữ liệu lập kế hoạch",
        versions=paper_versions(workspace, law, system.id, form),
        records={
            "system": plain(system),
            "units": plain_units(units, named),
            "findings": [row.model_dump(mode="json", exclude={"days_left", "overdue"}) for row in rows],
            "plan": plain(plan),
        },
    )
    paper = OnePaper(
        form=form,
        title=f"{form.data.title}: {system.name}",
        author=plan.letterhead.agency,
        content={"plan": plan},
        data=data,
    )
    printed = print_one(paper, paper_file(workspace, form, system_id, out, system_id), today)
    remarks = (*_to_fill(plan, source), *printed.remarks)
    return RemediationPaper(printed=printed, plan=plan, versions=dict(data.versions), remarks=remarks)


def _source(workspace: Workspace, system: System, law: Regime, rows: tuple[FindingRow, ...]) -> PlanSource:
    checks = assessments.assessments_of(workspace, system.id)
    newest = checks[-1] if checks else None
    gaps = [row for row in rows if row.gap is not None]
    wanted = asked_requirements({row.checklist_id for row in gaps})
    pieces = {row.gap.evidence_id for row in gaps if row.gap is not None and row.gap.evidence_id}
    return PlanSource(
        system=system,
        level=newest.level if newest else None,
        checks=checks,
        rows=rows,
        evidence_titles={id_: evidence.evidence(workspace, id_).text_line for id_ in sorted(pieces)},
        evidence_wanted={id_: asked.evidence for (_, id_), asked in wanted.items()},
        shared=_shared(workspace, system, law, newest),
    )


def _shared(workspace: Workspace, system: System, law: Regime, newest: Assessment | None) -> dict[str, int]:
    """How many requirements fall short at each provider, those the system answers by itself left out."""
    if newest is None or newest.regime != law.id:
        return {}
    own = {one.requirement_id for one in assessments.answers(workspace, system.id) if one.assessment_id}
    held = reliances.inherited_by(workspace, system.id, law, newest.level)
    short = (one.provider_name for id_, one in held.items() if one.result.falls_short and id_ not in own)
    return dict(sorted(Counter(short).items()))


def _to_fill(plan: RemediationPlan, source: PlanSource) -> Iterable[str]:
    """What the drafter still has to settle."""
    if plan.incomplete:
        yield (
            f"{plan.incomplete} tồn tại chưa ghi đủ biện pháp, đơn vị chịu trách nhiệm hoặc thời hạn nên để chỗ trống "
            "trong bảng: compliance findings plan MÃ-TỒN-TẠI …"
        )
    if plan.costs.open_numbers:
        yield f"Chưa ước tính kinh phí cho tồn tại số {plan.costs.open_numbers}; không phát sinh thì ghi --cost 0."
    if not plan.issuer:
        yield "Chưa xác định được cơ quan ban hành kế hoạch: hãy khai chủ quản của hệ thống trong bảng kê."
    found_by = {row.assessment_id for row in source.rows}
    for one in source.checks:
        if one.id in found_by and not one.closed:
            yield (
                f"Lần kiểm tra {one.id} mà kế hoạch dựa vào chưa kết thúc; kết thúc rồi hãy trình: compliance "
                f"assessments close {one.id}"
            )
