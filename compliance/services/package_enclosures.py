"""Papers the office brings to a package: the design document, the professional opinion, companions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

from compliance.adapters.package_reading import page_count
from compliance.domain.missing import MissingItem, Severity
from compliance.domain.package import Kind, PackageFile, Slot, numbered
from compliance.errors import BadData, Fault
from compliance.services.dossier_papers import Source

_OPINION_FROM = 4
"""The lowest level whose dossier holds a professional opinion (Đ21.5)."""
_PAPER = {Slot.DESIGN: "paper_2", Slot.OPINION: "paper_5"}
"""Which line of the request names the paper."""


@dataclass(frozen=True)
class Brought:
    """A paper the office brings; ``read`` gives its bytes, ``sha256`` is what they must be."""

    slot: Slot
    title: str
    file_name: str
    media_type: str
    sha256: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Enclosed:
    """A brought paper as a file of the package."""

    slot: Slot
    file: PackageFile
    read: Callable[[], bytes]


def enclosed(files: Sequence[Brought]) -> tuple[Enclosed, ...]:
    """The brought papers under their official numbers, each checked against its SHA-256.

    Raises:
        BadData: some are gone or no longer what was taken in; all are listed.
    """
    ordered = sorted(files, key=lambda one: one.slot.stem)
    faults, found = [], []
    for one, stem in zip(ordered, numbered([each.slot.stem for each in ordered]), strict=True):
        try:
            data = one.read()
        except OSError:
            data = b""
        if sha256(data).hexdigest() != one.sha256:
            faults.append(Fault("tệp không còn hoặc đã bị thay đổi sau khi nộp; hãy nộp lại.", file=one.file_name))
            continue
        suffix = PurePath(one.file_name).suffix.lower()
        file = PackageFile(
            path=f"{stem}{suffix}", title=one.title, kind=Kind.BROUGHT, sha256=one.sha256, pages=page_count(data)
        )
        found.append(Enclosed(one.slot, file, one.read))
    if faults:
        raise BadData("Chưa lập được bộ hồ sơ vì có tài liệu kèm theo không dùng được.", faults)
    return tuple(found)


def not_brought(source: Source, slots: Collection[Slot]) -> tuple[MissingItem, ...]:
    """The papers the text asks for that nobody brought, in the words of the request."""
    highest = max(one.level for one in source.dossier.systems)
    asked = [Slot.DESIGN, *([Slot.OPINION] if highest >= _OPINION_FROM else [])]
    words = source.letters[0].form.data
    return tuple(
        MissingItem(
            of="",
            what=words.headings[_PAPER[slot]].rstrip("."),
            where_to_fill="Nộp tệp vào hồ sơ",
            citation=words.citation,
            severity=Severity.REQUIRED,
        )
        for slot in asked
        if slot not in slots and _PAPER[slot] in words.headings
    )
