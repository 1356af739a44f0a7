"""Papers the office brings to a package: the design document, the professional opinion, companions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import PurePath

from compliance.adapters.law import load_procedure
from compliance.adapters.package_pdf import page_count
from compliance.adapters.workspace import Workspace
from compliance.domain.missing import MissingItem, Severity
from compliance.domain.package import Kind, PackageFile, numbered
from compliance.domain.procedure import EnclosureSlot
from compliance.errors import BadData, Fault, NotFound
from compliance.services.dossier_papers import Source
from compliance.services.enclosures import enclosures_of


@dataclass(frozen=True)
class Brought:
    """A paper the office brings; ``read`` gives its bytes, ``sha256`` is what they must be."""

    slot: EnclosureSlot
    title: str
    file_name: str
    media_type: str
    sha256: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Enclosed:
    """A brought paper as a file of the package."""

    slot: EnclosureSlot
    file: PackageFile
    read: Callable[[], bytes]


def recorded(workspace: Workspace, system_ids: Sequence[str], today: date) -> tuple[Brought, ...]:
    """The papers recorded for the dossier of these systems; one that serves several stands once."""
    found: dict[tuple[str, str], Brought] = {}
    for system_id in system_ids:
        for one in enclosures_of(workspace, system_id, today):
            kept = one.enclosure
            found[one.slot.id, kept.sha256] = Brought(
                slot=one.slot,
                title=_title(one.slot.title, kept.number, kept.issued_on),
                file_name=kept.file_name,
                media_type=kept.media_type,
                sha256=kept.sha256,
                read=partial(workspace.attachments.read, kept.sha256),
            )
    return tuple(found.values())


def enclosed(files: Sequence[Brought]) -> tuple[Enclosed, ...]:
    """The brought papers under their official numbers, each checked against its SHA-256.

    Raises:
        BadData: some are gone or no longer what was taken in; all are listed.
    """
    ordered = sorted(files, key=lambda one: (one.slot.order, one.file_name))
    faults, found = [], []
    for one, stem in zip(ordered, numbered([each.slot.file_name for each in ordered]), strict=True):
        try:
            data = one.read()
        except (OSError, NotFound, BadData):
            data = b""
        if sha256(data).hexdigest() != one.sha256:
            message = f"{one.title}: tệp không còn hoặc đã bị thay đổi sau khi nộp; hãy nộp lại."
            faults.append(Fault(message, file=one.file_name))
            continue
        file = PackageFile(
            path=f"{stem}{PurePath(one.file_name).suffix.lower()}",
            title=one.title,
            kind=Kind.BROUGHT,
            sha256=one.sha256,
            pages=page_count(data),
        )
        found.append(Enclosed(one.slot, file, one.read))
    if faults:
        raise BadData("Chưa lập được bộ hồ sơ vì có tài liệu kèm theo không dùng được.", faults)
    return tuple(found)


def not_brought(source: Source, brought: Collection[str]) -> tuple[MissingItem, ...]:
    """The papers the text asks for that nobody brought; ``brought`` are the ids of the slots that are filled.

    Raises:
        NotFound: no procedure is in force.
    """
    levels = {one.level for one in source.dossier.systems}
    return tuple(
        MissingItem(
            of="",
            what=slot.title.rstrip("."),
            where_to_fill=f"compliance dossiers enclose {source.subjects[0].system.id} {slot.id} TỆP",
            citation=slot.citation,
            severity=Severity.REQUIRED,
        )
        for slot in load_procedure(source.regime).enclosures
        if slot.demanded and levels & set(slot.levels) and slot.id not in brought
    )


def _title(title: str, number: str, issued_on: date | None) -> str:
    told = [f"số {number}"] if number else []
    told += [f"ngày {issued_on:%d/%m/%Y}"] if issued_on else []
    return f"{title.rstrip('.')}{f' ({chr(32).join(told)})' if told else ''}"
