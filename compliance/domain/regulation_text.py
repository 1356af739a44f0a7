"""What an owner's security regulation (Quy chế, Đ30.7) says of its own accord, and where each requirement goes in it.

The text is data of the regime: chapters after the management groups (Đ30.3), articles, the sentences that come from no
checklist. Which requirement stands in which article is said in a closed vocabulary (:class:`Takes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from string import Formatter

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.cadence import CadenceUnit
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.inspection import begins
from compliance.domain.level import LEVELS
from compliance.domain.misfit import Misfit, doubles, offer, unless_known
from compliance.domain.regime import PlanPart, Regime


class Slot(StrEnum):
    """What a sentence may leave for the office's own records, written ``{slot}``."""

    OWNER = "owner"
    OPERATOR = "operator"
    SECURITY_UNIT = "security_unit"
    LEVEL = "level"
    SYSTEMS = "systems"
    SYSTEM = "system"
    SYSTEM_LEVEL = "system_level"
    SYSTEM_OPERATOR = "system_operator"
    OPEN = "open"


class Number(StrEnum):
    """Whether a clause speaks of one system or of several."""

    ONE = "one"
    SEVERAL = "several"


class Takes(Frozen):
    """The requirements an article takes out of the management group of its chapter.

    ``topics`` are topics of checklist groups, or a part of one (``accounts.2.1`` = what the group of that topic numbers
    2.1); ``requirements`` ids or their beginnings, each telling its own level; ``rest`` whatever no other article
    takes. ``recurring`` narrows to those with, or without, a stated period. ``duties`` are duties of the decree, by id,
    wherever their group is.
    """

    topics: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    rest: bool = False
    recurring: bool | None = None
    duties: tuple[str, ...] = ()

    def nearness(self, requirement: Requirement, label: str) -> tuple[int, int] | None:
        """How closely a requirement is named (an id before a topic before the rest, long before short); or not at all.

        Args:
            requirement: a requirement of the chapter's group.
            label: its topic and its number inside the group, see :func:`label`.
        """
        if self.recurring is not None and self.recurring != recurring(requirement):
            return None
        found = [(2, len(part)) for part in self.requirements if begins(requirement.id, part)]
        found += [(1, len(part)) for part in self.topics if begins(label, part)]
        found += [(0, 0)] if self.rest else []
        return max(found, default=None)


class Clause(Frozen):
    """A sentence of an article (khoản) that comes from no checklist, with its points (điểm).

    ``each_system`` is a point said once of every system; ``speaks_of`` limits the clause to one system or to several.
    """

    text: str
    points: tuple[str, ...] = ()
    each_system: str = ""
    speaks_of: Number | None = None
    levels: tuple[int, ...] = LEVELS

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything it may print."""
        return (self.text, *self.points, *((self.each_system,) if self.each_system else ()))


class Article(Frozen):
    """An article: lead-in, own clauses, then what it takes. ``citation`` is what its own sentences rest on."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = ""
    lead_in: str = ""
    clauses: tuple[Clause, ...] = ()
    takes: Takes = Takes()
    citation: str = ""
    levels: tuple[int, ...] = LEVELS


class Chapter(Frozen):
    """A chapter; ``group`` is the management group it is about, whose heading is then its title."""

    title: str = ""
    group: str = ""
    articles: tuple[Article, ...]


class Rewording(Frozen):
    """Words of the checklist that report how things stand, and how a rule says the same."""

    said: str
    ruled: str


class Decision(Frozen):
    """The decision that issues the regulation: who proposes, what it rests on, its articles and recipients."""

    subject: Mapping[Number, str]
    proposed: str
    citation: str
    articles: tuple[Article, ...]
    recipients: tuple[str, ...]


class RegulationText(Frozen):
    """Everything a regulation says beside the requirements, for all levels."""

    id: str
    regime: str
    version: str
    title: str
    citation: str
    checked_on: date
    source_note: str
    subject: Mapping[Number, str]
    rewordings: tuple[Rewording, ...] = ()
    chapters: tuple[Chapter, ...]
    decision: Decision

    def ruled(self, statement: str) -> str:
        """A statement of the checklist in the words of a rule."""
        for one in self.rewordings:
            statement = statement.replace(one.said, one.ruled)
        return statement


def recurring(requirement: Requirement) -> bool:
    """Whether the requirement states how often something is to be done."""
    return any(one.unit is not CadenceUnit.UNSTATED for one in requirement.cadences)


def label(checklist: Checklist, requirement: Requirement) -> str:
    """Topic and number of a requirement inside its group, the same at every level: ``accounts.2.1-a``."""
    group = next(one for one in checklist.groups if one.id == requirement.group)
    return f"{group.topic}{requirement.id.removeprefix(group.number)}"


def managed(checklist: Checklist, groups: Iterable[PlanPart]) -> dict[str, tuple[Requirement, ...]]:
    """The requirements under each management group, in order: the first group of a requirement is its own."""
    return {
        group.id: tuple(one for one in checklist.requirements if one.groups and one.groups[0] == group.id)
        for group in groups
    }


def taken(chapter: Chapter, checklist: Checklist, requirements: Iterable[Requirement]) -> dict[str, list[Requirement]]:
    """The requirements of a chapter by article id; one that no article takes stands under an empty id."""
    found: dict[str, list[Requirement]] = {}
    articles = [one for one in chapter.articles if checklist.level in one.levels]
    for requirement in requirements:
        named = label(checklist, requirement)
        fits = [(near, one.id) for one in articles if (near := one.takes.nearness(requirement, named))]
        nearest = max((near for near, _ in fits), default=None)
        home = next((id_ for near, id_ in fits if near == nearest), "")
        found.setdefault(home, []).append(requirement)
    return found


def regulation_misfits(
    text: RegulationText, regime: Regime, lists: Mapping[int, Sequence[Checklist]]
) -> Iterator[Misfit]:
    """Everything that would leave a requirement out of the regulation, print it twice or lead nowhere.

    Args:
        text: the regulation.
        regime: whose management groups its chapters follow.
        lists: every list of each level, its own before those of all levels; a level whose lists are broken is left out.
    """
    articles = [one for chapter in text.chapters for one in chapter.articles]
    yield from doubles("articles", (one.id for one in articles))
    yield from doubles("duties", (id_ for one in articles for id_ in one.takes.duties))
    groups = {one.id for one in regime.management_groups}
    for chapter in text.chapters:
        if chapter.group:
            yield from unless_known("chapters", chapter.group, groups)
    missing = groups - {one.group for one in text.chapters}
    yield from ((f"chapters.{group}", "chưa có chương nào về nhóm này.") for group in sorted(missing))
    for one in (*articles, *text.decision.articles):
        yield from _slots(one)
    yield from _homeless(text, regime, lists)
    if len(lists) == len(LEVELS):
        yield from _nowhere(text, articles, lists)


def _slots(article: Article) -> Iterator[Misfit]:
    known = [one.value for one in Slot]
    for sentence in (article.lead_in, *(part for clause in article.clauses for part in clause.sentences)):
        for _, name, _, _ in Formatter().parse(sentence):
            if name is not None and name not in known:
                yield f"articles.{article.id}", f"không có chỗ điền “{name}”; {offer(name, known)}"


def _homeless(text: RegulationText, regime: Regime, lists: Mapping[int, Sequence[Checklist]]) -> Iterator[Misfit]:
    for checklist, *_ in lists.values():
        groups = managed(checklist, regime.management_groups)
        for chapter in text.chapters:
            for one in taken(chapter, checklist, groups.get(chapter.group, ())).get("", ()):
                yield f"chapters.{chapter.group}", f"chưa có điều nào cho yêu cầu {one.id}."


def _nowhere(
    text: RegulationText, articles: Iterable[Article], lists: Mapping[int, Sequence[Checklist]]
) -> Iterator[Misfit]:
    """Names in the text that no list of any level knows."""
    basic = [(checklist, one) for checklist, *_ in lists.values() for one in checklist.requirements]
    labels = {label(checklist, one) for checklist, one in basic}
    ids = {one.id for _, one in basic}
    statements = [one.statement for of_level in lists.values() for other in of_level for one in other.requirements]
    duties = {one.id for _, *others in lists.values() for other in others for one in other.requirements}
    for article in articles:
        here, takes = f"articles.{article.id}", article.takes
        for part in takes.topics:
            if not any(begins(one, part) for one in labels):
                yield from unless_known(f"{here}.topics", part, labels)
        for part in takes.requirements:
            if not any(begins(id_, part) for id_ in ids):
                yield from unless_known(f"{here}.requirements", part, ids)
        for duty in takes.duties:
            yield from unless_known(f"{here}.duties", duty, duties)
    for one in text.rewordings:
        if not any(one.said in statement for statement in statements):
            yield "rewordings", f"không yêu cầu nào viết “{one.said}”."
