"""Answering once for many: which systems rely on which, and what they inherit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliance.adapters.store import Act
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.inheritance import Inherited, Reliance, group_keys, inherited
from compliance.domain.regime import Regime
from compliance.domain.system import Status, System
from compliance.domain.wording import nearest, typed
from compliance.errors import BadData, Fault, Refused
from compliance.services.carried import answered_level, pairs_between
from compliance.services.finding_records import ANSWER
from compliance.services.records import head_of, put_over
from compliance.services.regimes import ANSWERED, lists_of

KIND = "reliance"


def rely(
    workspace: Workspace, system_id: str, provider_id: str, groups: Sequence[str], *, regime: Regime, basis: str = ""
) -> Reliance:
    """Record that a system relies on another for groups of requirements, beside those it already does.

    Raises:
        NotFound: one of the systems is not recorded.
        Refused: the provider no longer runs, or a system would rely on itself, in a circle, or on two providers for one
            group.
        BadData: a group does not exist; all are listed.
    """
    head_of(workspace, "system", system_id)
    if _system(workspace, provider_id).status is Status.DECOMMISSIONED:
        raise Refused(f"“{provider_id}” đã kết thúc vận hành nên không còn biện pháp nào để dùng chung.")
    wanted = _known_groups(groups, regime)
    with workspace.act("Dùng chung biện pháp") as act:  # looked at inside, so that two people make no circle
        _refuse_circle(workspace, system_id, provider_id)
        _refuse_second_provider(workspace, system_id, provider_id, wanted)
        before = _recorded(act, system_id, provider_id)
        record = before.model_copy(
            update={
                "groups": tuple(dict.fromkeys((*before.groups, *wanted))),
                "basis": typed(basis) or before.basis,
            }
        )
        _put(act, record)
    return record


def stop_relying(
    workspace: Workspace, system_id: str, provider_id: str, groups: Sequence[str] = (), *, regime: Regime
) -> Reliance:
    """Record that a system no longer relies on another, for these groups or (none named) for any.

    Raises:
        NotFound: one of the systems is not recorded.
        Refused: it did not rely on the other at all.
        BadData: a group does not exist; all are listed.
    """
    head_of(workspace, "system", system_id)
    head_of(workspace, "system", provider_id)
    dropped = _known_groups(groups, regime)
    with workspace.act("Thôi dùng chung biện pháp") as act:
        before = _recorded(act, system_id, provider_id)
        if not before.groups:
            raise Refused(f"“{system_id}” không dùng chung biện pháp nào của “{provider_id}”.")
        left = tuple(one for one in before.groups if dropped and one not in dropped)
        record = before.model_copy(update={"groups": left})
        _put(act, record)
    return record


def _recorded(act: Act, system_id: str, provider_id: str) -> Reliance:
    head = act.head(KIND, f"{system_id}/{provider_id}")
    return Reliance.model_validate_json(head.body) if head else Reliance(system_id=system_id, provider_id=provider_id)


def _put(act: Act, record: Reliance) -> None:
    put_over(act, KIND, f"{record.system_id}/{record.provider_id}", record)


def _refuse_circle(workspace: Workspace, system_id: str, provider_id: str) -> None:
    if system_id == provider_id:
        raise Refused("Một hệ thống không thể dùng chung biện pháp của chính nó. Hãy nêu hệ thống cung cấp.")
    if system_id in _providers_above(workspace, provider_id):
        raise Refused(
            f"“{provider_id}” đã dựa vào “{system_id}” nên không thể làm ngược lại, kết quả sẽ vòng lại chính nó."
        )


def _refuse_second_provider(workspace: Workspace, system_id: str, provider_id: str, wanted: Sequence[str]) -> None:
    for other in reliances(workspace, system_id):
        shared = set(other.groups) & set(wanted)
        if other.provider_id != provider_id and shared:
            named = " ".join(f"--group {one}" for one in sorted(shared))
            raise Refused(
                f"Nhóm {', '.join(sorted(shared))} của “{system_id}” đã dùng kết quả của “{other.provider_id}”. Mỗi "
                f"nhóm chỉ dựa vào một nơi; hãy bỏ ở nơi cũ trước: compliance assessments rely {system_id} "
                f"{other.provider_id} --stop {named}"
            )


def _known_groups(groups: Sequence[str], regime: Regime) -> tuple[str, ...]:
    known = group_titles(regime)
    faults = []
    for one in groups:
        if one not in known:
            near = nearest(one, known)
            faults.append(Fault(f"không có nhóm “{one}”." + (f" Gần nhất là “{near}”." if near else "")))
    if faults:
        raise BadData(f"Có {len(faults)} nhóm không dùng được; các nhóm: {', '.join(known)}.", faults)
    return tuple(dict.fromkeys(groups))


def group_titles(regime: Regime) -> dict[str, str]:
    """Every group a system may rely on another for, with its title."""
    lists = [one for level in range(1, 6) for one in lists_of(regime, level, ANSWERED).values()]
    return {group_keys(one)[group.id]: group.title for one in lists for group in one.groups}


def _providers_above(workspace: Workspace, system_id: str) -> set[str]:
    seen: set[str] = set()
    waiting = [system_id]
    while waiting:
        for one in reliances(workspace, waiting.pop()):
            if one.provider_id not in seen:
                seen.add(one.provider_id)
                waiting.append(one.provider_id)
    return seen


def reliances(workspace: Workspace, system_id: str) -> tuple[Reliance, ...]:
    """What a system relies on others for."""
    found = (Reliance.model_validate_json(one.body) for one in workspace.store.heads(KIND, system_id))
    return tuple(one for one in found if one.groups)


def inherited_by(workspace: Workspace, system_id: str, regime: Regime, level: int) -> dict[str, Inherited]:
    """What counts for a system from its providers, by requirement; worked out from their answers as they stand now."""
    lists = tuple(lists_of(regime, level, ANSWERED).values())
    found: dict[str, Inherited] = {}
    for reliance in reliances(workspace, system_id):
        provider = _system(workspace, reliance.provider_id)
        if provider.status is Status.DECOMMISSIONED:
            continue  # what no longer runs protects nobody
        own = _own_answers(workspace, provider.id)
        at = answered_level(own, regime) or level
        answers = {one.requirement_id: one for one in _standing(workspace, provider.id, own, regime, at)}
        found |= inherited(reliance, provider, pairs_between(regime, at, level), answers, lists)
    return found


def _system(workspace: Workspace, system_id: str) -> System:
    return System.model_validate_json(head_of(workspace, "system", system_id).body)


def _own_answers(workspace: Workspace, system_id: str) -> tuple[Answer, ...]:
    return tuple(Answer.model_validate_json(one.body) for one in workspace.store.heads(ANSWER, system_id))


def standing(workspace: Workspace, system_id: str, regime: Regime, level: int) -> tuple[Answer, ...]:
    """How every requirement of a system stands now: its own answers, and its providers' where no check answered.

    What the office itself wrote beside an inherited result (measure, deadline, state) is kept.
    """
    return _standing(workspace, system_id, _own_answers(workspace, system_id), regime, level)


def _standing(
    workspace: Workspace, system_id: str, own: Iterable[Answer], regime: Regime, level: int
) -> tuple[Answer, ...]:
    found = {one.requirement_id: one for one in own}
    home = {one.id: each.id for each in lists_of(regime, level, ANSWERED).values() for one in each.requirements}
    for id_, one in inherited_by(workspace, system_id, regime, level).items():
        mine = found.get(id_)
        if mine is None or not mine.assessment_id:
            plain = Answer(system_id=system_id, requirement_id=id_, checklist_id=home[id_], result=Result.NOT_ASSESSED)
            found[id_] = _as_answer(one, mine or plain)
    return tuple(found.values())


def _as_answer(one: Inherited, mine: Answer) -> Answer:
    """A provider's answer as the system's own, beside what the office itself wrote."""
    needs_reason = one.result is Result.NOT_APPLICABLE and not mine.reason
    return mine.model_copy(
        update={
            "result": one.result,
            "present_state": " – ".join(part for part in (one.told, mine.present_state) if part),
            "reason": f"{one.shared}." if needs_reason else mine.reason,
            "measure": mine.measure or f"{one.shared}.",
            "responsible_unit_id": mine.responsible_unit_id or one.operator_id,
            "assumed": False,
        }
    )
