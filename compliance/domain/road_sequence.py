"""Whether a whole sequence of steps is one the road allows, as after a correction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from compliance.domain.procedure import Procedure
from compliance.domain.road import Taken, walked
from compliance.domain.wording import date_text


def sequence_faults(procedure: Procedure, steps: Sequence[Taken], today: date) -> Iterable[str]:
    """Every step that could not have been taken after those before it, or bears a day before theirs or ahead."""
    for at, one in enumerate(steps):
        before = walked(procedure, steps[:at], one.on)
        step = procedure.step_walked(one.step, one.level, before.listed)
        if step is None:
            continue
        if before.stage not in step.starts:
            yield (
                f"Bước số {one.number} “{step.title}” không còn hợp trình tự (lúc đó hồ sơ “"
                f"{procedure.stages[before.stage].label}”). Hãy sửa hoặc hủy bước đó trước."
            )
        if one.on > today:
            yield f"Bước số {one.number}: ngày {date_text(one.on)} chưa tới."
        if at and one.on < steps[at - 1].on:
            yield (
                f"Bước số {one.number} “{step.title}” ngày {date_text(one.on)} trước ngày "
                f"{date_text(steps[at - 1].on)} của bước số {steps[at - 1].number}."
            )
        if one.effective_on is not None and one.effective_on < one.on:
            yield f"Bước số {one.number}: ngày có hiệu lực {date_text(one.effective_on)} trước ngày ký."
