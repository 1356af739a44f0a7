"""The records a mail domain publishes, taken apart: SPF (RFC 7208), DKIM keys (RFC 6376), DMARC (RFC 9989)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_MECHANISMS = frozenset({"all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"})
_ASK_DNS = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_TERM = re.compile(r"(?P<qualifier>[-+?~])?(?P<name>[A-Za-z][A-Za-z0-9_.-]*)(?P<rest>[:=/].*)?")
_MODIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*=")


class Term(NamedTuple):
    """One word of an SPF record; a modifier (``redirect=``) has no qualifier."""

    qualifier: str
    name: str
    value: str

    @property
    def asks_dns(self) -> bool:
        """Whether it counts against the limit of ten lookups (RFC 7208 §4.6.4)."""
        return self.name in _ASK_DNS

    @property
    def leads_to(self) -> str:
        """The domain whose own record is read next; empty when there is none, or it depends on each letter (macros)."""
        name = self.value.lower().rstrip(".")
        return name if self.name in {"include", "redirect"} and "%" not in name else ""


class Spf(NamedTuple):
    """An SPF record; ``faults`` are words no receiver understands (the whole record is then void)."""

    terms: tuple[Term, ...]
    faults: tuple[str, ...]

    @property
    def all(self) -> str:
        """The qualifier of ``all``: what becomes of letters from elsewhere; empty without it."""
        return next((term.qualifier for term in self.terms if term.name == "all"), "")

    @property
    def followed(self) -> tuple[Term, ...]:
        """The words a receiver may follow; what stands after ``all``, and ``redirect`` beside it, is never read."""
        names = [term.name for term in self.terms]
        if "all" not in names:
            return self.terms
        return tuple(term for term in self.terms[: names.index("all") + 1] if term.name != "redirect")

    @property
    def lookups(self) -> int:
        """Words of this record that ask the DNS; what they lead to comes on top."""
        return sum(term.asks_dns for term in self.followed)


def spf_records(texts: Iterable[str]) -> tuple[str, ...]:
    """Those of a domain's texts that are SPF records."""
    return tuple(text for text in texts if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE))


def read_spf(record: str) -> Spf:
    """An SPF record taken apart."""
    terms, faults = [], []
    for word in record.split()[1:]:
        found = _TERM.fullmatch(word)
        modifier = _MODIFIER.match(word) is not None
        if found is None or (not modifier and found["name"].lower() not in _MECHANISMS):
            faults.append(word)
            continue
        value = (found["rest"] or "").removeprefix(":").removeprefix("=")
        terms.append(Term("" if modifier else found["qualifier"] or "+", found["name"].lower(), value))
    return Spf(tuple(terms), tuple(faults))


def tags(record: str) -> Mapping[str, str]:
    """``name=value`` parts of a DKIM or DMARC record; names in lower case, the first of two wins."""
    found: dict[str, str] = {}
    for part in record.split(";"):
        name, equals, value = part.partition("=")
        if equals:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def dmarc_records(texts: Iterable[str]) -> tuple[str, ...]:
    """Those of the texts that are DMARC records."""
    return tuple(text for text in texts if re.match(r"v\s*=\s*DMARC1\s*(;|$)", text))


def dmarc_names(domain: str) -> tuple[str, ...]:
    """Where the policy of a domain may stand, nearest first: itself, then the domains above it, two labels at least.

    A shortened form of the tree walk of RFC 9989 §4.10.
    """
    labels = domain.split(".")
    above = [".".join(labels[at:]) for at in range(1, len(labels) - 1)]
    return tuple(f"_dmarc.{name}" for name in (domain, *above[-_MOST_ABOVE:]))


_MOST_ABOVE = 7


def dkim_names(domain: str, selectors: Sequence[str]) -> tuple[str, ...]:
    """Where the keys of these selectors stand."""
    return tuple(f"{selector}._domainkey.{domain}" for selector in selectors)


COMMON_SELECTORS = ("default", "dkim", "mail", "selector1", "selector2", "google", "zimbra", "s1", "s2", "k1")
"""Selectors mail services use when nobody chose another."""
