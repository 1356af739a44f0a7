"""What is said of a step of the road: read, held against the law and the papers, and stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compliance.adapters.act import Act
from compliance.adapters.templates import load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.procedure import Ask, RoadStep
from compliance.domain.road import Taken, standing
from compliance.domain.road_steps import before_the_law, obstacles, used_before
from compliance.domain.wording import nearest, typed
from compliance.errors import Conflict, NotFound, Refused
from compliance.services.dossiers import OVERRIDES
from compliance.services.enclosures import own_rules
from compliance.services.returned_files import FiledReturn, Returning, examine, printed_before
from compliance.services.roads import KIND, RoadStatus, steps_by_system

INSIST = "Nếu vẫn phải ghi bước này, nêu lý do bằng --override “…”; lý do được lưu cùng bước."

Held = tuple[str, str]
"""The code and the sentence of something a step may be taken in spite of, with a reason."""


@dataclass(frozen=True)
class Said:
    """What is said of a step.

    ``issued`` is the printed paper the files are held against, ``None`` for the one in the folder of drafts; ``insist``
    is the reason for taking the step in spite of what the law or a check holds.
    """

    on: date
    number: str = ""
    office: str = ""
    signer: str = ""
    effective_on: date | None = None
    fit: bool | None = None
    reasons: tuple[str, ...] = ()
    unit_id: str | None = None
    files: tuple[Path, ...] = ()
    issued: Path | None = None
    insist: str = ""


@dataclass(frozen=True)
class Recorded:
    """A step as stored, where the dossier stands after it, and what the files brought with it were found to be."""

    taken: Taken
    status: RoadStatus
    returned: tuple[FiledReturn, ...]


def refuse(against: Iterable[str], hint: str) -> None:
    """Refuse an act when anything stands against it.

    Raises:
        Refused: listing it, with what to do about it.
    """
    found = list(dict.fromkeys(against))
    if not found:
        return
    listed = found[0] if len(found) == 1 else "\n".join(f"  - {one}" for one in found)
    head = "Chưa ghi được: " if len(found) == 1 else "Chưa ghi được:\n"
    raise Refused(head + listed + (f"\n{hint}" if hint else ""))


def step_named(status: RoadStatus, step_id: str, level: int | None = None) -> RoadStep:
    """A step of the road a system walks, by its id.

    Raises:
        NotFound: its level has no such step; the nearest is offered.
        Refused: the level is not decided.
    """
    level = level or status.level
    if level is None:
        raise Refused(f"{status.system.name}: {status.remarks[0]}")
    procedure, listed = status.procedure, status.progress.listed
    found = procedure.step_walked(step_id, level, listed)
    if found is not None:
        return found
    known = [step.id for step in procedure.steps_of(procedure.level_walked(level, listed))]
    near = nearest(step_id, known)
    hint = f"Có phải “{near}”?" if near else f"Các bước: {', '.join(known)}."
    raise NotFound(f"Trình tự của hệ thống cấp độ {level} không có bước “{step_id}”. {hint}")


def told_of(draft: Taken, step: RoadStep) -> Taken:
    """The step without the office the program filled in by itself."""
    return draft if Ask.OFFICE in step.asks else draft.model_copy(update={"office": ""})


def held_by_law(workspace: Workspace, status: RoadStatus, step: RoadStep, draft: Taken) -> list[Held]:
    """What the law holds against the step, overridable with a reason."""
    system = status.system
    if step.regulation:
        system = system.model_copy(update={"regulation": own_rules(workspace, system, status.today)})
    law = (
        *before_the_law(step, draft, status.classified.regime.in_force_from),
        *obstacles(step, draft, system, status.progress, status.procedure),
    )
    return [(one.code, one.sentence) for one in law]


def badly_signed(files: Sequence[FiledReturn]) -> list[Held]:
    """Files whose signatures or text are not what they should be."""
    return [("file", f"Tệp {one.file.file_name}: {one.report.verdict}") for one in files if one.bad]


def files_of(workspace: Workspace, status: RoadStatus, step: RoadStep, said: Said) -> tuple[FiledReturn, ...]:
    """The files brought with a step, held against the paper last printed for it."""
    if not said.files:
        if said.issued is not None:
            raise Refused("--issued chỉ dùng cùng --file: nêu tệp đã ký để đối chiếu với bản đã in.")
        return ()
    issued = said.issued
    if issued is None and step.form:
        form = load_form(status.classified.regime.id, step.form, overrides=workspace.path / OVERRIDES)
        issued = printed_before(workspace, form, status.system.id)
    number = typed(said.number)
    # Without a number the day is that of the act; the paper brought with it may bear another.
    signed_on = said.on if number else None
    about = Returning(number=number, signed_on=signed_on, signer=typed(said.signer), issued=issued)
    return examine(workspace, said.files, about)


def number_used(
    workspace: Workspace, draft: Taken, statuses: Sequence[RoadStatus], beside: int | None = None
) -> list[Held]:
    """Every other paper of the same year that bears the number of a step; ``beside`` is the step it corrects."""
    mine = {status.system.id for status in statuses}
    others = [
        (system_id, one)
        for system_id, steps in steps_by_system(workspace).items()
        for one in standing(steps)
        if not (system_id in mine and one.number == beside)
    ]
    return [("number", sentence) for sentence in dict.fromkeys(used_before(draft, others, mine))]


def put_step(act: Act, status: RoadStatus, one: Taken) -> None:
    """Store a step as the next of its dossier.

    Raises:
        Conflict: somebody recorded one meanwhile.
    """
    key = f"{status.system.id}/{one.number:04d}"
    if act.head(KIND, key) is not None:
        raise Conflict(
            f"Có người khác vừa ghi một bước khác cho hồ sơ của “{status.system.name}”. Chưa lưu gì. Hãy xem lại: "
            f"compliance dossiers status {status.system.id}"
        )
    act.put(KIND, key, one.model_dump_json(exclude_defaults=True), 0)
