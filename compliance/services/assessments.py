"""Checks of systems (kiểm tra, đánh giá): start one, see it, close it; what the office declared beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from compliance.adapters.law import load_assessment_rules, load_regimes
from compliance.adapters.store import Act
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Assessed, Assessment, AssessmentKind, Minutes, Result
from compliance.domain.assessment_rules import AssessmentWarning, warnings_for
from compliance.domain.assessment_sheet import AssessmentRow, AssessmentSheet, assessment_sheet
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.inheritance import Inherited
from compliance.domain.regime import Regime
from compliance.domain.remediation import Finding, after_answer, moved
from compliance.domain.system import FactValue, Ownership, System
from compliance.domain.wording import date_text, typed
from compliance.errors import NotFound, Refused
from compliance.services import carried, organizations, reliances, systems
from compliance.services.classifications import ClassifiedSystem, classify_system
from compliance.services.records import head_of
from compliance.services.regimes import ANSWERED, lists_of, refuse_other_level

KIND = "assessment"
ASSESSED = "assessed"
_ANSWER = "answer"
_FINDING = "finding"


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


def answers(workspace: Workspace, system_id: str) -> tuple[Answer, ...]:
    """Every answer stored for a system, to whichever list it was given."""
    return tuple(Answer.model_validate_json(one.body) for one in workspace.store.heads(_ANSWER, system_id))


def start(workspace: Workspace, system_id: str, starting: Starting, *, today: date) -> Started:
    """Begin a check; where the level changed since the last answers, those that still hold are carried over.

    Raises:
        NotFound: no such system or unit, or the regime has no list for the level.
        Refused: the level is not known, or a check of the same kind is still open.
    """
    classified = classify_system(workspace, system_id, today)
    system, regime = classified.system, classified.regime
    for named in filter(None, (starting.assessor_unit_id, starting.operator_id)):
        head_of(workspace, "unit", named)
    level = _level(classified, starting.level)
    lists = lists_of(regime, level, ANSWERED)
    if not lists:
        raise NotFound(f"Chương trình chưa có danh mục yêu cầu cho cấp độ {level} theo {regime.short_title}.")
    earlier = assessments_of(workspace, system_id)
    _refuse_double(earlier, starting.kind)
    unit_id = starting.assessor_unit_id or (system.assessor_id if not starting.outside else None)
    assessment = Assessment(
        id=f"{system_id}/{today.year}-{_next_number(earlier, today.year)}",
        system_id=system_id,
        kind=starting.kind,
        regime=regime.id,
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
    held = carried.answers_that_hold(answers(workspace, system_id), regime, level, lists)
    requirements = {each.id: each for one in lists.values() for each in one.requirements}
    with workspace.act(f"Bắt đầu kiểm tra: {starting.kind.label.lower()}") as act:
        act.put(KIND, assessment.id, _text(assessment), 0)
        for one in held:
            _carry(act, assessment, one, requirements[one.requirement_id], today=today, by=workspace.by)
    total = sum(len(one.requirements) for one in lists.values())
    return Started(
        assessment,
        warnings_of(classified, assessment),
        tuple(one.requirement_id for one in held),
        total - len(held),
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
    used = [one.id.rpartition("/")[2].partition("-") for one in earlier]
    return max((int(number) for in_year, _, number in used if in_year == str(year)), default=0) + 1


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
    act.put(ASSESSED, f"{assessment.id}/{answer.requirement_id}", _text(assessed), 0)
    standing = answer.standing(assessment.id)
    key = f"{standing.system_id}/{standing.requirement_id}"
    head = act.head(_ANSWER, key)
    act.put(_ANSWER, key, _text(standing), head.version if head else 0)
    _carry_finding(act, answer, standing, requirement, today)


def _carry_finding(
    act: Act, answer: carried.CarriedAnswer, standing: Answer, requirement: Requirement, today: date
) -> None:
    """What is short stays a finding: the work on the former requirement goes on under the new one."""
    heads = [act.head(_FINDING, f"{standing.system_id}/{id_}") for id_ in answer.carried_from]
    known = [(head, Finding.model_validate_json(head.body)) for head in heads if head]
    open_ones = [(head, one) for head, one in known if one.status.standing]
    found = after_answer(None, standing, requirement, today, standing.assessment_id)
    for head, one in open_ones:
        gone, going_on = moved(one, standing.requirement_id, standing.checklist_id)
        act.put(_FINDING, one.id, gone.model_dump_json(exclude_defaults=True), head.version)
        found = going_on
    if found is not None:
        before = act.head(_FINDING, found.id)
        act.put(_FINDING, found.id, found.model_dump_json(exclude_defaults=True), before.version if before else 0)


def warnings_of(classified: ClassifiedSystem, assessment: Assessment) -> tuple[AssessmentWarning, ...]:
    """What to heed about who checks and against what; a regime without such rules warns of nothing."""
    try:
        rules = load_assessment_rules(classified.regime)
    except NotFound:
        return ()
    return warnings_for(rules, _facts(classified, assessment))


def _facts(classified: ClassifiedSystem, assessment: Assessment) -> Mapping[str, FactValue | None]:
    system = classified.system
    approved = system.earlier_approval.level if system.earlier_approval else None
    operator, assessor = assessment.operator_id, assessment.assessor_unit_id
    return {
        "level": assessment.level,
        "importance": classified.classification.importance.truth,
        "assessment_kind": assessment.kind.value,
        "assessor_is_operator": operator == assessor if operator and assessor else None,
        "operator_known": operator is not None,
        "outside_assessor": assessment.outside,
        "level_changed": None if approved is None else approved != _found_level(classified, assessment),
        "ownership": system.ownership.value,
    }


def _found_level(classified: ClassifiedSystem, assessment: Assessment) -> int:
    found = classified.classification
    used = classified.system.ownership is Ownership.USED
    return found.level if found.decided and found.level is not None and not used else assessment.level


def assessments_of(workspace: Workspace, system_id: str) -> tuple[Assessment, ...]:
    """Every check of one system, in the order they began."""
    found = [Assessment.model_validate_json(one.body) for one in workspace.store.heads(KIND, system_id)]
    return tuple(sorted(found, key=lambda one: (one.started_on, int(one.id.rpartition("-")[2]))))


def assessment(workspace: Workspace, assessment_id: str) -> Assessment:
    """One check without its answers.

    Raises:
        NotFound: there is none of this id.
    """
    return Assessment.model_validate_json(head_of(workspace, KIND, assessment_id).body)


def every_assessment(workspace: Workspace) -> tuple[Assessment, ...]:
    """Every check of every system, by id."""
    return tuple(Assessment.model_validate_json(one.body) for one in workspace.store.heads(KIND))


def load(workspace: Workspace, assessment_id: str) -> AssessmentSheet:
    """A check with every requirement, what was found, what is inherited and how the last check came out.

    Raises:
        NotFound: there is none of this id, or its list is no longer shipped.
    """
    one = assessment(workspace, assessment_id)
    system, regime = systems.system(workspace, one.system_id), regime_of(one)
    lists = lists_of(regime, one.level, ANSWERED)
    return assessment_sheet(
        one,
        system.name,
        lists.values(),
        answers=assessed_answers(workspace, one.id),
        inherited={} if one.closed else reliances.inherited_by(workspace, system, regime, one.level),
        previous=_previous(workspace, one),
    )


def outdated_lists(one: Assessment) -> tuple[str, ...]:
    """Sentences about lists that changed since the check began."""
    shipped = {each.id: each for each in lists_of(regime_of(one), one.level, ANSWERED).values()}
    return tuple(
        f"Danh mục “{shipped[id_].title}” đã đổi từ phiên bản {version} sang {shipped[id_].version} sau khi bắt đầu "
        "kiểm tra; câu trả lời cũ vẫn giữ, yêu cầu mới được hỏi thêm."
        for id_, version in one.lists.items()
        if id_ in shipped and shipped[id_].version != version
    )


def regime_of(one: Assessment) -> Regime:
    """The regime a check was pinned to.

    Raises:
        NotFound: it is no longer shipped.
    """
    found = next((each for each in load_regimes() if each.id == one.regime), None)
    if found is None:
        raise NotFound(f"Chương trình không còn bộ quy định “{one.regime}” mà lần kiểm tra {one.id} dựa vào.")
    return found


def lists_for(one: Assessment) -> dict[str, Checklist]:
    """The lists a check is made against, by kind."""
    return lists_of(regime_of(one), one.level, ANSWERED)


def assessed_answers(workspace: Workspace, assessment_id: str) -> dict[str, tuple[int, Assessed]]:
    """Version and answer by requirement, as this check holds them."""
    heads = workspace.store.heads(ASSESSED, assessment_id)
    found = ((head.version, Assessed.model_validate_json(head.body)) for head in heads)
    return {answer.requirement_id: (version, answer) for version, answer in found}


def _previous(workspace: Workspace, one: Assessment) -> dict[str, Result]:
    if not one.previous_id:
        return {}
    return {id_: answer.result for id_, (_, answer) in assessed_answers(workspace, one.previous_id).items()}


def close(workspace: Workspace, assessment_id: str, *, today: date, reason: str = "") -> AssessmentSheet:
    """End a check: nothing is answered any more, and what providers answered is kept as it stands.

    Raises:
        NotFound: there is none of this id.
        Refused: it is closed, or requirements are open and no reason is given.
        Conflict: somebody changed it in the same moment.
    """
    sheet = load(workspace, assessment_id)
    one = sheet.assessment
    if one.closed:
        raise Refused(f"Lần kiểm tra {one.id} đã kết thúc ngày {date_text(one.closed_on or today)}.")
    if today < one.started_on:
        raise Refused(f"Ngày kết thúc không thể trước ngày bắt đầu ({date_text(one.started_on)}).")
    left = len(sheet.open_rows)
    if left and not reason:
        raise Refused(
            f"Còn {left} yêu cầu chưa đánh giá. Hãy trả lời tiếp: compliance assessments walk {one.id}, hoặc nêu lý do "
            "kết thúc khi chưa đủ bằng --reason."
        )
    with workspace.act(reason or "Kết thúc kiểm tra") as act:
        for row in sheet.rows:
            if row.inherited is not None and not row.own:
                kept = _kept(row, row.inherited, one.id, today, workspace.by)
                act.put(ASSESSED, f"{one.id}/{row.requirement.id}", _text(kept), row.version)
        _put_assessment(act, one.model_copy(update={"closed_on": today}))
    return load(workspace, assessment_id)


def _kept(row: AssessmentRow, held: Inherited, assessment_id: str, today: date, by: str) -> Assessed:
    """What a provider answered, as a closed check keeps it."""
    said = f"Dùng chung biện pháp của {held.provider_name}"
    return Assessed(
        assessment_id=assessment_id,
        requirement_id=row.requirement.id,
        checklist_id=row.checklist_id,
        result=held.result,
        present_state=f"{said}: {held.present_state}" if held.present_state else f"{said}.",
        reason=f"{said}." if held.result is Result.NOT_APPLICABLE else "",
        answered_by=by,
        answered_on=today,
        inherited=held.source,
    )


def reopen(workspace: Workspace, assessment_id: str, *, reason: str) -> Assessment:
    """Open a closed check again, with the reason in its history.

    Raises:
        NotFound: there is none of this id.
        Refused: it is open, or no reason is given.
    """
    one = assessment(workspace, assessment_id)
    if not one.closed:
        raise Refused(f"Lần kiểm tra {one.id} đang mở, không phải mở lại.")
    if not reason.strip():
        raise Refused("Hãy nêu lý do mở lại lần kiểm tra đã kết thúc: --reason “…”.")
    opened = one.model_copy(update={"closed_on": None})
    with workspace.act(reason) as act:
        _put_assessment(act, opened)
    return opened


def set_minutes(workspace: Workspace, assessment_id: str, minutes: Minutes, *, today: date) -> Assessment:
    """Keep what the minutes say: day, hours, place, who was there.

    Raises:
        NotFound: there is none of this id.
        Refused: the day lies ahead, or before the check began.
    """
    one = assessment(workspace, assessment_id)
    if minutes.held_on > today:
        raise Refused(f"Ngày lập biên bản {date_text(minutes.held_on)} còn ở phía trước. Hãy kiểm tra lại ngày.")
    if minutes.held_on < one.started_on:
        raise Refused(f"Ngày lập biên bản trước ngày bắt đầu kiểm tra ({date_text(one.started_on)}).")
    changed = one.model_copy(update={"minutes": minutes})
    with workspace.act("Ghi biên bản kiểm tra") as act:
        _put_assessment(act, changed)
    return changed


def _put_assessment(act: Act, one: Assessment) -> None:
    head = act.head(KIND, one.id)
    act.put(KIND, one.id, _text(one), head.version if head else 0)


def _text(record: Assessment | Assessed | Answer) -> str:
    return record.model_dump_json(exclude_defaults=True)


def system_of(workspace: Workspace, one: Assessment) -> System:
    """The system a check is about."""
    return systems.system(workspace, one.system_id)
