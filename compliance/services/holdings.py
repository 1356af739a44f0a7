"""What an office has at hand for one system: evidence of its own and of providers, drafts, stated reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from compliance.adapters.attachments import PDF
from compliance.adapters.pack_folder import pdf_keywords
from compliance.adapters.templates import load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Result
from compliance.domain.evidence import Evidence
from compliance.domain.inspection import OwnPaper
from compliance.domain.inspection_files import StoredFile
from compliance.domain.inspection_pack import Holdings
from compliance.domain.regime import Regime
from compliance.domain.wording import date_text
from compliance.errors import NotFound
from compliance.services.classifications import ClassifiedSystem
from compliance.services.dossiers import DRAFTS, DraftRecord
from compliance.services.evidence import evidence_of
from compliance.services.regimes import ANSWERED, lists_of
from compliance.services.reliances import inherited_by, standing

_DRAFT = "dossier"
_NO_DRAFT = "bản thảo không còn trong thư mục bản thảo hoặc đã soạn lại; hãy soạn lại hồ sơ."


@dataclass(frozen=True)
class Gathered:
    """What is at hand, how to read a file of it by SHA-256, and the files known to be unreadable, with the reason."""

    held: Holdings
    read: Callable[[str], bytes]
    unreadable: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _OwnFile:
    """A paper of the program; ``data`` is ``None`` where the file is no longer there."""

    kind: OwnPaper
    stored: StoredFile
    data: bytes | None


def gather(workspace: Workspace, classified: ClassifiedSystem, level: int) -> Gathered:
    """Everything at hand for a system at a level; nothing is copied yet.

    Raises:
        NotFound: a record others point to is not there.
        DataFault: a list is broken.
    """
    system, regime = classified.system, classified.regime
    lists = tuple(lists_of(regime, level, ANSWERED).values())
    own = tuple(_drafts(workspace, classified, level))
    evidence, shared = _evidence(workspace, classified, level)
    answers = standing(workspace, system.id, regime, level)
    held = Holdings(
        system=system,
        level=level,
        lists=lists,
        evidence=evidence,
        not_applicable={one.requirement_id: one.reason for one in answers if one.result is Result.NOT_APPLICABLE},
        shared=shared,
        own={kind: tuple(one.stored for one in own if one.kind is kind) for kind in {one.kind for one in own}},
    )
    data = {one.stored.sha256: one.data for one in own if one.data is not None}
    lost = {one.stored.sha256: _NO_DRAFT for one in own if one.data is None}

    def read(name: str) -> bytes:
        return data[name] if name in data else workspace.attachments.read(name)

    return Gathered(held, read, lost)


def _evidence(
    workspace: Workspace, classified: ClassifiedSystem, level: int
) -> tuple[dict[str, tuple[Evidence, ...]], dict[str, str]]:
    """What serves each requirement, a provider's where its answer counts, and whose the provider's pieces are."""
    system = classified.system
    found = {id_: pieces for (_, id_), pieces in evidence_of(workspace, system.id).items()}
    mine = {piece.id for pieces in found.values() for piece in pieces}
    of_provider = cache(lambda provider: evidence_of(workspace, provider))
    shared: dict[str, str] = {}
    for id_, one in inherited_by(workspace, system, classified.regime, level).items():
        source = one.source
        pieces = [
            piece
            for each in source.requirement_ids
            for piece in of_provider(source.system_id).get((source.system_id, each), ())
        ]
        shared |= {piece.id: one.provider_name for piece in pieces if piece.id not in mine}
        found[id_] = tuple({piece.id: piece for piece in (*found.get(id_, ()), *pieces)}.values())
    return found, shared


def _drafts(workspace: Workspace, classified: ClassifiedSystem, level: int) -> Iterator[_OwnFile]:
    """The last dossier drafted for the system, as long as its file is still the one that was drafted."""
    records = (DraftRecord.model_validate_json(one.body) for one in workspace.store.heads(_DRAFT))
    drafts = [one for one in records if classified.system.id in one.system_ids]
    if not drafts:
        return
    last = max(drafts, key=lambda one: one.drafted_on)
    file = _draft_file(workspace, classified.regime, level, last)
    data = file.read_bytes() if file is not None else None
    title = f"Hồ sơ đề xuất cấp độ, bản soạn ngày {date_text(last.drafted_on)}"
    known = sha256(data).hexdigest() if data is not None else f"draft-{last.match_code}"
    stored = StoredFile(title=title, sha256=known, media_type=PDF, dated_on=last.drafted_on)
    yield _OwnFile(OwnPaper.DOSSIER, stored, data)


def _draft_file(workspace: Workspace, regime: Regime, level: int, draft: DraftRecord) -> Path | None:
    """The drafted dossier: in the folder of its systems, under the name of its form, with its match code."""
    authority = regime.authority_for(level)
    if authority is None:
        return None
    try:
        name = load_form(regime.id, authority.dossier_form).data.file_name
    except NotFound:
        return None
    wanted = set(draft.system_ids)
    for folder in sorted((workspace.path / DRAFTS).glob("*/")):
        file = folder / f"{name}.pdf"
        if set(folder.name.split("+")) != wanted or file.is_symlink() or not file.is_file():
            continue
        if draft.match_code in pdf_keywords(file.read_bytes()):
            return file
    return None
