"""The open points of law around a recorded system, and the letter that asks superiors about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.law import load_regimes
from compliance.adapters.letter_words import load_letter_words
from compliance.adapters.workspace import Workspace
from compliance.domain.grey_zone import ZonePlace
from compliance.domain.memo import LetterWords, Memo, compose_memo, places_asked, points_asked
from compliance.domain.open_point import EVERYWHERE, OpenPoint, Wording, open_points
from compliance.domain.organization import Unit
from compliance.errors import Refused
from compliance.services import organizations, systems
from compliance.services.classifications import ClassifiedSystem, classify_system
from compliance.services.dossier_papers import DraftFile
from compliance.services.dossiers import DRAFTS
from compliance.services.one_paper import OnePaper, print_one
from compliance.services.own_forms import own_form, paper_versions
from compliance.services.paper_data import PaperData, plain, plain_units
from compliance.services.transitions import Past, load_past

_DATA_NAME = "du-lieu-xin-y-kien.json"


@dataclass(frozen=True)
class SystemPoints:
    """A classified system and the points the law leaves open for it."""

    classified: ClassifiedSystem
    points: tuple[OpenPoint, ...]


@dataclass(frozen=True)
class MemoReport:
    """The letter as drafted: its files, the points it asks, the face, the match code and remarks for the drafter."""

    files: tuple[DraftFile, ...]
    points: tuple[OpenPoint, ...]
    face: str
    match_code: str
    versions: Mapping[str, str]
    remarks: tuple[str, ...]


def open_points_of(
    workspace: Workspace, system_id: str, today: date, *, places: Iterable[ZonePlace] = EVERYWHERE
) -> SystemPoints:
    """The points open for one recorded system on ``today``.

    Args:
        workspace: where the system is recorded.
        system_id: the system.
        today: decides the regime and the year.
        places: only the points met there.

    Raises:
        NotFound: no such system, or no regime in force.
    """
    classified = classify_system(workspace, system_id, today)
    words = tuple(_wordings(load_letter_words(), load_past(load_regimes())))
    return SystemPoints(classified, open_points(classified.regime, classified.around, words, places))


def draft_memos(
    workspace: Workspace, system_ids: Sequence[str], *, today: date, out: Path | None = None
) -> dict[str, MemoReport]:
    """Draft one letter for each system, all of them or none.

    Args:
        workspace: where the systems are recorded.
        system_ids: the systems; one named twice gets one letter.
        today: the day the law is read; nothing is printed as issued.
        out: folder for the files; ``None`` for each system's folder of drafts in the workspace.

    Raises:
        NotFound: a system is not recorded, no regime is in force, or it has no such letter.
        Refused: nothing is open for a system, or the folder cannot be written.
        DataFault: a form or law file is broken.
    """
    chosen = dict.fromkeys(system_ids)
    asked = {id_: _asked(workspace, id_, today) for id_ in chosen}
    settled = [_nothing_open(one) for one in asked.values() if not one.points]
    if settled:
        raise Refused("\n".join(settled))
    letters = {id_: _letter(workspace, one) for id_, one in asked.items()}
    return {id_: _printed(letter, out or workspace.path / DRAFTS / id_, today) for id_, letter in letters.items()}


def _asked(workspace: Workspace, system_id: str, today: date) -> SystemPoints:
    """What a letter asks: less than is open, for what concerns other levels or the owner alone is not asked."""
    found = open_points_of(workspace, system_id, today, places=places_asked(systems.system(workspace, system_id)))
    one = found.classified
    return SystemPoints(one, points_asked(found.points, one.regime, one.classification))


def _nothing_open(asked: SystemPoints) -> str:
    return (
        f"Theo các dữ kiện đã ghi, không có điểm nào của {asked.classified.regime.short_title} còn phải hỏi đối với "
        f"“{asked.classified.system.name}” nên không soạn công văn xin ý kiến. Nếu dữ kiện còn thiếu, hãy bổ sung rồi "
        f"soạn lại: compliance classifications ask {asked.classified.system.id}"
    )


@dataclass(frozen=True)
class _Letter:
    """A composed letter, ready to print."""

    asked: SystemPoints
    memo: Memo
    paper: OnePaper


def _letter(workspace: Workspace, asked: SystemPoints) -> _Letter:
    system, regime = asked.classified.system, asked.classified.regime
    form = own_form(workspace, regime, regime.own_forms.open_points, "công văn xin ý kiến")
    units = organizations.units(workspace)
    memo = compose_memo(
        system,
        asked.classified.classification,
        asked.points,
        units,
        regime,
        words=load_letter_words(),
        labels=form.data.labels,
    )
    paper = OnePaper(
        form=form,
        title=f"{form.data.title}: {system.name}",
        author=memo.letterhead.agency,
        content={"memo": memo, "regime_title": regime.short_title},
        data=PaperData(
            name=_DATA_NAME,
            description="Dữ liệu lập văn bản",
            versions=paper_versions(workspace, regime, system.id, form),
            records=_records(asked, units, memo),
        ),
    )
    return _Letter(asked, memo, paper)


def _printed(letter: _Letter, folder: Path, today: date) -> MemoReport:
    name = f"{letter.paper.form.data.file_name}-{letter.asked.classified.system.id}.pdf"
    printed = print_one(letter.paper, folder / name, today)
    return MemoReport(
        files=(printed.file,),
        points=letter.asked.points,
        face=printed.face,
        match_code=printed.match_code,
        versions=letter.paper.data.versions,
        remarks=(*_to_fill(letter.memo), *printed.remarks),
    )


def _wordings(words: LetterWords, past: Past) -> Iterable[Wording]:
    """The wordings; those of the transition's periods and of regimes are taken from the law itself."""
    periods = {one.id: one.label for one in past.rules.periods}
    regimes = {one.id: one.short_title for one in past.regimes}
    for one in words.circumstances:
        taken = periods if one.fact.endswith("_period") else regimes if one.fact == "approved_under" else {}
        yield one.model_copy(update={"values": {**taken, **one.values}})


def _records(asked: SystemPoints, units: Mapping[str, Unit], memo: Memo) -> dict[str, Any]:
    """What the letter rests on: the units of the record, and those found for it as sender and addressees."""
    system = asked.classified.system
    printed = {memo.requester, *(one.name for one in memo.addressees)}
    named = system.unit_ids | {id_ for id_, unit in units.items() if unit.name in printed}
    return {
        "system": plain(system),
        "units": plain_units(units, named),
        "classification": plain(asked.classified.classification),
        "points": [plain(one) for one in asked.points],
    }


def _to_fill(memo: Memo) -> Iterable[str]:
    """What the drafter still has to write in by hand."""
    blank = [one.name for one in memo.addressees if not one.known]
    if blank:
        yield f"Chưa ghi tên cơ quan nhận trong bảng kê nên để chỗ trống ở “Kính gửi”: {'; '.join(blank)}."
    if not memo.letterhead.agency:
        yield "Chưa xác định được cơ quan gửi công văn: hãy khai Ủy ban nhân dân xã ở trang “Đơn vị”."
