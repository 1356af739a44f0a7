"""Detectors about names and numbers written two ways, and about numbers, telephones and mailboxes written wrongly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from compliance.domain.citation_grammar import compact
from compliance.domain.folded_text import FoldedText, fold
from compliance.domain.paper import Paper
from compliance.domain.preflight import Detector, Hit, detector
from compliance.domain.preflight_dates import called
from compliance.domain.preflight_input import PreflightInput
from compliance.domain.wording import canonical, date_text, folded

_SHORTEST_NAME = 8
"""Letters below which a name is too common a word to be looked for in texts."""
_ALIKE = 0.75
_NUMBER = re.compile(r"(?<![\w/])\d{1,5} ?/ ?(?:[A-ZĐ][A-Za-zĐđ]{1,5} ?[-–] ?)[A-ZĐ][A-ZĐa-zđ0-9]*(?:-[A-ZĐ0-9]+)*")
_SEVERAL = re.compile(r"[;,\n]| - ")
_MAIL = re.compile(r"[^@\s,;<>]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)", re.UNICODE)
_PHONE = re.compile(r"[+(]?\d[\d\s().-]*")
_PHONE_DIGITS = range(8, 13)


def _names_in_texts(facts: PreflightInput) -> Iterator[Hit]:
    names = {unit.name: "units.name" for unit in facts.own_units} | {facts.system.name: "systems.name"}
    wanted = {fold(name): (name, field) for name, field in names.items() if len(fold(name)) >= _SHORTEST_NAME}
    told: set[tuple[str, str, str]] = set()
    for text in facts.texts:
        read = FoldedText(text.words)
        for key, (name, field) in wanted.items():
            for at in _places(read.text, key):
                written = canonical(read.written(at, at + len(key)))
                mark = (text.field, text.subject, written)
                if written.lower() != canonical(name).lower() and mark not in told:
                    told.add(mark)
                    words = {"written": written, "right": name}
                    yield Hit(facts.place(text.field, text.subject), (text.field, field), words)


def _places(text: str, key: str) -> Iterator[int]:
    """Where a folded name stands as whole words."""
    at = text.find(key)
    while at >= 0:
        after = at + len(key)
        if (at == 0 or not text[at - 1].isalnum()) and (after == len(text) or not text[after].isalnum()):
            yield at
        at = text.find(key, after)


def near_names(one: str, other: str) -> bool:
    """Whether two names are the same but for one mistyped word; other figures make other names."""
    first, second = _words(one), _words(other)
    if len(first) != len(second):
        return False
    different = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if not different:
        return True
    if len(different) != 1 or any(sign.isdigit() for pair in different for word in pair for sign in word):
        return False
    return SequenceMatcher(None, *different[0]).ratio() >= _ALIKE


@lru_cache(maxsize=65_536)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name without diacritics; “quản lý” is “quản lí”."""
    return tuple(folded(name).replace("y", "i").split())


def _units_twice(facts: PreflightInput) -> Iterator[Hit]:
    for unit in facts.own_units:
        for other in facts.units.values():
            known_earlier = other.id in facts.system.unit_ids and other.id < unit.id
            if other.id != unit.id and not known_earlier and near_names(unit.name, other.name):
                words = {"one": f"{unit.name} ({unit.id})", "other": f"{other.name} ({other.id})"}
                yield Hit(facts.place("units.name", unit.name), ("units.name",), words)


def _systems_twice(facts: PreflightInput) -> Iterator[Hit]:
    for other in facts.others.values():
        mine = facts.system
        if other.id != mine.id and other.needs_dossier and near_names(mine.name, other.name):
            words = {"one": f"{mine.name} ({mine.id})", "other": f"{other.name} ({other.id})"}
            yield Hit(facts.place("systems.name"), ("systems.name",), words)


def _numbers(facts: PreflightInput) -> Iterator[tuple[str, str, str]]:
    """Every document number with its field and row, as written."""
    for field, subject, paper in facts.papers:
        if paper.number:
            yield field, subject, paper.number
    for text in facts.texts:
        for found in _NUMBER.finditer(text.words):
            yield text.field, text.subject, found.group()


def _number_two_ways(facts: PreflightInput) -> Iterator[Hit]:
    seen: dict[str, tuple[str, str]] = {}
    for field, subject, number in _numbers(facts):
        first, at = seen.setdefault(_number_key(number), (number, field))
        if number != first:
            yield Hit(facts.place(field, subject), (field, at), {"one": first, "other": number})


def _number_key(number: str) -> str:
    digits, slash, sign = number.partition("/")
    return f"{digits.strip().lstrip('0')}{slash}{compact(sign)}"


def _number_two_days(facts: PreflightInput) -> Iterator[Hit]:
    """One number of one office in one year, with two days: numbers begin anew every year."""
    found: dict[tuple[str, str, int], list[tuple[str, str, Paper]]] = defaultdict(list)
    for field, subject, paper in facts.papers:
        if paper.number and paper.issued_on:
            found[_number_key(paper.number), folded(paper.issuer), paper.issued_on.year].append((field, subject, paper))
    for cited in found.values():
        days = sorted({paper.issued_on for _, _, paper in cited if paper.issued_on})
        if len(days) > 1:
            field, subject, paper = cited[-1]
            words = {"number": paper.number, "days": " và ".join(map(date_text, days))}
            yield Hit(facts.place(field, subject), tuple(sorted({one for one, _, _ in cited})), words)


def _number_pattern(facts: PreflightInput) -> Iterator[Hit]:
    patterns = [re.compile(one) for one in facts.lexicon.document_numbers]
    known = {compact(one.number) for one in facts.register.instruments}
    for field, subject, paper in facts.papers:
        fits = any(pattern.fullmatch(paper.number) for pattern in patterns)
        if paper.number and not fits and compact(paper.number) not in known:
            words = {"number": paper.number, "what": called(facts, field)}
            yield Hit(facts.place(field, subject), (field,), words)


def _phones(facts: PreflightInput) -> Iterator[Hit]:
    for unit in facts.own_units:
        for phone in _entries(unit.phone):
            digits = sum(sign.isdigit() for sign in phone)
            if not _PHONE.fullmatch(phone) or digits not in _PHONE_DIGITS:
                yield Hit(facts.place("units.phone", unit.name), ("units.phone",), {"phone": phone, "unit": unit.name})


def _entries(text: str) -> Iterable[str]:
    return (part.strip() for part in _SEVERAL.split(text) if part.strip())


def _mails(facts: PreflightInput) -> Iterator[Hit]:
    for unit in facts.own_units:
        for mail in _entries(unit.email):
            if not _MAIL.fullmatch(mail):
                yield Hit(facts.place("units.email", unit.name), ("units.email",), {"mail": mail, "unit": unit.name})


def _personal_mails(facts: PreflightInput) -> Iterator[Hit]:
    for unit in facts.own_units:
        for mail in _entries(unit.email):
            found = _MAIL.fullmatch(mail)
            if found and found["domain"].lower() in facts.lexicon.personal_mail:
                yield Hit(facts.place("units.email", unit.name), ("units.email",), {"mail": mail, "unit": unit.name})


DETECTORS: Mapping[str, Detector] = {
    "name-two-ways": detector(_names_in_texts, "written", "right"),
    "unit-twice": detector(_units_twice, "one", "other"),
    "system-twice": detector(_systems_twice, "one", "other"),
    "number-two-ways": detector(_number_two_ways, "one", "other"),
    "number-two-days": detector(_number_two_days, "number", "days"),
    "number-pattern": detector(_number_pattern, "number", "what"),
    "phone": detector(_phones, "phone", "unit"),
    "mail": detector(_mails, "mail", "unit"),
    "personal-mail": detector(_personal_mails, "mail", "unit"),
}
