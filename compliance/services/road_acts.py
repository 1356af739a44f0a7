"""Recording the steps of a dossier's road."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.paper import Paper
from compliance.domain.procedure import Ask, RoadStep
from compliance.domain.road import Taken
from compliance.domain.road_steps import against_day, against_order, against_unit, against_words, lacking
from compliance.domain.wording import one_line, typed
from compliance.services.dossier_checks import blocking
from compliance.services.preflight import refuse_without_dossier
from compliance.services.returned_files import FiledReturn
from compliance.services.road_saying import (
    INSIST,
    Recorded,
    Said,
    badly_signed,
    files_of,
    held_by_law,
    number_used,
    put_step,
    refuse,
    step_named,
    told_of,
)
from compliance.services.roads import RoadStatus, road_status, status_after


def record_step(
    workspace: Workspace, system_ids: Sequence[str], step_id: str, said: Said, *, today: date
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
    steps = [step_named(status, step_id) for status in before]
    files = files_of(workspace, before[0], steps[0], said)
    drafts = [_draft(status, step, said, files) for status, step in zip(before, steps, strict=True)]
    against = [
        f"{status.system.name}: {sentence}" if len(before) > 1 else sentence
        for status, step, draft in zip(before, steps, drafts, strict=True)
        for sentence in _against(status, step, draft, today)
    ]
    held = [
        [
            *held_by_law(workspace, status, step, draft),
            *(blocking(workspace, status) if step.preflight else []),
            *number_used(workspace, draft, before),
            *badly_signed(files),
        ]
        for status, step, draft in zip(before, steps, drafts, strict=True)
    ]
    insist = typed(said.insist)
    if not insist:
        against += [sentence for found in held for _, sentence in found]
        hint = any(held) and len(against) == sum(map(len, held))
        refuse(against, INSIST if hint else "")
    refuse(against, "")
    done = [
        draft.model_copy(update={"overridden": tuple(code for code, _ in found), "why": insist if found else ""})
        for draft, found in zip(drafts, held, strict=True)
    ]
    with workspace.act(f"Ghi bước “{steps[0].title}”") as act:
        for status, one in zip(before, done, strict=True):
            put_step(act, status, one)
    return tuple(
        Recorded(taken=one, status=status_after(workspace, status, one), returned=files)
        for status, one in zip(before, done, strict=True)
    )


def still_asked(workspace: Workspace, system_id: str, step_id: str, said: Said, *, today: date) -> tuple[Ask, ...]:
    """What a step must still be told, as far as anything may be recorded now.

    Raises:
        NotFound: no such system or step.
        Refused: the system's level is not decided.
    """
    status = road_status(workspace, system_id, today)
    step = step_named(status, step_id)
    return lacking(step, told_of(_draft(status, step, said, ()), step)) if status.stage in step.starts else ()


def _draft(status: RoadStatus, step: RoadStep, said: Said, files: Sequence[FiledReturn]) -> Taken:
    """The step as it would be stored."""
    number = typed(said.number)
    office = one_line(said.office) or (status.office(step.by) if Ask.OFFICE not in step.needs else "")
    return Taken(
        number=len(status.taken) + 1,
        step=step.id,
        on=said.on,
        level=status.level or 1,
        office=office if Ask.OFFICE in step.asks or number else "",
        paper=Paper(number=number, issued_on=said.on, issuer=office) if number else None,
        signer=one_line(said.signer),
        effective_on=said.effective_on or (said.on if Ask.EFFECTIVE in step.asks else None),
        fit=said.fit,
        reasons=tuple(text for one in said.reasons if (text := typed(one))),
        unit_id=said.unit_id,
        files=tuple(one.file for one in files),
        versions=_on_the_table(status, step),
    )


def _on_the_table(status: RoadStatus, step: RoadStep) -> dict[str, str]:
    """The records the step speaks of: those that were sent, once sent; a later change of the inventory is no part."""
    sent = status.progress.current.since_turned("send")
    if sent is not None and step.id != "send":
        return dict(sent.versions)
    return dict(status.versions)


def _against(status: RoadStatus, step: RoadStep, draft: Taken, today: date) -> Iterable[str]:
    yield from against_order(step, status.procedure, status.progress, status.acts)
    yield from against_day(draft, status.progress, status.titles, today)
    yield from against_words(step, told_of(draft, step))
    yield from against_unit(draft.unit_id, status.system, status.units)
