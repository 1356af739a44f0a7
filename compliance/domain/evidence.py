"""Evidence (minh chứng): a file, a paper on the shelf, or what somebody saw; one piece may serve many requirements.

The day of the document is not the day it was filed. Evidence may lose its value on a stated day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from pydantic import Field, model_validator

from compliance.domain.blank import Frozen
from compliance.domain.organization import ID_PATTERN
from compliance.domain.wording import date_text

EVIDENCE_ID = r"^mc-[0-9]{4}-[0-9]{4,}$"
"""``mc-``, the year it was filed in, a number in that year."""


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    FILE = "file"
    PAPER = "paper"
    OBSERVATION = "observation"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {"file": "Tệp", "paper": "Giấy tờ", "observation": "Ghi nhận tại chỗ"}[self.value]


class EvidenceFile(Frozen):
    """A file taken into the workspace as it came, known by its SHA-256; ``size`` in bytes."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str
    file_name: str = Field(min_length=1)
    size: int = Field(ge=1)


class Shelf(Frozen):
    """Where a paper is kept and how many sheets it has; at least the cabinet or the folder."""

    cabinet: str = ""
    folder: str = ""
    number: str = ""
    issuer: str = ""
    sheets: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _somewhere(self) -> Shelf:
        if not (self.cabinet or self.folder):
            raise ValueError("giấy tờ phải nêu để ở tủ nào hoặc cặp nào")
        return self

    @property
    def place(self) -> str:
        """``Tủ 2, cặp “An ninh mạng 2026”``."""
        parts = (f"tủ {self.cabinet}" if self.cabinet else "", f"cặp “{self.folder}”" if self.folder else "")
        text = ", ".join(part for part in parts if part)
        return text[:1].upper() + text[1:]


class Evidence(Frozen):
    """A piece of evidence.

    ``dated_on`` is the day the document bears or the thing was seen, ``filed_on`` the day it was taken in,
    ``valid_until`` the last day it counts (``None`` = no end). ``text`` is what was seen, for an observation; a file
    may go with it (raw output, a photograph). ``withdrawn`` says why it no longer counts at all.
    """

    id: str = Field(pattern=EVIDENCE_ID)
    kind: EvidenceKind
    title: str = Field(min_length=1)
    dated_on: date | None = None
    filed_on: date
    valid_until: date | None = None
    file: EvidenceFile | None = None
    shelf: Shelf | None = None
    text: str = ""
    withdrawn: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Evidence:
        if self.kind is EvidenceKind.FILE and self.file is None:
            raise ValueError("minh chứng dạng tệp phải có tệp")
        if self.kind is EvidenceKind.PAPER and self.shelf is None:
            raise ValueError("minh chứng dạng giấy tờ phải nêu nơi để")
        if self.kind is EvidenceKind.OBSERVATION and not self.text:
            raise ValueError("ghi nhận tại chỗ phải nêu nội dung đã thấy")
        if self.dated_on and self.dated_on > self.filed_on:
            raise ValueError("ngày của tài liệu không thể sau ngày lưu minh chứng")
        if self.dated_on and self.valid_until and self.valid_until < self.dated_on:
            raise ValueError("ngày hết giá trị không thể trước ngày của tài liệu")
        return self

    @property
    def where(self) -> str:
        """Where to find it, in a few words."""
        if self.shelf is not None:
            return self.shelf.place
        if self.file is not None:
            return f"Tệp {self.file.file_name}"
        return EvidenceKind.OBSERVATION.label

    def expired(self, today: date) -> bool:
        """Whether it counted until a day before ``today``."""
        return self.valid_until is not None and self.valid_until < today

    def counts(self, today: date) -> bool:
        """Whether it proves anything today."""
        return not (self.withdrawn or self.expired(today))

    @property
    def text_line(self) -> str:
        """One line for tables: title, number, day."""
        number = f" số {self.shelf.number}" if self.shelf and self.shelf.number else ""
        day = f" ngày {date_text(self.dated_on)}" if self.dated_on else ""
        return f"{self.title}{number}{day}"


class Support(Frozen):
    """A piece of evidence serves a requirement of a system; its record id is ``<system>/<requirement>/<evidence>``.

    ``assessment_id`` is the check it was shown at, if any. ``removed`` says why it no longer serves it.
    """

    system_id: str = Field(pattern=ID_PATTERN)
    requirement_id: str
    evidence_id: str = Field(pattern=EVIDENCE_ID)
    assessment_id: str = ""
    note: str = ""
    removed: str = ""

    @property
    def id(self) -> str:
        """The record id."""
        return f"{self.system_id}/{self.requirement_id}/{self.evidence_id}"


def by_requirement(
    supports: Iterable[Support], evidence: Mapping[str, Evidence]
) -> dict[tuple[str, str], tuple[Evidence, ...]]:
    """What serves each requirement, by system and requirement; what was taken away is left out."""
    found: dict[tuple[str, str], list[Evidence]] = {}
    for one in supports:
        piece = evidence.get(one.evidence_id)
        if piece is not None and not one.removed and not piece.withdrawn:
            found.setdefault((one.system_id, one.requirement_id), []).append(piece)
    return {key: tuple(pieces) for key, pieces in found.items()}
