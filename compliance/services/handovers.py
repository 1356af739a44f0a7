"""The hand-over sheet of a unit, or of one officer within, gathered from every kind of record and printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.assessment_minutes import long_date
from compliance.domain.dossier import letterhead
from compliance.domain.handover import HandoverSheet, PartId, parts_of
from compliance.domain.wording import date_text, typed
from compliance.services import organizations
from compliance.services.handover_sources import gathered
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import PaperData, plain
from compliance.services.regimes import regime

AHEAD = 60
"""Days ahead whose deadlines the sheet lists."""
_DATA_NAME = "du-lieu-bien-ban-ban-giao.json"


@dataclass(frozen=True)
class HandoverPaper:
    """The sheet as drafted: the printed paper, what it says, and remarks for whoever fills it in."""

    printed: PrintedPaper
    sheet: HandoverSheet
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [self.printed.file.as_json()],
            "counts": self.sheet.counts,
            "face": self.printed.face,
            "match_code": self.printed.match_code,
            "remarks": list(self.remarks),
        }


def draft_handover(
    workspace: Workspace,
    unit_id: str,
    out: Path | None,
    today: date,
    *,
    holder: str = "",
    position: str = "",
    on: date | None = None,
) -> HandoverPaper:
    """Print what a unit, or an officer of it, hands over; number, receiver and signatures stay empty.

    Args:
        workspace: where everything is recorded.
        unit_id: the unit.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the unit's folder of drafts.
        today: the day the records are read.
        holder: who moves; with ``position`` it leaves out what names somebody else.
        position: the office of whoever moves.
        on: the day of handing over; ``None`` leaves it to be written in.

    Raises:
        NotFound: no such unit, or the regime in force has no such form.
        Refused: the folder cannot be written.
        DataFault: the form or a law file is broken.
    """
    unit = organizations.unit(workspace, unit_id)
    law = regime(None, today)
    form = own_form(workspace, law, law.own_forms.handover, "biên bản bàn giao")
    who, office = typed(holder), typed(position)
    found = gathered(workspace, unit_id, today, AHEAD, holder=who, position=office)
    sheet = HandoverSheet(
        head=letterhead(unit).of_kind(form.data.labels["kind_code"]),
        unit=unit.name,
        giver=who,
        giver_position=office,
        day=long_date(on) if on else "",
        drawn_on=date_text(today),
        until=date_text(today + timedelta(days=AHEAD)),
        systems=tuple(found.source.names[id_] for id_ in found.system_ids),
        parts=parts_of(found.source),
    )
    data = PaperData(
        name=_DATA_NAME,
        description="Dữ liệu lập biên bản bàn giao",
        versions={
            f"regime/{law.id}": law.checked_on.isoformat(),
            f"unit/{unit_id}": str(_version(workspace, unit_id)),
            f"form/{form.name}": form.digest,
        },
        records={"unit": plain(unit), "handover": plain(sheet)},
    )
    title = f"{form.data.title}: {unit.name}"
    paper = OnePaper(form=form, title=title, author=sheet.head.agency, content={"handover": sheet}, data=data)
    printed = print_one(paper, paper_file(workspace, form, unit_id, out, unit_id), today)
    return HandoverPaper(printed, sheet, (*_remarks(sheet, found.undecided, found.named), *printed.remarks))


def _version(workspace: Workspace, unit_id: str) -> int:
    head = workspace.store.head("unit", unit_id)
    return head.version if head else 0


def _remarks(sheet: HandoverSheet, undecided: int, named: bool) -> Iterable[str]:
    """What to settle before the sheet is signed."""
    parts = {part.id: part.lines for part in sheet.parts}
    if (sheet.giver or sheet.giver_position) and not named:
        yield (
            f"Không có phân công, thiết bị nào ghi “{sheet.giver or sheet.giver_position}”; biên bản chỉ gồm những gì "
            "của cả đơn vị. Xem lại tên, chức danh: compliance assignments list --all"
        )
    open_places = sum(line.place_open for line in parts[PartId.ORIGINALS])
    if open_places:
        yield f"{open_places} văn bản chưa ghi nơi để bản chính; hãy điền vào chỗ trống trên biên bản."
    late = sum(line.pressing for lines in parts.values() for line in lines)
    if late:
        yield f"{late} dòng đã quá hạn; nên giải quyết trước khi bàn giao hoặc ghi rõ ở cột ghi chú."
    if undecided:
        yield f"{undecided} việc chưa ấn định định kỳ không đưa vào biên bản: compliance duties due"
