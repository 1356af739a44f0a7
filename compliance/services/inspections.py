"""The inspection pack: one folder with everything a visiting team asks for, in the order of the decree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.law import load_inspection
from compliance.adapters.pack_folder import pack_folder, put_checked
from compliance.adapters.templates import Form
from compliance.adapters.workspace import Workspace
from compliance.domain.dossier import letterhead
from compliance.domain.inspection import InspectionContents
from compliance.domain.inspection_composing import inspection_pack
from compliance.domain.inspection_pack import Holdings, LineState, Pack, PackLine, Place
from compliance.domain.organization import Unit
from compliance.domain.overview import unit_name
from compliance.domain.regime import Regime
from compliance.domain.system import Ownership, System
from compliance.domain.wording import date_text
from compliance.errors import BadData, NotFound, Refused
from compliance.services import organizations
from compliance.services.classifications import ClassifiedSystem, classify_system
from compliance.services.dossier_papers import DraftFile
from compliance.services.holdings import Gathered, gather
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_versions
from compliance.services.pack_papers import drafted, printed
from compliance.services.paper_data import PaperData, plain, plain_units

PACKS = "kiem-tra"
"""The folder of a workspace in which packs are put when no other place is named."""
_DATA_NAME = "du-lieu-danh-muc.json"
_GONE = "không còn trong kho tệp; hãy phục hồi từ bản sao lưu."
_CLOSED = "không có quyền đọc, hoặc chương trình khác đang giữ tệp."
_CHANGED = "nội dung đã bị thay đổi hoặc hỏng; hãy phục hồi từ bản sao lưu."


@dataclass(frozen=True)
class PackReport:
    """What was written: the folder, its index, the files beside it, and how every line stands."""

    system_id: str
    system_name: str
    level: int
    regime_id: str
    folder: Path
    index: DraftFile
    pack: Pack
    match_code: str
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        index = self.index
        return {
            "system": self.system_id,
            "level": self.level,
            "regime": self.regime_id,
            "folder": str(self.folder),
            "index": {"path": str(index.path), "sha256": index.sha256, "pages": index.pages},
            "counts": counts(self.pack),
            "files": [one.model_dump(mode="json") for one in self.pack.files],
            "parts": [one.model_dump(mode="json") for one in self.pack.parts],
            "missing": [one.id for one in self.pack.missing],
            "damaged": [_marked(line, place, "damaged") for line, place in self.pack.damaged],
            "expired": [_marked(line, place, "expired") for line, place in self.pack.expired],
            "match_code": self.match_code,
            "remarks": list(self.remarks),
        }


def _marked(line: PackLine, place: Place, what: str) -> dict[str, str]:
    return {"line": line.id, "title": place.title, what: str(getattr(place, what))}


def build_pack(workspace: Workspace, system_id: str, out: Path | None, today: date) -> PackReport:
    """Write the pack of one system: the index and every file it points to; whole or not at all.

    Papers kept in cabinets are only listed. A file that is gone or damaged is left out and told, in the index and in
    the report.

    Args:
        workspace: where everything is recorded.
        system_id: the system that is inspected.
        out: the folder to write, new or empty; ``None`` for one named by system and day in the workspace.
        today: the day the law is read and evidence is judged by.

    Raises:
        NotFound: no such system, or the regime in force does not say what is inspected.
        Refused: the level is not known, the folder holds something, or cannot be written.
        WorkspaceRefused: the folder would be published with source code.
        DataFault: a law file or the form is broken.
    """
    classified = classify_system(workspace, system_id, today)
    regime, level = classified.regime, _level(classified)
    contents = load_inspection(regime)
    form = own_form(workspace, regime, regime.own_forms.inspection_pack, "danh mục tài liệu phục vụ kiểm tra")
    folder = (out or workspace.path / PACKS / f"{system_id}-{today:%Y-%m-%d}").expanduser().absolute()
    with pack_folder(folder) as staging:
        own = (*drafted(workspace, classified, level), *printed(workspace, system_id, staging, today))
        gathered = gather(workspace, classified, level, own)
        making = _Making(workspace, classified.system, regime, contents, form, gathered, today)
        pack = making.copied(staging)
        index = print_one(making.index(pack), staging / f"{form.data.file_name}.pdf", today)
    return making.report(folder, pack, index)


def counts(pack: Pack) -> dict[str, int]:
    """How many lines stand how, and how many things are out of date or damaged."""
    by_state = {state.value: len(pack.lines_of(state)) for state in LineState}
    return {
        "lines": len(pack.lines),
        **by_state,
        "expired": len({(one.title, one.where) for _, one in pack.expired}),
        "damaged": len({one.title for _, one in pack.damaged}),
    }


def _level(classified: ClassifiedSystem) -> int:
    """What a superior approved for a system that is only used here; else the level found, else the one approved.

    Raises:
        Refused: neither is known.
    """
    found, approval = classified.classification, classified.system.earlier_approval
    approved = approval.level if approval else None
    if approved is not None and classified.system.ownership is Ownership.USED:
        return approved
    if found.decided and found.level is not None:
        return found.level
    if approved is not None:
        return approved
    raise Refused(
        f"Chưa rõ cấp độ của “{classified.system.name}” nên chưa biết phải chuẩn bị những gì. Hãy trả lời các câu hỏi "
        f"còn thiếu: compliance classifications ask {classified.system.id}"
    )


@dataclass(frozen=True)
class _Making:
    """One pack in the making: what it is about and what it is made from."""

    workspace: Workspace
    system: System
    regime: Regime
    contents: InspectionContents
    form: Form
    gathered: Gathered
    today: date

    @property
    def held(self) -> Holdings:
        return self.gathered.held

    def copied(self, staging: Path) -> Pack:
        """The pack with its files in the folder; what cannot be copied has no number.

        Raises:
            OSError: the folder cannot be written.
            Refused: the disk does not give back what was written.
        """
        unreadable = dict(self.gathered.unreadable)
        for file in inspection_pack(self.contents, self.held, self.today, unreadable).files:
            try:
                data = self.gathered.read(file.sha256)
            except NotFound:
                unreadable[file.sha256] = _GONE
            except BadData:
                unreadable[file.sha256] = _CHANGED
            except OSError:
                unreadable[file.sha256] = _CLOSED
            else:
                put_checked(staging / file.sha256, data, file.sha256)
        pack = inspection_pack(self.contents, self.held, self.today, unreadable)
        for file in pack.files:
            (staging / file.sha256).rename(staging / file.name)
        return pack

    def index(self, pack: Pack) -> OnePaper:
        """The index as a paper."""
        units = organizations.units(self.workspace)
        issuer = _issuer(self.system, units)
        return OnePaper(
            form=self.form,
            title=f"{self.form.data.title}: {self.system.name}",
            author=issuer.name if issuer else "",
            content={
                "pack": pack,
                "cited": pack.lines_of(LineState.CITED),
                "counts": counts(pack),
                "head": letterhead(issuer),
                "facts": self._facts(units),
                "source_note": self.contents.source_note,
                "form_folder": self.form.name,
            },
            data=self._data(pack, units),
        )

    def _facts(self, units: Mapping[str, Unit]) -> dict[str, str]:
        return {
            "system": self.system.name,
            "level": f"Cấp độ {self.held.level}",
            "owner": unit_name(units, self.system.owner_id),
            "operator": unit_name(units, self.system.operator_id),
            "security_unit": unit_name(units, self.system.security_unit_id),
            "day": date_text(self.today),
        }

    def _data(self, pack: Pack, units: Mapping[str, Unit]) -> PaperData:
        return PaperData(
            name=_DATA_NAME,
            description="Dữ liệu lập danh mục",
            versions={
                **paper_versions(self.workspace, self.regime, self.system.id, self.form),
                f"inspection/{self.contents.id}": self.contents.version,
                **{f"checklist/{one.id}": one.version for one in self.held.lists},
            },
            records={
                "system": self.system.id,
                "level": self.held.level,
                "pack": plain(pack),
                "units": plain_units(units, self.system.unit_ids),
            },
        )

    def report(self, folder: Path, pack: Pack, printed: PrintedPaper) -> PackReport:
        """What was written, once the folder bears its name."""
        file = printed.file
        return PackReport(
            system_id=self.system.id,
            system_name=self.system.name,
            level=self.held.level,
            regime_id=self.regime.id,
            folder=folder,
            index=DraftFile(folder / file.path.name, file.sha256, file.pages, file.title),
            pack=pack,
            match_code=printed.match_code,
            remarks=printed.remarks,
        )


def _issuer(system: System, units: Mapping[str, Unit]) -> Unit | None:
    """Who hands the pack over: the owner, or for a superior's system whoever runs or uses it here."""
    local = system.local_unit_id or system.operator_id
    named = system.owner_id if system.ownership is Ownership.OWNED else local or system.owner_id
    return units.get(named)
