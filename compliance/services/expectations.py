"""What an office expects and no record tells: when a level will be approved, when a plan will be carried out."""

from __future__ import annotations

from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.expectation import Expectation, last_day
from compliance.domain.system import Ownership, System
from compliance.domain.wording import date_text, typed
from compliance.errors import Refused
from compliance.services.records import head_of, put_over

KIND = "expectation"


def expectations(workspace: Workspace) -> dict[str, Expectation]:
    """What was said, by system."""
    return {one.id: Expectation.model_validate_json(one.body) for one in workspace.store.heads(KIND)}


def expect(
    workspace: Workspace, system_id: str, *, today: date, approval: str | None = None, deployed: str | None = None
) -> Expectation:
    """Record when something is expected; ``None`` keeps what was said before, an empty text takes it back.

    Raises:
        NotFound: no such system.
        Refused: nothing is said, a text is no time, the time has passed, or the system is not reported.
    """
    said = {name: typed(text) for name, text in (("approval", approval), ("deployed", deployed)) if text is not None}
    if not said:
        raise Refused('Chưa nêu thời điểm nào. Hãy ghi --approval "quý II/2027" hoặc --deployed "tháng 6/2027".')
    for text in filter(None, said.values()):
        _refuse_past(text, today)
    system = System.model_validate_json(head_of(workspace, "system", system_id).body)
    if system.ownership is Ownership.USED:
        raise Refused(
            f"Cơ quan chỉ sử dụng “{system.name}” nên báo cáo năm không có dòng này; chủ quản của nó báo cáo. Xem "
            "các hệ thống được báo cáo: compliance reports annual --year NĂM"
        )
    with workspace.act("Ghi thời điểm dự kiến") as act:
        head = act.head(KIND, system_id)
        before = Expectation.model_validate_json(head.body) if head else None
        bare = before or Expectation(system_id=system_id, said_on=today)
        made = bare.model_copy(update={**said, "said_on": today})
        put_over(act, KIND, system_id, made)
    return made


def _refuse_past(text: str, today: date) -> None:
    try:
        day = last_day(text)
    except ValueError as error:
        raise Refused(str(error)) from None
    if day < today:
        raise Refused(f"Thời điểm dự kiến “{text}” đã qua (hôm nay {date_text(today)}). Hãy ghi thời điểm sau hôm nay.")
