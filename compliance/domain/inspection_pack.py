"""The inspection pack (hồ sơ phục vụ kiểm tra): every line a visiting team asks for, with where the thing lies.

Nothing found is never silence: a line says that the thing is missing, stated absent, needed only in a case, or that
its file is damaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist
from compliance.domain.evidence import Evidence
from compliance.domain.inspection import OwnPaper
from compliance.domain.inspection_files import PackFile, StoredFile
from compliance.domain.system import System


class LineState(StrEnum):
    """How a line stands."""

    FOUND = "found"
    CITED = "cited"
    STATED = "stated"
    CONDITIONAL = "conditional"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "found": "Có",
            "cited": "Có văn bản, chưa rõ nơi để",
            "stated": "Không có, đã nêu lý do",
            "conditional": "Chỉ cần khi phát sinh",
            "missing": "Chưa có",
        }[self.value]


class Place(Frozen):
    """One thing found for a line: what it is, where it lies, its day, and what is wrong with it.

    ``file_number`` is its number in the pack, ``None`` for what is not a file there. ``expired`` says until when it
    counted, ``damaged`` why its file could not be put in; both empty = nothing is wrong.
    """

    title: str
    where: str = ""
    dated: str = ""
    file_number: int | None = None
    expired: str = ""
    damaged: str = ""
    shared_by: str = ""


class PackLine(Frozen):
    """One line; ``number`` runs through the whole pack, ``said`` is the stated reason why there is nothing."""

    number: int
    id: str
    what: str
    citation: str
    state: LineState
    places: tuple[Place, ...] = ()
    said: str = ""
    only_if: str = ""
    note: str = ""
    uncertain: str = ""


class PackPoint(Frozen):
    """One letter of the contents of a check."""

    id: str
    letter: str
    title: str
    citation: str
    lines: tuple[PackLine, ...]

    @property
    def answered(self) -> int:
        """How many lines have something to show."""
        return sum(line.state in {LineState.FOUND, LineState.CITED} for line in self.lines)


class PackPart(Frozen):
    """One clause of the contents of a check."""

    id: str
    title: str
    citation: str
    points: tuple[PackPoint, ...]


class Pack(Frozen):
    """The whole pack: the lines in the order of the decree and the files they point to, in the order of the lines."""

    title: str
    citation: str
    parts: tuple[PackPart, ...]
    files: tuple[PackFile, ...]

    @property
    def lines(self) -> tuple[PackLine, ...]:
        """Every line in order."""
        return tuple(line for part in self.parts for point in part.points for line in point.lines)

    def lines_of(self, state: LineState) -> tuple[PackLine, ...]:
        """The lines that stand in one way."""
        return tuple(line for line in self.lines if line.state is state)

    @property
    def missing(self) -> tuple[PackLine, ...]:
        """The lines for which there is nothing."""
        return self.lines_of(LineState.MISSING)

    @property
    def damaged(self) -> tuple[tuple[PackLine, Place], ...]:
        """The files that are gone or damaged, each with the line that needs it."""
        return tuple((line, place) for line in self.lines for place in line.places if place.damaged)

    @property
    def expired(self) -> tuple[tuple[PackLine, Place], ...]:
        """What no longer counts, each with its line."""
        return tuple((line, place) for line in self.lines for place in line.places if place.expired)


class Holdings(Frozen):
    """What an office has at hand for one system.

    ``lists`` are the lists of its level, ``evidence`` what serves each requirement, ``not_applicable`` the reasons
    given for requirements that do not apply. ``shared`` names whose a piece of evidence is, when it comes from a
    provider. ``own`` are papers the program made, several where a kind has several.
    """

    system: System
    level: int
    lists: tuple[Checklist, ...]
    evidence: Mapping[str, tuple[Evidence, ...]] = Field(default_factory=dict)
    not_applicable: Mapping[str, str] = Field(default_factory=dict)
    shared: Mapping[str, str] = Field(default_factory=dict)
    own: Mapping[OwnPaper, tuple[StoredFile, ...]] = Field(default_factory=dict)
