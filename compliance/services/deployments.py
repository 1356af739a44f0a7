"""How far the protection plan of each system is carried out, in the words of the decree's report form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.deployment import DeploymentState, deployment
from compliance.domain.inheritance import Inherited
from compliance.domain.regime import Regime
from compliance.domain.system import Ownership
from compliance.errors import Refused
from compliance.services import reliances
from compliance.services.assessments import answers
from compliance.services.classifications import ClassifiedSystem, classify_all, classify_system
from compliance.services.finding_records import ANSWER
from compliance.services.regimes import ANSWERED, lists_of


@dataclass(frozen=True)
class SystemDeployment:
    """The state of one system; ``level`` and ``state`` are ``None`` where the level is not known yet.

    ``total`` counts the requirements of its lists that apply, ``met`` those that are compliant; ``counts`` by result.
    """

    system_id: str
    system_name: str
    level: int | None
    state: DeploymentState | None
    total: int = 0
    met: int = 0
    counts: Mapping[Result, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RequirementStand:
    """How one requirement stands: result, deadline, and the standing answer where anybody gave one."""

    checklist: Checklist
    requirement: Requirement
    result: Result
    due: date | None
    answer: Answer | None


def deployment_of(workspace: Workspace, system_id: str, today: date) -> DeploymentState:
    """The state of one system over the basic requirements and the duties of its level, inherited answers included.

    Raises:
        NotFound: no such system, or no regime in force.
        Refused: its level is not known, so there is no plan to carry out.
    """
    state = system_deployment(workspace, system_id, today).state
    if state is None:
        raise Refused(
            f"Chưa rõ cấp độ của “{system_id}” nên chưa tính được mức độ triển khai phương án. Hãy trả lời các câu hỏi "
            f"còn thiếu: compliance classifications ask {system_id}"
        )
    return state


def system_deployment(workspace: Workspace, system_id: str, today: date) -> SystemDeployment:
    """One system with its figures; raises :class:`NotFound` where there is none."""
    return deployed(workspace, classify_system(workspace, system_id, today))


def deployments(workspace: Workspace, today: date) -> tuple[SystemDeployment, ...]:
    """Every system a dossier is needed for, by id; one only used is reported by its owner.

    Raises:
        NotFound: no regime is in force.
    """
    every = classify_all(workspace, today)
    return deployed_all(workspace, [one for one in every if one.system.needs_dossier])


def deployed_all(workspace: Workspace, classified: Sequence[ClassifiedSystem]) -> tuple[SystemDeployment, ...]:
    """Classified systems with their figures, in the same order; all were judged by one regime."""
    levels = {one.system.id: level for one in classified if (level := _level(one)) is not None}
    stands = stands_of_all(workspace, levels, classified[0].regime) if classified else {}
    return tuple(_deployed(one, levels.get(one.system.id), stands.get(one.system.id, ())) for one in classified)


def deployed(workspace: Workspace, classified: ClassifiedSystem) -> SystemDeployment:
    """A classified system with its figures."""
    level = _level(classified)
    stands = () if level is None else stands_of(workspace, classified.system.id, classified.regime, level)
    return _deployed(classified, level, stands)


def _deployed(classified: ClassifiedSystem, level: int | None, stands: Iterable[RequirementStand]) -> SystemDeployment:
    system = classified.system
    if level is None:
        return SystemDeployment(system.id, system.name, None, None)
    results = [(one.result, one.due) for one in stands]
    return SystemDeployment(
        system_id=system.id,
        system_name=system.name,
        level=level,
        state=deployment(results),
        total=sum(result is not Result.NOT_APPLICABLE for result, _ in results),
        met=sum(result is Result.COMPLIANT for result, _ in results),
        counts=Counter(result for result, _ in results),
    )


def stands_of(workspace: Workspace, system_id: str, regime: Regime, level: int) -> tuple[RequirementStand, ...]:
    """How every requirement a system answers at a level stands now, inherited answers included, in list order."""
    held = reliances.inherited_by(workspace, system_id, regime, level)
    stands = {one.requirement_id: one for one in reliances.standing(workspace, system_id, regime, level)}
    theirs = _deadlines(workspace, held.values())
    return _stands(lists_of(regime, level, ANSWERED).values(), stands, held, theirs)


def stands_of_all(
    workspace: Workspace, levels: Mapping[str, int], regime: Regime
) -> dict[str, tuple[RequirementStand, ...]]:
    """The same for many systems, by id; answers are read once, and only those that rely on others are read alone.

    Args:
        workspace: where the answers are recorded.
        levels: the level of each system.
        regime: whose lists are answered.
    """
    relying = {head.id.partition("/")[0] for head in workspace.store.heads(reliances.KIND)}
    lists = {level: tuple(lists_of(regime, level, ANSWERED).values()) for level in set(levels.values())}
    given: dict[str, dict[str, Answer]] = {}
    for head in workspace.store.heads(ANSWER):
        system_id = head.id.partition("/")[0]
        if system_id in levels and system_id not in relying:
            answer = Answer.model_validate_json(head.body)
            given.setdefault(system_id, {})[answer.requirement_id] = answer
    return {
        id_: stands_of(workspace, id_, regime, level)
        if id_ in relying
        else _stands(lists[level], given.get(id_, {}), {}, {})
        for id_, level in levels.items()
    }


def _stands(
    lists: Iterable[Checklist],
    answered: Mapping[str, Answer],
    held: Mapping[str, Inherited],
    theirs: Mapping[tuple[str, str], date | None],
) -> tuple[RequirementStand, ...]:
    found = []
    for checklist in lists:
        for requirement in checklist.requirements:
            answer = answered.get(requirement.id)
            result, due = _result(answer, held.get(requirement.id), theirs)
            found.append(RequirementStand(checklist, requirement, result, due, answer))
    return tuple(found)


def _level(classified: ClassifiedSystem) -> int | None:
    """The level found, where it is the commune's to find; else the one approved."""
    found, earlier = classified.classification, classified.system.earlier_approval
    own = found.level if found.decided and classified.system.ownership is not Ownership.USED else None
    return own or (earlier.level if earlier else None) or (found.level if found.decided else None)


def _result(
    answer: Answer | None, held: Inherited | None, theirs: Mapping[tuple[str, str], date | None]
) -> tuple[Result, date | None]:
    """Result and deadline of a requirement; a provider's shortfall is made good by the provider's deadline."""
    if answer is None:
        return Result.NOT_ASSESSED, None
    if answer.due is None and held is not None and not answer.assessment_id:
        days = [theirs.get((held.source.system_id, id_)) for id_ in held.source.requirement_ids]
        known = [day for day in days if day is not None]
        return answer.result, max(known) if known and len(known) == len(days) else None
    return answer.result, answer.due


def _deadlines(workspace: Workspace, held: Iterable[Inherited]) -> dict[tuple[str, str], date | None]:
    providers = {one.source.system_id for one in held if one.result is not Result.COMPLIANT}
    return {(id_, one.requirement_id): one.due for id_ in providers for one in answers(workspace, id_)}
