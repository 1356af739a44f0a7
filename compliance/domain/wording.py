"""Vietnamese wording: canonical text, search keys, dates and numbers as an office writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

_NOT_WORD = re.compile(r"[^0-9a-z]+")


def canonical(text: str) -> str:
    """NFC, with runs of blanks inside a line folded and the ends stripped."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(lines).strip()


def typed(text: str) -> str:
    """What somebody typed, as it is kept: canonical, without signs that have no shape (control, broken, invisible)."""
    return canonical("".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign)[0] != "C"))


def one_line(text: str) -> str:
    """What somebody typed (:func:`typed`), on one line."""
    return " ".join(typed(text).split())


def folded(text: str) -> str:
    """A search key: lower case, no diacritics, words joined by one blank (``Đơn vị`` -> ``don vi``)."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", bare).strip()


def nearest(wanted: str, known: Iterable[str]) -> str | None:
    """The known word nearest to what was typed, diacritics aside; ``None`` when nothing is near."""
    by_key = {folded(word): word for word in known}
    hits = get_close_matches(folded(wanted), by_key, n=1, cutoff=0.6)
    return by_key[hits[0]] if hits else None


def number_text(value: int) -> str:
    """A whole number with the Vietnamese thousands dot: ``1500`` -> ``1.500``."""
    return f"{value:,}".replace(",", ".")


def date_text(day: date) -> str:
    """A date as printed in tables: ``05/03/2027``."""
    return f"{day:%d/%m/%Y}"
