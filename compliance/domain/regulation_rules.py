"""The clauses of an article: its own sentences, their numbers and letters, and the law they answer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from compliance.domain.checklist import Requirement
from compliance.domain.regulation_paper import Governed, Point, Rule
from compliance.domain.regulation_slots import Filling
from compliance.domain.regulation_text import Article, Clause, Number

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_MARKS = " ;."
"""What ends a point: the layout sets it, so that the last one ends the list."""


def which(systems: Sequence[Governed]) -> Number:
    """Whether the regulation speaks of one system or of several."""
    return Number.ONE if len(systems) == 1 else Number.SEVERAL


def own_rules(article: Article, filling: Filling, systems: Sequence[Governed], level: int) -> tuple[Rule, ...]:
    """The clauses of an article that come from no checklist, not numbered yet."""
    wanted = (None, which(systems))
    return tuple(
        _own_rule(one, filling, systems) for one in article.clauses if level in one.levels and one.speaks_of in wanted
    )


def _own_rule(clause: Clause, filling: Filling, systems: Sequence[Governed]) -> Rule:
    said = [filling.pieces(one.rstrip(_MARKS)) for one in clause.points]
    if clause.each_system:
        point = clause.each_system.rstrip(_MARKS)
        said += [filling.about(one.system, one.level).pieces(point) for one in systems]
    points = (Point(letter=_letter(place), pieces=pieces) for place, pieces in enumerate(said))
    return Rule(number="", pieces=filling.pieces(clause.text), points=tuple(points))


def numbered(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Numbered 1, 2 …; a single clause bears no number."""
    if len(rules) == 1:
        return tuple(rules)
    return tuple(rule.model_copy(update={"number": str(number)}) for number, rule in enumerate(rules, 1))


def _letter(place: int) -> str:
    """The letter of a point: a, b … y, then aa, ab and on."""
    first, second = divmod(place, len(_LETTERS))
    return (_LETTERS[first - 1] if first else "") + _LETTERS[second]


def satisfied(requirements: Iterable[Requirement]) -> tuple[str, ...]:
    """The clauses of some requirements, text by text: ``TCVN … mục 5.2.1 a), b); 5.2.2 a)``."""
    texts: dict[str, dict[str, list[str]]] = {}
    for one in requirements:
        bare = one.clause.replace(")", "")
        named = one.citation.endswith(bare) and bool(one.clause)
        text = one.citation.removesuffix(bare) if named else one.citation
        number, _, letter = one.clause.partition(" ") if bare != one.clause else (one.clause, "", "")
        letters = texts.setdefault(text, {}).setdefault(number if named else "", [])
        if letter and letter not in letters:
            letters.append(letter)
    return tuple(f"{text}{'; '.join(_clauses(clauses))}" for text, clauses in texts.items())


def _clauses(found: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for number, letters in found.items():
        yield f"{number} {', '.join(letters)}".strip()
