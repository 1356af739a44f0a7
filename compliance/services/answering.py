"""Answering the requirements of a check: every answer one record, with the finding it opens and the standing answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.adapters.store import Act
from compliance.adapters.workspace import Workspace
from compliance.domain.answer_rules import Typed, breaches
from compliance.domain.assessment import Answer, Assessed, Assessment, Result, order_of
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.inheritance import Inherited
from compliance.domain.remediation import Finding, after_answer
from compliance.domain.wording import date_text, folded, nearest, typed
from compliance.errors import BadData, Conflict, Fault, NotFound, Refused
from compliance.services import assessments, reliances
from compliance.services.finding_records import ANSWER, FINDING
from compliance.services.records import put_over


@dataclass(frozen=True)
class Said:
    """What somebody says about one requirement; ``None`` keeps what was said before, an empty text clears it.

    ``expected_version`` is the version of the answer it was made from (0 = none); ``None`` takes whatever is there.
    """

    requirement_id: str
    result: Result
    present_state: str | None = None
    reason: str | None = None
    equivalent: str | None = None
    equivalent_reason: str | None = None
    override: str | None = None
    answered_by: str = ""
    answered_on: date | None = None
    expected_version: int | None = None


@dataclass(frozen=True)
class Saved:
    """An answer as stored; ``changed`` is false where the same was said before. ``finding`` is what it opened.

    ``replaced`` is what somebody else had said before.
    """

    answer: Assessed
    version: int
    changed: bool
    finding: Finding | None
    replaced: Assessed | None = None


@dataclass(frozen=True)
class _Setting:
    """What the answers of one act are judged against."""

    workspace: Workspace
    assessment: Assessment
    requirements: Mapping[str, tuple[Requirement, Checklist]]
    inherited: Mapping[str, Inherited]
    today: date

    @property
    def reopened(self) -> bool:
        """Whether the check had ended before; its history is read, so it is asked last."""
        versions = self.workspace.store.history(assessments.KIND, self.assessment.id)
        return any(Assessment.model_validate_json(each.body).closed for each in versions)


def answer(workspace: Workspace, assessment_id: str, said: Said, *, today: date, reason: str = "") -> Saved:
    """Store one answer; see :func:`record`."""
    return record(workspace, assessment_id, [said], today=today, reason=reason)[0]


def record(
    workspace: Workspace, assessment_id: str, said: Sequence[Said], *, today: date, reason: str = ""
) -> tuple[Saved, ...]:
    """Store answers, all of them or none, in one act.

    Raises:
        NotFound: there is no such check.
        Refused: the check is closed.
        BadData: answers have faults; all are listed.
        Conflict: somebody answered the same requirement since the version an answer was made from.
    """
    with workspace.act(reason or "Trả lời yêu cầu kiểm tra") as act:
        setting = _setting(workspace, act, assessment_id, today)
        prepared = [_prepared(act, setting, one) for one in said]
        faults = [fault for one in prepared if isinstance(one, list) for fault in one]
        if faults:
            raise BadData(f"Có {len(faults)} lỗi trong câu trả lời; chưa lưu gì.", faults)
        return tuple(_put(act, setting, one) for one in prepared if isinstance(one, _Prepared))


def _setting(workspace: Workspace, act: Act, assessment_id: str, today: date) -> _Setting:
    head = act.head(assessments.KIND, assessment_id)
    one = Assessment.model_validate_json(head.body) if head else assessments.assessment(workspace, assessment_id)
    if one.closed:
        raise Refused(
            f"Lần kiểm tra {one.id} đã kết thúc ngày {date_text(one.closed_on or today)} nên không trả lời thêm được. "
            f"Có sai sót thì mở lại kèm lý do: compliance assessments reopen {one.id} --reason “…”"
        )
    lists = assessments.lists_for(one)
    known = {each.id: (each, checklist) for checklist in lists.values() for each in checklist.requirements}
    held = reliances.inherited_by(workspace, one.system_id, assessments.regime_of(one), one.level)
    return _Setting(workspace, one, known, held, today)


def requirement_named(
    requirements: Mapping[str, tuple[Requirement, Checklist]], text: str
) -> tuple[Requirement, Checklist]:
    """The requirement with this id, or the only one with this clause.

    Raises:
        NotFound: the list has none; the nearest is offered, or the several a clause means.
    """
    if text in requirements:
        return requirements[text]
    key = folded(text)
    by_clause = [pair for id_, pair in requirements.items() if key in {folded(id_), folded(pair[0].clause)}]
    if len(by_clause) == 1:
        return by_clause[0]
    if by_clause:
        several = ", ".join(one.id for one, _ in by_clause)
        raise NotFound(f"Mục “{text}” có nhiều yêu cầu; hãy nêu rõ mã: {several}.")
    near = nearest(text, requirements)
    hint = f"Gần nhất là “{near}”." if near else "Xem danh mục: compliance regimes requirements --level CẤP-ĐỘ"
    raise NotFound(f"Danh mục của lần kiểm tra này không có yêu cầu “{text}”. {hint}")


@dataclass(frozen=True)
class _Prepared:
    """An answer that may be stored, and the version it replaces."""

    answer: Assessed
    version: int
    before: Assessed | None


def _prepared(act: Act, setting: _Setting, said: Said) -> _Prepared | list[Fault]:
    """The answer as it would be stored, or everything wrong with it."""
    try:
        requirement, checklist = requirement_named(setting.requirements, said.requirement_id)
    except NotFound as error:
        return [Fault(str(error), row=None)]
    head = act.head(assessments.ASSESSED, f"{setting.assessment.id}/{requirement.id}")
    before = Assessed.model_validate_json(head.body) if head else None
    version = head.version if head else 0
    if said.expected_version is not None and said.expected_version != version and head is not None:
        raise Conflict(
            f"Yêu cầu {requirement.id} đã được {head.recorded_by} trả lời lúc {head.recorded_at:%H:%M ngày %d/%m/%Y}, "
            "sau bản đang sửa. Chưa lưu gì. Hãy xem lại câu trả lời mới rồi trả lời lại."
        )
    kept = before if before is not None and before.inherited is None else None
    texts = {name: _kept(getattr(said, name), kept, name) for name in _TEXTS}
    if not texts["equivalent"] and not said.equivalent_reason:
        texts["equivalent_reason"] = ""  # a measure taken back takes its reason along
    answered_on = said.answered_on or setting.today
    broken = breaches(
        requirement,
        Typed(said.result, texts, answered_on),
        today=setting.today,
        held=setting.inherited.get(requirement.id),
        before=kept if kept is not None and kept.result is not Result.NOT_ASSESSED else None,
    )
    faults = [Fault(f"yêu cầu {requirement.id}: {_lowered(one.message)}", expected=one.expected) for one in broken]
    if faults:
        return faults
    made = Assessed.model_validate(
        {
            **texts,
            "assessment_id": setting.assessment.id,
            "requirement_id": requirement.id,
            "checklist_id": checklist.id,
            "result": said.result,
            "answered_by": typed(said.answered_by) or setting.workspace.by,
            "answered_on": answered_on,
        }
    )
    return _Prepared(made, version, before)


def _lowered(sentence: str) -> str:
    """A sentence as it goes on after a colon."""
    return sentence[:1].lower() + sentence[1:]


_TEXTS = ("present_state", "reason", "equivalent", "equivalent_reason", "override")


def _kept(new: str | None, before: Assessed | None, name: str) -> str:
    if new is not None:
        return typed(new)
    return str(getattr(before, name)) if before else ""


def _put(act: Act, setting: _Setting, one: _Prepared) -> Saved:
    made = one.answer
    if one.before is not None and _same(one.before, made):
        return Saved(one.before, one.version, changed=False, finding=None)
    revision = act.put(
        assessments.ASSESSED,
        f"{made.assessment_id}/{made.requirement_id}",
        made.model_dump_json(exclude_defaults=True),
        one.version,
    )
    standing = _put_standing(act, setting, made)
    finding = _put_finding(act, setting, standing) if standing else None
    others = one.before is not None and one.before.answered_by != made.answered_by
    return Saved(made, revision.version, changed=True, finding=finding, replaced=one.before if others else None)


def _same(before: Assessed, after: Assessed) -> bool:
    """Whether the same was said, whoever says it again."""
    again = {"answered_by": before.answered_by, "answered_on": before.answered_on}
    return before == after.model_copy(update={**again, "carried_from": before.carried_from})


def _put_standing(act: Act, setting: _Setting, made: Assessed) -> Answer | None:
    """The system's standing answer after the check: result and state new, measure, unit and deadline kept."""
    key = f"{setting.assessment.system_id}/{made.requirement_id}"
    head = act.head(ANSWER, key)
    before = Answer.model_validate_json(head.body) if head else None
    if made.result is Result.NOT_ASSESSED and (before is None or before.assessment_id != made.assessment_id):
        return None  # an answer taken back leaves what the office declared before
    later = before is not None and order_of(before.assessment_id) > order_of(made.assessment_id)
    if later and setting.reopened:
        return None  # putting an old check right does not undo what a later one found
    said = {
        "result": made.result,
        "present_state": made.present_state,
        "reason": made.reason,
        "equivalent": made.equivalent,
        "equivalent_reason": made.equivalent_reason,
        "assumed": False,
        "assessment_id": "" if made.result is Result.NOT_ASSESSED else made.assessment_id,  # taken back: no check's
    }
    identity = {
        "system_id": setting.assessment.system_id,
        "requirement_id": made.requirement_id,
        "checklist_id": made.checklist_id,
    }
    after = before.model_copy(update=said) if before else Answer.model_validate({**identity, **said})
    put_over(act, ANSWER, key, after)
    return after


def _put_finding(act: Act, setting: _Setting, standing: Answer) -> Finding | None:
    requirement, _ = setting.requirements[standing.requirement_id]
    key = f"{standing.system_id}/{standing.requirement_id}"
    head = act.head(FINDING, key)
    known = Finding.model_validate_json(head.body) if head else None
    finding = after_answer(known, standing, requirement, setting.assessment, setting.today)
    if finding is not None and finding != known:
        put_over(act, FINDING, key, finding)
    return finding
