"""Running the catalogue: every detector under its code, what fires in a stable order; what is wrong with the data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from string import Formatter

from compliance.domain import (
    preflight_answers,
    preflight_dates,
    preflight_level,
    preflight_links,
    preflight_missing,
    preflight_network,
    preflight_spelling,
    preflight_texts,
)
from compliance.domain.level import LEVELS
from compliance.domain.misfit import Misfit, doubles, unless_known
from compliance.domain.preflight import ALWAYS, Check, Detector, Hit, PreflightCatalogue, Problem
from compliance.domain.preflight_input import LEVEL, PreflightInput
from compliance.domain.preflight_level import possible_levels

DETECTORS: Mapping[str, Detector] = {
    **preflight_level.DETECTORS,
    **preflight_missing.DETECTORS,
    **preflight_dates.DETECTORS,
    **preflight_spelling.DETECTORS,
    **preflight_network.DETECTORS,
    **preflight_links.DETECTORS,
    **preflight_answers.DETECTORS,
    **preflight_texts.DETECTORS,
}
"""Every detector by the name the catalogue calls it by."""
_NAMED = re.compile(r"/|Luật|Nghị định|TCVN")
"""What tells that a clause names its instrument."""
_NO_CHECK = "MÃ-LẦN-KIỂM-TRA"


def problems(catalogue: PreflightCatalogue, facts: PreflightInput) -> tuple[Problem, ...]:
    """Every check that fires, the heaviest first, then by code and place.

    While the level is open, a check of some levels is made as soon as one of them may still come out.
    """
    levels = possible_levels(facts.classification)
    concerned = (check for check in catalogue.checks if not levels or levels & set(check.levels))
    found = {_key(one): one for check in concerned for one in _fired(check, facts)}
    return tuple(found[key] for key in sorted(found))


def _key(one: Problem) -> tuple[int, int, str, str]:
    return one.severity.rank, int(one.code[1:]), one.where, one.message


def _fired(check: Check, facts: PreflightInput) -> Iterator[Problem]:
    for hit in DETECTORS[check.detector].find(facts):
        words = {**_always(facts), **hit.words}
        yield Problem(
            code=check.code,
            severity=check.severity,
            title=check.title,
            where=hit.where,
            message=_filled(check.says, words),
            fix=check.fix,
            command=_filled(check.command, words),
            citation=_cited(check, hit, facts),
            uncertain=check.uncertain,
            fields=hit.fields if check.levels == LEVELS else tuple(dict.fromkeys((*hit.fields, LEVEL))),
        )


def _always(facts: PreflightInput) -> dict[str, str]:
    return {"system": facts.system.id, "name": facts.system.name, "check": facts.check_id or _NO_CHECK}


def _filled(template: str, words: Mapping[str, str]) -> str:
    """A sentence with its places filled; what users typed is never read as a template."""
    return "".join(text + (words[place] if place else "") for text, place, _, _ in Formatter().parse(template))


def _cited(check: Check, hit: Hit, facts: PreflightInput) -> str:
    """The clause of the check; the nearer one where a form or an open point names it, with the decree forms leave out.

    A requirement's clause is one of the standard, so there the check's own stands.
    """
    clause = "" if "requirement" in hit.words else hit.words.get("clause", "")
    if not clause:
        return check.citation
    return clause if _NAMED.search(clause) else f"{clause} {facts.regime.short_title}"


def catalogue_misfits(catalogue: PreflightCatalogue) -> list[Misfit]:
    """Codes doubled or taken again, detectors nobody knows or nobody calls, places nothing fills, broken patterns."""
    checks = catalogue.checks
    codes = [check.code for check in checks]
    found = doubles("checks", codes)
    found += [(f"checks.{code}", "mã này đã thu hồi, không dùng lại.") for code in codes if code in catalogue.retired]
    numbers = [check.number for check in checks]
    if numbers != sorted(numbers):
        found.append(("groups", "các mã không đứng theo thứ tự tăng dần."))
    for check in checks:
        found += unless_known(f"checks.{check.code}.detector", check.detector, DETECTORS)
        found += _lost_places(check)
    found += _uncalled({check.detector for check in checks})
    for pattern in catalogue.lexicon.document_numbers:
        try:
            re.compile(pattern)
        except re.error:
            found.append(("lexicon.document_numbers", f"“{pattern}” không phải là mẫu tìm kiếm đúng cú pháp."))
    return found


def _lost_places(check: Check) -> Iterable[Misfit]:
    filled = DETECTORS[check.detector].places if check.detector in DETECTORS else frozenset[str]()
    for part in ("says", "command"):
        try:
            places = [place for _, place, _, _ in Formatter().parse(getattr(check, part)) if place is not None]
        except ValueError:
            yield f"checks.{check.code}.{part}", "dấu ngoặc nhọn không khớp nhau."
            continue
        for place in places:
            if check.detector in DETECTORS:
                yield from unless_known(f"checks.{check.code}.{part}", place, filled | ALWAYS)


def _uncalled(called: Collection[str]) -> Iterator[Misfit]:
    for name in DETECTORS:
        if name not in called:
            yield f"detectors.{name}", "chương trình có phép kiểm này nhưng danh mục chưa dùng."
