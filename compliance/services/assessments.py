"""Checks of systems (kiểm tra, đánh giá): start one, see it, close it; what the office declared beside it."""

from __future__ import annotations

from datetime import date

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Assessed, Assessment, Minutes, Result
from compliance.domain.assessment_sheet import AssessmentRow, AssessmentSheet, assessment_sheet
from compliance.domain.checklist import Checklist
from compliance.domain.inheritance import Inherited
from compliance.domain.regime import Regime
from compliance.domain.wording import date_text
from compliance.errors import NotFound, Refused
from compliance.services import reliances, systems
from compliance.services.finding_records import ANSWER
from compliance.services.records import head_of, put_over
from compliance.services.regimes import ANSWERED, lists_of

KIND = "assessment"
ASSESSED = "assessed"


def answers(workspace: Workspace, system_id: str) -> tuple[Answer, ...]:
    """Every answer stored for a system, to whichever list it was given."""
    return tuple(Answer.model_validate_json(one.body) for one in workspace.store.heads(ANSWER, system_id))


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
        inherited={} if one.closed else reliances.inherited_by(workspace, system.id, regime, one.level),
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
    """
    with workspace.act(reason or "Kết thúc kiểm tra") as act:  # read inside, so that nobody's minutes or answer is lost
        sheet = load(workspace, assessment_id)
        one = sheet.assessment
        _refuse_ending(sheet, today, reason)
        for row in sheet.rows:
            if row.inherited is not None and not row.own:
                kept = _kept(row, row.inherited, one.id, today, workspace.by)
                put_over(act, ASSESSED, f"{one.id}/{row.requirement.id}", kept)
        put_over(act, KIND, one.id, one.model_copy(update={"closed_on": today}))
    return load(workspace, assessment_id)


def _refuse_ending(sheet: AssessmentSheet, today: date, reason: str) -> None:
    one, left = sheet.assessment, len(sheet.open_rows)
    if one.closed_on is not None:
        raise Refused(f"Lần kiểm tra {one.id} đã kết thúc ngày {date_text(one.closed_on)}.")
    if today < one.started_on:
        raise Refused(f"Ngày kết thúc không thể trước ngày bắt đầu ({date_text(one.started_on)}).")
    if left and not reason.strip():
        raise Refused(
            f"Còn {left} yêu cầu chưa đánh giá. Hãy trả lời tiếp: compliance assessments walk {one.id}, hoặc nêu lý do "
            "kết thúc khi chưa đủ bằng --reason."
        )


def _kept(row: AssessmentRow, held: Inherited, assessment_id: str, today: date, by: str) -> Assessed:
    """What a provider answered, as a closed check keeps it."""
    return Assessed(
        assessment_id=assessment_id,
        requirement_id=row.requirement.id,
        checklist_id=row.checklist_id,
        result=held.result,
        present_state=held.told,
        reason=f"{held.shared}." if held.result is Result.NOT_APPLICABLE else "",
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
    with workspace.act(reason) as act:
        one = assessment(workspace, assessment_id)
        if not one.closed:
            raise Refused(f"Lần kiểm tra {one.id} đang mở, không phải mở lại.")
        if not reason.strip():
            raise Refused("Hãy nêu lý do mở lại lần kiểm tra đã kết thúc: --reason “…”.")
        opened = one.model_copy(update={"closed_on": None})
        put_over(act, KIND, one.id, opened)
    return opened


def set_minutes(workspace: Workspace, assessment_id: str, minutes: Minutes, *, today: date) -> Assessment:
    """Keep what the minutes say: day, hours, place, who was there.

    Raises:
        NotFound: there is none of this id.
        Refused: the day lies ahead, or before the check began.
    """
    with workspace.act("Ghi biên bản kiểm tra") as act:
        one = assessment(workspace, assessment_id)
        if minutes.held_on > today:
            raise Refused(f"Ngày lập biên bản {date_text(minutes.held_on)} sau ngày hôm nay. Hãy kiểm tra lại ngày.")
        if minutes.held_on < one.started_on:
            raise Refused(f"Ngày lập biên bản trước ngày bắt đầu kiểm tra ({date_text(one.started_on)}).")
        changed = one.model_copy(update={"minutes": minutes})
        put_over(act, KIND, one.id, changed)
    return changed
