"""How papers write the numbers and names of instruments, as patterns over folded text, made from the register."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from compliance.domain.folded_text import fold
from compliance.domain.instrument import Instrument, InstrumentRegister

YEAR = r"(?:19|20)\d\d"
SLASH = r" ?[/_] ?"
_SHORTEST_SPLIT = 4
"""Words shorter than this are never looked for with blanks inside; too much else would fit."""
_ANY_SIGN = r"(?:(?:ubtv)?qh ?\d{1,2}|[a-z]{1,5} ?- ?[a-z]{2,12}\d{0,2}(?:-[a-z]{2,12}\d{0,2})*)(?![a-z0-9])"
_SHORT_UNIT = r"d\.? ?\d{1,3}(?:\.\d{1,2})?(?:\.[a-z]{1,2})?\b"
_NO_MORE = r"(?![a-z\d%]| ?/ ?[a-z\d]|[-.,]\d)"
"""Behind a bare number: nothing that would make it part of something longer."""
_NUMBERED = re.compile(rf"(\d{{1,4}})/({YEAR})/(.+)")
_SIGNED = re.compile(r"(\d{1,5})/(.+)")
_STANDARD = re.compile(rf"([a-z]+) (.+):({YEAR})")
_DATE = rf"ngay ?\d{{1,2}} ?(?:/|-|\.|thang) ?\d{{1,2}} ?(?:/|-|\.|,? ?nam) ?(?P<dated>{YEAR})"


def spaced(phrase: str) -> str:
    """A pattern for a phrase that also fits it hyphenated, or with the blanks a PDF puts inside words."""
    plain = fold(phrase).strip()
    if len(plain) < _SHORTEST_SPLIT:
        return re.escape(plain)
    words = (" ?".join(re.escape(letter) for letter in word) for word in re.split(r"[ -]+", plain))
    return " ?-? ?".join(words)


def _units() -> str:
    """A run of parts of an instrument: “điểm a, b khoản 2 Điều 9 và Điều 10”, “Phụ lục I”, or the short “Đ9.2.a”."""
    unit = "|".join(
        (
            spaced("điểm") + r" [a-z]{1,2}\b",
            spaced("khoản") + r" \d{1,2}[a-z]?\b",
            spaced("điều") + r" \d{1,3}[a-z]?\b",
            spaced("chương") + r" [ivx\d]{1,5}\b",
            r"muc [ivx\d]{1,5}\b",
            spaced("phụ lục") + r"(?: [ivx\d]{1,5}\b)?",
            r"mau(?: so)? \d{1,2}[a-z]?\b",
        )
    )
    joint = r"(?: ?[,;] ?(?:cac )?| (?:va|den|hoac) (?:cac )?| ?- ?| )"
    return rf"(?:cac )?(?:(?:{unit})(?:{joint}(?:{unit}|\d{{1,3}}[a-z]?\b|[a-z]\b))*|{_SHORT_UNIT})"


def compact(sign: str) -> str:
    """A sign (``NĐ-CP``) without anything but its letters and digits, for comparing."""
    return re.sub(r"[^a-z0-9]", "", fold(sign))


def _sign_pattern(sign: str) -> str:
    letters = compact(sign)
    parts = [compact(part) for part in re.split(r"[-/]", sign)]
    body = " ?[-/]? ?".join(" ?".join(part) for part in parts)
    return body + ("(?![a-z0-9])" if letters[-1].isdigit() else "(?![a-z])")


def _any(patterns: Iterable[str]) -> str:
    ordered = sorted(set(patterns), key=lambda one: (-len(one), one))
    return "(?:" + "|".join(ordered) + ")" if ordered else r"(?!)"


class Grammar:
    """The patterns of one register, compiled once, and the way from what they catch to its instruments."""

    def __init__(self, register: InstrumentRegister) -> None:
        self.register = register
        self.by_number: dict[tuple[int, int, str], Instrument] = {}
        self.by_sign: dict[tuple[int, str], list[Instrument]] = defaultdict(list)
        self.by_kind: dict[tuple[str, int], list[Instrument]] = defaultdict(list)
        self.by_standard: dict[tuple[str, str], list[Instrument]] = defaultdict(list)
        self.by_name: dict[str, list[Instrument]] = defaultdict(list)
        self.year_of: dict[str, int] = {}
        signs: set[str] = set(register.central_signs)
        for one in register.instruments:
            signs |= self._index(one)
        self._compile(signs)

    def kind_of(self, instrument: Instrument) -> str:
        """The kind an instrument is, as the register's ``kinds`` name it; empty when none fits."""
        fits = (kind for kind in self.register.kinds if instrument.cite_as.startswith(kind))
        return max(fits, key=len, default="")

    def kind_written(self, words: str) -> str:
        """The kind meant by the words caught before a number."""
        bare = compact(words)
        return next((kind for kind, forms in self._kind_forms.items() if bare in forms), "")

    def _index(self, one: Instrument) -> set[str]:
        number = fold(one.number)
        signs: set[str] = set()
        if numbered := _NUMBERED.fullmatch(number):
            key = int(numbered[1]), int(numbered[2]), compact(numbered[3])
            self.by_number[key] = one
            self.by_sign[key[0], key[2]].append(one)
            self.by_kind[self.kind_of(one), key[0]].append(one)
            self.year_of[one.code] = key[1]
            signs.add(one.number.split("/", 2)[2])
        elif standard := _STANDARD.fullmatch(number):
            self.by_standard[standard[1], standard[2]].append(one)
            self.year_of[one.code] = int(standard[3])
        elif signed := _SIGNED.fullmatch(number):
            self.by_sign[int(signed[1]), compact(signed[2])].append(one)
            signs.add(one.number.split("/", 1)[1])
            if one.issued_on:
                self.year_of[one.code] = one.issued_on.year
        named = {one.title} if self.kind_of(one) and one.title.startswith(self.kind_of(one)) else set()
        for name in {fold(name).strip() for name in named | {*one.names, *one.also}}:
            self.by_name[compact(name)].append(one)
        return signs

    def _compile(self, signs: set[str]) -> None:
        kinds = self.register.kinds
        self._kind_forms = {kind: {compact(form) for form in (kind, *short)} for kind, short in kinds.items()}
        long_kinds = _any(spaced(kind) for kind in kinds)
        short_kinds = _any(spaced(form) for short in kinds.values() for form in short)
        kind = rf"(?<![a-z0-9])(?P<kind>{long_kinds}|{short_kinds})"
        issuer = r"(?: cua (?:chinh phu|quoc hoi|thu tuong(?: chinh phu)?|bo [a-z ]{3,40}?)(?=,? so ))?"
        lead = rf"{kind}(?: ?- ?[a-z]{{2,8}})?{issuer}(?:,? ?so)?[ :-]{{0,2}}"
        known = _any(_sign_pattern(sign) for sign in signs)
        sign = rf"(?P<sign>{known}|{_ANY_SIGN})"
        date = f"(?:{_DATE}|nam ?(?P<dated_year>{YEAR}))"
        self.lead = re.compile(rf"{lead}$")
        self.so = re.compile(r"(?<![a-z])so ?:? ?$")
        self.full = re.compile(rf"(?<![\d/])(?P<number>\d{{1,4}}){SLASH}(?P<year>{YEAR}){SLASH}{sign}")
        self.signed = re.compile(rf"(?<![\d/])(?P<number>\d{{1,5}}){SLASH}(?P<sign>{known})(?P<date>,? ?{date})?")
        self.short = re.compile(
            rf"{lead}(?P<number>\d{{1,4}})(?: ?/ ?(?P<year>{YEAR})|(?P<date>,? ?{date}))?{_NO_MORE}"
        )
        self.next_short = re.compile(
            rf" ?(?:,|;|va|hoac|&) ?(?:so )?(?P<number>\d{{1,4}}) ?/ ?(?P<year>{YEAR}){_NO_MORE}"
        )
        marks = _any(fold(mark) for mark in self.register.standards)
        self.standard = re.compile(
            rf"(?<![a-z])(?:tieu chuan(?: quoc gia)? )?(?P<mark>{marks}) ?-?(?:so )?"
            rf"(?P<body>(?:iso(?:/iec)? )?\d{{2,6}}(?:-\d{{1,2}}(?!\d))?)"
            rf"(?: ?[:\-/] ?(?P<year>{YEAR})(?!\d))?(?:/[a-z]{{2,8}})?(?!\d)"
        )
        self.name = re.compile(rf"(?<![a-z0-9]){self._names()}(?![a-z0-9])")
        self.name_year = re.compile(rf" ?[,(]? ?(?:(?:nam )?(?P<year>{YEAR})(?![\d/])\)?|{_DATE})")
        self.between_name_and_number = re.compile(r" ?[,(]? ?(?:luat )?(?:so ?)?:? ?")
        units = _units()
        self.clause_before = re.compile(
            rf"(?<![a-z0-9])(?P<clause>{units})(?: ?,)?(?: (?:cua|tai|theo|trong|thuoc))?(?: cac)? ?$"
        )
        self.clause_after = re.compile(rf" ?\((?:tai |xem )?(?P<clause>{units})\)|,? (?P<short>{_SHORT_UNIT})")
        self.article = re.compile(
            rf"(?:{spaced('điều')}|\bd\.?) ?(\d{{1,3}})((?: ?,| va| den| ?-)+ ?\d{{1,3}}(?![\d.]))*"
        )

    def _names(self) -> str:
        patterns = set()
        for one in self.register.instruments:
            kind = self.kind_of(one)
            titled = {one.title} if kind and one.title.startswith(kind) else set()
            patterns |= {spaced(name) for name in titled | {*one.names, *one.also}}
        return _any(patterns)
