"""Detectors about what typed texts cite and call things by, about the offices' parts, and about enclosed files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from compliance.domain.citation import citations
from compliance.domain.citation_grammar import Grammar
from compliance.domain.citation_status import judged
from compliance.domain.folded_text import fold
from compliance.domain.instrument import InstrumentRegister, LawStatus
from compliance.domain.level_mention import level_mentions
from compliance.domain.preflight import Detector, Hit, detector
from compliance.domain.preflight_input import Cited, Mentioned, PreflightInput, Text
from compliance.domain.wording import folded

_HISTORY = "earlier_approval"
"""What was approved before rests on the law of its day."""


def cited_in(texts: Iterable[Text], register: InstrumentRegister, grammar: Grammar, day: date) -> tuple[Cited, ...]:
    """Every instrument the texts cite, judged on a day; texts on what was approved before are left out."""
    found = []
    for text in texts:
        if _HISTORY in text.field or not any(sign.isdigit() for sign in text.words):
            continue
        for one in citations(text.words, register, grammar):
            instrument = register.instrument(one.codes[0]) if len(one.codes) == 1 else None
            over = instrument.lacking(one.articles) if instrument else ()
            lacking = ", ".join(f"Điều {article}" for article in over)
            found.append(Cited(text, one.written, judged(one, register, day), lacking))
    return tuple(found)


def mentioned_in(texts: Iterable[Text], register: InstrumentRegister) -> tuple[Mentioned, ...]:
    """Every level the texts state; what stands in the answers and connections is about others too."""
    own = (text for text in texts if text.field.startswith(("systems.", "risks.")))
    return tuple(
        Mentioned(text, one.written, one.level) for text in own for one in level_mentions(text.words, register)
    )


def _stale(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.citations:
        if one.judgement.stale:
            instead = "; ".join(one.judgement.replaced_by)
            words = {"written": one.written, "status": one.judgement.status_text, "instead": instead or "văn bản mới"}
            yield Hit(facts.place(one.text.field, one.text.subject), (one.text.field,), words)


def _not_yet(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.citations:
        if one.judgement.status is LawStatus.NOT_YET:
            words = {"written": one.written, "status": one.judgement.status_text}
            yield Hit(facts.place(one.text.field, one.text.subject), (one.text.field,), words)


def _no_article(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.citations:
        if one.lacking:
            words = {"written": one.written, "articles": one.lacking}
            yield Hit(facts.place(one.text.field, one.text.subject), (one.text.field,), words)


def _old_words(facts: PreflightInput) -> Iterator[Hit]:
    terms = sorted(facts.old_terms, key=lambda one: -len(one.old))
    cited = _words_of_titles(facts)
    for text in facts.texts:
        if _HISTORY in text.field:
            continue
        words = f" {folded(text.words)} "
        for title in cited.get(text, ()):
            words = words.replace(title, " ")
        found = next((one for one in terms if f" {folded(one.old)} " in words), None)
        if found is not None:
            told = {"old": found.old, "new": found.new}
            yield Hit(facts.place(text.field, text.subject), (text.field,), told)


def _words_of_titles(facts: PreflightInput) -> dict[Text, list[str]]:
    """The names under which texts cite old law: what is said of those is said by another check."""
    found: dict[Text, list[str]] = {}
    for one in facts.citations:
        found.setdefault(one.text, []).append(folded(one.written))
        found[one.text] += [folded(one.judgement.title)] if one.judgement.title else []
    return found


def _nobody_appraises(facts: PreflightInput) -> Iterator[Hit]:
    """The dedicated unit runs the system, so another must appraise, at every level (Đ18.4)."""
    if facts.around.get("security_unit_is_operator") is True and facts.system.appraiser_id is None:
        fields = ("systems.appraiser_id", "systems.security_unit_id", "systems.operator_id")
        yield Hit(facts.place(fields[0]), fields)


def _assessor_operates(facts: PreflightInput) -> Iterator[Hit]:
    if facts.around.get("assessor_is_operator") is True:
        unit = facts.units.get(facts.system.assessor_id or "")
        fields = ("systems.assessor_id", "systems.operator_id")
        yield Hit(facts.place(fields[0]), fields, {"unit": unit.name if unit else facts.system.assessor_id or ""})


def _unit_lost(facts: PreflightInput) -> Iterator[Hit]:
    for name in ("owner_id", "operator_id", "security_unit_id", "appraiser_id", "assessor_id", "local_unit_id"):
        id_ = getattr(facts.system, name)
        if id_ and id_ not in facts.units:
            yield Hit(facts.place(f"systems.{name}"), (f"systems.{name}",), {"unit": id_})


def _risk_unassessed(facts: PreflightInput) -> Iterator[Hit]:
    days = (facts.system.risk_assessed_on, facts.road.risk_assessed_on)
    if facts.around.get("risk_assessed") is not True and days == (None, None):
        fields = ("systems.risk_assessed_on", "systems.risk_level", "road.risk_assessed_on")
        yield Hit(facts.place(fields[0]), fields)


def _no_opinion(facts: PreflightInput) -> Iterator[Hit]:
    if facts.road.opinion_given is False:
        yield Hit("Hồ sơ", ("road.opinion_given",))


def _enclosures(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.road.enclosures:
        if not one.readable:
            words = {"file": one.name, "reason": one.reason or "không đọc được"}
            yield Hit(f"Tệp {one.name}", ("road.enclosures",), words)


def _same_enclosures(facts: PreflightInput) -> Iterator[Hit]:
    seen: Sequence[str] = [fold(one.name) for one in facts.road.enclosures]
    for name in dict.fromkeys(one.name for one in facts.road.enclosures):
        if seen.count(fold(name)) > 1:
            yield Hit(f"Tệp {name}", ("road.enclosures",), {"file": name})


DETECTORS: Mapping[str, Detector] = {
    "citation-stale": detector(_stale, "written", "status", "instead"),
    "citation-not-yet": detector(_not_yet, "written", "status"),
    "citation-no-article": detector(_no_article, "written", "articles"),
    "old-words": detector(_old_words, "old", "new"),
    "appraiser-missing": detector(_nobody_appraises),
    "assessor-is-operator": detector(_assessor_operates, "unit"),
    "unit-lost": detector(_unit_lost, "unit"),
    "risk-unassessed": detector(_risk_unassessed),
    "opinion-missing": detector(_no_opinion),
    "enclosure-unreadable": detector(_enclosures, "file", "reason"),
    "enclosure-twice": detector(_same_enclosures, "file"),
}
