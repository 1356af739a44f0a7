"""Finding a record by what people call it: its id, its name, or the name on its papers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from compliance.domain.wording import folded, nearest

_LONG_FORMS = ((r"\bubnd\b", "uy ban nhan dan"), (r"\bhdnd\b", "hoi dong nhan dan"), (r"\bca\b", "cong an"))
_HINTS = 30
"""Nearest names are looked up for this many distinct texts; a file with more faults than that has one cause."""


def name_key(text: str) -> str:
    """A search key in which ``UBND`` and ``Ủy ban nhân dân`` are one."""
    key = folded(text)
    for short, long in _LONG_FORMS:
        key = re.sub(short, long, key)
    return key


class Directory:
    """Ids by id and by name; built once, asked many times."""

    def __init__(self, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._names: list[str] = []
        self._hints: dict[str, str | None] = {}
        for identifier, names in entries:
            self._names.append(identifier)
            self._ids[identifier].add(identifier)
            self._ids[folded(identifier)].add(identifier)
            for name in names:
                if name:
                    self._by_name[name_key(name)].add(identifier)
                    self._names.append(name)

    def find(self, text: str) -> tuple[str, ...]:
        """The ids the text may mean: an id first, then a name; more than one when the name is shared."""
        said = text.strip()
        found = self._ids.get(said) or self._by_name.get(name_key(said)) or self._ids.get(folded(said)) or ()
        return tuple(sorted(found))

    def hint(self, text: str) -> str | None:
        """The nearest known name or id, for a fault."""
        if text not in self._hints and len(self._hints) < _HINTS:
            self._hints[text] = nearest(text, self._names)
        return self._hints.get(text)
