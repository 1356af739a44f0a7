"""Checks of the invented commune in every state a paper meets: empty, partly and fully answered, with one before."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, AssessmentKind, Result
from compliance.domain.assessment_sheet import AssessmentRow
from compliance.domain.evidence import Shelf
from compliance.services.answering import Said, record
from compliance.services.assessments import close, load
from compliance.services.evidence import Describing, add_files, add_paper
from compliance.services.starting import Starting, start
from tests.documents.office import STAFF, TODAY, put

BEFORE = TODAY - timedelta(days=60)
ALL = (Result.COMPLIANT, Result.PARTIALLY_COMPLIANT, Result.NON_COMPLIANT, Result.NOT_APPLICABLE)
MIXED = (Result.COMPLIANT,) * 6 + ALL[1:]
"""Of nine requirements six are met; one each is met in part, not met and not applicable."""


def begin(
    workspace: Workspace,
    *,
    level: int = 2,
    day: date = TODAY,
    kind: AssessmentKind = AssessmentKind.PERIODIC,
    assessor: str = "bo-phan-anm",
    system_id: str = STAFF.id,
) -> str:
    """A check that has begun; its id."""
    starting = Starting(kind=kind, level=level, assessor_unit_id=assessor)
    return start(workspace, system_id, starting, today=day).assessment.id


def answer(
    workspace: Workspace,
    check: str,
    result: Callable[[int, AssessmentRow], Result | None],
    *,
    day: date = TODAY,
) -> None:
    """Answer every row as told, by its number from 0; ``None`` leaves it open."""
    said = []
    for number, row in enumerate(load(workspace, check).rows):
        found = result(number, row)
        if found is not None:
            said.append(_said(row, found))
    record(workspace, check, said, today=day)


def _said(row: AssessmentRow, result: Result) -> Said:
    states = {
        Result.COMPLIANT: "Đã thực hiện, có văn bản và nhật ký kèm theo.",
        Result.PARTIALLY_COMPLIANT: "Mới thực hiện ở 9 trong 14 máy trạm.",
        Result.NON_COMPLIANT: "Chưa có quy trình, chưa phân công người làm.",
    }
    return Said(
        requirement_id=row.requirement.id,
        result=result,
        present_state=states.get(result, ""),
        reason="Hệ thống không có thành phần này." if result is Result.NOT_APPLICABLE else None,
        answered_by="Bộ phận chuyên trách",
    )


def mixed(number: int, row: AssessmentRow) -> Result:
    """Every kind of result in turn."""
    return MIXED[number % len(MIXED)]


def full_check(workspace: Workspace, level: int = 2) -> str:
    """A closed check with every kind of result, after one that came out otherwise."""
    first = begin(workspace, level=level, day=BEFORE)
    answer(workspace, first, lambda number, _: MIXED[(number // 2) % len(MIXED)] if number % 7 else None, day=BEFORE)
    close(workspace, first, today=BEFORE, reason="Hết thời gian")
    check = begin(workspace, level=level)
    answer(workspace, check, mixed)
    _follow_up(workspace, check)
    close(workspace, check, today=TODAY)
    return check


def _follow_up(workspace: Workspace, check: str) -> None:
    """Measures and deadlines for what falls short: some past, some ahead, some not settled."""
    short = [row for row in load(workspace, check).rows if row.result.falls_short]
    for at, row in enumerate(short[: len(short) * 2 // 3]):
        key = f"{STAFF.id}/{row.requirement.id}"
        head = workspace.store.head("answer", key)
        assert head is not None
        known = Answer.model_validate_json(head.body)
        changed = known.model_copy(
            update={
                "measure": "Ban hành quy trình, phân công người thực hiện và kiểm tra hằng tháng",
                "responsible_unit_id": "van-phong",
                "due": TODAY + timedelta(days=30 * (at % 5) - 40),
            }
        )
        put(workspace, "answer", [(key, changed)])


def photograph(path: Path, size: tuple[int, int] = (2400, 1800)) -> Path:
    """A picture as a telephone takes it."""
    image = Image.new("RGB", size, "white")
    drawn = ImageDraw.Draw(image)
    for at in range(0, size[0], 60):
        drawn.line((at, 0, size[0] - at, size[1]), fill=(at % 255, 90, 160), width=9)
    image.save(path, "JPEG" if path.suffix == ".jpg" else "PNG")
    return path


def unreadable_picture(path: Path) -> Path:
    """A file that begins like a picture and is none."""
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(kept, "PNG")
    path.write_bytes(kept.getvalue()[:40])
    return path


def prove(workspace: Workspace, rows: Sequence[str], folder: Path, system_id: str = STAFF.id) -> None:
    """A photograph and a paper for the first of these requirements, an expired paper for the second."""
    serves = [(system_id, rows[0])]
    add_files(
        workspace,
        [photograph(folder / "tu-mang.jpg")],
        Describing(title="Ảnh tủ mạng tầng 2", dated_on=date(2026, 11, 20)),
        serves=serves,
        today=TODAY,
    )
    shelf = Shelf(cabinet="2", folder="An ninh mạng 2026", number="15/QC-UBND", sheets=6)
    add_paper(workspace, shelf, Describing(title="Quy chế bảo đảm an ninh mạng"), serves=serves, today=TODAY)
    add_paper(
        workspace,
        Shelf(cabinet="3"),
        Describing(title="Hợp đồng bảo trì", dated_on=date(2025, 1, 2), valid_until=date(2025, 12, 31)),
        serves=[(system_id, rows[1])],
        today=TODAY,
    )
