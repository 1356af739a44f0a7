"""Recording the steps of a dossier's road: a step taken, a step corrected, a step taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compliance.adapters.act import Act
from compliance.adapters.templates import load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.paper import Paper
from compliance.domain.procedure import Ask, RoadStep
from compliance.domain.road import Taken, standing
from compliance.domain.road_sequence import sequence_faults
from compliance.domain.road_steps import (
    against_day,
    against_order,
    against_unit,
    against_words,
    before_the_law,
    obstacles,
    used_before,
)
from compliance.domain.wording import nearest, typed
from compliance.errors import Conflict, NotFound, Refused
from compliance.services.dossier_checks import blocking
from compliance.services.dossiers import OVERRIDES
from compliance.services.enclosures import own_rules
from compliance.services.preflight import refuse_without_dossier
from compliance.services.returned_files import FiledReturn, Returning, examine, printed_before
from compliance.services.roads import KIND, RoadStatus, road_status, steps_of

_INSIST = "Nếu vẫn phải ghi bước này, nêu lý do bằng --override “…”; lý do được lưu cùng bước."


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


def record_step(
    workspace: Workspace,
    system_ids: Sequence[str],
    step_id: str,
    said: Said,
    *,
    today: date,
) -> tuple[Recorded, ...]:
    """Record one step of one or more systems' dossiers, all or none.

    Args:
        workspace: where the steps are kept.
        system_ids: systems one paper covers.
        step_id: the step, as the procedure names it.
        said: what is said of it.
        today: the day of recording.

    Raises:
        NotFound: no such system, step or unit.
        Refused: something stands against it; everything is listed, and nothing was stored.
        Conflict: somebody recorded a step of the same dossier meanwhile.
    """
    before = [road_status(workspace, one, today) for one in dict.fromkeys(system_ids)]
    for status in before:
        refuse_without_dossier(status.system)
    steps = [_step(status, step_id) for status in before]
    files = _files(workspace, before[0], steps[0], said)
    drafts = [_draft(status, step, said, files) for status, step in zip(before, steps, strict=True)]
    against = [
        f"{status.system.name}: {sentence}" if len(before) > 1 else sentence
        for status, step, draft in zip(before, steps, drafts, strict=True)
        for sentence in _against(status, step, draft, today)
    ]
    held = [
        [
            *_held(workspace, status, step, draft),
            *(blocking(workspace, status.system.id, today) if step.preflight else []),
            *_number_used(workspace, [draft], before),
            *_badly_signed(files),
        ]
        for status, step, draft in zip(before, steps, drafts, strict=True)
    ]
    insist = typed(said.insist)
    if not insist:
        against += [sentence for found in held for _, sentence in found]
        hint = any(held) and len(against) == sum(map(len, held))
        refuse(
            against,
            _INSIST if hint else "",
        )
    refuse(against, "")
    done = [
        draft.model_copy(update={"overridden": tuple(code for code, _ in found), "why": insist if found else ""})
        for draft, found in zip(drafts, held, strict=True)
    ]
    with workspace.act(f"Ghi bước “{steps[0].title}”") as act:
        for status, one in zip(before, done, strict=True):
            _put(act, status, one)
    return tuple(
        Recorded(taken=one, status=road_status(workspace, status.system.id, today), returned=files)
        for status, one in zip(before, done, strict=True)
    )


def correct_step(
    workspace: Workspace, system_id: str, number: int, said: Said | None, *, why: str, today: date
) -> Recorded:
    """Correct a recorded step, or take it back, by a new record with the reason; the old one stays in the history.

    Args:
        workspace: where the steps are kept.
        system_id: whose step.
        number: the step's number in the history.
        said: its new wording; ``None`` to take it back.
        why: the reason.
        today: the day of recording.

    Raises:
        NotFound: no such system or step.
        Refused: no reason, or the steps after it would not fit any more; everything is listed.
    """
    status = road_status(workspace, system_id, today)
    old = next((one for one in standing(status.taken) if one.number == number), None)
    if old is None:
        raise NotFound(
            f"Không có bước số {number} còn giá trị trong hồ sơ của “{status.system.name}”. "
            f"Xem các bước: compliance dossiers status {system_id}"
        )
    faults = [] if typed(why) else ["Sửa bước đã ghi phải nêu lý do (--why “…”)."]
    new, files = _correction(workspace, status, old, said, typed(why))
    held: list[tuple[str, str]] = []
    if said is not None:
        step = _step(status, old.step, old.level)
        faults += [*_unchanged(old, new), *against_words(step, _told(new, step))]
        faults += against_unit(said.unit_id, status.system, status.units)
        held += [
            *(_held(workspace, status, step, new) if new.on != old.on else []),
            *_number_used(workspace, [new], [status], beside=number),
            *_badly_signed(files),
        ]
    faults += sequence_faults(status.procedure, standing((*status.taken, new)), today)
    insist = typed(said.insist) if said else ""
    if not insist:
        refuse([*faults, *(sentence for _, sentence in held)], _INSIST if held and not faults else "")
    refuse(faults, "")
    if held:
        codes = dict.fromkeys(code for code, _ in held)
        new = new.model_copy(update={"overridden": tuple(codes), "why": f"{new.why}; {insist}"})
    with workspace.act(f"Sửa bước “{status.titles.get(old.step, old.step)}”: {new.why}") as act:
        _put(act, status, new)
    return Recorded(taken=new, status=road_status(workspace, system_id, today), returned=files)


def _unchanged(old: Taken, new: Taken) -> Iterable[str]:
    """The correction says nothing new."""
    beside = {"number", "corrects", "why", "overridden"}
    if old.model_dump(exclude=beside) == new.model_dump(exclude=beside):
        yield (
            "Bản sửa không khác bản đã ghi. Hãy nêu chỗ cần sửa, ví dụ --on, --number; nếu phải hủy cả bước thì thêm "
            "--annul."
        )


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


def _step(status: RoadStatus, step_id: str, level: int | None = None) -> RoadStep:
    level = level or status.level
    if level is None:
        raise Refused(f"{status.system.name}: {status.remarks[0]}")
    walked = status.procedure.level_walked(level, status.progress.listed)
    # A system enters the list by a step its own level knows.
    found = status.procedure.step(step_id, walked) or status.procedure.step(step_id, level)
    if found is not None:
        return found
    known = [step.id for step in status.procedure.steps_of(walked)]
    near = nearest(step_id, known)
    hint = f"Có phải “{near}”?" if near else f"Các bước: {', '.join(known)}."
    raise NotFound(f"Trình tự của hệ thống cấp độ {level} không có bước “{step_id}”. {hint}")


def _draft(status: RoadStatus, step: RoadStep, said: Said, files: Sequence[FiledReturn]) -> Taken:
    """The step as it would be stored."""
    number = typed(said.number)
    office = _line(said.office) or (status.office(step.by) if Ask.OFFICE not in step.needs else "")
    return Taken(
        number=len(status.taken) + 1,
        step=step.id,
        on=said.on,
        level=status.level or 1,
        office=office if Ask.OFFICE in step.asks or number else "",
        paper=Paper(number=number, issued_on=said.on, issuer=office) if number else None,
        signer=_line(said.signer),
        effective_on=said.effective_on or (said.on if Ask.EFFECTIVE in step.asks else None),
        fit=said.fit,
        reasons=tuple(text for one in said.reasons if (text := typed(one))),
        unit_id=said.unit_id,
        files=tuple(one.file for one in files),
        versions=_on_the_table(status, step),
    )


def _line(text: str) -> str:
    """A name as it stands on one line."""
    return " ".join(typed(text).split())


def _on_the_table(status: RoadStatus, step: RoadStep) -> dict[str, str]:
    """The records the step speaks of: those that were sent, once sent; a later change of the inventory is no part."""
    sent = status.progress.current.since_turned("send")
    if sent is not None and step.id != "send":
        return dict(sent.versions)
    return dict(status.versions)


def _against(status: RoadStatus, step: RoadStep, draft: Taken, today: date) -> Iterable[str]:
    yield from against_order(step, status.procedure, status.progress, status.acts)
    yield from against_day(draft, status.progress, status.titles, today)
    yield from against_words(step, _told(draft, step))
    yield from against_unit(draft.unit_id, status.system, status.units)


def _told(draft: Taken, step: RoadStep) -> Taken:
    """The step without the office the program filled in by itself."""
    return draft if Ask.OFFICE in step.asks else draft.model_copy(update={"office": ""})


def _held(workspace: Workspace, status: RoadStatus, step: RoadStep, draft: Taken) -> list[tuple[str, str]]:
    """What the law holds against the step, overridable with a reason."""
    system = status.system
    if step.regulation:
        system = system.model_copy(update={"regulation": own_rules(workspace, system, status.today)})
    law = (
        *before_the_law(step, draft, status.classified.regime.in_force_from),
        *obstacles(step, draft, system, status.progress, status.procedure),
    )
    return [(one.code, one.sentence) for one in law]


def _badly_signed(files: Sequence[FiledReturn]) -> list[tuple[str, str]]:
    return [("file", f"Tệp {one.file.file_name}: {one.report.verdict}") for one in files if one.bad]


def _files(workspace: Workspace, status: RoadStatus, step: RoadStep, said: Said) -> tuple[FiledReturn, ...]:
    """The files brought with a step, held against the paper last printed for it."""
    if not said.files:
        if said.issued is not None:
            raise Refused("--issued chỉ dùng cùng --file: nêu tệp đã ký để đối chiếu với bản đã in.")
        return ()
    issued = said.issued
    if issued is None and step.form:
        form = load_form(status.classified.regime.id, step.form, overrides=workspace.path / OVERRIDES)
        issued = printed_before(workspace, form, status.system.id)
    about = Returning(number=typed(said.number), signed_on=said.on, signer=typed(said.signer), issued=issued)
    return examine(workspace, said.files, about)


def _number_used(
    workspace: Workspace, drafts: Sequence[Taken], statuses: Sequence[RoadStatus], beside: int | None = None
) -> list[tuple[str, str]]:
    """A code and a sentence for every number that stands on another paper of the same year."""
    mine = {status.system.id for status in statuses}
    others = [
        (system_id, one)
        for system_id in sorted({revision.id.partition("/")[0] for revision in workspace.store.heads(KIND)})
        for one in standing(steps_of(workspace, system_id))
        if not (system_id in mine and one.number == beside)
    ]
    found = dict.fromkeys(sentence for draft in drafts for sentence in used_before(draft, others, mine))
    return [("number", sentence) for sentence in found]


def _correction(
    workspace: Workspace, status: RoadStatus, old: Taken, said: Said | None, why: str
) -> tuple[Taken, tuple[FiledReturn, ...]]:
    number = len(status.taken) + 1
    if said is None:
        return Taken(number=number, step=old.step, on=old.on, level=old.level, annuls=old.number, why=why), ()
    step, paper = _step(status, old.step, old.level), _new_paper(old, said)
    files = _files(workspace, status, step, said)
    moved = old.effective_on is not None and old.effective_on == old.on
    new = old.model_copy(
        update={
            "number": number,
            "corrects": old.number,
            "why": why,
            "overridden": (),
            "on": said.on,
            "paper": paper,
            "office": _line(said.office) or old.office,
            "signer": _line(said.signer) or old.signer,
            "effective_on": said.effective_on or (said.on if moved else old.effective_on),
            "fit": old.fit if said.fit is None else said.fit,
            "reasons": tuple(map(typed, said.reasons)) or old.reasons,
            "unit_id": said.unit_id or old.unit_id,
            "files": (*old.files, *(one.file for one in files)),
        }
    )
    return (new if Ask.OFFICE in step.asks or paper else new.model_copy(update={"office": ""})), files


def _new_paper(old: Taken, said: Said) -> Paper | None:
    number = typed(said.number) or (old.paper.number if old.paper else "")
    issuer = _line(said.office) or (old.paper.issuer if old.paper else old.office)
    return Paper(number=number, issued_on=said.on, issuer=issuer) if number else None


def _put(act: Act, status: RoadStatus, one: Taken) -> None:
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
