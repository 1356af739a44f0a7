"""Beginning a check: what is pinned, who should be warned, which answers of another level still hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from compliance.adapters.store import Act
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Assessed, Assessment, AssessmentKind, order_of
from compliance.domain.assessment_rules import AssessmentWarning
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.remediation import Finding, after_answer, moved
from compliance.domain.wording import date_text, typed
from compliance.errors import NotFound, Refused
from compliance.services import carried, organizations, reliances
from compliance.services.assessment_warnings import warnings_of
from compliance.services.assessments import ASSESSED, KIND, answers, assessments_of
from compliance.services.classifications import ClassifiedSystem, classify_system
from compliance.services.finding_records import ANSWER, FINDING
from compliance.services.records import head_of, put_over
from compliance.services.regimes import ANSWERED, lists_of, refuse_other_level


@dataclass(frozen=True)
class Starting:
    """What a new check is to be: why, by whom, at which level; ``None`` takes what the record of the system says."""

    kind: AssessmentKind
    assessor: str = ""
    assessor_unit_id: str | None = None
    operator_id: str | None = None
    outside: bool = False
    level: int | None = None
    cause: str = ""


@dataclass(frozen=True)
class Started:
    """A check that has begun: what to heed, how many answers were carried over and how many are to be asked."""

    assessment: Assessment
    warnings: tuple[AssessmentWarning, ...]
    carried: tuple[str, ...]
    to_ask: int


def start(workspace: Workspace, system_id: str, starting: Starting, *, today: date) -> Started:
    """Begin a check; where the level changed since the last answers, those that still hold are carried over.

    Raises:
        NotFound: no such system or unit, or the regime has no list for the level.
        Refused: the level is not known, or a check of the same kind is still open.
    """
    classified = classify_system(workspace, system_id, today)
    regime = classified.regime
    for named in filter(None, (starting.assessor_unit_id, starting.operator_id)):
        head_of(workspace, "unit", named)
    level = _level(classified, starting.level)
    lists = lists_of(regime, level, ANSWERED)
    if not lists:
        raise NotFound(f"Chương trình chưa có danh mục yêu cầu cho cấp độ {level} theo {regime.short_title}.")
    with workspace.act(f"Bắt đầu kiểm tra: {starting.kind.label.lower()}") as act:  # two people begin no check twice
        assessment = _assessment(workspace, classified, starting, level=level, lists=lists, today=today)
        held = carried.answers_that_hold(answers(workspace, system_id), regime, level, lists)
        act.put(KIND, assessment.id, assessment.model_dump_json(exclude_defaults=True), 0)
        requirements = {each.id: each for one in lists.values() for each in one.requirements}
        for one in held:
            _carry(act, assessment, one, requirements[one.requirement_id], today=today, by=workspace.by)
    shared = reliances.inherited_by(workspace, system_id, regime, level)
    settled = {one.requirement_id for one in held} | shared.keys()
    return Started(
        assessment,
        warnings_of(classified, assessment),
        tuple(one.requirement_id for one in held),
        len(requirements.keys() - settled),
    )


def _assessment(
    workspace: Workspace,
    classified: ClassifiedSystem,
    starting: Starting,
    *,
    level: int,
    lists: Mapping[str, Checklist],
    today: date,
) -> Assessment:
    """The record of the check; asked inside an act, so that nobody else takes its number meanwhile."""
    system = classified.system
    earlier = assessments_of(workspace, system.id)
    _refuse_double(earlier, starting.kind)
    unit_id = starting.assessor_unit_id or (system.assessor_id if not starting.outside else None)
    return Assessment(
        id=f"{system.id}/{today.year}-{_next_number(earlier, today.year)}",
        system_id=system.id,
        kind=starting.kind,
        regime=classified.regime.id,
        level=level,
        lists={one.id: one.version for one in lists.values()},
        assessor=typed(starting.assessor) or _unit_name(workspace, unit_id) or workspace.by,
        assessor_unit_id=unit_id,
        operator_id=starting.operator_id or system.operator_id,
        outside=starting.outside,
        started_on=today,
        previous_id=earlier[-1].id if earlier else "",
        cause=typed(starting.cause),
    )


def _level(classified: ClassifiedSystem, asked: int | None) -> int:
    """The level asked for, else the one found, else (a superior's system) the one approved."""
    if asked is not None:
        refuse_other_level(asked)
        return asked
    found, approved = classified.classification, classified.system.earlier_approval
    if found.decided and found.level is not None:
        return found.level
    if approved is not None and approved.level is not None:
        return approved.level
    raise Refused(
        f"Chưa rõ cấp độ của “{classified.system.name}” nên chưa biết kiểm tra theo danh mục nào. Hãy trả lời các câu "
        f"hỏi còn thiếu: compliance classifications ask {classified.system.id}, hoặc nêu cấp độ bằng --level."
    )


def _refuse_double(earlier: tuple[Assessment, ...], kind: AssessmentKind) -> None:
    open_one = next((one for one in earlier if not one.closed and one.kind is kind), None)
    if open_one is not None:
        raise Refused(
            f"Lần kiểm tra {open_one.id} ({kind.label.lower()}) bắt đầu ngày {date_text(open_one.started_on)} chưa kết "
            f"thúc. Nhiều người cùng trả lời được trong một lần: compliance assessments walk {open_one.id}. Muốn bắt "
            f"đầu lần mới, hãy kết thúc lần đó: compliance assessments close {open_one.id}"
        )


def _next_number(earlier: tuple[Assessment, ...], year: int) -> int:
    used = (order_of(one.id) for one in earlier)
    return max((number for in_year, number in used if in_year == year), default=0) + 1


def _unit_name(workspace: Workspace, unit_id: str | None) -> str:
    return organizations.unit(workspace, unit_id).name if unit_id else ""


def _carry(
    act: Act, assessment: Assessment, answer: carried.CarriedAnswer, requirement: Requirement, *, today: date, by: str
) -> None:
    """An answer of the former list, as one of this check and as the standing one of the new list."""
    assessed = Assessed(
        assessment_id=assessment.id,
        requirement_id=answer.requirement_id,
        checklist_id=answer.checklist_id,
        result=answer.source.result,
        present_state=answer.source.present_state,
        reason=answer.source.reason,
        equivalent=answer.source.equivalent,
        equivalent_reason=answer.source.equivalent_reason,
        answered_by=by,
        answered_on=today,
        carried_from=answer.carried_from,
    )
    act.put(ASSESSED, f"{assessment.id}/{answer.requirement_id}", assessed.model_dump_json(exclude_defaults=True), 0)
    standing = answer.standing(assessment.id)
    put_over(act, ANSWER, f"{standing.system_id}/{standing.requirement_id}", standing)
    _carry_finding(act, assessment, answer, standing, requirement, today=today)


def _carry_finding(
    act: Act,
    assessment: Assessment,
    answer: carried.CarriedAnswer,
    standing: Answer,
    requirement: Requirement,
    *,
    today: date,
) -> None:
    """What is short stays a finding: the work on the former requirement goes on under the new one."""
    heads = [act.head(FINDING, f"{standing.system_id}/{id_}") for id_ in answer.carried_from]
    known = [(head, Finding.model_validate_json(head.body)) for head in heads if head]
    open_ones = [(head, one) for head, one in known if one.status.standing]
    found = after_answer(None, standing, requirement, assessment, today)
    for head, one in open_ones:
        gone, going_on = moved(one, standing.requirement_id, standing.checklist_id)
        act.put(FINDING, one.id, gone.model_dump_json(exclude_defaults=True), head.version)
        found = going_on
    if found is not None:
        put_over(act, FINDING, found.id, found)
