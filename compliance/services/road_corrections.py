"""Correcting a recorded step of a dossier's road, or taking it back; nothing is erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.paper import Paper
from compliance.domain.procedure import Ask
from compliance.domain.road import Taken, standing
from compliance.domain.road_sequence import sequence_faults
from compliance.domain.road_steps import against_unit, against_words
from compliance.domain.wording import one_line, typed
from compliance.errors import NotFound
from compliance.services.returned_files import FiledReturn
from compliance.services.road_saying import (
    INSIST,
    Held,
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
    held: list[Held] = []
    if said is not None:
        step = step_named(status, old.step, old.level)
        faults += [*_unchanged(old, new), *against_words(step, told_of(new, step))]
        faults += against_unit(said.unit_id, status.system, status.units)
        held += [
            *(held_by_law(workspace, status, step, new) if new.on != old.on else []),
            *number_used(workspace, new, [status], beside=number),
            *badly_signed(files),
        ]
    faults += sequence_faults(status.procedure, standing((*status.taken, new)), today)
    insist = typed(said.insist) if said else ""
    if not insist:
        refuse([*faults, *(sentence for _, sentence in held)], INSIST if held and not faults else "")
    refuse(faults, "")
    if held:
        codes = dict.fromkeys(code for code, _ in held)
        new = new.model_copy(update={"overridden": tuple(codes), "why": f"{new.why}; {insist}"})
    with workspace.act(f"Sửa bước “{status.titles.get(old.step, old.step)}”: {new.why}") as act:
        put_step(act, status, new)
    return Recorded(taken=new, status=status_after(workspace, status, new), returned=files)


def _unchanged(old: Taken, new: Taken) -> Iterable[str]:
    """The correction says nothing new."""
    beside = {"number", "corrects", "why", "overridden"}
    if old.model_dump(exclude=beside) == new.model_dump(exclude=beside):
        yield (
            "Bản sửa không khác bản đã ghi. Hãy nêu chỗ cần sửa, ví dụ --on, --number; nếu phải hủy cả bước thì thêm "
            "--annul."
        )


def _correction(
    workspace: Workspace, status: RoadStatus, old: Taken, said: Said | None, why: str
) -> tuple[Taken, tuple[FiledReturn, ...]]:
    number = len(status.taken) + 1
    if said is None:
        return Taken(number=number, step=old.step, on=old.on, level=old.level, annuls=old.number, why=why), ()
    step, paper = step_named(status, old.step, old.level), _new_paper(old, said)
    files = files_of(workspace, status, step, said)
    moved = old.effective_on is not None and old.effective_on == old.on
    new = old.model_copy(
        update={
            "number": number,
            "corrects": old.number,
            "why": why,
            "overridden": (),
            "on": said.on,
            "paper": paper,
            "office": one_line(said.office) or old.office,
            "signer": one_line(said.signer) or old.signer,
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
    issuer = one_line(said.office) or (old.paper.issuer if old.paper else old.office)
    return Paper(number=number, issued_on=said.on, issuer=issuer) if number else None
