"""The first page of a renewal: what changed since the last approval, and what has been done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Assessment, AssessmentKind
from compliance.domain.checklist import Requirement
from compliance.domain.classification import Classification, classify
from compliance.domain.regime_status import regime_on
from compliance.domain.renewal import RecordedActs, RenewalPage, RenewalSource, approved_before
from compliance.domain.renewal import renewal_page as composed
from compliance.domain.road import Round, Taken
from compliance.errors import Refused
from compliance.services.carried import pairs_between
from compliance.services.finding_records import ANSWER
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file, paper_versions
from compliance.services.paper_data import PaperData, plain, plain_units
from compliance.services.regimes import ANSWERED, lists_of
from compliance.services.reliances import reliances
from compliance.services.roads import KIND, RoadStatus, road_status, steps_of
from compliance.services.watches import Watch, against, names_in

_DATA_NAME = "du-lieu-thay-doi.json"
_CHECK = "assessment"
_CALLED = "trang thay đổi so với lần phê duyệt trước"


@dataclass(frozen=True)
class RenewalPrint:
    """The page as printed, what it says and what it rests on."""

    printed: PrintedPaper
    page: RenewalPage
    versions: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [self.printed.file.as_json()],
            "page": self.page.model_dump(mode="json"),
            "face": self.printed.face,
            "match_code": self.printed.match_code,
            "versions": dict(self.versions),
            "remarks": list(self.printed.remarks),
        }


def renewal_page(workspace: Workspace, system_id: str, today: date) -> RenewalPage | None:
    """The page of a system's round under way; ``None`` in the first round, which follows no decision.

    Raises:
        NotFound: no such system, or no rules in force.
    """
    status = road_status(workspace, system_id, today)
    return _page(workspace, status)


def print_renewal_page(workspace: Workspace, system_id: str, *, out: Path | None, today: date) -> RenewalPrint:
    """Print the page of one system.

    Args:
        workspace: where the system's road is recorded.
        system_id: the system.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the system's folder of drafts.
        today: the day the road is read.

    Raises:
        NotFound: no such system, or the regime in force has no such form.
        Refused: the dossier is the system's first, or the folder cannot be written.
        DataFault: the form is broken.
    """
    status = road_status(workspace, system_id, today)
    page = _page(workspace, status)
    if page is None:
        raise Refused(
            f"“{status.system.name}” đang ở hồ sơ lần đầu nên không có trang thay đổi so với lần phê duyệt trước. Đã "
            f"có quyết định và cần xác định lại thì ghi: compliance dossiers record {system_id} reopen --reason “…”"
        )
    return _printed(workspace, status, page, out, today)


def print_renewal_pages(
    workspace: Workspace, system_ids: Iterable[str], folder: Path, today: date
) -> tuple[PrintedPaper, ...]:
    """Print the pages of those systems that are past their first round into a folder, in the order given."""
    return tuple(
        print_one(paper, paper_file(workspace, paper.form, system_id, folder, system_id), today)
        for system_id, paper in renewal_papers(workspace, system_ids, today)
    )


def renewal_papers(workspace: Workspace, system_ids: Iterable[str], today: date) -> tuple[tuple[str, OnePaper], ...]:
    """The pages of those systems that are past their first round, by system, as they would be printed."""
    found = []
    for system_id in system_ids:
        if not steps_of(workspace, system_id):
            continue  # nothing was ever recorded: the first round, without classifying the system once more
        status = road_status(workspace, system_id, today)
        page = _page(workspace, status)
        if page is not None:
            found.append((system_id, _paper(workspace, status, page)))
    return tuple(found)


def _printed(
    workspace: Workspace, status: RoadStatus, page: RenewalPage, out: Path | None, today: date
) -> RenewalPrint:
    paper, system_id = _paper(workspace, status, page), status.system.id
    printed = print_one(paper, paper_file(workspace, paper.form, system_id, out, system_id), today)
    return RenewalPrint(printed, page, paper.data.versions)


def _paper(workspace: Workspace, status: RoadStatus, page: RenewalPage) -> OnePaper:
    regime, system = status.classified.regime, status.system
    form = own_form(workspace, regime, regime.own_forms.renewal_page, _CALLED)
    versions = {**paper_versions(workspace, regime, system.id, form), KIND: str(len(status.taken))}
    return OnePaper(
        form=form,
        title=f"{form.data.title}: {system.name}",
        author=page.letterhead.agency,
        content={"renewal": page},
        data=PaperData(
            name=_DATA_NAME,
            description="Dữ liệu lập trang thay đổi",
            versions=versions,
            records={
                "renewal": plain(page),
                "system": plain(system),
                "units": plain_units(status.units, system.unit_ids),
            },
        ),
    )


def _page(workspace: Workspace, status: RoadStatus) -> RenewalPage | None:
    found = approved_before(status.progress)
    if found is None:
        return None
    earlier, approval = found
    seen = against(workspace, status, approval, names_in(workspace))
    return composed(_source(workspace, status, seen, earlier, approval))


def _source(workspace: Workspace, status: RoadStatus, seen: Watch, earlier: Round, approval: Taken) -> RenewalSource:
    system, regime, current = status.system, status.classified.regime, status.progress.current
    found = status.classified.classification
    level = found.level if found.level is not None and found.decided else approval.level
    lists = [one for at in dict.fromkeys((level, approval.level)) for one in lists_of(regime, at, ANSWERED).values()]
    requirements: dict[str, Requirement] = {each.id: each for one in lists for each in one.requirements}
    return RenewalSource(
        system=system,
        classification=found,
        units=status.units,
        number=current.number,
        approval=approval,
        reopening=current.steps[0],
        judged=_judged(seen, approval),
        changes=seen.changes,
        fired=seen.fired,
        recorded=_recorded(workspace, status, approval),
        requirements=requirements,
        pairs=pairs_between(regime, approval.level, level) if level != approval.level else (),
        answers_then=_answers_when_sent(workspace, system.id, earlier),
        answers_now=_answers(one.body for one in workspace.store.heads(ANSWER, under=system.id)),
        shared=bool(reliances(workspace, system.id)),
    )


def _judged(seen: Watch, approval: Taken) -> Classification | None:
    """What the facts of the approved dossier gave under the law of that day."""
    return classify(regime_on(approval.on, load_regimes()), seen.before.facts) if seen.before else None


def _answers_when_sent(workspace: Workspace, system_id: str, earlier: Round) -> dict[str, Answer] | None:
    """The system's own answers as they stood when the approved dossier was recorded as sent."""
    sent = earlier.last("send")
    recorded = workspace.store.history(KIND, f"{system_id}/{sent.number:04d}") if sent else []
    if not recorded:
        return None
    return _answers(one.body for one in workspace.store.heads_before(ANSWER, system_id, recorded[0].seq))


def _answers(bodies: Iterable[str]) -> dict[str, Answer]:
    return {one.requirement_id: one for one in map(Answer.model_validate_json, bodies)}


def _recorded(workspace: Workspace, status: RoadStatus, approval: Taken) -> RecordedActs:
    """What is recorded since the approval of the acts a change asks for."""
    assessed = status.system.risk_assessed_on
    checks = _checks_since(workspace, status.system.id, approval.on)
    return RecordedActs(
        reopened_on=status.progress.current.steps[0].on,
        risk_assessed_on=assessed if assessed is not None and assessed > approval.on else None,
        check_started_on=max((one.started_on for one in checks), default=None),
        check_closed_on=max((one.closed_on for one in checks if one.closed_on is not None), default=None),
    )


def _checks_since(workspace: Workspace, system_id: str, day: date) -> Sequence[Assessment]:
    """Checks before going into use (Đ28.3.b) that began after a day."""
    found = (Assessment.model_validate_json(one.body) for one in workspace.store.heads(_CHECK, under=system_id))
    return [one for one in found if one.kind is AssessmentKind.PRE_OPERATION and one.started_on > day]
