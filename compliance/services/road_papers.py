"""Printing a paper of the road: any statutory form or paper around it, filled from what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.templates import Form, load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.regime import Regime
from compliance.domain.road import Deadline, deadline_of
from compliance.domain.road_composing import RoadSource, road_paper
from compliance.domain.road_paper import FiledPaper, RoadPaper
from compliance.domain.wording import nearest
from compliance.errors import NotFound, Refused
from compliance.services.dossiers import OVERRIDES
from compliance.services.enclosures import enclosures_of
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import paper_file, paper_versions
from compliance.services.paper_data import PaperData, plain, plain_units
from compliance.services.preflight import refuse_without_dossier
from compliance.services.roads import RoadStatus, road_status

_DATA_NAME = "du-lieu-van-ban.json"
_NOTE = "note"
_COMPONENTS = ("paper_1", "paper_2", "paper_3", "paper_4")


@dataclass(frozen=True)
class RoadPrint:
    """The paper as printed, what it says, and what it rests on."""

    printed: PrintedPaper
    paper: RoadPaper
    form: Form
    status: RoadStatus
    versions: Mapping[str, str]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the drafter should know before having the paper signed: the form's own note, then that of printing."""
        note = self.form.data.labels.get(_NOTE, "").strip()
        return (*((note,) if note else ()), *self.printed.remarks)

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "files": [self.printed.file.as_json()],
            "form": self.form.data.id,
            "step": self.form.data.step,
            "face": self.printed.face,
            "match_code": self.printed.match_code,
            "versions": dict(self.versions),
            "remarks": list(self.remarks),
        }


def print_road_paper(workspace: Workspace, system_id: str, form_id: str, *, out: Path | None, today: date) -> RoadPrint:
    """Print a paper of a system's road; number, day and signature stay empty.

    Args:
        workspace: where the dossier's road is recorded.
        system_id: the system.
        form_id: the form, as :func:`road_forms` lists them.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the system's folder of drafts.
        today: the day the road is read.

    Raises:
        NotFound: no such system or form.
        Refused: no dossier is drafted for the system, the form does not serve this level, or the folder cannot be
            written.
        DataFault: the form is broken.
    """
    status = road_status(workspace, system_id, today)
    refuse_without_dossier(status.system)
    regime, level = status.classified.regime, _level(status)
    form = _form(workspace, regime, form_id)
    walked = status.procedure.level_walked(level, status.progress.listed)
    if walked not in form.data.levels:
        levels = ", ".join(map(str, form.data.levels))
        raise Refused(f"“{form.data.title}” chỉ dùng cho hệ thống cấp độ {levels}; hệ thống này là cấp độ {level}.")
    paper = road_paper(_source(workspace, status, form, level, today))
    versions = {
        **paper_versions(workspace, regime, system_id, form),
        "step": str(len(status.taken)),
    }
    records = {
        "systems": [plain(status.system)],
        "units": plain_units(status.units, status.system.unit_ids),
        "steps": [plain(one) for one in status.taken],
    }
    printed = print_one(
        OnePaper(
            form=form,
            title=f"{form.data.title}: {status.system.name}",
            author=paper.letterhead.agency,
            content={"paper": paper, "request": paper},
            data=PaperData(_DATA_NAME, "Dữ liệu lập văn bản", versions, records),
        ),
        paper_file(workspace, form, system_id, out, system_id),
        today,
    )
    return RoadPrint(printed, paper, form, status, versions)


def road_forms(regime: Regime) -> tuple[str, ...]:
    """The forms of the road, statutory ones first."""
    own = (regime.own_forms.approval_decision_low,)
    return (*(form.id for form in regime.forms), *filter(None, own), *regime.road_forms)


def _level(status: RoadStatus) -> int:
    if status.level is None:
        raise Refused(f"Chưa in được văn bản. {status.remarks[0]}")
    return status.level


def _form(workspace: Workspace, regime: Regime, form_id: str) -> Form:
    known = road_forms(regime)
    if form_id not in known:
        near = nearest(form_id, known)
        hint = f"Có phải “{near}”?" if near else "Xem danh sách: compliance forms list"
        raise NotFound(f"Không có biểu mẫu “{form_id}” cho các bước của hồ sơ. {hint}")
    form = load_form(regime.id, form_id, overrides=workspace.path / OVERRIDES)
    if form.data.issuer is None:
        raise Refused(f"“{form.data.title}” không lập cho riêng một hệ thống nên không in bằng lệnh này.")
    return form


def _source(workspace: Workspace, status: RoadStatus, form: Form, level: int, today: date) -> RoadSource:
    procedure, regime = status.procedure, status.classified.regime
    walked = procedure.level_walked(level, status.progress.listed)
    return RoadSource(
        system=status.system,
        classification=status.classified.classification,
        level=level,
        units=status.units,
        regime=regime,
        steps=procedure.steps_of(walked),
        current=status.progress.current,
        kind_code=form.data.kind_code,
        issuer=form.data.issuer,
        addressee=form.data.addressee,
        step=form.data.step,
        deadlines=_deadlines(status, walked, today),
        filed=_filed(workspace, status, level, today),
        road=walked,
    )


def _deadlines(status: RoadStatus, walked: int, today: date) -> dict[str, Deadline]:
    authority = status.classified.regime.authority_for(walked)
    current = status.progress.current
    found = {
        step.id: deadline_of(step, current, authority, status.calendar, today)
        for step in status.procedure.steps_of(walked)
    }
    return {step_id: deadline for step_id, deadline in found.items() if deadline is not None}


def _filed(workspace: Workspace, status: RoadStatus, level: int, today: date) -> tuple[FiledPaper, ...]:
    """The components of the dossier as the request lists them, then the other papers brought."""
    regime = status.classified.regime
    authority = regime.authority_for(level)
    headings = load_form(regime.id, authority.request_form).data.headings if authority else {}
    brought = enclosures_of(workspace, status.system.id, today)
    design = [one.enclosure for one in brought if one.slot.demanded and one.slot.levels == _every_level(status)]
    components = [
        FiledPaper(
            title=headings[key],
            sheets=sum(one.pages for one in design) or None if key == _COMPONENTS[1] else None,
        )
        for key in _COMPONENTS
        if key in headings
    ]
    others = [
        FiledPaper(title=one.slot.title, sheets=one.enclosure.pages or None)
        for one in brought
        if one.enclosure not in design
    ]
    return (*components, *others)


def _every_level(status: RoadStatus) -> tuple[int, ...]:
    return next(slot.levels for slot in status.procedure.enclosures if slot.demanded)
