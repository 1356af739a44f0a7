"""What a redacted copy of a dossier hides: addresses, hosts, serials, accounts, contacts, diagrams.

Two nets: every value the records hold of these kinds, and every text that looks like one. Hiding too much is a
nuisance, hiding too little a leak; so in doubt a text is hidden.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from ipaddress import ip_address
from typing import NamedTuple

from compliance.domain.address import host_of
from compliance.domain.organization import Unit
from compliance.domain.redaction_patterns import PATTERNS, Pattern, seen
from compliance.domain.system import System

MARK = "[đã che]"
"""What stands where something was hidden."""
STAMP = "BẢN ĐÃ CHE THÔNG TIN"
"""What every page of a redacted copy bears."""
SHORTEST = 3
"""A recorded value of fewer characters is hidden only where its label stands: “1” alone is everywhere."""


class Hidden(StrEnum):
    """A kind of what is hidden."""

    ADDRESS = "address"
    HOST = "host"
    SERIAL = "serial"
    ACCOUNT = "account"
    CONTACT = "contact"
    DIAGRAM = "diagram"

    @property
    def label(self) -> str:
        """Vietnamese wording, as listed for the reader."""
        return {
            "address": "Địa chỉ IP, dải mạng, địa chỉ MAC",
            "host": "Tên máy, tên miền, địa chỉ web",
            "serial": "Số sê-ri thiết bị",
            "account": "Tên tài khoản, mật khẩu",
            "contact": "Số điện thoại, thư điện tử",
            "diagram": "Sơ đồ, tên tệp sơ đồ",
        }[self.value]


class Known(NamedTuple):
    """A recorded value to hide wherever it stands."""

    text: str
    kind: Hidden


class Span(NamedTuple):
    """A stretch of a text to hide, by its first place and the one after its last."""

    start: int
    end: int
    kind: Hidden


class Rules:
    """Finds what to hide in a text.

    Args:
        known: recorded values.
        kept: numbers of clauses that look like addresses and are public; a recorded address is hidden all the same.
    """

    def __init__(self, known: Iterable[Known], kept: Iterable[str] = ()) -> None:
        values = {" ".join(seen(one.text).text.split()): one for one in known if len(one.text.strip()) >= SHORTEST}
        self.known = tuple(values.values())
        self._kept = frozenset(kept)
        self._recorded = tuple((re.compile(_anywhere(one.text)), one.kind) for one in self.known)

    def spans(self, text: str) -> tuple[Span, ...]:
        """The stretches to hide, in order, none touching another."""
        view = seen(text)
        found = sorted(self._found(view.text))
        merged: list[Span] = []
        for one in found:
            if merged and one.start <= merged[-1].end:
                last = merged[-1]
                merged[-1] = last._replace(end=max(last.end, one.end))
            else:
                merged.append(one)
        return tuple(Span(view.places[one.start], view.places[one.end - 1] + 1, one.kind) for one in merged)

    def masked(self, text: str, told: Counter[Hidden] | None = None) -> str:
        """The text with the mark in place of what is hidden; ``told`` counts it by kind."""
        out, at = [], 0
        for span in self.spans(text):
            out += [text[at : span.start], MARK]
            at = span.end
            if told is not None:
                told[span.kind] += 1
        return "".join((*out, text[at:]))

    def leaks(self, text: str) -> bool:
        """Whether a recorded value still stands in a text."""
        view = seen(text).text
        return any(pattern.search(view) for pattern, _ in self._recorded)

    def _found(self, view: str) -> Iterator[Span]:
        for pattern, kind in self._recorded:
            yield from (Span(*one.span(), kind) for one in pattern.finditer(view))
        for one in PATTERNS:
            yield from self._looks(one, view)

    def _looks(self, one: Pattern, view: str) -> Iterator[Span]:
        for match in one.find.finditer(view):
            start, end = match.span(one.group)
            if start < end and view[start:end] not in self._kept and _CHECKS[one.check](view[start:end]):
                yield Span(start, end, Hidden(one.kind))


def known_of(systems: Iterable[System], units: Iterable[Unit]) -> tuple[Known, ...]:
    """Every recorded value of the kinds that are hidden."""
    found: list[Known] = []
    for system in systems:
        for device in system.devices:
            found += [Known(device.address, Hidden.ADDRESS), Known(device.serial, Hidden.SERIAL)]
        for zone in system.zones:
            found += [Known(one, Hidden.ADDRESS) for one in (*zone.private_addresses, *zone.public_addresses)]
        for address in system.addresses:
            found += [Known(address, Hidden.HOST), Known(host_of(address), Hidden.HOST)]
        found += [Known(one.file_name, Hidden.DIAGRAM) for one in system.diagrams]
    for unit in units:
        found += [Known(unit.phone, Hidden.CONTACT), Known(unit.email, Hidden.CONTACT)]
    return tuple(one for one in found if one.text.strip())


def public_numbers(texts: Iterable[str]) -> frozenset[str]:
    """The dotted numbers of public texts: clauses of a standard that look like addresses."""
    return frozenset(found for text in texts for found in re.findall(r"\d{1,3}(?:\.\d{1,3}){2,3}", text))


def _anywhere(text: str) -> str:
    """A pattern for a recorded value however it is spaced, standing for itself."""
    words = r"\s+".join(re.escape(word) for word in seen(text).text.split())
    return rf"(?<!\w){words}(?!\w)"


def _octets(text: str) -> bool:
    return all(int(one) < 256 for one in re.findall(r"\d+", re.split(r"[/\-–]", text)[0]))  # noqa: PLR2004 - a byte


def _version_six(text: str) -> bool:
    try:
        ip_address(text.partition("/")[0].partition("%")[0])
    except ValueError:
        return False
    return any(sign.isalnum() for sign in text)


def _phone(text: str) -> bool:
    return 10 <= sum(sign.isdigit() for sign in text) <= 12  # noqa: PLR2004 - digits of a number with its area


def _named(text: str) -> bool:
    """Names somebody logs in with, not a count."""
    return not re.fullmatch(r"\d{1,5}", text)


def _foreign(text: str) -> bool:
    """A name, and no Vietnamese word of the sentence."""
    return text.isascii() and _named(text)


_CHECKS: dict[str, Callable[[str], bool]] = {
    "": lambda _: True,
    "octets": _octets,
    "version_six": _version_six,
    "phone": _phone,
    "named": _named,
    "foreign": _foreign,
}
