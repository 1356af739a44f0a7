"""A printed security regulation (Quy chế): chapters, numbered articles and clauses, the annex, the drafter's page."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from compliance.domain.assessment import Answer
from compliance.domain.blank import Frozen
from compliance.domain.dossier import Letterhead
from compliance.domain.printed import Value
from compliance.domain.regulation_applied import Applied
from compliance.domain.regulation_slots import Piece
from compliance.domain.system import System


class Governed(Frozen):
    """A system under the regulation; ``answers`` by the requirement ids of the regulation's level."""

    system: System
    level: int
    answers: Mapping[str, Answer] = Field(default_factory=dict)


class Point(Frozen):
    """One point (điểm) of a clause; ``letter`` as the Vietnamese alphabet goes."""

    letter: str
    pieces: tuple[Piece, ...]


class Rule(Frozen):
    """One clause (khoản). ``number`` is empty for the only sentence of an article.

    ``requirement_id`` names the requirement it is made of; ``suggested``: the text only advises; ``doubtful``:
    something about it is not settled. ``applied`` is what the systems do about it, as far as somebody said.
    """

    number: str
    pieces: tuple[Piece, ...]
    points: tuple[Point, ...] = ()
    requirement_id: str = ""
    suggested: bool = False
    doubtful: bool = False
    applied: tuple[Applied, ...] = ()


class PrintedArticle(Frozen):
    """An article (điều): its rules, and the clauses they answer to."""

    number: int
    title: str
    lead_in: tuple[Piece, ...]
    rules: tuple[Rule, ...]
    satisfies: tuple[str, ...] = ()


class PrintedChapter(Frozen):
    """A chapter (chương) with its Roman number."""

    number: str
    title: str
    citation: str
    articles: tuple[PrintedArticle, ...]


class Term(Frozen):
    """A period or figure of the annex; ``open``: the office still sets its own."""

    place: str
    what: str
    text: str
    suggested: bool
    open: bool


class Doubt(Frozen):
    """Something the drafter has to settle before signing."""

    place: str
    citation: str
    text: str


class Regulation(Frozen):
    """The regulation as printed, and what its drafter has to see to."""

    letterhead: Letterhead
    owner: Value
    subject: tuple[Piece, ...]
    level: int
    chapters: tuple[PrintedChapter, ...]
    periods: tuple[Term, ...]
    figures: tuple[Term, ...]
    doubts: tuple[Doubt, ...]
    source_note: str

    @property
    def articles(self) -> tuple[PrintedArticle, ...]:
        """Every article in order."""
        return tuple(one for chapter in self.chapters for one in chapter.articles)


class IssuingDecision(Frozen):
    """The decision that issues the regulation; ``deciding`` is the line of authority above its grounds.

    ``functions`` is the text that gives the owner its power: the first ground.
    """

    letterhead: Letterhead
    subject: tuple[Piece, ...]
    deciding: Value
    functions: Value
    grounds: tuple[str, ...]
    proposed: tuple[Piece, ...]
    articles: tuple[PrintedArticle, ...]
    recipients: tuple[str, ...]
