"""Text made comparable, with the way back: what is found in it can be shown as it was written.

Papers write one number in many ways: upper case, decomposed letters, no diacritics, hyphens that cannot break, lines
broken in the middle. All of them fold to the same plain letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_ALIKE = {
    # one letter, four code points; then how the old .VnTime and VNI faces come out of a PDF
    **dict.fromkeys("đĐðÐɖƉ§®ñÑ", "d"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\ufffe", "-"),
    **dict.fromkeys("\u2044\u2215\uff0f", "/"),
    **dict.fromkeys("\uff1a\u2236\ua789", ":"),
}


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in _UNSEEN:
        return ""
    if char in _ALIKE:
        return _ALIKE[char]
    if char.isspace():
        return " "
    base = "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))
    return base.lower()


def fold(text: str) -> str:
    """Plain lower-case letters, one blank between words."""
    return FoldedText(text).text


class FoldedText:
    """A folded text; ``text`` is what to search, :meth:`written` gives back what stands there."""

    def __init__(self, original: str) -> None:
        self.original = original
        letters: list[str] = []
        places: list[int] = []
        for place, char in enumerate(original):
            for letter in _plain(char):
                if letter == " " and (not letters or letters[-1] == " "):
                    continue
                letters.append(letter)
                places.append(place)
        self.text = "".join(letters)
        self._places = places

    def place(self, at: int) -> int:
        """Where a folded character stands in the original."""
        return self._places[at]

    def raw(self, start: int, end: int) -> str:
        """The original characters behind a stretch of the folded text."""
        if start >= end:
            return ""
        last = self._places[end - 1] + 1
        while last < len(self.original) and (
            unicodedata.combining(self.original[last]) or self.original[last] in _UNSEEN
        ):
            last += 1
        return self.original[self._places[start] : last]

    def written(self, start: int, end: int) -> str:
        """What stands there as a reader sees it: composed letters, one blank where a line was broken."""
        seen = "".join(char for char in self.raw(start, end) if char not in _UNSEEN)
        return re.sub(r"\s+", " ", unicodedata.normalize("NFC", seen)).strip()
