"""What a visiting team asks for: the contents of a check, in the order of the decree, and where each thing is found.

The contents are data of the regime. Where a thing may be found is said in a closed vocabulary (:class:`FoundIn`), so
that the pack of any system can be put together without knowing the law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist
from compliance.domain.level import LEVELS
from compliance.domain.misfit import Misfit, doubles, unless_known


class PaperField(StrEnum):
    """A paper the record of a system itself names."""

    OWNER_DOCUMENT = "owner_document"
    OPERATOR_DOCUMENT = "operator_document"
    SECURITY_UNIT_DOCUMENT = "security_unit_document"
    REGULATION = "regulation"
    DESIGN_DOCUMENT = "design_document"
    APPROVAL = "earlier_approval.paper"


class OwnPaper(StrEnum):
    """A paper the program itself makes of what is recorded."""

    DOSSIER = "dossier"
    MINUTES = "minutes"
    REPORT = "report"
    REMEDIATION_PLAN = "remediation_plan"


class FoundIn(Frozen):
    """Where one thing may be found; every place is looked into.

    ``papers`` are fields of the system record, ``own`` papers the program makes, ``diagrams`` the diagrams taken in.
    The others name requirements whose evidence counts: ``topics`` those of whole groups, ``duties`` duties by id,
    ``requirements`` single ones by id, or by the beginning of the id (a clause), each telling its own level.
    """

    papers: tuple[PaperField, ...] = ()
    own: tuple[OwnPaper, ...] = ()
    diagrams: bool = False
    topics: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()

    def serves(self, checklist: Checklist) -> tuple[str, ...]:
        """The ids of the requirements of a list whose evidence counts here, in the order of the list."""
        groups = {group.id for group in checklist.groups if group.topic in self.topics}
        return tuple(
            one.id
            for one in checklist.requirements
            if one.group in groups or one.id in self.duties or any(begins(one.id, part) for part in self.requirements)
        )


class InspectionItem(Frozen):
    """One thing a visiting team asks for.

    ``only_if`` says in which case only it must exist (“nếu …”); empty = always. ``perhaps``: what is found serves a
    wider requirement, and only a reader can tell whether this thing is in it. ``note`` is printed beside it, and
    ``uncertain`` says what the text leaves open.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    what: str
    citation: str
    found_in: FoundIn
    levels: tuple[int, ...] = Field(default=LEVELS, min_length=1)
    only_if: str = ""
    perhaps: bool = False
    note: str = ""
    uncertain: str = ""


class InspectionPoint(Frozen):
    """One letter (điểm) of the contents of a check."""

    id: str
    letter: str
    title: str
    citation: str
    items: tuple[InspectionItem, ...]


class InspectionPart(Frozen):
    """One clause (khoản) of the contents of a check."""

    id: str
    title: str
    citation: str
    points: tuple[InspectionPoint, ...]


class InspectionContents(Frozen):
    """Everything a check under one regime covers, in the order of its text."""

    id: str
    regime: str
    version: str
    title: str
    citation: str
    checked_on: date
    source_note: str
    parts: tuple[InspectionPart, ...]

    def items(self, level: int) -> tuple[InspectionItem, ...]:
        """What is asked for at one level, in order."""
        every = (item for part in self.parts for point in part.points for item in point.items)
        return tuple(item for item in every if level in item.levels)


def begins(requirement_id: str, part: str) -> bool:
    """Whether an id is ``part`` or goes on from it at a mark: ``4.7.2.1-b`` does from ``4.7.2.1``, ``4.7.2.10`` not."""
    return requirement_id == part or requirement_id.startswith((f"{part}-", f"{part}."))


def inspection_misfits(
    contents: InspectionContents, lists: Mapping[int, Iterable[Checklist]], regimes: Iterable[str]
) -> list[Misfit]:
    """Everything in the contents that leads nowhere.

    Args:
        contents: the contents of a check.
        lists: every list of each level, the duties included; a level whose lists are broken is left out.
        regimes: the ids of the regimes there are.
    """
    points = [point for part in contents.parts for point in part.points]
    found = doubles("parts", (part.id for part in contents.parts)) + doubles("points", (one.id for one in points))
    found += doubles("items", (item.id for point in points for item in point.items))
    found += unless_known("regime", contents.regime, regimes)
    every = {level: tuple(of_level) for level, of_level in lists.items()}
    for point in points:
        for level in LEVELS:
            if not any(level in item.levels for item in point.items):
                found.append((f"points.{point.id}", f"chưa có dòng nào cho cấp độ {level}."))
        for item in point.items:
            found += _lost(item, every)
    return found


def _lost(item: InspectionItem, lists: Mapping[int, tuple[Checklist, ...]]) -> list[Misfit]:
    """The places of one item that no list of its levels has, and the levels it has no place for at all.

    Whether a place is known nobody can tell while the lists of one of its levels cannot be read.
    """
    here, source = f"items.{item.id}", item.found_in
    read = [level for level in item.levels if level in lists]
    known = [one for level in read for checklist in lists[level] for one in checklist.requirements]
    topics = {group.topic for level in read for checklist in lists[level] for group in checklist.groups if group.topic}
    ids = {one.id for one in known}
    found: list[Misfit] = []
    if len(read) == len(item.levels):
        for topic in source.topics:
            found += unless_known(f"{here}.topics", topic, topics)
        for duty in source.duties:
            found += unless_known(f"{here}.duties", duty, ids)
        for part in source.requirements:
            if not any(begins(id_, part) for id_ in ids):
                found += unless_known(f"{here}.requirements", part, ids)
    if not (source.papers or source.own or source.diagrams):
        found += [
            (here, f"không nêu nơi tìm nào ở cấp độ {level}.")
            for level in read
            if not any(source.serves(checklist) for checklist in lists[level])
        ]
    return found
