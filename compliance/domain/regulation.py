"""The security regulation of an owner (Quy chế bảo đảm an ninh mạng, Đ30.7) as plain printable data.

Chapters follow the management groups (Đ30.3), articles are numbered through, every management requirement of the level
is one rule. Nothing is invented: what the office still has to decide stays a blank of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from compliance.domain.cadence import CadenceUnit
from compliance.domain.checklist import Binding, Checklist, Requirement
from compliance.domain.dossier import Letterhead, grounds_of, letterhead
from compliance.domain.overview import Units
from compliance.domain.printed import value
from compliance.domain.regime import Regime
from compliance.domain.regulation_applied import applied
from compliance.domain.regulation_paper import (
    Doubt,
    Governed,
    IssuingDecision,
    PrintedArticle,
    PrintedChapter,
    Regulation,
    Rule,
    Term,
)
from compliance.domain.regulation_rules import numbered, own_rules, satisfied, which
from compliance.domain.regulation_slots import Filling, Piece
from compliance.domain.regulation_text import Article, RegulationText, Slot, managed, taken

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def regulation(
    text: RegulationText,
    systems: Sequence[Governed],
    lists: tuple[Checklist, Checklist],
    regime: Regime,
    units: Units,
) -> Regulation:
    """Compose the regulation for systems of one owner.

    Args:
        text: what it says of its own accord.
        systems: the systems, at least one.
        lists: the requirements and the duties of the regulation's level.
        regime: the law in force.
        units: every recorded unit.
    """
    composing = _Composing(text, systems, lists, regime, units)
    chapters = tuple(composing.chapters())
    return Regulation(
        letterhead=letterhead(units.get(systems[0].system.owner_id)),
        owner=composing.owner,
        subject=composing.subject,
        level=lists[0].level,
        chapters=chapters,
        periods=tuple(composing.periods),
        figures=tuple(composing.figures),
        doubts=tuple(composing.doubts),
        source_note=lists[0].source_note,
    )


def issuing_decision(
    text: RegulationText, systems: Sequence[Governed], level: int, regime: Regime, units: Units
) -> IssuingDecision:
    """Compose the decision that issues it, for the same systems."""
    owner, filling = units.get(systems[0].system.owner_id), Filling.of([one.system for one in systems], level, units)
    head, functions = letterhead(owner), owner.functions if owner else None
    articles = (
        PrintedArticle(number=number, title="", lead_in=(), rules=numbered(own_rules(one, filling, systems, level)))
        for number, one in enumerate(text.decision.articles, 1)
    )
    return IssuingDecision(
        letterhead=head,
        subject=filling.pieces(text.decision.subject[which(systems)]),
        deciding=value("units.signs_as", _deciding(head)),
        functions=value("units.functions", functions.text if functions else ""),
        grounds=grounds_of(regime),
        proposed=filling.pieces(text.decision.proposed),
        articles=tuple(articles),
        recipients=text.decision.recipients,
    )


def _deciding(head: Letterhead) -> str:
    """The office that decides, or the body where it decides as a body (``TM.``); empty while nobody said who signs."""
    if not head.signs_as or not head.agency:
        return ""
    first = head.signs_as[0].upper()
    return head.agency if first.startswith("TM.") else f"{first.removeprefix('KT.').strip()} {head.agency}"


class _Composing:
    """One regulation in the making: articles counted through, and what the annex and the drafter's page gather."""

    def __init__(
        self,
        text: RegulationText,
        systems: Sequence[Governed],
        lists: tuple[Checklist, Checklist],
        regime: Regime,
        units: Units,
    ) -> None:
        self._text, self._systems, self._units, self._regime = text, systems, units, regime
        self._basic, self._duties = lists
        self._filling = Filling.of([one.system for one in systems], lists[0].level, units)
        self._number = 0
        self.owner = self._filling.values[Slot.OWNER.value]
        self.subject = self._filling.pieces(text.subject[which(systems)])
        self.periods: list[Term] = []
        self.figures: list[Term] = []
        self.doubts: list[Doubt] = []

    def chapters(self) -> Iterator[PrintedChapter]:
        """The chapters that have something to say at this level."""
        groups = {one.id: one for one in self._regime.management_groups}
        requirements = managed(self._basic, groups.values())
        number = 0
        for chapter in self._text.chapters:
            by_article = taken(chapter, self._basic, requirements.get(chapter.group, ()))
            articles = tuple(self._articles(chapter.articles, by_article))
            if articles:
                number += 1
                group = groups.get(chapter.group)
                yield PrintedChapter(
                    number=_roman(number),
                    title=group.title if group else chapter.title,
                    citation=group.citation if group else "",
                    articles=articles,
                )

    def _articles(
        self, articles: Iterable[Article], by_article: Mapping[str, list[Requirement]]
    ) -> Iterator[PrintedArticle]:
        level = self._basic.level
        for article in articles:
            if level not in article.levels:
                continue
            own = own_rules(article, self._filling, self._systems, level)
            duties = [one for id_ in article.takes.duties if (one := self._duties.requirement(id_))]
            made_of = [*duties, *by_article.get(article.id, ())]
            if not (own or made_of):
                continue
            self._number += 1
            rules = numbered((*own, *(self._rule(one) for one in made_of)))
            for requirement, rule in zip(made_of, rules[len(own) :], strict=True):
                self._gather(requirement, self._place(rule))
            own_citation = (article.citation,) if article.citation else ()
            yield PrintedArticle(
                number=self._number,
                title=article.title,
                lead_in=self._filling.pieces(article.lead_in) if len(rules) > 1 else (),
                rules=rules,
                satisfies=(*satisfied(made_of), *own_citation),
            )

    def _rule(self, requirement: Requirement) -> Rule:
        advised = requirement.binding is Binding.SUGGESTED
        said = self._text.ruled(" ".join(requirement.statement.split()))
        return Rule(
            number="",
            pieces=(Piece(text=said.rstrip(".") if advised else said),),
            requirement_id=requirement.id,
            suggested=advised,
            doubtful=bool(requirement.uncertain),
            applied=applied([(one.system, one.answers.get(requirement.id)) for one in self._systems], self._units),
        )

    def _place(self, rule: Rule) -> str:
        return f"khoản {rule.number} Điều {self._number}" if rule.number else f"Điều {self._number}"

    def _gather(self, requirement: Requirement, place: str) -> None:
        """What the annex and the drafter's page say of a requirement."""
        advised = requirement.binding is Binding.SUGGESTED
        for cadence in requirement.cadences:
            unstated = cadence.unit is CadenceUnit.UNSTATED
            self.periods.append(
                Term(place=place, what=cadence.activity, text=cadence.text, suggested=advised, open=unstated)
            )
        for figure in requirement.figures:
            own = advised or figure.binding is Binding.SUGGESTED
            self.figures.append(Term(place=place, what=figure.name, text=figure.value, suggested=own, open=own))
        if requirement.uncertain:
            doubt = " ".join(requirement.uncertain.split())
            self.doubts.append(Doubt(place=place, citation=requirement.citation, text=doubt))


def _roman(number: int) -> str:
    found = ""
    for worth, sign in _ROMAN:
        while number >= worth:
            found, number = found + sign, number - worth
    return found


def carried_down(requirement_id: str, lists: Mapping[int, Checklist], level: int) -> tuple[str, ...]:
    """The requirements of a lower level that one goes on with; itself where the levels are the same.

    Args:
        requirement_id: an id of the highest of the lists.
        lists: the checklists from that level down to ``level``.
        level: the lower level.
    """
    ids: tuple[str, ...] = (requirement_id,)
    for at in range(max(lists), level, -1):
        found = (lists[at].requirement(id_) for id_ in ids)
        ids = tuple(below for one in found if one and one.continues for below in one.continues.ids)
    return ids
