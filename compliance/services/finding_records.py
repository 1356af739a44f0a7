"""Findings and their standing answers as one act takes them up and puts them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compliance.adapters.store import Act
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.remediation import Finding, GapKind
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services.records import head_of

FINDING = "finding"
ANSWER = "answer"


@dataclass(frozen=True)
class Taken:
    """A finding with its standing answer, and the versions they were read at."""

    finding: Finding
    version: int
    answer: Answer
    answer_version: int


def all_taken(workspace: Workspace, act: Act, finding_ids: Sequence[str]) -> list[Taken]:
    """Every finding named, each once; all ids that are not there are told together."""
    taken, missing = [], []
    for id_ in dict.fromkeys(finding_ids):
        try:
            taken.append(taken_for(workspace, act, id_))
        except NotFound as error:
            missing.append(str(error))
    if missing:
        raise NotFound("\n".join(missing))
    return taken


def taken_for(workspace: Workspace, act: Act, finding_id: str) -> Taken:
    """One finding with its standing answer, as the act sees them.

    Raises:
        NotFound: there is none of this id; the nearest is offered.
        Refused: the id is that of a gap in the evidence.
    """
    head = act.head(FINDING, finding_id)
    if head is None:
        refuse_gap(finding_id)
        head = head_of(workspace, FINDING, finding_id)
    finding = Finding.model_validate_json(head.body)
    said = act.head(ANSWER, finding.id)
    answer = Answer.model_validate_json(said.body) if said else unanswered(finding)
    return Taken(finding, head.version, answer, said.version if said else 0)


def unanswered(finding: Finding) -> Answer:
    """Stands for the answer of a finding whose answer is not recorded."""
    return Answer(
        system_id=finding.system_id,
        requirement_id=finding.requirement_id,
        checklist_id=finding.checklist_id,
        result=Result.NOT_ASSESSED,
    )


def is_gap(finding_id: str) -> bool:
    """Whether the id is that of a gap in the evidence: system, requirement, kind of gap, piece."""
    _, _, rest = finding_id.partition("/")
    _, _, kind = rest.partition("/")
    return kind.partition("/")[0] in set(GapKind)


def refuse_gap(finding_id: str) -> None:
    """Refuse what is worked out from the evidence and goes away with better evidence.

    Raises:
        Refused: the id is that of a gap in the evidence.
    """
    if is_gap(finding_id):
        system_id, requirement_id, *_ = finding_id.split("/")
        raise Refused(
            f"“{finding_id}” là tồn tại về minh chứng: chỉ hết khi có minh chứng còn giá trị, không lập kế hoạch hay "
            f"đóng riêng. Hãy bổ sung: compliance evidence add TỆP --for {system_id}/{requirement_id}"
        )


def put(act: Act, taken: Taken, finding: Finding, answer: Answer | None = None) -> Finding:
    """Store the finding, and its answer where that changed."""
    act.put(FINDING, finding.id, finding.model_dump_json(exclude_defaults=True), taken.version)
    if answer is not None and answer != taken.answer:
        act.put(ANSWER, finding.id, answer.model_dump_json(exclude_defaults=True), taken.answer_version)
    return finding


def refuse(told: Iterable[str]) -> None:
    """Refuse with the one sentence, or list them all."""
    faults = list(told)
    if len(faults) == 1:
        raise Refused(faults[0])
    if faults:
        raise BadData(f"Có {len(faults)} điều chưa được; chưa lưu gì.", [Fault(one) for one in faults])
